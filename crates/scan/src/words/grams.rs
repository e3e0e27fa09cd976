//! How often short runs of characters occur in written Chinese: a static table of 1 to 4 characters with a weight of 32
//! steps each, read in place. What is not in it is rare; one gram in two thousand that is not in it seems to be.
//! `data/README.md` says from what it is made.

use super::stream::is_han;
use std::ops::Range;
use std::sync::LazyLock;

/// A binary fuse table (Graf and Lemire 2022) of 16-bit cells: 11 bits of fingerprint, 5 of weight.
static DATA: &[u8] = include_bytes!("../../data/grams.bin");
const HEAD: usize = 8;
const SEGMENT: usize = number(include_bytes!("../../data/grams.bin"), 0);
const COUNT: usize = number(include_bytes!("../../data/grams.bin"), 4);
const FINGERPRINT: u64 = (1 << 11) - 1;
/// Weights are logarithms to base 2: `LOWEST + STEP * level`, as `data/build.py` writes them.
pub(super) const LOWEST: f32 = -2.0;
const STEP: f32 = 0.72;
/// The level of what is not in the table.
pub(super) const RARE: u8 = 32;
/// The weight of all text together.
pub(super) const ALL: f32 = 24.6;
/// What it costs to know one character of context less.
pub(super) const BACK: f32 = 2.0;

/// A character as the table knows it: itself, or a stand-in. Those beyond the first plane are marks.
pub(super) type Symbol = u16;
/// Marks, spaces between words, the ends of a line.
pub(super) const MARK: Symbol = '，' as Symbol;
/// A number.
pub(super) const NUMBER: Symbol = b'0' as Symbol;
/// A word in letters.
pub(super) const WORD: Symbol = b'a' as Symbol;

const fn number(data: &[u8], at: usize) -> usize {
    u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]) as usize
}

fn cell(at: usize) -> u16 {
    let at = HEAD + 2 * at;
    u16::from_le_bytes([DATA[at], DATA[at + 1]])
}

/// The finaliser of splitmix64.
fn mixed(key: u64) -> u64 {
    let mut z = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The level of a packed gram, 16 bits a character, or [`RARE`]. Without a branch, so that the processor looks up
/// several at once.
#[inline]
pub(super) fn level(key: u64) -> u8 {
    let h = mixed(key);
    let a = (((h >> 32) * (COUNT * SEGMENT) as u64) >> 32) as usize;
    let b = (a + SEGMENT) ^ ((h >> 18) as usize & (SEGMENT - 1));
    let c = (a + 2 * SEGMENT) ^ (h as usize & (SEGMENT - 1));
    let found = cell(a) ^ cell(b) ^ cell(c);
    if u64::from(found >> 5) == h & FINGERPRINT { (found & 31) as u8 } else { RARE }
}

/// A level that the gram's own parts bear out. What holds a gram is at most as common as the gram; where the table says
/// otherwise, it is a chance hit. One step is the rounding of the weights.
#[inline]
pub(super) fn borne_out(level: u8, part: u8) -> u8 {
    if part != RARE && level <= part + 1 { level } else { RARE }
}

/// The level of two characters side by side.
#[inline]
pub(super) fn pair_level(a: Symbol, b: Symbol) -> u8 {
    borne_out(level(u64::from(a) << 16 | u64::from(b)), single(a).min(single(b)))
}

/// The levels of all single characters.
static SINGLE: LazyLock<Box<[u8]>> = LazyLock::new(|| (0..=u64::from(Symbol::MAX)).map(level).collect());

fn single(c: Symbol) -> u8 {
    SINGLE[usize::from(c)]
}

/// The weight of a single character, [`LOWEST`] where it is rare.
pub(super) fn weight_of(c: Symbol) -> f32 {
    of_level(single(c)).unwrap_or(LOWEST)
}

pub(super) fn of_level(level: u8) -> Option<f32> {
    (level != RARE).then(|| LOWEST + STEP * f32::from(level))
}

/// The weight of a gram of at most four characters; `None` where it is rare.
#[inline]
pub(super) fn weight(gram: &[Symbol]) -> Option<f32> {
    of_level(level(gram.iter().fold(0, |key, &c| key << 16 | u64::from(c))))
}

/// The levels of the grams of one to four characters that end a text, packed. Those that would begin before it are of
/// no use.
#[inline]
fn levels(key: u64) -> [u8; 4] {
    let pair = pair_level((key >> 16) as Symbol, key as Symbol);
    let three = borne_out(level(key & 0xffff_ffff_ffff), pair);
    [single(key as Symbol), pair, three, borne_out(level(key), three)]
}

/// The logarithm of the chance of a character, given up to three before it, and how many characters the longest known
/// gram has that ends with it. A longer gram counts only where the shorter ones within it are known: that keeps chance
/// hits of the table out.
fn chance(before: [u8; 4], here: [u8; 4], context: usize) -> (f32, u8) {
    let mut best = of_level(here[0]).unwrap_or(LOWEST) - ALL - BACK * 3.0;
    let mut known = u8::from(here[0] != RARE);
    for n in 1..=context.min(3) {
        let Some(all) = of_level(here[n]) else { break };
        best = (all - of_level(before[n - 1]).unwrap_or(all)).min(0.0) - BACK * (3 - n) as f32;
        known += u8::from(usize::from(known) == n);
    }
    (best, known)
}

/// The logarithm of the chance of a stretch, given what stands before it.
pub(super) fn chances(text: &[Symbol], stretch: Range<usize>) -> f32 {
    let from = stretch.start.saturating_sub(3);
    let (mut key, mut before, mut sum) = (0, [RARE; 4], 0.0);
    for (n, &c) in text[from..stretch.end].iter().enumerate() {
        key = key << 16 | u64::from(c);
        let here = levels(key);
        if from + n >= stretch.start {
            sum += chance(before, here, n).0;
        }
        before = here;
    }
    sum
}

/// A text with the chance of every character, looked up once.
pub(super) struct Line<'a> {
    pub text: &'a [Symbol],
    /// The sum up to each character.
    sums: Vec<f64>,
    /// The length of the longest known gram that ends with each character.
    known: Vec<u8>,
    /// The levels of the grams that end with each character.
    levels: Vec<[u8; 4]>,
}

/// How a text reads with one character in place of another.
pub(super) struct Reading {
    /// The logarithm of the chance of the character and the three after it.
    pub chances: f32,
    /// The level of the commonest known four Han characters that hold it.
    pub four: Option<u8>,
}

impl<'a> Line<'a> {
    pub fn new(text: &'a [Symbol]) -> Line<'a> {
        let mut key = 0;
        let packed = |&c: &Symbol| {
            key = key << 16 | u64::from(c);
            self::levels(key)
        };
        let levels: Vec<[u8; 4]> = text.iter().map(packed).collect();
        let mut sums = Vec::with_capacity(text.len() + 1);
        let mut known = Vec::with_capacity(text.len());
        sums.push(0.0);
        let mut before = [RARE; 4];
        for (at, &here) in levels.iter().enumerate() {
            let (best, longest) = chance(before, here, at);
            before = here;
            known.push(longest);
            sums.push(sums[at] + f64::from(best));
        }
        Line { text, sums, known, levels }
    }

    /// The levels of the pairs that a character makes with its neighbours. It is not the last.
    pub fn pairs(&self, at: usize) -> [u8; 2] {
        [self.levels[at][1], self.levels[at + 1][1]]
    }

    /// How the text reads with another character at a place that is not its beginning; `pair` are the levels of what
    /// it would make with its neighbours. Longer grams are looked up only where the shorter ones are known.
    pub fn with(&self, at: usize, other: Symbol, pair: [u8; 2]) -> Reading {
        let read = |n: usize| u64::from(if n == at { other } else { self.text[n] });
        let gram = |end: usize, length: usize| {
            let begins = (end + 1).checked_sub(length)?;
            Some((begins..=end).fold(0, |key, n| key << 16 | read(n)))
        };
        let mut reading = Reading { chances: 0.0, four: None };
        let mut before = self.levels[at - 1];
        for end in at..(at + 4).min(self.text.len()) {
            let mut here = self.levels[end];
            match end - at {
                0 => here[..2].copy_from_slice(&[single(other), pair[0]]),
                1 => here[1] = pair[1],
                _ => {}
            }
            for length in (end - at + 1).max(3)..=4 {
                let part = here[length - 2];
                let known = gram(end, length).filter(|_| part != RARE);
                here[length - 1] = known.map_or(RARE, |key| borne_out(level(key), part));
            }
            reading.chances += chance(before, here, end).0;
            if here[3] != RARE && self.text[end - 3..=end].iter().all(|&c| is_han(c)) {
                reading.four = reading.four.max(Some(here[3]));
            }
            before = here;
        }
        reading
    }

    /// The logarithm of the chance of a stretch; what lies beyond the end costs nothing.
    pub fn sum(&self, stretch: Range<usize>) -> f32 {
        let end = stretch.end.min(self.text.len());
        (self.sums[end] - self.sums[stretch.start.min(end)]) as f32
    }

    /// Whether the stretch, of at most `length` characters, lies in no known gram of that length.
    pub fn loose(&self, stretch: Range<usize>, length: usize) -> bool {
        let last = (stretch.start + length).min(self.known.len());
        (stretch.end - 1..last).all(|end| usize::from(self.known[end]) < length)
    }

    /// The same for a character of it.
    pub fn mean(&self, stretch: Range<usize>) -> f32 {
        let count = stretch.end.min(self.text.len()) - stretch.start;
        self.sum(stretch) / count.max(1) as f32
    }
}
