//! The map is true: what ARCHITECTURE.md, GLOSSARY.md and STYLE.md promise is checked against the files.
//!
//! Each check is a pure function from files to faults, and has a test that shows it can fail.

mod bans;
mod map;
mod page;
mod papers;
mod rust;
mod size;
mod zh;

use std::path::{Path, PathBuf};

/// A file of the project: its path from the root, with `/`, and its text.
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// The slice the file belongs to: the folder right under `crates/app/src`.
    pub fn slice(&self) -> Option<&str> {
        self.path.strip_prefix("crates/app/src/")?.split_once('/').map(|(folder, _)| folder)
    }

    /// A file right under `crates/app/src` stands beside the slices. `lib.rs` joins them and may name all.
    pub fn part(&self) -> Option<&str> {
        let name = self.path.strip_prefix("crates/app/src/")?.strip_suffix(".rs")?;
        (!name.contains('/') && name != "lib").then_some(name)
    }

    fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, e)| e == extension)
    }

    /// Tests may hold bad samples, and need not be pure.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text file of the project that is ours, in order of path.
pub fn files() -> Vec<File> {
    let (root, mut out) = (root(), Vec::new());
    walk(&root, &root, &mut out);
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "data"];

fn walk(root: &Path, folder: &Path, out: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry of a folder").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !NOT_OURS.contains(&name.as_ref()) {
            walk(root, &path, out);
        } else if let (true, Ok(text)) = (path.is_file(), std::fs::read_to_string(&path)) {
            let path = path.strip_prefix(root).expect("we walked down from the root");
            out.push(File { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

fn text_of<'a>(files: &'a [File], path: &str) -> &'a str {
    files.iter().find(|f| f.path == path).map_or("", |f| &f.text)
}

fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{} faults\n{}\n", faults.len(), faults.join("\n"));
}

#[test]
fn slices_use_only_what_the_map_allows() {
    let files = files();
    none(map::faults(text_of(&files, "ARCHITECTURE.md"), &files));
}

#[test]
fn pure_files_are_pure() {
    none(bans::impure(&files()));
}

#[test]
fn nobody_reads_the_clock() {
    none(bans::clocks(&files()));
}

#[test]
fn only_the_store_begins_a_transaction() {
    none(bans::transactions(&files()));
}

#[test]
fn the_law_is_told() {
    none(bans::looked_up(&files()));
}

#[test]
fn files_functions_and_lines_are_short() {
    none(size::faults(&files(), size::KNOWN));
    none(size::wide(&files()));
}

#[test]
fn chinese_has_its_own_punctuation() {
    none(zh::faults(&files(), zh::ALLOWED));
}

#[test]
fn templates_and_styles_keep_to_themselves() {
    none(page::templates(&files()));
    none(page::classes(&files()));
    none(page::raw_html(&files()));
}

#[test]
fn every_path_in_our_papers_exists() {
    none(papers::dead_paths(&files(), &|path| root().join(path).exists()));
}

#[test]
fn the_glossary_has_every_word() {
    let files = files();
    let mut words: Vec<&str> = files.iter().filter_map(File::slice).collect();
    let kinds = papers::record_kinds(&files);
    words.extend(kinds.iter().map(String::as_str));
    none(papers::unexplained(text_of(&files, "GLOSSARY.md"), &words));
}

#[test]
fn every_dependency_is_argued_for() {
    let files = files();
    none(papers::unargued(text_of(&files, "Cargo.toml"), &files));
}

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), text: text.into() }
}
