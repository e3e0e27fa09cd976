//! DOCX, XLSX and PPTX: only parts that a relation of a known kind leads to are kept, so that nothing lies in the file
//! that its program does not show.

use super::dom::{El, Fate, Node};
use super::find::Finder;
use super::parts::{self, Parts};
use super::{left, picture, sheet, slides, unfit, word};
use crate::Format;
use crate::office::resolved;
use kernel::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of relations (the last word of their type) that lead to what is shown.
const SHOWN: &[&str] = &[
    "chart",
    "chartColorStyle",
    "chartEx",
    "chartStyle",
    "chartUserShapes",
    "chartsheet",
    "diagramColors",
    "diagramData",
    "diagramDrawing",
    "diagramLayout",
    "diagramQuickStyle",
    "drawing",
    "endnotes",
    "font",
    "fontTable",
    "footer",
    "footnotes",
    "header",
    "hyperlink",
    "image",
    "numbering",
    "officeDocument",
    "presProps",
    "settings",
    "sharedStrings",
    "slide",
    "slideLayout",
    "slideMaster",
    "styles",
    "stylesWithEffects",
    "tableStyles",
    "theme",
    "themeOverride",
    "viewProps",
    "webSettings",
    "worksheet",
];
/// Those that show something we cannot look into.
const DARK: &[&str] = &["aFChunk", "audio", "control", "media", "subDocument", "video"];
/// Pictures that hold no remarks about themselves.
const PLAIN: &[&str] = &["bmp", "emf", "fntdata", "gif", "odttf", "ttf", "wmf"];

/// The ids of a part's relations that do not go along.
pub type Gone = BTreeSet<String>;

/// What is kept, and what of each part's relations is not.
struct Walk {
    kept: BTreeSet<String>,
    gone: BTreeMap<String, Gone>,
}

/// The copy, and at how many places something was taken out.
///
/// # Errors
/// `copy-unfit`, `copy-left`; of reading the parts.
pub fn copy(bytes: &[u8], format: Format, finder: &Finder) -> Result<(Vec<u8>, usize), Refusal> {
    let mut all = parts::open(bytes)?;
    let walk = Walk::of(&all, format, finder)?;
    let book = if format == Format::Xlsx { Some(sheet::Book::read(bytes)?) } else { None };
    let (mut made, mut taken) = (Parts::new(), 0);
    for name in &walk.kept {
        let Some(part) = all.remove(name) else { continue };
        let none = Gone::new();
        let gone = walk.gone.get(name).unwrap_or(&none);
        if let Some(own) = all.remove(&rels_of(name)) {
            made.insert(rels_of(name), relations(&own, gone)?);
        }
        let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
        let bytes = match ending.as_str() {
            "xml" | "svg" => {
                let (part, count) = rewritten(name, &part, format, gone, book.as_ref(), finder)?;
                taken += count;
                part
            }
            _ if picture::is_picture(&part) => picture::strip(&part)?,
            ending if PLAIN.contains(&ending) => part,
            _ => return Err(unfit(&format!("文件里有一幅 {ending} 格式的图片，不能清理。请换成 PNG 或者 JPG。"))),
        };
        made.insert(name.clone(), bytes);
    }
    if let Some(root) = all.remove("_rels/.rels") {
        made.insert("_rels/.rels".into(), relations(&root, walk.gone.get("").unwrap_or(&Gone::new()))?);
    }
    if let Some(types) = all.remove("[Content_Types].xml") {
        made.insert("[Content_Types].xml".into(), types_of(&types, &walk.kept)?);
    }
    search(&made, finder)?;
    Ok((parts::close(&made, "[Content_Types].xml")?, taken))
}

fn rels_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") }
}

impl Walk {
    fn of(all: &Parts, format: Format, finder: &Finder) -> Result<Walk, Refusal> {
        let mut walk = Walk { kept: BTreeSet::new(), gone: BTreeMap::new() };
        let mut next = vec![String::new()];
        if !all.contains_key("_rels/.rels") {
            let main = ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"];
            next = main.iter().filter(|main| all.contains_key(**main)).map(|main| (*main).to_owned()).collect();
            walk.kept.extend(next.iter().cloned());
        }
        while let Some(owner) = next.pop() {
            let Some(bytes) = all.get(&rels_of(&owner)) else { continue };
            let hidden = match all.get(&owner) {
                Some(book) if format == Format::Xlsx => sheet::hidden(book)?,
                _ => Gone::new(),
            };
            for relation in El::parse(bytes)?.elements().flat_map(El::elements) {
                let (id, kind) = (relation.get("Id").unwrap_or_default(), relation.get("Type").unwrap_or_default());
                let kind = kind.rsplit('/').next().unwrap_or_default();
                let target = relation.get("Target").unwrap_or_default();
                if DARK.contains(&kind) {
                    return Err(unfit("文件里有音视频、控件或者另外一份文档，不能清理。请用原来的程序去掉，再上传。"));
                }
                let outside = relation.get("TargetMode").as_deref() == Some("External");
                let folder = owner.rsplit_once('/').map_or("", |(folder, _)| folder);
                let part = resolved(folder, &target);
                let goes = if outside { kind == "hyperlink" } else { SHOWN.contains(&kind) && all.contains_key(&part) };
                let goes = goes || (!outside && kind == "hyperlink" && target.starts_with('#'));
                let unseen = match all.get(&part) {
                    Some(slide) if kind == "slide" => slides::is_hidden(slide)?,
                    _ => hidden.contains(&id),
                };
                if !goes || unseen || finder.occurs(&target) {
                    walk.gone.entry(owner.clone()).or_default().insert(id);
                } else if !outside && walk.kept.insert(part.clone()) {
                    next.push(part);
                }
            }
        }
        Ok(walk)
    }
}

fn relations(bytes: &[u8], gone: &Gone) -> Result<Vec<u8>, Refusal> {
    let mut tree = El::parse(bytes)?;
    tree.prune(&mut |el| match el.get("Id") {
        Some(id) if gone.contains(&id) => Fate::Drop,
        _ => Fate::Keep,
    });
    Ok(tree.write())
}

fn types_of(bytes: &[u8], kept: &BTreeSet<String>) -> Result<Vec<u8>, Refusal> {
    let mut tree = El::parse(bytes)?;
    tree.prune(&mut |el| match el.get("PartName") {
        Some(name) if !kept.contains(name.trim_start_matches('/')) => Fate::Drop,
        _ => Fate::Keep,
    });
    Ok(tree.write())
}

/// A part without what is hidden in it, and without the passages.
fn rewritten(
    name: &str,
    bytes: &[u8],
    format: Format,
    gone: &Gone,
    book: Option<&sheet::Book>,
    finder: &Finder,
) -> Result<(Vec<u8>, usize), Refusal> {
    let mut tree = El::parse(bytes)?;
    unlink(&mut tree, gone);
    let mut taken = match (format, book) {
        (Format::Xlsx, Some(book)) => sheet::clean(name, &mut tree, book, finder)?,
        (Format::Pptx, _) => slides::clean(&mut tree)?,
        _ => word::clean(&mut tree),
    };
    taken += take_out(&mut tree, finder);
    Ok((tree.write(), taken))
}

/// Takes away what leads to a part that is gone. The words of a link stay.
fn unlink(tree: &mut El, gone: &Gone) {
    let leads = |name: &str| name.starts_with("r:") || name.ends_with(":relid") || name.starts_with("relationships:");
    tree.prune(&mut |el| {
        if matches!(el.name(), "metadata" | "externalData") {
            return Fate::Drop;
        }
        let lost = |(name, value): &(String, String)| leads(name) && gone.contains(value);
        if gone.is_empty() || !el.attributes().iter().any(lost) {
            return Fate::Keep;
        }
        match el.name() {
            "pageSetup" => {
                el.strip(leads);
                Fate::Keep
            }
            "hyperlink" if !el.kids.is_empty() => Fate::Unwrap,
            _ => Fate::Drop,
        }
    });
}

/// Attributes that hold words of people.
const WORDED: &[&str] = &["alt", "descr", "display", "instr", "name", "prompt", "string", "title", "tooltip"];
/// Elements whose words are measures.
const MEASURES: &[&str] = &["col", "colOff", "pctHeight", "pctWidth", "posOffset", "row", "rowOff"];

/// Takes the passages out of paragraphs, strings, caches of charts, and names.
fn take_out(tree: &mut El, finder: &Finder) -> usize {
    if finder.words().next().is_none() {
        return 0;
    }
    tree.prune(&mut |el| {
        let mut all = el.attributes();
        let named = matches!(el.name(), "alias" | "tag");
        let mut changed = false;
        for (name, value) in &mut all {
            let own = name.rsplit(':').next().unwrap_or_default();
            if (WORDED.contains(&own) || (named && own == "val")) && finder.occurs(value) {
                // A name has no room for the reason.
                for (range, _) in finder.find(&value.clone()).into_iter().rev() {
                    value.replace_range(range, "■■■");
                }
                changed = true;
            }
        }
        if changed {
            el.set_attributes(&all);
        }
        Fate::Keep
    });
    let mut units = vec![];
    gather(tree, None, &mut units);
    units.iter_mut().map(|unit| finder.take(unit)).sum()
}

/// The texts that make a paragraph or a string each, and those that stand alone.
fn gather<'t>(el: &'t mut El, unit: Option<usize>, units: &mut Vec<Vec<&'t mut String>>) {
    let (begins, is_text) = (matches!(el.name(), "p" | "si" | "is"), el.name() == "t");
    let (measure, cell) = (MEASURES.contains(&el.name()), el.whole_name() == "c");
    if measure {
        return;
    }
    let unit = if begins { Some(units.len()) } else { unit };
    if begins {
        units.push(vec![]);
    }
    for kid in &mut el.kids {
        match kid {
            // The value of a cell is a number, or the number of a string; a string of its own is in `is`.
            Node::El(below) if cell && below.name() == "v" => {}
            Node::El(below) => gather(below, unit, units),
            Node::Text(text) => match unit {
                Some(at) if is_text => units[at].push(text),
                _ => units.push(vec![text]),
            },
            Node::Raw(_) => {}
        }
    }
}

/// How long a passage of plain letters must be to mean something in an attribute.
const TELLING: usize = 8;

/// Looks through every part for what was taken out: its words, and its attributes where they may hold words.
fn search(parts: &Parts, finder: &Finder) -> Result<(), Refusal> {
    let long: Vec<String> = finder.words().filter(|w| !w.is_ascii() || w.len() >= TELLING).collect();
    let is_left = |bytes: &[u8], raw: bool| {
        let text = String::from_utf8_lossy(bytes);
        (raw || text.contains('<')) && long.iter().any(|word| text.contains(word.as_str()))
    };
    for (name, bytes) in parts {
        if !name.ends_with(".xml") {
            let wide: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
            if is_left(bytes, true) || is_left(&wide, true) {
                return Err(left("要遮盖的文字还在一个部件里"));
            }
            continue;
        }
        if is_left(bytes, false) || El::parse(bytes)?.elements().any(|root| still(root, finder)) {
            return Err(left("要遮盖的文字还在一个部件里"));
        }
    }
    Ok(())
}

fn still(el: &El, finder: &Finder) -> bool {
    let whole = matches!(el.name(), "p" | "si" | "is" | "t" | "f");
    (whole && finder.occurs(&el.words())) || el.elements().any(|below| still(below, finder))
}
