//! 账号：bodies, sections, staff, duties, sessions, bearer tokens, and the journal's pages.
//!
//! Duties are kept apart by person. Sessions last twelve hours, are listed and can be ended; five wrong passwords let
//! an
//! account rest for a quarter of an hour. Everything a person does stands in the journal, which supervisors read.

pub mod again;
mod deputy;
pub mod desk;
mod journal;
mod kept;
pub mod leave;
pub mod lent;
mod model;
pub mod nav;
pub mod password;
mod profile;
pub mod rules;
mod second;
mod sign_in;
mod staff;
pub mod store;
pub mod token;
mod words;

pub use model::{Duty, Lent, Me};

use crate::Slice;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "account",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes(),
        css: include_str!("account.css"),
        migrations: store::MIGRATIONS,
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
