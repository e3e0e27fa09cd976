//! The text with its findings marked, each mark leading to its card and back.

use super::mend::{Seg, Spot, cut};
use crate::ui::Html;
use askama::Template;
use kernel::Block;
use scan::Place;

struct Cell {
    segs: Vec<Seg>,
    head: bool,
    cols: u16,
    rows: u16,
}

enum Part {
    Heading(u8, Vec<Seg>),
    /// With the class of its paragraph.
    Line(&'static str, Vec<Seg>),
    List(bool, Vec<Vec<Seg>>),
    Table(Vec<Seg>, Vec<Vec<Cell>>),
}

#[derive(Template)]
#[template(path = "record/marked.html")]
struct Marked {
    title: Vec<Seg>,
    /// Fields in which something was found, by the name people see.
    fields: Vec<(&'static str, Vec<Seg>)>,
    parts: Vec<Part>,
}

/// Title, body, and the fields in which something was found.
pub fn sheet(title: &str, fields: &[(&'static str, String)], blocks: &[Block], spots: &[Spot]) -> Html {
    let found = |place: &Place| spots.iter().any(|s| s.place == *place);
    let fields = fields.iter().filter(|(zh, _)| found(&Place::Field(zh)));
    let marked = Marked {
        title: cut(title, &Place::Title, spots),
        fields: fields.map(|(zh, text)| (*zh, cut(text, &Place::Field(zh), spots))).collect(),
        parts: blocks.iter().enumerate().map(|(n, block)| part(n, block, spots)).collect(),
    };
    Html::rendered(marked.render().expect("writing to memory"))
}

fn part(n: usize, block: &Block, spots: &[Spot]) -> Part {
    let line = |text: &str| cut(text, &Place::body(n), spots);
    let at = |text: &str, row, col| cut(text, &Place::body_cell(n, row, col), spots);
    match block {
        Block::Heading { level, text } => Part::Heading((*level + 2).min(6), line(text)),
        Block::Paragraph { text } => Part::Line("", line(text)),
        Block::Signature { text } | Block::Date { text } => Part::Line("sign", line(text)),
        Block::Note { text } => Part::Line("record-note no", line(text)),
        Block::Image { caption, alt, .. } => {
            Part::Line("record-picture no", line(if caption.is_empty() { alt } else { caption }))
        }
        Block::List { ordered, items } => {
            Part::List(*ordered, items.iter().enumerate().map(|(i, item)| at(item, i, 0)).collect())
        }
        Block::Table { caption, rows } => {
            let cell = |r: usize, c: usize, cell: &kernel::block::Cell| Cell {
                segs: at(&cell.text, r, c),
                head: cell.head,
                cols: cell.cols,
                rows: cell.rows,
            };
            let row = |(r, row): (usize, &kernel::block::Row)| {
                row.cells.iter().enumerate().map(|(c, one)| cell(r, c, one)).collect()
            };
            Part::Table(line(caption), rows.iter().enumerate().map(row).collect())
        }
    }
}
