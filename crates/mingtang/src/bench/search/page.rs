//! Row W6: the page of hits, asked over HTTP and never the same twice. And row S6: from publication to being found.

use super::corpus::{Brute, Question};
use super::peers::Sqlite;
use crate::bench::client::{Expect, Request};
use crate::bench::data::Data;
use crate::bench::figure::{Bound, Figures, Row};
use crate::bench::server::Server;
use crate::bench::words::Dice;
use crate::bench::{Asked, load, reads};
use crate::clock::Stopwatch;
use crate::fail::Fail;
use crate::house;
use app::floor::public_page;
use app::record::clear::note_change;
use app::search::follow;
use app::{App, ui};
use kernel::{Block, block};
use std::collections::BTreeSet;
use std::io::Write;
use store::{Act, Actor};

/// Different questions: as many as fit into a round on a fast machine.
const QUESTIONS: usize = 8_000;
/// Kept back to warm a new process up with.
const WARM: usize = 100;
/// Asked of a plain comparison of all texts.
const LIKE: usize = 20;
const CLIENTS: usize = 8;
const TIMES: u32 = 20;
/// Published (the aims), milliseconds of processor time a page at 10,000 documents: both compare all texts.
const WAGTAIL_MS: f64 = 262.0;
const WORDPRESS_MS: f64 = 204.0;

/// A page that finds: half the questions stand between quotation marks, and their totals are the counted ones.
pub async fn measure(asked: &Asked, data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let texts = texts(&house::open(&data.config).await?).await?;
    let questions = drawn(data.seed, &texts);
    let mut brute = Brute::new(&questions);
    texts.iter().for_each(|text| brute.add_text(text));
    let all = questions.iter().zip(&brute.totals).enumerate();
    let mut requests: Vec<Request> = all.map(|(n, (question, total))| request(n, &question[0], *total)).collect();
    let warm = requests.split_off(requests.len().saturating_sub(WARM));
    let (mut ours, mut pages) = (vec![], 0);
    for _ in 0..asked.rounds {
        let server = Server::ours(&data.folder).await?;
        server.settles().await?;
        load::drive(server.at, CLIENTS, asked.seconds, load::each(warm.clone())).await?;
        let round = reads::round(&server, server.at, CLIENTS, asked.seconds, load::each(requests.clone())).await?;
        ours.push(round.cpu_us);
        pages += round.done;
        server.stop().await?;
    }
    notes.push(format!("W6: {pages} pages, none from the cache; half of them with the total that counting gives"));
    let figures = || Figures {
        name: super::PAGE,
        what: "search page, CPU".into(),
        records: asked.public(data),
        unit: "us",
        ours: ours.clone(),
    };
    let bound = Bound::AtLeast { floor: 200.0, goal: Some(500.0) };
    rows.push(figures().under_published("Wagtail's LIKE, 10,000 documents", WAGTAIL_MS * 1e3, bound));
    rows.push(figures().under_published("WordPress, 10,000 documents", WORDPRESS_MS * 1e3, Bound::Unbound));
    if let Some(like) = compared(data, &texts, &questions, &brute.totals)? {
        let like = vec![like * 1e3; ours.len()];
        rows.push(figures().under("LIKE over the same texts in SQLite alone", &like, Bound::Unbound));
    }
    Ok(())
}

fn request(n: usize, word: &str, total: u64) -> Request {
    if n.is_multiple_of(2) {
        let found = format!("找到 {} 条", ui::thousands(total));
        Request::get(&ui::href("/search", &[("q", &format!("“{word}”"))]), Expect::Contains(found.into(), 1))
    } else {
        Request::get(&ui::href("/search", &[("q", word)]), Expect::Contains("找到 ".into(), 1))
    }
}

/// What a reader can read of each page, as one text.
async fn texts(app: &App) -> Result<Vec<String>, Fail> {
    let public = app.store.public();
    let (mut all, mut last) = (vec![], String::new());
    loop {
        use public_page::Column::Id;
        use sea_orm::{ColumnTrait, Order};
        let find = public.find::<public_page::Entity>().filter(Id.gt(&last)).order(Id, Order::Asc);
        let rows = find.limit(500).all().await?;
        let Some(end) = rows.last() else { return Ok(all) };
        last.clone_from(&end.id);
        for row in &rows {
            let body: Vec<Block> = serde_json::from_str(&row.content).map_err(Fail::fault)?;
            let fields = [&row.title, &row.issuer, &row.summary, &row.keywords, &row.author].map(String::as_str);
            let text = format!("{}\n{}", fields.join("\n"), block::plain_text(&body));
            // A search passes over brackets.
            all.push(text.replace(['（', '）', '〔', '〕'], ""));
        }
    }
}

/// Stretches of two to six characters of some texts, each once.
fn drawn(seed: u64, texts: &[String]) -> Vec<Question> {
    let mut dice = Dice::of(seed, u64::MAX - 20);
    let mut all: BTreeSet<String> = BTreeSet::new();
    for _ in 0..QUESTIONS * 20 {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let runs: Vec<&str> = texts[dice.below(texts.len())].split(|c| !is_han(c)).collect();
        let run: Vec<char> = runs[dice.below(runs.len())].chars().collect();
        let n = 2 + dice.below(5);
        if run.len() >= n && all.len() < QUESTIONS {
            let from = dice.below(run.len() - n + 1);
            all.insert(run[from..from + n].iter().collect());
        }
    }
    let mut all: Vec<Question> = all.into_iter().map(|word| vec![word]).collect();
    dice.shuffle(&mut all);
    all
}

/// Milliseconds of processor time that one plain comparison takes; `None` without a Python.
fn compared(data: &Data, texts: &[String], questions: &[Question], totals: &[u64]) -> Result<Option<f64>, Fail> {
    let folder = data.folder.join("like");
    std::fs::create_dir_all(&folder)?;
    let Some(mut sqlite) = Sqlite::start(&folder)? else { return Ok(None) };
    let path = folder.join("corpus.tsv");
    let mut to = std::io::BufWriter::new(std::fs::File::create(&path)?);
    for (n, text) in texts.iter().enumerate() {
        writeln!(to, "{n}\t{}", text.replace('\n', "。"))?;
    }
    to.flush()?;
    sqlite.build("trigram", &path, &folder)?;
    let some = &questions[..LIKE.min(questions.len())];
    let told = sqlite.ask("like", some)?;
    if told.totals != totals[..some.len()] {
        return Err(Fail::fault("a plain comparison finds other totals"));
    }
    Ok(Some(told.cpu.iter().sum::<f64>() / some.len() as f64))
}

/// Row S6: from the COMMIT of an act that changes a page until the index answers with it.
pub async fn published(asked: &Asked, data: &Data, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let app = house::open(&data.config).await?;
    follow::build(&app).await?;
    let ids: Vec<String> = {
        let some = app.store.public().find::<public_page::Entity>().limit(u64::from(TIMES)).all().await?;
        some.into_iter().map(|row| row.id).collect()
    };
    let mut ours = vec![];
    for id in ids.iter().cycle().take(asked.rounds.max(TIMES) as usize) {
        let page = id.clone();
        let work = async move |act: &mut Act| {
            note_change(act, &page).await?;
            act.journal("bench-fill", "floor");
            Ok(())
        };
        app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
        let watch = Stopwatch::start();
        let current = follow::current(&app).await?;
        ours.push(watch.seconds() * 1e3);
        if !current.is_some_and(|(_, is_new)| is_new) {
            return Err(Fail::fault("the index does not follow"));
        }
    }
    let figures = Figures {
        name: "S6",
        what: "from publication to being found".into(),
        records: asked.public(data),
        unit: "ms",
        ours,
    };
    rows.push(figures.alone(Bound::AtMost { floor: 200.0, goal: Some(50.0) }, None));
    Ok(())
}
