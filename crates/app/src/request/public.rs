//! The applicant's way in: look first, fill in, check, send. Nothing is kept for another reader, and nothing typed
//! stands in an address.

use super::application::{self, Application, By, FIELDS};
use super::desk::{Offers, offers};
use super::jobs::{TAKE_IN, take_in};
use super::kind::KIND;
use crate::App;
use crate::account::store::Secret;
use crate::catalogue::model::Query as Asked;
use crate::catalogue::{statutory, store as lists};
use crate::edge::{Failure, html, private, see, status_of};
use crate::floor::{EVERYWHERE, Listed};
use crate::matter::chart;
use crate::portal::Portal;
use crate::posted::Posted;
use crate::submission;
use crate::submission::model::REQUEST;
use crate::submission::public::note_secret;
use crate::submission::rules as letters;
use crate::submission::store::New;
use crate::ui::{self, Choice, Fact, Frame, Html};
use ::store::{Act, Actor, Error};
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use kernel::Refusal;
use std::collections::HashMap;

pub const APPLY: &str = "/disclosure/apply";
const FORM: &str = "/disclosure/apply/form";
/// Titles that are shown to somebody who looks first.
const FOUND: u64 = 5;

pub fn routes() -> Router<App> {
    Router::new()
        .route(APPLY, get(apply))
        .route(FORM, get(form).post(check))
        .route("/disclosure/apply/send", post(send))
        .route("/disclosure/apply/process", get(process))
}

#[derive(Template)]
#[template(path = "request/apply.html")]
struct Apply {
    frame: Frame,
    tree: Html,
    q: String,
    found: Vec<Listed>,
    /// The form, with what was looked for.
    form: String,
}

/// The companion of the statutory part, and the first step: perhaps it is public already.
async fn apply(portal: Portal, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let q = asked.get("q").map(|q| q.trim().to_owned()).unwrap_or_default();
    let found = if q.is_empty() { vec![] } else { found(&portal, &q).await? };
    let describes = "怎样申请公开政府信息：提交到哪里，写什么，多久答复，收不收费，不服怎么办。";
    let frame = statutory::frame(&portal, "依申请公开", describes);
    let form = ui::href(FORM, &[("wanted", &q)]);
    html(&Apply { tree: statutory::tree(&portal, APPLY, "依申请公开"), frame, q, found, form })
}

/// Public records whose title holds what is looked for.
async fn found(portal: &Portal, q: &str) -> Result<Vec<Listed>, Error> {
    let query = Asked { q: q.to_owned(), ..Asked::default() };
    lists::listed(&portal.public, &portal.body.id, EVERYWHERE, &query, (FOUND, 0)).await
}

#[derive(Template)]
#[template(path = "request/process.html")]
struct Process {
    frame: Frame,
    tree: Html,
    chart: Html,
}

async fn process(portal: Portal) -> Result<Response, Failure> {
    let title = "依申请公开办理流程";
    let frame = statutory::frame(&portal, title, "申请从提交到办结的每一步、下一步和依据。");
    html(&Process { tree: statutory::tree(&portal, APPLY, "依申请公开"), frame, chart: chart::chart(&KIND) })
}

#[derive(Template)]
#[template(path = "request/form.html")]
struct FormPage {
    frame: Frame,
    form: Posted,
    once: String,
    offers: Offers,
    /// How one may hear of it; empty where nothing is set up.
    notices: Vec<Choice>,
}

fn frame(portal: &Portal, title: &str, errors: Vec<Refusal>) -> Frame {
    let steps = [("政府信息公开", "/disclosure"), ("依申请公开", APPLY)];
    let mut frame = portal.frame(title).under("/disclosure", &steps).refused(errors);
    frame.path = FORM.into();
    frame
}

/// `?wanted=`: what was looked for in vain.
async fn form(portal: Portal, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let wanted = asked.get("wanted").map_or("", String::as_str);
    let form = Posted::of(&[("who", "person"), ("id_kind", "resident"), ("wanted", wanted)]);
    show_form(&portal, form, Secret::random().0, vec![])
}

fn show_form(portal: &Portal, form: Posted, once: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let status = status_of(&errors);
    let notices = portal.app.notice.offered(&portal.body.id).choices();
    let frame = frame(portal, "政府信息公开申请", errors);
    private(status, &FormPage { frame, form, once, offers: offers(), notices })
}

#[derive(Template)]
#[template(path = "request/check.html")]
struct CheckPage {
    frame: Frame,
    facts: Vec<Fact>,
    /// All that was typed, carried on.
    fields: Vec<(&'static str, String)>,
    once: String,
    found: Vec<Listed>,
}

/// What was filled in, to be read once more; or the form again.
async fn check(portal: Portal, form: Posted) -> Result<Response, Failure> {
    let once = form.get("once").to_owned();
    if form.get("do") == "edit" {
        return show_form(&portal, form, once, vec![]);
    }
    let application = match read(&portal, &form, &once).await? {
        Ok(application) => application,
        Err((why, once)) => return show_form(&portal, form, once, why),
    };
    let facts = application.words.lines.iter().map(|(label, text)| Fact::text(label.clone(), text.clone()));
    let page = CheckPage {
        frame: frame(&portal, "核对申请", vec![]),
        facts: facts.collect(),
        fields: FIELDS.iter().map(|name| (*name, form.text(name))).collect(),
        found: found(&portal, form.get("wanted")).await?,
        once,
    };
    private(StatusCode::OK, &page)
}

/// The application; or every reason against it, with the token for the next try.
async fn read(
    portal: &Portal,
    form: &Posted,
    once: &str,
) -> Result<Result<Application, (Vec<Refusal>, String)>, Failure> {
    let once = once.to_owned();
    let why = match application::read(form, By::Applicant, portal.now.day()) {
        Err(why) => why,
        Ok(_) if !letters::is_token(&once) => {
            let says = "这个页面开得太久，已失效。您填的内容还在，请再提交一次。";
            return Ok(Err((vec![Refusal::new("once", says)], Secret::random().0)));
        }
        // A field that no person sees. A person whose browser filled it in only has to press the button again.
        Ok(_) if !form.get("website").is_empty() => {
            let says = "这次提交像是程序自动填写的，没有收下。您填的内容还在，请核对后再提交一次。";
            vec![Refusal::new("trap", says)]
        }
        Ok(application) => return Ok(Ok(application)),
    };
    if why.iter().any(|r| r.code == letters::SECRET) {
        note_secret(portal).await?;
    }
    Ok(Err((why, once)))
}

/// Takes the application in: sealed and committed to before we say so; the case follows at once, or by the queue.
async fn send(portal: Portal, form: Posted) -> Result<Response, Failure> {
    let once = form.get("once").to_owned();
    let application = match read(&portal, &form, &once).await? {
        Ok(application) => application,
        Err((why, once)) => return show_form(&portal, form, once, why),
    };
    let app = &portal.app;
    let sending = application::sending(&once, &application);
    let to = format!("/disclosure/track/{}", submission::store::code(&app.sealer, &sending).plain());
    let (sealer, body, this) = (app.sealer.clone(), portal.body.id.clone(), sending.clone());
    let work = async move |act: &mut Act| {
        let (topic, bytes) = (application.class.choice().code, application.words.bytes());
        let channel = application.channel.choice().code;
        let new = New {
            body: &body,
            kind: REQUEST,
            topic,
            about: "",
            channel,
            bytes: &bytes,
            sending: &this,
            objects: false,
        };
        let id = submission::store::append(act, &sealer, &new).await?;
        act.queue(TAKE_IN, &id, act.now);
        Ok(id)
    };
    match app.store.act(Actor::Visitor, portal.now, work).await {
        Ok(done) => follow(app, &done.into_inner()).await,
        Err(Error::Conflict) if submission::store::is_in(app.store.read(), &app.sealer, &sending).await? => {}
        Err(e) => return Err(e.into()),
    }
    Ok(see(&to))
}

/// At once what the queue would do in a moment; where it fails here, the queue does it.
pub async fn follow(app: &App, id: &str) {
    if let Err(e) = take_in(app, id).await {
        tracing::warn!("a submission is left to the queue: {e}");
    }
}
