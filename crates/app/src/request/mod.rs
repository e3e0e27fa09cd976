//! 依申请公开：a person asks for information (《政府信息公开条例》第二十七条至第四十五条), from the form to the served reply. The
//! table stands in `kind.rs`; here are the pages that no table can draw.
//!
//! **Invariant:** who asked for what stands nowhere but sealed. **Invariant:** whoever writes a reply does not sign it.
//! **Invariant:** an answer is given when it is served, not when it is signed.

pub mod annual;
pub mod application;
pub mod count;
mod desk;
mod files;
mod jobs;
mod kin;
pub mod kind;
pub mod letter;
pub mod model;
pub mod papers;
mod public;
pub mod rules;
mod split;
pub mod table;
#[cfg(test)]
mod tests;
mod track;

use crate::Slice;
use ::store::{BlobRef, Migration};
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "request",
        portal: public::routes().merge(track::routes()),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes(),
        css: include_str!("request.css"),
        migrations: &[
            Migration { name: "request-0001", sql: include_str!("schema.sql") },
            Migration { name: "request-0002", sql: include_str!("kin.sql") },
            Migration { name: "request-0003", sql: include_str!("files.sql") },
        ],
        jobs: jobs::JOBS,
        daily: &[],
        blobs: &[BlobRef { table: "request_file", column: "blob" }],
    }
}
