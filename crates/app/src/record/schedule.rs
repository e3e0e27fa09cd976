//! 定时公开: the intent is stored, and the gate is asked again at the hour. What is due and not out is told with every
//! reason, here, in the inbox, and by `mingtang doctor`.

use super::model::Typed;
use super::review::show_typed;
use super::store::{self, Loaded};
use super::table::record;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, post};
use crate::edge::{Failure, see};
use crate::posted::Posted;
use ::store::{Act, Error};
use axum::extract::Path;
use axum::response::Response;
use kernel::{Instant, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

const PUBLISH: Who = Who::Duty(&[Duty::Publication]);

pub fn routes() -> Vec<Route> {
    vec![
        post("/desk/record/{id}/schedule", PUBLISH, schedule),
        post("/desk/record/{id}/unschedule", PUBLISH, unschedule),
    ]
}

/// Sets the hour, or another one.
async fn schedule(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let at = Instant::parse(form.get("at")).filter(|at| *at > desk.now);
    let waits = on.revision.is_some() && on.stands().is_none_or(|_| on.corrects());
    let why = match at {
        _ if !waits => Refusal::new("nothing-waits", "这一件没有等着公开的稿子，不用定时。"),
        None => Refusal::new("hour", "请填写以后的时间，如 2026-12-01 09:00。").at("at"),
        Some(at) => {
            let work = async move |act: &mut Act| set_hour(act, &on, at).await;
            desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
            return Ok(see(&format!("/desk/record/{id}?said=scheduled")));
        }
    };
    show_typed(&desk, on, vec![why], Typed::from([("at".to_owned(), form.text("at"))])).await
}

async fn unschedule(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    on.row.publish_at.ok_or(Error::NotFound)?;
    let work = async move |act: &mut Act| clear_hour(act, &on).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}?said=unscheduled")))
}

/// The hour at which the gate will be asked again; the job is queued by the same act.
async fn set_hour(act: &mut Act, on: &Loaded, at: Instant) -> Result<(), Error> {
    act.bump(&on.row, on.row.version).await?;
    record::Entity::update_many()
        .col_expr(record::Column::PublishAt, Expr::value(at.0))
        .filter(record::Column::Id.eq(&on.row.id))
        .exec(act)
        .await?;
    act.queue("publish-at", &on.row.id, at);
    act.journal_with("schedule", &format!("record:{}", on.row.id), serde_json::json!({ "at": at.rfc3339() }));
    Ok(())
}

/// No hour any more: it goes out when somebody says so.
async fn clear_hour(act: &mut Act, on: &Loaded) -> Result<(), Error> {
    act.bump(&on.row, on.row.version).await?;
    record::Entity::update_many()
        .col_expr(record::Column::PublishAt, Expr::value(None::<i64>))
        .filter(record::Column::Id.eq(&on.row.id))
        .exec(act)
        .await?;
    act.journal("unschedule", &format!("record:{}", on.row.id));
    Ok(())
}

/// Records of all bodies whose hour came before `now` and that are not out, the oldest hour first.
pub async fn due_but_not_out(db: &impl ConnectionTrait, now: Instant) -> Result<Vec<record::Model>, Error> {
    let late = record::Entity::find().filter(record::Column::PublishAt.lte(now.0));
    Ok(late.order_by_asc(record::Column::PublishAt).all(db).await?)
}
