//! One person at a browser: cookies, the hidden fields of the forms last seen, requests as a browser makes them.

use super::parse::Value;
use crate::html;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use std::collections::{BTreeMap, BTreeSet};

/// What a browser remembers between two requests.
#[derive(Default)]
pub struct Actor {
    cookies: BTreeMap<String, String>,
    /// The `csrf` of the last page that had one.
    csrf: Option<String>,
    /// For each address a form leads to: its `once` and `version`, as last seen.
    hidden: BTreeMap<String, Vec<(String, String)>>,
    /// For each address a form leads to: all that it would send untouched, as last seen.
    shown: BTreeMap<String, Vec<(String, String)>>,
    /// Names of buttons, as far as pages had any.
    buttons: BTreeSet<String>,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|t| t.starts_with("text/html"))
    }

    /// What a reader sees: the text of a page, or the body itself.
    pub fn text(&self) -> String {
        if self.is_html() { html::text(&self.body) } else { self.body.clone() }
    }
}

const BOUNDARY: &str = "----story-boundary-7d41b838";

impl Actor {
    /// The request a browser would send: cookies, hidden fields not given, `multipart` when there is a file.
    pub fn request(
        &self,
        method: &str,
        path: &str,
        mut fields: Vec<(String, Value)>,
        headers: &[(String, String)],
    ) -> Request<Body> {
        let raw = fields.iter().any(|(_, v)| matches!(v, Value::Raw(_)));
        if method == "POST" && !raw {
            self.add_hidden(path, &mut fields);
        }
        let mut request = Request::builder().method(method).uri(in_ascii(path)).header(header::HOST, "localhost");
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(name, value.as_bytes());
        }
        let (media_type, body) = body(&fields);
        if !fields.is_empty() {
            request = request.header(header::CONTENT_TYPE, media_type);
        }
        request.body(Body::from(body)).expect("a story's request has a valid address and headers")
    }

    fn add_hidden(&self, path: &str, fields: &mut Vec<(String, Value)>) {
        let of_form = self.hidden.get(without_query(path)).into_iter().flatten().cloned();
        let all = of_form.chain(self.csrf.iter().map(|token| ("csrf".to_string(), token.clone())));
        for (name, value) in all {
            if !fields.iter().any(|(given, _)| *given == name) {
                fields.push((name, Value::Text(value)));
            }
        }
    }

    /// Adds what the form shows and the story does not give.
    pub fn add_shown(&self, path: &str, fields: &mut Vec<(String, Value)>) {
        let given: BTreeSet<String> = fields.iter().map(|(name, _)| name.clone()).collect();
        let rest = self.shown.get(without_query(path)).into_iter().flatten();
        let rest = rest.filter(|(name, _)| !given.contains(name)).cloned();
        fields.extend(rest.map(|(name, value)| (name, Value::Text(value))));
    }

    /// How many of these fields a person fills in: not buttons, and not what the form shows already.
    pub fn typed(&self, path: &str, fields: &[(String, Value)]) -> usize {
        let shown = self.shown.get(without_query(path));
        let is_shown = |name: &String, value: &Value| {
            let Value::Text(text) = value else { return false };
            shown.into_iter().flatten().any(|(n, v)| n == name && v == text)
        };
        fields.iter().filter(|(name, value)| !self.buttons.contains(name) && !is_shown(name, value)).count()
    }

    /// Keeps the cookies of an answer and the hidden fields of its forms.
    pub fn learn(&mut self, path: &str, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE).iter().filter_map(|c| c.to_str().ok()) {
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let ended = attributes.split(';').any(|a| a.trim().eq_ignore_ascii_case("max-age=0"));
            if ended || value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_string(), value.to_string());
            }
        }
        if !answer.is_html() {
            return;
        }
        self.buttons.extend(html::pieces(&answer.body).into_iter().filter_map(|piece| match piece {
            html::Piece::Tag(tag) if tag.name == "button" => tag.get("name").map(str::to_string),
            _ => None,
        }));
        for form in html::forms(&answer.body).into_iter().filter(|f| f.post).rev() {
            let action = form.action.filter(|a| !a.is_empty()).unwrap_or_else(|| path.to_string());
            let (csrf, rest): (Vec<_>, Vec<_>) = form.fields.into_iter().partition(|(name, _)| name == "csrf");
            self.csrf = csrf.into_iter().next().map(|(_, token)| token).or(self.csrf.take());
            let address = without_query(action.split('#').next().unwrap_or_default()).to_string();
            self.shown.insert(address.clone(), rest.clone());
            let kept = rest.into_iter().filter(|(name, _)| name == "once" || name == "version").collect();
            self.hidden.insert(address, kept);
        }
    }
}

fn without_query(path: &str) -> &str {
    path.split('?').next().unwrap_or(path)
}

fn body(fields: &[(String, Value)]) -> (String, Vec<u8>) {
    if let Some((media_type, Value::Raw(raw))) = fields.iter().find(|(_, v)| matches!(v, Value::Raw(_))) {
        return (media_type.clone(), raw.clone().into_bytes());
    }
    if fields.iter().any(|(_, v)| matches!(v, Value::File { .. } | Value::Loaded(_))) {
        return (format!("multipart/form-data; boundary={BOUNDARY}"), multipart(fields));
    }
    let pairs = fields.iter().map(|(name, value)| match value {
        Value::Text(text) | Value::Raw(text) | Value::Loaded(text) | Value::File { content: text, .. } => {
            format!("{}={}", encode(name), encode(text))
        }
    });
    ("application/x-www-form-urlencoded".into(), pairs.collect::<Vec<_>>().join("&").into_bytes())
}

fn multipart(fields: &[(String, Value)]) -> Vec<u8> {
    let mut out = vec![];
    for (name, value) in fields {
        out.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"").bytes());
        let mut file = |name: &str, content: &[u8]| {
            out.extend(format!("; filename=\"{name}\"\r\nContent-Type: {}\r\n\r\n", media_type(name)).bytes());
            out.extend_from_slice(content);
        };
        match value {
            Value::File { name, content } => file(name, content.as_bytes()),
            Value::Loaded(name) => file(name, &loaded(name)),
            Value::Text(text) | Value::Raw(text) => out.extend(format!("\r\n\r\n{text}").bytes()),
        }
        out.extend(b"\r\n");
    }
    out.extend(format!("--{BOUNDARY}--\r\n").bytes());
    out
}

/// A file of `tests/data`.
fn loaded(name: &str) -> Vec<u8> {
    let path = crate::tidy::root().join("crates/mingtang/tests/data").join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("txt") => "text/plain",
        Some("html") => "text/html",
        Some("csv") => "text/csv",
        Some("pdf") => "application/pdf",
        _ => "application/octet-stream",
    }
}

/// Percent-encodes all but the unreserved characters (RFC 3986, 2.3).
pub fn encode(text: &str) -> String {
    encode_but(text, |b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))
}

/// An address as typed, its Chinese percent-encoded.
pub fn in_ascii(path: &str) -> String {
    encode_but(path, |b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b))
}

fn encode_but(text: &str, keep: fn(u8) -> bool) -> String {
    let encoded = text.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") });
    encoded.collect()
}

#[test]
fn addresses_and_fields_are_encoded() {
    assert_eq!(encode("检 a&b=~"), "%E6%A3%80%20a%26b%3D~");
    assert_eq!(in_ascii("/search?q=检&p=1%20"), "/search?q=%E6%A3%80&p=1%20");
    let fields = [("a".to_string(), Value::Text("检 疫".into())), ("b".to_string(), Value::Text("&".into()))];
    assert_eq!(body(&fields).1, b"a=%E6%A3%80%20%E7%96%AB&b=%26");
}
