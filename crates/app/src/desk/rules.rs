//! Whose turn it is, and in which order. Pure.

use crate::account::{Duty, Me};
use crate::record::model::State;
use crate::ui::{Days, DaysState, Tone, Unit};
use kernel::Day;
use law::{Due, Law};

/// How near a due day is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Near {
    Late,
    Today,
    Soon,
    Later,
    /// No clock runs.
    Free,
}

impl Near {
    pub fn zh(self) -> &'static str {
        match self {
            Near::Late => "已逾期",
            Near::Today => "今天到期",
            Near::Soon => "3 个工作日内",
            Near::Later => "之后",
            Near::Free => "不计时限",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Near::Late | Near::Today => Tone::Late,
            Near::Soon => Tone::Near,
            Near::Later | Near::Free => Tone::Plain,
        }
    }
}

/// The strip of a term in working days, seen from today.
pub fn days(due: &Due, event: Day, today: Day) -> Days {
    let calendar = &Law::built_in().calendar;
    let passed = calendar.working_between(event, today.plus(-1)).max(0);
    let used = u32::try_from(passed).unwrap_or(0);
    Days { unit: Unit::WorkingDay, total: u32::from(due.amount).max(1), used, state: DaysState::Running, last: due.on }
}

/// By working days that remain, not by hours: a term that ends on Monday is near on Friday.
pub fn near(due: Option<&Due>, today: Day) -> Near {
    let Some(due) = due else { return Near::Free };
    let left = Law::built_in().calendar.working_between(today, due.on);
    match () {
        _ if today > due.on => Near::Late,
        _ if today == due.on => Near::Today,
        _ if left <= 3 => Near::Soon,
        _ => Near::Later,
    }
}

/// What this person can do for a record now: the verb of the button. `None` where it is somebody else's turn.
pub fn verb(state: State, me: &Me, is_author: bool, has_draft: bool) -> Option<&'static str> {
    match state {
        State::InReview(step) if me.has(step.duty()) && !is_author => Some("审查"),
        State::Returned(_) if is_author => Some("看退回理由"),
        State::Passed if me.has(Duty::Publication) => Some("公开"),
        _ if has_draft => Some("接着写"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::kind::Step;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn near_counts_working_days() {
        let law = Law::built_in();
        let clause = law.clause("OGI-ACTIVE").expect("there");
        // 2026-05-11 is a Monday; twenty working days later is 2026-06-08.
        let due = law::due(clause, day("2026-05-11"), &law.calendar).expect("a term");
        assert_eq!(due.on, day("2026-06-08"));
        for (today, wanted) in [
            ("2026-05-12", Near::Later),
            ("2026-06-02", Near::Later),
            ("2026-06-03", Near::Soon),
            ("2026-06-06", Near::Soon),
            ("2026-06-08", Near::Today),
            ("2026-06-09", Near::Late),
        ] {
            assert_eq!(near(Some(&due), day(today)), wanted, "{today}");
        }
        assert_eq!(near(None, day("2026-06-09")), Near::Free);
        let strip = days(&due, day("2026-05-11"), day("2026-06-09"));
        assert_eq!((strip.total, strip.late()), (20, 1));
    }

    #[test]
    fn each_sees_only_what_waits_for_them() {
        let person = |duties: &[Duty]| Me {
            id: "p".into(),
            name: "p".into(),
            login: "p".into(),
            section: "s".into(),
            section_name: "s".into(),
            duties: duties.into(),
        };
        let officer = person(&[Duty::SecrecyReview]);
        let clerk = person(&[Duty::Draft]);
        let secrecy = State::InReview(Step::Secrecy);
        assert_eq!(verb(secrecy, &officer, false, false), Some("审查"));
        assert_eq!(verb(secrecy, &officer, true, false), None, "nobody reviews their own");
        assert_eq!(verb(State::InReview(Step::Section), &officer, false, false), None);
        assert_eq!(verb(secrecy, &clerk, true, false), None);
        assert_eq!(verb(State::Returned(Step::Secrecy), &clerk, true, false), Some("看退回理由"));
        assert_eq!(verb(State::Draft, &clerk, false, true), Some("接着写"));
        assert_eq!(verb(State::Passed, &person(&[Duty::Publication]), false, false), Some("公开"));
        assert_eq!(verb(State::Published, &clerk, false, false), None);
    }
}
