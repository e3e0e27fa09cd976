//! Where a piece of text stands. The same words weigh differently in a header and in a sentence.

use std::fmt;
use std::sync::Arc;

/// Text with its place. Pieces come in reading order; a table comes row by row.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    pub place: Place,
    pub text: &'a str,
}

impl<'a> Piece<'a> {
    pub fn new(place: Place, text: &'a str) -> Piece<'a> {
        Piece { place, text }
    }
}

/// A cell of a table, both counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Cell {
    pub row: usize,
    pub col: usize,
}

/// Where text stands. Cheap to clone.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Place {
    Title,
    /// A field of the form, by the name people see: `文号`, `密级`, `公开属性`.
    Field(&'static str),
    /// A block of the text, counted from 0; in a table, the cell.
    Body {
        block: usize,
        cell: Option<Cell>,
    },
    Attachment {
        name: Arc<str>,
        part: Part,
    },
    /// A property of an attachment, or of the uploaded document itself (`None`): author, title, keywords, custom ones.
    Property {
        file: Option<Arc<str>>,
        name: Arc<str>,
    },
}

/// The part of a file in which text stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    /// The file's name.
    Name,
    /// Running text. `section` is the page, sheet or slide from 1, 0 where the format has none; `block` from 0.
    Text {
        section: usize,
        block: usize,
        cell: Option<Cell>,
    },
    Header,
    Footer,
    TextBox,
    Stamp,
    /// A comment or note.
    Note,
    /// Text that a reader does not see: deleted by a tracked change, white on white, in a hidden row or sheet.
    Hidden,
}

/// Text that reads on from piece to piece: first lines and table rows are counted within it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Flow<'a> {
    Body,
    Section(&'a str, usize),
    Alone,
}

impl Place {
    pub fn body(block: usize) -> Place {
        Place::Body { block, cell: None }
    }

    pub fn body_cell(block: usize, row: usize, col: usize) -> Place {
        Place::Body { block, cell: Some(Cell { row, col }) }
    }

    pub(crate) fn flow(&self) -> Flow<'_> {
        match self {
            Place::Body { .. } => Flow::Body,
            Place::Attachment { name, part: Part::Text { section, .. } } => Flow::Section(name, *section),
            _ => Flow::Alone,
        }
    }

    /// The block and, in a table, the cell.
    pub(crate) fn cell(&self) -> Option<(usize, Cell)> {
        match self {
            Place::Body { block, cell } | Place::Attachment { part: Part::Text { block, cell, .. }, .. } => {
                cell.map(|cell| (*block, cell))
            }
            _ => None,
        }
    }

    /// Stable text for [`crate::Finding::key`]; names are preceded by their length, so that no two places share one.
    pub(crate) fn id(&self) -> String {
        let named = |kind: &str, name: &str| format!("{kind}/{}:{name}", name.len());
        let at = |block: &usize, cell: &Option<Cell>| match cell {
            Some(c) => format!("{block}/{}/{}", c.row, c.col),
            None => block.to_string(),
        };
        match self {
            Place::Title => "title".into(),
            Place::Field(name) => named("field", name),
            Place::Body { block, cell } => format!("body/{}", at(block, cell)),
            Place::Attachment { name, part } => {
                let part = match part {
                    Part::Text { section, block, cell } => format!("text/{section}/{}", at(block, cell)),
                    other => format!("{other:?}"),
                };
                format!("{}/{part}", named("file", name))
            }
            Place::Property { file, name } => {
                format!("{}/{}", named("property", name), named("of", file.as_deref().unwrap_or("")))
            }
        }
    }
}

/// For people: `正文第4段`, `附件“名单.docx”第2页第3行第1格`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Place::Title => f.write_str("标题"),
            Place::Field(name) => write!(f, "“{name}”一栏"),
            Place::Body { block, cell } => {
                f.write_str("正文")?;
                position(f, *block, *cell)
            }
            Place::Attachment { name, part } => {
                write!(f, "附件“{name}”")?;
                part.fmt(f)
            }
            Place::Property { file: Some(file), name } => write!(f, "附件“{file}”的文件属性“{name}”"),
            Place::Property { file: None, name } => write!(f, "文件属性“{name}”"),
        }
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Part::Name => "的文件名",
            Part::Header => "页眉",
            Part::Footer => "页脚",
            Part::TextBox => "文本框",
            Part::Stamp => "印章",
            Part::Note => "批注",
            Part::Hidden => "隐藏内容",
            Part::Text { section, block, cell } => {
                if *section > 0 {
                    write!(f, "第{section}页")?;
                }
                return position(f, *block, *cell);
            }
        })
    }
}

fn position(f: &mut fmt::Formatter, block: usize, cell: Option<Cell>) -> fmt::Result {
    write!(f, "第{}段", block + 1)?;
    match cell {
        Some(cell) => write!(f, "第{}行第{}格", cell.row + 1, cell.col + 1),
        None => Ok(()),
    }
}
