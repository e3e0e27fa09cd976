//! Style sheets, the script and the icon: named by their content, so they may be kept for ever.

use crate::App;
use crate::edge::Failure;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

pub fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(asset))
}

async fn asset(State(app): State<App>, Path(name): Path<String>) -> Result<Response, Failure> {
    let asset = app.assets.find(&format!("/assets/{name}")).ok_or_else(Failure::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, asset.mime),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    Ok((headers, asset.bytes.clone()).into_response())
}
