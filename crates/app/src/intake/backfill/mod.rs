//! 补录：pages that were public on a former site. They are scanned whole when they come; what has a finding goes to the
//! desk as a draft. The clean rest is public by one signed decision that lists every hash: prepared by one person,
//! signed by another who has opened and ticked one page in fifty, for imports only, and over at the end of its term.
//!
//! **Invariant:** two dates, never one. The day on which a page was first public stands beside the time at which it
//! became public here, and never in its place.

mod desk;
pub mod job;
pub mod model;
pub mod rules;
pub mod store;
pub mod table;
#[cfg(test)]
mod tests;

pub use desk::{routes, waiting};

use crate::JobFn;

pub const JOB: (&str, JobFn) = ("backfill-publish", |app, job| Box::pin(job::publish(app, job)));
