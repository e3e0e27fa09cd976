//! Our papers: the paths they name, the words of the glossary, the reasons for dependencies.

use super::{File, rust};

/// Folders of the root whose paths are checked even when the folder itself is gone.
const FOLDERS: &[&str] = &[".ci", "crates", "demo", "docs", "law", "scripts", "tests"];
const EXTENSIONS: &[&str] = &["rs", "md", "html", "css", "js", "toml", "story", "sh", "sql"];

/// What stands for any name in an example.
const ANY: &[&str] = &["ID", "NAME", "YYYY"];

/// Paths in backticks, and targets of relative links, that do not exist. A path may also be told from its paper's
/// folder, from `crates/` or from `crates/app/src/`.
pub fn dead_paths(files: &[File], exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut out = Vec::new();
    for paper in files.iter().filter(|f| f.is("md")) {
        let folder = paper.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for (line, path) in named_paths(&paper.text) {
            let places = [String::new(), folder.clone(), "crates/".into(), "crates/app/src/".into()];
            if !places.iter().any(|place| exists(&format!("{place}{path}"))) {
                out.push(format!("{}:{line}: {path} does not exist", paper.path));
            }
        }
    }
    out
}

fn named_paths(text: &str) -> Vec<(usize, String)> {
    let (mut out, mut fenced) = (Vec::new(), false);
    for (n, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            let words = line.split('`').skip(1).step_by(2).flat_map(str::split_whitespace);
            out.extend(words.map(cleaned).filter(|w| looks_like_path(w)).map(|w| (n + 1, w.to_string())));
            let targets = line.split("](").skip(1).filter_map(|after| after.split(')').next());
            out.extend(targets.map(cleaned).filter(|t| is_relative(t)).map(|t| (n + 1, t.to_string())));
        }
    }
    out
}

/// Without `#anchor`, `:line` and the last `/`.
fn cleaned(word: &str) -> &str {
    let word = word.split('#').next().unwrap_or(word);
    let word = match word.split_once(':') {
        Some((path, line)) if line.starts_with(|c: char| c.is_ascii_digit()) => path,
        _ => word,
    };
    word.trim_end_matches(['/', ',', ';'])
}

fn looks_like_path(word: &str) -> bool {
    let plain = word.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c))
        && !word.split(['/', '.']).any(|part| ANY.contains(&part));
    let extension = word.rsplit_once('.').is_some_and(|(_, e)| EXTENSIONS.contains(&e));
    match word.split_once('/') {
        _ if !plain || word.starts_with('/') => false,
        Some((first, _)) => FOLDERS.contains(&first) || extension,
        None => word.ends_with(".md"),
    }
}

fn is_relative(target: &str) -> bool {
    !target.is_empty() && !target.contains(':') && !target.starts_with('/')
}

/// Words without a row in the glossary: `| 中文 | word | meaning | article; public slug |`.
pub fn unexplained(glossary: &str, words: &[&str]) -> Vec<String> {
    let rows = glossary.lines().filter(|l| l.starts_with('|'));
    let english: Vec<&str> =
        rows.filter_map(|l| l.split('|').nth(2)).flat_map(|c| c.split('`').skip(1).step_by(2)).collect();
    let mut missing: Vec<&str> = words.iter().filter(|w| !english.contains(w)).copied().collect();
    missing.sort_unstable();
    missing.dedup();
    missing.into_iter().map(|w| format!("GLOSSARY.md has no row for {w}")).collect()
}

/// The record kinds: in slice `record`, the `name:` of every `Kind { … }` literal.
pub fn record_kinds(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.is("rs") && f.slice() == Some("record") && !f.is_test()) {
        let source = rust::without_tests(rust::read(&file.text));
        for literal in &source.literals {
            let before: String = source.code[..literal.at].split_whitespace().collect();
            if before.ends_with("Kind{name:") {
                out.push(literal.text.clone());
            }
        }
    }
    out
}

/// Dependencies of the workspace that no decision record named `*dependencies*.md` mentions in backticks.
pub fn unargued(cargo: &str, files: &[File]) -> Vec<String> {
    let is_record =
        |f: &&File| f.path.starts_with("docs/decisions/") && f.name().contains("dependencies") && f.is("md");
    let argued: Vec<&str> = files.iter().filter(is_record).flat_map(|f| f.text.split('`').skip(1).step_by(2)).collect();
    let section = cargo.split_once("[workspace.dependencies]").map_or("", |(_, after)| after);
    let lines = section.lines().take_while(|l| !l.starts_with('[')).filter(|l| !l.contains("path ="));
    let names = lines.filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('=')).map(|(name, _)| name.trim());
    names.filter(|name| !argued.contains(name)).map(|name| format!("no decision record argues for {name}")).collect()
}

#[test]
fn a_dead_path_is_found() {
    let exists = |path: &str| ["README.md", "docs/a.md", "crates/app/src/record/rules.rs"].contains(&path);
    for (text, dead) in [
        ("see `docs/b.md`", &["docs/b.md"][..]),
        ("see `record/gate.rs` and\n`scripts/gone --fast`", &["record/gate.rs", "scripts/gone"]),
        ("[x](c.md#top) `MISSING.md`", &["MISSING.md", "c.md"]),
        ("`docs/a.md:12` `record/rules.rs`, [y](a.md) [z](https://x.cn) `README.md`", &[]),
        (
            "`/records/{org}` `rules.rs` `*.story` `data/keys/` `law/YYYY.toml` `a/b` `text/html`\n\
             ```\n`docs/gone.md`\n```",
            &[],
        ),
    ] {
        let found = dead_paths(&[super::file("docs/paper.md", text)], &exists);
        assert_eq!(found.len(), dead.len(), "{text}: {found:?}");
        assert!(dead.iter().zip(&found).all(|(d, f)| f.contains(d)), "{text}: {found:?}");
    }
}

#[test]
fn a_word_without_a_row_is_found() {
    let glossary = "# x\n| 中文 | word | meaning |\n|---|---|---|\n| 政府信息 | `record` | `other` |\n";
    assert_eq!(unexplained(glossary, &["record", "other", "other"]), ["GLOSSARY.md has no row for other"]);
}

#[test]
fn record_kinds_are_read_from_the_code() {
    let text = "const A: Kind = Kind { name: \"notice\", zh: \"通知\" }; Other { name: \"no\" }";
    assert_eq!(record_kinds(&[super::file("crates/app/src/record/model.rs", text)]), ["notice"]);
    assert_eq!(record_kinds(&[super::file("crates/app/src/other/model.rs", text)]), [""; 0]);
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let cargo =
        "[workspace.dependencies]\nkernel = { path = \"x\" }\naxum = \"1\"\nsqlx = \"1\"\n\n[profile.dev]\nx = 1\n";
    let decision = super::file("docs/decisions/0002-dependencies.md", "`axum`: the web. sqlx is not in backticks");
    assert_eq!(unargued(cargo, &[decision]), ["no decision record argues for sqlx"]);
    assert_eq!(unargued(cargo, &[super::file("docs/other.md", "`axum` `sqlx`")]).len(), 2);
}
