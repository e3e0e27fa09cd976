//! Due dates against worked cases.

use kernel::{Day, Instant};
use law::{Law, Sources, due, due_at, explain};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

#[test]
fn worked_cases_come_out() {
    let law = Law::built_in();
    for (clause, event, on, firm, cite) in [
        // The 2008 rule and the 2019 rule, by the day of the event.
        ("OGI-REPLY", "2017-05-26", "2017-06-19", true, "《政府信息公开条例》（国务院令第492号）第二十四条"),
        ("OGI-ACTIVE", "2017-05-26", "2017-06-26", true, "《政府信息公开条例》（国务院令第492号）第十八条"),
        ("OGI-ACTIVE-2008", "2017-05-26", "2017-06-26", true, "《政府信息公开条例》（国务院令第492号）第十八条"),
        ("OGI-REPLY", "2019-05-14", "2019-06-04", true, "《政府信息公开条例》（国务院令第492号）第二十四条"),
        ("OGI-REPLY", "2019-05-15", "2019-06-13", true, "《政府信息公开条例》第三十三条"),
        ("OGI-ACTIVE", "2024-09-20", "2024-10-23", true, "《政府信息公开条例》第二十六条"),
        ("OGI-ACTIVE", "2025-01-15", "2025-02-18", true, "《政府信息公开条例》第二十六条"),
        ("OGI-ACTIVE", "2026-02-02", "2026-03-06", true, "《政府信息公开条例》第二十六条"),
        ("OGI-ACTIVE", "2026-09-18", "2026-10-22", true, "《政府信息公开条例》第二十六条"),
        ("OGI-ACTIVE", "2026-12-10", "2027-01-08", false, "《政府信息公开条例》第二十六条"),
        ("OGI-RECV-MAIL", "2026-05-02", "2026-05-02", true, "《政府信息公开条例》第三十一条第二项"),
        // A deadline in calendar days rolls; a minimum, a span and a named date do not.
        ("BUD-DEPT", "2026-09-15", "2026-10-08", true, "《预算法》第十四条"),
        ("DEC-COMMENT", "2026-09-05", "2026-10-05", true, "《重大行政决策程序暂行条例》第十五条"),
        (
            "DEC-COMMENT-SEED",
            "2017-05-26",
            "2017-06-15",
            true,
            "《株洲市畜牧兽医水产局2017年度政务公开工作实施方案》三（一）1",
        ),
        ("CREDIT-GENERAL-MAX", "2026-05-01", "2027-05-01", true, "《信用修复管理办法》"),
        ("OGI-ANNUAL-DEPT", "2025-12-31", "2026-01-31", true, "《政府信息公开条例》第四十九条"),
        ("OGI-ANNUAL-DEPT", "2016-12-31", "2017-03-31", true, "《政府信息公开条例》（国务院令第492号）第三十一条"),
        // A month ends on the day of the same number, or on the last.
        (
            "PROPOSAL-PUB",
            "2026-01-31",
            "2026-02-28",
            true,
            "《株洲市畜牧兽医水产局2017年度政务公开工作实施方案》三（五）5",
        ),
        ("NPC-REPLY", "2024-11-30", "2025-02-28", true, "《代表法》（2015年修正）第四十二条"),
        ("NPC-REPLY", "2026-07-01", "2026-10-08", true, "《代表法》第五十一条"),
        // Beyond the announced year a deadline may still roll elsewhere.
        ("REC-APPLY", "2026-12-01", "2027-02-01", false, "《行政复议法》第二十条"),
        // Counted back from the event.
        ("PEN-HEAR-NOTICE", "2026-10-12", "2026-09-24", true, "《行政处罚法》第六十四条、第八十五条"),
        ("DEC-HEARING-PAPERS", "2026-10-08", "2026-10-01", true, "《重大行政决策程序暂行条例》第十六条"),
    ] {
        let clause = law.clause(clause).expect(clause);
        let due = due(clause, day(event), &law.calendar).expect("in force");
        assert_eq!((due.on, due.firm, due.cite), (day(on), firm, cite), "{} {event}", clause.id);
        assert_eq!(due.before, due.on.plus(1).start(), "{} {event}", clause.id);
    }
}

#[test]
fn hours_count_from_the_moment() {
    let law = Law::built_in();
    let at = |text| Instant::parse(text).expect("a moment");
    for (clause, event, before, on) in [
        ("OPN-5H", "2026-09-30 22:30", "2026-10-01 03:30", "2026-10-01"),
        ("OPN-24H", "2026-10-01 00:00", "2026-10-02 00:00", "2026-10-01"),
        ("OPN-48H", "2026-12-31 12:00", "2027-01-02 12:00", "2027-01-02"),
    ] {
        let due = due_at(law.clause(clause).expect(clause), at(event), &law.calendar).expect("in force");
        assert_eq!((due.before, due.on, due.firm), (at(before), day(on), true), "{clause} {event}");
    }
}

#[test]
fn a_due_moment_is_shown_to_the_minute() {
    let law = Law::built_in();
    let reply = due(law.clause("OGI-REPLY").expect("a clause"), day("2026-02-02"), &law.calendar).expect("a term");
    assert_eq!(reply.zh(), "截至2026年3月6日24:00");
    let hours = law.clause("OPN-5H").expect("a clause");
    let at = Instant::parse("2026-09-30 22:30").expect("a moment");
    assert_eq!(due_at(hours, at, &law.calendar).map(|due| due.zh()), Some("截至2026年10月1日03:30".to_owned()));
}

#[test]
fn a_provisional_day_has_a_latest_one() {
    let law = Law::built_in();
    for (clause, event, on, latest) in [
        ("OGI-ACTIVE", "2026-12-10", "2027-01-08", Some("2027-01-13")),
        ("OGI-ACTIVE", "2026-09-18", "2026-10-22", None),
        // A last day that may be off rolls on.
        ("REC-APPLY", "2026-12-01", "2027-02-01", Some("2027-02-03")),
        // Counted back, no later day can come of it; beyond the computed years nothing is known.
        ("PEN-HEAR-NOTICE", "2027-01-12", "2026-12-31", None),
        ("OGI-ACTIVE", "2050-12-20", "2051-01-17", None),
        ("DEC-COMMENT", "2026-12-15", "2027-01-14", None),
    ] {
        let due = due(law.clause(clause).expect(clause), day(event), &law.calendar).expect("a term");
        assert_eq!((due.on, due.latest), (day(on), latest.map(day)), "{clause} {event}");
    }
}

#[test]
fn the_stricter_of_plan_and_law_binds_and_both_are_shown() {
    let law = Law::built_in();
    let comment = law.clause("DEC-COMMENT").expect("a clause");
    let on = |text| comment.on(day(text)).map(|w| (w.amount, w.instrument.as_str()));
    assert_eq!(on("2017-05-25"), None);
    assert_eq!(on("2019-08-31"), Some((20, "plan-2017")));
    assert_eq!(on("2019-09-01"), Some((30, "decision")));
    assert_eq!(comment.all_on(day("2026-11-02")).count(), 2);
    assert_eq!(law.clause("DEC-COMMENT-SEED").map(|c| c.id.as_str()), Some("DEC-COMMENT"));
    let annual: Vec<_> = law.clauses_of("OGI-ANNUAL-2008").map(|c| c.id.as_str()).collect();
    assert_eq!(annual, ["OGI-ANNUAL-DEPT", "OGI-ANNUAL-GOV"]);
}

#[test]
fn no_rule_no_number_no_date() {
    let law = Law::built_in();
    for (clause, event) in [
        ("OGI-REPLY", "2008-04-30"),
        ("OGI-OWN-DATA", "2026-05-06"),
        ("HOT-SIMPLE", "2026-05-06"),
        ("DOC-VALID", "2026-05-06"),
    ] {
        let clause = law.clause(clause).expect(clause);
        assert_eq!(due(clause, day(event), &law.calendar), None, "{}", clause.id);
        assert_eq!(explain(clause, day(event), &law.calendar), None, "{}", clause.id);
    }
    let own_data = law.clause("OGI-OWN-DATA").and_then(|c| c.on(day("2026-05-06"))).expect("in force");
    assert_eq!(own_data.cite, "《政府信息公开条例》第四十一条");
}

#[test]
fn an_explanation_counts_every_day() {
    let law = Law::built_in();
    let lines =
        |clause, event| explain(law.clause(clause).expect(clause), day(event), &law.calendar).expect("in force");
    let active = lines("OGI-ACTIVE", "2017-05-26");
    assert_eq!(active.len(), 2 + 31 + 1);
    assert_eq!(active[1], "政府信息形成或者变更之日：2017年5月26日（星期五），期限20个工作日，当日不计入。");
    assert_eq!(active[2], "2017年5月27日（星期六）：调休上班，第1个工作日。");
    assert_eq!(active[3], "2017年5月28日（星期日）：端午节，不计入。");
    assert_eq!(active[32], "2017年6月26日（星期一）：第20个工作日。");
    assert_eq!(active[33], "最后一日：2017年6月26日（星期一），截至当日24:00。");
    let budget = lines("BUD-DEPT", "2026-09-15");
    assert_eq!(budget[21], "2026年10月5日（星期一）：第20日。");
    assert_eq!(budget[22], "2026年10月6日（星期二）：国庆节，顺延。");
    assert_eq!(budget[24], "2026年10月8日（星期四）：顺延到这个工作日。");
    let deputies = lines("NPC-REPLY", "2026-07-01");
    assert_eq!(deputies[2], "2026年10月1日（星期四）是期限的最后一日，当天休息，顺延到下一个工作日。");
    let beyond = lines("OGI-ACTIVE", "2026-12-10");
    let provisional =
        "这个日期用到还没有公布放假通知的日子，属于暂定；最迟不晚于2027年1月13日（星期三）；收到通知后重新计算。";
    assert_eq!(beyond.last().map(String::as_str), Some(provisional));
    let comment = lines("DEC-COMMENT", "2026-11-02");
    assert_eq!(comment[1], "同时有效：《株洲市畜牧兽医水产局2017年度政务公开工作实施方案》三（一）1，20日。取较严的。");
    let analogy = lines("SAMR-PUB", "2026-11-02");
    assert_eq!(analogy[1], "本条约束的是其他机关，仅供对照，不计逾期。");
    let hours = lines("OPN-5H", "2026-11-02");
    assert_eq!(hours.last().map(String::as_str), Some("截至2026年11月2日05:00。"));
}

#[test]
fn a_wording_may_depart_from_the_rules_of_its_nature() {
    let wording = |more: &str, unit: &str| {
        format!(
            "[[clause]]\nid = \"OWN\"\nname = \"试\"\nnature = \"deadline\"\n[[clause.wording]]\nfrom = \"2026-01-01\"\n\
            instrument = \"pledge\"\namount = 1\nunit = \"{unit}\"\n\
            counts-from = \"试\"\n{more}\ngist = \"试\"\nsure = \"pledge\"\n"
        )
    };
    for (more, unit, event, on) in [
        ("", "months", "2026-03-01", "2026-04-01"),
        ("counts-event-day = true", "months", "2026-03-01", "2026-03-31"),
        ("counts-event-day = true", "working-days", "2026-03-02", "2026-03-02"),
        ("", "months", "2026-09-01", "2026-10-08"),
        ("rolls = false", "months", "2026-09-01", "2026-10-01"),
        ("rolls = false", "calendar-days", "2026-10-01", "2026-10-02"),
    ] {
        let own = [("clauses/own.toml".to_owned(), wording(more, unit))].into();
        let law = Law::load(&Sources::built_in().overlay(&own).expect("a path of the law")).expect("sound");
        let due = due(law.clause("OWN").expect("a clause"), day(event), &law.calendar).expect("a term");
        assert_eq!(due.on, day(on), "{more} {unit} {event}");
    }
}
