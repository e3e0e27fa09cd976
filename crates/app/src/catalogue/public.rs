//! Columns and sections: a description, what is below, a filtered list.

use super::model::{Form, Query, SIZES, TWINS, Turn};
use super::rules::{self, Counts};
use super::shape::{self, Cell, Line, Select, Shape};
use super::{store, twin};
use crate::App;
use crate::edge::{Failure, html};
use crate::floor::{EVERYWHERE, Listed, public_matter};
use crate::portal::Portal;
use crate::record::kind::kind_zh;
use crate::record::public::place;
use crate::ui::{self, Choice, Frame, Html, Link, Pager, Row, Tag, Tone};
use askama::Template;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::{Day, Instant};
use law::Law;
use sea_orm::ColumnTrait;

/// Every column and the list of everything, each with its twins.
pub fn routes() -> Router<App> {
    // Of the release, not of the law in force: slugs never change, and the built-in columns are the addresses.
    let columns = Law::built_in().columns.iter().map(|c| c.path.as_str());
    columns.chain(["records"]).fold(Router::new(), |router, place| with_twins(router, place, get(list)))
}

/// The routes of a list at `place` and of its twins.
pub fn with_twins(router: Router<App>, place: &str, how: axum::routing::MethodRouter<App>) -> Router<App> {
    let endings = std::iter::once("").chain(TWINS.iter().map(|(ending, _)| *ending));
    endings.fold(router, |router, ending| router.route(&format!("/{place}{ending}"), how.clone()))
}

/// What a request for a list asks for.
pub struct Asked {
    /// The page's own path, without the ending of a twin.
    pub path: String,
    /// As the floor names it.
    pub place: String,
    pub form: Form,
    pub query: Query,
    pub pairs: Vec<(String, String)>,
}

impl Asked {
    pub fn of(portal: &Portal) -> Result<Asked, Failure> {
        let (path, form) = rules::split(portal.uri.path());
        let pairs = rules::pairs(portal.uri.query().unwrap_or_default()).map_err(Failure::bad)?;
        let mut query = rules::read(&pairs).map_err(Failure::bad)?;
        query.validity = rules::validity(&pairs, portal.now.day()).map_err(Failure::bad)?;
        let place = if path == "/records" { EVERYWHERE } else { path.trim_start_matches('/') };
        Ok(Asked { path: path.into(), place: place.into(), form, query, pairs })
    }
}

/// A filtered list, ready to stand in a page.
#[derive(Template)]
#[template(path = "catalogue/items.html")]
struct Items<'a> {
    asked: &'a Asked,
    years: Vec<Choice>,
    kinds: Vec<Choice>,
    items: Vec<Listed>,
    today: Day,
    pager: Pager,
    too_far: bool,
    total: u64,
    /// Shown where nothing is listed at all.
    empty: &'a str,
    selects: Vec<Select>,
    /// The heads and rows of a table; without rows the items are plain lines.
    heads: Vec<String>,
    lines: Vec<Line>,
    twins: Vec<Link>,
    /// The same list in pages of each size; the size of this page has no address.
    sizes: Vec<Link>,
}

impl Items<'_> {
    /// Where the conditions are gone; empty where there are none.
    fn clear(&self) -> &str {
        if self.asked.query.is_filtered() { &self.asked.path } else { "" }
    }

    fn rows(&self) -> Vec<Row> {
        self.items.iter().map(|item| row(item, self.today)).collect()
    }
}

/// A line of a list.
pub fn row(item: &Listed, today: Day) -> Row {
    let facts = [item.on_show(today), item.number.clone(), item.issuer.clone()];
    let facts = facts.into_iter().filter(|f| !f.is_empty()).collect();
    Row {
        href: item.path.clone(),
        title: item.title.clone(),
        tag: Some(Tag::new(kind_zh(&item.kind), Tone::Info)),
        facts,
        day: Some(item.first_day()),
    }
}

/// The list as HTML, or its reader led on where there is no such page.
pub async fn items(portal: &Portal, asked: &Asked, empty: &str, register: bool) -> Result<Html, Failure> {
    let (place, query) = (&asked.place, &asked.query);
    let total = match portal.filled.counts.get(place) {
        Some(all) if !query.is_filtered() => u64::try_from(*all).unwrap_or(0),
        _ => store::total(portal, place, query).await?,
    };
    let one = shape::one_kind(portal, asked);
    let (mut items, pager, too_far) = match rules::turn(query.page, query.size, total) {
        Turn::None => return Err(Failure::not_found()),
        Turn::TooFar => (vec![], Pager::default(), true),
        Turn::Page { page, pages } => {
            let items = store::page(portal, place, query, page).await?;
            let state = query.pairs();
            let state: Vec<(&str, &str)> = state.iter().map(|(name, value)| (*name, value.as_str())).collect();
            (items, Pager::numbered(page, pages, total, &asked.path, &state), false)
        }
    };
    if let Some(kind) = one.filter(|_| total <= query.size) {
        shape::put_in_order(kind, &mut items)?;
    }
    let (today, shape) = (portal.now.day(), Shape::of(asked, register, one));
    let list = Items {
        years: years(portal.filled.oldest(place).map(Instant::day), today),
        kinds: kinds(portal.filled.kinds(place)),
        selects: shape::selects(shape, query, one),
        heads: shape.heads(),
        lines: shape::lines(portal, shape, &items).await?,
        items,
        today,
        pager,
        too_far,
        total,
        empty,
        twins: twins(asked),
        sizes: sizes(asked, total),
        asked,
    };
    Ok(Html::rendered(list.render()?))
}

/// From this year back to that of the oldest item.
fn years(oldest: Option<Day>, today: Day) -> Vec<Choice> {
    let first = oldest.map_or(today.year(), Day::year);
    (first..=today.year()).rev().map(|y| Choice::new(y.to_string(), format!("{y}年"))).collect()
}

fn kinds(counted: Vec<(String, i64)>) -> Vec<Choice> {
    counted.into_iter().map(|(kind, _)| Choice::new(kind.clone(), kind_zh(&kind))).collect()
}

fn twins(asked: &Asked) -> Vec<Link> {
    let names = ["CSV", "JSON", "Atom"];
    let pairs = TWINS.iter().zip(names);
    pairs.map(|((ending, _), name)| Link::new(name, asked.query.href(&format!("{}{ending}", asked.path)))).collect()
}

/// Where a list has more than a page.
fn sizes(asked: &Asked, total: u64) -> Vec<Link> {
    let at =
        |size: u64| if size == asked.query.size { String::new() } else { asked.query.sized(size).href(&asked.path) };
    let all = if total > SIZES[0] { &SIZES[..] } else { &[] };
    all.iter().map(|size| Link::new(format!("{size} 条"), at(*size))).collect()
}

/// Tells programs of the twins.
pub fn with_alternates(law: &Law, frame: Frame, asked: &Asked) -> Frame {
    let title = place::name(law, &asked.place);
    let kinds = ["text/csv", "application/json", "application/atom+xml"];
    let links = twins(asked).into_iter().zip(kinds);
    links.fold(frame, |frame, (link, kind)| frame.alternate(kind, link.href, format!("{title}（{}）", link.label)))
}

#[derive(Template)]
#[template(path = "catalogue/list.html")]
struct Page {
    frame: Frame,
    lead: String,
    /// Why a reader who asked for an empty column is here.
    gap: String,
    /// The columns below that have something, with their counts.
    below: Vec<(Link, i64)>,
    list: Html,
}

async fn list(portal: Portal, origin: super::origin::Origin) -> Result<Response, Failure> {
    let asked = Asked::of(&portal)?;
    if asked.form != Form::Page {
        return twin::answer(&portal, &asked, &origin.0).await;
    }
    if asked.place == EVERYWHERE && !asked.query.q.is_empty() {
        return Ok(to_search(&asked));
    }
    let counts = &portal.filled.counts;
    if asked.place != EVERYWHERE && !counts.contains_key(&asked.place) {
        return Ok(lead_away(portal.law, &asked, counts));
    }
    let list = items(&portal, &asked, "还没有公开的信息。", false).await?;
    let mut below = below(portal.law, &asked.place, counts);
    below.extend(cases(&portal, &asked.place).await?);
    let gap = rules::empty_column(portal.law, &asked.pairs, counts);
    html(&Page { frame: frame(&portal, &asked), lead: lead(portal.law, &asked.place), gap, below, list })
}

/// Words for the whole of what is public are asked of the search: it knows the texts too. Twins keep the titles.
fn to_search(asked: &Asked) -> Response {
    let known = ["q", "kind", "year", "validity"];
    let pairs: Vec<_> = asked.query.pairs().into_iter().filter(|(name, _)| known.contains(name)).collect();
    let to = ui::href("/search", &pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>());
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}

/// A column with nothing in it: in no menu, and its address leads to what stands above (not for ever: it may fill).
fn lead_away(law: &Law, asked: &Asked, counts: &Counts) -> Response {
    let to = ui::href(&rules::refuge(law, &asked.place, counts), &[("from", &asked.path)]);
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}

fn lead(law: &Law, place: &str) -> String {
    let column = law.column(place).map(|c| c.description.clone());
    column.unwrap_or_else(|| "本平台公开的全部信息，新公开的在前。".into())
}

fn below(law: &Law, place: &str, counts: &Counts) -> Vec<(Link, i64)> {
    let Some(column) = law.column(place) else { return vec![] };
    let filled = law.children(column).filter_map(|c| Some((c, *counts.get(&c.path)?)));
    filled.map(|(c, n)| (Link::new(&c.name, format!("/{}", c.path)), n)).collect()
}

/// The cases of decisions, where there are any: they stand beside the records of their column.
async fn cases(portal: &Portal, place: &str) -> Result<Option<(Link, i64)>, Failure> {
    if place != "decisions" {
        return Ok(None);
    }
    let find = portal.public.find::<public_matter::Entity>();
    let n = find.filter(public_matter::Column::Body.eq(&portal.body.id)).count().await?;
    Ok((n > 0).then(|| (Link::new("重大行政决策案卷", "/decisions/cases"), n)))
}

/// With site and column tags (国办发〔2017〕47号 附件).
fn frame(portal: &Portal, asked: &Asked) -> Frame {
    let law = portal.law;
    let mut steps = place::steps(law, &asked.place);
    let title = steps.pop().map_or_else(|| place::name(law, &asked.place), |s| s.label);
    let here = asked.path.split('/').nth(1).map(|section| format!("/{section}")).unwrap_or_default();
    let pairs: Vec<(&str, &str)> = steps.iter().map(|s| (s.label.as_str(), s.href.as_str())).collect();
    let mut frame = portal.frame(&title).under(&here, &pairs);
    let page = if asked.query.page > 1 { asked.query.page.to_string() } else { String::new() };
    let state = asked.query.href(&asked.path);
    frame.path = if page.is_empty() { state } else { with_page(&state, &page) };
    let (name, kind) = place::tags(law, &asked.place);
    let keywords = law.column(&asked.place).map(|c| c.keywords.join("，")).unwrap_or_default();
    let frame = frame.meta("ColumnName", name).meta("ColumnType", kind);
    let frame = frame.meta("ColumnDescription", lead(law, &asked.place)).meta("ColumnKeywords", keywords);
    with_alternates(law, frame, asked)
}

fn with_page(state: &str, page: &str) -> String {
    let joint = if state.contains('?') { '&' } else { '?' };
    format!("{state}{joint}page={page}")
}
