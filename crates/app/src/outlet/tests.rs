//! The rules as tables.

use super::model::{Found, Outlet, State, Table, Way};
use super::rules::{self, Before};
use law::{Item, Law};

fn outlet(name: &str) -> Outlet {
    rules::usual(Law::built_in()).find(name).cloned().expect("in the usual table")
}

#[test]
fn the_usual_table_has_every_outlet_that_an_obligation_names_once() {
    let law = Law::built_in();
    let table: Table = rules::usual(law);
    for name in law.obligations.iter().flat_map(|entry| &entry.outlets) {
        assert_eq!(table.outlets.iter().filter(|o| o.name == *name && o.duty).count(), 1, "{name}");
    }
    let names: Vec<&str> = table.outlets.iter().map(|o| o.name.as_str()).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!((names[0], names.len()), (rules::CITY, once.len()));
    let json = serde_json::to_string(&table).expect("writes");
    assert_eq!(serde_json::from_str::<Table>(&json).expect("reads"), table);
}

#[test]
fn a_record_goes_where_its_kind_its_column_or_an_obligation_sends_it() {
    let law = Law::built_in();
    let item = |kind, columns, title| Item { kind, columns, title, in_force: true, ..Item::default() };
    let policy = item("policy", &["results", "results/policies"], "兽药经营管理办法");
    let news = item("news", &["results"], "召开会议");
    let plain = Outlet { duty: false, all: false, kinds: vec![], columns: vec![], ..outlet(rules::CITY) };
    let column = |path: &str| Outlet { columns: vec![path.into()], ..plain.clone() };
    for (to, what, goes) in [
        (outlet("政府公报"), &policy, true),
        (outlet("政府公报"), &news, false),
        (outlet("档案馆和图书馆"), &news, true),
        (outlet("村务公开栏"), &policy, false),
        (plain.clone(), &policy, false),
        (column("results"), &policy, true),
        (column("results/policies"), &news, false),
        (column("result"), &news, false),
    ] {
        assert_eq!(rules::goes(law, &to, what), goes, "{} {}", to.name, what.title);
    }
    let entry = law.obligations.iter().find(|e| e.outlets.iter().any(|o| o == rules::CITY)).expect("there is one");
    let columns: Vec<&str> = entry.met_by.columns.iter().map(String::as_str).collect();
    let owed = Item {
        kind: entry.met_by.kinds.first().map_or("notice", String::as_str),
        columns: &columns,
        class: entry.met_by.classes.first().map_or("", String::as_str),
        title: entry.met_by.words.first().map_or("标题", String::as_str),
        ..Item::default()
    };
    assert!(entry.counts(&owed) && rules::goes(law, &outlet(rules::CITY), &owed), "{}", entry.code);
}

#[test]
fn what_follows_a_change() {
    use State::{ByHand, Failed, Gone, Sent, Waiting};
    let before = |state, sent, touched| Some(Before { state, sent, touched });
    for (was, wanted, wired, to) in [
        (None, 0, true, None),
        (None, 1, true, Some(Waiting)),
        (None, 1, false, Some(ByHand)),
        (before(Sent, 1, true), 1, true, None),
        (before(Sent, 1, true), 2, true, Some(Waiting)),
        (before(Sent, 1, true), 2, false, Some(ByHand)),
        (before(Sent, 1, true), 0, true, Some(Waiting)),
        (before(Sent, 1, true), 0, false, Some(ByHand)),
        // Never tried: nothing to take back.
        (before(Waiting, 0, false), 0, true, Some(Gone)),
        (before(ByHand, 0, false), 0, false, Some(Gone)),
        // Tried without an answer: it may have arrived.
        (before(Failed, 0, true), 0, true, Some(Waiting)),
        (before(Gone, 0, false), 0, true, None),
        (before(Gone, 0, false), 3, true, Some(Waiting)),
    ] {
        assert_eq!(rules::next(was, wanted, wired), to, "{was:?} {wanted} {wired}");
    }
}

#[test]
fn waits_double_and_end() {
    let waits: Vec<i64> = (1..).map_while(rules::back_off).collect();
    assert_eq!(waits[..3], [30_000, 60_000, 120_000]);
    assert!(waits.windows(2).all(|w| w[0] <= w[1]) && waits.last() == Some(&(6 * 3_600_000)));
    let hours = waits.iter().sum::<i64>() / 3_600_000;
    assert!((24..=48).contains(&hours), "{hours} hours in all");
}

#[test]
fn one_version_has_one_key() {
    let key = rules::key("r", 1, "市政府网站");
    assert_eq!(key, rules::key("r", 1, "市政府网站"));
    for other in [rules::key("r", 2, "市政府网站"), rules::key("s", 1, "市政府网站"), rules::key("r", 1, "公报")]
    {
        assert_ne!(key, other);
    }
}

#[test]
fn the_check_tells_missing_different_and_still() {
    for (ours, theirs, found) in [
        (Some("a"), Some("a"), None),
        (Some("a"), Some("b"), Some(Found::Different)),
        (Some("a"), None, Some(Found::Missing)),
        (None, Some("a"), Some(Found::Still)),
        (None, None, None),
    ] {
        assert_eq!(rules::compare(ours, theirs), found);
    }
}

#[test]
fn an_address_is_whole_plain_and_on_the_outlet_s_site() {
    let site = "https://www.example.gov.cn/";
    for (typed, code) in [
        ("https://www.example.gov.cn/a/1.html", None),
        ("https://www.example.gov.cn.evil.cn/a", Some("address-site")),
        ("http://www.example.gov.cn/a", Some("address-site")),
        ("https://www.example.gov.cn@evil.cn/", Some("address-form")),
        ("https://www.example.gov.cn/标题", Some("address-form")),
        ("javascript:alert(1)", Some("address-form")),
        ("www.example.gov.cn/a", Some("address-form")),
        ("https://", Some("address-form")),
        ("", Some("address-missing")),
    ] {
        assert_eq!(rules::address("市政府网站", site, typed).err().map(|why| why.code), code, "{typed}");
    }
    assert!(rules::address("其他", "", "http://a.cn").is_ok());
    assert!(rules::address("其他", "", &format!("https://a.cn/{}", "a".repeat(500))).is_err());
}

#[test]
fn a_digest_ends_at_a_sentence_and_is_never_too_long() {
    assert_eq!(rules::digest("简短的概述。", "正文"), "简短的概述。");
    assert_eq!(rules::digest(" ", "第一句。\n第二句。"), "第一句。第二句。");
    let long = format!("{}。{}", "甲".repeat(80), "乙".repeat(80));
    assert_eq!(rules::digest("", &long), format!("{}。", "甲".repeat(80)));
    let endless = rules::digest("", &"丙".repeat(500));
    assert_eq!((endless.chars().count(), endless.ends_with('…')), (rules::DIGEST_MAX, true));
    assert!(!rules::wechat_title(&"题".repeat(64)).1);
    assert_eq!(rules::wechat_title(&"题".repeat(65)).0.chars().count(), rules::WECHAT_TITLE_MAX);
}

#[test]
fn words_are_read_as_they_are_written() {
    assert!(State::ALL.into_iter().all(|s| State::parse(s.word()) == Some(s)));
    assert!(Way::ALL.into_iter().all(|w| Way::parse(w.word()) == Some(w)));
    assert!(Found::ALL.into_iter().all(|f| Found::parse(f.word()) == Some(f)));
    assert!(super::model::Fault::ALL.into_iter().all(|f| super::model::Fault::parse(f.word()) == Some(f)));
}
