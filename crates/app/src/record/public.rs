//! What anyone reads of a record.

use crate::App;
use crate::edge::{Failure, html};
use crate::floor::public_page;
use crate::portal::Portal;
use crate::record::show;
use crate::ui::{Frame, Html};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use sea_orm::ColumnTrait;
use store::Error;

pub fn routes() -> Router<App> {
    Router::new().route("/records/{org}/{number}", get(page))
}

#[derive(Template)]
#[template(source = r#"{% extends "ui/portal.html" %}{% block main %}<h1 class="page-title">{{ frame.title }}</h1>{{ sheet }}{% endblock %}"#, ext = "html")]
struct Page {
    frame: Frame,
    sheet: Html,
}

async fn page(portal: Portal, Path((org, number)): Path<(String, String)>) -> Result<Response, Failure> {
    let path = format!("/records/{org}/{number}");
    let row = portal.public.find::<public_page::Entity>().filter(public_page::Column::Path.eq(path)).one().await?;
    let row = row.ok_or(Error::NotFound)?;
    let body = serde_json::from_str::<Vec<kernel::Block>>(&row.content).map_err(|e| Error::Fault(e.into()))?;
    let sheet = show::sheet(None, &row.number, &row.title, &body, "");
    html(&Page { frame: portal.frame(row.title), sheet })
}
