//! Lists for programs: CSV, JSON, Atom, and the API.

use super::model::{Form, Query};
use super::public::Asked;
use super::rules::{self, CSV_MAX, FEED, JSON_MAX};
use super::shape::one_kind;
use super::store;
use crate::App;
use crate::edge::Failure;
use crate::floor::{EVERYWHERE, Listed};
use crate::portal::Portal;
use crate::record::field::Data;
use crate::record::kind::{Kind, kind_zh};
use crate::record::public::data;
use crate::record::public::place;
use crate::record::typed;
use crate::ui;
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::{Day, Instant};
use serde::Serialize;

/// For programs, without a token.
pub fn api() -> Router<App> {
    Router::new().route("/api/v1", get(index)).route("/api/v1/records", get(records))
}

/// Where programs find what.
async fn index() -> axum::Json<serde_json::Value> {
    axum::Json(serde_json::json!({
        "openapi": "/api/v1/openapi.json",
        "records": "/api/v1/records?place=&year=&kind=&q=&limit=&before=",
        "record": "/api/v1/records/{org}/{number}",
        "search": "/api/v1/search?q=&kind=&year=&section=&validity=&mode=&sort=&page=",
        "due": "/api/v1/due?clause=&from=",
        "kinds": "/api/v1/kinds",
        "calendar": "/api/v1/calendar/{year}",
        "drafts": "/api/v1/drafts (POST, bearer token)",
    }))
}

/// The list in the form that was asked for.
pub async fn answer(portal: &Portal, asked: &Asked, origin: &str) -> Result<Response, Failure> {
    match asked.form {
        Form::Csv => csv(portal, asked).await,
        Form::Atom => atom(portal, asked, origin).await,
        Form::Json | Form::Page => json(portal, &asked.place, &asked.query, (None, JSON_MAX)).await,
    }
}

const HEADS: [&str; 15] = [
    "索引号",
    "标题",
    "种类",
    "文号",
    "发布机构",
    "责任科室",
    "成文日期",
    "公开时间",
    "原公开日期",
    "施行日期",
    "有效期至",
    "有效性",
    "版本",
    "内容概述",
    "网址",
];

async fn csv(portal: &Portal, asked: &Asked) -> Result<Response, Failure> {
    let items = store::listed(&portal.public, &portal.body.id, &asked.place, &asked.query, (CSV_MAX, 0)).await?;
    let text = table(one_kind(portal, asked), &items, &portal.shell.site.base_url, portal.now.day())?;
    let name = format!("attachment; filename=\"{}.csv\"", asked.path.trim_start_matches('/').replace('/', "-"));
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".into()), (header::CONTENT_DISPOSITION, name)], text)
        .into_response())
}

/// RFC 4180, with the mark by which spreadsheets know UTF-8. Where all are of one kind, its fields stand last.
fn table(kind: Option<&'static Kind>, items: &[Listed], base: &str, today: Day) -> Result<Vec<u8>, Error> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let fault = |e: csv::Error| Error::Fault(e.into());
    let own = kind.into_iter().flat_map(typed::heads);
    out.write_record(HEADS.into_iter().map(str::to_owned).chain(own)).map_err(fault)?;
    for item in items {
        let cells = [
            &item.index_no,
            &item.title,
            kind_zh(&item.kind),
            &item.number,
            &item.issuer,
            &item.section,
            &item.issued,
            &item.published().to_string(),
            item.first_public.as_deref().unwrap_or_default(),
            &item.effective,
            &item.expires,
            item.validity(today).zh(),
            &item.version.to_string(),
            &item.summary,
            &format!("{base}{}", item.path),
        ];
        let data = data(&item.data)?;
        let own: Vec<String> = kind.map(|kind| typed::cells(kind, &data).collect()).unwrap_or_default();
        let own = own.iter().map(|cell| rules::cell(cell));
        out.write_record(cells.map(rules::cell).into_iter().chain(own)).map_err(fault)?;
    }
    out.into_inner().map_err(|e| Error::fault(e.to_string()))
}

/// A line of a list as programs read it. Stable: keys are only added; they mean what those of the record's own JSON
/// mean (`record::public::twin::Full`).
#[derive(Serialize)]
pub struct Brief<'a> {
    index_no: &'a str,
    url: String,
    title: &'a str,
    kind: &'a str,
    kind_name: &'a str,
    number: &'a str,
    issuer: &'a str,
    section: &'a str,
    issued: &'a str,
    effective: &'a str,
    expires: &'a str,
    validity: &'a str,
    /// The last day of a 公示, or empty.
    shown_until: &'a str,
    published_at: String,
    /// The day on which an old page was first public on a former site.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_public: Option<&'a str>,
    version: i64,
    summary: &'a str,
    data: Data,
}

impl<'a> Brief<'a> {
    pub fn of(item: &'a Listed, base: &str, today: Day) -> Result<Brief<'a>, Error> {
        Ok(Brief {
            index_no: &item.index_no,
            url: format!("{base}{}", item.path),
            title: &item.title,
            kind: &item.kind,
            kind_name: kind_zh(&item.kind),
            number: &item.number,
            issuer: &item.issuer,
            section: &item.section,
            issued: &item.issued,
            effective: &item.effective,
            expires: &item.expires,
            validity: item.validity(today).zh(),
            shown_until: &item.shown_until,
            published_at: item.published().rfc3339(),
            first_public: item.first_public.as_deref(),
            version: item.version,
            summary: &item.summary,
            data: data(&item.data)?,
        })
    }
}

/// A stretch of a list, newest first. `next` is the address of what follows, or null.
#[derive(Serialize)]
struct Stretch<'a> {
    place: &'a str,
    name: String,
    /// All that match, not only those here.
    total: u64,
    items: Vec<Brief<'a>>,
    next: Option<String>,
}

type Walk = (Option<(i64, String)>, u64);

async fn json(portal: &Portal, place: &str, query: &Query, (from, limit): Walk) -> Result<Response, Failure> {
    let (public, body) = (&portal.public, &portal.body.id);
    let total = store::total(portal, place, query).await?;
    // One more than is shown tells whether anything follows.
    let mut items = store::after(public, body, place, query, (from, limit + 1)).await?;
    let is_more = items.len() as u64 > limit;
    items.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let base = &portal.shell.site.base_url;
    let next = items.last().filter(|_| is_more).map(|last| format!("{base}{}", next(place, query, last, limit)));
    let briefs = items.iter().map(|item| Brief::of(item, base, portal.now.day()));
    let items = briefs.collect::<Result<_, _>>()?;
    let stretch = Stretch { place, name: place::name(portal.law, place), total, items, next };
    let text = serde_json::to_string_pretty(&stretch).map_err(|e| Error::Fault(e.into()))?;
    Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}

fn next(place: &str, query: &Query, last: &Listed, limit: u64) -> String {
    let before = rules::cursor(last.first_at, &last.path);
    let (pairs, limit) = (query.pairs(), limit.to_string());
    let state = pairs.iter().filter(|(name, _)| *name != "size").map(|(name, value)| (*name, value.as_str()));
    let rest = [("limit", limit.as_str()), ("before", before.as_str())];
    let all: Vec<(&str, &str)> = std::iter::once(("place", place)).chain(state).chain(rest).collect();
    ui::href("/api/v1/records", &all)
}

/// `GET /api/v1/records?place=&year=&kind=&q=&limit=&before=`.
async fn records(portal: Portal) -> Result<Response, Failure> {
    let pairs = rules::pairs(portal.uri.query().unwrap_or_default()).map_err(Failure::bad)?;
    let mut query = rules::read(&pairs).map_err(Failure::bad)?;
    query.validity = rules::validity(&pairs, portal.now.day()).map_err(Failure::bad)?;
    let place = match rules::value(&pairs, "place").trim_matches('/') {
        "" => EVERYWHERE,
        place => place,
    };
    if !place::is_known(portal.law, place) {
        return Err(Failure::bad("没有这个栏目。place 写栏目的路径，如 results/policies。"));
    }
    let from = rules::read_cursor(rules::value(&pairs, "before")).map_err(Failure::bad)?;
    let limit = rules::read_limit(rules::value(&pairs, "limit")).map_err(Failure::bad)?;
    json(&portal, place, &query, (from, limit)).await
}

pub struct Entry {
    id: String,
    item: Listed,
    changed: Instant,
}

#[derive(Template)]
#[template(path = "catalogue/feed.xml")]
struct Feed<'a> {
    id: String,
    title: String,
    updated: Instant,
    origin: &'a str,
    here: String,
    page: String,
    author: &'a str,
    today: Day,
    entries: Vec<Entry>,
}

async fn atom(portal: &Portal, asked: &Asked, origin: &str) -> Result<Response, Failure> {
    let items = store::listed(&portal.public, &portal.body.id, &asked.place, &asked.query, (FEED, 0)).await?;
    let page = asked.query.href(&asked.path);
    let here = asked.query.href(&format!("{}.atom", asked.path));
    feed(portal, origin, &place::name(portal.law, &asked.place), (here, page), items).await
}

/// Some items as a feed: its name, its own address and that of the page it is of.
pub async fn feed(
    portal: &Portal,
    origin: &str,
    name: &str,
    (here, page): (String, String),
    items: Vec<Listed>,
) -> Result<Response, Failure> {
    let changed = store::changed(&portal.public, &items).await?;
    let site = &portal.shell.site;
    let authority = if site.domain.is_empty() { "localhost" } else { site.domain.as_str() };
    let tag = |path: &str| tag(authority, path);
    let entry = |item: Listed| Entry {
        id: tag(&item.path),
        changed: changed.get(&item.path).copied().unwrap_or(item.published()),
        item,
    };
    let entries: Vec<Entry> = items.into_iter().map(entry).collect();
    // An empty feed still has to say when: the day on which it was asked for.
    let updated = entries.iter().map(|e| e.changed).max().unwrap_or(portal.now.day().start());
    let title = format!("{name} - {}", site.name);
    let (author, today) = (site.name.as_str(), portal.now.day());
    let feed = Feed { id: tag(&page), title, updated, origin, here, page, author, today, entries };
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.render()?).into_response())
}

/// A name that stays the same whatever the address becomes (RFC 4151).
fn tag(authority: &str, path: &str) -> String {
    format!("tag:{authority},2026:{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(title: &str) -> Listed {
        Listed {
            published_at: Instant::parse("2017-05-26 10:00").expect("a time").0,
            path: "/records/zz/2017-00001".into(),
            kind: "plan".into(),
            title: title.into(),
            number: String::new(),
            index_no: "zz/2017-00001".into(),
            issuer: "局".into(),
            section: "局办公室".into(),
            issued: "2017-05-26".into(),
            effective: "2017-06-01".into(),
            expires: "2017-12-31".into(),
            version: 1,
            summary: "一\n二".into(),
            data: String::new(),
            ending: String::new(),
            ended: String::new(),
            shown_until: String::new(),
            first_public: None,
            first_at: Instant::parse("2017-05-26 10:00").expect("a time").0,
        }
    }

    #[test]
    fn a_table_is_quoted_marked_and_harmless() {
        let today = Day::new(2026, 11, 23).expect("a day");
        let text =
            |items: &[Listed]| String::from_utf8(table(None, items, "", today).expect("a table")).expect("UTF-8");
        let head = text(&[]);
        assert!(head.starts_with("\u{feff}索引号,标题,") && head.ends_with("网址\r\n") && head.lines().count() == 1);
        let row = text(&[item("=HYPERLINK(\"x\"),甲")]);
        assert!(row.contains("\r\nzz/2017-00001,\"'=HYPERLINK(\"\"x\"\"),甲\",方案计划,,局,"), "{row}");
        assert!(
            row.contains(",2017-05-26 10:00,,2017-06-01,2017-12-31,已过有效期,1,\"一\n二\",/records/zz/2017-00001\r\n")
        );
    }

    #[test]
    fn what_follows_keeps_the_filters() {
        let query = Query { year: Some(2017), q: "公 开".into(), ..Query::default() };
        let wanted = "/api/v1/records?place=results%2Fpolicies&year=2017&q=%E5%85%AC%20%E5%BC%80&limit=5\
            &before=1495764000000.zz%2F2017-00001";
        assert_eq!(next("results/policies", &query, &item("甲"), 5), wanted);
    }
}
