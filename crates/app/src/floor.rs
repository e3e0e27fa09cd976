//! The public floor: whatever an anonymous reader may see stands in these tables and nowhere else. Slice `record`
//! writes
//! them in the act that publishes, and can derive them again; everybody may read them through `store::Public`.

use kernel::{Day, Hash, Instant};
use serde::{Deserialize, Serialize};

store::table! {
    /// One row has all that a page needs. The long columns stand last.
    public public_page = "public_page" {
        id: String, body: String, path: String, index_no: String, version: i64, kind: String, title: String,
        place: String, class: String, section: String, number: String, issuer: String, issued: String,
        effective: String, expires: String, published_at: i64, changed_at: i64, basis: String, summary: String,
        keywords: String, source: String, author: String, ending: String, ended: String, hash: String, note: String,
        shown_from: String, shown_until: String, data: String, related: String, versions: String, files: String,
        content: String, original: Option<String>, first_public: Option<String>,
    }
}

store::table! {
    /// One row for each place (column, statutory class, `all`) in which a page is listed: a list reads no bodies.
    /// `formed` is the day on which the information came into being; unknown in rows written before it was kept, until
    /// the floor is derived again. `first_at` orders lists: when it was first public anywhere, in epoch milliseconds.
    public public_listing = "public_listing" {
        id: String, body: String, place: String, published_at: i64, page: String, path: String, kind: String,
        title: String, number: String, index_no: String, issuer: String, section: String, issued: String,
        effective: String, expires: String, version: i64, summary: String, formed: Option<String>, data: String,
        ending: String, ended: String, shown_from: String, shown_until: String, first_public: Option<String>,
        first_at: i64,
    }
}

store::table! {
    /// A record that a public record names, in either direction: `target` is an index number or a document number.
    public public_reference = "public_reference" {
        id: String, body: String, target: String, relation: String, outcome: String, since: String, page: String,
        path: String, title: String,
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
    /// The words of a public file, a row for each of its pages. `n` is the page, sheet or slide from 1, and 0 where the
    /// format has none. A file in which a machine finds no word has one row without text. A job of slice `search`
    /// writes it; the act that takes a file from the floor takes its words along.
    public public_file_text = "public_file_text" {
        id: String, body: String, page: String, sha256: String, n: i64, text: String,
    }
}

store::table! {
    /// What is left of a record that was taken down: that it was, when, and why.
    public public_gone = "public_gone" {
        id: String, body: String, path: String, index_no: String, at: i64, reason: String,
    }
}

store::table! {
    /// The digest of a version or file that was taken down for an ordinary reason.
    public public_gone_digest = "public_gone_digest" {
        id: String, body: String, page: String, path: String, digest: String,
    }
}

store::table! {
    /// That something of a page changed: whatever follows the floor (the search index of each node) reads on from
    /// where it stood. One row for each record that was ever public; `turn` grows, `stamp` is new with every change.
    public public_change = "public_change" { id: String, turn: i64, stamp: String }
}

store::table! {
    /// Where else the version of today is confirmed to appear. Slice `outlet` writes it; whatever changes the page
    /// takes it away, until the new version is confirmed.
    public public_outlet = "public_outlet" {
        id: String, body: String, page: String, outlet: String, version: i64, address: String, at: i64,
    }
}

store::table! {
    /// That somebody said something about a 公示 while it ran: when it came, and when it was answered. Slice
    /// `submission` writes it; not a word of it stands here.
    public public_submission = "public_submission" {
        id: String, body: String, path: String, at: i64, answered_at: Option<i64>,
    }
}

store::table! {
    /// The facts of a case of a kind that has pages for anyone. Slice `matter` writes it with every step; no word that
    /// anybody typed stands here.
    public public_matter = "public_matter" {
        id: String, body: String, kind: String, slug: String, year: i64, number: String, state: String,
        opened_at: i64, facts: String,
    }
}

store::table! {
    /// Where an address of a former site leads; to nothing yet while its page waits for a person.
    public public_redirect = "public_redirect" { id: String, body: String, path: String, target: String }
}

/// The id of an old path (with its query) of a body.
pub fn redirect_id(body: &str, path: &str) -> String {
    Hash::of(format!("{body}\n{path}").as_bytes()).to_string()
}

/// When something was first public anywhere, in epoch milliseconds: here, or on a former site (an ISO day).
pub fn first_at(first_public: Option<&str>, published_at: i64) -> i64 {
    first_public.and_then(Day::parse).map_or(published_at, |day| day.start().0)
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

/// An entry of `public_page.related`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Related {
    /// What it is to this page: `解读`, `清理结果`.
    pub label: String,
    /// Its title, or its number where it is not public here.
    pub title: String,
    /// Empty where it is not public here.
    pub path: String,
    /// What became of it, or of this one: `废止`.
    pub note: String,
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
    /// In force, but another document changed it.
    Amended,
    Expired,
    /// By another document, or by a clean-up.
    Repealed,
    /// A clean-up says that it is no longer in force.
    Lapsed,
    /// 公示: anyone may object.
    OnShow,
    ShowOver,
}

/// What a page or a line of a list says of a document's term, as the floor keeps it: ISO days, empty where not stated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Term<'a> {
    pub effective: &'a str,
    pub expires: &'a str,
    /// `repealed`, `lapsed`, `amended`, or empty.
    pub ending: &'a str,
    /// The day from which `ending` holds.
    pub ended: &'a str,
    /// The last day of a 公示.
    pub shown_until: &'a str,
}

impl public_page::Model {
    pub fn term(&self) -> Term<'_> {
        let (effective, expires, shown_until) = (&self.effective, &self.expires, &self.shown_until);
        Term { effective, expires, ending: &self.ending, ended: &self.ended, shown_until }
    }
}

impl Validity {
    /// What another document did to it goes before its own term.
    pub fn on(today: Day, term: Term) -> Validity {
        let days = [term.effective, term.expires, term.shown_until].map(Day::parse);
        Validity::seen(today, days, (term.ending, Day::parse(term.ended)))
    }

    /// The same from days: first and last in force, last of a 公示; and what another document did from when.
    pub fn seen(
        today: Day,
        [effective, expires, shown]: [Option<Day>; 3],
        (ending, ended): (&str, Option<Day>),
    ) -> Validity {
        let ending = if ended.is_some_and(|from| from <= today) { ending } else { "" };
        match (effective, expires) {
            _ if ending == "repealed" => Validity::Repealed,
            _ if ending == "lapsed" => Validity::Lapsed,
            _ if shown.is_some_and(|last| today <= last) => Validity::OnShow,
            _ if shown.is_some() => Validity::ShowOver,
            (None, None) if ending.is_empty() => Validity::Unstated,
            (Some(from), _) if today < from => Validity::NotYet,
            (_, Some(last)) if today > last => Validity::Expired,
            _ if ending == "amended" => Validity::Amended,
            _ => Validity::InForce,
        }
    }

    /// Every one that a record states.
    pub const STATED: [Validity; 8] = [
        Validity::InForce,
        Validity::Amended,
        Validity::NotYet,
        Validity::Expired,
        Validity::Repealed,
        Validity::Lapsed,
        Validity::OnShow,
        Validity::ShowOver,
    ];

    /// In addresses: `?validity=repealed`.
    pub fn word(self) -> &'static str {
        match self {
            Validity::Unstated => "",
            Validity::NotYet => "not-yet",
            Validity::InForce => "in-force",
            Validity::Amended => "amended",
            Validity::Expired => "expired",
            Validity::Repealed => "repealed",
            Validity::Lapsed => "lapsed",
            Validity::OnShow => "on-show",
            Validity::ShowOver => "show-over",
        }
    }

    pub fn parse(word: &str) -> Option<Validity> {
        Validity::STATED.into_iter().find(|v| v.word() == word)
    }

    /// Whether what it says still binds or may be relied upon.
    pub fn holds(self) -> bool {
        use Validity::{Amended, InForce, OnShow, ShowOver, Unstated};
        matches!(self, Unstated | InForce | Amended | OnShow | ShowOver)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Validity::Unstated => "",
            Validity::NotYet => "尚未施行",
            Validity::InForce => "现行有效",
            Validity::Amended => "已修改",
            Validity::Expired => "已过有效期",
            Validity::Repealed => "已废止",
            Validity::Lapsed => "已失效",
            Validity::OnShow => "公示中",
            Validity::ShowOver => "公示已结束",
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
        pub data: String,
        pub ending: String,
        pub ended: String,
        pub shown_until: String,
        pub first_public: Option<String>,
        pub first_at: i64,
    }
}

impl Listed {
    pub fn validity(&self, today: Day) -> Validity {
        let (effective, expires, shown_until) = (&self.effective, &self.expires, &self.shown_until);
        Validity::on(today, Term { effective, expires, ending: &self.ending, ended: &self.ended, shown_until })
    }

    /// What a list says of a 公示: until when anyone may object, or that it is over.
    pub fn on_show(&self, today: Day) -> String {
        match (self.validity(today), Day::parse(&self.shown_until)) {
            (Validity::OnShow, Some(last)) => format!("公示中，到{}", last.zh()),
            (Validity::ShowOver, _) => Validity::ShowOver.zh().into(),
            _ => String::new(),
        }
    }

    pub fn published(&self) -> Instant {
        Instant(self.published_at)
    }

    /// The day that a list shows: the one on which it was first public, here or on a former site.
    pub fn first_day(&self) -> Day {
        Instant(self.first_at).day()
    }
}
