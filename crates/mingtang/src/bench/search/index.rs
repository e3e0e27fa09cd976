//! Rows S1 to S5: our index over generated texts beside the library alone, FTS5 and PostgreSQL, at growing sizes. Every
//! total is the one that counting the texts gives.

use super::corpus::{self, Brute, EACH, KINDS_ASKED, Question};
use super::peers::{self, Built, Sqlite, Told};
use crate::bench::figure::{Bound, Figures, Row, Spread};
use crate::bench::postgres::Postgres;
use crate::bench::process::{self, Cpu};
use crate::bench::{Asked, data::Data};
use crate::clock::Stopwatch;
use crate::fail::Fail;
use app::search::hits::{self, Ask, Filters, Sort};
use app::search::index::{self, Live, MANY};
use app::search::plan::Plan;
use app::search::words::{Sounds, Synonyms};
use kernel::Instant;
use std::path::Path;

/// Larger ones are asked of ours alone: the peers would take hours.
const PEERS_MOST: u64 = 100_000;
/// Questions of two characters that those are asked who read every text for them.
const SLOW: usize = 6;
/// Hits that are asked for.
const BEST: usize = 20;
/// Published (the aims), texts a processor second: tantivy from Python with pairs, Sphinx with single characters.
const TANTIVY_PYTHON: f64 = 1_908.0;
const SPHINX: f64 = 5_255.0;

pub fn measure(
    asked: &Asked,
    data: &Data,
    size: u64,
    rows: &mut Vec<Row>,
    notes: &mut Vec<String>,
) -> Result<(), Fail> {
    let folder = data.folder.join(format!("texts-{size}"));
    std::fs::create_dir_all(&folder)?;
    let questions = corpus::questions(data.seed, size);
    let (live, totals, built) = build(&folder, data.seed, size, &questions)?;
    let mut others =
        if size <= PEERS_MOST { Others::start(&folder, data.seed, size, notes)? } else { Others::default() };
    rows.extend(built_rows(size, &built, &others));
    let mut all: [Gathered; 4] = Default::default();
    for round in 0..asked.rounds {
        for (kind, gathered) in all.iter_mut().enumerate() {
            let wanted = &totals[kind * EACH..(kind + 1) * EACH];
            gathered.round(&live, &mut others, (kind, &questions[kind], wanted), round == 0)?;
        }
    }
    for (kind, gathered) in all.iter().enumerate() {
        rows.extend(gathered.rows(size, KINDS_ASKED[kind]));
    }
    notes.push(format!("S1, S2 at {size}: {} totals of {} as counted in the texts", 4 * EACH, 4 * EACH));
    drop((live, others));
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

/// What building cost: processor seconds, bytes of the index and of the texts.
struct OurBuilt {
    cpu: f64,
    bytes: u64,
    text: u64,
}

/// Builds the index from a stream of texts, and counts the answers meanwhile. Making texts and counting is not timed.
fn build(
    folder: &Path,
    seed: u64,
    size: u64,
    questions: &[Vec<Question>; 4],
) -> Result<(Live, Vec<u64>, OurBuilt), Fail> {
    let live = Live::create(&folder.join("ours"))?;
    let (mut brute, me) = (Brute::new(&questions.concat()), [std::process::id()]);
    let (writer, mut text, mut aside) = (live.writer(MANY)?, 0, 0.0);
    let begun = Cpu::of(&me)?;
    for n in 0..size {
        let before = process::thread_seconds()?;
        let doc = corpus::doc(seed, n);
        brute.add(&doc);
        text += (doc.title.len() + doc.text.len()) as u64;
        let page = corpus::page(n, &doc);
        aside += process::thread_seconds()? - before;
        writer.add_document(index::document(&live.fields, &page, &[], "")?).map_err(index::fault)?;
    }
    live.commit(writer, 1)?;
    let cpu = Cpu::of(&me)?.since(&begun) - aside;
    Ok((live, brute.totals, OurBuilt { cpu, bytes: bytes(&folder.join("ours"))?, text }))
}

fn bytes(folder: &Path) -> Result<u64, Fail> {
    std::fs::read_dir(folder)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}

/// The peers that are there.
#[derive(Default)]
struct Others {
    sqlite: Option<(Sqlite, Built, Built)>,
    postgres: Option<(Postgres, u64)>,
}

impl Others {
    fn start(folder: &Path, seed: u64, size: u64, notes: &mut Vec<String>) -> Result<Others, Fail> {
        let mut others = Others::default();
        match Sqlite::start(folder)? {
            Some(mut sqlite) => {
                let corpus = peers::written(folder, seed, size)?;
                let pairs = sqlite.build("bigram", &corpus, folder)?;
                let trigrams = sqlite.build("trigram", &corpus, folder)?;
                others.sqlite = Some((sqlite, pairs, trigrams));
            }
            None => notes.push("python3 with FTS5 is not installed: S1 to S5 have no row beside it.".into()),
        }
        match Postgres::empty()? {
            Some(postgres) => match peers::fill(&postgres, seed, size) {
                Ok(bytes) => others.postgres = Some((postgres, bytes)),
                Err(e) => notes.push(format!("PostgreSQL without pg_trgm: no row beside it ({e:?})")),
            },
            None => notes.push("PostgreSQL is not installed: no row beside it.".into()),
        }
        Ok(others)
    }

    fn ask(&mut self, name: &str, questions: &[Question]) -> Result<Option<Told>, Fail> {
        Ok(match (name, &mut self.sqlite, &self.postgres) {
            ("pg_trgm", _, Some((postgres, _))) => Some(peers::ask(postgres, questions)?),
            ("FTS5 bigram", Some((sqlite, ..)), _) => Some(sqlite.ask("bigram", questions)?),
            ("FTS5 trigram", Some((sqlite, ..)), _) => Some(sqlite.ask("trigram", questions)?),
            _ => None,
        })
    }
}

const OTHERS: [&str; 3] = ["FTS5 bigram", "FTS5 trigram", "pg_trgm"];

/// What a kind of question took in each round, in milliseconds.
#[derive(Default)]
struct Gathered {
    ours: Vec<Times>,
    bare: Vec<Times>,
    others: [Vec<Times>; 3],
}

/// Half of a round's questions took no longer than the one, 99 of 100 no longer than the other.
#[derive(Clone, Copy)]
struct Times {
    p50: f64,
    p99: f64,
}

impl Times {
    fn of(mut ms: Vec<f64>) -> Times {
        ms.sort_unstable_by(f64::total_cmp);
        let at = |share: usize| ms.get((ms.len() * share).div_ceil(100).max(1) - 1).copied().unwrap_or(f64::NAN);
        Times { p50: at(50), p99: at(99) }
    }
}

impl Gathered {
    /// `first`: peers who read every text are asked once only.
    fn round(
        &mut self,
        live: &Live,
        others: &mut Others,
        (kind, questions, wanted): (usize, &[Question], &[u64]),
        first: bool,
    ) -> Result<(), Fail> {
        self.ours.push(Times::of(ours(live, questions, wanted)?));
        self.bare.push(Times::of(bare(live, questions, wanted)?));
        for (name, times) in OTHERS.iter().zip(&mut self.others) {
            // Two characters are less than a trigram: the whole of the texts is read for each question.
            let slow = *name != "FTS5 bigram" && matches!(kind, 0 | 2);
            if slow && !first {
                continue;
            }
            let most = if slow { SLOW } else { questions.len() };
            let step = questions.len() / most;
            let some: Vec<Question> = questions.iter().step_by(step).take(most).cloned().collect();
            let wanted: Vec<u64> = wanted.iter().step_by(step).take(most).copied().collect();
            let Some(told) = others.ask(name, &some)? else { continue };
            if told.totals != wanted {
                return Err(Fail::fault(format!(
                    "{name} counts otherwise: {:?}, in the texts {wanted:?}",
                    told.totals
                )));
            }
            times.push(Times::of(told.ms));
        }
        Ok(())
    }

    fn rows(&self, size: u64, kind: &str) -> Vec<Row> {
        let of = |times: &[Times], which: fn(&Times) -> f64| times.iter().map(which).collect::<Vec<_>>();
        let figures = |name, what: &str, which| Figures {
            name,
            what: format!("search, {kind}, {what}: {BEST} best, total, facets"),
            records: size,
            unit: "ms",
            ours: of(&self.ours, which),
        };
        let most = |floor, goal| Bound::AtMost { floor, goal: Some(goal) };
        let p50: fn(&Times) -> f64 = |t| t.p50;
        let p99: fn(&Times) -> f64 = |t| t.p99;
        let library = "tantivy alone, no facets";
        let mut rows = vec![
            figures("S1", "p50", p50).beside(library, &of(&self.bare, p50), most(2.0, 1.0)),
            figures("S2", "p99", p99).beside(library, &of(&self.bare, p99), most(1.0, 1.0 / 3.0)),
        ];
        for (name, times) in OTHERS.iter().zip(&self.others).filter(|(_, times)| !times.is_empty()) {
            let scans = kind == KINDS_ASKED[0] && *name != "FTS5 bigram";
            let (row, bound) = match scans {
                true => ("S3", Bound::AtLeast { floor: 100.0, goal: Some(1_000.0) }),
                false => ("S1", Bound::Unbound),
            };
            // Whoever was asked in one round only stands beside our median.
            let ours = Spread::of(of(&self.ours, p50)).median;
            let figures = figures(row, "p50", p50);
            let figures = if times.len() == 1 { Figures { ours: vec![ours], ..figures } } else { figures };
            rows.push(figures.under(name, &of(times, p50), bound));
        }
        rows
    }
}

/// How long each question takes, in milliseconds; every total must be the counted one.
fn timed(
    questions: &[Question],
    wanted: &[u64],
    name: &str,
    mut ask: impl FnMut(usize) -> Result<u64, Fail>,
) -> Result<Vec<f64>, Fail> {
    let mut all = vec![];
    for (at, wanted) in wanted.iter().enumerate() {
        let watch = Stopwatch::start();
        let total = ask(at)?;
        all.push(watch.seconds() * 1e3);
        if total != *wanted {
            return Err(Fail::fault(format!("{name} finds {total} for {:?}, the texts hold {wanted}", questions[at])));
        }
    }
    Ok(all)
}

fn ours(live: &Live, questions: &[Question], wanted: &[u64]) -> Result<Vec<f64>, Fail> {
    let (filters, now) = (Filters::default(), Instant(1_790_000_000_000));
    timed(questions, wanted, "ours", |at| {
        // Between quotation marks: as they stand, so that the total can be counted.
        let asked: Vec<String> = questions[at].iter().map(|word| format!("“{word}”")).collect();
        let plan = Plan::of(&asked.join(" "), &Synonyms::default(), &Sounds::default());
        let ask = Ask { plan: &plan, filters: &filters, sort: Sort::Best, most: BEST, body: None, loose: false, now };
        Ok(hits::find(live, &ask)?.total)
    })
}

fn bare(live: &Live, questions: &[Question], wanted: &[u64]) -> Result<Vec<f64>, Fail> {
    timed(questions, wanted, "the library", |at| Ok(hits::bare(live, &questions[at], BEST)?.0 as u64))
}

fn built_rows(size: u64, ours: &OurBuilt, others: &Others) -> Vec<Row> {
    let figures =
        |name, what: &str, unit, of: f64| Figures { name, what: what.into(), records: size, unit, ours: vec![of] };
    let least = |floor, goal| Bound::AtLeast { floor, goal: Some(goal) };
    let rate = size as f64 / ours.cpu;
    let build = || figures("S4", "texts indexed in a processor second", "/s", rate);
    let share = ours.bytes as f64 / ours.text as f64;
    let bytes = || figures("S5", "bytes of the index", "B", ours.bytes as f64);
    let mut rows = vec![
        build().over_published("tantivy from Python, pairs", TANTIVY_PYTHON, least(2.0, 3.0)),
        build().over_published("Sphinx, single characters", SPHINX, least(0.7, 1.0)),
        // 1.2 times the texts is what the library makes of pairs: floor and goal are 1.2 and 0.8 times that.
        figures("S5", "index to texts, in bytes", "x", share)
            .alone(Bound::AtMost { floor: 1.44, goal: Some(0.96) }, None),
    ];
    if let Some((_, pairs, trigrams)) = &others.sqlite {
        for (name, built) in [("FTS5 bigram", pairs), ("FTS5 trigram", trigrams)] {
            rows.push(build().beside(name, &[built.docs as f64 / built.cpu], Bound::Unbound));
            rows.push(bytes().beside(name, &[built.bytes as f64], Bound::Unbound));
        }
    }
    if let Some((_, trigrams)) = &others.postgres {
        rows.push(bytes().beside("pg_trgm", &[*trigrams as f64], Bound::Unbound));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_and_nearly_all() {
        let times = Times::of((1..=100).rev().map(f64::from).collect());
        assert_eq!((times.p50, times.p99), (50.0, 99.0));
        assert!(Times::of(vec![]).p50.is_nan());
    }

    /// Small, but whole: ours, the library and whatever peer this machine has count what the texts hold.
    #[test]
    fn everybody_counts_what_the_texts_hold() {
        let folder = tempfile::tempdir().expect("a folder");
        let (seed, size) = (7, 300);
        let questions = corpus::questions(seed, size);
        let (live, totals, built) = build(folder.path(), seed, size, &questions).expect("builds");
        assert!(built.bytes > 0 && built.text > 300_000 && built.cpu > 0.0);
        let mut sqlite = Sqlite::start(folder.path()).expect("starts");
        if let Some(sqlite) = &mut sqlite {
            let corpus = peers::written(folder.path(), seed, size).expect("is written");
            for kind in ["bigram", "trigram"] {
                assert_eq!(sqlite.build(kind, &corpus, folder.path()).expect("builds").docs, size);
            }
        }
        for (kind, questions) in questions.iter().enumerate() {
            let wanted = &totals[kind * EACH..(kind + 1) * EACH];
            assert_eq!(ours(&live, questions, wanted).expect("the same totals").len(), EACH);
            assert_eq!(bare(&live, questions, wanted).expect("the same totals").len(), EACH);
            for peer in ["bigram", "trigram", "like"] {
                let told = sqlite.as_mut().map(|s| s.ask(peer, questions).expect("answers").totals);
                assert!(told.is_none_or(|totals| totals == wanted), "{peer}");
            }
            assert!(ours(&live, questions, &vec![0; EACH]).is_err(), "a wrong total is found");
        }
    }
}
