//! How well the rules about persons do on two sets of vectors: the ones we were given, and our own of the same and
//! harder classes. Precision and recall for each kind are printed, and may not fall below what was reached.

use scan::{Settings, document};
use std::collections::BTreeMap;

/// How the rules of one kind did.
#[derive(Default, Debug)]
struct Score {
    /// Stretches that must be found, and those of them that were, with exactly these bounds.
    wanted: usize,
    hit: usize,
    /// Findings that nobody asked for.
    false_alarms: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        if self.wanted == 0 { 1.0 } else { self.hit as f64 / self.wanted as f64 }
    }

    fn precision(&self) -> f64 {
        let all = self.hit + self.false_alarms;
        if all == 0 { 1.0 } else { self.hit as f64 / all as f64 }
    }
}

/// What the vectors of one file came to.
#[derive(Default)]
struct Table {
    kinds: BTreeMap<String, Score>,
    /// Rows in which nothing may be found, and those of them in which something was.
    clean: usize,
    alarmed: usize,
}

/// Scores one file. A row is `id, kind, text, should_detect, expected (‖ between), why, difficulty`.
fn score(file: &str) -> Table {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut table = Table::default();
    for row in csv::Reader::from_path(path).expect("the vectors").records() {
        let row = row.expect("a row");
        let (id, kind, text, detect, expected) = (&row[0], &row[1], &row[2], &row[3] == "yes", &row[4]);
        let mut wanted: Vec<&str> = if detect { expected.split('‖').collect() } else { Vec::new() };
        table.kinds.entry(kind.into()).or_default().wanted += wanted.len();
        let mut found = document(text, &Settings::default());
        found.retain(|f| ["person.", "mark."].iter().any(|group| f.rule.id().starts_with(group)));
        table.clean += usize::from(!detect);
        table.alarmed += usize::from(!detect && !found.is_empty());
        for f in found {
            let (rule, stretch) = (f.rule.info().kind, &text[f.span.clone()]);
            let score = table.kinds.entry(rule.into()).or_default();
            match wanted.iter().position(|w| rule == kind && *w == stretch) {
                Some(n) => {
                    wanted.remove(n);
                    score.hit += 1;
                }
                None => {
                    println!("{file} {id}: false alarm {rule} “{stretch}” in {text:?}");
                    score.false_alarms += 1;
                }
            }
        }
        wanted.iter().for_each(|w| println!("{file} {id}: missed {kind} “{w}” in {text:?}"));
    }
    table
}

fn print(file: &str, table: &Table) {
    println!("{file}\nkind          wanted  found  false  precision  recall");
    for (kind, s) in &table.kinds {
        let (precision, recall) = (s.precision(), s.recall());
        println!("{kind:14}{:6}{:7}{:7}{precision:11.3}{recall:8.3}", s.wanted, s.hit, s.false_alarms);
    }
    println!("clean rows {}, with an alarm {}\n", table.clean, table.alarmed);
}

/// Every kind of a file reaches `recall`, and clean rows with an alarm stay under `alarms` of all clean rows.
fn hold(file: &str, rows: usize, recall: f64, alarms: f64) {
    let table = score(file);
    print(file, &table);
    let all: usize = table.kinds.values().map(|s| s.wanted).sum();
    assert!(all + table.clean >= rows, "all rows were read: {all} and {}", table.clean);
    for (kind, s) in &table.kinds {
        assert!(s.recall() >= recall, "{kind}: {s:?}");
        assert!(s.precision() >= recall, "{kind}: {s:?}");
    }
    assert!(table.alarmed as f64 <= alarms * table.clean as f64, "{} of {}", table.alarmed, table.clean);
}

#[test]
fn the_development_vectors() {
    hold("pii_dev.csv", 62, 1.0, 0.0);
}

#[test]
fn our_own_vectors() {
    hold("pii_more.csv", 300, 1.0, 0.0);
}
