//! Which versions of a record may still be read, and what is left of the others. Pure.

use super::model::Reason;
use super::table::publication;
use crate::floor::{RemovedLine, VersionLine};

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
