//! The streams of a PDF without what the plan takes out, the pictures under the blocks, and the blocks with their
//! reasons.

use super::pdf_cut::{Cut, FOOT, Page, media_box, overlap};
use super::{picture, unfit};
use crate::pdf::STREAM_MOST;
use crate::pdf::pen::{Image, Place, Rect};
use crate::wire::broken;
use kernel::Refusal;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use std::collections::BTreeMap;

/// The codes of strings that go: where each begins and ends, and the way it took, in thousandths of the size.
type Gone = BTreeMap<Place, BTreeMap<usize, (usize, f64)>>;

/// Takes out what the plan says.
///
/// # Errors
/// `copy-unfit` where a stream or a picture cannot be written anew.
pub fn apply(document: &mut Document, cut: &Cut) -> Result<(), Refusal> {
    let mut forms: BTreeMap<ObjectId, Gone> = BTreeMap::new();
    for page in cut.pages.iter().filter(|page| !page.blocks.is_empty()) {
        let mut own = Gone::new();
        for glyph in page.glyphs.iter().map(|at| &page.trace.glyphs[*at]) {
            let stream = glyph.stream.map_or(&mut own, |id| forms.entry(id).or_default());
            stream.entry(glyph.place).or_default().insert(glyph.bytes.start, (glyph.bytes.end, glyph.back));
        }
        let content = document.get_page_content_with_limit(page.id, STREAM_MOST).map_err(|_| broken())?;
        let mut operations = without(&content, &own)?;
        pixels(document, page)?;
        mark(document, page, &mut operations)?;
    }
    for (id, gone) in forms {
        let Ok(Object::Stream(stream)) = document.get_object_mut(id) else { return Err(broken()) };
        let content = stream.get_plain_content_with_limit(STREAM_MOST).map_err(|_| broken())?;
        let made = Content { operations: without(&content, &gone)? }.encode().map_err(|_| broken())?;
        stream.set_plain_content(made);
    }
    Ok(())
}

/// The operations of a stream without some of the codes that it shows. What is left stands where it stood.
fn without(content: &[u8], gone: &Gone) -> Result<Vec<Operation>, Refusal> {
    let torn = || unfit("PDF 的页面内容写法特殊，不能改动。请把这一页打印后扫描成图片，再按位置遮盖。");
    let operations: Result<Vec<Operation>, _> = Content::decode_iter(content).collect();
    let mut made = vec![];
    for (n, mut operation) in operations.map_err(|_| torn())?.into_iter().enumerate() {
        if operation.operator == "BI" && operation.operands.is_empty() {
            return Err(torn());
        }
        // Words that stand for a stretch of the page, for those who do not see it.
        for operand in &mut operation.operands {
            if let Object::Dictionary(about) = operand {
                [b"ActualText".as_slice(), b"Alt", b"E"].iter().for_each(|key| drop(about.remove(key)));
            }
        }
        if gone.range((n, 0)..=(n, usize::MAX)).next().is_none() {
            made.push(operation);
            continue;
        }
        let last = operation.operands.pop();
        let parts = match last {
            Some(Object::Array(parts)) => parts,
            Some(string) => vec![string],
            None => return Err(torn()),
        };
        match (operation.operator.as_str(), operation.operands.as_slice()) {
            ("'", _) => made.push(Operation::new("T*", vec![])),
            ("\"", [word, letter]) => {
                made.push(Operation::new("Tw", vec![word.clone()]));
                made.push(Operation::new("Tc", vec![letter.clone()]));
                made.push(Operation::new("T*", vec![]));
            }
            _ => {}
        }
        let cut = |(part, object): (usize, Object)| shortened(object, gone.get(&(n, part)));
        let parts: Vec<Object> = parts.into_iter().enumerate().flat_map(cut).collect();
        made.push(Operation::new("TJ", vec![parts.into()]));
    }
    Ok(made)
}

/// A string without some of its codes: pieces, and between them the way that the codes took.
fn shortened(object: Object, gone: Option<&BTreeMap<usize, (usize, f64)>>) -> Vec<Object> {
    let (Object::String(bytes, format), Some(gone)) = (&object, gone) else { return vec![object] };
    let (mut made, mut from) = (vec![], 0);
    for (begin, (end, back)) in gone {
        if *begin > from {
            made.push(Object::String(bytes[from..*begin].to_vec(), *format));
        }
        made.push(Object::Real(*back as f32));
        from = *end;
    }
    if from < bytes.len() {
        made.push(Object::String(bytes[from..].to_vec(), *format));
    }
    made
}

/// Makes the pixels under the blocks of a page solid, in every picture that lies there, and in what shapes it.
fn pixels(document: &mut Document, page: &Page) -> Result<(), Refusal> {
    for Image { id, rect, matrix } in &page.trace.images {
        for (block, _) in page.blocks.iter().filter(|(block, _)| overlap(block, rect)) {
            let id =
                id.ok_or_else(|| unfit("PDF 的页面里直接写着图像，不能改动。请打印后扫描成图片，再按位置遮盖。"))?;
            let (across, down) = within(matrix, block).ok_or_else(broken)?;
            let shape = document.get_object(id).and_then(Object::as_stream).map_err(|_| broken())?;
            let shapes =
                [b"SMask".as_slice(), b"Mask"].map(|key| shape.dict.get(key).and_then(Object::as_reference).ok());
            for one in std::iter::once(id).chain(shapes.into_iter().flatten()) {
                paint(document, one, across, down)?;
            }
        }
    }
    Ok(())
}

/// The part of a picture that a block covers: from and to, across and down, each from 0 to 1.
fn within(matrix: &[f64; 6], block: &Rect) -> Option<([f64; 2], [f64; 2])> {
    let [a, b, c, d, e, f] = *matrix;
    let area = a * d - b * c;
    if area.abs() < 1e-9 {
        return None;
    }
    let mut found = ([1.0_f64, 0.0_f64], [1.0_f64, 0.0_f64]);
    for (x, y) in [(block[0], block[1]), (block[2], block[1]), (block[0], block[3]), (block[2], block[3])] {
        let (u, v) = ((d * (x - e) - c * (y - f)) / area, (a * (y - f) - b * (x - e)) / area);
        let v = 1.0 - v;
        found.0 = [found.0[0].min(u.clamp(0.0, 1.0)), found.0[1].max(u.clamp(0.0, 1.0))];
        found.1 = [found.1[0].min(v.clamp(0.0, 1.0)), found.1[1].max(v.clamp(0.0, 1.0))];
    }
    Some(found)
}

fn paint(document: &mut Document, id: ObjectId, across: [f64; 2], down: [f64; 2]) -> Result<(), Refusal> {
    let says = "PDF 里的图像用了不能改动的格式。请把这一页另存为 JPG 或者 PNG，上传以后再遮盖。";
    let Ok(Object::Stream(stream)) = document.get_object_mut(id) else { return Err(broken()) };
    let number = |key: &[u8]| stream.dict.get(key).and_then(Object::as_i64).ok().filter(|n| (1..=20_000).contains(n));
    let (Some(wide), Some(high)) = (number(b"Width"), number(b"Height")) else { return Err(unfit(says)) };
    let filters: Vec<Vec<u8>> = stream.filters().unwrap_or_default().into_iter().map(<[u8]>::to_vec).collect();
    let span = |part: [f64; 2], most: i64| {
        picture::side(part[0] * most as f64, (part[1] - part[0]) * most as f64, most as u32).unwrap_or(0..0)
    };
    let (across, down) = (span(across, wide), span(down, high));
    if filters == [b"DCTDecode".to_vec()] {
        let (image, colours) = picture::decode_as_stored(&stream.content)?;
        let mut image = match colours {
            1 | 3 => image,
            _ => return Err(unfit(says)),
        };
        picture::fill(&mut image, across, down);
        stream.set_content(picture::encode_jpeg(&image)?);
        return Ok(());
    }
    if filters.iter().any(|f| ![b"FlateDecode".as_slice(), b"LZWDecode", b"ASCII85Decode"].contains(&f.as_slice())) {
        return Err(unfit(says));
    }
    let mut samples = stream.get_plain_content_with_limit(4 * STREAM_MOST).map_err(|_| broken())?;
    let row = samples.len() / high as usize;
    let at = |x: u32| (x as usize * row) as f64 / wide as f64;
    let bytes = (at(across.start).floor() as usize).saturating_sub(1)..(at(across.end).ceil() as usize + 1).min(row);
    for y in down {
        let line = y as usize * row;
        samples.get_mut(line + bytes.start..line + bytes.end).ok_or_else(broken)?.fill(0);
    }
    stream.set_plain_content(samples);
    Ok(())
}

/// Draws the blocks and their reasons over a page, in a form of its own.
fn mark(document: &mut Document, page: &Page, operations: &mut Vec<Operation>) -> Result<(), Refusal> {
    let of_page = media_box(document, page.id);
    let below = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light",
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"),
            "Supplement" => 2,
        },
    });
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light", "Encoding" => "UniGB-UCS2-H",
        "DescendantFonts" => vec![below.into()],
    };
    let numbers = |all: &[f64]| -> Vec<Object> { all.iter().map(|n| Object::Real(*n as f32)).collect() };
    let mut drawing = vec![Operation::new("g", vec![0.into()])];
    for (rect, _) in &page.blocks {
        drawing.push(Operation::new("re", numbers(&[rect[0], rect[1], rect[2] - rect[0], rect[3] - rect[1]])));
        drawing.push(Operation::new("f", vec![]));
    }
    for ([x, y], words, size) in page.marks() {
        let foot = x.is_nan();
        let at = if foot { [of_page[0] + 20.0, of_page[1] + 8.0 + y * 1.4 * FOOT] } else { [x, y] };
        let bytes = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
        drawing.push(Operation::new("g", vec![if foot { 0 } else { 1 }.into()]));
        drawing.push(Operation::new("BT", vec![]));
        drawing.push(Operation::new("Tf", vec!["F".into(), Object::Real(size as f32)]));
        drawing.push(Operation::new("Td", numbers(&at)));
        drawing.push(Operation::new("Tj", vec![Object::String(bytes, StringFormat::Hexadecimal)]));
        drawing.push(Operation::new("ET", vec![]));
    }
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&of_page),
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    };
    let content = Content { operations: drawing }.encode().map_err(|_| broken())?;
    let form = document.add_object(Stream::new(form, content));
    let mut resources = resources(document, page.id);
    let mut forms = resources.get_deref(b"XObject", document).and_then(Object::as_dict).cloned().unwrap_or_default();
    forms.set("Redacted", form);
    resources.set("XObject", forms);
    // Whatever state the page ends in, the marks begin in the state of a page.
    let open = |word: &str| operations.iter().filter(|o| o.operator == word).count();
    let missing = open("q").saturating_sub(open("Q"));
    operations.insert(0, Operation::new("q", vec![]));
    operations.extend((0..=missing).map(|_| Operation::new("Q", vec![])));
    operations.push(Operation::new("Do", vec!["Redacted".into()]));
    let content = Content { operations: std::mem::take(operations) }.encode().map_err(|_| broken())?;
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let own = document.get_dictionary_mut(page.id).map_err(|_| broken())?;
    own.set("Contents", content);
    own.set("Resources", resources);
    Ok(())
}

/// The resources of a page, its own or those above it.
fn resources(document: &Document, page: ObjectId) -> Dictionary {
    let Ok((own, above)) = document.get_page_resources(page) else { return Dictionary::new() };
    let above = above.first().and_then(|id| document.get_dictionary(*id).ok());
    own.or(above).cloned().unwrap_or_default()
}
