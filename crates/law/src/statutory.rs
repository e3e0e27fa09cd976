//! The holidays that the regulation itself gives (全国年节及纪念日放假办法), computed for any year of its wordings.

use kernel::Day;

/// The first and the last year whose statutory holidays are computed.
pub const FIRST_YEAR: i16 = 2004;
pub const LAST_YEAR: i16 = 2050;

/// A festival by the name the notices use.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Festival {
    NewYear,
    Spring,
    Qingming,
    Labour,
    DragonBoat,
    MidAutumn,
    National,
}

/// What a wording gives: a festival, and its days counted from the festival's own day.
type Given = (Festival, &'static [i8]);

use Festival::{DragonBoat, Labour, MidAutumn, National, NewYear, Qingming, Spring};

/// 国务院令第270号, 1999-09-18.
const OF_1999: &[Given] = &[(NewYear, &[0]), (Spring, &[0, 1, 2]), (Labour, &[0, 1, 2]), (National, &[0, 1, 2])];
/// 国务院令第513号, 2007-12-14, from 2008: New Year's Eve joins, three festivals of a day each, one day of May.
const OF_2007: &[Given] = &[
    (NewYear, &[0]),
    (Spring, &[-1, 0, 1]),
    (Qingming, &[0]),
    (Labour, &[0]),
    (DragonBoat, &[0]),
    (MidAutumn, &[0]),
    (National, &[0, 1, 2]),
];
/// 国务院令第644号, 2013-12-11, from 2014: New Year's Eve leaves.
const OF_2013: &[Given] = &[
    (NewYear, &[0]),
    (Spring, &[0, 1, 2]),
    (Qingming, &[0]),
    (Labour, &[0]),
    (DragonBoat, &[0]),
    (MidAutumn, &[0]),
    (National, &[0, 1, 2]),
];
/// 国务院令第795号, 2024-11-10, from 2025: New Year's Eve returns, May has two days.
const OF_2024: &[Given] = &[
    (NewYear, &[0]),
    (Spring, &[-1, 0, 1, 2]),
    (Qingming, &[0]),
    (Labour, &[0, 1]),
    (DragonBoat, &[0]),
    (MidAutumn, &[0]),
    (National, &[0, 1, 2]),
];

impl Festival {
    /// 元旦, 春节 …
    pub(crate) fn zh(self) -> &'static str {
        match self {
            NewYear => "元旦",
            Spring => "春节",
            Qingming => "清明节",
            Labour => "劳动节",
            DragonBoat => "端午节",
            MidAutumn => "中秋节",
            National => "国庆节",
        }
    }

    /// The festivals a notice's holiday is named after: two for `国庆节、中秋节`, none for a holiday of one year only.
    pub(crate) fn named(name: &str) -> Vec<Festival> {
        let all = [NewYear, Spring, Qingming, Labour, DragonBoat, MidAutumn, National];
        name.split('、').filter_map(|part| all.into_iter().find(|f| f.zh() == part)).collect()
    }

    /// The festival's own day; for 春节 the first day of the lunar year. `None` outside [`FIRST_YEAR`] to
    /// [`LAST_YEAR`].
    pub(crate) fn day(self, year: i16) -> Option<Day> {
        let row = MOVING.get(usize::try_from(year - FIRST_YEAR).ok()?)?;
        let (month, day) = match self {
            NewYear => (1, 1),
            Labour => (5, 1),
            National => (10, 1),
            Spring => row[0],
            Qingming => row[1],
            DragonBoat => row[2],
            MidAutumn => row[3],
        };
        Day::new(year, month, day)
    }
}

/// The statutory holidays of a year by the wording in force, in order of the calendar; `None` outside [`FIRST_YEAR`] to
/// [`LAST_YEAR`]. That article 6 makes up for a holiday on a weekend is the notice's business and not in here.
pub(crate) fn holidays(year: i16) -> Option<Vec<(Festival, Vec<Day>)>> {
    let given = match year {
        FIRST_YEAR..=2007 => OF_1999,
        2008..=2013 => OF_2007,
        2014..=2024 => OF_2013,
        2025..=LAST_YEAR => OF_2024,
        _ => return None,
    };
    let days = |festival: Festival, offsets: &[i8]| {
        let own = festival.day(year)?;
        Some((festival, offsets.iter().map(|offset| own.plus(i32::from(*offset))).collect()))
    };
    given.iter().map(|(festival, offsets)| days(*festival, offsets)).collect()
}

/// Month and day of 春节 (正月初一), 清明, 端午 (五月初五) and 中秋 (八月十五), a year a row from [`FIRST_YEAR`].
///
/// Made with `tyme4rs` 1.5 and held against it by a test; the lunar dates also agree with `icu_calendar` 2.4. A table,
/// because computing these 188 days takes milliseconds at every start, and because a reader can hold it against an
/// almanac.
const MOVING: [[(i8, i8); 4]; 47] = [
    [(1, 22), (4, 4), (6, 22), (9, 28)], // 2004
    [(2, 9), (4, 5), (6, 11), (9, 18)],  // 2005
    [(1, 29), (4, 5), (5, 31), (10, 6)], // 2006
    [(2, 18), (4, 5), (6, 19), (9, 25)], // 2007
    [(2, 7), (4, 4), (6, 8), (9, 14)],   // 2008
    [(1, 26), (4, 4), (5, 28), (10, 3)], // 2009
    [(2, 14), (4, 5), (6, 16), (9, 22)], // 2010
    [(2, 3), (4, 5), (6, 6), (9, 12)],   // 2011
    [(1, 23), (4, 4), (6, 23), (9, 30)], // 2012
    [(2, 10), (4, 4), (6, 12), (9, 19)], // 2013
    [(1, 31), (4, 5), (6, 2), (9, 8)],   // 2014
    [(2, 19), (4, 5), (6, 20), (9, 27)], // 2015
    [(2, 8), (4, 4), (6, 9), (9, 15)],   // 2016
    [(1, 28), (4, 4), (5, 30), (10, 4)], // 2017
    [(2, 16), (4, 5), (6, 18), (9, 24)], // 2018
    [(2, 5), (4, 5), (6, 7), (9, 13)],   // 2019
    [(1, 25), (4, 4), (6, 25), (10, 1)], // 2020
    [(2, 12), (4, 4), (6, 14), (9, 21)], // 2021
    [(2, 1), (4, 5), (6, 3), (9, 10)],   // 2022
    [(1, 22), (4, 5), (6, 22), (9, 29)], // 2023
    [(2, 10), (4, 4), (6, 10), (9, 17)], // 2024
    [(1, 29), (4, 4), (5, 31), (10, 6)], // 2025
    [(2, 17), (4, 5), (6, 19), (9, 25)], // 2026
    [(2, 6), (4, 5), (6, 9), (9, 15)],   // 2027
    [(1, 26), (4, 4), (5, 28), (10, 3)], // 2028
    [(2, 13), (4, 4), (6, 16), (9, 22)], // 2029
    [(2, 3), (4, 5), (6, 5), (9, 12)],   // 2030
    [(1, 23), (4, 5), (6, 24), (10, 1)], // 2031
    [(2, 11), (4, 4), (6, 12), (9, 19)], // 2032
    [(1, 31), (4, 4), (6, 1), (9, 8)],   // 2033
    [(2, 19), (4, 5), (6, 20), (9, 27)], // 2034
    [(2, 8), (4, 5), (6, 10), (9, 16)],  // 2035
    [(1, 28), (4, 4), (5, 30), (10, 4)], // 2036
    [(2, 15), (4, 4), (6, 18), (9, 24)], // 2037
    [(2, 4), (4, 5), (6, 7), (9, 13)],   // 2038
    [(1, 24), (4, 5), (5, 27), (10, 2)], // 2039
    [(2, 12), (4, 4), (6, 14), (9, 20)], // 2040
    [(2, 1), (4, 4), (6, 3), (9, 10)],   // 2041
    [(1, 22), (4, 4), (6, 22), (9, 28)], // 2042
    [(2, 10), (4, 5), (6, 11), (9, 17)], // 2043
    [(1, 30), (4, 4), (5, 31), (10, 5)], // 2044
    [(2, 17), (4, 4), (6, 19), (9, 25)], // 2045
    [(2, 6), (4, 4), (6, 8), (9, 15)],   // 2046
    [(1, 26), (4, 5), (5, 29), (10, 4)], // 2047
    [(2, 14), (4, 4), (6, 15), (9, 22)], // 2048
    [(2, 2), (4, 4), (6, 4), (9, 11)],   // 2049
    [(1, 23), (4, 4), (6, 23), (9, 30)], // 2050
];

#[cfg(test)]
mod tests {
    use super::*;
    use tyme4rs::tyme::lunar::LunarDay;
    use tyme4rs::tyme::solar::{SolarDay, SolarTerm};

    #[test]
    fn the_table_of_moving_festivals_is_the_almanac() {
        let day = |d: SolarDay| Day::new(d.get_year() as i16, d.get_month() as i8, d.get_day() as i8);
        for year in FIRST_YEAR..=LAST_YEAR {
            let lunar = |month, of| day(LunarDay::from_ymd(isize::from(year), month, of).get_solar_day());
            // 清明 is the seventh solar term after the winter solstice before the year.
            let qingming = day(SolarTerm::from_index(isize::from(year), 7).get_julian_day().get_solar_day());
            let ours = [Spring, Qingming, DragonBoat, MidAutumn].map(|festival| festival.day(year));
            assert_eq!(ours, [lunar(1, 1), qingming, lunar(5, 5), lunar(8, 15)], "{year}");
        }
    }

    #[test]
    fn each_wording_gives_its_number_of_days() {
        for (year, days) in
            [(2004, 10), (2007, 10), (2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13), (2050, 13)]
        {
            let given = holidays(year).expect("computed");
            assert_eq!(given.iter().map(|(_, days)| days.len()).sum::<usize>(), days, "{year}");
        }
        assert_eq!((holidays(2003), holidays(2051)), (None, None));
    }
}
