//! When a superior body's document may be passed on. Pure.

use crate::record::model::Typed;
use crate::record::rules as record_rules;
use kernel::{Hash, Refusal, notation};
use scan::Piece;
use serde::{Deserialize, Serialize};

/// A document, as it came.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Came {
    /// The feed's own id of the entry; empty for one that a person brought.
    pub guid: String,
    pub title: String,
    pub number: String,
    pub issuer: String,
    /// Where it is public; empty where nobody says.
    pub address: String,
    pub text: String,
}

/// The file in which a document was brought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    pub name: String,
    /// Media type.
    pub kind: String,
    pub size: i64,
    pub blob: String,
    /// What no machine could read of it.
    pub unread: Vec<String>,
}

/// Why a person must decide, kept with the document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Stop {
    pub code: String,
    pub says: String,
}

/// The note by which an issuer says that a document is public.
const NOTE: &str = "此件公开发布";

impl Came {
    /// What names it: the feed's id, the address, or its words.
    pub fn id(&self, body: &str) -> String {
        let all = format!("{}\n{}\n{}", self.title, self.number, self.text);
        let name = [&self.guid, &self.address, &all].into_iter().find(|name| !name.is_empty());
        Hash::of(format!("{body}\n{}", name.map_or("", |n| n.as_str())).as_bytes()).to_string()
    }

    /// Number and issuer, where both are known: the same document by another way.
    pub fn named(&self) -> String {
        let dense = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
        let (number, issuer) = (dense(&self.number), dense(&self.issuer));
        if number.is_empty() || issuer.is_empty() { String::new() } else { format!("{issuer}\n{number}") }
    }

    pub fn typed(&self) -> Typed {
        let address = if self.address.is_empty() { String::new() } else { format!("原文：{}", self.address) };
        [
            ("title", self.title.clone()),
            ("number", self.number.clone()),
            ("issuer", self.issuer.clone()),
            ("source", self.issuer.clone()),
            ("note", address),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}

/// What is wrong with a form, or with an entry of a feed. A mark of secrecy comes first: nothing of it is stored.
pub fn faults(came: &Came) -> Vec<Refusal> {
    let body = notation::parse(&came.text);
    let mut why = record_rules::secret_refusals(&record_rules::pieces(&came.title, &came.typed(), &body));
    if came.title.trim().is_empty() || came.title.chars().count() > 120 {
        why.push(Refusal::new("title-missing", "请填写标题，最多 120 字。").at("title"));
    }
    if came.text.len() > 2 << 20 {
        why.push(Refusal::new("text-long", "正文超过 2 MB。请拆成几件。").at("text"));
    }
    if !came.address.is_empty() && !is_web(&came.address) {
        let says = "公开网址以 http:// 或 https:// 开头。没有公开网址的，请留空。";
        why.push(Refusal::new("address", says).at("address"));
    }
    why
}

pub fn is_web(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.len() <= 500 && !rest.contains(char::is_whitespace))
}

/// Why a person must decide before it may be passed on (mission E2); empty: nothing stops it. `file` is what was read
/// of the file in which it came, with its hidden words, and what no machine could read.
pub fn stops(came: &Came, file: (&[Piece], &[String])) -> Vec<Stop> {
    let (body, typed) = (notation::parse(&came.text), came.typed());
    let mut found = scan::marks(&record_rules::pieces(&came.title, &typed, &body));
    found.extend(scan::marks(file.0));
    let mut all: Vec<Stop> = vec![];
    for mark in found {
        let stop = Stop { code: mark.rule.info().id.into(), says: mark.says };
        if !all.contains(&stop) {
            all.push(stop);
        }
    }
    if !file.1.is_empty() {
        let says = format!("机器没有识读：{}。请打开原件，核对有没有不公开的标志。", file.1.join("；"));
        all.push(Stop { code: "unread".into(), says });
    }
    let noted = came.text.split_whitespace().collect::<String>().contains(NOTE);
    if came.address.is_empty() && !noted {
        let says = "没有公开网址，文中也没有“此件公开发布”。请核对制作机关是否已经公开。";
        all.push(Stop { code: "no-source".into(), says: says.into() });
    }
    all
}
