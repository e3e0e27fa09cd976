//! Mailboxes of persons. Those of an office are public: a .gov.cn domain, or words that name the office's box.

use crate::Rule;
use crate::fold::fold;
use crate::hunt::Hunt;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest local part and domain (RFC 5321, 4.5.3.1).
const LONGEST: usize = 255;
/// What may stand beside the sign.
const BLANK: [char; 4] = [' ', '\u{a0}', '\u{3000}', '\u{200b}'];

/// A domain with a top level of letters.
static DOMAIN: LazyLock<Regex> = LazyLock::new(|| pattern("^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$"));
/// The box of an office, by what it is for.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "(?:单位|办公|公务|公开|举报|监督|投诉|意见|反馈|建议|报名|投稿|征集|征求|局长|书记|市长|县长|区长|镇长|服务|官方|咨询|\
             受理|信访|纪检|政务|申请|申报|报送|采购|招标|投标|局|科|室|中心|委|政府|工作|网站|网址|平台)[\\p{Han}--[人者]]{0,4}(?:邮箱|信箱|邮件|邮址|(?i:e-?mail))",
    )
});
/// A line of an office's address.
static OFFICE_LINE: LazyLock<Regex> = LazyLock::new(|| pattern("邮编|邮政编码|传真|办公地址|办公电话|办公室"));
static PERSONAL: LazyLock<Regex> = LazyLock::new(|| pattern("个人|私人|本人|家庭"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The mailbox around the at sign at byte `at`.
pub(crate) fn find(hunt: &mut Hunt, piece: usize, at: usize) {
    let text = hunt.text(piece);
    let sign = text[at..].chars().next().map_or(1, char::len_utf8);
    around(hunt, piece, at..at + sign);
}

/// The mailbox around a sign, which may be spelt out: (at).
pub(crate) fn around(hunt: &mut Hunt, piece: usize, sign: Range<usize>) {
    let text = hunt.text(piece);
    let Some((start, local)) = local(&text[..sign.start]) else { return };
    let Some((end, domain)) = domain(&text[sign.end..]) else { return };
    let span = start..sign.end + end;
    let mailbox = format!("{local}@{domain}");
    if !public(hunt, piece, &span, &mailbox) {
        let masked = format!("{}***@{domain}", &local[..1]);
        hunt.note(Rule::Email, piece, span, masked, "疑似个人电子邮箱。请删去或者改用单位公用邮箱。");
    }
}

/// The part before the sign: where it begins, and its plain form in lower case.
fn local(before: &str) -> Option<(usize, String)> {
    let trimmed = before.trim_end_matches(BLANK);
    let mut start = trimmed.len();
    let mut plain = String::new();
    for (at, c) in trimmed.char_indices().rev().take(LONGEST) {
        match fold(c) {
            Some(p) if p.is_ascii_alphanumeric() || "._%+-".contains(p) => {
                start = at;
                plain.insert(0, p.to_ascii_lowercase());
            }
            None => {}
            _ => break,
        }
    }
    let kept = plain.trim_start_matches(['.', '-', '_', '%', '+']);
    start += plain.len() - kept.len();
    (!kept.is_empty() && trimmed.is_char_boundary(start)).then(|| (start, kept.to_owned()))
}

/// The part after the sign: its length, and its plain form in lower case. A stop that ends the sentence is none of it.
fn domain(after: &str) -> Option<(usize, String)> {
    let spaces = after.len() - after.trim_start_matches(BLANK).len();
    let mut read: Vec<(usize, char)> = Vec::new();
    for (at, c) in after[spaces..].char_indices().take(LONGEST) {
        let plain = match fold(c) {
            Some(p) if p.is_ascii_alphanumeric() || p == '-' || p == '.' => p.to_ascii_lowercase(),
            Some('。') => '.',
            None => continue,
            _ => break,
        };
        read.push((spaces + at + c.len_utf8(), plain));
    }
    while read.last().is_some_and(|(_, c)| matches!(c, '.' | '-')) {
        read.pop();
    }
    let plain: String = read.iter().map(|(_, c)| c).collect();
    DOMAIN.is_match(&plain).then(|| Some((read.last()?.0, plain)))?
}

fn public(hunt: &Hunt, piece: usize, span: &Range<usize>, mailbox: &str) -> bool {
    let lead = hunt.labels.lead(piece, span.start);
    let beside = [hunt.labels.tables.left(piece), hunt.labels.tables.head(piece)];
    let labels = beside.into_iter().flatten().fold(lead, |all, n| all + " " + hunt.text(n));
    if hunt.settings.public_mailbox(mailbox) {
        return true;
    }
    let office = OFFICE.is_match(&labels) || OFFICE_LINE.is_match(&hunt.labels.sentence(piece, span.start));
    !PERSONAL.is_match(&labels) && (office || mailbox.ends_with(".gov.cn"))
}
