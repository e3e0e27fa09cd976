//! How well the rules about persons do on two sets of vectors: the ones we were given, and our own of the same and
//! harder classes. Precision and recall for each kind are printed, and may not fall below what was reached.

use scan::score::{Person, Table, persons};

/// Scores one file. A row is `id, kind, text, should_detect, expected (‖ between), why, difficulty`.
fn score(file: &str) -> Table {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_path(path).expect("the vectors").records().collect::<Result<_, _>>().expect("rows");
    persons(rows.iter().map(|row| {
        let wanted = if &row[3] == "yes" { row[4].split('‖').collect() } else { Vec::new() };
        Person { kind: &row[1], text: &row[2], wanted }
    }))
}

fn print(file: &str, table: &Table) {
    println!("{}\n{file}\nkind          wanted  found  false  precision  recall", table.notes.join("\n"));
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
    let all = table.all().wanted;
    assert!(all + table.clean >= rows, "all rows were read: {all} and {}", table.clean);
    for (kind, s) in &table.kinds {
        assert!(s.recall() >= recall, "{kind}: {s:?}");
        assert!(s.precision() >= recall, "{kind}: {s:?}");
    }
    assert!(table.alarms() <= alarms, "{} of {}", table.alarmed, table.clean);
}

#[test]
fn the_development_vectors() {
    hold("pii_dev.csv", 62, 1.0, 0.0);
}

#[test]
fn our_own_vectors() {
    hold("pii_more.csv", 300, 1.0, 0.0);
}

/// Other documents, other templates, other names: written before the rules were held against them.
#[test]
fn held_out_vectors() {
    hold("pii_held.csv", 155, 1.0, 0.0);
}
