//! Wrong characters and expressions: what is misspelt, mispunctuated, contradicts itself or the law, does not add up,
//! is out of date, leads nowhere or was put in by somebody else. Everything here is a suggestion; a person decides. The
//! statistics stand in `data/`, with their sources and licences.

mod broken;
mod dates;
mod foreign;
mod grams;
mod limits;
mod lists;
mod punct;
mod rows;
mod sound;
mod stream;
mod sums;
mod typo;

use crate::place::Flow;
use crate::{Finding, Piece, Rule, Settings};
use std::ops::Range;

/// One remark on a piece of text, before it becomes a finding.
pub(crate) struct Remark {
    pub rule: Rule,
    /// Bytes of the piece.
    pub span: Range<usize>,
    pub says: String,
    pub suggestion: Option<String>,
}

/// All remarks, each with the index of its piece.
pub(crate) fn find(pieces: &[Piece], settings: &Settings) -> Vec<(usize, Finding)> {
    let mut found = weighed(pieces);
    found.extend(told(pieces, settings));
    found
}

/// What statistics say, whatever a body sets.
pub(crate) fn weighed(pieces: &[Piece]) -> Vec<(usize, Finding)> {
    let mut memo = typo::Memo::new(pieces.iter().map(|p| p.text.len()).sum());
    let mut found = Vec::new();
    for (n, piece) in pieces.iter().enumerate() {
        let remarks = misprints(piece.text, &mut memo);
        found.extend(remarks.into_iter().map(|remark| (n, finding(pieces, n, remark))));
    }
    found
}

/// What lists and rules say.
pub(crate) fn told(pieces: &[Piece], settings: &Settings) -> Vec<(usize, Finding)> {
    let lists = lists::Lists::new(pieces, settings);
    let mut found = sums::tables(pieces);
    let mut open = (Flow::Alone, Vec::new());
    for (n, piece) in pieces.iter().enumerate() {
        let text = piece.text;
        if open.0 != piece.place.flow() || piece.place.cell().is_some() {
            open = (piece.place.flow(), Vec::new());
        }
        let remarks = [
            punct::find(text, &mut open.1),
            dates::find(text),
            sums::find(text),
            lists.find(text),
            limits::find(text, lists.year, settings),
            foreign::find(text),
            broken::find(text),
        ];
        found.extend(remarks.into_iter().flatten().map(|remark| (n, finding(pieces, n, remark))));
    }
    found.extend(punct::half_width(pieces));
    found.extend(punct::bare_headings(pieces));
    found.extend(broken::attachments(pieces));
    found
}

fn finding(pieces: &[Piece], n: usize, remark: Remark) -> Finding {
    let matched = &pieces[n].text[remark.span.clone()];
    let finding = Finding::new(pieces, remark.rule, &[(n, remark.span)], matched).says(remark.says);
    match remark.suggestion {
        Some(words) => finding.suggest(words),
        None => finding,
    }
}

fn misprints(text: &str, memo: &mut typo::Memo) -> Vec<Remark> {
    let stream = stream::Stream::new(text);
    let remark = |slip: &typo::Slip| {
        let (stretch, right) = typo::word(&stream, slip);
        let span = stream.source(stretch);
        let says = says(slip.kind, &text[span.clone()], &right);
        Remark { rule: Rule::Misprint, span, says, suggestion: Some(right) }
    };
    typo::slips(&stream, memo).iter().map(remark).collect()
}

fn says(kind: typo::Kind, wrong: &str, right: &str) -> String {
    match kind {
        typo::Kind::Wrong => format!("“{wrong}”少见，这样的上下文里通常写“{right}”。请核对是否错字。"),
        typo::Kind::Doubled => format!("“{wrong}”重复，通常只写“{right}”。请核对是否多字。"),
        typo::Kind::Missing => format!("“{wrong}”不连贯，通常写“{right}”。请核对是否漏字。"),
        typo::Kind::Swapped => format!("“{wrong}”次序少见，通常写“{right}”。请核对是否颠倒。"),
    }
}
