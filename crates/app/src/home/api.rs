//! 开放接口：what programs may ask, as a page and as OpenAPI. Both are drawn from one table.

use super::operations::{OPERATIONS, Operation, document};
use crate::App;
use crate::edge::{Failure, html};
use crate::portal::Portal;
use crate::ui::Frame;
use askama::Template;
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::Value;

pub fn routes() -> Router<App> {
    Router::new().route("/api", get(page))
}

pub fn api() -> Router<App> {
    Router::new().route("/api/v1/openapi.json", get(openapi))
}

#[derive(Template)]
#[template(path = "home/api.html")]
struct Page {
    frame: Frame,
    /// For anyone; with a token.
    groups: [Vec<&'static Operation>; 2],
}

async fn page(portal: Portal) -> Result<Response, Failure> {
    let title = "开放接口";
    let frame = portal.frame(title).under("", &[]).meta("ColumnName", title).meta("ColumnType", "数据发布");
    let (closed, open) = OPERATIONS.iter().partition(|operation| operation.token);
    html(&Page { frame, groups: [open, closed] })
}

async fn openapi(portal: Portal) -> Json<Value> {
    Json(document(&portal.body.name, &portal.shell.site.base_url))
}
