//! Small documents, made as office programs make them.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub const PLAN: &str = include_str!("../data/plan.txt");

/// A container with these parts.
pub fn pack<B: AsRef<[u8]>>(parts: &[(&str, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(bytes.as_ref()).expect("writes");
    }
    zip.finish().expect("ends").into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A paragraph of DOCX.
pub fn wp(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text))
}

/// A DOCX with this body and further parts.
pub fn docx(body: &str, more: &[(&str, String)]) -> Vec<u8> {
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let document =
        format!("<?xml version=\"1.0\"?><w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>");
    let mut parts = vec![("[Content_Types].xml", "<Types/>".to_owned()), ("word/document.xml", document)];
    parts.extend(more.iter().cloned());
    pack(&parts)
}

pub fn plan_docx() -> Vec<u8> {
    let body: String = PLAN.lines().map(|line| wp(&format!("　　{}", line.trim()))).collect();
    docx(&body, &[])
}

/// A workbook: sheets with their attributes and their XML, strings, formats.
pub fn xlsx(sheets: &[(&str, &str)], strings: &[&str], formats: &str, more: &[(&str, String)]) -> Vec<u8> {
    let list: String = (1..).zip(sheets).map(|(n, (named, _))| format!("<sheet {named} r:id=\"r{n}\"/>")).collect();
    let relations: String =
        (1..=sheets.len()).map(|n| format!("<Relationship Id=\"r{n}\" Target=\"worksheets/sheet{n}.xml\"/>")).collect();
    let strings: String = strings.iter().map(|text| format!("<si><t>{}</t></si>", escaped(text))).collect();
    let names: Vec<String> = (1..=sheets.len()).map(|n| format!("xl/worksheets/sheet{n}.xml")).collect();
    let mut parts = vec![
        ("xl/workbook.xml", format!("<workbook xmlns:r=\"r\"><sheets>{list}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>")),
        ("xl/sharedStrings.xml", format!("<sst>{strings}</sst>")),
        ("xl/styles.xml", format!("<styleSheet>{formats}</styleSheet>")),
    ];
    parts.extend(
        names.iter().zip(sheets).map(|(name, (_, xml))| (name.as_str(), format!("<worksheet>{xml}</worksheet>"))),
    );
    parts.extend(more.iter().cloned());
    pack(&parts)
}

/// Lines of 28 Chinese letters, as a page of a paper has them: an indent of two, a title in the middle. Where a line
/// begins, in letters, and its words.
pub fn set(paragraphs: &[&str]) -> Vec<(f64, String)> {
    let wide = |c: char| if c < '\u{2e80}' && !"“”‘’—…·".contains(c) { 0.5 } else { 1.0 };
    let mut lines = vec![];
    for (n, text) in paragraphs.iter().enumerate() {
        let width: f64 = text.chars().map(wide).sum();
        if n == 0 && width < 28.0 {
            lines.push(((28.0 - width) / 2.0, (*text).to_owned()));
            continue;
        }
        let (mut at, mut line, mut begin) = (2.0, String::new(), 2.0);
        for c in text.chars() {
            if at + wide(c) > 28.0 {
                lines.push((begin, std::mem::take(&mut line)));
                (at, begin) = (0.0, 0.0);
            }
            at += wide(c);
            line.push(c);
        }
        lines.push((begin, line));
    }
    lines
}

/// Lines of a page of PDF: points from the left and from the foot, and the words.
pub type Words<'a> = Vec<(f64, f64, &'a str)>;

/// A PDF of these pages, in a predefined Chinese font. A page without words is a scanned image.
pub fn pdf(pages: &[Words], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let below = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light",
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"),
            "Supplement" => 2,
        },
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![below.into()],
    });
    let image = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray",
            "BitsPerComponent" => 8,
        },
        vec![0],
    );
    let image = document.add_object(image);
    let mut kids = vec![];
    for words in pages {
        let mut all = vec![];
        for (x, y, text) in words {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            all.push(Operation::new("BT", vec![]));
            all.push(Operation::new("Tf", vec!["F1".into(), 10.into()]));
            all.push(Operation::new("Td", vec![(*x as f32).into(), (*y as f32).into()]));
            all.push(Operation::new("Tj", vec![Object::String(bytes, lopdf::StringFormat::Hexadecimal)]));
            all.push(Operation::new("ET", vec![]));
        }
        if words.is_empty() {
            all.push(Operation::new("Do", vec!["I1".into()]));
        }
        let content = Content { operations: all }.encode().expect("encodes");
        let content = document.add_object(Stream::new(dictionary! {}, content));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => root, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 400.into(), 600.into()],
            "Resources" => dictionary! {
                "Font" => dictionary! { "F1" => font }, "XObject" => dictionary! { "I1" => image },
            },
        });
        kids.push(page.into());
    }
    let count = kids.len() as i64;
    document.objects.insert(root, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    change(&mut document);
    let mut bytes = vec![];
    document.compress();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

/// Thirty lines a page, each page with its number.
fn sheets(lines: &[(f64, String)]) -> Vec<Vec<(f64, f64, String)>> {
    let mut all = vec![];
    for (n, page) in lines.chunks(30).enumerate() {
        let mut words: Vec<(f64, f64, String)> =
            (0..).zip(page).map(|(row, (x, text))| (60.0 + 10.0 * x, f64::from(row) * 16.0, text.clone())).collect();
        words.push((185.0, 500.0, format!("— {} —", n + 1)));
        all.push(words);
    }
    all
}

fn plan_lines() -> Vec<(f64, String)> {
    set(&PLAN.lines().map(str::trim).collect::<Vec<_>>())
}

pub fn plan_pdf() -> Vec<u8> {
    let sheets = sheets(&plan_lines());
    let pages: Vec<Words> =
        sheets.iter().map(|page| page.iter().map(|(x, y, text)| (*x, 560.0 - y, text.as_str())).collect()).collect();
    pdf(&pages, |_| {})
}

/// An OFD of these pages: millimetres from the left and from the top, and the words.
pub fn ofd(pages: &[Vec<(f64, f64, String)>], more: &[(&str, String)]) -> Vec<u8> {
    let list: String =
        (0..pages.len()).map(|n| format!("<ofd:Page ID=\"{n}\" BaseLoc=\"Pages/Page_{n}/Content.xml\"/>")).collect();
    let names: Vec<String> = (0..pages.len()).map(|n| format!("Doc_0/Pages/Page_{n}/Content.xml")).collect();
    let extra = if more.is_empty() {
        ""
    } else {
        "<ofd:Annotations>Annots.xml</ofd:Annotations><ofd:Attachments>/Doc_0/Attachments.xml</ofd:Attachments>"
    };
    let mut parts = vec![
        (
            "OFD.xml",
            "<ofd:OFD><ofd:DocBody><ofd:DocInfo><ofd:Author>经办人</ofd:Author></ofd:DocInfo>\
             <ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
                .to_owned(),
        ),
        ("Doc_0/Document.xml", format!("<ofd:Document><ofd:Pages>{list}</ofd:Pages>{extra}</ofd:Document>")),
    ];
    let content = |words: &Vec<(f64, f64, String)>| {
        let text = |(x, y, text): &(f64, f64, String)| {
            format!(
                "<ofd:TextObject Boundary=\"{x} {y} 300 12\" Size=\"10\"><ofd:TextCode X=\"0\" Y=\"9\" DeltaX=\"{}\">{}\
                 </ofd:TextCode></ofd:TextObject>",
                steps(text),
                escaped(text)
            )
        };
        let image = if words.is_empty() { "<ofd:ImageObject ResourceID=\"9\"/>" } else { "" };
        let texts: String = words.iter().map(text).collect();
        format!("<ofd:Page><ofd:Content><ofd:Layer>{image}{texts}</ofd:Layer></ofd:Content></ofd:Page>")
    };
    parts.extend(names.iter().zip(pages).map(|(name, words)| (name.as_str(), content(words))));
    parts.extend(more.iter().cloned());
    pack(&parts)
}

/// How far each letter stands from the one before.
fn steps(text: &str) -> String {
    let wide = |c: char| if c < '\u{2e80}' && !"“”‘’—…·".contains(c) { "5" } else { "10" };
    let count = text.chars().count();
    text.chars().take(count.saturating_sub(1)).map(wide).collect::<Vec<_>>().join(" ")
}

pub fn plan_ofd() -> Vec<u8> {
    ofd(&sheets(&plan_lines()), &[])
}
