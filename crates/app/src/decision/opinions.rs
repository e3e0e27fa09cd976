//! What the public said of a draft, at the desk: read (and journalled), taken down from letters and meetings, put under
//! a point. The answer to a point is a move of the table.

use super::desk::LIST;
use super::kind::{HANDLES, KIND};
use super::model::Way;
use super::rules::ART_18;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::store::Secret;
use crate::edge::{Failure, html_as, see, status_of};
use crate::matter::store::{self, Loaded};
use crate::posted::Posted;
use crate::submission;
use crate::submission::model::{COMMENT, State, Words};
use crate::submission::rules::{secret_mark, too_long};
use crate::submission::store::{New, submission as letters};
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Hash, Instant, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use std::collections::BTreeMap;

::store::table! {
    sorted = "decision_sorted" { id: String, matter: String, point: i64, at: i64 }
}

const SAID_MAX: usize = 4000;
/// Comments on a page of the desk.
const PAGE: u64 = 50;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/decision/{id}/comments", Who::Duty(HANDLES), page),
        post("/desk/decision/{id}/comments", Who::Duty(HANDLES), enter),
        post("/desk/decision/{id}/sort", Who::Duty(HANDLES), sort),
    ]
}

/// A comment, unsealed.
struct Said {
    id: String,
    at: Instant,
    way: &'static str,
    passage: String,
    /// Empty once erased.
    lines: Vec<(String, String)>,
    /// The point it is under, as a choice; empty before.
    point: String,
}

#[derive(Template)]
#[template(path = "decision/comments.html")]
struct CommentsPage {
    frame: DeskFrame,
    back: String,
    number: String,
    ways: Vec<(Way, u64)>,
    unsorted: u32,
    said: Vec<Said>,
    points: Vec<Choice>,
    offers: Vec<Choice>,
    /// The address of the next page, where there are more.
    next: String,
    form: Posted,
    once: String,
    is_over: bool,
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show(&desk, &id, Posted::default(), Secret::random().0, vec![]).await
}

/// Journals before anything is shown.
async fn show(desk: &Desk, id: &str, form: Posted, once: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, id).await?;
    let about = on.about();
    let work = async move |act: &mut Act| {
        act.journal("open-matter", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let (status, back) = (status_of(&errors), format!("{LIST}/{id}"));
    let mut rows = some(desk, &on).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|r| crate::ui::href(&format!("{back}/comments"), &[("after", &r.id)]));
    let under = points_of(desk.read(), id).await?;
    let said = rows.into_iter().map(|row| said(desk, row, &under)).collect::<Result<_, Error>>()?;
    let mut frame = desk.frame("收到的意见", LIST);
    frame.errors = errors;
    let page = CommentsPage {
        number: on.row.number.clone(),
        ways: ways(desk.read(), &desk.body.id, &on).await?,
        unsorted: on.case.unsorted,
        said,
        points: points(&on),
        offers: Way::ALL.iter().skip(1).map(|w| Choice::new(w.choice().code, w.choice().zh)).collect(),
        next: next.unwrap_or_default(),
        is_over: on.row.state != super::kind::WORK.name,
        frame,
        back,
        form,
        once,
    };
    html_as(status, &page)
}

async fn some(desk: &Desk, on: &Loaded) -> Result<Vec<letters::Model>, Error> {
    let after = desk.asked("after");
    let find = of_case(&desk.body.id, &on.about()).filter(letters::Column::Id.gt(after));
    Ok(find.order_by_asc(letters::Column::Id).limit(PAGE + 1).all(desk.read()).await?)
}

fn of_case(body: &str, about: &str) -> sea_orm::Select<letters::Entity> {
    letters::Entity::find()
        .filter(letters::Column::Body.eq(body))
        .filter(letters::Column::About.eq(about))
        .filter(letters::Column::Kind.eq(COMMENT))
}

fn said(desk: &Desk, row: letters::Model, under: &BTreeMap<String, u32>) -> Result<Said, Error> {
    let lines = row.words(&desk.app.sealer)?.map(|w| w.lines).unwrap_or_default();
    let way = Way::ALL.iter().find(|w| w.choice().code == row.channel).map_or("", |w| w.choice().zh);
    let point = under.get(&row.id).map(u32::to_string).unwrap_or_default();
    Ok(Said { at: row.received(), way, passage: passage_zh(&row.topic), lines, point, id: row.id })
}

/// `p12@{digest}` is the thirteenth block of the draft in the revision of that digest.
pub fn passage_zh(topic: &str) -> String {
    let place = topic.split_once('@').map_or(topic, |(place, _)| place);
    match place.strip_prefix('p').and_then(|n| n.parse::<usize>().ok()) {
        Some(n) => format!("草案第 {} 段", n + 1),
        None => "全文".into(),
    }
}

fn points(on: &Loaded) -> Vec<Choice> {
    let rows = on.case.body["points"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value, most: usize| -> String {
        value.as_str().unwrap_or_default().chars().take(most).collect()
    };
    let choice = |r: &serde_json::Value| {
        let label = format!("{}. {}：{}", r["no"], text(&r["passage"], 12), text(&r["gist"], 24));
        Choice::new(r["no"].to_string(), label)
    };
    rows.iter().map(choice).collect()
}

/// How many came by which way, those with none left out.
pub async fn ways(db: &impl ConnectionTrait, body: &str, on: &Loaded) -> Result<Vec<(Way, u64)>, Error> {
    use sea_orm::PaginatorTrait;
    let mut all = vec![];
    for way in Way::ALL {
        let n = of_case(body, &on.about()).filter(letters::Column::Channel.eq(way.choice().code)).count(db).await?;
        all.extend((n > 0).then_some((*way, n)));
    }
    Ok(all)
}

async fn points_of(db: &impl ConnectionTrait, matter: &str) -> Result<BTreeMap<String, u32>, Error> {
    let rows = sorted::Entity::find().filter(sorted::Column::Matter.eq(matter)).all(db).await?;
    Ok(rows.into_iter().map(|r| (r.id, u32::try_from(r.point).unwrap_or(0))).collect())
}

/// How many comments are under each point.
pub async fn per_point(db: &impl ConnectionTrait, matter: &str) -> Result<BTreeMap<u32, u64>, Error> {
    let mut all = BTreeMap::new();
    for point in points_of(db, matter).await?.into_values() {
        *all.entry(point).or_insert(0) += 1;
    }
    Ok(all)
}

/// The point that a comment was put under.
pub async fn point_of(db: &impl ConnectionTrait, id: &str) -> Result<Option<u32>, Error> {
    let row = sorted::Entity::find_by_id(id).one(db).await?;
    Ok(row.and_then(|r| u32::try_from(r.point).ok()))
}

/// Takes down an opinion that came by letter, in a meeting, by a survey, or from a body that was asked.
async fn enter(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let once = form.get("once").to_owned();
    let (way, text) = (form.get("way").to_owned(), form.text("said").trim().to_owned());
    let known = Way::ALL.iter().skip(1).any(|w| w.choice().code == way);
    let mut why = vec![];
    if !known {
        why.push(Refusal::new("way", "请选择意见是怎样来的。").cite(ART_18).at("way"));
    }
    if text.is_empty() {
        why.push(Refusal::new("said", "请写意见的内容。").at("said"));
    }
    why.extend(too_long(&text, SAID_MAX, "意见").map(|r| r.at("said")));
    why.extend(secret_mark(&[("意见", &text)]).map(|r| r.at("said")));
    if !why.is_empty() {
        return show(&desk, &id, form, once, why).await;
    }
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    if on.row.state != super::kind::WORK.name {
        let says = "这件已经不在起草与论证，不能再登记意见。";
        return show(&desk, &id, form, once, vec![Refusal::new("not-now", says).cite(ART_18)]).await;
    }
    let bytes = Words::new(vec![("意见".into(), text)]).bytes();
    let sending = format!("{}\n{}\n{once}\n{}", on.about(), desk.me.id, Hash::of(&bytes));
    let (sealer, body, about) = (desk.app.sealer.clone(), desk.body.id.clone(), on.about());
    let work = async move |act: &mut Act| {
        let new = New {
            body: &body,
            kind: COMMENT,
            topic: "whole",
            about: &about,
            channel: &way,
            bytes: &bytes,
            sending: &sending,
            objects: false,
        };
        submission::store::append(act, &sealer, &new).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => drop(done.into_inner()),
        // The same form was sent twice: the first one stands in the list.
        Err(Error::Conflict) => {}
        Err(e) => return Err(e.into()),
    }
    Ok(see(&format!("{LIST}/{id}/comments?said=moved")))
}

/// Puts a comment under a point, or under another one. From then on it waits for nobody.
async fn sort(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let row = submission::store::any(desk.read(), &desk.body.id, form.get("comment")).await?;
    let point = form.get("point").to_owned();
    if row.kind != COMMENT || row.about != on.about() {
        return Err(Failure::not_found());
    }
    let known = points(&on).iter().any(|p| p.value == point);
    if !known || on.row.state != super::kind::WORK.name {
        let says = "请选择一条意见要点。没有合适的，先回到案卷列出一条。";
        return show(&desk, &id, Posted::default(), Secret::random().0, vec![Refusal::new("point", says)]).await;
    }
    let no: i64 = point.parse().map_err(|_| Failure::not_found())?;
    let (about, matter, comment) = (on.about(), id.clone(), row.id.clone());
    let waits = row.state()? != State::Answered;
    let work = async move |act: &mut Act| {
        sorted::Entity::delete_many().filter(sorted::Column::Id.eq(&comment)).exec(act).await?;
        let new = sorted::ActiveModel {
            id: Set(comment.clone()),
            matter: Set(matter.clone()),
            point: Set(no),
            at: Set(act.now.0),
        };
        sorted::Entity::insert(new).exec_without_returning(act).await?;
        if waits {
            submission::store::settle(act, std::slice::from_ref(&comment)).await?;
        }
        act.journal_with("sort-comment", &about, serde_json::json!({ "point": no }));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("{LIST}/{id}/comments?said=moved")))
}
