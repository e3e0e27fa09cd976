//! PDF: no properties, remarks, attachments, forms behind forms, older versions; words taken out of the streams that
//! draw them, and the pixels under them out of the pictures.

use super::find::Finder;
use super::{Copied, Order, left, pdf_cut, pdf_write, unfit};
use crate::pdf::{STREAM_MOST, open};
use crate::{Imported, read, refuse};
use kernel::Refusal;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// Keys under which nobody sees anything: what programs note of their work, small pictures of pages, files.
const UNSEEN: &[&[u8]] = &[b"AA", b"AF", b"LastModified", b"Metadata", b"PieceInfo", b"Thumb"];
/// Those of the whole file.
const OF_FILE: &[&[u8]] = &[b"Collection", b"DSS", b"OpenAction", b"Perms"];
/// Notes that open on a click, and files pinned to a page.
const NOTES: &[&[u8]] = &[b"FileAttachment", b"Popup", b"Sound", b"Text"];
/// What is seen only while it moves, or is a program of its own.
const DARK: &[&[u8]] = &[b"3D", b"Movie", b"RichMedia", b"Screen"];
/// What a note says about itself.
const BESIDE: &[&[u8]] = &[b"CreationDate", b"M", b"NM", b"Popup", b"RC", b"Subj", b"T"];

/// The copy, proved.
///
/// # Errors
/// Of [`super::copy`].
pub fn copy(name: &str, bytes: &[u8], before: &Imported, order: &Order) -> Result<Copied, Refusal> {
    let mut document = open(bytes)?;
    check_layers(&document)?;
    clean(&mut document)?;
    let finder = Finder::new(order);
    let cut = pdf_cut::plan(&document, order, &finder)?;
    let expected = pdf_cut::expected(&cut);
    pdf_write::apply(&mut document, &cut)?;
    blank_strings(&mut document, &finder);
    document.prune_objects();
    search(&document, &finder)?;
    document.compress();
    let mut made = vec![];
    document.save_to(&mut made).map_err(|_| left("不能写成新文件"))?;
    if made.len() > crate::MAX_INPUT {
        return Err(refuse("file-size", "副本超过 50 MB。请拆分后再办理。"));
    }
    prove(name, &made, before, &finder, &expected)?;
    let after = read(name, &made)?;
    let cleaned = before.hidden.iter().map(crate::Hidden::says).collect();
    Ok(Copied { bytes: made, taken: cut.places, cleaned, unread: after.unread })
}

/// What a page draws must be what it drew, without what was taken out, and after it the marks.
fn prove(
    name: &str,
    made: &[u8],
    before: &Imported,
    finder: &Finder,
    expected: &[pdf_cut::Expected],
) -> Result<(), Refusal> {
    let after = read(name, made).or_else(|why| {
        let nothing = why.code == "file-empty" && !before.words.is_empty();
        if nothing { Ok(Imported::default()) } else { Err(left(&format!("新文件不能识读：{}", why.says))) }
    })?;
    if let Some(hidden) = after.hidden.first() {
        return Err(left(&format!("还有{}", hidden.says())));
    }
    if after.words.iter().any(|words| finder.occurs(&words.text)) {
        return Err(left("要遮盖的文字还在"));
    }
    let document = open(made)?;
    let same = pdf_cut::drawn(&document)?.iter().eq(expected);
    if same { Ok(()) } else { Err(left("看得见的文字变了")) }
}

/// Layers that are switched off are in the file and on no page.
fn check_layers(document: &Document) -> Result<(), Refusal> {
    let layers = document.catalog().ok().and_then(|c| c.get_deref(b"OCProperties", document).ok());
    let usual = layers.and_then(|l| l.as_dict().ok()).and_then(|l| l.get_deref(b"D", document).ok());
    let Some(usual) = usual.and_then(|d| d.as_dict().ok()) else { return Ok(()) };
    let off = usual.get_deref(b"OFF", document).and_then(Object::as_array).is_ok_and(|off| !off.is_empty());
    let base = usual.get(b"BaseState").and_then(Object::as_name).is_ok_and(|state| state == b"OFF");
    if off || base {
        Err(unfit("PDF 里有关掉的图层，不能清理。请用打印方式重新生成 PDF，再上传。"))
    } else {
        Ok(())
    }
}

fn clean(document: &mut Document) -> Result<(), Refusal> {
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for page in pages {
        clean_notes(document, page)?;
    }
    for key in [b"Info".as_slice(), b"Prev", b"XRefStm", b"ID"] {
        document.trailer.remove(key);
    }
    if let Ok(catalog) = document.catalog_mut() {
        OF_FILE.iter().for_each(|key| drop(catalog.remove(key)));
    }
    document.traverse_objects(|object| {
        let dictionary = match object {
            Object::Dictionary(dictionary) => dictionary,
            Object::Stream(stream) => &mut stream.dict,
            _ => return,
        };
        UNSEEN.iter().for_each(|key| drop(dictionary.remove(key)));
        // Names of files inside, the form behind the form, and who signed: a copy is signed by nobody.
        for key in [b"EmbeddedFiles".as_slice(), b"XFA"] {
            dictionary.remove(key);
        }
        if dictionary.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig") {
            dictionary.remove(b"V");
        }
    });
    Ok(())
}

/// Notes that open on a click go; those that are seen keep what is seen.
fn clean_notes(document: &mut Document, page: ObjectId) -> Result<(), Refusal> {
    let notes = document.get_dictionary(page).and_then(|page| page.get_deref(b"Annots", document));
    let Ok(notes) = notes.and_then(Object::as_array).cloned() else { return Ok(()) };
    let mut kept = vec![];
    for note in notes {
        let Ok(mut own) = document.dereference(&note).and_then(|(_, o)| o.as_dict().cloned()) else { continue };
        let kind = own.get_deref(b"Subtype", document).and_then(Object::as_name).unwrap_or_default().to_vec();
        if DARK.contains(&kind.as_slice()) {
            return Err(unfit("PDF 里有音视频或者三维内容，不能清理。请用打印方式重新生成 PDF，再上传。"));
        }
        if NOTES.contains(&kind.as_slice()) {
            continue;
        }
        let seen = matches!(kind.as_slice(), b"FreeText" | b"Link" | b"Stamp" | b"Widget");
        // The name of a field holds a form together.
        let beside = BESIDE.iter().filter(|key| kind != b"Widget" || **key != b"T");
        beside.for_each(|key| drop(own.remove(key)));
        if !seen {
            own.remove(b"Contents");
        }
        match note {
            Object::Reference(id) => {
                document.set_object(id, own);
                kept.push(Object::Reference(id));
            }
            _ => kept.push(own.into()),
        }
    }
    if let Ok(page) = document.get_dictionary_mut(page) {
        page.set("Annots", kept);
    }
    Ok(())
}

/// Text strings outside the pages: bookmarks, what a picture shows, values of fields.
fn blank_strings(document: &mut Document, finder: &Finder) {
    document.traverse_objects(|object| {
        if matches!(object, Object::String(..))
            && let Ok(text) = lopdf::decode_text_string(object)
            && finder.occurs(&text)
        {
            *object = lopdf::text_string(&finder.replaced(&text).0);
        }
    });
}

/// Looks through every stream and every string for what was taken out, in the encodings that PDF knows.
fn search(document: &Document, finder: &Finder) -> Result<(), Refusal> {
    let mut wanted: Vec<Vec<u8>> = vec![];
    for word in finder.words() {
        wanted.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
        wanted.push(encoding_rs::GBK.encode(&word).0.into_owned());
        wanted.push(word.into_bytes());
    }
    if wanted.is_empty() {
        return Ok(());
    }
    let holds = |bytes: &[u8]| wanted.iter().any(|word| bytes.windows(word.len()).any(|window| window == word));
    for object in document.objects.values() {
        let found = match object {
            Object::Stream(stream) if !is_picture(&stream.dict) => {
                let plain = stream.get_plain_content_with_limit(STREAM_MOST);
                let says =
                    "PDF 里有一段内容用了不认识的压缩方法，不能证明文字已经去掉。请打印后扫描成图片，再按位置遮盖。";
                holds(&plain.map_err(|_| unfit(says))?)
            }
            Object::Stream(stream) => holds(&stream.content),
            other => holds_string(other, &holds),
        };
        if found {
            return Err(left("要遮盖的文字还在一个部件里"));
        }
    }
    Ok(())
}

fn holds_string(object: &Object, holds: &impl Fn(&[u8]) -> bool) -> bool {
    match object {
        Object::String(bytes, _) => holds(bytes),
        Object::Array(all) => all.iter().any(|one| holds_string(one, holds)),
        Object::Dictionary(all) => all.iter().any(|(_, one)| holds_string(one, holds)),
        _ => false,
    }
}

fn is_picture(dictionary: &Dictionary) -> bool {
    dictionary.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image")
}
