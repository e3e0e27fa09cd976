//! PDF in (ISO 32000-1): words by their places, annotations, properties, files inside. What is only a picture of words
//! is named, not guessed.

mod font;
pub mod pen;

use crate::layout::{Page, take_pages};
use crate::pack::{bomb, locked};
use crate::wire::broken;
use crate::{HiddenKind, Imported, Spot, finish, header, refuse};
use kernel::Refusal;
use kernel::block::clean;
use lopdf::{DecompressError, Dictionary, Document, Error, LoadOptions, Object, ObjectId};
use pen::Pen;

/// What a stream may come to when it is unpacked, in bytes.
pub const STREAM_MOST: usize = 64 << 20;
/// The most pages; real papers stay far below.
const PAGES_MOST: usize = 5_000;

/// Reads a PDF.
///
/// # Errors
/// `file-broken`, `file-locked`, `file-bomb`; `file-macro` for programs; `file-long`, `file-empty`.
pub fn pdf(bytes: &[u8]) -> Result<Imported, Refusal> {
    let document = open(bytes)?;
    let mut imported = Imported::default();
    look_around(&document, &mut imported)?;
    let ids: Vec<ObjectId> = document.page_iter().take(PAGES_MOST + 1).collect();
    if ids.is_empty() {
        return Err(broken());
    }
    if ids.len() > PAGES_MOST {
        return Err(bomb());
    }
    let (mut pages, mut pen) = (vec![], Pen::new(&document));
    for (n, id) in ids.into_iter().enumerate() {
        let number = n + 1;
        let drawn = pen.page(id)?;
        if drawn.runs.is_empty() && drawn.images > 0 {
            imported.unread.push(format!("第 {number} 页是扫描图像"));
        }
        if drawn.lost > 0 {
            imported.unread.push(format!("第 {number} 页有 {} 个字的字体不能还原成文字", drawn.lost));
        }
        annotations(&document, id, number, &mut imported);
        pages.push(Page { number, runs: drawn.runs });
    }
    take_pages(pages, &mut imported)?;
    header::take_fields(&mut imported);
    header::take_title(&mut imported);
    finish(imported)
}

/// The objects of a PDF.
///
/// # Errors
/// `file-broken`, `file-locked`, `file-bomb`.
pub fn open(bytes: &[u8]) -> Result<Document, Refusal> {
    let document = Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(STREAM_MOST));
    let document = document.map_err(refusal)?;
    if document.is_encrypted() { Err(locked()) } else { Ok(document) }
}

fn refusal(error: Error) -> Refusal {
    match error {
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) | Error::RecursionLimit => bomb(),
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => locked(),
        _ => broken(),
    }
}

/// The words of a text string; without the letters that no text has.
fn words(object: &Object) -> String {
    clean(&lopdf::decode_text_string(object).unwrap_or_default())
}

/// Programs, files inside, and properties.
fn look_around(document: &Document, imported: &mut Imported) -> Result<(), Refusal> {
    for object in document.objects.values() {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &stream.dict,
            _ => continue,
        };
        let acts = |name: &[u8]| matches!(dictionary.get(b"S").and_then(Object::as_name), Ok(s) if s == name);
        if acts(b"JavaScript") || acts(b"Launch") || dictionary.has(b"JS") {
            let says = "文件带有脚本或者启动程序的动作，不能上传。请用打印方式重新生成 PDF 后再上传。";
            return Err(refuse("file-macro", says));
        }
        if dictionary.has_type(b"Filespec") && dictionary.has(b"EF") {
            let name = dictionary.get(b"UF").or_else(|_| dictionary.get(b"F"));
            let name = name.map(words).unwrap_or_default();
            imported.hide(HiddenKind::Embedded, "", &name, Spot::Hidden);
        }
    }
    let info = document.trailer.get_deref(b"Info", document).and_then(Object::as_dict);
    for (key, zh, telling) in
        [("Author", "作者", true), ("Title", "标题", false), ("Subject", "主题", false), ("Keywords", "关键词", false)]
    {
        let value = info.as_ref().ok().and_then(|info| info.get_deref(key.as_bytes(), document).ok());
        imported.property(zh, value.map(words).unwrap_or_default(), telling);
    }
    Ok(())
}

/// Notes that lie over a page. What is set as a stamp or as free text is seen by every reader; others open on a click.
fn annotations(document: &Document, page: ObjectId, number: usize, imported: &mut Imported) {
    for annotation in document.get_page_annotations(page).unwrap_or_default() {
        let text = annotation.get_deref(b"Contents", document).map(words).unwrap_or_default();
        let kind = annotation.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or_default();
        match kind {
            b"Stamp" => {
                let name = annotation.get_deref(b"Name", document).and_then(Object::as_name).unwrap_or_default();
                imported.note(Spot::Stamp, clean(&String::from_utf8_lossy(name)));
                imported.note(Spot::Stamp, text);
            }
            b"FreeText" => imported.note(Spot::TextBox, text),
            b"Link" | b"Widget" => imported.note(Spot::Note, field_value(document, annotation)),
            _ if text.is_empty() => {}
            _ => imported.hide(HiddenKind::Comment, &format!("第 {number} 页"), &text, Spot::Note),
        }
    }
}

/// What was filled into a form.
fn field_value(document: &Document, annotation: &Dictionary) -> String {
    annotation.get_deref(b"V", document).map(words).unwrap_or_default()
}
