//! 操作留痕：who did what to which thing, for supervisors.

use super::desk::{Desk, Route, Who, get};
use super::model::Duty;
use super::store;
use crate::edge::{Failure, html};
use crate::ui::{self, DeskFrame, Pager};
use ::store::journal;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::Instant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

const PAGE: u64 = 50;

pub fn routes() -> Vec<Route> {
    vec![get("/desk/journal", Who::Duty(&[Duty::Supervision]), page)]
}

struct Line {
    at: Instant,
    who: String,
    done: String,
    what: String,
    about: String,
    facts: String,
}

#[derive(Template)]
#[template(path = "account/journal.html")]
struct Page {
    frame: DeskFrame,
    lines: Vec<Line>,
    about: String,
    pager: Pager,
}

/// Newest first, paged by id: a page stays what it was while new lines come in.
async fn page(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let about = asked.get("about").cloned().unwrap_or_default();
    let mut find = journal::Entity::find().order_by_desc(journal::Column::Id).limit(PAGE + 1);
    if !about.is_empty() {
        find = find.filter(journal::Column::About.eq(&about));
    }
    if let Some(before) = asked.get("before") {
        find = find.filter(journal::Column::Id.lt(before));
    }
    let mut rows = find.all(desk.read()).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows
        .last()
        .filter(|_| more)
        .map(|l| ui::href("/desk/journal", &[("about", about.as_str()), ("before", &l.id)]));
    let mut ids: Vec<String> = rows.iter().filter_map(|l| l.actor.strip_prefix("staff:").map(Into::into)).collect();
    ids.extend(rows.iter().filter_map(in_whose_stead));
    let names: HashMap<String, String> = store::names(desk.read(), &ids).await?.into_iter().collect();
    let lines = rows.into_iter().map(|l| line(l, &names)).collect();
    let frame = desk.frame("操作留痕", "/desk/journal");
    html(&Page { frame, lines, about, pager: Pager::keyed(None, next, "最新的在前") })
}

/// The holder of a lent duty that was used.
fn in_whose_stead(row: &journal::Model) -> Option<String> {
    let facts: serde_json::Value = serde_json::from_str(&row.facts).ok()?;
    facts.get("for")?.as_str().map(str::to_owned)
}

fn line(row: journal::Model, names: &HashMap<String, String>) -> Line {
    let who = match row.actor.split_once(':') {
        Some(("staff", id)) => names.get(id).cloned().unwrap_or_else(|| "已不在册的账号".into()),
        Some(("job", name)) => format!("系统任务 {name}"),
        Some(("holder", _)) => "来信人".into(),
        _ if row.actor == "visitor" => "访客".into(),
        _ => "系统".into(),
    };
    let holder = in_whose_stead(&row).and_then(|id| names.get(&id).cloned());
    Line {
        at: Instant(row.at),
        who: holder.map_or_else(|| who.clone(), |holder| format!("{who} 代 {holder}")),
        done: super::words::done(&row.what).into(),
        what: row.what,
        about: row.about,
        facts: row.facts,
    }
}
