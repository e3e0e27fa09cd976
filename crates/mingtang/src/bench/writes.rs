//! Row D1: durable acknowledged acts a second, against what the disk can do in the same minute.

use super::Asked;
use super::client::{Expect, Request};
use super::data::Data;
use super::figure::{Bound, Figures, Row};
use super::load::{self, Next};
use super::postgres::Postgres;
use super::server::Server;
use crate::clock::Stopwatch;
use crate::fail::Fail;
use crate::house;
use app::submission::store::submission;
use kernel::Hash;
use sea_orm::{EntityTrait, PaginatorTrait};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

const CLIENTS: [usize; 3] = [1, 8, 64];
const FLOOR: f64 = 0.8;

/// What one of the rows gathers, a figure a round.
#[derive(Default)]
struct Gathered {
    acts: Vec<f64>,
    fsyncs: Vec<f64>,
    /// Where PostgreSQL is installed.
    updates: Vec<f64>,
}

/// Readers' requests for correction over HTTP, each sealed, committed to the ledger's table and acknowledged with 303.
/// The disk is measured before and after each round, and `pgbench` commits in each. At the end the acknowledged ones
/// are counted in the database.
pub async fn durable(asked: &Asked, data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let postgres = Postgres::start()?.map(Arc::new);
    if postgres.is_none() {
        notes.push("PostgreSQL with pgbench is not installed: D1's goal has no peer and no verdict.".into());
    }
    let before = stored(data).await?;
    let server = Server::ours(&data.folder).await?;
    let (sent, mut acknowledged) = (Arc::new(AtomicU64::new(0)), 0);
    let mut all: [Gathered; CLIENTS.len()] = Default::default();
    for _ in 0..asked.rounds {
        for (clients, gathered) in CLIENTS.iter().zip(&mut all) {
            let disk = fsyncs(&data.folder, asked.seconds / 2.0).await?;
            let load = load::drive(server.at, *clients, asked.seconds, corrections(data.seed, &sent)).await?;
            let disk_after = fsyncs(&data.folder, asked.seconds / 2.0).await?;
            gathered.fsyncs.push(f64::midpoint(disk, disk_after));
            gathered.acts.push(load.per_second());
            acknowledged += load.done();
            if let Some(postgres) = postgres.clone() {
                let (clients, seconds) = (*clients, asked.seconds);
                let work = move || postgres.simple_updates(clients, seconds);
                gathered.updates.push(tokio::task::spawn_blocking(work).await.map_err(Fail::fault)??);
            }
        }
    }
    server.stop().await?;
    let kept = stored(data).await? - before;
    if kept != acknowledged {
        return Err(Fail::fault(format!("{acknowledged} acts were acknowledged, {kept} are in the database")));
    }
    for (clients, gathered) in CLIENTS.iter().zip(all) {
        rows.extend(judged(asked.public(data), *clients, gathered));
    }
    Ok(())
}

fn judged(records: u64, clients: usize, gathered: Gathered) -> Vec<Row> {
    let Gathered { acts, fsyncs, updates } = gathered;
    let group = clients.min(64);
    let most: Vec<f64> = fsyncs.iter().map(|rate| rate * group as f64).collect();
    let what = format!("durable acts (corrections), c={clients}");
    let figures = || Figures { name: "D1", what: what.clone(), records, unit: "/s", ours: acts.clone() };
    let bound = Bound::AtLeast { floor: FLOOR, goal: None };
    let mut rows = vec![figures().beside("fsync", &fsyncs, if group == 1 { bound } else { Bound::Unbound })];
    if group > 1 {
        rows.push(figures().beside(&format!("{group} x fsync"), &most, bound));
    }
    if !updates.is_empty() {
        // The goal is about 64 clients; with fewer it is printed for comparison.
        let at_least = Bound::AtLeast { floor: 1.0, goal: Some(1.0) };
        rows.push(figures().beside("pgbench -N", &updates, if group == 64 { at_least } else { Bound::Unbound }));
    }
    rows
}

/// Each with its own token, words and sender: none is a repetition, none meets the limit of one address.
fn corrections(seed: u64, sent: &Arc<AtomicU64>) -> Next {
    let sent = sent.clone();
    Arc::new(move |_| {
        let n = sent.fetch_add(1, Relaxed);
        let once = Hash::of(format!("{seed}/{n}").as_bytes());
        let [_, a, b, c] = u32::try_from(n % (1 << 24)).unwrap_or(0).to_be_bytes();
        // 第…段的日期写错了
        let what = format!("%E7%AC%AC{n}%E6%AE%B5%E7%9A%84%E6%97%A5%E6%9C%9F%E5%86%99%E9%94%99%E4%BA%86");
        let form = format!("page=%2Frecords&topic=wrong&what={what}&should=&name=&contact=&website=&once={once}");
        Some(Request::form("/correction", &format!("10.{a}.{b}.{c}"), &form, Expect::Status(303)))
    })
}

async fn stored(data: &Data) -> Result<u64, Fail> {
    let app = house::open(&data.config).await?;
    Ok(submission::Entity::find().count(app.store.read()).await?)
}

/// How often a second this folder's disk keeps 4 KiB more, one after another.
pub async fn fsyncs(folder: &Path, seconds: f64) -> Result<f64, Fail> {
    let path = folder.join("fsync");
    let work = move || {
        let mut file = std::fs::File::create(&path)?;
        let (block, watch, mut n) = ([7; 4096], Stopwatch::start(), 0_u32);
        while watch.seconds() < seconds {
            file.write_all(&block)?;
            file.sync_data()?;
            n += 1;
        }
        let rate = f64::from(n) / watch.seconds();
        std::fs::remove_file(&path)?;
        Ok(rate)
    };
    tokio::task::spawn_blocking(work).await.map_err(Fail::fault)?
}
