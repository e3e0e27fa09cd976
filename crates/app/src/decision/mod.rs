//! 重大行政决策 (《重大行政决策程序暂行条例》, by analogy for a bureau by its article 42): from triage to publication. The
//! table stands in `kind.rs`; here are the papers, the public case page, and what the public says.
//!
//! **Invariant:** nothing is submitted for discussion that lacks evidence of any step, whoever asks. **Invariant:**
//! what is said in a discussion stands nowhere but sealed. **Invariant:** a comment that was acknowledged is answered.

pub mod carry;
mod comment;
mod compose;
mod deliberation;
mod desk;
pub mod kind;
pub mod model;
mod opinions;
mod passage;
mod public;
mod rail;
pub mod rules;
#[cfg(test)]
mod tests;

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "decision",
        portal: public::routes(),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes(),
        css: include_str!("decision.css"),
        migrations: &[
            Migration { name: "decision-0001", sql: include_str!("schema.sql") },
            Migration { name: "decision-0002", sql: include_str!("begun.sql") },
            Migration { name: "decision-0003", sql: include_str!("bodies.sql") },
        ],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
