//! 机检规则：what the bureau sets for its scanner, and how its rules do.
//!
//! The settings are a file of the law (`scanner.toml`), so they are proposed by one person and put in force by another
//! as every version of slice `rule` is (decision 21).
//!
//! **Invariant:** a mark of secrecy cannot be lowered or switched off.

mod desk;
mod form;
mod rates;

pub use rates::{HERE as RATES, overruled};

use crate::Slice;
use axum::Router;

pub fn slice() -> Slice {
    Slice {
        name: "check",
        portal: Router::new(),
        api: Router::new(),
        programs: Router::new(),
        desk: desk::routes().into_iter().chain(rates::routes()).collect(),
        css: include_str!("check.css"),
        migrations: &[],
        jobs: &[],
        daily: &[],
        blobs: &[],
    }
}
