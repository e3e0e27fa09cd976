//! What statistics read of the report rows: some of their columns. What they mean stands in `schema.sql`.

store::table! {
    /// A case as it is counted.
    request_row = "request_row" {
        matter: String, body: String, class: Option<String>, outcome: Option<String>, fee: Option<i64>,
        paid: Option<String>, counted_on: Option<String>, closed_on: Option<String>,
    }
}

store::table! {
    /// A dispute about a case.
    request_disputes = "request_disputes" {
        id: String, matter: String, way: Option<String>, filed: Option<String>, ruling: Option<String>,
        decided: Option<String>,
    }
}

store::table! {
    /// A case that came out of another, or went into it.
    request_kin = "request_kin" { id: String, matter: String, other: String, way: String }
}

store::table! {
    /// A file of a case, or the copy of one that may go to the applicant.
    request_file = "request_file" {
        id: String, matter: String, name: String, kind: String, size: i64, blob: String, source: String, taken: i64,
        staff: String, at: i64,
    }
}
