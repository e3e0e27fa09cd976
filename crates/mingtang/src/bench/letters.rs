//! Row P1: a letter of one page as PDF, typesetter warm, every letter another one. The peers stand as published: they
//! are programs of other languages, run once for each letter, and are not run here.

use super::Asked;
use super::figure::{Bound, Figures, Row};
use super::process::Cpu;
use super::words::{self, Dice};
use crate::clock::Stopwatch;
use crate::fail::Fail;
use kernel::Day;
use paper::{Letter, Press};

pub const NAME: &str = "PAPERS";
/// Published, in ms of processor a letter.
const PEERS: [(&str, f64, f64, f64); 3] =
    [("WeasyPrint", 118.0, 10.0, 20.0), ("wkhtmltopdf", 82.0, 8.0, 15.0), ("LibreOffice", 1_060.0, 100.0, 200.0)];
/// Before anything is timed: fonts are read, caches filled.
const WARM: u64 = 20;

/// # Errors
/// Without fonts; where a letter cannot be read again.
pub fn measure(asked: &Asked, seed: u64, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let press = Press::open(None).map_err(|why| Fail::no(why.says))?;
    let made = |n: u64| press.letter(&letter(seed, n)).map_err(|why| Fail::no(why.says));
    let mut bytes = vec![];
    for n in 0..WARM {
        bytes.push(checked(&letter(seed, n), &made(n)?)?);
    }
    bytes.sort_unstable();
    notes.push(format!(
        "P1: {} to {} bytes a letter; the words of {WARM} letters were read again",
        bytes[0],
        bytes[bytes.len() - 1]
    ));
    let (mut ours, mut n) = (vec![], WARM);
    for _ in 0..asked.rounds {
        let me = [std::process::id()];
        let (before, watch, first) = (Cpu::of(&me)?, Stopwatch::start(), n);
        while watch.seconds() < asked.seconds {
            std::hint::black_box(made(n)?);
            n += 1;
        }
        ours.push(Cpu::of(&me)?.since(&before) / (n - first) as f64 * 1e3);
    }
    for (name, published, floor, goal) in PEERS {
        let what = "letter of one page as PDF, warm (CPU)".to_owned();
        let figures = Figures { name: "P1", what, records: n - WARM, unit: "ms", ours: ours.clone() };
        rows.push(figures.under_published(name, published, Bound::AtLeast { floor, goal: Some(goal) }));
    }
    Ok(())
}

/// A reply of about a page, from a seed.
fn letter(seed: u64, n: u64) -> Letter {
    let dice = &mut Dice::of(seed, n);
    let day = Day(20_000 + i32::try_from(n % 2_000).unwrap_or(0));
    Letter {
        organ: "某市农业农村局".into(),
        number: format!("依申请〔2026〕{n}号"),
        title: "政府信息公开申请答复书".into(),
        to: "申请人".into(),
        paragraphs: (0..3).map(|_| words::sentence(dice)).collect(),
        signed: Some(day),
        made: day,
        foot: vec![format!("核验码：{:016X}", dice.next())],
    }
}

/// The size of a letter whose words can be read again.
fn checked(letter: &Letter, pdf: &[u8]) -> Result<usize, Fail> {
    let read = paper::read("letter.pdf", pdf).map_err(|why| Fail::no(why.says))?;
    let found: String = read.pieces("letter.pdf").iter().map(|piece| piece.text).collect();
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let found = plain(&found);
    match letter.paragraphs.iter().find(|p| !found.contains(&plain(p))) {
        None => Ok(pdf.len()),
        Some(lost) => Err(Fail::no(format!("这一段读不回来：{lost}"))),
    }
}
