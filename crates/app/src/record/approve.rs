//! 签批 on a telephone: three lines and two buttons for each record that waits for this leader.

use super::decide::Decision;
use super::kind::Step;
use super::model::{Typed, Verdict};
use super::waiting::{self, Waiting};
use super::{brief, review, verdict};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{Duty, again};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::DeskFrame;
use ::store::Error;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Hash, Refusal};

const APPROVE: Who = Who::Duty(&[Duty::Approval]);

pub fn routes() -> Vec<Route> {
    vec![get("/desk/approve", APPROVE, page), post("/desk/approve/{id}", APPROVE, decide)]
}

/// One record: its title, what it is and who passed it, what the machine found.
struct Card {
    id: String,
    title: String,
    brief: [String; 2],
    hash: String,
    /// In whose stead.
    acting_for: Option<String>,
    /// What was typed into this card and refused.
    opinion: String,
    is_open: bool,
}

impl Card {
    /// Each card has its own fields; the error summary leads to those of the card that was refused.
    fn id_of(&self, field: &str) -> String {
        if self.is_open { format!("f-{field}") } else { format!("{field}-{}", self.id) }
    }
}

#[derive(Template)]
#[template(path = "record/approve.html")]
struct Page {
    frame: DeskFrame,
    cards: Vec<Card>,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    show(&desk, "", &Posted::default(), vec![]).await
}

/// `id` is the record of a refused form.
async fn show(desk: &Desk, id: &str, form: &Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let mut cards = vec![];
    for w in waiting::mine(desk).await?.iter().filter(|w| w.step == Step::Approval) {
        cards.push(card(desk, w, if w.on.row.id == id { Some(form) } else { None }).await?);
    }
    let (status, frame) = desk.form("签批", "/desk/approve", errors);
    html_as(status, &Page { frame, cards })
}

async fn card(desk: &Desk, w: &Waiting, form: Option<&Posted>) -> Result<Card, Error> {
    let revision = w.on.revision.as_ref().ok_or(Error::NotFound)?;
    let names = super::desk::names(desk, &w.on).await?;
    let lent = super::rules::in_whose_stead(revision, w.step, &desk.me).ok().flatten();
    Ok(Card {
        id: w.on.row.id.clone(),
        title: w.on.title(),
        brief: brief::brief(&w.on, &brief::made(&w.on, &names), &names),
        hash: revision.hash.to_string(),
        acting_for: lent.map(|l| l.name.clone()),
        opinion: form.map(|f| f.text("opinion")).unwrap_or_default(),
        is_open: form.is_some(),
    })
}

fn read(form: &Posted) -> Result<Decision, Vec<Refusal>> {
    let (verdict, opinion) = (Verdict::parse(form.get("verdict")), form.get("opinion").to_owned());
    let mut why = vec![];
    if verdict == Some(Verdict::Return) && opinion.is_empty() {
        why.push(Refusal::new("opinion-missing", "退回要写明理由，让经办人知道改哪里。").at("opinion"));
    }
    if opinion.chars().count() > verdict::OPINION_MAX {
        let says = format!("意见最多 {} 字。", verdict::OPINION_MAX);
        why.push(Refusal::new("opinion-long", says).at("opinion"));
    }
    match (verdict, Hash::parse(form.get("hash"))) {
        (Some(verdict), Some(seen)) if why.is_empty() => {
            Ok(Decision { step: Step::Approval, verdict, seen, answers: Typed::new(), opinion })
        }
        (Some(_), Some(_)) => Err(why),
        _ => Err(vec![Refusal::new("bad-form", "表单不完整。请刷新后再提交。")]),
    }
}

async fn decide(mut desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    super::store::load(desk.read(), &desk.body.id, &id).await?;
    let read = read(&form);
    let mut why = again::prove(&mut desk, &form).await?;
    let made = match read {
        Ok(made) if why.is_empty() => made,
        Ok(_) => return show(&desk, &id, &form, why).await,
        Err(faults) => {
            why.extend(faults);
            return show(&desk, &id, &form, why).await;
        }
    };
    match review::take(&desk, &id, made).await {
        Ok(said) => Ok(see(&format!("/desk/approve?said={said}"))),
        Err(Error::Refused(why)) => show(&desk, &id, &form, why).await,
        Err(e) => Err(e.into()),
    }
}
