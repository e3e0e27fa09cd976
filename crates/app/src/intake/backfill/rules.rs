//! What an old page must tell of itself, what is looked at of it, and what a decision needs. Pure.

use super::model::{Examined, Old};
use crate::account::{Duty, Me};
use crate::record::kind::Kind;
use crate::record::model::Typed;
use crate::record::rules as record_rules;
use crate::record::store::Submission;
use kernel::{Day, Hash, Refusal, notation};
use law::Law;

/// One page in so many is opened before a decision is signed.
pub const ONE_IN: usize = 50;
/// The longest term of a decision, in days.
pub const TERM_MAX: i32 = 30;
/// Addresses of ours that no old page can have had here.
const OURS: [&str; 4] = ["/desk", "/api/", "/records/", "/assets/"];

/// What an old page says of itself.
pub struct Told<'a> {
    pub address: &'a str,
    pub first_public: &'a str,
    pub capture: &'a str,
    pub index_no: &'a str,
}

/// Reads it. Backdating is refused: a page that was not public before today was never public elsewhere.
pub fn read(told: &Told, kind: &'static Kind, typed: Typed, text: String, today: Day) -> Result<Old, Vec<Refusal>> {
    let mut why = vec![];
    let path = path_of(told.address);
    if path.is_none() {
        why.push(Refusal::new("address", "address 写原来的完整网址，以 http:// 或 https:// 开头，不能是首页，汉字和空格照浏览器地址栏复制出来的样子写。"));
    }
    let first_public = Day::parse(told.first_public);
    match first_public {
        None => why.push(Refusal::new("first-public", "first_public 写原公开日期，如 2017-05-26。")),
        Some(day) if day >= today => {
            let says = "原公开日期要早于今天。没有在别处公开过的，请按新的信息办理审查。";
            why.push(Refusal::new("backdated", says).cite("国办秘函〔2019〕19号"));
        }
        Some(_) => {}
    }
    let capture = Hash::parse(told.capture);
    if capture.is_none() {
        why.push(Refusal::new("capture", "capture 写原网页存档的 SHA-256，64 位十六进制。"));
    }
    if told.index_no.chars().count() > 60 || told.index_no.chars().any(char::is_control) {
        why.push(Refusal::new("index", "索引号最多 60 个字。"));
    }
    let title = typed.get("title").map_or("", String::as_str);
    why.extend(record_rules::secret_refusals(&record_rules::pieces(title, &typed, &notation::parse(&text))));
    let (Some(path), Some(first_public), Some(capture), true) = (path, first_public, capture, why.is_empty()) else {
        return Err(why);
    };
    let (address, index_no) = (told.address.to_owned(), told.index_no.trim().to_owned());
    Ok(Old { address, path, first_public, capture, index_no, kind, typed, text })
}

/// Path and query of an address, as a browser asks for them.
fn path_of(address: &str) -> Option<String> {
    let rest = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://"))?;
    let rest = rest.split('#').next().unwrap_or_default();
    let path = &rest[rest.find('/')?..];
    let plain = path.len() <= 500 && path.bytes().all(|b| b.is_ascii_graphic());
    let ours = OURS.iter().any(|own| path.starts_with(own));
    (plain && path != "/" && !ours).then(|| path.to_owned())
}

/// The paper that a decision would be bound to; `None` where it cannot be one yet.
type Made = Option<Submission>;

/// Looks through a whole page, as submitting would, text and tables: the paper made of it, and how much in it a person
/// must look at. Suggestions about wording stop no paper.
pub fn look(law: &'static Law, kind: &'static Kind, typed: &Typed, text: &str, today: Day) -> (Made, usize) {
    match Submission::read(law, kind, typed, text, vec![], &[], today) {
        Err(faults) => (None, faults.len()),
        Ok(made) => {
            let stops = made.marks.iter().filter(|f| f.severity != scan::Severity::Text).count();
            let all = stops + made.prohibited.len();
            (Some(made), all)
        }
    }
}

/// Looks a page through before anything of it is stored.
pub fn examine(law: &'static Law, old: Old, today: Day) -> Examined {
    let title = old.typed.get("title").map_or("", |t| t.trim()).to_owned();
    let (made, findings) = look(law, old.kind, &old.typed, &old.text, today);
    let hash = made.map(|made| made.paper.hash().to_string()).unwrap_or_default();
    Examined { old, title, hash, findings }
}

/// How many of a list are sampled: one in fifty, and at least one.
pub fn sampled(listed: usize) -> usize {
    listed.div_ceil(ONE_IN)
}

/// The places of the sample in a list, in order: the seed's own choice (Fisher and Yates over SplitMix64), so that
/// anyone can draw it again.
pub fn sample(seed: u64, listed: usize) -> Vec<usize> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    let mut all: Vec<usize> = (0..listed).collect();
    for i in 0..sampled(listed) {
        let rest = (listed - i) as u64;
        all.swap(i, i + usize::try_from(next() % rest).unwrap_or(0));
    }
    all.truncate(sampled(listed));
    all.sort_unstable();
    all
}

/// The list that is signed: a line for each page, hash and old address, in order of hash.
pub fn list(pages: &[(String, String)]) -> String {
    pages.iter().map(|(hash, address)| format!("{hash}  {address}\n")).collect()
}

/// The end of a decision's term, as it was typed.
pub fn until(text: &str, today: Day) -> Result<Day, Refusal> {
    let day = Day::parse(text).filter(|day| *day >= today && *day <= today.plus(TERM_MAX));
    let says = format!("有效期写今天到 {} 之间的一天。期满后没有公开的页要重新决定。", today.plus(TERM_MAX));
    day.ok_or_else(|| Refusal::new("until", says).at("until"))
}

/// What speaks against signing.
pub struct Signing<'a> {
    pub me: &'a Me,
    pub prepared_by: &'a str,
    /// Who took in the listed pages.
    pub made_by: &'a [String],
    pub until: Day,
    pub today: Day,
    /// Of the sample: not opened yet, and ticked by somebody else.
    pub unopened: usize,
    pub by_others: usize,
    /// The digest of the list, as it stands and as the form showed it.
    pub digest: (&'a str, &'a str),
}

/// Two persons, the whole sample, the very list, in its term.
pub fn may_sign(s: &Signing) -> Vec<Refusal> {
    const TWO: &str = "《保守国家秘密法实施条例》第四十二条";
    let mut why = vec![];
    if s.me.id == s.prepared_by || s.made_by.contains(&s.me.id) {
        why.push(Refusal::new("own-review", "准备或者导入这些页的人不能签署。请换一位签署人。").cite(TWO));
    }
    if !s.me.has(Duty::SecrecyReview) {
        why.push(Refusal::new("wrong-duty", "补录决定由保密审查岗位签署。").cite(TWO));
    }
    if s.unopened > 0 {
        why.push(Refusal::new("sample", format!("抽样还有 {} 页没有打开核对。", s.unopened)));
    }
    if s.by_others > 0 {
        why.push(Refusal::new("sample", format!("抽样里有 {} 页是别人核对的。签署人要自己核对。", s.by_others)));
    }
    if s.today > s.until {
        why.push(Refusal::new("until", format!("这份决定的有效期到 {} 为止。请重新准备。", s.until)));
    }
    if s.digest.0 != s.digest.1 {
        why.push(Refusal::new("moved", "名单在您打开之后变了。请刷新后再签署。"));
    }
    why
}
