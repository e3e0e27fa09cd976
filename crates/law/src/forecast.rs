//! How far a notice that is not out yet could move a day, by what notices have done before.
//!
//! The statutory days of such a year are known. What the notice adds are further weekdays off around a festival, paid
//! for by weekend days worked. So a latest possible date assumes that around each festival as many further weekdays are
//! off as ever were, as early as the wait goes on, within as wide a stretch as ever; that no weekend day is worked; and
//! that a holiday of that one year is declared at the worst moment (as in 2015). All of it is read from the notices.

use crate::calendar::{Calendar, Year};
use crate::statutory::{self, Festival};
use kernel::Day;
use std::collections::BTreeMap;

/// What notices have ever done around a festival.
#[derive(Clone, Debug)]
struct Shift {
    /// First and last weekday off that the regulation does not give, in days from the festival's own day.
    off: (i32, i32),
    /// The most such weekdays in one year.
    most: usize,
    /// First weekend day worked in exchange, in days from the festival's own day.
    work_from: i32,
}

/// What the notices of all known years have done.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shifts {
    around: BTreeMap<Festival, Shift>,
    /// The most weekdays off in one year for a holiday that the regulation does not know.
    apart: usize,
}

/// A stretch in which a notice yet to come may take weekdays away.
#[derive(Clone, Debug)]
pub(crate) struct Risk {
    pub from: Day,
    to: Day,
    most: usize,
}

impl Shifts {
    /// Reads the announced years, whose statutory days have been filled in.
    pub(crate) fn of(years: &[Year]) -> Shifts {
        let mut shifts = Shifts::default();
        for year in years.iter().filter(|y| y.announced) {
            let mut apart = 0;
            for holiday in &year.holidays {
                let further = holiday.rest.iter().filter(|d| d.weekday() < 6 && !holiday.statutory.contains(d));
                let further: Vec<Day> = further.copied().collect();
                // Of two festivals in one holiday the longer one drew the days together.
                let festivals = Festival::named(&holiday.name);
                match festivals.into_iter().max_by_key(|f| (*f == Festival::National, *f == Festival::Spring)) {
                    Some(festival) => shifts.widen(festival, year.year, &further, &holiday.work),
                    None => apart += further.len(),
                }
            }
            shifts.apart = shifts.apart.max(apart);
        }
        shifts
    }

    fn widen(&mut self, festival: Festival, year: i16, further: &[Day], work: &[Day]) {
        let Some(own) = festival.day(year) else { return };
        let shift = self.around.entry(festival).or_insert(Shift { off: (0, 0), most: 0, work_from: 0 });
        for offset in further.iter().map(|day| day.0 - own.0) {
            shift.off = (shift.off.0.min(offset), shift.off.1.max(offset));
        }
        shift.most = shift.most.max(further.len());
        shift.work_from = work.iter().map(|day| day.0 - own.0).fold(shift.work_from, i32::min);
    }

    /// What the notice of a year may take away; empty for years whose statutory days are not computed.
    pub(crate) fn risks(&self, year: i16) -> Vec<Risk> {
        let Some(holidays) = statutory::holidays(year) else { return Vec::new() };
        let around = holidays.iter().filter_map(|(festival, _)| {
            let Shift { off, most, .. } = self.around.get(festival)?;
            let own = festival.day(year)?;
            Some(Risk { from: own.plus(off.0), to: own.plus(off.1), most: *most })
        });
        let whole = Day::new(year, 1, 1).zip(Day::new(year, 12, 31));
        around.chain(whole.map(|(from, to)| Risk { from, to, most: self.apart })).filter(|r| r.most > 0).collect()
    }

    /// The first day that the notice of a year may still change: it can reach back into the December before, where it
    /// has taken weekdays off and had weekend days worked (as in 2007 and 2018).
    pub(crate) fn first_open(&self, year: i16) -> Option<Day> {
        let start = Day::new(year, 1, 1)?;
        Some(self.around.get(&Festival::NewYear).map_or(start, |shift| start.plus(shift.off.0.min(shift.work_from))))
    }
}

impl Calendar {
    /// The latest day on which the n-th working day after a day can fall, whatever notices are still to come; for 0 the
    /// day itself. `None` beyond the years whose statutory holidays are computed.
    pub fn latest_working(&self, day: Day, n: u16) -> Option<Day> {
        match n {
            0 => Some(day),
            _ => self.sure_working(day).nth(usize::from(n) - 1),
        }
    }

    /// Working days after `a` up to and including `b` that no notice still to come can take away.
    pub(crate) fn least_working_between(&self, a: Day, b: Day) -> i32 {
        if b <= self.firm_to() && self.known_from() <= a {
            return self.working_between(a, b).max(0);
        }
        self.sure_working(a).take_while(|day| *day <= b).map(|_| 1).sum()
    }

    /// The working days after a day if every notice still to come did its worst to whoever waits.
    fn sure_working(&self, after: Day) -> impl Iterator<Item = Day> {
        let mut ahead = self.risks().iter().filter(move |risk| risk.to > after).cloned().peekable();
        let mut open: Vec<Risk> = Vec::new();
        (after.0 + 1..=self.reckoned_to().0).map(Day).filter(move |day| {
            while let Some(risk) = ahead.next_if(|risk| risk.from <= *day) {
                open.push(risk);
            }
            open.retain(|risk| risk.to >= *day && risk.most > 0);
            let weekday = day.weekday() < 6;
            let working = self.is_working(*day) && (weekday || *day <= self.known_to());
            let at_risk = weekday && *day > self.firm_to();
            working && !(at_risk && take(&mut open))
        })
    }
}

/// Whether one of the open stretches takes a weekday away. The one that ends first pays: no other order takes more.
fn take(open: &mut [Risk]) -> bool {
    open.iter_mut().min_by_key(|risk| risk.to).map(|risk| risk.most -= 1).is_some()
}
