//! What programs are told, to the letter: a contract.

use kernel::Instant;
use law::{Clock, Law, Start, clock};

fn asked(clause: &str, from: &str) -> Option<Clock<'static>> {
    let law = Law::built_in();
    let at = Instant::parse(from).or_else(|| Instant::parse(&format!("{from} 00:00"))).expect("a moment");
    clock(law.clause(clause).expect("a clause"), Start::known(at), &[], at, &law.calendar)
}

#[test]
fn a_term_of_each_unit() {
    for (clause, from, due, amount, days) in [
        ("OGI-REPLY", "2026-09-01", Some("2026-09-29"), 20, 28),
        ("OGI-REPLY-2008", "2017-05-26", Some("2017-06-19"), 15, 24),
        ("REC-APPLY", "2026-03-02", Some("2026-05-06"), 60, 65),
        ("LIT-DIRECT", "2026-03-02", Some("2026-09-02"), 6, 0),
        ("OPN-5H", "2026-03-02 20:30", Some("2026-03-03T01:30"), 5, 0),
        ("OGI-OWN-DATA", "2026-03-02", None, 0, 0),
    ] {
        let clock = asked(clause, from).expect("a rule");
        let told = clock.answer(&Law::built_in().calendar);
        let seen = (told.due.as_deref(), told.amount, told.days.len(), told.firm);
        assert_eq!(seen, (due, amount, days, true), "{clause}");
        assert_eq!(told.from, from.replace(' ', "T"), "{clause}");
        assert!(told.wording_from.is_some_and(|first| first <= clock.event.day()), "{clause}");
    }
    assert_eq!(asked("OGI-REPLY", "2008-04-30"), None);
}

#[test]
fn beyond_the_notices_the_latest_day_is_told() {
    let clock = asked("OGI-REPLY", "2027-01-20").expect("a rule");
    let told = clock.answer(&Law::built_in().calendar);
    assert!(!told.firm);
    assert!(told.latest.is_some_and(|latest| Some(latest.to_string()) > told.due));
}

#[test]
fn the_keys_are_these_and_in_this_order() {
    let clock = asked("OGI-CORRECT", "2026-09-01").expect("a rule");
    let told = toml::to_string(&clock.answer(&Law::built_in().calendar)).expect("plain data");
    let keys: Vec<&str> = told.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    let days = ["date", "working", "counted", "why"].repeat(9);
    let head = ["clause", "from", "due", "firm", "unit", "amount", "cite", "wording_from"];
    assert_eq!(keys, [&head[..], &days].concat());
}

#[test]
fn a_year_has_all_its_days() {
    let calendar = &Law::built_in().calendar;
    let year = calendar.days_of(2026).expect("a year with a file");
    let on = |text: &str| year.iter().find(|day| day.date.to_string() == text).expect("a day of the year");
    assert_eq!(year.len(), 365);
    for (date, working, name) in [
        ("2026-02-14", true, "春节"),
        ("2026-02-17", false, "春节"),
        ("2026-03-02", true, ""),
        ("2026-03-07", false, ""),
    ] {
        let day = on(date);
        assert_eq!((day.working, day.name), (working, name), "{date}");
    }
    assert_eq!(year.iter().filter(|day| day.working).count(), 248);
    assert_eq!((calendar.days_of(2003), calendar.days_of(2100)), (None, None));
}
