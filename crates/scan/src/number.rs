//! Digits as people write them: grouped by spaces, hyphens and dots, full width, in Chinese numerals, cut by a line end
//! or a cell border. A run is digits with nothing but such gaps between them; rules look at whole groups of it, so
//! that no part of a longer number is taken for a shorter one.

use crate::finder::{han, next_han, next_site};
use crate::fold::fold;
use crate::{Piece, place::Flow};
use std::collections::BTreeMap;
use std::ops::Range;

/// The value of a check character X.
pub(crate) const X: u8 = 10;
/// Fewer digits than a telephone of seven has are no business of ours.
const SHORTEST: usize = 7;
/// More separators in a row than this end a run.
const WIDEST_GAP: usize = 6;
/// Pages of figures are cut into runs at a line end after so many digits, and anywhere after many more: bounds memory.
const LONG: usize = 4096;

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
    /// A full stop, middle dot or underline.
    Dot,
    /// A bracket or slash.
    Mark,
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

/// What there is to look at, in reading order.
pub(crate) enum Event<'r> {
    /// A run that is long enough to matter.
    Run(&'r Run),
    /// The first of some digits of one width.
    Digit { piece: usize, at: usize },
    /// An at sign.
    At { piece: usize, at: usize },
}

/// Gives every event of a strip to `each`; of a column runs alone, since its cells were read with their rows.
pub(crate) fn events(pieces: &[Piece], strip: &Strip, each: &mut dyn FnMut(Event)) {
    let mut reader = Reader { each, run: Run { column: strip.column, ..Run::default() }, gap: None };
    for (n, &piece) in strip.pieces.iter().enumerate() {
        let text = pieces[piece].text;
        if n > 0 {
            reader.gap(if pieces[piece].place.cell().is_some() { Gap::Cell } else { Gap::Line });
        }
        let mut at = if reader.open() { reader.follow(text, piece, 0, latin) } else { 0 };
        while let Some(site) = next_site(text.as_bytes(), at) {
            let c = text[site..].chars().next().unwrap_or(' ');
            let at_sign = matches!(c, '@' | '＠');
            if !strip.column {
                let event = if at_sign { Event::At { piece, at: site } } else { Event::Digit { piece, at: site } };
                (reader.each)(event);
            }
            at = if at_sign { site + c.len_utf8() } else { reader.follow(text, piece, site, latin) };
        }
    }
    reader.end();
}

/// The runs of Chinese numerals within one piece.
pub(crate) fn han_runs(text: &str, piece: usize, each: &mut dyn FnMut(&Run)) {
    let each = &mut |event: Event| {
        if let Event::Run(run) = event {
            each(run);
        }
    };
    let mut at = 0;
    while let Some(start) = next_han(text, at) {
        let mut reader = Reader { each, run: Run::default(), gap: None };
        at = reader.follow(text, piece, start, |c| if c == 'X' || c == 'x' { Some(X) } else { han(c) });
        reader.end();
    }
}

fn latin(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        'X' | 'x' | '×' => Some(X),
        _ => None,
    }
}

struct Reader<'a> {
    each: &'a mut dyn FnMut(Event),
    run: Run,
    /// The gap since the last digit, and how many characters it has.
    gap: Option<(Gap, usize)>,
}

impl Reader<'_> {
    fn open(&self) -> bool {
        !self.run.digits.is_empty()
    }

    /// Reads from `start` until the run ends: the first byte that is none of it, or the end of the text with the run
    /// still open.
    fn follow(&mut self, text: &str, piece: usize, start: usize, value: fn(char) -> Option<u8>) -> usize {
        for (at, c) in text[start..].char_indices() {
            let span = start + at..start + at + c.len_utf8();
            let Some(plain) = fold(c) else { continue };
            match (value(plain), plain) {
                (Some(value), _) if value < X || self.open() => self.digit(value, piece, span),
                (_, ' ') => self.gap(Gap::Space),
                (_, '-' | '‐'..='―' | '−' | '─' | '﹣') => self.gap(Gap::Hyphen),
                (_, '.' | '·' | '•' | '_') => self.gap(Gap::Dot),
                (_, '(' | ')' | '/') => self.gap(Gap::Mark),
                (_, '\n' | '\r' | '\u{b}' | '\u{2028}') => self.gap(Gap::Line),
                _ => self.end(),
            }
            if !self.open() {
                return start + at;
            }
        }
        text.len()
    }

    fn digit(&mut self, value: u8, piece: usize, span: Range<usize>) {
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
        if !self.open() {
            return;
        }
        let (old, width) = self.gap.unwrap_or((gap, 0));
        let (gap, digits) = (old.max(gap), self.run.digits.len());
        self.gap = Some((gap, width + 1));
        if width >= WIDEST_GAP || (digits > LONG && gap >= Gap::Line) || digits > 16 * LONG {
            self.end();
        }
    }

    fn end(&mut self) {
        self.gap = None;
        if self.run.digits.len() >= SHORTEST {
            (self.each)(Event::Run(&self.run));
        }
        self.run.digits.clear();
        self.run.groups.clear();
        self.run.gaps.clear();
    }
}
