//! Who may use whom: the table of ARCHITECTURE.md against the code.

use super::{File, rust};
use std::collections::{BTreeMap, BTreeSet};

/// What a row of the table says. `Everything` is every slice that has a row with names.
#[derive(Debug, PartialEq)]
enum Uses {
    These(BTreeSet<String>),
    Everything,
}

struct Row {
    uses: Uses,
    /// `reading`: the slice calls no act.
    reading: bool,
}

type Map = BTreeMap<String, Row>;

/// Every trespass, circle, and slice without a row; every row without a slice. A part beside the slices may have a row
/// and is then held as a slice is; without one anybody may use it, and it may use only `ui`.
pub fn faults(architecture: &str, files: &[File]) -> Vec<String> {
    let map = read(architecture);
    let may = closed(&map);
    let parts = files.iter().filter_map(File::part).filter(|part| map.contains_key(*part));
    let slices: BTreeSet<&str> = files.iter().filter_map(File::slice).chain(parts).collect();
    let in_circle = may.iter().filter(|(slice, all)| all.contains(**slice));
    let mut out: Vec<String> = in_circle.map(|(slice, _)| format!("{slice} stands in a circle of the table")).collect();
    out.extend(slices.iter().filter(|s| !map.contains_key(**s)).map(|s| format!("slice {s} has no row in the table")));
    out.extend(map.keys().filter(|s| !slices.contains(s.as_str())).map(|s| format!("the row {s} has no slice")));
    let only_ui = BTreeSet::from(["ui".to_string()]);
    for file in files.iter().filter(|f| f.is("rs") || f.is("html")) {
        let Some(user) = file.slice().or(file.part()) else { continue };
        let allowed = match (may.get(user), file.part()) {
            (Some(allowed), _) => allowed,
            (None, Some(_)) => &only_ui,
            (None, None) => continue,
        };
        let trespasses = used(file, &slices, files).into_iter().filter(|used| used != user && !allowed.contains(used));
        out.extend(trespasses.map(|used| format!("{}: {user} may not use {used}", file.path)));
        let reads_only = map.get(user).is_some_and(|row| row.reading);
        if reads_only && file.is("rs") && rust::read(&file.text).code.contains(".act(") {
            out.push(format!("{}: {user} only reads, yet calls an act", file.path));
        }
    }
    out
}

/// The rows of the table whose header is `| slice | may use |`, with or without columns between.
fn read(architecture: &str) -> Map {
    let mut map = Map::new();
    let mut inside = false;
    for line in architecture.lines() {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').map(str::trim).collect();
        let (first, last) = (cells[0], cells[cells.len() - 1]);
        if !line.trim_start().starts_with('|') {
            inside = false;
        } else if first == "slice" && last == "may use" {
            inside = true;
        } else if inside {
            for slice in quoted(first) {
                let uses = if last.starts_with("everything") { Uses::Everything } else { Uses::These(quoted(last)) };
                map.insert(slice, Row { uses, reading: last.contains("reading") });
            }
        }
    }
    map
}

fn quoted(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_string).collect()
}

/// Each slice with all it may use: its row, what the slices named there may use, and `ui`.
fn closed(map: &Map) -> BTreeMap<&str, BTreeSet<String>> {
    let mut out = BTreeMap::new();
    for slice in map.keys() {
        let (mut all, mut todo) = (BTreeSet::new(), named(map, slice));
        while let Some(next) = todo.pop() {
            if all.insert(next.clone()) {
                todo.extend(named(map, &next));
            }
        }
        out.insert(slice.as_str(), all);
    }
    out
}

fn named(map: &Map, slice: &str) -> Vec<String> {
    let mut names: Vec<String> = match map.get(slice).map(|row| &row.uses) {
        Some(Uses::These(names)) => names.iter().cloned().collect(),
        Some(Uses::Everything) => {
            map.iter().filter(|(_, row)| row.uses != Uses::Everything).map(|(name, _)| name.clone()).collect()
        }
        None => Vec::new(),
    };
    if slice != "ui" {
        names.push("ui".to_string());
    }
    names
}

/// The slices a file names: `crate::x`, `super::…::x` where the own slice has no `x`, a template's `"x/….html"`.
fn used(file: &File, slices: &BTreeSet<&str>, files: &[File]) -> BTreeSet<String> {
    if file.is("html") {
        let paths = file.text.split('"').filter(|t| t.ends_with(".html"));
        return paths.filter_map(|p| p.split_once('/')).map(|(s, _)| s.to_string()).collect();
    }
    let own = format!("crates/app/src/{}/", file.slice().unwrap_or_default());
    let is_own = |name: &str| {
        let (module, folder) = (format!("{own}{name}.rs"), format!("{own}{name}/"));
        files.iter().any(|f| f.path == module || f.path.starts_with(&folder))
    };
    let mut out = BTreeSet::new();
    for path in rust::paths(&rust::read(&file.text).code) {
        let mut parts = path.split("::");
        let first = parts.next();
        let next = parts.find(|p| *p != "super").filter(|name| slices.contains(name));
        match (first, next) {
            (Some("crate"), Some(name)) => drop(out.insert(name.to_string())),
            (Some("super"), Some(name)) if !is_own(name) => drop(out.insert(name.to_string())),
            _ => {}
        }
    }
    out
}

const TABLE: &str = "| slice | what it is | may use |\n|---|---|---|\n| `ui` | looks | – |\n| `a` | x | `ui` |\n\
    | `b` `c` | y | `a` |\n| `d` | z | `b` |\n| `home` | front | everything, reading |\n\nafter\n";

fn code(path: &str, text: &str) -> File {
    super::file(&format!("crates/app/src/{path}"), text)
}

fn house(bad: File) -> Vec<File> {
    let folders = ["ui", "a", "b", "c", "d", "home"].map(|s| code(&format!("{s}/mod.rs"), ""));
    folders.into_iter().chain([code("d/desk.rs", "use crate::{a, b::X, ui}; use super::model;"), bad]).collect()
}

#[test]
fn a_trespass_is_found() {
    let cases = [
        (code("a/rules.rs", "use crate::b::X;"), "a/rules.rs: a may not use b"),
        (code("a/rules.rs", "use crate::{ui, d as e};"), "a/rules.rs: a may not use d"),
        (code("a/mod.rs", "fn f() { super::b::f() }"), "a/mod.rs: a may not use b"),
        (code("b/x.rs", "fn f() { crate::c::f() }"), "b/x.rs: b may not use c"),
        (code("a/x.html", r#"{% include "home/x.html" %}"#), "a/x.html: a may not use home"),
        (code("e/mod.rs", ""), "slice e has no row"),
        (code("edge.rs", "use crate::{ui, portal, a}; use crate::App;"), "edge.rs: edge may not use a"),
        (code("home/mod.rs", "fn f(s: S) { s.act(x) }"), "home/mod.rs: home only reads"),
    ];
    for (bad, expected) in cases {
        let found = faults(TABLE, &house(bad));
        assert!(found.len() == 1 && found[0].contains(expected), "{expected}: {found:?}");
    }
}

#[test]
fn the_map_itself_must_hold() {
    let fine = house(code("lib.rs", "use crate::d; use super::d;"));
    assert_eq!(faults(TABLE, &fine), [""; 0]);
    let circle = TABLE.replace("| `a` | x | `ui` |", "| `a` | x | `d` |");
    assert_eq!(faults(&circle, &fine).iter().filter(|f| f.contains("circle")).count(), 3);
    let part = TABLE.replace("| `a` | x | `ui` |", "| `a` | x | `ui` |\n| `edge` | p | `a` |");
    assert_eq!(faults(&part, &house(code("edge.rs", "use crate::a;"))), [""; 0]);
    assert_eq!(faults(&part, &house(code("edge.rs", "use crate::b;"))).len(), 1);
    let ghost = TABLE.replace("\n\nafter", "\n| `ghost` | – |\n");
    assert_eq!(faults(&ghost, &fine), ["the row ghost has no slice"]);
    assert!(faults("", &fine).len() >= 6, "without a table every slice lacks its row");
}
