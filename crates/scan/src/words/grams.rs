//! How often short runs of characters occur in written Chinese: a static table of 1 to 4 characters with a weight of 32
//! steps each, read in place. What is not in it is rare; one gram in two thousand that is not in it seems to be.
//! `data/README.md` says from what it is made.

use std::ops::Range;

/// A binary fuse table (Graf and Lemire 2022) of 16-bit cells: 11 bits of fingerprint, 5 of weight.
static DATA: &[u8] = include_bytes!("../../data/grams.bin");
const HEAD: usize = 8;
const FINGERPRINT: u64 = (1 << 11) - 1;
/// Weights are logarithms to base 2: `LOWEST + STEP * level`, as `data/build.py` writes them.
const LOWEST: f32 = -2.0;
const STEP: f32 = 0.72;
/// The weight of all text together.
pub(super) const ALL: f32 = 24.6;
/// What it costs to know one character of context less.
const BACK: f32 = 2.0;

/// A character as the table knows it: itself, or a stand-in. Those beyond the first plane are marks.
pub(super) type Symbol = u16;
/// Marks, spaces between words, the ends of a line.
pub(super) const MARK: Symbol = '，' as Symbol;
/// A number.
pub(super) const NUMBER: Symbol = b'0' as Symbol;
/// A word in letters.
pub(super) const WORD: Symbol = b'a' as Symbol;

fn number(at: usize) -> usize {
    u32::from_le_bytes([DATA[at], DATA[at + 1], DATA[at + 2], DATA[at + 3]]) as usize
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

/// The weight of a packed gram, 16 bits a character; `None` where it is rare.
fn look(key: u64) -> Option<f32> {
    let (segment, count) = (number(0), number(4));
    let (h, mask) = (mixed(key), segment - 1);
    let a = (((h >> 32) * (count * segment) as u64) >> 32) as usize;
    let b = (a + segment) ^ ((h >> 18) as usize & mask);
    let c = (a + 2 * segment) ^ (h as usize & mask);
    let found = cell(a) ^ cell(b) ^ cell(c);
    (u64::from(found >> 5) == h & FINGERPRINT).then(|| LOWEST + STEP * f32::from(found & 31))
}

/// The weight of a gram of at most four characters.
pub(super) fn weight(gram: &[Symbol]) -> Option<f32> {
    look(gram.iter().fold(0, |key, &c| key << 16 | u64::from(c)))
}

/// The logarithm of the chance of the character at `at`, given up to three before it. A longer gram counts only where
/// the shorter ones within it are known: that keeps chance hits of the table out.
pub(super) fn chance(text: &[Symbol], at: usize) -> f32 {
    let mut best = weight(&text[at..=at]).unwrap_or(LOWEST) - ALL - BACK * 3.0;
    for context in 1..=3.min(at) {
        let Some(all) = weight(&text[at - context..=at]) else { break };
        let before = weight(&text[at - context..at]).unwrap_or(all);
        best = (all - before).min(0.0) - BACK * (3 - context) as f32;
    }
    best
}

/// The logarithm of the chance of a stretch, given what stands before it.
pub(super) fn chances(text: &[Symbol], stretch: Range<usize>) -> f32 {
    stretch.map(|at| chance(text, at)).sum()
}

/// A text with the chance of every character, looked up once.
pub(super) struct Line<'a> {
    pub text: &'a [Symbol],
    /// The sum up to each character.
    sums: Vec<f64>,
    /// The length of the longest known gram that ends with each character.
    known: Vec<u8>,
}

impl<'a> Line<'a> {
    pub fn new(text: &'a [Symbol]) -> Line<'a> {
        let mut sums = Vec::with_capacity(text.len() + 1);
        let mut known = Vec::with_capacity(text.len());
        sums.push(0.0);
        let mut before = [None; 3];
        for at in 0..text.len() {
            let mut here = [None; 4];
            here[0] = weight(&text[at..=at]);
            let mut best = here[0].unwrap_or(LOWEST) - ALL - BACK * 3.0;
            for context in 1..=3.min(at) {
                let Some(all) = weight(&text[at - context..=at]) else { break };
                here[context] = Some(all);
                best = (all - before[context - 1].unwrap_or(all)).min(0.0) - BACK * (3 - context) as f32;
            }
            before = [here[0], here[1], here[2]];
            known.push(here.iter().take_while(|w| w.is_some()).count() as u8);
            sums.push(sums[at] + f64::from(best));
        }
        Line { text, sums, known }
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
