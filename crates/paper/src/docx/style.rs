//! Styles and automatic numbers of DOCX.

use crate::numeral::numeral;
use crate::xml::{Tag, Xml};
use kernel::Refusal;
use std::collections::BTreeMap;

/// What a style says of its paragraphs.
#[derive(Clone, Default)]
pub struct Style {
    name: String,
    parent: Option<String>,
    /// From 0; 9 is running text.
    pub outline: Option<u8>,
    pub list: Option<String>,
    pub list_level: Option<usize>,
    pub centred: Option<bool>,
}

impl Style {
    /// What a paragraph says itself goes before its style.
    pub fn take(&mut self, own: Style) {
        self.outline = own.outline.or(self.outline);
        self.centred = own.centred.or(self.centred);
        self.list_level = own.list_level.or(self.list_level);
        if own.list.is_some() {
            self.list = own.list;
        }
    }

    /// Whether its paragraphs are the title of the paper.
    pub fn is_title(&self) -> bool {
        matches!(self.name.as_str(), "title" | "标题" | "文件标题" | "公文标题")
    }
}

/// Reads `w:pPr`, in a style or in a paragraph; `named` is told which style it names.
pub fn paragraph_properties(xml: &mut Xml, style: &mut Style, mut named: impl FnMut(String)) -> Result<(), Refusal> {
    let depth = xml.depth();
    while let Some(tag) = xml.open(depth)? {
        match tag.name() {
            "pStyle" => tag.get("val").into_iter().for_each(&mut named),
            "outlineLvl" => style.outline = tag.number("val").filter(|level| *level <= 9),
            "numId" => style.list = tag.get("val"),
            "ilvl" => style.list_level = tag.number("val"),
            "jc" => style.centred = Some(tag.get("val").as_deref() == Some("center")),
            "rPr" | "sectPr" | "pPrChange" => xml.skip()?,
            _ => {}
        }
    }
    Ok(())
}

/// How far a style may rest on others.
const ANCESTORS: usize = 20;

#[derive(Default)]
pub struct Styles(BTreeMap<String, Style>);

impl Styles {
    pub fn read(bytes: &[u8]) -> Result<Styles, Refusal> {
        let (mut xml, mut all) = (Xml::new(bytes), BTreeMap::new());
        while let Some(tag) = xml.open(0)? {
            if tag.name() == "style"
                && let Some(id) = tag.get("styleId")
            {
                all.insert(id, style(&mut xml)?);
            }
        }
        Ok(Styles(all))
    }

    /// A style with all that it takes from those it rests on.
    pub fn get(&self, id: &str) -> Style {
        let mut found = self.0.get(id).cloned().unwrap_or_default();
        let mut parent = found.parent.clone();
        for _ in 0..ANCESTORS {
            let Some(next) = parent.as_ref().and_then(|id| self.0.get(id)) else { break };
            found.outline = found.outline.or(next.outline);
            found.centred = found.centred.or(next.centred);
            if found.list.is_none() {
                found.list.clone_from(&next.list);
                found.list_level = found.list_level.or(next.list_level);
            }
            parent.clone_from(&next.parent);
        }
        found
    }
}

fn style(xml: &mut Xml) -> Result<Style, Refusal> {
    let (depth, mut style) = (xml.depth(), Style::default());
    while let Some(tag) = xml.open(depth)? {
        match tag.name() {
            "name" => style.name = tag.get("val").unwrap_or_default().to_lowercase(),
            "basedOn" => style.parent = tag.get("val"),
            "pPr" => paragraph_properties(xml, &mut style, |_| {})?,
            "rPr" | "tblPr" | "tblStylePr" => xml.skip()?,
            _ => {}
        }
    }
    let heading = style.name.strip_prefix("heading ").or(style.name.strip_prefix("标题 "));
    let level = heading.and_then(|n| n.trim().parse::<u8>().ok()).filter(|n| (1..=9).contains(n));
    style.outline = style.outline.or(level.map(|n| n - 1));
    Ok(style)
}

/// What stands before a paragraph that is numbered by the program.
pub enum Mark {
    Bullet,
    /// With its punctuation: `一、`.
    Number(String),
}

#[derive(Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// `%1、`.
    text: String,
}

/// Levels in a list.
const LEVELS: usize = 9;

#[derive(Default)]
struct List {
    levels: [Level; LEVELS],
    counts: [Option<u32>; LEVELS],
}

/// The automatic numbers of a document, counted as its paragraphs come by.
#[derive(Default)]
pub struct Numbers {
    lists: BTreeMap<String, List>,
    /// Of each number instance the list it counts in, and where it begins a level anew.
    instances: BTreeMap<String, (String, Vec<(usize, u32)>)>,
}

impl Numbers {
    pub fn read(bytes: &[u8]) -> Result<Numbers, Refusal> {
        let (mut xml, mut all) = (Xml::new(bytes), Numbers::default());
        while let Some(tag) = xml.open(0)? {
            match (tag.name(), tag.get("abstractNumId"), tag.get("numId")) {
                ("abstractNum", Some(id), _) => drop(all.lists.insert(id, list(&mut xml)?)),
                ("num", _, Some(id)) => drop(all.instances.insert(id, instance(&mut xml)?)),
                _ => {}
            }
        }
        Ok(all)
    }

    /// The mark of the next paragraph of a list at a level from 0; `None` where the list is none.
    pub fn next(&mut self, id: &str, level: usize) -> Option<Mark> {
        let (list, anew) = self.instances.get_mut(id)?;
        let list = self.lists.get_mut(list)?;
        let level = level.min(LEVELS - 1);
        for (at, start) in std::mem::take(anew) {
            list.counts[at] = None;
            list.levels[at].start = start;
        }
        let start = list.levels[level].start;
        list.counts[level] = Some(list.counts[level].map_or(start, |n| n.saturating_add(1)));
        list.counts[level + 1..].fill(None);
        match list.levels[level].format.as_str() {
            "bullet" => Some(Mark::Bullet),
            "none" => None,
            _ => Some(Mark::Number(printed(list, level))),
        }
    }
}

fn printed(list: &List, level: usize) -> String {
    let mut out = list.levels[level].text.clone();
    for at in 0..=level {
        let of = &list.levels[at];
        let number = numeral(&of.format, list.counts[at].unwrap_or(of.start));
        out = out.replace(&format!("%{}", at + 1), &number);
    }
    out
}

fn list(xml: &mut Xml) -> Result<List, Refusal> {
    let (depth, mut list) = (xml.depth(), List::default());
    while let Some(tag) = xml.open(depth)? {
        if tag.name() == "lvl" {
            let at = tag.number("ilvl").unwrap_or(0).min(LEVELS - 1);
            let (inner, mut level) = (xml.depth(), Level { start: 1, ..Level::default() });
            while let Some(tag) = xml.open(inner)? {
                read_level(&tag, &mut level);
            }
            list.levels[at] = level;
        }
    }
    Ok(list)
}

fn read_level(tag: &Tag, level: &mut Level) {
    match tag.name() {
        "start" => level.start = tag.number("val").unwrap_or(1),
        "numFmt" => level.format = tag.get("val").unwrap_or_default(),
        "lvlText" => level.text = tag.get("val").unwrap_or_default(),
        _ => {}
    }
}

fn instance(xml: &mut Xml) -> Result<(String, Vec<(usize, u32)>), Refusal> {
    let (depth, mut list, mut anew, mut at) = (xml.depth(), String::new(), vec![], 0);
    while let Some(tag) = xml.open(depth)? {
        match tag.name() {
            "abstractNumId" => list = tag.get("val").unwrap_or_default(),
            "lvlOverride" => at = tag.number("ilvl").unwrap_or(0).min(LEVELS - 1),
            "startOverride" => anew.push((at, tag.number("val").unwrap_or(1))),
            _ => {}
        }
    }
    Ok((list, anew))
}
