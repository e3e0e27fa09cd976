//! What a handed-over paper must be, and when a review over there counts here. Pure.

use super::model::{Handed, Person, Sent, SentReview, Stated, mark};
use crate::posted::Upload;
use crate::record::kind::{Kind, Step};
use crate::record::model::{Openness, Typed};
use crate::record::{desk, file, rules, typed};
use kernel::{Hash, Instant, Refusal, notation};

/// Longest text, in bytes.
pub const TEXT_MAX: usize = 2 << 20;
/// How long a person's agreement lasts, in milliseconds: a year.
pub const AGREED_MS: i64 = 365 * 24 * 3_600_000;

const REVIEW_FIRST: &str = "《保守国家秘密法实施条例》第四十二条";
const REVIEW_DUTY: &str = "《政府信息公开条例》第十七条";

/// Fields that may come after review (文号, 成文日期); they are outside the digest, as they are outside a revision's.
const LATE: [&str; 2] = ["number", "issued"];

/// What a review over there is bound to: the SHA-256 of the canonical JSON (RFC 8785) of kind, fields, text, and each
/// file's name and SHA-256.
pub fn digest(kind: &str, typed: &Typed, text: &str, files: &[(String, Hash)]) -> Hash {
    let fields: Typed = typed.iter().filter(|(n, _)| !LATE.contains(&n.as_str())).map(pair).collect();
    let files: Vec<_> =
        files.iter().map(|(name, hash)| serde_json::json!({ "name": name, "sha256": hash.to_string() })).collect();
    let all = serde_json::json!({ "fields": fields, "files": files, "kind": kind, "text": text });
    Hash::of(&kernel::canonical::bytes(&all))
}

fn pair((name, value): (&String, &String)) -> (String, String) {
    (name.clone(), value.clone())
}

/// Reads what was sent; `files` are its files in their order. Every fault at once. Nothing is stored of a refused one.
pub fn read(sent: Sent, files: Vec<Upload>, now: Instant) -> Result<Handed, Vec<Refusal>> {
    let mut why = vec![];
    let code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
    if sent.source.is_empty() || sent.source.len() > 40 || !sent.source.chars().all(code) {
        why.push(Refusal::new("source", "source 写登记过的系统代号，用小写字母、数字和 -._。").at("source"));
    }
    let long = sent.number.chars().count();
    if sent.number.trim().is_empty() || long > 100 || sent.number.chars().any(char::is_control) {
        why.push(Refusal::new("foreign-number", "number 写这份文件在源系统里的编号，最多 100 个字。").at("number"));
    }
    let kind = Kind::parse(&sent.kind);
    if kind.is_none() {
        why.push(Refusal::new("kind-missing", "没有这个信息种类。").at("kind"));
    }
    let is_known = |name: &str| kind.map_or_else(|| desk::NAMES.contains(&name), |k| typed::is_known(k, name));
    let unknown = sent.fields.keys().find(|name| !is_known(name));
    why.extend(unknown.map(|name| Refusal::new("field-unknown", format!("没有“{name}”这个要素。"))));
    if sent.text.len() > TEXT_MAX {
        why.push(Refusal::new("text-long", "正文超过 2 MB。请拆成几件。").at("text"));
    }
    let title = sent.fields.get("title").map_or("", String::as_str);
    why.extend(rules::secret_refusals(&rules::pieces(title, &sent.fields, &notation::parse(&sent.text))));
    for (i, one) in files.iter().enumerate() {
        why.extend(file::file_faults(one, files[..i].iter().any(|f| f.name == one.name)));
    }
    let ended = sent.ended.as_deref().and_then(|text| moment(text, now, "ended", &mut why));
    let reviews = sent.reviews.iter().filter_map(|r| stated(r, now, &mut why)).collect();
    let (Some(kind), true) = (kind, why.is_empty()) else { return Err(why) };
    let hashes: Vec<(String, Hash)> = files.iter().map(|f| (f.name.clone(), Hash::of(&f.bytes))).collect();
    let hash = digest(kind.name, &sent.fields, &sent.text, &hashes);
    let Sent { source, number, author, fields: typed, text, .. } = sent;
    Ok(Handed { source, number, kind, author, typed, text, files, ended, reviews, hash })
}

fn moment(text: &str, now: Instant, field: &'static str, why: &mut Vec<Refusal>) -> Option<Instant> {
    let at = Instant::parse(text);
    match at {
        None => why.push(Refusal::new("moment", "时间写成 2026-11-20 16:30。").at(field)),
        Some(at) if at > now => why.push(Refusal::new("moment-future", "时间不能晚于现在。").at(field)),
        Some(_) => {}
    }
    at
}

fn stated(sent: &SentReview, now: Instant, why: &mut Vec<Refusal>) -> Option<Stated> {
    let step = Step::parse(&sent.step);
    if step.is_none() {
        let says = "审查的 step 写 section、legality、secrecy 或者 approval。";
        why.push(Refusal::new("step", says).at("reviews"));
    }
    let hash = Hash::parse(&sent.hash);
    if hash.is_none() {
        why.push(Refusal::new("hash", "审查的 hash 写 64 位十六进制的摘要。").at("reviews"));
    }
    let at = moment(&sent.at, now, "reviews", why);
    let (by, passed, answers) = (sent.by.clone(), sent.verdict == "pass", sent.answers.clone());
    Some(Stated { step: step?, by, at: at?, hash: hash?, passed, answers })
}

/// Whether a person's agreement still holds.
pub fn agreed(at: Option<i64>, now: Instant) -> bool {
    at.is_some_and(|at| now.0 < at + AGREED_MS)
}

/// What speaks against publishing this paper by itself at all, before any review is looked at.
pub fn not_by_itself(typed: &Typed, ended: bool) -> Option<Refusal> {
    match mark(typed) {
        _ if !ended => Some(Refusal::new("not-ended", "源系统里还没有办结。办结后再推送一次，写明 ended。")),
        None => {
            let says = "源系统没有标明公开属性，不会自动公开。请在源系统标明，或由经办人在这里确定。";
            Some(Refusal::new("unmarked", says).cite("《政府信息公开条例》第十三条").at("openness"))
        }
        Some(Openness::Open) => None,
        Some(other) => {
            let says = format!("源系统定为{}，不会公开。", other.zh());
            Some(Refusal::new("not-open", says).cite("《政府信息公开条例》第十三条").at("openness"))
        }
    }
}

/// A review over there, and what it is held against.
pub struct Weighed<'a> {
    pub stated: &'a Stated,
    /// Of the paper that is kept here.
    pub hash: &'a Hash,
    /// The author's user over there, and the account here.
    pub author: (&'a str, &'a str),
    /// The reviewer here, where the user over there is known.
    pub person: Option<&'a Person>,
}

/// Every reason why a review over there does not count as one here.
pub fn does_not_count(w: &Weighed) -> Vec<Refusal> {
    let (zh, mut why) = (w.stated.step.zh(), vec![]);
    let mut fault = |code, says: String| why.push(Refusal::new(code, says).cite(REVIEW_FIRST));
    if !w.stated.passed {
        fault("review-refused", format!("源系统里{zh}没有通过。"));
    }
    if w.stated.hash != *w.hash {
        let says = format!("源系统里{zh}看的是另一稿，与收到的内容不一致。请在源系统重新审查，或在这里审查。");
        fault("reviewed-another-text", says);
    }
    let same_user = w.stated.by == w.author.0;
    match w.person {
        _ if same_user => fault("own-review", format!("源系统里{zh}是经办人自己做的，不算数。")),
        None => fault("user-unknown", format!("{zh}人在源系统的账号没有对应到这里的人。请系统管理员登记。")),
        Some(p) if p.me.id == w.author.1 => fault("own-review", format!("源系统里{zh}是经办人自己做的，不算数。")),
        Some(p) if !p.agreed => {
            fault(
                "not-agreed",
                format!("{zh}人没有在这里同意“源系统里的审查算本人的审查”。请本人确认，或在这里审查。"),
            );
        }
        Some(p) if !p.me.has(w.stated.step.duty()) => {
            fault("wrong-duty", format!("{zh}人在这里没有{}岗位。", w.stated.step.duty().zh()));
        }
        Some(_) => {}
    }
    let asked = w.stated.step.questions();
    if asked.iter().any(|(name, _)| w.stated.answers.get(*name).is_none_or(|a| a != "no")) {
        let says = format!("源系统里的{zh}没有对每个问题答“否”。请补全答案，或在这里审查。");
        why.push(Refusal::new("doubt", says).cite(REVIEW_DUTY));
    }
    why
}
