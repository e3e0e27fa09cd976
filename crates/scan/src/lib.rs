//! The reviewer's assistant: text in, findings out. It marks what may be wrong and never decides, least of all a
//! level of secrecy (机器不判断密级). Pure: no I/O, no clock, the same findings in the same order for the same pieces.
//!
//! [`marks`] is the quick look before a draft, an autosave or a file is stored: refuse when anything in it blocks.
//! [`scan`] is the whole examination. Both take the text in [`Piece`]s, each of which says where it stands, because
//! 机密★20年 at the head of a page is a mark and in a sentence about marks is not.

mod finding;
mod fold;
mod label;
mod marks;
mod mobile;
mod number;
mod party;
mod place;
mod resident;
mod rule;

pub use finding::{Finding, Spot};
pub use place::{Cell, Part, Piece, Place};
pub use rule::{RULES, Rule, RuleInfo, Severity};

use kernel::Day;
use std::collections::BTreeSet;

/// What a body may set without a release.
#[derive(Clone, Debug)]
pub struct Settings {
    /// A date of birth after this day is none. The day of the scan, where the caller knows it.
    pub today: Day,
    /// Numbers that are public on purpose (duty mobiles, office contacts), as digits alone: `13973312345`.
    pub public_numbers: BTreeSet<String>,
}

impl Default for Settings {
    /// No allowed numbers; any birth of this century or before.
    fn default() -> Settings {
        Settings { today: Day::new(2099, 12, 31).expect("a date"), public_numbers: BTreeSet::new() }
    }
}

/// Secrecy, internal and disclosure marks only: the check before anything is stored.
/// Store nothing of the text when any finding is [`Severity::Block`]; journal the rule, not the text.
pub fn marks(pieces: &[Piece]) -> Vec<Finding> {
    ordered(marks::find(pieces))
}

/// All rules, with the default settings. Ordered by piece, then position, then rule.
pub fn scan(pieces: &[Piece]) -> Vec<Finding> {
    scan_with(pieces, &Settings::default())
}

/// All rules, with what the body has set.
pub fn scan_with(pieces: &[Piece], settings: &Settings) -> Vec<Finding> {
    let mut found = marks::find(pieces);
    let labels = label::Labels::new(pieces);
    for strip in number::strips(pieces) {
        for run in number::runs(pieces, &strip) {
            let taken = resident::find(&run, &labels, settings, &mut found);
            mobile::find(&run, &taken, &labels, settings, &mut found);
        }
    }
    ordered(found)
}

fn ordered(mut found: Vec<(usize, Finding)>) -> Vec<Finding> {
    found.sort_by_key(|(piece, f)| (*piece, f.span.start, f.rule, f.span.end));
    found.dedup_by(|(a, f), (b, g)| a == b && f.rule == g.rule && f.span == g.span);
    found.into_iter().map(|(_, f)| f).collect()
}
