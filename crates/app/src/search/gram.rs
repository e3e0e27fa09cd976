//! Texts as pairs of characters with their positions. Every Han character begins exactly one token: the pair with the
//! next one, or itself where none follows; a word in letters and a number are a token each. So a stretch of two
//! characters is one look-up, and none that a text has is missed. Pure.

use super::fold::{Sign, sign};
use std::ops::Range;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// A longer run of letters or digits is cut.
const RUN_MAX: usize = 40;

/// A token: its text in plain form, its place in the count of signs, the bytes of the source it begins with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gram {
    pub text: String,
    pub position: usize,
    pub span: Range<usize>,
}

/// A Han character that waits for the next one.
struct Waiting {
    c: char,
    position: usize,
    span: Range<usize>,
}

/// The tokens of a text, in order.
pub fn grams(text: &str) -> Vec<Gram> {
    let mut out = Vec::with_capacity(text.len() / 3);
    let mut position = 0;
    let mut waiting: Option<Waiting> = None;
    let mut chars = text.char_indices().peekable();
    let alone = |w: Waiting| Gram { text: w.c.into(), position: w.position, span: w.span };
    while let Some((at, c)) = chars.next() {
        match sign(c) {
            Sign::Han(c) => {
                let span = at..at + text[at..].chars().next().map_or(0, char::len_utf8);
                if let Some(w) = waiting.take() {
                    let pair = String::from_iter([w.c, c]);
                    out.push(Gram { text: pair, position: w.position, span: w.span.start..span.end });
                }
                waiting = Some(Waiting { c, position, span });
                position += 1;
            }
            kind @ (Sign::Digit(first) | Sign::Letter(first)) => {
                out.extend(waiting.take().map(alone));
                let is_digit = matches!(kind, Sign::Digit(_));
                let mut run = String::from(first);
                let mut end = at + c.len_utf8();
                while let Some((next_at, next)) = chars.peek().copied() {
                    let more = match sign(next) {
                        Sign::Digit(d) if is_digit => d,
                        Sign::Letter(l) if !is_digit => l,
                        _ => break,
                    };
                    if run.len() < RUN_MAX {
                        run.push(more);
                    }
                    end = next_at + next.len_utf8();
                    chars.next();
                }
                out.push(Gram { text: run, position, span: at..end });
                position += 1;
            }
            Sign::Nothing => {}
            Sign::Stop => {
                out.extend(waiting.take().map(alone));
                position += 1;
            }
        }
    }
    out.extend(waiting.take().map(alone));
    out
}

/// How a word is looked up.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// Tokens with their distance from the first.
    pub terms: Vec<(usize, String)>,
    /// The last of them is a lone Han character: any token that begins with it will do.
    pub open: bool,
}

/// What to look up for a word; `None` where it has no sign at all.
pub fn wanted(word: &str) -> Option<Wanted> {
    let all = grams(word);
    let first = all.first()?.position;
    let mut terms: Vec<(usize, String)> = vec![];
    let mut open = false;
    for (n, gram) in all.iter().enumerate() {
        let lone = gram.text.chars().count() == 1 && matches!(sign(gram.text.chars().next()?), Sign::Han(_));
        let paired = n > 0 && all[n - 1].position + 1 == gram.position && all[n - 1].text.ends_with(&gram.text);
        let covered = lone && paired && all[n - 1].text.chars().count() == 2;
        if !covered {
            terms.push((gram.position - first, gram.text.clone()));
            open = lone && n + 1 == all.len();
        }
    }
    Some(Wanted { terms, open })
}

/// For the library that keeps the index.
#[derive(Clone, Default)]
pub struct Grams;

pub struct Stream {
    all: std::vec::IntoIter<Gram>,
    token: Token,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = Stream;
    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { all: grams(text).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(gram) = self.all.next() else { return false };
        self.token.offset_from = gram.span.start;
        self.token.offset_to = gram.span.end;
        self.token.position = gram.position;
        self.token.text = gram.text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        let all: Vec<String> = grams(text).iter().map(|g| format!("{}{}", g.text, g.position)).collect();
        all.join(" ")
    }

    #[test]
    fn every_character_begins_one_token() {
        for (text, wanted) in [
            ("养殖场", "养殖0 殖场1 场2"),
            ("关于《养殖》的", "关于0 于养1 养殖2 殖的3 的4"),
            ("养猪。补贴", "养猪0 猪1 补贴3 贴4"),
            ("2017年ＡＳＦ防控", "20170 年1 asf2 防控3 控4"),
            ("O20-15 a", "o0 201 152 a3"),
            ("", ""),
            ("，。", ""),
        ] {
            assert_eq!(told(text), wanted, "{text}");
        }
        let long = "a".repeat(100);
        assert_eq!(grams(&long)[0].text.len(), RUN_MAX);
    }

    #[test]
    fn a_word_is_looked_up_by_as_few_tokens_as_do() {
        let told = |word: &str| {
            let w = wanted(word).expect("a word");
            (w.terms.iter().map(|(at, t)| format!("{at}{t}")).collect::<Vec<_>>().join(" "), w.open)
        };
        assert_eq!(told("补贴"), ("0补贴".into(), false));
        assert_eq!(told("养殖场"), ("0养殖 1殖场".into(), false));
        assert_eq!(told("猪"), ("0猪".into(), true));
        assert_eq!(told("2017年"), ("02017 1年".into(), true));
        assert_eq!(told("养殖2017"), ("0养殖 22017".into(), false));
        assert_eq!(wanted("，"), None);
    }

    /// The very law of the index: what stands in a text within a sentence is found by it.
    #[test]
    fn any_stretch_of_a_text_is_a_phrase_of_its_tokens() {
        let text = "株洲市畜牧兽医水产局2017年度政务公开（试行）ASF防控12号";
        let all = grams(text);
        let chars: Vec<char> = text.chars().collect();
        for from in 0..chars.len() {
            for to in from + 1..=chars.len() {
                let stretch: String = chars[from..to].iter().collect();
                let digit = |i: usize| chars.get(i).is_some_and(|c| c.is_ascii_alphanumeric());
                let cuts = |i: usize| i > 0 && digit(i - 1) && digit(i);
                let Some(w) = wanted(&stretch).filter(|_| !cuts(from) && !cuts(to)) else { continue };
                let is_at = |start: usize| {
                    w.terms.iter().enumerate().all(|(n, (at, term))| {
                        let open = w.open && n + 1 == w.terms.len();
                        let same = |g: &Gram| if open { g.text.starts_with(term.as_str()) } else { g.text == *term };
                        all.iter().any(|g| g.position == start + at && same(g))
                    })
                };
                assert!((0..chars.len()).any(is_at), "{stretch}");
            }
        }
    }
}
