//! The work of every night: jobs that queue themselves again in their own act, and their first queueing.

use crate::{App, slices};
use kernel::Instant;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::{Act, Actor, Done, Error, Job, job_row};

/// Queues every daily job that is not queued yet. A dead letter does not count: the next start tries again.
pub async fn ensure(app: &App) -> Result<(), Error> {
    let mut missing = vec![];
    for name in slices().iter().flat_map(|s| s.daily.iter().copied()) {
        if !is_queued(app.store.read(), name, "").await? {
            missing.push(name);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let now = app.clock.now();
    let work = async move |act: &mut Act| {
        for name in &missing {
            if !is_queued(act, name, "").await? {
                act.queue(name, "", now);
            }
            act.journal("queue-daily", &format!("job:{name}"));
        }
        Ok(())
    };
    app.store.act(Actor::Clock, now, work).await.map(Done::into_inner)
}

async fn is_queued(db: &impl ConnectionTrait, name: &str, but: &str) -> Result<bool, Error> {
    use job_row::Column::{DeadAt, Id, Name};
    let find = job_row::Entity::find().filter(Name.eq(name)).filter(Id.ne(but)).filter(DeadAt.is_null());
    Ok(find.one(db).await?.is_some())
}

/// A daily job whose work is a job for each body: queues those now, and itself for the next midnight.
pub async fn for_each_body(app: App, job: Job, daily: &'static str, part: &'static str) -> Result<(), Error> {
    let bodies = app.bodies();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        for body in bodies.iter() {
            act.queue(part, &body.id, act.now);
        }
        if !is_queued(act, daily, &job.id).await? {
            act.queue(daily, "", next_midnight(act.now));
        }
        act.journal("queue-daily", &format!("job:{daily}"));
        Ok(())
    };
    app.store.act(Actor::Job(daily), app.clock.now(), work).await.map(Done::into_inner)
}

/// The midnight that ends the day of a moment.
fn next_midnight(now: Instant) -> Instant {
    now.day().plus(1).start()
}
