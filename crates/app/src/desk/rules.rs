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
    /// Its clock waits for somebody outside.
    Paused,
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
            Near::Paused => "暂停计时",
            Near::Free => "不计时限",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Near::Late | Near::Today => Tone::Late,
            Near::Soon => Tone::Near,
            Near::Later | Near::Paused | Near::Free => Tone::Plain,
        }
    }
}

/// The strip of a term in working days, seen from today.
pub fn days(law: &Law, due: &Due, event: Day, today: Day) -> Days {
    let passed = law.calendar.working_between(event, today.plus(-1)).max(0);
    let used = u32::try_from(passed).unwrap_or(0);
    Days { unit: Unit::WorkingDay, total: u32::from(due.amount).max(1), used, state: DaysState::Running, last: due.on }
}

/// By working days that remain, not by hours: a term that ends on Monday is near on Friday.
pub fn near(law: &Law, last: Option<Day>, today: Day) -> Near {
    match last.map(|last| when(law, last, today)) {
        None => Near::Free,
        Some(When::Late) => Near::Late,
        Some(When::Today) => Near::Today,
        Some(When::Three) => Near::Soon,
        Some(When::Seven | When::After) => Near::Later,
    }
}

/// The columns of the board: how near a last day is, by working days that remain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum When {
    Late,
    Today,
    Three,
    Seven,
    After,
}

impl When {
    pub const ALL: [When; 5] = [When::Late, When::Today, When::Three, When::Seven, When::After];

    /// In addresses: `?when=late`.
    pub fn word(self) -> &'static str {
        match self {
            When::Late => "late",
            When::Today => "today",
            When::Three => "3",
            When::Seven => "7",
            When::After => "after",
        }
    }

    pub fn parse(word: &str) -> Option<When> {
        When::ALL.into_iter().find(|when| when.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            When::Late => "已逾期",
            When::Today => "今天",
            When::Three => "3 日内",
            When::Seven => "7 日内",
            When::After => "之后",
        }
    }
}

pub fn when(law: &Law, last: Day, today: Day) -> When {
    match law.calendar.working_between(today, last) {
        _ if today > last => When::Late,
        _ if today == last => When::Today,
        ..=3 => When::Three,
        4..=7 => When::Seven,
        _ => When::After,
    }
}

/// The verb of who writes what is owed.
pub const WRITE: &str = "新建";

/// Who watches over all sections.
pub fn oversees(me: &Me) -> bool {
    me.has(Duty::Publication) || me.has(Duty::Supervision)
}

/// What this person can do for an entry of the catalogue that presses: its own section writes, who oversees reminds.
pub fn owes(me: &Me, owner: &str) -> Option<&'static str> {
    match () {
        _ if me.has(Duty::Draft) && me.section_name == owner => Some(WRITE),
        _ if oversees(me) => Some("催办"),
        _ => None,
    }
}

/// What this person can do for a document that will end: its own section evaluates it, who oversees sees to that.
pub fn renews(me: &Me, section: &str) -> Option<&'static str> {
    match () {
        _ if me.has(Duty::Draft) && me.section_name == section => Some("评估"),
        _ if oversees(me) => Some("看文件"),
        _ => None,
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
            assert_eq!(near(law, Some(due.on), day(today)), wanted, "{today}");
        }
        assert_eq!(near(law, None, day("2026-06-09")), Near::Free);
        let strip = days(law, &due, day("2026-05-11"), day("2026-06-09"));
        assert_eq!((strip.total, strip.late()), (20, 1));
    }

    #[test]
    fn the_board_counts_working_days() {
        let law = Law::built_in();
        // Friday 20 November 2026, and the terms that end after it.
        for (last, wanted) in [
            ("2026-11-19", When::Late),
            ("2026-11-20", When::Today),
            ("2026-11-21", When::Three),
            ("2026-11-25", When::Three),
            ("2026-11-26", When::Seven),
            ("2026-12-01", When::Seven),
            ("2026-12-02", When::After),
        ] {
            assert_eq!(when(law, day(last), day("2026-11-20")), wanted, "{last}");
        }
        assert!(When::ALL.into_iter().all(|when| When::parse(when.word()) == Some(when)));
    }

    #[test]
    fn its_own_section_writes_and_who_oversees_reminds() {
        let person = |duty: Duty, section: &str| Me {
            id: "p".into(),
            name: "p".into(),
            login: "p".into(),
            section: "s".into(),
            section_name: section.into(),
            duties: vec![duty],
            ..Me::default()
        };
        for (duty, section, wanted) in [
            (Duty::Draft, "兽医科", Some(WRITE)),
            (Duty::Draft, "局办公室", None),
            (Duty::SectionCheck, "兽医科", None),
            (Duty::Publication, "局办公室", Some("催办")),
            (Duty::Supervision, "局办公室", Some("催办")),
            (Duty::Administration, "兽医科", None),
        ] {
            assert_eq!(owes(&person(duty, section), "兽医科"), wanted, "{duty:?} {section}");
        }
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
            ..Me::default()
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
