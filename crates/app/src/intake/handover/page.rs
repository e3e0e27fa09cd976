//! 交接：the papers that office systems handed over, what is in the way of each, and the decision where two texts came
//! under one number.

use super::end;
use super::model::State;
use super::store::{self, Paper};
use super::table::{arrival, arrival_file, standing};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::record::draft as drafts;
use crate::record::evidence;
use crate::record::store as records;
use crate::record::table::draft_file;
use crate::ui::{DeskFrame, Fact, Tag, Tone, Value};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Instant, Refusal};
use law::Law;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::typed_of;

const LOOK: Who = Who::Duty(Duty::LOOK);
const DECIDE: Who = Who::Duty(&[Duty::Draft]);
/// Papers that the list shows, and that the inbox looks through.
const MOST: u64 = 100;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/handover", LOOK, list),
        get("/desk/handover/{id}", LOOK, one),
        post("/desk/handover/{id}/take", DECIDE, take),
        post("/desk/handover/{id}/decline", DECIDE, decline),
    ]
}

fn tag(state: State) -> Tag {
    let tone = match state {
        State::Kept => Tone::Plain,
        State::Held => Tone::Near,
        State::Conflict => Tone::Late,
        State::Published => Tone::Done,
    };
    Tag::new(state.zh(), tone)
}

/// A paper with where it stands.
pub struct Line {
    pub id: String,
    pub title: String,
    pub number: String,
    pub system: String,
    pub received: Instant,
    pub ended: Option<Instant>,
    pub state: State,
    pub tag: Tag,
    pub why: String,
}

async fn line(desk: &Desk, law: &'static Law, paper: &Paper) -> Result<Line, Error> {
    let (state, why, _) = end::stands(desk.read(), law, paper, desk.now).await?;
    let title = paper.typed()?.get("title").cloned().unwrap_or_default();
    Ok(Line {
        id: paper.row.id.clone(),
        title: if title.trim().is_empty() { "（没有标题）".into() } else { title },
        number: paper.row.number.clone(),
        system: paper.source.name.clone(),
        received: Instant(paper.row.received_at),
        ended: paper.arrival.ended_at.map(Instant),
        tag: tag(state),
        why: why.first().map(|r| r.says.clone()).unwrap_or_default(),
        state,
    })
}

/// For the inbox: what ended over there and is not public, and what a person must decide.
pub async fn waiting(desk: &Desk) -> Result<Vec<Line>, Error> {
    let mut all = vec![];
    for row in store::unsettled(desk.read(), &desk.body.id, MOST).await? {
        let line = line(desk, desk.law(), &store::loaded(desk.read(), row).await?).await?;
        if matches!(line.state, State::Held | State::Conflict) {
            all.push(line);
        }
    }
    Ok(all)
}

#[derive(Template)]
#[template(path = "intake/handover/list.html")]
struct List {
    frame: DeskFrame,
    lines: Vec<Line>,
    cut: bool,
}

async fn list(desk: Desk) -> Result<Response, Failure> {
    let mut lines = vec![];
    for row in store::some(desk.read(), &desk.body.id, MOST).await? {
        lines.push(line(&desk, desk.law(), &store::loaded(desk.read(), row).await?).await?);
    }
    let cut = lines.len() as u64 == MOST;
    html(&List { frame: desk.frame("办公系统交接", "/desk/handover"), lines, cut })
}

struct Other {
    id: String,
    at: Instant,
    title: String,
    text: String,
    files: Vec<arrival_file::Model>,
}

#[derive(Template)]
#[template(path = "intake/handover/one.html")]
struct One {
    frame: DeskFrame,
    line: Line,
    record: String,
    facts: Vec<Fact>,
    why: Vec<Refusal>,
    others: Vec<Other>,
    may_decide: bool,
    reason: String,
}

async fn one(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show(&desk, &id, vec![], String::new()).await
}

async fn show(desk: &Desk, id: &str, errors: Vec<Refusal>, reason: String) -> Result<Response, Failure> {
    let paper = store::load(desk.read(), &desk.body.id, id).await?;
    let (_, why, on) = end::stands(desk.read(), desk.law(), &paper, desk.now).await?;
    let line = line(desk, desk.law(), &paper).await?;
    let moment = |name, at: Instant| Fact::new(name, Value::Moment(at));
    let mut facts = vec![
        Fact::text("源系统", &paper.source.name),
        Fact::code("源系统编号", &paper.row.number),
        Fact::code("内容摘要", &paper.arrival.hash),
        Fact::text("那边的经办人", &paper.arrival.author_code),
    ];
    facts.extend(line.ended.map(|at| moment("那边办结", at)));
    facts.push(moment("这里收到", line.received));
    let public = on.publications.last().filter(|p| p.revision.is_some());
    facts.extend(public.map(|p| moment("这里公开", Instant(p.at))));
    let mut others = vec![];
    for came in &paper.waiting {
        let title = typed_of(came)?.remove("title").unwrap_or_default();
        let files = store::files_of(desk.read(), &came.id).await?;
        others.push(Other { id: came.id.clone(), at: Instant(came.at), title, text: came.text.clone(), files });
    }
    let (status, frame) = desk.form(line.title.clone(), "/desk/handover", errors);
    let may_decide = desk.me.has(Duty::Draft);
    html_as(status, &One { frame, line, record: paper.row.record, facts, why, others, may_decide, reason })
}

/// The text that a form names, if it still waits.
fn named(paper: &Paper, form: &Posted) -> Result<arrival::Model, Error> {
    paper.waiting.iter().find(|a| a.id == form.get("arrival")).cloned().ok_or(Error::Conflict)
}

/// The text that came becomes this person's draft, from the record's latest revision.
async fn take(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let paper = store::load(desk.read(), &desk.body.id, &id).await?;
    let came = named(&paper, &form)?;
    let (me, body) = (desk.me.id.clone(), desk.body.id.clone());
    let work = async move |act: &mut Act| {
        let paper = store::load(act, &body, &id).await?;
        let (typed, record) = (typed_of(&came)?, paper.row.record.clone());
        let mine = match drafts::my_draft(act, &record, &me).await? {
            Some(mine) => {
                drafts::save_draft(act, &mine, mine.version, &typed, &came.text).await?;
                mine
            }
            None => {
                let on = records::load(act, &body, &record).await?;
                drafts::revive(act, &on, &me, &typed, &came.text).await?;
                drafts::my_draft(act, &record, &me).await?.ok_or(Error::NotFound)?
            }
        };
        draft_file::Entity::delete_many().filter(draft_file::Column::Draft.eq(&mine.id)).exec(act).await?;
        for f in store::files_of(act, &came.id).await? {
            drafts::add_file(act, &mine.id, &f.name, &f.kind, f.size, &f.blob).await?;
        }
        settle(act, &paper.row.arrival, standing::PAST, "", &me).await?;
        settle(act, &came.id, standing::TAKEN, "", &me).await?;
        store::point(act, &paper.row, &came.id).await?;
        act.journal_with("take-arrival", &format!("record:{record}"), serde_json::json!({ "hash": came.hash }));
        Ok(record)
    };
    let record = desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{record}?said=saved")))
}

async fn decline(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let paper = store::load(desk.read(), &desk.body.id, &id).await?;
    let (came, reason, me) = (named(&paper, &form)?, form.get("reason").to_owned(), desk.me.id.clone());
    if reason.is_empty() || reason.chars().count() > 200 {
        let why = Refusal::new("reason-missing", "不采用要写一句理由，最多 200 字。源系统会看到结果。").at("reason");
        return show(&desk, &id, vec![why], reason).await;
    }
    let back = format!("/desk/handover/{id}?said=saved");
    let work = async move |act: &mut Act| {
        evidence::takes_words(act, &paper.row.record).await?;
        settle(act, &came.id, standing::PAST, &reason, &me).await?;
        let about = format!("record:{}", paper.row.record);
        act.journal_with("decline-arrival", &about, serde_json::json!({ "hash": came.hash }));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&back))
}

async fn settle(act: &Act, came: &str, standing: &str, reason: &str, me: &str) -> Result<(), Error> {
    arrival::Entity::update_many()
        .col_expr(arrival::Column::Standing, Expr::value(standing))
        .col_expr(arrival::Column::Reason, Expr::value(reason))
        .col_expr(arrival::Column::DecidedBy, Expr::value(me))
        .filter(arrival::Column::Id.eq(came))
        .exec(act)
        .await?;
    Ok(())
}
