//! 目录：what is public, in lists. Columns and sections, the statutory part 政府信息公开 (国办公开办函〔2019〕61号) with
//! the fifteen classes of 条例 20, and their twins: CSV, JSON, Atom, and `/api/v1/records`.

mod change;
pub mod entry;
mod jobs;
pub mod model;
pub mod obligation;
pub mod origin;
pub mod owing;
mod periods;
mod public;
pub mod rules;
mod shape;
mod standards;
pub mod statutory;
pub mod stock;
pub mod store;
pub mod table;
pub mod twin;
pub mod watch;

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "catalogue",
        portal: public::routes().merge(statutory::routes()),
        api: twin::api(),
        programs: Router::new(),
        desk: obligation::routes().into_iter().chain(change::routes()).chain(watch::routes()).collect(),
        css: include_str!("catalogue.css"),
        migrations: &[Migration { name: "catalogue-0001", sql: include_str!("schema.sql") }],
        jobs: jobs::JOBS,
        daily: jobs::DAILY,
        blobs: &[],
    }
}
