//! The rules as tables; the life of a letter stands in `tests/letter.rs`.

mod letter;

use super::model::*;
use super::rules::*;
use crate::posted::Posted;
use kernel::Day;
use law::Law;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn form(pairs: Pairs) -> Posted {
    let good = [("page", "/records/x/2017-00001"), ("topic", "wrong"), ("what", "第二段的日期写错了")];
    let rest = good.iter().filter(|(name, _)| !pairs.iter().any(|(n, _)| n == name));
    Posted::of(&pairs.iter().chain(rest).copied().collect::<Vec<_>>())
}

#[test]
fn a_form_is_told_every_fault_at_its_field() {
    let long = "长".repeat(2001);
    let cases: &[(Pairs, Pairs)] = &[
        (&[], &[]),
        (&[("what", " \n ")], &[("what-missing", "what")]),
        (&[("page", ""), ("topic", "")], &[("page-unknown", "page"), ("topic-missing", "topic")]),
        (&[("page", "https://elsewhere.example/a")], &[("page-unknown", "page")]),
        (&[("topic", "rude")], &[("topic-missing", "topic")]),
        (&[("topic", "own-data")], &[("name-missing", "name")]),
        (&[("topic", "own-data"), ("name", "李某")], &[]),
        (&[("what", &long), ("should", &long)], &[("too-long", "what"), ("too-long", "should")]),
        (&[("name", &long), ("contact", &long)], &[("too-long", "name"), ("too-long", "contact")]),
        (&[("what", "机密★20年\n\n关于某事的报告")], &[("secret-mark", "what")]),
        (&[("should", "秘密\n某文件")], &[("secret-mark", "what")]),
        (&[("what", "文中“保守国家秘密法”的名称不全。")], &[]),
    ];
    for (typed, expected) in cases {
        let why = read(&form(typed), "h").err().unwrap_or_default();
        let got: Vec<_> = why.iter().map(|r| (r.code, r.field.unwrap_or(""))).collect();
        assert_eq!(got, *expected, "{typed:?}");
    }
}

#[test]
fn only_a_path_of_this_site_stands_in_clear() {
    for (typed, path) in [
        ("/", Some("/")),
        (" /records/4302SHILI/2017-00001 ", Some("/records/4302SHILI/2017-00001")),
        ("/search?q=张某&page=2", Some("/search")),
        ("/disclosure/guide#top", Some("/disclosure/guide")),
        ("https://here.example/stats?year=2017", Some("/stats")),
        ("http://here.example", Some("/")),
        ("/correction/receipt/7K4M2XQ9R3TW", Some("/correction/receipt")),
        ("/disclosure/track/7K4M2XQ9R3TW", Some("/disclosure/track")),
        ("/deskwork", Some("/deskwork")),
        ("", None),
        ("records/x", None),
        ("//elsewhere.example/a", None),
        ("https://elsewhere.example/a", None),
        ("https://here.example.evil/a", None),
        ("javascript://here.example/a", None),
        ("/张某的电话", None),
        ("/a b", None),
        ("/a\\b", None),
        ("/../etc", None),
        ("/desk", None),
        ("/desk/record/1", None),
        ("/api/v1/records", None),
    ] {
        assert_eq!(page_path(typed, "here.example").as_deref(), path, "{typed}");
    }
    assert_eq!(page_path("https:///a", ""), None);
}

#[test]
fn the_same_form_is_one_sending_and_other_words_are_another() {
    let of = |once: &str, pairs: &[(&str, &str)]| sending(once, &read(&form(pairs), "h").expect("good"));
    assert_eq!(of("a", &[]), of("a", &[]));
    assert_ne!(of("a", &[]), of("b", &[]));
    assert_ne!(of("a", &[]), of("a", &[("what", "第三段的日期写错了")]));
    for (once, ours) in
        [("f".repeat(64), true), ("F".repeat(64), false), ("f".repeat(63), false), (String::new(), false)]
    {
        assert_eq!(is_token(&once), ours, "{once}");
    }
}

#[test]
fn an_answer_has_an_outcome_and_words() {
    use Outcome::*;
    let long = "长".repeat(4001);
    for (state, topic, outcome, reply, expected) in [
        (State::Received, Topic::Wrong, Some(Corrected), "已改", &[][..]),
        (State::Accepted, Topic::OwnData, Some(NotVerified), "证据不足", &[]),
        (State::Accepted, Topic::Wrong, Some(NotVerified), "证据不足", &["outcome-other"]),
        (State::Accepted, Topic::Wrong, None, "", &["outcome-missing", "reply-missing"]),
        (State::Accepted, Topic::Broken, Some(PassedOn), &long, &["too-long"]),
        (State::Accepted, Topic::Broken, Some(TakenDown), "绝密★启用前\n\n正文", &["secret-mark"]),
        (State::Answered, Topic::Wrong, Some(NotAnError), "没有错", &["moved"]),
        (State::Accepted, Topic::Wrong, Some(PassedOn), "6月3日，攸县某养殖场确诊非洲猪瘟疫情。", &["prohibited"]),
        (
            State::Accepted,
            Topic::Wrong,
            Some(PassedOn),
            "培训班讲解非洲猪瘟防控知识，如发现疑似症状，应当立即报告。",
            &[],
        ),
    ] {
        let why: Vec<_> = answer(Law::built_in(), state, topic, outcome, reply).iter().map(|r| r.code).collect();
        assert_eq!(why, expected, "{state:?} {topic:?} {outcome:?}");
    }
}

#[test]
fn a_prohibited_answer_is_told_the_article_and_what_to_do() {
    let text = "6月3日，攸县某养殖场确诊非洲猪瘟疫情。醴陵某猪场也确诊非洲猪瘟。";
    let why = answer(Law::built_in(), State::Accepted, Topic::Wrong, Some(Outcome::PassedOn), text);
    assert_eq!(why.len(), 1, "each prohibition once: {why:?}");
    assert!(why[0].cite.contains("第三十六条") && why[0].field == Some("reply"), "{why:?}");
    assert!(why[0].says.contains("删去疫情内容"), "{why:?}");
}

#[test]
fn only_a_refusal_about_own_data_carries_remedies() {
    use super::remedy;
    use crate::body::Profile;
    for topic in Topic::ALL {
        for given in Outcome::ALL {
            let refused = topic == Topic::OwnData && matches!(given, Outcome::NotAnError | Outcome::NotVerified);
            assert_eq!(remedy::outcome(topic, given).is_some(), refused, "{topic:?} {given:?}");
        }
    }
    let text = |profile: &Profile, on: &str| {
        remedy::text(Law::built_in(), profile, Topic::OwnData, Outcome::NotVerified, day(on))
            .expect("an answer of its day")
    };
    let bare = text(&Profile::default(), "2026-11-23");
    assert!(bare.contains("60日") && bare.contains("向本级人民政府申请行政复议"), "{bare}");
    assert!(bare.contains("向有管辖权的人民法院提起") && !bare.contains('〔'), "the right without an address: {bare}");
    let named = Profile {
        reconsideration: "某市人民政府".into(),
        reconsideration_address: "某路1号".into(),
        court: "某区人民法院".into(),
        court_address: "某路2号".into(),
        ..Profile::default()
    };
    let whole = text(&named, "2026-11-23");
    assert!(
        whole.contains("某市人民政府（地址：某路1号）") && whole.contains("某区人民法院（地址：某路2号）"),
        "{whole}"
    );
    assert!(text(&named, "2012-06-01").contains("3个月"), "the suit of 1989: {}", text(&named, "2012-06-01"));
    assert_eq!(remedy::gaps(&named), [""; 0]);
    assert_eq!(remedy::gaps(&Profile::default()).len(), 4);
}

#[test]
fn every_word_is_read_as_it_is_written() {
    assert!(Topic::ALL.iter().all(|t| Topic::parse(t.word()) == Some(*t)));
    assert!(State::ALL.iter().all(|s| State::parse(s.word()) == Some(*s)));
    assert!(Outcome::ALL.iter().all(|o| Outcome::parse(o.word()) == Some(*o)));
    assert_eq!((Topic::parse(""), State::parse(""), Outcome::parse("")), (None, None, None));
}

#[test]
fn the_pledge_is_five_working_days_and_says_that_it_is_no_law() {
    for (received, due) in [
        ("2017-05-22", "2017-06-05"), // before there was a pledge: from its first day
        ("2017-05-26", "2017-06-05"), // Saturday 27 May was worked, for the Dragon Boat holiday of 28 to 30 May
        ("2026-11-23", "2026-11-30"),
        ("2026-11-27", "2026-12-04"),
    ] {
        assert_eq!(pledge(Law::built_in(), day(received)).on, day(due), "{received}");
    }
    assert!(explain(Law::built_in(), day("2026-11-23"))[0].contains("本局承诺"));
}

#[test]
fn the_strip_counts_working_days_after_receipt() {
    let monday = day("2026-11-23");
    for (answered, today, used, late) in [
        (None, "2026-11-23", 0, 0),
        (None, "2026-11-24", 0, 0),
        (None, "2026-11-25", 1, 0),
        (None, "2026-11-30", 4, 0),
        (None, "2026-12-01", 5, 1),
        (Some("2026-11-26"), "2026-12-31", 3, 0),
        (Some("2026-12-02"), "2026-12-31", 7, 2),
        (Some("2026-11-23"), "2026-12-31", 0, 0),
    ] {
        let strip = days(Law::built_in(), monday, answered.map(day), day(today));
        assert_eq!((strip.total, strip.used, strip.late()), (5, used, late), "{answered:?} {today}");
    }
}

#[test]
fn words_are_kept_two_years_to_the_day() {
    for (received, last) in [("2026-11-23", "2028-11-23"), ("2024-02-29", "2026-02-28")] {
        assert_eq!(retain_until(day(received)), day(last));
        assert_eq!(erase_at(day(received)), day(last).plus(1).start());
    }
}

#[test]
fn the_reader_is_told_only_what_is_so() {
    let at = |text| kernel::Instant::parse(text).expect("a time");
    let received = at("2026-11-23 09:00");
    let (before, after) = (Page::Public(at("2026-11-23 08:00")), Page::Public(at("2026-11-23 10:00")));
    for (outcome, page, so) in [
        (Outcome::Corrected, before, false),
        (Outcome::Corrected, after, true),
        (Outcome::Corrected, Page::Gone, false),
        (Outcome::Corrected, Page::Other, true),
        (Outcome::TakenDown, after, false),
        (Outcome::TakenDown, Page::Gone, true),
        (Outcome::NotAnError, before, true),
        (Outcome::PassedOn, Page::Gone, true),
    ] {
        assert_eq!(holds(outcome, page, received).is_none(), so, "{outcome:?} {page:?}");
    }
}
