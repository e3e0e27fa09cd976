//! Digits as people write them: grouped by spaces and hyphens, full width, in Chinese numerals, cut by a line end or a
//! cell border. A run is digits with nothing but such gaps between them; rules look at whole groups of it, so that
//! no part of a longer number is taken for a shorter one.

use crate::fold::fold;
use crate::{Piece, place::Flow};
use std::collections::BTreeMap;
use std::ops::Range;

/// The value of a check character X.
pub(crate) const X: u8 = 10;
/// Fewer digits than a mobile number has are no business of ours.
const SHORTEST: usize = 11;
/// More separators in a row than this end a run.
const WIDEST_GAP: usize = 6;

/// Pieces that are read as one text.
pub(crate) struct Strip {
    pieces: Vec<usize>,
    /// Down a column: only what crosses a border is new.
    column: bool,
}

/// What lies between two groups, the stronger prevailing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Gap {
    Space,
    Hyphen,
    Line,
    Cell,
}

pub(crate) struct Digit {
    /// 0–9, or [`X`].
    pub value: u8,
    pub piece: usize,
    pub span: Range<usize>,
}

/// Groups of digits with their gaps. `gaps[n]` stands before group `n + 1`.
#[derive(Default)]
pub(crate) struct Run {
    pub digits: Vec<Digit>,
    pub groups: Vec<Range<usize>>,
    pub gaps: Vec<Gap>,
    column: bool,
}

impl Run {
    /// The groups from `first` on that hold exactly `wanted` digits together, as an inclusive end.
    pub fn window(&self, first: usize, wanted: usize) -> Option<usize> {
        let start = self.groups[first].start;
        let last = (first..self.groups.len()).find(|&n| self.groups[n].end - start >= wanted)?;
        let crosses = self.digits[start].piece != self.digits[self.groups[last].end - 1].piece;
        (self.groups[last].end - start == wanted && (crosses || !self.column)).then_some(last)
    }

    pub fn digits(&self, first: usize, last: usize) -> &[Digit] {
        &self.digits[self.groups[first].start..self.groups[last].end]
    }

    pub fn values(&self, first: usize, last: usize) -> Vec<u8> {
        self.digits(first, last).iter().map(|d| d.value).collect()
    }

    /// Where it stands: a byte range in each piece that it touches.
    pub fn spots(&self, first: usize, last: usize) -> Vec<(usize, Range<usize>)> {
        let mut spots: Vec<(usize, Range<usize>)> = Vec::new();
        for d in self.digits(first, last) {
            match spots.last_mut() {
                Some((piece, span)) if *piece == d.piece => span.end = d.span.end,
                _ => spots.push((d.piece, d.span.clone())),
            }
        }
        spots
    }
}

/// Digits as text.
pub(crate) fn written(values: &[u8]) -> String {
    values.iter().map(|&v| if v == X { 'X' } else { char::from(b'0' + v) }).collect()
}

/// Paragraphs in a row, table rows, then table columns.
pub(crate) fn strips(pieces: &[Piece]) -> Vec<Strip> {
    let mut strips: Vec<Strip> = Vec::new();
    let mut columns: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    let mut table = 0;
    for (n, piece) in pieces.iter().enumerate() {
        let before = n.checked_sub(1).map(|b| &pieces[b].place);
        let (here, there) = (piece.place.cell(), before.and_then(|b| b.cell()));
        let same_flow = before.is_some_and(|b| b.flow() == piece.place.flow() && b.flow() != Flow::Alone);
        let joined = same_flow
            && match (here, there) {
                (None, None) => true,
                (Some((a, x)), Some((b, y))) => a == b && x.row == y.row,
                _ => false,
            };
        match strips.last_mut() {
            Some(strip) if joined => strip.pieces.push(n),
            _ => strips.push(Strip { pieces: vec![n], column: false }),
        }
        if let Some((block, cell)) = here {
            if !same_flow || there.map(|(b, _)| b) != Some(block) {
                table = n;
            }
            columns.entry((table, cell.col)).or_default().push(n);
        }
    }
    let columns = columns.into_values().filter(|pieces| pieces.len() > 1);
    strips.extend(columns.map(|pieces| Strip { pieces, column: true }));
    strips
}

/// The runs of a strip that are long enough to matter.
pub(crate) fn runs(pieces: &[Piece], strip: &Strip) -> Vec<Run> {
    let mut reader = Reader { column: strip.column, ..Reader::default() };
    for (n, &piece) in strip.pieces.iter().enumerate() {
        if n > 0 {
            reader.gap(if pieces[piece].place.cell().is_some() { Gap::Cell } else { Gap::Line });
        }
        for (at, c) in pieces[piece].text.char_indices() {
            reader.read(c, piece, at..at + c.len_utf8());
        }
    }
    reader.end();
    reader.done
}

#[derive(Default)]
struct Reader {
    run: Run,
    done: Vec<Run>,
    column: bool,
    chinese: bool,
    /// The gap since the last digit, and how many characters it has.
    gap: Option<(Gap, usize)>,
}

impl Reader {
    fn read(&mut self, c: char, piece: usize, span: Range<usize>) {
        if let '\u{4e00}'..='\u{9fff}' = c {
            return match chinese(c) {
                Some(value) => self.digit(value, true, piece, span),
                None => self.end(),
            };
        }
        let Some(plain) = fold(c) else { return };
        match plain {
            '0'..='9' => self.digit(plain as u8 - b'0', false, piece, span),
            'X' | 'x' | '×' if !self.run.digits.is_empty() => self.digit(X, self.chinese, piece, span),
            '〇' => self.digit(0, true, piece, span),
            ' ' => self.gap(Gap::Space),
            '-' | '‐'..='―' | '−' | '─' | '﹣' => self.gap(Gap::Hyphen),
            '\n' | '\r' | '\u{b}' | '\u{2028}' => self.gap(Gap::Line),
            _ => self.end(),
        }
    }

    fn digit(&mut self, value: u8, chinese: bool, piece: usize, span: Range<usize>) {
        if chinese != self.chinese {
            self.end();
            self.chinese = chinese;
        }
        let at = self.run.digits.len();
        self.run.digits.push(Digit { value, piece, span });
        match (self.run.groups.last_mut(), self.gap.take()) {
            (Some(group), None) => group.end = at + 1,
            (None, _) => self.run.groups.push(at..at + 1),
            (Some(_), Some((gap, _))) => {
                self.run.gaps.push(gap);
                self.run.groups.push(at..at + 1);
            }
        }
    }

    fn gap(&mut self, gap: Gap) {
        if self.run.digits.is_empty() {
            return;
        }
        let (old, width) = self.gap.unwrap_or((gap, 0));
        self.gap = Some((old.max(gap), width + 1));
        if width >= WIDEST_GAP {
            self.end();
        }
    }

    fn end(&mut self) {
        self.gap = None;
        if self.run.digits.len() >= SHORTEST {
            let run = std::mem::take(&mut self.run);
            self.done.push(Run { column: self.column, ..run });
        } else {
            self.run.digits.clear();
            self.run.groups.clear();
            self.run.gaps.clear();
        }
    }
}

fn chinese(c: char) -> Option<u8> {
    Some(match c {
        '零' => 0,
        '一' | '壹' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}
