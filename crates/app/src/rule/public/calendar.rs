//! `/open-data/work-calendar`: which days public bodies work on, year by year, with the notice each rests on.

use super::{asked, json};
use crate::App;
use crate::edge::{Failure, html};
use crate::portal::Portal;
use crate::rule::calendar::{self, Cell, Month};
use crate::ui::{Choice, Frame, Link};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use law::{Calendar, CalendarDay, Year};

pub const PAGE: &str = "/open-data/work-calendar";
const CSV: &str = "/open-data/work-calendar.csv";
const JSON: &str = "/open-data/work-calendar.json";

pub fn routes() -> Router<App> {
    Router::new().route(PAGE, get(page)).route(CSV, get(csv)).route(JSON, get(twin))
}

pub fn api() -> Router<App> {
    Router::new().route("/api/v1/calendar/{year}", get(of_year))
}

/// A holiday with its days in words.
struct Line {
    name: String,
    off: String,
    statutory: String,
    worked: String,
}

#[derive(Template)]
#[template(path = "rule/calendar.html")]
struct Page {
    frame: Frame,
    year: &'static Year,
    /// As the form has it.
    number: String,
    months: Vec<Month>,
    lines: Vec<Line>,
    working: usize,
    statutory: usize,
    /// `12月30日`: from here on the next notice may still change this year; empty where it cannot.
    open_from: String,
    this_month: Option<i8>,
    years: Vec<Choice>,
    before: Option<Link>,
    after: Option<Link>,
    twins: [Link; 2],
}

async fn page(portal: Portal) -> Result<Response, Failure> {
    let calendar = &portal.law.calendar;
    let year = year_of(&portal)?;
    let today = portal.now.day();
    let months = calendar::months(calendar, year.year, today);
    let near = |n: i16| calendar.years().iter().find(|y| y.year == n).map(|y| link(y.year));
    html(&Page {
        frame: frame(&portal, year),
        number: year.year.to_string(),
        working: months.iter().map(|m| m.working).sum(),
        statutory: year.holidays.iter().flat_map(|h| &h.statutory).collect::<std::collections::BTreeSet<_>>().len(),
        lines: lines(year),
        open_from: open_from(calendar, year),
        this_month: (today.year() == year.year).then_some(today.ymd().1),
        years: calendar
            .years()
            .iter()
            .rev()
            .map(|y| Choice::new(y.year.to_string(), format!("{}年", y.year)))
            .collect(),
        before: near(year.year - 1),
        after: near(year.year + 1),
        twins: [(CSV, "CSV"), (JSON, "JSON")].map(|(path, name)| Link::new(name, format!("{path}?year={}", year.year))),
        months,
        year,
    })
}

fn frame(portal: &Portal, year: &Year) -> Frame {
    let title = format!("{}年工作日历", year.year);
    let mut frame = portal.frame(&title).under("", &[]);
    frame.path = format!("{PAGE}?year={}", year.year);
    let alternates = [("text/csv", CSV, "CSV"), ("application/json", JSON, "JSON")];
    let frame = frame.meta("ColumnName", "工作日历").meta("ColumnType", "数据发布");
    let frame = frame.meta("ColumnDescription", "哪天上班，哪天放假，依据哪份通知：计算办理期限用的工作日历。");
    let with = |frame: Frame, (kind, path, name): (&'static str, &str, &str)| {
        frame.alternate(kind, format!("{path}?year={}", year.year), format!("{title}（{name}）"))
    };
    alternates.into_iter().fold(frame, with)
}

/// The year that was asked for, else this one, else the last that is known.
fn year_of(portal: &Portal) -> Result<&'static Year, Failure> {
    let asked = asked(&portal.uri)?;
    let years = portal.law.calendar.years();
    match asked.get("year").map_or("", |text| text.trim()) {
        "" => years.iter().rfind(|y| y.year <= portal.now.day().year()).or(years.first()).ok_or(Failure::not_found()),
        text => find(&portal.law.calendar, text),
    }
}

fn find<'a>(calendar: &'a Calendar, text: &str) -> Result<&'a Year, Failure> {
    let years = calendar.years();
    let number: Option<i16> = text.parse().ok().filter(|_| text.len() == 4);
    let Some(number) = number else { return Err(Failure::bad("年份要写成四位数字，如2026。")) };
    let span =
        years.first().zip(years.last()).map_or(String::new(), |(a, b)| format!("现有{}年至{}年。", a.year, b.year));
    let none = || Failure::new(StatusCode::NOT_FOUND, format!("没有{number}年的工作日历。{span}"));
    years.iter().find(|y| y.year == number).ok_or_else(none)
}

fn link(year: i16) -> Link {
    Link::new(format!("{year}年"), format!("{PAGE}?year={year}"))
}

fn lines(year: &Year) -> Vec<Line> {
    let written = |days: &[kernel::Day]| calendar::stretches(days, year.year);
    let counted = |off: Vec<kernel::Day>| format!("{}，共{}天", written(&off), off.len());
    let line = |h: &law::Holiday| Line {
        name: h.name.clone(),
        off: if year.announced { counted(calendar::off(h)) } else { "待通知".into() },
        statutory: if h.statutory.is_empty() { "无".into() } else { written(&h.statutory) },
        worked: match &h.work[..] {
            _ if !year.announced => "待通知".into(),
            [] => "无".into(),
            days => written(days),
        },
    };
    year.holidays.iter().map(line).collect()
}

fn open_from(calendar: &Calendar, year: &Year) -> String {
    let open = calendar.firm_to().plus(1);
    if year.announced && open.year() == year.year { calendar::stretches(&[open], year.year) } else { String::new() }
}

async fn csv(portal: Portal) -> Result<Response, Failure> {
    let year = year_of(&portal)?;
    let text = table(&calendar::days(&portal.law.calendar, year.year, portal.now.day()))?;
    let name = format!("attachment; filename=\"work-calendar-{}.csv\"", year.year);
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".into()), (header::CONTENT_DISPOSITION, name)], text)
        .into_response())
}

/// RFC 4180, with the mark by which spreadsheets know UTF-8.
fn table(days: &[Cell]) -> Result<Vec<u8>, Error> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let fault = |e: csv::Error| Error::Fault(e.into());
    out.write_record(["日期", "星期", "是否上班", "类别", "节日"]).map_err(fault)?;
    for cell in days {
        let works = matches!(cell.kind, calendar::Kind::Working | calendar::Kind::MakeUp);
        let works = if works { "是" } else { "否" };
        let row = [&cell.day.to_string(), cell.day.zh_weekday(), works, cell.kind.zh(), &cell.name];
        out.write_record(row).map_err(fault)?;
    }
    out.into_inner().map_err(|e| Error::fault(e.to_string()))
}

async fn twin(portal: Portal) -> Result<Response, Failure> {
    json(year_of(&portal).map(|year| days(&portal, year)))
}

/// `GET /api/v1/calendar/{year}`: `[{"date", "working", "name"}]`.
async fn of_year(portal: Portal, Path(year): Path<String>) -> Result<Response, Failure> {
    json(find(&portal.law.calendar, &year).map(|year| days(&portal, year)))
}

fn days(portal: &Portal, year: &Year) -> Vec<CalendarDay<'static>> {
    portal.law.calendar.days_of(year.year).unwrap_or_default()
}
