//! 收件：documents in. What an office-automation system hands over; pages that were public before; superior documents.

pub mod handover;

use crate::Slice;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "intake",
        portal: Router::new(),
        api: Router::new(),
        programs: handover::api::programs(),
        desk: handover::desk(),
        css: include_str!("intake.css"),
        migrations: &[handover::MIGRATION],
        jobs: &[handover::JOB],
        daily: &[],
        blobs: &[handover::BLOB],
    }
}
