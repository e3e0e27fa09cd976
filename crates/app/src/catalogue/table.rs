//! The tables. What the columns mean stands in `schema.sql`.

store::table! {
    /// An indicator that is breached, or was until `ended_at`.
    breach = "breach" { id: String, body: String, indicator: String, begun_at: i64, ended_at: Option<i64> }
}
store::table! {
    /// A reminder to the section that owes an entry.
    reminder = "reminder" { id: String, body: String, code: String, by_staff: String, at: i64 }
}
