//! For programs with a bearer token: drafting. What a program may write is a draft of its holder and nothing else.

use super::draft as drafts;
use super::kind::Kind;
use super::model::Typed;
use super::rules;
use super::typed;
use crate::App;
use crate::account::token::Bearer;
use crate::account::{Duty, Me};
use crate::edge::Failure;
use ::store::{Act, Error};
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use kernel::{Hash, Refusal, notation};
use sea_orm::{EntityTrait, Set};
use serde::{Deserialize, Serialize};

/// A program may send a text of two megabytes.
const TEXT_MAX: usize = 2 << 20;

pub fn programs() -> Router<App> {
    Router::new()
        .route("/api/v1/drafts", post(create))
        .route("/api/v1/me", get(who))
        .layer(axum::extract::DefaultBodyLimit::max(TEXT_MAX + (64 << 10)))
}

store::table! {
    /// What was answered to an `Idempotency-Key`, so that a repeated request makes no second draft.
    api_answer = "api_answer" { id: String, record: String, at: i64 }
}

#[derive(Serialize)]
struct Who {
    name: String,
    section: String,
    may: Vec<&'static str>,
}

async fn who(Bearer { me, .. }: Bearer) -> Json<Who> {
    let Me { name, section_name: section, .. } = me;
    Json(Who { name, section, may: vec!["draft", "read"] })
}

/// `{"kind", "text", "fields": {"title", "column", …}}`; the text in the notation of the editor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewDraft {
    kind: String,
    text: String,
    #[serde(default)]
    fields: Typed,
}

async fn create(
    State(app): State<App>,
    holder: Bearer,
    headers: HeaderMap,
    sent: Result<Json<NewDraft>, JsonRejection>,
) -> Result<Response, Failure> {
    if !holder.me.has(Duty::Draft) {
        return Err(Failure::forbidden("令牌的主人没有起草岗位。"));
    }
    let key = headers.get("idempotency-key").and_then(|v| v.to_str().ok()).filter(|k| (8..=200).contains(&k.len()));
    let Some(key) = key else {
        return Err(Failure::bad("请带上 Idempotency-Key（8 到 200 个字符），同一个值重复提交只建一份草稿。"));
    };
    let Json(new) =
        sent.map_err(|e| Failure::new(e.status(), "正文不是约定的 JSON：要有 kind、text，可以有 fields。"))?;
    let (kind, typed) = check(&new)?;
    let answer_id = Hash::of(format!("{}\n{key}", holder.me.id).as_bytes()).to_string();
    if let Some(known) = api_answer::Entity::find_by_id(&answer_id).one(app.store.read()).await? {
        return Ok(answer(&known.record));
    }
    let (body, section, staff) = (holder.body.id.clone(), holder.me.section.clone(), holder.me.id.clone());
    let work = async move |act: &mut Act| {
        let record = drafts::create(act, &body, kind, &section, &staff, &typed, &new.text).await?;
        let row =
            api_answer::ActiveModel { id: Set(answer_id.clone()), record: Set(record.clone()), at: Set(act.now.0) };
        // Two requests with one key at once: the second breaks on the key, and is told Conflict.
        api_answer::Entity::insert(row).exec_without_returning(act).await?;
        Ok(record)
    };
    let record = app.store.act(holder.actor(), holder.now, work).await?.into_inner();
    Ok(answer(&record))
}

fn check(new: &NewDraft) -> Result<(&'static Kind, Typed), Error> {
    let kind = Kind::parse(&new.kind).ok_or_else(|| Refusal::new("kind-missing", "没有这个信息种类。").at("kind"))?;
    if let Some(unknown) = new.fields.keys().find(|name| !typed::is_known(kind, name)) {
        return Err(Refusal::new("field-unknown", format!("没有“{unknown}”这个要素。")).into());
    }
    if new.text.len() > TEXT_MAX {
        return Err(Refusal::new("text-long", "正文超过 2 MB。请拆成几件。").at("text").into());
    }
    let title = new.fields.get("title").cloned().unwrap_or_default();
    let mut why = rules::secret_refusals(&rules::pieces(&title, &new.fields, &notation::parse(&new.text)));
    let mut typed = new.fields.clone();
    why.extend(typed::put_in_words(kind, &mut typed));
    if why.is_empty() { Ok((kind, typed)) } else { Err(why.into()) }
}

fn answer(record: &str) -> Response {
    let path = format!("/desk/record/{record}");
    let body = Json(serde_json::json!({ "record": record, "desk": path }));
    (StatusCode::CREATED, [(header::LOCATION, path)], body).into_response()
}
