//! Papers in: uploaded files become the fields and blocks of a draft. Nothing here is trusted and nothing is stored;
//! the words are kept as they are, and what cannot be read without loss is refused.

mod charset;
mod header;
mod html;

use kernel::{Block, Refusal};
use serde::Serialize;
use std::collections::BTreeMap;

pub use html::html;

/// The largest file that is read, in bytes.
pub const MAX_INPUT: usize = 50 * 1024 * 1024;

/// The most paragraphs, items and cells that one file may have; a body holds fewer.
pub const MAX_PIECES: usize = 500_000;

/// What was found in a file. A person looks at all of it before it becomes a draft.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Imported {
    pub title: Option<String>,
    /// What the head or foot of the paper says about itself, by its usual name and as written: 文号, 发布日期, 成文日期,
    /// 信息来源, 作者, 责任编辑, 索引号, 发文机关, 主题分类.
    pub fields: BTreeMap<String, String>,
    pub blocks: Vec<Block>,
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
    header::take_fields(&mut imported);
    header::take_title(&mut imported);
    finish(imported)
}

fn check_length(pieces: usize) -> Result<(), Refusal> {
    if pieces > MAX_PIECES {
        return Err(Refusal::new("file-long", "文件太长，不能作为正文导入。请拆分，或者作为附件公开。").at("file"));
    }
    Ok(())
}

/// What every importer does last.
fn finish(mut imported: Imported) -> Result<Imported, Refusal> {
    header::mark_signature(&mut imported.blocks);
    if !imported.blocks.iter().any(|block| matches!(block, Block::Heading { .. })) {
        imported.blocks = kernel::notation::tidy_numbering(imported.blocks);
    }
    if imported.blocks.is_empty() && imported.title.is_none() {
        let says = "文件里没有文字。请确认文件，图片中的文字需要录入。";
        return Err(Refusal::new("file-empty", says).at("file"));
    }
    Ok(imported)
}
