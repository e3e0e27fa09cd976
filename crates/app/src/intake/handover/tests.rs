//! The rules of hand-over as tables.

use super::model::{Person, Sent, Stated};
use super::rules::{AGREED_MS, Weighed, agreed, digest, does_not_count, not_by_itself, read};
use crate::account::{Duty, Me};
use crate::posted::Upload;
use crate::record::kind::Step;
use crate::record::model::Typed;
use kernel::{Hash, Instant};

fn typed(pairs: &[(&str, &str)]) -> Typed {
    pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
}

fn now() -> Instant {
    Instant::parse("2026-11-23 09:00").expect("a time")
}

/// Golden: office systems reckon it themselves. If it must change, it is another field beside this one.
#[test]
fn the_digest_is_that_of_canonical_json() {
    let fields = typed(&[("title", "通知"), ("openness", "open"), ("number", "株〔2026〕1号")]);
    let files = [("名单.txt".to_owned(), Hash::of(b"a"))];
    let text = concat!(
        r#"{"fields":{"openness":"open","title":"通知"},"#,
        r#""files":[{"name":"名单.txt","sha256":"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"}],"#,
        r#""kind":"notice","text":"正文"}"#
    );
    assert_eq!(digest("notice", &fields, "正文", &files), Hash::of(text.as_bytes()));
    let late = typed(&[("title", "通知"), ("openness", "open"), ("number", "株〔2026〕2号")]);
    assert_eq!(digest("notice", &fields, "正文", &files), digest("notice", &late, "正文", &files), "文号 comes late");
    assert_ne!(digest("notice", &fields, "正文", &files), digest("notice", &fields, "正文1", &files));
    assert_ne!(digest("notice", &fields, "正文", &files), digest("notice", &fields, "正文", &[]));
}

fn sent(json: &str) -> Sent {
    serde_json::from_str(json).expect("reads")
}

#[test]
fn what_cannot_be_kept_is_refused_with_every_reason() {
    let good = r#"{"source":"oa","number":"1","kind":"notice","author":"u1","text":"正文","fields":{"title":"通知"}}"#;
    assert!(read(sent(good), vec![], now()).is_ok());
    for (change, code) in [
        (r#""source":"OA""#, "source"),
        (r#""number":" ""#, "foreign-number"),
        (r#""kind":"poem""#, "kind-missing"),
        (r#""fields":{"publish":"now"}"#, "field-unknown"),
        (r#""text":"机密★20年\n正文""#, "secret-mark"),
        (r#""ended":"2026-11-23 09:01""#, "moment-future"),
        (r#""ended":"昨天""#, "moment"),
        (r#""reviews":[{"step":"mayor","by":"u2","at":"2026-11-20 10:00","hash":"00","verdict":"pass"}]"#, "step"),
    ] {
        let name = change.split(':').next().expect("a name");
        let mut all: serde_json::Map<String, serde_json::Value> = serde_json::from_str(good).expect("reads");
        let new: serde_json::Map<_, _> = serde_json::from_str(&format!("{{{change}}}")).expect("reads");
        all.extend(new);
        let changed = sent(&serde_json::Value::Object(all).to_string());
        let why = read(changed, vec![], now()).expect_err("refused");
        assert!(why.iter().any(|r| r.code == code), "{name}: {why:?}");
    }
    let twice = || Upload { field: "files".into(), name: "名单.txt".into(), bytes: "甲".into() };
    let why = read(sent(good), vec![twice(), twice()], now()).expect_err("refused");
    assert_eq!(why[0].code, "file-doubled");
}

fn person(id: &str, duty: Duty, agreed: bool) -> Person {
    let me = Me {
        id: id.into(),
        name: id.into(),
        login: id.into(),
        section: "s".into(),
        section_name: "s".into(),
        duties: vec![duty],
        lent: vec![],
    };
    Person { me, agreed }
}

fn stated(by: &str) -> Stated {
    let answers = Step::Secrecy.questions().iter().map(|(name, _)| ((*name).to_owned(), "no".to_owned())).collect();
    let at = now().plus_ms(-1);
    Stated { step: Step::Secrecy, by: by.into(), at, hash: Hash::of(b"text"), passed: true, answers }
}

#[test]
fn a_review_over_there_counts_only_of_this_text_by_another_person_who_agreed() {
    let officer = person("officer", Duty::SecrecyReview, true);
    let author = person("author", Duty::SecrecyReview, true);
    let silent = person("officer", Duty::SecrecyReview, false);
    let clerk = person("clerk", Duty::Draft, true);
    let cases: [(&str, Stated, Option<&Person>, &str); 9] = [
        ("good", stated("u2"), Some(&officer), ""),
        (
            "one digit changed",
            Stated { hash: Hash::of(b"texT"), ..stated("u2") },
            Some(&officer),
            "reviewed-another-text",
        ),
        ("failed", Stated { passed: false, ..stated("u2") }, Some(&officer), "review-refused"),
        ("nobody we know", stated("u2"), None, "user-unknown"),
        ("never agreed", stated("u2"), Some(&silent), "not-agreed"),
        ("the author's own user", stated("u1"), Some(&officer), "own-review"),
        ("the author under another user", stated("u2"), Some(&author), "own-review"),
        ("without the duty", stated("u2"), Some(&clerk), "wrong-duty"),
        ("without answers", Stated { answers: Typed::new(), ..stated("u2") }, Some(&officer), "doubt"),
    ];
    for (case, said, person, code) in cases {
        let w = Weighed { stated: &said, hash: &Hash::of(b"text"), author: ("u1", "author"), person };
        let codes: Vec<&str> = does_not_count(&w).iter().map(|r| r.code).collect();
        assert_eq!(codes.first().copied().unwrap_or_default(), code, "{case}: {codes:?}");
    }
    let mut doubt = stated("u2");
    doubt.answers.insert("privacy".into(), "yes".into());
    let w = Weighed { stated: &doubt, hash: &doubt.hash, author: ("u1", "author"), person: Some(&officer) };
    assert_eq!(does_not_count(&w)[0].code, "doubt");
}

#[test]
fn only_what_is_marked_and_ended_is_published_by_itself() {
    for (openness, ended, code) in [
        ("open", true, None),
        ("open", false, Some("not-ended")),
        ("", true, Some("unmarked")),
        ("yes", true, Some("unmarked")),
        ("on-request", true, Some("not-open")),
        ("withheld", true, Some("not-open")),
    ] {
        assert_eq!(not_by_itself(&typed(&[("openness", openness)]), ended).map(|r| r.code), code, "{openness} {ended}");
    }
    assert_eq!(not_by_itself(&Typed::new(), true).map(|r| r.code), Some("unmarked"), "never open by default");
}

#[test]
fn an_agreement_lasts_a_year() {
    let at = now().plus_ms(-AGREED_MS);
    assert!(!agreed(Some(at.0), now()) && agreed(Some(at.0 + 1), now()) && !agreed(None, now()));
}
