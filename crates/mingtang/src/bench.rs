//! `mingtang bench`: makes its data, puts this very program under load beside nginx, and prints where we stand.

mod client;
mod clocks;
mod data;
mod figure;
mod import;
mod intake;
mod law;
mod ledger;
mod letters;
mod load;
mod papers;
mod postgres;
mod print;
mod process;
mod reads;
mod scanner;
mod search;
mod server;
mod wagtail;
mod words;
mod writes;

use crate::args::Bench;
use crate::clock::Stopwatch;
use crate::fail::Fail;
use data::Data;
use figure::Row;
use std::path::PathBuf;

/// The rows that can be asked for by name.
const NAMES: [&str; 32] = [
    "W1",
    "W2",
    "W3",
    "W4",
    "W5",
    "W7",
    "W8",
    "W9",
    "D1",
    "L1",
    "T1",
    "T2",
    "T3",
    "C1",
    "C2",
    "C3",
    "P1",
    letters::NAME,
    clocks::NAME,
    import::NAME,
    ledger::NAME,
    intake::NAME,
    scanner::NAME,
    search::NAME,
    search::JUDGED,
    search::PAGE,
    search::INDEX[0],
    search::INDEX[1],
    search::INDEX[2],
    search::INDEX[3],
    search::INDEX[4],
    search::INDEX[5],
];
/// Those that need public records.
const OF_RECORDS: &[&str] = NAMES.split_at(9).0;
/// How many records there are where nobody says.
const SIZES: [u64; 3] = [1_000, 10_000, 100_000];
/// The size at which rows stand that do not grow.
const USUAL: u64 = 10_000;

/// What was asked for.
pub struct Asked {
    /// All rows where it is empty, but for the named ones, which take long.
    name: Option<String>,
    sizes: Vec<u64>,
    /// Somebody said how many.
    is_sized: bool,
    /// How many clocks run.
    clocks: u64,
    /// How many statements the ledger has.
    statements: Vec<u64>,
    /// How many old pages come in.
    pages: u64,
    /// Of one round against one server.
    seconds: f64,
    rounds: u32,
    /// Wagtail is installed and measured beside ours.
    peers: bool,
}

impl Asked {
    fn of(bench: &Bench) -> Result<Asked, Fail> {
        let name = bench.name.as_deref().map(str::to_ascii_uppercase);
        let name = name.map(|name| if name == "DUE" { "L1".to_owned() } else { name });
        if name.as_deref().is_some_and(|name| !NAMES.contains(&name)) {
            return Err(Fail::usage(format!("没有这一行。可以写：{}、due。", NAMES.join("、"))));
        }
        let mut sizes = if bench.records.is_empty() { SIZES.to_vec() } else { bench.records.clone() };
        sizes.sort_unstable();
        sizes.dedup();
        if sizes.first().is_none_or(|n| *n < 100) || bench.rounds == 0 || bench.seconds.is_nan() || bench.seconds <= 0.0
        {
            return Err(Fail::usage("--records 至少 100，--rounds 和 --seconds 大于 0。"));
        }
        let clocks = bench.records.iter().max().copied().unwrap_or(clocks::USUAL);
        let statements = if bench.records.is_empty() { ledger::SIZES.to_vec() } else { sizes.clone() };
        let pages = bench.records.iter().max().copied().unwrap_or(import::USUAL);
        let (seconds, rounds) = (bench.seconds, bench.rounds);
        let is_sized = !bench.records.is_empty();
        let peers = bench.peers;
        Ok(Asked { name, sizes, is_sized, clocks, statements, pages, seconds, rounds, peers })
    }

    fn wants(&self, name: &str) -> bool {
        self.name.as_deref().is_none_or(|wanted| wanted == name)
    }

    fn wants_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.wants(name))
    }

    /// How many records are public.
    fn public(&self, data: &Data) -> u64 {
        data.records.len() as u64
    }

    /// The size nearest to the usual one, from above where there is such.
    fn usual(&self) -> u64 {
        let above = self.sizes.iter().find(|n| **n >= USUAL);
        above.or(self.sizes.last()).copied().unwrap_or(USUAL)
    }
}

pub async fn run(parent: Option<PathBuf>, bench: &Bench) -> Result<(), Fail> {
    let asked = Asked::of(bench)?;
    let parent = parent.unwrap_or_else(std::env::temp_dir);
    let mut data = Data::new(&parent, bench.seed)?;
    let (mut rows, mut notes) = (vec![], notes(&data, &asked));
    tokio::select! {
        all = measure(&asked, &mut data, &mut rows, &mut notes) => all?,
        _ = tokio::signal::ctrl_c() => return Err(Fail::no("已中断，没有结果。")),
    }
    if bench.json {
        let all = serde_json::json!({"seed": data.seed, "seconds": asked.seconds, "rounds": asked.rounds,
            "notes": notes, "rows": rows});
        println!("{all:#}");
    } else {
        println!("{}\n\n{}", notes.join("\n"), print::table(&rows));
    }
    if scanner::failed(&rows) {
        return Err(Fail::no("扫描的得分低于下限，见上表。"));
    }
    Ok(())
}

/// What a reader must know to read the table.
fn notes(data: &Data, asked: &Asked) -> Vec<String> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let build = if cfg!(debug_assertions) { "DEBUG BUILD: the figures mean nothing. " } else { "" };
    vec![
        format!("{build}seed {}, {cores} cores shared with the load generator, {}", data.seed, data.folder.display()),
        format!(
            "{} rounds of {} s, interleaved; medians with their range; a published peer ran on another machine",
            asked.rounds, asked.seconds
        ),
        "ours logs warnings only, nginx has no access log; no verdict where the peer itself moved by more than 1.5x"
            .into(),
        "W4, W5, W9: the files are in the system's cache".into(),
    ]
}

async fn measure(asked: &Asked, data: &mut Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    if asked.wants("L1") {
        eprintln!("L1 …");
        law::due(asked, rows, notes)?;
    }
    if asked.name.as_deref() == Some(clocks::NAME) {
        eprintln!("clocks …");
        clocks::recompute(asked, data, rows, notes).await?;
    }
    ledger::measure(asked, data, rows, notes).await?;
    if asked.name.as_deref() == Some(import::NAME) {
        eprintln!("import …");
        import::old_pages(asked, data, rows).await?;
    }
    if asked.name.as_deref() == Some(intake::NAME) {
        eprintln!("intake …");
        intake::measure(asked, data.seed, rows, notes)?;
    }
    if asked.wants("P1") || asked.name.as_deref() == Some(letters::NAME) {
        eprintln!("P1 …");
        letters::measure(asked, data.seed, rows, notes)?;
    }
    if asked.wants_any(&["C1", "C2", "C3", scanner::NAME]) {
        eprintln!("scan …");
        scanner::measure(asked, &data.folder, data.seed, rows)?;
    }
    search::measure(asked, data, rows, notes).await?;
    if asked.wants_any(OF_RECORDS) {
        of_records(asked, data, rows, notes).await?;
    }
    rows.sort_by_key(|row| (NAMES.iter().position(|name| *name == row.name), row.records));
    Ok(())
}

async fn of_records(asked: &Asked, data: &mut Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    for size in &asked.sizes {
        let (watch, before) = (Stopwatch::start(), data.records.len());
        eprintln!("making records up to {size} …");
        data.grow(*size).await?;
        let made = data.records.len() - before;
        notes.push(format!("{made} records written and derived in {:.1} s", watch.seconds()));
        if asked.wants("W9") {
            eprintln!("W9 at {size} …");
            reads::cold_start(asked, data, rows).await?;
        }
        if asked.wants_any(&["W4", "W5"]) {
            eprintln!("W4, W5 at {size} …");
            reads::uncached(asked, data, rows).await?;
        }
        if *size == asked.usual() {
            usual(asked, data, rows, notes).await?;
        }
    }
    Ok(())
}

/// The rows that do not grow with the records.
async fn usual(asked: &Asked, data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    if asked.wants_any(&["W1", "W2", "W3", "W7", "W8"]) {
        eprintln!("W1, W2, W3, W7, W8 …");
        reads::cached(asked, data, rows, notes).await?;
    }
    if asked.wants("D1") {
        eprintln!("D1 …");
        writes::durable(asked, data, rows, notes).await?;
    }
    Ok(())
}
