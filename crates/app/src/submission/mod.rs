//! 来件：what the public sends, sealed, with receipt and tracking code. Here: readers' requests for correction (更正).
//!
//! 《政府信息公开条例》第四十一条 gives a right to have one's own data corrected, on evidence, and no number of days; a hint
//! about anything else is welcome. For both the bureau has pledged an answer (law clause `PLEDGE-LETTER`).
//!
//! **Invariant:** a word that a reader typed stands nowhere but sealed. **Invariant:** the tracking code is stored
//! nowhere;
//! a sending of the form always leads to the same one.

pub mod desk;
mod jobs;
pub mod model;
pub mod public;
pub mod remedy;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;
pub mod wish;

pub use store::{Waiting, inbox};

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "submission",
        portal: public::routes(),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes(),
        css: include_str!("submission.css"),
        migrations: &[
            Migration { name: "submission-0001", sql: include_str!("schema.sql") },
            Migration { name: "submission-0002", sql: include_str!("objection.sql") },
        ],
        jobs: jobs::JOBS,
        daily: &[],
        blobs: &[],
    }
}
