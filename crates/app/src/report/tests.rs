//! The identities of the form as tables, on real figures and on made ones.

use super::blocks::{self, Facts};
use super::model::{Figures, Tables, wan, yuan};
use super::rules::{self, Document};
use super::store::Annual;
use crate::report::model::Origin;
use kernel::{Block, Day, block, notation};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// Table 4 of a city for 2025; its groups add up.
const CITY_4: [[u32; 5]; 3] = [[376, 97, 196, 121, 790], [16, 1, 12, 27, 56], [74, 1, 30, 51, 156]];
/// Rows I, II, 总计 and IV of table 3 of the same report.
const CITY_3: [[u32; 7]; 4] = [
    [13_612, 252, 0, 45, 128, 32, 14_069],
    [535, 6, 0, 1, 18, 0, 560],
    [13_364, 252, 0, 44, 121, 29, 13_810],
    [783, 6, 0, 2, 25, 3, 819],
];

/// The city's year. The report's 21 rows of outcomes are not in the law's fixture: they stand as one here.
fn city() -> Tables {
    let mut requests = vec![[0; 7]; 25];
    (requests[0], requests[1], requests[2]) = (CITY_3[0], CITY_3[1], CITY_3[2]);
    (requests[23], requests[24]) = (CITY_3[2], CITY_3[3]);
    Tables { documents: [2, 1, 9], figures: Figures::default(), requests, disputes: CITY_4 }
}

#[test]
fn the_figures_of_a_city_hold_and_one_figure_more_does_not() {
    assert_eq!(rules::faults(&city()), Vec::<String>::new());
    for (row, column, faults) in [(0, 0, 2), (24, 6, 2), (2, 3, 2), (23, 6, 3)] {
        let mut wrong = city();
        wrong.requests[row][column] += 1;
        assert_eq!(rules::faults(&wrong).len(), faults, "row {row} column {column}: {:?}", rules::faults(&wrong));
    }
    let mut wrong = city();
    wrong.disputes[1][3] += 1;
    assert_eq!(rules::faults(&wrong), ["表四行政诉讼：未经复议直接起诉：四种结果之和不等于总计"]);
}

#[test]
fn a_year_ties_to_the_one_before() {
    let before = city();
    let mut next = city();
    next.requests[1] = CITY_3[3];
    next.documents = [3, 2, 10];
    assert_eq!(rules::untied(&before, &next), Vec::<String>::new());
    next.requests[1][0] = 780;
    next.documents[2] = 11;
    let told = rules::untied(&before, &next);
    assert_eq!(told[0], "表三“自然人”：上年报告结转 783 件，本年第二项是 780 件");
    assert!(told[1].contains("不等于 11 件"), "{told:?}");
}

#[test]
fn a_past_year_is_read_as_it_was_pasted_or_refused_line_by_line() {
    let city = city();
    let (three, four) = (rules::requests_text(&city.requests), rules::disputes_text(&city.disputes));
    let read = |documents: &str, three: &str, four: &str| rules::past(Figures::default(), documents, three, four);
    assert_eq!(read("行政规范性文件　2 1 9", &three, &four), Ok(city));
    let codes = |why: Result<Tables, Vec<kernel::Refusal>>| -> Vec<&'static str> {
        why.expect_err("is refused").iter().map(|r| r.code).collect()
    };
    assert_eq!(codes(read("2 1", &three, &four)), ["numbers"]);
    assert_eq!(codes(read("2 1 9", "一行", &four)), ["rows"]);
    assert_eq!(codes(read("2 1 9", &three.replacen("13612", "13613", 1), &four)), ["identity", "identity"]);
    assert_eq!(codes(read("2 1 9", &three, &four.replacen("790", "七百", 1))), ["numbers"]);
}

#[test]
fn documents_are_counted_so_that_the_years_tie() {
    let doc = |made: &str, ended: Option<&str>| Document { made: day(made), ended: ended.map(day) };
    let all = [
        doc("2020-03-01", None),
        doc("2021-05-01", Some("2024-02-01")),
        doc("2024-01-15", Some("2024-12-31")),
        doc("2024-06-01", Some("2025-01-01")),
        // Its dates are wrong; it counts as ended in the year in which it was made.
        doc("2025-03-01", Some("2023-01-01")),
    ];
    let years: Vec<[u32; 3]> = (2020..=2026).map(|year| rules::documents(&all, year)).collect();
    assert_eq!(years[4..], [[2, 2, 2], [1, 2, 1], [0, 0, 1]]);
    for pair in years.windows(2) {
        assert_eq!(pair[0][2] + pair[1][0], pair[1][1] + pair[1][2]);
    }
}

#[test]
fn amounts_are_in_ten_thousands() {
    for (typed, kept) in
        [("12.34", Some(123_400)), ("0", Some(0)), ("0.0001", Some(1)), ("1.23456", None), ("-1", None)]
    {
        assert_eq!(yuan(typed), kept, "{typed}");
    }
    for n in [0, 1, 9_999, 10_000, 123_400, 99_999_999] {
        assert_eq!(yuan(&wan(n)), Some(n));
    }
    let refused = rules::figures(|name| if name == "fees" { "一万".into() } else { "x".into() });
    assert_eq!(refused.expect_err("no numbers").len(), 4);
}

#[test]
fn the_body_has_six_sections_and_three_tables_and_survives_the_notation() {
    let facts = Facts { body: "某局", year: 2025, charged: 300, untied: "以前的申请没有移交。" };
    let body = blocks::body(&facts, &city());
    assert!(block::validate(&body).is_empty());
    let headings: Vec<&str> = body
        .iter()
        .filter_map(|b| if let Block::Heading { text, .. } = b { Some(text.as_str()) } else { None })
        .collect();
    assert_eq!(headings, blocks::SECTIONS);
    assert_eq!(notation::parse(&notation::write(&body)), body);
    let plain = notation::write(&body);
    for word in ["14069", "819", "790", "收取信息处理费 300 元", "以前的申请没有移交"] {
        assert!(plain.contains(word), "{word}");
    }
    for table in body.iter().filter_map(|b| if let Block::Table { rows, .. } = b { Some(rows) } else { None }) {
        let grid = block::slots(table).expect("the spans fit");
        assert!(grid.iter().flatten().all(|slot| *slot != block::Slot::Free), "no hole in {table:?}");
    }
}

#[test]
fn new_numbers_replace_the_tables_and_no_word() {
    let facts = Facts { body: "某局", year: 2025, charged: 0, untied: "" };
    let mut written = blocks::body(&facts, &Tables { requests: vec![[0; 7]; 25], ..Tables::default() });
    written.insert(3, Block::Paragraph { text: "写好的一段。".into() });
    let renewed = blocks::renewed(&written, &city()).expect("has the tables");
    assert_eq!(renewed[3], written[3]);
    assert!(notation::write(&renewed).contains("14069"));
    assert_eq!(blocks::renewed(&written[..5], &city()), None);
}

#[test]
fn the_workbook_holds_the_tables() {
    let annual = Annual { year: 2025, row: None, origin: Origin::Counted, tables: city(), charged: 0 };
    let bytes = super::out::xlsx(&annual).expect("a workbook");
    assert_eq!(bytes, super::out::xlsx(&annual).expect("a workbook"));
    let read = paper::read("a.xlsx", &bytes).expect("our own reader reads it");
    let plain = notation::write(&read.blocks);
    for word in ["三、本年度办理结果", "14069", "156", "现行有效件数"] {
        assert!(plain.contains(word), "{word}");
    }
}
