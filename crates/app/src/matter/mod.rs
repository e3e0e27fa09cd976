//! 事项：the engine of matters. A kind is a value ([`kind::Kind`]): one table of states, moves, evidence, clocks and
//! parts. From it come forms, case pages, rail, flow chart, inbox, clocks and the rows that statistics count. It names
//! no kind: the one list of kinds stands in `lib.rs`.
//!
//! **Invariant:** a case changes only by [`step`](kind::Kind::step), stored whole in one act. **Invariant:** the
//! public view holds no text. **Invariant:** what staff write of a case is sealed; what is typed is a column.

pub mod any;
pub mod carry;
pub mod case;
pub mod chart;
pub mod desk;
pub mod field;
mod find;
mod form;
pub mod hand;
mod jobs;
pub mod kind;
mod lint;
mod list;
pub mod note;
mod out;
pub mod papers;
mod remind;
pub mod shown;
pub mod step;
pub mod store;
pub mod table;
#[cfg(test)]
pub mod tests;
mod tick;
pub mod views;
pub mod work;

pub use any::AnyKind;

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "matter",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: vec![],
        css: include_str!("matter.css"),
        migrations: &[
            Migration { name: "matter-0001", sql: include_str!("schema.sql") },
            Migration { name: "matter-0002", sql: include_str!("papers.sql") },
            Migration { name: "matter-0003", sql: include_str!("hands.sql") },
            Migration { name: "matter-0004", sql: include_str!("find.sql") },
        ],
        jobs: jobs::JOBS,
        daily: jobs::DAILY,
        blobs: &[note::store::BLOB],
    }
}
