//! The life of a letter, on a database of its own: sent, repeated, opened, answered, erased.

use super::day;
use crate::account::store::{self as accounts, NewStaff, Secret};
use crate::account::{Duty, password};
use crate::body::Profile;
use crate::clock::Clock;
use crate::submission::model::State;
use crate::submission::store::{self, submission};
use crate::{App, Face, Settings};
use ::store::{Act, Actor, Blobs, journal, statement};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kernel::Instant;
use sea_orm::EntityTrait;
use sea_orm::sea_query::Expr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use tower::ServiceExt;

/// A bureau with a clerk and a supervisor, on SQLite in a folder of its own.
struct House {
    app: App,
    router: axum::Router,
    hand: Arc<AtomicI64>,
    folder: PathBuf,
}

const CLERK: &str = "clerk";
const SUPERVISOR: &str = "supervisor";

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A session's secret for a role, known beforehand so that a test need not sign in.
fn secret(role: &str) -> Secret {
    Secret(kernel::Hash::of(role.as_bytes()).to_string())
}

async fn furnish(act: &mut Act) -> Result<(), ::store::Error> {
    let body = accounts::add_body(act, "4302SHILI", "", "某局", &Profile::default()).await?;
    let section = accounts::add_section(act, &body, "office", "办公室").await?;
    for (role, duty) in [(CLERK, Duty::Draft), (SUPERVISOR, Duty::Supervision)] {
        let (body, section, login) = (body.clone(), section.clone(), role.to_owned());
        let new =
            NewStaff { body, section, login, name: role.into(), password: password::random(), duties: vec![duty] };
        let id = accounts::add_staff(act, &new).await?;
        accounts::start_session(act, &id, &secret(role), "").await?;
    }
    // The clock is moved by years, and nobody signs in here.
    let for_ever = Expr::value(i64::MAX);
    accounts::session::Entity::update_many().col_expr(accounts::session::Column::EndsAt, for_ever).exec(act).await?;
    Ok(())
}

async fn house() -> House {
    let folder = std::env::temp_dir().join(format!("mingtang-submission-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (clock, hand) = Clock::settable(Instant::parse("2026-11-23 09:00").expect("a time"));
    let app = App::open(Settings {
        database: format!("sqlite:{}", folder.join("t.db").display()),
        blobs: Blobs::disk(folder.join("blobs")),
        keys: folder.join("keys"),
        ledger: folder.join("ledger"),
        search: folder.join("search"),
        sm2: false,
        removals: None,
        base_url: String::new(),
        trusted_proxies: 0,
        clock,
        law: law::Sources::built_in(),
        reader: crate::reader::Reader::here(),
        city: None,
        inside: vec![],
        fonts: None,
    })
    .await
    .expect("opens");
    let work = async |act: &mut Act| furnish(act).await;
    app.store.act(Actor::Clock, app.clock.now(), work).await.expect("furnishes").into_inner();
    app.reload_bodies().await.expect("reads");
    House { router: crate::router(&app, Face::All), app, hand, folder }
}

struct Answer {
    status: StatusCode,
    location: String,
    text: String,
}

impl House {
    fn set(&self, time: &str) {
        self.hand.store(Instant::parse(time).expect("a time").0, SeqCst);
    }

    async fn send(&self, role: Option<&str>, path: &str, form: Option<&[(&str, &str)]>) -> Answer {
        let csrf = role.map(|r| self.app.sealer.look_up("csrf", &secret(r).key())).unwrap_or_default();
        let fields = form.map(|f| [f, &[("csrf", csrf.as_str())]].concat());
        let body = fields.as_ref().map_or(String::new(), |f| serde_urlencoded::to_string(f).expect("encodes"));
        let mut ask = Request::builder().method(if form.is_some() { "POST" } else { "GET" }).uri(path);
        ask = ask.header(header::HOST, "localhost");
        if form.is_some() {
            ask = ask.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(role) = role {
            ask = ask.header(header::COOKIE, format!("mingtang={}", secret(role).0));
        }
        let response =
            self.router.clone().oneshot(ask.body(Body::from(body)).expect("a request")).await.expect("answers");
        let location = response.headers().get(header::LOCATION).map(|l| l.to_str().expect("ascii").to_owned());
        let (status, private) = (response.status(), response.headers().get(header::CACHE_CONTROL).cloned());
        if path.starts_with("/correction") && status == StatusCode::OK {
            assert_eq!(private.expect("says how long it keeps"), "no-store", "{path}");
        }
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let text = String::from_utf8(bytes.to_vec()).expect("utf-8");
        Answer { status, location: location.unwrap_or_default(), text }
    }

    async fn once(&self) -> String {
        let page = self.send(None, "/correction?page=/disclosure/guide", None).await.text;
        let (_, rest) = page.split_once("name=\"once\" value=\"").expect("the form has a token");
        rest.split('"').next().expect("a value").to_owned()
    }

    async fn rows(&self) -> Vec<submission::Model> {
        submission::Entity::find().all(self.app.store.read()).await.expect("reads")
    }

    /// Every byte of the database and of what stands beside it.
    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(&self.folder).expect("the folder").map(|e| e.expect("an entry").path());
        files.filter(|p| p.is_file()).flat_map(|p| std::fs::read(p).expect("a file")).collect()
    }
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|w| w == word.as_bytes())
}

const CANARIES: [&str; 5] = ["金丝雀甲", "金丝雀乙", "金丝雀丙", "canary-1399", "金丝雀答复"];

fn letter(once: &str) -> Vec<(&str, &str)> {
    vec![
        ("once", once),
        ("page", "/disclosure/guide?q=金丝雀甲"),
        ("topic", "own-data"),
        ("what", "第一段把我的名字写成了金丝雀乙"),
        ("should", "金丝雀乙不是我"),
        ("name", "金丝雀丙"),
        ("contact", "canary-1399"),
    ]
}

#[tokio::test]
async fn a_letter_is_answered_and_stands_nowhere_in_clear() {
    let house = house().await;
    let once = house.once().await;
    let sent = house.send(None, "/correction", Some(&letter(&once))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let again = house.send(None, "/correction", Some(&letter(&once))).await;
    assert_eq!((again.status, &again.location), (StatusCode::SEE_OTHER, &sent.location), "a repeated form");
    let rows = house.rows().await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].about.as_str(), rows[0].topic.as_str()), ("/disclosure/guide", "own-data"));

    let code = sent.location.strip_prefix("/correction/receipt/").expect("leads to the receipt").to_owned();
    let receipt = house.send(None, &sent.location, None).await.text;
    assert!(receipt.contains("本局承诺") && receipt.contains("11月30日24时截止") && receipt.contains("已收到"));
    assert!(!receipt.contains(&code), "the code stands on its page in groups, and in no link");

    let open = format!("/desk/correction/{}", rows[0].id);
    let forbidden = house.send(Some(SUPERVISOR), &open, None).await;
    assert_eq!(forbidden.status, StatusCode::FORBIDDEN);
    let list = house.send(Some(SUPERVISOR), "/desk/correction", None).await.text;
    assert!(list.contains("/disclosure/guide") && !list.contains(&open));
    let page = house.send(Some(CLERK), &open, None).await.text;
    assert!(CANARIES[..4].iter().all(|word| page.contains(word)));
    assert_eq!(house.rows().await[0].state, "accepted");

    house.set("2026-11-25 15:00");
    let answer = format!("{open}/answer");
    let empty =
        house.send(Some(CLERK), &answer, Some(&[("version", "1"), ("outcome", "corrected"), ("reply", "")])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let good = [("version", "1"), ("outcome", "corrected"), ("reply", "已按金丝雀答复改正")];
    assert_eq!(house.send(Some(CLERK), &answer, Some(&good)).await.status, StatusCode::SEE_OTHER);
    let twice = house.send(Some(CLERK), &answer, Some(&good)).await;
    assert!(twice.status == StatusCode::CONFLICT && twice.text.contains("不能再答复一次"));
    let told = house.send(None, &sent.location, None).await.text;
    assert!(told.contains("金丝雀答复") && told.contains("已更正") && told.contains("用时 2 个工作日"), "{told}");

    let lines = journal::Entity::find().all(house.app.store.read()).await.expect("reads");
    let whats: Vec<&str> = lines.iter().map(|l| l.what.as_str()).collect();
    for what in ["receive", "open-submission", "answer-submission"] {
        assert!(whats.contains(&what), "{whats:?}");
    }
    let statements = statement::Entity::find().all(house.app.store.read()).await.expect("reads");
    assert!(statements.len() == 1 && statements[0].bytes.contains(&rows[0].commitment));
    let bytes = house.bytes();
    assert!(holds(&bytes, "/disclosure/guide") && holds(&bytes, &rows[0].commitment), "the search finds what is there");
    let grouped = kernel::Code::parse(&code).expect("a code").to_string();
    for word in CANARIES.iter().copied().chain([code.as_str(), &grouped, &once]) {
        assert!(!holds(&bytes, word), "{word} stands in the database");
    }
}

#[tokio::test]
async fn nothing_refused_is_stored_and_nothing_typed_is_lost() {
    let house = house().await;
    let once = house.once().await;
    let mut marked = letter(&once);
    marked[3] = ("what", "机密★10年\n\n金丝雀乙");
    let cases = [
        (vec![("once", once.as_str()), ("what", "金丝雀乙")], "请选择是哪一类问题"),
        (letter("short"), "这个页面开得太久"),
        ([letter(&once), vec![("website", "x")]].concat(), "像是程序自动填写的"),
        (marked, "涉密内容不得在网上提交"),
    ];
    for (form, says) in cases {
        let refused = house.send(None, "/correction", Some(&form)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(refused.text.contains(says) && refused.text.contains("金丝雀乙"), "{says}: {}", refused.text);
    }
    assert!(house.rows().await.is_empty() && !holds(&house.bytes(), "金丝雀"));
    let lines = journal::Entity::find().all(house.app.store.read()).await.expect("reads");
    assert_eq!(lines.iter().filter(|l| l.what == "secret-mark-refused").count(), 1);
    let wrong = house.send(None, "/correction/track", Some(&[("code", "7K4M-2XQ9-R3TW")])).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text.contains("查询码不对"));
    assert_eq!(house.send(None, "/correction/receipt/7K4M2XQ9R3TW", None).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_same_token_under_other_words_is_another_letter() {
    let house = house().await;
    let once = house.once().await;
    let first = house.send(None, "/correction", Some(&letter(&once))).await.location;
    let mut other = letter(&once);
    other[3] = ("what", "第二段也不对");
    let second = house.send(None, "/correction", Some(&other)).await.location;
    assert_ne!(first, second);
    assert_eq!(house.rows().await.len(), 2);
}

#[tokio::test]
async fn at_the_end_of_retention_the_words_are_gone_and_an_open_letter_waits() {
    let house = house().await;
    let once = house.once().await;
    let receipt = house.send(None, "/correction", Some(&letter(&once))).await.location;
    let mut other = letter(&once);
    other[3] = ("what", "第二段也不对");
    house.send(None, "/correction", Some(&other)).await;
    let body = house.rows().await[0].body.clone();
    let waiting = store::inbox(house.app.store.read(), house.app.law(), &body, house.app.clock.now()).await;
    let waiting = waiting.expect("reads");
    assert_eq!(waiting.len(), 2);
    assert_eq!((waiting[0].due, waiting[0].state), (day("2026-11-30"), State::Received));
    let code = receipt.rsplit('/').next().and_then(kernel::Code::parse).expect("a code");
    let app = &house.app;
    let mine = store::by_code(app.store.read(), &app.sealer, &house.rows().await[0].body, &code).await;
    let mine = mine.expect("reads").expect("is there");
    let answer = format!("/desk/correction/{}/answer", mine.id);
    let reply = [("version", "1"), ("outcome", "not-verified"), ("reply", "金丝雀答复")];
    assert_eq!(house.send(Some(CLERK), &answer, Some(&reply)).await.status, StatusCode::SEE_OTHER);

    house.set("2028-11-23 23:59");
    app.run_jobs().await.expect("runs");
    assert!(house.rows().await.iter().all(|row| row.erased_at.is_none()), "the last day is kept");
    house.set("2028-11-24 00:00");
    app.run_jobs().await.expect("runs");
    for row in house.rows().await {
        let words = [&row.sealed_text, &row.sealed_key, &row.salt, &row.reply_text, &row.reply_key];
        if row.id == mine.id {
            assert!(row.erased_at.is_some() && words.iter().all(|w| w.is_empty()));
        } else {
            assert!(row.erased_at.is_none() && !row.sealed_key.is_empty());
            assert!(row.letter(&app.sealer).expect("opens").is_some());
        }
    }
    let told = house.send(None, &receipt, None).await;
    assert!(told.status == StatusCode::OK && told.text.contains("已按保管期限销毁"));
    assert_eq!(app.run_jobs().await.expect("runs"), 0, "the open one is asked again in a month");
}

#[tokio::test]
async fn a_letter_that_does_not_open_is_a_fault() {
    let house = house().await;
    let once = house.once().await;
    house.send(None, "/correction", Some(&letter(&once))).await;
    let row = house.rows().await.remove(0);
    let torn = submission::Model { sealed_key: String::new(), ..row.clone() };
    let moved = submission::Model { id: "another".into(), ..row };
    for wrong in [torn, moved] {
        assert!(matches!(wrong.letter(&house.app.sealer), Err(::store::Error::Fault(_))));
    }
}
