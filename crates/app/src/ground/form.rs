//! The negative list as a form, and as a stretch of the file `negative.toml`. Pure.

use crate::posted::Posted;
use kernel::{Day, Refusal};
use law::{Effect, How, Instrument, Law, NegativeList};
use std::fmt::Write;

/// The file of the law that holds the lists.
pub const FILE: &str = "negative.toml";
/// Empty lines under the entries, for new ones.
const BLANK: usize = 3;
/// Of one text, in characters.
const TEXT_MAX: usize = 300;

/// One entry as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entry {
    /// Empty for a new one.
    pub code: String,
    pub withheld: String,
    pub how: String,
    pub ground: String,
    /// `《动物防疫法》第三十六条`, one a line.
    pub also: String,
    pub note: String,
    pub drop: bool,
}

impl Entry {
    fn is_blank(&self) -> bool {
        self.code.is_empty() && [&self.withheld, &self.also, &self.note].iter().all(|text| text.trim().is_empty())
    }
}

/// A whole list as it is typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Form {
    /// The first day on which it holds.
    pub from: String,
    pub entries: Vec<Entry>,
}

impl Form {
    /// A list to begin from, with room for new entries.
    pub fn of(law: &Law, list: &NegativeList) -> Form {
        let entry = |e: &law::Negative| {
            let cite = |also: &law::Also| {
                let act = law.instruments.iter().find(|act| act.id == also.instrument);
                act.map_or_else(String::new, |act| act.article(&also.article))
            };
            Entry {
                code: e.code.clone(),
                withheld: e.withheld.clone(),
                how: e.how.word().into(),
                ground: e.ground.clone(),
                also: e.also.iter().map(cite).collect::<Vec<_>>().join("\n"),
                note: e.note.clone(),
                drop: false,
            }
        };
        let blank = std::iter::repeat_n(Entry { how: How::Part.word().into(), ..Entry::default() }, BLANK);
        Form { from: String::new(), entries: list.entries.iter().map(entry).chain(blank).collect() }
    }

    /// As it was sent. Codes are those of the list that the form began from, whatever was sent.
    pub fn read(law: &Law, list: &NegativeList, posted: &Posted) -> Form {
        let blank = Form::of(law, list);
        let entry = |(n, known): (usize, Entry)| {
            let text = |name: &str| posted.text(&format!("{name}-{n}")).trim().to_owned();
            Entry {
                code: known.code,
                withheld: text("withheld"),
                how: text("how"),
                ground: text("ground"),
                also: text("also"),
                note: text("note"),
                drop: posted.has(&format!("drop-{n}")),
            }
        };
        Form { from: posted.get("from").into(), entries: blank.entries.into_iter().enumerate().map(entry).collect() }
    }

    /// The list as a stretch of the file, behind those that stand there; or everything that is wrong with it.
    pub fn block(&self, law: &Law, today: Day) -> Result<String, Vec<Refusal>> {
        let last = law.negative.last().and_then(|list| list.from);
        let from = Day::parse(&self.from).filter(|from| *from >= today && last.is_none_or(|last| last < *from));
        let Some(from) = from else {
            let after = last.filter(|last| *last >= today).map_or(String::new(), |l| format!("，并且晚于{}", l.zh()));
            let says = format!("请填写施行的第一天，如 2027-01-01。不能早于今天{after}。");
            return Err(vec![Refusal::new("from", says).at("from")]);
        };
        let version = law.negative.len() + 1;
        let mut out = format!("\n[[list]]\nversion = {version}\nfrom = \"{from}\"\n");
        let (mut why, mut fresh) = (vec![], next_number(law));
        let kept = self.entries.iter().filter(|entry| !entry.drop && !entry.is_blank());
        for entry in kept {
            let code = match entry.code.as_str() {
                "" => {
                    fresh += 1;
                    format!("F{:02}", fresh - 1)
                }
                code => code.to_owned(),
            };
            match one(law, entry, &code, from) {
                Ok(text) => out.push_str(&text),
                Err(more) => why.extend(more),
            }
        }
        if why.is_empty() { Ok(out) } else { Err(why) }
    }
}

/// A code is never given twice, not even to another entry after the first is gone.
fn next_number(law: &Law) -> u32 {
    let numbers = law.negative.iter().flat_map(|list| &list.entries).filter_map(|e| e.code.strip_prefix('F'));
    numbers.filter_map(|n| n.parse::<u32>().ok()).max().unwrap_or(0) + 1
}

fn one(law: &Law, entry: &Entry, code: &str, from: Day) -> Result<String, Vec<Refusal>> {
    let mut why = vec![];
    let mut no = |word, says: String| why.push(Refusal::new(word, format!("{code}：{says}")));
    if entry.withheld.is_empty() {
        no("withheld", "请写明不予公开的内容；要删去这一条，请勾选“删去”。".into());
    }
    if [&entry.withheld, &entry.note, &entry.also].iter().any(|text| text.chars().count() > TEXT_MAX) {
        no("long", format!("每一格最多 {TEXT_MAX} 字。"));
    }
    if !matches!(entry.how.as_str(), "whole" | "part") {
        no("how", "请选择不公开整件，还是只不公开一部分。".into());
    }
    match law.ground(&entry.ground) {
        Some(g) if g.effect != Effect::Withhold || !g.refuse_by.is_empty() => {
            no("ground", "所选的依据不能用来拒绝公开。请改选条例第十四条至第十六条的一项。".into());
        }
        Some(g) if !g.in_force(from) => {
            no("ground", format!("{}在{}不在施行期内。请改选当日有效的依据。", g.cite, from.zh()))
        }
        Some(_) => {}
        None => no("ground", "没有法律依据，不能列入清单。请选择依据（条例第十四条至第十六条）。".into()),
    }
    let mut also = vec![];
    for line in entry.also.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match cited(law, line) {
            Some((act, _)) if !in_force(act, from) => {
                no("also", format!("{}在{}不在施行期内。请改写现行有效的法规。", act.cite, from.zh()));
            }
            Some(found) => also.push(found),
            None => no("also", format!("看不懂“{line}”。请写成《动物防疫法》第三十六条这样，法规要先登记在规则包里。")),
        }
    }
    if !why.is_empty() {
        return Err(why);
    }
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = format!("\n[[list.entry]]\ncode = {}\n", quoted(code));
    for (key, text) in [("withheld", &entry.withheld), ("how", &entry.how), ("ground", &entry.ground)] {
        let _ = writeln!(out, "{key} = {}", quoted(text));
    }
    if !also.is_empty() {
        let one = |(act, article): &(&Instrument, &str)| {
            format!("{{ instrument = {}, article = {} }}", quoted(&act.id), quoted(article))
        };
        let _ = writeln!(out, "also = [{}]", also.iter().map(one).collect::<Vec<_>>().join(", "));
    }
    let _ = writeln!(out, "note = {}", quoted(&entry.note));
    Ok(out)
}

/// The act and the article of a citation; the longest name wins, because one may begin with another.
fn cited<'l, 't>(law: &'l Law, line: &'t str) -> Option<(&'l Instrument, &'t str)> {
    let named = law.instruments.iter().filter_map(|act| Some((act, line.strip_prefix(act.cite.as_str())?)));
    named.filter(|(_, article)| article.starts_with('第')).max_by_key(|(act, _)| act.cite.len())
}

fn in_force(act: &Instrument, day: Day) -> bool {
    act.from.is_none_or(|from| from <= day) && act.until.is_none_or(|until| day <= until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::Sources;
    use std::collections::BTreeMap;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn form(change: impl Fn(&mut Form)) -> Form {
        let law = Law::built_in();
        let mut form = Form { from: "2027-01-01".into(), ..Form::of(law, &law.negative[0]) };
        change(&mut form);
        form
    }

    fn codes(form: &Form) -> Vec<&'static str> {
        let found = form.block(Law::built_in(), day("2026-11-23"));
        found.err().unwrap_or_default().into_iter().map(|why| why.code).collect()
    }

    #[test]
    fn a_list_without_statute_or_from_the_past_is_refused() {
        type Change = fn(&mut Form);
        let all: [(Change, &[&str]); 9] = [
            (|_| {}, &[]),
            (|f| f.from.clear(), &["from"]),
            (|f| f.from = "2026-11-22".into(), &["from"]),
            (|f| f.entries[0].ground.clear(), &["ground"]),
            (|f| f.entries[0].ground = "O20-1".into(), &["ground"]),
            (|f| f.entries[0].ground = "N5-2008".into(), &["ground"]),
            (|f| f.entries[1].also = "《没有这部法》第一条".into(), &["also"]),
            (|f| f.entries[1].withheld.clear(), &["withheld"]),
            (|f| f.entries[16].withheld = "新的一条".into(), &["ground"]),
        ];
        for (n, (change, wanted)) in all.into_iter().enumerate() {
            assert_eq!(codes(&form(change)), wanted, "case {n}");
        }
    }

    #[test]
    fn what_the_form_writes_is_what_the_law_reads() {
        let law = Law::built_in();
        let form = form(|f| {
            f.entries[0].drop = true;
            f.entries[1].note = "说“明”\\\"。".into();
            f.entries[16] = Entry {
                withheld: "新的一条".into(),
                how: "whole".into(),
                ground: "N3".into(),
                also: "《动物防疫法》第三十六条".into(),
                ..Entry::default()
            };
        });
        let block = form.block(law, day("2026-11-23")).expect("fine");
        let files = BTreeMap::from([(FILE.to_owned(), format!("{}{block}", Sources::built_in().negative))]);
        let new = Law::load(&Sources::built_in().overlay(&files).expect("a file")).expect("loads");
        assert_eq!((new.negative.len(), &new.negative[0]), (2, &law.negative[0]));
        let list = new.negative_on(day("2027-01-01"));
        assert_eq!((list.version, list.from), (2, Some(day("2027-01-01"))));
        assert!(list.entry("F01").is_none());
        assert_eq!(list.entry("F02").map(|e| e.note.as_str()), Some("说“明”\\\"。"));
        let fresh = list.entry("F17").expect("the next code");
        assert_eq!(fresh.cite, "《政府信息公开条例》第十四条、《动物防疫法》第三十六条");
        assert_eq!(list.entries.len(), law.negative[0].entries.len());
    }
}
