//! The floor is derived: rebuilding makes the same rows. A backup restores into either database, removals included.

use crate::client::{Client, Office, Paper};
use crate::gone;
use crate::stories::Site;
use crate::wire::{House, house, new_database};
use app::{App, Settings, record};
use axum::http::StatusCode;
use sea_orm::{ConnectionTrait, Statement};
use std::path::Path;
use store::{Blobs, Migration, Read};

/// The demo as the first version of this program wrote it and backed it up. Never made again: it stands for the data
/// that is out there.
const SPINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/spine.tar");
/// The steps of the schema that the first version had.
const FIRST: [&str; 4] = ["store-0001", "account-0001", "submission-0001", "record-0001"];

const FLOOR: [&str; 6] =
    ["public_page", "public_listing", "public_version", "public_file", "public_gone", "public_reference"];

/// Every row of these tables, in order, as text.
pub async fn floor(read: &Read, tables: &[&str]) -> Vec<String> {
    let mut all = vec![];
    for table in tables {
        let sql = format!("SELECT * FROM {table} ORDER BY id");
        let rows = read.query_all_raw(Statement::from_string(read.get_database_backend(), sql)).await.expect("reads");
        for row in rows {
            // Text, a number, or nothing. Sorted, because the two databases name columns in different orders.
            let text =
                |c: &String| row.try_get::<String>("", c).or_else(|_| row.try_get::<i64>("", c).map(|n| n.to_string()));
            let mut line: Vec<String> =
                row.column_names().iter().map(|c| format!("{c}={}", text(c).unwrap_or_default())).collect();
            line.sort();
            all.push(format!("{table} {}", line.join("|")));
        }
    }
    all
}

async fn lived_in(site: &House) -> Vec<String> {
    let office = Office::open(site).await;
    let mut ids = vec![];
    for n in 0..4 {
        let (title, text) = (format!("第{n}号通知"), format!("# 一\n正文 {n}\n| 表 |\n|---|\n| {n} |"));
        let paper = Paper {
            kind: "notice",
            title: &title,
            text: &text,
            column: "results/policies",
            more: &[("note", "编者说明")],
        };
        ids.push(office.publish(site, &paper).await);
    }
    office.clerk.post(site, &format!("/desk/record/{}/take-up", ids[1]), &[]).await;
    let again = Paper {
        kind: "notice",
        title: "第1号通知（更正）",
        text: "更正后的正文",
        column: "interaction/news",
        more: &[("class", "other"), ("change", "换了说法")],
    };
    office.submit(site, &ids[1], &again).await;
    office.review(site, &ids[1], "secrecy", "pass", "").await;
    office.head.post(site, &format!("/desk/record/{}/withdraw", ids[2]), &[("reason", "error")]).await;
    site.app.run_jobs().await.expect("jobs run");
    ids
}

async fn opened(database: &str, data: &Path, like: &House) -> App {
    let settings = Settings {
        database: database.into(),
        blobs: Blobs::disk(data.join("blobs")),
        keys: data.join("keys"),
        ledger: data.join("ledger"),
        search: data.join("search"),
        sm2: false,
        removals: Some(data.join("removed.log")),
        base_url: String::new(),
        trusted_proxies: 0,
        clock: like.app.clock.clone(),
        law: like.app.law_base.clone(),
        reader: crate::wire::reader(),
        city: None,
        inside: vec![],
        fonts: None,
    };
    App::open(settings).await.expect("opens")
}

async fn rebuilds(site: House) {
    lived_in(&site).await;
    let before = floor(site.app.store.read(), &FLOOR).await;
    assert!(before.len() > 15, "{before:#?}");
    record::jobs::rebuild(&site.app).await.expect("rebuilds");
    assert_eq!(floor(site.app.store.read(), &FLOOR).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_floor_derived_again_is_the_floor_that_the_acts_wrote() {
    rebuilds(house(None).await).await;
    if let Ok(server) = std::env::var("MINGTANG_TEST_PG") {
        rebuilds(house(Some(&server)).await).await;
    }
}

/// From SQLite into either database; what was taken down after the backup stays down.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_brings_everything_back_but_what_was_removed() {
    let site = house(None).await;
    let ids = lived_in(&site).await;
    let file = site.data.path().join("backup.tar");
    store::backup(&site.url, &site.app.blobs, &file, site.data.path(), site.app.clock.now()).await.expect("backs up");
    let office = Office::open(&site).await;
    office.head.post(&site, &format!("/desk/record/{}/withdraw", ids[0]), &[("reason", "privacy")]).await;
    office.head.post(&site, &format!("/desk/record/{}/hide", ids[3]), &[]).await;
    site.app.run_jobs().await.expect("jobs run");
    let now = floor(site.app.store.read(), &FLOOR).await;
    let removed = std::fs::read_to_string(site.data.path().join("removed.log")).expect("noted outside the backup");

    let server = std::env::var("MINGTANG_TEST_PG").ok();
    let data = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    let sqlite = format!("sqlite:{}", data[0].path().join("mingtang.db").display());
    let targets = std::iter::once(sqlite).chain(server.as_deref().map(new_database));
    for (database, data) in targets.zip(&data) {
        let blobs = Blobs::disk(data.path().join("blobs"));
        store::restore(&file, &database, &blobs, &app::migrations()).await.expect("restores");
        let copy = opened(&database, data.path(), &site).await;
        record::jobs::rebuild(&copy).await.expect("rebuilds");
        let left = record::jobs::apply_removals(&copy, &removed).await.expect("applies");
        assert_eq!(left, [""; 0]);
        assert_eq!(without_times(&floor(copy.store.read(), &FLOOR).await), without_times(&now), "{database}");
    }
    let gone = Client::default().get(&site, "/records/4302SHILI/2026-00001").await;
    assert_eq!(gone.status, StatusCode::GONE);
}

/// After the backup one record was hidden and shown again, and one corrected because it leaked. The correction itself
/// is not in the backup, so that record stays down; the other one is public.
#[tokio::test(flavor = "multi_thread")]
async fn a_restore_knows_what_was_shown_again_and_what_leaked() {
    let site = house(None).await;
    let ids = lived_in(&site).await;
    let file = site.data.path().join("backup.tar");
    store::backup(&site.url, &site.app.blobs, &file, site.data.path(), site.app.clock.now()).await.expect("backs up");
    let office = Office::open(&site).await;
    let at = |id: &str, step: &str| format!("/desk/record/{id}/{step}");
    office.head.post(&site, &at(&ids[0], "hide"), &[]).await;
    office.head.post(&site, &at(&ids[0], "hide/reason"), &[("reason", "error")]).await;
    site.set_clock(kernel::Instant::parse("2026-11-23 09:30").expect("a time"));
    let password = site.password("");
    let decision = [("outcome", "restored"), ("opinion", "没有问题"), ("password", password.as_str())];
    let shown = office.officer.post(&site, &at(&ids[0], "hide/decide"), &decision).await;
    assert_eq!(shown.status, StatusCode::SEE_OTHER, "{}", shown.body);
    office.clerk.post(&site, &at(&ids[3], "take-up"), &[]).await;
    let more = [("change", "去掉个人信息"), ("correction", "privacy")];
    let again =
        Paper {
            kind: "notice", title: "第3号通知", text: "干净的正文", column: "results/policies", more: &more
        };
    office.submit(&site, &ids[3], &again).await;
    office.review(&site, &ids[3], "secrecy", "pass", "").await;
    site.app.run_jobs().await.expect("jobs run");
    let removed = std::fs::read_to_string(site.data.path().join("removed.log")).expect("noted outside the backup");
    let data = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", data.path().join("mingtang.db").display());
    let blobs = Blobs::disk(data.path().join("blobs"));
    store::restore(&file, &database, &blobs, &app::migrations()).await.expect("restores");
    let copy = opened(&database, data.path(), &site).await;
    record::jobs::rebuild(&copy).await.expect("rebuilds");
    assert_eq!(record::jobs::apply_removals(&copy, &removed).await.expect("applies"), [""; 0]);
    let floor = floor(copy.store.read(), &FLOOR).await;
    let row = |table: &str, id: &str| floor.iter().find(|r| r.starts_with(table) && r.contains(&format!("id={id}")));
    assert!(row("public_page", &ids[0]).is_some(), "{floor:#?}");
    assert!(row("public_page", &ids[3]).is_none());
    assert!(row("public_gone", &ids[3]).is_some_and(|r| r.contains("reason=privacy")), "{floor:#?}");
}

/// Pages whose file has the word: on the floor, and in an index of this node.
async fn known_of_the_file(app: &App) -> (usize, bool) {
    let rows = floor(app.store.read(), &["public_file_text"]).await;
    app::search::tend(app).await.expect("an index");
    let index = app.search.live().expect("an index");
    (rows.iter().filter(|row| row.contains(gone::FILE)).count(), index.knows(gone::FILE))
}

/// The words of a file are read again from the file after a restore; where it was taken down meanwhile they are neither
/// on the floor nor in the index.
#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_files_come_back_but_not_those_of_what_was_taken_down() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let id = gone::published(&site, &office, false).await;
    site.app.run_jobs().await.expect("jobs run");
    assert_eq!(known_of_the_file(&site.app).await, (1, true), "the file was read");
    let file = site.data.path().join("backup.tar");
    store::backup(&site.url, &site.app.blobs, &file, site.data.path(), site.app.clock.now()).await.expect("backs up");
    office.head.post(&site, &format!("/desk/record/{id}/withdraw"), &[("reason", "privacy")]).await;
    site.app.run_jobs().await.expect("jobs run");
    assert_eq!(known_of_the_file(&site.app).await, (0, false), "withdrawal takes the words along");
    let removed = std::fs::read_to_string(site.data.path().join("removed.log")).expect("noted outside the backup");
    for (log, known) in [("", (1, true)), (removed.as_str(), (0, false))] {
        let data = tempfile::tempdir().expect("a folder");
        let database = format!("sqlite:{}", data.path().join("mingtang.db").display());
        let blobs = Blobs::disk(data.path().join("blobs"));
        store::restore(&file, &database, &blobs, &app::migrations()).await.expect("restores");
        let copy = opened(&database, data.path(), &site).await;
        assert_eq!(record::jobs::apply_removals(&copy, log).await.expect("applies"), [""; 0]);
        record::jobs::rebuild(&copy).await.expect("rebuilds");
        copy.run_jobs().await.expect("jobs run");
        assert_eq!(known_of_the_file(&copy).await, known, "after {log:?}");
    }
}

/// A database as the first version left it is opened by this one, and nothing on its pages is missing.
async fn upgrades(database: String, data: &Path, like: &House) {
    let first: Vec<Migration> = app::migrations().into_iter().filter(|m| FIRST.contains(&m.name)).collect();
    assert_eq!(first.len(), FIRST.len());
    let blobs = Blobs::disk(data.join("blobs"));
    store::restore(Path::new(SPINE), &database, &blobs, &first).await.expect("the first version's own schema");
    let copy = opened(&database, data, like).await;
    record::jobs::rebuild(&copy).await.expect("rebuilds");
    let rows = floor(copy.store.read(), &FLOOR).await;
    let pages: Vec<&String> = rows.iter().filter(|row| row.starts_with("public_page ")).collect();
    assert_eq!(pages.len(), 15);
    assert!(pages.iter().any(|row| row.contains("2017年度政务公开工作实施方案")));
    let sections = app::account::store::sections(copy.store.read(), &copy.bodies()[0].id).await.expect("reads");
    assert!(!sections.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_data_of_the_first_version_is_opened_by_this_one() {
    let site = house(None).await;
    let data = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    upgrades(format!("sqlite:{}", data[0].path().join("mingtang.db").display()), data[0].path(), &site).await;
    if let Ok(server) = std::env::var("MINGTANG_TEST_PG") {
        upgrades(new_database(&server), data[1].path(), &site).await;
    }
}

/// A removal that is applied again happens at another moment; everything else is the same.
fn without_times(rows: &[String]) -> Vec<String> {
    let keep = |row: &String| match row.strip_prefix("public_gone ") {
        Some(gone) => gone.split('|').filter(|part| !part.starts_with("at=")).collect::<Vec<_>>().join("|"),
        None => row.clone(),
    };
    rows.iter().map(keep).collect()
}
