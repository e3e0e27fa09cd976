//! The tables of every kind. What the columns mean stands in `schema.sql`; the report rows are the kind's own.

store::table! {
    /// A case of any kind.
    matter = "matter" {
        id: String, body: String, kind: String, number: String, holder: String, state: String, opened_at: i64,
        closed_at: Option<i64>, sealed_text: String, sealed_key: String, clocks: String, erased_at: Option<i64>,
        version: i64,
    }
}
store::root!(matter);

store::table! {
    /// A step that was made.
    matter_event = "matter_event" {
        id: String, matter: String, token: String, name: String, part_row: Option<i64>, state: String, who: String,
        at: i64,
    }
}
