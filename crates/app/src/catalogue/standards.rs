//! 公开事项标准目录：what we owe to the public, entry by entry, in the columns of 基层政务公开标准目录 (国办发〔2019〕54号),
//! each with what is public under it. The entries are those in force today; page, CSV and JSON say the same.

use super::model::Form;
use super::public::{Asked, row, with_alternates, with_twins};
use super::rules::cell;
use super::statutory::{STANDARDS, frame, tree};
use super::stock::Held;
use super::{store, twin};
use crate::App;
use crate::edge::{Failure, html};
use crate::portal::Portal;
use crate::ui::{Fact, Frame, Html, Link, Row, Value};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::{Day, Instant};
use law::{Law, Obligation};
use serde::Serialize;

/// Records shown under an entry, and beside the catalogue.
const SHOWN: usize = 100;

pub fn routes(router: Router<App>) -> Router<App> {
    with_twins(router, STANDARDS, get(page)).route("/disclosure/standards/{code}", get(one))
}

/// An entry with what is public under it.
struct Line {
    /// From 1, through the whole catalogue.
    n: usize,
    entry: &'static Obligation,
    limit: String,
    held: Vec<Held>,
}

impl Line {
    fn newest(&self) -> Option<Day> {
        self.held.first()?.published.map(Instant::day)
    }

    fn cites(&self) -> Vec<&str> {
        self.entry.basis.iter().map(|b| b.cite.as_str()).collect()
    }

    fn channels(&self) -> String {
        let own = self.entry.channels.iter();
        own.chain(&self.entry.outlets).map(String::as_str).collect::<Vec<_>>().join("、")
    }
}

/// The entries in force on a day, in the order of the catalogue.
fn lines(law: &'static Law, stock: &[Held], today: Day) -> Vec<Line> {
    let owed = law.obligations.iter().filter(|entry| entry.owed(today)).enumerate();
    let line = |(n, entry): (usize, &'static Obligation)| {
        let held = stock.iter().filter(|held| entry.counts(&held.item(today))).cloned().collect();
        Line { n: n + 1, entry, limit: entry.limit_zh(law, today), held }
    };
    owed.map(line).collect()
}

/// 一级事项 with its entries.
struct Group {
    name: &'static str,
    lines: Vec<Line>,
}

fn groups(lines: Vec<Line>) -> Vec<Group> {
    let mut all: Vec<Group> = vec![];
    for line in lines {
        match all.iter_mut().find(|g| g.name == line.entry.group) {
            Some(group) => group.lines.push(line),
            None => all.push(Group { name: &line.entry.group, lines: vec![line] }),
        }
    }
    all
}

const TITLE: &str = "公开事项标准目录";
const LEAD: &str = "本局应当公开什么、依据什么、什么时候公开、由哪个科室公开、在哪里能看到。";

#[derive(Template)]
#[template(path = "catalogue/standards.html")]
struct Page {
    frame: Frame,
    tree: Html,
    groups: Vec<Group>,
    total: usize,
    filled: usize,
    /// The records that were published to this place.
    records: Vec<Row>,
}

async fn page(portal: Portal, origin: super::origin::Origin) -> Result<Response, Failure> {
    let asked = Asked::of(&portal)?;
    if asked.form == Form::Atom {
        return twin::answer(&portal, &asked, &origin.0).await;
    }
    let stock = portal.app.stocks.of(&portal.public, portal.law, &portal.body.id).await?;
    let lines = lines(portal.law, &stock, portal.now.day());
    match asked.form {
        Form::Csv => return csv(&portal, &lines),
        Form::Json => return json(&portal, &lines),
        Form::Atom | Form::Page => {}
    }
    let query = super::model::Query::default();
    let records = store::listed(&portal.public, &portal.body.id, STANDARDS, &query, (SHOWN as u64, 0)).await?;
    html(&Page {
        frame: with_alternates(portal.law, frame(&portal, TITLE, LEAD), &asked),
        tree: tree(&portal, &asked.path, TITLE),
        total: lines.len(),
        filled: lines.iter().filter(|l| !l.held.is_empty()).count(),
        groups: groups(lines),
        records: records.iter().map(|item| row(item, portal.now.day())).collect(),
    })
}

const HEADS: [&str; 14] = [
    "序号",
    "一级事项",
    "二级事项",
    "公开内容（要素）",
    "公开依据",
    "公开时限",
    "公开主体",
    "公开渠道和载体",
    "公开对象",
    "公开方式",
    "编号",
    "已公开件数",
    "最近公开日期",
    "网址",
];

fn csv(portal: &Portal, lines: &[Line]) -> Result<Response, Failure> {
    let base = &portal.shell.site.base_url;
    let rows = lines.iter().map(|line| {
        let entry = line.entry;
        [
            line.n.to_string(),
            entry.group.clone(),
            entry.item.clone(),
            entry.elements.clone(),
            line.cites().join("；"),
            line.limit.clone(),
            entry.owner.clone(),
            line.channels(),
            entry.audience.clone(),
            entry.mode.zh().into(),
            entry.code.clone(),
            line.held.len().to_string(),
            line.newest().map(|d| d.to_string()).unwrap_or_default(),
            format!("{base}/{STANDARDS}/{}", entry.code),
        ]
    });
    let text = table(rows)?;
    let name = "attachment; filename=\"disclosure-standards.csv\"";
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name)], text).into_response())
}

/// RFC 4180, with the mark by which spreadsheets know UTF-8.
fn table(rows: impl Iterator<Item = [String; 14]>) -> Result<Vec<u8>, Error> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let fault = |e: csv::Error| Error::Fault(e.into());
    out.write_record(HEADS).map_err(fault)?;
    for row in rows {
        out.write_record(row.map(|text| cell(&text))).map_err(fault)?;
    }
    out.into_inner().map_err(|e| Error::fault(e.to_string()))
}

/// An entry as programs read it. Stable: keys are only added.
#[derive(Serialize)]
struct Brief<'a> {
    code: &'a str,
    group: &'a str,
    item: &'a str,
    elements: &'a str,
    basis: Vec<&'a str>,
    limit: &'a str,
    owner: &'a str,
    channels: &'a [String],
    outlets: &'a [String],
    audience: &'a str,
    mode: &'a str,
    level: &'a str,
    /// How many records are public under it, and the day of the newest.
    public: usize,
    newest: Option<Day>,
    url: String,
}

#[derive(Serialize)]
struct Whole<'a> {
    place: &'a str,
    name: &'a str,
    as_of: Day,
    total: usize,
    entries: Vec<Brief<'a>>,
    /// Where the records that were published to this place are listed.
    records: String,
}

fn json(portal: &Portal, lines: &[Line]) -> Result<Response, Failure> {
    let base = &portal.shell.site.base_url;
    let entries: Vec<Brief> = lines.iter().map(|line| brief(line, base)).collect();
    let records = format!("{base}/api/v1/records?place=disclosure%2Fstandards");
    let (as_of, total) = (portal.now.day(), entries.len());
    let whole = Whole { place: STANDARDS, name: TITLE, as_of, total, entries, records };
    let text = serde_json::to_string_pretty(&whole).map_err(|e| Error::Fault(e.into()))?;
    Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}

fn brief<'a>(line: &'a Line, base: &str) -> Brief<'a> {
    let entry = line.entry;
    Brief {
        code: &entry.code,
        group: &entry.group,
        item: &entry.item,
        elements: &entry.elements,
        basis: line.cites(),
        limit: &line.limit,
        owner: &entry.owner,
        channels: &entry.channels,
        outlets: &entry.outlets,
        audience: &entry.audience,
        mode: entry.mode.zh(),
        level: &entry.level,
        public: line.held.len(),
        newest: line.newest(),
        url: format!("{base}/{STANDARDS}/{}", entry.code),
    }
}

#[derive(Template)]
#[template(path = "catalogue/standard.html")]
struct One {
    frame: Frame,
    tree: Html,
    facts: Vec<Fact>,
    /// 公开内容（要素）.
    elements: &'static str,
    records: Vec<Row>,
    total: usize,
}

async fn one(portal: Portal, Path(code): Path<String>) -> Result<Response, Failure> {
    let stock = portal.app.stocks.of(&portal.public, portal.law, &portal.body.id).await?;
    let all = lines(portal.law, &stock, portal.now.day());
    let line = all.into_iter().find(|l| l.entry.code == code).ok_or(Error::NotFound)?;
    let mut frame = frame(&portal, &line.entry.item, &line.entry.elements);
    frame.crumbs.insert(2, Link::new(TITLE, format!("/{STANDARDS}")));
    let plain = |held: &Held| Row {
        href: held.path.clone(),
        title: held.title.clone(),
        tag: None,
        facts: vec![],
        day: held.published.map(Instant::day),
    };
    html(&One {
        frame,
        tree: tree(&portal, &format!("/{STANDARDS}"), TITLE),
        facts: facts(&line),
        elements: &line.entry.elements,
        total: line.held.len(),
        records: line.held.iter().take(SHOWN).map(plain).collect(),
    })
}

fn facts(line: &Line) -> Vec<Fact> {
    let entry = line.entry;
    let mut all = vec![
        Fact::text("一级事项", &entry.group),
        Fact::code("编号", &entry.code),
        Fact::text("公开依据", line.cites().join("；")),
        Fact::text("公开时限", &line.limit),
        Fact::text("公开主体", &entry.owner),
        Fact::text("公开渠道和载体", line.channels()),
        Fact::text("公开对象", &entry.audience),
        Fact::text("公开方式", entry.mode.zh()),
        Fact::text("公开层级", &entry.level),
    ];
    all.extend(line.newest().map(|day| Fact::new("最近公开", Value::Day(day))));
    all
}
