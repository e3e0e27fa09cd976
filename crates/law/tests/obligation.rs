//! The catalogue of obligations, and what publication makes of it.

use kernel::Day;
use law::{
    Account, Cadence, Fulfilment, Item, Law, Limit, Obligation, Sources, Span, Sure, account, accounts,
    check_obligations, tally,
};
use std::collections::BTreeSet;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

fn entry(code: &str) -> &'static Obligation {
    Law::built_in().obligations.iter().find(|o| o.code == code).expect(code)
}

fn span(since: &str, today: &str) -> Span {
    Span { since: day(since), today: day(today) }
}

/// A published item in a column.
fn item(column: &'static [&'static str], title: &'static str, formed: &str, published: &str) -> Item<'static> {
    let published = Day::parse(published);
    let in_force = published.is_some();
    let outlets: &[&str] = &["市政府网站", "双公示平台"];
    Item { title, columns: column, formed: Day::parse(formed), published, in_force, outlets, ..Item::default() }
}

#[test]
fn the_catalogue_covers_law_and_plan() {
    let all = &Law::built_in().obligations;
    assert!(all.len() >= 80, "{} entries", all.len());
    let cites: Vec<&str> = all.iter().flat_map(|o| o.basis.iter().map(|b| b.cite.as_str())).collect();
    let item = |n: &str| cites.iter().any(|c| *c == format!("《政府信息公开条例》第二十条第{n}项"));
    let fifteenth = all.iter().any(|o| o.met_by.columns.iter().any(|c| c.starts_with("decisions")));
    for n in "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四".split(' ') {
        assert!(item(n), "article 20, item {n}");
    }
    assert!(fifteenth && cites.contains(&"《政府信息公开条例》第二十一条"));
    let plan = |place: &str| {
        all.iter().any(|o| o.basis.iter().any(|b| b.instrument == "plan-2017" && b.article.contains(place)))
    };
    for place in [
        "三（一）1",
        "三（一）2",
        "三（一）4",
        "三（一）5",
        "三（二）1",
        "三（二）2",
        "三（二）3",
        "三（三）1",
        "三（三）2",
        "三（三）3",
        "三（四）1",
        "三（四）2",
        "三（五）1",
        "三（五）2",
        "三（五）3",
        "三（五）4",
        "三（五）5",
        "三（六）1",
        "三（六）2",
        "三（六）3",
        "四1",
        "四2",
    ] {
        assert!(plan(place), "the plan's {place}");
    }
    let sections = include_str!("../../../demo/sections.toml");
    for o in all {
        assert!(o.owner == "本局" || sections.contains(&format!("name = \"{}\"", o.owner)), "{} {}", o.code, o.owner);
    }
    let kinds = "notice news plan policy rule guide catalogue institution interpretation report";
    let kinds: BTreeSet<&str> = kinds.split(' ').collect();
    assert!(all.iter().flat_map(|o| &o.met_by.kinds).all(|kind| kinds.contains(kind.as_str())));
    assert!(all.iter().any(|o| o.basis.iter().any(|b| b.sure != Sure::Text)));
}

#[test]
fn every_column_that_the_law_demands_is_owed() {
    let law = Law::built_in();
    let owed: BTreeSet<&str> =
        law.obligations.iter().flat_map(|o| o.met_by.columns.iter().map(String::as_str)).collect();
    let sections = ["execution", "management", "results", "interaction"];
    let free: Vec<&str> =
        law.columns.iter().map(|c| c.path.as_str()).filter(|p| !owed.contains(p) && !sections.contains(p)).collect();
    assert_eq!(free, [""; 0]);
    let classes: BTreeSet<&str> = law.obligations.iter().flat_map(|o| classes(law, o)).collect();
    let missing: Vec<&str> = law.classes.iter().map(|c| c.slug.as_str()).filter(|s| !classes.contains(s)).collect();
    assert_eq!(missing, [""; 0]);
}

fn classes<'a>(law: &'a Law, o: &'a Obligation) -> Vec<&'a str> {
    let by_column = o.met_by.columns.iter().filter_map(|path| law.column(path)?.class.as_deref());
    by_column.chain(o.met_by.classes.iter().map(String::as_str)).collect()
}

#[test]
fn limits_are_told_in_the_words_of_the_wording_in_force() {
    let law = Law::built_in();
    for (code, on, wanted) in [
        ("OGI-GUIDE", "2026-11-23", "自政府信息形成或者变更之日起20个工作日内"),
        ("OGI-REPORT", "2026-11-23", "每年1月31日前"),
        ("TRAIN-PLAN", "2026-11-23", "及时公开"),
        ("DEC-CATALOGUE", "2007-01-01", "及时公开"),
    ] {
        assert_eq!(entry(code).limit_zh(law, day(on)), wanted, "{code}");
    }
    for o in &law.obligations {
        let told = o.limit_zh(law, day("2026-11-23"));
        assert!(matches!(o.limit, Limit::Promptly | Limit::LongTerm) || told != "及时公开", "{} {told}", o.code);
    }
}

fn state(code: &str, items: &[Item], on: Span) -> Fulfilment {
    account(Law::built_in(), entry(code), items, on).state
}

#[test]
fn standing_items_must_be_there() {
    let guide = item(&["disclosure/guide"], "政府信息公开指南", "2026-11-02", "2026-11-10");
    let gone = Item { in_force: false, ..guide.clone() };
    let on = |today| span("2026-11-02", today);
    // Owed from 2 November: the twentieth working day is 30 November.
    assert_eq!(state("OGI-GUIDE", &[], on("2026-11-30")), Fulfilment::Due);
    assert_eq!(state("OGI-GUIDE", &[], on("2026-12-01")), Fulfilment::Missing);
    assert_eq!(state("OGI-GUIDE", std::slice::from_ref(&guide), on("2026-12-01")), Fulfilment::Met);
    let items = [gone];
    let found = account(Law::built_in(), entry("OGI-GUIDE"), &items, on("2027-02-01"));
    assert_eq!((found.state, found.last), (Fulfilment::Missing, Some(day("2026-11-10"))));
    // An item of another column, or of another kind, is no guide.
    let other = item(&["disclosure/rules"], "政府信息公开指南编制办法", "2026-11-02", "2026-11-10");
    assert_eq!(state("OGI-GUIDE", &[other], on("2026-12-01")), Fulfilment::Missing);
}

#[test]
fn each_item_is_judged_by_its_own_clock() {
    // Seven working days for penalties (国办发〔2018〕118号): from 2 November, 11 November.
    let column = &["results/penalties"];
    let items = [
        item(column, "甲", "2026-11-02", "2026-11-11"),
        item(column, "乙", "2026-11-02", "2026-11-16"),
        item(column, "丙", "2026-11-03", ""),
        item(column, "丁", "", "2026-11-12"),
        item(column, "戊", "2017-05-26", "2026-11-12"),
        item(column, "己", "2026-11-20", ""),
    ];
    let found = account(Law::built_in(), entry("ENF-PENALTY"), &items, span("2026-11-01", "2026-11-23"));
    let late: Vec<(&str, i32, bool, bool)> =
        found.late.iter().map(|l| (l.what.as_str(), l.days, l.working, l.published.is_some())).collect();
    // 丙 was due on 12 November: seven working days ago. 乙 was three working days late.
    assert_eq!(late, [("丙", 7, true, false), ("乙", 3, true, true)]);
    assert_eq!(found.late[1].zh(), "逾期3个工作日");
    assert_eq!((found.on_time, found.unjudged, found.state), (1, 1, Fulfilment::Overdue));
    assert_eq!(found.due, Some(day("2026-12-01")));
    let sum = tally([&found]);
    assert_eq!((sum.owed, sum.met, sum.on_time, sum.late, sum.open, sum.unjudged), (1, 0, 1, 1, 1, 1));
    assert_eq!((sum.coverage(), sum.timeliness()), (Some(0.0), Some(1.0 / 3.0)));
}

#[test]
fn a_year_without_its_report_is_found() {
    let report = |title, published| item(&["disclosure/reports"], title, "", published);
    let last = report("2025年政府信息公开工作年度报告", "2026-01-20");
    let late = report("2025年政府信息公开工作年度报告", "2026-02-03");
    let web = report("2025年政府网站工作年度报表", "2026-01-20");
    let on = |today| span("2025-11-01", today);
    for (items, today, wanted, overdue) in [
        (vec![], "2026-01-31", Fulfilment::Due, 0),
        (vec![], "2026-02-01", Fulfilment::Missing, 1),
        (vec![web.clone()], "2026-02-01", Fulfilment::Missing, 1),
        (vec![last.clone()], "2026-02-01", Fulfilment::Met, 0),
        (vec![last.clone()], "2027-01-31", Fulfilment::Met, 0),
        (vec![last.clone()], "2027-02-01", Fulfilment::Overdue, 1),
        (vec![last.clone()], "2028-02-01", Fulfilment::Overdue, 2),
        (vec![late.clone()], "2026-03-01", Fulfilment::Met, 0),
    ] {
        let found = account(Law::built_in(), entry("OGI-REPORT"), &items, on(today));
        let open = found.late.iter().filter(|l| l.published.is_none()).count();
        assert_eq!((found.state, open), (wanted, overdue), "{today} {}", items.len());
    }
    let items = [late];
    let found = account(Law::built_in(), entry("OGI-REPORT"), &items, on("2026-03-01"));
    assert_eq!((found.late.len(), found.late[0].days, found.due), (1, 3, Some(day("2027-01-31"))));
    assert_eq!(tally([&found]).timeliness(), Some(0.0));
    let words = found.zh(day("2026-03-01"), &Law::built_in().calendar);
    assert!(words.starts_with("已公开：下一次在2027年1月31日24时前，还有336日"), "{words}");
}

#[test]
fn silence_is_found() {
    let news = item(&["interaction/news"], "工作动态一则", "", "2026-09-30");
    let news = Item { kind: "news", ..news };
    for (items, today, wanted) in [
        (vec![news.clone()], "2026-10-30", Fulfilment::Met),
        (vec![news.clone()], "2026-10-31", Fulfilment::Silent),
        (vec![], "2026-10-01", Fulfilment::Due),
        (vec![], "2026-10-02", Fulfilment::Missing),
    ] {
        assert_eq!(state("NEW-WORK", &items, span("2026-09-01", today)), wanted, "{today}");
    }
    // No penalty for half a year is asked about; no recruitment ever is not.
    let penalty = item(&["results/penalties"], "处罚决定", "", "2026-03-31");
    for (items, today, wanted) in [
        (vec![], "2026-07-01", Fulfilment::Idle),
        (vec![], "2026-07-02", Fulfilment::Missing),
        (vec![penalty.clone()], "2026-09-30", Fulfilment::Met),
        (vec![penalty.clone()], "2026-10-01", Fulfilment::Silent),
    ] {
        assert_eq!(state("ENF-PENALTY", &items, span("2026-01-01", today)), wanted, "{today}");
    }
    assert_eq!(state("HR-RECRUIT", &[], span("2020-01-01", "2026-11-23")), Fulfilment::Idle);
}

#[test]
fn a_duty_with_outlets_is_met_when_each_is_confirmed() {
    let here = item(&["results/penalties"], "处罚决定", "2026-11-02", "2026-11-04");
    let only_here = Item { outlets: &["市政府网站"], ..here.clone() };
    let on = span("2026-11-01", "2026-11-23");
    assert_eq!(state("ENF-PENALTY", &[here], on), Fulfilment::Met);
    let items = [only_here];
    let found = account(Law::built_in(), entry("ENF-PENALTY"), &items, on);
    assert_eq!((found.state, found.unconfirmed), (Fulfilment::Unconfirmed, 1));
    assert_eq!(tally([&found]).coverage(), Some(0.0));
}

#[test]
fn an_empty_site_owes_everything_and_flatters_nobody() {
    let law = Law::built_in();
    let nothing = accounts(law, &law.obligations, &[], span("2024-01-01", "2026-11-23"));
    assert_eq!(nothing.len(), law.obligations.len());
    let idle = nothing.iter().filter(|a| a.state == Fulfilment::Idle).count();
    assert!(nothing.iter().all(|a| matches!(a.state, Fulfilment::Missing | Fulfilment::Idle)));
    let sum = tally(&nothing);
    assert_eq!((sum.owed as usize, sum.met), (law.obligations.len() - idle, 0));
    assert_eq!((sum.coverage(), sum.timeliness()), (Some(0.0), Some(0.0)));
    assert!(idle < 10 && sum.open > 50, "{idle} {sum:?}");
    let fresh = accounts(law, &law.obligations, &[], span("2026-11-23", "2026-11-23"));
    assert!(fresh.iter().all(|a| matches!(a.state, Fulfilment::Due | Fulfilment::Idle)));
    assert_eq!((tally(&fresh).coverage(), tally(&fresh).timeliness()), (None, None));
}

proptest::proptest! {
    /// Publishing a thing that lay open never lowers timeliness or coverage; letting a day pass never raises timeliness
    /// while nothing is published.
    #[test]
    fn statistics_do_not_flatter(
        formed in proptest::collection::vec((0i32..300, proptest::option::of(0i32..60)), 1..12),
        which in 0usize..12, wait in 0i32..60,
    ) {
        let law = Law::built_in();
        let begin = day("2026-01-05");
        let on = Span { since: begin, today: begin.plus(310) };
        let mut items: Vec<Item> = formed.iter().map(|(at, after)| {
            let day = begin.plus(*at);
            let published = after.map(|n| day.plus(n)).filter(|d| *d <= on.today);
            let blank = item(&["results/penalties"], "处罚", "", "");
            Item { formed: Some(day), published, in_force: published.is_some(), ..blank }
        }).collect();
        let figures = |items: &[Item], on: Span| {
            let found: Vec<Account> = vec![account(law, entry("ENF-PENALTY"), items, on)];
            let sum = tally(&found);
            (sum.timeliness().unwrap_or(1.0), sum.met, sum.on_time + sum.late + sum.open)
        };
        let before = figures(&items, on);
        let waited = figures(&items, Span { today: on.today.plus(wait), ..on });
        proptest::prop_assert!(waited.0 <= before.0);
        let which = which % items.len();
        if items[which].published.is_none() {
            items[which].published = Some(on.today);
            items[which].in_force = true;
            let after = figures(&items, on);
            proptest::prop_assert!(after.0 >= before.0 && after.1 >= before.1 && after.2 >= before.2);
        }
    }
}

#[test]
fn a_version_of_the_bureaus_own_survives_its_text_and_is_checked() {
    let law = Law::built_in();
    for one in &law.obligations {
        let text = toml::to_string(one).expect("text");
        let mut back: Vec<Obligation> = vec![toml::from_str(&text).expect("an entry")];
        assert_eq!(check_obligations(&mut back, law), [""; 0]);
        assert_eq!(back[0], *one);
    }
    let mut own = vec![entry("FEE-LIST").clone()];
    own[0].basis[0].instrument = "fees".into();
    own[0].cadence = Cadence::Every { months: 0 };
    let faults = ["obligation FEE-LIST: no instrument fees", "obligation FEE-LIST: an interval of no months"];
    assert_eq!(check_obligations(&mut own, law), faults);
}

fn broken(old: &str, new: &str) -> String {
    let mut sources = Sources::built_in();
    assert!(sources.obligations.contains(old), "the file has no {old}");
    let changed = sources.obligations.replacen(old, new, 1);
    sources.obligations = &changed;
    Law::load(&sources).expect_err("a fault").join("\n")
}

#[test]
fn unsound_obligations_are_caught() {
    for (old, new, expected) in [
        ("owner = ", "ower = ", "unknown field `ower`"),
        ("code = \"OGI-RULES\"", "code = \"OGI-GUIDE\"", "obligation OGI-GUIDE: listed twice"),
        ("clause = \"OGI-ACTIVE\"", "clause = \"OGI-PASSIVE\"", "obligation OGI-GUIDE: no clause OGI-PASSIVE"),
        ("clause = \"OGI-ANNUAL-DEPT\"", "clause = \"WEB-HOME\"", "obligation OGI-REPORT: WEB-HOME is no time limit"),
        ("by = \"01-31\"", "by = \"02-28\"", "obligation OGI-REPORT: OGI-ANNUAL-DEPT names 2026-01-31"),
        ("by = \"01-31\"", "by = \"02-29\"", "not a day of the year: 02-29"),
        ("[\"disclosure/guide\"]", "[\"disclosure/guides\"]", "obligation OGI-GUIDE: no column disclosure/guides"),
        ("[\"organisation\"]", "[\"organization\"]", "no class organization"),
        ("\"公开查阅点\"", "\"查阅点\"", "obligation OGI-GUIDE: no channel 查阅点"),
        ("instrument = \"ogi-2019\"", "instrument = \"ogi-2020\"", "obligation OGI-GUIDE: no instrument ogi-2020"),
        ("columns = [\"disclosure/guide\"]", "", "obligation OGI-GUIDE: neither a column nor a class"),
        ("cadence = \"standing\"", "cadence = \"sitting\"", "unknown variant `sitting`"),
        ("months = 24", "months = 0", "obligation DOC-CLEANUP: an interval of no months"),
        ("sure = \"text\"", "sure = \"sure\"", "unknown variant `sure`"),
    ] {
        let found = broken(old, new);
        assert!(found.contains(expected), "expected {expected}\nfound {found}");
    }
}
