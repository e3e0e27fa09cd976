//! The tables. What the columns mean stands in `schema.sql`; `public_change` stands on the floor.

store::table! {
    /// A version of a body's list of synonyms.
    search_synonyms = "search_synonyms" {
        id: String, body: String, text: String, note: String, made_by: String, made_at: i64,
    }
}
store::table! {
    /// A query that found nothing, and how often on a day.
    search_unanswered = "search_unanswered" { id: String, body: String, day: String, query: String, n: i64 }
}
