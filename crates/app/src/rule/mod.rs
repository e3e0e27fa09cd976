//! 规则包：the law in the console. Calendar years and clauses as versions that two persons put in force, the clocks that
//! run by them, and what people see of time.
//!
//! **Invariant:** a version is in force only by the decision of somebody other than its author, and only if the law
//! loads with it. **Invariant:** a wording that has been in force is never rewritten: old cases keep the old rule.
//! **Invariant:** a closed clock never moves.

pub mod calendar;
pub mod clock;
mod desk;
mod due;
pub mod jobs;
pub mod model;
mod propose;
mod public;
mod rescan;
pub mod rules;
mod running;
pub mod shown;
pub mod store;
pub mod table;
#[cfg(test)]
mod tests;
mod version;
mod wording;
mod year;

pub use clock::{close, keep};
pub use desk::{PROPOSE, file_zh, rows};
pub use jobs::catch_up;
pub use propose::{propose, text_in_force};
pub use version::{Impact, impact};

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "rule",
        portal: public::routes(),
        api: public::api(),
        programs: Router::new(),
        desk: desk::routes().into_iter().chain(due::routes()).collect(),
        css: include_str!("rule.css"),
        migrations: &[Migration { name: "rule-0001", sql: include_str!("schema.sql") }],
        jobs: jobs::JOBS,
        daily: &[],
        blobs: &[],
    }
}
