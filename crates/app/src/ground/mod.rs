//! 公开与不予公开的依据：the statutory grounds, and the negative list built on them, version after version.
//!
//! A list is proposed here and decided on in slice `rule`, by another person; it holds from the day it names. A list
//! that has been in force is never rewritten. A refusal to an applicant cites the Regulation, never the list.

mod change;
mod desk;
mod form;
mod public;
pub mod rules;

use crate::Slice;
use axum::Router;
use axum::routing::get;

pub fn slice() -> Slice {
    Slice {
        name: "ground",
        portal: Router::new().route("/disclosure/negative-list", get(public::negative_list)),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes().into_iter().chain(change::routes()).collect(),
        css: include_str!("ground.css"),
        migrations: &[],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
