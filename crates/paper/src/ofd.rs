//! OFD in (GB/T 33190—2016): words by their places, annotations, properties, attachments.

use crate::layout::{Page, Run, take_pages};
use crate::pack::{Pack, bomb};
use crate::wire::broken;
use crate::xml::{Tag, Xml};
use crate::{HiddenKind, Imported, Spot, finish, header};
use kernel::Refusal;
use kernel::block::clean;
use std::collections::BTreeMap;

/// The most pages, and the most papers in one file.
const PAGES_MOST: usize = 5_000;
const PAPERS_MOST: usize = 100;

/// What the file says of itself, and whether it tells of people.
const PROPERTIES: &[(&str, &str, bool)] = &[
    ("Title", "标题", false),
    ("Author", "作者", true),
    ("Subject", "主题", false),
    ("Abstract", "摘要", false),
    ("Keyword", "关键词", false),
    ("CustomData", "自定义", false),
];

/// Reads an OFD.
///
/// # Errors
/// Of [`Pack::open`] and [`Xml::within`], `file-long`, `file-empty`.
pub fn ofd(bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut pack = Pack::open(bytes)?;
    let (mut imported, mut pages) = (Imported::default(), vec![]);
    let roots = roots(&mut pack, &mut imported)?;
    if roots.is_empty() {
        return Err(broken());
    }
    for root in roots {
        document(&mut pack, &root, &mut pages, &mut imported)?;
    }
    take_pages(pages, &mut imported)?;
    header::take_fields(&mut imported);
    header::take_title(&mut imported);
    finish(imported)
}

/// Notes the properties; the parts with which the papers of the file begin.
fn roots(pack: &mut Pack, imported: &mut Imported) -> Result<Vec<String>, Refusal> {
    let bytes = pack.part("OFD.xml")?;
    let (mut xml, mut roots) = (Xml::new(&bytes), vec![]);
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "DocRoot" {
            roots.push(located("", &xml.words()?));
        } else if let Some((_, zh, telling)) = PROPERTIES.iter().find(|(name, ..)| *name == tag.name()) {
            let named = tag.get("Name").unwrap_or_else(|| (*zh).to_owned());
            let words = clean(&xml.words()?);
            imported.property(&named, words, *telling);
        }
        if roots.len() > PAPERS_MOST {
            return Err(bomb());
        }
    }
    Ok(roots)
}

/// A place as a part writes it: from its own folder, or from the root of the file.
fn located(part: &str, place: &str) -> String {
    let place = place.trim();
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole =
        if place.starts_with('/') || folder.is_empty() { place.to_owned() } else { format!("{folder}/{place}") };
    let mut path: Vec<&str> = vec![];
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

fn document(pack: &mut Pack, root: &str, pages: &mut Vec<Page>, imported: &mut Imported) -> Result<(), Refusal> {
    let bytes = pack.part(root)?;
    let (mut xml, mut parts, mut templates) = (Xml::new(&bytes), vec![], BTreeMap::new());
    let (mut annotations, mut attachments) = (vec![], vec![]);
    while let Some(tag) = xml.open(0)? {
        match (tag.name(), tag.get("BaseLoc")) {
            ("Page", Some(place)) => parts.push(located(root, &place)),
            ("TemplatePage", Some(place)) => {
                templates.insert(tag.get("ID").unwrap_or_default(), located(root, &place));
            }
            ("Annotations", _) => annotations.push(located(root, &xml.words()?)),
            ("Attachments", _) => attachments.push(located(root, &xml.words()?)),
            _ => {}
        }
    }
    if parts.len() + pages.len() > PAGES_MOST {
        return Err(bomb());
    }
    for part in parts {
        let number = pages.len() + 1;
        let mut drawn = Drawn::default();
        read_page(pack, &part, &templates, &mut drawn)?;
        if drawn.runs.is_empty() && drawn.images > 0 {
            imported.unread.push(format!("第 {number} 页是扫描图像"));
        }
        pages.push(Page { number, runs: drawn.runs });
    }
    for part in annotations {
        note_annotations(pack, &part, imported)?;
    }
    for part in attachments {
        note_attachments(pack, &part, imported)?;
    }
    Ok(())
}

#[derive(Default)]
struct Drawn {
    runs: Vec<Run>,
    images: usize,
}

/// A page with the templates it lies on.
fn read_page(
    pack: &mut Pack,
    part: &str,
    templates: &BTreeMap<String, String>,
    drawn: &mut Drawn,
) -> Result<(), Refusal> {
    let bytes = pack.part(part)?;
    for id in draw(&mut Xml::new(&bytes), 0, drawn)? {
        if let Some(template) = templates.get(&id) {
            let bytes = pack.part(template)?;
            draw(&mut Xml::new(&bytes), 0, drawn)?;
        }
    }
    Ok(())
}

/// The words and images inside an element; the templates it names.
fn draw(xml: &mut Xml, depth: usize, drawn: &mut Drawn) -> Result<Vec<String>, Refusal> {
    let mut templates = vec![];
    while let Some(tag) = xml.open(depth)? {
        match tag.name() {
            "Template" => templates.extend(tag.get("TemplateID")),
            "ImageObject" => drawn.images += 1,
            "TextObject" => text_object(xml, &tag, &mut drawn.runs)?,
            _ => {}
        }
    }
    Ok(templates)
}

fn text_object(xml: &mut Xml, tag: &Tag, runs: &mut Vec<Run>) -> Result<(), Refusal> {
    let depth = xml.depth();
    let place = numbers(&tag.get("Boundary").unwrap_or_default());
    let (left, top) = (at(&place, 0, 0.0), at(&place, 1, 0.0));
    let size: f64 = tag.number("Size").unwrap_or(3.0);
    let turn = numbers(&tag.get("CTM").unwrap_or_default());
    let (a, b, c, d, e, f) = (
        at(&turn, 0, 1.0),
        at(&turn, 1, 0.0),
        at(&turn, 2, 0.0),
        at(&turn, 3, 1.0),
        at(&turn, 4, 0.0),
        at(&turn, 5, 0.0),
    );
    let (mut x, mut y) = (0.0, 0.0);
    while let Some(tag) = xml.open(depth)? {
        if tag.name() != "TextCode" {
            continue;
        }
        // A code without a place goes on where the last one began.
        (x, y) = (tag.number("X").unwrap_or(x), tag.number("Y").unwrap_or(y));
        let steps = tag.get("DeltaX").unwrap_or_default();
        let text = xml.words()?;
        let width = if steps.is_empty() { 0.8 * size * text.chars().count() as f64 } else { length(&steps) + size };
        let (wide, high) = (a.hypot(b).max(1e-6), c.hypot(d).max(1e-6));
        runs.push(Run {
            x: left + a * x + c * y + e,
            y: top + b * x + d * y + f,
            width: width * wide,
            size: size * high,
            text,
        });
    }
    Ok(())
}

fn numbers(text: &str) -> Vec<f64> {
    text.split_whitespace().take(16).filter_map(|n| n.parse().ok()).collect()
}

fn at(all: &[f64], n: usize, usual: f64) -> f64 {
    all.get(n).copied().unwrap_or(usual)
}

/// The sum of steps: `4.2 g 10 3.5` is 4.2 and ten times 3.5.
fn length(steps: &str) -> f64 {
    let (mut sum, mut words) = (0.0, steps.split_whitespace());
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0);
        sum += if word == "g" { number() * number() } else { word.parse().unwrap_or(0.0) };
    }
    sum
}

/// What lies over the pages: stamps and watermarks are seen by every reader, remarks open on a click.
fn note_annotations(pack: &mut Pack, part: &str, imported: &mut Imported) -> Result<(), Refusal> {
    let bytes = pack.part(part)?;
    let (mut xml, mut parts) = (Xml::new(&bytes), vec![]);
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "FileLoc" {
            parts.push(located(part, &xml.words()?));
        }
    }
    for part in parts.into_iter().take(PAGES_MOST) {
        let bytes = pack.part(&part)?;
        let mut xml = Xml::new(&bytes);
        while let Some(tag) = xml.open(0)? {
            if tag.name() == "Annot" {
                note_annotation(&mut xml, imported)?;
            }
        }
    }
    Ok(())
}

fn note_annotation(xml: &mut Xml, imported: &mut Imported) -> Result<(), Refusal> {
    let (depth, mut drawn) = (xml.depth(), Drawn::default());
    while let Some(tag) = xml.open(depth)? {
        match tag.name() {
            "Remark" => {
                let words = clean(&xml.words()?);
                if !words.is_empty() {
                    imported.hide(HiddenKind::Comment, "", &words, Spot::Note);
                }
            }
            "TextObject" => text_object(xml, &tag, &mut drawn.runs)?,
            _ => {}
        }
    }
    let words: String = drawn.runs.iter().map(|run| run.text.as_str()).collect();
    imported.note(Spot::Stamp, clean(&words));
    Ok(())
}

fn note_attachments(pack: &mut Pack, part: &str, imported: &mut Imported) -> Result<(), Refusal> {
    let bytes = pack.part(part)?;
    let mut xml = Xml::new(&bytes);
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "Attachment" {
            let name = clean(&tag.get("Name").unwrap_or_default());
            imported.hide(HiddenKind::Embedded, "", &name, Spot::Hidden);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{length, located};

    #[test]
    fn places_and_steps_are_read() {
        assert_eq!(located("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), "Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(located("Doc_0/Document.xml", "/Doc_1/../a.xml"), "a.xml");
        assert_eq!(located("", " Doc_0/Document.xml "), "Doc_0/Document.xml");
        assert_eq!(length("4.5 g 10 3.5 1"), 40.5);
    }
}
