//! The rules as tables.

mod publicity;
mod typed;

use super::kind::{Kind, Step};
use super::model::*;
use super::rules::*;
use crate::account::{Duty, Lent, Me};
use kernel::{Block, Day, Hash, Instant, notation};
use law::Law;

fn today() -> Day {
    Day::new(2026, 11, 23).expect("a day")
}

fn typed(pairs: &[(&str, &str)]) -> Typed {
    let good = [("title", "通知"), ("column", "results/policies"), ("openness", "open"), ("ground", "O20-1")];
    good.iter().chain(pairs).map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn person(id: &str, duties: &[Duty]) -> Me {
    let text = |t: &str| t.to_owned();
    Me {
        id: text(id),
        name: text(id),
        login: text(id),
        section: text("s"),
        section_name: text("s"),
        duties: duties.into(),
        lent: vec![],
    }
}

fn revision(kind: &str, fields: &[(&str, &str)], text: &str) -> Revision {
    let kind_of = Kind::parse(kind).expect("a kind");
    let filled = read_fields(Law::built_in(), kind_of, &typed(fields), today()).expect("good fields");
    let Filled { title, fields, late, .. } = filled;
    let paper = Paper { format: 1, kind: kind.into(), title, fields, body: notation::parse(text), files: vec![] };
    let (authors, at) = (vec!["author".into(), "helper".into()], Instant(0));
    Revision { id: "r1".into(), n: 1, author: "author".into(), authors, at, hash: paper.hash(), paper, late }
}

fn review(step: Step, staff: &str, verdict: Verdict, hash: Hash) -> Review {
    Review {
        step,
        staff: staff.into(),
        verdict,
        hash,
        answers: Typed::new(),
        opinion: String::new(),
        at: Instant(0),
        acting_for: None,
        paper: None,
    }
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

type Pairs<'a> = &'a [(&'a str, &'a str)];

#[test]
fn a_form_is_told_every_fault_at_its_field() {
    let cases: &[(Pairs, Pairs)] = &[
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
        let notice = Kind::parse("notice").expect("a kind");
        let got = read_fields(Law::built_in(), notice, &typed(fields), today()).err().unwrap_or_default();
        let got: Vec<(&str, &str)> = got.iter().map(|r| (r.code, r.field.unwrap_or_default())).collect();
        assert_eq!(got, *faults, "{fields:?}");
    }
}

/// A case for the gate: a notice reviewed and passed, changed in one point.
struct Try {
    name: &'static str,
    revision: Revision,
    reviews: Vec<Review>,
    findings: Vec<Mark>,
    asker: Option<Me>,
    codes: &'static [&'static str],
}

fn passes(name: &'static str) -> Try {
    let revision = revision("notice", &[], "正文");
    let reviews = vec![review(Step::Secrecy, "reviewer", Verdict::Pass, revision.hash)];
    Try {
        name,
        revision,
        reviews,
        findings: vec![],
        asker: Some(person("reviewer", &[Duty::SecrecyReview])),
        codes: &[],
    }
}

/// A review by `staff` of some text.
fn reviewed(
    name: &'static str,
    staff: &str,
    verdict: Verdict,
    hash: Option<Hash>,
    codes: &'static [&'static str],
) -> Try {
    let good = passes(name);
    let hash = hash.unwrap_or(good.revision.hash);
    Try { reviews: vec![review(Step::Secrecy, staff, verdict, hash)], codes, ..good }
}

fn found(name: &'static str, findings: Vec<Mark>, codes: &'static [&'static str]) -> Try {
    Try { findings, codes, ..passes(name) }
}

fn asked_by(name: &'static str, asker: Option<Me>, codes: &'static [&'static str]) -> Try {
    Try { asker, codes, ..passes(name) }
}

/// A plan whose first steps were passed by its superior.
fn plan(name: &'static str, steps: &[Step], codes: &'static [&'static str]) -> Try {
    let revision = revision("plan", &[], "正文");
    let reviews = steps.iter().map(|s| review(*s, "boss", Verdict::Pass, revision.hash)).collect();
    Try { revision, reviews, asker: None, codes, ..passes(name) }
}

fn tampered() -> Try {
    let mut good = passes("tampered");
    good.revision.paper.body.push(Block::Paragraph { text: "夹带".into() });
    Try { codes: &["content-changed"], ..good }
}

fn withheld() -> Try {
    let revision = revision("notice", &[("openness", "withheld"), ("ground", "N5")], "正文");
    let reviews = vec![review(Step::Secrecy, "reviewer", Verdict::Pass, revision.hash)];
    Try { revision, reviews, codes: &["not-open"], ..passes("withheld") }
}

#[test]
fn every_refusal_of_the_gate() {
    use Step::{Approval, Secrecy, Section};
    use Verdict::{Pass, Return};
    let clerk = || Some(person("clerk", &[Duty::Draft]));
    let everything = ["not-reviewed", "not-reviewed", "not-reviewed", "finding-open", "wrong-duty"];
    let at_once = Try { findings: vec![mark("warn", false)], asker: clerk(), ..plan("every reason at once", &[], &[]) };
    let tries = [
        passes("passes"),
        asked_by("a job asks", None, &[]),
        Try { reviews: vec![], codes: &["not-reviewed"], ..passes("not reviewed") },
        reviewed("another text", "reviewer", Pass, Some(Hash::of(b"another text")), &["reviewed-another-text"]),
        reviewed("own", "author", Pass, None, &["own-review"]),
        reviewed("a helper's", "helper", Pass, None, &["own-review"]),
        reviewed("returned", "reviewer", Return, None, &["review-refused"]),
        found("open warning", vec![mark("warn", false)], &["finding-open"]),
        found("open block", vec![mark("block", false)], &["finding-open"]),
        found("settled", vec![mark("block", true), mark("suggest", false)], &[]),
        asked_by("wrong duty", clerk(), &["wrong-duty"]),
        asked_by("publisher", Some(person("p", &[Duty::Publication])), &[]),
        withheld(),
        tampered(),
        plan("plan", &[Section, Secrecy, Approval], &[]),
        plan("plan without leader", &[Section, Secrecy], &["not-reviewed"]),
    ];
    for Try { name, revision, reviews, findings, asker, codes } in tries {
        assert_eq!(refused(&revision, &reviews, &findings, asker.as_ref()), codes, "{name}");
    }
    assert_eq!(refused(&at_once.revision, &at_once.reviews, &at_once.findings, at_once.asker.as_ref()), everything);
}

/// The codes of the gate's refusal; an order is for the very text that was asked about.
fn refused(revision: &Revision, reviews: &[Review], findings: &[Mark], asker: Option<&Me>) -> Vec<&'static str> {
    let kind = Kind::parse(&revision.paper.kind).expect("a kind");
    let law = Law::built_in();
    let (today, corrects, hidden, backfilled) = (today(), false, None, None);
    let holds = &[][..];
    match gate(&Case { law, kind, revision, reviews, findings, asker, today, corrects, hidden, backfilled, holds }) {
        Err(why) => why.iter().map(|r| r.code).collect(),
        Ok(order) => {
            assert_eq!((order.revision(), order.hash()), (revision.id.as_str(), revision.hash));
            vec![]
        }
    }
}

#[test]
fn a_signed_backfill_decision_stands_for_the_route_of_the_listed_text_only() {
    let revision = revision("plan", &[], "正文");
    let (law, kind) = (Law::built_in(), Kind::parse("plan").expect("a kind"));
    let listed = Backfilled { hash: revision.hash, signer: "signer".into(), until: today() };
    let signed = |at: Day| Review { at: at.start(), ..review(Step::Secrecy, "signer", Verdict::Pass, revision.hash) };
    let by_another = Review { staff: "other".into(), ..signed(today()) };
    let another = Backfilled { hash: Hash::of(b"another text"), ..listed.clone() };
    let of_author = Backfilled { signer: "author".into(), ..listed.clone() };
    let own = Review { staff: "author".into(), ..signed(today()) };
    const KINDS_OWN: &[&str] = &["not-reviewed", "not-reviewed"];
    for (name, backfilled, reviews, asked, codes) in [
        ("listed and signed", Some(&listed), vec![signed(today())], today(), &[][..]),
        ("asked again after its term", Some(&listed), vec![signed(today())], today().plus(90), &[]),
        ("signed after its term", Some(&listed), vec![signed(today().plus(1))], today().plus(1), KINDS_OWN),
        ("another text is listed", Some(&another), vec![signed(today())], today(), KINDS_OWN),
        ("reviewed by another than the signer", Some(&listed), vec![by_another], today(), KINDS_OWN),
        ("no decision", None, vec![signed(today())], today(), KINDS_OWN),
        ("signed by an author", Some(&of_author), vec![own], today(), &["own-review"]),
    ] {
        let (revision, reviews, findings, asker) = (&revision, &reviews[..], &[][..], None);
        let (today, corrects, hidden) = (asked, false, None);
        let holds = &[][..];
        let case = Case { law, kind, revision, reviews, findings, asker, today, corrects, hidden, backfilled, holds };
        let got: Vec<&str> = gate(&case).err().unwrap_or_default().iter().map(|r| r.code).collect();
        assert_eq!(got, codes, "{name}");
    }
}

#[test]
fn a_ground_that_went_out_of_force_stops_the_gate_on_that_day() {
    let revision = revision("notice", &[], "正文");
    let reviews = [review(Step::Secrecy, "reviewer", Verdict::Pass, revision.hash)];
    let (law, kind) = (Law::built_in(), Kind::parse("notice").expect("a kind"));
    let on = |today| {
        let (revision, reviews, findings, asker) = (&revision, &reviews[..], &[][..], None);
        let (corrects, hidden, backfilled, holds) = (false, None, None, &[][..]);
        gate(&Case { law, kind, revision, reviews, findings, asker, today, corrects, hidden, backfilled, holds })
    };
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

#[test]
fn a_lent_duty_holds_no_more_than_its_holder_could_do() {
    let revision = revision("notice", &[], "正文");
    let lent = |of: &str| Lent { duty: Duty::SecrecyReview, of: of.into(), name: of.into(), until: Instant(1) };
    let deputy = |of: &[&str]| Me { lent: of.iter().map(|h| lent(h)).collect(), ..person("deputy", &[Duty::Draft]) };
    let stead = |me: &Me| in_whose_stead(&revision, Step::Secrecy, me).map(|l| l.map(|l| l.of.clone()));
    let codes = |me: &Me| stead(me).map_err(|r| r.code);
    assert_eq!(codes(&deputy(&["officer"])), Ok(Some("officer".to_owned())));
    assert_eq!(codes(&deputy(&["author"])), Err("lent-by-author"), "not in an author's stead");
    assert_eq!(codes(&deputy(&["author", "officer"])), Ok(Some("officer".to_owned())));
    assert_eq!(codes(&deputy(&[])), Err("wrong-duty"));
    let own = Me { lent: vec![lent("author")], ..person("officer", &[Duty::SecrecyReview]) };
    assert_eq!(codes(&own), Ok(None), "one's own comes first");
    let (kind, hash) = (Kind::parse("notice").expect("a kind"), revision.hash);
    let author = Me { lent: vec![lent("officer")], ..person("author", &[Duty::Draft]) };
    let barred = may_review(kind, &revision, &[], Step::Secrecy, &author, &hash);
    assert_eq!(barred.iter().map(|r| r.code).collect::<Vec<_>>(), ["own-review"], "an author never reviews");

    let in_stead = Review { acting_for: Some("author".into()), ..review(Step::Secrecy, "deputy", Verdict::Pass, hash) };
    assert_eq!(refused(&revision, &[in_stead], &[], None), ["own-review"], "the gate asks it again");
}

#[test]
fn an_author_takes_back_what_nobody_has_decided_on() {
    let revision = revision("notice", &[], "正文");
    let (author, other) = (person("helper", &[Duty::Draft]), person("other", &[Duty::Draft]));
    for (state, me, wanted) in [
        (State::InReview(Step::Secrecy), &author, Ok(())),
        (State::InReview(Step::Secrecy), &other, Err("not-author")),
        (State::TakenBack, &author, Err("taken-back")),
        (State::Passed, &author, Err("decided")),
        (State::Published, &author, Err("decided")),
    ] {
        assert_eq!(may_take_back(state, &revision, me).map_err(|r| r.code), wanted, "{state:?}");
    }
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
            r#""fields":{"also":[],"author":"","class":"","column":"results/policies","effective":null,"#,
            r#""expires":null,"formed":"2017-05-26","ground":"O20-1","issuer":"","keywords":"","note":"","#,
            r#""openness":"open","source":"","summary":""},"#,
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

#[test]
fn a_correction_says_what_was_wrong_and_a_leak_leaves_nothing_behind() {
    let notice = Kind::parse("notice").expect("a kind");
    let read = |pairs: &[(&str, &str)]| read_fields(Law::built_in(), notice, &typed(pairs), today());
    let fields = |pairs: &[(&str, &str)]| read(pairs).expect("good").fields;
    let said = [("change", "电话写错一位")];
    let private = [("change", "名单误列身份证号"), ("correction", "privacy")];
    let other = [("change", "改"), ("correction", "error")];
    for (pairs, corrects, hidden, wanted) in [
        (&[][..], false, None, &[][..]),
        (&[][..], true, None, &["change-missing"][..]),
        (&said[..], true, None, &[][..]),
        (&said[..], true, Some(""), &["hide-unsaid"][..]),
        (&said[..], true, Some("error"), &[][..]),
        (&said[..], true, Some("privacy"), &["correction-ordinary"][..]),
        (&private[..], true, Some("privacy"), &[][..]),
        (&private[..], true, None, &[][..]),
        (&other[..], true, None, &["correction-unknown"][..]),
    ] {
        let why = correction_faults(&fields(pairs), corrects, hidden);
        let codes: Vec<&str> = why.iter().map(|r| r.code).collect();
        assert_eq!(codes, wanted, "{pairs:?} {hidden:?}");
    }
}
