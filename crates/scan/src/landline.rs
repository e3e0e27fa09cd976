//! Fixed telephones of persons. Most that a public body prints are an office's, so that the words beside the number
//! must speak of a home or of somebody's particulars.

use crate::hunt::{Candidate, Hunt};
use crate::label::Sense;
use crate::number::{Gap, Run, X, written};
use crate::{Finding, Rule};
use regex::Regex;
use std::sync::LazyLock;

static HOME: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("家庭电话|住宅电话|住宅座机|住宅[:：]|宅电|家里|家中|家用|个人电话|私人电话|自家")
        .expect("a valid pattern")
});
/// Particulars of a person in the same sentence or row, or at the head of the table.
static PARTICULARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        "身份证|家住|住址|户籍|户主|性别|年龄|出生|监护人|家长|患者|病人|投诉人|信访人|受害人|举报人|被处罚人|当事人|\
                村民|农户|[，、 （(](?:男|女)[，、 ）)]",
    )
    .expect("a valid pattern")
});
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("局|办公|科室|科[：: ]|传真|邮编|单位|热线|咨询|服务|公司|中心|政府|委员会|公开|值班|举报电话|投诉电话|监督电话|受理")
        .expect("a valid pattern")
});

/// The number that begins with a group: an area code and seven or eight digits, or these alone.
pub(crate) fn judge(hunt: &Hunt, run: &Run, first: usize) -> Option<(usize, Finding)> {
    [12, 11, 10, 8, 7].into_iter().find_map(|length| {
        let candidate = Candidate::new(run, first, length)?;
        Some((candidate.last, number(hunt, &candidate)?))
    })
}

fn number(hunt: &Hunt, c: &Candidate) -> Option<Finding> {
    if !shaped(c) {
        return None;
    }
    let labels = &hunt.labels;
    let (piece, at) = c.start;
    let home = at_home(hunt, piece, at);
    let called = labels.sense(piece, at) == Some(Sense::Phone) || home;
    if !called || !(home || particulars(hunt, piece, at)) || labels.glued_after(c.end) || labels.amount(c.start, c.end)
    {
        return None;
    }
    let plain = written(&c.values);
    if hunt.settings.public_numbers.contains(&plain) {
        return None;
    }
    let masked = format!("{}****", &plain[..plain.len() - 4]);
    let says = "疑似个人固定电话。请删去或者改用办公电话。";
    let finding = Finding::new(labels.pieces, Rule::Landline, &c.run.spots(c.first, c.last), &plain);
    Some(finding.excerpt(masked.clone()).says(says).suggest(masked))
}

/// 0731-28681234, 073128681234, (0731)28681234, 28681234; no number begins with 0 or 1 behind its area code.
fn shaped(c: &Candidate) -> bool {
    let joined = c.first > 0 && c.run.gaps[c.first - 1] < Gap::Line;
    let lengths = c.lengths();
    let code = if c.values[0] == 0 { if c.values[1] <= 2 { 3 } else { 4 } } else { 0 };
    let local = c.values.len().saturating_sub(code);
    let grouped = match lengths[..] {
        [_] => true,
        [a, _] => a == code || (code == 0 && a >= 3),
        [a, _, _] => a == code,
        _ => false,
    };
    let broken = c.gaps().iter().any(|gap| *gap >= Gap::Line);
    grouped
        && !broken
        && !(joined && code == 0)
        && matches!(local, 7 | 8)
        && (2..X).contains(&c.values[code])
        && c.values.iter().all(|d| *d < X)
}

fn at_home(hunt: &Hunt, piece: usize, at: usize) -> bool {
    let beside = [hunt.labels.tables.left(piece), hunt.labels.tables.head(piece)];
    HOME.is_match(&hunt.labels.lead(piece, at)) || beside.into_iter().flatten().any(|n| HOME.is_match(hunt.text(n)))
}

fn particulars(hunt: &Hunt, piece: usize, at: usize) -> bool {
    let tables = &hunt.labels.tables;
    let heads = tables.head(piece).map(|head| tables.row(head)).unwrap_or_default();
    let head = heads.map(|n| hunt.text(n)).collect::<Vec<_>>().join("，");
    let sentence = hunt.labels.sentence(piece, at);
    let of_a_person = PARTICULARS.is_match(&head) || PARTICULARS.is_match(&sentence);
    of_a_person && !OFFICE.is_match(&sentence) && !OFFICE.is_match(&head)
}
