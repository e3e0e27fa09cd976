//! What office programs save, read whole; and what nobody should have to read, refused.

mod copied_pages;
mod copies;
mod docx;
mod hostile;
mod make;
mod pages;
mod sheets;

use docx::drawing;
use kernel::Block;
use make::{PLAN, docx, ofd, pdf, plan_docx, plan_ofd, plan_pdf, wp, xlsx};
use paper::{HiddenKind, Imported, Spot, read, text};

pub fn p(text: &str) -> Block {
    Block::Paragraph { text: text.into() }
}

pub fn h(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.into() }
}

pub fn given(name: &str, bytes: &[u8]) -> Imported {
    read(name, bytes).unwrap_or_else(|why| panic!("{name}: {}", why.says))
}

pub fn hidden(of: &Imported) -> Vec<(HiddenKind, &str, &str)> {
    of.hidden.iter().map(|h| (h.kind, h.place.as_str(), h.text.as_str())).collect()
}

pub fn words<'a>(of: &'a Imported, spot: &Spot) -> Vec<&'a str> {
    of.words.iter().filter(|w| w.spot == *spot).map(|w| w.text.as_str()).collect()
}

/// Whether the scanner finds a mark in mark position.
fn is_marked(of: &Imported, name: &str) -> bool {
    scan::marks(&of.pieces(name)).iter().any(scan::Finding::blocks)
}

#[test]
fn the_plan_comes_back_the_same_from_every_format() {
    let expected = text(PLAN.as_bytes()).expect("the plan");
    for (name, bytes) in [("plan.docx", plan_docx()), ("plan.pdf", plan_pdf()), ("plan.ofd", plan_ofd())] {
        let found = given(name, &bytes);
        assert_eq!(found.title, expected.title, "{name}");
        let fields = |of: &Imported| of.fields.iter().map(|(n, v)| (n.clone(), v.replace(' ', ""))).collect::<Vec<_>>();
        assert_eq!(fields(&found), fields(&expected), "{name}");
        for (found, expected) in found.blocks.iter().zip(&expected.blocks) {
            assert_eq!(found, expected, "{name}");
        }
        assert_eq!(found.blocks.len(), expected.blocks.len(), "{name}");
        assert!(found.unread.is_empty() && found.pictures.is_empty(), "{name}");
    }
}

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n0000";

#[test]
fn a_mark_is_found_wherever_it_stands() {
    let mark = "机密★10年";
    let header = [("word/header1.xml", format!("<w:hdr>{}</w:hdr>", wp(mark)))];
    let boxed = format!("{}{}", wp("正文"), drawing("", &format!("<w:txbxContent>{}</w:txbxContent>", wp(mark))));
    let property = [("docProps/custom.xml", "<P><property name=\"密级\"><v>机密</v></property></P>".to_owned())];
    let first = [wp(mark), wp("关于某事的通知"), wp("正文。")].concat();
    let quiet = [wp("关于某事的通知"), wp("正文里说到机密文件怎样管理。")].concat();
    let page = vec![(60.0, 560.0, mark), (150.0, 500.0, "关于某事的通知"), (80.0, 460.0, "正文。")];
    let second = vec![(60.0, 560.0, mark), (60.0, 544.0, "这一页接着上一页。")];
    let sheet = [("name=\"表\"", "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData>")];
    let cases: [(&str, Vec<u8>, bool); 9] = [
        ("first.docx", docx(&first, &[]), true),
        ("header.docx", docx(&quiet, &header), true),
        ("box.docx", docx(&boxed, &[]), true),
        ("property.docx", docx(&quiet, &property), true),
        ("quiet.docx", docx(&quiet, &[]), false),
        ("first.pdf", pdf(std::slice::from_ref(&page), |_| {}), true),
        (
            "second.pdf",
            pdf(&[vec![(60.0, 560.0, "这一页没有标志，这一行排得很满很满很满很满。")], second], |_| {}),
            true,
        ),
        ("first.ofd", ofd(&[vec![(60.0, 20.0, mark.into()), (150.0, 60.0, "关于某事的通知".into())]], &[]), true),
        ("first.xlsx", xlsx(&sheet, &[mark], "", &[]), true),
    ];
    for (name, bytes, marked) in cases {
        let found = given(name, &bytes);
        assert_eq!(is_marked(&found, name), marked, "{name}: {:?}", found.words);
    }
}
