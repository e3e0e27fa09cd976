//! Which versions of a record may still be read, and what is left of the others.

use super::model::{Reason, Revision};
use super::store::{files_of, to_revision};
use super::table::{late, publication, revision, revision_file};
use crate::floor::{FileLine, RemovedLine, VersionLine};
use kernel::Instant;
use sea_orm::EntityTrait;
use store::{Act, Error};

/// What was taken down once stays down.
pub fn since_withdrawal(publications: &[publication::Model]) -> &[publication::Model] {
    let from = publications.iter().rposition(|p| p.revision.is_none()).map_or(0, |i| i + 1);
    &publications[from..]
}

/// Where the last protective correction stands: nothing before it is shown.
pub fn last_leak(since: &[publication::Model]) -> usize {
    since.iter().skip(1).rposition(|p| Reason::protective(&p.reason).is_some()).map_or(0, |i| i + 1)
}

/// What is left of the versions before a protective correction: number, day, and why. Oldest first.
pub fn removed(since: &[publication::Model]) -> Vec<VersionLine> {
    let line = |(i, p): (usize, &publication::Model)| {
        let leak = since[i + 1..].iter().find(|later| Reason::protective(&later.reason).is_some())?;
        let removed = Some(RemovedLine { at: leak.at, reason: leak.reason.clone() });
        let (reason, hash, says) = (p.reason.clone(), String::new(), String::new());
        Some(VersionLine { n: p.n, at: p.at, reason, hash, says, removed })
    };
    since[..last_leak(since)].iter().enumerate().filter_map(line).collect()
}

/// A version that may be shown.
pub struct Shown {
    pub n: i64,
    pub at: Instant,
    pub reason: String,
    pub revision: Revision,
    pub files: Vec<FileLine>,
    /// The file that is served as it was issued.
    pub original: Option<FileLine>,
}

/// The versions that may be read, oldest first.
pub async fn shown(act: &Act, since: &[publication::Model], path: &str) -> Result<Vec<Shown>, Error> {
    let mut all = vec![];
    for publication in &since[last_leak(since)..] {
        let Some(id) = &publication.revision else { continue };
        let row = revision::Entity::find_by_id(id).one(act).await?.ok_or(Error::NotFound)?;
        let revision = to_revision(row, late::Entity::find_by_id(id).one(act).await?)?;
        let files = files_of(act, id).await?.into_iter().map(|f| file_line(path, publication.n, f)).collect();
        let (at, reason) = (Instant(publication.at), publication.reason.clone());
        let original = super::late::line(act, path, publication.n, &revision).await?;
        all.push(Shown { n: publication.n, at, reason, revision, files, original });
    }
    Ok(all)
}

fn file_line(path: &str, version: i64, f: revision_file::Model) -> FileLine {
    let path = format!("{path}/v/{version}/files/{}/{}", f.n, f.name);
    FileLine { path, name: f.name, kind: f.kind, size: f.size, sha256: f.blob }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line((n, revision, reason): (i64, bool, &str)) -> publication::Model {
        let (id, record) = (n.to_string(), "r".to_owned());
        let revision = revision.then(|| format!("r{n}"));
        publication::Model { id, record, n, revision, reason: reason.into(), at: n }
    }

    #[test]
    fn after_a_leak_only_number_day_and_class_are_left() {
        // What was published (or withdrawn), which may be read, and of which others something is left.
        for (all, shown, left) in [
            (&[(1, true, "first")][..], &[1][..], &[][..]),
            (&[(1, true, "first"), (2, true, "ordinary")], &[1, 2], &[]),
            (&[(1, true, "first"), (2, true, "privacy")], &[2], &[(1, 2)]),
            (&[(1, true, "first"), (2, true, "privacy"), (3, true, "ordinary")], &[2, 3], &[(1, 2)]),
            (
                &[(1, true, "first"), (2, true, "privacy"), (3, true, "ordinary"), (4, true, "secret")],
                &[4],
                &[(1, 2), (2, 4), (3, 4)],
            ),
            (&[(1, true, "first"), (2, false, "error"), (3, true, "ordinary")], &[3], &[]),
            (
                &[(1, true, "first"), (2, false, "privacy"), (3, true, "ordinary"), (4, true, "privacy")],
                &[4],
                &[(3, 4)],
            ),
        ] {
            let all: Vec<_> = all.iter().map(|p| line(*p)).collect();
            let since = since_withdrawal(&all);
            let numbers: Vec<i64> = since[last_leak(since)..].iter().map(|p| p.n).collect();
            assert_eq!(numbers, shown);
            let gone = removed(since).into_iter().map(|l| (l.n, l.removed.map_or(0, |r| r.at))).collect::<Vec<_>>();
            assert_eq!(gone, left);
            assert!(removed(since).iter().all(|l| l.hash.is_empty() && l.says.is_empty()));
        }
    }
}
