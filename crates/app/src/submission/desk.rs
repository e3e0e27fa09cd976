//! The clerk's pages: the list (facts), the letter (unsealed, and journalled), the answer.

use super::model::{Letter, Outcome, State, Topic};
use super::store::{self, submission};
use super::{remedy, rules};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, Days, DeskFrame, Fact, Tag, Tone, Value};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Instant, Refusal};
use law::Law;

/// Supervisors see that it lies there and for how long, not what it says.
const LIST: Who = Who::Duty(Duty::LOOK);
const OPEN: Who = Who::Duty(&[Duty::Draft, Duty::Publication]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/correction", LIST, list),
        get("/desk/correction/{id}", OPEN, page),
        post("/desk/correction/{id}/answer", OPEN, answer),
    ]
}

struct Line {
    id: String,
    about: String,
    topic: &'static str,
    tag: Tag,
    received: Instant,
    days: Days,
}

#[derive(Template)]
#[template(path = "submission/list.html")]
struct List {
    frame: DeskFrame,
    open: Vec<Line>,
    answered: Vec<Line>,
    may_open: bool,
}

async fn list(desk: Desk) -> Result<Response, Failure> {
    let line = |row: submission::Model| line(desk.law(), row, desk.now);
    let open = store::open(desk.read(), &desk.body.id, desk.now).await?.into_iter().map(line);
    let open = open.collect::<Result<Vec<_>, _>>()?;
    let answered = store::answered(desk.read(), &desk.body.id).await?.into_iter().map(line);
    let answered = answered.collect::<Result<Vec<_>, _>>()?;
    let may_open = desk.me.has(Duty::Draft) || desk.me.has(Duty::Publication);
    html(&List { frame: desk.frame("更正申请", "/desk/correction"), open, answered, may_open })
}

fn line(law: &Law, row: submission::Model, now: Instant) -> Result<Line, Error> {
    let (topic, state, received) = (row.topic()?.zh(), row.state()?, row.received());
    let days = rules::days(law, received.day(), row.answered().map(Instant::day), now.day());
    let tag = row.outcome().map_or_else(|| state.tag(), |o| Tag::new(o.zh(), Tone::Done));
    Ok(Line { id: row.id, about: row.about, topic, tag, received, days })
}

#[derive(Template)]
#[template(path = "submission/open.html")]
struct Open {
    frame: DeskFrame,
    id: String,
    version: i64,
    facts: Vec<Fact>,
    days: Days,
    why: Vec<String>,
    /// `None` once erased.
    letter: Option<Letter>,
    own_data: bool,
    outcomes: Vec<Choice>,
    answered: bool,
    /// The record that is, or was, public at the page.
    record: Option<String>,
    /// What was answered.
    reply: Option<String>,
    /// What was printed under it of reconsideration and suit.
    remedy: Option<String>,
    /// What will be printed under each outcome that refuses.
    remedies: Vec<Printed>,
    /// What the settings lack of the offices.
    gaps: String,
    /// The answer being written.
    outcome: String,
    text: String,
}

/// The paragraph that follows an answer, and the outcomes it follows.
struct Printed {
    outcomes: Vec<&'static str>,
    text: String,
}

/// The paragraphs that answers of today would carry, each once.
fn remedies(desk: &Desk, topic: Topic) -> Vec<Printed> {
    let mut all: Vec<Printed> = vec![];
    for outcome in Outcome::ALL {
        let Some(text) = remedy::text(desk.law(), &desk.body.profile, topic, outcome, desk.now.day()) else { continue };
        match all.iter_mut().find(|p| p.text == text) {
            Some(printed) => printed.outcomes.push(outcome.zh()),
            None => all.push(Printed { outcomes: vec![outcome.zh()], text }),
        }
    }
    all
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = store::load(desk.read(), &desk.body.id, &id).await?;
    show(&desk, row, &Posted::default(), vec![]).await
}

/// Journals, and only then unseals: nobody reads a letter without a line that says so.
async fn show(desk: &Desk, row: submission::Model, form: &Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let opened = row.clone();
    let work = async move |act: &mut Act| store::note_opening(act, &opened).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let (topic, state) = (row.topic()?, row.state()?);
    let (status, frame) = desk.form("更正申请", "/desk/correction", errors);
    let received = row.received().day();
    let printed = |outcome, at: Instant| remedy::text(desk.law(), &desk.body.profile, topic, outcome, at.day());
    let outcomes = Outcome::ALL.iter().filter(|o| **o != Outcome::NotVerified || topic == Topic::OwnData);
    html_as(
        status,
        &Open {
            frame,
            version: row.version,
            facts: facts(&row, topic),
            days: rules::days(desk.law(), received, row.answered().map(Instant::day), desk.now.day()),
            why: rules::explain(desk.law(), received),
            letter: row.letter(&desk.app.sealer)?,
            own_data: topic == Topic::OwnData,
            outcomes: outcomes.map(|o| Choice::new(o.word(), o.zh())).collect(),
            answered: state == State::Answered,
            record: store::page_of(&desk.app.store.public(), &desk.body.id, &row.about).await?.1,
            reply: row.reply(&desk.app.sealer)?,
            remedy: row.outcome().zip(row.answered()).and_then(|(outcome, at)| printed(outcome, at)),
            remedies: remedies(desk, topic),
            gaps: remedy::gaps(&desk.body.profile).join("、"),
            outcome: form.get("outcome").into(),
            text: form.text("reply"),
            id: row.id,
        },
    )
}

fn facts(row: &submission::Model, topic: Topic) -> Vec<Fact> {
    let link = crate::ui::Link::new(&row.about, &row.about);
    let mut all = vec![
        Fact::new("页面", Value::Link(link)),
        Fact::text("类型", topic.zh()),
        Fact::new("收到时间", Value::Moment(row.received())),
        Fact::text("渠道", "网页"),
        Fact::text("保管到", &row.retain_until),
    ];
    if row.objection == 1 {
        all.push(Fact::text("公示", "公示期内收到。答复以前，公示页不会写没有收到意见"));
    }
    all.extend(row.outcome().map(|o| Fact::text("处理结果", o.zh())));
    all.extend(row.answered().map(|at| Fact::new("答复时间", Value::Moment(at))));
    all
}

async fn answer(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let row = store::load(desk.read(), &desk.body.id, &id).await?;
    let (outcome, seen) = (Outcome::parse(form.get("outcome")), form.number("version")?);
    let reply = form.text("reply").trim().to_owned();
    let mut why = rules::answer(desk.law(), row.state()?, row.topic()?, outcome, &reply);
    let (page, _) = store::page_of(&desk.app.store.public(), &desk.body.id, &row.about).await?;
    why.extend(outcome.and_then(|outcome| rules::holds(outcome, page, row.received())));
    let (true, Some(outcome)) = (why.is_empty(), outcome) else {
        if why.iter().any(|r| r.code == rules::SECRET) {
            note_secret(&desk, &id).await?;
        }
        return show(&desk, row, &form, why).await;
    };
    let sealer = desk.app.sealer.clone();
    let work = async move |act: &mut Act| store::answer(act, &sealer, &row, seen, outcome, &reply).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => done.into_inner(),
        // A colleague was faster; what was typed here comes back beside theirs.
        Err(Error::Conflict) => {
            let row = store::load(desk.read(), &desk.body.id, &id).await?;
            return show(&desk, row, &form, vec![rules::answered_already()]).await;
        }
        Err(e) => return Err(e.into()),
    }
    Ok(see("/desk/correction?said=answered"))
}

/// Only the fact is journalled.
async fn note_secret(desk: &Desk, id: &str) -> Result<(), Failure> {
    let about = format!("submission:{id}");
    let work = async move |act: &mut Act| {
        act.journal("secret-mark-refused", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(())
}
