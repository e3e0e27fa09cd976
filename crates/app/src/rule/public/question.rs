//! Reading a question about a term: which clause, from when, by which channel. Pure.

use super::Asked;
use crate::rule::shown;
use kernel::{Day, Instant, Refusal};
use law::{Channel, Clause, Law, Receipt, ReceiptRule, Start, Unit};

/// What is asked when nothing is said.
const USUAL: &str = "OGI-REPLY";
/// A day beyond this is a slip of the pen.
const LAST_YEAR: i16 = 2100;

/// A question that the law can answer.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    pub clause: &'a Clause,
    pub start: Start,
    /// How a request came, where that decides the day of receipt.
    pub receipt: Option<Receipt>,
}

/// Why there is no answer.
#[derive(Clone, PartialEq, Debug)]
pub enum Unanswered {
    NoClause,
    /// There was no such rule on the day: a sentence.
    NoRule(String),
    /// What was typed cannot be read: every reason.
    Unread(Vec<Refusal>),
}

/// Whether the channel of a request decides its day of receipt (政府信息公开条例 article 31).
pub fn needs_channel(clause: &Clause) -> bool {
    clause.wordings.iter().any(|wording| wording.receipt == ReceiptRule::Confirmed)
}

pub fn needs_time(clause: &Clause) -> bool {
    clause.wordings.iter().any(|wording| wording.unit == Unit::Hours)
}

/// The clause that is asked about: by its id or a former one.
pub fn clause<'a>(law: &'a Law, asked: &Asked) -> Option<&'a Clause> {
    match value(asked, "clause") {
        "" => law.clause(USUAL),
        id => law.clause(id),
    }
}

/// Reads the form. A day left out is today.
pub fn read<'a>(law: &'a Law, asked: &Asked, today: Day) -> Result<Question<'a>, Unanswered> {
    let clause = clause(law, asked).ok_or(Unanswered::NoClause)?;
    let mut why = Vec::new();
    let mut sent = day(asked, "from", &mut why).unwrap_or(today.start());
    if needs_time(clause) && !value(asked, "time").is_empty() {
        sent = time(sent.day(), value(asked, "time")).unwrap_or_else(|refusal| {
            why.push(refusal);
            sent
        });
    }
    let receipt = if needs_channel(clause) { receipt(asked, sent, &mut why) } else { None };
    if !why.is_empty() {
        return Err(Unanswered::Unread(why));
    }
    let start = receipt.map_or(Start::known(sent), |receipt| receipt.start(clause));
    match clause.on(start.at.day()) {
        Some(_) => Ok(Question { clause, start, receipt }),
        None => Err(Unanswered::NoRule(shown::no_rule(clause, start.at.day()))),
    }
}

/// The value of a name, trimmed; empty where there is none.
pub fn value<'a>(asked: &'a Asked, name: &str) -> &'a str {
    asked.get(name).map_or("", |text| text.trim())
}

fn day(asked: &Asked, field: &'static str, why: &mut Vec<Refusal>) -> Option<Instant> {
    let text = value(asked, field).replace('：', ":");
    if text.is_empty() {
        return None;
    }
    let read = Instant::parse(&text);
    match read.map(|at| at.day().year()) {
        None => why.push(Refusal::new("day-unread", "日子看不懂。请写成 2026-11-23 或者 2026年11月23日。").at(field)),
        Some(year) if year > LAST_YEAR => {
            why.push(Refusal::new("day-far", format!("日子太远，只能算到{LAST_YEAR}年。请核对年份。")).at(field));
        }
        Some(_) => {}
    }
    read
}

fn time(day: Day, typed: &str) -> Result<Instant, Refusal> {
    let read = Instant::parse(&format!("{day} {}", typed.replace('：', ":")));
    read.ok_or_else(|| Refusal::new("time-unread", "时间看不懂。请写成 9:30 或者 15:05。").at("time"))
}

fn receipt(asked: &Asked, submitted: Instant, why: &mut Vec<Refusal>) -> Option<Receipt> {
    let channel = match value(asked, "channel") {
        "" => Some(Channel::InPerson),
        word => Channel::named(word),
    };
    if channel.is_none() {
        why.push(Refusal::new("channel-unknown", "没有这种提交方式。请从表里选一种。").at("channel"));
    }
    let channel = channel?;
    let confirmed = day(asked, "confirmed", why).filter(|_| channel != Channel::InPerson);
    if confirmed.is_some_and(|at| at.day() < submitted.day()) {
        let says = "签收或者确认的日子早于提交的日子。请核对两个日子。";
        why.push(Refusal::new("confirmed-early", says).at("confirmed"));
    }
    // Only the day is asked for, and on the day of submission it is no earlier than the submission.
    let confirmed = confirmed.map(|at| at.max(submitted));
    Some(Receipt { channel, submitted, signed: confirmed, confirmed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Asked {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn today() -> Day {
        Day::new(2026, 11, 23).expect("a day")
    }

    #[test]
    fn a_question_is_read_with_its_day_of_receipt() {
        for (pairs, clause, start, shadow) in [
            (&[][..], "OGI-REPLY", "2026-11-23 00:00", false),
            (&[("from", "2026年9月1日")], "OGI-REPLY", "2026-09-01 00:00", false),
            (&[("clause", "OGI-REPLY-2008"), ("from", "2017-05-26")], "OGI-REPLY", "2017-05-26 00:00", false),
            (&[("from", "2026-9-1"), ("channel", "挂号信")], "OGI-REPLY", "2026-09-01 00:00", true),
            (
                &[("from", "2026-9-1"), ("channel", "挂号信"), ("confirmed", "2026-9-4")],
                "OGI-REPLY",
                "2026-09-04 00:00",
                false,
            ),
            (
                &[("from", "2026-9-1"), ("channel", "网络"), ("confirmed", "20260902")],
                "OGI-REPLY",
                "2026-09-02 00:00",
                false,
            ),
            (
                &[("from", "2026-9-1"), ("channel", "当面"), ("confirmed", "2026-9-4")],
                "OGI-REPLY",
                "2026-09-01 00:00",
                false,
            ),
            (&[("clause", "OPN-5H"), ("from", "2026-9-1"), ("time", "9：05")], "OPN-5H", "2026-09-01 09:05", false),
            (&[("clause", "OPN-5H"), ("from", "2026-09-01T20:00")], "OPN-5H", "2026-09-01 20:00", false),
            // The channel means nothing to other terms.
            (&[("clause", "LIC-DECIDE"), ("channel", "鸽子")], "LIC-DECIDE", "2026-11-23 00:00", false),
        ] {
            let question = read(Law::built_in(), &asked(pairs), today()).expect("a question");
            let seen = (question.clause.id.as_str(), question.start.at.to_string(), question.start.shadow);
            assert_eq!(seen, (clause, start.to_owned(), shadow), "{pairs:?}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_told_at_its_field() {
        for (pairs, wanted) in [
            (&[("from", "明天")][..], &[("day-unread", "from")][..]),
            (&[("from", "2026-02-30")], &[("day-unread", "from")]),
            (&[("from", "9999-12-31")], &[("day-far", "from")]),
            (&[("from", "2026-9-1"), ("channel", "鸽子")], &[("channel-unknown", "channel")]),
            (
                &[("from", "2026-9-9"), ("channel", "平信"), ("confirmed", "2026-9-1")],
                &[("confirmed-early", "confirmed")],
            ),
            (&[("clause", "OPN-5H"), ("time", "25:00")], &[("time-unread", "time")]),
            (
                &[("from", "x"), ("channel", "传真"), ("confirmed", "y")],
                &[("day-unread", "from"), ("day-unread", "confirmed")],
            ),
        ] {
            let why = match read(Law::built_in(), &asked(pairs), today()) {
                Err(Unanswered::Unread(why)) => why,
                other => panic!("{pairs:?}: {other:?}"),
            };
            let seen: Vec<_> = why.iter().map(|r| (r.code, r.field.unwrap_or_default())).collect();
            assert_eq!(seen, wanted, "{pairs:?}");
        }
    }

    #[test]
    fn where_there_is_no_rule_it_says_so() {
        let why = |pairs: &[(&str, &str)]| read(Law::built_in(), &asked(pairs), today()).expect_err("no answer");
        assert_eq!(why(&[("clause", "X")]), Unanswered::NoClause);
        for (pairs, wanted) in [
            (&[("from", "2008-04-30")][..], "2008年4月30日还没有这条规定：《政府信息公开条例》"),
            (&[("clause", "HOT-SIMPLE")], "这条规定还没有确定从哪天起施行"),
        ] {
            let Unanswered::NoRule(says) = why(pairs) else { panic!("{pairs:?}") };
            assert!(says.starts_with(wanted), "{says}");
        }
    }
}
