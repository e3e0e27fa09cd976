//! One form for text that people write in many: half width, simple characters for those of marks, one kind of
//! space and of star, nothing invisible. Every character remembers where it came from.

use std::ops::Range;

/// Folded text with the way back.
pub(crate) struct Folded {
    pub text: String,
    /// Offset in `text` and range in the source, one for each character.
    origin: Vec<(usize, Range<usize>)>,
}

impl Folded {
    pub fn new(source: &str) -> Folded {
        let mut text = String::with_capacity(source.len());
        let mut origin = Vec::with_capacity(source.len() / 2);
        for (at, c) in source.char_indices() {
            if let Some(plain) = fold(c) {
                origin.push((text.len(), at..at + c.len_utf8()));
                text.push(plain);
            }
        }
        Folded { text, origin }
    }

    /// The bytes of the source from which a stretch of the folded text comes. Empty for an empty stretch.
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let first = self.origin.partition_point(|(at, _)| *at < folded.start);
        let after = self.origin.partition_point(|(at, _)| *at < folded.end);
        match (self.origin.get(first), after.checked_sub(1).and_then(|n| self.origin.get(n))) {
            (Some((_, a)), Some((_, b))) if first < after => a.start..b.end,
            _ => 0..0,
        }
    }

    /// The stretch of the folded text that comes from some bytes of the source.
    pub fn stretch(&self, source: Range<usize>) -> Range<usize> {
        let offset = |byte: usize| {
            let n = self.origin.partition_point(|(_, span)| span.start < byte);
            self.origin.get(n).map_or(self.text.len(), |(at, _)| *at)
        };
        offset(source.start)..offset(source.end)
    }
}

/// The plain form of a character, `None` where it is invisible.
pub(crate) fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' => {
            return None;
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => return None,
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '☆' | '⭐' | '✩' | '✪' | '✫' | '✬' | '✭' | '✮' | '✯' | '✰' | '⋆' | '🌟' | '﹡' | '∗' | '＊' | '⚝' => {
            '★'
        }
        '絕' => '绝',
        '機' => '机',
        '祕' => '秘',
        '級' => '级',
        '長' => '长',
        '個' => '个',
        '內' => '内',
        '開' => '开',
        '號' => '号',
        '發' => '发',
        '辦' => '办',
        '﹝' | '［' | '【' => '[',
        '﹞' | '］' | '】' => ']',
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).expect("a full-width form has an ASCII twin"),
        _ => c,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_text_knows_its_way_back() {
        let source = "ａ\u{200b}　機密☆２０年";
        let folded = Folded::new(source);
        assert_eq!(folded.text, "a 机密★20年");
        let mark = folded.text.find('机').expect("there");
        assert_eq!(&source[folded.source(mark..folded.text.len())], "機密☆２０年");
        assert_eq!(&source[folded.source(0..1)], "ａ");
        assert_eq!(folded.source(3..3), 0..0);
    }
}
