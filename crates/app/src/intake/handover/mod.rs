//! 交接：what an office-automation system hands over (mission E1). Marked 主动公开 and reviewed, a paper is public by
//! itself when it ends over there; else both sides see what is in the way.
//!
//! **Invariant:** a token leaves papers and statements and nothing more; a review here is a named person's, who agreed
//! (`docs/decisions/0012-handover.md`). **Invariant:** a paper is its system and its number there, and is here once.

pub mod api;
mod end;
pub mod folder;
mod hand;
pub mod model;
mod office;
mod page;
pub mod rules;
pub mod store;
pub mod table;
#[cfg(test)]
mod tests;

pub use page::{Line, waiting};

use crate::JobFn;
use crate::account::desk::Route;
use crate::record::words::{self, Over, Words};
use ::store::{BlobRef, Migration};

pub const MIGRATION: Migration = Migration { name: "handover-0001", sql: include_str!("schema.sql") };
pub const JOB: (&str, JobFn) = ("handover-end", |app, job| Box::pin(end::end(app, job)));
pub const BLOB: BlobRef = BlobRef { table: "arrival_file", column: "blob" };

pub const WORDS: &[Words] = &[
    words::of(
        "arrival",
        "handover IN (SELECT id FROM handover WHERE record = $1)",
        &[("fields", Over::Form), ("text", Over::Nothing), ("reason", Over::Nothing)],
    ),
    words::of(
        "arrival_file",
        "arrival IN (SELECT a.id FROM arrival a JOIN handover h ON h.id = a.handover WHERE h.record = $1)",
        &[("name", Over::Says)],
    )
    .file("blob"),
];

pub fn desk() -> Vec<Route> {
    page::routes().into_iter().chain(office::routes()).collect()
}
