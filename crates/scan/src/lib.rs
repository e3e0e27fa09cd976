//! The reviewer's assistant: text in, findings out. It marks what may be wrong and never decides, least of all a
//! level of secrecy (机器不判断密级). Pure: no I/O, no clock, the same findings in the same order for the same pieces.
//!
//! [`marks`] is the quick look before a draft, an autosave or a file is stored: refuse when anything in it blocks.
//! [`scan`] is the whole examination. Both take the text in [`Piece`]s, each of which says where it stands, because
//! 机密★20年 at the head of a page is a mark and in a sentence about marks is not.

mod address;
mod birth;
mod card;
mod child;
mod cue;
mod document;
mod finder;
mod finding;
mod fold;
mod health;
mod hunt;
mod label;
mod landline;
mod leak;
mod mail;
mod many;
mod marks;
mod mobile;
mod name;
mod number;
mod party;
mod permit;
mod place;
mod plate;
mod resident;
mod rule;
mod rules;
pub mod score;
mod settings;
mod table;
mod words;

pub use document::{document, within};
pub use finding::{Finding, Spot};
pub use many::Words;
pub use place::{Cell, Part, Piece, Place};
pub use rule::{Rule, RuleInfo, Severity};
pub use rules::RULES;
pub use settings::{Is, Leader, Settings, Term, Word};

/// Secrecy, internal and disclosure marks only: the check before anything is stored.
/// Store nothing of the text when any finding is [`Severity::Block`]; journal the rule, not the text.
pub fn marks(pieces: &[Piece]) -> Vec<Finding> {
    bare(ordered(marks::find(pieces), &Settings::default()))
}

/// The numbers of persons alone (identity, telephone, card, plate, passport, mailbox): what a stream can be held
/// against at the speed of memory.
pub fn numbers(pieces: &[Piece], settings: &Settings) -> Vec<Finding> {
    let mut hunt = hunt::Hunt::new(pieces, settings);
    hunt.numbers();
    bare(ordered(hunt.found(), settings))
}

/// All that is about persons: the numbers, and what words give away (addresses, births, health, children, names).
pub fn persons(pieces: &[Piece], settings: &Settings) -> Vec<Finding> {
    bare(ordered(hunted(pieces, settings), settings))
}

/// Wrong characters and expressions alone: misprints, marks, dates, sums, terms, outdated names, the body's own lists,
/// what leads nowhere, what was put in by somebody else.
pub fn words(pieces: &[Piece], settings: &Settings) -> Vec<Finding> {
    bare(ordered(words::find(pieces, settings), settings))
}

/// Images of which nothing is said in words: for each the place, and the name of its file as the text. Which they are,
/// whoever reads the paper knows.
pub fn wordless(images: &[Piece], settings: &Settings) -> Vec<Finding> {
    let says = "这张图片没有替代文字，看不见图的人不知道内容。请写一句图里有什么。";
    let of = |(n, image): (usize, &Piece)| {
        let spot = (n, 0..image.text.len());
        (n, Finding::new(images, Rule::ImageText, &[spot], image.text).says(says))
    };
    bare(ordered(images.iter().enumerate().map(of).collect(), settings))
}

/// All rules, with the default settings. Ordered by piece, then position, then rule.
pub fn scan(pieces: &[Piece]) -> Vec<Finding> {
    scan_with(pieces, &Settings::default())
}

/// All rules, with what the body has set.
pub fn scan_with(pieces: &[Piece], settings: &Settings) -> Vec<Finding> {
    bare(scan_at(pieces, settings))
}

/// What other settings would find in pieces, and what they would find no more. A finding that weighs otherwise is both.
pub fn compare(pieces: &[Piece], old: &Settings, new: &Settings) -> (Vec<Finding>, Vec<Finding>) {
    let mut same = marks::find(pieces);
    same.extend(words::weighed(pieces));
    let of = |settings: &Settings| {
        let mut found = same.clone();
        found.extend(hunted(pieces, settings));
        found.extend(words::told(pieces, settings));
        bare(ordered(found, settings))
    };
    let (was, is) = (of(old), of(new));
    let lacks = |all: &[Finding], f: &Finding| !all.iter().any(|g| g.key() == f.key() && g.severity == f.severity);
    (is.iter().filter(|f| lacks(&was, f)).cloned().collect(), was.iter().filter(|f| lacks(&is, f)).cloned().collect())
}

/// All rules, each finding with the index of the piece in which it begins: two comments share a place.
pub(crate) fn scan_at(pieces: &[Piece], settings: &Settings) -> Vec<(usize, Finding)> {
    let mut found = marks::find(pieces);
    found.extend(hunted(pieces, settings));
    found.extend(words::find(pieces, settings));
    ordered(found, settings)
}

fn hunted(pieces: &[Piece], settings: &Settings) -> Vec<(usize, Finding)> {
    let mut hunt = hunt::Hunt::new(pieces, settings);
    hunt.numbers();
    hunt.words();
    hunt.found()
}

fn ordered(mut found: Vec<(usize, Finding)>, settings: &Settings) -> Vec<(usize, Finding)> {
    found.retain(|(_, f)| settings.wants(f.rule));
    found.sort_by_key(|(piece, f)| (*piece, f.span.start, f.rule, f.span.end));
    found.dedup_by(|(a, f), (b, g)| a == b && f.rule == g.rule && f.span == g.span);
    found.into_iter().map(|(piece, f)| (piece, f.weighed(settings))).collect()
}

fn bare(found: Vec<(usize, Finding)>) -> Vec<Finding> {
    found.into_iter().map(|(_, finding)| finding).collect()
}
