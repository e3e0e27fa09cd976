//! The floor is derived: rebuilding makes the same rows. A backup restores into either database, removals included.

use crate::client::{Client, Office, Paper};
use crate::wire::{House, house, new_database};
use app::{App, Settings, record};
use axum::http::StatusCode;
use sea_orm::{ConnectionTrait, Statement};
use std::path::Path;
use store::{Blobs, Read};

const FLOOR: [&str; 5] = ["public_page", "public_listing", "public_version", "public_file", "public_gone"];

/// Every row of the public floor, in order, as text.
async fn floor(read: &Read) -> Vec<String> {
    let mut all = vec![];
    for table in FLOOR {
        let sql = format!("SELECT * FROM {table} ORDER BY id");
        let rows = read.query_all_raw(Statement::from_string(read.get_database_backend(), sql)).await.expect("reads");
        for row in rows {
            let text =
                |c: &String| row.try_get::<String>("", c).or_else(|_| row.try_get::<i64>("", c).map(|n| n.to_string()));
            let line: Vec<String> = row.column_names().iter().map(|c| text(c).expect("text or number")).collect();
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
        more: &[("class", "other")],
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
        removals: Some(data.join("removed.log")),
        base_url: String::new(),
        trusted_proxies: 0,
        clock: like.app.clock.clone(),
    };
    App::open(settings).await.expect("opens")
}

async fn rebuilds(site: House) {
    lived_in(&site).await;
    let before = floor(site.app.store.read()).await;
    assert!(before.len() > 15, "{before:#?}");
    record::publish::rebuild(&site.app).await.expect("rebuilds");
    assert_eq!(floor(site.app.store.read()).await, before);
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
    site.app.run_jobs().await.expect("jobs run");
    let now = floor(site.app.store.read()).await;
    let removed = std::fs::read_to_string(site.data.path().join("removed.log")).expect("noted outside the backup");

    let server = std::env::var("MINGTANG_TEST_PG").ok();
    let data = [tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder")];
    let sqlite = format!("sqlite:{}", data[0].path().join("mingtang.db").display());
    let targets = std::iter::once(sqlite).chain(server.as_deref().map(new_database));
    for (database, data) in targets.zip(&data) {
        let blobs = Blobs::disk(data.path().join("blobs"));
        store::restore(&file, &database, &blobs, &app::migrations()).await.expect("restores");
        let copy = opened(&database, data.path(), &site).await;
        record::publish::rebuild(&copy).await.expect("rebuilds");
        let left = record::jobs::apply_removals(&copy, &removed).await.expect("applies");
        assert_eq!(left, [""; 0]);
        assert_eq!(without_times(&floor(copy.store.read()).await), without_times(&now), "{database}");
    }
    let gone = Client::default().get(&site, "/records/4302SHILI/2026-00001").await;
    assert_eq!(gone.status, StatusCode::GONE);
}

/// A removal that is applied again happens at another moment; everything else is the same.
fn without_times(rows: &[String]) -> Vec<String> {
    let keep = |row: &String| match row.strip_prefix("public_gone ") {
        Some(gone) => gone.split('|').take(4).collect::<Vec<_>>().join("|"),
        None => row.clone(),
    };
    rows.iter().map(keep).collect()
}
