//! Whether people find what they ask for: questions with their answers, over the demo and over generated records,
//! beside what plain pairs of characters find in the same index.

use crate::bench::data::{Data, Known, ORG};
use crate::demo;
use crate::fail::Fail;
use crate::house;
use app::App;
use app::search::answer::Question;
use app::search::model::Asked;
use app::search::{hits, index::Live};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

static JUDGED: &str = include_str!("judged.txt");
/// Hits that are looked at.
pub const DEPTH: usize = 10;

/// How good the answers to some questions are, each from 0 to 1 on average.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Scores {
    /// nDCG at ten.
    pub ndcg: f64,
    /// Reciprocal rank of the first answer.
    pub mrr: f64,
    /// The share of questions under which nothing at all is found.
    pub zero: f64,
    pub questions: usize,
}

/// Ours, and the baseline's.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    pub ours: Scores,
    pub plain: Scores,
    /// How many pages were searched.
    pub records: u64,
}

/// A question, and how good each page answers it: what is not named has 0.
struct Judged<'a> {
    query: &'a str,
    grades: HashMap<String, u8>,
}

fn lines() -> impl Iterator<Item = &'static str> {
    JUDGED.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The questions about the demo; `pages` are titles and paths.
fn of_demo(pages: &[(String, String)]) -> Result<Vec<Judged<'static>>, Fail> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    for line in lines().filter_map(|line| line.strip_prefix('@')) {
        let (word, title) = line.split_once(' ').ok_or_else(|| Fail::fault(line))?;
        let page = pages.iter().find(|(known, _)| known.contains(title));
        names.insert(word, &page.ok_or_else(|| Fail::fault(format!("no record {title}")))?.1);
    }
    let grade = |answer: &str| {
        let (word, grade) = answer.split_once('=').map_or((answer, 2), |(word, n)| (word, n.parse().unwrap_or(0)));
        names.get(word).map(|path| ((*path).to_owned(), grade)).ok_or_else(|| Fail::fault(answer))
    };
    let questions = lines().filter(|line| !line.starts_with('@')).filter_map(|line| line.split_once(" | "));
    let judged = |(query, answers): (&'static str, &str)| {
        let grades = answers.split_whitespace().map(grade).collect::<Result<_, Fail>>()?;
        Ok(Judged { query, grades })
    };
    questions.map(judged).collect()
}

/// The questions about generated records.
fn of_generated(records: &[Known]) -> Result<Vec<Judged<'static>>, Fail> {
    let questions = lines().filter_map(|line| line.split_once(" || "));
    let judged = |(query, answer): (&'static str, &str)| {
        let parts: Vec<&str> = answer.split_whitespace().collect();
        let [task, year, kind] = parts.as_slice() else { return Err(Fail::fault(answer)) };
        let grade = |known: &Known| {
            let about = known.title.contains(task);
            let fits = (*year == "-" || known.year.to_string() == *year) && (*kind == "-" || known.kind == *kind);
            if about { 1 + u8::from(fits) } else { 0 }
        };
        let grades = records.iter().map(|known| (known.path.clone(), grade(known))).filter(|(_, g)| *g > 0);
        Ok(Judged { query, grades: grades.collect() })
    };
    questions.map(judged).collect()
}

impl Judged<'_> {
    /// nDCG, reciprocal rank, and whether anything was found.
    fn judge(&self, found: &[String]) -> (f64, f64, bool) {
        let gain = |grade: u8, at: usize| (f64::from(1 << grade) - 1.0) / (at as f64 + 2.0).log2();
        let grade = |path: &String| self.grades.get(path).copied().unwrap_or(0);
        let got: f64 = found.iter().take(DEPTH).enumerate().map(|(at, path)| gain(grade(path), at)).sum();
        let mut ideal: Vec<u8> = self.grades.values().copied().collect();
        ideal.sort_unstable_by_key(|g| std::cmp::Reverse(*g));
        let best: f64 = ideal.into_iter().take(DEPTH).enumerate().map(|(at, g)| gain(g, at)).sum();
        let first = found.iter().take(DEPTH).position(|path| grade(path) > 0);
        let ndcg = if best > 0.0 { got / best } else { 0.0 };
        (ndcg, first.map_or(0.0, |at| 1.0 / (at as f64 + 1.0)), !found.is_empty())
    }
}

fn mean(judged: &[(f64, f64, bool)]) -> Scores {
    let n = judged.len() as f64;
    let sum = |of: fn(&(f64, f64, bool)) -> f64| judged.iter().map(of).sum::<f64>() / n;
    let zero = sum(|(.., any)| f64::from(u8::from(!any)));
    Scores { ndcg: sum(|(ndcg, ..)| *ndcg), mrr: sum(|(_, rank, _)| *rank), zero, questions: judged.len() }
}

async fn compare(app: &App, questions: &[Judged<'_>], worst: &mut Vec<String>) -> Result<Compared, Fail> {
    live(app).await?;
    let (mut ours, mut plain) = (vec![], vec![]);
    for question in questions {
        let judged = question.judge(&asked(app, question.query).await?);
        if judged.0 < 0.5 {
            worst.push(format!("{} {:.2}", question.query, judged.0));
        }
        ours.push(judged);
        plain.push(question.judge(&plainly(app, question.query).await?));
    }
    Ok(Compared { ours: mean(&ours), plain: mean(&plain), records: live(app).await?.len() })
}

/// The paths that a reader is shown first.
async fn asked(app: &App, query: &str) -> Result<Vec<String>, Fail> {
    let (body, asked) = (body(app)?, Asked { q: query.into(), page: 1, ..Asked::default() });
    let (public, now) = (app.store.public(), app.clock.now());
    let question = Question { app, public: &public, body: &body, asked: &asked, window: (DEPTH as u64, 0), now };
    let answer = question.answer().await?.ok_or_else(|| Fail::fault("no index"))?;
    let mut paths: Vec<String> = answer.items.into_iter().map(|item| item.item.path).collect();
    if !answer.record.is_empty() {
        paths.insert(0, answer.record);
    }
    Ok(paths)
}

fn body(app: &App) -> Result<String, Fail> {
    app.bodies().first().map(|body| body.id.clone()).ok_or_else(|| Fail::fault("no body"))
}

async fn live(app: &App) -> Result<Arc<Live>, Fail> {
    if app.search.live().is_none() {
        app::search::build(app).await?;
    }
    app.search.live().ok_or_else(|| Fail::fault("no index"))
}

/// What the baseline finds.
async fn plainly(app: &App, query: &str) -> Result<Vec<String>, Fail> {
    use app::floor::public_page::{Column, Entity};
    use sea_orm::ColumnTrait;
    let live = live(app).await?;
    let ids = hits::plain(&live, query, DEPTH)?;
    let public = app.store.public();
    let rows = public.find::<Entity>().filter(Column::Id.is_in(&ids)).all().await?;
    let paths: BTreeMap<String, String> = rows.into_iter().map(|row| (row.id, row.path)).collect();
    Ok(ids.iter().filter_map(|id| paths.get(id).cloned()).collect())
}

/// Over the demo, in a folder of its own.
pub async fn demo(folder: &Path, worst: &mut Vec<String>) -> Result<Compared, Fail> {
    let config = serde_json::from_value(serde_json::json!({ "data": folder })).map_err(Fail::fault)?;
    let app = house::open(&config).await?;
    demo::furnish(&app, folder).await?;
    let rows = app.store.public().find::<app::floor::public_page::Entity>().all().await?;
    let pages: Vec<(String, String)> = rows.into_iter().map(|row| (row.title, row.path)).collect();
    compare(&app, &of_demo(&pages)?, worst).await
}

/// Over generated records.
pub async fn generated(app: &App, data: &Data, worst: &mut Vec<String>) -> Result<Compared, Fail> {
    if !app.bodies().iter().any(|b| b.org == ORG) {
        return Err(Fail::fault("the records of the benchmark are not there"));
    }
    compare(app, &of_generated(&data.records)?, worst).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_better_the_higher_it_stands() {
        let grades = [("a".to_owned(), 2), ("b".to_owned(), 1)].into();
        let judged = Judged { query: "", grades };
        let of = |found: &[&str]| judged.judge(&found.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(of(&["a", "b"]), (1.0, 1.0, true));
        assert_eq!(of(&[]), (0.0, 0.0, false));
        let (ndcg, rank, _) = of(&["x", "b", "a"]);
        assert!(ndcg < 1.0 && ndcg > 0.0 && (rank - 0.5).abs() < 1e-9);
        assert!(of(&["b", "a"]).0 < 1.0);
    }

    /// The floors: what is below has become worse.
    #[tokio::test(flavor = "multi_thread")]
    async fn people_find_what_they_ask_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut worst = vec![];
        let demo = demo(folder.path(), &mut worst).await.expect("is measured");
        let mut data = Data::new(folder.path(), 20_170_526).expect("a folder");
        data.grow(300).await.expect("makes records");
        let app = house::open(&data.config).await.expect("opens");
        let made = generated(&app, &data, &mut worst).await.expect("is measured");
        assert!(demo.ours.questions + made.ours.questions >= 150, "enough questions");
        for (of, floor, zero) in [(demo, 0.7, 0.05), (made, 0.7, 0.05)] {
            assert!(of.ours.ndcg >= floor && of.ours.zero <= zero, "{of:?} {worst:#?}");
            assert!(of.ours.ndcg > of.plain.ndcg, "better than plain pairs: {of:?}");
        }
    }
}
