//! What a character is mistaken for: what sounds like it, looks like it, or is typed with neighbouring keys.

use super::grams::{Symbol, weight};
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

/// A line each: the character, its readings without tones, the characters like it in shape or keys, likest first.
static DATA: &str = include_str!("../../data/chars.txt");

/// In what two characters are alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Alike {
    /// The same syllable, whatever the tone.
    Sound,
    /// Shape, or the keys of a shape-based keyboard.
    Shape,
    /// A syllable that many speakers do not keep apart: zh and z, n and l, in and ing.
    Accent,
    /// In nothing: another key was struck.
    Not,
}

/// About the fifteen hundred commonest.
const COMMON_WEIGHT: f32 = 12.0;
/// Rarer characters are not thought of for their sound.
const MET_WEIGHT: f32 = 6.0;

struct Char {
    readings: &'static str,
    shapes: &'static str,
}

struct Table {
    chars: HashMap<Symbol, Char>,
    /// The characters of a syllable.
    sound: HashMap<&'static str, Vec<Symbol>>,
    /// Characters with their syllable, by how it sounds with an accent.
    accent: HashMap<String, Vec<(Symbol, &'static str)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { chars: HashMap::new(), sound: HashMap::new(), accent: HashMap::new() };
    for line in DATA.lines() {
        let mut parts = line.split(' ');
        let symbol = parts.next().and_then(|c| c.chars().next()).map_or(0, |c| c as Symbol);
        let (readings, shapes) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let met = weight(&[symbol]).is_some_and(|w| w > MET_WEIGHT);
        for reading in readings.split(',').filter(|_| met) {
            table.sound.entry(reading).or_default().push(symbol);
            table.accent.entry(accent(reading)).or_default().push((symbol, reading));
        }
        table.chars.insert(symbol, Char { readings, shapes });
    }
    table
});

/// A syllable as it sounds where retroflexes, nasals and laterals fall together.
fn accent(reading: &str) -> String {
    let initial = match reading.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => format!("{}{}", &reading[..1], &reading[2..]),
        [b'l', ..] => format!("n{}", &reading[1..]),
        [b'h', b'u', rest @ ..] if !rest.is_empty() => format!("f{}", &reading[2..]),
        _ => reading.to_owned(),
    };
    match initial.strip_suffix('g') {
        Some(front) if !initial.ends_with("ong") => front.to_owned(),
        _ => initial,
    }
}

/// Calls `each` for all that `c` may stand for. One that is alike in two ways comes twice, the likelier first.
pub(super) fn mistaken(c: Symbol, mut each: impl FnMut(Symbol, Alike)) {
    let Some(char) = TABLE.chars.get(&c) else { return };
    let mut give = |other: Symbol, how| {
        if other != c {
            each(other, how);
        }
    };
    for reading in char.readings.split(',') {
        TABLE.sound.get(reading).into_iter().flatten().for_each(|&other| give(other, Alike::Sound));
    }
    char.shapes.chars().for_each(|other| give(other as Symbol, Alike::Shape));
    for reading in char.readings.split(',') {
        let near = TABLE.accent.get(&accent(reading)).into_iter().flatten();
        near.filter(|(_, other)| *other != reading).for_each(|&(other, _)| give(other, Alike::Accent));
    }
}

/// Pairs of words, one to a line.
static PAIRS: LazyLock<HashMap<Vec<Symbol>, Vec<Vec<Symbol>>>> = LazyLock::new(|| {
    let mut pairs: HashMap<Vec<Symbol>, Vec<Vec<Symbol>>> = HashMap::new();
    for line in include_str!("../../data/pairs.txt").lines().filter(|line| !line.starts_with('#')) {
        let words: Vec<Vec<Symbol>> = line.split(' ').map(|w| w.chars().map(|c| c as Symbol).collect()).collect();
        if let [a, b] = &words[..] {
            pairs.entry(a.clone()).or_default().push(b.clone());
            pairs.entry(b.clone()).or_default().push(a.clone());
        }
    }
    pairs
});

/// The words for which this one is mistaken, by `data/pairs.txt`.
pub(super) fn confused(word: &[Symbol]) -> Option<&'static [Vec<Symbol>]> {
    PAIRS.get(word).map(Vec::as_slice)
}

/// The common characters.
fn common() -> &'static [Symbol] {
    static COMMON: LazyLock<Vec<Symbol>> = LazyLock::new(|| {
        let common = |&c: &Symbol| weight(&[c]).is_some_and(|w| w > COMMON_WEIGHT);
        let mut all: Vec<Symbol> = TABLE.chars.keys().copied().filter(common).collect();
        all.sort_unstable();
        all
    });
    &COMMON
}

/// The common characters that are known to follow this Han character. Asked often of the same few hundred, so each
/// answer is kept: a few megabytes once all have been asked.
pub(super) fn followers(before: Symbol) -> &'static [Symbol] {
    const HAN: usize = 0x3400;
    static KEPT: LazyLock<Vec<OnceLock<Box<[Symbol]>>>> =
        LazyLock::new(|| (HAN..=0x9fff).map(|_| OnceLock::new()).collect());
    let find = || common().iter().copied().filter(|&c| weight(&[before, c]).is_some()).collect();
    match usize::from(before).checked_sub(HAN).and_then(|n| KEPT.get(n)) {
        Some(kept) => kept.get_or_init(find),
        None => common(),
    }
}
