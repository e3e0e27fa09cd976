//! The city's content system as it misbehaves: it refuses, keeps silent, loses answers, is down for a day; and still
//! every publication arrives once, and every withdrawal.

use crate::client::{Client, Office, Paper};
use crate::stories::Site;
use crate::wire::{House, house, house_with};
use app::outlet::City;
use app::outlet::table::outlet_copy;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use kernel::Instant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

const TOKEN: &str = "token-2026";

/// What it does with the next request that would change something.
#[derive(Clone, Copy, PartialEq)]
enum Mood {
    Fine,
    Busy,
    Refuses,
    /// It does the work, and its answer is lost.
    Loses,
    /// It hangs up before it does anything.
    Garbles,
}

#[derive(Default)]
struct Memory {
    moods: VecDeque<Mood>,
    /// By id: the key it came under, its version, its digest.
    documents: BTreeMap<String, (String, i64, String)>,
    keys: Vec<String>,
    /// How often a document was made anew, and how often a request came.
    made: usize,
    asked: usize,
    denies: bool,
}

#[derive(Clone, Default)]
struct Mock(Arc<Mutex<Memory>>);

impl Mock {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().expect("no test panics here")
    }

    fn next(&self, moods: &[Mood]) {
        self.memory().moods.extend(moods);
    }

    /// Listens on this machine. Returns the address.
    async fn open(&self) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let router = Router::new().route("/documents/{id}", axum::routing::any(answer)).with_state(self.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{at}")
    }
}

async fn answer(
    State(mock): State<Mock>,
    method: Method,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let mut memory = mock.memory();
    memory.asked += 1;
    let bearer = headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    if memory.denies || bearer != format!("Bearer {TOKEN}") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if method == Method::GET {
        let there = memory.documents.get(&id);
        return there.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |(.., digest)| place(&id, digest));
    }
    let mood = memory.moods.pop_front().unwrap_or(Mood::Fine);
    match mood {
        Mood::Busy => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Mood::Garbles => return (StatusCode::OK, "<html>登录").into_response(),
        Mood::Refuses => {
            let says = r#"{"message": "标题含有敏感词"}"#;
            return (StatusCode::UNPROCESSABLE_ENTITY, says).into_response();
        }
        Mood::Fine | Mood::Loses => {}
    }
    let key = headers["idempotency-key"].to_str().expect("ascii").to_owned();
    let answer = if method == Method::DELETE {
        memory.documents.remove(&id);
        StatusCode::NO_CONTENT.into_response()
    } else {
        let json: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        let digest = json["sha256"].as_str().expect("a digest").to_owned();
        if !memory.keys.contains(&key) {
            memory.made += 1;
        }
        memory.documents.insert(id.clone(), (key.clone(), json["version"].as_i64().expect("a number"), digest));
        place(&id, "")
    };
    memory.keys.push(key);
    if mood == Mood::Loses { StatusCode::BAD_GATEWAY.into_response() } else { answer }
}

fn place(id: &str, digest: &str) -> Response {
    format!(r#"{{"address": "https://city.example/{id}.html", "sha256": "{digest}"}}"#).into_response()
}

async fn open() -> (House, Mock, Office) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mock = Mock::default();
    let city = City { address: mock.open().await, token: TOKEN.into() };
    let site = house_with(None, Some(city)).await;
    let office = Office::open(&site).await;
    // The city's site gets every notice.
    let form = office.publisher.get(&site, "/desk/outlet/table").await.body;
    assert!(form.contains("http://127.0.0.1:") && !form.contains(TOKEN), "the page tells where, never the token");
    let set = [("way-0", "interface"), ("kinds-0", "notice"), ("duty-0", "yes"), ("note", "通知都发")];
    let saved = office.publisher.post(&site, "/desk/outlet/table", &set).await;
    assert!(saved.location.ends_with("said=outlets-set"), "{}", saved.body);
    (site, mock, office)
}

fn notice<'a>(title: &'a str, text: &'a str) -> Paper<'a> {
    Paper { kind: "notice", title, text, column: "results/policies", more: &[] }
}

async fn at(site: &House, time: &str) {
    site.set_clock(Instant::parse(time).expect("a time"));
    site.app.run_jobs().await.expect("jobs run");
}

async fn copy(site: &House, record: &str) -> outlet_copy::Model {
    let id = format!("{record}#市政府网站");
    outlet_copy::Entity::find_by_id(id).one(site.app.store.read()).await.expect("reads").expect("a copy")
}

async fn stands(site: &House, record: &str) -> (String, i64, String) {
    let copy = copy(site, record).await;
    (copy.state, copy.sent, copy.fault)
}

fn told(state: &str, sent: i64, fault: &str) -> (String, i64, String) {
    (state.into(), sent, fault.into())
}

const ID: &str = "4302SHILI-2026-00001";

#[tokio::test(flavor = "multi_thread")]
async fn refusals_silence_and_lost_answers_end_in_one_document() {
    let (site, mock, office) = open().await;
    mock.next(&[Mood::Busy, Mood::Garbles, Mood::Loses, Mood::Fine]);
    let record = office.publish(&site, &notice("放假通知", "国庆节放假。")).await;
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(stands(&site, &record).await, told("failed", 0, "busy"));
    let shown = Client::default().get(&site, "/records/4302SHILI/2026-00001").await.body;
    assert!(!shown.contains("同时发布于"), "not before it is confirmed");
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(mock.memory().asked, 1, "not before its time");
    at(&site, "2026-11-23 09:01").await;
    assert_eq!(stands(&site, &record).await, told("failed", 0, "garbled"));
    at(&site, "2026-11-23 09:03").await;
    assert_eq!(stands(&site, &record).await, told("failed", 0, "busy"));
    assert_eq!(mock.memory().documents.len(), 1, "it arrived, and we do not know it");
    at(&site, "2026-11-23 09:10").await;
    assert_eq!(stands(&site, &record).await, told("sent", 1, ""));
    {
        let memory = mock.memory();
        assert_eq!((memory.made, memory.asked), (1, 4), "one document under one key");
        assert!(memory.keys.iter().all(|key| *key == memory.keys[0]));
    }
    let shown = Client::default().get(&site, "/records/4302SHILI/2026-00001").await.body;
    assert!(shown.contains("同时发布于") && shown.contains("https://city.example/4302SHILI-2026-00001.html"));
    // Everything again from the queue: nothing happens twice.
    let work = async move |act: &mut store::Act| {
        act.queue("follow-outlets", &record, act.now);
        act.queue("send-outlet", &format!("{record}#市政府网站"), act.now);
        act.journal("queue-daily", "test");
        Ok(())
    };
    site.app.store.act(store::Actor::Clock, site.app.clock.now(), work).await.expect("queues").into_inner();
    at(&site, "2026-11-23 09:20").await;
    assert_eq!(mock.memory().asked, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_replaces_it_and_a_withdrawal_takes_it_away() {
    let (site, mock, office) = open().await;
    let record = office.publish(&site, &notice("放假通知", "国庆节放假。")).await;
    at(&site, "2026-11-23 09:00").await;
    let first = mock.memory().documents[ID].clone();
    office.clerk.post(&site, &format!("/desk/record/{record}/take-up"), &[]).await;
    let paper =
        Paper { more: &[("change", "写明放几天假")], ..notice("放假通知", "国庆节放假七天。") };
    office.submit(&site, &record, &paper).await;
    mock.next(&[Mood::Busy]);
    let passed = office.review(&site, &record, "secrecy", "pass", "").await;
    assert!(passed.location.ends_with("said=published"));
    let shown = Client::default().get(&site, "/records/4302SHILI/2026-00001").await.body;
    assert!(!shown.contains("同时发布于"), "the old version there is not this one");
    at(&site, "2026-11-23 09:05").await;
    at(&site, "2026-11-23 09:10").await;
    let second = mock.memory().documents[ID].clone();
    assert_eq!((first.1, second.1), (1, 2));
    assert!(first.0 != second.0 && first.2 != second.2, "another key and another digest");

    // The withdrawal while the other side is down for a day.
    mock.next(&[Mood::Busy; 10]);
    office.head.post(&site, &format!("/desk/record/{record}/withdraw"), &[("reason", "privacy")]).await;
    for hour in 10..20 {
        at(&site, &format!("2026-11-23 {hour}:00")).await;
    }
    assert_eq!(stands(&site, &record).await, told("failed", 2, "busy"));
    let board = office.publisher.get(&site, "/desk/outlet").await.body;
    assert!(board.contains("4302SHILI/2026-00001（已撤下）") && !board.contains("放假通知"), "by its number alone");
    // The last of the ten refusals: the waits double up to six hours.
    for hour in (0..24).step_by(6) {
        at(&site, &format!("2026-11-24 {hour:02}:30")).await;
    }
    at(&site, "2026-11-25 09:00").await;
    assert_eq!(stands(&site, &record).await, told("gone", 0, ""));
    assert!(mock.memory().documents.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_tried_needs_no_withdrawal_and_what_may_have_arrived_does() {
    let (site, mock, office) = open().await;
    let never = office.publish(&site, &notice("没有发出的通知", "正文。")).await;
    office.head.post(&site, &format!("/desk/record/{never}/withdraw"), &[("reason", "error")]).await;
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(mock.memory().asked, 0, "it was public for no job");
    mock.next(&[Mood::Loses]);
    let maybe = office.publish(&site, &notice("可能收到的通知", "正文。")).await;
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(stands(&site, &maybe).await, told("failed", 0, "busy"));
    assert_eq!(mock.memory().documents.len(), 1);
    office.head.post(&site, &format!("/desk/record/{maybe}/withdraw"), &[("reason", "error")]).await;
    at(&site, "2026-11-23 09:05").await;
    assert_eq!(stands(&site, &maybe).await, told("gone", 0, ""));
    assert!(mock.memory().documents.is_empty(), "taken away although nobody had confirmed it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_waits_for_a_person_and_a_wrong_token_for_the_operator() {
    let (site, mock, office) = open().await;
    mock.next(&[Mood::Refuses]);
    let record = office.publish(&site, &notice("放假通知", "国庆节放假。")).await;
    at(&site, "2026-11-23 09:00").await;
    at(&site, "2026-11-23 20:00").await;
    assert_eq!((stands(&site, &record).await, mock.memory().asked), (told("failed", 0, "refused"), 1));
    let page = office.publisher.get(&site, &format!("/desk/record/{record}/outlet")).await.body;
    assert!(page.contains("对方没有收下：标题含有敏感词。改正后请再发一次"), "{page}");
    mock.memory().denies = true;
    let form = [("do", "again"), ("outlet", "市政府网站")];
    office.publisher.post(&site, &format!("/desk/record/{record}/outlet"), &form).await;
    at(&site, "2026-11-23 20:01").await;
    assert_eq!(stands(&site, &record).await, told("failed", 0, "denied"));
    mock.memory().denies = false;
    at(&site, "2026-11-23 20:05").await;
    assert_eq!(stands(&site, &record).await, told("sent", 1, ""));
    let again = office.publisher.post(&site, &format!("/desk/record/{record}/outlet"), &form).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "the page was old");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_finds_what_is_missing_different_or_still_there() {
    let (site, mock, office) = open().await;
    let mut records = vec![];
    for title in ["丢失的通知", "改过的通知", "撤下的通知", "完好的通知"] {
        records.push(office.publish(&site, &notice(title, "正文。")).await);
    }
    at(&site, "2026-11-23 09:00").await;
    office.head.post(&site, &format!("/desk/record/{}/withdraw", records[2]), &[("reason", "error")]).await;
    at(&site, "2026-11-23 09:10").await;
    {
        let mut memory = mock.memory();
        assert_eq!(memory.documents.len(), 3);
        let kept = memory.documents["4302SHILI-2026-00004"].clone();
        memory.documents.remove("4302SHILI-2026-00001");
        memory.documents.get_mut("4302SHILI-2026-00002").expect("there").2 = "0".repeat(64);
        memory.documents.insert("4302SHILI-2026-00003".into(), kept);
    }
    at(&site, "2026-11-24 00:00").await;
    let mut found = vec![];
    for record in &records {
        found.push(copy(&site, record).await.found);
    }
    assert_eq!(found, ["missing", "different", "still", ""]);
    // A night has passed: the session of yesterday is over.
    let publisher = Client::sign_in(&site, "fabu").await;
    let board = publisher.get(&site, "/desk/outlet?state=wrong").await.body;
    for words in ["那边找不到", "那边的内容不一样", "撤下以后还在"] {
        assert!(board.contains(words), "{words}");
    }
    // One button mends each.
    for record in &records[..3] {
        let form = [("do", "again"), ("outlet", "市政府网站")];
        let sent = publisher.post(&site, &format!("/desk/record/{record}/outlet"), &form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    at(&site, "2026-11-24 09:00").await;
    at(&site, "2026-11-25 00:00").await;
    let wrong = outlet_copy::Entity::find().filter(outlet_copy::Column::Found.ne(""));
    assert!(wrong.all(site.app.store.read()).await.expect("reads").is_empty());
    assert_eq!(mock.memory().documents.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_obligation_that_names_an_outlet_is_met_when_that_is_confirmed() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let paper = Paper {
        kind: "policy", ..notice("株洲市兽药经营管理办法", "为了加强管理，制定本办法。")
    };
    let record = office.draft(&site, &paper).await;
    office.submit(&site, &record, &paper).await;
    for step in ["section", "legality", "secrecy", "approval"] {
        office.review(&site, &record, step, "pass", "").await;
    }
    at(&site, "2026-11-23 09:00").await;
    assert_eq!(stands(&site, &record).await, told("by-hand", 0, ""), "no interface: a person places it");
    let unconfirmed = async || {
        let page = office.publisher.get(&site, "/desk/obligation?state=unconfirmed").await.body;
        page.contains("id=\"DOC-NORM\"")
    };
    assert!(unconfirmed().await, "public here, and not confirmed there");
    let form = [("outlet", "市政府网站"), ("address", "https://www.city.example/1.html")];
    let placed = office.clerk.post(&site, &format!("/desk/record/{record}/outlet/placed"), &form).await;
    assert_eq!(placed.status, StatusCode::SEE_OTHER, "{}", placed.body);
    assert!(!unconfirmed().await);
    let met = office.publisher.get(&site, "/desk/obligation?state=met").await.body;
    assert!(met.contains("id=\"DOC-NORM\""));
    // Derived again from the facts, readers see the same.
    let page = async || Client::default().get(&site, "/records/4302SHILI/2026-00001").await.body;
    let before = page().await;
    assert!(before.contains("https://www.city.example/1.html"));
    app::record::jobs::rebuild(&site.app).await.expect("derives");
    assert_eq!(page().await, before);
    let lose = async |act: &mut store::Act| {
        app::floor::public_outlet::Entity::delete_many().exec(act).await?;
        act.journal("rebuild-public", "test");
        Ok(())
    };
    site.app.store.act(store::Actor::Clock, site.app.clock.now(), lose).await.expect("loses").into_inner();
    assert!(!page().await.contains("同时发布于"));
    app::outlet::store::rebuild(&site.app).await.expect("derives");
    assert_eq!(page().await, before);
}
