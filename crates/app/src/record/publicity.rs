//! 公示: what is shown for a term in which anyone may object, before the matter is settled. The law gives the least; the
//! end comes with the day on which somebody looks, and no job has to bring it. Pure.

use super::field::{Data, Field, Is, Words};
use super::kind::Kind;
use super::model::Paper;
use kernel::{Day, Instant, Refusal};
use law::{Due, Law, Unit};

const AFTERWARDS: Words = &[("stays", "继续公开"), ("removed", "撤下")];

/// How long it is shown, in the unit of its clause; 日 where no clause gives a least.
pub const PERIOD: Field = Field::new("shown-days", "公示期", Is::Number(""), "");
/// No law that we have read says when names go: the office decides, and says so.
pub const AFTER: Field = Field::new("afterwards", "公示结束后", Is::Choice(AFTERWARDS), "名单有个人信息的，宜撤下。");
pub const KEPT: Field = Field::new("kept-days", "结束后保留", Is::Number("天"), "写 0 的，公示一结束就撤下。")
    .must_where("afterwards", &["removed"], "");

/// Longest period and longest stay after it, in days. Our own bound against a slip of the hand.
const LONGEST: u16 = 365;

/// A field and word of a kind by which a record is a 公示, and the clause that gives its least; empty where none does.
pub struct Publicity {
    kind: &'static str,
    field: &'static str,
    word: &'static str,
    clause: &'static str,
}

const fn publicity(kind: &'static str, field: &'static str, word: &'static str, clause: &'static str) -> Publicity {
    Publicity { kind, field, word, clause }
}

const PUBLICITIES: &[Publicity] = &[
    publicity("procurement", "stage", "single-source", "PRC-SINGLE"),
    publicity("personnel", "matter", "proposed", "PER-NOTICE"),
    publicity("personnel", "matter", "to-recruit", ""),
    publicity("notice", "shows", "aid", "POV-NOTICE"),
    publicity("notice", "shows", "other", ""),
];

/// What makes a record of this kind a 公示; `None` where it is none.
pub fn of(kind: &str, data: &Data) -> Option<&'static Publicity> {
    PUBLICITIES.iter().find(|p| p.kind == kind && data.get(p.field).is_some_and(|word| word == p.word))
}

/// Whether a field says how long and what afterwards.
fn is_inner(field: &str) -> bool {
    [PERIOD.name, AFTER.name, KEPT.name].contains(&field)
}

/// Whether the page of a 公示 says in sentences of its own what a field says.
pub fn is_said(field: &str) -> bool {
    is_inner(field) || field == "shows"
}

/// The period of a 公示. Both days are in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Span {
    pub from: Day,
    pub until: Day,
    /// `5个工作日`.
    pub term: String,
    /// The article that gives the least; empty where none does.
    pub cite: String,
}

fn number(data: &Data, field: &Field) -> Option<u16> {
    data.get(field.name).map(|kept| kept.parse().unwrap_or(u16::MAX))
}

/// From the day of publication, which does not count (民法典 201): the least of the law, or longer where it is set so.
pub fn span(law: &Law, kind: &str, data: &Data, from: Day) -> Option<Span> {
    let set = number(data, &PERIOD);
    let due = least(law, of(kind, data)?, set.unwrap_or(0), from);
    Some(match (due, set) {
        (Some(due), _) => Span { from, until: due.on, term: due.unit.zh(due.amount), cite: due.cite.into() },
        (None, set) => {
            let days = set?;
            let (until, term) = (from.plus(i32::from(days)), Unit::CalendarDays.zh(days));
            Span { from, until, term, cite: String::new() }
        }
    })
}

fn least<'a>(law: &'a Law, rule: &Publicity, set: u16, from: Day) -> Option<Due<'a>> {
    law::at_least(law.clause(rule.clause)?, set, from, &law.calendar)
}

/// What is wrong with the period of a 公示 that would begin today.
pub fn faults(law: &'static Law, kind: &Kind, data: &Data, today: Day) -> Vec<Refusal> {
    let Some(rule) = of(kind.name, data) else { return vec![] };
    let mut why = vec![];
    let set = number(data, &PERIOD);
    let fault = |code, says: String, at: &Field| Refusal::new(code, says).at(at.name);
    match (least(law, rule, 0, today), set) {
        (Some(due), Some(set)) if set < due.amount => {
            let (least, set) = (due.unit.zh(due.amount), due.unit.zh(set));
            let says = format!("公示期不得少于{least}，填的是{set}。请改长；留空的，按{least}公示。");
            why.push(fault("shown-short", says, &PERIOD).cite(due.cite));
        }
        (None, None) => {
            let says = "法律没有给这一类公示规定天数。请填写公示期，按自然日计。";
            why.push(fault("shown-unsaid", says.into(), &PERIOD));
        }
        (None, Some(0)) => why.push(fault("shown-short", "公示期至少 1 天。".into(), &PERIOD)),
        _ => {}
    }
    for field in [&PERIOD, &KEPT] {
        if number(data, field).is_some_and(|days| days > LONGEST) {
            why.push(fault("shown-long", format!("{}最多填 {LONGEST}。", field.zh), field));
        }
    }
    why
}

/// The moment at which it is taken down by itself; `None` where it stays.
pub fn removal(data: &Data, until: Day) -> Option<Instant> {
    let goes = data.get(AFTER.name).is_some_and(|word| word == "removed");
    let kept = number(data, &KEPT).filter(|_| goes)?;
    Some(until.plus(i32::from(kept) + 1).start())
}

/// What happened to a 公示 since it was first public, in order.
pub enum Event<'a> {
    /// A version was published; one that replaces a leak is not `ordinary`.
    Shown { at: Instant, ordinary: bool, paper: &'a Paper },
    /// It had been hidden, and was shown again.
    Back { hidden: Instant, at: Instant },
}

/// The day from which the period runs. A correction of what is shown begins it anew, and so does a time within it in
/// which nobody could read it.
pub fn begun(law: &Law, events: &[Event]) -> Option<Day> {
    let mut now: Option<(Day, &Paper)> = None;
    for event in events {
        now = match (event, now) {
            (Event::Shown { at, paper, .. }, None) => Some((at.day(), *paper)),
            (Event::Shown { at, ordinary, paper }, Some((from, before))) => {
                let anew = *ordinary && restarts(before, paper);
                Some((if anew { at.day() } else { from }, *paper))
            }
            (Event::Back { hidden, at }, Some((from, paper))) => {
                let span = span(law, &paper.kind, &paper.fields.data, from);
                let cut = span.is_some_and(|span| hidden.day() <= span.until);
                Some((if cut { at.day() } else { from }, paper))
            }
            (Event::Back { .. }, None) => None,
        };
    }
    now.map(|(from, _)| from)
}

/// Whether a correction changes what people could object to: title, text, attachments, typed fields. Not the words for
/// finding it (概述、关键词), the editor's note, nor how long it stays.
pub fn restarts(before: &Paper, after: &Paper) -> bool {
    let shown = |paper: &Paper| -> Data {
        let all = paper.fields.data.iter().filter(|(name, _)| !is_inner(name));
        all.map(|(name, kept)| (name.clone(), kept.clone())).collect()
    };
    before.title != after.title
        || before.body != after.body
        || before.files != after.files
        || shown(before) != shown(after)
}
