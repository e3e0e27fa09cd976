//! The decision's pages: what waits, the list and its sample, each sampled page opened and ticked, the signature.

use super::rules;
use super::store::{self, Counts};
use super::table::{backfill_decision, backfill_sample};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{Duty, again, store as accounts};
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::record::backfill::backfill as page;
use crate::record::show;
use crate::ui::{DeskFrame, Fact, Html, Tag, Tone, Value};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Day, Instant, Refusal, notation};
use rand::RngCore;
use sea_orm::EntityTrait;

const LOOK: Who = Who::Duty(Duty::LOOK);
const PREPARE: Who = Who::Duty(&[Duty::Draft]);
const SIGN: Who = Who::Duty(&[Duty::SecrecyReview]);
/// Who prepared it may take it back, who would sign it may send it back.
const CLOSE: Who = Who::Duty(&[Duty::Draft, Duty::SecrecyReview]);
/// The term that the form offers, in days.
const USUAL: i32 = 14;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/backfill", LOOK, list),
        post("/desk/backfill", PREPARE, prepare),
        get("/desk/backfill/{id}", LOOK, one),
        get("/desk/backfill/{id}/list", LOOK, text),
        get("/desk/backfill/{id}/sample/{n}", LOOK, sample),
        post("/desk/backfill/{id}/sample/{n}", SIGN, tick),
        post("/desk/backfill/{id}/sign", SIGN, sign),
        post("/desk/backfill/{id}/return", CLOSE, send_back),
    ]
}

/// Lists that wait for the signature of this person, with their pages and the last day of their term. For the inbox.
pub async fn waiting(desk: &Desk) -> Result<Vec<(i64, Day)>, Error> {
    if !desk.me.has(Duty::SecrecyReview) {
        return Ok(vec![]);
    }
    let all = store::decisions(desk.read(), &desk.body.id).await?.into_iter();
    let open = all.filter(|d| d.signed_at.is_none() && d.closed_at.is_none() && d.prepared_by != desk.me.id);
    let in_term = |until: Day| desk.now.day() <= until;
    Ok(open.filter_map(|d| Some((d.listed, Day::parse(&d.until).filter(|until| in_term(*until))?))).collect())
}

fn tag(row: &backfill_decision::Model, today: Day) -> Tag {
    let over = Day::parse(&row.until).is_some_and(|until| today > until);
    match (row.signed_at, row.closed_at) {
        (Some(_), Some(_)) if row.reason.is_empty() => Tag::new("已办完", Tone::Done),
        (_, Some(_)) => Tag::new("已结束", Tone::Plain),
        (Some(_), None) => Tag::new("正在公开", Tone::Info),
        (None, None) if over => Tag::new("期限已过", Tone::Late),
        (None, None) => Tag::new("等待签署", Tone::Near),
    }
}

struct Line {
    row: backfill_decision::Model,
    tag: Tag,
    prepared: Instant,
}

#[derive(Template)]
#[template(path = "intake/backfill/list.html")]
struct List {
    frame: DeskFrame,
    counts: Counts,
    /// How many of those that wait would be sampled.
    sampled: usize,
    lines: Vec<Line>,
    may_prepare: bool,
    until: String,
}

async fn list(desk: Desk) -> Result<Response, Failure> {
    let until = desk.now.day().plus(USUAL).to_string();
    show_list(&desk, vec![], until).await
}

async fn show_list(desk: &Desk, errors: Vec<Refusal>, until: String) -> Result<Response, Failure> {
    let today = desk.now.day();
    let rows = store::decisions(desk.read(), &desk.body.id).await?;
    let lines =
        rows.into_iter().map(|row| Line { tag: tag(&row, today), prepared: Instant(row.prepared_at), row }).collect();
    let counts = store::counts(desk.read(), &desk.body.id).await?;
    let (status, frame) = desk.form("旧页补录", "/desk/backfill", errors);
    let may_prepare = desk.me.has(Duty::Draft) && counts.waiting > 0;
    let sampled = rules::sampled(usize::try_from(counts.waiting).unwrap_or(usize::MAX));
    html_as(status, &List { frame, counts, sampled, lines, may_prepare, until })
}

async fn prepare(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let until = match rules::until(form.get("until"), desk.now.day()) {
        Ok(until) => until,
        Err(why) => return show_list(&desk, vec![why], form.get("until").to_owned()).await,
    };
    let (seed, body, me) = (rand::rng().next_u64(), desk.body.id.clone(), desk.me.clone());
    let work = async move |act: &mut Act| store::prepare(act, &body, &me, seed, until).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(see(&format!("/desk/backfill/{}?said=saved", done.into_inner()))),
        Err(Error::Refused(why)) => show_list(&desk, why, until.to_string()).await,
        Err(e) => Err(e.into()),
    }
}

#[derive(Template)]
#[template(path = "intake/backfill/one.html")]
struct One {
    frame: DeskFrame,
    row: backfill_decision::Model,
    tag: Tag,
    facts: Vec<Fact>,
    samples: Vec<backfill_sample::Model>,
    /// Of the sample, not opened yet.
    unopened: usize,
    /// Its term runs, nobody has signed, and this person holds the duty and had no part in it.
    may_sign: bool,
    may_close: bool,
    reason: String,
}

async fn one(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show(&desk, &id, vec![], String::new()).await
}

async fn show(desk: &Desk, id: &str, errors: Vec<Refusal>, reason: String) -> Result<Response, Failure> {
    let row = store::decision(desk.read(), &desk.body.id, id).await?;
    let samples = store::samples(desk.read(), id).await?;
    let names = [Some(row.prepared_by.clone()), row.signed_by.clone()].into_iter().flatten().collect::<Vec<_>>();
    let names = accounts::names(desk.read(), &names).await?;
    let name = |id: &str| names.iter().find(|(known, _)| known == id).map(|(_, n)| n.clone()).unwrap_or_default();
    let mut facts = vec![
        Fact::text("所列页数", row.listed.to_string()),
        Fact::code("名单摘要", &row.digest),
        Fact::code("抽样种子", &row.seed),
        Fact::text("抽样", format!("每 {} 页抽 1 页，共 {} 页", rules::ONE_IN, samples.len())),
        Fact::text("准备人", name(&row.prepared_by)),
        Fact::new("准备时间", Value::Moment(Instant(row.prepared_at))),
        Fact::text("有效期至", row.until.clone()),
    ];
    if let (Some(by), Some(at)) = (&row.signed_by, row.signed_at) {
        facts.push(Fact::text("签署人", name(by)));
        facts.push(Fact::new("签署时间", Value::Moment(Instant(at))));
    }
    if !row.reason.is_empty() {
        facts.push(Fact::text("结束原因", row.reason.clone()));
    }
    let open = row.signed_at.is_none() && row.closed_at.is_none();
    let in_term = Day::parse(&row.until).is_some_and(|until| desk.now.day() <= until);
    let may_sign = open && in_term && desk.me.has(Duty::SecrecyReview) && desk.me.id != row.prepared_by;
    let may_close = open && (desk.me.has(Duty::SecrecyReview) || desk.me.has(Duty::Draft));
    let unopened = samples.iter().filter(|s| s.verdict.is_empty()).count();
    let (status, frame) = desk.form("补录决定", "/desk/backfill", errors);
    let tag = tag(&row, desk.now.day());
    html_as(status, &One { frame, row, tag, facts, samples, unopened, may_sign, may_close, reason })
}

/// Every hash on the list, for who wants to reckon its digest.
async fn text(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    store::decision(desk.read(), &desk.body.id, &id).await?;
    let all = store::list_of(&store::listed(desk.read(), &desk.body.id, &id).await?);
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], all).into_response())
}

#[derive(Template)]
#[template(path = "intake/backfill/sample.html")]
struct Sample {
    frame: DeskFrame,
    decision: String,
    n: i64,
    of: usize,
    facts: Vec<Fact>,
    sheet: Html,
    verdict: String,
    may_tick: bool,
    hash: String,
}

async fn drawn(desk: &Desk, id: &str, n: i64) -> Result<(Vec<backfill_sample::Model>, usize), Error> {
    store::decision(desk.read(), &desk.body.id, id).await?;
    let all = store::samples(desk.read(), id).await?;
    let at = all.iter().position(|s| s.n == n).ok_or(Error::NotFound)?;
    Ok((all, at))
}

async fn sample(desk: Desk, Path((id, n)): Path<(String, i64)>) -> Result<Response, Failure> {
    let (all, at) = drawn(&desk, &id, n).await?;
    let decision = store::decision(desk.read(), &desk.body.id, &id).await?;
    let row = page::Entity::find_by_id(&all[at].page).one(desk.read()).await?.ok_or(Error::NotFound)?;
    let facts = vec![
        Fact::text("原网址", row.address.clone()),
        Fact::text("原公开日期", row.first_public.clone()),
        Fact::code("存档摘要", &row.capture),
        Fact::code("内容摘要", &row.hash),
    ];
    let open = decision.signed_at.is_none() && decision.closed_at.is_none();
    html(&Sample {
        frame: desk.frame(row.title.clone(), "/desk/backfill"),
        n,
        of: all.len(),
        facts,
        sheet: show::sheet(None, "", &row.title, &notation::parse(&row.text), ""),
        verdict: all[at].verdict.clone(),
        may_tick: open && desk.me.has(Duty::SecrecyReview) && desk.me.id != decision.prepared_by,
        hash: row.hash,
        decision: id,
    })
}

/// The tick stands on the page itself, and carries its hash: nobody ticks what they have not opened.
async fn tick(desk: Desk, Path((id, n)): Path<(String, i64)>, form: Posted) -> Result<Response, Failure> {
    let (all, at) = drawn(&desk, &id, n).await?;
    let decision = store::decision(desk.read(), &desk.body.id, &id).await?;
    let row = page::Entity::find_by_id(&all[at].page).one(desk.read()).await?.ok_or(Error::NotFound)?;
    let open = decision.signed_at.is_none() && decision.closed_at.is_none() && desk.me.id != decision.prepared_by;
    if !open || row.hash != form.get("hash") {
        return Err(Error::Conflict.into());
    }
    let (bad, sample, me) = (form.get("verdict") == "bad", all[at].clone(), desk.me.id.clone());
    let next = all.iter().find(|s| s.n != n && s.verdict.is_empty()).map(|s| s.n);
    let work = async move |act: &mut Act| {
        if bad {
            // One bad page in the sample speaks for fifty: the list is drawn up anew without it.
            store::to_desk(act, &row).await?;
            return store::close(act, &decision, "抽样发现不能公开的页，已转工作台。其余的重新准备。").await;
        }
        store::tick(act, &sample, &me).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let onward = next.filter(|_| !bad).map_or(String::new(), |n| format!("/sample/{n}"));
    Ok(see(&format!("/desk/backfill/{id}{onward}?said=saved")))
}

async fn sign(mut desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let why = again::prove(&mut desk, &form).await?;
    if !why.is_empty() {
        return show(&desk, &id, why, String::new()).await;
    }
    let (me, body, of, shown) = (desk.me.clone(), desk.body.id.clone(), id.clone(), form.get("digest").to_owned());
    let work = async move |act: &mut Act| {
        let row = store::decision(act, &body, &of).await?;
        store::sign(act, &row, &me, &shown).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see(&format!("/desk/backfill/{id}?said=saved"))),
        Err(Error::Refused(why)) => show(&desk, &id, why, String::new()).await,
        Err(e) => Err(e.into()),
    }
}

async fn send_back(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let row = store::decision(desk.read(), &desk.body.id, &id).await?;
    let reason = form.get("reason").to_owned();
    if reason.is_empty() || reason.chars().count() > 200 {
        let why = Refusal::new("reason-missing", "退回要写一句理由，最多 200 字。").at("reason");
        return show(&desk, &id, vec![why], reason).await;
    }
    if row.signed_at.is_some() || row.closed_at.is_some() {
        return Err(Error::Conflict.into());
    }
    let work = async move |act: &mut Act| store::close(act, &row, &reason).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/backfill?said=returned"))
}
