//! 提出新的一版：the negative list as a form. It becomes a version of `negative.toml` that somebody else decides on (slice
//! `rule`); until then, and until its first day, nothing changes.

use super::form::{FILE, Form};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as};
use crate::posted::Posted;
use crate::rule::{self, model::Proposal};
use crate::ui::{Choice, DeskFrame};
use ::store::Error;
use askama::Template;
use axum::response::Response;
use kernel::Refusal;
use law::{Effect, How, NegativeList};

/// As slice `rule` lets propose.
const PROPOSE: Who = Who::Duty(rule::PROPOSE);

pub fn routes() -> Vec<Route> {
    vec![get("/desk/ground/new", PROPOSE, page), post("/desk/ground/new", PROPOSE, send)]
}

#[derive(Template)]
#[template(path = "ground/change.html")]
struct Page {
    frame: DeskFrame,
    form: Form,
    version: usize,
    hows: Vec<Choice>,
    grounds: Vec<Choice>,
    source: String,
    note: String,
}

/// The list that a new one begins from: the last, whether it has begun or not.
fn last(desk: &Desk) -> Result<&'static NegativeList, Error> {
    desk.law().negative.last().ok_or_else(|| Error::fault("a law without a negative list"))
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let form = Form::of(desk.law(), last(&desk)?);
    show(&desk, form, &Posted::default(), vec![])
}

fn show(desk: &Desk, form: Form, posted: &Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let law = desk.law();
    let (status, frame) = desk.form("提出新的不予公开清单", super::desk::HERE, errors);
    let citable = law.grounds.iter().filter(|g| g.effect == Effect::Withhold && g.refuse_by.is_empty());
    let citable = citable.filter(|g| g.in_force(desk.now.day()));
    let page = Page {
        frame,
        version: law.negative.len() + 1,
        hows: [How::Whole, How::Part].into_iter().map(|how| Choice::new(how.word(), how.zh())).collect(),
        grounds: citable.map(|g| Choice::new(&g.code, format!("{}（{}）", g.name, g.cite))).collect(),
        source: posted.text("source"),
        note: posted.text("note"),
        form,
    };
    html_as(status, &page)
}

async fn send(desk: Desk, posted: Posted) -> Result<Response, Failure> {
    let form = Form::read(desk.law(), last(&desk)?, &posted);
    let block = match form.block(desk.law(), desk.now.day()) {
        Ok(block) => block,
        Err(why) => return show(&desk, form, &posted, why),
    };
    let text = format!("{}\n{block}", rule::text_in_force(&desk, FILE).await?.trim_end());
    match rule::propose(&desk, Proposal::of(FILE, text, &posted)).await? {
        Ok(done) => Ok(done),
        Err(why) => show(&desk, form, &posted, why.into_iter().map(at_own_field).collect()),
    }
}

/// The loader speaks of the whole file; this form has no field for that.
fn at_own_field(mut why: Refusal) -> Refusal {
    why.field = why.field.filter(|field| matches!(*field, "source" | "note" | "from"));
    why
}
