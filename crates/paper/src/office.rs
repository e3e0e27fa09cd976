//! What all office documents share: relations between parts, properties, comments.

use crate::pack::Pack;
use crate::xml::{Step, Xml};
use crate::{HiddenKind, Imported, Picture, Spot};
use kernel::Refusal;
use kernel::block::clean;
use std::collections::BTreeMap;

/// What the parts of a document are called that another part names by an id.
pub type Relations = BTreeMap<String, String>;

/// The relations of a part, each target as the name of a part; those outside the file are left out.
pub fn relations(pack: &mut Pack, part: &str) -> Result<Relations, Refusal> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let bytes = pack.part(&name)?;
    let (mut xml, mut found) = (Xml::new(&bytes), Relations::new());
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "Relationship"
            && tag.get("TargetMode").as_deref() != Some("External")
            && let (Some(id), Some(target)) = (tag.get("Id"), tag.get("Target"))
        {
            found.insert(id, resolved(folder, &target));
        }
    }
    Ok(found)
}

/// A target as it is written in a folder: `../media/a.png` in `ppt/slides` is `ppt/media/a.png`.
pub fn resolved(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> =
        if target.starts_with('/') { vec![] } else { folder.split('/').filter(|p| !p.is_empty()).collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The properties that tell of people and places; the others are only scanned.
const TELLING: &[(&str, &str)] = &[
    ("creator", "作者"),
    ("lastModifiedBy", "最后修改人"),
    ("Company", "单位"),
    ("Manager", "主管"),
    ("title", "标题"),
    ("subject", "主题"),
    ("keywords", "关键词"),
    ("description", "备注"),
    ("category", "类别"),
    ("contentStatus", "状态"),
];
/// How many of these are hidden content that a person should know of.
const PERSONAL: usize = 4;

/// Notes the properties of the document, and files that lie inside it.
pub fn properties(pack: &mut Pack, imported: &mut Imported) -> Result<(), Refusal> {
    for part in ["docProps/core.xml", "docProps/app.xml"] {
        let bytes = pack.part(part)?;
        let mut xml = Xml::new(&bytes);
        while let Some(tag) = xml.open(0)? {
            let Some(at) = TELLING.iter().position(|(name, _)| *name == tag.name()) else { continue };
            let words = clean(&xml.words()?);
            imported.property(TELLING[at].1, words, at < PERSONAL);
        }
    }
    let bytes = pack.part("docProps/custom.xml")?;
    let mut xml = Xml::new(&bytes);
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "property" {
            let name = tag.get("name").unwrap_or_default();
            let words = clean(&xml.words()?);
            imported.property(&name, words, false);
        }
    }
    let inside: Vec<String> = pack.names().filter(|n| n.contains("/embeddings/")).map(str::to_owned).collect();
    for name in inside {
        let file = name.rsplit('/').next().unwrap_or_default();
        imported.hide(HiddenKind::Embedded, "", file, Spot::Hidden);
    }
    Ok(())
}

/// Notes the words of whole parts, a line for each paragraph, as standing at one spot.
pub fn margins(pack: &mut Pack, names: &[String], spot: &Spot, imported: &mut Imported) -> Result<(), Refusal> {
    for name in names {
        let bytes = pack.part(name)?;
        for text in paragraphs(&mut Xml::new(&bytes), 0)? {
            imported.note(spot.clone(), text);
        }
    }
    Ok(())
}

/// The words of every paragraph inside an element.
pub fn paragraphs(xml: &mut Xml, depth: usize) -> Result<Vec<String>, Refusal> {
    let (mut all, mut words) = (vec![], String::new());
    while let Some(step) = xml.within(depth)? {
        match step {
            Step::Open(tag) => match tag.name() {
                "t" | "delText" => words.push_str(&xml.words()?),
                "tab" | "br" | "cr" => words.push(' '),
                "p" => push(&mut all, &mut words),
                "Fallback" | "instrText" => xml.skip()?,
                _ => {}
            },
            Step::Text(_) | Step::Close => {}
        }
    }
    push(&mut all, &mut words);
    Ok(all)
}

fn push(all: &mut Vec<String>, words: &mut String) {
    let text = clean(&std::mem::take(words));
    if !text.is_empty() {
        all.push(text);
    }
}

/// The most pictures taken along, and their bytes together: what is more is left for people.
const PICTURES_MOST: usize = 200;
const PICTURES_BYTES: usize = 64 << 20;

/// Takes a picture along; the file name by which the body shows it, or `None` where browsers cannot.
pub fn picture(bytes: Vec<u8>, alt: &str, imported: &mut Imported) -> Option<String> {
    let (kind, ending) = match bytes.as_slice() {
        [0x89, b'P', b'N', b'G', ..] => ("image/png", "png"),
        [0xff, 0xd8, 0xff, ..] => ("image/jpeg", "jpg"),
        _ => return None,
    };
    if let Some(known) = imported.pictures.iter().find(|known| known.bytes == bytes) {
        return Some(known.name.clone());
    }
    let together: usize = imported.pictures.iter().map(|picture| picture.bytes.len()).sum();
    if imported.pictures.len() >= PICTURES_MOST || together + bytes.len() > PICTURES_BYTES {
        return None;
    }
    let name = format!("图{}.{ending}", imported.pictures.len() + 1);
    imported.pictures.push(Picture { name: name.clone(), kind: kind.into(), alt: alt.into(), bytes });
    Some(name)
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn a_target_is_found_from_its_folder() {
        for (folder, target, part) in [
            ("word", "media/a.png", "word/media/a.png"),
            ("ppt/slides", "../media/a.png", "ppt/media/a.png"),
            ("word", "/word/a.xml", "word/a.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "../../../a", "a"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
    }
}
