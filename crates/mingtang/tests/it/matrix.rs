//! The authorisation matrix: every staff route × every duty, and nobody. What the table says is what happens.

use crate::client::Client;
use crate::wire::{House, STAFF, house};
use app::account::desk::Who;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

/// The path with its holes filled: nothing has such an id, so whoever may ask is told 404, 400 or 422.
fn filled(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "none" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(site: &House, who: &Client, method: &Method, path: &str, token: &str) -> StatusCode {
    who.ask(site, method, path, &[("csrf".into(), token.into())]).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_admits_its_duties_and_nobody_else() {
    let site = house(None).await;
    let routes = app::desk_routes();
    assert!(routes.len() > 25, "only {} routes", routes.len());
    for (_, login, duty) in STAFF.iter().filter(|(_, login, _)| !login.ends_with('2')) {
        let person = Client::sign_in(&site, login).await;
        for route in &routes {
            // Signing out would end the matrix; that it needs a token is shown below.
            if route.path == "/desk/sign-out" || (route.path.starts_with("/desk/me/") && route.method == Method::POST) {
                continue;
            }
            let status = ask(&site, &person, &route.method, &filled(route.path), &person.token).await;
            let admitted = match route.who {
                Who::Anyone | Who::Staff => true,
                Who::Duty(any) => any.contains(duty),
            };
            let told = format!("{login} {} {} -> {status}", route.method, route.path);
            assert_eq!(status != StatusCode::FORBIDDEN, admitted, "{told}");
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{told}");
            if route.method == Method::POST && route.who != Who::Anyone {
                let forged = ask(&site, &person, &route.method, &filled(route.path), "forged").await;
                assert_eq!(forged, StatusCode::FORBIDDEN, "without the form token: {told}");
            }
        }
    }
    for route in routes.iter().filter(|r| r.who != Who::Anyone) {
        let status = ask(&site, &Client::default(), &route.method, &filled(route.path), "").await;
        let wanted = if route.method == Method::GET { StatusCode::SEE_OTHER } else { StatusCode::UNAUTHORIZED };
        assert_eq!(status, wanted, "nobody: {} {}", route.method, route.path);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_listener_has_no_staff_route() {
    let site = house(None).await;
    let router = app::router(&site.app, app::Face::Public);
    for route in app::desk_routes() {
        let request =
            Request::builder().method(&route.method).uri(filled(route.path)).body(Body::empty()).expect("a request");
        let response = tower::ServiceExt::oneshot(router.clone(), request).await.expect("answers");
        let closed = matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
        assert!(closed, "{} {} -> {}", route.method, route.path, response.status());
    }
}
