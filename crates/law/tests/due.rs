//! Due dates against worked cases.

use kernel::{Day, Instant};
use law::{Law, due, due_at, explain};

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
fn no_rule_no_number_no_date() {
    let law = Law::built_in();
    for (clause, event) in
        [("OGI-REPLY", "2008-04-30"), ("OGI-OWN-DATA", "2026-05-06"), ("CREDIT-MIN-OLD", "2026-04-01")]
    {
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
    assert_eq!(active[33], "最后一日：2017年6月26日（星期一）。");
    let budget = lines("BUD-DEPT", "2026-09-15");
    assert_eq!(budget[2], "2026年10月5日（星期一）是期限的最后一日，当天休息，顺延到下一个工作日。");
    let beyond = lines("OGI-ACTIVE", "2026-12-10");
    assert!(beyond.last().is_some_and(|line| line.contains("暂定")), "{beyond:?}");
}
