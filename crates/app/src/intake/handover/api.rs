//! `POST /api/v1/handover`, and what the office system asks about afterwards: its own inbox of what is in the way.

use super::end;
use super::hand::{Handing, hand};
use super::model::Sent;
use super::store::{self, Paper};
use super::table::handover;
use crate::App;
use crate::account::Duty;
use crate::account::token::Bearer;
use crate::edge::Failure;
use crate::posted::Upload;
use crate::record::api::api_answer;
use ::store::Error;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::{Hash, Instant, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

/// Text and files in base64.
const BODY_MAX: usize = 72 << 20;
/// Papers that one list tells.
const MOST: u64 = 200;

pub fn programs() -> Router<App> {
    Router::new()
        .route("/api/v1/handover", get(list).post(post))
        .route("/api/v1/handover/{source}/{number}", get(one))
        .layer(DefaultBodyLimit::max(BODY_MAX))
}

async fn post(
    State(app): State<App>,
    holder: Bearer,
    headers: HeaderMap,
    sent: Result<Json<Sent>, JsonRejection>,
) -> Result<Response, Failure> {
    if !holder.me.has(Duty::Draft) {
        return Err(Failure::forbidden("令牌的主人没有起草岗位。"));
    }
    let key = headers.get("idempotency-key").and_then(|v| v.to_str().ok()).filter(|k| (8..=200).contains(&k.len()));
    let key = key.ok_or_else(|| Failure::bad("请带上 Idempotency-Key（8 到 200 个字符）。"))?;
    let Json(sent) =
        sent.map_err(|e| Failure::new(e.status(), "正文不是约定的 JSON：要有 source、number、kind、author、text。"))?;
    let files = files(&sent)?;
    let key = Hash::of(format!("handover\n{}\n{key}", holder.me.id).as_bytes()).to_string();
    if let Some(used) = api_answer::Entity::find_by_id(&key).one(app.store.read()).await? {
        let for_it = handover::Entity::find().filter(handover::Column::Record.eq(&used.record));
        if for_it.one(app.store.read()).await?.is_none_or(|known| known.number != sent.number) {
            let says = "这个 Idempotency-Key 已经用在另一份文件上，这一份没有收下。请换一个值。";
            return Err(Error::from(Refusal::new("key-used", says)).into());
        }
    }
    let from = Handing { body: &holder.body, holder: &holder.me, key: Some(key), now: holder.now };
    let handed = hand(&app, from, sent, files).await?;
    let paper = store::load(app.store.read(), &holder.body.id, &handed.id).await?;
    let status = match (handed.is_new, paper.waiting.is_empty()) {
        (_, false) => StatusCode::CONFLICT,
        (true, _) => StatusCode::CREATED,
        (false, _) => StatusCode::OK,
    };
    Ok((status, Json(told(&app, &paper, holder.now).await?)).into_response())
}

/// The files out of their base64.
fn files(sent: &Sent) -> Result<Vec<Upload>, Error> {
    let mut all = vec![];
    for file in &sent.files {
        let wrong = || Refusal::new("base64", format!("“{}”的 base64 读不出来。", file.name)).at("files");
        let bytes = STANDARD.decode(file.base64.as_deref().unwrap_or_default()).map_err(|_| wrong())?;
        all.push(Upload { field: "files".into(), name: file.name.clone(), bytes: bytes.into() });
    }
    Ok(all)
}

async fn one(
    State(app): State<App>,
    holder: Bearer,
    Path((source, number)): Path<(String, String)>,
) -> Result<Json<Value>, Failure> {
    let read = app.store.read();
    let source = store::source(read, &holder.body.id, &source).await?.ok_or(Error::NotFound)?;
    if source.staff != holder.me.id {
        return Err(Error::NotFound.into());
    }
    let paper = store::load(read, &holder.body.id, &store::paper_id(&source.id, &number)).await?;
    Ok(Json(told(&app, &paper, holder.now).await?))
}

/// What of this holder's systems is not settled.
async fn list(State(app): State<App>, holder: Bearer) -> Result<Json<Value>, Failure> {
    let mut all = vec![];
    for row in store::unsettled(app.store.read(), &holder.body.id, MOST).await? {
        let paper = store::loaded(app.store.read(), row).await?;
        if paper.source.staff == holder.me.id {
            all.push(told(&app, &paper, holder.now).await?);
        }
    }
    Ok(Json(json!({ "unsettled": all })))
}

/// A paper as its office system may know it.
async fn told(app: &App, paper: &Paper, now: Instant) -> Result<Value, Error> {
    let (state, why, on) = end::stands(app.store.read(), app.law(), paper, now).await?;
    let time = |at: Option<i64>| at.map(|at| Instant(at).rfc3339());
    let published = on.publications.last().filter(|p| p.revision.is_some()).map(|p| p.at);
    let reason = |r: &Refusal| json!({ "code": r.code, "says": r.says, "cite": r.cite, "field": r.field });
    Ok(json!({
        "source": paper.source.code,
        "number": paper.row.number,
        "state": state.word(),
        "hash": paper.arrival.hash,
        "received": Instant(paper.row.received_at).rfc3339(),
        "ended": time(paper.arrival.ended_at),
        "published": time(published),
        "path": published.and(on.row.path.clone()),
        "desk": format!("/desk/handover/{}", paper.row.id),
        "reasons": why.iter().map(reason).collect::<Vec<_>>(),
    }))
}
