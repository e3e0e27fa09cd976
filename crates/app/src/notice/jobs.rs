//! The jobs: a cause becomes a notice where somebody wants one, and the notice is sent. The address is opened here.

use super::mail;
use super::model::{Cause, Failed, Fault, State};
use super::rules::{self, Thing};
use super::sms;
use super::store::{self, New, notice};
use crate::account::store::staff;
use crate::body::Body;
use crate::submission::model::COMMENT;
use crate::submission::store::submission;
use crate::submission::wish::{self, TELL, Way};
use crate::{App, JobFn, daily};
use ::store::{Act, Actor, Done, Error, Job};
use kernel::Day;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

pub const SEND: &str = "notice-send";
pub const TELL_ALL: &str = "notice-tell-all";
pub const DAILY: &str = "notice-daily";
const TIDY: &str = "notice-tidy";

pub const JOBS: &[(&str, JobFn)] = &[
    (TELL, |app, job| Box::pin(tell(app, job))),
    (TELL_ALL, |app, job| Box::pin(tell_all_of(app, job))),
    (SEND, |app, job| Box::pin(send(app, job))),
    (DAILY, |app, job| Box::pin(daily::for_each_body(app, job, DAILY, TIDY))),
    (TIDY, |app, job| Box::pin(tidy(app, job))),
];

/// Submissions that one job looks at.
const STEP: u64 = 200;

/// Whoever commented on a thing (`matter:…`) is told that it is answered, if he wishes it.
pub fn tell_all(act: &mut Act, about: &str, number: &str) {
    act.queue(TELL_ALL, &format!("{about} {number} "), act.now);
}

/// `received submission:… 依申请〔2026〕18号`, `near staff:… 依申请〔2026〕18号 2026-11-30`.
fn parsed(arg: &str) -> Option<(Cause, &str, &str, Option<Day>)> {
    let mut parts = arg.split(' ');
    let (cause, about) = (Cause::parse(parts.next()?)?, parts.next()?);
    Some((cause, about, parts.next().unwrap_or_default(), parts.next().and_then(Day::parse)))
}

async fn tell(app: App, job: Job) -> Result<(), Error> {
    let (cause, about, number, due) = parsed(&job.arg).ok_or_else(|| Error::fault("a notice about nothing"))?;
    let new = match whom(&app, about).await? {
        Some(to) if app.notice.offered(&to.body).has(to.way) => Some(New {
            body: to.body,
            about: about.into(),
            cause,
            number: number.into(),
            due,
            way: to.way,
            address_key: app.sealer.look_up("notice", &to.address.to_lowercase()),
        }),
        _ => None,
    };
    let about = about.to_owned();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        match &new {
            Some(new) => store::add(act, new).await,
            None => {
                act.journal("notice-not-wanted", &about);
                Ok(())
            }
        }
    };
    app.store.act(Actor::Job(TELL), app.clock.now(), work).await.map(Done::into_inner)
}

/// Who is told.
struct To {
    body: String,
    way: Way,
    address: String,
    /// Of the submission; empty for staff.
    kind: String,
}

/// `None` where nobody is there any more, or wishes nothing.
async fn whom(app: &App, about: &str) -> Result<Option<To>, Error> {
    let read = app.store.read();
    if let Some(id) = about.strip_prefix("staff:") {
        let row = staff::Entity::find_by_id(id).one(read).await?.filter(|row| row.disabled_at.is_none());
        let to = store::staff(read, &app.sealer, id).await?;
        let to = row.zip(to);
        return Ok(to.map(|(row, (way, address))| To { body: row.body, way, address, kind: String::new() }));
    }
    let Some(id) = about.strip_prefix("submission:") else { return Ok(None) };
    let Some(row) = submission::Entity::find_by_id(id).one(read).await? else { return Ok(None) };
    let to = wish::of(&row, &app.sealer)?;
    Ok(to.map(|(way, address)| To { body: row.body, way, address, kind: row.kind }))
}

/// Queues a job for each of some comments, then itself for the next. The argument is the thing, its number, and the
/// comment looked at last.
async fn tell_all_of(app: App, job: Job) -> Result<(), Error> {
    let mut parts = job.arg.split(' ');
    let mut part = || parts.next().unwrap_or_default().to_owned();
    let (about, number, after) = (part(), part(), part());
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let some = submission::Entity::find()
            .filter(submission::Column::About.eq(&about))
            .filter(submission::Column::Kind.eq(COMMENT))
            .filter(submission::Column::Id.gt(&after))
            .order_by_asc(submission::Column::Id)
            .limit(STEP)
            .all(act)
            .await?;
        for row in &some {
            wish::tell(act, wish::Cause::Answered, &row.id, &number);
        }
        if let Some(last) = some.last().filter(|_| some.len() as u64 == STEP) {
            act.queue(TELL_ALL, &format!("{about} {number} {}", last.id), act.now);
        }
        act.journal_with(TELL_ALL, &about, serde_json::json!({ "n": some.len() }));
        Ok(())
    };
    app.store.act(Actor::Job(TELL_ALL), app.clock.now(), work).await.map(Done::into_inner)
}

/// Sends one notice. What is no longer to be sent ends without a word to anybody.
async fn send(app: App, job: Job) -> Result<(), Error> {
    let row = notice::Entity::find_by_id(&job.arg).one(app.store.read()).await?;
    let due = |row: &notice::Model| matches!(row.state(), Ok(State::Waiting | State::Failed));
    let outcome = match row.filter(due) {
        None => None,
        Some(row) => match whom(&app, &row.about).await? {
            None => Some((row, Outcome::Nobody)),
            Some(to) => {
                let outcome = deliver(&app, &row, &to).await?;
                Some((row, outcome))
            }
        },
    };
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let Some((row, outcome)) = &outcome else {
            act.journal("notice-stands", "notice");
            return Ok(());
        };
        match outcome {
            Outcome::Sent => store::sent(act, row).await,
            Outcome::Failed(why) => store::failed(act, row, why).await,
            Outcome::Nobody => store::dropped(act, row).await,
        }
    };
    app.store.act(Actor::Job(SEND), app.clock.now(), work).await.map(Done::into_inner)
}

enum Outcome {
    Sent,
    Failed(Failed),
    /// The words are erased, or the wish is gone.
    Nobody,
}

async fn deliver(app: &App, row: &notice::Model, to: &To) -> Result<Outcome, Error> {
    let bodies = app.bodies();
    let body = bodies.iter().find(|b| b.id == row.body).ok_or(Error::NotFound)?;
    let due = Day::parse(&row.due).map(Day::zh).unwrap_or_default();
    let thing = Thing { kind: &to.kind, number: &row.number, due: &due };
    let text = rules::text(row.cause()?, thing, &body.name, &site(app, body));
    let (settings, _) = store::settings(app.store.read(), &app.sealer, &row.body).await?;
    let cause = row.cause()?.word();
    let sending = Sending { id: &row.id, to: &to.address, body, text: &text, number: &row.number, cause };
    Ok(match sending.by(app, row.way()?, &settings).await {
        Ok(()) => Outcome::Sent,
        Err(why) => Outcome::Failed(why),
    })
}

/// The portal's address without a slash at the end; empty where it has none.
pub fn site(app: &App, body: &Body) -> String {
    match body.profile.domain.as_str() {
        "" => app.base_url.clone(),
        domain => format!("https://{domain}"),
    }
}

/// One notice, with all that a way needs of it.
pub struct Sending<'a> {
    pub id: &'a str,
    pub to: &'a str,
    pub body: &'a Body,
    pub text: &'a super::model::Text,
    pub number: &'a str,
    pub cause: &'a str,
}

impl Sending<'_> {
    pub async fn by(&self, app: &App, way: Way, settings: &super::model::Settings) -> Result<(), Failed> {
        let Sending { id, to, body, text, number, cause } = *self;
        match way {
            Way::Mail => {
                let server = settings.mail.as_ref().ok_or(Fault::Unset)?;
                mail::send(server, &mail::Letter { id, to, body: &body.name, text, now: app.clock.now() }).await
            }
            Way::Sms => {
                let gateway = settings.sms.as_ref().ok_or(Fault::Unset)?;
                let message = sms::Message { id, phone: to, words: &text.words, number, cause };
                sms::send(&app.notice, gateway, &message).await
            }
        }
    }
}

async fn tidy(app: App, job: Job) -> Result<(), Error> {
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        store::tidy(act, &job.arg).await
    };
    app.store.act(Actor::Job(TIDY), app.clock.now(), work).await.map(Done::into_inner)
}
