//! A year that was reported before this platform: its tables are pasted once from the published report, checked, and
//! locked by another person. From then on they are what the next year ties to.

use super::desk::{HERE, WORK, locked, year_of};
use super::model::{Figures, Tables, wan};
use super::store::{self, Change};
use super::table::report_annual;
use super::{desk as pages, rules};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{Duty, again};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::request::annual::ROWS;
use crate::ui::DeskFrame;
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;

pub const LOCK: &[Duty] = &[Duty::SectionCheck, Duty::Approval];

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/report/annual/{year}/past", Who::Duty(WORK), page),
        post("/desk/report/annual/{year}/past", Who::Duty(WORK), enter),
        post("/desk/report/annual/{year}/lock", Who::Duty(LOCK), lock),
    ]
}

#[derive(Template)]
#[template(path = "report/past.html")]
struct PastPage {
    frame: DeskFrame,
    year: i16,
    documents: String,
    requests: String,
    disputes: String,
    figures: [(&'static str, &'static str, String); 4],
    version: i64,
}

/// A past year whose report was not drafted here, and that nobody locked.
async fn open_year(desk: &Desk, text: &str) -> Result<(i16, Option<report_annual::Model>, Vec<Refusal>), Error> {
    let year = year_of(text, desk.now.day())?;
    let row = store::row(desk.read(), &desk.body.id, year).await?;
    let mut why = vec![];
    if row.as_ref().is_some_and(|r| r.locked_by.is_some()) {
        why.push(locked());
    } else if row.as_ref().is_some_and(|r| r.record.is_some()) {
        why.push(Refusal::new("drafted-here", "这一年的报告由本平台编制，数字由办理情况算出，不能录入。"));
    } else if year >= desk.now.day().year() {
        why.push(Refusal::new("not-over", "这一年还没有结束，没有已公布的报告可以录入。"));
    }
    Ok((year, row, why))
}

async fn page(desk: Desk, Path(year): Path<String>) -> Result<Response, Failure> {
    let (year, row, why) = open_year(&desk, &year).await?;
    if !why.is_empty() {
        return pages::show(&desk, year, &Posted::default(), why).await;
    }
    let kept = row.as_ref().map(store::kept).transpose()?.flatten();
    let blank = || Tables { requests: vec![[0; 7]; ROWS.len()], ..Tables::default() };
    let tables = kept.unwrap_or_else(blank);
    let form = Posted::of(&[
        ("documents", &format!("行政规范性文件　{}", rules::joined(&tables.documents))),
        ("requests", &rules::requests_text(&tables.requests)),
        ("disputes", &rules::disputes_text(&tables.disputes)),
    ]);
    fill(&desk, year, row.map_or(0, |r| r.version), &tables.figures, &form, vec![])
}

fn fill(
    desk: &Desk,
    year: i16,
    version: i64,
    figures: &Figures,
    form: &Posted,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (status, frame) = desk.form(format!("录入{year}年已公布的数字"), HERE, errors);
    let value = |name: &str, kept: String| if form.has(name) { form.text(name) } else { kept };
    let page = PastPage {
        frame,
        year,
        documents: form.text("documents"),
        requests: form.text("requests"),
        disputes: form.text("disputes"),
        figures: [
            ("permits", "行政许可（件）", value("permits", figures.permits.to_string())),
            ("penalties", "行政处罚（件）", value("penalties", figures.penalties.to_string())),
            ("coercion", "行政强制（件）", value("coercion", figures.coercion.to_string())),
            ("fees", "行政事业性收费（万元）", value("fees", wan(figures.fees))),
        ],
        version,
    };
    html_as(status, &page)
}

async fn enter(desk: Desk, Path(year): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (year, _, why) = open_year(&desk, &year).await?;
    if !why.is_empty() {
        return pages::show(&desk, year, &Posted::default(), why).await;
    }
    let seen = form.number("version")?;
    let read = rules::figures(|name| form.text(name)).and_then(|figures| {
        rules::past(figures, &form.text("documents"), &form.text("requests"), &form.text("disputes"))
    });
    let tables = match read {
        Ok(tables) => tables,
        Err(why) => return fill(&desk, year, seen, &Figures::default(), &form, why),
    };
    let (body, staff) = (desk.body.id.clone(), desk.me.id.clone());
    let work = async move |act: &mut Act| store::change(act, &body, year, (&staff, seen), Change::Past(&tables)).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("{HERE}/{year}?said=annual-entered")))
}

async fn lock(mut desk: Desk, Path(year): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (year, row, mut why) = open_year(&desk, &year).await?;
    match row.as_ref().and_then(|r| r.entered_by.as_ref()) {
        None => why.push(Refusal::new("not-entered", "这一年还没有录入数字。")),
        Some(who) if *who == desk.me.id => {
            why.push(Refusal::new("own-work", "录入的人不能锁定，请另一位同事对照已公布的报告核对。"));
        }
        Some(_) => {}
    }
    if why.is_empty() {
        why = again::prove(&mut desk, &form).await?;
    }
    if !why.is_empty() {
        return pages::show(&desk, year, &Posted::default(), why).await;
    }
    let (body, staff, seen) = (desk.body.id.clone(), desk.me.id.clone(), form.number("version")?);
    let work = async move |act: &mut Act| store::change(act, &body, year, (&staff, seen), Change::Lock).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("{HERE}/{year}?said=annual-locked")))
}
