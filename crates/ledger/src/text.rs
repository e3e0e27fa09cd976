//! The few spellings that all of the log's texts share. Each value has one spelling, so what is read can be written
//! again to the byte.

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use kernel::Hash;

pub fn base64(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

/// RFC 4648 section 4 with padding; unused bits must be zero.
pub fn read_base64(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text).ok()
}

pub fn read_hash(text: &str) -> Option<Hash> {
    read_base64(text)?.try_into().ok().map(Hash)
}

/// ASCII decimal without leading zeroes.
pub fn read_number(text: &str) -> Option<u64> {
    let canonical = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    canonical.then(|| text.parse().ok()).flatten()
}

/// A key's name (signed-note): not empty, no Unicode spaces, no plus, and nothing that a note may not hold.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c == '+' || c < ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        let table = [
            ("0", Some(0)),
            ("10", Some(10)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("", None),
            ("00", None),
            ("01", None),
            ("+1", None),
            ("-1", None),
            ("1 ", None),
            ("１", None),
        ];
        for (text, number) in table {
            assert_eq!(read_number(text), number, "{text:?}");
        }
    }

    #[test]
    fn base64_has_one_spelling() {
        for (text, bytes) in [("AQ==", Some(vec![1])), ("AR==", None), ("AQ", None), ("AQ=", None), ("A Q=", None)] {
            assert_eq!(read_base64(text), bytes, "{text:?}");
        }
        assert_eq!(read_base64("-_-_"), None);
    }

    #[test]
    fn a_name_has_no_spaces_and_no_plus() {
        for (text, is) in [("example.com/log", true), ("日志", true), ("", false), ("a b", false), ("a+b", false)] {
            assert_eq!(is_name(text), is, "{text:?}");
        }
        for space in ["\u{3000}", "\u{85}", "\u{a0}", "\u{2028}", "\n", "\0"] {
            assert!(!is_name(space), "{space:?}");
        }
    }
}
