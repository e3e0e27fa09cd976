//! Mobile numbers: eleven digits of a prefix in use, with or without the country code. Personal until someone says
//! otherwise; hotlines and duty phones are public on purpose.

use crate::label::{Labels, Sense};
use crate::number::{Gap, Run, X, written};
use crate::{Finding, Rule, Settings};
use std::ops::RangeInclusive;

const LENGTH: usize = 11;

pub(crate) fn find(
    run: &Run,
    taken: &[RangeInclusive<usize>],
    labels: &Labels,
    settings: &Settings,
    found: &mut Vec<(usize, Finding)>,
) {
    let mut first = 0;
    while first < run.groups.len() {
        // 11 digits alone, or one group with 0, 86 or 0086 before them.
        let hit = [LENGTH, 12, 13, 15].into_iter().find_map(|length| {
            let last = run.window(first, length)?;
            let free = taken.iter().all(|t| last < *t.start() || *t.end() < first);
            Some((last, judge(run, first, last, labels, settings).filter(|_| free)?))
        });
        first = match hit {
            Some((last, finding)) => {
                found.push((run.digits(first, last)[0].piece, finding));
                last + 1
            }
            None => first + 1,
        };
    }
}

fn judge(run: &Run, first: usize, last: usize, labels: &Labels, settings: &Settings) -> Option<Finding> {
    let plain = subscriber(&run.values(first, last))?;
    let digits = run.digits(first, last);
    let start = (digits[0].piece, digits[0].span.start);
    let end = digits.last().map(|d| (d.piece, d.span.end))?;
    let sense = labels.sense(start.0, start.1);
    let wrong_label = matches!(sense, Some(Sense::Code | Sense::Hotline));
    if wrong_label || labels.glued_before(start) || labels.glued_after(end) || labels.amount(start, end) {
        return None;
    }
    if !plausible(run, first, last, sense == Some(Sense::Phone)) || settings.public_numbers.contains(&plain) {
        return None;
    }
    let masked = format!("{}****{}", &plain[..3], &plain[7..]);
    let says = "疑似个人手机号码。请删去或者改用办公电话；确属对外公布的，请选“保留”并写明理由。";
    let finding = Finding::new(labels.pieces, Rule::Mobile, &run.spots(first, last), &plain);
    Some(finding.excerpt(masked.clone()).says(says).suggest(masked))
}

/// The eleven digits, if they begin with a prefix given out to persons (14 of 145–149, 19 without 194, and so on).
fn subscriber(values: &[u8]) -> Option<String> {
    let text = written(values);
    let bare = match values.len() {
        LENGTH => &text[..],
        12 => text.strip_prefix('0')?,
        13 => text.strip_prefix("86")?,
        15 => text.strip_prefix("0086")?,
        _ => return None,
    };
    let in_use = match (bare.as_bytes()[1], bare.as_bytes()[2]) {
        (b'3' | b'8', _) => true,
        (b'4', third) => third >= b'5',
        (b'5' | b'9', third) => third != b'4',
        (b'6', third) => matches!(third, b'2' | b'5' | b'6' | b'7'),
        (b'7', third) => !matches!(third, b'4' | b'9'),
        _ => false,
    };
    (bare.starts_with('1') && in_use && values.iter().all(|&d| d < X)).then(|| bare.to_owned())
}

/// One group, or grouped as numbers are read aloud, and not a part of a longer grouped number.
fn plausible(run: &Run, first: usize, last: usize, labelled: bool) -> bool {
    let lengths: Vec<usize> = run.groups[first..=last].iter().map(|group| group.len()).collect();
    let grouped = match lengths[..] {
        [_] => true,
        [3, 4, 4] | [3, 3, 5] | [3, 8] | [7, 4] => true,
        _ => lengths.len() == LENGTH || (labelled && lengths.len() <= 3),
    };
    let broken = run.gaps[first..last].iter().any(|gap| *gap >= Gap::Line);
    grouped && (labelled || (!broken && stands_free(run, first, last)))
}

fn stands_free(run: &Run, first: usize, last: usize) -> bool {
    let single = first == last;
    let apart = |gap: Gap| gap >= Gap::Line || (single && gap == Gap::Space);
    let country = |group: &[u8]| matches!(group, [8, 6] | [0, 0, 8, 6]);
    let left = first == 0 || apart(run.gaps[first - 1]) || country(&run.values(first - 1, first - 1));
    let right = last + 1 == run.groups.len() || apart(run.gaps[last]);
    left && right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_in_use() {
        let table = [
            ("13973312345", true),
            ("19900001234", true),
            ("19212345678", true),
            ("14412345678", false),
            ("15412345678", false),
            ("12345678901", false),
            ("19412345678", false),
            ("013973312345", true),
            ("073128681234", false),
            ("8613973312345", true),
            ("008613973312345", true),
        ];
        for (text, good) in table {
            let values: Vec<u8> = text.bytes().map(|b| b - b'0').collect();
            assert_eq!(subscriber(&values).is_some(), good, "{text}");
        }
    }
}
