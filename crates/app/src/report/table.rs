//! The table. What the columns mean stands in `schema.sql`.

store::table! {
    /// The annual report of a body for a year.
    report_annual = "report_annual" {
        id: String, body: String, year: i64, figures: String, tables: String, entered_by: Option<String>,
        locked_by: Option<String>, record: Option<String>, version: i64,
    }
}
store::root!(report_annual);
