//! 办公系统: the administrator says which systems hand over and who their users are here; each person alone says whether
//! a review made there counts as their own.

use super::rules;
use super::store;
use super::table::{office_source, office_user, stated_review};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{Duty, again, store as accounts};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Instant, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

const ADMIN: Who = Who::Duty(&[Duty::Administration]);
/// Counted reviews that a person's page shows.
const SHOWN: u64 = 50;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/office", ADMIN, page),
        post("/desk/office", ADMIN, add),
        post("/desk/office/user", ADMIN, add_user),
        post("/desk/office/{id}/end-user", ADMIN, end_user),
        get("/desk/me/office", Who::Staff, mine),
        post("/desk/me/office/agree", Who::Staff, agree),
        post("/desk/me/office/{id}/take-back", Who::Staff, take_back),
    ]
}

struct System {
    row: office_source::Model,
    holder: String,
    users: Vec<User>,
}

struct User {
    row: office_user::Model,
    name: String,
    agreed: bool,
}

#[derive(Template)]
#[template(path = "intake/handover/office.html")]
struct Page {
    frame: DeskFrame,
    systems: Vec<System>,
    choices: Vec<Choice>,
    typed: Posted,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    show(&desk, Posted::default(), vec![]).await
}

async fn show(desk: &Desk, typed: Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let staff = accounts::all_staff(desk.read(), &desk.body.id).await?;
    let name = |id: &str| staff.iter().find(|s| s.id == id).map(|s| s.name.clone()).unwrap_or_default();
    let mut systems = vec![];
    for row in store::sources(desk.read(), &desk.body.id).await? {
        use office_user::Column::{Code, EndedAt, Source};
        let users = office_user::Entity::find().filter(Source.eq(&row.id)).filter(EndedAt.is_null());
        let users = users.order_by_asc(Code).all(desk.read()).await?;
        let user = |row: office_user::Model| User {
            name: name(&row.staff),
            agreed: rules::agreed(row.agreed_at, desk.now),
            row,
        };
        systems.push(System { holder: name(&row.staff), users: users.into_iter().map(user).collect(), row });
    }
    let (status, frame) = desk.form("办公系统", "/desk/office", errors);
    let choices = systems.iter().map(|s| Choice::new(&s.row.id, &s.row.name)).collect();
    html_as(status, &Page { frame, systems, choices, typed })
}

/// The account of this body with a sign-in name.
async fn account(desk: &Desk, login: &str) -> Result<Option<accounts::staff::Model>, Error> {
    let row = accounts::staff_by_login(desk.read(), login).await?;
    Ok(row.filter(|r| r.body == desk.body.id && r.disabled_at.is_none()))
}

async fn add(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (code, name) = (form.get("code").to_owned(), form.get("name").to_owned());
    let mut why = vec![];
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._".contains(c);
    if code.is_empty() || code.len() > 40 || !code.chars().all(plain) {
        why.push(Refusal::new("source", "代号用小写字母、数字和 -._，最多 40 个。").at("code"));
    }
    if store::sources(desk.read(), &desk.body.id).await?.iter().any(|s| s.code == code) {
        why.push(Refusal::new("source-taken", "这个代号已经登记过。").at("code"));
    }
    if name.is_empty() || name.chars().count() > 40 {
        why.push(Refusal::new("name", "请写系统的名称，最多 40 个字。").at("name"));
    }
    let holder = account(&desk, form.get("login")).await?;
    let drafts = match &holder {
        Some(row) => accounts::duties_of(desk.read(), &row.id).await?.contains(&Duty::Draft),
        None => false,
    };
    let Some(holder) = holder.filter(|_| drafts && why.is_empty()) else {
        if !drafts {
            why.push(Refusal::new("holder", "交接账号要是有起草岗位的账号，请写它的登录名。").at("login"));
        }
        return show(&desk, form, why).await;
    };
    let body = desk.body.id.clone();
    let work = async move |act: &mut Act| {
        let id = act.id();
        let row = office_source::ActiveModel {
            id: Set(id.clone()),
            body: Set(body.clone()),
            code: Set(code.clone()),
            name: Set(name.clone()),
            staff: Set(holder.id.clone()),
            made_at: Set(act.now.0),
            ended_at: Set(None),
        };
        office_source::Entity::insert(row).exec_without_returning(act).await?;
        act.journal("add-office", &format!("office:{id}"));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/office?said=saved"))
}

async fn add_user(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let known = store::sources(desk.read(), &desk.body.id).await?;
    let Some(source) = known.into_iter().find(|s| s.id == form.get("system")) else {
        return show(&desk, form, vec![Refusal::new("source", "请选择系统。").at("system")]).await;
    };
    let code = form.get("user").to_owned();
    let mut why = vec![];
    if code.is_empty() || code.chars().count() > 100 {
        why.push(Refusal::new("user", "请写源系统里的账号，最多 100 个字。").at("user"));
    }
    if store::people(desk.read(), &source.id, desk.now).await?.contains_key(&code) {
        why.push(Refusal::new("user-taken", "这个账号已经对应到人。要改，请先取消原来的对应。").at("user"));
    }
    let Some(person) = account(&desk, form.get("staff")).await?.filter(|_| why.is_empty()) else {
        if why.is_empty() {
            why.push(Refusal::new("staff", "没有这个登录名，或者账号已停用。").at("staff"));
        }
        return show(&desk, form, why).await;
    };
    let work = async move |act: &mut Act| {
        let row = office_user::ActiveModel {
            id: Set(act.id()),
            source: Set(source.id.clone()),
            code: Set(code.clone()),
            staff: Set(person.id.clone()),
            made_at: Set(act.now.0),
            agreed_at: Set(None),
            ended_at: Set(None),
        };
        office_user::Entity::insert(row).exec_without_returning(act).await?;
        act.journal_with(
            "add-office-user",
            &format!("staff:{}", person.id),
            serde_json::json!({ "office": source.code }),
        );
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/office?said=saved"))
}

async fn end_user(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = office_user::Entity::find_by_id(&id).one(desk.read()).await?.ok_or(Error::NotFound)?;
    let known = store::sources(desk.read(), &desk.body.id).await?;
    let source = known.into_iter().find(|s| s.id == row.source).ok_or(Error::NotFound)?;
    let work = async move |act: &mut Act| {
        set(act, &row.id, office_user::Column::EndedAt, Some(act.now.0)).await?;
        let facts = serde_json::json!({ "office": source.code });
        act.journal_with("end-office-user", &format!("staff:{}", row.staff), facts);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/office?said=saved"))
}

async fn set(act: &Act, id: &str, column: office_user::Column, value: Option<i64>) -> Result<(), Error> {
    let update = office_user::Entity::update_many().col_expr(column, Expr::value(value));
    update.filter(office_user::Column::Id.eq(id)).exec(act).await?;
    Ok(())
}

struct Mine {
    row: office_user::Model,
    system: String,
    agreed: Option<Instant>,
}

struct Counted {
    record: String,
    step: &'static str,
    system: String,
    stated: Instant,
    at: Instant,
}

#[derive(Template)]
#[template(path = "intake/handover/mine.html")]
struct MinePage {
    frame: DeskFrame,
    mine: Vec<Mine>,
    /// What may be agreed to.
    open: Vec<Choice>,
    /// Chosen, or the only one.
    chosen: String,
    counted: Vec<Counted>,
}

async fn mine(desk: Desk) -> Result<Response, Failure> {
    show_mine(&desk, "", vec![]).await
}

async fn show_mine(desk: &Desk, chosen: &str, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let systems = store::sources(desk.read(), &desk.body.id).await?;
    let name = |id: &str| systems.iter().find(|s| s.id == id).map(|s| s.name.clone()).unwrap_or_default();
    let line = |row: office_user::Model| Mine {
        system: name(&row.source),
        agreed: row.agreed_at.filter(|at| rules::agreed(Some(*at), desk.now)).map(Instant),
        row,
    };
    let mine: Vec<Mine> = of_person(desk).await?.into_iter().map(line).collect();
    let unagreed = mine.iter().filter(|m| m.agreed.is_none());
    let open: Vec<Choice> =
        unagreed.map(|m| Choice::new(&m.row.id, format!("{}，账号 {}", m.system, m.row.code))).collect();
    let chosen = if open.len() == 1 { open[0].value.clone() } else { chosen.to_owned() };
    let (status, frame) = desk.form("办公系统里的审查", "/desk/me", errors);
    let counted = counted(desk).await?;
    html_as(status, &MinePage { frame, mine, open, chosen, counted })
}

async fn of_person(desk: &Desk) -> Result<Vec<office_user::Model>, Error> {
    use office_user::Column::{EndedAt, Id, Staff};
    let mine = office_user::Entity::find().filter(Staff.eq(&desk.me.id)).filter(EndedAt.is_null());
    Ok(mine.order_by_asc(Id).all(desk.read()).await?)
}

/// The reviews that counted in this person's name, the newest first: so that a false one is seen.
async fn counted(desk: &Desk) -> Result<Vec<Counted>, Error> {
    use stated_review::Column::{CountedAt, Staff};
    let rows = stated_review::Entity::find().filter(Staff.eq(&desk.me.id)).order_by_desc(CountedAt).limit(SHOWN);
    let mut all = vec![];
    for row in rows.all(desk.read()).await? {
        let came = super::table::arrival::Entity::find_by_id(&row.arrival).one(desk.read()).await?;
        let came = came.ok_or(Error::NotFound)?;
        let paper = store::load(desk.read(), &desk.body.id, &came.handover).await?;
        let step = crate::record::kind::Step::parse(&row.step).map_or("", |s| s.zh());
        let at = Instant(row.counted_at.unwrap_or(0));
        all.push(Counted { record: paper.row.record, step, system: paper.source.name, stated: Instant(row.at), at });
    }
    Ok(all)
}

/// A standing consent is more than a click on a screen left open.
async fn agree(mut desk: Desk, form: Posted) -> Result<Response, Failure> {
    let chosen = form.get("account");
    let Some(row) = of_person(&desk).await?.into_iter().find(|r| r.id == chosen) else {
        let why = Refusal::new("account", "请选择办公系统里的账号。").at("account");
        return show_mine(&desk, chosen, vec![why]).await;
    };
    let why = again::prove(&mut desk, &form).await?;
    if !why.is_empty() {
        return show_mine(&desk, chosen, why).await;
    }
    let work = async move |act: &mut Act| {
        set(act, &row.id, office_user::Column::AgreedAt, Some(act.now.0)).await?;
        act.journal("agree-office", &format!("office-user:{}", row.id));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/me/office?said=saved"))
}

async fn take_back(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = of_person(&desk).await?.into_iter().find(|r| r.id == id).ok_or(Error::NotFound)?;
    let work = async move |act: &mut Act| {
        set(act, &row.id, office_user::Column::AgreedAt, None).await?;
        act.journal("take-back-office", &format!("office-user:{}", row.id));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/me/office?said=saved"))
}
