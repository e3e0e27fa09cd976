//! One examination for personal data: numbers first, then what words give away.

use crate::label::Labels;
use crate::number::{self, Event, Run};
use crate::{Finding, Piece, Rule, Settings, Severity};
use crate::{card, cue, landline, mail, mobile, permit, plate, resident};
use std::ops::{Range, RangeInclusive};

/// What every rule needs, and where it puts what it found.
pub(crate) struct Hunt<'a> {
    pub labels: Labels<'a>,
    pub settings: &'a Settings,
    found: Vec<(usize, Finding)>,
}

/// A stretch of groups of a run with its values, and where it begins and ends.
pub(crate) struct Candidate<'r> {
    pub run: &'r Run,
    pub first: usize,
    pub last: usize,
    pub values: Vec<u8>,
    /// Piece and byte.
    pub start: (usize, usize),
    pub end: (usize, usize),
}

impl<'r> Candidate<'r> {
    /// The groups from `first` on that hold exactly `length` digits.
    pub fn new(run: &'r Run, first: usize, length: usize) -> Option<Candidate<'r>> {
        let last = run.window(first, length)?;
        let digits = run.digits(first, last);
        let start = digits.first().map(|d| (d.piece, d.span.start))?;
        let end = digits.last().map(|d| (d.piece, d.span.end))?;
        Some(Candidate { run, first, last, values: run.values(first, last), start, end })
    }

    pub fn gaps(&self) -> &[number::Gap] {
        &self.run.gaps[self.first..self.last]
    }

    /// How many digits each group has.
    pub fn lengths(&self) -> Vec<usize> {
        self.run.groups[self.first..=self.last].iter().map(|group| group.len()).collect()
    }
}

impl<'a> Hunt<'a> {
    pub fn new(pieces: &'a [Piece<'a>], settings: &'a Settings) -> Hunt<'a> {
        Hunt { labels: Labels::new(pieces), settings, found: Vec::new() }
    }

    pub fn pieces(&self) -> &'a [Piece<'a>] {
        self.labels.pieces
    }

    pub fn text(&self, piece: usize) -> &'a str {
        self.pieces()[piece].text
    }

    /// Numbers of persons: resident identity, telephone, bank card, plate, passport, mailbox.
    pub fn numbers(&mut self) {
        let pieces = self.pieces();
        for strip in number::strips(pieces) {
            number::events(pieces, &strip, &mut |event| match event {
                Event::Run(run) => self.run(run),
                Event::At { piece, at } => mail::find(self, piece, at),
                Event::Digit { piece, at } => {
                    plate::find(self, piece, at);
                    permit::find_lettered(self, piece, at);
                }
            });
        }
        for (n, piece) in pieces.iter().enumerate() {
            number::han_runs(piece.text, n, &mut |run| self.run(run));
        }
    }

    /// What words give away: addresses, births, health, children, families, names.
    pub fn words(&mut self) {
        cue::find(self);
    }

    /// The rules in the order of their certainty; what one has taken, the next leaves alone.
    fn run(&mut self, run: &Run) {
        let mut taken: Vec<RangeInclusive<usize>> = Vec::new();
        for judge in [resident::judge, mobile::judge, card::judge, permit::judge, landline::judge] {
            let mut first = 0;
            while first < run.groups.len() {
                let free = |last: usize| taken.iter().all(|t| last < *t.start() || *t.end() < first);
                first = match judge(self, run, first).filter(|(last, _)| free(*last)) {
                    Some((last, finding)) => {
                        taken.push(first..=last);
                        self.found.push((run.digits(first, last)[0].piece, finding));
                        last + 1
                    }
                    None => first + 1,
                };
            }
        }
    }

    /// Notes a finding within one piece, of the rule's own severity.
    pub fn note(&mut self, rule: Rule, piece: usize, span: Range<usize>, excerpt: String, says: &str) {
        self.note_as(rule.info().severity, rule, piece, span, excerpt, says);
    }

    pub fn note_as(
        &mut self,
        severity: Severity,
        rule: Rule,
        piece: usize,
        span: Range<usize>,
        excerpt: String,
        says: &str,
    ) {
        let plain = &self.text(piece)[span.clone()];
        let finding = Finding::new(self.pieces(), rule, &[(piece, span)], plain).severity(severity);
        self.add(piece, finding.excerpt(excerpt.clone()).says(says).suggest(excerpt));
    }

    pub fn add(&mut self, piece: usize, finding: Finding) {
        self.found.push((piece, finding));
    }

    pub fn found(self) -> Vec<(usize, Finding)> {
        self.found
    }
}
