//! The rules as tables.

use super::kind::{Kind, Step};
use super::model::*;
use super::rules::*;
use crate::account::{Duty, Me};
use kernel::{Block, Day, Hash, Instant, notation};

fn today() -> Day {
    Day::new(2026, 11, 23).expect("a day")
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    let good = [("title", "通知"), ("column", "results/policies"), ("openness", "open"), ("ground", "O20-1")];
    good.iter().chain(pairs).map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn person(id: &str, duties: &[Duty]) -> Me {
    let text = |t: &str| t.to_owned();
    Me { id: text(id), name: text(id), login: text(id), section: text("s"), section_name: text("s"), duties: duties.into() }
}

fn revision(kind: &str, fields: &[(&str, &str)], text: &str) -> Revision {
    let (title, fields, late) = read_fields(&typed(fields), today()).expect("good fields");
    let paper = Paper { format: 1, kind: kind.into(), title, fields, body: notation::parse(text), files: vec![] };
    let (authors, at) = (vec!["author".into(), "helper".into()], Instant(0));
    Revision { id: "r1".into(), n: 1, author: "author".into(), authors, at, hash: paper.hash(), paper, late }
}

fn review(step: Step, staff: &str, verdict: Verdict, hash: Hash) -> Review {
    Review { step, staff: staff.into(), verdict, hash, opinion: String::new(), at: Instant(0) }
}

fn mark(severity: &str, settled: bool) -> Mark {
    let text = |t: &str| t.to_owned();
    Mark {
        id: text("f"),
        n: 1,
        rule: text("person.mobile"),
        severity: text(severity),
        place: text("正文"),
        excerpt: text("139****5678"),
        says: text("像是手机号码"),
        settled,
        reason: String::new(),
    }
}

#[test]
fn a_form_is_told_every_fault_at_its_field() {
    let cases: &[(&[(&str, &str)], &[(&str, &str)])] = &[
        (&[], &[]),
        (&[("title", " ")], &[("title-missing", "title")]),
        (&[("title", &"长".repeat(121))], &[("title-long", "title")]),
        (&[("column", "nowhere")], &[("column-unknown", "column")]),
        (&[("column", ""), ("class", "x")], &[("column-missing", "column"), ("class-unknown", "class")]),
        (&[("ground", "O9-2008")], &[("ground-not-in-force", "ground")]),
        (&[("ground", "N5")], &[("ground-missing", "ground")]),
        (&[("openness", "withheld"), ("ground", "N5")], &[]),
        (&[("openness", "withheld")], &[("ground-withhold", "ground")]),
        (&[("openness", "on-request"), ("ground", "")], &[]),
        (&[("formed", "昨天")], &[("date", "formed")]),
        (&[("formed", "2026-11-24")], &[("date-future", "formed")]),
        (&[("issued", "2017年5月26日")], &[]),
        (&[("effective", "2026-06-01"), ("expires", "2026-05-31")], &[("date-order", "expires")]),
        (&[("summary", &"字".repeat(201))], &[("summary-long", "summary")]),
    ];
    for (fields, faults) in cases {
        let got = read_fields(&typed(fields), today()).err().unwrap_or_default();
        let got: Vec<(&str, &str)> = got.iter().map(|r| (r.code, r.field.unwrap_or_default())).collect();
        assert_eq!(got, *faults, "{fields:?}");
        }
}

#[test]
fn every_refusal_of_the_gate() {
    let good = || revision("notice", &[], "正文");
    let hash = good().hash;
    let passed = vec![review(Step::Secrecy, "reviewer", Verdict::Pass, hash)];
    let officer = person("reviewer", &[Duty::SecrecyReview]);
    let kind = |name| Kind::parse(name).expect("a kind");
    struct Try<'a>(&'a str, Revision, Vec<Review>, Vec<Mark>, Option<Me>, &'a [&'a str]);
    let mut tampered = good();
    tampered.paper.body.push(Block::Paragraph { text: "夹带".into() });
    let other = Hash::of(b"another text");
    let plan = || revision("plan", &[], "正文");
    let all = |who: &str| {
        let step = |s| review(s, who, Verdict::Pass, plan().hash);
        vec![step(Step::Section), step(Step::Secrecy), step(Step::Approval)]
    };
    let withheld = revision("notice", &[("openness", "withheld"), ("ground", "N5")], "正文");
    let withheld_review = vec![review(Step::Secrecy, "reviewer", Verdict::Pass, withheld.hash)];
    let tries = [
        Try("passes", good(), passed.clone(), vec![], Some(officer.clone()), &[]),
        Try("a job asks", good(), passed.clone(), vec![], None, &[]),
        Try("not reviewed", good(), vec![], vec![], Some(officer.clone()), &["not-reviewed"]),
        Try("other text", good(), vec![review(Step::Secrecy, "reviewer", Verdict::Pass, other)], vec![], None, &["reviewed-another-text"]),
        Try("own", good(), vec![review(Step::Secrecy, "author", Verdict::Pass, hash)], vec![], None, &["own-review"]),
        Try("helper's", good(), vec![review(Step::Secrecy, "helper", Verdict::Pass, hash)], vec![], None, &["own-review"]),
        Try("returned", good(), vec![review(Step::Secrecy, "reviewer", Verdict::Return, hash)], vec![], None, &["review-refused"]),
        Try("open finding", good(), passed.clone(), vec![mark("warn", false)], None, &["finding-open"]),
        Try("block open", good(), passed.clone(), vec![mark("block", false)], None, &["finding-open"]),
        Try("settled", good(), passed.clone(), vec![mark("block", true), mark("suggest", false)], None, &[]),
        Try("wrong duty", good(), passed.clone(), vec![], Some(person("clerk", &[Duty::Draft])), &["wrong-duty"]),
        Try("publisher", good(), passed.clone(), vec![], Some(person("p", &[Duty::Publication])), &[]),
        Try("withheld", withheld, withheld_review, vec![], None, &["not-open"]),
        Try("tampered", tampered, passed.clone(), vec![], None, &["content-changed"]),
        Try("plan", plan(), all("boss"), vec![], None, &[]),
        Try("plan without leader", plan(), all("boss")[..2].to_vec(), vec![], None, &["not-reviewed"]),
        Try("every reason at once", plan(), vec![], vec![mark("warn", false)], Some(person("clerk", &[Duty::Draft])),
            &["not-reviewed", "not-reviewed", "not-reviewed", "finding-open", "wrong-duty"]),
    ];
    for Try(name, revision, reviews, findings, asker, codes) in tries {
        let case = Case { kind: kind(&revision.paper.kind), revision: &revision, reviews: &reviews, findings: &findings, asker: asker.as_ref(), today: today() };
        let got = gate(&case);
        let seen: Vec<&str> = got.as_ref().err().into_iter().flatten().map(|r| r.code).collect();
        assert_eq!(seen, codes, "{name}");
        assert_eq!(got.ok().map(|order| order.hash()), codes.is_empty().then_some(revision.hash), "{name}");
    }
}

#[test]
fn a_ground_that_went_out_of_force_stops_the_gate_on_that_day() {
    let revision = revision("notice", &[], "正文");
    let reviews = [review(Step::Secrecy, "reviewer", Verdict::Pass, revision.hash)];
    let kind = Kind::parse("notice").expect("a kind");
    let on = |today| gate(&Case { kind, revision: &revision, reviews: &reviews, findings: &[], asker: None, today });
    assert!(on(today()).is_ok());
    let before = Day::new(2019, 5, 14).expect("a day");
    assert_eq!(on(before).expect_err("refused").iter().map(|r| r.code).collect::<Vec<_>>(), ["ground-not-in-force"]);
}

#[test]
fn who_may_review_what_and_when() {
    let revision = revision("plan", &[], "正文");
    let kind = Kind::parse("plan").expect("a kind");
    let head = person("head", &[Duty::SectionCheck, Duty::Approval]);
    let officer = person("officer", &[Duty::SecrecyReview]);
    let author = person("author", &[Duty::Draft, Duty::SectionCheck]);
    let done = vec![review(Step::Section, "head", Verdict::Pass, revision.hash)];
    let back = vec![review(Step::Section, "head", Verdict::Return, revision.hash)];
    let other = Hash::of(b"older");
    let codes = |reviews: &[Review], step, me: &Me, seen: &Hash| -> Vec<&'static str> {
        may_review(kind, &revision, reviews, step, me, seen).iter().map(|r| r.code).collect()
    };
    assert_eq!(codes(&[], Step::Section, &head, &revision.hash), [""; 0]);
    assert_eq!(codes(&[], Step::Section, &author, &revision.hash), ["own-review"]);
    assert_eq!(codes(&[], Step::Section, &officer, &revision.hash), ["wrong-duty"]);
    assert_eq!(codes(&[], Step::Section, &head, &other), ["reviewed-another-text"]);
    assert_eq!(codes(&[], Step::Secrecy, &officer, &revision.hash), ["not-this-step"]);
    assert_eq!(codes(&done, Step::Secrecy, &officer, &revision.hash), [""; 0]);
    assert_eq!(codes(&done, Step::Section, &head, &revision.hash), ["not-this-step"]);
    assert_eq!(codes(&back, Step::Secrecy, &officer, &revision.hash), ["review-over"]);
}

/// Golden: reviews and statements are bound to these bytes. A change here voids every review ever made.
#[test]
fn the_bytes_of_a_revision_are_fixed() {
    let revision = revision("notice", &[("formed", "2017-05-26"), ("number", "株牧渔发〔2017〕12号")], "# 一\n正文。");
    let text = String::from_utf8(revision.paper.bytes()).expect("utf-8");
    assert_eq!(
        text,
        concat!(
            r#"{"body":[{"level":1,"t":"h","text":"一"},{"t":"p","text":"正文。"}],"#,
            r#""fields":{"also":[],"author":"","class":"","column":"results/policies","effective":null,"expires":null,"#,
            r#""formed":"2017-05-26","ground":"O20-1","issuer":"","keywords":"","note":"","openness":"open","source":"","summary":""},"#,
            r#""files":[],"format":1,"kind":"notice","title":"通知"}"#
        )
    );
    assert!(!text.contains("12号"), "the number is a late field, outside the review's digest");
}

#[test]
fn a_secrecy_mark_is_refused_before_storing_and_a_quoted_one_is_not() {
    let refused = |text: &str| {
        let (body, fields) = (notation::parse(text), typed(&[]));
        !secret_refusals(&pieces("标题", &fields, &body)).is_empty()
    };
    assert!(refused("机密★20年\n\n关于某事的报告"));
    assert!(refused("秘　密\n\n株洲市某文件"));
    assert!(!refused("依照保守国家秘密法，先审查、后公开。\n属于商业秘密的，不予公开。"));
}
