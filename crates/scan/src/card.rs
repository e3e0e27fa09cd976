//! Bank accounts of persons: 13 to 19 digits that pass Luhn's check, with a label, or with UnionPay's prefix. One
//! number in ten passes by chance, so that the check alone says nothing; the account of a body is public.

use crate::hunt::{Candidate, Hunt};
use crate::label::Sense;
use crate::number::{Gap, Run, X, written};
use crate::{Finding, Rule};
use regex::Regex;
use std::sync::LazyLock;

/// UnionPay's own cards begin with 62 and have at least so many digits.
const UNION_PAY: (&[u8], usize) = (&[6, 2], 16);
/// A card is printed in fours: 19 digits make five groups.
const MOST_GAPS: usize = 5;

/// What speaks of a person's account, whatever else stands there.
static PERSONAL: LazyLock<Regex> =
    LazyLock::new(|| pattern("一卡通|社保卡|惠农|个人|本人|农户|户主|持卡|存折|储蓄|身份证"));
/// What speaks of a body's account.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    let kind =
        "局|公司|中心|委员会|委|合作社|学校|小学|中学|医院|厅|政府|站|所|处|协会|学会|基金会|厂|店|村|社区|大队|办|部";
    pattern(&format!(
        "对公|公款|公户|单位|国库|财政|专户|缴款|罚没|罚款|非税|保证金|基本(?:存款)?账户|一般(?:存款)?账户|捐赠|捐款|工会|党费|\
         (?:户名|名称|收款人|开户人|收款方)[^，。；\\n]{{0,24}}?(?:{kind})|(?:{kind})(?:的)?(?:银行)?(?:账|帐|开户)"
    ))
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The account that begins with a group, and the last group that it takes.
pub(crate) fn judge(hunt: &Hunt, run: &Run, first: usize) -> Option<(usize, Finding)> {
    (13..=19).rev().find_map(|length| {
        let candidate = Candidate::new(run, first, length)?;
        Some((candidate.last, account(hunt, &candidate)?))
    })
}

fn account(hunt: &Hunt, c: &Candidate) -> Option<Finding> {
    if !luhn(&c.values) || c.values.iter().all(|d| *d == c.values[0]) || !grouped(c) {
        return None;
    }
    let labels = &hunt.labels;
    let sense = labels.sense(c.start.0, c.start.1);
    let prefixed = c.values.starts_with(UNION_PAY.0) && c.values.len() >= UNION_PAY.1;
    let named = match sense {
        Some(Sense::Account) => true,
        Some(Sense::ResidentId | Sense::Phone | Sense::Permit) | None => prefixed && stands_free(c),
        _ => false,
    };
    if !named || labels.glued_before(c.start) || labels.glued_after(c.end) || labels.amount(c.start, c.end) {
        return None;
    }
    let plain = written(&c.values);
    if of_a_body(&labels.sentence(c.start.0, c.start.1)) || hunt.settings.public_numbers.contains(&plain) {
        return None;
    }
    let masked = format!("{}{}{}", &plain[..4], "*".repeat(plain.len() - 8), &plain[plain.len() - 4..]);
    let says = "疑似个人银行账号。请删去或者遮盖；确属单位账户的，请选“保留”并写明理由。";
    let finding = Finding::new(labels.pieces, Rule::BankCard, &c.run.spots(c.first, c.last), &plain);
    Some(finding.excerpt(masked.clone()).says(says).suggest(masked))
}

fn of_a_body(sentence: &str) -> bool {
    !PERSONAL.is_match(sentence) && BODY.is_match(sentence)
}

/// Luhn's check (ISO/IEC 7812-1): every second digit from the right doubled, digits added, a multiple of ten.
fn luhn(values: &[u8]) -> bool {
    let doubled = |d: u8| if d > 4 { 2 * d - 9 } else { 2 * d };
    let sum: u32 =
        values.iter().rev().enumerate().map(|(n, &d)| u32::from(if n % 2 == 1 { doubled(d) } else { d })).sum();
    sum.is_multiple_of(10) && values.iter().all(|&d| d < X)
}

fn grouped(c: &Candidate) -> bool {
    let lengths = c.lengths();
    let short = lengths.iter().any(|n| *n < 3);
    c.gaps().len() <= MOST_GAPS && (lengths.len() == 1 || !short) && c.gaps().iter().all(|gap| *gap != Gap::Mark)
}

fn stands_free(c: &Candidate) -> bool {
    let apart = |gap: Gap| gap >= Gap::Mark || (c.first == c.last && gap == Gap::Space);
    let left = c.first == 0 || apart(c.run.gaps[c.first - 1]);
    left && (c.last + 1 == c.run.groups.len() || apart(c.run.gaps[c.last]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_catches_every_single_wrong_digit() {
        let good: Vec<u8> = "6228480012345671".bytes().map(|b| b - b'0').collect();
        assert!(luhn(&good));
        for at in 0..good.len() {
            for wrong in (0..10).filter(|d| *d != good[at]) {
                let mut bad = good.clone();
                bad[at] = wrong;
                assert!(!luhn(&bad), "digit {at} as {wrong}");
            }
        }
    }
}
