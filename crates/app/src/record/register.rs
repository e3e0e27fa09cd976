//! 发文登记簿: the pages of the registers of document numbers.

use super::number;
use super::table::{document_number, register};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, Duty};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{DeskFrame, Link};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::{Instant, Refusal};
use sea_orm::EntityTrait;
use std::collections::HashMap;

const LOOK: Who = Who::Duty(Duty::LOOK);
const TAKE: Who = Who::Duty(&[Duty::Draft, Duty::Publication]);
const KEEP: Who = Who::Duty(&[Duty::Publication]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/number", LOOK, registers),
        post("/desk/number", KEEP, open),
        get("/desk/number/{id}", LOOK, page),
        post("/desk/number/{id}/take", TAKE, take),
        post("/desk/number/{id}/void", KEEP, void),
    ]
}

struct Register {
    row: register::Model,
    /// The last number of this year, or where it will begin.
    last: String,
    taken: usize,
}

#[derive(Template)]
#[template(path = "record/registers.html")]
struct Registers {
    frame: DeskFrame,
    all: Vec<Register>,
    may_open: bool,
    form: Posted,
}

impl Registers {
    fn get(&self, name: &str) -> &str {
        self.form.get(name)
    }
}

async fn registers(desk: Desk) -> Result<Response, Failure> {
    show_registers(&desk, Posted::of(&[("first", "1")]), vec![]).await
}

async fn show_registers(desk: &Desk, form: Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let year = i64::from(desk.now.day().year());
    let (status, frame) = desk.form("发文登记簿", "/desk/number", errors);
    let mut all = vec![];
    for row in number::registers(desk.read(), &desk.body.id).await? {
        let numbers = number::numbers(desk.read(), &row.id, year).await?;
        let last = numbers.first().map_or_else(|| "还没有取号".to_owned(), |n| n.text.clone());
        all.push(Register { row, last, taken: numbers.len() });
    }
    html_as(status, &Registers { frame, all, may_open: desk.me.has(Duty::Publication), form })
}

async fn open(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let known = number::registers(desk.read(), &desk.body.id).await?;
    let (word, purpose) = (form.get("word").to_owned(), form.get("purpose").to_owned());
    let first: Option<i64> = form.get("first").parse().ok();
    let why = number::register_faults(&word, &purpose, first, &known);
    let (true, Some(first)) = (why.is_empty(), first) else { return show_registers(&desk, form, why).await };
    let (body, staff) = (desk.body.id.clone(), desk.me.id.clone());
    let work = async move |act: &mut Act| number::open_register(act, &body, &staff, &word, &purpose, first).await;
    let id = desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/number/{id}?said=register-open")))
}

struct Line {
    row: document_number::Model,
    by: String,
    void_by: String,
}

impl Line {
    fn at(&self) -> Instant {
        Instant(self.row.at)
    }
}

#[derive(Template)]
#[template(path = "record/register.html")]
struct Page {
    frame: DeskFrame,
    register: register::Model,
    year: i64,
    years: Vec<Link>,
    here: String,
    lines: Vec<Line>,
    void: usize,
    may_take: bool,
    may_void: bool,
    form: Posted,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.form.get(name)
    }
}

async fn page(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let register = number::register_of(desk.read(), &desk.body.id, &id).await?;
    let year = asked.get("year").and_then(|y| y.parse().ok());
    show(&desk, register, year, Posted::default(), vec![]).await
}

async fn show(
    desk: &Desk,
    register: register::Model,
    year: Option<i64>,
    form: Posted,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (status, frame) = desk.form(format!("{}登记簿", register.word), "/desk/number", errors);
    let this = i64::from(desk.now.day().year());
    let year = year.unwrap_or(this);
    let rows = number::numbers(desk.read(), &register.id, year).await?;
    let ids: Vec<String> = rows.iter().flat_map(|r| [r.taken_by.clone(), r.void_by.clone()]).collect();
    let names: HashMap<String, String> = account::store::names(desk.read(), &ids).await?.into_iter().collect();
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let lines: Vec<Line> =
        rows.into_iter().map(|row| Line { by: name(&row.taken_by), void_by: name(&row.void_by), row }).collect();
    let at = |year: i64| format!("/desk/number/{}?year={year}", register.id);
    let years = (register.first_year..=this).rev().map(|y| Link::new(format!("{y} 年"), at(y))).collect();
    html_as(
        status,
        &Page {
            frame,
            year,
            years,
            here: at(year),
            void: lines.iter().filter(|l| l.row.void_at.is_some()).count(),
            lines,
            may_take: year == this && (desk.me.has(Duty::Draft) || desk.me.has(Duty::Publication)),
            may_void: desk.me.has(Duty::Publication),
            register,
            form,
        },
    )
}

async fn take(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let register = number::register_of(desk.read(), &desk.body.id, &id).await?;
    let about = form.get("about").to_owned();
    let why = number::about_faults(&about);
    if !why.is_empty() {
        return show(&desk, register, None, form, why).await;
    }
    let staff = desk.me.id.clone();
    let work = async move |act: &mut Act| number::take(act, &register, &staff, &about, None).await.map(drop);
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/number/{id}?said=number-taken")))
}

async fn void(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let register = number::register_of(desk.read(), &desk.body.id, &id).await?;
    let row = document_number::Entity::find_by_id(form.get("number")).one(desk.read()).await?;
    let row = row.filter(|n| n.register == register.id).ok_or(Error::NotFound)?;
    let reason = form.get("reason").to_owned();
    let is_public = match &row.record {
        Some(record) => super::store::load(desk.read(), &desk.body.id, record).await?.stands().is_some(),
        None => false,
    };
    let why = number::void_faults(&row, &reason, is_public);
    if !why.is_empty() {
        let year = row.year;
        return show(&desk, register, Some(year), form, why).await;
    }
    let (staff, year) = (desk.me.id.clone(), row.year);
    let work = async move |act: &mut Act| number::void(act, &row, &staff, &reason).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/number/{id}?year={year}&said=number-void")))
}
