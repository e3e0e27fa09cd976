//! How well the rules do on vectors: texts, with what must be found in them. For the tests, whose floors hold what was
//! reached, and for `mingtang bench scan`, which prints it.

use crate::{Finding, Settings, document};
use std::collections::BTreeMap;
use std::ops::Range;

/// How the rules of one kind did.
#[derive(Clone, Default, Debug)]
pub struct Score {
    /// Stretches that must be found, and those of them that were.
    pub wanted: usize,
    pub hit: usize,
    /// Findings that nobody asked for.
    pub false_alarms: usize,
}

impl Score {
    /// From 0 to 1; 1 where nothing was wanted.
    pub fn recall(&self) -> f64 {
        if self.wanted == 0 { 1.0 } else { self.hit as f64 / self.wanted as f64 }
    }

    /// From 0 to 1; 1 where nothing was found.
    pub fn precision(&self) -> f64 {
        let all = self.hit + self.false_alarms;
        if all == 0 { 1.0 } else { self.hit as f64 / all as f64 }
    }
}

/// What the vectors of one file came to.
#[derive(Clone, Default, Debug)]
pub struct Table {
    pub kinds: BTreeMap<String, Score>,
    /// Texts in which nothing may be found, and those of them in which something was.
    pub clean: usize,
    pub alarmed: usize,
    /// What was missed, and what was found for nothing: a line each.
    pub notes: Vec<String>,
}

impl Table {
    /// Of all kinds together.
    pub fn all(&self) -> Score {
        self.kinds.values().fold(Score::default(), |sum, s| Score {
            wanted: sum.wanted + s.wanted,
            hit: sum.hit + s.hit,
            false_alarms: sum.false_alarms + s.false_alarms,
        })
    }

    /// The share of clean texts with an alarm, from 0 to 1.
    pub fn alarms(&self) -> f64 {
        self.alarmed as f64 / self.clean.max(1) as f64
    }

    fn kind(&mut self, kind: &str) -> &mut Score {
        self.kinds.entry(kind.to_owned()).or_default()
    }
}

/// A text with the stretches in it that must be found, exactly; none where it is clean.
pub struct Person<'a> {
    pub kind: &'a str,
    pub text: &'a str,
    pub wanted: Vec<&'a str>,
}

/// Scores the rules about persons and marks.
pub fn persons<'a>(rows: impl IntoIterator<Item = Person<'a>>) -> Table {
    let mut table = Table::default();
    for Person { kind, text, mut wanted } in rows {
        table.kind(kind).wanted += wanted.len();
        let found = of_groups(text, &["person.", "mark."]);
        table.clean += usize::from(wanted.is_empty());
        table.alarmed += usize::from(wanted.is_empty() && !found.is_empty());
        for f in found {
            let (rule, stretch) = (f.rule.info().kind, &text[f.span.clone()]);
            match wanted.iter().position(|w| rule == kind && *w == stretch) {
                Some(n) => {
                    wanted.remove(n);
                    table.kind(rule).hit += 1;
                }
                None => {
                    table.kind(rule).false_alarms += 1;
                    table.notes.push(format!("false alarm {rule} “{stretch}” in {text:?}"));
                }
            }
        }
        table.notes.extend(wanted.iter().map(|w| format!("missed {kind} “{w}” in {text:?}")));
    }
    table
}

/// A sentence, and what it should read where it has a fault.
pub struct Sentence<'a> {
    pub kind: &'a str,
    pub text: &'a str,
    pub right: Option<&'a str>,
}

/// Scores the rules about words: a fault is found where a finding touches it.
pub fn words<'a>(rows: impl IntoIterator<Item = Sentence<'a>>) -> Table {
    let mut table = Table::default();
    for Sentence { kind, text, right } in rows {
        let found = of_groups(text, &["words.", "page."]);
        let place = right.map(|right| changed(text, right));
        let (hits, false_alarms): (Vec<&Finding>, Vec<&Finding>) =
            found.iter().partition(|f| place.as_ref().is_some_and(|place| touches(f, place)));
        table.notes.extend(false_alarms.iter().map(|f| format!("false alarm {} {}: {text}", f.rule, f.says)));
        let score = table.kind(kind);
        score.false_alarms += false_alarms.len();
        if place.is_some() {
            score.wanted += 1;
            score.hit += usize::from(!hits.is_empty());
            table.notes.extend(hits.is_empty().then(|| format!("missed {kind}: {text}")));
        } else {
            table.clean += 1;
            table.alarmed += usize::from(!found.is_empty());
        }
    }
    table
}

fn of_groups(text: &str, groups: &[&str]) -> Vec<Finding> {
    let mut found = document(text, &Settings::default());
    found.retain(|f| groups.iter().any(|group| f.rule.id().starts_with(group)));
    found
}

/// Bytes of the first place where two texts differ, in the first.
pub fn changed(wrong: &str, right: &str) -> Range<usize> {
    let same = wrong.chars().zip(right.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum::<usize>();
    let tail = wrong.chars().rev().zip(right.chars().rev()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8());
    let end = wrong.len() - tail.sum::<usize>().min(wrong.len() - same);
    same..end.max(same)
}

/// Whether a finding overlaps a place, or meets it.
pub fn touches(finding: &Finding, place: &Range<usize>) -> bool {
    finding.span.start <= place.end && place.start <= finding.span.end
}
