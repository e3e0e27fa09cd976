//! Papers in: uploaded files become the fields and blocks of a draft. Nothing here is trusted and nothing is stored;
//! the words are kept as they are, and what cannot be read without loss is refused, or named in [`Imported::unread`].

mod bundle;
mod charset;
mod copy;
mod docx;
mod feed;
mod format;
mod grid;
mod header;
mod html;
mod imported;
mod layout;
mod numeral;
mod ofd;
mod office;
mod outline;
mod pack;
mod pdf;
mod pptx;
mod typeset;
pub mod wire;
mod workbook;
mod xlsx;
mod xml;

use kernel::{Block, Refusal};

pub use bundle::bundle;
pub use copy::{Area, Copied, LEAST, Order, Passage, copy, marked, replaced};
pub use feed::{Entry, feed};
pub use format::Format;
pub use html::html;
pub use imported::{Hidden, HiddenKind, Imported, Picture, Spot, Words};
pub use typeset::{Letter, Press, Text};
pub use workbook::{Sheet, workbook};

/// The largest file that is read, in bytes.
pub const MAX_INPUT: usize = 50 * 1024 * 1024;

/// The most paragraphs, items and cells that one file may have; a body holds fewer.
pub const MAX_PIECES: usize = 500_000;

/// Reads a file by what it holds, whatever its name says. A name that promises another format is refused: who opens
/// the file would be led astray by it.
///
/// # Errors
/// One of [`wire::CODES`], with what to do.
pub fn read(name: &str, bytes: &[u8]) -> Result<Imported, Refusal> {
    check_size(bytes)?;
    let format = Format::of(name, bytes)?;
    format.check_name(name)?;
    match format {
        Format::Docx => docx::docx(bytes),
        Format::Xlsx => xlsx::xlsx(bytes),
        Format::Pptx => pptx::pptx(bytes),
        Format::Ofd => ofd::ofd(bytes),
        Format::Pdf => pdf::pdf(bytes),
        Format::Html => html(bytes),
        Format::Text => text(bytes),
    }
}

/// The characters of a file: UTF-8, UTF-16 with a byte order mark, GBK or GB 18030.
///
/// # Errors
/// `file-size` over 50 MB, `file-charset` where bytes cannot be read without loss.
pub fn plain(bytes: &[u8]) -> Result<String, Refusal> {
    charset::decode(bytes, None)
}

/// Reads plain text: UTF-8, UTF-16 with a byte order mark, GBK or GB 18030. The first line that is no header line is
/// the title if it can be one; every other line is a paragraph, short numbered ones are headings.
///
/// # Errors
/// `file-size` over 50 MB, `file-long` over `MAX_PIECES`, `file-charset` where bytes cannot be read without loss,
/// `file-empty`.
pub fn text(bytes: &[u8]) -> Result<Imported, Refusal> {
    let text = charset::decode(bytes, None)?;
    let lines = text.split(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']).map(kernel::block::clean);
    let blocks = lines.filter(|line| !line.is_empty()).map(|text| Block::Paragraph { text });
    let blocks: Vec<Block> = blocks.take(MAX_PIECES + 1).collect();
    check_length(blocks.len())?;
    let mut imported = Imported { blocks, ..Imported::default() };
    imported.note_blocks();
    header::take_fields(&mut imported);
    header::take_title(&mut imported);
    finish(imported)
}

/// What pasted blocks say about themselves: fields, title where `untitled`, signature, date, numbered headings.
pub fn recognise(blocks: Vec<Block>, untitled: bool) -> Imported {
    let mut imported = Imported { blocks, ..Imported::default() };
    imported.note_blocks();
    header::take_fields(&mut imported);
    if untitled {
        header::take_title(&mut imported);
    }
    tidy(&mut imported);
    imported
}

/// A refusal of the file as a whole.
fn refuse(code: &'static str, says: impl Into<String>) -> Refusal {
    Refusal::new(code, says).at("file")
}

fn check_size(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > MAX_INPUT {
        return Err(refuse("file-size", "文件超过 50 MB。请拆分后再导入。"));
    }
    Ok(())
}

fn check_length(pieces: usize) -> Result<(), Refusal> {
    if pieces > MAX_PIECES {
        return Err(refuse("file-long", "文件太长，不能作为正文导入。请拆分，或者作为附件公开。"));
    }
    Ok(())
}

/// What every importer does last. A file without a word is refused, unless it is known that a machine cannot read it.
fn finish(mut imported: Imported) -> Result<Imported, Refusal> {
    tidy(&mut imported);
    let worded = |block: &Block| !matches!(block, Block::Image { .. });
    if !imported.pictures.is_empty() && imported.title.is_none() && !imported.blocks.iter().any(worded) {
        imported.unread.push("正文只有图片，图中的文字没有识读".into());
    }
    let nothing = imported.blocks.is_empty() && imported.title.is_none();
    if nothing && imported.unread.is_empty() {
        return Err(refuse("file-empty", "文件里没有文字。请确认文件，图片中的文字需要录入。"));
    }
    Ok(imported)
}

/// Signature, date, and headings where the paper marks none itself.
fn tidy(imported: &mut Imported) {
    header::mark_signature(&mut imported.blocks);
    if !imported.blocks.iter().any(|block| matches!(block, Block::Heading { .. })) {
        let blocks = kernel::notation::tidy_numbering(std::mem::take(&mut imported.blocks));
        imported.blocks = outline::number(blocks);
    }
}
