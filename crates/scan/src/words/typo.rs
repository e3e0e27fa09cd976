//! Wrong, doubled, missing and swapped characters. A sentence is weighed as it stands and with one likely slip undone;
//! where the second is far likelier, the slip is named. No list of examples: `grams` has what is written, `sound` has
//! what is mistaken for what.

use super::grams::{Line, MARK, Symbol, chances, weight};
use super::sound::{self, Alike};
use super::stream::{Stream, is_han, written};
use std::ops::Range;

/// One slip: the stretch of symbols that is wrong and what to write there.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Slip {
    pub kind: Kind,
    pub stretch: Range<usize>,
    pub right: Vec<Symbol>,
    /// How sure, in the same measure for all kinds: 0 is just enough.
    pub sure: f32,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Wrong,
    Doubled,
    Missing,
    Swapped,
}

/// Characters of context on each side that a change can touch.
const REACH: usize = 3;
/// A stretch that is likelier than this (logarithm, a character) is left alone.
const ORDINARY: f32 = -7.0;
/// One that is less likely than this is looked at even where its parts are known.
const ODD: f32 = -9.5;
/// One that is less likely than this may be a slip of any kind.
const STRANGE: f32 = -11.0;
/// Candidates that are weighed with the whole sentence.
const CANDIDATES: usize = 5;
/// Something is missing only where the text is less likely than this.
const BROKEN: f32 = -11.0;
/// What a change of each kind must gain.
const DOUBLED: f32 = 11.0;
const SWAPPED: f32 = 17.5;
const MISSING: f32 = 17.5;
const CONFUSED: f32 = 4.5;

/// All slips of a text, the surest first where two would overlap.
pub(super) fn slips(stream: &Stream) -> Vec<Slip> {
    let line = Line::new(&stream.symbols);
    let mut found = Vec::new();
    for at in 1..stream.symbols.len() - 1 {
        if !is_han(stream.symbols[at]) {
            continue;
        }
        found.extend(doubled(&line, at));
        let mean = line.mean(at..at + REACH);
        if mean < ODD || (mean < ORDINARY && line.loose(at..at + 1, 3)) {
            found.extend(wrong(&line, at));
            found.extend(swapped(&line, at));
            found.extend(missing(&line, at));
        }
    }
    found.extend(confused(&line));
    found.sort_by(|a, b| b.sure.total_cmp(&a.sure));
    let mut kept: Vec<Slip> = Vec::new();
    for slip in found {
        let apart = |k: &Slip| k.stretch.start > slip.stretch.end + 1 || slip.stretch.start > k.stretch.end + 1;
        if kept.iter().all(apart) {
            kept.push(slip);
        }
    }
    kept.sort_by_key(|slip| slip.stretch.start);
    kept
}

/// The text around a stretch with something else in its place, as far as a change can reach.
struct Trial {
    text: Vec<Symbol>,
    start: usize,
    end: usize,
}

impl Trial {
    fn new(line: &Line, stretch: Range<usize>, with: &[Symbol]) -> Trial {
        let from = stretch.start.saturating_sub(REACH);
        let to = (stretch.end + REACH).min(line.text.len());
        let text = [&line.text[from..stretch.start], with, &line.text[stretch.end..to]].concat();
        Trial { start: stretch.start - from, end: text.len(), text }
    }

    fn chances(&self) -> f32 {
        chances(&self.text, self.start..self.end)
    }

    /// The weight of the commonest four Han characters that hold the changed one.
    fn four(&self) -> f32 {
        let windows = self.text.windows(4).enumerate().filter(|(n, _)| (*n..n + 4).contains(&self.start));
        let han = windows.filter(|(_, w)| w.iter().all(|&c| is_han(c)));
        han.filter_map(|(_, w)| weight(w)).fold(UNKNOWN, f32::max)
    }

    /// What the change gains over the text as it stands.
    fn gain(&self, line: &Line, stretch: Range<usize>) -> f32 {
        self.chances() - line.sum(stretch.start..(stretch.end + REACH).min(line.text.len()))
    }
}

/// Another character in this place. All that are alike are weighed with their neighbours, the best with the sentence.
fn wrong(line: &Line, at: usize) -> Option<Slip> {
    let (before, after) = (line.text[at - 1], line.text[at + 1]);
    let mut likely: Vec<Candidate> = Vec::with_capacity(32);
    sound::mistaken(line.text[at], |symbol, alike| {
        let pair = [weight(&[before, symbol]), weight(&[symbol, after])];
        if pair.iter().any(Option::is_some) {
            let rough = pair.iter().map(|w| w.unwrap_or(UNKNOWN)).sum::<f32>() + 4.0 * ALIKE[alike as usize];
            likely.push(Candidate { symbol, alike, pair, rough });
        }
    });
    let likely = few(likely);
    let mut trial = Trial::new(line, at..at + 1, &[line.text[at]]);
    let mut best = surest(line, at, &mut trial, likely);
    if best.is_none() && line.mean(at..at + REACH) < STRANGE && line.loose(at..at + 1, 3) {
        best = surest(line, at, &mut trial, any(before, after));
    }
    best.map(|(sure, other)| Slip { kind: Kind::Wrong, stretch: at..at + 1, right: vec![other], sure })
}

/// Another character and how well it goes with its neighbours.
struct Candidate {
    symbol: Symbol,
    alike: Alike,
    pair: [Option<f32>; 2],
    rough: f32,
}

fn surest(line: &Line, at: usize, trial: &mut Trial, all: Vec<Candidate>) -> Option<(f32, Symbol)> {
    let here = trial.start;
    let sure = all.into_iter().map(|c| {
        trial.text[here] = c.symbol;
        (judge(line, at, trial, c.alike, c.pair), c.symbol)
    });
    sure.filter(|(sure, _)| *sure > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))
}

/// The roughly best.
fn few(mut all: Vec<Candidate>) -> Vec<Candidate> {
    if all.len() > CANDIDATES {
        all.select_nth_unstable_by(CANDIDATES, |a, b| b.rough.total_cmp(&a.rough));
        all.truncate(CANDIDATES);
    }
    all
}

/// Any common character, for where nothing alike fits and the text is very strange: a slip of the hand.
fn any(before: Symbol, after: Symbol) -> Vec<Candidate> {
    let fit = sound::followers(before).iter().filter_map(|&symbol| {
        let right = weight(&[symbol, after])?;
        let left = weight(&[before, symbol])?;
        Some(Candidate { symbol, alike: Alike::Not, pair: [Some(left), Some(right)], rough: left + right })
    });
    few(fit.collect())
}

/// One word for another with which official writing confuses it. Such a slip is common, so less must speak for it.
fn confused<'a>(line: &'a Line) -> impl Iterator<Item = Slip> + 'a {
    (1..line.text.len().saturating_sub(2)).filter_map(|at| {
        let others = sound::confused(&line.text[at..at + 2])?;
        let stretch = at..at + 2;
        let gained = |other: &[Symbol]| Trial::new(line, stretch.clone(), other).gain(line, stretch.clone());
        let best = others.iter().map(|o| (gained(o), o)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        let sure = (best.0 - CONFUSED) / 4.0;
        (sure > 0.0).then(|| Slip { kind: Kind::Wrong, stretch: at..at + 2, right: best.1.to_vec(), sure })
    })
}

/// How sure it is that another character was meant: a weighing of what the two readings show, fitted by
/// logistic regression on sentences spoiled at random (`data/README.md`). 0 is the floor that keeps false alarms down.
fn judge(line: &Line, at: usize, trial: &Trial, alike: Alike, pair: [Option<f32>; 2]) -> f32 {
    let known = |w: Option<f32>| w.unwrap_or(UNKNOWN);
    let [left, right] = pair.map(known);
    let text = &line.text;
    let was = [known(weight(&text[at - 1..=at])), known(weight(&text[at..at + 2]))];
    let inner = |sides: [f32; 2]| {
        let han = [is_han(text[at - 1]), is_han(text[at + 1])];
        (0..2).filter(|&n| han[n]).map(|n| sides[n]).fold(UNKNOWN, f32::max)
    };
    let gain = trial.gain(line, at..at + 1);
    BIAS + GAIN * gain
        + ALIKE[alike as usize]
        + PAIR_NEW * (left + right)
        + PAIR_OLD * (was[0] + was[1])
        + BEST_NEW * inner([left, right])
        + BEST_OLD * inner(was)
        + FOUR_NEW * trial.four()
}

const UNKNOWN: f32 = -3.0;
const BIAS: f32 = -5.0;
const GAIN: f32 = 0.25;
/// For sound, shape, accent and nothing in common.
const ALIKE: [f32; 4] = [0.0, -0.9, -1.75, -6.0];
const PAIR_NEW: f32 = 0.077;
const PAIR_OLD: f32 = -0.125;
const BEST_NEW: f32 = 0.157;
const BEST_OLD: f32 = -0.18;
const FOUR_NEW: f32 = 0.127;

/// The same one or two characters twice.
fn doubled(line: &Line, at: usize) -> Option<Slip> {
    (1..=2).find_map(|n| {
        let twice = at >= n && at + n <= line.text.len() && line.text[at - n..at] == line.text[at..at + n];
        if !twice || !line.text[at..at + n].iter().all(|&c| is_han(c)) {
            return None;
        }
        let gain = Trial::new(line, at..at + n, &[]).gain(line, at..at + n);
        let sure = (gain - DOUBLED * n as f32) / 4.0;
        (sure > 0.0).then(|| Slip {
            kind: Kind::Doubled,
            stretch: at - n..at + n,
            right: line.text[at..at + n].to_vec(),
            sure,
        })
    })
}

/// This character and the next in the other order.
fn swapped(line: &Line, at: usize) -> Option<Slip> {
    let (a, b) = (line.text[at], line.text[at + 1]);
    if !is_han(b) || a == b || !line.loose(at..at + 2, 3) {
        return None;
    }
    let after = line.text.get(at + 2).copied().unwrap_or(MARK);
    let joints = [[line.text[at - 1], b], [b, a], [a, after]];
    if joints.iter().filter(|joint| weight(*joint).is_some()).count() < 2 {
        return None;
    }
    let gain = Trial::new(line, at..at + 2, &[b, a]).gain(line, at..at + 2);
    let sure = (gain - SWAPPED) / 4.0;
    (sure > 0.0).then(|| Slip { kind: Kind::Swapped, stretch: at..at + 2, right: vec![b, a], sure })
}

/// A character left out before this one.
fn missing(line: &Line, at: usize) -> Option<Slip> {
    let (before, after) = (line.text[at - 1], line.text[at]);
    if !is_han(before) || !line.loose(at - 1..at + 1, 2) || line.mean(at..at + REACH) > BROKEN {
        return None;
    }
    let mut trial = Trial::new(line, at..at, &[0]);
    let here = trial.start;
    let sure = any(before, after).into_iter().map(|c| {
        trial.text[here] = c.symbol;
        ((trial.gain(line, at..at) - MISSING) / 4.0, c.symbol)
    });
    let (sure, symbol) = sure.filter(|(sure, _)| *sure > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Slip { kind: Kind::Missing, stretch: at..at, right: vec![symbol], sure })
}

/// The stretch and its correction widened to the word in which the slip stands, for people to read.
pub(super) fn word(stream: &Stream, slip: &Slip) -> (Range<usize>, String) {
    let Range { start, end } = slip.stretch;
    let text = &stream.symbols;
    let (mut best, mut most) = (start..end, f32::MIN);
    for from in start.saturating_sub(3)..=start {
        for to in end..=(end + 3).min(text.len()) {
            let gram = [&text[from..start], &slip.right, &text[end..to]].concat();
            if (2..=4).contains(&gram.len()) && gram.iter().all(|&c| is_han(c)) && from < to {
                let hold = cohesion(&gram) + gram.len() as f32;
                if hold > most {
                    (best, most) = (from..to, hold);
                }
            }
        }
    }
    let right = [&text[best.start..start], &slip.right, &text[end..best.end]].concat();
    (best, written(&right))
}

/// By how much a gram is likelier than its parts side by side, at its weakest joint; bits.
fn cohesion(gram: &[Symbol]) -> f32 {
    let Some(whole) = weight(gram) else { return f32::MIN };
    let part = |g: &[Symbol]| weight(g).unwrap_or(0.0);
    (1..gram.len())
        .map(|n| whole + super::grams::ALL - part(&gram[..n]) - part(&gram[n..]))
        .fold(f32::MAX, f32::min)
        .min(14.0)
}
