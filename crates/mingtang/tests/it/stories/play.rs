//! Plays a story against a site.

use super::Site;
use super::actor::{Actor, Answer};
use super::parse::{Ask, Does, Expect, From, Value, parse};
use crate::html;
use std::collections::BTreeMap;

const ANYONE: &str = "anyone";
const SIGN_IN: &str = "/desk/sign-in";

/// Plays a story to its end or its first failing request; the error says where, what was expected, what came.
pub async fn play(name: &str, text: &str, site: &impl Site) -> Result<(), String> {
    let steps = parse(text).map_err(|fault| format!("{name}:{fault}"))?;
    let mut stage =
        Stage { site, actors: BTreeMap::new(), role: ANYONE.to_string(), saved: BTreeMap::new(), pages: 0, typed: 0 };
    for step in steps {
        let place = |fault: String| format!("{name}:{}: {fault}", step.line);
        match step.does {
            Does::At(now) => site.set_clock(now),
            Does::Count => (stage.pages, stage.typed) = (0, 0),
            Does::As(role) => stage.enter(role).await.map_err(place)?,
            Does::Jobs => site.run_jobs().await,
            Does::Ask(ask) => stage.ask(name, step.line, &ask).await?,
        }
    }
    Ok(())
}

struct Stage<'a, S> {
    site: &'a S,
    actors: BTreeMap<String, Actor>,
    role: String,
    saved: BTreeMap<String, String>,
    /// Pages that were shown, and fields that were filled in, since `COUNT`.
    pages: usize,
    typed: usize,
}

impl<S: Site> Stage<'_, S> {
    /// The next requests are this role's, which signs in when it first appears.
    async fn enter(&mut self, role: String) -> Result<(), String> {
        let is_new = !self.actors.contains_key(&role);
        self.role = role;
        if !is_new || self.role == ANYONE {
            return Ok(());
        }
        let login = self.site.login(&self.role);
        let password = self.site.password(&login);
        self.send("GET", SIGN_IN, vec![], &[]).await;
        let fields = [("name", login), ("password", password)];
        let fields = fields.map(|(name, value)| (name.to_string(), Value::Text(value)));
        let answer = self.send("POST", SIGN_IN, fields.into(), &[]).await;
        match answer.status {
            303 => Ok(()),
            other => Err(format!("{} cannot sign in: got {other}\n{}", self.role, page(&answer))),
        }
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        fields: Vec<(String, Value)>,
        headers: &[(String, String)],
    ) -> Answer {
        let actor = self.actors.entry(self.role.clone()).or_default();
        let response = self.site.send(actor.request(method, path, fields, headers)).await;
        let answer = read(response).await;
        actor.learn(path, &answer);
        answer
    }

    async fn ask(&mut self, name: &str, line: usize, ask: &Ask) -> Result<(), String> {
        let path = self.filled(&ask.path);
        if let Some((_, unknown)) = path.split_once('{') {
            return Err(format!("{name}:{line}: {{{unknown} was never saved"));
        }
        let mut fields: Vec<_> =
            ask.fields.iter().map(|(name, value)| (name.clone(), self.filled_value(value))).collect();
        let actor = self.actors.entry(self.role.clone()).or_default();
        self.typed += actor.typed(&path, &fields);
        if ask.as_shown {
            actor.add_shown(&path, &mut fields);
        }
        let headers: Vec<_> = ask.headers.iter().map(|(n, v)| (n.clone(), self.filled(v))).collect();
        let answer = self.send(&ask.method, &path, fields, &headers).await;
        self.pages += usize::from(answer.is_html() && answer.header("location").is_none());
        let mut faults = Vec::new();
        if answer.status != ask.status {
            let (expected, got) = (ask.status, answer.status);
            let to = answer.header("location").map_or(String::new(), |to| format!(", location {to}"));
            faults.push(format!("{name}:{line}: {} {path}: expected {expected}, got {got}{to}", ask.method));
        } else {
            for (line, expect) in &ask.expects {
                faults.extend(self.check(expect, &answer).err().map(|fault| format!("{name}:{line}: {fault}")));
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(format!("{}\n{}", faults.join("\n"), page(&answer))) }
    }

    fn check(&mut self, expect: &Expect, answer: &Answer) -> Result<(), String> {
        let location = answer.header("location").unwrap_or("none");
        match expect {
            Expect::Has(text) => has(&answer.text(), &self.filled(text)),
            Expect::Lacks(text) => lacks(&answer.text(), &self.filled(text)),
            Expect::Location(path) => same("location", &self.filled(path), location),
            Expect::Header(name, value) => same(name, &self.filled(value), answer.header(name).unwrap_or("none")),
            Expect::Field(name, value) => {
                let fields = html::forms(&answer.body).into_iter().flat_map(|f| f.fields);
                let values: Vec<String> = fields.filter(|(n, _)| n == name).map(|(_, v)| v).collect();
                let expected = self.filled(value);
                if values.contains(&expected) { Ok(()) } else { same(name, &expected, &values.join(" | ")) }
            }
            Expect::Counts { pages, fields } => {
                let got = format!("{} pages {} fields", self.pages, self.typed);
                if self.pages <= *pages && self.typed <= *fields { Ok(()) } else { Err(format!("too many: {got}")) }
            }
            Expect::Saves { name, from, pattern } => {
                let text = match from {
                    From::Location => location.to_string(),
                    From::Text => answer.text(),
                    From::Page => answer.body.clone(),
                };
                let value = capture(&text, &self.filled_but(pattern, name), name)
                    .ok_or_else(|| format!("expected {pattern}, got {}", cut(&text, 0, 200)))?;
                self.saved.insert(name.clone(), value);
                Ok(())
            }
        }
    }

    fn filled(&self, text: &str) -> String {
        self.filled_but(text, "")
    }

    fn filled_but(&self, text: &str, but: &str) -> String {
        let saved = self.saved.iter().filter(|(name, _)| *name != but);
        saved.fold(text.to_string(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    fn filled_value(&self, value: &Value) -> Value {
        match value {
            Value::Text(text) => Value::Text(self.filled(text)),
            Value::Loaded(name) => Value::Loaded(name.clone()),
            Value::Raw(text) => Value::Raw(self.filled(text)),
            Value::File { name, content } => Value::File { name: name.clone(), content: self.filled(content) },
        }
    }
}

/// Reads an answer to its end.
pub async fn read(response: axum::http::Response<axum::body::Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("our own program sends its body to the end");
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

fn same(what: &str, expected: &str, got: &str) -> Result<(), String> {
    if expected == got { Ok(()) } else { Err(format!("{what}: expected {expected}, got {got}")) }
}

fn has(page: &str, text: &str) -> Result<(), String> {
    if html::squeeze(page).contains(&html::squeeze(text)) { Ok(()) } else { Err(format!("expected {text}")) }
}

fn lacks(page: &str, text: &str) -> Result<(), String> {
    let page = html::squeeze(page);
    match page.find(&html::squeeze(text)) {
        None => Ok(()),
        Some(at) => Err(format!("expected no {text}, got: {}", cut(&page, page[..at].chars().count(), 40))),
    }
}

/// What stands for `{name}` in the pattern: letters, digits, `-` and `_`.
fn capture(text: &str, pattern: &str, name: &str) -> Option<String> {
    let (before, after) = pattern.split_once(&format!("{{{name}}}"))?;
    // Inside an attribute a value may hold what an address or a sentence would end.
    let more = if after.starts_with('"') { "-_+/=." } else { "-_" };
    for (at, _) in text.match_indices(before) {
        let rest = &text[at + before.len()..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || more.contains(c))).unwrap_or(rest.len());
        if end > 0 && rest[end..].starts_with(after) {
            return Some(rest[..end].to_string());
        }
    }
    None
}

/// The characters around a place.
fn cut(text: &str, at: usize, around: usize) -> String {
    text.chars().skip(at.saturating_sub(around)).take(2 * around).collect()
}

/// The beginning of an answer, for people who look for a failure.
fn page(answer: &Answer) -> String {
    format!("  --- {} ---\n  {}", answer.status, cut(&html::squeeze(&answer.text()), 0, 750))
}

#[test]
fn values_are_captured() {
    for (text, pattern, value) in [
        ("/desk/record/7a-b", "/desk/record/{id}", Some("7a-b")),
        ("/desk/record/7/edit?x=1", "/desk/record/{id}/edit", Some("7")),
        ("/desk/record/7/show", "/desk/record/{id}/edit", None),
        ("/desk/record/", "/desk/record/{id}", None),
        ("回执 查询码：AB2-9 请保存", "查询码：{id}", Some("AB2-9")),
    ] {
        assert_eq!(capture(text, pattern, "id").as_deref(), value, "{text}");
    }
}
