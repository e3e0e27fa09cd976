//! The words every crate shares: days and instants, hashes, refusals, blocks of text. No I/O, no clock.

pub mod block;
pub mod canonical;
mod code;
mod day;
mod hash;
pub mod notation;
pub mod punct;
mod refusal;

pub use block::Block;
pub use code::Code;
pub use day::{Day, Instant};
pub use hash::Hash;
pub use refusal::Refusal;
