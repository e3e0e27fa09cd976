//! A new wording of a clause as a lawyer fills it in, and the file made of it: the clause as it stands, its last
//! wording ended on the day before, the new one below. What the form does not ask (what stops the clock, what extends
//! it) is taken over from the wording before. Pure.

use super::rules::{SURE, file_text};
use kernel::{Day, Refusal};
use law::{Clause, Law, Sources, Unit, Wording};

/// The value of `instrument` in the form that stands for an act the law does not have yet.
pub const NEW_ACT: &str = "new";

/// The units of the form, as the files write them.
pub const UNITS: [(&str, &str); 6] = [
    ("working-days", "个工作日"),
    ("calendar-days", "日"),
    ("months", "个月"),
    ("years", "年"),
    ("hours", "小时"),
    ("promptly", "及时（不写数字）"),
];

/// What the form asks in place of the wording before.
const ASKED: [&str; 8] = ["from", "until", "instrument", "article", "amount", "unit", "gist", "sure"];

/// The fields of the form, as typed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WordingForm {
    pub amount: String,
    pub unit: String,
    pub from: String,
    /// The id of an act, or [`NEW_ACT`].
    pub instrument: String,
    pub act: Act,
    pub article: String,
    pub gist: String,
    pub sure: String,
}

/// An act that the law does not have yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Act {
    pub title: String,
    pub cite: String,
    pub number: String,
    pub issuer: String,
}

/// What was understood of the form.
struct Read<'a> {
    amount: u16,
    unit: &'a str,
    from: Day,
    sure: &'a str,
}

impl WordingForm {
    /// The form filled with the clause's last wording, for changing what changes.
    pub fn of(clause: &Clause) -> WordingForm {
        let Some(wording) = last(clause) else { return WordingForm::default() };
        WordingForm {
            amount: if wording.amount > 0 { wording.amount.to_string() } else { String::new() },
            unit: unit_word(wording.unit).into(),
            from: String::new(),
            instrument: wording.instrument.clone(),
            act: Act::default(),
            article: wording.article.clone(),
            gist: wording.gist.clone(),
            sure: "text".into(),
        }
    }

    /// The file `clauses/ID.toml`. Every field that cannot be understood is told.
    pub fn file(&self, law: &Law, sources: &Sources, clause: &Clause) -> Result<String, Vec<Refusal>> {
        let read = self.read(law, clause)?;
        let name = format!("clauses/{}.toml", clause.id);
        let text = file_text(sources, &name).filter(|text| place(text, &clause.id).is_some());
        let text = text.or_else(|| block(sources, &clause.id));
        let Some(text) = text else {
            let says = "这一条没有写成单独的一段，不能在这里添加。请用文本方式提出。";
            return Err(vec![Refusal::new("no-block", says)]);
        };
        Ok(self.added(&text, law, clause, &read))
    }

    fn read<'a>(&'a self, law: &Law, clause: &Clause) -> Result<Read<'a>, Vec<Refusal>> {
        let mut why = vec![];
        let mut ask = |sound: bool, code: &'static str, says: &str, field: &'static str| {
            if !sound {
                why.push(Refusal::new(code, says).at(field));
            }
        };
        let amount: Option<u16> = if self.amount.is_empty() { Some(0) } else { self.amount.parse().ok() };
        let (from, unit) = (Day::parse(&self.from), UNITS.iter().any(|(word, _)| *word == self.unit));
        let after = last(clause).and_then(|w| w.from).is_none_or(|begun| from.is_none_or(|from| from > begun));
        let known = law.instruments.iter().any(|act| act.id == self.instrument);
        ask(amount.is_some(), "amount", "期限的数字请写成整数，如 20。", "amount");
        ask(unit, "unit", "请选择单位。", "unit");
        ask(from.is_some(), "from", "请填写施行的第一天，如 2027-01-01。", "from");
        ask(after, "from-early", "第一天要晚于现有条文的第一天。旧条文不改写。", "from");
        ask(known || self.instrument == NEW_ACT, "instrument", "请选择依据的文件，或者选择新文件。", "instrument");
        ask(SURE.iter().any(|(word, _)| *word == self.sure), "sure", "请选择核对到什么程度。", "sure");
        ask(!self.gist.trim().is_empty(), "gist", "请用自己的话写明规则。", "gist");
        if self.instrument == NEW_ACT {
            ask(!self.act.title.trim().is_empty(), "title", "请填写新文件的标题。", "title");
            ask(!self.act.cite.trim().is_empty(), "cite", "请填写引用时的写法，如《政府信息公开条例》。", "cite");
        }
        match (why.is_empty(), amount, from) {
            (true, Some(amount), Some(from)) => Ok(Read { amount, unit: &self.unit, from, sure: &self.sure }),
            _ => Err(why),
        }
    }

    fn added(&self, text: &str, law: &Law, clause: &Clause, read: &Read) -> String {
        let lines: Vec<&str> = text.lines().collect();
        let (first, end) = place(text, &clause.id).expect("the caller looked");
        let of = clause.wordings.iter().position(|w| last(clause) == Some(w)).unwrap_or(0);
        let mut block: Vec<String> = lines[first..end].iter().map(|line| (*line).to_owned()).collect();
        let headers: Vec<usize> = (0..block.len()).filter(|i| block[*i] == WORDING).collect();
        let until = headers.get(of + 1).copied().unwrap_or(block.len());
        let former: Vec<String> = headers.get(of).map_or(vec![], |header| block[header + 1..until].to_vec());
        if let (Some(header), Some(None)) = (headers.get(of), last(clause).map(|w| w.until)) {
            ended(&mut block, *header, until, read.from.plus(-1));
        }
        while block.last().is_some_and(|line| line.trim().is_empty()) {
            block.pop();
        }
        block.push(String::new());
        block.push(WORDING.to_owned());
        let act = format!("own-{}-{}", clause.id.to_lowercase(), read.from);
        let act = if self.instrument == NEW_ACT { &act } else { &self.instrument };
        block.extend(self.asked(act, read));
        let kept = former.into_iter().filter(|line| !line.trim().is_empty() && !is_asked(line));
        block.extend(kept);
        let mut out: Vec<String> = lines[..first].iter().map(|line| (*line).to_owned()).collect();
        if self.instrument == NEW_ACT && !law.instruments.iter().any(|known| known.id == *act) {
            out.extend(self.act(act, read));
        }
        out.extend(block);
        out.extend(lines[end..].iter().map(|line| (*line).to_owned()));
        out.join("\n") + "\n"
    }

    fn asked(&self, act: &str, read: &Read) -> Vec<String> {
        let mut out = vec![format!("from = \"{}\"", read.from), format!("instrument = {}", quoted(act))];
        if !self.article.trim().is_empty() {
            out.push(format!("article = {}", quoted(self.article.trim())));
        }
        if read.amount > 0 {
            out.push(format!("amount = {}", read.amount));
        }
        out.push(format!("unit = \"{}\"", read.unit));
        out.push(format!("gist = {}", quoted(self.gist.trim())));
        out.push(format!("sure = \"{}\"", read.sure));
        out
    }

    fn act(&self, id: &str, read: &Read) -> Vec<String> {
        let Act { title, cite, number, issuer } = &self.act;
        let mut out = vec!["[[instrument]]".to_owned()];
        for (key, value) in [("id", id), ("title", title), ("cite", cite), ("number", number), ("issuer", issuer)] {
            out.push(format!("{key} = {}", quoted(value.trim())));
        }
        out.extend([format!("from = \"{}\"", read.from), format!("sure = \"{}\"", read.sure), String::new()]);
        out
    }
}

const CLAUSE: &str = "[[clause]]";
const WORDING: &str = "[[clause.wording]]";

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingDays => "working-days",
        Unit::CalendarDays => "calendar-days",
        Unit::Months => "months",
        Unit::Years => "years",
        Unit::Hours => "hours",
        Unit::Promptly => "promptly",
    }
}

/// The law's last wording: the one that a new one follows.
fn last(clause: &Clause) -> Option<&Wording> {
    let own = clause.wordings.iter().rfind(|w| !w.beside && w.from.is_some());
    own.or_else(|| clause.wordings.iter().rfind(|w| !w.beside)).or(clause.wordings.last())
}

/// Gives the wording under a header its last day, below its first.
fn ended(block: &mut Vec<String>, header: usize, until: usize, day: Day) {
    let from = (header + 1..until).find(|i| block[*i].starts_with("from = "));
    block.insert(from.unwrap_or(header) + 1, format!("until = \"{day}\""));
}

fn is_asked(line: &str) -> bool {
    line.split_once(" = ").is_some_and(|(key, _)| ASKED.contains(&key))
}

/// The text of one clause wherever it stands: in the release's file or in one laid over it, the last of which counts.
pub fn block(sources: &Sources, id: &str) -> Option<String> {
    let own = sources.clause_files.iter().map(|(_, text)| *text);
    let all = std::iter::once(sources.clauses).chain(own);
    all.rev().find_map(|text| {
        let (first, end) = place(text, id)?;
        Some(text.lines().skip(first).take(end - first).collect::<Vec<_>>().join("\n").trim_end().to_owned() + "\n")
    })
}

/// The lines of a clause in a file: from its header to the next clause or act, without the heading above that.
fn place(text: &str, id: &str) -> Option<(usize, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let wanted = format!("id = \"{id}\"");
    let first = lines.windows(2).position(|pair| pair[0] == CLAUSE && pair[1] == wanted)?;
    let ends = |line: &&str| *line == CLAUSE || line.starts_with("[[instrument");
    let end = lines[first + 1..].iter().position(ends).map_or(lines.len(), |n| first + 1 + n);
    let heads = |line: &&str| line.trim().is_empty() || line.starts_with('#');
    let above = lines[first..end].iter().rev().take_while(|line| heads(line)).count();
    Some((first, end - above))
}

/// A string of a TOML file.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}
