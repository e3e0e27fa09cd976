//! 字号与配色：one cookie, set by a link or a form, with or without scripts.

use super::rules::{back, chosen};
use crate::App;
use crate::cache::Private;
use crate::edge::{Failure, html, see};
use crate::portal::Portal;
use crate::posted::Posted;
use crate::ui::{Choice, Frame, Pref};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};

pub fn routes() -> Router<App> {
    Router::new().route("/preferences", get(page).post(posted))
}

const SIZES: [(&str, &str); 3] = [("standard-size", "标准"), ("large", "大"), ("huge", "特大")];
const THEMES: [(&str, &str); 4] = [("system", "跟随设备"), ("light", "亮色"), ("dark", "暗色"), ("contrast", "高对比")];
const MODES: [(&str, &str); 2] = [("standard", "标准版式"), ("elder", "长辈模式")];

#[derive(Template)]
#[template(path = "home/preferences.html")]
struct Page {
    frame: Frame,
    back: String,
    words: [&'static str; 3],
    sizes: Vec<Choice>,
    themes: Vec<Choice>,
    modes: Vec<Choice>,
}

fn choices(all: &[(&str, &str)]) -> Vec<Choice> {
    all.iter().map(|(word, zh)| Choice::new(*word, *zh)).collect()
}

/// Shows the form; with a choice in the address, takes it and leads back.
async fn page(portal: Portal) -> Result<Response, Failure> {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(portal.uri.query().unwrap_or_default()).map_err(|_| Failure::bad(""))?;
    let get = |name: &str| pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    let to = back(get("back")).to_owned();
    match chosen(portal.pref, ["size", "theme", "mode"].into_iter().map(get)) {
        Some(pref) => Ok(remember(&portal, pref, &to)),
        None => show(&portal, to),
    }
}

async fn posted(portal: Portal, form: Posted) -> Result<Response, Failure> {
    let to = back(form.get("back"));
    let words = ["size", "theme", "mode"].into_iter().map(|name| form.get(name));
    Ok(remember(&portal, chosen(portal.pref, words).unwrap_or(portal.pref), to))
}

fn remember(portal: &Portal, pref: Pref, to: &str) -> Response {
    let cookie = pref.cookie(portal.app.base_url.starts_with("https://"));
    (Extension(Private), [(header::SET_COOKIE, cookie)], see(to)).into_response()
}

fn show(portal: &Portal, back: String) -> Result<Response, Failure> {
    let mut frame = portal.frame("字号与配色").under("", &[]);
    frame.noindex = true;
    frame.path = "/preferences".into();
    let (sizes, themes, modes) = (choices(&SIZES), choices(&THEMES), choices(&MODES));
    html(&Page { frame, back, words: portal.pref.words(), sizes, themes, modes })
}
