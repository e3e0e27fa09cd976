//! The public floor: whatever an anonymous reader may see stands in these tables and nowhere else. Slice `record`
//! writes
//! them in the act that publishes, and can derive them again; everybody may read them through `store::Public`.

use kernel::{Day, Instant};
use serde::{Deserialize, Serialize};

store::table! {
    /// One row has all that a page needs. The long columns stand last.
    public public_page = "public_page" {
        id: String, body: String, path: String, index_no: String, version: i64, kind: String, title: String,
        place: String, class: String, section: String, number: String, issuer: String, issued: String,
        effective: String, expires: String, published_at: i64, changed_at: i64, basis: String, summary: String,
        keywords: String, source: String, author: String, hash: String, note: String, versions: String,
        files: String, content: String,
    }
}

store::table! {
    /// One row for each place (column, statutory class, `all`) in which a page is listed: a list reads no bodies.
    /// `formed` is the day on which the information came into being; unknown in rows written before it was kept, until
    /// the floor is derived again.
    public public_listing = "public_listing" {
        id: String, body: String, place: String, published_at: i64, page: String, path: String, kind: String,
        title: String, number: String, index_no: String, issuer: String, section: String, issued: String,
        effective: String, expires: String, version: i64, summary: String, formed: Option<String>,
    }
}

store::table! {
    /// A version as it was published. One that a protective correction took down has no row.
    public public_version = "public_version" {
        id: String, body: String, path: String, version: i64, title: String, at: i64, hash: String, note: String,
        files: String, content: String,
    }
}

store::table! {
    /// A file of a published version, by its address.
    public public_file = "public_file" {
        id: String, body: String, page: String, path: String, name: String, kind: String, size: i64, sha256: String,
    }
}

store::table! {
    /// What is left of a record that was taken down: that it was, when, and why.
    public public_gone = "public_gone" {
        id: String, body: String, path: String, index_no: String, at: i64, reason: String,
    }
}

/// The place in which everything of a body is listed.
pub const EVERYWHERE: &str = "all";

/// An entry of `public_page.versions`, newest first.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VersionLine {
    pub n: i64,
    /// Epoch milliseconds.
    pub at: i64,
    /// `first`, or a class of correction.
    pub reason: String,
    /// Empty where it was removed.
    pub hash: String,
    /// 更正说明.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub says: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<RemovedLine>,
}

/// A protective correction took the version down: when, and the class.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RemovedLine {
    /// Epoch milliseconds.
    pub at: i64,
    pub reason: String,
}

/// An entry of `files`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileLine {
    pub path: String,
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub sha256: String,
}

/// Whether a document is in force, seen from a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Validity {
    /// It states no term: news, notices, reports.
    Unstated,
    NotYet,
    InForce,
    Expired,
}

impl Validity {
    /// From the ISO days as the floor keeps them; an empty one is not stated.
    pub fn on(today: Day, effective: &str, expires: &str) -> Validity {
        match (Day::parse(effective), Day::parse(expires)) {
            (None, None) => Validity::Unstated,
            (Some(from), _) if today < from => Validity::NotYet,
            (_, Some(last)) if today > last => Validity::Expired,
            _ => Validity::InForce,
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Validity::Unstated => "",
            Validity::NotYet => "尚未施行",
            Validity::InForce => "现行有效",
            Validity::Expired => "已过有效期",
        }
    }
}

store::line! {
    /// The columns of a list.
    #[derive(Clone, PartialEq, Eq, Debug)]
    pub struct Listed of public_listing {
        pub published_at: i64,
        pub path: String,
        pub kind: String,
        pub title: String,
        pub number: String,
        pub index_no: String,
        pub issuer: String,
        pub section: String,
        pub issued: String,
        pub effective: String,
        pub expires: String,
        pub version: i64,
        pub summary: String,
    }
}

impl Listed {
    pub fn published(&self) -> Instant {
        Instant(self.published_at)
    }
}
