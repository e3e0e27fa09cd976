//! A small site with sessions, forms and a slip or two: the runner and the crawler are tried on it.

use super::{Site, play};
use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect};
use axum::routing::get;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;

/// Notes, which the signed-in may write and all may read.
pub struct Toy {
    router: Router,
    state: Arc<Memory>,
}

#[derive(Default)]
struct Memory {
    notes: Mutex<Vec<String>>,
    now: Mutex<Option<kernel::Instant>>,
}

type Shared = State<Arc<Memory>>;

impl Toy {
    pub fn new() -> Toy {
        let state = Arc::new(Memory::default());
        let router = Router::new()
            .route("/", get(home))
            .route("/note/{n}", get(note))
            .route("/desk/sign-in", get(sign_in_form).post(sign_in))
            .route("/desk/note", get(form).post(write))
            .route("/echo", axum::routing::post(async |body: String| body))
            .with_state(state.clone());
        Toy { router, state }
    }

    /// Adds a page of its own to the site.
    pub fn with(mut self, path: &'static str, media_type: &'static str, body: &'static str) -> Toy {
        let page = get(async move || ([(header::CONTENT_TYPE, media_type)], body));
        self.router = self.router.route(path, page);
        self
    }
}

impl Site for Toy {
    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("a router never fails")
    }

    fn set_clock(&self, now: kernel::Instant) {
        *self.state.now.lock().expect("no test panics with the clock") = Some(now);
    }

    fn password(&self, login: &str) -> String {
        format!("secret of {login}")
    }
}

async fn home(State(memory): Shared) -> Html<String> {
    let now = memory.now.lock().expect("unpoisoned").map_or("none".to_string(), |now| now.to_string());
    let notes = memory.notes.lock().expect("unpoisoned");
    let items: String = (0..notes.len()).map(|n| format!("<li><a href='/note/{n}'>第<b>{n}</b>篇</a>")).collect();
    Html(format!("<p>现在 {now}</p><ul>{items}</ul>"))
}

async fn note(State(memory): Shared, Path(n): Path<usize>) -> Result<Html<String>, StatusCode> {
    let notes = memory.notes.lock().expect("unpoisoned");
    notes.get(n).map(|text| Html(format!("<h1>{}</h1>", text.replace('<', "&lt;")))).ok_or(StatusCode::NOT_FOUND)
}

async fn sign_in_form() -> Html<&'static str> {
    Html("<form method=post><input type=hidden name=csrf value=t1><input name=name></form>")
}

async fn sign_in(body: String) -> impl IntoResponse {
    let good = "name=%E7%BB%8F%E5%8A%9E%E4%BA%BA&password=secret%20of%20%E7%BB%8F%E5%8A%9E%E4%BA%BA&csrf=t1";
    let status = if body == good { StatusCode::SEE_OTHER } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, AppendHeaders([(header::SET_COOKIE, "session=s; HttpOnly"), (header::SET_COOKIE, "gone=; Max-Age=0")]))
}

fn is_signed_in(headers: &HeaderMap) -> bool {
    headers.get(header::COOKIE).is_some_and(|c| c == "session=s")
}

async fn form(headers: HeaderMap) -> Result<Html<&'static str>, Redirect> {
    let page = "<form method=post action=/desk/note?x=1><input type=hidden name=csrf value=t2>\
        <input type=hidden name=version value=3><input type=hidden name=other value=4>\
        <textarea name=body>\n旧 文</textarea></form>";
    if is_signed_in(&headers) { Ok(Html(page)) } else { Err(Redirect::to("/desk/sign-in")) }
}

async fn write(State(memory): Shared, headers: HeaderMap, body: String) -> Result<Redirect, (StatusCode, String)> {
    if !is_signed_in(&headers) || !body.contains("csrf=t2") && !body.contains("\"csrf\"\r\n\r\nt2") {
        return Err((StatusCode::FORBIDDEN, "请先登录".into()));
    }
    let mut notes = memory.notes.lock().expect("unpoisoned");
    notes.push(body);
    Ok(Redirect::to(&format!("/note/{}", notes.len() - 1)))
}

const GOOD: &str = r#"
AT 2017-05-26 10:00
GET / -> 200
  has 现在 2017-05-26 10:00
GET /desk/note -> 303
  location /desk/sign-in
POST /desk/note body=x -> 403
AS 经办人
GET /desk/note -> 200
  field body="旧 文"
POST /desk/note title="a b" body=<<END -> 303
x
END
  saves id from location /note/{id}
  location /note/{id}
AS anyone
GET /note/{id} -> 200
  has title=a%20b&body=x&version=3&csrf=t2
  lacks other
  header content-type: text/html; charset=utf-8
GET / -> 200
  has 第0篇
AS 经办人
POST /desk/note file:附件=@甲.txt:"一<二" version=9 -> 303
GET /note/1 -> 200
  has name="附件"; filename="甲.txt" Content-Type: text/plain 一<二
  has name="version" 9
POST /echo raw:application/json=<<END -> 200
{"id": "{id}"}
END
  has {"id": "0"}
"#;

#[tokio::test]
async fn a_good_story_plays() {
    play("good.story", GOOD, &Toy::new()).await.expect("the story holds");
}

#[tokio::test]
async fn a_failing_story_says_where_and_why() {
    for (text, fault) in [
        ("GET / -> 404", "x.story:1: GET /: expected 404, got 200\n  --- 200 ---\n  现在 none"),
        ("GET / -> 200\n  has 昨天", "x.story:2: expected 昨天"),
        ("GET / -> 200\n\n  lacks 现在", "x.story:3: expected no 现在, got: 现在 none"),
        ("GET /desk/note -> 303\n  location /", "x.story:2: location: expected /, got /desk/sign-in"),
        ("GET / -> 200\n  header etag: x", "x.story:2: etag: expected x, got none"),
        ("GET / -> 200\n  field a=b", "x.story:2: a: expected b, got "),
        ("GET /{id} -> 200", "x.story:1: {id} was never saved"),
        ("AS 审核人", "x.story:1: 审核人 cannot sign in: got 422"),
        ("AS 经办人\nPOST /desk/note csrf=bad -> 303", "x.story:2: POST /desk/note: expected 303, got 403"),
        ("AS 经办人\nPOST /desk/note a=1 -> 303", "x.story:2: POST /desk/note: expected 303, got 403"),
        ("GET / -> 200\n  saves id from text 第{id}篇", "x.story:2: expected 第{id}篇, got 现在 none"),
        ("oops", "x.story:1: no request"),
    ] {
        let found = play("x.story", text, &Toy::new()).await.expect_err(text);
        assert!(found.starts_with(fault), "{text}: {found}");
    }
}
