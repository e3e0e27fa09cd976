//! The beginning of our own addresses where a whole one is needed: feeds, sitemaps.

use crate::App;
use axum::extract::FromRequestParts;
use axum::http::{header, request::Parts};
use std::convert::Infallible;

/// Scheme and host without a slash at the end: the configured address, on loopback the host that was asked.
pub struct Origin(pub String);

impl FromRequestParts<App> for Origin {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Origin, Infallible> {
        let host = parts.headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
        Ok(Origin(origin(&app.base_url, host)))
    }
}

fn origin(base_url: &str, host: &str) -> String {
    let plain = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]".contains(&b));
    match (base_url, plain) {
        ("", true) => format!("http://{host}"),
        ("", false) => "http://localhost".into(),
        (base_url, _) => base_url.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn the_configured_address_wins() {
        for (base_url, host, wanted) in [
            ("https://xmj.example", "evil.example", "https://xmj.example"),
            ("", "127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("", "[::1]:8080", "http://[::1]:8080"),
            ("", "a\"><script>", "http://localhost"),
            ("", "", "http://localhost"),
        ] {
            assert_eq!(origin(base_url, host), wanted);
        }
    }
}
