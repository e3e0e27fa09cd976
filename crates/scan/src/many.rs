//! Many words at once. Where all are longer than a few bytes, not every byte of a text need be looked at: one block of
//! bytes is taken from each stretch as long as the shortest word, and only where such a block begins, or lies near the
//! beginning of, a word, the word itself is compared. The table of blocks is a bit each and stays in the cache.

use aho_corasick::{AhoCorasick, MatchKind};
use std::cmp::Reverse;
use std::ops::Range;

/// Words to look for, each known by its place in the list.
///
/// ```
/// let words = scan::Words::new(&["养殖", "养殖场", "屠宰企业"]);
/// let found: Vec<_> = words.find("规模养殖场和屠宰企业").collect();
/// assert_eq!(found, [(1, 6..15), (2, 18..30)]);
/// ```
pub struct Words(Way);

enum Way {
    /// For words too short to skip anything, and for few.
    Step(AhoCorasick),
    Leap(Leap),
}

/// Fewer words are found as fast by the other way, which needs less memory.
const FEW: usize = 64;
/// The longest block, in bytes, and the shortest that tells anything.
const BLOCK: usize = 6;
const SHORTEST: usize = 6;
/// The table has so many bits for a block, to the next power of two.
const SPARSE: usize = 12;

impl Words {
    /// Empty words are never found.
    pub fn new<S: AsRef<str>>(words: &[S]) -> Words {
        let shortest = words.iter().map(|w| w.as_ref().len()).filter(|n| *n > 0).min().unwrap_or(0);
        if words.len() >= FEW && shortest >= SHORTEST {
            return Words(Way::Leap(Leap::new(words, shortest)));
        }
        let builder =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words.iter().map(AsRef::as_ref));
        Words(Way::Step(builder.expect("the lists are short")))
    }

    /// The words of a text from left to right, the longest where several begin, none that overlaps one before it.
    pub fn find<'a>(&'a self, text: &'a str) -> Box<dyn Iterator<Item = (usize, Range<usize>)> + 'a> {
        match &self.0 {
            Way::Step(all) => {
                let found = all.find_iter(text).filter(|hit| !hit.range().is_empty());
                Box::new(found.map(|hit| (hit.pattern().as_usize(), hit.range())))
            }
            Way::Leap(leap) => Box::new(leap.find(text).into_iter()),
        }
    }
}

/// A block of a word: its hash, the word, and how far from the word's beginning it lies.
#[derive(Clone, Copy)]
struct Entry {
    hash: u32,
    word: u32,
    /// The last bytes of the word's beginning of the length that all words have: they tell nearly all apart.
    tail: u32,
    first: u32,
    before: u8,
}

struct Leap {
    words: Vec<Box<str>>,
    shortest: usize,
    /// Bits of a block, and bytes from one that is looked at to the next.
    block: u32,
    step: usize,
    /// A bit for the upper part of every hash that a block of a word has.
    bits: Vec<u64>,
    shift: u32,
    /// By hash.
    entries: Vec<Entry>,
    /// Where the entries begin whose hash has these upper bits.
    heads: Vec<u32>,
    head_shift: u32,
}

impl Leap {
    fn new<S: AsRef<str>>(words: &[S], shortest: usize) -> Leap {
        let words: Vec<Box<str>> = words.iter().map(|w| w.as_ref().into()).collect();
        let block = if shortest > BLOCK { BLOCK } else { BLOCK - 2 };
        let step = shortest - block + 1;
        let mut leap = Leap {
            shortest,
            block: 8 * block as u32,
            step,
            bits: vec![],
            shift: 0,
            entries: vec![],
            heads: vec![],
            head_shift: 0,
            words,
        };
        for (n, word) in leap.words.iter().enumerate().filter(|(_, word)| !word.is_empty()) {
            for before in 0..step {
                let hash = leap.hash(word.as_bytes(), before);
                let tail = four(word.as_bytes(), shortest - 4);
                leap.entries.push(Entry {
                    hash,
                    word: n as u32,
                    tail,
                    first: four(word.as_bytes(), 0),
                    before: before as u8,
                });
            }
        }
        leap.entries.sort_unstable_by_key(|e| e.hash);
        let size = (leap.entries.len() * SPARSE).next_power_of_two().max(64);
        leap.shift = 32 - size.trailing_zeros();
        leap.bits = vec![0; size / 64];
        let heads = leap.entries.len().next_power_of_two().max(2);
        leap.head_shift = 32 - heads.trailing_zeros();
        leap.heads = vec![0; heads + 1];
        for entry in &leap.entries {
            let bit = (entry.hash >> leap.shift) as usize;
            leap.bits[bit / 64] |= 1 << (bit % 64);
            leap.heads[(entry.hash >> leap.head_shift) as usize + 1] += 1;
        }
        (1..=heads).for_each(|n| leap.heads[n] += leap.heads[n - 1]);
        leap
    }

    /// Of the block at a byte. Near the end of the bytes what is missing counts as zero.
    #[inline]
    fn hash(&self, bytes: &[u8], at: usize) -> u32 {
        let word = match bytes.get(at..at + 8).and_then(<[u8]>::first_chunk::<8>) {
            Some(eight) => u64::from_le_bytes(*eight),
            None => bytes[at..].iter().rev().fold(0, |word, &b| word << 8 | u64::from(b)),
        };
        let block = word << (64 - self.block);
        (block.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as u32
    }

    fn find(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let bytes = text.as_bytes();
        let mut all: Vec<(usize, Range<usize>)> = Vec::new();
        let mut at = 0;
        while at < bytes.len() {
            let hash = self.hash(bytes, at);
            let bit = (hash >> self.shift) as usize;
            if self.bits[bit / 64] >> (bit % 64) & 1 == 1 {
                self.compare(bytes, at, hash, &mut all);
            }
            at += self.step;
        }
        all.sort_unstable_by_key(|(word, span)| (span.start, Reverse(span.end), *word));
        let mut end = 0;
        all.retain(|(_, span)| {
            let is_next = span.start >= end;
            end = if is_next { span.end } else { end };
            is_next
        });
        all
    }

    /// The words of which the block at a byte is a part.
    fn compare(&self, bytes: &[u8], at: usize, hash: u32, all: &mut Vec<(usize, Range<usize>)>) {
        let head = (hash >> self.head_shift) as usize;
        let entries = &self.entries[self.heads[head] as usize..self.heads[head + 1] as usize];
        for entry in entries.iter().filter(|e| e.hash == hash) {
            let Some(start) = at.checked_sub(usize::from(entry.before)) else { continue };
            if four(bytes, start + self.shortest - 4) != entry.tail || four(bytes, start) != entry.first {
                continue;
            }
            let word = self.words[entry.word as usize].as_bytes();
            if bytes[start..].starts_with(word) {
                all.push((entry.word as usize, start..start + word.len()));
            }
        }
    }
}

/// Four bytes from a place on; what lies beyond the end counts as zero.
fn four(bytes: &[u8], at: usize) -> u32 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk::<4>().map_or(0, |four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn syllables(most: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
        let one = prop::sample::select(vec!["农", "业", "养", "殖", "场", "a", "1", "，"]);
        prop::collection::vec(one, most).prop_map(|all| all.concat())
    }

    fn slowly(words: &[String], text: &str) -> Vec<(usize, Range<usize>)> {
        let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).expect("few");
        builder.find_iter(text).map(|hit| (hit.pattern().as_usize(), hit.range())).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn both_ways_find_the_same(
            words in prop::collection::btree_set(syllables(3..=5), 1..90),
            text in syllables(0..=300),
        ) {
            let words: Vec<String> = words.into_iter().filter(|w| w.len() >= SHORTEST).collect();
            let shortest = words.iter().map(String::len).min().unwrap_or(SHORTEST);
            prop_assert_eq!(Leap::new(&words, shortest).find(&text), slowly(&words, &text));
            prop_assert_eq!(Words::new(&words).find(&text).collect::<Vec<_>>(), slowly(&words, &text));
        }
    }

    #[test]
    fn nothing_is_found_for_nothing() {
        assert_eq!(Words::new::<&str>(&[]).find("养殖场").count(), 0);
        assert_eq!(Words::new(&[""]).find("养殖场").count(), 0);
        assert_eq!(Words::new(&["养", ""]).find("养殖").collect::<Vec<_>>(), [(0, 0..3)]);
    }
}
