//! The nights of this slice: the clocks of obligations, and the inspection's indicators. Each is a job of every night
//! that queues one for each body.

use super::obligation::held;
use super::periods::{self, PREFIX, Period};
use super::stock::{self, Held};
use super::watch;
use crate::daily;
use crate::rule;
use crate::rule::table::clock;
use crate::{App, JobFn};
use ::store::{Act, Actor, Done, Error, Job, Read};
use kernel::Instant;
use law::{Item, Law, Span};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub const DAILY: &[&str] = &["obligation-daily", "watch-daily"];

pub const JOBS: &[(&str, JobFn)] = &[
    ("obligation-daily", |app, job| Box::pin(daily::for_each_body(app, job, "obligation-daily", "obligation-body"))),
    ("obligation-body", |app, job| Box::pin(clocks(app, job))),
    ("watch-daily", |app, job| Box::pin(daily::for_each_body(app, job, "watch-daily", "watch-body"))),
    ("watch-body", |app, job| Box::pin(watch::note(app, job))),
];

/// Clocks that are looked at in one act.
const STEP: usize = 200;

/// What a night does with one clock.
enum Step {
    Keep(Period),
    Close { about: String, clause: String, at: Instant },
}

/// Keeps a clock for each period that runs, and closes those that run no longer. Safe to run twice: a clock that is
/// kept stays, and one that is closed is not seen again.
async fn clocks(app: App, job: Job) -> Result<(), Error> {
    let (law, now) = (app.law(), app.clock.now());
    let body = app.bodies().iter().find(|b| b.id == job.arg).cloned().ok_or(Error::NotFound)?;
    let held = held(&app, law, &body.id).await?;
    let open = open(app.store.read(), &body.id).await?;
    let steps = steps(law, &held, &open, stock::span(&body, now.day()), now);
    let mut steps = steps.into_iter().peekable();
    while steps.peek().is_some() {
        let (some, body): (Vec<Step>, String) = (steps.by_ref().take(STEP).collect(), body.id.clone());
        let work = async move |act: &mut Act| take(act, law, &body, &some).await;
        app.store.act(Actor::Job("obligation-body"), now, work).await?.into_inner();
    }
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        act.journal("obligations-read", &format!("body:{}", job.arg));
        Ok(())
    };
    app.store.act(Actor::Job("obligation-body"), now, work).await.map(Done::into_inner)
}

async fn take(act: &mut Act, law: &Law, body: &str, steps: &[Step]) -> Result<(), Error> {
    for step in steps {
        match step {
            Step::Keep(p) => drop(rule::clock::keep(act, law, body, &p.about, &p.clause, p.event, &[]).await?),
            Step::Close { about, clause, at } => rule::clock::close(act, law, body, about, clause, *at).await?,
        }
    }
    act.journal("keep-clocks", &format!("body:{body}"));
    Ok(())
}

async fn open(read: &Read, body: &str) -> Result<Vec<clock::Model>, Error> {
    use clock::Column::{About, Body, ClosedAt};
    let find = clock::Entity::find().filter(Body.eq(body)).filter(ClosedAt.is_null());
    Ok(find.filter(About.starts_with(PREFIX)).all(read).await?)
}

fn steps(law: &'static Law, held: &[Held], open: &[clock::Model], span: Span, now: Instant) -> Vec<Step> {
    let (mut all, mut running, mut met) = (vec![], vec![], std::collections::HashMap::new());
    for entry in law.obligations.iter().filter(|e| e.owed(span.today)) {
        let mine: Vec<&Held> = held.iter().filter(|h| entry.counts(&h.item(span.today))).collect();
        let items: Vec<Item> = mine.iter().map(|h| h.item(span.today)).collect();
        let account = law::account(law, entry, &items, span);
        let periods = periods::running(law, entry, &mine, &account, span);
        running.extend(periods.iter().map(|p| (p.about.clone(), p.clause.clone())));
        all.extend(periods.into_iter().map(Step::Keep));
        for clock in open.iter().filter(|c| code_of(&c.about) == entry.code) {
            met.insert(clock.about.clone(), periods::met_at(&clock.about, &entry.code, &mine));
        }
    }
    let over = open.iter().filter(|c| !running.contains(&(c.about.clone(), c.clause.clone())));
    // What is no longer owed, or was taken back before it was public, ends now.
    let closed = over.map(|c| Step::Close {
        about: c.about.clone(),
        clause: c.clause.clone(),
        at: met.get(&c.about).copied().flatten().unwrap_or(now),
    });
    all.extend(closed);
    all
}

/// `obligation:OGI-REPORT/2027` is of `OGI-REPORT`.
fn code_of(about: &str) -> &str {
    about.strip_prefix(PREFIX).map_or("", |rest| rest.split('/').next().unwrap_or_default())
}
