//! What people look for and nothing answers, for the editors: words, a day, and how often, never words in which a
//! person may be. Who asked is not known here. Only what was asked several times on a day is shown, and outlives its
//! day.

use super::plan::Plan;
use super::store;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get};
use crate::edge::{Failure, html};
use crate::ui::{self, DeskFrame};
use crate::{App, JobFn, daily};
use ::store::{Act, Actor, Done, Error, Job};
use askama::Template;
use axum::response::Response;
use kernel::Day;
use scan::{Piece, Place, Settings};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// Asked less often it may be one person's.
pub const LEAST: i64 = 3;
/// Characters of a query that is counted: what is longer tells a story.
const LONG: usize = 30;
/// Queries counted at once; more are let go.
const ROOM: usize = 5_000;
/// Counts that one act writes.
const TOGETHER: usize = 200;
/// Digits in a row that may be somebody's number.
const DIGITS: usize = 6;
/// Days that the report looks back.
const BACK: i32 = 90;
/// Lines of the report.
const SHOWN: usize = 200;

const DAILY: &str = "search-daily";
const PART: &str = "search-unanswered";

pub const DAILIES: &[&str] = &[DAILY];
pub const JOBS: &[(&str, JobFn)] = &[
    (DAILY, |app, job| Box::pin(daily::for_each_body(app, job, DAILY, PART))),
    (PART, |app, job| Box::pin(write_down(app, job))),
];

/// By body, day and words.
type Tally = BTreeMap<(String, Day, String), u64>;

/// What was counted and is not written down yet.
#[derive(Default)]
pub struct Counts(Mutex<Tally>);

impl Counts {
    pub fn note(&self, body: &str, day: Day, plan: &Plan) {
        let Some(words) = countable(plan) else { return };
        self.add(Tally::from([((body.to_owned(), day, words), 1)]));
    }

    fn add(&self, more: Tally) {
        let mut all = self.0.lock().expect("no panic under this lock");
        for (key, n) in more {
            if all.len() < ROOM || all.contains_key(&key) {
                *all.entry(key).or_default() += n;
            }
        }
    }

    fn take(&self) -> Tally {
        std::mem::take(&mut *self.0.lock().expect("no panic under this lock"))
    }

    /// Those of a body.
    fn of(&self, body: &str) -> Vec<(Day, String, u64)> {
        let all = self.0.lock().expect("no panic under this lock");
        let mine = all.iter().filter(|((of, ..), _)| of == body);
        mine.map(|((_, day, words), n)| (*day, words.clone(), *n)).collect()
    }
}

/// The words in plain form, if there can be no person in them.
fn countable(plan: &Plan) -> Option<String> {
    let words: String = plan.whole.split_whitespace().collect::<Vec<_>>().join(" ");
    let digits = words.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    let piece = [Piece::new(Place::body(0), &words)];
    let plain = !words.is_empty() && words.chars().count() <= LONG && digits < DIGITS && !words.contains('@');
    (plain && scan::persons(&piece, &Settings::default()).is_empty()).then_some(words)
}

/// Writes down what was counted, so that it outlives this process: a query in plain form, a day, how often. What cannot
/// be written stays in memory.
pub async fn keep(app: &App) -> Result<(), Error> {
    let mut all: Vec<_> = app.search.counts.take().into_iter().collect();
    while !all.is_empty() {
        let some = Arc::new(all.split_off(all.len().saturating_sub(TOGETHER)));
        let rows = some.clone();
        let work = async move |act: &mut Act| {
            for ((body, day, words), n) in rows.iter() {
                store::add_unanswered(act, body, *day, words, *n).await?;
            }
            act.journal_with("note-unanswered", "search", serde_json::json!({ "n": rows.len() }));
            Ok(())
        };
        if let Err(e) = app.store.act(Actor::Job(PART), app.clock.now(), work).await.map(Done::into_inner) {
            app.search.counts.add(all.into_iter().chain(some.iter().cloned()).collect());
            return Err(e);
        }
    }
    Ok(())
}

/// At midnight: of the days that are over only what several asked stays.
async fn write_down(app: App, job: Job) -> Result<(), Error> {
    keep(&app).await?;
    let (body, now) = (job.arg.clone(), app.clock.now());
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        store::let_go_unanswered(act, &body, LEAST).await?;
        act.journal("note-unanswered", &format!("body:{body}"));
        Ok(())
    };
    app.store.act(Actor::Job(PART), now, work).await.map(Done::into_inner)
}

pub fn routes() -> Vec<Route> {
    vec![get("/desk/search/unanswered", Who::Duty(Duty::LOOK), page)]
}

struct Line {
    query: String,
    n: i64,
    last: String,
    href: String,
}

#[derive(Template)]
#[template(path = "search/unanswered.html")]
struct Page {
    frame: DeskFrame,
    lines: Vec<Line>,
    heads: [&'static str; 3],
    least: i64,
    back: i32,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let today = desk.now.day();
    let rows = store::unanswered(desk.read(), &desk.body.id, today.plus(-BACK)).await?;
    let fresh = desk.app.search.counts.of(&desk.body.id).into_iter();
    let fresh = fresh.map(|(day, query, n)| (day.to_string(), query, i64::try_from(n).unwrap_or(i64::MAX)));
    let all = several(rows.into_iter().map(|row| (row.day, row.query, row.n)).chain(fresh));
    let line = |(query, (n, last)): (String, (i64, String))| {
        let href = ui::href("/search", &[("q", &query)]);
        Line { query, n, last, href }
    };
    let mut lines: Vec<Line> = all.into_iter().map(line).collect();
    lines.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.query.cmp(&b.query)));
    lines.truncate(SHOWN);
    let frame = desk.frame("没有结果的检索", "/desk/search/unanswered");
    html(&Page { frame, lines, heads: ["检索词", "次数", "最近一天"], least: LEAST, back: BACK })
}

/// By words: how often in all and on which day last; of each day only what was asked often enough on it.
fn several(counted: impl Iterator<Item = (String, String, i64)>) -> BTreeMap<String, (i64, String)> {
    let mut days: BTreeMap<(String, String), i64> = BTreeMap::new();
    counted.for_each(|(day, query, n)| *days.entry((query, day)).or_default() += n);
    let mut all: BTreeMap<String, (i64, String)> = BTreeMap::new();
    for ((query, day), n) in days.into_iter().filter(|(_, n)| *n >= LEAST) {
        let known = all.entry(query).or_default();
        *known = (known.0 + n, day);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::words::{Sounds, Synonyms};

    fn plan(query: &str) -> Plan {
        Plan::of(query, &Synonyms::default(), &Sounds::default())
    }

    #[test]
    fn only_what_several_asked_and_nobody_is_in() {
        let (counts, day) = (Counts::default(), Day::new(2026, 11, 23).expect("a day"));
        for _ in 0..3 {
            counts.note("a", day, &plan("龙虾　补贴"));
            counts.note("a", day, &plan("13912345678"));
            counts.note("a", day, &plan("身份证430204199001011232"));
            counts.note("a", day, &plan("a@b.cn"));
            counts.note("a", day, &plan(&"长".repeat(31)));
        }
        counts.note("a", day, &plan("只问了一次"));
        counts.note("b", day, &plan("龙虾 补贴"));
        assert_eq!(counts.of("a"), [(day, "只问了一次".to_owned(), 1), (day, "龙虾 补贴".to_owned(), 3)]);
        let of = |day: &str, n| (day.to_owned(), "龙虾".to_owned(), n);
        assert!(several([of("2026-11-22", 2), of("2026-11-23", 2)].into_iter()).is_empty(), "not on one day");
        let twice = several([of("2026-11-22", 3), of("2026-11-23", 1), of("2026-11-23", 2)].into_iter());
        assert_eq!(twice["龙虾"], (6, "2026-11-23".to_owned()), "written down and in memory is one count");
        let taken = counts.take();
        assert!(counts.of("a").is_empty());
        counts.add(taken);
        assert_eq!(counts.of("b").len(), 1, "what could not be written is not lost");
    }
}
