//! Rows T1 to T3: the tree in memory, the durable log, and proofs, at growing sizes: a statement's cost must not grow.

use super::Asked;
use super::data::Data;
use super::figure::{Bound, Figures, Peer, Row};
use super::process::Cpu;
use super::writes::fsyncs;
use crate::clock::Stopwatch;
use crate::fail::Fail;
use crate::house;
use app::App;
use app::proof::{Round, integrate};
use kernel::Hash;
use ledger::{Head, Plan, Row as Tiles, Subtree, Tile, Tree, leaf_hash, node_hash};
use std::collections::HashMap;
use std::hint::black_box;
use store::{Act, Actor};

/// All three rows.
pub const NAME: &str = "LEDGER";
/// How many statements there are where nobody says.
pub const SIZES: [u64; 3] = [1_000, 100_000, 1_000_000];
/// Statements of one batch: as the integrator takes them.
const BATCH: u64 = 4_096;
/// Statements that one act writes here.
const TOGETHER: u64 = 2_000;
/// How many statements a size is measured with: its last ones.
const LAST: u64 = 20_000;
/// Proofs made and checked in a round.
const PROOFS: u64 = 10_000;

/// Published, a second: Go's tlog in memory, Tessera on files on a small machine, Go's proofs made and checked.
const GO_APPEND: f64 = 380_000.0;
const TESSERA: f64 = 1_587.0;
const GO_PROVE: f64 = 113_000.0;
const GO_CHECK: f64 = 98_000.0;

/// Only where one of the rows is asked for by name: a million statements take long.
pub async fn measure(asked: &Asked, data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let is = |name: &str| asked.name.as_deref().is_some_and(|wanted| wanted == name || wanted == NAME);
    if is("T1") || is("T3") {
        for size in &asked.statements {
            eprintln!("T1, T3 at {size} …");
            in_memory(asked, *size, rows)?;
        }
    }
    if is("T2") {
        durable(asked, data, rows, notes).await?;
    }
    let grown: Vec<Row> = ["T1", "T2"].iter().filter_map(|name| growth(rows, name)).collect();
    rows.extend(grown);
    Ok(())
}

/// What a statement costs in the largest log beside what it costs in the smallest: it must not grow.
fn growth(rows: &[Row], name: &'static str) -> Option<Row> {
    let rates: Vec<&Row> =
        rows.iter().filter(|row| row.name == name && row.unit == "/s" && is_published(row)).collect();
    let least = rates.iter().min_by_key(|row| row.records)?;
    let most = rates.iter().max_by_key(|row| row.records).filter(|row| row.records > least.records)?;
    let cost = |row: &Row| 1e6 / row.ours.median;
    let what = format!("cost of a statement: {}", most.what);
    let figures = Figures { name, what, records: most.records, unit: "us", ours: vec![cost(most)] };
    let bound = Bound::AtMost { floor: 1.5, goal: Some(1.1) };
    Some(figures.beside(&format!("at {}", least.records), &[cost(least)], bound))
}

fn is_published(row: &Row) -> bool {
    matches!(row.peer, Peer::Published { .. })
}

/// As long as a statement of a publication.
fn statement(n: u64) -> String {
    let digest = Hash::of(&n.to_be_bytes());
    let begin = format!(r#"{{"action":"publish","body":"43020XMJ0","format":1,"hashes":{{"revision":"{digest}"}}"#);
    format!(r#"{begin},"index":"43020XMJ0/2017-{n:08}","time":"2017-05-26T10:00:00+08:00","version":1}}"#)
}

/// How often a second, in processor time of this process.
fn rate<T>(count: u64, work: impl FnOnce() -> T) -> Result<(T, f64), Fail> {
    let me = [std::process::id()];
    let before = Cpu::of(&me)?;
    let out = black_box(work());
    Ok((out, count as f64 / Cpu::of(&me)?.since(&before).max(1e-9)))
}

/// What one size gathers, a figure a round.
#[derive(Default)]
struct Gathered {
    append: Vec<f64>,
    limit: Vec<f64>,
    made: Vec<f64>,
    checked: Vec<f64>,
}

fn in_memory(asked: &Asked, size: u64, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let (mut tree, mut files) = (Tree::new(), HashMap::new());
    let last = LAST.min(size);
    for first in (0..size - last).step_by(BATCH as usize) {
        let some: Vec<String> = (first..(size - last).min(first + BATCH)).map(statement).collect();
        tree = kept(&tree, &some, &mut files)?;
    }
    let more: Vec<String> = (size - last..size).map(statement).collect();
    let grown = more.chunks(BATCH as usize).try_fold(tree.clone(), |tree, some| kept(&tree, some, &mut files))?;
    let tiles = files.iter().filter_map(|(tile, bytes)| Some((*tile, Subtree::parse(bytes).ok()?))).collect();
    let mut all = Gathered::default();
    for _ in 0..asked.rounds {
        let hashes = || more.iter().fold(Hash([0; 32]), |node, s| node_hash(&node, &leaf_hash(s.as_bytes())));
        all.limit.push(rate(last, hashes)?.1);
        let grow = || more.chunks(BATCH as usize).try_fold(tree.clone(), |tree, some| Ok(tree.grow(some)?.tree));
        let (regrown, append): (Result<Tree, ledger::Error>, f64) = rate(last, grow)?;
        if regrown.map_err(Fail::fault)?.head() != grown.head() {
            return Err(Fail::fault("the tree grew otherwise"));
        }
        all.append.push(append);
        proofs(&grown.head(), &tiles, &mut all)?;
    }
    judged(size, &all, rows);
    Ok(())
}

fn proofs(head: &Head, tiles: &HashMap<Tile, Subtree>, all: &mut Gathered) -> Result<(), Fail> {
    let index = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % head.size;
    let prove = || -> Result<Vec<Vec<Hash>>, ledger::Error> {
        (0..PROOFS).map(|n| Plan::inclusion(index(n), head.size)?.hashes(|tile| tiles.get(&tile))).collect()
    };
    let (paths, made) = rate(PROOFS, prove)?;
    let paths = paths.map_err(Fail::fault)?;
    let leaves: Vec<String> = (0..PROOFS).map(|n| statement(index(n))).collect();
    let check = || {
        let each = paths.iter().zip(&leaves).zip(0..);
        each.filter(|((path, s), n)| head.includes(index(*n), &leaf_hash(s.as_bytes()), path)).count()
    };
    let (right, checked) = rate(PROOFS, check)?;
    if right as u64 != PROOFS {
        return Err(Fail::fault("a proof of our own does not verify"));
    }
    all.made.push(made);
    all.checked.push(checked);
    Ok(())
}

fn judged(size: u64, all: &Gathered, rows: &mut Vec<Row>) {
    let figures = |name, what: &str, ours: &[f64]| {
        let what = format!("{what} (CPU)");
        Figures { name, what, records: size, unit: "/s", ours: ours.to_vec() }
    };
    let at_least = |floor, goal| Bound::AtLeast { floor, goal: Some(goal) };
    let append = || figures("T1", "statements appended in memory, with tiles", &all.append);
    rows.push(append().over_published("Go sumdb/tlog", GO_APPEND, at_least(1.0, 3.0)));
    rows.push(append().beside("SHA-256 alone", &all.limit, at_least(0.0, 0.5)));
    let made = figures("T3", "inclusion proofs made, tiles at hand", &all.made);
    rows.push(made.over_published("Go tlog", GO_PROVE, at_least(2.0, 5.0)));
    let checked = figures("T3", "inclusion proofs checked", &all.checked);
    rows.push(checked.over_published("Go tlog", GO_CHECK, at_least(2.0, 3.0)));
}

/// Grows the tree and keeps its hash tiles, for the proofs. A million statements themselves would fill the memory.
fn kept(tree: &Tree, some: &[String], files: &mut HashMap<Tile, Vec<u8>>) -> Result<Tree, Fail> {
    let growth = tree.grow(some).map_err(Fail::fault)?;
    let hashes = growth.files.into_iter().filter(|file| file.tile.row() != Tiles::Statements);
    files.extend(hashes.map(|file| (file.tile, file.bytes)));
    Ok(growth.tree)
}

/// The whole way: rows that wait, positions, files, signature. The last statements of each size are timed, and single
/// rounds as a publication sees them, beside this disk's fsyncs.
async fn durable(asked: &Asked, data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let app = house::open(&data.config).await?;
    round(&app).await?;
    let mut so_far = app.store.statements().await?;
    for size in &asked.statements {
        eprintln!("T2 at {size} …");
        let last = LAST.min(*size);
        so_far = fill(&app, so_far, size - last).await?;
        drain(&app).await?;
        let disk = fsyncs(&data.folder, asked.seconds / 2.0).await?;
        so_far = fill(&app, so_far, *size).await?;
        let watch = Stopwatch::start();
        let done = drain(&app).await?;
        let rate = done as f64 / watch.seconds();
        let mut alone = vec![];
        for _ in 0..asked.rounds.max(20) {
            so_far = fill(&app, so_far, so_far + 1).await?;
            let watch = Stopwatch::start();
            round(&app).await?;
            alone.push(watch.seconds() * 1e3);
        }
        alone.sort_unstable_by(f64::total_cmp);
        let worst = alone[alone.len() * 99 / 100];
        notes.push(format!("T2 at {size}: this disk kept {disk:.0} fsyncs a second in the same minute"));
        let figures = |what: String, unit, ours| Figures { name: "T2", what, records: *size, unit, ours };
        let batches = figures(format!("durable statements, batches of {BATCH}"), "/s", vec![rate]);
        let bound = Bound::AtLeast { floor: 3.0, goal: Some(10.0) };
        rows.push(batches.over_published("Tessera POSIX, small VM", TESSERA, bound));
        let bound = Bound::AtMost { floor: 2_000.0, goal: Some(250.0) };
        rows.push(figures("one statement until it is signed, p99".into(), "ms", vec![worst]).alone(bound, None));
    }
    Ok(())
}

async fn round(app: &App) -> Result<u64, Fail> {
    match integrate(app).await? {
        Round::Done(count) => Ok(count as u64),
        Round::Idle => Ok(0),
        other => Err(Fail::fault(format!("the integrator came to {other:?}"))),
    }
}

async fn drain(app: &App) -> Result<u64, Fail> {
    let mut all = 0;
    loop {
        match round(app).await? {
            0 => return Ok(all),
            count => all += count,
        }
    }
}

/// Statements as submissions leave them, up to so many.
async fn fill(app: &App, from: u64, to: u64) -> Result<u64, Fail> {
    for first in (from..to).step_by(TOGETHER as usize) {
        let end = to.min(first + TOGETHER);
        let work = async move |act: &mut Act| {
            for n in first..end {
                let commitment = Hash::of(&n.to_be_bytes());
                act.state("bench", &ledger::Statement::Received { commitment, day: act.now.day() });
            }
            act.journal("bench-fill", "ledger");
            Ok(())
        };
        app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    }
    Ok(to.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figure::Verdict;

    #[test]
    fn a_cost_that_grows_is_seen() {
        let row = |records, rate| {
            let what = "statements".into();
            let figures = Figures { name: "T1", what, records, unit: "/s", ours: vec![rate] };
            figures.over_published("Go", 1.0, Bound::Unbound)
        };
        let grown = |most: f64| growth(&[row(1_000, 100.0), row(10_000, 60.0), row(100_000, most)], "T1");
        assert_eq!(grown(100.0).map(|row| (row.judged.median, row.verdict)), Some((1.0, Verdict::Goal)));
        assert_eq!(grown(50.0).map(|row| (row.records, row.verdict)), Some((100_000, Verdict::Below)));
        assert!(growth(&[row(1_000, 100.0)], "T1").is_none() && growth(&[row(1_000, 1.0)], "T2").is_none());
    }
}
