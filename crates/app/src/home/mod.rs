//! The portal's front, the pages about the platform itself, preferences, site maps, feeds, assets. Reads everything,
//! writes nothing.

mod api;
mod front;
mod map;
pub mod operations;
mod pages;
mod preferences;
pub mod rules;
mod static_files;

use crate::Slice;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "home",
        portal: front::routes()
            .merge(api::routes())
            .merge(map::routes())
            .merge(pages::routes())
            .merge(preferences::routes())
            .merge(static_files::routes()),
        api: api::api(),
        programs: Router::new(),
        desk: vec![],
        css: include_str!("home.css"),
        migrations: &[],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
