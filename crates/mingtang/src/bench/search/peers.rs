//! SQLite's FTS5 and PostgreSQL's trigrams over the same texts, asked the same.

use super::corpus::{self, Question};
use crate::bench::postgres::Postgres;
use crate::fail::Fail;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

const SCRIPT: &str = include_str!("peers.py");

/// What building cost, and how large it is.
#[derive(Clone, Copy, Deserialize)]
pub struct Built {
    /// Processor time in seconds.
    pub cpu: f64,
    pub bytes: u64,
    pub docs: u64,
}

/// A round of questions.
#[derive(Clone, Default, Deserialize)]
pub struct Told {
    /// Of each question, in milliseconds.
    pub ms: Vec<f64>,
    #[serde(default)]
    pub cpu: Vec<f64>,
    pub totals: Vec<u64>,
}

/// The texts as a file, a line each: number, tab, title and text.
pub fn written(folder: &Path, seed: u64, size: u64) -> Result<PathBuf, Fail> {
    let path = folder.join("corpus.tsv");
    let mut to = BufWriter::new(File::create(&path)?);
    for n in 0..size {
        let doc = corpus::doc(seed, n);
        writeln!(to, "{n}\t{}。{}", doc.title, doc.text)?;
    }
    to.flush()?;
    Ok(path)
}

/// SQLite as this machine's Python brings it; ends when it is dropped.
pub struct Sqlite {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Sqlite {
    /// `None` where there is no Python, or its SQLite is without FTS5.
    pub fn start(folder: &Path) -> Result<Option<Sqlite>, Fail> {
        let script = folder.join("peers.py");
        std::fs::write(&script, SCRIPT)?;
        let has = "import sqlite3; sqlite3.connect(':memory:').execute(\"create virtual table a using fts5(b)\")";
        let is_there = Command::new("python3").args(["-c", has]).stderr(Stdio::null()).status();
        if !is_there.is_ok_and(|status| status.success()) {
            return Ok(None);
        }
        let mut command = Command::new("python3");
        let mut child = command.arg(&script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Fail::fault("python3 without a pipe"));
        };
        Ok(Some(Sqlite { child, to, from: BufReader::new(from) }))
    }

    fn told<T: serde::de::DeserializeOwned>(&mut self, command: &serde_json::Value) -> Result<T, Fail> {
        writeln!(self.to, "{command}")?;
        self.to.flush()?;
        let mut line = String::new();
        self.from.read_line(&mut line)?;
        serde_json::from_str(&line).map_err(Fail::fault)
    }

    pub fn build(&mut self, kind: &str, corpus: &Path, folder: &Path) -> Result<Built, Fail> {
        self.told(&serde_json::json!({"do": "build", "kind": kind, "corpus": corpus, "folder": folder}))
    }

    pub fn ask(&mut self, kind: &str, questions: &[Question]) -> Result<Told, Fail> {
        self.told(&serde_json::json!({"do": "ask", "kind": kind, "questions": questions}))
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// PostgreSQL with an index of trigrams. Returns its bytes.
pub fn fill(postgres: &Postgres, seed: u64, size: u64) -> Result<u64, Fail> {
    let feed = |to: &mut dyn Write| {
        let mut to = BufWriter::new(to);
        writeln!(to, "CREATE EXTENSION pg_trgm; CREATE TABLE doc (id BIGINT PRIMARY KEY, text TEXT);")?;
        writeln!(to, "COPY doc FROM STDIN;")?;
        for n in 0..size {
            let doc = corpus::doc(seed, n);
            writeln!(to, "{n}\t{}。{}", doc.title, doc.text)?;
        }
        writeln!(to, "\\.\nCREATE INDEX found ON doc USING gin (text gin_trgm_ops); ANALYZE doc;")?;
        writeln!(to, "SELECT pg_relation_size('found');")?;
        to.flush()
    };
    postgres.psql(feed)?.trim().parse().map_err(Fail::fault)
}

/// The total and twenty of them, in one statement each.
pub fn ask(postgres: &Postgres, questions: &[Question]) -> Result<Told, Fail> {
    let feed = |to: &mut dyn Write| {
        writeln!(to, "\\timing on")?;
        for question in questions {
            let all: Vec<String> = question.iter().map(|word| format!("text LIKE '%{word}%'")).collect();
            let found = format!("WITH m AS MATERIALIZED (SELECT id FROM doc WHERE {})", all.join(" AND "));
            writeln!(to, "{found} SELECT count(*), (SELECT min(id) FROM (SELECT id FROM m LIMIT 20) a) FROM m;")?;
        }
        Ok(())
    };
    let mut told = Told::default();
    for line in postgres.psql(feed)?.lines() {
        if let Some(ms) = line.strip_prefix("Time: ").and_then(|rest| rest.split(' ').next()) {
            told.ms.push(ms.parse().map_err(Fail::fault)?);
        } else if let Some((total, _)) = line.split_once('|') {
            told.totals.push(total.parse().map_err(Fail::fault)?);
        }
    }
    Ok(told)
}
