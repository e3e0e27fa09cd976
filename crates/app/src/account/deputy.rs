//! 代办：lending a duty for a term, confirming what an administrator entered, ending it early.

use super::desk::{Desk, Route, Who, get, post};
use super::lent::{self, NewLent};
use super::model::{Duty, Me};
use super::{again, rules};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Day, Instant, Refusal};

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/deputy", Who::Staff, page),
        post("/desk/deputy", Who::Staff, lend),
        post("/desk/deputy/{id}/confirm", Who::Duty(Duty::LOOK), confirm),
        post("/desk/deputy/{id}/end", Who::Staff, end),
    ]
}

/// A lent duty, as the list shows it.
struct Line {
    id: String,
    duty: &'static str,
    holder: String,
    deputy: String,
    from: Day,
    until: Day,
    confirmed: bool,
    stands: bool,
    may_confirm: bool,
    may_end: bool,
}

#[derive(Template)]
#[template(path = "account/deputy.html")]
struct Page {
    frame: DeskFrame,
    lines: Vec<Line>,
    /// Only an administrator enters for others.
    holders: Vec<Choice>,
    duties: Vec<Choice>,
    deputies: Vec<Choice>,
    may_lend: bool,
    form: Posted,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    show(&desk, Posted::default(), vec![]).await
}

async fn show(desk: &Desk, form: Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let crew = lent::crew(desk.read(), &desk.body.id, desk.now).await?;
    let rows = lent::not_over(desk.read(), &desk.body.id, desk.now).await?;
    let is_admin = desk.me.owns(Duty::Administration);
    let lends = |duty: &&Duty| is_admin || desk.me.owns(**duty);
    let duties: Vec<Choice> = Duty::REVIEW.iter().filter(lends).map(|d| Choice::new(d.word(), d.zh())).collect();
    let choice = |p: &Me| Choice::new(&p.id, format!("{}（{}）", p.name, p.section_name));
    let holds = |p: &&Me| Duty::REVIEW.iter().any(|d| p.owns(*d));
    let takes = |p: &&Me| p.id != desk.me.id && !rules::stands_apart(p);
    let (status, frame) = desk.form("代办", "/desk/deputy", errors);
    let page = Page {
        frame,
        lines: rows.into_iter().map(|row| line(row, &crew, desk)).collect::<Result<_, _>>()?,
        holders: if is_admin { crew.iter().filter(holds).map(choice).collect() } else { vec![] },
        deputies: crew.iter().filter(takes).map(choice).collect(),
        may_lend: !duties.is_empty(),
        duties,
        form,
    };
    html_as(status, &page)
}

fn line(row: lent::lent::Model, crew: &[Me], desk: &Desk) -> Result<Line, Error> {
    let name = |id: &str| crew.iter().find(|p| p.id == id).map_or("已停用的账号".to_owned(), |p| p.name.clone());
    Ok(Line {
        duty: row.duty()?.zh(),
        holder: name(&row.holder),
        deputy: name(&row.deputy),
        from: Instant(row.from_at).day(),
        until: Instant(row.until).day().plus(-1),
        confirmed: row.confirmed_at.is_some(),
        stands: row.stands(desk.now),
        may_confirm: row.confirmed_at.is_none() && rules::may_confirm(&row.made_by, &row.deputy, &desk.me).is_ok(),
        may_end: may_end(&row, &desk.me),
        id: row.id,
    })
}

/// Whoever lends, takes or administers.
fn may_end(row: &lent::lent::Model, me: &Me) -> bool {
    [&row.holder, &row.deputy].contains(&&me.id) || me.owns(Duty::Administration)
}

fn read(desk: &Desk, form: &Posted) -> Result<NewLent, Vec<Refusal>> {
    let mut why = vec![];
    let mut fault = |code, field, says: &str| why.push(Refusal::new(code, says).at(field));
    let duty = Duty::parse(form.get("duty")).filter(|d| Duty::REVIEW.contains(d));
    if duty.is_none() {
        fault("duty", "duty", "请选择要借出的岗位。");
    }
    let holder = Some(form.get("holder")).filter(|h| !h.is_empty()).unwrap_or(&desk.me.id).to_owned();
    if form.get("deputy").is_empty() {
        fault("deputy", "deputy", "请选择由谁代办。");
    }
    let (from, until) = (Day::parse(form.get("from")), Day::parse(form.get("until")));
    if from.is_none() {
        fault("from", "from", "请填写从哪一天起，写成 2026-11-23。");
    }
    if until.is_none() {
        fault("until", "until", "请填写到哪一天止，写成 2026-11-27。");
    }
    match (duty, from, until) {
        (Some(duty), Some(from), Some(until)) if why.is_empty() => Ok(NewLent {
            body: desk.body.id.clone(),
            duty,
            holder,
            deputy: form.get("deputy").into(),
            from_at: from.start(),
            until: until.plus(1).start(),
        }),
        _ => Err(why),
    }
}

async fn lend(mut desk: Desk, form: Posted) -> Result<Response, Failure> {
    let new = match read(&desk, &form) {
        Ok(new) => new,
        Err(why) => return show(&desk, form, why).await,
    };
    let why = again::prove(&mut desk, &form).await?;
    if !why.is_empty() {
        return show(&desk, form, why).await;
    }
    let by = desk.me.id.clone();
    let work = async move |act: &mut Act| lent::add(act, &new, &by).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see("/desk/deputy?said=lent")),
        Err(Error::Refused(why)) => show(&desk, form, why).await,
        Err(e) => Err(e.into()),
    }
}

async fn confirm(mut desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let row = lent::load(desk.read(), &desk.body.id, &id).await?;
    let why = again::prove(&mut desk, &form).await?;
    if !why.is_empty() {
        return show(&desk, form, why).await;
    }
    let me = desk.me.clone();
    let work = async move |act: &mut Act| lent::confirm(act, &row, &me).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see("/desk/deputy?said=lent-confirmed")),
        Err(Error::Refused(why)) => show(&desk, form, why).await,
        Err(e) => Err(e.into()),
    }
}

async fn end(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = lent::load(desk.read(), &desk.body.id, &id).await?;
    if !may_end(&row, &desk.me) {
        let why = Refusal::new("not-yours", "只有借出的人、代办的人和系统管理员能提前结束。");
        return show(&desk, Posted::default(), vec![why]).await;
    }
    let work = async move |act: &mut Act| lent::end(act, &row).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/deputy?said=lent-ended"))
}
