//! 依申请公开：a person asks for information (《政府信息公开条例》第二十七条至第四十五条), from the form to the served reply. The
//! table stands in `kind.rs`; here are the pages that no table can draw.
//!
//! **Invariant:** who asked for what stands nowhere but sealed. **Invariant:** whoever writes a reply does not sign it.
//! **Invariant:** an answer is given when it is served, not when it is signed.

pub mod application;
mod desk;
mod jobs;
pub mod kind;
pub mod letter;
pub mod model;
mod public;
pub mod rules;
#[cfg(test)]
mod tests;
mod track;

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "request",
        portal: public::routes().merge(track::routes()),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes(),
        css: include_str!("request.css"),
        migrations: &[Migration { name: "request-0001", sql: include_str!("schema.sql") }],
        jobs: jobs::JOBS,
        daily: &[],
        blobs: &[],
    }
}
