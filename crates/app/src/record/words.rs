//! Where the tables hold words of a record: what goes under seal when a secret is suspected. Each slice names its own;
//! a test plants a row in every table that refers to a record and looks for what was left in clear.

use super::evidence::STANDS;

/// A table that holds words of records.
pub struct Words {
    pub table: &'static str,
    /// Which of its rows belong to the record `$1`.
    pub rows: &'static str,
    /// Columns of words, each with what stands there under seal.
    pub columns: &'static [(&'static str, Over)],
    /// The column that names a file by its digest; empty where there is none.
    pub blob: &'static str,
}

/// What is written over words: what a reader of the row can still make sense of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Over {
    Nothing,
    /// Says that it is under seal.
    Says,
    /// An empty form.
    Form,
    /// An empty list.
    List,
    /// A list of one, so that it still counts.
    One,
    /// A paper without a text. The gate refuses it, because its digest is another.
    Paper,
}

impl Over {
    /// `paper` is the empty paper of the record's kind.
    pub fn text(self, paper: &str) -> String {
        match self {
            Over::Nothing => String::new(),
            Over::Says => STANDS.into(),
            Over::Form => "{}".into(),
            Over::List => "[]".into(),
            Over::One => format!("[\"{STANDS}\"]"),
            Over::Paper => paper.into(),
        }
    }
}

const REVISIONS: &str = "revision IN (SELECT id FROM revision WHERE record = $1)";
const BESIDE: &str = "id IN (SELECT id FROM revision WHERE record = $1)";

/// Those of slice `record`.
pub const WORDS: &[Words] = &[
    of("revision", "record = $1", &[("bytes", Over::Paper)]),
    of("revision_file", REVISIONS, &[("name", Over::Says)]).file("blob"),
    of("internal", BESIDE, &[("data", Over::Form)]),
    of("late", BESIDE, &[("number", Over::Nothing)]),
    of("review", REVISIONS, &[("opinion", Over::Nothing)]),
    of("referral", REVISIONS, &[("opinion", Over::Nothing)]),
    of("viewing", REVISIONS, &[("purpose", Over::Nothing)]),
    of("signed", REVISIONS, &[("opinion", Over::Nothing)]).file("blob"),
    of(
        "finding",
        REVISIONS,
        &[("place", Over::Says), ("excerpt", Over::Nothing), ("says", Over::Says), ("reason", Over::Nothing)],
    ),
    of("original", BESIDE, &[("name", Over::Says), ("differences", Over::List)]).file("blob"),
    of("draft", "record = $1", &[("fields", Over::Form), ("text", Over::Nothing)]),
    of("draft_file", "draft IN (SELECT id FROM draft WHERE record = $1)", &[("name", Over::Says)]).file("blob"),
    of("kept", "record = $1", &[("reason", Over::Nothing)]),
    of("record_source", "id = $1", &[("name", Over::Says)]).file("blob"),
    of("made_copy", "record = $1", &[("name", Over::Says)]).file("blob"),
    of(
        "unread",
        "id IN (SELECT f.blob FROM revision_file f JOIN revision r ON r.id = f.revision WHERE r.record = $1 \
         UNION SELECT f.blob FROM draft_file f JOIN draft d ON d.id = f.draft WHERE d.record = $1 \
         UNION SELECT blob FROM record_source WHERE id = $1)",
        &[("places", Over::One)],
    ),
    of("document_number", "record = $1", &[("about", Over::Says), ("reason", Over::Nothing)]),
    of("backfill", "record = $1", &[("title", Over::Nothing), ("fields", Over::Nothing), ("text", Over::Nothing)]),
    of("hide", "record = $1", &[("says", Over::Nothing), ("opinion", Over::Nothing)]),
];

pub const fn of(table: &'static str, rows: &'static str, columns: &'static [(&'static str, Over)]) -> Words {
    Words { table, rows, columns, blob: "" }
}

impl Words {
    pub const fn file(mut self, column: &'static str) -> Words {
        self.blob = column;
        self
    }
}
