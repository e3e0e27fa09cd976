//! 其他渠道：where a publication also appears (mission H6): the city's content system, the gazette, WeChat, the village
//! board, the archive and the library. 政府信息公开条例 articles 23 and 25 name the channels.
//!
//! **Invariant:** what leaves is what stands on the public floor, and nothing else. **Invariant:** a copy that may have
//! been made is followed until it is confirmed to be gone. **Invariant:** one record and version is sent to one outlet
//! under one key, however often it is tried.

mod board;
mod desk;
pub mod jobs;
pub mod model;
mod package;
mod packages;
mod paper;
pub mod rules;
mod settings;
mod sheet;
pub mod store;
pub mod table;
#[cfg(test)]
mod tests;
pub mod wire;

pub use board::pressing;
pub use wire::{City, Wire};

use crate::Slice;
use crate::record::words::{self, Over, Words};
use ::store::Migration;
use axum::Router;

/// What another system answered may quote what it was sent.
pub const WORDS: &[Words] =
    &[words::of("outlet_copy", "record = $1", &[("address", Over::Nothing), ("says", Over::Nothing)])];

pub fn slice() -> Slice {
    let desk = [desk::routes(), board::routes(), sheet::routes(), settings::routes(), packages::routes()];
    Slice {
        name: "outlet",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: desk.into_iter().flatten().collect(),
        css: include_str!("outlet.css"),
        migrations: &[Migration { name: "outlet-0001", sql: include_str!("schema.sql") }],
        jobs: jobs::JOBS,
        daily: &[jobs::DAILY],
        blobs: &[],
    }
}
