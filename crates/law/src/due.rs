//! From an event and a clause to the day it is due.

use crate::calendar::Calendar;
use crate::clause::{Clause, Nature, Unit};
use crate::clock::{Start, clock};
use crate::count::Count;
use kernel::{Day, Instant};

/// The answer to "until when", with what it rests on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Due<'a> {
    /// The last day on which it is in time; for a minimum, the last day of the period.
    pub on: Day,
    /// The first moment too late: the midnight that ends `on`, or the very moment for a term in hours.
    pub before: Instant,
    /// False where the day may still move because the State Council's notice for it is not known.
    pub firm: bool,
    /// The latest day it can move to; `None` where it is firm, and where the statutory holidays are not computed so far
    /// ahead.
    pub latest: Option<Day>,
    /// The clause's id.
    pub clause: &'a str,
    pub nature: Nature,
    pub amount: u16,
    pub unit: Unit,
    /// `《政府信息公开条例》第二十六条`.
    pub cite: &'a str,
}

/// When something is due by the wording that binds on the day of the event. `None` where no wording was in force, or
/// where it gives no number (及时). A term in hours counts from the beginning of the day; use [`due_at`] where the
/// moment is known.
pub fn due<'a>(clause: &'a Clause, event: Day, calendar: &Calendar) -> Option<Due<'a>> {
    due_at(clause, event.start(), calendar)
}

/// As [`due`], for a period that somebody sets longer: in the unit of the wording, and never shorter than it.
pub fn at_least<'a>(clause: &'a Clause, amount: u16, event: Day, calendar: &Calendar) -> Option<Due<'a>> {
    let shortest = due(clause, event, calendar)?;
    let wording = clause.on(event).filter(|wording| amount > wording.amount && wording.unit.counts_days());
    let Some(wording) = wording else { return Some(shortest) };
    let count = Count { clause, wording, calendar, worst: false };
    let base = count.base(event);
    let (on, firm) = count.end(base, amount)?;
    let latest = if firm { None } else { Count { worst: true, ..count }.end(base, amount).map(|(day, _)| day) };
    Some(Due { amount, ..count.due(on.plus(1).start(), firm, latest) })
}

/// As [`due`], from a moment. Only a term in hours looks at more than the day.
pub fn due_at<'a>(clause: &'a Clause, event: Instant, calendar: &Calendar) -> Option<Due<'a>> {
    let wording = clause.on(event.day())?;
    let count = Count { clause, wording, calendar, worst: false };
    if wording.unit == Unit::Hours {
        return Some(count.due(count.moment(event), true, None));
    }
    let base = count.base(event.day());
    let (on, firm) = count.end(base, wording.amount)?;
    let latest = if firm { None } else { Count { worst: true, ..count }.end(base, wording.amount).map(|(day, _)| day) };
    Some(count.due(on.plus(1).start(), firm, latest))
}

/// Why a thing is due when it is, in Chinese, one line a step: the rule, the event, each day counted or not, the last
/// day. `None` as in [`due`].
pub fn explain(clause: &Clause, event: Day, calendar: &Calendar) -> Option<Vec<String>> {
    due(clause, event, calendar)?;
    clock(clause, Start::known(event.start()), &[], event.start(), calendar).map(|clock| clock.explain(calendar))
}

impl Due<'_> {
    /// `截至2026年3月6日24:00`, or the moment for a term in hours.
    pub fn zh(&self) -> String {
        if self.unit != Unit::Hours {
            return format!("截至{}24:00", self.on.zh());
        }
        let (hour, minute) = self.before.hm();
        format!("截至{}{hour:02}:{minute:02}", self.before.day().zh())
    }
}

impl<'a> Count<'a, '_> {
    pub(crate) fn due(&self, before: Instant, firm: bool, latest: Option<Day>) -> Due<'a> {
        Due {
            on: before.plus_ms(-1).day(),
            before,
            firm,
            latest,
            clause: &self.clause.id,
            nature: self.clause.nature,
            amount: self.wording.amount,
            unit: self.wording.unit,
            cite: &self.wording.cite,
        }
    }
}
