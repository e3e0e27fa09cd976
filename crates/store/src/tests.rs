//! What the store promises, tried on SQLite, and on PostgreSQL when `MINGTANG_TEST_PG` names a server.

mod acts;
mod blobs;
mod copies;
mod jobs;
mod log;
mod power;

use crate::*;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};

const NOW: Instant = Instant(1_800_000_000_000);

const THINGS: Migration = Migration {
    name: "things-0001",
    sql: "CREATE TABLE thing (id TEXT PRIMARY KEY, state TEXT NOT NULL, version BIGINT NOT NULL, \
          blob TEXT REFERENCES blob (hash));\n\
          CREATE TABLE public_thing (id TEXT PRIMARY KEY, title TEXT NOT NULL);\n\
          CREATE TABLE submission_thing (id TEXT PRIMARY KEY, n BIGINT NOT NULL);\n",
};
const ALL: [Migration; 3] = [SCHEMA, LEDGER, THINGS];

table! { thing = "thing" { id: String, state: String, version: i64, blob: Option<String> } }
table! { public public_thing = "public_thing" { id: String, title: String } }
table! { submission_thing = "submission_thing" { id: String, n: i64 } }
root!(thing);

/// A fresh database of its own; dropped with the folder, or left to the test server.
pub(crate) struct Fresh {
    pub url: String,
    pub folder: tempfile::TempDir,
    pub store: Store,
}

async fn fresh_url(folder: &tempfile::TempDir, postgres: bool) -> String {
    if !postgres {
        return format!("sqlite:{}", folder.path().join("t.db").display());
    }
    let server = std::env::var("MINGTANG_TEST_PG").expect("asked for");
    let name = format!("t_{}", uuid::Uuid::new_v4().simple());
    let db = connect::postgres(&server, false).await.expect("a server");
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    db.close().await.expect("closes");
    let (base, query) = server.split_once('?').unwrap_or((&server, ""));
    let (base, _) = base.rsplit_once('/').expect("a database name");
    format!("{base}/{name}?{query}")
}

async fn fresh(postgres: bool) -> Fresh {
    let folder = tempfile::tempdir().expect("a folder");
    let url = fresh_url(&folder, postgres).await;
    migrate(&url, &ALL).await.expect("migrates");
    let store = Store::open(&url).await.expect("opens");
    Fresh { url, folder, store }
}

async fn both() -> Vec<Fresh> {
    let mut all = vec![fresh(false).await];
    if std::env::var("MINGTANG_TEST_PG").is_ok() {
        all.push(fresh(true).await);
    }
    all
}

fn new() -> String {
    uuid::Uuid::new_v4().to_string()
}

fn row(id: &str) -> thing::ActiveModel {
    thing::ActiveModel { id: Set(id.into()), state: Set("draft".into()), version: Set(1), blob: Set(None) }
}

async fn put(store: &Store, id: &str) -> Result<Done<()>, Error> {
    let id = id.to_owned();
    store
        .act(Actor::Clock, NOW, async move |act| {
            thing::Entity::insert(row(&id)).exec_without_returning(act).await?;
            act.journal("put", &id);
            Ok(())
        })
        .await
}

async fn has(store: &Store, id: &str) -> bool {
    thing::Entity::find_by_id(id).one(store.read()).await.expect("reads").is_some()
}

async fn lines(store: &Store, id: &str) -> u64 {
    journal::Entity::find().filter(journal::Column::About.eq(id)).count(store.read()).await.expect("reads")
}

async fn nap(ms: u64) {
    tokio::time::sleep(std::time::Duration::from_millis(ms)).await;
}
