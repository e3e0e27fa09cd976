//! 年报：the annual report on the disclosure of government information (《政府信息公开条例》第四十九条、第五十条), in the six
//! sections and three tables of 国办公开办函〔2021〕30号. Its numbers are counted from records and cases; its words are
//! written in a record, which goes through the gate like any other.
//!
//! **Invariant:** a year that was locked, and the tables that went into a record, are what the next year ties to.
//! **Invariant:** whoever enters a past year does not lock it.

pub mod blocks;
mod cell;
mod desk;
mod draft;
pub mod guide;
mod guided;
pub mod model;
pub mod out;
mod past;
pub mod rules;
pub mod store;
pub mod table;
#[cfg(test)]
mod tests;

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "report",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: [desk::routes(), cell::routes(), draft::routes(), guided::routes(), past::routes()]
            .into_iter()
            .flatten()
            .collect(),
        css: include_str!("report.css"),
        migrations: &[Migration { name: "report-0001", sql: include_str!("schema.sql") }],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
