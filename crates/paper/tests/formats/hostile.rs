//! Bombs, loops, programs, broken files: refused in bounded time, and never more than refused.

use super::PNG;
use super::make::{docx, pack, pdf, plan_docx, plan_ofd, plan_pdf, xlsx};
use super::sheets::{FORMATS, SHEET};
use kernel::block;
use lopdf::dictionary;
use paper::read;
use proptest::prelude::*;

fn code(name: &str, bytes: &[u8]) -> &'static str {
    read(name, bytes).expect_err(name).code
}

#[test]
fn what_no_one_should_read_is_refused() {
    let deep = format!("{}{}", "<w:p>".repeat(5_000), "</w:p>".repeat(5_000));
    let entities = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><w:document>&b;</w:document>";
    let zeros = vec![0_u8; 300 << 20];
    let names: Vec<String> = (0..100_000).map(|n| format!("word/{n}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let script = pdf(&[vec![(60.0, 560.0, "正文。")]], |document| {
        document.add_object(dictionary! { "S" => "JavaScript", "JS" => lopdf::Object::string_literal("app.alert(1)") });
    });
    let looped = pdf(&[vec![(60.0, 560.0, "正文。")]], |document| {
        let pages =
            document.catalog().and_then(|c| c.get(b"Pages")).and_then(lopdf::Object::as_reference).expect("pages");
        let again: Vec<lopdf::Object> = vec![pages.into()];
        document.get_dictionary_mut(pages).expect("pages").set("Kids", again);
    });
    let parts = [("word/document.xml", "<w:document/>"), ("word/vbaProject.bin", "x")];
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("macro.docx", pack(&parts), "file-macro"),
        ("deep.docx", docx(&deep, &[]), "file-bomb"),
        ("entities.docx", pack(&[("word/document.xml", entities)]), "file-bomb"),
        ("zeros.docx", pack(&[("word/document.xml", &zeros[..])]), "file-bomb"),
        ("many.docx", pack(&many), "file-bomb"),
        ("long.docx", docx(&"<w:p/>".repeat(paper::MAX_PIECES + 1), &[]), "file-long"),
        ("empty.docx", docx("", &[]), "file-empty"),
        ("broken.docx", pack(&[("word/document.xml", "<w:document><w:p></w:document>")]), "file-broken"),
        ("cut.docx", plan_docx()[..2_000].to_vec(), "file-broken"),
        ("files.zip", pack(&[("a.txt", "甲")]), "file-format"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1----".to_vec(), "file-format"),
        ("scan.png", PNG.to_vec(), "file-format"),
        ("wrong.pdf", plan_docx(), "file-mismatch"),
        ("wrong.docx", plan_pdf(), "file-mismatch"),
        ("wrong.xlsx", "甲乙".into(), "file-mismatch"),
        ("script.pdf", script, "file-macro"),
        ("loop.pdf", looped, "file-broken"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<<".to_vec(), "file-broken"),
        ("none.ofd", pack(&[("OFD.xml", "<ofd:OFD/>")]), "file-broken"),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(code(name, &bytes), expected, "{name}");
        assert!(paper::wire::CODES.contains(&expected));
    }
}

#[test]
fn an_answer_is_the_reading() {
    let read_here = read("plan.docx", &plan_docx()).expect("reads");
    let answer = paper::wire::answer("plan.docx", &plan_docx());
    assert_eq!(paper::wire::understand(&answer), Some(Ok(read_here)));
    let refused = paper::wire::answer("a.rtf", b"{\\rtf");
    assert_eq!(
        paper::wire::understand::<paper::Imported>(&refused).expect("whole").expect_err("refused").code,
        "file-format"
    );
    assert_eq!(paper::wire::understand::<paper::Imported>(&answer[..answer.len() - 1]), None);
    assert_eq!(paper::wire::understand::<paper::Imported>(b""), None);
}

pub fn samples() -> &'static [(&'static str, Vec<u8>)] {
    static ALL: std::sync::OnceLock<Vec<(&str, Vec<u8>)>> = std::sync::OnceLock::new();
    let sheets = [("name=\"收支\"", SHEET)];
    ALL.get_or_init(|| {
        vec![
            ("plan.docx", plan_docx()),
            ("plan.pdf", plan_pdf()),
            ("plan.ofd", plan_ofd()),
            ("a.xlsx", xlsx(&sheets, &["甲", "乙"], FORMATS, &[])),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// A file that was cut or hurt on its way is refused or read; what is read is a body, never longer than may be.
    #[test]
    fn a_hurt_file_is_refused_or_read(which in 0_usize..4, cut in any::<prop::sample::Index>(), whole in any::<bool>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let (name, bytes) = &samples()[which];
        let mut bytes = bytes.clone();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        match read(name, &bytes) {
            Ok(found) => {
                prop_assert!(found.words.len() <= 2 * paper::MAX_PIECES);
                let text = kernel::notation::write(&found.blocks);
                prop_assert_eq!(kernel::notation::parse(&text), found.blocks);
            }
            Err(why) => prop_assert!(paper::wire::CODES.contains(&why.code), "{}", why.code),
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(
        begin in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"%PDF-1.5\n", b"<html>"]),
        rest in any::<Vec<u8>>(),
    ) {
        let bytes = [begin, &rest].concat();
        if let Err(why) = read("a", &bytes) {
            prop_assert!(paper::wire::CODES.contains(&why.code));
        }
    }

    /// Any XML in a document's body gives blocks that may be stored.
    #[test]
    fn any_docx_gives_valid_blocks(parts in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r><w:t>甲</w:t></w:r>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:tcPr><w:gridSpan w:val=\"3\"/></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>", "<w:r><w:br/></w:r>",
        "<w:r><w:tab/></w:r>",
        "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>", "<w:pPr><w:jc w:val=\"center\"/></w:pPr>",
        "<w:r><w:t>2017年5月26日</w:t></w:r>", "<w:r><w:t>发布日期：</w:t></w:r>",
    ]), 0..40)) {
        // Only what is well nested is read at all: every open element is closed in its turn.
        let (mut body, mut open) = (String::new(), vec![]);
        for part in parts {
            match part {
                "<w:p>" | "<w:tbl>" | "<w:tr>" | "<w:tc>" => {
                    open.push(part.replace('<', "</"));
                    body.push_str(part);
                }
                part if part.starts_with("</") => body.extend(open.pop()),
                part => body.push_str(part),
            }
        }
        body.extend(open.into_iter().rev());
        if let Ok(found) = read("a.docx", &docx(&body, &[])) {
            prop_assert_eq!(block::validate(&found.blocks), vec![]);
        }
    }
}
