//! Row L1: twenty working days from each working day of the announced years, against the two array loads that nobody
//! can do without, and against what a user would take from Python instead.

use super::Asked;
use super::figure::{Bound, Figures, Row};
use super::process::Cpu;
use crate::clock::Stopwatch;
use crate::fail::Fail;
use kernel::Day;
use law::Calendar;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::io::Write;
use std::process::{Command, Stdio};

const TERM: u16 = 20;
/// How far beyond the last date the tables of the limit reach, in days: more than `TERM` working days ever take.
const BEYOND: i32 = 90;
const PEERS: &str = include_str!("due.py");
/// Published, in ns a date; the last was wrong for 36 % of the dates.
const CHINESECALENDAR: f64 = 762_000.0;
const WORKALENDAR: f64 = 237_000.0;
const NUMPY: f64 = 78.0;

/// What a peer says of itself: CPU time a date, and how many of the dates it gets right.
#[derive(Deserialize)]
struct Told {
    ns: f64,
    right: usize,
}

/// What one of the rows gathers, a figure a round, in ns a date.
#[derive(Default)]
struct Gathered {
    ours: Vec<f64>,
    limit: Vec<f64>,
    peers: BTreeMap<String, Vec<f64>>,
}

/// All dates are checked before anything is timed. A round times ours, the limit, and the peers that are installed.
pub fn due(asked: &Asked, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let calendar = Calendar::built_in();
    let (dates, limit) = (dates(calendar), Limit::of(calendar));
    let pairs = checked(calendar, &limit, &dates)?;
    let script = script(calendar, &pairs);
    let mut all = Gathered::default();
    for round in 0..asked.rounds {
        all.ours.push(timed(asked.seconds, &dates, |day| calendar.plus_working(day, TERM))?);
        all.limit.push(timed(asked.seconds, &dates, |day| limit.plus_working(day))?);
        for (name, told) in peers(&script)? {
            if round == 0 {
                let share = told.right as f64 / pairs.len() as f64 * 100.0;
                notes.push(format!("L1: {name} agrees with ours for {share:.2} % of {} dates", pairs.len()));
            }
            all.peers.entry(name).or_default().push(told.ns);
        }
    }
    rows.extend(judged(dates.len() as u64, &all));
    Ok(())
}

fn judged(dates: u64, all: &Gathered) -> Vec<Row> {
    let figures = || {
        let what = format!("{TERM} working days from a date (CPU)");
        Figures { name: "L1", what, records: dates, unit: "ns", ours: all.ours.clone() }
    };
    let against = |name: &str, published: f64, floor: f64, goal: f64| {
        let bound = Bound::AtLeast { floor, goal: Some(goal) };
        match all.peers.get(name) {
            Some(theirs) => figures().under(name, theirs, bound),
            None => figures().under_published(name, published, bound),
        }
    };
    vec![
        against("chinesecalendar", CHINESECALENDAR, 10_000.0, 50_000.0),
        against("workalendar", WORKALENDAR, 3_000.0, 15_000.0),
        against("numpy", NUMPY, 1.0, 5.0),
        figures().beside("two array loads", &all.limit, Bound::AtMost { floor: f64::INFINITY, goal: Some(1.5) }),
    ]
}

/// Every working day of the announced years.
fn dates(calendar: &Calendar) -> Vec<Day> {
    let all = (calendar.known_from().0..=calendar.known_to().0).map(Day);
    all.filter(|day| calendar.is_working(*day)).collect()
}

/// The least that finds a working day: how many there were up to a day, and which day has a number.
struct Limit {
    first: Day,
    rank: Vec<i32>,
    nth: Vec<Day>,
}

impl Limit {
    fn of(calendar: &Calendar) -> Limit {
        let (first, last) = (calendar.known_from(), calendar.known_to().plus(BEYOND));
        let (mut rank, mut nth) = (vec![], vec![]);
        for day in (first.0..=last.0).map(Day) {
            if calendar.is_working(day) {
                nth.push(day);
            }
            rank.push(nth.len() as i32);
        }
        Limit { first, rank, nth }
    }

    fn plus_working(&self, day: Day) -> Day {
        let rank = self.rank[(day.0 - self.first.0) as usize];
        self.nth[rank as usize + usize::from(TERM) - 1]
    }
}

/// Each date with its due day, those aside that a notice to come may move. Ours must be what counting day by day finds.
fn checked(calendar: &Calendar, limit: &Limit, dates: &[Day]) -> Result<Vec<(Day, Day)>, Fail> {
    let mut pairs = vec![];
    for day in dates {
        let walked = (1..).map(|n| day.plus(n)).filter(|day| calendar.is_working(*day)).nth(usize::from(TERM) - 1);
        let (found, firm) = calendar.plus_working(*day, TERM);
        if walked != Some(found) || limit.plus_working(*day) != found {
            return Err(Fail::fault(format!("{TERM} working days from {day}: {found}, counted {walked:?}")));
        }
        pairs.extend(firm.then_some((*day, found)));
    }
    Ok(pairs)
}

/// CPU time a date in ns, over as many rounds through the dates as fill the time.
fn timed<T>(seconds: f64, dates: &[Day], find: impl Fn(Day) -> T) -> Result<f64, Fail> {
    let me = [std::process::id()];
    let (before, watch, mut rounds) = (Cpu::of(&me)?, Stopwatch::start(), 0_u32);
    while watch.seconds() < seconds {
        for day in dates {
            black_box(find(black_box(*day)));
        }
        rounds += 1;
    }
    Ok(Cpu::of(&me)?.since(&before) / f64::from(rounds) / dates.len() as f64 * 1e9)
}

fn script(calendar: &Calendar, pairs: &[(Day, Day)]) -> String {
    let numbers: Vec<[i32; 2]> = pairs.iter().map(|(day, due)| [day.0, due.0]).collect();
    let off = (calendar.known_from().0..=calendar.known_to().0).map(Day);
    let off: Vec<i32> = off.filter(|day| day.weekday() < 6 && !calendar.is_working(*day)).map(|day| day.0).collect();
    format!("TERM = {TERM}\nOFF = {off:?}\nPAIRS = {numbers:?}\n{PEERS}")
}

/// The peers that this machine's Python has; none where there is no Python.
fn peers(script: &str) -> Result<BTreeMap<String, Told>, Fail> {
    let mut command = Command::new("python3");
    let python = command.arg("-").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut python) = python else { return Ok(BTreeMap::new()) };
    if let Some(mut stdin) = python.stdin.take() {
        stdin.write_all(script.as_bytes())?;
    }
    let out = python.wait_with_output()?;
    if !out.status.success() {
        return Err(Fail::fault(format!("the peers' script ended with {}", out.status)));
    }
    serde_json::from_slice(&out.stdout).map_err(Fail::fault)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::figure::{Peer, Verdict};

    #[test]
    fn every_date_is_right_and_the_last_ones_are_left_to_no_peer() {
        let calendar = Calendar::built_in();
        let (dates, limit) = (dates(calendar), Limit::of(calendar));
        assert!(dates.len() > 5_700, "{}", dates.len());
        let pairs = checked(calendar, &limit, &dates).expect("right");
        assert!(pairs.len() < dates.len() && pairs.len() > dates.len() - 30, "{} of {}", pairs.len(), dates.len());
        assert!(pairs.iter().all(|(_, due)| *due <= calendar.firm_to()));
    }

    #[test]
    fn a_wrong_table_is_found() {
        let calendar = Calendar::built_in();
        let mut limit = Limit::of(calendar);
        limit.nth.remove(3_000);
        assert!(checked(calendar, &limit, &dates(calendar)).is_err());
    }

    #[test]
    fn peers_that_are_not_installed_are_said_to_be_published() {
        let mut all = Gathered { ours: vec![5.0], limit: vec![4.0], ..Gathered::default() };
        all.peers.insert("numpy".into(), vec![20.0]);
        let rows = judged(5_700, &all);
        let peers: Vec<bool> = rows.iter().map(|row| matches!(row.peer, Peer::Measured { .. })).collect();
        assert_eq!(peers, [false, false, true, true]);
        let ratios: Vec<f64> = rows.iter().map(|row| row.judged.median).collect();
        assert_eq!(ratios, [152_400.0, 47_400.0, 4.0, 1.25]);
        let verdicts: Vec<&Verdict> = rows.iter().map(|row| &row.verdict).collect();
        assert_eq!(verdicts, [&Verdict::Goal, &Verdict::Goal, &Verdict::Floor, &Verdict::Goal]);
    }

    #[test]
    fn the_script_of_the_peers_runs_where_there_is_a_python() {
        let calendar = Calendar::built_in();
        let pair = (Day::parse("2026-02-02").expect("a date"), Day::parse("2026-03-06").expect("a date"));
        let told = peers(&script(calendar, &[pair])).expect("runs");
        assert!(told.values().all(|told| told.ns > 0.0 && told.right <= 1));
    }
}
