//! What programs are told about time: the same from the command line, the API and the twins of the public pages. Keys
//! are only added, never renamed.

use crate::calendar::Calendar;
use crate::clause::Unit;
use crate::clock::Clock;
use crate::strip::StripDay;
use kernel::{Day, Instant};
use serde::Serialize;

/// When a thing is due, and why.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Answer<'a> {
    /// The clause's id, also where it was asked for by a former one.
    pub clause: &'a str,
    /// `2026-11-23`; for a term in hours `2026-11-23T10:00`, +08:00.
    pub from: String,
    /// The last day on which it is in time, the moment for a term in hours; `None` where the text gives no number.
    pub due: Option<String>,
    /// Whether no notice of the State Council still to come can move it.
    pub firm: bool,
    /// The latest day it can move to; `None` where it is firm.
    pub latest: Option<Day>,
    pub unit: Unit,
    pub amount: u16,
    pub cite: &'a str,
    /// The first day of the wording that the day of the event has chosen.
    pub wording_from: Option<Day>,
    /// Day by day; empty for units that do not count single days.
    pub days: Vec<StripDay>,
}

/// A day of the working-day calendar.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CalendarDay<'a> {
    pub date: Day,
    pub working: bool,
    /// The holiday it is off for, or worked in exchange for; empty on any other day.
    pub name: &'a str,
}

impl Clock<'_> {
    /// The clock as programs are told of it.
    pub fn answer(&self, calendar: &Calendar) -> Answer<'_> {
        let Self { clause, wording, .. } = *self;
        let hours = wording.unit == Unit::Hours;
        let written = |at: Instant| {
            let (hour, minute) = at.hm();
            if hours { format!("{}T{hour:02}:{minute:02}", at.day()) } else { at.day().to_string() }
        };
        Answer {
            clause: &clause.id,
            from: written(self.event),
            due: self.due.map(|due| if hours { written(due.before) } else { due.on.to_string() }),
            firm: self.firm(),
            latest: self.latest(),
            unit: wording.unit,
            amount: wording.amount,
            cite: &wording.cite,
            wording_from: wording.from,
            days: self.days(calendar),
        }
    }
}

impl Calendar {
    /// Every day of a year; `None` where no file speaks of the year.
    pub fn days_of(&self, year: i16) -> Option<Vec<CalendarDay<'_>>> {
        self.years().iter().find(|known| known.year == year)?;
        let (first, last) = Day::new(year, 1, 1).zip(Day::new(year, 12, 31))?;
        let day = |date| CalendarDay { date, working: self.is_working(date), name: self.name(date).unwrap_or("") };
        Some((first.0..=last.0).map(Day).map(day).collect())
    }
}
