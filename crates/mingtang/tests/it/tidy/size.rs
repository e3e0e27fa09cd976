//! Short functions, short files, short lines. What is too long today may only shrink.

use super::{File, rust};

const FILE_MAX: usize = 400;
const FUNCTION_MAX: usize = 60;
const LINE_MAX: usize = 120;

/// What is longer than it should be: `path` or `path::function`, and its lines today. Aim: empty.
pub const KNOWN: &[(&str, usize)] = &[];

const MEASURED: &[&str] = &["rs", "html", "css", "js", "story", "sh"];
const NARROW: &[&str] = &["rs", "css", "js", "sh", "md"];

/// Files and functions that are too long, held against the list of the known.
pub fn faults(files: &[File], known: &[(&str, usize)]) -> Vec<String> {
    let long = long(files);
    let was = |what: &str| known.iter().find(|(path, _)| *path == what).map(|(_, lines)| *lines);
    let mut out = Vec::new();
    for (what, lines, max) in &long {
        match was(what) {
            None => out.push(format!("{what}: {lines} lines, at most {max}")),
            Some(before) if *lines > before => out.push(format!("{what}: grew from {before} to {lines} lines")),
            Some(before) if *lines < before => out.push(format!("{what}: now {lines} lines; lower it in KNOWN")),
            Some(_) => {}
        }
    }
    let cured = known.iter().filter(|(path, _)| !long.iter().any(|(what, ..)| what == path));
    out.extend(cured.map(|(path, _)| format!("{path}: short enough; take it out of KNOWN")));
    out
}

fn long(files: &[File]) -> Vec<(String, usize, usize)> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| MEASURED.iter().any(|e| f.is(e))) {
        let lines = file.text.lines().count();
        if lines > FILE_MAX {
            out.push((file.path.clone(), lines, FILE_MAX));
        }
        if file.is("rs") {
            let code = rust::read(&file.text).code;
            let functions = rust::functions(&code).into_iter().filter(|(.., lines)| *lines > FUNCTION_MAX);
            out.extend(functions.map(|(name, _, lines)| (format!("{}::{name}", file.path), lines, FUNCTION_MAX)));
        }
    }
    out
}

/// Lines of more than 120 characters. Rows of a Markdown table and lines with an address cannot be broken; law and
/// demo data are as others wrote them.
pub fn wide(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    let is_data = |f: &File| f.path.starts_with("law/") || f.path.starts_with("demo/");
    for file in files.iter().filter(|f| NARROW.iter().any(|e| f.is(e)) && !is_data(f)) {
        for (n, line) in file.text.lines().enumerate() {
            let unbreakable = line.contains("://") || (file.is("md") && line.trim_start().starts_with('|'));
            let width = line.chars().count();
            if width > LINE_MAX && !unbreakable {
                out.push(format!("{}:{}: {width} characters, at most {LINE_MAX}", file.path, n + 1));
            }
        }
    }
    out
}

#[test]
fn what_is_long_is_found_and_may_only_shrink() {
    let long_file = super::file("a.css", &"x\n".repeat(401));
    let long_function = super::file("b.rs", &format!("fn f() {{\n{}}}", "x;\n".repeat(60)));
    let fine = super::file("c.rs", &format!("fn f() {{\n{}}}", "x;\n".repeat(58)));
    let files = [long_file, long_function, fine];
    for (known, expected) in [
        (&[][..], &["a.css: 401 lines, at most 400", "b.rs::f: 62 lines, at most 60"][..]),
        (&[("a.css", 401), ("b.rs::f", 62)], &[]),
        (&[("a.css", 400), ("b.rs::f", 62)], &["a.css: grew from 400 to 401 lines"]),
        (&[("a.css", 401), ("b.rs::f", 63)], &["b.rs::f: now 62 lines; lower it in KNOWN"]),
        (&[("a.css", 401), ("b.rs::f", 62), ("c.rs::f", 60)], &["c.rs::f: short enough; take it out of KNOWN"]),
    ] {
        assert_eq!(faults(&files, known), expected);
    }
}

#[test]
fn a_wide_line_is_found() {
    let wide_text = "宽".repeat(121);
    for (path, text, faults) in [
        ("a.rs", wide_text.clone(), 1),
        ("a.rs", "宽".repeat(120), 0),
        ("a.md", format!("x\n{wide_text}\n"), 1),
        ("a.md", format!("| {wide_text} |"), 0),
        ("a.rs", format!("// https://{wide_text}"), 0),
        ("a.html", wide_text.clone(), 0),
    ] {
        assert_eq!(wide(&[super::file(path, &text)]).len(), faults, "{path}");
    }
}
