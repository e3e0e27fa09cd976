//! A year's days as pages and tables show them: the grid of its months, the stretches of its holidays. Pure.

use kernel::Day;
use law::{Calendar, Holiday};
use std::collections::BTreeSet;

/// What a day is. A weekend that is off anyway, and a weekday that is worked anyway, need no word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Working,
    Weekend,
    /// Off by the holiday regulation itself.
    Statutory,
    /// Off by the year's notice.
    Rest,
    /// A weekend day worked in exchange.
    MakeUp,
}

/// A day in the grid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cell {
    pub day: Day,
    pub kind: Kind,
    /// 春节; empty on an ordinary day.
    pub name: String,
    pub today: bool,
}

/// A month in rows of seven, Monday first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Month {
    /// From 1.
    pub number: i8,
    pub working: usize,
    pub weeks: Vec<[Option<Cell>; 7]>,
}

impl Kind {
    /// The word for lists: 工作日, 周末, 法定假日, 休息日, 调休上班.
    pub fn zh(self) -> &'static str {
        match self {
            Kind::Working => "工作日",
            Kind::Weekend => "周末",
            Kind::Statutory => "法定假日",
            Kind::Rest => "放假",
            Kind::MakeUp => "调休上班",
        }
    }

    /// The word in a cell; empty where the column says enough.
    pub fn short(self) -> &'static str {
        match self {
            Kind::Working | Kind::Weekend => "",
            Kind::Statutory => "法定",
            Kind::Rest => "休",
            Kind::MakeUp => "班",
        }
    }

    pub fn class(self) -> &'static str {
        match self {
            Kind::Working => "",
            Kind::Weekend => "rule-off",
            Kind::Statutory => "rule-law",
            Kind::Rest => "rule-rest",
            Kind::MakeUp => "rule-work",
        }
    }
}

impl Cell {
    /// The day of the month.
    pub fn number(&self) -> i8 {
        self.day.ymd().2
    }
}

/// Every day of a year with its kind; a notice may reach into the December before.
pub fn days(calendar: &Calendar, year: i16, today: Day) -> Vec<Cell> {
    let holidays = calendar.years().iter().flat_map(|y| &y.holidays);
    let statutory: BTreeSet<Day> = holidays.flat_map(|h| h.statutory.iter().copied()).collect();
    let cell = |day: &law::CalendarDay| Cell {
        day: day.date,
        kind: match day {
            _ if statutory.contains(&day.date) => Kind::Statutory,
            law::CalendarDay { working: true, name, .. } if !name.is_empty() => Kind::MakeUp,
            law::CalendarDay { working: true, .. } => Kind::Working,
            law::CalendarDay { name, .. } if !name.is_empty() => Kind::Rest,
            _ => Kind::Weekend,
        },
        name: day.name.to_owned(),
        today: day.date == today,
    };
    calendar.days_of(year).unwrap_or_default().iter().map(cell).collect()
}

/// The months of a year; none where no file speaks of the year.
pub fn months(calendar: &Calendar, year: i16, today: Day) -> Vec<Month> {
    let mut months: Vec<Month> = Vec::new();
    for cell in days(calendar, year, today) {
        let number = cell.day.ymd().1;
        if months.last().is_none_or(|month| month.number != number) {
            months.push(Month { number, working: 0, weeks: vec![] });
        }
        let Some(month) = months.last_mut() else { continue };
        let column = usize::from(cell.day.weekday() - 1);
        if column == 0 || month.weeks.is_empty() {
            month.weeks.push([const { None }; 7]);
        }
        month.working += usize::from(matches!(cell.kind, Kind::Working | Kind::MakeUp));
        if let Some(week) = month.weeks.last_mut() {
            week[column] = Some(cell);
        }
    }
    months
}

/// All days off of a holiday, the statutory ones among them.
pub fn off(holiday: &Holiday) -> Vec<Day> {
    let days: BTreeSet<Day> = holiday.rest.iter().chain(&holiday.statutory).copied().collect();
    days.into_iter().collect()
}

/// `2月15日至23日`, `9月20日、10月10日`, `2007年12月30日`: the year only where it is another.
pub fn stretches(days: &[Day], year: i16) -> String {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a.plus(1) == *b);
    let written = |run: &[Day]| match run {
        [] => String::new(),
        [one] => named(*one, year),
        [first, .., last] => {
            let (from, to) = (first.ymd(), last.ymd());
            let end = if (from.0, from.1) == (to.0, to.1) { format!("{}日", to.2) } else { named(*last, year) };
            format!("{}至{end}", named(*first, year))
        }
    };
    runs.map(written).collect::<Vec<_>>().join("、")
}

fn named(day: Day, year: i16) -> String {
    let (y, month, d) = day.ymd();
    if y == year { format!("{month}月{d}日") } else { day.zh() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::Law;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    #[test]
    fn each_day_is_what_the_notice_makes_it() {
        let calendar = &Law::built_in().calendar;
        let year = days(calendar, 2026, day("2026-11-23"));
        for (on, kind, name) in [
            ("2026-01-04", Kind::MakeUp, "元旦"),
            ("2026-02-14", Kind::MakeUp, "春节"),
            ("2026-02-15", Kind::Rest, "春节"),
            ("2026-02-16", Kind::Statutory, "春节"),
            ("2026-02-19", Kind::Statutory, "春节"),
            ("2026-02-20", Kind::Rest, "春节"),
            ("2026-03-02", Kind::Working, ""),
            ("2026-03-07", Kind::Weekend, ""),
            ("2026-05-02", Kind::Statutory, "劳动节"),
        ] {
            let cell = year.iter().find(|cell| cell.day == day(on)).expect("a day of the year");
            assert_eq!((cell.kind, cell.name.as_str()), (kind, name), "{on}");
        }
        let working = |cell: &&Cell| matches!(cell.kind, Kind::Working | Kind::MakeUp);
        for cell in &year {
            assert_eq!(working(&cell), calendar.is_working(cell.day), "{}", cell.day);
        }
        assert!(days(calendar, 2003, day("2026-11-23")).is_empty());
    }

    #[test]
    fn a_notice_may_reach_into_the_december_before() {
        let calendar = &Law::built_in().calendar;
        let kind = |on: &str| days(calendar, 2018, day(on)).into_iter().find(|c| c.day == day(on)).map(|c| c.kind);
        assert_eq!((kind("2018-12-29"), kind("2018-12-31")), (Some(Kind::MakeUp), Some(Kind::Rest)));
    }

    #[test]
    fn the_grid_holds_every_day_once_under_its_weekday() {
        let calendar = &Law::built_in().calendar;
        for year in 2004..=2027 {
            let months = months(calendar, year, day("2026-11-23"));
            assert_eq!(months.len(), 12, "{year}");
            let cells = months.iter().flat_map(|m| &m.weeks).flat_map(|w| w.iter().enumerate());
            let filled: Vec<(usize, &Cell)> = cells.filter_map(|(i, c)| Some((i, c.as_ref()?))).collect();
            assert!(filled.iter().all(|(i, cell)| usize::from(cell.day.weekday()) == i + 1), "{year}");
            assert!(filled.windows(2).all(|two| two[0].1.day.plus(1) == two[1].1.day), "{year}");
            let first = Day::new(year, 1, 1).map(|d| d.plus(-1)).zip(Day::new(year, 12, 31)).expect("days");
            let working: usize = months.iter().map(|m| m.working).sum();
            assert_eq!(working as i32, calendar.working_between(first.0, first.1), "{year}");
        }
    }

    #[test]
    fn stretches_read_as_people_write_them() {
        for (days, wanted) in [
            (&["2026-02-15", "2026-02-16", "2026-02-17"][..], "2月15日至17日"),
            (&["2026-10-10", "2026-09-20"], "9月20日、10月10日"),
            (&["2026-04-30", "2026-05-01"], "4月30日至5月1日"),
            (&["2025-12-31", "2026-01-01"], "2025年12月31日至1月1日"),
            (&[], ""),
        ] {
            let days: Vec<Day> = days.iter().map(|d| day(d)).collect();
            assert_eq!(stretches(&days, 2026), wanted);
        }
    }
}
