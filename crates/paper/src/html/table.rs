use super::tokens::attribute;
use kernel::Block;
use kernel::block::{Cell, MAX_COLS, MAX_ROWS, Row, Slot, slots};

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
        let cells = self.rows.into_iter().flat_map(|row| row.cells);
        let lines = cells.flat_map(|cell| cell.text.lines().map(str::to_owned).collect::<Vec<_>>());
        let words = std::iter::once(self.caption).chain(lines).filter(|text| !text.is_empty());
        words.map(|text| Block::Paragraph { text }).chain(self.after).collect()
    }

    /// The table, with spans cut at its last row and short rows filled. Its words alone where it has one cell, spans
    /// that overlap, or more rows than a body may have. Adds the
    /// cells that were filled in to `pieces`.
    pub fn blocks(mut self, pieces: &mut usize) -> Vec<Block> {
        self.rows.retain(|row| !row.cells.is_empty());
        let height = self.rows.len();
        for (r, row) in self.rows.iter_mut().enumerate() {
            row.cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min((height - r).min(MAX_ROWS) as u16));
        }
        let cells: usize = self.rows.iter().map(|row| row.cells.len()).sum();
        let Some(grid) = (cells > 1 && height <= MAX_ROWS).then(|| slots(&self.rows)).flatten() else {
            return self.words();
        };
        for (row, line) in self.rows.iter_mut().zip(grid) {
            let free = line.iter().filter(|slot| **slot == Slot::Free).count();
            *pieces += free;
            row.cells.extend(std::iter::repeat_n(Cell::new(""), free));
        }
        let table = Block::Table { caption: self.caption, rows: self.rows };
        std::iter::once(table).chain(self.after).collect()
    }
}
