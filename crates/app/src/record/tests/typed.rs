//! Typed fields: every type both ways, every kind's table, every refusal.

use super::{today, typed};
use crate::record::desk::NAMES;
use crate::record::field::{Audience, Is, Need, document_number, host};
use crate::record::kind::{KINDS, Kind, documents};
use crate::record::rules::read_fields;
use crate::record::typed as fields;
use kernel::Day;
use law::Law;
use std::collections::BTreeMap;

const STAGES: &[(&str, &str)] = &[("intent", "采购意向"), ("result", "结果")];

#[test]
fn each_type_reads_keeps_and_shows() {
    for (is, text, kept, shown) in [
        (Is::Text(4), " 甲\n乙 ", "甲 乙", "甲 乙"),
        (Is::Lines(9), "甲\r\n乙", "甲\n乙", "甲\n乙"),
        (Is::Choice(STAGES), "intent", "intent", "采购意向"),
        (Is::Choice(STAGES), "采购意向", "intent", "采购意向"),
        (Is::YesNo, "是", "yes", "是"),
        (Is::Day, "2026年5月9日", "2026-05-09", "2026-05-09"),
        (Is::Money, "12.5", "12500000", "12.50 万元"),
        (Is::Money, "１，２３４.５６万元", "1234560000", "1,234.56 万元"),
        (Is::Money, "0", "0", "0.00 万元"),
        (Is::Money, "0.000001", "1", "0.000001 万元"),
        (Is::Number("人"), "12人", "12", "12 人"),
        (Is::Number("年"), "２０２６", "2026", "2026年"),
        (Is::Person, "张三、李四", "张三、李四", "张三、李四"),
        (Is::Web, "http://www.ccgp.gov.cn/a?b=1", "http://www.ccgp.gov.cn/a?b=1", "http://www.ccgp.gov.cn/a?b=1"),
        (
            Is::Reference,
            "株牧渔发[2017]012号；4302SHILI/2026-00001",
            "株牧渔发〔2017〕12号、4302SHILI/2026-00001",
            "株牧渔发〔2017〕12号、4302SHILI/2026-00001",
        ),
        (
            Is::Outcomes,
            "株牧渔发〔2012〕3号 废止\n株牧渔发〔2013〕1号　继续有效",
            "株牧渔发〔2012〕3号\trepealed\n株牧渔发〔2013〕1号\tkept",
            "株牧渔发〔2012〕3号 废止；株牧渔发〔2013〕1号 继续有效",
        ),
    ] {
        assert_eq!(is.read(text).as_deref(), Ok(kept), "{text}");
        assert_eq!(is.shown(kept), shown, "{text}");
        assert_eq!(is.read(&is.typed(kept)).as_deref(), Ok(kept), "{text}: the form gives back what was kept");
    }
}

#[test]
fn what_is_of_another_type_is_told_what_to_write() {
    for (is, text) in [
        (Is::Text(4), "甲乙丙丁戊"),
        (Is::Choice(STAGES), "别的"),
        (Is::Day, "明天"),
        (Is::Money, "-1"),
        (Is::Money, "1.2345678"),
        (Is::Money, "十万"),
        (Is::Money, "1234567890"),
        (Is::Number("人"), "1.5"),
        (Is::Person, "张三13912345678"),
        (Is::Web, "www.ccgp.gov.cn"),
        (Is::Web, "javascript:alert(1)"),
        (Is::Web, "https://x"),
        (Is::Reference, "那份文件"),
        (Is::Reference, "4302SHILI/2026"),
        (Is::Outcomes, "株牧渔发〔2012〕3号"),
        (Is::Outcomes, "株牧渔发〔2012〕3号 作废"),
        (Is::Outcomes, "株牧渔发〔2012〕3号 废止\n株牧渔发[2012]3号 失效"),
    ] {
        let says = is.read(text).expect_err(text);
        assert!(says.ends_with('。'), "{says}");
    }
}

#[test]
fn a_document_number_has_one_form() {
    for (text, wanted) in [
        ("株牧渔发〔2017〕12号", Some("株牧渔发〔2017〕12号")),
        ("株牧渔发[2017]12号", Some("株牧渔发〔2017〕12号")),
        ("株牧渔发（２０１７） 第012号", Some("株牧渔发〔2017〕12号")),
        ("国务院令第711号", Some("国务院令第711号")),
        ("株牧渔发〔17〕12号", None),
        ("〔2017〕12号", None),
        ("2017年12号", None),
        ("", None),
    ] {
        assert_eq!(document_number(text).as_deref(), wanted, "{text}");
    }
    assert_eq!((host("https://www.ccgp.gov.cn:443/a"), host("无")), ("www.ccgp.gov.cn", ""));
}

/// A name is part of bytes, addresses and the API: it means one thing, and is nothing else that a form sends.
#[test]
fn one_name_is_one_field_in_all_kinds() {
    let mut known: BTreeMap<&str, (&str, Is, Audience)> = BTreeMap::new();
    let of_lists = ["year", "q", "page", "size", "validity", "from", "place", "limit", "before"];
    for kind in KINDS {
        assert!(kind.fields.iter().filter(|f| f.is_column).count() <= 3, "{}: title and day stand beside", kind.name);
        for (i, f) in kind.fields.iter().enumerate() {
            let is = (f.zh, f.is, f.audience);
            assert_eq!(*known.entry(f.name).or_insert(is), is, "{} {}", kind.name, f.name);
            assert!(!kind.fields[..i].iter().any(|g| g.name == f.name), "{} has {} twice", kind.name, f.name);
            assert!(!of_lists.contains(&f.name), "{} is asked of lists", f.name);
            assert!(!NAMES.contains(&f.name), "{} is a field of every kind", f.name);
            assert!(
                !["text", "do", "version", "csrf", "once", "file", "remove", "kind"].contains(&f.name),
                "{}",
                f.name
            );
            assert!(f.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", f.name);
            assert!(!f.is_filter || matches!(f.is, Is::Choice(_) | Is::YesNo), "{}: a filter is a choice", f.name);
            assert!(f.is_public() || (f.need == Need::Optional && !f.is_column && !f.is_filter), "{}", f.name);
            if let Need::Where(other, words) = f.need {
                let Some(Is::Choice(all)) = kind.fields.iter().find(|g| g.name == other).map(|g| g.is) else {
                    assert_eq!((other, words), ("normative", &["yes"][..]));
                    continue;
                };
                assert!(words.iter().all(|w| all.iter().any(|(word, _)| word == w)), "{} of {}", f.name, kind.name);
            }
        }
    }
}

const PURCHASE: &[(&str, &str)] = &[
    ("stage", "result"),
    ("project-number", "ZZ-2026-01"),
    ("method", "open"),
    ("supplier", "株洲市某养殖设备公司"),
    ("supplier-address", "株洲市天元区"),
    ("award", "48.8"),
    ("settled", "2026-11-19"),
    ("medium", "ccgp-hunan"),
    ("medium-day", "2026-11-20"),
    ("medium-address", "http://www.ccgp-hunan.gov.cn/page/1.html"),
];

const THREE: &[(&str, &str)] = &[
    ("account", "budget"),
    ("fiscal-year", "2026"),
    ("abroad", "0"),
    ("cars-bought", "0"),
    ("cars-run", "12.5"),
    ("reception", "3.2"),
    ("expenses", "15.7"),
    ("abroad-before", "0"),
    ("cars-bought-before", "0"),
    ("cars-run-before", "13"),
    ("reception-before", "3.2"),
    ("expenses-before", "16.2"),
    ("difference", "减少用车。"),
];

const LEADER: &[(&str, &str)] = &[("leader", "张三"), ("post", "副局长"), ("portfolio", "分管渔业。"), ("rank", "2")];

type Pairs = &'static [(&'static str, &'static str)];

/// Kind, a form that is good, what is changed in it, and the refusals with their fields.
const REFUSALS: &[(&str, Pairs, Pairs, Pairs)] = &[
    ("procurement", PURCHASE, &[], &[]),
    ("procurement", PURCHASE, &[("stage", "")], &[("field-missing", "stage")]),
    ("procurement", PURCHASE, &[("medium-day", "2026-11-24")], &[("medium-first", "medium-day")]),
    ("procurement", PURCHASE, &[("medium-day", "")], &[("field-missing", "medium-day")]),
    (
        "procurement",
        PURCHASE,
        &[("medium-address", "http://ccgp-hunan.gov.cn.example.com/1")],
        &[("medium-address", "medium-address")],
    ),
    ("procurement", PURCHASE, &[("medium", "ccgp")], &[("medium-address", "medium-address")]),
    (
        "procurement",
        PURCHASE,
        &[("supplier", ""), ("award", "约五十")],
        &[("field", "award"), ("field-missing", "supplier")],
    ),
    ("procurement", PURCHASE, &[("settled", "2026-12-01")], &[("date-future", "settled")]),
    ("procurement", PURCHASE, &[("stage", "intent")], &[("field-missing", "budget"), ("field-missing", "expected")]),
    ("expense", THREE, &[], &[]),
    ("expense", THREE, &[("reception", "3.3")], &[("sum", "expenses")]),
    ("expense", THREE, &[("expenses-before", "16.3")], &[("sum", "expenses-before")]),
    ("expense", THREE, &[("difference", "")], &[("difference-missing", "difference")]),
    ("expense", THREE, &[("fiscal-year", "26")], &[("year", "fiscal-year")]),
    ("leader", LEADER, &[], &[]),
    ("leader", LEADER, &[("leader", "张三 13912345678")], &[("field", "leader")]),
    ("leader", LEADER, &[("rank", "")], &[("field-missing", "rank")]),
    ("personnel", &[("matter", "award")], &[], &[]),
    (
        "personnel",
        &[("matter", "appointment")],
        &[("decided", "2027-01-01")],
        &[
            ("field-missing", "appointee"),
            ("field-missing", "tenure"),
            ("field-missing", "post"),
            ("date-future", "decided"),
        ],
    ),
    (
        "personnel",
        &[("matter", "recruitment")],
        &[],
        &[("field-missing", "positions"), ("field-missing", "headcount"), ("field-missing", "conditions")],
    ),
    (
        "asset",
        &[
            ("asset-type", "vehicle"),
            ("way", "sale"),
            ("book-value", "12"),
            ("approver", "市财政局"),
            ("approved", "2026-11-02"),
        ],
        &[],
        &[("field-missing", "assessed"), ("field-missing", "proceeds")],
    ),
    ("policy", &[("number", "株牧渔发[2017]12号")], &[], &[]),
    ("policy", &[("number", "十二号文件")], &[], &[("number-form", "number")]),
    ("policy", &[("normative", "yes")], &[], &[("field-missing", "register-number")]),
    (
        "policy",
        &[("normative", "yes"), ("register-number", "ZZCR-2026-00001"), ("effective", "2026-06-01")],
        &[("expires", "2032-01-01")],
        &[("validity-long", "expires")],
    ),
    ("policy", &[("normative", "no")], &[("expires", "2042-01-01")], &[]),
    ("plan", &[("plan-from", "2026")], &[("plan-until", "2025")], &[("plan-order", "plan-until")]),
    ("press", &[("speaker-post", "副局长")], &[], &[("field-missing", "held"), ("speaker-missing", "speaker")]),
    ("cleanup", &[], &[], &[("field-missing", "outcomes")]),
    ("cleanup", &[("outcomes", "株牧渔发〔2012〕3号 废止")], &[], &[]),
];

#[test]
fn every_refusal_of_a_kind_stands_at_its_field() {
    let law = confirmed();
    for (kind, good, changed, faults) in REFUSALS {
        let kind = Kind::parse(kind).expect("a kind");
        let mut form = typed(good);
        form.extend(changed.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        let why = read_fields(law, kind, &form, today()).err().unwrap_or_default();
        let got: Vec<(&str, &str)> = why.iter().map(|r| (r.code, r.field.unwrap_or_default())).collect();
        assert_eq!(got, *faults, "{} {changed:?}: {why:#?}", kind.name);
    }
}

#[test]
fn what_is_for_staff_stands_beside_the_revision() {
    let kind = Kind::parse("procurement").expect("a kind");
    let mut form = typed(PURCHASE);
    form.insert("purchase-file".into(), "采-2026-9".into());
    let filled = read_fields(Law::built_in(), kind, &form, today()).expect("good fields");
    assert_eq!(filled.internal.get("purchase-file").map(String::as_str), Some("采-2026-9"));
    assert!(!filled.fields.data.contains_key("purchase-file"));
    assert_eq!(fields::strays(kind, &filled.fields.data), []);
    let bytes = serde_json::to_string(&filled.fields).expect("JSON");
    assert!(bytes.contains(r#""data":{"award":"48800000","medium":"ccgp-hunan","#), "golden: {bytes}");
    assert!(!bytes.contains("采-2026-9"), "outside the digest, which is public");
    for (name, kept) in [("purchase-file", "采-2026-9"), ("unheard-of", "x"), ("award", "48.8"), ("stage", "结果")] {
        let mut data = filled.fields.data.clone();
        data.insert(name.into(), kept.into());
        assert_eq!(fields::strays(kind, &data).len(), 1, "{name}");
    }
}

/// The law as it is where a bureau has confirmed since when the term of normative documents binds.
fn confirmed() -> &'static Law {
    let mut law = Law::load(&law::Sources::built_in()).expect("the release's own law");
    for clause in law.clauses.iter_mut().filter(|c| c.id.starts_with("DOC-VALID")) {
        clause.wordings.iter_mut().for_each(|w| w.from = Day::new(2020, 1, 1));
    }
    Box::leak(Box::new(law))
}

#[test]
fn a_normative_document_ends_by_itself_where_the_term_is_confirmed() {
    let law = confirmed();
    let kind = Kind::parse("policy").expect("a kind");
    let day = |text: &str| Day::parse(text).expect("a day");
    for (title, normative, effective, said, wanted) in [
        ("产地检疫办法", "yes", "2026-06-01", "", Some("2031-06-01")),
        ("产地检疫办法（试行）", "yes", "2026-06-01", "", Some("2028-06-01")),
        ("产地检疫办法", "yes", "2026-06-01", "2027-05-31", Some("2027-05-31")),
        ("产地检疫办法", "yes", "", "", Some("2031-11-23")),
        ("会议纪要", "no", "2026-06-01", "", None),
    ] {
        let form = typed(&[
            ("title", title),
            ("normative", normative),
            ("register-number", "ZZCR-2026-00001"),
            ("effective", effective),
            ("expires", said),
        ]);
        let filled = read_fields(law, kind, &form, today()).expect("good fields");
        let last = documents::expires(law, title, &filled.fields, &filled.late, today());
        assert_eq!(last, wanted.map(day), "{title} {effective} {said}");
        let unconfirmed = documents::expires(Law::built_in(), title, &filled.fields, &filled.late, today());
        assert_eq!(unconfirmed, Day::parse(said), "a rule whose beginning nobody has found applies to nothing");
    }
}
