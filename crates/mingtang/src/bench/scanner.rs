//! The scanner: how well it does on the vectors, how fast it reads, and rows C1 to C3, beside what a user would take
//! instead.

use super::Asked;
use super::figure::{Bound, Figures, Row};
use super::process::Cpu;
use super::words::{self as made, Dice};
use crate::clock::Stopwatch;
use crate::fail::Fail;
use aho_corasick::AhoCorasick;
use regex::Regex;
use scan::score::{self, Person, Sentence, Table};
use scan::{Piece, Place, Settings, Words};
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

/// The rows of scores and of the whole scanner.
pub const NAME: &str = "SCAN";
const MB: f64 = 1e6;
/// Bytes of text for the fast rows, and for those of the whole scanner.
const MUCH: usize = 16_000_000;
const SOME: usize = 400_000;
const PATTERNS: usize = 20_000;
/// Published, in MB a CPU second.
const HYPERSCAN: f64 = 374.0;
const HYPERSCAN_PERSONS: f64 = 607.0;
const PYAHOCORASICK: f64 = 3.4;
const RIPGREP: f64 = 31.0;
const GREP: f64 = 23.0;
const PYTHON_RE: f64 = 31.0;
/// Every so many papers holds somebody's particulars: valid numbers of nobody.
const PERSONAL: &str =
    "户主张三，身份证号440524188001010014，手机13973312345，一卡通账号6228480012345671，车牌湘B12345。\n";
/// The same numbers without checks or context.
const NUMBERS: &str = "[1-9][0-9]{5}(?:1[89]|20)[0-9]{9}[0-9Xx]|1[3-9][0-9]{9}|62[0-9]{14,17}|\
    [A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|\
    [京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-Z][A-Z0-9]{5,6}";
const PYTHON: &str =
    "import re,sys\np=re.compile(sys.argv[1])\nprint(sum(1 for _ in p.finditer(open(sys.argv[2]).read())))";

pub fn measure(asked: &Asked, folder: &Path, seed: u64, rows: &mut Vec<Row>) -> Result<(), Fail> {
    if asked.name.as_deref() == Some(NAME) {
        scores(rows)?;
        whole(asked, seed, rows)?;
    }
    if asked.wants_any(&["C1", "C2"]) {
        patterns(asked, folder, seed, rows)?;
    }
    if asked.wants("C3") {
        persons(asked, folder, seed, rows)?;
    }
    Ok(())
}

/// Whether a score fell below its floor.
pub fn failed(rows: &[Row]) -> bool {
    rows.iter().any(|row| row.name == NAME && row.unit == SHARE && row.verdict == super::figure::Verdict::Below)
}

const SHARE: &str = "of 1";
/// Recall and the share of clean rows with an alarm: what was reached, and what is aimed at.
const PERSONS: (f64, f64) = (0.97, 0.02);
const MISPRINTS: (f64, f64) = (0.80, 0.03);

fn scores(rows: &mut Vec<Row>) -> Result<(), Fail> {
    let persons_of = |text: &str| -> Result<Table, Fail> {
        let all = records(text)?;
        Ok(score::persons(all.iter().map(|row| Person {
            kind: &row[1],
            text: &row[2],
            wanted: if &row[3] == "yes" { row[4].split('‖').collect() } else { vec![] },
        })))
    };
    let words_of = |text: &str| -> Result<Table, Fail> {
        let all = records(text)?;
        let sentence = |row| Sentence {
            kind: field(row, 6),
            text: field(row, 1),
            right: (field(row, 2) == "1").then(|| field(row, 5)),
        };
        Ok(score::words(all.iter().map(sentence)))
    };
    told("pii_dev", &persons_of(include_str!("../../../scan/tests/data/pii_dev.csv"))?, PERSONS, rows);
    told("pii_more", &persons_of(include_str!("../../../scan/tests/data/pii_more.csv"))?, PERSONS, rows);
    told("typos_dev", &words_of(include_str!("../../../scan/tests/data/typos_dev.csv"))?, MISPRINTS, rows);
    told("typos_more", &words_of(include_str!("../../../scan/tests/data/typos_more.csv"))?, MISPRINTS, rows);
    Ok(())
}

fn field(row: &csv::StringRecord, n: usize) -> &str {
    row.get(n).unwrap_or_default()
}

fn records(text: &str) -> Result<Vec<csv::StringRecord>, Fail> {
    csv::Reader::from_reader(text.as_bytes()).records().collect::<Result<_, _>>().map_err(Fail::fault)
}

fn told(file: &str, table: &Table, (recall, alarms): (f64, f64), rows: &mut Vec<Row>) {
    let mut row = |what: String, count: usize, share: f64, bound: Bound| {
        let figures = Figures { name: NAME, what, records: count as u64, unit: SHARE, ours: vec![share] };
        rows.push(figures.alone(bound, None));
    };
    for (kind, s) in table.kinds.iter().filter(|(_, s)| s.wanted + s.false_alarms > 0) {
        row(format!("{file} {kind}, recall"), s.wanted, s.recall(), Bound::Unbound);
        row(format!("{file} {kind}, precision"), s.hit + s.false_alarms, s.precision(), Bound::Unbound);
    }
    let (all, least) = (table.all(), Bound::AtLeast { floor: recall, goal: None });
    row(format!("{file}, recall"), all.wanted, all.recall(), least);
    let most = Bound::AtMost { floor: alarms, goal: None };
    row(format!("{file}, clean rows with an alarm"), table.clean, table.alarms(), most);
}

/// The whole scanner on papers that say the same in other words, and on one paper that says nothing twice.
fn whole(asked: &Asked, seed: u64, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let (text, settings) = (papers(seed, SOME), Settings::default());
    let plan = include_str!("../../../../demo/source-plan.txt");
    let (mut speed, mut paper) = (vec![], vec![]);
    for _ in 0..asked.rounds {
        speed.push(rate(asked.seconds, text.len(), || scan::document(&text, &settings).len())?);
        let megabytes = rate(asked.seconds, plan.len(), || scan::document(plan, &settings).len())?;
        paper.push(plan.len() as f64 / MB / megabytes * 1e3);
    }
    let row = |what: String, unit, ours| Figures { name: NAME, what, records: 1, unit, ours };
    let speed = row("the whole scanner, made papers".into(), "MB/CPU-s", speed);
    rows.push(speed.alone(Bound::AtLeast { floor: 20.0, goal: None }, None));
    let paper = row(format!("the whole scanner, a paper of {} bytes", plan.len()), "ms CPU", paper);
    rows.push(paper.alone(Bound::AtMost { floor: 5.0, goal: None }, None));
    Ok(())
}

/// Papers of one seed, at least so many bytes.
fn papers(seed: u64, bytes: usize) -> String {
    let (mut text, mut n) = (String::with_capacity(bytes + 8_000), 0);
    while text.len() < bytes {
        text.push_str(&made::text(&mut Dice::of(seed, n)));
        if n % 10 == 0 {
            text.push_str(PERSONAL);
        }
        n += 1;
    }
    text
}

/// Megabytes a second of our CPU time.
fn rate(seconds: f64, bytes: usize, mut work: impl FnMut() -> usize) -> Result<f64, Fail> {
    let me = [std::process::id()];
    black_box(work());
    let (before, watch, mut rounds) = (Cpu::of(&me)?, Stopwatch::start(), 0_u32);
    while rounds == 0 || watch.seconds() < seconds {
        black_box(work());
        rounds += 1;
    }
    Ok(f64::from(rounds) * bytes as f64 / MB / Cpu::of(&me)?.since(&before))
}

/// Words of three to six characters: one in a hundred from a paper of another seed, the others of characters as common
/// as in official words, which seldom come together.
fn drawn(seed: u64) -> Vec<String> {
    let han = |text: &str| -> Vec<char> { text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect() };
    let (paper, loose) = (han(&papers(seed ^ 1, 200_000)), han(include_str!("../../../scan/data/terms.txt")));
    let mut dice = Dice::of(seed, u64::MAX);
    let mut all = std::collections::BTreeSet::new();
    while all.len() < PATTERNS {
        let length = 3 + dice.below(4);
        let word: String = if dice.below(100) == 0 {
            let from = dice.below(paper.len() - length);
            paper[from..from + length].iter().collect()
        } else {
            (0..length).map(|_| loose[dice.below(loose.len())]).collect()
        };
        all.insert(word);
    }
    all.into_iter().collect()
}

/// Rows C1 and C2. Hits are compared, one by one with those of `aho-corasick`, by lines with those of other programs.
fn patterns(asked: &Asked, folder: &Path, seed: u64, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let (text, words) = (papers(seed, MUCH), drawn(seed));
    let (ours, peer) = (Words::new(&words), automaton(&words)?);
    let theirs: Vec<_> = peer.find_iter(&text).map(|hit| (hit.pattern().as_usize(), hit.range())).collect();
    if ours.find(&text).collect::<Vec<_>>() != theirs {
        return Err(Fail::fault("C1: other hits than those of aho-corasick"));
    }
    let lines = text.lines().filter(|line| ours.find(line).next().is_some()).count();
    let (text_file, word_file) = (folder.join("c1-text.txt"), folder.join("c1-words.txt"));
    std::fs::write(&text_file, &text)?;
    std::fs::write(&word_file, words.join("\n") + "\n")?;
    let (mut mine, mut corasick, mut grep, mut ripgrep) = (vec![], vec![], vec![], vec![]);
    for _ in 0..asked.rounds {
        mine.push(rate(asked.seconds, text.len(), || ours.find(&text).count())?);
        corasick.push(rate(asked.seconds, text.len(), || peer.find_iter(&text).count())?);
        let files = [word_file.as_path(), text_file.as_path()];
        grep.extend(other("grep", &["-c", "-F", "-f"], &files, lines, text.len())?);
        ripgrep.extend(other("rg", &["-c", "-F", "-f"], &files, lines, text.len())?);
    }
    let figures = |name, what: &str| {
        let what = format!("{PATTERNS} Chinese patterns, {what}");
        Figures { name, what, records: theirs.len() as u64, unit: "MB/CPU-s", ours: mine.clone() }
    };
    let least = |floor, goal| Bound::AtLeast { floor, goal: Some(goal) };
    rows.push(figures("C1", "every hit").over_published("Hyperscan", HYPERSCAN, least(0.4, 1.0)));
    rows.push(figures("C1", "the same hits").beside("aho-corasick", &corasick, Bound::Unbound));
    rows.push(figures("C2", "every hit").over_published("pyahocorasick", PYAHOCORASICK, least(30.0, 100.0)));
    for (name, measured, published, bound) in
        [("ripgrep -F -f", ripgrep, RIPGREP, least(3.0, 10.0)), ("grep -F -f", grep, GREP, least(4.0, 15.0))]
    {
        let figures = figures("C2", "every hit, theirs counts lines");
        rows.push(match measured.len() {
            n if n == mine.len() => figures.beside(name, &measured, bound),
            _ => figures.over_published(name, published, bound),
        });
    }
    Ok(())
}

fn automaton(words: &[String]) -> Result<AhoCorasick, Fail> {
    AhoCorasick::builder().match_kind(aho_corasick::MatchKind::LeftmostLongest).build(words).map_err(Fail::fault)
}

/// Row C3. Ours checks what it finds and reads what stands beside it; the others do not.
fn persons(asked: &Asked, folder: &Path, seed: u64, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let (text, settings) = (papers(seed, MUCH), Settings::default());
    let pieces = [Piece::new(Place::body(0), &text)];
    let pattern = Regex::new(NUMBERS).map_err(Fail::fault)?;
    let count = pattern.find_iter(&text).count();
    let file = folder.join("c3-text.txt");
    std::fs::write(&file, &text)?;
    let (mut mine, mut regex, mut python) = (vec![], vec![], vec![]);
    for _ in 0..asked.rounds {
        mine.push(rate(asked.seconds, text.len(), || scan::numbers(&pieces, &settings).len())?);
        regex.push(rate(asked.seconds, text.len(), || pattern.find_iter(&text).count())?);
        python.extend(other("python3", &["-c", PYTHON, NUMBERS], &[&file], count, text.len())?);
    }
    let found = scan::numbers(&pieces, &settings).len() as u64;
    let figures = |what: &str| {
        let what = format!("numbers of persons, checked{what}");
        Figures { name: "C3", what, records: found, unit: "MB/CPU-s", ours: mine.clone() }
    };
    let least = |floor, goal| Bound::AtLeast { floor, goal: Some(goal) };
    rows.push(figures("").over_published("Hyperscan", HYPERSCAN_PERSONS, least(0.5, 1.0)));
    rows.push(figures("; theirs one expression, unchecked").beside("regex", &regex, Bound::Unbound));
    let theirs = figures("; theirs one expression, unchecked");
    rows.push(match python.len() {
        n if n == mine.len() => theirs.beside("python3 re", &python, least(10.0, 20.0)),
        _ => theirs.over_published("Python re", PYTHON_RE, least(10.0, 20.0)),
    });
    Ok(())
}

/// Megabytes a CPU second of another program, start and compiling included, which must count as we do; nothing where
/// it is not installed.
fn other(program: &str, args: &[&str], files: &[&Path], count: usize, bytes: usize) -> Result<Option<f64>, Fail> {
    let mut command = Command::new(program);
    command.args(args).args(files).env("LC_ALL", "C.UTF-8").stdin(Stdio::null()).stdout(Stdio::piped());
    let Ok(mut child) = command.spawn() else { return Ok(None) };
    let mut said = String::new();
    if let Some(mut out) = child.stdout.take() {
        std::io::Read::read_to_string(&mut out, &mut said)?;
    }
    // It has said all: what it used stays readable until it is waited for.
    let used = Cpu::of(&[child.id()])?.since(&Cpu::default());
    child.wait()?;
    if said.trim() != count.to_string() {
        return Err(Fail::fault(format!("{program} counts {}, not {count}", said.trim())));
    }
    Ok(Some(bytes as f64 / MB / used))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scores_hold_and_a_fallen_one_fails() {
        let mut rows = vec![];
        scores(&mut rows).expect("the vectors are whole");
        assert!(rows.iter().filter(|row| matches!(row.bound, Bound::AtLeast { .. })).count() == 4);
        assert!(!failed(&rows), "{rows:#?}");
        let poor = Table { clean: 10, alarmed: 9, ..Table::default() };
        told("poor", &poor, MISPRINTS, &mut rows);
        assert!(failed(&rows));
    }

    #[test]
    fn the_patterns_are_many_and_long_enough_to_leap() {
        let words = drawn(7);
        assert_eq!((words.len(), words.iter().map(|w| w.chars().count()).min()), (PATTERNS, Some(3)));
        assert_eq!(words, drawn(7));
    }
}
