//! The working-day calendar against worked rows and by properties.

use kernel::Day;
use law::Calendar;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// Counting one day at a time, as a person would.
fn by_hand(calendar: &Calendar, start: Day, n: u16) -> Day {
    let mut on = start;
    for _ in 0..n {
        on = on.plus(1);
        while !calendar.is_working(on) {
            on = on.plus(1);
        }
    }
    on
}

#[test]
fn every_worked_row_comes_out() {
    let rows = include_str!("data/workdays_dev.csv").lines().skip(1);
    let mut seen = 0;
    for row in rows {
        let mut cells = row.split(',');
        let mut next = || cells.next().expect("a cell");
        let (start, n, last) = (day(next()), next().parse().expect("a number"), day(next()));
        assert_eq!(Calendar::built_in().plus_working(start, n), (last, true), "{row}");
        assert_eq!(Calendar::built_in().working_between(start, last), i32::from(n), "{row}");
        seen += 1;
    }
    assert_eq!(seen, 28);
}

#[test]
fn days_are_what_the_notices_say() {
    let calendar = Calendar::built_in();
    for (text, working, name) in [
        ("2017-05-26", true, None),
        ("2017-05-27", true, Some("端午节")),
        ("2017-05-28", false, Some("端午节")),
        ("2017-06-03", false, None),
        ("2018-12-29", true, Some("元旦")),
        ("2018-12-31", false, Some("元旦")),
        ("2020-01-31", false, Some("春节")),
        ("2026-01-04", true, Some("元旦")),
        ("2027-02-05", false, Some("春节")),
        ("2003-12-31", true, None),
        ("1996-06-01", false, None),
        ("2040-01-02", true, None),
        ("2040-01-07", false, None),
    ] {
        assert_eq!((calendar.is_working(day(text)), calendar.name(day(text))), (working, name), "{text}");
    }
    for (year, days) in [(2017, 249), (2025, 248), (2026, 248)] {
        let eve = |y| Day::new(y, 12, 31).expect("a date");
        assert_eq!(calendar.working_between(eve(year - 1), eve(year)), days, "{year}");
    }
    assert_eq!((calendar.known_from(), calendar.known_to()), (day("2004-01-01"), day("2026-12-31")));
    assert_eq!(calendar.firm_to(), day("2026-12-28"));
}

#[test]
fn what_rests_on_an_unknown_notice_is_not_firm() {
    let calendar = Calendar::built_in();
    for (start, n, on, firm) in [
        // The notice of 2027 may reach back as far as any has: to 29 December.
        ("2026-11-30", 20, "2026-12-28", true),
        ("2026-12-01", 20, "2026-12-29", false),
        ("2026-12-30", 1, "2026-12-31", false),
        ("2026-12-31", 1, "2027-01-04", false),
        ("2026-12-10", 20, "2027-01-08", false),
        ("2003-12-31", 1, "2004-01-02", true),
        ("2003-12-30", 1, "2003-12-31", false),
        ("2030-01-01", 0, "2030-01-01", true),
    ] {
        assert_eq!(calendar.plus_working(day(start), n), (day(on), firm), "{start} + {n}");
    }
    assert_eq!(calendar.roll(day("2026-10-01")), (day("2026-10-08"), true));
    assert_eq!(calendar.roll(day("2027-01-02")), (day("2027-01-04"), false));
    assert_eq!(calendar.minus_working(day("2026-10-09"), 2), (day("2026-09-30"), true));
}

#[test]
fn statutory_days_are_told_from_the_rest() {
    let calendar = Calendar::built_in();
    let of = |year: i16, name: &str| {
        let year = calendar.years().iter().find(|y| y.year == year).expect("a year");
        let holiday = year.holidays.iter().find(|h| h.name == name).expect("a holiday");
        holiday.statutory.iter().map(|d| d.to_string()).collect::<Vec<_>>().join(" ")
    };
    for (year, name, days) in [
        (2007, "劳动节", "2007-05-01 2007-05-02 2007-05-03"),
        (2008, "劳动节", "2008-05-01"),
        (2008, "春节", "2008-02-06 2008-02-07 2008-02-08"),
        (2014, "春节", "2014-01-31 2014-02-01 2014-02-02"),
        (2015, "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日", ""),
        (2020, "国庆节、中秋节", "2020-10-01 2020-10-02 2020-10-03"),
        (2025, "国庆节、中秋节", "2025-10-01 2025-10-02 2025-10-03 2025-10-06"),
        (2026, "春节", "2026-02-16 2026-02-17 2026-02-18 2026-02-19"),
        (2027, "春节", "2027-02-05 2027-02-06 2027-02-07 2027-02-08"),
        (2027, "清明节", "2027-04-05"),
    ] {
        assert_eq!(of(year, name), days, "{year} {name}");
    }
}

/// Every statutory day that a notice names is among its days of rest: the computed dates are the notices' own.
#[test]
fn the_notices_agree_with_the_regulation() {
    let announced = Calendar::built_in().years().iter().filter(|y| y.announced);
    for year in announced {
        for holiday in &year.holidays {
            let missing: Vec<_> = holiday.statutory.iter().filter(|day| !holiday.rest.contains(day)).collect();
            // Notices of some years leave out a statutory day that is a Sunday or Saturday anyway.
            assert!(missing.iter().all(|day| day.weekday() > 5), "{} {}: {missing:?}", year.year, holiday.name);
        }
    }
}

#[test]
fn years_to_come_have_their_statutory_days() {
    let calendar = Calendar::built_in();
    for (text, working, name) in [
        ("2028-01-25", false, Some("春节")),
        ("2028-01-28", false, Some("春节")),
        ("2028-10-03", false, Some("国庆节")),
        ("2033-09-08", false, Some("中秋节")),
        ("2050-01-25", false, Some("春节")),
        ("2050-01-26", true, None),
        ("2051-10-01", false, None),
        ("2051-10-02", true, None),
    ] {
        let (is_working, is_name) = (calendar.is_working(day(text)), calendar.name(day(text)));
        // 2051-10-01 is a Sunday.
        assert_eq!((is_working, is_name), (working, name), "{text}");
    }
    assert!(Calendar::built_in().before_notice(2004).is_none());
}

/// Hides each year's notice in turn and asks about every day it could touch: what was firm is true, and what was
/// provisional comes no later than was said.
#[test]
fn a_notice_never_moves_a_day_beyond_the_latest_possible_one() {
    let calendar = Calendar::built_in();
    for year in 2005..=2026 {
        let then = calendar.before_notice(year).expect("years before");
        let from = Day::new(year - 1, 11, 1).expect("a day");
        for start in (from.0..=from.0 + 425).map(Day) {
            for n in [1, 2, 5, 7, 10, 15, 20, 30, 45] {
                let (on, firm) = then.plus_working(start, n);
                let (truth, known) = calendar.plus_working(start, n);
                let latest = then.latest_working(start, n).expect("within the years computed");
                assert!(on <= latest, "{year}: {start} + {n}");
                assert!(!known || truth <= latest, "{year}: {start} + {n} is {truth}, at the latest {latest}");
                assert!(!firm || truth == on && latest == on, "{year}: {start} + {n} was firm");
            }
        }
    }
}

/// The bound is worth having: never more than so many days after what came.
#[test]
fn the_latest_possible_day_is_not_far() {
    let calendar = Calendar::built_in();
    for (start, n, latest) in
        [("2026-12-10", 20, "2027-01-13"), ("2027-01-25", 15, "2027-02-25"), ("2027-06-21", 20, "2027-07-21")]
    {
        assert_eq!(calendar.latest_working(day(start), n), Some(day(latest)), "{start} + {n}");
    }
    assert_eq!(calendar.latest_working(day("2026-03-02"), 20), Some(day("2026-03-30")));
    assert_eq!(calendar.latest_working(day("2050-12-20"), 20), None);
    assert_eq!(calendar.latest_working(day("2026-10-01"), 0), Some(day("2026-10-01")));
}

/// Days from 1990 to 2045: before, inside and after the tables.
fn days() -> impl Strategy<Value = Day> {
    (7_305..27_394).prop_map(Day)
}

proptest! {
    #[test]
    fn the_tables_agree_with_counting_by_hand(start in days(), n in 0u16..80) {
        let calendar = Calendar::built_in();
        prop_assert_eq!(calendar.plus_working(start, n).0, by_hand(calendar, start, n));
    }

    #[test]
    fn between_undoes_plus(start in days(), n in 0u16..2_000) {
        let calendar = Calendar::built_in();
        let (on, _) = calendar.plus_working(start, n);
        prop_assert_eq!(calendar.working_between(start, on), i32::from(n));
        prop_assert_eq!(calendar.working_between(on, start), -i32::from(n));
        prop_assert!(n == 0 || calendar.is_working(on));
    }

    #[test]
    fn minus_undoes_plus_from_a_working_day(start in days(), n in 0u16..2_000) {
        let calendar = Calendar::built_in();
        let (start, _) = calendar.roll(start);
        let (on, _) = calendar.plus_working(start, n);
        prop_assert_eq!(calendar.minus_working(on, n).0, start);
    }

    #[test]
    fn later_starts_are_never_due_earlier(a in days(), gap in 0i32..400, n in 1u16..60) {
        let calendar = Calendar::built_in();
        prop_assert!(calendar.plus_working(a, n).0 <= calendar.plus_working(a.plus(gap), n).0);
    }

    #[test]
    fn a_roll_ends_on_the_first_working_day(start in days()) {
        let calendar = Calendar::built_in();
        let (on, _) = calendar.roll(start);
        prop_assert!(calendar.is_working(on));
        prop_assert!((start.0..on.0).all(|d| !calendar.is_working(Day(d))));
    }
}
