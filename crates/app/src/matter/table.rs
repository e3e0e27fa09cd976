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

store::table! {
    /// Who works, or worked, on a case.
    matter_hand = "matter_hand" {
        id: String, matter: String, role: String, section: String, staff: String, until: String, given_by: String,
        given_at: i64, ended_at: Option<i64>, ended_how: Option<String>,
    }
}

store::table! {
    /// What staff tell each other about a case.
    matter_note = "matter_note" {
        id: String, matter: String, token: String, step: i64, sort: String, who: String, at: i64, sealed_text: String,
        sealed_key: String, erased_at: Option<i64>,
    }
}

store::table! {
    /// A file of a note.
    matter_file = "matter_file" { id: String, note: String, matter: String, blob: String, sealed_key: String }
}
