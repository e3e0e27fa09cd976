//! The inspection watch: each indicator at its boundary.

use kernel::Day;
use law::{IndicatorKind, Law, Reading, Seen, Site, Sources, Standing, watch};
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// A site where everything was updated on one day.
fn fresh(on: &str) -> BTreeMap<String, Seen> {
    let law = Law::built_in();
    law.columns.iter().map(|c| (c.path.clone(), Seen { last: Some(day(on)), items: 3 })).collect()
}

fn site(columns: &BTreeMap<String, Seen>, home: Option<Day>) -> Site<'_> {
    Site { columns, home, unanswered: &[], channel: true, guides: &[0, 1, 3] }
}

fn reading(site: &Site, code: &str, today: &str) -> Reading<'static> {
    let found = watch(Law::built_in(), site, day(today)).into_iter().find(|r| r.indicator.code == code);
    found.expect(code)
}

#[test]
fn an_age_breaches_on_the_day_after_its_last_good_day() {
    let columns = fresh("2026-06-15");
    for (code, today, standing) in [
        // 14 days, calendar: 15 June and 14 days more.
        ("HOME", "2026-06-29", Standing::Until(day("2026-06-29"))),
        ("HOME", "2026-06-30", Standing::Breached(Some(day("2026-06-30")))),
        // Two news columns are too few; with the policy columns five run out only after half a year.
        ("COLUMNS-FRESH", "2026-07-01", Standing::Until(day("2026-12-15"))),
        ("COLUMNS-FRESH", "2026-12-16", Standing::Breached(Some(day("2026-12-16")))),
        ("COLUMNS-OLD", "2027-06-15", Standing::Until(day("2027-06-15"))),
        ("COLUMNS-OLD", "2027-06-16", Standing::Breached(Some(day("2027-06-16")))),
        ("POLICY", "2026-12-15", Standing::Until(day("2026-12-15"))),
        ("POLICY", "2026-12-16", Standing::Breached(Some(day("2026-12-16")))),
        ("STATISTICS", "2026-09-16", Standing::Breached(Some(day("2026-09-16")))),
        ("REPLIES", "2026-08-15", Standing::Until(day("2026-08-15"))),
        ("REPLIES", "2026-08-16", Standing::Breached(Some(day("2026-08-16")))),
        ("COLUMNS-EMPTY", "2026-06-30", Standing::Sound),
        ("CHANNEL", "2026-06-30", Standing::Sound),
        ("MESSAGES", "2026-06-30", Standing::Sound),
        ("SERVICES", "2026-06-30", Standing::Sound),
        ("GUIDES", "2026-06-30", Standing::Sound),
    ] {
        let site = site(&columns, Some(day("2026-06-15")));
        assert_eq!(reading(&site, code, today).standing, standing, "{code} {today}");
    }
}

#[test]
fn columns_count_together_and_the_newest_rescue_the_rest() {
    let mut columns = fresh("2026-06-15");
    for path in ["interaction/news", "interaction/press"] {
        columns.insert(path.into(), Seen { last: Some(day("2026-12-20")), items: 9 });
    }
    let late = reading(&site(&columns, None), "COLUMNS-FRESH", "2026-12-21");
    // Four policy columns are half a year old; the fifth to run out is a news column, fourteen days after its update.
    assert_eq!(late.standing, Standing::Until(day("2027-01-03")));
    assert_eq!((late.what.len(), late.days_left()), (4, Some(13)));
    assert!(late.zh.contains("还有13日，2027年1月3日24时前没有动作就触发单项否决"), "{}", late.zh);
    columns.remove("results/policies/cleanup");
    assert_eq!(
        reading(&site(&columns, None), "COLUMNS-FRESH", "2027-01-04").standing,
        Standing::Breached(Some(day("2027-01-04")))
    );
    columns.remove("interaction/press");
    assert_eq!(reading(&site(&columns, None), "COLUMNS-FRESH", "2027-06-30").standing, Standing::Sound);
}

#[test]
fn what_is_not_a_matter_of_days_is_yes_or_no() {
    let columns = fresh("2026-06-15");
    let good = site(&columns, Some(day("2026-06-15")));
    let mut empty = columns.clone();
    for path in ["decisions", "execution", "management", "services"] {
        empty.insert(path.into(), Seen { last: None, items: 0 });
    }
    let four = Site { columns: &empty, ..good };
    let mut five = empty.clone();
    five.insert("results".into(), Seen { last: None, items: 0 });
    for (site, code, breached) in [
        (Site { channel: false, ..good }, "CHANNEL", true),
        (Site { guides: &[], ..good }, "SERVICES", true),
        (Site { guides: &[], ..good }, "GUIDES", false),
        // Four elements lacking, at five items, or at all where there are fewer.
        (Site { guides: &[4, 4, 4, 4, 0], ..good }, "GUIDES", false),
        (Site { guides: &[4, 4, 4, 4, 8, 0], ..good }, "GUIDES", true),
        (Site { guides: &[4, 4], ..good }, "GUIDES", true),
        (Site { guides: &[4, 3], ..good }, "GUIDES", false),
        (four, "COLUMNS-EMPTY", false),
        (Site { columns: &five, ..good }, "COLUMNS-EMPTY", true),
        (Site { home: None, ..good }, "HOME", true),
    ] {
        let wanted = if breached { Standing::Breached(None) } else { Standing::Sound };
        assert_eq!(reading(&site, code, "2026-06-16").standing, wanted, "{code} {:?}", site.guides);
    }
}

#[test]
fn messages_breach_after_three_months_and_are_forgotten_after_a_year() {
    let columns = fresh("2026-06-15");
    let asked = [day("2026-03-31"), day("2025-01-05")];
    let site = Site { unanswered: &asked, ..site(&columns, None) };
    for (today, standing) in [
        ("2026-06-30", Standing::Until(day("2026-06-30"))),
        ("2026-07-01", Standing::Breached(Some(day("2026-07-01")))),
        ("2027-03-31", Standing::Breached(Some(day("2026-07-01")))),
        ("2027-04-01", Standing::Sound),
        // The older one still counted then.
        ("2026-01-05", Standing::Breached(Some(day("2025-04-06")))),
    ] {
        assert_eq!(reading(&site, "MESSAGES", today).standing, standing, "{today}");
    }
    // Five working days from Tuesday: Wednesday to Friday, then (清明 on Sunday, off on Monday) Tuesday and Wednesday.
    assert_eq!(reading(&site, "TEST-QUESTION", "2026-04-01").standing, Standing::Until(day("2026-04-08")));
}

#[test]
fn the_worst_comes_first() {
    let columns = fresh("2026-06-15");
    let asked = [day("2026-03-01")];
    let site = Site { unanswered: &asked, channel: false, ..site(&columns, Some(day("2026-06-29"))) };
    let all = watch(Law::built_in(), &site, day("2026-06-30"));
    assert_eq!(all.len(), Law::built_in().indicators.len());
    let codes: Vec<&str> = all.iter().map(|r| r.indicator.code.as_str()).collect();
    assert_eq!(codes[..4], ["CHANNEL", "MESSAGES", "TEST-QUESTION", "HOME"]);
    let left: Vec<i32> = all.iter().filter_map(Reading::days_left).collect();
    assert!(left.is_sorted() && left.len() >= 5, "{left:?}");
    assert_eq!(all[0].indicator.kind, IndicatorKind::Veto);
    assert_eq!(all[0].zh, "没有有效的网上咨询渠道：已经触发单项否决。");
    assert!(all.iter().all(|r| r.indicator.basis.cite.starts_with("国办秘函〔2019〕19号")));
}

proptest::proptest! {
    /// An update never makes an indicator worse, and a day that passes never makes one better.
    #[test]
    fn an_update_helps_and_time_does_not(ages in proptest::collection::vec(0i32..700, 45), which in 0usize..45) {
        let today = day("2026-11-23");
        let law = Law::built_in();
        let mut columns: BTreeMap<String, Seen> = law.columns.iter().zip(&ages)
            .map(|(c, age)| (c.path.clone(), Seen { last: Some(today.plus(-age)), items: 1 })).collect();
        let of = |columns: &BTreeMap<String, Seen>, on: Day| -> BTreeMap<String, Standing> {
            let readings = watch(law, &site(columns, Some(today)), on);
            readings.into_iter().map(|r| (r.indicator.code.clone(), r.standing)).collect()
        };
        let before = of(&columns, today);
        let tomorrow = of(&columns, today.plus(1));
        let path = &law.columns[which % law.columns.len()].path;
        columns.insert(path.clone(), Seen { last: Some(today), items: 2 });
        let after = of(&columns, today);
        for (code, standing) in &before {
            proptest::prop_assert!(after[code] >= *standing, "{code}: {standing:?} became {:?}", after[code]);
            proptest::prop_assert!(tomorrow[code] <= *standing, "{code}");
        }
    }
}

fn broken(old: &str, new: &str) -> String {
    let mut sources = Sources::built_in();
    assert!(sources.watch.contains(old), "the file has no {old}");
    let changed = sources.watch.replacen(old, new, 1);
    sources.watch = &changed;
    Law::load(&sources).expect_err("a fault").join("\n")
}

#[test]
fn unsound_indicators_are_caught() {
    for (old, new, expected) in [
        ("clause = \"WEB-HOME\"", "clause = \"WEB-HOUSE\"", "indicator HOME: no clause WEB-HOUSE"),
        ("clause = \"WEB-NEWS\"", "clause = \"WEB-OLDS\"", "indicator COLUMNS-FRESH: no clause WEB-OLDS"),
        ("[\"results/policies\"]", "[\"results/policy\"]", "indicator POLICY: no column results/policy"),
        ("types = [\"新闻动态\"]", "types = [\"新闻\"]", "indicator COLUMNS-FRESH: no column of the type 新闻"),
        ("limit = 5", "limit = 0", "indicator COLUMNS-FRESH: a limit of none"),
        ("months = 12,", "", "indicator COLUMNS-OLD: give a clause or months"),
        ("kind = \"veto\"", "kind = \"veto\"\npoints = 5", "indicator HOME: a veto has no points"),
        ("code = \"CHANNEL\"", "code = \"HOME\"", "indicator HOME: listed twice"),
        (
            "instrument = \"website-check\"",
            "instrument = \"website-test\"",
            "indicator HOME: no instrument website-test",
        ),
        ("measure = \"channel\"", "measure = \"chanel\"", "unknown variant `chanel`"),
    ] {
        let found = broken(old, new);
        assert!(found.contains(expected), "expected {expected}\nfound {found}");
    }
}
