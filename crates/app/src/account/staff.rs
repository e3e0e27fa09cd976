//! 人员与岗位：the administrator's page. It gives duties and takes them, and touches no content.

use super::desk::{Desk, Route, Who, get, post};
use super::model::Duty;
use super::store::{self, NewStaff};
use super::{password, rules};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;

const ADMIN: Who = Who::Duty(&[Duty::Administration]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/staff", ADMIN, page),
        post("/desk/staff", ADMIN, add),
        post("/desk/staff/{id}/duties", ADMIN, change),
        post("/desk/staff/{id}/open", ADMIN, open),
        post("/desk/staff/{id}/password", ADMIN, reset),
    ]
}

struct Person {
    row: store::staff::Model,
    section: String,
    duties: Vec<Duty>,
}

#[derive(Template)]
#[template(path = "account/staff.html")]
struct Page {
    frame: DeskFrame,
    people: Vec<Person>,
    sections: Vec<Choice>,
    login: String,
    called: String,
    section: String,
    /// Shown once, to the administrator who caused it.
    fresh: Option<(String, String)>,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    show(&desk, &Posted::default(), vec![], None).await
}

async fn show(
    desk: &Desk,
    form: &Posted,
    errors: Vec<Refusal>,
    fresh: Option<(String, String)>,
) -> Result<Response, Failure> {
    let sections = store::sections(desk.read(), &desk.body.id).await?;
    let mut people = vec![];
    for row in store::all_staff(desk.read(), &desk.body.id).await? {
        let duties = store::duties_of(desk.read(), &row.id).await?;
        let section = sections.iter().find(|s| s.id == row.section).map(|s| s.name.clone()).unwrap_or_default();
        people.push(Person { row, section, duties });
    }
    let (status, frame) = desk.form("人员与岗位", "/desk/staff", errors);
    let sections = sections.into_iter().map(|s| Choice::new(s.id, s.name)).collect();
    let (login, called, section) = (form.get("login").into(), form.get("name").into(), form.get("section").into());
    html_as(status, &Page { frame, people, sections, login, called, section, fresh })
}

fn wanted(form: &Posted) -> Vec<Duty> {
    form.all("duties").filter_map(Duty::parse).collect()
}

async fn add(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (login, name) = (form.get("login").to_owned(), form.get("name").to_owned());
    let mut why = rules::duties(&wanted(&form));
    let plain = login.len() >= 3 && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.');
    if !plain {
        why.push(Refusal::new("login", "登录名用 3 个以上小写字母或数字。").at("login"));
    }
    if name.is_empty() {
        why.push(Refusal::new("name", "请填写姓名或岗位名称。").at("name"));
    }
    if store::staff_by_login(desk.read(), &login).await?.is_some() {
        why.push(Refusal::new("login-taken", "这个登录名已有人用。请换一个。").at("login"));
    }
    let sections = store::sections(desk.read(), &desk.body.id).await?;
    if !sections.iter().any(|s| s.id == form.get("section")) {
        why.push(Refusal::new("section", "请选择科室。").at("section"));
    }
    if !why.is_empty() {
        return show(&desk, &form, why, None).await;
    }
    let first = password::random();
    let hashed = password::hash(first.clone()).await?;
    let new = NewStaff {
        body: desk.body.id.clone(),
        section: form.get("section").into(),
        login: login.clone(),
        name,
        password: hashed,
        duties: wanted(&form),
    };
    let work = async move |act: &mut Act| store::add_staff(act, &new).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    show(&desk, &Posted::default(), vec![], Some((login, first))).await
}

/// The account, if it belongs to the administrator's own body.
async fn person(desk: &Desk, id: &str) -> Result<store::staff::Model, Error> {
    let all = store::all_staff(desk.read(), &desk.body.id).await?;
    all.into_iter().find(|s| s.id == id).ok_or(Error::NotFound)
}

async fn change(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (row, wanted) = (person(&desk, &id).await?, wanted(&form));
    let why = rules::duties(&wanted);
    if !why.is_empty() {
        return show(&desk, &Posted::default(), why, None).await;
    }
    let work = async move |act: &mut Act| store::set_duties(act, &row.id, &wanted).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/staff?said=staff-changed"))
}

async fn open(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (row, close) = (person(&desk, &id).await?, form.get("open") == "no");
    if close && row.id == desk.me.id {
        return Err(Error::from(Refusal::new("own-account", "不能停用自己的账号。请另一位系统管理员办理。")).into());
    }
    let work = async move |act: &mut Act| store::set_disabled(act, &row, close).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/staff?said=staff-changed"))
}

async fn reset(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = person(&desk, &id).await?;
    let (login, fresh) = (row.login.clone(), password::random());
    let hashed = password::hash(fresh.clone()).await?;
    let without_second = !row.totp.is_empty();
    let work = async move |act: &mut Act| store::set_password(act, &row, hashed.clone()).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    if without_second {
        super::second::take_off(&desk, person(&desk, &id).await?).await?;
    }
    show(&desk, &Posted::default(), vec![], Some((login, fresh))).await
}
