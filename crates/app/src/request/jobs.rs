//! From submission to case. A member of the public writes submissions and nothing else; what follows is done by this
//! job, at once by whoever took the submission in, and again by the queue, which finds it done.

use super::files;
use super::kind::KIND;
use crate::matter::case::{Matter, Moment};
use crate::matter::kind::By;
use crate::matter::step::{Doer, Input, Verdict, Wish};
use crate::matter::store::{self, Birth};
use crate::submission::model::{FOLLOW_UP, REQUEST};
use crate::submission::{remedy, store::submission};
use crate::{App, JobFn};
use ::store::{Act, Actor, Done, Error, Job};
use sea_orm::EntityTrait;

pub const TAKE_IN: &str = "request-take-in";
/// The word of the register: 依申请〔2026〕18号.
pub const WORD: &str = "依申请";

pub const JOBS: &[(&str, JobFn)] =
    &[(TAKE_IN, |app, job| Box::pin(queued(app, job))), (files::ERASE, |app, job| Box::pin(files::erase(app, job)))];

async fn queued(app: App, job: Job) -> Result<(), Error> {
    let own = app.clone();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        admit(act, &own, &job.arg).await
    };
    app.store.act(Actor::Job(TAKE_IN), app.clock.now(), work).await.map(Done::into_inner)
}

/// Makes what a submission asks for; what was made already stays.
pub async fn take_in(app: &App, id: &str) -> Result<(), Error> {
    let (own, id) = (app.clone(), id.to_owned());
    let work = async move |act: &mut Act| admit(act, &own, &id).await;
    app.store.act(Actor::Job(TAKE_IN), app.clock.now(), work).await.map(Done::into_inner)
}

/// The field that holds the submission of a holder's move.
pub fn field(name: &str) -> Option<&'static str> {
    [("supplement", "supplement"), ("withdraw", "withdrawal"), ("collect", "collected")]
        .into_iter()
        .find_map(|(of, field)| (of == name).then_some(field))
}

pub fn holder() -> Doer {
    Doer { may: vec![By::Holder], who: "holder".into() }
}

async fn admit(act: &mut Act, app: &App, id: &str) -> Result<(), Error> {
    let row = submission::Entity::find_by_id(id).one(act).await?.ok_or(Error::NotFound)?;
    let bodies = app.bodies();
    let body = bodies.iter().find(|b| b.id == row.body).ok_or(Error::NotFound)?;
    let offices = remedy::gaps(&body.profile).is_empty();
    // It counts from the moment at which it came, whenever the job ran.
    let at = Moment { law: app.law(), now: row.received(), offices };
    act.journal("take-in", &format!("submission:{id}"));
    match row.kind.as_str() {
        REQUEST => take_up(act, app, &row, at).await,
        FOLLOW_UP => follow(act, app, &row, at).await,
        _ => Err(Error::fault("a submission that no application sent")),
    }
}

async fn take_up(act: &mut Act, app: &App, row: &submission::Model, at: Moment) -> Result<(), Error> {
    if !store::of_holder(act, &app.sealer, &KIND, &row.id).await?.is_empty() {
        return Ok(());
    }
    let input = Input::from([("application".into(), row.id.clone()), ("class".into(), row.topic.clone())]);
    let (doer, born) = (holder(), Matter::new());
    let wish = Wish { name: "apply", row: None, input: &input, doer: &doer, token: &row.id };
    let Ok(Verdict::Step(step)) = KIND.step(&born, &wish, at) else {
        return Err(Error::fault("an application that was received cannot be refused"));
    };
    let birth = Birth { body: &row.body, word: WORD, holder: &row.id, at };
    store::begin_case(act, &app.sealer, &KIND, &birth, &step).await.map(drop)
}

/// A supplement, a withdrawal, a confirmation. Where staff were faster it changes nothing, and lies with the case.
async fn follow(act: &mut Act, app: &App, row: &submission::Model, at: Moment) -> Result<(), Error> {
    let case = row.about.strip_prefix("matter:").ok_or_else(|| Error::fault("a follow-up to nothing"))?;
    let on = store::load(act, &app.sealer, &KIND, &row.body, case).await?;
    let Some(field) = field(&row.topic) else { return Err(Error::fault("a follow-up that is no move")) };
    let input = Input::from([(field.to_owned(), row.id.clone())]);
    let doer = holder();
    let wish = Wish { name: &row.topic, row: None, input: &input, doer: &doer, token: &row.id };
    match KIND.step(&on.case, &wish, at) {
        Ok(Verdict::Step(step)) => store::advance(act, &app.sealer, &KIND, &on, (&step, None), at).await,
        Ok(Verdict::Again(_)) => Ok(()),
        Err(_) => {
            act.journal("holder-was-late", &on.about());
            Ok(())
        }
    }
}
