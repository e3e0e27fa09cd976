//! `mingtang scan`: what it prints, and how it ends.

use crate::reading::docx;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn scan(folder: &Path, args: &[&str]) -> (i32, Vec<String>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingtang"));
    let Output { status, stdout, .. } = command.arg("scan").args(args).current_dir(folder).output().expect("starts");
    let text = String::from_utf8(stdout).expect("UTF-8");
    (status.code().expect("ends by itself"), text.lines().map(str::to_owned).collect())
}

fn json(folder: &Path, args: &[&str]) -> (i32, Vec<Value>) {
    let (status, lines) = scan(folder, &[args, &["--json"]].concat());
    (status, lines.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("writes");
    }
    folder
}

/// Kind, text, and whether the offsets lead to it.
fn found(told: &Value, text: &str) -> Vec<(String, String, bool)> {
    let of = |f: &Value| {
        let at = |name: &str| f[name].as_u64().expect("an offset") as usize;
        let words = f["text"].as_str().expect("text").to_owned();
        let leads = text.get(at("start")..at("end")) == Some(&words);
        (f["kind"].as_str().expect("a kind").to_owned(), words, leads)
    };
    told["findings"].as_array().expect("findings").iter().map(of).collect()
}

#[test]
fn a_text_is_scanned_as_it_stands() {
    let text = "\u{feff}关于慰问的通知\r\n联系人手机13973312345，身份证号4302021905\n01010017。\n";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let (status, told) = json(folder.path(), &["a.txt"]);
    assert_eq!((status, told.len()), (1, 1));
    assert_eq!((&told[0]["file"], &told[0]["bytes"]), (&"a.txt".into(), &text.len().into()));
    assert!(told[0].get("line").is_none());
    let want = [("mobile", "13973312345"), ("id_card", "4302021905\n01010017")];
    assert_eq!(found(&told[0], text), want.map(|(kind, words)| (kind.into(), words.into(), true)));
    let first = &told[0]["findings"][0];
    for (name, value) in
        [("rule", "person.mobile"), ("severity", "warn"), ("masked", "139****2345"), ("where", "正文第2段")]
    {
        assert_eq!(first[name], value, "{name}");
    }
    assert!(first["why"].as_str().is_some_and(|why| why.ends_with('。')));
    let keys: Vec<&String> = first.as_object().expect("an object").keys().collect();
    assert_eq!(keys.len(), 10, "{keys:?}");
}

#[test]
fn each_line_may_be_a_document() {
    let text = "各科室：\n手机13973312345\n\n机密★20年";
    let folder = folder(&[("a.txt", text.as_bytes())]);
    let (status, told) = json(folder.path(), &["--lines", "a.txt"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((status, told.len()), (1, lines.len()));
    let kinds: Vec<Vec<String>> =
        told.iter().zip(&lines).map(|(one, line)| found(one, line).into_iter().map(|f| f.0).collect()).collect();
    assert_eq!(kinds, [vec![], vec!["mobile".to_owned()], vec![], vec!["secret_mark".to_owned()]]);
    assert_eq!((&told[3]["line"], &told[3]["bytes"]), (&4.into(), &lines[3].len().into()));
    assert_eq!(told[3]["findings"][0]["start"], 0);
}

#[test]
fn a_document_is_read_with_what_it_hides() {
    let body = "<w:p><w:r><w:t>关于慰问的通知</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>户主手机13973312345</w:delText>\
        </w:r></w:del><w:r><w:t>请各镇上报。</w:t></w:r></w:p>";
    let folder = folder(&[("通知.docx", &docx(body)), ("名单.csv", "姓名,电话\n".as_bytes())]);
    let (status, told) = json(folder.path(), &["."]);
    assert_eq!((status, told.len()), (1, 2), "a folder, in the order of names");
    let told = told.iter().find(|one| one["file"] == "./通知.docx").expect("the document");
    let all = told["findings"].as_array().expect("findings");
    let of = |kind: &str| all.iter().find(|f| f["kind"] == kind).expect("found");
    assert_eq!(of("hidden")["text"], "户主手机13973312345");
    assert_eq!(of("hidden")["masked"], "户主手机139****2345");
    assert_eq!(of("mobile")["text"], "13973312345");
    let inside = |f: &Value, name: &str| f[name].as_u64().expect("an offset");
    assert_eq!(inside(of("hidden"), "end"), inside(of("mobile"), "end"));
    assert!(inside(of("hidden"), "end") <= told["bytes"].as_u64().expect("bytes"));
}

#[test]
fn the_exit_status_tells() {
    let clean = "各科室：请按时报送。\n";
    let folder = folder(&[("a.txt", clean.as_bytes()), ("b.pdf", b"%PDF-1.5 and nothing else")]);
    let (status, lines) = scan(folder.path(), &["a.txt"]);
    assert_eq!((status, lines), (0, vec!["a.txt：没有发现。".to_owned()]));
    assert_eq!(scan(folder.path(), &["b.pdf", "a.txt"]).0, 2, "one that cannot be read");
    assert_eq!(scan(folder.path(), &["none.txt"]).0, 2);
    assert_eq!(scan(folder.path(), &[]).0, 2);
}

#[test]
fn people_get_a_list_without_numbers_of_persons() {
    let folder = folder(&[("a.txt", "联系人手机13973312345。\n".as_bytes())]);
    let (status, lines) = scan(folder.path(), &["a.txt"]);
    assert_eq!((status, &*lines[0]), (1, "a.txt：1 处"));
    assert!(lines[1].contains("提醒 正文第1段 139****2345：") && lines[1].ends_with("［person.mobile］"), "{lines:?}");
    assert!(!lines.concat().contains("13973312345"));
}
