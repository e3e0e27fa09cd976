//! Logs and measurements. A line has the route's template: no path, no query, no address of a citizen.

use crate::clock::Stopwatch;
use crate::fail::Fail;
use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing::Instrument;
use tracing_subscriber::EnvFilter;

/// Upper ends of the classes of response time, in seconds.
const BUCKETS: &[f64] = &[0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0];

/// JSON lines: on stdout where the program serves, else only warnings on stderr, beside the words for people.
pub fn start(level: &str, serves: bool) -> Result<(), Fail> {
    let filter = if serves { level } else { "warn" };
    let filter =
        EnvFilter::try_new(filter).map_err(|e| Fail::usage(format!("配置有误：log 写成 info 或 warn。{e}")))?;
    let lines = tracing_subscriber::fmt().json().flatten_event(true).with_span_list(false).with_env_filter(filter);
    let started = if serves { lines.try_init() } else { lines.with_writer(std::io::stderr).try_init() };
    started.map_err(Fail::fault)
}

/// The recorder of all measurements of this process.
pub fn measure() -> Result<PrometheusHandle, Fail> {
    let builder = PrometheusBuilder::new().set_buckets(BUCKETS).map_err(Fail::fault)?;
    builder.install_recorder().map_err(Fail::fault)
}

/// Notes each request once it is answered.
pub async fn note(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |p| p.as_str().to_owned());
    let method = known(request.method());
    let watch = Stopwatch::start();
    let span = tracing::info_span!("request", route, method);
    let response = next.run(request).instrument(span.clone()).await;
    let (seconds, status) = (watch.seconds(), response.status().as_u16());
    span.in_scope(|| tracing::info!(status, ms = (seconds * 1e6).round() / 1e3, "answered"));
    let labels = [("route", route), ("method", method.to_owned())];
    metrics::histogram!("mingtang_request_seconds", &labels).record(seconds);
    let [route, method] = labels;
    metrics::counter!("mingtang_requests_total", &[route, method, ("status", status.to_string())]).increment(1);
    response
}

/// Anyone may invent a method, and must not fill our memory with names.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}
