//! Wrong, doubled, missing and swapped characters. A sentence is weighed as it stands and with one likely slip undone;
//! where the second is far likelier, the slip is named. No list of examples: `grams` has what is written, `sound` has
//! what is mistaken for what.

use super::grams::{ALL, BACK, Line, MARK, RARE, Symbol, chances, of_level, weight, weight_of};
use super::rows::Between;
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
const BROKEN: f32 = -9.5;
/// What a change of each kind must gain.
const DOUBLED: f32 = 11.0;
const SWAPPED: f32 = 13.0;
const MISSING: f32 = 22.0;
const CONFUSED: f32 = 4.5;
/// Characters of less weight are hardly used.
const UNUSED: f32 = 4.0;
/// How sure a correction must be that is like what stands there in nothing.
const ALONE: f32 = 1.0;
/// How well the corrected word must hold together, in bits: 评审 does, 口市 does not.
const HOLDS: f32 = 2.5;

/// What was found at places that read alike: official papers say the same over and over.
pub(super) struct Memo(Vec<Option<(u128, Vec<Slip>)>>);

impl Memo {
    /// The most places that are remembered; a newer one takes the room of an older.
    const ROOM: usize = 1 << 13;

    /// For texts of so many bytes together.
    pub fn new(bytes: usize) -> Memo {
        Memo(vec![None; (bytes / 16).next_power_of_two().clamp(16, Memo::ROOM)])
    }

    /// The slips at a place, as if the text began there. All that is asked about it lies in three symbols before it and
    /// four after.
    fn of(&mut self, line: &Line, at: usize) -> &[Slip] {
        let symbol = |n: usize| (at + n).checked_sub(3).and_then(|n| line.text.get(n)).copied().unwrap_or(0);
        let key = (0..8).fold(0, |key, n| key << 16 | u128::from(symbol(n)));
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let room = self.0.len() - 1;
        let place = &mut self.0[(mixed >> 40) as usize & room];
        if place.as_ref().is_none_or(|(known, _)| *known != key) {
            let all = [wrong(line, at), swapped(line, at), missing(line, at)].into_iter().flatten();
            let word = all.filter(|slip| slip.kind == Kind::Swapped || widest(line.text, slip).1 >= HOLDS);
            *place = Some((key, word.map(|slip| slip.moved(at, 0)).collect()));
        }
        place.as_ref().map_or(&[], |(_, slips)| slips)
    }
}

impl Slip {
    fn moved(&self, from: usize, to: usize) -> Slip {
        let stretch = self.stretch.start - from + to..self.stretch.end - from + to;
        Slip { stretch, ..self.clone() }
    }
}

/// All slips of a text, the surest first where two would overlap.
pub(super) fn slips(stream: &Stream, memo: &mut Memo) -> Vec<Slip> {
    let line = Line::new(&stream.symbols);
    let mut found = Vec::new();
    for at in 1..stream.symbols.len() - 1 {
        if !is_han(stream.symbols[at]) {
            continue;
        }
        found.extend(doubled(&line, at));
        let mean = line.mean(at..at + REACH);
        if mean < ODD || (mean < ORDINARY && line.loose(at..at + 1, 3)) {
            found.extend(memo.of(&line, at).iter().map(|slip| slip.moved(0, at)));
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

    /// What the change gains over the text as it stands.
    fn gain(&self, line: &Line, stretch: Range<usize>) -> f32 {
        self.chances() - line.sum(stretch.start..(stretch.end + REACH).min(line.text.len()))
    }
}

/// Another character in this place. All that are alike are weighed with their neighbours, the best with the sentence.
fn wrong(line: &Line, at: usize) -> Option<Slip> {
    let between = Between::new(line.text[at - 1], line.text[at + 1]);
    let place = Place::new(line, at);
    let alike = sound::mistaken(line.text[at]).iter().map(|c| Candidate::new(c.symbol, c.alike, between.pair(c)));
    let mut best = place.surest(alike.filter(|c| c.is_known()));
    if best.is_none() && line.mean(at..at + REACH) < STRANGE && line.loose(at..at + 1, 3) {
        // A character that nobody uses is no other word; one that people use may be a name.
        let needed = if weight_of(line.text[at]) < UNUSED { 0.0 } else { ALONE };
        best = place.surest(any(between)).filter(|(sure, _)| *sure > needed);
    }
    best.map(|(sure, other)| Slip { kind: Kind::Wrong, stretch: at..at + 1, right: vec![other], sure })
}

/// Another character and how well it goes with its neighbours.
struct Candidate {
    symbol: Symbol,
    alike: Alike,
    levels: [u8; 2],
    rough: f32,
}

impl Candidate {
    fn new(symbol: Symbol, alike: Alike, levels: [u8; 2]) -> Candidate {
        let rough = known(levels).iter().sum::<f32>() + 4.0 * ALIKE[alike as usize];
        Candidate { symbol, alike, levels, rough }
    }

    fn is_known(&self) -> bool {
        self.levels != [RARE; 2]
    }
}

/// The roughly best.
fn few(all: impl Iterator<Item = Candidate>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = all.collect();
    if all.len() > CANDIDATES {
        all.select_nth_unstable_by(CANDIDATES, |a, b| b.rough.total_cmp(&a.rough));
        all.truncate(CANDIDATES);
    }
    all
}

/// Any common character, for where nothing alike fits and the text is very strange: a slip of the hand.
fn any(between: Between) -> impl Iterator<Item = Candidate> {
    between.common().map(|(symbol, levels)| Candidate::new(symbol, Alike::Not, levels))
}

/// A character of a text that may be wrong.
struct Place<'a> {
    line: &'a Line<'a>,
    at: usize,
    /// The chance of what stands there.
    sum: f32,
    /// What the pairs that it makes with its neighbours say for it.
    kept: f32,
    /// Which of the neighbours are Han.
    han: [bool; 2],
}

impl<'a> Place<'a> {
    fn new(line: &'a Line, at: usize) -> Place<'a> {
        let sum = line.sum(at..(at + 1 + REACH).min(line.text.len()));
        let han = [is_han(line.text[at - 1]), is_han(line.text[at + 1])];
        let mut place = Place { line, at, sum, kept: 0.0, han };
        let was = known(line.pairs(at));
        place.kept = PAIR_OLD * (was[0] + was[1]) + BEST_OLD * place.inner(was);
        place
    }

    fn inner(&self, sides: [f32; 2]) -> f32 {
        (0..2).filter(|&n| self.han[n]).map(|n| sides[n]).fold(UNKNOWN, f32::max)
    }

    /// How sure it is that another character was meant: a weighing of what the two readings show, fitted by
    /// logistic regression on sentences spoiled at random (`data/README.md`). 0 is the floor that keeps false alarms
    /// down.
    fn judge(&self, c: &Candidate, chances: f32, four: f32) -> f32 {
        let pair = known(c.levels);
        BIAS + GAIN * (chances - self.sum)
            + ALIKE[c.alike as usize]
            + PAIR_NEW * (pair[0] + pair[1])
            + self.kept
            + BEST_NEW * self.inner(pair)
            + FOUR_NEW * four
    }

    /// The surest that a candidate can be, by its pairs alone: an unknown pair leaves no longer gram.
    fn bound(&self, c: &Candidate) -> f32 {
        let single = |symbol| weight_of(symbol) - ALL - 3.0 * BACK;
        let left = if c.levels[0] == RARE { single(c.symbol) } else { 0.0 };
        let right = if c.levels[1] == RARE { single(self.line.text[self.at + 1]) } else { 0.0 };
        let pair = known(c.levels);
        self.judge(c, left + right, pair[0].max(pair[1]))
    }

    fn surest(&self, all: impl Iterator<Item = Candidate>) -> Option<(f32, Symbol)> {
        let sure = few(all.filter(|c| self.bound(c) > 0.0)).into_iter().map(|c| {
            let reading = self.line.with(self.at, c.symbol, c.levels);
            (self.judge(&c, reading.chances, reading.four.and_then(of_level).unwrap_or(UNKNOWN)), c.symbol)
        });
        sure.filter(|(sure, _)| *sure > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))
    }
}

fn known(levels: [u8; 2]) -> [f32; 2] {
    levels.map(|level| of_level(level).unwrap_or(UNKNOWN))
}

/// One word for another with which official writing confuses it. Such a slip is common, so less must speak for it.
fn confused<'a>(line: &'a Line) -> impl Iterator<Item = Slip> + 'a {
    (1..line.text.len().saturating_sub(2)).filter_map(|at| {
        let others = sound::confused([line.text[at], line.text[at + 1]])?;
        let stretch = at..at + 2;
        let gained = |other: &[Symbol]| Trial::new(line, stretch.clone(), other).gain(line, stretch.clone());
        let best = others.iter().map(|o| (gained(o), o)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        let sure = (best.0 - CONFUSED) / 4.0;
        (sure > 0.0).then(|| Slip { kind: Kind::Wrong, stretch: at..at + 2, right: best.1.to_vec(), sure })
    })
}

const UNKNOWN: f32 = -3.0;
const BIAS: f32 = -4.3;
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
    if !is_han(before) || !line.loose(at - 1..at + 1, 3) || line.mean(at..at + REACH) > BROKEN {
        return None;
    }
    let mut trial = Trial::new(line, at..at, &[0]);
    let here = trial.start;
    let sure = few(any(Between::new(before, after))).into_iter().map(|c| {
        trial.text[here] = c.symbol;
        ((trial.gain(line, at..at) - MISSING) / 4.0, c.symbol)
    });
    let (sure, symbol) = sure.filter(|(sure, _)| *sure > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Slip { kind: Kind::Missing, stretch: at..at, right: vec![symbol], sure })
}

/// The stretch and its correction widened to the word in which the slip stands, for people to read.
pub(super) fn word(stream: &Stream, slip: &Slip) -> (Range<usize>, String) {
    let (best, _) = widest(&stream.symbols, slip);
    let Range { start, end } = slip.stretch;
    let right = [&stream.symbols[best.start..start], &slip.right, &stream.symbols[end..best.end]].concat();
    (best, written(&right))
}

/// The word around a slip, and how well it holds together once corrected.
fn widest(text: &[Symbol], slip: &Slip) -> (Range<usize>, f32) {
    let Range { start, end } = slip.stretch;
    let (mut best, mut most, mut holds) = (start..end, f32::MIN, f32::MIN);
    for from in start.saturating_sub(3)..=start {
        for to in end..=(end + 3).min(text.len()) {
            let gram = [&text[from..start], &slip.right, &text[end..to]].concat();
            if (2..=4).contains(&gram.len()) && gram.iter().all(|&c| is_han(c)) && from < to {
                let held = cohesion(&gram);
                if held + gram.len() as f32 > most {
                    (best, most, holds) = (from..to, held + gram.len() as f32, held);
                }
            }
        }
    }
    (best, holds)
}

/// By how much a gram is likelier than its parts side by side, at its weakest joint; bits.
fn cohesion(gram: &[Symbol]) -> f32 {
    let Some(whole) = weight(gram) else { return f32::MIN };
    let part = |g: &[Symbol]| weight(g).filter(|part| *part + 1.0 >= whole);
    let joint = |n: usize| Some(whole + ALL - part(&gram[..n])? - part(&gram[n..])?);
    (1..gram.len()).map(|n| joint(n).unwrap_or(f32::MIN)).fold(14.0, f32::min)
}
