//! Our program as a `Site`: a fresh installation with one body and one account for each duty.

use crate::stories::{Site, play_all};
use app::account::store::{self as accounts, NewStaff};
use app::account::{Duty, password};
use app::body::Profile;
use app::clock::Clock;
use app::reader::Reader;
use app::{App, Face, Settings};
use axum::body::Body;
use axum::http::{Request, Response};
use kernel::Instant;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::sync::{Arc, OnceLock};
use store::{Act, Actor, Blobs};
use tower::ServiceExt;

pub const ORG: &str = "4302SHILI";
const PASSWORD: &str = "湘江边的水产站 2017";

/// Role, sign-in name, duty. Two clerks and two reviewers, so that people can get in each other's way.
pub const STAFF: &[(&str, &str, Duty)] = &[
    ("经办人", "jingban", Duty::Draft),
    ("另一位经办人", "jingban2", Duty::Draft),
    ("科室负责人", "kezhang", Duty::SectionCheck),
    ("保密审查员", "baomi", Duty::SecrecyReview),
    ("另一位保密审查员", "baomi2", Duty::SecrecyReview),
    ("合法性审核员", "fazhi", Duty::LegalityReview),
    ("分管领导", "lingdao", Duty::Approval),
    ("发布员", "fabu", Duty::Publication),
    ("监督员", "jiandu", Duty::Supervision),
    ("系统管理员", "guanli", Duty::Administration),
];

pub struct House {
    pub app: App,
    hand: Arc<AtomicI64>,
    router: axum::Router,
    /// Of the database.
    pub url: String,
    pub data: tempfile::TempDir,
}

impl Site for House {
    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.expect("a router never fails")
    }

    fn set_clock(&self, now: Instant) {
        self.hand.store(now.0, SeqCst);
    }

    async fn run_jobs(&self) {
        self.app.run_jobs().await.expect("jobs run");
    }

    fn password(&self, _: &str) -> String {
        PASSWORD.into()
    }

    fn login(&self, role: &str) -> String {
        let known = STAFF.iter().find(|(name, ..)| *name == role);
        known.map_or_else(|| role.to_owned(), |(_, login, _)| (*login).to_owned())
    }
}

/// One hash serves all: Argon2 is slow on purpose.
fn hashed() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| password::hash_now(PASSWORD).expect("hashes")).clone()
}

pub async fn house(postgres: Option<&str>) -> House {
    house_with(postgres, None).await
}

/// With an interface of the city's content system.
pub async fn house_with(postgres: Option<&str>, city: Option<app::outlet::City>) -> House {
    house_as(postgres, |settings| settings.city = city).await
}

/// Set up otherwise than the others.
pub async fn house_as(postgres: Option<&str>, other: impl FnOnce(&mut Settings)) -> House {
    let data = tempfile::tempdir().expect("a folder");
    let database = match postgres {
        None => format!("sqlite:{}", data.path().join("mingtang.db").display()),
        Some(server) => new_database(server),
    };
    let (clock, hand) = Clock::settable(Instant::parse("2026-11-23 09:00").expect("a time"));
    let url = database.clone();
    let mut settings = Settings {
        database,
        blobs: Blobs::disk(data.path().join("blobs")),
        keys: data.path().join("keys"),
        ledger: data.path().join("ledger"),
        search: data.path().join("search"),
        sm2: false,
        removals: Some(data.path().join("removed.log")),
        base_url: String::new(),
        trusted_proxies: 0,
        clock,
        law: law::Sources::built_in(),
        reader: reader(),
        city: None,
        inside: vec!["127.0.0.1".into()],
        fonts: None,
    };
    other(&mut settings);
    let app = App::open(settings).await.expect("opens");
    let furnish = async |act: &mut Act| furnish(act).await;
    app.store.act(Actor::Clock, app.clock.now(), furnish).await.expect("furnishes").into_inner();
    app.reload_bodies().await.expect("reads");
    let router = app::router(&app, Face::All);
    House { app, hand, router, url, data }
}

/// The very process that reads uploads where the program serves.
pub fn reader() -> Reader {
    Reader::apart(env!("CARGO_BIN_EXE_mingtang").into())
}

async fn furnish(act: &mut Act) -> Result<(), store::Error> {
    let profile =
        Profile { subtitle: "政务公开平台".into(), phone: "0731-2868 0000".into(), ..Profile::default() };
    let body = accounts::add_body(act, ORG, "", "株洲市畜牧兽医水产局", &profile).await?;
    let section = accounts::add_section(act, &body, "office", "局办公室").await?;
    for (name, login, duty) in STAFF {
        let new = NewStaff {
            body: body.clone(),
            section: section.clone(),
            login: (*login).into(),
            name: (*name).into(),
            password: hashed(),
            duties: vec![*duty],
        };
        accounts::add_staff(act, &new).await?;
    }
    Ok(())
}

/// A database of its own on the test server, by the server's own client.
pub fn new_database(server: &str) -> String {
    let name = format!("it_{}", uuid::Uuid::new_v4().simple());
    let made = std::process::Command::new("psql")
        .args([server, "-qc", &format!("CREATE DATABASE {name}")])
        .status()
        .expect("psql is installed with the server");
    assert!(made.success(), "the test server makes a database");
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let (base, _) = base.rsplit_once('/').expect("a database name");
    format!("{base}/{name}?{query}")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_story_holds_on_sqlite() {
    let played = play_all(async || house(None).await).await.unwrap_or_else(|failures| panic!("\n{failures}"));
    assert!(played > 0, "there are stories");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_story_holds_on_postgresql() {
    let Ok(server) = std::env::var("MINGTANG_TEST_PG") else { return };
    let played = play_all(async || house(Some(&server)).await).await.unwrap_or_else(|failures| panic!("\n{failures}"));
    assert!(played > 0, "there are stories");
}
