//! Where numbers begin, found by bytes: Chinese text has few digits, and what lies between need not be read.

/// Bytes looked at together; the compiler makes vector instructions of the loop over them.
const CHUNK: usize = 64;
/// Fewer Chinese numerals in a row than a mobile number has digits say nothing.
const SHORTEST_HAN: usize = 11;
/// Every eighth character at least is looked at, so that no row of numerals slips through.
const STRIDE: usize = 24;

/// The first digit or at sign, of half or full width, at or after byte `from`.
pub(crate) fn next_site(bytes: &[u8], mut from: usize) -> Option<usize> {
    while let Some(window) = bytes.get(from..).and_then(<[u8]>::first_chunk::<{ CHUNK + 2 }>) {
        if (0..CHUNK).fold(false, |any, n| any | is_site(window[n], window[n + 1], window[n + 2])) {
            break;
        }
        from += CHUNK;
    }
    let byte = |n: usize| bytes.get(n).copied().unwrap_or(0);
    (from..bytes.len()).find(|&n| is_site(bytes[n], byte(n + 1), byte(n + 2)))
}

/// An ASCII digit or @, or the first byte of a full-width one (EF BC 90–99, EF BC A0).
fn is_site(a: u8, b: u8, c: u8) -> bool {
    let narrow = (a.wrapping_sub(b'0') < 10) | (a == b'@');
    let wide = (a == 0xef) & (b == 0xbc) & ((c.wrapping_sub(0x90) < 10) | (c == 0xa0));
    narrow | wide
}

/// The start of the first row of Chinese numerals (with gaps) at or after byte `from` that is long enough for a
/// number of a person.
pub(crate) fn next_han(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while at < text.len() {
        at = text.floor_char_boundary(at);
        if text[at..].starts_with(|c: char| part_of_row(c)) {
            let start = at - tail(&text[from..at]);
            let row = &text[start..at + head(&text[at..])];
            if row.chars().filter(|c| han(*c).is_some()).count() >= SHORTEST_HAN {
                return Some(start + row.find(|c| han(c).is_some())?);
            }
            at += head(&text[at..]);
        }
        at += STRIDE;
    }
    None
}

/// Bytes of the row of numerals and gaps at the end of a text.
fn tail(text: &str) -> usize {
    text.len() - text.trim_end_matches(part_of_row).len()
}

fn head(text: &str) -> usize {
    text.len() - text.trim_start_matches(part_of_row).len()
}

fn part_of_row(c: char) -> bool {
    han(c).is_some() || matches!(c, ' ' | '-' | '\u{a0}' | '\u{3000}' | '\u{200b}' | '－' | '—' | '\n' | '\r')
}

/// The value of a Chinese numeral as it is written in numbers, 幺 for one included.
pub(crate) fn han(c: char) -> Option<u8> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' | '幺' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_is_a_site_wherever_it_stands() {
        for lead in 0..200 {
            for digit in ["7", "７", "@", "＠"] {
                let text = format!("{}{digit}", "，".repeat(lead));
                assert_eq!(next_site(text.as_bytes(), 0), Some(lead * 3), "{digit} after {lead}");
            }
        }
        assert_eq!(next_site("合计：无，Ａ号；".repeat(30).as_bytes(), 0), None);
    }

    #[test]
    fn every_long_row_of_numerals_is_found() {
        for lead in 0..40 {
            let text = format!("{}一三九 七三三一　二三四五，", "文".repeat(lead));
            assert_eq!(next_han(&text, 0), Some(lead * 3));
        }
        assert_eq!(next_han(&"一、二、三四五六七八九十".repeat(9), 0), None);
    }
}
