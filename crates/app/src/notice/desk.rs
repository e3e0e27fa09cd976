//! The console of notices: the mail server and the gateway, a trial, what waits and what failed, who changed what.

use super::form;
use super::jobs::{Sending, site};
use super::model::{Cause, Failed, Fault, Mail, Settings, Sms, State, Tls};
use super::rules::{self, Thing};
use super::store::{self, notice};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{Duty, store as accounts};
use crate::edge::{Failure, html_as, see, status_of};
use crate::posted::Posted;
use crate::submission::model::REQUEST;
use crate::submission::wish::{self, Way};
use crate::ui::{Choice, DeskFrame, Figure, Tag, Tone};
use ::store::{Act, Error, journal};
use askama::Template;
use axum::response::Response;
use kernel::{Instant, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

const HERE: &str = "/desk/notice";
const WHO: Who = Who::Duty(&[Duty::Administration]);
/// Lines of a list.
const SHOWN: u64 = 50;
/// The number in a trial.
const TRIAL: &str = "试发";

pub fn routes() -> Vec<Route> {
    vec![
        get(HERE, WHO, page),
        post(HERE, WHO, save),
        post("/desk/notice/test", WHO, test),
        post("/desk/notice/queue", WHO, settle),
    ]
}

/// A notice in the queue. No address: it stands nowhere but sealed.
struct Line {
    id: String,
    cause: &'static str,
    number: String,
    way: &'static str,
    tag: Tag,
    says: String,
    at: Instant,
    version: i64,
    is_stuck: bool,
}

/// What an administrator did.
struct Change {
    who: String,
    what: &'static str,
    at: Instant,
}

#[derive(Template)]
#[template(path = "notice/page.html")]
struct Page {
    frame: DeskFrame,
    mail: Posted,
    sms: Posted,
    tls: Vec<Choice>,
    has_mail: bool,
    has_sms: bool,
    has_password: bool,
    has_secret: bool,
    trial: Posted,
    ways: Vec<Choice>,
    places: String,
    figures: Vec<Figure>,
    lines: Vec<Line>,
    changes: Vec<Change>,
    version: i64,
}

impl Page {
    fn places_hint(&self) -> String {
        format!("一个 JSON 对象。引号里可以写：{}", self.places)
    }
}

/// What was typed, where something was refused.
#[derive(Default)]
struct Typed {
    mail: Option<Posted>,
    sms: Option<Posted>,
    trial: Option<Posted>,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    show(&desk, Typed::default(), vec![]).await
}

async fn show(desk: &Desk, typed: Typed, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (settings, version) = store::settings(desk.read(), &desk.app.sealer, &desk.body.id).await?;
    let wanted = State::parse(&desk.asked("state"));
    let status = status_of(&errors);
    let mut frame = desk.frame("通知", HERE);
    frame.errors = errors;
    let (mail, sms) = (settings.mail.as_ref(), settings.sms.as_ref());
    let offered = Way::ALL.into_iter().filter(|way| settings.has(*way));
    html_as(
        status,
        &Page {
            frame,
            mail: typed.mail.unwrap_or_else(|| mail.map_or_else(Posted::default, form::of_mail)),
            sms: typed.sms.unwrap_or_else(|| sms.map_or_else(Posted::default, form::of_sms)),
            tls: Tls::ALL.into_iter().map(|tls| Choice::new(tls.word(), tls.zh())).collect(),
            has_mail: mail.is_some(),
            has_sms: sms.is_some(),
            has_password: mail.is_some_and(|m: &Mail| !m.password.is_empty()),
            has_secret: sms.is_some_and(|s: &Sms| !s.secret.is_empty()),
            trial: typed.trial.unwrap_or_default(),
            ways: offered.map(|way| Choice::new(way.word(), way.zh())).collect(),
            places: rules::PLACES.join(" "),
            figures: figures(desk).await?,
            lines: lines(desk, wanted).await?,
            changes: changes(desk).await?,
            version,
        },
    )
}

fn find(desk: &Desk, state: State) -> sea_orm::Select<notice::Entity> {
    let mine = notice::Entity::find().filter(notice::Column::Body.eq(&desk.body.id));
    mine.filter(notice::Column::State.eq(state.word()))
}

/// Every number leads to its list.
async fn figures(desk: &Desk) -> Result<Vec<Figure>, Error> {
    let mut all = vec![];
    for state in State::ALL {
        all.push(figure(state, find(desk, state).count(desk.read()).await?));
    }
    Ok(all)
}

fn figure(state: State, total: u64) -> Figure {
    Figure {
        label: state.zh().into(),
        number: total.to_string(),
        unit: "件",
        href: crate::ui::href(HERE, &[("state", state.word())]),
        tone: if total > 0 && state == State::Failed { Tone::Late } else { Tone::Plain },
    }
}

/// What did not go out, for whoever keeps the house; nothing where all went.
pub async fn pressing(desk: &Desk) -> Result<Option<Figure>, Error> {
    if !desk.me.has(Duty::Administration) {
        return Ok(None);
    }
    let total = find(desk, State::Failed).count(desk.read()).await?;
    Ok((total > 0).then(|| figure(State::Failed, total)))
}

/// The newest of a state, or of what has not gone out.
async fn lines(desk: &Desk, wanted: Option<State>) -> Result<Vec<Line>, Error> {
    let states = wanted.map_or(vec![State::Failed.word(), State::Waiting.word()], |state| vec![state.word()]);
    let rows = notice::Entity::find()
        .filter(notice::Column::Body.eq(&desk.body.id))
        .filter(notice::Column::State.is_in(states))
        .order_by_desc(notice::Column::At)
        .order_by_desc(notice::Column::Id)
        .limit(SHOWN)
        .all(desk.read())
        .await?;
    rows.into_iter().map(line).collect()
}

fn line(row: notice::Model) -> Result<Line, Error> {
    let (state, fault) = (row.state()?, row.fault());
    let given_up = rules::is_given_up(fault, row.tries);
    let is_stuck = state == State::Failed;
    let mut says = told(fault, &row.code);
    if is_stuck {
        let next = if given_up { "不再自动重试" } else { "会自动再试" };
        says = format!("{says}。已试 {} 次，{next}", row.tries);
    }
    Ok(Line {
        cause: row.cause()?.zh(),
        way: row.way()?.zh(),
        tag: state.tag(),
        says,
        at: Instant(row.at),
        version: row.version,
        is_stuck,
        number: row.number,
        id: row.id,
    })
}

fn told(fault: Option<Fault>, code: &str) -> String {
    match fault {
        Some(fault) if !code.is_empty() => format!("{}（回答 {code}）", fault.zh()),
        Some(fault) => fault.zh().to_owned(),
        None => String::new(),
    }
}

async fn changes(desk: &Desk) -> Result<Vec<Change>, Error> {
    let about = format!("body:{}", desk.body.id);
    let rows = journal::Entity::find()
        .filter(journal::Column::About.eq(about))
        .filter(journal::Column::What.is_in(["set-notice", "notice-test"]))
        .order_by_desc(journal::Column::Id)
        .limit(SHOWN)
        .all(desk.read())
        .await?;
    let ids: Vec<String> = rows.iter().filter_map(|r| r.actor.strip_prefix("staff:").map(str::to_owned)).collect();
    let names: HashMap<String, String> = accounts::names(desk.read(), &ids).await?.into_iter().collect();
    let change = |row: &journal::Model| Change {
        who: row.actor.strip_prefix("staff:").and_then(|id| names.get(id)).cloned().unwrap_or_default(),
        what: if row.what == "set-notice" { "修改设置" } else { "试发" },
        at: Instant(row.at),
    };
    Ok(rows.iter().map(change).collect())
}

async fn save(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (before, _) = store::settings(desk.read(), &desk.app.sealer, &desk.body.id).await?;
    let fresh = match form::read(&form, &before) {
        Ok(fresh) => fresh,
        Err(why) if form.get("do") == "sms" => {
            return show(&desk, Typed { sms: Some(form), ..Typed::default() }, why).await;
        }
        Err(why) => return show(&desk, Typed { mail: Some(form), ..Typed::default() }, why).await,
    };
    let (sealer, body, seen) = (desk.app.sealer.clone(), desk.body.id.clone(), form.number("version")?);
    let work = async move |act: &mut Act| store::set(act, &sealer, &body, &fresh, seen).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    store::reload(&desk.app).await?;
    Ok(see("/desk/notice?said=saved"))
}

/// Sends one at once, before any act, and says what came of it. The address is not kept, and not journalled.
async fn test(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (settings, _) = store::settings(desk.read(), &desk.app.sealer, &desk.body.id).await?;
    let way = match wish::read(&form, "to", "to") {
        Ok(Some(way)) => way,
        Ok(None) => {
            let why = vec![Refusal::new("notice", "请选择试发邮件还是短信。").at("notice")];
            return show(&desk, Typed { trial: Some(form), ..Typed::default() }, why).await;
        }
        Err(why) => return show(&desk, Typed { trial: Some(form), ..Typed::default() }, vec![why]).await,
    };
    let outcome = try_out(&desk, way, form.get("to"), &settings).await;
    let about = format!("body:{}", desk.body.id);
    let fault = outcome.as_ref().err().map_or("", |why| why.fault.word());
    let work = async move |act: &mut Act| {
        act.journal_with("notice-test", &about, serde_json::json!({ "way": way.word(), "fault": fault }));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    match outcome {
        Ok(()) => Ok(see("/desk/notice?said=notice-tried")),
        Err(why) => {
            let says = format!("没有发出：{}。", told(Some(why.fault), &why.code));
            let why = vec![Refusal::new("not-sent", says).at("to")];
            show(&desk, Typed { trial: Some(form), ..Typed::default() }, why).await
        }
    }
}

async fn try_out(desk: &Desk, way: Way, to: &str, settings: &Settings) -> Result<(), Failed> {
    let cause = Cause::Sender(wish::Cause::Received);
    let thing = Thing { kind: REQUEST, number: TRIAL, due: "" };
    let text = rules::text(cause, thing, &desk.body.name, &site(&desk.app, &desk.body));
    let id = crate::account::store::Secret::random().0;
    let sending = Sending { id: &id, to, body: &desk.body, text: &text, number: TRIAL, cause: cause.word() };
    sending.by(&desk.app, way, settings).await
}

/// A person has a failed notice tried again, or settles that nobody need be told.
async fn settle(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let row = notice::Entity::find_by_id(form.get("id")).one(desk.read()).await?;
    let row = row.filter(|row| row.body == desk.body.id).ok_or(Error::NotFound)?;
    let (again, seen) = (form.get("do") == "again", form.number("seen")?);
    if row.state()? != State::Failed || row.version != seen {
        return Err(Error::Conflict.into());
    }
    let work = async move |act: &mut Act| match again {
        true => store::again(act, &row).await,
        false => store::dropped(act, &row).await,
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/notice?said=notice-settled"))
}
