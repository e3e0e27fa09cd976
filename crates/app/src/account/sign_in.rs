//! Signing in and out.

use super::desk::{Desk, anonymous};
use super::store::{self, Secret};
use super::{kept, password, rules, second};
use crate::App;
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::ui::{DeskFrame, Pref};
use ::store::{Act, Actor};
use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Query, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header, request::Parts};
use axum::response::{IntoResponse, Response};
use kernel::Refusal;
use std::collections::HashMap;

/// The cookie of a session.
pub const COOKIE: &str = "mingtang";

/// A POST without a session: what was typed is kept through signing in.
pub async fn sign_in_again(app: &App, request: Request) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let Stranger(mut frame, ..) = Stranger::from_request_parts(&mut parts, app).await?;
    let form = Posted::from_request(Request::from_parts(parts, body), app).await?;
    frame.title = "请重新登录".into();
    let kept = kept::keep(app, &path, &form);
    html_as(
        StatusCode::UNAUTHORIZED,
        &SignIn { frame, login: String::new(), next: "/desk".into(), lost: kept.is_empty(), kept },
    )
}

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignIn {
    frame: DeskFrame,
    login: String,
    next: String,
    kept: String,
    /// A form came in and could not be kept.
    lost: bool,
}

pub struct Stranger(DeskFrame, HeaderMap, Uri);

impl FromRequestParts<App> for Stranger {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Stranger, Failure> {
        let frame = anonymous(app, parts, "登录公开工作台");
        let frame = frame.ok_or_else(|| Failure::new(StatusCode::SERVICE_UNAVAILABLE, ""))?;
        Ok(Stranger(frame, parts.headers.clone(), parts.uri.clone()))
    }
}

pub async fn sign_in_page(Stranger(frame, _, uri): Stranger) -> Result<Response, Failure> {
    let query: Query<HashMap<String, String>> = Query::try_from_uri(&uri).unwrap_or_default();
    let next = query.get("next").cloned().unwrap_or_default();
    html(&SignIn { frame, login: String::new(), next, kept: String::new(), lost: false })
}

pub async fn sign_in(
    State(app): State<App>,
    Stranger(mut frame, headers, _): Stranger,
    form: Posted,
) -> Result<Response, Failure> {
    let (name, now) = (form.get("name").to_owned(), app.clock.now());
    let found = store::staff_by_login(app.store.read(), &name).await?;
    let open = found.clone().filter(|s| s.disabled_at.is_none() && s.locked_until <= now.0);
    let right = password::verify(form.text("password"), open.as_ref().map(|s| s.password.clone())).await?;
    let step = match open.as_ref().filter(|row| right && !row.totp.is_empty()) {
        Some(row) => second::check(&app, row, form.get("code"), now)?,
        None => None,
    };
    let right = right && (step.is_some() || open.as_ref().is_some_and(|row| row.totp.is_empty()));
    if let (true, Some(row)) = (right, open.clone()) {
        let secret = Secret::random();
        let key = secret.key();
        let cookie = session_cookie(&app, &secret);
        let agent = agent_of(&headers);
        let work = async move |act: &mut Act| {
            if let Some(step) = step {
                second::used(act, &row.id, step).await?;
            }
            store::start_session(act, &row.id, &secret, &agent).await
        };
        app.store.act(Actor::Staff(open.map(|s| s.id).unwrap_or_default()), now, work).await?.into_inner();
        if let Some(page) = kept_page(&app, &key, form.get("kept")).await? {
            return Ok(([(header::SET_COOKIE, cookie)], page).into_response());
        }
        let next = Some(form.get("next")).filter(|n| n.starts_with("/desk")).unwrap_or("/desk");
        return Ok(([(header::SET_COOKIE, cookie)], see(next)).into_response());
    }
    if let Some(row) = open {
        let work = async move |act: &mut Act| store::note_failure(act, &row).await;
        app.store.act(Actor::Clock, now, work).await?.into_inner();
    }
    let rests = found.is_some_and(|s| s.locked_until > now.0);
    let says = if rests {
        "这个账号输错太多次，要歇 15 分钟。等一会儿再试，或请系统管理员重置密码。"
    } else {
        "登录名、密码或动态码不对。请检查后再试。"
    };
    frame.errors = vec![Refusal::new("sign-in", says).at("name")];
    html_as(
        StatusCode::UNPROCESSABLE_ENTITY,
        &SignIn { frame, login: name, next: form.get("next").into(), kept: form.get("kept").into(), lost: false },
    )
}

/// The form that was kept through signing in, if there was one.
async fn kept_page(app: &App, session: &str, kept: &str) -> Result<Option<Response>, Failure> {
    if kept.is_empty() {
        return Ok(None);
    }
    let uri = Uri::from_static("/desk");
    let Some(desk) = Desk::of(app, session, Pref::default(), &uri).await? else { return Ok(None) };
    kept::again(app, &desk, kept).transpose()
}

/// The browser's family, so that a person recognises the session; nothing finer.
fn agent_of(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let known = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let family = known.iter().find(|(mark, _)| agent.contains(mark)).map_or("其他浏览器", |(_, name)| name);
    if agent.contains("Mobile") { format!("{family}（手机）") } else { family.into() }
}

fn session_cookie(app: &App, secret: &Secret) -> String {
    let secure = if app.base_url.starts_with("https://") { "; Secure" } else { "" };
    format!(
        "{COOKIE}={}; Path=/desk; HttpOnly; SameSite=Strict; Max-Age={}{secure}",
        secret.0,
        rules::SESSION_MS / 1000
    )
}

pub async fn sign_out(desk: Desk) -> Result<Response, Failure> {
    let (id, session) = (desk.me.id.clone(), desk.session().to_owned());
    let work = async move |act: &mut Act| store::end_sessions(act, &id, Some(&session)).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let gone = format!("{COOKIE}=; Path=/desk; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok(([(header::SET_COOKIE, gone)], see("/desk/sign-in")).into_response())
}
