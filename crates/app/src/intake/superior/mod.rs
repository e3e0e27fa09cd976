//! 上级文件：what superior bodies publish, by feed or brought by a person. Mission E2: a document may be passed on if its
//! public source or the note 此件公开发布 shows that it is public; 此件不公开, 依申请公开, 内部 or a Party number stop it until a
//! person has decided. It then is a draft like any other, and meets the gate.

mod desk;
pub mod jobs;
pub mod rules;
pub mod store;
#[cfg(test)]
mod tests;
mod wire;

pub use desk::{Waiting, routes, waiting};
pub use wire::Wire;

use crate::record::words::{self, Over, Words};
use ::store::{BlobRef, Migration};

pub const MIGRATION: Migration = Migration { name: "superior-0001", sql: include_str!("schema.sql") };
pub const BLOB: BlobRef = BlobRef { table: "superior", column: "blob" };

pub const WORDS: &[Words] = &[words::of(
    "superior",
    "record = $1",
    &[
        ("named", Over::Nothing),
        ("title", Over::Says),
        ("number", Over::Nothing),
        ("issuer", Over::Nothing),
        ("address", Over::Nothing),
        ("text", Over::Nothing),
        ("stops", Over::List),
        ("reason", Over::Nothing),
        ("file", Over::Says),
        ("unread", Over::List),
    ],
)
.file("blob")];
