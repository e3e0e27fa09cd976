//! The rules of 补录 as tables.

use super::rules::{ONE_IN, Signing, TERM_MAX, Told, examine, may_sign, read, sample, sampled, until};
use crate::account::{Duty, Me};
use crate::record::kind::Kind;
use crate::record::model::Typed;
use kernel::Day;
use law::Law;

fn today() -> Day {
    Day::new(2026, 11, 23).expect("a day")
}

fn notice() -> &'static Kind {
    Kind::parse("notice").expect("a kind")
}

const CAPTURE: &str = "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

fn told<'a>(address: &'a str, first_public: &'a str) -> Told<'a> {
    Told { address, first_public, capture: CAPTURE, index_no: "" }
}

#[test]
fn an_old_page_was_public_elsewhere_before_today() {
    for (address, first, code) in [
        ("http://old.gov.cn/art/2015/3/2/1.html?id=5", "2015-03-02", ""),
        ("https://old.gov.cn/a.html#top", "2026-11-22", ""),
        ("http://old.gov.cn/a.html", "2026-11-23", "backdated"),
        ("http://old.gov.cn/a.html", "2027-01-01", "backdated"),
        ("http://old.gov.cn/a.html", "", "first-public"),
        ("http://old.gov.cn/", "2015-03-02", "address"),
        ("http://old.gov.cn", "2015-03-02", "address"),
        ("/art/1.html", "2015-03-02", "address"),
        ("http://old.gov.cn/desk/sign-in", "2015-03-02", "address"),
        ("http://old.gov.cn/records/x/2015-00001", "2015-03-02", "address"),
        ("http://old.gov.cn/a b.html", "2015-03-02", "address"),
    ] {
        let got = read(&told(address, first), notice(), Typed::new(), "正文".into(), today());
        let code_of = got.as_ref().err().map_or("", |why| why[0].code);
        assert_eq!(code_of, code, "{address} {first}");
    }
    let old =
        read(&told("http://old.gov.cn/a.html?x=1#y", "2015-03-02"), notice(), Typed::new(), String::new(), today());
    assert_eq!(old.expect("reads").path, "/a.html?x=1");
    let secret =
        read(&told("http://old.gov.cn/a.html", "2015-03-02"), notice(), Typed::new(), "机密★20年\n文".into(), today());
    assert_eq!(secret.expect_err("refused")[0].code, "secret-mark");
}

#[test]
fn a_finding_or_a_fault_sends_a_page_to_the_desk() {
    let typed = |column: &str| -> Typed {
        [("title", "通知"), ("column", column), ("openness", "open"), ("ground", "O20-1")]
            .map(|(n, v)| (n.to_owned(), v.to_owned()))
            .into()
    };
    for (column, text, clean) in [
        ("results/policies", "正文", true),
        ("results/policies", "领取人身份证号码：430202190501010017。", false),
        ("no/such/column", "正文", false),
        ("results/policies", "", false),
    ] {
        let old = read(&told("http://old.gov.cn/a.html", "2015-03-02"), notice(), typed(column), text.into(), today());
        let page = examine(Law::built_in(), old.expect("reads"), today());
        assert_eq!(page.findings == 0, clean, "{column} {text}");
        assert!(!clean || page.hash.len() == 64, "a clean page has a hash to decide on");
    }
}

#[test]
fn a_sample_is_one_in_fifty_and_can_be_drawn_again() {
    for (listed, wanted) in [(1, 1), (49, 1), (50, 1), (51, 2), (100, 2), (20_000, 400)] {
        assert_eq!(sampled(listed), wanted);
        let drawn = sample(7, listed);
        assert!(drawn.len() == wanted && drawn.is_sorted() && drawn.iter().all(|at| *at < listed), "{listed}");
        assert!(drawn.windows(2).all(|w| w[0] < w[1]), "none twice");
        assert_eq!(drawn, sample(7, listed));
    }
    assert_ne!(sample(7, 20_000), sample(8, 20_000));
    // Every place has its chance: over many seeds each page of a list of fifty is drawn.
    let seen: std::collections::BTreeSet<usize> = (0..2_000).flat_map(|seed| sample(seed, ONE_IN)).collect();
    assert_eq!(seen.len(), ONE_IN);
}

#[test]
fn a_decision_is_signed_by_another_person_who_saw_the_sample_in_its_term() {
    let me = |duty| Me {
        id: "signer".into(),
        name: "s".into(),
        login: "s".into(),
        section: "s".into(),
        section_name: "s".into(),
        duties: vec![duty],
        lent: vec![],
    };
    let officer = me(Duty::SecrecyReview);
    let others = vec!["importer".to_owned()];
    let good = || Signing {
        me: &officer,
        prepared_by: "preparer",
        made_by: &others,
        until: today(),
        today: today(),
        unopened: 0,
        by_others: 0,
        digest: ("d", "d"),
    };
    assert!(may_sign(&good()).is_empty());
    let mine = vec!["signer".to_owned()];
    let clerk = me(Duty::Draft);
    for (case, signing, code) in [
        ("prepared it", Signing { prepared_by: "signer", ..good() }, "own-review"),
        ("took it in", Signing { made_by: &mine, ..good() }, "own-review"),
        ("no duty", Signing { me: &clerk, ..good() }, "wrong-duty"),
        ("unopened", Signing { unopened: 1, ..good() }, "sample"),
        ("ticked by another", Signing { by_others: 1, ..good() }, "sample"),
        ("its term is over", Signing { today: today().plus(1), ..good() }, "until"),
        ("another list", Signing { digest: ("d", "e"), ..good() }, "moved"),
    ] {
        let why = may_sign(&signing);
        assert!(why.len() == 1 && why[0].code == code, "{case}: {why:?}");
    }
}

#[test]
fn a_term_is_short() {
    for (text, good) in
        [("2026-11-23", true), ("2026-11-22", false), ("2026-12-23", true), ("2026-12-24", false), ("", false)]
    {
        assert_eq!(until(text, today()).is_ok(), good, "{text}, at most {TERM_MAX} days");
    }
}
