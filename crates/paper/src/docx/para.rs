//! Paragraphs of DOCX.

use super::style::{Mark, Style, paragraph_properties};
use super::{Docx, Item};
use crate::xml::{Step, Xml};
use crate::{HiddenKind, Spot};
use kernel::block::clean;
use kernel::{Block, Refusal};

/// A paragraph; a line break in it is `\n`.
#[derive(Default)]
pub struct Para {
    pub text: String,
    /// Of a heading, from 1.
    pub level: Option<u8>,
    pub is_title: bool,
    pub centred: bool,
    pub bullet: bool,
    /// What tracked changes took away or added, and what is set as hidden.
    deleted: String,
    inserted: String,
    hidden: String,
}

/// A heading is no longer than this, in characters, whatever its style says.
const HEADING_LONGEST: usize = 60;

impl Para {
    /// Its lines; a heading is one.
    pub fn lines(&self) -> Vec<String> {
        let one = self.level.is_some() || self.is_title || self.bullet;
        let text = if one { self.text.replace('\n', "") } else { self.text.clone() };
        text.split('\n').map(clean).filter(|line| !line.is_empty()).collect()
    }

    pub fn block(&self, text: String) -> Block {
        match self.level {
            Some(level) if text.chars().count() <= HEADING_LONGEST && !text.ends_with(['。', '；', '：']) => {
                Block::Heading { level, text }
            }
            _ => Block::Paragraph { text },
        }
    }
}

/// How a run came into the text.
#[derive(Clone, Copy, PartialEq)]
enum Change {
    None,
    Deleted,
    Inserted,
}

impl Docx<'_> {
    /// A paragraph, and after it the pictures and text boxes that are anchored in it.
    pub fn paragraph(&mut self, xml: &mut Xml, items: &mut Vec<Item>) -> Result<(), Refusal> {
        self.count()?;
        let (mut para, mut style, mut after) = (Para::default(), Style::default(), vec![]);
        self.runs(xml, Change::None, &mut para, &mut style, &mut after)?;
        if let (Some(id), false) = (&style.list, para.text.trim().is_empty()) {
            match self.numbers.next(id, style.list_level.unwrap_or(0)) {
                Some(Mark::Bullet) => para.bullet = true,
                Some(Mark::Number(mark)) => para.text = format!("{mark}{}{}", gap(&mark), para.text.trim_start()),
                None => {}
            }
        }
        para.level = style.outline.filter(|level| *level < 9).map(|level| level + 1);
        para.is_title = style.is_title();
        para.centred = style.centred == Some(true);
        let place = format!("正文第 {} 段", self.pieces);
        let changes = [
            (HiddenKind::Deleted, &para.deleted),
            (HiddenKind::Inserted, &para.inserted),
            (HiddenKind::Text, &para.hidden),
        ];
        for (kind, text) in changes {
            let text = clean(text);
            if !text.is_empty() {
                self.imported.hide(kind, &place, &text, Spot::Hidden);
            }
        }
        items.push(Item::Para(para));
        items.extend(after);
        Ok(())
    }

    /// All that is inside a paragraph or one of its wrappers.
    fn runs(
        &mut self,
        xml: &mut Xml,
        change: Change,
        para: &mut Para,
        style: &mut Style,
        after: &mut Vec<Item>,
    ) -> Result<(), Refusal> {
        let depth = xml.depth();
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "pPr" => {
                    let mut own = Style::default();
                    let mut named = None;
                    paragraph_properties(xml, &mut own, |id| named = Some(id))?;
                    *style = named.map(|id| self.styles.get(&id)).unwrap_or_default();
                    style.take(own);
                }
                "del" | "moveFrom" => self.runs(xml, Change::Deleted, para, style, after)?,
                "ins" | "moveTo" => self.runs(xml, Change::Inserted, para, style, after)?,
                "r" => self.run(xml, change, para, after)?,
                // A formula's words stand in runs of its own kind.
                "t" => {
                    let words = xml.words()?;
                    say(para, change, false, &words);
                }
                "Fallback" | "sdtPr" | "rt" => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn run(&mut self, xml: &mut Xml, change: Change, para: &mut Para, after: &mut Vec<Item>) -> Result<(), Refusal> {
        let (depth, mut hidden) = (xml.depth(), false);
        while let Some(step) = xml.within(depth)? {
            let Step::Open(tag) = step else { continue };
            match tag.name() {
                // What is hidden from the web view of the program stands on the pages.
                "vanish" => hidden |= tag.is_on(),
                // In tables white stands on a ground of its own.
                "color" if self.tables == 0 => {
                    hidden |= tag.get("val").is_some_and(|val| val.eq_ignore_ascii_case("ffffff"));
                }
                "t" | "delText" => {
                    let words = xml.words()?;
                    say(para, change, hidden, &words);
                }
                "tab" | "ptab" => say(para, change, hidden, " "),
                "br" | "cr" if tag.get("type").is_none_or(|kind| kind == "textWrapping") => {
                    say(para, change, hidden, "\n");
                }
                "noBreakHyphen" => say(para, change, hidden, "-"),
                "footnoteReference" => self.mark(&tag.get("id").unwrap_or_default(), "footnotes", para),
                "endnoteReference" => self.mark(&tag.get("id").unwrap_or_default(), "endnotes", para),
                "drawing" | "pict" | "object" => self.drawing(xml, after)?,
                "r" => self.run(xml, change, para, after)?,
                "instrText" | "Fallback" | "rt" | "rPrChange" => xml.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    /// The mark of a footnote, as a reader counts them.
    fn mark(&mut self, id: &str, part: &'static str, para: &mut Para) {
        self.notes.push((part, id.to_owned()));
        para.text.push_str(&format!("[{}]", self.notes.len()));
    }
}

fn say(para: &mut Para, change: Change, hidden: bool, words: &str) {
    match change {
        Change::Deleted => para.deleted.push_str(words),
        _ if hidden => para.hidden.push_str(words),
        Change::Inserted => {
            para.inserted.push_str(words);
            para.text.push_str(words);
        }
        Change::None => para.text.push_str(words),
    }
}

/// Between a number and its words: as the programs set it, nothing after the punctuation of Chinese.
fn gap(mark: &str) -> &'static str {
    if mark.ends_with(|c: char| c.is_ascii()) && !mark.ends_with(')') { " " } else { "" }
}
