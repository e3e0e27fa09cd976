//! What follows a publication, a correction, a withdrawal: copies on their way, tried until they arrive; and the check
//! of every night.

use super::model::{Fault, Found, State, Way};
use super::paper;
use super::rules;
use super::store;
use super::table::outlet_copy;
use super::wire::Failed;
use crate::record::jobs::FOLLOW;
use crate::record::table::{publication, revision};
use crate::{App, JobFn, daily};
use ::store::{Act, Actor, Done, Error, Job};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub const SEND: &str = "send-outlet";
pub const DAILY: &str = "outlet-daily";
const CHECK: &str = "check-outlets";

pub const JOBS: &[(&str, JobFn)] = &[
    (FOLLOW, |app, job| Box::pin(follow(app, job))),
    (SEND, |app, job| Box::pin(send(app, job))),
    (DAILY, |app, job| Box::pin(daily::for_each_body(app, job, DAILY, CHECK))),
    (CHECK, |app, job| Box::pin(check(app, job))),
];

/// Copies that one job looks at: each may take as long as a request may, and a job's lease is a minute.
const STEP: u64 = 3;
/// How long after a withdrawal the check still looks, in milliseconds.
const AFTER: i64 = 90 * 86_400_000;

async fn follow(app: App, job: Job) -> Result<(), Error> {
    let (law, wired) = (app.law(), app.outlet.is_wired());
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        store::follow(act, law, wired, &job.arg).await
    };
    app.store.act(Actor::Job(FOLLOW), app.clock.now(), work).await.map(Done::into_inner)
}

/// Sends or removes one copy. What is no longer to be done ends without a word to anybody.
async fn send(app: App, job: Job) -> Result<(), Error> {
    let copy = outlet_copy::Entity::find_by_id(&job.arg).one(app.store.read()).await?;
    let due = |c: &outlet_copy::Model| matches!(c.state(), Ok(State::Waiting | State::Failed));
    let Some(copy) = copy.filter(|c| due(c) && app.outlet.is_wired()) else { return over(&app, job).await };
    let json = match copy.wanted {
        0 => None,
        version => match paper::shown(&app, &copy.record).await?.filter(|s| s.row.version == version) {
            // Something newer became public meanwhile, or nothing is: the job of that act follows.
            None => return over(&app, job).await,
            shown => shown,
        },
    };
    let copy = touched(&app, copy).await?;
    let key = rules::key(&copy.record, copy.wanted, &copy.outlet);
    let outcome = match &json {
        Some(shown) => {
            let placed = app.outlet.put(&paper::id_of(&shown.row.index_no), &key, paper::payload(&app, shown)).await;
            placed.map(|placed| placed.address)
        }
        None => remove(&app, &copy, &key).await?,
    };
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let now = outlet_copy::Entity::find_by_id(&copy.id).one(act).await?.ok_or(Error::NotFound)?;
        if now.version != copy.version {
            act.journal("outlet-overtaken", &format!("record:{}", copy.record));
            return Ok(());
        }
        match &outcome {
            Ok(address) => store::done(act, &copy, address).await,
            Err(why) => store::failed(act, &copy, why).await,
        }
    };
    app.store.act(Actor::Job(SEND), app.clock.now(), work).await.map(Done::into_inner)
}

async fn remove(app: &App, copy: &outlet_copy::Model, key: &str) -> Result<Result<String, Failed>, Error> {
    let id = paper::index_of(app.store.read(), &copy.record).await?.map(|index_no| paper::id_of(&index_no));
    let Some(id) = id else { return Ok(Err(Fault::Garbled.into())) };
    Ok(app.outlet.remove(&id, key).await.map(|()| String::new()))
}

/// From before the first attempt the copy counts as one that may stand there: a power cut must not forget it.
async fn touched(app: &App, copy: outlet_copy::Model) -> Result<outlet_copy::Model, Error> {
    if copy.touched != 0 {
        return Ok(copy);
    }
    let work = async move |act: &mut Act| store::touch(act, &copy).await;
    app.store.act(Actor::Job(SEND), app.clock.now(), work).await.map(Done::into_inner)
}

async fn over(app: &App, job: Job) -> Result<(), Error> {
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        act.journal("outlet-stands", "outlet");
        Ok(())
    };
    app.store.act(Actor::Job(SEND), app.clock.now(), work).await.map(Done::into_inner)
}

/// Looks at some copies of a body, then queues itself for the next. The argument is the body, and the copy looked at
/// last.
async fn check(app: App, job: Job) -> Result<(), Error> {
    use outlet_copy::Column::{At, Body, Id, State as Stands, Touched};
    let (body, after) = job.arg.split_once(' ').unwrap_or((&job.arg, ""));
    let since = app.clock.now().0 - AFTER;
    let lately = Condition::all().add(Stands.eq(State::Gone.word())).add(At.gt(since));
    let some: Vec<outlet_copy::Model> = outlet_copy::Entity::find()
        .filter(Body.eq(body))
        .filter(Id.gt(after))
        .filter(Condition::any().add(Touched.eq(1)).add(lately))
        .order_by_asc(Id)
        .limit(STEP)
        .all(app.store.read())
        .await?;
    let mut seen = vec![];
    for copy in &some {
        seen.push(look(&app, copy).await?);
    }
    let body = body.to_owned();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        for (copy, looked) in some.iter().zip(&seen) {
            match looked {
                Looked::At(wrong) => store::found(act, copy, *wrong).await?,
                Looked::Again => act.queue(SEND, &copy.id, act.now),
                Looked::Not => {}
            }
        }
        if let Some(last) = some.last().filter(|_| some.len() as u64 == STEP) {
            act.queue(CHECK, &format!("{body} {}", last.id), act.now);
        }
        let wrong = seen.iter().filter(|l| matches!(l, Looked::At(Some(_)))).count();
        act.journal_with(CHECK, "outlet", serde_json::json!({ "seen": some.len(), "wrong": wrong }));
        Ok(())
    };
    app.store.act(Actor::Job(CHECK), app.clock.now(), work).await.map(Done::into_inner)
}

/// What came of looking at a copy.
enum Looked {
    At(Option<Found>),
    /// It failed, and is worth another try.
    Again,
    /// There is nothing to ask, or nobody answered: what was found before stands.
    Not,
}

async fn look(app: &App, copy: &outlet_copy::Model) -> Result<Looked, Error> {
    let (state, way) = (copy.state()?, copy.way()?);
    let wired = way == Way::Interface && app.outlet.is_wired();
    match state {
        // While it has tries left, a job for the next one waits.
        State::Failed if wired && is_given_up(copy) => Ok(Looked::Again),
        State::Sent | State::Gone if wired => ask(app, copy).await,
        State::Sent | State::Gone if way.has_address() => visit(app, copy).await,
        _ => Ok(Looked::Not),
    }
}

/// Its tries are over, and what went wrong may have passed.
fn is_given_up(copy: &outlet_copy::Model) -> bool {
    rules::back_off(copy.tries).is_none() && Fault::parse(&copy.fault).is_some_and(Fault::passes)
}

/// By the interface: the digest of what stands there against that of our page.
async fn ask(app: &App, copy: &outlet_copy::Model) -> Result<Looked, Error> {
    let Some(index_no) = paper::index_of(app.store.read(), &copy.record).await? else { return Ok(Looked::Not) };
    let ours = match copy.sent {
        0 => None,
        version => match paper::shown(app, &copy.record).await?.filter(|s| s.row.version == version) {
            Some(shown) => Some(paper::digest(&shown)),
            // A newer version is on its way.
            None => return Ok(Looked::Not),
        },
    };
    let there = match app.outlet.look(&paper::id_of(&index_no)).await {
        Ok(there) => there,
        Err(_) => return Ok(Looked::Not),
    };
    Ok(Looked::At(rules::compare(ours.as_deref(), there.as_ref().map(|placed| placed.sha256.as_str()))))
}

/// By the address that a person brought back, on the site that the table names: the page is there and bears the title.
async fn visit(app: &App, copy: &outlet_copy::Model) -> Result<Looked, Error> {
    let table = store::table(app.store.read(), app.law(), &copy.body).await?;
    let site = table.find(&copy.outlet).map(|outlet| outlet.site.clone()).unwrap_or_default();
    if site.is_empty() || !copy.address.starts_with(&site) {
        return Ok(Looked::Not);
    }
    let title = last_title(app, &copy.record).await?;
    let Ok(there) = app.outlet.visit(&copy.address).await else { return Ok(Looked::Not) };
    let bears = |page: &String| squeezed(page).contains(&squeezed(&title));
    Ok(Looked::At(match (copy.sent, there) {
        (0, page) => page.filter(bears).map(|_| Found::Still),
        (_, None) => Some(Found::Missing),
        (_, Some(page)) => (!bears(&page)).then_some(Found::Different),
    }))
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The title under which a record was public last.
async fn last_title(app: &App, record: &str) -> Result<String, Error> {
    let read = app.store.read();
    let published = publication::Entity::find()
        .filter(publication::Column::Record.eq(record))
        .filter(publication::Column::Revision.is_not_null())
        .order_by_desc(publication::Column::N)
        .one(read)
        .await?;
    let revision = published.and_then(|p| p.revision).ok_or(Error::NotFound)?;
    let row = revision::Entity::find_by_id(revision).one(read).await?.ok_or(Error::NotFound)?;
    Ok(crate::record::store::to_revision(row, None)?.paper.title)
}
