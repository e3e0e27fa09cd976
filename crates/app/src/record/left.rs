//! What is left of a record that was taken down: the tombstone, and after an ordinary reason the digests of what was
//! public, so that who holds a copy learns that it was ours and is withdrawn.

use super::model::{HIDDEN, Reason};
use super::table::{publication, record};
use super::versions::{Shown, shown, since_withdrawal};
use crate::floor::{public_gone, public_gone_digest};
use sea_orm::{EntityTrait, Set};
use std::collections::BTreeSet;
use store::{Act, Error};

/// Writes it; `at` and `reason` are the withdrawal's. Of what was hidden, or taken down to protect somebody, no digest
/// stays: a digest proves what the text was to anybody who can guess it.
pub async fn write(
    act: &Act,
    row: &record::Model,
    (index_no, path): (&str, &str),
    publications: &[publication::Model],
    (at, reason): (i64, &str),
) -> Result<(), Error> {
    let gone = public_gone::ActiveModel {
        id: Set(row.id.clone()),
        body: Set(row.body.clone()),
        path: Set(path.into()),
        index_no: Set(index_no.into()),
        at: Set(at),
        reason: Set(reason.into()),
    };
    public_gone::Entity::insert(gone).exec_without_returning(act).await?;
    let Some((_, before)) = publications.split_last().filter(|_| is_ordinary(reason)) else { return Ok(()) };
    let digests: BTreeSet<String> =
        shown(act, since_withdrawal(before), path).await?.iter().flat_map(digests).collect();
    let line = |digest: String| public_gone_digest::ActiveModel {
        id: Set(format!("{digest}#{}", row.id)),
        body: Set(row.body.clone()),
        page: Set(row.id.clone()),
        path: Set(path.into()),
        digest: Set(digest),
    };
    if !digests.is_empty() {
        public_gone_digest::Entity::insert_many(digests.into_iter().map(line)).exec_without_returning(act).await?;
    }
    Ok(())
}

fn is_ordinary(reason: &str) -> bool {
    reason != HIDDEN && Reason::protective(reason).is_none()
}

fn digests(version: &Shown) -> Vec<String> {
    let files = version.files.iter().chain(&version.original).map(|file| file.sha256.clone());
    std::iter::once(version.revision.hash.to_string()).chain(files).collect()
}
