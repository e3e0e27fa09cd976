//! 目录：what is public, in lists. Columns and sections, the statutory part 政府信息公开 (国办公开办函〔2019〕61号) with
//! the fifteen classes of 条例 20, and their twins: CSV, JSON, Atom, and `/api/v1/records`.

pub mod model;
pub mod origin;
mod public;
pub mod rules;
pub mod statutory;
pub mod store;
mod twin;

use crate::Slice;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "catalogue",
        portal: public::routes().merge(statutory::routes()),
        api: twin::api(),
        programs: Router::new(),
        desk: vec![],
        css: include_str!("catalogue.css"),
        migrations: &[],
        jobs: &[],
        blobs: &[],
    }
}
