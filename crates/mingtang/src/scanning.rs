//! `mingtang scan`: what the scanner finds in files, for people and for scripts. It needs no data; where a data folder
//! is named, it scans by what is in force there.

use crate::args::Scan;
use crate::clock;
use crate::config::Config;
use crate::fail::Fail;
use crate::house;
use crate::import;
use crate::law;
use app::reader::Reader;
use paper::{Hidden, HiddenKind, Imported, Spot};
use scan::{Finding, Piece, Rule, Settings, Severity};
use serde::Serialize;
use std::collections::BTreeSet;
use std::io::{ErrorKind, StdoutLock, Write};
use std::ops::Range;
use std::path::Path;

/// What is said of one file, or of one line of it. The names are a contract.
#[derive(Serialize)]
struct Told<'a> {
    file: &'a str,
    /// Which line it is, from 1, where each is a document of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Of the UTF-8 text.
    bytes: usize,
    findings: Vec<Shown>,
}

#[derive(Serialize)]
struct Shown {
    rule: &'static str,
    kind: &'static str,
    severity: &'static str,
    /// Bytes of the UTF-8 text; both 0 for what stands beside it, as the file's name does.
    start: usize,
    end: usize,
    text: String,
    masked: String,
    suggest: Option<String>,
    #[serde(rename = "where")]
    place: String,
    why: String,
    #[serde(skip)]
    weight: &'static str,
}

/// By the law in force in the data folder, where one is named: lists, leaders, severities. Exit status 0 where nothing
/// was found, 1 where something was, 2 where a file could not be read.
pub async fn run(asked: &Scan, data: Option<&Config>) -> Result<(), Fail> {
    let reader = Reader::apart(house::own_program()?);
    let today = clock::system().now().day();
    let settings = match data {
        Some(config) => law::in_force(config).await?.scanner.on(today),
        None => ::law::Law::built_in().scanner.on(today),
    };
    let mut out = std::io::stdout().lock();
    let (mut files, mut found, mut unread) = (0, 0, 0);
    for (path, _) in &import::find(&asked.paths)?.known {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|e| Fail::usage(format!("打不开 {name}：{e}")))?;
        let written = match Document::read(&reader, path, bytes).await {
            Ok(document) => tell(&mut out, asked, &name, &document, &settings),
            Err(says) => {
                eprintln!("{name}：{says}");
                unread += 1;
                continue;
            }
        };
        match written {
            Ok(count) => found += count,
            Err(e) if e.kind() == ErrorKind::BrokenPipe => return Ok(()),
            Err(e) => return Err(e.into()),
        }
        files += 1;
    }
    match (unread, found) {
        (0, 0) => Ok(()),
        (0, _) => Err(Fail::no(format!("扫描了 {files} 个文件，发现 {found} 处。"))),
        _ => Err(Fail::usage(format!("{unread} 个文件没有扫描，原因在上面。"))),
    }
}

enum Document {
    /// As it stands.
    Text(String),
    Paper(String, Box<Imported>),
}

impl Document {
    async fn read(reader: &Reader, path: &Path, bytes: Vec<u8>) -> Result<Document, String> {
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt")) {
            let text = String::from_utf8(bytes).or_else(|e| paper::plain(e.as_bytes()));
            return text.map(Document::Text).map_err(|why| why.says);
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let read = reader.read(&name, bytes.into()).await.map_err(|why| why.says)?;
        for part in &read.unread {
            eprintln!("{}：{part}，没有识读。", path.display());
        }
        Ok(Document::Paper(name, Box::new(read)))
    }
}

/// Writes what was found in one file; how many findings there are.
fn tell(
    out: &mut StdoutLock,
    asked: &Scan,
    file: &str,
    document: &Document,
    settings: &Settings,
) -> std::io::Result<usize> {
    let mut found = 0;
    let mut each = |line: Option<usize>, bytes: usize, findings: Vec<Shown>| {
        found += findings.len();
        let told = Told { file, line, bytes, findings };
        if asked.json {
            serde_json::to_writer(&mut *out, &told)?;
            return out.write_all(b"\n");
        }
        list(out, &told)
    };
    match document {
        Document::Text(text) if asked.lines => {
            for (n, line) in text.lines().enumerate() {
                each(Some(n + 1), line.len(), plain(line, settings))?;
            }
        }
        Document::Text(text) => each(None, text.len(), plain(text, settings))?,
        Document::Paper(name, read) => {
            let text = read.text();
            each(None, text.len(), of_paper(name, read, &text, settings))?;
        }
    }
    Ok(found)
}

/// For people. A line without findings is not told.
fn list(out: &mut StdoutLock, told: &Told) -> std::io::Result<()> {
    let line = told.line.map_or(String::new(), |n| format!(" 第 {n} 行"));
    match told.findings.len() {
        0 if told.line.is_some() => return Ok(()),
        0 => return writeln!(out, "{}：没有发现。", told.file),
        n => writeln!(out, "{}{line}：{n} 处", told.file)?,
    }
    for f in &told.findings {
        let suggest = f.suggest.as_ref().filter(|words| **words != f.masked);
        let suggest = suggest.map_or(String::new(), |words| format!("建议写作“{words}”。"));
        writeln!(out, "  {} {} {}：{}{suggest}［{}］", f.weight, f.place, f.masked, f.why, f.rule)?;
    }
    Ok(())
}

fn plain(text: &str, settings: &Settings) -> Vec<Shown> {
    scan::document(text, settings).into_iter().flat_map(|f| shown(f, text)).collect()
}

/// The findings in the words of a file, in its name, and what it hides.
fn of_paper(name: &str, read: &Imported, text: &str, settings: &Settings) -> Vec<Shown> {
    let pieces = read.pieces(name);
    let (own, words): (&[Piece], &[Piece]) = pieces.split_at(1);
    let starts: Vec<usize> = words
        .iter()
        .scan(0, |at, piece| {
            let start = *at;
            *at += piece.text.len() + 1;
            Some(start)
        })
        .collect();
    let in_name = scan::scan_with(own, settings).into_iter().flat_map(|f| {
        shown(f, name).map(|mut one| {
            (one.start, one.end) = (0, 0);
            one
        })
    });
    let mut all: Vec<Shown> = in_name.collect();
    all.extend(scan::within(text, words, &starts, settings).into_iter().flat_map(|f| shown(f, text)));
    let mut taken = BTreeSet::new();
    all.extend(read.hidden.iter().map(|h| hidden(h, spot_of(h, read, &starts, &mut taken), text)));
    all
}

/// A finding, of a list of names each name: they are told together, and stand apart.
fn shown(f: Finding, text: &str) -> impl Iterator<Item = Shown> {
    let mut spots = vec![(f.place.to_string(), f.span.clone())];
    if f.rule == Rule::NamedPerson {
        spots.extend(f.rest.iter().map(|spot| (spot.place.to_string(), spot.span.clone())));
    }
    let several = spots.len() > 1;
    spots.into_iter().map(move |(place, Range { start, end })| {
        let text = text[start..end].to_owned();
        let surname = || text.chars().take(1).chain(['某']).collect();
        Shown {
            rule: f.rule.id(),
            kind: f.rule.info().kind,
            severity: f.severity.word(),
            masked: if several { surname() } else { f.excerpt.clone() },
            start,
            end,
            text,
            suggest: f.suggestion.clone(),
            place,
            why: f.says.clone(),
            weight: f.severity.zh(),
        }
    })
}

/// Where the words of something hidden stand in the text, each once; nowhere where its name alone is told.
fn spot_of(hidden: &Hidden, read: &Imported, starts: &[usize], taken: &mut BTreeSet<usize>) -> Range<usize> {
    let beside = |spot: &Spot| !matches!(spot, Spot::Text { .. } | Spot::Header | Spot::Footer);
    let is_inserted = matches!(hidden.kind, HiddenKind::Inserted);
    let found = read.words.iter().enumerate().find_map(|(n, words)| {
        let fits = !hidden.text.is_empty() && (is_inserted || beside(&words.spot)) && !taken.contains(&n);
        let at = words.text.find(&hidden.text).filter(|_| fits)?;
        Some((n, starts[n] + at..starts[n] + at + hidden.text.len()))
    });
    let Some((n, span)) = found else { return 0..0 };
    if !is_inserted {
        taken.insert(n);
    }
    span
}

fn hidden(hidden: &Hidden, span: Range<usize>, text: &str) -> Shown {
    let severity = if hidden.kind == HiddenKind::Property { Severity::Text } else { Severity::Warn };
    Shown {
        rule: "file.hidden",
        kind: "hidden",
        severity: severity.word(),
        text: text.get(span.clone()).filter(|words| !words.is_empty()).unwrap_or(&hidden.text).to_owned(),
        start: span.start,
        end: span.end,
        masked: masked(&hidden.text),
        suggest: None,
        place: if hidden.place.is_empty() { hidden.kind.zh().into() } else { hidden.place.clone() },
        why: format!("{}看不见，会随文件一起公开。请删去，或者写明保留的理由。", hidden.kind.zh()),
        weight: severity.zh(),
    }
}

/// Hidden words as people are shown them: what is about persons in them is not.
fn masked(words: &str) -> String {
    let mut masked = words.to_owned();
    let mut found = scan::persons(&[Piece::new(scan::Place::body(0), words)], &Settings::default());
    found.retain(|f| f.rest.is_empty());
    for f in found.iter().rev() {
        masked.replace_range(f.span.clone(), &f.excerpt);
    }
    masked
}
