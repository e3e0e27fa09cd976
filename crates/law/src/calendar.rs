use crate::forecast::{Risk, Shifts};
use crate::statutory::{self, Festival};
use kernel::Day;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which days are working days of a Chinese public body.
///
/// Saturday and Sunday are off (国务院关于职工工作时间的规定 article 7) but for what the State Council's yearly notices
/// change. A working day is found by two array loads: `rank` counts working days up to a day, `nth` is its inverse.
/// Outside the tables only weekends count, by arithmetic.
#[derive(Debug)]
pub struct Calendar {
    /// The day before the tables begin.
    base: Day,
    /// Working days up to and including `base`, on the scale of [`weekdays`].
    base_rank: i32,
    /// `rank[i]`: working days up to and including day `base + 1 + i`.
    rank: Vec<i32>,
    /// `nth[i]`: the day on which the rank becomes `base_rank + 1 + i`.
    nth: Vec<Day>,
    known_from: Day,
    known_to: Day,
    /// The last day that no notice still to come can change.
    firm_to: Day,
    special: BTreeMap<Day, (bool, String)>,
    years: Vec<Year>,
    shifts: Shifts,
    /// What the notices still to come may take away, by their beginnings.
    risks: Vec<Risk>,
}

/// One year's notice (国务院办公厅关于部分节假日安排的通知). It may reach back into the December before.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Year {
    pub year: i16,
    /// Whether the notice is out. Until then only the statutory days are known and every date is provisional.
    pub announced: bool,
    /// Addresses of the notice and of those that amended it.
    pub source: Vec<String>,
    #[serde(default)]
    pub note: String,
    #[serde(default, rename = "holiday")]
    pub holidays: Vec<Holiday>,
}

/// The days of one holiday.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Holiday {
    pub name: String,
    /// Off by the holiday regulation itself; computed when the calendar is put together.
    #[serde(skip)]
    pub statutory: Vec<Day>,
    /// Off by the notice, which lists the statutory days again.
    #[serde(default)]
    pub rest: Vec<Day>,
    /// Weekend days worked in exchange (调休).
    #[serde(default)]
    pub work: Vec<Day>,
}

impl Calendar {
    /// The calendar of the built-in law.
    pub fn built_in() -> &'static Calendar {
        &crate::Law::built_in().calendar
    }

    /// Puts the years together. The error lists what is wrong: no year, a gap, a doubled day, a day out of its year.
    pub fn new(mut years: Vec<Year>) -> Result<Calendar, Vec<String>> {
        years.sort_by_key(|y| y.year);
        years.iter_mut().for_each(Year::fill_statutory);
        let shifts = Shifts::of(&years);
        Calendar::assemble(years, shifts)
    }

    /// The calendar as it was before the notice of this year and of all later ones, but with what notices have ever
    /// done. `None` where no year is left.
    pub fn before_notice(&self, year: i16) -> Option<Calendar> {
        let years = self.years.iter().filter(|y| y.year < year).cloned().collect();
        Calendar::assemble(years, self.shifts.clone()).ok()
    }

    fn assemble(years: Vec<Year>, shifts: Shifts) -> Result<Calendar, Vec<String>> {
        let mut special = BTreeMap::new();
        let mut faults = faults_between(&years);
        for year in &years {
            year.collect(&mut special, &mut faults);
        }
        let Some((known_from, known_to)) = known(&years) else {
            faults.push("calendar: no announced year".to_owned());
            return Err(faults);
        };
        let unknown = known_to.year() + 1..=statutory::LAST_YEAR;
        for (festival, days) in unknown.clone().filter_map(statutory::holidays).flatten() {
            special.extend(days.into_iter().map(|day| (day, (false, festival.zh().to_owned()))));
        }
        let firm_to = shifts.first_open(known_to.year() + 1).map_or(known_to, |open| known_to.min(open.plus(-1)));
        let mut risks: Vec<Risk> = unknown.flat_map(|year| shifts.risks(year)).collect();
        risks.sort_by_key(|risk| risk.from);
        let (base, base_rank, rank, nth) = tables(&special, known_from, known_to);
        let calendar =
            Calendar { base, base_rank, rank, nth, known_from, known_to, firm_to, special, years, shifts, risks };
        if faults.is_empty() { Ok(calendar) } else { Err(faults) }
    }

    /// Whether public bodies work on this day.
    pub fn is_working(&self, day: Day) -> bool {
        self.rank(day) > self.rank(day.plus(-1))
    }

    /// The holiday a day is off for, or is worked in exchange for.
    pub fn name(&self, day: Day) -> Option<&str> {
        self.special.get(&day).map(|(_, name)| name.as_str())
    }

    /// The first day of the first year with data.
    pub fn known_from(&self) -> Day {
        self.known_from
    }

    /// The last day of the last announced year.
    pub fn known_to(&self) -> Day {
        self.known_to
    }

    /// The last day that no notice still to come can change; what lies after it is provisional. It lies before
    /// [`Calendar::known_to`] where the next notice may reach back into December.
    pub fn firm_to(&self) -> Day {
        self.firm_to
    }

    /// The last day of the years whose statutory holidays are computed.
    pub(crate) fn reckoned_to(&self) -> Day {
        Day::new(statutory::LAST_YEAR, 12, 31).unwrap_or(self.known_to)
    }

    pub(crate) fn risks(&self) -> &[Risk] {
        &self.risks
    }

    /// The years, oldest first, each with its notice.
    pub fn years(&self) -> &[Year] {
        &self.years
    }

    /// The n-th working day after a day, which itself is not counted; for 0 the day itself. The flag is false where the
    /// answer rests on days whose notice is not known.
    pub fn plus_working(&self, day: Day, n: u16) -> (Day, bool) {
        if n == 0 {
            return (day, true);
        }
        let on = self.select(self.rank(day) + i32::from(n));
        (on, self.knows(day.plus(1), on))
    }

    /// The n-th working day before a day, which itself is not counted; for 0 the day itself. The flag as in
    /// [`Calendar::plus_working`].
    pub fn minus_working(&self, day: Day, n: u16) -> (Day, bool) {
        if n == 0 {
            return (day, true);
        }
        let on = self.select(self.rank(day.plus(-1)) + 1 - i32::from(n));
        (on, self.knows(on, day.plus(-1)))
    }

    /// The day itself if it is a working day, else the next one. The flag as in [`Calendar::plus_working`].
    pub fn roll(&self, day: Day) -> (Day, bool) {
        let on = if self.is_working(day) { day } else { self.select(self.rank(day) + 1) };
        (on, self.knows(day, on))
    }

    /// Working days after `a` up to and including `b`, so that `working_between(d, plus_working(d, n).0) == n`;
    /// negative where `b` is the earlier.
    pub fn working_between(&self, a: Day, b: Day) -> i32 {
        self.rank(b) - self.rank(a)
    }

    pub(crate) fn knows(&self, first: Day, last: Day) -> bool {
        self.known_from <= first && last <= self.firm_to
    }

    fn rank(&self, day: Day) -> i32 {
        match usize::try_from(day.0 - self.base.0 - 1) {
            Err(_) => weekdays(day),
            Ok(i) => self.rank.get(i).copied().unwrap_or_else(|| weekdays(day) + self.drift()),
        }
    }

    /// The day on which the rank becomes this number: the inverse of `rank` on working days.
    fn select(&self, rank: i32) -> Day {
        match usize::try_from(rank - self.base_rank - 1) {
            Err(_) => nth_weekday(rank),
            Ok(i) => self.nth.get(i).copied().unwrap_or_else(|| nth_weekday(rank - self.drift())),
        }
    }

    /// By how much the holidays of the tables have moved the rank against mere weekdays.
    fn drift(&self) -> i32 {
        let last = self.base.plus(self.rank.len() as i32);
        self.base_rank + self.nth.len() as i32 - weekdays(last)
    }
}

impl Year {
    /// Tells the statutory days from the rest; a year without notice has nothing else.
    fn fill_statutory(&mut self) {
        let given = statutory::holidays(self.year).unwrap_or_default();
        if !self.announced && self.holidays.is_empty() {
            let name = |festival: &Festival| festival.zh().to_owned();
            let empty = |name| Holiday { name, statutory: Vec::new(), rest: Vec::new(), work: Vec::new() };
            self.holidays = given.iter().map(|(festival, _)| empty(name(festival))).collect();
        }
        for holiday in &mut self.holidays {
            let named = Festival::named(&holiday.name);
            let days = given.iter().filter(|(festival, _)| named.contains(festival)).flat_map(|(_, days)| days);
            holiday.statutory = days.copied().collect();
            holiday.statutory.sort_unstable();
            holiday.statutory.dedup();
        }
    }

    fn collect(&self, special: &mut BTreeMap<Day, (bool, String)>, faults: &mut Vec<String>) {
        let Self { year, .. } = self;
        if self.announced && self.source.is_empty() && self.note.is_empty() {
            faults.push(format!("calendar {year}: announced without source or note"));
        }
        for holiday in &self.holidays {
            if !self.announced && holiday.rest.len() + holiday.work.len() > 0 {
                faults.push(format!("calendar {year}: lists days before it is announced"));
            }
            let off = holiday.rest.iter().map(|day| (*day, false));
            for (day, working) in off.chain(holiday.work.iter().map(|day| (*day, true))) {
                let (y, month, _) = day.ymd();
                if y != *year && (y, month) != (year - 1, 12) {
                    faults.push(format!("calendar {year}: {day} lies outside the year"));
                }
                if working && day.weekday() < 6 {
                    faults.push(format!("calendar {year}: make-up day {day} is no weekend day"));
                }
                if special.insert(day, (working, holiday.name.clone())).is_some() {
                    faults.push(format!("calendar {year}: {day} is listed twice"));
                }
            }
        }
        for holiday in self.holidays.iter().filter(|_| self.announced) {
            for day in &holiday.statutory {
                if special.entry(*day).or_insert_with(|| (false, holiday.name.clone())).0 {
                    faults.push(format!("calendar {year}: {day} is a statutory holiday and cannot be worked"));
                }
            }
        }
    }
}

/// The tables over all special days: the day before the first, its rank, and the two arrays.
fn tables(special: &BTreeMap<Day, (bool, String)>, from: Day, to: Day) -> (Day, i32, Vec<i32>, Vec<Day>) {
    let first = special.keys().next().map_or(from, |day| from.min(*day));
    let last = special.keys().next_back().map_or(to, |day| to.max(*day));
    let base = first.plus(-1);
    let base_rank = weekdays(base);
    let (mut rank, mut nth) = (Vec::new(), Vec::new());
    for day in (first.0..=last.0).map(Day) {
        if special.get(&day).map_or(day.weekday() < 6, |(working, _)| *working) {
            nth.push(day);
        }
        rank.push(base_rank + nth.len() as i32);
    }
    (base, base_rank, rank, nth)
}

fn faults_between(years: &[Year]) -> Vec<String> {
    let pairs = years.windows(2).map(|pair| (&pair[0], &pair[1]));
    pairs
        .filter_map(|(a, b)| match b.year {
            year if year == a.year => Some(format!("calendar {year}: listed twice")),
            year if year != a.year + 1 => Some(format!("calendar {year}: the year before is missing")),
            year if b.announced && !a.announced => {
                Some(format!("calendar {year}: announced before the year before it"))
            }
            _ => None,
        })
        .collect()
}

fn known(years: &[Year]) -> Option<(Day, Day)> {
    let mut announced = years.iter().filter(|y| y.announced).map(|y| y.year);
    let first = announced.next()?;
    let last = announced.next_back().unwrap_or(first);
    Some((Day::new(first, 1, 1)?, Day::new(last, 12, 31)?))
}

/// Days from Monday to Friday since Monday 1969-12-29, that day and this one included; 0 or less before it.
fn weekdays(day: Day) -> i32 {
    let since = day.0 + 3;
    since.div_euclid(7) * 5 + (since.rem_euclid(7) + 1).min(5)
}

/// The inverse of [`weekdays`]: the day, Monday to Friday, that has this number.
fn nth_weekday(number: i32) -> Day {
    let before = number - 1;
    Day(before.div_euclid(5) * 7 + before.rem_euclid(5) - 3)
}
