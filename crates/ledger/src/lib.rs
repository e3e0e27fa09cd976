//! The ledger: what the public log is made of. Bytes in, bytes out: no I/O, no clock.
//!
//! A *statement* says that a public act happened, and commits to its content by salted digests; it holds no personal
//! data and no words. Its bytes are fixed by `docs/decisions/0002-statement.md` and golden tests: once a statement is
//! in the ledger, its bytes can never change.
//!
//! Statements are the leaves of a Merkle tree (RFC 6962). [`Tree::grow`] adds them and gives the files to serve; only
//! [`clear`] gives leave to sign a new head; a [`Plan`] tells which tiles a proof needs and makes it; a [`Proof`] is
//! what a reader keeps and checks without us. The formats are C2SP's (tlog-tiles, tlog-checkpoint, signed-note,
//! tlog-cosignature, tlog-proof), so that programs which are not ours can check them; our choices among what those
//! leave open stand in `docs/decisions/0007-ledger-formats.md`.

mod audit;
mod bundle;
mod checkpoint;
mod clearance;
mod error;
mod key;
mod merkle;
mod note;
mod plan;
mod proof;
mod statement;
mod subtree;
mod text;
mod tile;
mod tree;

pub use audit::authentic;
pub use bundle::{STATEMENT_MAX, statements};
pub use checkpoint::Checkpoint;
pub use clearance::{Clearance, Doubt, clear};
pub use error::Error;
pub use key::{Algorithm, SigningKey, VerifierKey};
pub use merkle::{Head, SIZE_MAX, leaf_hash, node_hash};
pub use note::{Note, Signature, Signed};
pub use plan::Plan;
pub use proof::Proof;
pub use statement::{Action, Hashes, Published, Salt, Statement};
pub use subtree::Subtree;
pub use tile::{Row, Tile, WIDTH};
pub use tree::{File, Growth, Tree};
