//! Plates of vehicles (GA 36): a province, a letter, five characters or six for new energy. A person's car leads to
//! the person. 湘ICP备05012345号 and 湘饲证 begin alike and are none.

use crate::Rule;
use crate::fold::Folded;
use crate::hunt::Hunt;
use crate::label::Sense;
use regex::Regex;
use std::sync::LazyLock;

/// Characters before the first digit in which a plate may begin, and those that may follow.
const BACK: usize = 8;
const ON: usize = 10;

static PLATE: LazyLock<Regex> = LazyLock::new(|| {
    let province = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新]";
    pattern(&format!("{province} ?[A-Za-z](?: ?[·•.—-] ?| )?([A-Za-z0-9]{{4,}})([挂学警领港澳使试超]?)"))
});
static VEHICLE: LazyLock<Regex> = LazyLock::new(|| pattern("车|牌|驾"));
/// What follows a number of something else.
static SERIAL: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:[-—/][0-9A-Za-z]|号(?:[^车小中大轻重微牌]|$))"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The plate whose first digit is the one at byte `at`.
pub(crate) fn find(hunt: &mut Hunt, piece: usize, at: usize) {
    let text = hunt.text(piece);
    let before = text[..at].chars().next_back().and_then(crate::fold::fold);
    if !before.is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '·' | '•' | '.' | '-' | '—')) {
        return;
    }
    let start = text[..at].char_indices().rev().nth(BACK - 1).map_or(0, |(n, _)| n);
    let end = text[at..].char_indices().nth(ON).map_or(text.len(), |(n, _)| at + n);
    let folded = Folded::new(&text[start..end]);
    // The last match is the one around the digit: plates stand close together in a list.
    let hit = PLATE.captures_iter(&folded.text).find_map(|found| {
        let all = found.get(0)?.range();
        let span = folded.source(all.clone());
        let span = start + span.start..start + span.end;
        let fits = fits(&found[1], !found[2].is_empty()) && span.contains(&at);
        (fits && !serial(hunt, piece, span.start, &folded.text[all.end..])).then_some(span)
    });
    if let Some(span) = hit {
        let plain: String = Folded::new(&text[span.clone()]).text.to_uppercase();
        let masked: String = plain.chars().take(2).chain("*****".chars()).collect();
        hunt.note(
            Rule::Plate,
            piece,
            span,
            masked,
            "疑似机动车号牌。请删去或者遮盖；确属公务车辆公示的，请选“保留”并写明理由。",
        );
    }
}

/// Five characters of which at most two are letters, four before a word of their own, or six of new energy: small
/// cars have their letter first, large ones last. I and O are never used.
fn fits(serial: &str, word: bool) -> bool {
    let serial = serial.to_ascii_uppercase();
    let digits = serial.bytes().filter(u8::is_ascii_digit).count();
    let energy = |c: u8| matches!(c, b'A'..=b'H' | b'J' | b'K');
    let length = match serial.len() {
        5 => digits >= 3,
        4 => word && digits >= 3,
        6 => {
            let (first, last) = (serial.as_bytes()[0], serial.as_bytes()[5]);
            (energy(first) && digits >= 4) || (energy(last) && digits == 5)
        }
        _ => false,
    };
    length && !serial.contains(['I', 'O'])
}

fn serial(hunt: &Hunt, piece: usize, start: usize, after: &str) -> bool {
    let vehicle = VEHICLE.is_match(&hunt.labels.lead(piece, start));
    let sense = hunt.labels.sense(piece, start);
    !vehicle && (SERIAL.is_match(after) || matches!(sense, Some(Sense::Code | Sense::Other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_that_are_given_out() {
        let table = [
            ("12345", false, true),
            ("A3280", false, true),
            ("8k567", false, true),
            ("AB345", false, true),
            ("D12345", false, true),
            ("DA1234", false, true),
            ("12345F", false, true),
            ("1234", true, true),
            ("1234", false, false),
            ("I2345", false, false),
            ("CPX234", false, false),
            ("123456", false, false),
            ("1234567", false, false),
        ];
        for (serial, word, good) in table {
            assert_eq!(fits(serial, word), good, "{serial}");
        }
    }
}
