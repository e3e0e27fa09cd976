use super::{MAX_COLS, Row};

/// What stands at one place of a table's grid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slot {
    /// Nothing reaches here: the row is short.
    Free,
    /// A cell begins here: its index in the row.
    Cell(usize),
    /// Covered by the cell that reaches here from the left.
    Left,
    /// Covered by the cell that reaches here from above (the first column of that cell).
    Above,
}

/// Lays the cells out, row by row, as a browser does: a cell takes the first free place of its row. Spans are cut at
/// the last row and at `MAX_COLS`; `None` where they would have to be cut, or where two cells overlap. The rows of
/// the answer are as long as the widest.
pub fn slots(rows: &[Row]) -> Option<Vec<Vec<Slot>>> {
    let mut grid: Vec<Vec<Slot>> = Vec::with_capacity(rows.len());
    let mut hanging: Vec<(u16, Slot)> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        let mut line: Vec<Slot> = Vec::with_capacity(hanging.len());
        for (left, slot) in &mut hanging {
            line.push(if *left > 0 { *slot } else { Slot::Free });
            *left = left.saturating_sub(1);
        }
        for (index, cell) in row.cells.iter().enumerate() {
            let at = line.iter().position(|slot| *slot == Slot::Free).unwrap_or(line.len());
            let end = at + usize::from(cell.cols.max(1));
            if end > MAX_COLS || usize::from(cell.rows) > rows.len() - r || cell.rows == 0 || cell.cols == 0 {
                return None;
            }
            line.resize(line.len().max(end), Slot::Free);
            hanging.resize(line.len(), (0, Slot::Free));
            for c in at..end {
                if line[c] != Slot::Free {
                    return None;
                }
                line[c] = if c == at { Slot::Cell(index) } else { Slot::Left };
                hanging[c] = (cell.rows - 1, if c == at { Slot::Above } else { Slot::Left });
            }
        }
        grid.push(line);
    }
    let width = hanging.len();
    grid.iter_mut().for_each(|line| line.resize(width, Slot::Free));
    Some(grid)
}
