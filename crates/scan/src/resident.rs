//! Resident identity numbers (GB 11643-1999): 18 characters with a check, and the 15 digits of the first generation.
//! The region is checked by its province alone: real numbers carry districts that no table has.

use crate::hunt::{Candidate, Hunt};
use crate::label::Sense;
use crate::number::{Gap, Run, X, written};
use crate::{Finding, Rule, Severity};
use kernel::Day;

/// Provinces, with 81–83 (residence permits of Hong Kong, Macao, Taiwan) and 91 (foreigners' permanent residence).
const PROVINCES: [u8; 36] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83, 91,
];
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [u8; 11] = [1, 0, X, 9, 8, 7, 6, 5, 4, 3, 2];
const EARLIEST_YEAR: u32 = 1850;
/// As people group a number by hand: 430203-19070315-0022, or in fours.
const MOST_GAPS: usize = 5;
/// A number in a form may fall on two line ends or borders.
const MOST_BREAKS: usize = 2;

/// The number that begins with a group, and the last group that it takes.
pub(crate) fn judge(hunt: &Hunt, run: &Run, first: usize) -> Option<(usize, Finding)> {
    [18, 15].into_iter().find_map(|length| {
        let candidate = Candidate::new(run, first, length)?;
        Some((candidate.last, number(hunt, &candidate)?))
    })
}

fn number(hunt: &Hunt, c: &Candidate) -> Option<Finding> {
    let old = c.values.len() == 15;
    let real = if old { old_number(&c.values) } else { new_number(&c.values, hunt.settings.today) };
    if !real || !plausible(c) {
        return None;
    }
    let labels = &hunt.labels;
    let sense = labels.sense(c.start.0, c.start.1);
    let labelled = sense == Some(Sense::ResidentId);
    if sense == Some(Sense::Code) || labels.glued_after(c.end) || labels.amount(c.start, c.end) {
        return None;
    }
    // One in eighty 15-digit numbers passes by chance: other labels, letters and gaps speak against it.
    let joined = |(piece, at): (usize, usize)| hunt.text(piece)[..at].ends_with(['/', '.', '_', '-', '=']);
    if old && !labelled && (sense.is_some() || c.first != c.last || labels.glued_before(c.start) || joined(c.start)) {
        return None;
    }
    let plain = written(&c.values);
    let says = "疑似居民身份证号码。请删去或者遮盖后再提交；确属依法应当公开的，请写明依据。";
    let severity = if old && !labelled { Severity::Warn } else { Severity::Block };
    let finding = Finding::new(labels.pieces, Rule::ResidentId, &c.run.spots(c.first, c.last), &plain);
    Some(finding.excerpt(masked(&plain)).severity(severity).says(says).suggest(masked(&plain)))
}

/// Groups that a person or a page would make of one number.
fn plausible(c: &Candidate) -> bool {
    let breaks = c.gaps().iter().filter(|gap| **gap >= Gap::Line).count();
    let boxes = c.lengths().iter().all(|length| *length == 1);
    boxes || (breaks <= MOST_BREAKS && c.gaps().len() - breaks <= MOST_GAPS)
}

/// The second generation: province, date, check.
fn new_number(v: &[u8], today: Day) -> bool {
    let sum: u32 = WEIGHTS.iter().zip(v).map(|(w, &d)| w * u32::from(d)).sum();
    v[..17].iter().all(|&d| d < X)
        && CHECKS[sum as usize % 11] == v[17]
        && province(v)
        && born(digits(&v[6..10]), &v[10..14], today)
}

/// The first generation, of people born in the twentieth century.
fn old_number(v: &[u8]) -> bool {
    v.iter().all(|&d| d < X) && province(v) && born(1900 + digits(&v[6..8]), &v[8..12], Day(i32::MAX))
}

fn province(v: &[u8]) -> bool {
    PROVINCES.contains(&(v[0] * 10 + v[1]))
}

fn born(year: u32, month_day: &[u8], today: Day) -> bool {
    let (month, day) = (digits(&month_day[..2]) as i8, digits(&month_day[2..]) as i8);
    year >= EARLIEST_YEAR && Day::new(year as i16, month, day).is_some_and(|birth| birth <= today)
}

fn digits(v: &[u8]) -> u32 {
    v.iter().fold(0, |n, &d| n * 10 + u32::from(d))
}

/// Four digits and the last two stay: `4302************22`.
fn masked(plain: &str) -> String {
    format!("{}{}{}", &plain[..4], "*".repeat(plain.len() - 6), &plain[plain.len() - 2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<u8> {
        text.bytes().map(|b| if b == b'X' { X } else { b - b'0' }).collect()
    }

    #[test]
    fn province_date_and_check_all_count() {
        let today = Day::new(2017, 5, 26).expect("a day");
        let table = [
            ("440524188001010014", true), // the specimen of the standard
            ("43022519040229002X", true), // a leap day
            ("430203190703150022", true),
            ("430203190703150021", false), // check
            ("430225190302290022", false), // no leap day
            ("111111111111111111", false), // no such check
            ("000000000000000000", false),
            ("201705260930000012", false), // no province 20
        ];
        for (text, good) in table {
            assert_eq!(new_number(&values(text), today), good, "{text}");
        }
        assert!(!new_number(&values("440524188001010014"), Day::new(1879, 12, 31).expect("a day")), "not yet born");
    }

    #[test]
    fn the_check_catches_every_single_wrong_digit() {
        let good = values("440524188001010014");
        let check = |v: &[u8]| {
            CHECKS[WEIGHTS.iter().zip(v).map(|(w, &d)| w * u32::from(d)).sum::<u32>() as usize % 11] == v[17]
        };
        assert!(check(&good));
        for at in 0..17 {
            for wrong in (0..10).filter(|&d| d != good[at]) {
                let mut bad = good.clone();
                bad[at] = wrong;
                assert!(!check(&bad), "digit {at} as {wrong}");
            }
        }
    }
}
