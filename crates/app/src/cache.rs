//! Rendered pages, kept until something public changes or a date on them comes.
//!
//! An entry carries the epoch read *before* its rows and `fresh_until`, the next moment at which a derived fact on it
//! changes (usually midnight). Misses are single-flight. Bodies are kept as they are sent: plain, gzip and brotli.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use kernel::{Hash, Instant};
use std::io::Write;
use std::sync::{Arc, OnceLock};

/// All entries together, in bytes.
const ROOM: u64 = 16 << 20;
/// A longer body is sent but not kept.
const LONGEST: usize = 1 << 20;
/// A shorter body is not worth compressing.
const SHORTEST: usize = 600;

/// On a response: the moment at which it may be wrong. Without it, the next midnight.
#[derive(Clone, Copy)]
pub struct FreshUntil(pub Instant);

/// On a response: it is one reader's own, or holds a form that writes.
#[derive(Clone, Copy)]
pub struct Private;

pub struct Entry {
    status: StatusCode,
    headers: HeaderMap,
    plain: Bytes,
    /// Squeezed when a second reader asks: who comes first need not wait for it.
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
    squeeze: bool,
    epoch: i64,
    /// The beginning of time for what is one reader's own.
    fresh_until: Instant,
}

pub struct Cache(moka::future::Cache<String, Arc<Entry>>);

impl Default for Cache {
    fn default() -> Cache {
        Cache::new()
    }
}

impl Cache {
    pub fn new() -> Cache {
        let weigh = |key: &String, e: &Arc<Entry>| {
            // Both squeezed forms together are about a third of the plain one.
            u32::try_from(key.len() + e.plain.len() * 4 / 3 + 512).unwrap_or(u32::MAX)
        };
        Cache(moka::future::Cache::builder().max_capacity(ROOM).weigher(weigh).build())
    }

    /// The entry under `key`, if it is of this epoch and still fresh.
    pub async fn get(&self, key: &str, epoch: i64, now: Instant) -> Option<Arc<Entry>> {
        self.0.get(key).await.filter(|e| e.is_good(epoch, now))
    }

    /// Renders unless another reader is just doing so; then waits for that one. What may not be shared is not kept, and
    /// the caller must not answer with another reader's: see [`Entry::is_shared`].
    pub async fn get_or(
        &self,
        key: String,
        epoch: i64,
        now: Instant,
        render: impl Future<Output = Entry>,
    ) -> Arc<Entry> {
        let stale = |e: &Arc<Entry>| !e.is_good(epoch, now);
        let made = async { Arc::new(render.await) };
        let entry = self.0.entry_by_ref(&key).or_insert_with_if(made, stale).await.into_value();
        if !entry.is_shared() {
            self.0.invalidate(&key).await;
        }
        entry
    }

    pub fn len(&self) -> u64 {
        self.0.entry_count()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Entry {
    /// Only whole answers are kept for others; everything else is good for its own reader and stale at once.
    pub async fn of(response: Response, epoch: i64, midnight: Instant) -> Entry {
        let (parts, body) = response.into_parts();
        let plain = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let private = parts.extensions.get::<Private>().is_some() || parts.headers.contains_key(header::SET_COOKIE);
        let keep = !private && matches!(parts.status, StatusCode::OK | StatusCode::GONE) && plain.len() <= LONGEST;
        let fresh_until = match parts.extensions.get::<FreshUntil>() {
            _ if !keep => Instant(i64::MIN),
            Some(FreshUntil(until)) => *until,
            None => midnight,
        };
        let mut headers = parts.headers;
        let squeeze = keep && is_text(&headers) && plain.len() >= SHORTEST;
        if !private && !headers.contains_key(header::CACHE_CONTROL) {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
            let tag = format!("\"{}\"", &Hash::of(&plain).to_string()[..24]);
            headers.insert(header::ETAG, HeaderValue::from_str(&tag).expect("hexadecimal"));
            headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
        } else if private {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        }
        let (gzip, brotli) = (OnceLock::new(), OnceLock::new());
        Entry { status: parts.status, headers, plain, gzip, brotli, squeeze, epoch, fresh_until }
    }

    /// Whether other readers may be given it.
    pub fn is_shared(&self) -> bool {
        self.fresh_until.0 > i64::MIN
    }

    fn is_good(&self, epoch: i64, now: Instant) -> bool {
        self.epoch == epoch && now < self.fresh_until
    }

    /// The answer for the reader for whom it was rendered: plain, because squeezing costs more than rendering.
    pub fn first_answer(&self, asked: &HeaderMap) -> Response {
        self.respond(asked, "")
    }

    /// The answer for any later reader, squeezed as they accept it.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let accepts = asked.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
        self.respond(asked, accepts)
    }

    /// 304 where the reader has the same bytes already.
    fn respond(&self, asked: &HeaderMap, accepts: &str) -> Response {
        let mut response = Response::new(axum::body::Body::empty());
        *response.headers_mut() = self.headers.clone();
        let known = asked.get(header::IF_NONE_MATCH).zip(self.headers.get(header::ETAG));
        if known.is_some_and(|(theirs, ours)| lists(theirs, ours)) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        *response.status_mut() = self.status;
        let (body, encoding) = self.encoded(accepts);
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        *response.body_mut() = body.clone().into();
        response
    }
}

impl Entry {
    fn encoded(&self, accepts: &str) -> (&Bytes, Option<&'static str>) {
        let brotli = || self.brotli.get_or_init(|| brotli(&self.plain)).as_ref();
        let gzip = || self.gzip.get_or_init(|| gzip(&self.plain)).as_ref();
        let offered = |name| self.squeeze && offers(accepts, name);
        let squeezed = if offered("br") {
            brotli().map(|b| (b, "br"))
        } else if offered("gzip") {
            gzip().map(|b| (b, "gzip"))
        } else {
            None
        };
        squeezed.map_or((&self.plain, None), |(body, name)| (body, Some(name)))
    }
}

/// `If-None-Match` is a list of tags, perhaps weak ones.
fn lists(theirs: &HeaderValue, ours: &HeaderValue) -> bool {
    let (Ok(theirs), Ok(ours)) = (theirs.to_str(), ours.to_str()) else { return false };
    theirs.split(',').map(|t| t.trim().trim_start_matches("W/")).any(|t| t == ours || t == "*")
}

fn offers(accepts: &str, encoding: &str) -> bool {
    let mut offers = accepts.split(',').filter_map(|part| {
        let (name, quality) = part.split_once(';').unwrap_or((part, ""));
        Some(name.trim()).filter(|_| !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    });
    offers.any(|name| name.eq_ignore_ascii_case(encoding))
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE as HeaderName).and_then(|v| v.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/") || kind.contains("json") || kind.contains("xml")
}

fn gzip(plain: &[u8]) -> Option<Bytes> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(plain).ok()?;
    out.finish().ok().map(Bytes::from)
}

fn brotli(plain: &[u8]) -> Option<Bytes> {
    let mut out = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 20);
    out.write_all(plain).ok()?;
    Some(Bytes::from(out.into_inner()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;

    #[test]
    fn an_encoding_must_be_offered_and_not_refused() {
        assert!(offers("gzip, deflate, br", "br"));
        assert!(offers("GZIP;q=0.5", "gzip"));
        assert!(!offers("gzip;q=0", "gzip"));
        assert!(!offers("", "br"));
    }

    #[tokio::test]
    async fn an_entry_is_good_for_its_epoch_and_its_day() {
        let page = "政务公开".repeat(200);
        let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
        let entry = Entry::of((html, page.clone()).into_response(), 7, Instant(100)).await;
        assert!(entry.is_good(7, Instant(99)) && !entry.is_good(8, Instant(99)) && !entry.is_good(7, Instant(100)));
        let asked = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static("br"))]);
        let squeezed = entry.answer(&asked);
        assert_eq!(squeezed.headers()[header::CONTENT_ENCODING], "br");
        let tag = squeezed.headers()[header::ETAG].clone();
        let again = entry.answer(&HeaderMap::from_iter([(header::IF_NONE_MATCH, tag)]));
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        let private = Entry::of((axum::Extension(Private), page).into_response(), 7, Instant(100)).await;
        assert!(!private.is_good(7, Instant(0)) && !private.is_shared(), "never served to another reader");
    }
}
