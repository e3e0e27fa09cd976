//! An entry of the catalogue as a form, and as a stretch of the file `obligations.toml`. Pure.

use crate::posted::Posted;
use crate::rule::rules::SURE;
use kernel::{Day, Refusal};
use law::{About, Basis, CHANNELS, Cadence, Limit, MetBy, Mode, MonthDay, Obligation, Sure};
use std::collections::BTreeMap;

/// The file of the law that holds the entries.
pub const FILE: &str = "obligations.toml";
/// Keys in the order of the file.
const ORDER: [&str; 16] = [
    "code", "group", "item", "elements", "owner", "basis", "limit", "cadence", "met-by", "channels", "outlets",
    "audience", "mode", "level", "from", "until",
];
/// What stands in an entry without being written.
const USUAL: [(&str, &str); 3] = [("audience", "全社会"), ("mode", "proactive"), ("level", "市级")];

/// What is typed, by the names of the form.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Form {
    pub values: BTreeMap<&'static str, String>,
    pub channels: Vec<String>,
}

/// The fields of the form that are text.
const NAMES: [&str; 20] = [
    "code", "group", "item", "elements", "owner", "basis", "limit", "cadence", "months", "by", "columns", "classes",
    "kinds", "words", "outlets", "audience", "mode", "level", "from", "until",
];

impl Form {
    pub fn read(posted: &Posted) -> Form {
        let values = NAMES.iter().map(|name| (*name, posted.text(name).trim().to_owned())).collect();
        Form { values, channels: posted.all("channel").map(str::to_owned).collect() }
    }

    pub fn of(entry: &Obligation) -> Form {
        let (cadence, months, by) = match entry.cadence {
            Cadence::Standing => ("standing", String::new(), String::new()),
            Cadence::Every { months } => ("every", months.to_string(), String::new()),
            Cadence::Yearly { by, about: About::ThisYear } => ("this-year", String::new(), month_day(by)),
            Cadence::Yearly { by, about: About::LastYear } => ("last-year", String::new(), month_day(by)),
            Cadence::Event { quiet_months } => {
                ("event", quiet_months.map(|m| m.to_string()).unwrap_or_default(), String::new())
            }
        };
        let limit = match &entry.limit {
            Limit::Promptly => "promptly",
            Limit::LongTerm => "long-term",
            Limit::Clause(id) => id,
        };
        let day = |day: Option<Day>| day.map(|d| d.to_string()).unwrap_or_default();
        let met = &entry.met_by;
        let values = [
            ("code", entry.code.clone()),
            ("group", entry.group.clone()),
            ("item", entry.item.clone()),
            ("elements", entry.elements.clone()),
            ("owner", entry.owner.clone()),
            ("basis", entry.basis.iter().map(basis_line).collect::<Vec<_>>().join("\n")),
            ("limit", limit.to_owned()),
            ("cadence", cadence.to_owned()),
            ("months", months),
            ("by", by),
            ("columns", met.columns.join("\n")),
            ("classes", met.classes.join("\n")),
            ("kinds", met.kinds.join("\n")),
            ("words", met.words.join("\n")),
            ("outlets", entry.outlets.join("\n")),
            ("audience", entry.audience.clone()),
            ("mode", if entry.mode == Mode::OnRequest { "on-request" } else { "proactive" }.to_owned()),
            ("level", entry.level.clone()),
            ("from", day(entry.from)),
            ("until", day(entry.until)),
        ];
        Form { values: values.into_iter().collect(), channels: entry.channels.clone() }
    }

    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    fn lines(&self, name: &str) -> Vec<String> {
        self.get(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// The entry that was typed, or every fault that the loader would not put at its field. `code` is that of the entry
    /// which is changed; a new one brings its own.
    pub fn entry(&self, code: Option<&str>, taken: &[&str]) -> Result<Obligation, Vec<Refusal>> {
        let mut why = vec![];
        let code = code.map_or_else(|| self.new_code(taken, &mut why), str::to_owned);
        for (name, zh) in [("group", "一级事项"), ("item", "二级事项"), ("elements", "公开内容"), ("owner", "公开主体")]
        {
            if self.get(name).is_empty() {
                why.push(Refusal::new("missing", format!("请填写{zh}。")).at(name));
            }
        }
        let basis: Vec<Basis> = self.lines("basis").iter().filter_map(|line| read_basis(line)).collect();
        if basis.is_empty() {
            why.push(Refusal::new("basis", "请写依据，一行一条，如 ogi-2019 第二十条。").at("basis"));
        }
        if self.channels.is_empty() {
            why.push(Refusal::new("channel", "请选择至少一个公开渠道和载体。").at("channel"));
        }
        let cadence = self.cadence(&mut why);
        let (from, until) = (self.day("from", &mut why), self.day("until", &mut why));
        let limit = match self.get("limit") {
            "promptly" => Limit::Promptly,
            "long-term" => Limit::LongTerm,
            id => Limit::Clause(id.to_owned()),
        };
        let text = |name: &str| self.get(name).to_owned();
        let (columns, classes) = (self.lines("columns"), self.lines("classes"));
        let entry = Obligation {
            code,
            group: text("group"),
            item: text("item"),
            elements: text("elements"),
            owner: text("owner"),
            basis,
            limit,
            cadence: cadence.unwrap_or(Cadence::Standing),
            met_by: MetBy { columns, classes, kinds: self.lines("kinds"), words: self.lines("words") },
            channels: self.channels.clone(),
            outlets: self.lines("outlets"),
            audience: text("audience"),
            mode: if self.get("mode") == "on-request" { Mode::OnRequest } else { Mode::Proactive },
            level: text("level"),
            from,
            until,
        };
        if why.is_empty() { Ok(entry) } else { Err(why) }
    }

    fn new_code(&self, taken: &[&str], why: &mut Vec<Refusal>) -> String {
        let code = self.get("code").to_owned();
        let plain = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        if code.is_empty() || !plain || !code.starts_with(|c: char| c.is_ascii_uppercase()) {
            why.push(Refusal::new("code", "编号用大写字母、数字和短横，如 ENF-PENALTY，以后不能改。").at("code"));
        } else if taken.contains(&code.as_str()) || code == "NEW" {
            why.push(Refusal::new("code-taken", "已有这个编号。请换一个。").at("code"));
        }
        code
    }

    fn cadence(&self, why: &mut Vec<Refusal>) -> Option<Cadence> {
        let months = match self.get("months") {
            "" => None,
            text => Some(text.parse().ok().filter(|m| (1..=120).contains(m))),
        };
        if months == Some(None) {
            why.push(Refusal::new("months", "月数写成 1 到 120 之间的数字。").at("months"));
        }
        let months: Option<u16> = months.flatten();
        let by = MonthDay::parse(self.get("by"));
        let yearly = |about| by.map(|by| Cadence::Yearly { by, about });
        let read = match self.get("cadence") {
            "standing" => Some(Cadence::Standing),
            "every" => months.map(|months| Cadence::Every { months }),
            "this-year" => yearly(About::ThisYear),
            "last-year" => yearly(About::LastYear),
            "event" => Some(Cadence::Event { quiet_months: months }),
            _ => None,
        };
        match (self.get("cadence"), read) {
            (_, Some(cadence)) => return Some(cadence),
            ("every", None) => why.push(Refusal::new("months", "请填写每几个月一次。").at("months")),
            ("this-year" | "last-year", None) => {
                why.push(Refusal::new("by", "请填写每年哪一天前，写成 01-31。").at("by"));
            }
            _ => why.push(Refusal::new("cadence", "请选择多久一次。").at("cadence")),
        }
        None
    }

    fn day(&self, name: &'static str, why: &mut Vec<Refusal>) -> Option<Day> {
        let day = Day::parse(self.get(name));
        if day.is_none() && !self.get(name).is_empty() {
            why.push(Refusal::new("date", "日期写成 2026-01-01。").at(name));
        }
        day
    }
}

fn month_day(by: MonthDay) -> String {
    let (_, month, day) = by.of(2025).ymd();
    format!("{month:02}-{day:02}")
}

/// `ogi-2019 第十二条 text`.
fn basis_line(basis: &Basis) -> String {
    let sure = SURE.iter().find(|(_, sure)| *sure == basis.sure).map_or("low", |(word, _)| word);
    [basis.instrument.as_str(), &basis.article, sure]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is not said to be read is doubtful, until a lawyer has confirmed it.
fn read_basis(line: &str) -> Option<Basis> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    let said = words.last().and_then(|last| SURE.iter().find(|(word, _)| word == last));
    let sure = said.map_or(Sure::Low, |(_, sure)| *sure);
    if said.is_some() {
        words.pop();
    }
    let (instrument, article) = words.split_first()?;
    Some(Basis { instrument: (*instrument).to_owned(), article: article.join(" "), sure, cite: String::new() })
}

/// The entry as it stands in the file.
pub fn block(entry: &Obligation) -> Result<String, toml::ser::Error> {
    let table = toml::Table::try_from(entry)?;
    let mut out = String::from("[[entry]]\n");
    for key in ORDER {
        let Some(value) = table.get(key) else { continue };
        if USUAL.iter().any(|(usual, text)| *usual == key && value.as_str() == Some(text)) {
            continue;
        }
        match entry.basis.as_slice() {
            _ if key != "basis" => out.push_str(&format!("{key} = {value}\n")),
            [one] => out.push_str(&format!("basis = [{}]\n", basis_block(one))),
            all => {
                let lines: String = all.iter().map(|one| format!("  {},\n", basis_block(one))).collect();
                out.push_str(&format!("basis = [\n{lines}]\n"));
            }
        }
    }
    Ok(out)
}

/// `{ instrument = "ogi-2019", article = "第十二条", sure = "text" }`, in the order in which people write it.
fn basis_block(basis: &Basis) -> String {
    let sure = SURE.iter().find(|(_, sure)| *sure == basis.sure).map_or("low", |(word, _)| word);
    let pairs = [("instrument", basis.instrument.as_str()), ("article", &basis.article), ("sure", sure)];
    let pairs = pairs.into_iter().filter(|(_, text)| !text.is_empty());
    let pairs: Vec<String> = pairs.map(|(key, text)| format!("{key} = {}", toml::Value::from(text))).collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// The file with an entry's block in the place of the one with its code, or after the last where it is new. `None`
/// where the entry should be there and is not.
pub fn splice(file: &str, code: &str, is_new: bool, block: &str) -> Option<String> {
    if is_new {
        return Some(format!("{}\n\n{block}", file.trim_end()));
    }
    let lines: Vec<&str> = file.lines().collect();
    let named = format!("code = \"{code}\"");
    let at = lines.iter().position(|line| line.trim() == named)?;
    let from = lines[..at].iter().rposition(|line| line.trim() == "[[entry]]")?;
    let next = lines[at..].iter().position(|line| line.starts_with("[[entry]]") || line.starts_with('#'));
    let to = next.map_or(lines.len(), |n| at + n);
    let (head, tail) = (lines[..from].join("\n"), lines[to..].join("\n"));
    let gap = if tail.is_empty() { "" } else { "\n" };
    Some(format!("{head}\n{block}{gap}{tail}").trim_start_matches('\n').trim_end().to_owned() + "\n")
}

/// The channels as check-boxes.
pub fn channels() -> [&'static str; 13] {
    CHANNELS
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::{Law, Sources};

    #[test]
    fn every_entry_survives_form_and_file() {
        let mut law = Sources::built_in();
        let mut text = law.obligations.to_owned();
        for entry in &Law::built_in().obligations {
            let again = Form::of(entry).entry(Some(&entry.code), &[]).expect("a sound entry");
            let mut wanted = entry.clone();
            wanted.basis.iter_mut().for_each(|b| b.cite.clear());
            assert_eq!(again, wanted);
            let block = block(&again).expect("serialises");
            text = splice(&text, &entry.code, false, &block).expect("is in the file");
        }
        law.obligations = text.leak();
        let again = Law::load(&law).expect("loads");
        assert_eq!(again.obligations, Law::built_in().obligations);
        assert!(law.obligations.contains("# 政府信息公开工作本身"), "comments stay");
    }

    #[test]
    fn one_change_leaves_the_other_lines() {
        let file = Sources::built_in().obligations;
        let mut entry = Law::built_in().obligations[1].clone();
        entry.owner = "政策法规科".into();
        let text = splice(file, &entry.code, false, &block(&entry).expect("serialises")).expect("there");
        let (old, new): (Vec<&str>, Vec<&str>) = (file.lines().collect(), text.lines().collect());
        let changed: Vec<_> = old.iter().zip(&new).filter(|(a, b)| a != b).collect();
        assert_eq!(changed, [(&"owner = \"局办公室\"", &"owner = \"政策法规科\"")]);
        assert_eq!(old.len(), new.len());
        assert_eq!(splice(file, "NO-SUCH", false, ""), None);
        assert!(
            splice(file, "NEW-ONE", true, "[[entry]]\ncode = \"NEW-ONE\"\n").expect("at the end").ends_with("ONE\"\n")
        );
    }

    #[test]
    fn every_fault_at_its_field() {
        let good = Form::of(&Law::built_in().obligations[0]);
        let fields = |changes: &[(&'static str, &str)]| -> Vec<&str> {
            let mut form = good.clone();
            form.values.extend(changes.iter().map(|(name, value)| (*name, (*value).to_owned())));
            let why = form.entry(None, &["OGI-GUIDE"]).err().unwrap_or_default();
            why.iter().map(|r| r.field.expect("a field")).collect()
        };
        assert_eq!(fields(&[("code", "ENF-NEW")]), [""; 0]);
        assert_eq!(fields(&[]), ["code"], "taken");
        assert_eq!(fields(&[("code", "enf new"), ("item", ""), ("basis", " ")]), ["code", "item", "basis"]);
        assert_eq!(fields(&[("code", "A"), ("cadence", "every")]), ["months"]);
        assert_eq!(fields(&[("code", "A"), ("cadence", "last-year"), ("by", "02-29")]), ["by"]);
        assert_eq!(fields(&[("code", "A"), ("cadence", "event"), ("months", "x")]), ["months"]);
        assert_eq!(fields(&[("code", "A"), ("from", "明天")]), ["from"]);
        assert_eq!(
            read_basis("ogi-2019 第二十条 第一项").map(|b| (b.article, b.sure)),
            Some(("第二十条 第一项".to_owned(), Sure::Low))
        );
    }
}
