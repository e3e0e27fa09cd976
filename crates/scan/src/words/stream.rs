//! A text as the table of grams sees it, with the way back.

use super::grams::{MARK, NUMBER, Symbol, WORD};
use std::ops::Range;

/// Symbols with the bytes from which each comes; begins and ends with a mark. Runs of marks, digits or letters are one
/// symbol, spaces are none.
pub(super) struct Stream {
    pub symbols: Vec<Symbol>,
    ends: Vec<Range<usize>>,
}

impl Stream {
    pub fn new(text: &str) -> Stream {
        let mut stream =
            Stream { symbols: Vec::with_capacity(text.len() / 3 + 2), ends: Vec::with_capacity(text.len() / 3 + 2) };
        stream.push(MARK, 0..0);
        for (at, c) in text.char_indices() {
            if let Some(symbol) = symbol(c) {
                stream.push(symbol, at..at + c.len_utf8());
            }
        }
        stream.push(MARK, text.len()..text.len());
        stream
    }

    fn push(&mut self, symbol: Symbol, span: Range<usize>) {
        match self.ends.last_mut() {
            Some(last) if !is_han(symbol) && self.symbols.last() == Some(&symbol) => last.end = span.end,
            _ => {
                self.symbols.push(symbol);
                self.ends.push(span);
            }
        }
    }

    /// The bytes of a stretch of at least one symbol; for an empty stretch, the place before its start.
    pub fn source(&self, stretch: Range<usize>) -> Range<usize> {
        match stretch.is_empty() {
            true => self.ends[stretch.start].start..self.ends[stretch.start].start,
            false => self.ends[stretch.start].start..self.ends[stretch.end - 1].end,
        }
    }
}

pub(super) fn is_han(symbol: Symbol) -> bool {
    (0x3400..=0x9fff).contains(&symbol)
}

fn symbol(c: char) -> Option<Symbol> {
    Some(match c {
        '\u{3400}'..='\u{9fff}' => c as Symbol,
        '0'..='9' | '０'..='９' | '.' | '．' | '%' | '％' => NUMBER,
        'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' => WORD,
        '\n' | '\r' => MARK,
        '\u{200b}'..='\u{200f}' | '\u{feff}' => return None,
        c if c.is_whitespace() => return None,
        _ => MARK,
    })
}

/// Symbols as text.
pub(super) fn written(symbols: &[Symbol]) -> String {
    symbols.iter().filter_map(|&s| char::from_u32(u32::from(s))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_knows_its_bytes() {
        let text = "（一） 共12.5万 头\nＡb";
        let stream = Stream::new(text);
        assert_eq!(written(&stream.symbols), "，一，共0万头，a，");
        assert_eq!(&text[stream.source(4..7)], "12.5万 头");
        assert_eq!(stream.source(1..1), 3..3);
        assert_eq!(stream.source(9..10), text.len()..text.len());
    }
}
