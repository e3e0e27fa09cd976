use super::tokens::attribute;
use crate::grid;
use kernel::Block;
use kernel::block::{Cell, MAX_COLS, MAX_ROWS, Row};

/// A table of data, until another table in it shows that it only lays out the page.
#[derive(Default)]
pub struct Table {
    caption: String,
    rows: Vec<Row>,
    open: Open,
    /// Images that stood in cells.
    pub after: Vec<Block>,
}

/// Where words go.
#[derive(Default, PartialEq)]
enum Open {
    #[default]
    Nowhere,
    Caption,
    Cell,
}

impl Table {
    pub fn is_open(&self) -> bool {
        self.open != Open::Nowhere
    }

    pub fn open(&mut self, name: &str, attributes: &str) {
        let span = |name: &str, most: usize| {
            let n = attribute(attributes, name).and_then(|n| n.trim().parse().ok()).unwrap_or(1usize);
            n.clamp(1, most) as u16
        };
        match name {
            "tr" => {
                self.rows.push(Row::default());
                self.open = Open::Nowhere;
            }
            "caption" => self.open = Open::Caption,
            _ => {
                let (cols, rows) = (span("colspan", MAX_COLS), span("rowspan", MAX_ROWS));
                if self.rows.is_empty() {
                    self.rows.push(Row::default());
                }
                if let Some(row) = self.rows.last_mut() {
                    row.cells.push(Cell { text: String::new(), head: name == "th", cols, rows });
                }
                self.open = Open::Cell;
            }
        }
    }

    pub fn close(&mut self) {
        self.open = Open::Nowhere;
    }

    /// Adds a line to the open cell or the caption.
    pub fn text(&mut self, line: &str) {
        let cell = self.rows.last_mut().and_then(|row| row.cells.last_mut());
        let (text, gap) = match (&self.open, cell) {
            (Open::Caption, _) => (&mut self.caption, " "),
            (Open::Cell, Some(cell)) => (&mut cell.text, "\n"),
            _ => return,
        };
        if !line.is_empty() {
            text.push_str(if text.is_empty() { "" } else { gap });
            text.push_str(line);
        }
    }

    /// The words in reading order, as paragraphs.
    pub fn words(self) -> Vec<Block> {
        grid::words(self.caption, self.rows).into_iter().chain(self.after).collect()
    }

    /// As of [`grid::table`], with the images after it.
    pub fn blocks(self, pieces: &mut usize) -> Vec<Block> {
        grid::table(self.caption, self.rows, pieces).into_iter().chain(self.after).collect()
    }
}
