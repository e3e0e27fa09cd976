//! A form that arrives after its session has ended: its words travel, sealed, through signing in, and can be sent
//! again.

use super::desk::Desk;
use crate::App;
use crate::edge::{Failure, html};
use crate::posted::Posted;
use crate::ui::DeskFrame;
use ::store::Sealed;
use askama::Template;
use axum::response::Response;
use serde::{Deserialize, Serialize};

/// Longer forms are not carried; the page says so.
const LONGEST: usize = 1 << 20;

/// The session's own, the row's lock, and secrets.
const NOT_KEPT: &[&str] = &["csrf", "version", "password", "secret", "code"];

#[derive(Serialize, Deserialize)]
struct Kept {
    path: String,
    fields: Vec<(String, String)>,
}

/// The form as one sealed word for a hidden field; empty where there is nothing to keep. Forms of accounts hold
/// passwords and codes, and are never carried.
pub fn keep(app: &App, path: &str, form: &Posted) -> String {
    let fields: Vec<(String, String)> =
        form.fields().iter().filter(|(n, _)| !NOT_KEPT.contains(&n.as_str())).cloned().collect();
    let text = serde_json::to_vec(&Kept { path: path.into(), fields }).unwrap_or_default();
    let secret = path.starts_with("/desk/me") || path.starts_with("/desk/staff");
    if secret || text.len() > LONGEST || form.fields().is_empty() {
        return String::new();
    }
    let sealed = app.sealer.seal("kept-form", &text);
    format!("{}.{}", sealed.key, sealed.text)
}

#[derive(Template)]
#[template(path = "account/kept.html")]
struct Again {
    frame: DeskFrame,
    kept: Kept,
}

/// The page after signing in: the form's words, and a button that sends them again.
pub fn again(app: &App, desk: &Desk, sealed: &str) -> Option<Result<Response, Failure>> {
    let (key, text) = sealed.split_once('.')?;
    let sealed = Sealed { key: key.into(), text: text.into() };
    let kept: Kept = serde_json::from_slice(&app.sealer.open_sealed("kept-form", &sealed).ok()?).ok()?;
    kept.path.starts_with("/desk/").then(|| html(&Again { frame: desk.frame("您填的内容还在", "/desk"), kept }))
}
