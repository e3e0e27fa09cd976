//! The ledger's words. Bytes in, bytes out: no I/O, no clock.
//!
//! A *statement* says that a public act happened, and commits to its content by salted digests; it holds no personal
//! data and no words. Its bytes are fixed by `docs/decisions/0002-statement.md` and the golden tests below: once a
//! statement is in the ledger, its bytes can never change.

mod statement;

pub use statement::{Action, Hashes, Published, Salt, Statement};
