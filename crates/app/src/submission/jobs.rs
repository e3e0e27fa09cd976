//! Erasure at the end of retention. The job is queued by the act that takes a submission in, so every backup that holds
//! the submission holds the job too, and a restore erases again without being told.

use super::store;
use crate::{App, JobFn};
use ::store::{Act, Actor, Done, Error, Job};

pub const JOBS: &[(&str, JobFn)] = &[("submission-erase", |app, job| Box::pin(erase(app, job)))];

async fn erase(app: App, job: Job) -> Result<(), Error> {
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        store::erase(act, &job.arg).await
    };
    app.store.act(Actor::Job("submission-erase"), app.clock.now(), work).await.map(Done::into_inner)
}
