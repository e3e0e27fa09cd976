//! The public log: what is public is soon in it, whoever looks can check it, and nothing inconsistent is ever signed.

use crate::client::{Client, Office, Paper};
use crate::stories::Site;
use crate::wire::{House, house};
use app::proof::model::Stop;
use app::proof::{Round, integrate};
use app::{App, Settings};
use axum::http::{Request, StatusCode, header};
use kernel::Hash;
use ledger::{Checkpoint, Head, Note, Tile, VerifierKey, statements};
use sea_orm::{ConnectionTrait, Statement};
use std::path::Path;
use store::{Act, Actor, Blobs};

pub const ORIGIN: &str = "demo.invalid/ledger";

pub async fn houses() -> Vec<House> {
    let mut all = vec![house(None).await];
    if let Ok(server) = std::env::var("MINGTANG_TEST_PG") {
        all.push(house(Some(&server)).await);
    }
    all
}

async fn get(site: &House, path: &str) -> (StatusCode, axum::http::HeaderMap, Vec<u8>) {
    let request = Request::builder().uri(path).header(header::HOST, "demo.invalid");
    let response = site.send(request.body(axum::body::Body::empty()).expect("a request")).await;
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status, parts.headers, bytes.to_vec())
}

/// RFC 6962 section 2.1, read word for word and not by our tree.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of(&[]),
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            let (left, right) = leaves.split_at(split);
            Hash::of(&[&[1], &root(left).0[..], &root(right).0[..]].concat())
        }
    }
}

fn opened(note: &[u8], keys: &[u8]) -> Checkpoint {
    let text = std::str::from_utf8(keys).expect("text");
    let keys: Vec<VerifierKey> = text.lines().map(|line| VerifierKey::parse(line).expect("a key")).collect();
    Checkpoint::open(&Note::parse(note).expect("a note"), ORIGIN, &keys).expect("signed by the log")
}

/// Reads the whole log over HTTP, as a monitor does. Returns its head and statements.
pub async fn monitored(site: &House) -> (Head, Vec<String>) {
    let (.., note) = get(site, "/ledger/checkpoint").await;
    let (.., keys) = get(site, "/ledger/key").await;
    let head = *opened(&note, &keys).head();
    let mut all = vec![];
    while (all.len() as u64) < head.size {
        let tile = Tile::of_statement(all.len() as u64, head.size).expect("in the tree");
        let (status, headers, bundle) = get(site, &format!("/ledger/{tile}")).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_TYPE], "application/octet-stream");
        let some = statements(&bundle).expect("a bundle");
        all.extend(some.iter().map(|s| String::from_utf8(s.to_vec()).expect("JSON")));
    }
    let leaves: Vec<Hash> = all.iter().map(|s| Hash::of(&[&[0], s.as_bytes()].concat())).collect();
    assert_eq!(head.root, root(&leaves), "the root is over these statements");
    (head, all)
}

async fn publish(site: &House, title: &str) -> String {
    let paper = Paper { kind: "notice", title, text: "正文", column: "results/policies", more: &[] };
    Office::open(site).await.publish(site, &paper).await
}

/// Statements as submissions leave them, without the work of submitting.
pub async fn state(app: &App, count: u32) {
    let work = async move |act: &mut Act| {
        for n in 0..count {
            let commitment = Hash::of(&[act.now.0.to_be_bytes().as_slice(), &n.to_be_bytes()].concat());
            act.state("test", &ledger::Statement::Received { commitment, day: act.now.day() });
        }
        act.journal("test", "test");
        Ok(())
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await.expect("states").into_inner();
}

/// Another process on the same database, with these folders.
pub async fn again(site: &House, data: &Path) -> App {
    open(&site.url, data, site).await
}

pub async fn open(database: &str, data: &Path, site: &House) -> App {
    let settings = Settings {
        database: database.to_owned(),
        blobs: Blobs::disk(data.join("blobs")),
        keys: data.join("keys"),
        ledger: data.join("ledger"),
        search: data.join("search"),
        sm2: false,
        removals: None,
        base_url: String::new(),
        trusted_proxies: 0,
        clock: site.app.clock.clone(),
        law: site.app.law_base.clone(),
        reader: crate::wire::reader(),
        city: None,
        inside: vec![],
        fonts: None,
    };
    App::open(settings).await.expect("opens")
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, to).expect("copies");
        }
    }
}

async fn run_sql(app: &App, sql: &'static str) {
    let work = async move |act: &mut Act| {
        act.execute_raw(Statement::from_string(act.get_database_backend(), sql)).await?;
        act.journal("test", "test");
        Ok(())
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await.expect("runs").into_inner();
}

/// The lease of whoever was there before has run out.
pub fn later(site: &House) {
    site.set_clock(site.app.clock.now().plus_ms(5_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_public_stands_in_the_log_that_anybody_can_check() {
    for site in houses().await {
        assert_eq!(integrate(&site.app).await.expect("a round"), Round::Done(0), "the empty tree is signed");
        assert_eq!(monitored(&site).await.0, Head::empty());
        publish(&site, "第一件").await;
        assert_eq!(integrate(&site.app).await.expect("a round"), Round::Done(1));
        assert_eq!(integrate(&site.app).await.expect("a round"), Round::Idle);
        let (head, all) = monitored(&site).await;
        assert_eq!(head.size, 1);
        assert!(all[0].starts_with(r#"{"action":"publish","body":"4302SHILI","format":1,"hashes":{"#), "{}", all[0]);
        state(&site.app, 600).await;
        integrate(&site.app).await.expect("a round");
        assert_eq!(monitored(&site).await.0.size, 601);
        // As the specification says of a tree of 601: two full tiles, one of 89, and the row above.
        for (path, status, kept) in [
            ("/ledger/checkpoint", 200, "no-cache"),
            ("/ledger/tile/0/000", 200, "public, max-age=31536000, immutable"),
            ("/ledger/tile/0/002.p/89", 200, "public, max-age=300"),
            ("/ledger/tile/0/000.p/1", 200, "public, max-age=300"),
            ("/ledger/tile/1/000.p/2", 200, "public, max-age=300"),
            ("/ledger/tile/0/002.p/90", 404, ""),
            ("/ledger/tile/0/003", 404, ""),
            ("/ledger/tile/0/../../keys/ledger.key", 404, ""),
            ("/ledger/tile/0/%2e%2e/%2e%2e/%2e%2e/keys/ledger.key", 404, ""),
            ("/ledger/2/checkpoint", 404, ""),
        ] {
            let (got, headers, _) = get(&site, path).await;
            assert_eq!(got.as_u16(), status, "{path}");
            let control = headers.get(header::CACHE_CONTROL).and_then(|v| v.to_str().ok()).unwrap_or_default();
            assert!(kept.is_empty() || control == kept, "{path}: {control}");
        }
        // Any web server can serve the folder: the same bytes lie there under the same names.
        let (.., tile) = get(&site, "/ledger/tile/0/001").await;
        assert_eq!(std::fs::read(site.data.path().join("ledger/tile/0/001")).expect("a file"), tile);
    }
}

/// Where Debian's packages `golang-go` and `golang-golang-x-mod-dev` put what Go checks its modules with.
const GO_CODE: &str = "/usr/share/gocode";

/// What a program that is not ours says of the log in a folder; `None` where this machine does not have it.
fn read_by_go(key: &str, log: &Path) -> Option<std::process::Output> {
    if !Path::new(GO_CODE).join("src/golang.org/x/mod/sumdb/tlog").exists() {
        eprintln!("not read by Go: {GO_CODE} has no golang.org/x/mod");
        return None;
    }
    let reader = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers/main.go");
    let mut go = std::process::Command::new("go");
    go.args(["run", reader, key]).arg(log).env("GO111MODULE", "off").env("GOPATH", GO_CODE);
    go.env("GOCACHE", std::env::temp_dir().join("mingtang-test-go")).output().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_that_checks_the_modules_of_go_reads_the_log() {
    for site in houses().await {
        integrate(&site.app).await.expect("a round");
        publish(&site, "第一件").await;
        state(&site.app, 600).await;
        while integrate(&site.app).await.expect("a round") != Round::Idle {}
        let (head, _) = monitored(&site).await;
        let keys = String::from_utf8(get(&site, "/ledger/key").await.2).expect("text");
        let (key, log) = (keys.lines().next().expect("a key"), site.data.path().join("ledger"));
        let Some(told) = read_by_go(key, &log) else { continue };
        let said = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        assert!(head.size == 601 && said.starts_with("601 "), "{said}");
        for file in ["tile/0/001", "tile/entries/000", "checkpoint"] {
            let right = std::fs::read(log.join(file)).expect("a file");
            let mut wrong = right.clone();
            wrong[40] ^= 1;
            std::fs::write(log.join(file), wrong).expect("writes");
            assert!(!read_by_go(key, &log).expect("runs").status.success(), "a flipped bit of {file} is refused");
            std::fs::write(log.join(file), right).expect("writes");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_may_die_anywhere() {
    for site in houses().await {
        let data = site.data.path();
        integrate(&site.app).await.expect("a round");
        state(&site.app, 300).await;
        integrate(&site.app).await.expect("a round");
        let before = data.join("before");
        copy(&data.join("ledger"), &before.join("ledger"));
        copy(&data.join("keys"), &before.join("keys"));
        state(&site.app, 250).await;
        integrate(&site.app).await.expect("a round");
        let after = monitored(&site).await;
        // What the round had left when it died: files and notes of before, or only the notes, or nothing at all.
        for (what, ledger, checkpoint, keys) in [
            ("after the positions", true, true, true),
            ("after the files", false, true, true),
            ("after the note was kept", false, true, false),
            ("and the disk with it", false, false, false),
        ] {
            if what == "and the disk with it" {
                std::fs::remove_dir_all(data.join("ledger")).expect("removes");
            }
            if ledger {
                std::fs::remove_dir_all(data.join("ledger")).expect("removes");
                copy(&before.join("ledger"), &data.join("ledger"));
            }
            if checkpoint {
                std::fs::copy(before.join("ledger/checkpoint"), data.join("ledger/checkpoint")).expect("copies");
            }
            if keys {
                copy(&before.join("keys"), &data.join("keys"));
            }
            later(&site);
            let reborn = again(&site, data).await;
            assert_eq!(integrate(&reborn).await.expect("a round"), Round::Done(0), "{what}");
            assert_eq!(monitored(&site).await, after, "{what}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_integrators_make_one_log() {
    for site in houses().await {
        integrate(&site.app).await.expect("a round");
        let other_data = site.data.path().join("other");
        copy(&site.data.path().join("keys"), &other_data.join("keys"));
        let other = again(&site, &other_data).await;
        for _ in 0..10 {
            state(&site.app, 40).await;
            let (a, b) = tokio::join!(integrate(&site.app), integrate(&other));
            let rounds = [a.expect("a round"), b.expect("a round")];
            assert!(rounds.contains(&Round::Held) || rounds.contains(&Round::Idle), "{rounds:?}");
            later(&site);
        }
        later(&site);
        integrate(&other).await.expect("a round");
        later(&site);
        integrate(&site.app).await.expect("a round");
        let (head, _) = monitored(&site).await;
        assert_eq!(head.size, 400);
        assert_eq!(other.log.published().map(|p| *p.checkpoint.head()), Some(head), "both have the same");
    }
}

/// The database went back; the keys know of more.
#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_not_signed_for() {
    for site in houses().await {
        integrate(&site.app).await.expect("a round");
        state(&site.app, 5).await;
        integrate(&site.app).await.expect("a round");
        run_sql(&site.app, "UPDATE statement SET position = NULL").await;
        run_sql(&site.app, "DELETE FROM ledger").await;
        let reborn = again(&site, site.data.path()).await;
        assert_eq!(integrate(&reborn).await.expect("a round"), Round::Stopped(Stop::Behind));
        state(&reborn, 9).await;
        assert_eq!(integrate(&reborn).await.expect("a round"), Round::Stopped(Stop::Behind), "more does not help");
        assert_eq!((reborn.log.stop(), monitored(&site).await.0.size), (Some(Stop::Behind), 5));
        // Publication goes on.
        publish(&site, "停签时公开的").await;
        let shown = Client::default().get(&site, "/records/4302SHILI/2026-00001").await;
        assert_eq!(shown.status, StatusCode::OK);
    }
}

/// What happened to an installation while it was down.
async fn spoil(site: &House, what: &str) {
    let data = site.data.path();
    let (key, note) = (data.join("keys/ledger.key"), data.join("keys/ledger.checkpoint"));
    match what {
        "other statements" => {
            run_sql(&site.app, "UPDATE statement SET bytes = '{}' WHERE position = 2").await;
            std::fs::remove_dir_all(data.join("ledger/tile")).expect("removes");
        }
        "a statement is gone" => {
            run_sql(&site.app, "DELETE FROM statement WHERE position = 2").await;
            std::fs::remove_dir_all(data.join("ledger/tile")).expect("removes");
        }
        "no key" => std::fs::remove_file(&key).expect("removes"),
        "another key" => {
            let other = app::proof::keys::Secrets::random(ORIGIN, false);
            app::proof::keys::Place(data.join("keys")).keep(&other).expect("keeps");
        }
        "no last note" => std::fs::remove_file(&note).expect("removes"),
        "a forged last note" => {
            let text = std::fs::read_to_string(&note).expect("a note").replace("\n5\n", "\n4\n");
            std::fs::write(&note, text).expect("writes");
        }
        other => panic!("{other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_shown_to_follow_is_not_signed() {
    for (what, stop) in [
        ("other statements", Stop::Damaged),
        ("a statement is gone", Stop::Damaged),
        ("no key", Stop::NoKey),
        ("another key", Stop::NoKey),
        ("no last note", Stop::NoCheckpoint),
        ("a forged last note", Stop::OtherLog),
    ] {
        for site in houses().await {
            integrate(&site.app).await.expect("a round");
            state(&site.app, 5).await;
            integrate(&site.app).await.expect("a round");
            let shown = site.data.path().join("ledger/checkpoint");
            let before = std::fs::read(&shown).expect("a note");
            spoil(&site, what).await;
            state(&site.app, 1).await;
            later(&site);
            let reborn = again(&site, site.data.path()).await;
            assert_eq!(integrate(&reborn).await.expect("a round"), Round::Stopped(stop), "{what}");
            assert_eq!(std::fs::read(&shown).expect("a note"), before, "{what}: nothing else was shown");
            let row = reborn.store.log().await.expect("reads").expect("a row");
            assert_eq!(row.size, 5, "{what}: nothing more got a position");
        }
    }
}
