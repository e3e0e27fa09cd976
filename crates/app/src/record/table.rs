//! The tables of a record. What they mean stands in `schema.sql`.

store::table! {
    record = "record" {
        id: String, body: String, kind: String, section: String, made_by: String, made_at: i64,
        index_no: Option<String>, path: Option<String>, revision: Option<String>, published: i64, open: i64,
        publish_at: Option<i64>, version: i64,
    }
}
store::table! {
    draft = "draft" {
        id: String, record: String, staff: String, base: String, fields: String, text: String, saved_at: i64,
        version: i64,
    }
}
store::table! {
    draft_file = "draft_file" { id: String, draft: String, name: String, kind: String, size: i64, blob: String }
}
store::table! {
    revision = "revision" {
        id: String, record: String, n: i64, author: String, authors: String, at: i64, hash: String, salt: String,
        bytes: String,
    }
}
store::table! {
    revision_file = "revision_file" {
        id: String, revision: String, n: i64, name: String, kind: String, size: i64, blob: String,
    }
}
store::table! {
    internal = "internal" { id: String, data: String }
}
store::table! {
    late = "late" { id: String, number: String, issued: String, original: Option<String> }
}
store::table! {
    review = "review" {
        id: String, revision: String, step: String, staff: String, verdict: String, hash: String, answers: String,
        opinion: String, at: i64, acting_for: Option<String>, paper: Option<String>,
    }
}
store::table! {
    finding = "finding" {
        id: String, revision: String, n: i64, key: String, rule: String, severity: String, place: String,
        excerpt: String, says: String, settled_by: Option<String>, reason: String,
    }
}
store::table! {
    publication = "publication" {
        id: String, record: String, n: i64, revision: Option<String>, reason: String, at: i64,
    }
}
store::table! {
    /// A pull-down (先隐后审). `outcome` is empty while another person has to look at it.
    hide = "hide" {
        id: String, record: String, body: String, n: i64, hidden_by: String, at: i64, reason: String, says: String,
        due: String, outcome: String, decided_by: String, decided_at: Option<i64>, opinion: String, version: i64,
    }
}
store::table! {
    /// What a suspected secret left in the tables, under a key of its own.
    evidence = "evidence" { id: String, digest: String, sealed_text: String, sealed_key: String }
}
store::table! {
    /// A file of it: `blob` holds the sealed bytes, `was` the digest of the clear ones.
    evidence_file = "evidence_file" { id: String, hide: String, was: String, blob: String, key: String }
}
store::table! {
    /// The final file beside a revision, and how comparing it ended.
    original = "original" {
        id: String, name: String, kind: String, size: i64, blob: String, state: String, differences: String,
        put_by: String, at: i64, first_tick: String, second_tick: String, version: i64,
    }
}
store::table! {
    /// A gapless register of document numbers.
    register = "register" {
        id: String, body: String, word: String, purpose: String, first_year: i64, first: i64, made_by: String,
        made_at: i64,
    }
}
store::table! {
    /// A number that was given; a cancelled one has `void_at`.
    document_number = "document_number" {
        id: String, register: String, year: i64, serial: i64, text: String, about: String, record: Option<String>,
        taken_by: String, at: i64, void_at: Option<i64>, void_by: String, reason: String, version: i64,
    }
}

store::table! {
    take_back = "take_back" { id: String, staff: String, at: i64 }
}
store::table! {
    referral = "referral" { id: String, revision: String, staff: String, opinion: String, at: i64 }
}
store::table! {
    viewing = "viewing" { id: String, revision: String, staff: String, purpose: String, at: i64 }
}
store::table! {
    signed = "signed" {
        id: String, revision: String, hash: String, leader: String, verdict: String, opinion: String,
        signed_on: String, kind: String, blob: String, entered_by: String, entered_at: i64,
        outcome: Option<String>, decided_by: Option<String>, decided_at: Option<i64>, version: i64,
    }
}
store::table! {
    draft_writer = "draft_writer" { id: String, draft: String, staff: String }
}

impl draft_file::Model {
    /// The size in bytes.
    pub fn bytes(&self) -> u64 {
        u64::try_from(self.size).unwrap_or(0)
    }
}

impl super::source::record_source::Model {
    /// The size in bytes.
    pub fn bytes(&self) -> u64 {
        u64::try_from(self.size).unwrap_or(0)
    }
}

impl revision_file::Model {
    /// The size in bytes.
    pub fn bytes(&self) -> u64 {
        u64::try_from(self.size).unwrap_or(0)
    }
}

store::root!(record);
store::root!(draft);
store::root!(hide);
store::root!(signed);
store::root!(original);
store::root!(document_number);
