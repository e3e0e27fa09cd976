//! 政府信息：drafts, revisions, review, the gate, publication, withdrawal. The model slice for all others.
//!
//! **Invariant:** a row enters `public_page` only through [`rules::gate`]. **Invariant:** a revision never changes.
//! A record has no delete: what was public is taken down and leaves a tombstone.

pub mod api;
mod approval_sheet;
mod approve;
pub mod aside;
pub mod backfill;
mod brief;
pub mod carry;
mod cells;
mod check;
pub mod clear;
pub mod copied;
pub mod decide;
pub mod desk;
pub mod disposal;
pub mod draft;
pub mod evidence;
pub mod fallen;
pub mod field;
pub mod file;
mod files;
pub mod findings;
pub mod hide;
pub mod hiding;
pub mod hold;
mod internal;
pub mod jobs;
pub mod kind;
pub mod late;
mod leaver;
mod left;
mod list;
mod marked;
mod mask;
mod mend;
pub mod model;
pub mod number;
pub mod on_show;
mod original;
pub mod panel;
mod prohibited;
pub mod public;
pub mod publicity;
pub mod publish;
pub mod redact;
pub mod reference;
mod register;
mod review;
mod reviewers;
pub mod rules;
pub mod schedule;
pub mod several;
pub mod show;
mod signed;
mod signed_entry;
pub mod source;
pub mod store;
pub mod submit;
pub mod table;
mod table_review;
#[cfg(test)]
mod tests;
pub mod texts;
mod turn;
pub mod typed;
mod verdict;
mod versions;
pub mod waiting;
mod withdraw;
pub mod words;

use crate::Slice;
use crate::account::desk::Route;
use ::store::{BlobRef, Migration};

pub fn slice() -> Slice {
    Slice {
        name: "record",
        portal: public::routes(),
        api: public::api(),
        programs: api::programs(),
        desk: [
            desk::routes(),
            review::routes(),
            aside::routes(),
            table_review::routes(),
            approve::routes(),
            approval_sheet::routes(),
            signed::routes(),
            leaver::routes(),
            reviewers::routes(),
            fallen::routes(),
            check::routes(),
            files::routes(),
            cells::routes(),
            copied::routes(),
            redact::routes(),
            source::routes(),
            going(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        css: include_str!("record.css"),
        migrations: &[
            Migration { name: "record-0001", sql: include_str!("schema.sql") },
            Migration { name: "record-0002", sql: include_str!("formed.sql") },
            Migration { name: "record-hide-0001", sql: include_str!("hide.sql") },
            Migration { name: "record-0003", sql: include_str!("typed.sql") },
            Migration { name: "record-0004", sql: include_str!("related.sql") },
            Migration { name: "review-0001", sql: include_str!("review.sql") },
            Migration { name: "record-number-0001", sql: include_str!("number.sql") },
            Migration { name: "record-late-0001", sql: include_str!("late.sql") },
            Migration { name: "record-source-0001", sql: include_str!("source.sql") },
            Migration { name: "record-gone-0001", sql: include_str!("gone.sql") },
            Migration { name: "record-show-0001", sql: include_str!("on_show.sql") },
            Migration { name: "record-backfill-0001", sql: include_str!("backfill.sql") },
            Migration { name: "record-copied-0001", sql: include_str!("copied.sql") },
            Migration { name: "record-disposal-0001", sql: include_str!("disposal.sql") },
            Migration { name: "record-hold-0001", sql: include_str!("hold.sql") },
        ],
        jobs: jobs::JOBS,
        daily: &[],
        blobs: &[
            BlobRef { table: "draft_file", column: "blob" },
            BlobRef { table: "record_source", column: "blob" },
            BlobRef { table: "made_copy", column: "blob" },
            BlobRef { table: "revision_file", column: "blob" },
            BlobRef { table: "evidence_file", column: "blob" },
            BlobRef { table: "original", column: "blob" },
            BlobRef { table: "public_file", column: "sha256" },
            BlobRef { table: "signed", column: "blob" },
        ],
    }
}

/// Staff routes about what is public, or should no longer be.
fn going() -> Vec<Route> {
    let hiding = withdraw::routes().into_iter().chain(hide::routes());
    schedule::routes().into_iter().chain(hiding).chain(late::routes()).chain(register::routes()).collect()
}
