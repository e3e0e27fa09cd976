//! What follows an act of this slice.

use super::model::{HIDDEN, Reason};
use super::table::record;
use super::{backfill, evidence, hiding, on_show, publish, store, texts};
use crate::App;
use crate::JobFn;
use ::store::{Act, Actor, Error, Job};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// The job of slice `outlet` that brings the other outlets after what is public here; the argument is the record. Every
/// act that changes what is public of a record queues it.
pub const FOLLOW: &str = "follow-outlets";

pub const JOBS: &[(&str, JobFn)] = &[
    ("publish-at", |app, job| Box::pin(publish_at(app, job))),
    ("note-removal", |app, job| Box::pin(note_removal(app, job))),
    (on_show::REMOVE, |app, job| Box::pin(on_show::remove(app, job))),
    (evidence::SCRUB, |app, job| Box::pin(evidence::scrub(app, job))),
];

/// The hour has come: the gate is asked again. Refused means "due but not out", which the inbox shows.
async fn publish_at(app: App, job: Job) -> Result<(), Error> {
    let (bodies, law) = (app.bodies(), app.law());
    let now = app.clock.now();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let row = record::Entity::find_by_id(&job.arg).one(act).await?.ok_or(Error::NotFound)?;
        let body = bodies.iter().find(|b| b.id == row.body).ok_or(Error::NotFound)?;
        let about = format!("record:{}", row.id);
        if row.publish_at.is_none_or(|at| at > act.now.0) {
            act.journal("publish-at-moved", &about);
            return Ok(());
        }
        let on = store::loaded(act, row).await?;
        match on.ask_gate(law, None, act.now.day()) {
            Ok(order) => publish::publish(act, law, &on, &body.org, order).await.map(drop),
            Err(Error::Refused(why)) => {
                let codes: Vec<&str> = why.iter().map(|r| r.code).collect();
                act.journal_with("publish-at-refused", &about, serde_json::json!({ "why": codes }));
                Ok(())
            }
            Err(e) => Err(e),
        }
    };
    app.store.act(Actor::Job("publish-at"), now, work).await.map(::store::Done::into_inner)
}

/// Writes a removal beside the data, outside every backup, so that a restore applies it again.
async fn note_removal(app: App, job: Job) -> Result<(), Error> {
    if let Some(file) = app.removals.clone() {
        let line = job.arg.clone();
        let write = move || append(&file, &line);
        tokio::task::spawn_blocking(write).await.map_err(|e| Error::Fault(e.into()))??;
    }
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        act.journal("note-removal", "removed.log");
        Ok(())
    };
    app.store.act(Actor::Job("note-removal"), app.clock.now(), work).await.map(::store::Done::into_inner)
}

/// A line written twice is harmless: applying a removal twice is applying it once.
fn append(file: &std::path::Path, line: &str) -> Result<(), Error> {
    use std::io::Write;
    let mut log = std::fs::OpenOptions::new().create(true).append(true).open(file)?;
    writeln!(log, "{line}")?;
    Ok(log.sync_all()?)
}

/// Derives the whole floor again, some records an act. Returns how many records were looked at.
pub async fn rebuild(app: &App) -> Result<usize, Error> {
    let all: Vec<record::Model> = record::Entity::find()
        .filter(record::Column::IndexNo.is_not_null())
        .order_by_asc(record::Column::Id)
        .all(app.store.read())
        .await?;
    let law = app.law();
    for some in all.chunks(100) {
        let ids: Vec<String> = some.iter().map(|r| r.id.clone()).collect();
        let work = async move |act: &mut Act| {
            texts::forget(act, &ids).await?;
            for id in &ids {
                publish::derive(act, law, id).await?;
            }
            act.journal("rebuild-public", "floor");
            Ok(())
        };
        app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    }
    backfill::rebuild(app).await?;
    Ok(all.len())
}

/// A line of `removed.log`: the record, what was done, and the last version it was done to (lines of before have none).
#[derive(Clone, PartialEq, Eq, Debug)]
struct Removal<'a> {
    record: &'a str,
    word: &'a str,
    n: Option<i64>,
}

impl Removal<'_> {
    fn read(line: &str) -> Option<Removal<'_>> {
        let mut parts = line.split('\t');
        let (record, word) = (parts.next()?, parts.next()?);
        let n = parts.next().map(str::parse).transpose().ok()?;
        Some(Removal { record, word, n })
    }

    fn hides(&self) -> bool {
        matches!(self.word, HIDDEN | hiding::SEALED)
    }
}

/// The lines of the log that still hold: hiding a version and showing it again is nothing. `None` for what cannot be
/// read.
fn standing(log: &str) -> Vec<(&str, Option<Removal<'_>>)> {
    let all: Vec<_> = log.lines().filter(|l| !l.is_empty()).map(|l| (l, Removal::read(l))).collect();
    let ended = |i: usize, removal: &Removal| {
        let restores = |later: &Removal| later.word == hiding::RESTORED && later.record == removal.record;
        all[i + 1..].iter().any(|(_, later)| later.as_ref().is_some_and(|l| restores(l) && l.n == removal.n))
    };
    let holds = |(i, (_, removal)): &(usize, &(&str, Option<Removal>))| match removal {
        Some(removal) => removal.word != hiding::RESTORED && !(removal.hides() && ended(*i, removal)),
        None => true,
    };
    all.iter().enumerate().filter(holds).map(|(_, line)| line.clone()).collect()
}

/// Takes down again what was taken down after a backup was made. Returns what could not be applied.
pub async fn apply_removals(app: &App, log: &str) -> Result<Vec<String>, Error> {
    let mut left = vec![];
    for (line, removal) in standing(log) {
        let applied = match removal {
            Some(removal) => apply_removal(app, &removal).await,
            None => Err(Error::NotFound),
        };
        match applied {
            Ok(()) => {}
            Err(Error::NotFound) => left.push(line.to_owned()),
            Err(e) => return Err(e),
        }
    }
    Ok(left)
}

async fn apply_removal(app: &App, removal: &Removal<'_>) -> Result<(), Error> {
    let hides = removal.hides();
    let reason = if hides { None } else { Some(Reason::parse(removal.word).ok_or(Error::NotFound)?) };
    let (id, n, bodies, law) = (removal.record.to_owned(), removal.n, app.bodies(), app.law());
    let work = async move |act: &mut Act| {
        let row = record::Entity::find_by_id(&id).one(act).await?.ok_or(Error::NotFound)?;
        let body = bodies.iter().find(|b| b.id == row.body).ok_or(Error::NotFound)?;
        let on = store::loaded(act, row).await?;
        let reached = on.stands().is_some_and(|p| n.is_none_or(|n| p.n <= n));
        match reason {
            Some(reason) if reached => publish::withdraw(act, law, &on, &body.org, reason).await,
            None if reached && on.hidden.is_none() => hiding::hide(act, law, &on, &body.org).await.map(drop),
            _ => {
                act.journal("removal-stands", &format!("record:{id}"));
                Ok(())
            }
        }
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    if removal.word == hiding::SEALED
        && let Some(hidden) = hiding::open(app.store.read(), removal.record).await?
    {
        evidence::seal(app, &hidden, Actor::Clock).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_again_is_not_hidden_by_a_restore() {
        let log = "a\thidden\t1\nb\thidden\t2\na\trestored\t1\na\thidden\t1\nc\tprivacy\nd\tsealed\t1\nnonsense\n\n";
        let lines: Vec<&str> = standing(log).into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, ["b\thidden\t2", "a\thidden\t1", "c\tprivacy", "d\tsealed\t1", "nonsense"]);
        assert_eq!(Removal::read("c\tprivacy"), Some(Removal { record: "c", word: "privacy", n: None }));
        assert_eq!(Removal::read("c\tprivacy\tx"), None);
        assert_eq!(Removal::read("nonsense"), None);
    }
}
