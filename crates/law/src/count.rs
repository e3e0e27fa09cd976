//! How a term counts its days: forwards or back, in which unit, with or without a roll at the end.

use crate::calendar::Calendar;
use crate::clause::{Clause, Direction, Nature, Unit, Wording};
use kernel::{Day, Instant};

/// The counting of one wording, by the calendar as it stands or by the worst that notices still to come may do.
#[derive(Clone, Copy)]
pub(crate) struct Count<'a, 'c> {
    pub clause: &'a Clause,
    pub wording: &'a Wording,
    pub calendar: &'c Calendar,
    /// Whether every notice still to come does its worst: then days found are the latest possible.
    pub worst: bool,
}

impl Count<'_, '_> {
    /// The day from which a term counts that begins with this event: the next one is the first to count.
    pub fn base(&self, event: Day) -> Day {
        match (self.wording.counts_event_day, self.clause.direction) {
            (false, _) => event,
            (true, Direction::After) => event.plus(-1),
            (true, Direction::Before) => event.plus(1),
        }
    }

    /// The last day of `n` units counted from a base, and whether no notice still to come can move it. `None` for hours
    /// and 及时, and where the latest possible day cannot be told.
    pub fn end(&self, base: Day, n: u16) -> Option<(Day, bool)> {
        if self.wording.unit == Unit::WorkingDays {
            return match self.clause.direction {
                Direction::After if self.worst => Some((self.calendar.latest_working(base, n)?, true)),
                Direction::After => Some(self.calendar.plus_working(base, n)),
                // Counted back, the worst is an earlier day, not a later one.
                Direction::Before => (!self.worst).then(|| self.calendar.minus_working(base, n)),
            };
        }
        let plain = self.plain_end(base, n)?;
        if !self.rolls() {
            return Some((plain, true));
        }
        if self.worst {
            Some((self.calendar.latest_working(plain.plus(-1), 1)?, true))
        } else {
            Some(self.calendar.roll(plain))
        }
    }

    /// The last day of a term in days, months or years, before any roll. A month or year ends on the day of the same
    /// number, or on the last of the month where there is none (民法典 article 202).
    pub fn plain_end(&self, base: Day, n: u16) -> Option<Day> {
        let sign = if self.clause.direction == Direction::After { 1 } else { -1 };
        let amount = sign * i32::from(n);
        let back = if self.wording.counts_event_day { -sign } else { 0 };
        let months = |months| plus_months(base.plus(-back), months).map(|day| day.plus(back));
        match self.wording.unit {
            Unit::CalendarDays => Some(base.plus(amount)),
            Unit::Months => months(amount),
            Unit::Years => months(amount * 12),
            Unit::WorkingDays | Unit::Hours | Unit::Promptly => None,
        }
    }

    /// A deadline moves off a day of rest; a minimum, a span and a named date do not, nor does what counts back.
    fn rolls(&self) -> bool {
        let rolls = self.wording.rolls.unwrap_or(self.clause.nature == Nature::Deadline);
        rolls && self.clause.direction == Direction::After
    }

    /// Units from the day after `a` up to and including `b`, and whether no notice still to come can change that; 0
    /// where `b` is not the later, and for units that do not count days.
    pub fn between(&self, a: Day, b: Day) -> (u16, bool) {
        let (days, firm) = match self.wording.unit {
            _ if b <= a => (0, true),
            Unit::CalendarDays => (b.0 - a.0, true),
            Unit::WorkingDays if self.worst => (self.calendar.least_working_between(a, b), true),
            Unit::WorkingDays => (self.calendar.working_between(a, b), self.calendar.knows(a.plus(1), b)),
            _ => (0, true),
        };
        (u16::try_from(days).unwrap_or(u16::MAX), firm)
    }

    /// Whether a day counts towards the term.
    pub fn counts(&self, day: Day) -> bool {
        self.wording.unit != Unit::WorkingDays || self.calendar.is_working(day)
    }

    /// The moment a term in hours ends.
    pub fn moment(&self, event: Instant) -> Instant {
        let ms = i64::from(self.wording.amount) * 3_600_000;
        event.plus_ms(if self.clause.direction == Direction::After { ms } else { -ms })
    }
}

fn plus_months(day: Day, months: i32) -> Option<Day> {
    let (y, m, d) = day.ymd();
    let index = i32::from(y) * 12 + i32::from(m) - 1 + months;
    let year = i16::try_from(index.div_euclid(12)).ok()?;
    let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
    (1..=d).rev().find_map(|d| Day::new(year, month, d))
}
