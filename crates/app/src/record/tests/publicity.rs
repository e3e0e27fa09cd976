//! 公示: the least, the end, what begins it anew.

use super::{revision, today};
use crate::floor::{Term, Validity};
use crate::record::field::Data;
use crate::record::kind::Kind;
use crate::record::model::Paper;
use crate::record::publicity::*;
use kernel::{Day, Instant};
use law::Law;

type Pairs<'a> = &'a [(&'a str, &'a str)];

const SINGLE: (&str, &str) = ("stage", "single-source");
const PROPOSED: (&str, &str) = ("matter", "proposed");
const RECRUITS: (&str, &str) = ("matter", "to-recruit");
const AID: (&str, &str) = ("shows", "aid");
const OTHER: (&str, &str) = ("shows", "other");

fn data(pairs: Pairs) -> Data {
    pairs.iter().map(|(name, kept)| ((*name).to_owned(), (*kept).to_owned())).collect()
}

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

#[test]
fn shorter_than_the_law_is_refused_and_longer_is_not() {
    let cases: &[(&str, Pairs, &str, &str)] = &[
        ("procurement", &[SINGLE], "", ""),
        ("procurement", &[SINGLE, ("shown-days", "5")], "", ""),
        ("procurement", &[SINGLE, ("shown-days", "4")], "shown-short", "《政府采购法实施条例》第三十八条"),
        ("procurement", &[SINGLE, ("shown-days", "0")], "shown-short", "《政府采购法实施条例》第三十八条"),
        ("procurement", &[("stage", "result"), ("shown-days", "1")], "", ""),
        ("personnel", &[PROPOSED], "", ""),
        ("personnel", &[PROPOSED, ("shown-days", "4")], "shown-short", "《党政领导干部选拔任用工作条例》"),
        ("personnel", &[RECRUITS], "shown-unsaid", ""),
        ("personnel", &[RECRUITS, ("shown-days", "0")], "shown-short", ""),
        ("personnel", &[RECRUITS, ("shown-days", "7")], "", ""),
        ("notice", &[AID, ("shown-days", "9")], "shown-short", "国开办发〔2018〕11号第四部分"),
        ("notice", &[AID, ("shown-days", "10")], "", ""),
        ("notice", &[OTHER, ("shown-days", "366")], "shown-long", ""),
        ("notice", &[OTHER, ("shown-days", "7"), ("kept-days", "366")], "shown-long", ""),
        ("notice", &[("shows", "no")], "", ""),
        ("news", &[AID], "", ""),
    ];
    for (kind, pairs, code, cite) in cases {
        let why = faults(Law::built_in(), Kind::parse(kind).expect("a kind"), &data(pairs), today());
        let told: Vec<(&str, &str)> = why.iter().map(|r| (r.code, r.cite)).collect();
        let wanted = if code.is_empty() { vec![] } else { vec![(*code, *cite)] };
        assert_eq!(told, wanted, "{kind} {pairs:?}");
    }
}

#[test]
fn a_period_runs_from_the_day_after_publication() {
    for (kind, pairs, from, until, term) in [
        ("procurement", &[SINGLE][..], "2026-11-23", "2026-11-30", "5个工作日"),
        ("procurement", &[SINGLE], "2026-02-13", "2026-02-27", "5个工作日"),
        ("procurement", &[SINGLE, ("shown-days", "7")], "2026-11-23", "2026-12-02", "7个工作日"),
        ("personnel", &[PROPOSED], "2026-11-23", "2026-11-30", "5个工作日"),
        ("notice", &[AID], "2026-11-23", "2026-12-03", "10日"),
        ("notice", &[AID, ("shown-days", "12")], "2026-11-23", "2026-12-05", "12日"),
        ("notice", &[OTHER, ("shown-days", "1")], "2026-11-23", "2026-11-24", "1日"),
    ] {
        let span = span(Law::built_in(), kind, &data(pairs), day(from)).expect("a 公示");
        assert_eq!((span.until, span.term.as_str()), (day(until), term), "{kind} {pairs:?} {from}");
    }
    assert_eq!(span(Law::built_in(), "notice", &data(&[("shows", "no")]), today()), None);
}

#[test]
fn the_last_day_is_in_it_whole() {
    for (on, wanted) in [
        ("2026-11-23", Validity::OnShow),
        ("2026-11-30", Validity::OnShow),
        ("2026-12-01", Validity::ShowOver),
        ("2030-01-01", Validity::ShowOver),
    ] {
        let term = Term { shown_until: "2026-11-30", ..Term::default() };
        assert_eq!(Validity::on(day(on), term), wanted, "{on}");
    }
    let repealed = Term { shown_until: "2026-11-30", ending: "repealed", ended: "2026-11-24", ..Term::default() };
    assert_eq!(Validity::on(day("2026-11-24"), repealed), Validity::Repealed);
}

#[test]
fn names_go_when_the_office_says_so() {
    let until = day("2026-12-05");
    for (pairs, wanted) in [
        (&[AID][..], None),
        (&[AID, ("afterwards", "stays"), ("kept-days", "3")], None),
        (&[AID, ("afterwards", "removed"), ("kept-days", "0")], Some("2026-12-06")),
        (&[AID, ("afterwards", "removed"), ("kept-days", "5")], Some("2026-12-11")),
    ] {
        assert_eq!(removal(&data(pairs), until), wanted.map(|d| day(d).start()), "{pairs:?}");
    }
}

fn paper(text: &str, fields: Pairs) -> Paper {
    let own = [("shows", "other"), ("shown-days", "7"), ("afterwards", "stays")];
    let fields: Vec<(&str, &str)> = own.iter().chain(fields).copied().collect();
    revision("notice", &fields, text).paper
}

#[test]
fn what_people_could_object_to_begins_it_anew() {
    let before = paper("甲村 10 万元。", &[]);
    let other_file = {
        let mut paper = before.clone();
        let (name, kind) = ("名单.pdf".to_owned(), "application/pdf".to_owned());
        paper.files.push(crate::record::model::Attachment { name, kind, sha256: "0".into() });
        paper
    };
    for (after, wanted) in [
        (before.clone(), false),
        (paper("甲村 10 万元。", &[("keywords", "公示"), ("summary", "概述"), ("note", "说明")]), false),
        (paper("甲村 10 万元。", &[("shown-days", "9"), ("afterwards", "removed"), ("kept-days", "1")]), false),
        (paper("甲村 12 万元。", &[]), true),
        (paper("甲村 10 万元。", &[("title", "另一个标题")]), true),
        (paper("甲村 10 万元。", &[("addressed", "乙村")]), true),
        (other_file, true),
    ] {
        assert_eq!(restarts(&before, &after), wanted, "{after:?}");
    }
}

#[test]
fn the_day_from_which_it_runs() {
    let (first, same, other) = (paper("甲", &[]), paper("甲", &[("keywords", "公示")]), paper("乙", &[]));
    let at = |text: &str| Instant::parse(text).expect("a time");
    let shown = |on: &str, ordinary, paper| Event::Shown { at: at(&format!("{on} 09:00")), ordinary, paper };
    let back =
        |hidden: &str, on: &str| Event::Back { hidden: at(&format!("{hidden} 09:00")), at: at(&format!("{on} 09:00")) };
    for (events, wanted) in [
        (vec![], None),
        (vec![shown("2026-11-23", true, &first)], Some("2026-11-23")),
        (vec![shown("2026-11-23", true, &first), shown("2026-11-24", true, &same)], Some("2026-11-23")),
        (vec![shown("2026-11-23", true, &first), shown("2026-11-24", true, &other)], Some("2026-11-24")),
        // What replaces a leak does not touch what could be objected to.
        (vec![shown("2026-11-23", true, &first), shown("2026-11-24", false, &other)], Some("2026-11-23")),
        // Over for a month, then corrected: what stands there now has not been shown yet.
        (vec![shown("2026-11-23", true, &first), shown("2026-12-24", true, &other)], Some("2026-12-24")),
        // Hidden within its seven days, and shown again; hidden after them.
        (vec![shown("2026-11-23", true, &first), back("2026-11-30", "2026-12-02")], Some("2026-12-02")),
        (vec![shown("2026-11-23", true, &first), back("2026-12-01", "2026-12-02")], Some("2026-11-23")),
    ] {
        assert_eq!(begun(Law::built_in(), &events), wanted.map(day));
    }
}
