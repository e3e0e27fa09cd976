//! 收件：documents in. A person brings a file, or pastes one, and gets a draft in which all that the paper says, the
//! account knows and the law's catalogue gives is filled in already. What an office-automation system hands over; pages
//! that were public before; superior documents.

mod bring;
pub mod handover;
pub mod rules;
mod same;

use crate::Slice;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "intake",
        portal: Router::new(),
        api: Router::new(),
        programs: handover::api::programs(),
        desk: bring::routes().into_iter().chain(handover::desk()).collect(),
        css: include_str!("intake.css"),
        migrations: &[handover::MIGRATION],
        jobs: &[handover::JOB],
        daily: &[],
        blobs: &[handover::BLOB],
    }
}
