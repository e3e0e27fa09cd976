//! What follows a change of the law: the clocks are computed again.

use super::table::rule_version;
use super::{clock, store};
use crate::{App, JobFn};
use ::store::{Act, Actor, Done, Error, Job};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

pub const RECOMPUTE: &str = "recompute-clocks";

pub const JOBS: &[(&str, JobFn)] = &[(RECOMPUTE, |app, job| Box::pin(recompute(app, job)))];

/// The argument of the job where no version but another release or another folder changed the law.
const RELEASE: &str = "release";

/// One step: as many clocks as one act may hold, then the job for the next. The argument is the version that changed
/// the law, and the id of the last clock looked at. The first step reads the law again, because it may run before
/// whoever put the version in force has done so; the steps after it need not.
async fn recompute(app: App, job: Job) -> Result<(), Error> {
    if !job.arg.contains(' ') {
        app.reload_law().await?;
    }
    let law = app.law();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let (version, after) = job.arg.split_once(' ').unwrap_or((&job.arg, ""));
        let rows = clock::stale(act, law, after).await?;
        let moved = clock::recompute(act, law, &rows, Some(version)).await?;
        if let Some(last) = rows.last().filter(|_| rows.len() == clock::STEP as usize) {
            act.queue(RECOMPUTE, &format!("{version} {}", last.id), act.now);
        }
        let facts = serde_json::json!({ "seen": rows.len(), "moved": moved });
        act.journal_with(RECOMPUTE, &format!("rule-version:{version}"), facts);
        Ok(())
    };
    app.store.act(Actor::Job(RECOMPUTE), app.clock.now(), work).await.map(Done::into_inner)
}

/// Queues the clocks where another release, or another folder of the body, changed the law while nobody was there.
pub async fn catch_up(app: &App) -> Result<(), Error> {
    if clock::stale(app.store.read(), app.law(), "").await?.is_empty() {
        return Ok(());
    }
    let work = async move |act: &mut Act| {
        act.queue(RECOMPUTE, RELEASE, act.now);
        act.journal("queue-clocks", "law");
        Ok(())
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await.map(Done::into_inner)
}

/// Why due days move: the note of a version, by default of the one that came into force last.
pub async fn cause(db: &impl ConnectionTrait, version: Option<&str>) -> Result<String, Error> {
    let row = match version {
        Some(RELEASE) => None,
        Some(id) => Some(store::load(db, id).await?),
        None => {
            let in_force = rule_version::Column::State.eq(super::model::State::InForce.word());
            let newest = rule_version::Entity::find().filter(in_force).order_by_desc(rule_version::Column::DecidedAt);
            newest.one(db).await?
        }
    };
    Ok(row.map_or_else(|| "规则文件随程序或者本单位的 law 目录更新".into(), |row| row.note))
}
