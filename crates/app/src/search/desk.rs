//! The administrator's side: why hits stand where they stand, the list of synonyms, building the index again.

use super::answer::{Answer, Question};
use super::model::Asked;
use super::why::Why;
use super::words::Synonyms;
use super::{follow, store};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::store as accounts;
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::ui::{DeskFrame, Fact, Row};
use ::store::Act;
use askama::Template;
use axum::response::Response;
use kernel::{Instant, Refusal};
use std::collections::HashMap;

const WHO: Who = Who::Duty(&[Duty::Administration]);
const HERE: &str = "/desk/search";
const NOTE_MAX: usize = 200;
/// Bytes of a list of synonyms.
const TEXT_MAX: usize = 200_000;
/// Faults that are told at once.
const TOLD: usize = 5;
/// Versions that the page lists.
const SHOWN: u64 = 20;
/// Hits that are explained.
const EXPLAINED: u64 = 10;

pub fn routes() -> Vec<Route> {
    vec![
        get(HERE, WHO, explain),
        post("/desk/search/rebuild", WHO, rebuild),
        get("/desk/search/synonyms", WHO, synonyms),
        post("/desk/search/synonyms", WHO, save),
    ]
}

/// A hit and its score in words.
struct Explained {
    href: String,
    title: String,
    score: String,
    parts: Vec<String>,
}

impl Explained {
    fn of(href: &str, title: &str, score: f32, why: &Why) -> Explained {
        let words: f32 = why.parts.iter().map(|(_, score)| score).sum();
        let validity = if why.validity.0.zh().is_empty() { "没有有效期" } else { why.validity.0.zh() };
        let mut parts: Vec<String> =
            why.parts.iter().map(|(part, score)| format!("{} {score:.2}", part.zh())).collect();
        parts.push(format!("合计 {words:.2}"));
        parts.push(format!("有效性（{validity}）×{:.2}", why.validity.1));
        parts.push(format!("种类 ×{:.2}", why.kind));
        parts.push(format!("新旧 ×{:.2}", why.age));
        Explained { href: href.into(), title: title.into(), score: format!("{score:.2}"), parts }
    }
}

#[derive(Template)]
#[template(path = "search/explain.html")]
struct Explain {
    frame: DeskFrame,
    q: String,
    total: u64,
    loose: bool,
    words: Vec<String>,
    hits: Vec<Explained>,
    state: Vec<Fact>,
    building: bool,
}

async fn explain(desk: Desk) -> Result<Response, Failure> {
    let asked = Asked { q: desk.asked("q").trim().to_owned(), page: 1, ..Asked::default() };
    let public = desk.app.store.public();
    let question = Question {
        app: &desk.app,
        public: &public,
        body: &desk.body.id,
        asked: &asked,
        window: (EXPLAINED, 0),
        now: desk.now,
    };
    let answer = match asked.q.as_str() {
        "" => Answer::default(),
        _ => question.answer().await?.unwrap_or_default(),
    };
    let why = question.why(&answer.plan, &answer.items).await?;
    let hits = answer.items.iter().zip(&why);
    html(&Explain {
        frame: desk.frame("检索说明", HERE),
        q: asked.q.clone(),
        total: answer.found.total,
        loose: answer.loose,
        words: answer.plan.groups.iter().map(told).collect(),
        hits: hits.map(|(i, why)| Explained::of(&i.item.path, &i.item.title, i.hit.score, why)).collect(),
        state: state(&desk).await?,
        building: desk.app.search.is_building(),
    })
}

/// A word of the query: what stands for it, and whether it must be found.
fn told(group: &super::plan::Group) -> String {
    let others: Vec<&str> = group.others.iter().map(|(word, _)| word.as_str()).collect();
    let others = if others.is_empty() { String::new() } else { format!("（也找：{}）", others.join("、")) };
    let optional = if group.optional { "（可有可无）" } else { "" };
    format!("{}{others}{optional}", group.word)
}

async fn state(desk: &Desk) -> Result<Vec<Fact>, Failure> {
    let pages = match follow::current(&desk.app).await? {
        Some((live, true)) => format!("{} 页，与公开页面一致", live.len()),
        Some((live, false)) => format!("{} 页，正在跟上最新的改动", live.len()),
        None => "正在建立".to_owned(),
    };
    let synonyms = desk.app.search.synonyms(&desk.body.id).len();
    Ok(vec![Fact::text("检索索引", pages), Fact::text("有同义词的词", format!("{synonyms} 个"))])
}

/// The old index answers until the new one is whole.
async fn rebuild(desk: Desk) -> Result<Response, Failure> {
    let work = async move |act: &mut Act| {
        act.journal("rebuild-search", "search");
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let app = desk.app.clone();
    tokio::spawn(async move {
        if let Err(e) = super::build(&app).await {
            tracing::error!("the search index could not be built: {e}");
        }
    });
    Ok(see("/desk/search?said=search-building"))
}

#[derive(Template)]
#[template(path = "search/synonyms.html")]
struct Page {
    frame: DeskFrame,
    text: String,
    note: String,
    history: Vec<Row>,
}

async fn synonyms(desk: Desk) -> Result<Response, Failure> {
    let text = store::list(desk.read(), &desk.body.id).await?;
    show(&desk, text, "", vec![]).await
}

async fn show(desk: &Desk, text: String, note: &str, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let rows = store::lists(desk.read(), &desk.body.id, SHOWN).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.made_by.clone()).collect();
    let names: HashMap<String, String> = accounts::names(desk.read(), &ids).await?.into_iter().collect();
    let row = |row: &super::table::search_synonyms::Model| Row {
        href: String::new(),
        title: row.note.clone(),
        tag: None,
        facts: vec![names.get(&row.made_by).cloned().unwrap_or_default()],
        day: Some(Instant(row.made_at).day()),
    };
    let (status, frame) = desk.form("同义词", "/desk/search/synonyms", errors);
    html_as(status, &Page { frame, text, note: note.into(), history: rows.iter().map(row).collect() })
}

async fn save(desk: Desk, posted: Posted) -> Result<Response, Failure> {
    let (text, note) = (posted.text("text").replace("\r\n", "\n"), posted.get("note").trim().to_owned());
    let mut why = faults(&text);
    if note.is_empty() || note.chars().count() > NOTE_MAX {
        why.push(Refusal::new("note", format!("请写一句为什么改，最多 {NOTE_MAX} 字。")).at("note"));
    }
    if why.is_empty() && text == store::list(desk.read(), &desk.body.id).await? {
        why.push(Refusal::new("same", "和现在的一样，没有要改的。").at("text"));
    }
    if !why.is_empty() {
        return show(&desk, text, &note, why).await;
    }
    let (body, staff) = (desk.body.id.clone(), desk.me.id.clone());
    let work = async move |act: &mut Act| store::add_list(act, &body, &staff, &text, &note).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    desk.app.search.reload_words(&desk.app).await?;
    Ok(see("/desk/search/synonyms?said=synonyms-set"))
}

fn faults(text: &str) -> Vec<Refusal> {
    if text.len() > TEXT_MAX {
        return vec![Refusal::new("long", "同义词表太长，最多约 6 万字。").at("text")];
    }
    let wrong = Synonyms::read(text).err().unwrap_or_default();
    let told = |(n, why): &(usize, &str)| Refusal::new("line", format!("第 {n} 行：{why}。")).at("text");
    wrong.iter().take(TOLD).map(told).collect()
}
