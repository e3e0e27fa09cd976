//! 收件：documents in. A person brings a file, or pastes one, and gets a draft in which all that the paper says, the
//! account knows and the law's catalogue gives is filled in already. What an office-automation system hands over; pages
//! that were public before; superior documents.

pub mod backfill;
mod bring;
pub mod handover;
pub mod rules;
mod same;
pub mod superior;

use crate::Slice;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "intake",
        portal: Router::new(),
        api: Router::new(),
        programs: handover::api::programs(),
        desk: [bring::routes(), handover::desk(), backfill::routes(), superior::routes()]
            .into_iter()
            .flatten()
            .collect(),
        css: include_str!("intake.css"),
        migrations: &[handover::MIGRATION, superior::MIGRATION],
        jobs: &[handover::JOB, backfill::JOB, superior::jobs::DAILY_JOB, superior::jobs::PART_JOB],
        daily: &[superior::jobs::DAILY],
        blobs: &[handover::BLOB, superior::BLOB],
    }
}
