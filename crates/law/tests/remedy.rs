//! What an adverse paper says about remedies, by outcome and date.

use kernel::Day;
use law::{Law, Offices, Order, RightKind, Sources, remedies};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

/// `first 60日 15日`, or `no rule`.
fn told(outcome: &str, on: &str) -> String {
    let Some(found) = remedies(Law::built_in(), outcome, day(on)) else { return "no rule".to_owned() };
    let order = match found.order {
        Order::Free => "free",
        Order::ReconsiderFirst => "first",
        Order::None => "none",
    };
    let terms = found.ways.iter().map(|way| way.unit.zh(way.amount));
    std::iter::once(order.to_owned()).chain(terms).collect::<Vec<_>>().join(" ")
}

#[test]
fn order_and_terms_follow_the_date_of_the_paper() {
    for (outcome, on, wanted) in [
        // 行政诉讼法 2015: three months became six.
        ("withheld", "2015-04-30", "free 60日 3个月"),
        ("withheld", "2015-05-01", "free 60日 6个月"),
        // 行政复议法 2024: 复议前置.
        ("withheld", "2023-12-31", "free 60日 6个月"),
        ("withheld", "2024-01-01", "first 60日 15日"),
        ("withheld", "2026-11-23", "first 60日 15日"),
        ("partial", "2023-12-31", "free 60日 6个月"),
        ("partial", "2024-01-01", "first 60日 15日"),
        ("not-held", "2026-11-23", "free 60日 6个月"),
        ("not-ours", "2026-11-23", "free 60日 6个月"),
        ("special-access", "2026-11-23", "free 60日 6个月"),
        ("petition", "2025-05-31", "free 60日 6个月"),
        ("petition", "2025-06-01", "free 60日 6个月"),
        ("excessive", "2026-11-23", "free 60日 6个月"),
        ("not-corrected", "2026-11-23", "free 60日 6个月"),
        ("already-public", "2026-11-23", "free 60日 6个月"),
        // 条例 2008 did not know these answers, and 2019 did.
        ("repeat", "2019-05-14", "no rule"),
        ("repeat", "2019-05-15", "free 60日 6个月"),
        ("petition", "2019-05-14", "no rule"),
        ("withheld", "2008-04-30", "no rule"),
        ("withheld", "2008-05-01", "free 60日 3个月"),
        ("fee-unpaid", "2020-12-31", "no rule"),
        ("fee-unpaid", "2021-01-01", "free 60日 6个月"),
        // Steps on the way.
        ("fee-notice", "2026-11-23", "none"),
        ("correction-notice", "2011-08-12", "free 60日 3个月"),
        ("correction-notice", "2011-08-13", "none"),
        ("correction-notice", "2026-11-23", "none"),
        ("extension-notice", "2026-11-23", "none"),
        // Other acts.
        ("penalty", "2021-07-14", "free 60日 6个月"),
        ("penalty", "2024-01-01", "free 60日 6个月"),
        ("penalty-on-spot", "2023-12-31", "free 60日 6个月"),
        ("penalty-on-spot", "2024-01-01", "first 60日 15日"),
        ("licence-refused", "2026-11-23", "free 60日 6个月"),
        ("seizure", "2011-12-31", "no rule"),
        ("seizure", "2012-01-01", "free 60日 3个月"),
        ("no-such-outcome", "2026-11-23", "no rule"),
    ] {
        assert_eq!(told(outcome, on), wanted, "{outcome} {on}");
    }
}

#[test]
fn the_paragraph_is_whole_and_shows_its_gaps() {
    let refused = remedies(Law::built_in(), "withheld", day("2026-11-23")).expect("an outcome");
    let offices = Offices {
        government: ("示例市人民政府".into(), "示例路2号".into()),
        court: ("示例区人民法院".into(), "示例路3号".into()),
        ..Offices::default()
    };
    let wanted = "您不服本答复的，应当先申请行政复议：自收到本答复之日起60日内，向示例市人民政府（地址：示例路2号）提出。\
                  不服行政复议决定的，可以自收到行政复议决定书之日起15日内，向示例区人民法院（地址：示例路3号）提起行政诉讼；\
                  行政复议机关逾期不作决定的，可以自复议期满之日起15日内起诉。依据：《行政复议法》第二十三条第一款第四项、\
                  《行政复议法》第二十条、第二十四条、《行政诉讼法》第四十五条。";
    assert_eq!(refused.text(&offices), wanted);
    assert_eq!(refused.basis.cite, "《政府信息公开条例》第三十六条第三项");

    let penalty = remedies(Law::built_in(), "penalty", day("2020-06-01")).expect("an outcome");
    let wanted = "您不服本决定的，可以自收到本决定之日起60日内，向〔本级人民政府名称〕（地址：〔地址〕）或者\
                  〔上一级主管部门名称〕（地址：〔地址〕）申请行政复议；也可以自收到本决定之日起6个月内，直接向\
                  〔有管辖权的人民法院名称〕（地址：〔地址〕）提起行政诉讼。依据：《行政复议法》（1999年）第九条、第十二条、\
                  《行政诉讼法》第四十六条。";
    assert_eq!(penalty.text(&Offices::default()), wanted);

    let fee = remedies(Law::built_in(), "fee-notice", day("2026-11-23")).expect("an outcome");
    let wanted =
        "本通知是办理过程中的告知，不能单独申请行政复议或者提起行政诉讼（《政府信息公开信息处理费管理办法》第八条）。";
    assert_eq!(fee.text(&Offices::default()), wanted);
}

/// Whatever the day, a paper that can be challenged names two ways, reconsideration first, each in force that day.
#[test]
fn every_paper_of_two_decades_is_complete() {
    let law = Law::built_in();
    let days = (day("2004-01-01").0..day("2027-12-31").0).step_by(7).map(Day);
    for on in days {
        for outcome in &law.remedies.outcomes {
            let Some(found) = remedies(law, &outcome.code, on) else { continue };
            let kinds: Vec<RightKind> = found.ways.iter().map(|way| way.right.kind).collect();
            let second = match found.order {
                Order::Free => RightKind::Suit,
                Order::ReconsiderFirst => RightKind::SuitAfter,
                Order::None => {
                    assert!(kinds.is_empty() && found.rule.is_some(), "{} {on}", outcome.code);
                    continue;
                }
            };
            assert_eq!(kinds, [RightKind::Reconsideration, second], "{} {on}", outcome.code);
            assert!(found.ways.iter().all(|way| way.right.from <= Some(on)), "{} {on}", outcome.code);
            let text = found.text(&Offices::default());
            assert!(text.contains("60日内") && text.contains("行政诉讼") && text.ends_with('。'), "{text}");
        }
    }
}

fn broken(old: &str, new: &str) -> String {
    let mut sources = Sources::built_in();
    assert!(sources.remedies.contains(old), "the file has no {old}");
    let changed = sources.remedies.replacen(old, new, 1);
    sources.remedies = &changed;
    Law::load(&sources).expect_err("a fault").join("\n")
}

#[test]
fn unsound_remedies_are_caught() {
    for (old, new, expected) in [
        ("clause = \"REC-APPLY\"", "clause = \"REC-ASK\"", "right reconsideration: no clause REC-ASK"),
        ("clause = \"REC-APPLY\"", "amount = 60", "right reconsideration: give a clause, or an amount and its unit"),
        ("amount = 60\nunit = \"calendar-days\"", "clause = \"REC-APPLY\"", "REC-APPLY begins later"),
        ("to = [\"court\"]", "to = []", "right litigation-1989: nobody to turn to"),
        ("to = [\"court\"]", "to = [\"judge\"]", "unknown variant `judge`"),
        (
            "instrument = \"reconsideration-1999\"",
            "instrument = \"reconsideration\"",
            "right reconsideration: overlaps",
        ),
        ("code = \"partial\"", "code = \"withheld\"", "outcome withheld: listed twice"),
        ("instrument = \"ogi-fee\"", "instrument = \"ogi-fees\"", "outcome fee-unpaid: no instrument ogi-fees"),
        ("until = \"2021-12-21\"", "", "outcome correction-notice: orders overlap"),
        ("is = \"none\"", "is = \"free\"", "free is what holds without an order"),
        ("name = \"部分公开\"", "name = \"\"", "outcome partial: an empty text"),
    ] {
        let found = broken(old, new);
        assert!(found.contains(expected), "expected {expected}\nfound {found}");
    }
}
