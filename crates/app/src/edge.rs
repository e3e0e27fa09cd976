//! The edge: what stands between a socket and a handler, and how errors become answers.

use crate::App;
use crate::cache::Private;
use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header, request::Parts};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use kernel::Refusal;
use std::cell::RefCell;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use store::Error;

/// What went wrong, on its way to becoming a page. The portal's and the desk's layers draw it, each in its own frame.
#[derive(Clone, Debug)]
pub struct Failure {
    pub status: StatusCode,
    pub refusals: Vec<Refusal>,
    /// What this very page wants to add; empty for the usual words.
    pub says: String,
}

impl Failure {
    pub fn new(status: StatusCode, says: impl Into<String>) -> Failure {
        Failure { status, refusals: vec![], says: says.into() }
    }

    pub fn bad(says: impl Into<String>) -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, says)
    }

    pub fn forbidden(says: impl Into<String>) -> Failure {
        Failure::new(StatusCode::FORBIDDEN, says)
    }

    pub fn not_found() -> Failure {
        Failure::new(StatusCode::NOT_FOUND, "")
    }
}

impl From<Error> for Failure {
    fn from(e: Error) -> Failure {
        let (status, refusals) = match e {
            Error::Refused(why) => (StatusCode::UNPROCESSABLE_ENTITY, why),
            Error::NotFound => (StatusCode::NOT_FOUND, vec![]),
            Error::Conflict => (StatusCode::CONFLICT, vec![]),
            Error::Fault(e) => {
                tracing::error!("fault: {e}");
                (StatusCode::INTERNAL_SERVER_ERROR, vec![])
            }
        };
        Failure { status, refusals, says: String::new() }
    }
}

impl From<sea_orm::DbErr> for Failure {
    fn from(e: sea_orm::DbErr) -> Failure {
        Error::from(e).into()
    }
}

impl From<askama::Error> for Failure {
    fn from(e: askama::Error) -> Failure {
        Error::Fault(e.into()).into()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// A failure for a program: `{"status", "errors": [{"code", "says", "cite", "field"}]}`.
pub fn json_failure(failure: &Failure) -> Response {
    let errors: Vec<serde_json::Value> = failure
        .refusals
        .iter()
        .map(|r| serde_json::json!({"code": r.code, "says": r.says, "cite": r.cite, "field": r.field}))
        .collect();
    let body = serde_json::json!({"status": failure.status.as_u16(), "says": failure.says, "errors": errors});
    (failure.status, axum::Json(body)).into_response()
}

/// A page from its template.
pub fn html(page: &impl askama::Template) -> Result<Response, Failure> {
    html_as(StatusCode::OK, page)
}

thread_local! {
    /// Where pages are written, one after the other: it has grown to their size once and for all.
    static SHEET: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A page with another status: a form that comes back is 422.
pub fn html_as(status: StatusCode, page: &impl askama::Template) -> Result<Response, Failure> {
    let text = SHEET.with_borrow_mut(|sheet| {
        sheet.clear();
        page.render_into(sheet)?;
        // Copied to its own length: it may be kept for long.
        Ok::<_, askama::Error>(Bytes::copy_from_slice(sheet.as_bytes()))
    })?;
    Ok((status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response())
}

/// A page for one reader, kept by nobody.
pub fn private(status: StatusCode, page: &impl askama::Template) -> Result<Response, Failure> {
    Ok(unkept(html_as(status, page)?))
}

/// An answer that nobody keeps, here or on the way.
pub fn unkept(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.extensions_mut().insert(Private);
    response
}

/// Of a page with a form: 422 where something typed was refused, 409 where somebody else had been there before.
pub fn status_of(errors: &[Refusal]) -> StatusCode {
    match errors {
        [] => StatusCode::OK,
        _ if errors.iter().any(|e| e.code == "moved") => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// `303 See Other`: after a POST, the address to read.
pub fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, path)]).into_response()
}

/// The values of all cookies of one request, as they came.
pub fn cookies(headers: &HeaderMap) -> String {
    let all: Vec<&str> = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).collect();
    all.join("; ")
}

/// The value of one cookie.
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = cookies(headers);
    all.split(';').filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v.to_owned())
}

/// How often one network address may knock, by kind of door.
pub struct Limits {
    trusted_proxies: usize,
    sign_in: DefaultKeyedRateLimiter<String>,
    submit: DefaultKeyedRateLimiter<String>,
}

impl Limits {
    pub fn new(trusted_proxies: usize) -> Limits {
        let a_minute = |n: u32| Quota::per_minute(NonZeroU32::new(n).expect("more than none"));
        Limits { trusted_proxies, sign_in: RateLimiter::keyed(a_minute(20)), submit: RateLimiter::keyed(a_minute(30)) }
    }

    fn allows(&self, method: &Method, path: &str, from: &str) -> bool {
        let key = from.to_owned();
        match path {
            _ if method != Method::POST => true,
            "/desk/sign-in" => self.sign_in.check_key(&key).is_ok(),
            _ if path.starts_with("/desk") || path.starts_with("/api") || path == "/preferences" => true,
            _ => self.submit.check_key(&key).is_ok(),
        }
    }

    /// Forgets addresses that have been quiet.
    pub fn tidy(&self) {
        self.sign_in.retain_recent();
        self.submit.retain_recent();
    }
}

/// The network address that a request came from, believing as many proxies as are ours. Never logged, never stored.
pub struct Sender(pub String);

impl FromRequestParts<App> for Sender {
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Sender, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip().to_string());
        Ok(Sender(address(&parts.headers, peer, app.limits.trusted_proxies)))
    }
}

/// The last `trusted` entries of `X-Forwarded-For` were written by proxies of ours; the one before them is the sender.
fn address(headers: &HeaderMap, peer: Option<String>, trusted: usize) -> String {
    let peer = peer.unwrap_or_else(|| "local".into());
    if trusted == 0 {
        return peer;
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(str::trim)
        .collect();
    forwarded.len().checked_sub(trusted).map_or(peer, |i| forwarded[i].to_owned())
}

/// Layers around everything: panics become 500, knocking too often 429, a POST from another site 403, headers on all.
pub fn wrap(app: &App, router: Router<App>) -> Router<App> {
    router
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a handler panicked");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(middleware::from_fn_with_state(app.clone(), with_headers))
}

async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Sender(from)) = Sender::from_request_parts(&mut parts, &app).await;
    let path = parts.uri.path().to_owned();
    let refused = if !app.limits.allows(&parts.method, &path, &from) {
        Some(Failure::new(StatusCode::TOO_MANY_REQUESTS, ""))
    } else if parts.method == Method::POST && !path.starts_with("/api/") && is_foreign(&parts.headers) {
        Some(Failure::forbidden("这次提交来自别的网站，没有被接受。请从本网站的页面重新提交。"))
    } else {
        None
    };
    match refused {
        Some(failure) => crate::portal::draw(&app, &parts, failure).await,
        None => next.run(Request::from_parts(parts, body)).await,
    }
}

/// A form sent by another site's page. Browsers say so; programs that say nothing carry no cookie of a victim.
fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text("host")) {
        (Some(origin), Some(host)) => origin.split_once("://").is_none_or(|(_, from)| from != host),
        _ => false,
    }
}

/// The headers that every answer carries. Kept pages are stamped once, when they are kept.
pub struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    pub fn stamp(&self, response: &mut Response) {
        for (name, value) in &self.0 {
            response.headers_mut().insert(name, value.clone());
        }
    }
}

/// What a browser must not do with our pages.
pub fn security_headers(base_url: &str) -> Headers {
    let mut all = vec![
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
    ];
    if base_url.starts_with("https://") {
        all.push(("strict-transport-security", "max-age=31536000"));
    }
    Headers(all.into_iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect())
}

async fn with_headers(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    app.headers.stamp(&mut response);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(n, v)| (HeaderName::from_static(n), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn a_form_from_another_site_is_foreign() {
        let here = ("host", "xmj.example");
        assert!(is_foreign(&headers(&[here, ("sec-fetch-site", "cross-site")])));
        assert!(is_foreign(&headers(&[here, ("sec-fetch-site", "same-site")])));
        assert!(is_foreign(&headers(&[here, ("origin", "https://evil.example")])));
        assert!(is_foreign(&headers(&[here, ("origin", "null")])));
        assert!(!is_foreign(&headers(&[here, ("origin", "https://xmj.example")])));
        assert!(!is_foreign(&headers(&[here, ("sec-fetch-site", "same-origin"), ("origin", "https://xmj.example")])));
        assert!(!is_foreign(&headers(&[here])));
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        let faked = headers(&[("x-forwarded-for", "1.1.1.1, 2.2.2.2")]);
        let peer = || Some("9.9.9.9".to_owned());
        assert_eq!(address(&faked, peer(), 0), "9.9.9.9");
        assert_eq!(address(&faked, peer(), 1), "2.2.2.2");
        assert_eq!(address(&faked, peer(), 2), "1.1.1.1");
        assert_eq!(address(&faked, peer(), 3), "9.9.9.9");
    }
}
