//! What a version must be before it may be proposed or come into force, and what the law says of a clock. Pure.

use super::model::{Happened, Proposal, State};
use kernel::{Day, Instant, Refusal};
use law::{Clause, Clock, Fact, Law, Sources, Start, Sure, Wording};
use std::collections::BTreeMap;

/// A file of the law is a few kilobytes; the largest of ours has sixty. In bytes.
const TEXT_MAX: usize = 512 << 10;
/// Where the notice stands, and why; in characters.
const SOURCE_MAX: usize = 500;
const NOTE_MAX: usize = 200;

/// The law with files laid over its base. The error lists every fault, in the loader's words.
pub fn laid_over(base: &Sources, files: &BTreeMap<String, String>) -> Result<Law, Vec<String>> {
    base.clone().overlay(files).and_then(|sources| Law::load(&sources))
}

/// What a proposal lacks before the loader looks at it.
pub fn proposal(new: &Proposal) -> Vec<Refusal> {
    let mut why = vec![];
    if new.text.trim().is_empty() {
        why.push(Refusal::new("text", "请填写文件的内容。").at("text"));
    }
    if new.text.len() > TEXT_MAX {
        why.push(Refusal::new("text-long", "文件太长，最多 512 KB。").at("text"));
    }
    if new.source.trim().is_empty() {
        why.push(Refusal::new("source", "请写明出处：通知或者法规的文号、网址。").at("source"));
    }
    if new.source.chars().count() > SOURCE_MAX {
        why.push(Refusal::new("source-long", format!("出处最多 {SOURCE_MAX} 字。")).at("source"));
    }
    if new.note.trim().is_empty() {
        why.push(Refusal::new("note", "请写明为什么要改。期限因此移动的，会记下这句话。").at("note"));
    }
    if new.note.chars().count() > NOTE_MAX {
        why.push(Refusal::new("note-long", format!("修改理由最多 {NOTE_MAX} 字。")).at("note"));
    }
    why
}

/// The loader's faults, each at the field that it is about.
pub fn faults(found: &[String]) -> Vec<Refusal> {
    let told = |fault: &String| {
        let says = format!("规则文件没有通过检查：“{}”。请改正后再提交。", fault.trim());
        Refusal::new("law-fault", says).at(field_of(fault))
    };
    found.iter().map(told).collect()
}

/// The field of a form that a fault of the loader is about: the words are those of crate `law`, and a test loads them.
fn field_of(fault: &str) -> &'static str {
    let about = |words: &[&str]| words.iter().any(|word| fault.contains(word));
    match fault {
        _ if fault.starts_with("calendar") && about(&["without source"]) => "source",
        _ if fault.starts_with("calendar ") => "days",
        _ if about(&["no instrument"]) => "instrument",
        _ if about(&["amount", "another unit", "working days from"]) => "amount",
        _ if about(&["overlap", "before it begins", "outlives"]) => "from",
        _ if fault.starts_with("clause ") => "amount",
        _ => "text",
    }
}

/// Why a law may not take the place of the one in force: a wording that an event may already rest on is rewritten or
/// gone, a statutory holiday has become a working day, or nothing changes at all.
pub fn replaces(old: &Law, new: &Law, today: Day) -> Vec<Refusal> {
    if old.hash == new.hash {
        return vec![Refusal::new("same", "内容和现在生效的一样，没有要改的。").at("text")];
    }
    let mut why: Vec<Refusal> = old.clauses.iter().flat_map(|clause| rewritten(clause, new, today)).collect();
    why.extend(worked_holidays(old, new));
    why.extend(lists(old, new, today));
    why
}

/// Negative lists that have begun stand as they were, and a new one does not begin in the past.
fn lists(old: &Law, new: &Law, today: Day) -> Vec<Refusal> {
    let begun = old.negative.iter().filter(|list| list.has_begun(today));
    let lost = begun.filter(|list| !new.negative.contains(list)).map(|list| {
        let says = format!("第 {} 版不予公开清单已经施行，不能改写或者删去。请另提新的一版。", list.version);
        Refusal::new("list-in-force", says).at("text")
    });
    let fresh = new.negative.iter().filter(|list| !old.negative.contains(list));
    let late = fresh.filter(|list| list.from.is_none_or(|from| from < today)).map(|list| {
        let says =
            format!("第 {} 版不予公开清单的施行日已经过去，不能溯及以前。请退回，改定施行日后重新提出。", list.version);
        Refusal::new("list-backdated", says).at("text")
    });
    lost.chain(late).collect()
}

/// The wordings of a clause that were in force by today and do not stand in the new law as they were. Only their last
/// day may be set (a later wording begins), and what is known of them may grow surer.
fn rewritten(old: &Clause, new: &Law, today: Day) -> Vec<Refusal> {
    let kept = new.clauses.iter().find(|clause| clause.id == old.id);
    let same_kind = kept.is_some_and(|new| (new.nature, new.direction) == (old.nature, old.direction));
    let begun = old.wordings.iter().filter(|w| w.from.is_some_and(|from| from <= today));
    let stands = |w: &Wording| same_kind && kept.is_some_and(|new| new.wordings.iter().any(|n| continues(w, n)));
    let told = |w: &Wording| {
        let from = w.from.map_or(String::new(), Day::zh);
        let says = format!(
            "{} {}自{from}起施行的{}（{}）已经生效，不能改写或者删去。旧事仍按旧条文计算，请另加一条新的条文。",
            old.id,
            old.name,
            w.cite,
            w.term()
        );
        Refusal::new("wording-in-force", says).at("text")
    };
    begun.filter(|w| !stands(w)).map(told).collect()
}

/// Whether a wording is the same but for its last day, which may be set where there was none, and how sure it is.
fn continues(old: &Wording, new: &Wording) -> bool {
    let ends = old.until == new.until || old.until.is_none();
    let plain = |wording: &Wording| {
        let mut wording = Wording { until: None, sure: Sure::Text, ..wording.clone() };
        // These days are those of another clause, which is held by itself.
        wording.restarts_on.iter_mut().for_each(|restart| (restart.from, restart.until) = (None, None));
        wording
    };
    ends && plain(old) == plain(new)
}

/// 全国年节及纪念日放假办法: no notice can take a statutory day away. Only years that the new law changes are looked at.
fn worked_holidays(old: &Law, new: &Law) -> Vec<Refusal> {
    let changed = new.calendar.years().iter().filter(|year| !old.calendar.years().contains(year));
    let lost = changed.flat_map(|year| {
        let days = (1..=366).filter_map(|n| Day::new(year.year, 1, 1).map(|first| first.plus(n - 1)));
        days.filter(|day| day.year() == year.year && is_statutory(old, *day) && new.calendar.is_working(*day))
    });
    let told = |day: Day| {
        let name = old.calendar.name(day).unwrap_or("法定节日");
        let says = format!("{}是{name}法定放假日，没有列为休息。请补上这一天。", day.zh());
        Refusal::new("statutory", says).cite("《全国年节及纪念日放假办法》").at("days")
    };
    lost.map(told).collect()
}

/// In a year without notice only statutory days bear a name.
fn is_statutory(law: &Law, day: Day) -> bool {
    match law.calendar.years().iter().find(|year| year.year == day.year() && year.announced) {
        Some(year) => year.holidays.iter().any(|holiday| holiday.statutory.contains(&day)),
        None => law.calendar.name(day).is_some() && !law.calendar.is_working(day),
    }
}

/// Whether this person may put a version in force or send it back. `newer` says that another version of the same file
/// has come into force since this one was written.
pub fn decide(state: State, author: &str, me: &str, newer: bool) -> Vec<Refusal> {
    let mut why = vec![];
    if state != State::Proposed {
        why.push(Refusal::new("decided", "这一版已经有人决定过。请刷新后再看。"));
    }
    if author == me {
        let says = "您是这一版的提出人，不能由自己决定。请转给另一位有签批岗位的同事。";
        why.push(Refusal::new("own-version", says));
    }
    if newer {
        let says = "这一版写好之后，同一文件已有别的版本生效。照这一版生效会丢掉那些改动，请退回，在新版本上重新提出。";
        why.push(Refusal::new("newer", says));
    }
    why
}

/// What the law says of a clock, as the columns keep it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reckoned {
    /// ISO day; empty while it stands still, and where the law gives no number.
    pub due: String,
    /// Epoch milliseconds.
    pub before: Option<i64>,
    pub firm: bool,
    /// ISO day; empty where it is firm.
    pub latest: String,
}

/// A clock as crate `law` has it. `None` where the law has no such rule on the day of the event.
pub fn clock<'a>(law: &'a Law, clause: &str, event: Instant, facts: &[Fact<'a>], now: Instant) -> Option<Clock<'a>> {
    law::clock(law.clause(clause)?, Start::known(event), facts, now, &law.calendar)
}

/// As [`clock`], in the columns of a row.
pub fn reckoned(law: &Law, clause: &str, event: Instant, facts: &[Happened], now: Instant) -> Option<Reckoned> {
    let facts: Vec<Fact> = facts.iter().map(Happened::fact).collect();
    let clock = clock(law, clause, event, &facts, now)?;
    let Some(due) = clock.due else { return Some(Reckoned { firm: true, ..Reckoned::default() }) };
    let latest = due.latest.map_or(String::new(), |day| day.to_string());
    Some(Reckoned { due: due.on.to_string(), before: Some(due.before.0), firm: due.firm, latest })
}

/// How sure a fact of the law is, for a lawyer.
pub fn sure_zh(sure: Sure) -> &'static str {
    match sure {
        Sure::Text => "已核对原文",
        Sure::Page => "见于网页",
        Sure::Code => "见于公开程序",
        Sure::High => "待核实，把握较大",
        Sure::Med => "待核实",
        Sure::Low => "待核实，把握较小",
        Sure::Plan => "已核对本局方案",
        Sure::Pledge => "本局承诺",
    }
}

/// The words of `sure` in the files, in the order of the form.
pub const SURE: [(&str, Sure); 8] = [
    ("text", Sure::Text),
    ("page", Sure::Page),
    ("code", Sure::Code),
    ("high", Sure::High),
    ("med", Sure::Med),
    ("low", Sure::Low),
    ("plan", Sure::Plan),
    ("pledge", Sure::Pledge),
];

/// The text of a file as the law has it now; `None` where there is none under this path. A clause of the release is
/// found under `clauses/ID.toml` too.
pub fn file_text(sources: &Sources, file: &str) -> Option<String> {
    let named = |files: &[(&str, &str)], name: &str| files.iter().find(|(n, _)| *n == name).map(|f| f.1.to_owned());
    if let Some(year) = file.strip_prefix("calendar/") {
        return named(&sources.calendar, year.strip_suffix(".toml")?);
    }
    if let Some(name) = file.strip_prefix("clauses/") {
        return named(&sources.clause_files, name)
            .or_else(|| super::wording::block(sources, name.strip_suffix(".toml")?));
    }
    let single = match file {
        "instruments.toml" => sources.instruments,
        "catalogue.toml" => sources.catalogue,
        "columns.toml" => sources.columns,
        "grounds.toml" => sources.grounds,
        "negative.toml" => sources.negative,
        "obligations.toml" => sources.obligations,
        "remedies.toml" => sources.remedies,
        "prohibitions.toml" => sources.prohibitions,
        "watch.toml" => sources.watch,
        "scanner.toml" => sources.scanner,
        _ => return None,
    };
    Some(single.to_owned())
}

/// The file of what the bureau sets for its scanner.
pub const SCANNER: &str = "scanner.toml";

/// The files that are changed as text, with what they hold.
pub const FILES: [(&str, &str); 9] = [
    ("obligations.toml", "公开事项标准目录"),
    ("negative.toml", "不予公开清单"),
    ("grounds.toml", "公开和不予公开的依据"),
    ("instruments.toml", "法规文件"),
    ("remedies.toml", "救济途径"),
    ("prohibitions.toml", "禁止自行发布的内容"),
    ("watch.toml", "网站检查指标"),
    ("catalogue.toml", "法定主动公开内容"),
    (SCANNER, "机检词表和名册"),
];
