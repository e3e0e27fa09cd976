//! The authorisation matrix: every staff route × every duty, and nobody. What the table says is what happens.

use crate::stories::Site;
use crate::wire::{House, STAFF, house};
use app::account::desk::Who;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};

/// The path with its holes filled: nothing has such an id, so whoever may ask is told 404, 400 or 422.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "none" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(site: &House, method: &Method, path: &str, cookie: &str, form: &str) -> StatusCode {
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, "demo.invalid");
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    site.send(request.body(Body::from(form.to_owned())).expect("a request")).await.status()
}

/// Signs in; returns the cookie and the form token.
async fn sign_in(site: &House, login: &str) -> (String, String) {
    let form = format!("name={login}&password={}", urlencoded(&site.password(login)));
    let request = Request::post("/desk/sign-in")
        .header(header::HOST, "demo.invalid")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("a request");
    let response = site.send(request).await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER, "{login} signs in");
    let cookie = response.headers()[header::SET_COOKIE].to_str().expect("ascii").split(';').next().unwrap_or_default().to_owned();
    let page = Request::get("/desk/me").header(header::COOKIE, &cookie).body(Body::empty()).expect("a request");
    let body = to_bytes(site.send(page).await.into_body(), usize::MAX).await.expect("a page");
    let html = String::from_utf8_lossy(&body).into_owned();
    let token = html.split("name=\"csrf\" value=\"").nth(1).and_then(|t| t.split('"').next()).expect("a form token");
    (cookie, token.to_owned())
}

fn urlencoded(text: &str) -> String {
    text.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_admits_its_duties_and_nobody_else() {
    let site = house(None).await;
    let routes = app::desk_routes();
    assert!(routes.len() > 25, "only {} routes", routes.len());
    for (_, login, duty) in STAFF.iter().filter(|(_, login, _)| !login.ends_with('2')) {
        let (cookie, token) = sign_in(&site, login).await;
        for route in &routes {
            // Signing out would end the matrix; that it needs a token is shown below.
            if route.path == "/desk/sign-out" || (route.path.starts_with("/desk/me/") && route.method == Method::POST) {
                continue;
            }
            let form = format!("csrf={token}");
            let status = ask(&site, &route.method, &filled(route.path), &cookie, &form).await;
            let admitted = match route.who {
                Who::Anyone | Who::Staff => true,
                Who::Duty(any) => any.contains(duty),
            };
            let told = format!("{login} {} {} -> {status}", route.method, route.path);
            assert_eq!(status != StatusCode::FORBIDDEN, admitted, "{told}");
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{told}");
            if route.method == Method::POST && route.who != Who::Anyone {
                let forged = ask(&site, &route.method, &filled(route.path), &cookie, "csrf=forged").await;
                assert_eq!(forged, StatusCode::FORBIDDEN, "without the form token: {told}");
            }
        }
    }
    for route in routes.iter().filter(|r| r.who != Who::Anyone) {
        let status = ask(&site, &route.method, &filled(route.path), "", "").await;
        let wanted = if route.method == Method::GET { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED };
        assert_eq!(status, wanted, "nobody: {} {}", route.method, route.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_listener_has_no_staff_route() {
    let site = house(None).await;
    let router = app::router(&site.app, app::Face::Public);
    for route in app::desk_routes() {
        let request = Request::builder().method(&route.method).uri(filled(route.path)).body(Body::empty()).expect("a request");
        let response = tower::ServiceExt::oneshot(router.clone(), request).await.expect("answers");
        let closed = matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
        assert!(closed, "{} {} -> {}", route.method, route.path, response.status());
    }
}
