//! 年报 at the desk: the years, and one year with its checks and tables. Each number leads to the cases behind it.

use super::model::{APPLICANTS, Figures, Origin, RULINGS, WAYS, wan};
use super::store::{self, Annual, Change};
use super::table::report_annual;
use super::{blocks, out, rules};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::record::file::disposition;
use crate::record::store as records;
use crate::request::annual::Line;
use crate::request::count;
use crate::ui::{DeskFrame, Link, Tag, Tone, href};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Day, Refusal};
use std::collections::BTreeSet;

pub const HERE: &str = "/desk/report/annual";
pub const LOOK: Who = Who::Duty(Duty::LOOK);
pub const WORK: &[Duty] = &[Duty::Draft, Duty::Publication];
/// The form exists since the reports for 2021.
pub const FIRST: i16 = 2021;
const CLAUSE: &str = "OGI-ANNUAL-DEPT";

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/report/annual", LOOK, years_page),
        get("/desk/report/annual/{year}", LOOK, year_page),
        post("/desk/report/annual/{year}", Who::Duty(WORK), save),
        get("/desk/report/annual/{year}/tables.xlsx", LOOK, workbook),
        get("/desk/report/annual/{year}/tables.json", LOOK, twin),
    ]
}

/// The year of an address: one that has the form and has begun.
pub fn year_of(text: &str, today: Day) -> Result<i16, Error> {
    let year = text.parse().ok().filter(|y| (FIRST..=today.year()).contains(y));
    year.ok_or(Error::NotFound)
}

/// The last day on which the report of a year may be published, and by which article.
fn due(desk: &Desk, year: i16) -> (Option<Day>, String) {
    let end = Day::new(year, 12, 31);
    let found =
        desk.law().clause(CLAUSE).zip(end).and_then(|(clause, end)| law::due(clause, end, &desk.law().calendar));
    match found {
        Some(due) => (Some(due.on), due.cite.to_owned()),
        None => (None, String::new()),
    }
}

/// A year in the list.
struct YearLine {
    year: i16,
    tag: Tag,
    due: Option<Day>,
}

#[derive(Template)]
#[template(path = "report/years.html")]
struct YearsPage {
    frame: DeskFrame,
    lines: Vec<YearLine>,
}

async fn years_page(desk: Desk) -> Result<Response, Failure> {
    let rows = store::rows(desk.read(), &desk.body.id).await?;
    let last = desk.now.day().year();
    let first = count::first_year(desk.read(), &desk.body.id).await?.unwrap_or(last).clamp(FIRST, last);
    let kept = rows.iter().filter_map(|r| i16::try_from(r.year).ok());
    let years: BTreeSet<i16> = (first.min(last - 1).max(FIRST)..=last).chain(kept).collect();
    let mut lines = vec![];
    for year in years.into_iter().rev() {
        let row = rows.iter().find(|r| r.year == i64::from(year));
        lines.push(YearLine { year, tag: tag(&desk, row, year).await?, due: due(&desk, year).0 });
    }
    html(&YearsPage { frame: desk.frame("年度报告", HERE), lines })
}

/// How far a year is.
async fn tag(desk: &Desk, row: Option<&report_annual::Model>, year: i16) -> Result<Tag, Error> {
    let Some(row) = row else {
        let over = year < desk.now.day().year();
        return Ok(if over {
            Tag::new("未建稿", Tone::Near)
        } else {
            Tag::new("本年，还在统计", Tone::Info)
        });
    };
    Ok(match (&row.locked_by, &row.entered_by, &row.record) {
        (Some(_), ..) => Tag::new("已锁定", Tone::Done),
        (None, Some(_), None) => Tag::new("已录入，待锁定", Tone::Near),
        (.., Some(record)) => {
            Tag::new(records::load(desk.read(), &desk.body.id, record).await?.state().zh(), Tone::Info)
        }
        _ => Tag::new("未建稿", Tone::Near),
    })
}

/// A number, and the address of the cases behind it; none where there is nothing to open.
pub struct Cell {
    n: String,
    href: String,
}

fn cell(year: i16, table: &str, row: &str, column: usize, n: u32, opens: bool) -> Cell {
    let column = column.to_string();
    let query = [("table", table), ("row", row), ("column", &column)];
    let href = if opens && n > 0 { href(&format!("{HERE}/{year}/cell"), &query) } else { String::new() };
    Cell { n: n.to_string(), href }
}

struct RequestLine {
    group: &'static str,
    label: &'static str,
    /// Over how many rows the group's heading stands; 0 under the first of them.
    span: u16,
    cells: Vec<Cell>,
}

struct Way {
    label: &'static str,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "report/year.html")]
struct YearPage {
    frame: DeskFrame,
    year: i16,
    tag: Tag,
    due: Option<Day>,
    cite: String,
    is_locked: bool,
    is_over: bool,
    may_work: bool,
    may_lock: bool,
    /// Entered and waiting for another person.
    to_lock: bool,
    own: bool,
    faults: Vec<String>,
    untied: Vec<String>,
    /// Whether there is a report of the year before to tie to.
    has_before: bool,
    documents: [u32; 3],
    figures: [(&'static str, &'static str, String); 4],
    lines: Vec<RequestLine>,
    ways: Vec<Way>,
    applicants: [&'static str; 7],
    rulings: [&'static str; 5],
    charged: u64,
    record: Option<Link>,
    /// The numbers are other than those in the record.
    moved: bool,
    tie_why: String,
    version: i64,
}

async fn year_page(desk: Desk, Path(year): Path<String>) -> Result<Response, Failure> {
    let year = year_of(&year, desk.now.day())?;
    show(&desk, year, &Posted::default(), vec![]).await
}

/// The page of a year; a form that was refused comes back with what was typed.
pub async fn show(desk: &Desk, year: i16, form: &Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let annual = store::annual(&desk.app.store, &desk.body.id, year).await?;
    let before = store::before(desk.read(), &desk.body.id, year).await?;
    let row = annual.row.clone();
    let (due, cite) = due(desk, year);
    let is_locked = annual.origin == Origin::Locked;
    let to_lock = !is_locked && row.as_ref().is_some_and(|r| r.entered_by.is_some() && r.record.is_none());
    let tables = if to_lock { row.as_ref().map(store::kept).transpose()?.flatten() } else { None };
    let opens = !is_locked && tables.is_none();
    let tables = tables.unwrap_or_else(|| annual.tables.clone());
    let (status, frame) = desk.form(format!("{year}年年度报告"), HERE, errors);
    let drafted = annual.drafted()?;
    let page = YearPage {
        frame,
        year,
        tag: tag(desk, row.as_ref(), year).await?,
        due,
        cite,
        is_locked,
        is_over: year < desk.now.day().year(),
        may_work: WORK.iter().any(|d| desk.me.has(*d)),
        may_lock: super::past::LOCK.iter().any(|d| desk.me.has(*d)),
        to_lock,
        own: row.as_ref().is_some_and(|r| r.entered_by.as_ref() == Some(&desk.me.id)),
        faults: rules::faults(&tables),
        untied: before.as_ref().map(|b| rules::untied(b, &tables)).unwrap_or_default(),
        has_before: before.is_some(),
        documents: tables.documents,
        figures: typed(&tables.figures, form),
        lines: lines(year, &tables.lines(), opens),
        ways: ways(year, &tables.disputes, opens),
        applicants: APPLICANTS,
        rulings: RULINGS,
        charged: annual.charged,
        record: row
            .as_ref()
            .and_then(|r| r.record.as_ref())
            .map(|id| Link::new("打开公开件", format!("/desk/record/{id}"))),
        moved: drafted.is_some_and(|d| d != tables),
        tie_why: form.text("tie_why"),
        version: row.map_or(0, |r| r.version),
    };
    html_as(status, &page)
}

/// The fields of the numbers that staff enter: name, label, value.
fn typed(f: &Figures, form: &Posted) -> [(&'static str, &'static str, String); 4] {
    let value = |name: &str, kept: String| if form.has(name) { form.text(name) } else { kept };
    [
        ("permits", "行政许可处理决定（件）", value("permits", f.permits.to_string())),
        ("penalties", "行政处罚处理决定（件）", value("penalties", f.penalties.to_string())),
        ("coercion", "行政强制处理决定（件）", value("coercion", f.coercion.to_string())),
        ("fees", "行政事业性收费（万元）", value("fees", wan(f.fees))),
    ]
}

fn lines(year: i16, all: &[Line], opens: bool) -> Vec<RequestLine> {
    let cells = |l: &Line| {
        let cell = |(n, number): (usize, &u32)| cell(year, "3", l.id, n, *number, opens);
        l.numbers.iter().enumerate().map(cell).collect()
    };
    let line = |(l, span): (&Line, u16)| RequestLine { group: l.group, label: l.label, span, cells: cells(l) };
    all.iter().zip(blocks::groups(all)).map(line).collect()
}

fn ways(year: i16, all: &[[u32; 5]; 3], opens: bool) -> Vec<Way> {
    let way = |(w, (label, row)): (usize, (&&'static str, &[u32; 5]))| {
        let cell = |(n, number): (usize, &u32)| cell(year, "4", &w.to_string(), n, *number, opens);
        Way { label, cells: row.iter().enumerate().map(cell).collect() }
    };
    WAYS.iter().zip(all).enumerate().map(way).collect()
}

async fn save(desk: Desk, Path(year): Path<String>, form: Posted) -> Result<Response, Failure> {
    let year = year_of(&year, desk.now.day())?;
    let figures = match rules::figures(|name| form.text(name)) {
        Ok(figures) => figures,
        Err(why) => return show(&desk, year, &form, why).await,
    };
    let annual = store::annual(&desk.app.store, &desk.body.id, year).await?;
    if annual.origin == Origin::Locked {
        return show(&desk, year, &form, vec![locked()]).await;
    }
    let (body, staff, seen) = (desk.body.id.clone(), desk.me.id.clone(), form.number("version")?);
    let work =
        async move |act: &mut Act| store::change(act, &body, year, (&staff, seen), Change::Figures(figures)).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("{HERE}/{year}?said=saved")))
}

pub fn locked() -> Refusal {
    Refusal::new("locked", "这一年的数字已经锁定，不能再改。")
}

async fn workbook(desk: Desk, Path(year): Path<String>) -> Result<Response, Failure> {
    let annual = asked(&desk, &year).await?;
    let name = disposition(&out::file_name(annual.year, "xlsx"));
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], out::xlsx(&annual)?)
        .into_response())
}

async fn twin(desk: Desk, Path(year): Path<String>) -> Result<Response, Failure> {
    Ok(axum::Json(out::json(&asked(&desk, &year).await?)).into_response())
}

async fn asked(desk: &Desk, year: &str) -> Result<Annual, Error> {
    let year = year_of(year, desk.now.day())?;
    store::annual(&desk.app.store, &desk.body.id, year).await
}
