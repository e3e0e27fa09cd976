//! What a character is mistaken for: what sounds like it, looks like it, or is typed with neighbouring keys.

use super::grams::{Symbol, weight};
use super::rows::{Kept, MET_WEIGHT, order};
use std::collections::HashMap;
use std::sync::LazyLock;

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

/// What a character may stand for.
pub(super) struct Other {
    pub symbol: Symbol,
    pub alike: Alike,
    /// Its place in the rows of pairs.
    pub order: u16,
}

/// All that `c` may stand for. One that is alike in two ways comes twice, the likelier first.
pub(super) fn mistaken(c: Symbol) -> &'static [Other] {
    static KEPT: LazyLock<Kept<Other>> = LazyLock::new(Kept::new);
    KEPT.of(c, || alike(c).map(|(symbol, alike)| Other { symbol, alike, order: order(symbol) }).collect())
}

fn alike(c: Symbol) -> impl Iterator<Item = (Symbol, Alike)> {
    let char = TABLE.chars.get(&c);
    let readings = || char.into_iter().flat_map(|char| char.readings.split(','));
    let sound = readings().flat_map(|reading| TABLE.sound.get(reading).into_iter().flatten());
    let shape = char.into_iter().flat_map(|char| char.shapes.chars());
    let accent = readings().flat_map(|reading| {
        let near = TABLE.accent.get(&accent(reading)).into_iter().flatten();
        near.filter(move |(_, other)| *other != reading)
    });
    let sound = sound.map(|&other| (other, Alike::Sound));
    let shape = shape.map(|other| (other as Symbol, Alike::Shape));
    let all = sound.chain(shape).chain(accent.map(|&(other, _)| (other, Alike::Accent)));
    all.filter(move |(other, _)| *other != c)
}

/// Pairs of words of two characters, one to a line.
static PAIRS: LazyLock<HashMap<[Symbol; 2], Vec<[Symbol; 2]>>> = LazyLock::new(|| {
    let mut pairs: HashMap<[Symbol; 2], Vec<[Symbol; 2]>> = HashMap::new();
    for line in include_str!("../../data/pairs.txt").lines().filter(|line| !line.starts_with('#')) {
        let symbols: Vec<Symbol> = line.chars().filter(|c| *c != ' ').map(|c| c as Symbol).collect();
        if let [a, b, c, d] = symbols[..] {
            pairs.entry([a, b]).or_default().push([c, d]);
            pairs.entry([c, d]).or_default().push([a, b]);
        }
    }
    pairs
});

/// The characters with which such a word begins, a bit each.
static BEGIN: LazyLock<Box<[u64]>> = LazyLock::new(|| {
    let mut bits = vec![0; 1 << 10];
    PAIRS.keys().for_each(|[first, _]| bits[usize::from(first >> 6)] |= 1 << (first & 63));
    bits.into()
});

/// The words for which this one is mistaken, by `data/pairs.txt`.
pub(super) fn confused(word: [Symbol; 2]) -> Option<&'static [[Symbol; 2]]> {
    let begins = BEGIN[usize::from(word[0] >> 6)] >> (word[0] & 63) & 1 == 1;
    if begins { PAIRS.get(&word).map(Vec::as_slice) } else { None }
}
