//! A person with a browser: keeps the cookie and the form token. For tests that a story would be too long for.

use crate::stories::Site;
use crate::wire::House;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode, header};

pub const HOST: &str = "demo.invalid";

#[derive(Clone, Default)]
pub struct Client {
    pub cookie: String,
    pub token: String,
}

/// Status, where it leads, and the body.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub body: String,
}

impl Client {
    /// Signs in and reads the form token from a page.
    pub async fn sign_in(site: &House, login: &str) -> Client {
        let form = [("name", login), ("password", &site.password(login))].map(|(n, v)| (n.to_owned(), v.to_owned()));
        let response = site.send(request(&Method::POST, "/desk/sign-in", "", &form)).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER, "{login} signs in");
        let set = response.headers()[header::SET_COOKIE].to_str().expect("ascii");
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        let mut client = Client { cookie, token: String::new() };
        let page = client.get(site, "/desk/me").await.body;
        client.token = between(&page, "name=\"csrf\" value=\"", "\"").expect("a form token");
        client
    }

    pub async fn get(&self, site: &House, path: &str) -> Answer {
        self.ask(site, &Method::GET, path, &[]).await
    }

    /// A form, with the token of the session.
    pub async fn post(&self, site: &House, path: &str, form: &[(&str, &str)]) -> Answer {
        let mut fields: Vec<(String, String)> = form.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
        fields.push(("csrf".into(), self.token.clone()));
        self.ask(site, &Method::POST, path, &fields).await
    }

    /// A form with one file: the field, the name, what is in it.
    pub async fn upload(
        &self,
        site: &House,
        path: &str,
        form: &[(&str, &str)],
        (field, name, text): (&str, &str, &str),
    ) -> Answer {
        let part =
            |head: &str, value: &str| format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n");
        let fields = form.iter().copied().chain([("csrf", self.token.as_str())]);
        let fields = fields.map(|(n, v)| part(&format!("name=\"{n}\""), v)).collect::<String>();
        let file = part(&format!("name=\"{field}\"; filename=\"{name}\""), text);
        let request = Request::post(path).header(header::HOST, HOST).header(header::COOKIE, &self.cookie);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        let response =
            site.send(request.body(Body::from(format!("{fields}{file}--X--\r\n"))).expect("a request")).await;
        answer(response).await
    }

    pub async fn ask(&self, site: &House, method: &Method, path: &str, form: &[(String, String)]) -> Answer {
        answer(site.send(request(method, path, &self.cookie, form)).await).await
    }
}

async fn answer(response: Response<Body>) -> Answer {
    let (parts, body) = response.into_parts();
    let location = parts.headers.get(header::LOCATION).and_then(|l| l.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    Answer { status: parts.status, location, body: String::from_utf8_lossy(&bytes).into_owned() }
}

fn request(method: &Method, path: &str, cookie: &str, form: &[(String, String)]) -> Request<Body> {
    let body: Vec<String> = form.iter().map(|(n, v)| format!("{n}={}", urlencoded(v))).collect();
    let mut request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    request
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.join("&")))
        .expect("a request")
}

pub fn urlencoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// The text between two marks.
pub fn between(text: &str, from: &str, to: &str) -> Option<String> {
    text.split_once(from)?.1.split_once(to).map(|(found, _)| found.to_owned())
}

/// The whole way of a record, as people do it: written, submitted, reviewed by each step's duty. Returns its id.
pub struct Paper<'a> {
    pub kind: &'a str,
    pub title: &'a str,
    pub text: &'a str,
    pub column: &'a str,
    pub more: &'a [(&'a str, &'a str)],
}

/// People of the office, signed in.
pub struct Office {
    pub clerk: Client,
    pub head: Client,
    pub officer: Client,
    pub lawyer: Client,
    pub leader: Client,
    pub publisher: Client,
}

impl Office {
    pub async fn open(site: &House) -> Office {
        Office {
            clerk: Client::sign_in(site, "jingban").await,
            head: Client::sign_in(site, "kezhang").await,
            officer: Client::sign_in(site, "baomi").await,
            lawyer: Client::sign_in(site, "fazhi").await,
            leader: Client::sign_in(site, "lingdao").await,
            publisher: Client::sign_in(site, "fabu").await,
        }
    }

    /// A new record with its first draft. Returns its id.
    pub async fn draft(&self, site: &House, paper: &Paper<'_>) -> String {
        let form = [("kind", paper.kind), ("title", paper.title), ("text", paper.text)];
        let made = self.clerk.post(site, "/desk/record", &form).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        between(&format!("{}?", made.location), "/desk/record/", "?").expect("an id")
    }

    /// Submits the clerk's draft.
    pub async fn submit(&self, site: &House, id: &str, paper: &Paper<'_>) {
        let page = self.clerk.get(site, &format!("/desk/record/{id}")).await.body;
        let version = between(&page, "name=\"version\" value=\"", "\"").expect("a draft");
        let ground = if paper.more.iter().any(|(n, _)| *n == "ground") { "" } else { "O20-15" };
        let mut form =
            vec![("do", "submit"), ("version", version.as_str()), ("title", paper.title), ("text", paper.text)];
        form.extend([("column", paper.column), ("issuer", "株洲市畜牧兽医水产局")]);
        form.extend(paper.more);
        if !ground.is_empty() {
            form.extend([("openness", "open"), ("ground", ground)]);
        }
        let sent = self.clerk.post(site, &format!("/desk/record/{id}/draft"), &form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }

    /// Takes one step of the route; answers every question with 否.
    pub async fn review(&self, site: &House, id: &str, step: &str, verdict: &str, opinion: &str) -> Answer {
        let who = match step {
            "section" => &self.head,
            "legality" => &self.lawyer,
            "secrecy" => &self.officer,
            _ => &self.leader,
        };
        let page = who.get(site, &format!("/desk/record/{id}")).await.body;
        let hash = between(&page, "name=\"hash\" value=\"", "\"").unwrap_or_else(|| panic!("{step} of {id}: {page}"));
        let names: Vec<String> =
            page.match_indices("name=\"q-").filter_map(|(i, _)| between(&page[i..], "name=\"", "\"")).collect();
        let mut form = vec![("step", step), ("hash", &hash), ("verdict", verdict), ("opinion", opinion)];
        form.extend(names.iter().map(|n| (n.as_str(), "no")));
        // Asked for where the last one is older than a quarter of an hour.
        let password = site.password("");
        form.push(("password", &password));
        who.post(site, &format!("/desk/record/{id}/review"), &form).await
    }

    /// Drafts, submits and passes every step of a routine kind. Returns the record's id.
    pub async fn publish(&self, site: &House, paper: &Paper<'_>) -> String {
        let id = self.draft(site, paper).await;
        self.submit(site, &id, paper).await;
        let passed = self.review(site, &id, "secrecy", "pass", "").await;
        assert!(passed.location.ends_with("said=published"), "{} {}", passed.status, passed.body);
        id
    }
}
