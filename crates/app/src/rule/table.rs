//! The tables. What the columns mean stands in `schema.sql`.

store::table! {
    /// A file of the law as somebody proposes it, or as it is or was in force.
    rule_version = "rule_version" {
        id: String, file: String, text: String, source: String, note: String, made_by: String, made_at: i64,
        state: String, decided_by: Option<String>, decided_at: Option<i64>, opinion: String, version: i64,
    }
}
store::table! {
    /// A clock about a thing, with what the law says of it.
    clock = "clock" {
        id: String, body: String, about: String, clause: String, event: i64, facts: String, due: String,
        before: Option<i64>, firm: i64, latest: String, law: String, cause: String, closed_at: Option<i64>,
        version: i64,
    }
}
store::table! {
    /// A due day that moved when the law changed.
    clock_change = "clock_change" {
        id: String, clock: String, at: i64, old: String, new: String, cause: String, law: String,
    }
}
store::root!(rule_version);
store::root!(clock);
