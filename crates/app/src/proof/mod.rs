//! 登记簿：the public log's integrator, its files, the proofs (凭证) of what was published and received, and checking them.
//!
//! **Invariant:** no head is signed that does not extend the last one signed, whatever happened to this machine; on
//! doubt nothing is signed and a person decides ([`model::Stop`]). **Invariant:** the log holds up no act.

pub mod chest;
mod files;
pub mod folder;
pub mod integrator;
pub mod keys;
mod log;
pub mod model;
pub mod prove;
mod receipt;
pub mod resume;
pub mod rules;
mod submission;
pub mod verify;

pub use integrator::{Log, Round, integrate};

use crate::{App, Slice};
use ::store::Migration;
use axum::Router;
use axum::routing::get;

pub fn slice() -> Slice {
    Slice {
        name: "proof",
        portal: verify::routes().merge(receipt::routes()).merge(log::routes()).merge(submission::routes()),
        api: Router::new(),
        programs: Router::new(),
        desk: vec![],
        css: include_str!("proof.css"),
        migrations: &[Migration { name: "proof-0001", sql: include_str!("floor.sql") }],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}

/// What monitors and mirrors ask for, on every listener that the public can reach: neither kept in the cache of pages
/// nor bound to one body.
pub fn files() -> Router<App> {
    Router::new().route("/ledger/{*path}", get(files::file))
}
