//! `/desk/rule/due`: every clause with every fact that a clock knows, for staff. Nothing is stored: all of it stands in
//! the address.

use super::shown::{self, Said, Strip};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get};
use crate::edge::{Failure, html_as};
use crate::ui::{Choice, DeskFrame, Fact as Line, Tag, Tone, Value};
use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use kernel::{Instant, Refusal};
use law::{Channel, Clause, Clock, Fact, Law, Nature, Receipt, ReceiptRule, Start, State, StripDay, Unit, What, clock};
use std::collections::BTreeMap;

const PAGE: &str = "/desk/rule/due";
const DAY_MS: i64 = 24 * 3_600_000;
/// The fields of a pause: cause, first day, last day. So many fit into the form.
const PAUSES: [[&str; 3]; 3] = [
    ["pause-1", "pause-1-from", "pause-1-to"],
    ["pause-2", "pause-2-from", "pause-2-to"],
    ["pause-3", "pause-3-from", "pause-3-to"],
];

pub fn routes() -> Vec<Route> {
    vec![get(PAGE, Who::Duty(Duty::LOOK), page)]
}

/// What was typed, by field.
#[derive(Debug, Default)]
struct Typed(BTreeMap<String, String>);

/// What was typed, understood.
#[derive(Debug)]
struct Told<'a> {
    clause: &'a Clause,
    start: Start,
    receipt: Option<Receipt>,
    facts: Vec<Fact<'a>>,
    now: Instant,
}

impl Typed {
    fn of(uri: &Uri) -> Result<Typed, Failure> {
        let read = Query::<BTreeMap<String, String>>::try_from_uri(uri);
        read.map(|typed| Typed(typed.0)).map_err(|_| Failure::bad("地址里的查询条件看不懂。请回到页面重新填写。"))
    }

    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// A moment in a field; `None` where it is empty, or where it cannot be read, which is then told.
    fn moment(&self, field: &'static str, why: &mut Vec<Refusal>) -> Option<Instant> {
        let text = self.get(field).replace('：', ":");
        let read = Instant::parse(&text);
        if read.is_none() && !text.is_empty() {
            let says = "日子看不懂。请写成 2026-11-23，要写时刻的写成 2026-11-23 10:30。";
            why.push(Refusal::new("day-unread", says).at(field));
        }
        read
    }

    /// Reads the whole form, or tells every reason against it.
    fn told<'a>(&'a self, law: &'a Law, now: Instant) -> Result<Told<'a>, Vec<Refusal>> {
        let mut why = Vec::new();
        let clause = law.clause(self.get("clause"));
        if clause.is_none() {
            why.push(Refusal::new("clause-unknown", "请从表里选一个条款。").at("clause"));
        }
        let from = self.moment("from", &mut why);
        if self.get("from").is_empty() {
            why.push(Refusal::new("day-missing", "请写起算的日子。").at("from"));
        }
        let facts = self.facts(&mut why);
        let confirmed = self.moment("confirmed", &mut why);
        let on = self.moment("on", &mut why);
        let (Some(clause), Some(from), true) = (clause, from, why.is_empty()) else { return Err(why) };
        let receipt = receipt(clause, self.get("channel"), from, confirmed);
        let start = receipt.map_or(Start::known(from), |receipt| receipt.start(clause));
        if clause.on(start.at.day()).is_none() {
            return Err(vec![Refusal::new("no-rule", shown::no_rule(clause, start.at.day())).at("from")]);
        }
        // A day alone is seen at its end, so that what happened on it has happened.
        let end = |at: Instant| if self.get("on").contains(':') { at } else { at.plus_ms(DAY_MS - 1) };
        Ok(Told { clause, start, receipt, facts, now: on.map_or(now, end) })
    }

    fn facts<'a>(&'a self, why: &mut Vec<Refusal>) -> Vec<Fact<'a>> {
        let mut all = Vec::new();
        let mut add = |at: Option<Instant>, what: What<'a>| all.extend(at.map(|at| Fact { at, what }));
        for [cause, from, to] in PAUSES {
            add(self.moment(from, why), What::Suspend(self.get(cause)));
            add(self.moment(to, why), What::Resume);
        }
        add(self.moment("restart-on", why), What::Restart(self.get("restart")));
        let (approved, told) = (self.get("approved") == "yes", self.get("told") == "yes");
        add(self.moment("extend-on", why), What::Extend { approved, told });
        add(self.moment("close", why), What::Close { found_in_time: false });
        all
    }
}

fn receipt(clause: &Clause, channel: &str, submitted: Instant, confirmed: Option<Instant>) -> Option<Receipt> {
    let channel = Channel::named(channel).unwrap_or(Channel::InPerson);
    let receipt = Receipt { channel, submitted, signed: confirmed, confirmed };
    has_channel(clause).then_some(receipt)
}

fn has_channel(clause: &Clause) -> bool {
    clause.wordings.iter().any(|wording| wording.receipt == ReceiptRule::Confirmed)
}

/// A clock as the page shows it.
struct Seen {
    says: String,
    lines: Vec<Line>,
    strip: Strip,
    strip_says: String,
    /// What the law does not let count, and why.
    refused: Vec<(String, String)>,
    notes: Vec<String>,
    said: Vec<Said>,
    moves: Vec<String>,
    days: Vec<StripDay>,
}

#[derive(Template)]
#[template(path = "rule/desk_due.html")]
struct Page {
    frame: DeskFrame,
    typed: Typed,
    clauses: Vec<Choice>,
    day_label: String,
    has_channel: bool,
    channels: Vec<Choice>,
    causes: Vec<Choice>,
    restarts: Vec<Choice>,
    extends: bool,
    seen: Option<Seen>,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name)
    }
}

async fn page(desk: Desk, uri: Uri) -> Result<Response, Failure> {
    let typed = Typed::of(&uri)?;
    let (law, now) = (desk.law(), desk.now);
    let mut frame = desk.frame("期限推算", PAGE);
    let mut status = StatusCode::OK;
    let seen = match typed.told(law, now) {
        _ if typed.0.is_empty() => None,
        Ok(told) => Some(seen(law, &told)),
        Err(why) => {
            (frame.errors, status) = (why, StatusCode::UNPROCESSABLE_ENTITY);
            None
        }
    };
    let clause = law.clause(typed.get("clause"));
    let event = Instant::parse(typed.get("from")).unwrap_or(now).day();
    let wording = clause.and_then(|clause| clause.on(event));
    let same = |text: &String| Choice::new(text, text);
    let page = Page {
        frame,
        clauses: law.clauses.iter().map(|c| Choice::new(&c.id, format!("{} {}", c.id, c.name))).collect(),
        day_label: wording.map_or_else(|| "起算的日子".into(), |wording| wording.counts_from.clone()),
        has_channel: clause.is_some_and(has_channel),
        channels: ["当面", "挂号信", "平信", "网络", "传真"].map(|word| Choice::new(word, word)).into(),
        causes: wording.map(|w| w.suspended_by.iter().map(same).collect()).unwrap_or_default(),
        restarts: wording.map(|w| w.restarts_on.iter().map(|r| same(&r.cause)).collect()).unwrap_or_default(),
        extends: wording.is_some_and(|w| w.extension.is_some()),
        seen,
        typed,
    };
    html_as(status, &page)
}

fn seen(law: &'static Law, told: &Told) -> Seen {
    let Told { clause, start, receipt, now, .. } = *told;
    let calendar = &law.calendar;
    let clock = clock(clause, start, &told.facts, now, calendar).expect("a reading has a wording in force");
    let days = clock.days(calendar);
    let refused =
        clock.refused.iter().map(|r| (format!("{}{}", shown::at(r.fact.at), happened(r.fact.what)), r.why.clone()));
    let borrowed = clock.wording.analogy.then(|| "本条约束的是其他机关，仅供对照，不计逾期。".to_owned());
    let received = receipt.map(|receipt| receipt.why(clause));
    Seen {
        says: says(&clock),
        lines: lines(&clock),
        strip: Strip::of(&clock, &days, now.day()),
        strip_says: shown::place(&clock),
        refused: refused.collect(),
        notes: received.into_iter().chain(borrowed).chain(shown::provisional(&clock, calendar)).collect(),
        said: shown::said(clause, start.at, calendar),
        moves: shown::moves(clause, start.at, calendar),
        days,
    }
}

/// Where the clock stands, in a sentence.
fn says(clock: &Clock) -> String {
    let until = clock.due.as_ref().map(shown::until).unwrap_or_default();
    let late = amount(clock.wording.unit, clock.over);
    let ends = clock.clause.nature == Nature::Minimum || clock.clause.nature == Nature::Span;
    match clock.state {
        State::Suspended => "期限暂停，截止日等恢复以后才能确定。".into(),
        State::Met => "按期办结。".into(),
        State::MetLate => format!("逾期{late}办结，应在{until}前办结。"),
        State::Overdue => format!("逾期{late}，应在{until}前办结。"),
        State::Elapsed => format!("已在{until}期满。"),
        State::Short => format!("没有期满就结束了，应满到{until}。"),
        State::Running if clock.due.is_none() => "条文没有规定天数，应当及时办理。".into(),
        State::Running if ends => format!("到{until}期满。"),
        State::Running => format!("最迟在{until}前办结。"),
    }
}

/// A term in years or months is late in days.
fn amount(unit: Unit, n: u16) -> String {
    if matches!(unit, Unit::Months | Unit::Years | Unit::Promptly) { Unit::CalendarDays.zh(n) } else { unit.zh(n) }
}

fn lines(clock: &Clock) -> Vec<Line> {
    let unit = clock.wording.unit;
    let counted = |n: Option<u16>| n.map(|n| unit.zh(n)).unwrap_or_default();
    let start = if unit == Unit::Hours { shown::moment(clock.start) } else { shown::dated(clock.start.day()) };
    let cause = clock.restart.map_or(String::new(), |cause| format!("（{cause}，重新计算）"));
    let shadow = if clock.shadow { "（还没有确认收到，先行提醒）" } else { "" };
    let more = clock.extended.map_or(String::new(), |more| format!("，其中延长{}", unit.zh(more)));
    vec![
        Line::new("状态", Value::Tag(Tag::new(clock.state.zh(), tone(clock)))),
        Line::text("起算", format!("{start}{cause}{shadow}")),
        Line::text("期限", format!("{}{more}", unit.zh(clock.term))),
        Line::text("已用", counted(clock.used)),
        Line::text("剩余", counted(clock.left)),
        Line::text("截止", clock.due.as_ref().map(shown::until).unwrap_or_default()),
        Line::text("暂定，最迟", clock.latest().map(shown::dated).unwrap_or_default()),
        Line::text("办结", clock.closed.map(shown::at).unwrap_or_default()),
    ]
}

fn tone(clock: &Clock) -> Tone {
    match clock.state {
        State::Running if clock.left.is_some_and(|left| left <= 3) => Tone::Near,
        State::Running => Tone::Info,
        State::Suspended => Tone::Near,
        State::Met | State::Elapsed => Tone::Done,
        State::MetLate | State::Overdue | State::Short => Tone::Late,
    }
}

fn happened(what: What) -> String {
    match what {
        What::Suspend(cause) => format!("{cause}，暂停"),
        What::Resume => "恢复".into(),
        What::Restart(cause) => format!("{cause}，重新计算"),
        What::Extend { .. } => "延长".into(),
        What::Close { .. } => "办结".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    fn now() -> Instant {
        Instant::parse("2026-11-23 09:00").expect("a moment")
    }

    const REPLY: (&str, &str) = ("clause", "OGI-REPLY");

    #[test]
    fn the_clock_says_where_it_stands() {
        let from = ("from", "2026-09-01");
        for (more, wanted, refused) in [
            (&[("on", "2026-09-10")][..], "最迟在2026年9月29日（星期二）24时前办结。", &[][..]),
            (&[("on", "2026-09-30")], "逾期1个工作日，应在2026年9月29日（星期二）24时前办结。", &[]),
            (&[("close", "2026-09-29 23:59")], "按期办结。", &[]),
            (&[("close", "2026-09-30 00:00")], "逾期1个工作日办结，应在2026年9月29日（星期二）24时前办结。", &[]),
            (
                &[("pause-1", "征求第三方意见"), ("pause-1-from", "2026-09-03"), ("on", "2026-09-30")],
                "期限暂停，截止日等恢复以后才能确定。",
                &[],
            ),
            (
                &[
                    ("pause-1", "征求第三方意见"),
                    ("pause-1-from", "2026-09-03"),
                    ("pause-1-to", "2026-09-08"),
                    ("on", "2026-09-10"),
                ],
                "最迟在2026年10月9日（星期五）24时前办结。",
                &[],
            ),
            (
                &[("restart", "补正"), ("restart-on", "2026-09-09"), ("on", "2026-09-10")],
                "最迟在2026年10月13日（星期二）24时前办结。",
                &[],
            ),
            (
                &[("extend-on", "2026-09-28"), ("approved", "yes"), ("on", "2026-09-28")],
                "最迟在2026年9月29日（星期二）24时前办结。",
                &["延长没有告知申请人。"],
            ),
            (
                &[("extend-on", "2026-09-28"), ("approved", "yes"), ("told", "yes"), ("on", "2026-09-28")],
                "最迟在2026年11月2日（星期一）24时前办结。",
                &[],
            ),
            (
                &[("pause-2", "开会"), ("pause-2-from", "2026-09-03"), ("on", "2026-09-10")],
                "最迟在2026年9月29日（星期二）24时前办结。",
                &["开会不停止计时。"],
            ),
        ] {
            let typed = typed(&[&[REPLY, from][..], more].concat());
            let told = typed.told(Law::built_in(), now()).expect("a reading");
            let seen = seen(Law::built_in(), &told);
            let why: Vec<&str> = seen.refused.iter().map(|(_, why)| why.as_str()).collect();
            assert_eq!((seen.says.as_str(), &why[..]), (wanted, refused), "{more:?}");
        }
    }

    #[test]
    fn nobody_has_confirmed_so_the_clock_is_a_shadow() {
        let typed = typed(&[REPLY, ("from", "2026-11-20"), ("channel", "网络")]);
        let told = typed.told(Law::built_in(), now()).expect("a reading");
        assert!(told.start.shadow);
        let seen = seen(Law::built_in(), &told);
        assert!(seen.notes.iter().any(|note| note.contains("双方确认之日")), "{:?}", seen.notes);
    }

    #[test]
    fn the_plan_stands_beside_the_law() {
        let typed = typed(&[("clause", "DEC-COMMENT"), ("from", "2026-09-01"), ("on", "2026-09-02")]);
        let told = typed.told(Law::built_in(), now()).expect("a reading");
        let said = seen(Law::built_in(), &told).said;
        let terms: Vec<(&str, bool)> = said.iter().map(|s| (s.term.as_str(), s.binds)).collect();
        assert_eq!(terms, [("30日", true), ("20日", false)]);
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_field() {
        for (pairs, wanted) in [
            (&[("clause", "")][..], &["clause", "from"][..]),
            (&[REPLY], &["from"]),
            (&[REPLY, ("from", "2026-09-01"), ("close", "x"), ("pause-3-to", "y")], &["pause-3-to", "close"]),
            (&[REPLY, ("from", "2007-09-01")], &["from"]),
        ] {
            let typed = typed(pairs);
            let why = typed.told(Law::built_in(), now()).expect_err("refused");
            let fields: Vec<&str> = why.iter().filter_map(|r| r.field).collect();
            assert_eq!(fields, wanted, "{pairs:?}");
        }
    }
}
