//! Where a passage stands in a text. Spaces and line ends do not count: every format sets them anew.

use super::{Order, marked};
use std::ops::Range;

/// The fewest letters of a passage: one alone would stand nearly everywhere.
pub const LEAST: usize = 2;

/// The passages of an order, the longest first: what is part of another goes with it.
pub struct Finder(Vec<Wanted>);

struct Wanted {
    letters: Vec<char>,
    /// What is written where it stood.
    mark: String,
}

/// A letter that makes a passage; spaces, soft hyphens and letters of no width make none.
fn counts(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// A text without what does not count.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| counts(*c)).collect()
}

impl Finder {
    pub fn new(order: &Order) -> Finder {
        let mut all: Vec<Wanted> = order
            .passages
            .iter()
            .map(|p| Wanted { letters: p.text.chars().filter(|c| counts(*c)).collect(), mark: marked(&p.mark) })
            .filter(|wanted| wanted.letters.len() >= LEAST)
            .collect();
        all.sort_by_key(|wanted| std::cmp::Reverse(wanted.letters.len()));
        Finder(all)
    }

    /// The passages without spaces.
    pub fn words(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|wanted| wanted.letters.iter().collect())
    }

    /// The bytes of every passage in a text, from left to right and apart from each other, and which mark is theirs.
    pub fn find(&self, text: &str) -> Vec<(Range<usize>, &str)> {
        let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| counts(*c)).collect();
        let (mut found, mut at) = (vec![], 0);
        while at < letters.len() {
            let stands = |wanted: &&Wanted| {
                let there = letters[at..].iter().map(|(_, c)| c);
                letters.len() - at >= wanted.letters.len() && there.zip(&wanted.letters).all(|(a, b)| a == b)
            };
            let Some(wanted) = self.0.iter().find(stands) else {
                at += 1;
                continue;
            };
            let (last, c) = letters[at + wanted.letters.len() - 1];
            found.push((letters[at].0..last + c.len_utf8(), wanted.mark.as_str()));
            at += wanted.letters.len();
        }
        found
    }

    pub fn occurs(&self, text: &str) -> bool {
        !self.0.is_empty() && !self.find(text).is_empty()
    }

    /// A text with a mark in place of every passage, and how many there were.
    pub fn replaced(&self, text: &str) -> (String, usize) {
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        let found = self.find(text);
        for (range, mark) in &found {
            out.push_str(&text[from..range.start]);
            out.push_str(mark);
            from = range.end;
        }
        out.push_str(&text[from..]);
        (out, found.len())
    }

    /// Texts that follow each other without a gap, as the runs of a paragraph do: a passage may stand in several. Its
    /// mark stands in the first of them.
    pub fn take(&self, texts: &mut [&mut String]) -> usize {
        let whole: String = texts.iter().map(|text| text.as_str()).collect();
        let found = self.find(&whole);
        let mut begin = whole.len();
        for text in texts.iter_mut().rev() {
            let own = begin - text.len()..begin;
            begin = own.start;
            for (range, mark) in found.iter().rev().filter(|(r, _)| r.start < own.end && own.start < r.end) {
                let part = range.start.max(own.start) - own.start..range.end.min(own.end) - own.start;
                text.replace_range(part, if range.start >= own.start { mark } else { "" });
            }
        }
        found.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::copy::Passage;
    use proptest::prelude::*;

    fn finder(passages: &[&str]) -> Finder {
        let passages = passages.iter().map(|text| Passage { text: (*text).into(), mark: "个人隐私".into() }).collect();
        Finder::new(&Order { passages, areas: vec![] })
    }

    #[test]
    fn spaces_do_not_hide_a_passage() {
        let finder = finder(&["张三丰", "三丰", "13800138000", "一"]);
        let taken = |text: &str| finder.replaced(text).0.replace("■■■（个人隐私）", "#");
        for (text, left) in [
            ("张三丰到场", "#到场"),
            ("张 三\n丰和三丰", "#和#"),
            ("电话138 0013 8000。", "电话#。"),
            ("一", "一"),
            ("张\u{200b}三丰", "#"),
            ("张三", "张三"),
        ] {
            assert_eq!(taken(text), left);
        }
    }

    #[test]
    fn a_passage_may_stand_in_several_runs() {
        let (mut a, mut b, mut c) = ("致张".to_owned(), "三".to_owned(), "丰：好".to_owned());
        assert_eq!(finder(&["张三丰"]).take(&mut [&mut a, &mut b, &mut c]), 1);
        assert_eq!([a, b, c], ["致■■■（个人隐私）", "", "：好"]);
    }

    proptest! {
        #[test]
        fn what_is_taken_is_gone_and_the_rest_is_there(
            texts in prop::collection::vec("[甲乙丙丁 ]{0,12}", 1..6),
            passages in prop::collection::vec("[甲乙丙丁]{2,4}", 1..4),
        ) {
            let all: Vec<&str> = passages.iter().map(String::as_str).collect();
            let finder = finder(&all);
            let mut texts = texts;
            let whole = texts.concat();
            let mut every: Vec<&mut String> = texts.iter_mut().collect();
            finder.take(&mut every);
            let after = texts.concat();
            prop_assert!(!finder.occurs(&after));
            prop_assert_eq!(&after, &finder.replaced(&whole).0);
            let mut rest = squeezed(&whole);
            for (range, _) in finder.find(&squeezed(&whole)).into_iter().rev() {
                rest.replace_range(range, "");
            }
            prop_assert_eq!(squeezed(&after.replace("■■■（个人隐私）", "")), rest);
        }
    }
}
