//! What follows an act of this slice.

use super::{publish, store};
use crate::App;
use crate::JobFn;
use ::store::{Act, Actor, Error, Job};
use sea_orm::EntityTrait;

pub const JOBS: &[(&str, JobFn)] = &[
    ("publish-at", |app, job| Box::pin(publish_at(app, job))),
    ("note-removal", |app, job| Box::pin(note_removal(app, job))),
];

/// The hour has come: the gate is asked again. Refused means "due but not out", which the inbox shows.
async fn publish_at(app: App, job: Job) -> Result<(), Error> {
    let (bodies, law) = (app.bodies(), app.law());
    let now = app.clock.now();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let row = super::table::record::Entity::find_by_id(&job.arg).one(act).await?.ok_or(Error::NotFound)?;
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

/// Takes down again what was taken down after a backup was made. Returns what could not be applied.
pub async fn apply_removals(app: &App, log: &str) -> Result<Vec<String>, Error> {
    let mut left = vec![];
    for line in log.lines().filter(|l| !l.is_empty()) {
        let applied = match line.split_once('\t') {
            Some((id, reason)) => apply_removal(app, id, reason).await,
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

async fn apply_removal(app: &App, id: &str, reason: &str) -> Result<(), Error> {
    let reason = super::model::Reason::parse(reason).ok_or(Error::NotFound)?;
    let (id, bodies, law) = (id.to_owned(), app.bodies(), app.law());
    let work = async move |act: &mut Act| {
        let row = super::table::record::Entity::find_by_id(&id).one(act).await?.ok_or(Error::NotFound)?;
        let body = bodies.iter().find(|b| b.id == row.body).ok_or(Error::NotFound)?;
        if row.published == 0 {
            act.journal("removal-stands", &format!("record:{id}"));
            return Ok(());
        }
        let on = store::loaded(act, row).await?;
        publish::withdraw(act, law, &on, &body.org, reason).await
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await.map(::store::Done::into_inner)
}
