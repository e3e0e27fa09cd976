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
}

#[test]
fn what_rests_on_an_unknown_notice_is_not_firm() {
    let calendar = Calendar::built_in();
    for (start, n, on, firm) in [
        ("2026-12-30", 1, "2026-12-31", true),
        ("2026-12-31", 1, "2027-01-04", false),
        ("2026-12-01", 20, "2026-12-29", true),
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
