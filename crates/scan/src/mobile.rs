//! Mobile numbers: eleven digits of a prefix in use, with or without the country code. Personal until someone says
//! otherwise; hotlines and duty phones are public on purpose.

use crate::hunt::{Candidate, Hunt};
use crate::label::Sense;
use crate::number::{Gap, Run, X, written};
use crate::{Finding, Rule};

const LENGTH: usize = 11;

/// The number that begins with a group: 11 digits alone, or one group with 0, 86 or 0086 before them.
pub(crate) fn judge(hunt: &Hunt, run: &Run, first: usize) -> Option<(usize, Finding)> {
    [LENGTH, 12, 13, 15].into_iter().find_map(|length| {
        let candidate = Candidate::new(run, first, length)?;
        Some((candidate.last, number(hunt, &candidate)?))
    })
}

fn number(hunt: &Hunt, c: &Candidate) -> Option<Finding> {
    let plain = subscriber(&c.values)?;
    let labels = &hunt.labels;
    let sense = labels.sense(c.start.0, c.start.1);
    let wrong_label = matches!(sense, Some(Sense::Code | Sense::Hotline));
    let glued = labels.glued_before(c.start) && sense != Some(Sense::Phone);
    if wrong_label || glued || labels.glued_after(c.end) || mailbox(hunt, c.end) || labels.amount(c.start, c.end) {
        return None;
    }
    if !plausible(c, sense == Some(Sense::Phone)) || hunt.settings.public_numbers.contains(&plain) {
        return None;
    }
    let masked = format!("{}****{}", &plain[..3], &plain[7..]);
    let says = "疑似个人手机号码。请删去或者改用办公电话；确属对外公布的，请选“保留”并写明理由。";
    let finding = Finding::new(labels.pieces, Rule::Mobile, &c.run.spots(c.first, c.last), &plain);
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

/// The name of a mailbox, which has a rule of its own.
fn mailbox(hunt: &Hunt, (piece, at): (usize, usize)) -> bool {
    hunt.text(piece)[at..].starts_with(['@', '＠'])
}

/// One group, or grouped as numbers are read aloud, and not a part of a longer grouped number.
fn plausible(c: &Candidate, labelled: bool) -> bool {
    let lengths = c.lengths();
    let grouped = match lengths[..] {
        [_] => true,
        [3, 4, 4] | [3, 3, 5] | [3, 8] | [7, 4] => true,
        // The country code is none of the number, where it stands apart.
        [2 | 4, ..] => false,
        _ if lengths.len() == LENGTH => labelled || c.gaps().iter().all(|gap| !matches!(gap, Gap::Dot | Gap::Mark)),
        _ => labelled && lengths.len() <= 3,
    };
    let broken = c.gaps().iter().any(|gap| *gap >= Gap::Line);
    grouped && (labelled || (!broken && stands_free(c)))
}

fn stands_free(c: &Candidate) -> bool {
    let single = c.first == c.last;
    let apart = |gap: Gap| gap >= Gap::Mark || (single && gap == Gap::Space);
    let country = |group: &[u8]| matches!(group, [8, 6] | [0, 0, 8, 6]);
    let left = c.first == 0 || apart(c.run.gaps[c.first - 1]) || country(&c.run.values(c.first - 1, c.first - 1));
    let right = c.last + 1 == c.run.groups.len() || apart(c.run.gaps[c.last]);
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
