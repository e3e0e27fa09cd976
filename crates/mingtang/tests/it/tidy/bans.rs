//! What may stand only in certain files: input and output, clocks, transactions.

use super::{File, rust};

const PURE_CRATES: &[&str] = &["kernel", "law", "scan", "ledger"];
const IMPURE_WORDS: &[&str] = &["async", "await", "sqlx", "sea_orm", "axum", "tokio", "SystemTime"];
const IMPURE_PATHS: &[&str] = &["std::fs", "std::net", "std::env", "std::process", "std::time::Instant"];
const CLOCKS: &[&str] = &["SystemTime", "Instant", "Local", "Utc", "Zoned", "Timestamp"];

/// A pure file: it decides and describes, and touches nothing.
fn is_pure(file: &File) -> bool {
    let in_crate = |name: &&str| file.path.starts_with(&format!("crates/{name}/src/"));
    let in_slice = file.slice().is_some() && matches!(file.name(), "rules.rs" | "model.rs");
    file.is("rs") && !file.is_test() && (in_slice || PURE_CRATES.iter().any(in_crate))
}

/// Pure files that are not.
pub fn impure(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| is_pure(f)) {
        let code = rust::without_tests(rust::read(&file.text)).code;
        let tokens = rust::tokens(&code);
        let words = IMPURE_WORDS.iter().filter(|word| tokens.contains(word));
        out.extend(words.map(|word| format!("{}: a pure file names {word}", file.path)));
        let paths = rust::paths(&code);
        let named = |bad: &&&str| paths.iter().any(|p| p == **bad || p.starts_with(&format!("{bad}::")));
        out.extend(IMPURE_PATHS.iter().filter(named).map(|bad| format!("{}: a pure file names {bad}", file.path)));
    }
    out
}

/// Readings of the clock outside the one file that may, and the benchmarks.
pub fn clocks(files: &[File]) -> Vec<String> {
    let may = |f: &File| f.path == "crates/mingtang/src/clock.rs" || f.path.starts_with("crates/mingtang/src/bench");
    let reads = |path: &String| {
        let parts: Vec<&str> = path.rsplit("::").collect();
        parts.len() > 1 && parts[0] == "now" && CLOCKS.contains(&parts[1])
    };
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.is("rs") && !may(f)) {
        let paths = rust::paths(&rust::read(&file.text).code);
        out.extend(paths.iter().filter(|p| reads(p)).map(|p| format!("{}: reads the clock ({p})", file.path)));
    }
    out
}

/// Transactions begun outside crate `store` (one request, one act), and columns read by position, which come in another
/// order from SQLite (`docs/decisions/0008-sqlite-in-place.md`).
pub fn transactions(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.is("rs") && !f.path.starts_with("crates/store/")) {
        let source = rust::read(&file.text);
        let tokens = rust::tokens(&source.code);
        for three in tokens.windows(3) {
            let called = three[0] != "fn" && matches!(three[2], "(" | "::");
            if called && matches!(three[1], "begin" | "begin_with" | "into_tuple") {
                out.push(format!("{}: calls {}", file.path, three[1]));
            }
        }
    }
    out
}

/// Look-ups of the release's own law in the app, which is told the law in force; columns are addresses, so routes may.
pub fn looked_up(files: &[File]) -> Vec<String> {
    let told = |f: &&File| f.path.starts_with("crates/app/src/") && f.is("rs") && !f.is_test();
    let asks = |f: &&File| rust::tokens(&rust::without_tests(rust::read(&f.text)).code).contains(&"built_in");
    let found = files.iter().filter(told).filter(|f| f.path != "crates/app/src/catalogue/public.rs").filter(asks);
    found.map(|f| format!("{}: looks the law up", f.path)).collect()
}

fn count(check: fn(&[File]) -> Vec<String>, path: &str, text: &str) -> usize {
    check(&[super::file(path, text)]).len()
}

#[test]
fn an_impure_file_is_found() {
    let rules = "crates/app/src/record/rules.rs";
    for (path, text, faults) in [
        (rules, "pub async fn f() { g().await }", 2),
        (rules, "use std::{fs, io}; use sea_orm::X;", 2),
        (rules, "use std::time::Instant; fn f(t: SystemTime) {}", 2),
        ("crates/app/src/record/model.rs", "use axum::Router;", 1),
        ("crates/law/src/deep/down.rs", "std::fs::read(x)", 1),
        (rules, "// async\nfn f(now: kernel::Instant) -> &str { \"sqlx\" }", 0),
        (rules, "#[cfg(test)] mod tests { use std::fs; }", 0),
        ("crates/app/src/record/tests.rs", "use std::fs;", 0),
        ("crates/app/src/record/desk.rs", "async fn f() {}", 0),
    ] {
        assert_eq!(count(impure, path, text), faults, "{path}: {text}");
    }
}

#[test]
fn a_clock_is_found() {
    let desk = "crates/app/src/record/desk.rs";
    for (path, text, faults) in [
        (desk, "let t = std::time::SystemTime::now();", 1),
        (desk, "let t = Instant::now();", 1),
        (desk, "let t = [jiff::Zoned::now(), chrono::Utc::now()];", 2),
        ("crates/store/src/act.rs", "Instant::now()", 1),
        ("crates/mingtang/src/clock.rs", "SystemTime::now()", 0),
        ("crates/mingtang/src/bench/read.rs", "Instant::now()", 0),
        (desk, "// Instant::now()\nlet now = act.now; clock::now()", 0),
    ] {
        assert_eq!(count(clocks, path, text), faults, "{path}: {text}");
    }
}

#[test]
fn a_transaction_is_found() {
    for (path, text, faults) in [
        ("crates/app/src/record/store.rs", "let t = db.begin().await?;", 1),
        ("crates/mingtang/src/main.rs", "db.begin_with (x)", 1),
        ("crates/app/src/record/store.rs", "select.into_tuple::<(i64, String)>()", 1),
        ("crates/store/src/act.rs", "db.begin()", 0),
        ("crates/app/src/x.rs", "fn begin() {} // db.begin()", 0),
    ] {
        assert_eq!(count(transactions, path, text), faults, "{path}: {text}");
    }
}

#[test]
fn a_look_up_of_the_law_is_found() {
    let rules = "crates/app/src/record/rules.rs";
    for (path, text, faults) in [
        (rules, "let law = Law::built_in();", 1),
        (rules, "let of = law::Calendar::built_in;", 1),
        (rules, "// Law::built_in()\nfn f(law: &Law) {} #[cfg(test)] mod tests { Law::built_in() }", 0),
        ("crates/app/src/record/tests.rs", "Law::built_in()", 0),
        ("crates/app/src/catalogue/public.rs", "Law::built_in()", 0),
        ("crates/mingtang/src/house.rs", "Law::built_in()", 0),
    ] {
        assert_eq!(count(looked_up, path, text), faults, "{path}: {text}");
    }
}
