//! What people look for and nothing answers, for the editors. Counted in memory and written down at midnight; only what
//! was asked several times on a day, and never words in which a person may be. Who asked is not known here.

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
use std::sync::Mutex;

/// Asked less often it may be one person's.
pub const LEAST: u64 = 3;
/// Characters of a query that is counted: what is longer tells a story.
const LONG: usize = 30;
/// Queries counted at once; more are let go.
const ROOM: usize = 5_000;
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

/// Counts of a day: by body, day and words.
#[derive(Default)]
pub struct Counts(Mutex<BTreeMap<(String, Day, String), u64>>);

impl Counts {
    pub fn note(&self, body: &str, day: Day, plan: &Plan) {
        let Some(words) = countable(plan) else { return };
        let mut all = self.0.lock().expect("no panic under this lock");
        let key = (body.to_owned(), day, words);
        if all.len() < ROOM || all.contains_key(&key) {
            *all.entry(key).or_default() += 1;
        }
    }

    /// What was asked often enough and is not written down yet.
    pub fn often(&self, body: &str) -> Vec<(Day, String, u64)> {
        let all = self.0.lock().expect("no panic under this lock");
        let mine = all.iter().filter(|((of, ..), n)| of == body && **n >= LEAST);
        mine.map(|((_, day, words), n)| (*day, words.clone(), *n)).collect()
    }

    /// Forgets a body's days before one.
    fn forget(&self, body: &str, before: Day) {
        self.0.lock().expect("no panic under this lock").retain(|(of, day, _), _| of != body || *day >= before);
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

async fn write_down(app: App, job: Job) -> Result<(), Error> {
    let (body, today) = (job.arg.clone(), app.clock.now().day());
    let asked: Vec<_> = app.search.counts.often(&body).into_iter().filter(|(day, ..)| *day < today).collect();
    let of = body.clone();
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        store::add_unanswered(act, &of, &asked).await?;
        act.journal_with("note-unanswered", &format!("body:{of}"), serde_json::json!({ "n": asked.len() }));
        Ok(())
    };
    app.store.act(Actor::Job(PART), app.clock.now(), work).await.map(Done::into_inner)?;
    app.search.counts.forget(&body, today);
    Ok(())
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
    least: u64,
    back: i32,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let today = desk.now.day();
    let rows = store::unanswered(desk.read(), &desk.body.id, today.plus(-BACK)).await?;
    let fresh = desk.app.search.counts.often(&desk.body.id).into_iter();
    let fresh = fresh.map(|(day, query, n)| (day.to_string(), query, i64::try_from(n).unwrap_or(i64::MAX)));
    let mut all: BTreeMap<String, (i64, String)> = BTreeMap::new();
    for (day, query, n) in rows.into_iter().map(|row| (row.day, row.query, row.n)).chain(fresh) {
        let known = all.entry(query).or_default();
        known.0 += n;
        known.1 = day.max(std::mem::take(&mut known.1));
    }
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
        assert_eq!(counts.often("a"), [(day, "龙虾 补贴".to_owned(), 3)]);
        assert!(counts.often("b").is_empty());
        counts.forget("a", day.plus(1));
        assert!(counts.often("a").is_empty());
    }
}
