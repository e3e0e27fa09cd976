//! 通知：mail and SMS to whoever asked for them when he sent us something, and reminders to staff. Queued in the act
//! that causes them, sent by a job, tried until they arrive.
//!
//! **Invariant:** a notice says that something happened, never what: no content, no name, no tracking code.
//! **Invariant:** an address stands nowhere but sealed, and only the sending job opens it.
//! **Invariant:** one notice has one id, which mail carries as Message-ID and the gateway as its key, however often it
//! is tried.

mod desk;
mod form;
pub mod jobs;
mod mail;
pub mod model;
pub mod rules;
mod sms;
mod staff;
pub mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use desk::pressing;
pub use staff::remind;
pub use wire::Wire;

use crate::Slice;
use ::store::Migration;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "notice",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes().into_iter().chain(staff::routes()).collect(),
        css: include_str!("notice.css"),
        migrations: &[Migration { name: "notice-0001", sql: include_str!("schema.sql") }],
        jobs: jobs::JOBS,
        daily: &[jobs::DAILY],
        blobs: &[],
    }
}
