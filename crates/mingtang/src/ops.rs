//! What operators ask: `/healthz`, `/readyz`, `/metrics`. On the desk's listener, and where one address serves all.

use app::{App, Face, record};
use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use sea_orm::{ConnectionTrait, Statement};
use std::net::SocketAddr;

#[derive(Clone)]
struct Ops {
    app: App,
    meter: PrometheusHandle,
    face: Face,
}

/// The operators' routes of a listener; none where only the public comes.
pub fn routes(app: &App, meter: &PrometheusHandle, face: Face) -> Router {
    if !matches!(face, Face::All | Face::Desk) {
        return Router::new();
    }
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(measurements))
        .with_state(Ops { app: app.clone(), meter: meter.clone(), face })
}

/// Ready means: the database answers, and acts can be done.
async fn ready(State(ops): State<Ops>) -> Response {
    let read = ops.app.store.read();
    let asked = read.query_one_raw(Statement::from_string(read.get_database_backend(), "SELECT 1 AS one")).await;
    match asked {
        Ok(Some(_)) if !ops.app.store.is_dead() => "ready\n".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response(),
    }
}

async fn measurements(
    State(ops): State<Ops>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    if !may_measure(ops.face, peer, &headers) {
        return StatusCode::NOT_FOUND.into_response();
    }
    if let Ok(dead) = ops.app.store.dead_jobs().await {
        metrics::gauge!("mingtang_jobs_dead").set(dead.len() as f64);
    }
    let now = ops.app.clock.now();
    if let Ok(late) = record::schedule::due_but_not_out(ops.app.store.read(), now).await {
        metrics::gauge!("mingtang_due_not_out").set(late.len() as f64);
    }
    if let Ok(late) = record::hiding::overdue(ops.app.store.read(), now.day()).await {
        metrics::gauge!("mingtang_hide_undecided").set(late.len() as f64);
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], ops.meter.render()).into_response()
}

/// Where one address serves all, the public's requests come through a proxy on this machine: a forwarded one is theirs.
fn may_measure(face: Face, peer: SocketAddr, headers: &HeaderMap) -> bool {
    face == Face::Desk || (peer.ip().is_loopback() && !headers.contains_key("x-forwarded-for"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_sees_no_measurements() {
        let (here, far): (SocketAddr, SocketAddr) = ("127.0.0.1:9".parse().unwrap(), "192.0.2.1:9".parse().unwrap());
        let forwarded = HeaderMap::from_iter([("x-forwarded-for".parse().unwrap(), "192.0.2.1".parse().unwrap())]);
        for (face, peer, headers, may) in [
            (Face::All, here, HeaderMap::new(), true),
            (Face::All, here, forwarded.clone(), false),
            (Face::All, far, HeaderMap::new(), false),
            (Face::Desk, far, forwarded, true),
        ] {
            assert_eq!(may_measure(face, peer, &headers), may, "{face:?} {peer}");
        }
    }
}
