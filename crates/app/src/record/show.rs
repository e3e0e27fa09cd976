//! Blocks as HTML: the same sheet for the public page, the review desk and the preview.

use crate::ui::Html;
use askama::Template;
use kernel::Block;
use kernel::block::{Cell, Row};

#[derive(Template)]
#[template(path = "record/blocks.html")]
struct Blocks<'a> {
    blocks: &'a [Block],
    /// Where images are found: the address before their file name.
    files: &'a str,
}

/// The blocks of a text.
pub fn blocks(blocks: &[Block], files: &str) -> Html {
    Html::rendered(Blocks { blocks, files }.render().expect("writing to memory"))
}

#[derive(Template)]
#[template(path = "record/sheet.html")]
struct Sheet<'a> {
    red_head: Option<&'a str>,
    number: &'a str,
    title: &'a str,
    body: Html,
}

/// A whole document as the public sees it; with a red head where its kind has one.
pub fn sheet(red_head: Option<&str>, number: &str, title: &str, body: &[Block], files: &str) -> Html {
    // Without a number it was not issued as a document with a red head.
    let red_head = red_head.filter(|_| !number.is_empty());
    let sheet = Sheet { red_head, number, title, body: blocks(body, files) };
    Html::rendered(sheet.render().expect("writing to memory"))
}

/// Headings of a text begin under the page's `h1` and the sheet's `h2`.
fn level(level: &u8) -> u8 {
    (level + 2).min(6)
}

/// Rows of heading cells only, at the top, are the table's head.
fn head_rows(rows: &[Row]) -> usize {
    rows.iter()
        .take_while(|r| !r.cells.is_empty() && r.cells.iter().all(|c| c.head))
        .count()
        .min(rows.len().saturating_sub(1))
}

fn lines(cell: &Cell) -> Vec<&str> {
    cell.text.split('\n').collect()
}
