//! Tables, however a format tells of them.

use kernel::Block;
use kernel::block::{Cell, MAX_COLS, MAX_ROWS, Row, Slot, slots};

/// The table, with spans cut at its last row and short rows filled; `pieces` grows by the cells filled in. Its words
/// alone, as paragraphs, where it has one cell, spans that overlap, or more than a body may have.
pub fn table(caption: String, mut rows: Vec<Row>, pieces: &mut usize) -> Vec<Block> {
    rows.retain(|row| !row.cells.is_empty());
    let height = rows.len();
    for (r, row) in rows.iter_mut().enumerate() {
        row.cells.iter_mut().for_each(|cell| cell.rows = cell.rows.min((height - r).min(MAX_ROWS) as u16));
    }
    let cells: usize = rows.iter().map(|row| row.cells.len()).sum();
    let Some(grid) = (cells > 1 && height <= MAX_ROWS).then(|| slots(&rows)).flatten() else {
        return words(caption, rows);
    };
    for (row, line) in rows.iter_mut().zip(grid) {
        let free = line.iter().filter(|slot| **slot == Slot::Free).count();
        *pieces += free;
        row.cells.extend(std::iter::repeat_n(Cell::new(""), free));
    }
    vec![Block::Table { caption, rows }]
}

/// The words of a table in reading order, as paragraphs.
pub fn words(caption: String, rows: Vec<Row>) -> Vec<Block> {
    let cells = rows.into_iter().flat_map(|row| row.cells);
    let lines = cells.flat_map(|cell| cell.text.lines().map(str::to_owned).collect::<Vec<_>>());
    let words = std::iter::once(caption).chain(lines).filter(|text| !text.is_empty());
    words.map(|text| Block::Paragraph { text }).collect()
}

/// A cell as a format places it: its column, and whether it goes on from the cell above.
pub struct Placed {
    pub col: usize,
    pub cell: Cell,
    /// Covered by the cell above it.
    pub covered: bool,
}

/// Rows of cells that say by themselves whether they belong to the cell above.
pub fn joined(placed: Vec<Vec<Placed>>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(placed.len());
    // Of each column, where the cell stands that may still grow: its row and its index.
    let mut above = [None::<(usize, usize)>; MAX_COLS];
    for (r, line) in placed.into_iter().enumerate() {
        rows.push(Row::default());
        for Placed { col, cell, covered } in line {
            let col = col.min(MAX_COLS - 1);
            match above[col].filter(|_| covered) {
                Some((row, at)) => rows[row].cells[at].rows = (r - row + 1).min(MAX_ROWS) as u16,
                None => {
                    above[col] = Some((r, rows[r].cells.len()));
                    rows[r].cells.push(cell);
                }
            }
        }
    }
    rows
}
