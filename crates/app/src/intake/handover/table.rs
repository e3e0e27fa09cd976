//! The tables of hand-over. What they mean stands in `schema.sql`.

store::table! {
    office_source = "office_source" {
        id: String, body: String, code: String, name: String, staff: String, made_at: i64, ended_at: Option<i64>,
    }
}
store::table! {
    office_user = "office_user" {
        id: String, source: String, code: String, staff: String, made_at: i64, agreed_at: Option<i64>,
        ended_at: Option<i64>,
    }
}
store::table! {
    handover = "handover" {
        id: String, body: String, source: String, number: String, record: String, arrival: String, received_at: i64,
        version: i64,
    }
}
store::table! {
    arrival = "arrival" {
        id: String, handover: String, at: i64, hash: String, author: String, author_code: String, fields: String,
        text: String, ended_at: Option<i64>, standing: String, revision: Option<String>, reason: String,
        decided_by: Option<String>,
    }
}
store::table! {
    arrival_file = "arrival_file" { id: String, arrival: String, name: String, kind: String, size: i64, blob: String }
}
store::table! {
    stated_review = "stated_review" {
        id: String, arrival: String, step: String, code: String, at: i64, hash: String, verdict: String,
        answers: String, staff: Option<String>, counted_at: Option<i64>,
    }
}
store::root!(handover);

/// What became of a text that arrived.
pub mod standing {
    /// The record here follows it.
    pub const TAKEN: &str = "taken";
    /// It differs from what is here, and a person must decide.
    pub const WAITING: &str = "waiting";
    /// A person decided against it, or a later text took its place.
    pub const PAST: &str = "past";
}
