//! 提请讨论材料: what article 29 wants before those who decide, on one page that prints: each paper and where it stands,
//! what is missing with its article, and everything on which somebody who was asked did not agree.

use super::desk::LIST;
use super::kind::{Consulted, KIND, LOOKS, Remark};
use super::model::{ADOPTION, Answer, DRAFT, EXPERTS, EXPLAIN, NO_EXPERTS, NO_MARKET, ROLES, Role, TEXT};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get};
use crate::edge::{Failure, html};
use crate::matter::field::Row;
use crate::matter::kind::By;
use crate::matter::step::Doer;
use crate::matter::{store, work};
use crate::ui::{DeskFrame, Tag};
use ::store::Act;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;

/// The papers that go to the meeting, in the order of the article.
const GOES: &[&str] = &[TEXT, DRAFT, EXPLAIN, ADOPTION, EXPERTS, NO_EXPERTS, NO_MARKET];

pub fn routes() -> Vec<Route> {
    vec![get("/desk/decision/{id}/deliberation", Who::Duty(LOOKS), page)]
}

/// A paper of the meeting.
struct Goes {
    role: &'static Role,
    record: String,
    title: String,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "decision/deliberation.html")]
struct DeliberationPage {
    frame: DeskFrame,
    back: String,
    number: String,
    name: String,
    missing: Vec<Refusal>,
    goes: Vec<Goes>,
    risks: Vec<(&'static str, &'static str)>,
    is_controllable: Option<bool>,
    legal: &'static str,
    legal_says: String,
    fair_says: String,
    /// Bodies without agreement, and experts who were not followed.
    bodies: Vec<Row<Consulted>>,
    remarks: Vec<Row<Remark>>,
}

/// Journals before anything is shown: the page has words of the case.
async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let about = on.about();
    let work = async move |act: &mut Act| {
        act.journal("open-matter", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let at = work::moment(&desk);
    let c = KIND.case(&on.case, on.case.body.clone(), "", at, None);
    let head = Doer { may: vec![By::Duty(Duty::SectionCheck)], who: desk.me.id.clone() };
    let submit = KIND.buttons(&on.case, &head, at).into_iter().find(|b| b.name == "submit");
    let goes = |name: &&'static str| {
        let role = ROLES.iter().find(|r| r.name == *name)?;
        let paper = c.paper(role.name)?;
        let (record, title) = (paper.record.clone(), paper.title.clone());
        Some(Goes { role, record, title, tag: super::desk::tag(Some(paper)) })
    };
    let body = &c.body;
    html(&DeliberationPage {
        frame: desk.frame("提请讨论材料", LIST),
        back: format!("{LIST}/{id}"),
        number: on.row.number.clone(),
        name: body.name.to_string(),
        missing: submit.map(|b| b.blocked).unwrap_or_default(),
        goes: GOES.iter().filter_map(goes).collect(),
        risks: super::public::risks(body),
        is_controllable: body.controllable,
        legal: body.legal.map_or("还没有结论", |l| l.choice().zh),
        legal_says: body.legal_says.to_string(),
        fair_says: body.fair_says.to_string(),
        bodies: body.bodies.iter().filter(|b| b.settled == Some(false)).cloned().collect(),
        remarks: body.remarks.iter().filter(|r| r.answer.is_some_and(|a| a != Answer::Adopted)).cloned().collect(),
    })
}
