//! The neighbours of a table cell: the cell to its left, its row, the head of its column, the column below a head.

use crate::{Piece, place::Flow};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// The tables of a paper. Columns are gathered when the first rule asks for one.
pub(crate) struct Tables<'a> {
    pieces: &'a [Piece<'a>],
    columns: OnceCell<HashMap<(Flow<'a>, usize, usize), Vec<usize>>>,
}

impl<'a> Tables<'a> {
    pub fn new(pieces: &'a [Piece<'a>]) -> Tables<'a> {
        Tables { pieces, columns: OnceCell::new() }
    }

    /// The cell to the left.
    pub fn left(&self, piece: usize) -> Option<usize> {
        piece.checked_sub(1).filter(|left| self.same_row(*left, piece))
    }

    /// The cell to the right.
    pub fn right(&self, piece: usize) -> Option<usize> {
        Some(piece + 1).filter(|right| *right < self.pieces.len() && self.same_row(piece, *right))
    }

    /// The topmost cell of the column, where it is another one.
    pub fn head(&self, piece: usize) -> Option<usize> {
        self.column(piece).first().copied().filter(|head| *head < piece)
    }

    /// The cells below.
    pub fn below(&self, piece: usize) -> &[usize] {
        let column = self.column(piece);
        &column[column.partition_point(|n| *n <= piece)..]
    }

    /// All cells of the row, or the piece alone where it is no cell.
    pub fn row(&self, piece: usize) -> Range<usize> {
        let (mut start, mut end) = (piece, piece + 1);
        while let Some(left) = self.left(start) {
            start = left;
        }
        while self.right(end - 1).is_some() {
            end += 1;
        }
        start..end
    }

    fn same_row(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.pieces[a].place, &self.pieces[b].place);
        match (a.cell(), b.cell()) {
            (Some((table, x)), Some((other, y))) => table == other && x.row == y.row && a.flow() == b.flow(),
            _ => false,
        }
    }

    fn column(&self, piece: usize) -> &[usize] {
        let place = &self.pieces[piece].place;
        let Some((table, cell)) = place.cell() else { return &[] };
        self.columns().get(&(place.flow(), table, cell.col)).map_or(&[], Vec::as_slice)
    }

    fn columns(&self) -> &HashMap<(Flow<'a>, usize, usize), Vec<usize>> {
        self.columns.get_or_init(|| {
            let mut columns: HashMap<_, Vec<usize>> = HashMap::new();
            for (n, piece) in self.pieces.iter().enumerate() {
                if let Some((table, cell)) = piece.place.cell() {
                    columns.entry((piece.place.flow(), table, cell.col)).or_default().push(n);
                }
            }
            columns
        })
    }
}
