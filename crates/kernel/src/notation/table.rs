//! Tables as lines of cells between bars.

use super::escape::{escape, find, unescape};
use super::line::Line;
use crate::block::{Block, Cell, MAX_COLS, MAX_ROWS, Row, Slot, slots};

const LEFT: &str = "<";
const ABOVE: &str = "^";
const BREAK: &str = "<br>";

/// The cells of a line that begins and ends with a bar; `None` where it is no row.
pub fn cells(line: &str) -> Option<Vec<&str>> {
    let mut rest = line.strip_prefix('|').filter(|rest| rest.len() > 1)?;
    let mut cells = Vec::new();
    while !rest.is_empty() {
        let bar = find(rest, "|").filter(|_| cells.len() < MAX_COLS)?;
        cells.push(rest[..bar].trim());
        rest = &rest[bar + 1..];
    }
    Some(cells)
}

/// `---`, `:--`, `:-:`: what stands under headings.
fn is_rule(cell: &str) -> bool {
    let dashes = cell.strip_prefix(':').unwrap_or(cell);
    let dashes = dashes.strip_suffix(':').unwrap_or(dashes);
    cell.len() >= 3 && !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
}

/// Reads the rows at the head of `lines` into one table and says how many lines it took.
pub fn read(caption: &str, lines: &[Line], blocks: &mut Vec<Block>) -> usize {
    let run = lines.iter().map_while(|line| if let Line::Row(cells) = line { Some(cells.as_slice()) } else { None });
    let mut written: Vec<&[&str]> = run.collect();
    let used = written.len();
    let rule = written.iter().skip(1).position(|row| row.iter().all(|cell| is_rule(cell))).map(|at| at + 1);
    if let Some(at) = rule {
        written.remove(at);
    }
    let rows = Reader::new(written).rows(rule.unwrap_or(0));
    blocks.push(Block::Table { caption: caption.to_owned(), rows });
    used
}

/// The cells as written, and which of them a cell on the left or above has taken.
struct Reader<'a> {
    written: Vec<&'a [&'a str]>,
    taken: Vec<Vec<bool>>,
}

impl<'a> Reader<'a> {
    fn new(written: Vec<&'a [&'a str]>) -> Reader<'a> {
        let taken = written.iter().map(|row| vec![false; row.len()]).collect();
        Reader { written, taken }
    }

    fn rows(mut self, heads: usize) -> Vec<Row> {
        let width = self.written.iter().map(|row| row.len()).max().unwrap_or(0);
        (0..self.written.len()).map(|r| Row { cells: self.row(r, width, r < heads) }).collect()
    }

    fn row(&mut self, r: usize, width: usize, head: bool) -> Vec<Cell> {
        let mut cells = Vec::new();
        let length = self.written[r].len();
        for c in 0..length {
            if !self.taken[r][c] {
                let (cols, rows) = self.take(r, c);
                let (marked, text) = content(self.written[r][c]);
                cells.push(Cell { text, head: head || marked, cols, rows });
            }
        }
        if length < width {
            cells.push(Cell { cols: (width - length) as u16, head, ..Cell::new("") });
        }
        cells
    }

    /// How far the cell at this place reaches; takes the marks it covers. A mark that no cell covers is a text.
    fn take(&mut self, r: usize, c: usize) -> (u16, u16) {
        if matches!(self.written[r][c], LEFT | ABOVE) {
            return (1, 1);
        }
        let cols = 1 + (c + 1..).take_while(|&x| self.is(r, x, &[LEFT])).count();
        let covers = |&y: &usize| self.is(y, c, &[ABOVE]) && (c + 1..c + cols).all(|x| self.is(y, x, &[LEFT, ABOVE]));
        let rows = 1 + (r + 1..r + MAX_ROWS).take_while(covers).count();
        for y in r..r + rows {
            self.taken[y][c..c + cols].fill(true);
        }
        (cols as u16, rows as u16)
    }

    fn is(&self, r: usize, c: usize, marks: &[&str]) -> bool {
        let cell = self.written.get(r).and_then(|row| row.get(c));
        cell.is_some_and(|cell| marks.contains(cell)) && !self.taken[r][c]
    }
}

/// Whether the cell is marked as a heading, and its words.
fn content(written: &str) -> (bool, String) {
    let words = if written == "#" { Some("") } else { written.strip_prefix("# ") };
    let mut lines = Vec::new();
    let mut rest = words.unwrap_or(written);
    while let Some(at) = find(rest, BREAK) {
        lines.push(unescape(&rest[..at]));
        rest = &rest[at + BREAK.len()..];
    }
    lines.push(unescape(rest));
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    (words.is_some(), lines.join("\n").trim().to_owned())
}

/// Writes the rows, without a line break after the last. A table that has no layout is written as it is listed.
pub fn write(rows: &[Row], out: &mut String) {
    let heads = rows.iter().take_while(|row| row.cells.iter().all(|cell| cell.head)).count();
    let grid = slots(rows);
    for (r, row) in rows.iter().enumerate() {
        out.push_str(if r == 0 { "|" } else { "\n|" });
        let listed = || (0..row.cells.len()).map(Slot::Cell).collect();
        let line = grid.as_ref().map_or_else(listed, |grid| grid[r].clone());
        for slot in &line {
            let cell = match slot {
                Slot::Cell(index) => written(&row.cells[*index], r < heads),
                Slot::Left => LEFT.to_owned(),
                Slot::Above => ABOVE.to_owned(),
                Slot::Free => String::new(),
            };
            out.extend([" ", &cell, " |"]);
        }
        if r + 1 == heads {
            out.push_str("\n|");
            line.iter().for_each(|_| out.push_str("---|"));
        }
    }
}

fn written(cell: &Cell, in_head: bool) -> String {
    let text = escape(&cell.text, &['|']).replace(BREAK, "\\<br>").replace('\n', BREAK);
    let special = matches!(text.as_str(), LEFT | ABOVE | "#") || text.starts_with("# ") || is_rule(&text);
    let text = if special { format!("\\{text}") } else { text };
    match (cell.head && !in_head, text.is_empty()) {
        (true, true) => "#".to_owned(),
        (true, false) => format!("# {text}"),
        (false, _) => text,
    }
}
