//! Passports, permits to cross the border, and service cards. The forms are short and common, so that a label or the
//! words of travel must stand near: 产品型号E12345678 has the form of a passport.

use crate::fold::Folded;
use crate::hunt::{Candidate, Hunt};
use crate::label::Sense;
use crate::number::{Run, X, written};
use crate::{Finding, Rule};
use regex::Regex;
use std::sync::LazyLock;

const SAYS: &str = "疑似护照、通行证等证件号码。请删去或者遮盖后再提交。";
/// Characters looked back from the first digit, and on.
const BACK: usize = 5;
const ON: usize = 14;

/// The forms that are given out: E and G ordinary, SE, P, S service, D, DE diplomatic, C, W, H, M, T, L permits for
/// Hong Kong, Macao and Taiwan.
static FORM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|(?:SE|DE|PE|MA)[0-9]{7}|[PSD][0-9]{7,8}|[CW][0-9]{8}|\
             C[A-HJ-NP-Z][0-9]{7}|[HM][0-9]{8}(?:[0-9]{2})?|[TL][0-9]{8})$",
    )
});
/// What may pass with a label right before it: passports of other countries too.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| pattern("^[A-Z]{1,3}[0-9]{6,10}$"));
static TOKEN: LazyLock<Regex> = LazyLock::new(|| pattern("[A-Za-z]{1,3}[ -]?[0-9]{6,}[A-Za-z]*"));
/// Words of travel, that make a number of an ordinary form a passport's.
static TRAVEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"护照|通行证|持证?件|证件|入境|出境|出国|境外|国籍|旅客|签证|回乡|台胞|港澳|来往|往来"));
/// What stands between a label and its number. A date of expiry or a telephone is something else.
static DIRECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:护照|证|passport)(?:件|复印件)?(?:号码|编号|号|No\\.?)?[ :为是]*(?:[(\\[][^)\\]]*[)\\]])?[ :为是]*(?:\\p{Han}字第?)?$",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// A passport whose first digit is the one at byte `at`, letters before it.
pub(crate) fn find_lettered(hunt: &mut Hunt, piece: usize, at: usize) {
    let text = hunt.text(piece);
    let before = text[..at].chars().rev().filter_map(crate::fold::fold).take(2).find(|c| !matches!(c, ' ' | '-'));
    if !before.is_some_and(|c| c.is_ascii_alphabetic()) {
        return;
    }
    let start = text[..at].char_indices().rev().nth(BACK - 1).map_or(0, |(n, _)| n);
    let end = text[at..].char_indices().nth(ON).map_or(text.len(), |(n, _)| at + n);
    let folded = Folded::new(&text[start..end]);
    let hit = TOKEN.find_iter(&folded.text).find_map(|hit| {
        let span = folded.source(hit.range());
        let span = start + span.start..start + span.end;
        let alone = !hunt.labels.glued_before((piece, span.start)) && !hunt.labels.glued_after((piece, span.end));
        let plain = hit.as_str().replace([' ', '-'], "").to_uppercase();
        (alone && span.contains(&at) && good(hunt, piece, span.start, &plain)).then_some((span, plain))
    });
    if let Some((span, plain)) = hit {
        hunt.note(Rule::Passport, piece, span, masked(&plain), SAYS);
    }
}

fn good(hunt: &Hunt, piece: usize, start: usize, plain: &str) -> bool {
    match hunt.labels.sense(piece, start) {
        Some(Sense::Permit | Sense::ResidentId) => LABELLED.is_match(plain),
        Some(Sense::Code | Sense::Account | Sense::Phone | Sense::Hotline) => false,
        _ => FORM.is_match(plain) && TRAVEL.is_match(&hunt.labels.sentence(piece, start)),
    }
}

/// Digits alone, which only a label makes a permit's: the mainland travel permit of a Taiwan resident, a service card.
pub(crate) fn judge(hunt: &Hunt, run: &Run, first: usize) -> Option<(usize, Finding)> {
    let length = run.groups[first].len();
    let c = Candidate::new(run, first, length).filter(|_| (7..=10).contains(&length))?;
    let labels = &hunt.labels;
    let named = labels.sense(c.start.0, c.start.1) == Some(Sense::Permit) && direct(hunt, &c);
    let digits = c.values.iter().all(|d| *d < X);
    let other = labels.glued_before(c.start) || labels.glued_after(c.end) || labels.amount(c.start, c.end);
    if !named || !digits || other {
        return None;
    }
    let plain = written(&c.values);
    let finding = Finding::new(labels.pieces, Rule::Passport, &run.spots(c.first, c.last), &plain);
    Some((c.last, finding.excerpt(masked(&plain)).says(SAYS).suggest(masked(&plain))))
}

/// The label stands right before the number, or is all that the neighbouring cell says.
fn direct(hunt: &Hunt, c: &Candidate) -> bool {
    let lead = hunt.labels.lead(c.start.0, c.start.1);
    lead.is_empty() || DIRECT.is_match(lead.trim_end())
}

fn masked(plain: &str) -> String {
    let letters = plain.bytes().take_while(|b| b.is_ascii_alphabetic()).count();
    format!("{}{}{}", &plain[..letters], "*".repeat(plain.len() - letters - 2), &plain[plain.len() - 2..])
}
