//! The search page, its feed, and the same for programs.

use super::answer::{Answer, Item, Question};
use super::hits::{Facets, Sort, Tally};
use super::index::Mode;
use super::model::{Asked, PAGES_MAX, PER_PAGE};
use super::plan::QUERY_MAX;
use super::snippet::Bit;
use crate::App;
use crate::cache::FreshUntil;
use crate::catalogue::origin::Origin;
use crate::catalogue::rules::FEED;
use crate::catalogue::twin;
use crate::edge::{Failure, html};
use crate::floor::Validity;
use crate::portal::Portal;
use crate::record::kind::kind_zh;
use crate::ui::{self, Choice, Frame, Link, Pager, Tag, Tone};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::Day;
use serde::Serialize;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/search", get(page))
        .route("/search/suggest", get(super::suggest::page))
        .route("/search.atom", get(atom))
}

/// For programs, without a token.
pub fn api() -> Router<App> {
    Router::new().route("/api/v1/search", get(json))
}

/// What a hit shows on the page.
struct Line {
    href: String,
    title: Vec<Bit>,
    snippet: Vec<Bit>,
    /// The file, and its page, in which the snippet stands.
    place: Option<Link>,
    tags: Vec<Tag>,
    facts: Vec<String>,
    day: Day,
}

impl Line {
    fn of(item: &Item, today: Day) -> Line {
        let it = &item.item;
        let validity = it.validity(today);
        let tone = if validity.holds() { Tone::Done } else { Tone::Near };
        let stated = (validity != Validity::Unstated).then(|| Tag::new(validity.zh(), tone));
        let facts = [&it.number, &it.issuer].into_iter().filter(|f| !f.is_empty()).cloned().collect();
        Line {
            href: it.path.clone(),
            title: item.title.clone(),
            snippet: item.place.as_ref().map_or(&item.snippet, |place| &place.snippet).clone(),
            place: item.place.as_ref().map(|place| Link::new(place.zh(), place.href())),
            tags: std::iter::once(Tag::new(kind_zh(&it.kind), Tone::Info)).chain(stated).collect(),
            facts,
            day: it.published().day(),
        }
    }
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct Page {
    frame: Frame,
    asked: Asked,
    /// Nothing was asked yet.
    blank: bool,
    /// The query was longer than is read.
    cut: bool,
    loose: bool,
    total: u64,
    lines: Vec<Line>,
    selects: Vec<(&'static str, &'static str, String, Vec<Choice>)>,
    pager: Pager,
    meant: Option<Link>,
    others: Vec<Link>,
    /// Without the choices; empty where there are none.
    clear: String,
    feed: String,
    apply: String,
    suggest: String,
}

async fn page(portal: Portal) -> Result<Response, Failure> {
    let asked = Asked::read(portal.uri.query().unwrap_or_default()).map_err(Failure::bad)?;
    if asked.page > PAGES_MAX {
        return Err(Failure::bad("只能翻到前 50 页。请加上词，或者用种类、年份缩小范围。"));
    }
    if asked.q.is_empty() {
        return html(&Page::blank(frame(&portal, &asked), asked));
    }
    let answer = ask(&portal, &asked, (PER_PAGE, (asked.page - 1) * PER_PAGE)).await?;
    if !answer.record.is_empty() {
        let to = crate::record::public::place::encoded(&answer.record);
        return Ok((StatusCode::FOUND, [(header::LOCATION, to)]).into_response());
    }
    let pages = answer.found.total.div_ceil(PER_PAGE).clamp(1, PAGES_MAX);
    if asked.page > pages {
        return Err(Failure::not_found());
    }
    let fresh = answer.fresh && answer.found.total > 0;
    if answer.found.total == 0 && !asked.is_filtered() {
        portal.app.search.counts.note(&portal.body.id, portal.now.day(), &answer.plan);
    }
    let mut response = html(&Page::of(&portal, asked, answer, pages))?;
    if !fresh {
        response.extensions_mut().insert(FreshUntil(portal.now));
    }
    Ok(response)
}

async fn ask(portal: &Portal, asked: &Asked, window: (u64, u64)) -> Result<Answer, Failure> {
    let (app, public, body) = (&portal.app, &portal.public, portal.body.id.as_str());
    let answer = Question { app, public, body, asked, window, now: portal.now }.answer().await?;
    let wait = "检索正在准备，一两分钟后再试。信息都在，也可以从栏目进入。";
    answer.ok_or_else(|| Failure::new(StatusCode::SERVICE_UNAVAILABLE, wait))
}

fn frame(portal: &Portal, asked: &Asked) -> Frame {
    let title = if asked.q.is_empty() { "检索".to_owned() } else { format!("检索：{}", short(&asked.q)) };
    let mut frame = portal.frame(title).under("", &[]);
    frame.noindex = true;
    if !asked.q.is_empty() {
        frame = frame.alternate("application/atom+xml", asked.href("/search.atom"), "检索结果（Atom）");
    }
    frame
}

fn short(q: &str) -> String {
    let some: String = q.chars().take(20).collect();
    if q.chars().count() > 20 { format!("{some}…") } else { some }
}

impl Page {
    fn blank(frame: Frame, asked: Asked) -> Page {
        Page {
            frame,
            asked,
            blank: true,
            cut: false,
            loose: false,
            total: 0,
            lines: vec![],
            selects: vec![],
            pager: Pager::default(),
            meant: None,
            others: vec![],
            clear: String::new(),
            feed: String::new(),
            apply: String::new(),
            suggest: String::new(),
        }
    }

    fn of(portal: &Portal, mut asked: Asked, answer: Answer, pages: u64) -> Page {
        let Answer { plan, found, items, loose, meant, .. } = answer;
        if plan.cut {
            asked.q.clone_from(&plan.asked);
        }
        let at = |q: &str| Link::new(q, asked.plain(q).href("/search"));
        let state = asked.pairs();
        let state: Vec<(&str, &str)> = state.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let others = if found.total == 0 { portal.app.search.other_words(&plan) } else { vec![] };
        Page {
            frame: frame(portal, &asked),
            blank: false,
            cut: plan.cut,
            loose,
            total: found.total,
            lines: items.iter().map(|item| Line::of(item, portal.now.day())).collect(),
            selects: selects(&asked, &found.facets),
            pager: Pager::numbered(asked.page, pages, found.total, "/search", &state),
            meant: (!meant.is_empty()).then(|| at(&meant)),
            others: others.iter().map(|word| at(word)).collect(),
            clear: if asked.is_filtered() { asked.plain(&asked.q).href("/search") } else { String::new() },
            feed: asked.href("/search.atom"),
            apply: ui::href("/disclosure/apply/form", &[("wanted", &asked.q)]),
            suggest: ui::href("/search/suggest", &[("q", &asked.q)]),
            asked,
        }
    }
}

/// The facets as choices with their counts. One that offers nothing to choose is left out.
fn selects(asked: &Asked, facets: &Facets) -> Vec<(&'static str, &'static str, String, Vec<Choice>)> {
    let f = &asked.filters;
    fn choices<K: Ord + Clone>(all: &Tally<K>, word: impl Fn(&K) -> (String, String)) -> Vec<Choice> {
        let choice = |(value, n): (&K, &u64)| {
            let (word, zh) = word(value);
            Choice::new(word, format!("{zh}（{}）", ui::thousands(*n)))
        };
        let mut all: Vec<(&K, &u64)> = all.iter().collect();
        all.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        all.into_iter().map(choice).collect()
    }
    let mut years = choices(&facets.year, |y| (y.to_string(), format!("{y}年")));
    years.sort_by(|a, b| b.value.cmp(&a.value));
    let validity = |word: &&str| ((*word).to_owned(), Validity::parse(word).map_or("", Validity::zh).to_owned());
    let all = [
        ("kind", "种类", f.kind.clone(), choices(&facets.kind, |k| (k.clone(), kind_zh(k).into()))),
        ("year", "公开年份", f.year.map(|y| y.to_string()).unwrap_or_default(), years),
        ("section", "科室", f.section.clone(), choices(&facets.section, |s| (s.clone(), s.clone()))),
        ("validity", "有效性", f.validity.map_or("", Validity::word).into(), choices(&facets.validity, validity)),
        (
            "mode",
            "公开方式",
            f.mode.map_or("", Mode::word).into(),
            choices(&facets.mode, |m| (m.word().into(), m.zh().into())),
        ),
    ];
    all.into_iter().filter(|(.., value, choices)| choices.len() > 1 || !value.is_empty()).collect()
}

/// A saved search as a feed: the newest first, whatever the page's order.
async fn atom(portal: Portal, Origin(origin): Origin) -> Result<Response, Failure> {
    let mut asked = Asked::read(portal.uri.query().unwrap_or_default()).map_err(Failure::bad)?;
    if asked.q.is_empty() {
        return Err(Failure::bad("订阅检索结果要写明检索词，如 /search.atom?q=检疫。"));
    }
    (asked.sort, asked.page) = (Sort::Newest, 1);
    let answer = ask(&portal, &asked, (FEED, 0)).await?;
    let fresh = answer.fresh;
    let items = answer.items.into_iter().filter(|_| !answer.loose).map(|item| item.item).collect();
    let name = format!("检索：{}", short(&asked.q));
    let here = (asked.href("/search.atom"), asked.href("/search"));
    let mut response = twin::feed(&portal, &origin, &name, here, items).await?;
    if !fresh {
        response.extensions_mut().insert(FreshUntil(portal.now));
    }
    Ok(response)
}

/// A hit for programs: what a line of a list has, and the sentence that holds the words.
#[derive(Serialize)]
struct Hit<'a> {
    #[serde(flatten)]
    brief: twin::Brief<'a>,
    snippet: String,
    /// The file in which the snippet stands, or null.
    attachment: Option<Attachment<'a>>,
}

#[derive(Serialize)]
struct Attachment<'a> {
    name: &'a str,
    /// From 1; null where the format has no pages.
    page: Option<i64>,
    url: String,
}

#[derive(Serialize)]
struct Count {
    value: String,
    name: String,
    count: u64,
}

/// Stable: keys are only added.
#[derive(Serialize)]
struct Told<'a> {
    query: &'a str,
    /// All words were found; else only some of them.
    exact: bool,
    /// The words that were looked for, and what stood for them.
    words: Vec<String>,
    /// What may have been meant, or null.
    meant: Option<&'a str>,
    /// The record that bears the number that was asked for, or null.
    record: Option<String>,
    total: u64,
    items: Vec<Hit<'a>>,
    facets: serde_json::Value,
    next: Option<String>,
}

/// `GET /api/v1/search?q=&kind=&year=&section=&validity=&mode=&sort=&page=`.
async fn json(portal: Portal) -> Result<Response, Failure> {
    let asked = Asked::read(portal.uri.query().unwrap_or_default()).map_err(Failure::bad)?;
    if asked.q.is_empty() {
        return Err(Failure::bad("q 写检索词，如 ?q=检疫。"));
    }
    if asked.q.chars().count() > QUERY_MAX || asked.page > PAGES_MAX {
        return Err(Failure::bad("q 最多 200 字，page 最多 50。"));
    }
    let answer = ask(&portal, &asked, (PER_PAGE, (asked.page - 1) * PER_PAGE)).await?;
    let text = serde_json::to_string_pretty(&told(&portal, &asked, &answer)?).map_err(|e| Error::Fault(e.into()))?;
    let mut response = ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response();
    if !answer.fresh || answer.found.total == 0 {
        response.extensions_mut().insert(FreshUntil(portal.now));
    }
    Ok(response)
}

fn told<'a>(portal: &Portal, asked: &'a Asked, answer: &'a Answer) -> Result<Told<'a>, Error> {
    let (base, today) = (&portal.shell.site.base_url, portal.now.day());
    let hit = |item: &'a Item| {
        let bits = item.place.as_ref().map_or(&item.snippet, |place| &place.snippet);
        let snippet = bits.iter().map(|bit| bit.text.as_str()).collect();
        let attachment = item.place.as_ref().map(|place| Attachment {
            name: &place.name,
            page: Some(place.n).filter(|n| *n > 0),
            url: format!("{base}{}", place.href()),
        });
        Ok(Hit { brief: twin::Brief::of(&item.item, base, today)?, snippet, attachment })
    };
    let more = answer.found.total > asked.page * PER_PAGE && asked.page < PAGES_MAX;
    let next = || {
        let (mut pairs, page) = (asked.pairs(), (asked.page + 1).to_string());
        pairs.push(("page", page));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("{base}{}", ui::href("/api/v1/search", &pairs))
    };
    Ok(Told {
        query: &asked.q,
        exact: !answer.loose,
        words: answer.plan.needles(),
        meant: Some(answer.meant.as_str()).filter(|m| !m.is_empty()),
        record: Some(&answer.record).filter(|r| !r.is_empty()).map(|path| format!("{base}{path}")),
        total: answer.found.total,
        items: answer.items.iter().map(hit).collect::<Result<_, Error>>()?,
        facets: facets(&answer.found.facets)?,
        next: more.then(next),
    })
}

fn facets(all: &Facets) -> Result<serde_json::Value, Error> {
    fn counts<K>(all: &Tally<K>, word: impl Fn(&K) -> (String, String)) -> Vec<Count> {
        let count = |(value, count): (&K, &u64)| {
            let (value, name) = word(value);
            Count { value, name, count: *count }
        };
        all.iter().map(count).collect()
    }
    let validity = |word: &&str| ((*word).to_owned(), Validity::parse(word).map_or("", Validity::zh).to_owned());
    Ok(serde_json::json!({
        "kind": counts(&all.kind, |k| (k.clone(), kind_zh(k).into())),
        "year": counts(&all.year, |y| (y.to_string(), format!("{y}年"))),
        "section": counts(&all.section, |s| (s.clone(), s.clone())),
        "validity": counts(&all.validity, validity),
        "mode": counts(&all.mode, |m| (m.word().into(), m.zh().into())),
    }))
}
