//! Words in a text: where they stand, and how near to each other. Bytes throughout; windows count characters.

use aho_corasick::AhoCorasick;
use std::ops::Range;

/// Where a word stands in the text, in bytes.
pub(crate) type Occurrence = Range<usize>;

/// All the words that are looked for, each once, found in one pass over a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    words: Vec<Word>,
    /// Over the anchors of the words, in their order; `None` until sealed.
    finder: Option<AhoCorasick>,
}

/// A word's number in its vocabulary.
pub(crate) type WordId = usize;

/// A word, in which `#` stands for a number: `发病#头`.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Word {
    /// What stands between the numbers. Only the first and the last may be empty.
    parts: Vec<String>,
    /// The first part that is not.
    anchor: usize,
}

/// What makes a number: digits of either width and Chinese numerals.
const DIGITS: &str = "0123456789０１２３４５６７８９一二三四五六七八九十百千万两零〇";
/// What may stand in a number besides.
const BESIDES: &str = r".．,余多";

impl Vocabulary {
    /// `None` where nothing but numbers is in it.
    pub(crate) fn add(&mut self, word: &str) -> Option<WordId> {
        let word = Word::parse(word)?;
        let known = self.words.iter().position(|w| *w == word);
        Some(known.unwrap_or_else(|| {
            self.words.push(word);
            self.words.len() - 1
        }))
    }

    /// Makes ready to find what was added. The error is the library's: too many words.
    pub(crate) fn seal(&mut self) -> Result<(), String> {
        let anchors = self.words.iter().map(|word| &word.parts[word.anchor]);
        self.finder = Some(AhoCorasick::new(anchors).map_err(|e| e.to_string())?);
        Ok(())
    }
}

impl Word {
    fn parse(word: &str) -> Option<Word> {
        let parts: Vec<String> = word.split('#').map(str::to_owned).collect();
        let anchor = parts.iter().position(|part| !part.is_empty())?;
        let middle_empty = parts.len() > 2 && parts[1..parts.len() - 1].iter().any(String::is_empty);
        (!middle_empty).then_some(Word { parts, anchor })
    }

    /// The whole word whose anchor stands at `at`, if its numbers stand beside it.
    fn around(&self, text: &str, at: usize) -> Option<Occurrence> {
        let start = if self.anchor == 0 { at } else { at - number(text[..at].chars().rev())? };
        let mut end = at + self.parts[self.anchor].len();
        for part in &self.parts[self.anchor + 1..] {
            let number = number(text[end..].chars())?;
            if !text[end + number..].starts_with(part.as_str()) {
                return None;
            }
            end += number + part.len();
        }
        Some(start..end)
    }
}

/// The length of the number that these characters begin with, in bytes.
fn number(chars: impl Iterator<Item = char>) -> Option<usize> {
    let (mut length, mut real) = (0, false);
    for c in chars.take_while(|c| DIGITS.contains(*c) || BESIDES.contains(*c)) {
        length += c.len_utf8();
        real |= DIGITS.contains(c);
    }
    real.then_some(length)
}

/// A text, where the words of a vocabulary stand in it, and where its sentences end.
pub(crate) struct Text<'t> {
    text: &'t str,
    /// For each word, in order.
    found: Vec<Vec<Occurrence>>,
    /// The end of each sentence, with its mark.
    sentences: Vec<usize>,
}

impl<'t> Text<'t> {
    pub(crate) fn new(text: &'t str, vocabulary: &Vocabulary) -> Text<'t> {
        let mut found = vec![Vec::new(); vocabulary.words.len()];
        for hit in vocabulary.finder.iter().flat_map(|finder| finder.find_overlapping_iter(text)) {
            let id = hit.pattern().as_usize();
            found[id].extend(vocabulary.words[id].around(text, hit.start()));
        }
        let marks = text.char_indices().filter(|(_, c)| ends_sentence(*c));
        let mut sentences: Vec<usize> = marks.map(|(at, c)| at + c.len_utf8()).collect();
        sentences.push(text.len());
        Text { text, found, sentences }
    }

    /// Where any of the words stands, in order.
    pub(crate) fn find(&self, words: &[WordId]) -> Vec<Occurrence> {
        let mut out: Vec<Occurrence> = words.iter().flat_map(|id| self.found[*id].iter().cloned()).collect();
        out.sort_by_key(|o| (o.start, o.end));
        out
    }

    /// The stretch of one sentence that holds the anchor and, of each other list, the occurrence that lengthens it
    /// least; `None` where one is lacking or the stretch is longer than the window.
    pub(crate) fn nearest(&self, anchor: Occurrence, others: &[Vec<Occurrence>], window: usize) -> Option<Occurrence> {
        let sentence = self.sentence(anchor.start);
        let mut range = anchor;
        for list in others {
            let from = list.partition_point(|o| o.start < sentence.start);
            let inside = list[from..].iter().take_while(|o| o.end <= sentence.end);
            let best = inside.min_by_key(|o| range.end.max(o.end) - range.start.min(o.start))?;
            range = range.start.min(best.start)..range.end.max(best.end);
        }
        (self.text[range.clone()].chars().count() <= window).then_some(range)
    }

    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let i = self.sentences.partition_point(|end| *end <= at);
        let start = if i == 0 { 0 } else { self.sentences[i - 1] };
        start..self.sentences.get(i).copied().unwrap_or(self.text.len())
    }

    /// The clauses a stretch touches, with the mark that ends the last.
    pub(crate) fn clauses(&self, range: &Range<usize>) -> Range<usize> {
        let before = self.text[..range.start].char_indices().rev().find(|(_, c)| ends_clause(*c));
        let after = self.text[range.end..].char_indices().find(|(_, c)| ends_clause(*c));
        let start = before.map_or(0, |(at, c)| at + c.len_utf8());
        start..after.map_or(self.text.len(), |(at, c)| range.end + at + c.len_utf8())
    }

    /// The clauses a stretch touches, without blanks before and the mark behind.
    pub(crate) fn bare(&self, range: &Range<usize>) -> Range<usize> {
        let Range { start, end } = self.clauses(range);
        let text = self.text[start..end].trim_end_matches(ends_clause);
        start + (text.len() - text.trim_start().len())..start + text.len()
    }

    pub(crate) fn paragraph(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        start..self.text[at..].find('\n').map_or(self.text.len(), |n| at + n)
    }

    pub(crate) fn whole(&self) -> Range<usize> {
        0..self.text.len()
    }

    /// Whether any of the words stands in a part of the text.
    pub(crate) fn holds(&self, part: Range<usize>, words: &[WordId]) -> bool {
        words.iter().any(|id| {
            let found = &self.found[*id];
            let from = found.partition_point(|o| o.start < part.start);
            found[from..].iter().take_while(|o| o.start < part.end).any(|o| o.end <= part.end)
        })
    }
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '\r')
}

fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | '；' | '：' | ';' | '\t')
}
