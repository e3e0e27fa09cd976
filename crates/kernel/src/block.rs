//! The body of a text: one list of blocks. What a revision stores, what the review hash covers, what every page,
//! index and export is made from. The stored bytes are `canonical::bytes` of the list.

use crate::Refusal;
use serde::{Deserialize, Serialize};

mod grid;
mod texts;
mod valid;

pub use grid::{Slot, slots};
pub use valid::validate;

/// The most bytes of canonical JSON that one body may have.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// The most columns a table may have.
pub const MAX_COLS: usize = 100;
/// The most rows a table may have.
pub const MAX_ROWS: usize = 5_000;

/// One block. Texts are one trimmed line without control characters; only a cell may hold line breaks (`\n`).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "t", deny_unknown_fields)]
pub enum Block {
    /// A heading inside the text; the title of the record is not one. `level` is 1 to 4.
    #[serde(rename = "h")]
    Heading { level: u8, text: String },
    #[serde(rename = "p")]
    Paragraph { text: String },
    /// Items without numbers, or numbered from 1. A single numbered item is no list but a paragraph.
    #[serde(rename = "list")]
    List { ordered: bool, items: Vec<String> },
    /// `caption` may be empty.
    #[serde(rename = "table")]
    Table {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        caption: String,
        rows: Vec<Row>,
    },
    /// `file` names an attachment of the same revision; `alt` says in words what it shows (GB/T 37668).
    #[serde(rename = "image")]
    Image {
        file: String,
        alt: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        caption: String,
    },
    /// Who signs (落款), set to the right.
    #[serde(rename = "sign")]
    Signature { text: String },
    /// The date under the signature as it is written (成文日期), set to the right.
    #[serde(rename = "date")]
    Date { text: String },
    /// An editor's note (编者注): not the author's words.
    #[serde(rename = "note")]
    Note { text: String },
}

/// A row of a table: the cells that begin in it, from left to right.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Row {
    pub cells: Vec<Cell>,
}

/// A cell, `cols` wide and `rows` high (both at least 1, and 1 where the JSON is silent).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    pub text: String,
    /// A heading of its column or row (`<th>`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub head: bool,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub cols: u16,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub rows: u16,
}

impl Cell {
    /// A plain cell of one column and one row.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), head: false, cols: 1, rows: 1 }
    }
}

fn one() -> u16 {
    1
}

fn is_one(n: &u16) -> bool {
    *n == 1
}

fn is_false(b: &bool) -> bool {
    !b
}

/// Whether a character may not stand in a text: controls, line and paragraph separators, the byte order mark, and
/// the marks that reverse the direction of writing, with which a page can show other words than it holds.
pub fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Makes any string a text of a block: white space that breaks or jumps becomes a space, other control characters
/// go, the ends are trimmed (full-width spaces too). Nothing else is changed.
pub fn clean(text: &str) -> String {
    let spaced = text.trim().chars().map(|c| if c.is_control() && c.is_whitespace() { ' ' } else { c });
    let kept: String = spaced.filter(|c| !is_control(*c)).collect();
    match kept.trim() {
        trimmed if trimmed.len() == kept.len() => kept,
        trimmed => trimmed.to_owned(),
    }
}

/// Every text of a body in reading order: the index of its block, its place inside (row and cell of a table by their
/// indices, item of a list in column 0), and the words.
pub fn pieces(blocks: &[Block]) -> impl Iterator<Item = (usize, Option<(usize, usize)>, &str)> {
    blocks.iter().enumerate().flat_map(|(i, block)| block.pieces().into_iter().map(move |(at, text)| (i, at, text)))
}

impl Block {
    fn pieces(&self) -> Vec<(Option<(usize, usize)>, &str)> {
        match self {
            Block::Heading { text, .. }
            | Block::Paragraph { text }
            | Block::Signature { text }
            | Block::Date { text }
            | Block::Note { text } => vec![(None, text)],
            Block::Image { alt, caption, .. } => {
                [caption, alt].into_iter().filter(|s| !s.is_empty()).map(|s| (None, s.as_str())).collect()
            }
            Block::List { items, .. } => items.iter().enumerate().map(|(i, s)| (Some((i, 0)), s.as_str())).collect(),
            Block::Table { caption, rows } => {
                let head = (!caption.is_empty()).then_some((None, caption.as_str()));
                let cells = rows.iter().enumerate().flat_map(|(r, row)| {
                    row.cells.iter().enumerate().map(move |(c, cell)| (Some((r, c)), cell.text.as_str()))
                });
                head.into_iter().chain(cells).collect()
            }
        }
    }

    fn push_plain(&self, out: &mut String) {
        match self {
            Block::List { ordered: true, items } => {
                items.iter().enumerate().for_each(|(i, item)| out.push_str(&format!("{}. {item}\n", i + 1)));
            }
            Block::List { items, .. } => items.iter().for_each(|item| out.push_str(&format!("- {item}\n"))),
            Block::Table { caption, rows } => {
                out.push_str(caption);
                out.push_str(if caption.is_empty() { "" } else { "\n" });
                for row in rows {
                    let cells: Vec<String> = row.cells.iter().map(|cell| cell.text.replace('\n', " ")).collect();
                    out.push_str(&cells.join("\t"));
                    out.push('\n');
                }
            }
            Block::Note { text } => out.push_str(&format!("【编者注】{text}\n")),
            _ => self.pieces().into_iter().for_each(|(_, text)| out.extend([text, "\n"])),
        }
    }
}

/// The words alone, a line for each paragraph, item and row (cells parted by tabs): for the index, the `.txt` twin
/// and reading aloud.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut out = String::new();
    blocks.iter().for_each(|block| block.push_plain(&mut out));
    out
}

fn refuse(code: &'static str, at: usize, says: &str) -> Refusal {
    Refusal::new(code, format!("正文第 {} 块{says}", at + 1)).at("body")
}

#[cfg(test)]
mod tests;
