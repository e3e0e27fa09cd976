//! The tables. What the columns mean stands in `schema.sql`; `public_outlet` stands on the floor.

store::table! {
    /// A version of the table that says what goes where.
    outlet_table = "outlet_table" {
        id: String, body: String, text: String, note: String, made_by: String, made_at: i64,
    }
}
store::table! {
    /// One record at one outlet.
    outlet_copy = "outlet_copy" {
        id: String, body: String, record: String, outlet: String, way: String, state: String, wanted: i64, sent: i64,
        touched: i64, address: String, at: i64, tries: i64, fault: String, says: String, found: String,
        found_at: i64, version: i64,
    }
}
store::root!(outlet_copy);
