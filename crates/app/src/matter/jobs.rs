//! What follows without a person: clocks that have run out make their moves every night; what was written of a closed
//! case goes at the end of retention.

use super::case::Moment;
use super::kind::By;
use super::step::{Doer, Input, Verdict, Wish};
use super::table::matter;
use super::{AnyKind, remind, store};
use crate::submission::{remedy, rules};
use crate::{App, JobFn, daily};
use ::store::{Act, Actor, Done, Error, Job};
use sea_orm::EntityTrait;

pub const ERASE: &str = "matter-erase";

pub const DAILY: &[&str] = &["matter-daily"];

pub const JOBS: &[(&str, JobFn)] = &[
    ("matter-daily", |app, job| Box::pin(daily::for_each_body(app, job, "matter-daily", "matter-body"))),
    ("matter-body", |app, job| Box::pin(night(app, job))),
    (ERASE, |app, job| Box::pin(erase(app, job))),
];

/// Every open case of a body whose clocks make a move now; each in an act of its own. Safe to run twice: a clock that
/// made its move runs no longer.
async fn night(app: App, job: Job) -> Result<(), Error> {
    let body = app.bodies().iter().find(|b| b.id == job.arg).cloned().ok_or(Error::NotFound)?;
    let at = Moment { law: app.law(), now: app.clock.now(), offices: remedy::gaps(&body.profile).is_empty() };
    for kind in crate::kinds() {
        for on in store::open(app.store.read(), &app.sealer, *kind, &body.id, at.now).await? {
            for (name, row) in kind.due_moves(&on.case, at) {
                let (app2, id, body) = (app.clone(), on.row.id.clone(), body.id.clone());
                let work = async move |act: &mut Act| ring(act, &app2, *kind, (&body, &id), (name, row), at).await;
                app.store.act(Actor::Clock, at.now, work).await?.into_inner();
            }
        }
    }
    let reminders = remind::today(&app, &body.id, at).await?;
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        remind::queue(act, &reminders);
        act.journal("clocks-ran-out", "matter");
        Ok(())
    };
    app.store.act(Actor::Job("matter-body"), at.now, work).await.map(Done::into_inner)
}

/// The move of a clock, asked again inside the act: somebody may have been faster.
async fn ring(
    act: &mut Act,
    app: &App,
    kind: &dyn AnyKind,
    (body, id): (&str, &str),
    (name, row): (&str, Option<u32>),
    at: Moment,
) -> Result<(), Error> {
    let on = store::load(act, &app.sealer, kind, body, id).await?;
    let Some(by @ By::Clock(clock)) = kind.clock_of(name) else { return Ok(()) };
    let doer = Doer { may: vec![by], who: "clock".into() };
    let token = format!("{}/{}/{}", clock.name, row.unwrap_or(0), on.case.past.len());
    let wish = Wish { name, row, input: &Input::new(), doer: &doer, token: &token };
    match kind.step(&on.case, &wish, at) {
        Ok(Verdict::Step(step)) => store::advance(act, &app.sealer, kind, &on, (&step, None), at).await,
        _ => {
            act.journal("clock-was-late", &on.about());
            Ok(())
        }
    }
}

/// A case with a dispute under way is kept, and asked again.
async fn erase(app: App, job: Job) -> Result<(), Error> {
    let now = app.clock.now();
    let row = matter::Entity::find_by_id(&job.arg).one(app.store.read()).await?.ok_or(Error::NotFound)?;
    let kind = crate::kinds().iter().find(|k| k.name() == row.kind).ok_or(Error::NotFound)?;
    let sealer = app.sealer.clone();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let on = store::load(act, &sealer, *kind, &row.body, &row.id).await?;
        if kind.has_open_rows(&on.case) {
            act.queue(ERASE, &row.id, act.now.day().plus(rules::ERASE_AGAIN_DAYS).start());
            act.journal("erase-postponed", &on.about());
            return Ok(());
        }
        store::erase(act, &row.id).await
    };
    app.store.act(Actor::Job(ERASE), now, work).await.map(Done::into_inner)
}
