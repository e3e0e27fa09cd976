//! One form for what people write in many: half width, small letters, simplified characters. Used for the index and
//! for queries alike, never for what is shown. Pure.

use std::sync::LazyLock;

/// Traditional and simplified character, in turns; one line holds some pairs. The facts are Unicode's variants.
static HAN: &str = include_str!("data/han.txt");
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// The simplified form of each character of the main block, by its place in it; 0 where it is its own.
static SIMPLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; (LAST - FIRST + 1) as usize];
    let all: Vec<char> = HAN.chars().filter(|c| !c.is_whitespace()).collect();
    for pair in all.chunks_exact(2) {
        if let (FIRST..=LAST, Ok(simple)) = (pair[0] as u32, u16::try_from(pair[1] as u32)) {
            table[(pair[0] as u32 - FIRST) as usize] = simple;
        }
    }
    table
});

/// What a character is to a reader who looks for words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sign {
    /// Stands for itself: a Han character or a letter of another script that is not ASCII.
    Han(char),
    /// Part of a number.
    Digit(char),
    /// Part of a word in Latin letters.
    Letter(char),
    /// Does not separate what stands on both sides: blanks, quotation marks, brackets, hyphens.
    Nothing,
    /// Ends a stretch of words.
    Stop,
}

/// The sign of a character in its plain form.
pub fn sign(c: char) -> Sign {
    match plain(c) {
        c @ '0'..='9' => Sign::Digit(c),
        c @ 'a'..='z' => Sign::Letter(c),
        // What nearly every character is, without asking the tables of Unicode.
        c @ '\u{4e00}'..='\u{9fff}' => Sign::Han(c),
        '\n' | '\r' => Sign::Stop,
        c if c.is_whitespace() || c.is_control() => Sign::Nothing,
        c if c.is_alphanumeric() => Sign::Han(c),
        '。' | '，' | '、' | '；' | '：' | '？' | '！' | '…' => Sign::Stop,
        '.' | ',' | ';' | ':' | '?' | '!' | '|' | '/' => Sign::Stop,
        _ => Sign::Nothing,
    }
}

/// Half width, small, simplified.
pub fn plain(c: char) -> char {
    match c as u32 {
        0x41..=0x5a => c.to_ascii_lowercase(),
        code @ 0xff01..=0xff5e => char::from_u32(code - 0xfee0).map_or(c, |half| half.to_ascii_lowercase()),
        0x3000 => ' ',
        code @ FIRST..=LAST => {
            let simple = SIMPLE[(code - FIRST) as usize];
            if simple == 0 { c } else { char::from_u32(simple.into()).unwrap_or(c) }
        }
        _ => c,
    }
}

/// A whole text in its plain form, character by character.
pub fn folded(text: &str) -> String {
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_many() {
        for (text, wanted) in [
            ("ＡＳＦ", "asf"),
            ("養豬場，環評", "养猪场，环评".replace('，', ",").as_str()),
            ("〔２０１７〕１２號", "〔2017〕12号"),
            ("政務公開", "政务公开"),
            ("著作", "着作"),
        ] {
            assert_eq!(folded(text), wanted);
        }
        assert_eq!(sign('Ａ'), Sign::Letter('a'));
        assert_eq!(sign('發'), Sign::Han('发'));
        assert_eq!(
            (sign('《'), sign('。'), sign('\n'), sign('　')),
            (Sign::Nothing, Sign::Stop, Sign::Stop, Sign::Nothing)
        );
        assert!(HAN.lines().all(|l| l.chars().count() % 2 == 0 && l.chars().count() <= 100));
    }
}
