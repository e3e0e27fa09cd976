//! What every public page needs: the door, the body's frame, the reader's preferences; and the layer that keeps
//! rendered pages and draws failures.

use crate::App;
use crate::body::Body;
use crate::cache::Entry;
use crate::edge::{self, Failure};
use crate::floor::{public_listing, public_redirect, redirect_id};
use crate::ui::{self, Extra, Frame, Link, LinkGroup, Pref, Shell};
use axum::Router;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{Method, StatusCode, Uri, header, request::Parts};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use kernel::Instant;
use law::Law;
use sea_orm::ColumnTrait;
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};
use store::{Error, Public};

/// What a public handler is given.
pub struct Portal {
    pub app: App,
    pub public: Public,
    pub body: Body,
    pub law: &'static Law,
    pub shell: Arc<Shell>,
    /// What is public, by place and kind.
    pub filled: Arc<Filled>,
    pub pref: Pref,
    pub uri: Uri,
    pub now: Instant,
}

impl FromRequestParts<App> for Portal {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Portal, Failure> {
        // Before body and law: these may be newer than the shell's tag says, never older.
        let reading = app.readings.load(SeqCst);
        let body = body_of(app, parts).ok_or_else(|| Failure::new(StatusCode::SERVICE_UNAVAILABLE, ""))?;
        let (law, public) = (app.law(), app.store.public());
        let (shell, filled) = app.shells.of(app, law, &body, &public, reading).await?;
        let pref = Pref::parse(&edge::cookies(&parts.headers));
        let (app, uri, now) = (app.clone(), parts.uri.clone(), app.clock.now());
        Ok(Portal { app, public, body, law, shell, filled, pref, uri, now })
    }
}

impl Portal {
    /// A frame for this very address.
    pub fn frame(&self, title: impl Into<String>) -> Frame {
        let path = self.uri.path_and_query().map_or_else(|| self.uri.path(), |p| p.as_str());
        Frame::new(&self.shell, self.pref, path, title, self.now)
    }
}

/// The host name picks the body; a name that no body has gets the first.
fn body_of(app: &App, parts: &Parts) -> Option<Body> {
    let host = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let bodies = app.bodies();
    bodies.iter().find(|b| b.host == host).or(bodies.first()).cloned()
}

/// How many records are public, by place and by record kind.
#[derive(Debug, Default)]
pub struct Filled {
    /// Places (columns, statutory classes, everywhere) with at least one record.
    pub counts: BTreeMap<String, i64>,
    kinds: BTreeMap<String, Vec<(String, i64)>>,
    oldest: BTreeMap<String, Instant>,
    totals: Mutex<HashMap<String, u64>>,
    ends: Mutex<HashMap<String, Ends>>,
}

/// Where each page of a list ends: the time and the address of its last item.
pub type Ends = Arc<[(i64, String)]>;

/// Lists whose totals are remembered: anyone may ask for years that never were.
const TOTALS: usize = 4096;
/// Lists whose ends are remembered, some ten thousand bytes each at the most.
const ENDS: usize = 256;

impl Filled {
    /// The record kinds at a place, the most frequent first.
    pub fn kinds(&self, place: &str) -> Vec<(String, i64)> {
        self.kinds.get(place).cloned().unwrap_or_default()
    }

    /// When the oldest record at a place was first public.
    pub fn oldest(&self, place: &str) -> Option<Instant> {
        self.oldest.get(place).copied()
    }

    /// How many a list holds, as it was counted while the same was public.
    pub fn total(&self, list: &str) -> Option<u64> {
        self.totals.lock().expect("no panic under this lock").get(list).copied()
    }

    /// Remembers it for the other pages of the list: counting walks all of it.
    pub fn note_total(&self, list: String, total: u64) {
        let mut all = self.totals.lock().expect("no panic under this lock");
        if all.len() < TOTALS {
            all.insert(list, total);
        }
    }

    /// Where the pages of a list end, as they were walked while the same was public.
    pub fn ends(&self, list: &str) -> Option<Ends> {
        self.ends.lock().expect("no panic under this lock").get(list).cloned()
    }

    /// Remembers it for the other pages of the list: what is skipped costs, too.
    pub fn note_ends(&self, list: String, ends: Ends) {
        let mut all = self.ends.lock().expect("no panic under this lock");
        if all.len() < ENDS {
            all.insert(list, ends);
        }
    }

    async fn read(public: &Public, body: &str) -> Result<Filled, Error> {
        use public_listing::Column::{Body, FirstAt, Kind, Place};
        let find = public.find::<public_listing::Entity>().filter(Body.eq(body));
        let mut all = Filled::default();
        for (place, kind, n, first) in find.tally(Place, Kind, FirstAt).await? {
            let oldest = all.oldest.entry(place.clone()).or_insert(Instant(first));
            *oldest = Instant(first).min(*oldest);
            *all.counts.entry(place.clone()).or_default() += n;
            all.kinds.entry(place).or_default().push((kind, n));
        }
        for kinds in all.kinds.values_mut() {
            kinds.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        }
        Ok(all)
    }
}

type Common = (Arc<Shell>, Arc<Filled>);

/// What all pages of a body share, built again when the epoch changes, or the bodies or the law were read again.
#[derive(Default)]
pub struct Shells(Mutex<HashMap<String, (u64, i64, Common)>>);

impl Shells {
    /// `reading` is the count taken before `body` and `law` were.
    async fn of(&self, app: &App, law: &Law, body: &Body, public: &Public, reading: u64) -> Result<Common, Error> {
        let epoch = public.epoch();
        let known = self.0.lock().expect("no panic under this lock").get(&body.id).cloned();
        if let Some((.., common)) = known.filter(|(read, of, _)| (*read, *of) == (reading, epoch)) {
            return Ok(common);
        }
        let filled = Filled::read(public, &body.id).await?;
        let common = (Arc::new(build(app, law, body, &filled)), Arc::new(filled));
        let mut all = self.0.lock().expect("no panic under this lock");
        all.insert(body.id.clone(), (reading, epoch, common.clone()));
        Ok(common)
    }
}

/// The shell of a console page, which knows no columns.
pub fn bare_shell(app: &App, body: &Body) -> Shell {
    Shell { site: body.site(&app.base_url), nav: vec![], foot: vec![], search: false, assets: app.assets.clone() }
}

fn build(app: &App, law: &Law, body: &Body, filled: &Filled) -> Shell {
    let sections = law.columns.iter().filter(|c| !c.path.contains('/'));
    let sections = sections.filter(|c| filled.counts.contains_key(&c.path));
    let mut nav = vec![Link::new("政府信息公开", "/disclosure")];
    nav.extend(sections.map(|c| Link::new(&c.name, format!("/{}", c.path))));
    Shell { nav, foot: foot(), search: true, ..bare_shell(app, body) }
}

fn foot() -> Vec<LinkGroup> {
    let group = |title: &str, links: &[(&str, &str)]| LinkGroup {
        title: title.into(),
        links: links.iter().map(|(label, href)| Link::new(*label, *href)).collect(),
    };
    vec![
        group(
            "公开",
            &[
                ("公开指南", "/disclosure/guide"),
                ("法定主动公开内容", "/disclosure/catalogue"),
                ("依申请公开", "/disclosure/apply"),
                ("工作年报", "/disclosure/reports"),
                ("期限计算", "/open-data/due"),
                ("工作日历", "/open-data/work-calendar"),
                ("公开凭证核验", "/verify"),
            ],
        ),
        group("参与", &[("申请更正", "/correction"), ("查处理进度", "/correction/track"), ("使用帮助", "/help")]),
        group(
            "关于",
            &[
                ("网站地图", "/sitemap"),
                ("订阅更新", "/feeds"),
                ("隐私说明", "/privacy"),
                ("无障碍说明", "/accessibility"),
                ("关于本平台", "/about"),
            ],
        ),
    ]
}

/// The portal's layer: kept pages are answered at once, the others rendered once for all who wait.
pub fn wrap(app: &App, pages: Router<App>) -> Router<App> {
    pages.fallback(|| async { Failure::not_found() }).layer(middleware::from_fn_with_state(app.clone(), keep))
}

/// Routes whose answers are never kept; only their failures are drawn.
pub fn draws(app: &App, routes: Router<App>) -> Router<App> {
    let draw = async |State(app): State<App>, request: Request, next: Next| {
        let (parts, body) = request.into_parts();
        let response = next.run(Request::from_parts(parts.clone(), body)).await;
        finish(&app, &parts, response).await
    };
    routes.layer(middleware::from_fn_with_state(app.clone(), draw))
}

/// The outermost layer of a program that serves: a kept page is answered before anything else is asked or noted.
pub async fn hits(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let portal = !path.starts_with("/desk") && matches!(*request.method(), Method::GET | Method::HEAD);
    if portal && let Some(entry) = hit(&app, &key_of(&app, &request)).await {
        return entry.answer(request.headers());
    }
    next.run(request).await
}

async fn hit(app: &App, key: &str) -> Option<Arc<Entry>> {
    let entry = app.cache.get(key, app.store.epoch(), app.clock.now()).await?;
    metrics::counter!("mingtang_cache_hits_total").increment(1);
    Some(entry)
}

async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let (parts, body) = request.into_parts();
        let response = next.run(Request::from_parts(parts.clone(), body)).await;
        return finish(&app, &parts, response).await;
    }
    let key = key_of(&app, &request);
    let (epoch, now) = (app.store.epoch(), app.clock.now());
    if let Some(entry) = hit(&app, &key).await {
        return entry.answer(request.headers());
    }
    metrics::counter!("mingtang_cache_misses_total").increment(1);
    let asked = request.headers().clone();
    let mut waiting = Some((request, next));
    let render = async {
        let (request, next) = waiting.take().expect("rendered once");
        rendered(&app, request, next, epoch, now).await
    };
    let entry = app.cache.get_or(key, epoch, now, render).await;
    match waiting {
        // Another reader rendered it, and it is theirs alone (a form's one-time token): this one gets their own.
        Some((request, next)) if !entry.is_shared() => {
            rendered(&app, request, next, epoch, now).await.first_answer(&asked)
        }
        _ => entry.first_answer(&asked),
    }
}

async fn rendered(app: &App, request: Request, next: Next, epoch: i64, now: Instant) -> Entry {
    let (mut parts, body) = request.into_parts();
    parts.method = Method::GET;
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    let mut response = finish(app, &parts, response).await;
    app.headers.stamp(&mut response);
    Entry::of(response, epoch, now.day().plus(1).start()).await
}

/// Reading of the bodies and the law, host, path, canonical query, preferences. Never a secret: pages behind a tracking
/// code are marked private.
fn key_of(app: &App, request: &Request) -> String {
    let reading = app.readings.load(SeqCst);
    let host = request.headers().get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let pref = Pref::parse(&edge::cookies(request.headers())).key();
    let mut query: Vec<&str> = request.uri().query().unwrap_or_default().split('&').filter(|q| !q.is_empty()).collect();
    query.sort_unstable();
    format!("{reading}\n{host}\n{}\n{}\n{pref}", request.uri().path(), query.join("&"))
}

async fn finish(app: &App, parts: &Parts, mut response: Response) -> Response {
    match response.extensions_mut().remove::<Failure>() {
        Some(failure) if failure.status == StatusCode::NOT_FOUND => match moved(app, parts).await {
            Ok(Some(response)) => response,
            Ok(None) => draw(app, parts, failure).await,
            Err(held) => draw(app, parts, held).await,
        },
        Some(failure) => draw(app, parts, failure).await,
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED => {
            draw(app, parts, Failure::new(StatusCode::METHOD_NOT_ALLOWED, "")).await
        }
        None => response,
    }
}

/// Where an address of a former site leads now. `Err` while its page waits for a person: it is known, and not public.
async fn moved(app: &App, parts: &Parts) -> Result<Option<Response>, Failure> {
    let Some(body) = body_of(app, parts).filter(|_| matches!(parts.method, Method::GET | Method::HEAD)) else {
        return Ok(None);
    };
    let asked = parts.uri.path_and_query().map_or_else(|| parts.uri.path(), |p| p.as_str());
    let id = public_redirect::Column::Id.eq(redirect_id(&body.id, asked));
    match app.store.public().find::<public_redirect::Entity>().filter(id).one().await? {
        None => Ok(None),
        Some(row) if row.target.is_empty() => {
            let says = "这一页在旧网站公开过，正在核对，核对后会在这里公开。急需的，请联系本机关。";
            Err(Failure::new(StatusCode::NOT_FOUND, says))
        }
        Some(row) => Ok(Some((StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, row.target)]).into_response())),
    }
}

/// What a failure adds to the words of its status.
pub fn extra_of(failure: &Failure) -> Extra {
    let mut extra = Extra::refusals(&failure.refusals);
    if !failure.says.is_empty() {
        extra.says = failure.says.clone();
    }
    extra
}

/// A failure as a page that helps, in the frame of the face that was asked.
pub async fn draw(app: &App, parts: &Parts, failure: Failure) -> Response {
    let status = failure.status;
    if parts.uri.path().starts_with("/api/") {
        return edge::json_failure(&failure);
    }
    let extra = extra_of(&failure);
    let portal = Portal::from_request_parts(&mut parts.clone(), app).await;
    let frame = portal.ok().map(|p| Frame { path: parts.uri.path().into(), ..p.frame("") });
    let page = frame.map(|f| ui::error_page(status.as_u16(), &f, extra));
    page_of_failure(status, page)
}

/// The answer around a failure's page; with a bare sentence where no body exists yet.
pub fn page_of_failure(status: StatusCode, page: Option<String>) -> Response {
    let bare = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>暂时无法提供服务</title><p>平台还没有设置好。";
    let page = page.unwrap_or_else(|| bare.into());
    let mut response = (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response();
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("60"));
    }
    response
}
