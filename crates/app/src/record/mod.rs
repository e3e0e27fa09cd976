//! 政府信息：drafts, revisions, review, the gate, publication, withdrawal. The model slice for all others.
//!
//! **Invariant:** a row enters `public_page` only through [`rules::gate`]. **Invariant:** a revision never changes.
//! A record has no delete: what was public is taken down and leaves a tombstone.

pub mod api;
pub mod carry;
pub mod desk;
pub mod draft;
pub mod file;
pub mod jobs;
pub mod kind;
mod list;
pub mod model;
mod prohibited;
pub mod public;
pub mod publish;
mod review;
pub mod rules;
pub mod show;
pub mod store;
mod submit;
pub mod table;
#[cfg(test)]
mod tests;

use crate::Slice;
use ::store::{BlobRef, Migration};

pub fn slice() -> Slice {
    Slice {
        name: "record",
        portal: public::routes(),
        api: public::api(),
        programs: api::programs(),
        desk: desk::routes().into_iter().chain(review::routes()).collect(),
        css: include_str!("record.css"),
        migrations: &[
            Migration { name: "record-0001", sql: include_str!("schema.sql") },
            Migration { name: "record-0002", sql: include_str!("formed.sql") },
        ],
        jobs: jobs::JOBS,
        daily: &[],
        blobs: &[
            BlobRef { table: "draft_file", column: "blob" },
            BlobRef { table: "revision_file", column: "blob" },
            BlobRef { table: "public_file", column: "sha256" },
        ],
    }
}
