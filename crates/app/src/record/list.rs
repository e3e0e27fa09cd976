//! The list of records, as staff see it.

use super::draft as drafts;
use super::model::State;
use super::store;
use crate::account::Duty;
use crate::account::desk::Desk;
use crate::edge::{Failure, html};
use crate::ui::{self, DeskFrame, Link, Pager};
use ::store::Error;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use std::collections::HashMap;

struct Item {
    id: String,
    title: String,
    kind: &'static str,
    state: State,
    index_no: String,
}

#[derive(Template)]
#[template(path = "record/list.html")]
struct List {
    frame: DeskFrame,
    items: Vec<Item>,
    may_write: bool,
    tabs: Vec<Link>,
    here: String,
    pager: Pager,
}

const PAGE: u64 = 30;

pub async fn list(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let show = asked.get("show").map_or("open", String::as_str);
    let which = match show {
        "published" => store::Which::Published,
        "withdrawn" => store::Which::Withdrawn,
        _ => store::Which::Open,
    };
    let before = asked.get("before").map(String::as_str);
    let mut rows = store::some(desk.read(), &desk.body.id, which, before, PAGE + 1).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|r| ui::href("/desk/record", &[("show", show), ("before", &r.id)]));
    let mut items = vec![];
    for row in rows {
        items.push(item(&desk, row).await?);
    }
    let tab = |word: &str, label: &str| Link::new(label, format!("/desk/record?show={word}"));
    let tabs = vec![tab("open", "办理中"), tab("published", "已公开"), tab("withdrawn", "已撤下")];
    let frame = desk.frame("信息公开件", "/desk/record");
    let pager = Pager::keyed(None, next, "新的在前");
    html(&List {
        frame,
        items,
        may_write: desk.me.has(Duty::Draft),
        tabs,
        here: format!("/desk/record?show={show}"),
        pager,
    })
}

/// A line of a list; the title of an unsubmitted record comes from the asker's own draft.
async fn item(desk: &Desk, row: super::table::record::Model) -> Result<Item, Error> {
    let on = store::loaded(desk.read(), row).await?;
    let mut title = on.title();
    if title.is_empty()
        && let Some(mine) = drafts::my_draft(desk.read(), &on.row.id, &desk.me.id).await?
    {
        title = drafts::typed_of(&mine)?.remove("title").unwrap_or_default();
    }
    let title = if title.trim().is_empty() { "（还没有标题）".into() } else { title };
    let state = on.state();
    Ok(Item { id: on.row.id, title, kind: on.kind.zh, state, index_no: on.row.index_no.unwrap_or_default() })
}
