//! The console's door: who may open which page, signing in and out, and one's own account.

use super::model::{Duty, Me};
use super::sign_in::{COOKIE, sign_in, sign_in_again, sign_in_page, sign_out};
use super::store::{self, Secret};
use super::{lent, password, rules, second};
use crate::body::Body;
use crate::edge::{self, Failure, html_as, see, status_of};
use crate::posted::Posted;
use crate::ui::{self, DeskFrame, Extra, Flash, Pref, Tone};
use crate::{App, portal};
use ::store::{Actor, Read};
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header, request::Parts};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use kernel::{Instant, Refusal};
use law::Law;
use std::collections::HashMap;

/// A staff upload is at most 50 MB; a form around it a little more.
const FORM_MAX: usize = 52 << 20;

/// Who may open a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    Anyone,
    Staff,
    /// Any one of these duties.
    Duty(&'static [Duty]),
}

/// A staff route: the authorisation matrix is the list of these.
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    pub handler: MethodRouter<App>,
}

pub fn get<H, T>(path: &'static str, who: Who, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route { method: Method::GET, path, who, handler: axum::routing::get(handler) }
}

pub fn post<H, T>(path: &'static str, who: Who, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route { method: Method::POST, path, who, handler: axum::routing::post(handler) }
}

pub fn routes() -> Vec<Route> {
    let mut all = vec![
        get("/desk/sign-in", Who::Anyone, sign_in_page),
        post("/desk/sign-in", Who::Anyone, sign_in),
        post("/desk/sign-out", Who::Staff, sign_out),
        get("/desk/me", Who::Staff, me_page),
        post("/desk/me/password", Who::Staff, change_password),
        post("/desk/me/end", Who::Staff, end_session),
    ];
    all.extend(super::deputy::routes());
    all.extend(super::staff::routes());
    all.extend(super::second::routes());
    all.extend(super::token::routes());
    all.extend(super::journal::routes());
    all.extend(super::profile::routes());
    all
}

/// Joins the staff routes behind their guard.
pub fn wrap(app: &App, routes: Vec<Route>) -> Router<App> {
    let mut router = Router::new();
    for route in routes {
        let guard = middleware::from_fn_with_state((app.clone(), route.who), admit);
        router = router.route(route.path, route.handler.layer(guard));
    }
    router
        .route("/desk/{*rest}", axum::routing::any(|| async { Failure::not_found() }))
        .layer(middleware::from_fn_with_state(app.clone(), draw_failures))
        .layer(DefaultBodyLimit::max(FORM_MAX))
}

/// Session, duty and form token are checked here, so that no handler can forget.
async fn admit(State((app, who)): State<(App, Who)>, mut request: Request, next: Next) -> Response {
    if who != Who::Anyone {
        let desk = match Desk::find(&app, request.headers(), request.uri()).await {
            Ok(Some(desk)) => desk,
            Ok(None) if request.method() == Method::GET => return to_sign_in(request.uri()),
            Ok(None) => return sign_in_again(&app, request).await.unwrap_or_else(Failure::into_response),
            Err(e) => return Failure::from(e).into_response(),
        };
        if let Who::Duty(any) = who
            && !any.iter().any(|d| desk.me.has(*d))
        {
            let names: Vec<&str> = any.iter().map(|d| d.zh()).collect();
            let says = format!("这一页由{}岗位办理，您的账号没有这个岗位。请转给有岗位的同事。", names.join("、"));
            return Failure::forbidden(says).into_response();
        }
        request.extensions_mut().insert(desk);
    }
    if request.method() == Method::POST {
        request = match read_form(&app, request).await {
            Ok(request) => request,
            Err(failure) => return failure.into_response(),
        };
    }
    next.run(request).await
}

/// The form, read whole; its token must be that of the session.
async fn read_form(app: &App, request: Request) -> Result<Request, Failure> {
    let (parts, body) = request.into_parts();
    let posted = Posted::from_request(Request::from_parts(parts.clone(), body), app).await?;
    let desk = parts.extensions.get::<Desk>();
    if desk.is_some_and(|d| posted.get("csrf") != d.csrf) {
        return Err(Failure::forbidden("这个页面开得太久，已失效。请返回上一页，刷新后再提交。"));
    }
    let mut request = Request::from_parts(parts, axum::body::Body::empty());
    request.extensions_mut().insert(posted);
    Ok(request)
}

fn to_sign_in(uri: &Uri) -> Response {
    let next = uri.path_and_query().map_or("/desk", |p| p.as_str());
    see(&ui::href("/desk/sign-in", &[("next", next)]))
}

async fn draw_failures(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = next.run(Request::from_parts(parts.clone(), body)).await;
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    match response.extensions_mut().remove::<Failure>() {
        Some(failure) => {
            let page = error_page(&app, &parts, failure.status.as_u16(), portal::extra_of(&failure));
            portal::page_of_failure(failure.status, page)
        }
        None => response,
    }
}

/// What a console handler is given: who asks, and the reading door.
#[derive(Clone)]
pub struct Desk {
    pub app: App,
    pub me: Me,
    pub body: Body,
    pub csrf: String,
    pub now: Instant,
    session: String,
    /// Proved a little while ago who they are.
    proved: bool,
    pref: Pref,
    uri: Uri,
}

impl FromRequestParts<App> for Desk {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Desk, Failure> {
        parts.extensions.get::<Desk>().cloned().ok_or_else(|| Failure::new(StatusCode::UNAUTHORIZED, ""))
    }
}

impl Desk {
    async fn find(app: &App, headers: &HeaderMap, uri: &Uri) -> Result<Option<Desk>, ::store::Error> {
        let Some(secret) = edge::cookie(headers, COOKIE).map(Secret) else { return Ok(None) };
        Desk::of(app, &secret.key(), Pref::parse(&edge::cookies(headers)), uri).await
    }

    /// The desk of a session, while it lasts.
    pub async fn of(app: &App, session: &str, pref: Pref, uri: &Uri) -> Result<Option<Desk>, ::store::Error> {
        let (read, now) = (app.store.read(), app.clock.now());
        let found = store::session(read, session, now).await?;
        // A bearer token is no browser session.
        let Some(session) = found.filter(|s| s.scope.is_empty()) else { return Ok(None) };
        let Some((row, mut me)) = store::me(read, &session.staff).await? else { return Ok(None) };
        me.lent = lent::lent_to(read, &me.id, now).await?;
        let proved = now.0 < session.proved_at.unwrap_or(session.started_at) + rules::PROOF_MS;
        let bodies = app.bodies();
        let Some(body) = bodies.iter().find(|b| b.id == row.body).cloned() else { return Ok(None) };
        let csrf = app.sealer.look_up("csrf", &session.id);
        let (app, session, uri) = (app.clone(), session.id, uri.clone());
        Ok(Some(Desk { app, me, body, csrf, now, session, proved, pref, uri }))
    }

    /// The key of this session.
    pub fn session(&self) -> &str {
        &self.session
    }

    /// Whether this person may decide without the password; `account::again` asks for it.
    pub fn is_proved(&self) -> bool {
        self.proved
    }

    pub fn set_proved(&mut self) {
        self.proved = true;
    }

    /// What the address asks for: `?name=value`; empty where it does not.
    pub fn asked(&self, name: &str) -> String {
        let query: Option<Query<HashMap<String, String>>> = Query::try_from_uri(&self.uri).ok();
        query.and_then(|q| q.get(name).cloned()).unwrap_or_default()
    }

    pub fn read(&self) -> &Read {
        self.app.store.read()
    }

    /// The law in force.
    pub fn law(&self) -> &'static Law {
        self.app.law()
    }

    pub fn actor(&self) -> Actor {
        Actor::Staff(self.me.id.clone())
    }

    /// The frame of a page, with the current entry of the side navigation.
    pub fn frame(&self, title: impl Into<String>, here: &str) -> DeskFrame {
        let shell = std::sync::Arc::new(portal::bare_shell(&self.app, &self.body));
        let path = self.uri.path_and_query().map_or("/desk", |p| p.as_str());
        let mut frame = DeskFrame::new(&shell, self.pref, path, title, self.now);
        frame.staff = self.me.name.clone();
        frame.section = self.me.section_name.clone();
        frame.duties = self.me.duties.iter().map(|d| d.zh().to_owned()).collect();
        frame.csrf = self.csrf.clone();
        frame.prove = !self.proved;
        frame.here = here.into();
        frame.nav = super::nav::nav(&self.me);
        frame.flash = self.said();
        frame.alarm = self.app.alarm();
        frame
    }

    /// The frame of a page with a form, and its status: what was typed may come back with refusals.
    pub fn form(&self, title: impl Into<String>, here: &str, errors: Vec<Refusal>) -> (StatusCode, DeskFrame) {
        let status = status_of(&errors);
        let mut frame = self.frame(title, here);
        frame.errors = errors;
        (status, frame)
    }

    /// What the act before the redirect said, from `?said=`.
    fn said(&self) -> Option<Flash> {
        let mut says = super::words::said(&self.asked("said"))?.to_owned();
        if !self.asked("after").is_empty() {
            says.push_str("下面是等您办的下一件。");
        }
        Some(Flash { tone: Tone::Done, says })
    }
}

/// The page of a failure in the console; `None` where no body exists yet.
pub fn error_page(app: &App, parts: &Parts, status: u16, extra: Extra) -> Option<String> {
    let frame = match parts.extensions.get::<Desk>() {
        Some(desk) => desk.frame("", ""),
        None => anonymous(app, parts, "")?,
    };
    Some(ui::desk_error_page(status, &frame, extra))
}

pub fn anonymous(app: &App, parts: &Parts, title: &str) -> Option<DeskFrame> {
    let shell = std::sync::Arc::new(portal::bare_shell(app, app.bodies().first()?));
    let path = parts.uri.path_and_query().map_or("/desk", |p| p.as_str());
    Some(DeskFrame::new(&shell, Pref::parse(&edge::cookies(&parts.headers)), path, title, app.clock.now()))
}

#[derive(Template)]
#[template(path = "account/me.html")]
struct MePage {
    frame: DeskFrame,
    sessions: Vec<store::session::Model>,
    session: String,
    has_second: bool,
    second: second::Fresh,
    may_draft: bool,
    /// A new token's secret, shown once.
    token: Option<String>,
}

async fn me_page(desk: Desk) -> Result<Response, Failure> {
    show_me(&desk, vec![]).await
}

pub async fn show_me(desk: &Desk, errors: Vec<Refusal>) -> Result<Response, Failure> {
    show_token(desk, errors, None).await
}

pub async fn show_token(desk: &Desk, errors: Vec<Refusal>, token: Option<String>) -> Result<Response, Failure> {
    let (row, _) = store::me(desk.read(), &desk.me.id).await?.ok_or(::store::Error::NotFound)?;
    let sessions = store::sessions(desk.read(), &desk.me.id, desk.now).await?;
    let (status, frame) = desk.form("我的账号", "/desk/me", errors);
    html_as(
        status,
        &MePage {
            frame,
            sessions,
            session: desk.session.clone(),
            has_second: !row.totp.is_empty(),
            second: second::fresh(desk),
            may_draft: desk.me.has(Duty::Draft),
            token,
        },
    )
}

async fn change_password(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (row, _) = store::me(desk.read(), &desk.me.id).await?.ok_or(::store::Error::NotFound)?;
    let mut why = rules::password(&form.text("new"), &row.login);
    if !password::verify(form.text("old"), Some(row.password.clone())).await? {
        why.insert(0, Refusal::new("password-wrong", "现在的密码不对。").at("old"));
    }
    if !why.is_empty() {
        return show_me(&desk, why).await;
    }
    let hashed = password::hash(form.text("new")).await?;
    let work = async move |act: &mut ::store::Act| store::set_password(act, &row, hashed.clone()).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/sign-in"))
}

async fn end_session(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (id, session) = (desk.me.id.clone(), form.get("session").to_owned());
    let work = async move |act: &mut ::store::Act| store::end_sessions(act, &id, Some(&session)).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/me?said=session-ended"))
}
