//! A paper has ended over there (办结): our own gate is asked. A job does it, so that no token ever publishes: the token
//! only leaves the paper and what is said of it.

use super::model::{Person, State, Stated};
use super::rules::{self, Weighed};
use super::store::{self, Paper};
use super::table::{arrival, handover, stated_review};
use crate::App;
use crate::record::draft as drafts;
use crate::record::kind::Step;
use crate::record::model::{State as RecordState, Typed, Verdict};
use crate::record::store::{self as records, Decision, Loaded, Submission, Written};
use crate::record::{file, publish, rules as record_rules};
use ::store::{Act, Actor, Done, Error, Job};
use kernel::{Instant, Refusal};
use law::Law;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

type Texts = Vec<(String, String)>;

/// Safe to run twice: what is public already, or was submitted, is left as it is.
pub async fn end(app: App, job: Job) -> Result<(), Error> {
    let (law, now) = (app.law(), app.clock.now());
    let found = handover::Entity::find_by_id(&job.arg).one(app.store.read()).await?;
    let row = found.ok_or(Error::NotFound)?;
    let org = app.bodies().iter().find(|b| b.id == row.body).map(|b| b.org.clone()).ok_or(Error::NotFound)?;
    let texts = words(&app, &row).await?;
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let paper = store::load(act, &row.body, &row.id).await?;
        let why = settle(act, law, &org, &paper, &texts).await?;
        let codes: Vec<&str> = why.iter().map(|r| r.code).collect();
        let facts = serde_json::json!({ "source": paper.source.code, "why": codes });
        let what = if why.is_empty() { "handover-published" } else { "handover-held" };
        act.journal_with(what, &format!("record:{}", paper.row.record), facts);
        Ok(())
    };
    app.store.act(Actor::Job("handover-end"), now, work).await.map(Done::into_inner)
}

/// The words of its files that are plain text, as submitting wants them.
async fn words(app: &App, row: &handover::Model) -> Result<Texts, Error> {
    let paper = store::load(app.store.read(), &row.body, &row.id).await?;
    match drafts::my_draft(app.store.read(), &row.record, &paper.arrival.author).await? {
        Some(mine) => file::texts(&app.blobs, &drafts::draft_files(app.store.read(), &mine.id).await?).await,
        None => Ok(vec![]),
    }
}

/// Submits, counts the reviews over there that count here, asks the gate. Returns what is in the way.
async fn settle(
    act: &mut Act,
    law: &'static Law,
    org: &str,
    paper: &Paper,
    texts: &[(String, String)],
) -> Result<Vec<Refusal>, Error> {
    let typed = paper.typed()?;
    if let Some(why) = rules::not_by_itself(&typed, paper.arrival.ended_at.is_some()) {
        return Ok(vec![why]);
    }
    let mut on = records::load(act, &paper.row.body, &paper.row.record).await?;
    if !paper.is_followed(&on) {
        if let Err(why) = submit(act, law, paper, &on, texts).await? {
            return Ok(why);
        }
        on = records::load(act, &paper.row.body, &paper.row.record).await?;
    }
    if on.state() == RecordState::Published {
        return Ok(vec![]);
    }
    let people = store::people(act, &paper.source.id, act.now).await?;
    while let Some(step) = on.waits_for() {
        if !count(act, paper, &people, &on, step).await? {
            break;
        }
        on = records::load(act, &paper.row.body, &paper.row.record).await?;
    }
    if on.waits_for().is_none() && on.row.publish_at.is_none() {
        return match on.ask_gate(law, None, act.now.day()) {
            Ok(order) => publish::publish(act, law, &on, org, order).await.map(|_| vec![]),
            Err(Error::Refused(why)) => Ok(why),
            Err(e) => Err(e),
        };
    }
    in_the_way(law, paper, &people, &on, act.now)
}

const EDITED: &str = "来文在这里改过。改过的稿子要在这里审查，源系统的审查不算。";

/// Submits the author's draft, if it still is what came.
async fn submit(
    act: &mut Act,
    law: &'static Law,
    paper: &Paper,
    on: &Loaded,
    texts: &[(String, String)],
) -> Result<Result<(), Vec<Refusal>>, Error> {
    let edited = || Ok(Err(vec![Refusal::new("edited-here", EDITED)]));
    let Some(mine) = drafts::my_draft(act, &paper.row.record, &paper.arrival.author).await? else { return edited() };
    if !store::is_as_it_came(act, &mine, &paper.arrival).await? {
        return edited();
    }
    let files = drafts::draft_files(act, &mine.id).await?;
    let read = Submission::read(law, on.kind, &ended_typed(paper)?, &mine.text, files, texts, act.now.day());
    let mut made = match read {
        Ok(made) => made,
        Err(why) => return Ok(Err(why)),
    };
    // Whoever holds the token had the text in hand: they are no reviewer of it either.
    made.authors.push(paper.source.staff.clone());
    let revision = records::submit(act, on, &mine, &made).await?;
    let follows = arrival::Entity::update_many().col_expr(arrival::Column::Revision, Expr::value(revision));
    follows.filter(arrival::Column::Id.eq(&paper.arrival.id)).exec(act).await?;
    Ok(Ok(()))
}

/// 条例第二十六条: the clock runs from the day on which the information came into being. Where the paper does not say,
/// it is the day on which it ended over there, however late it reached us.
fn ended_typed(paper: &Paper) -> Result<Typed, Error> {
    let mut typed = paper.typed()?;
    if let Some(at) = paper.arrival.ended_at {
        let formed = typed.entry("formed".into()).or_default();
        if formed.trim().is_empty() {
            *formed = Instant(at).day().to_string();
        }
    }
    Ok(typed)
}

/// Makes a review over there a review of that person here, if it counts. `false`: none does.
async fn count(
    act: &mut Act,
    paper: &Paper,
    people: &HashMap<String, Person>,
    on: &Loaded,
    step: Step,
) -> Result<bool, Error> {
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let followed = arrival::Entity::find_by_id(&paper.arrival.id).one(act).await?.and_then(|a| a.revision);
    if followed != on.row.revision {
        return Ok(false);
    }
    for (id, said) in paper.stated.iter().filter(|(_, said)| said.step == step) {
        let Some(person) = people.get(&said.by).filter(|_| faults(paper, people, said).is_ok_and(|w| w.is_empty()))
        else {
            continue;
        };
        if !record_rules::may_review(on.kind, revision, &on.reviews, step, &person.me, &revision.hash).is_empty() {
            continue;
        }
        let opinion = format!("{}：{} 在源系统审查通过。", paper.source.name, said.at);
        let (verdict, seen, answers) = (Verdict::Pass, revision.hash, said.answers.clone());
        records::add_review(act, on, &person.me, &Decision { step, verdict, seen, answers, opinion }).await?;
        stated_review::Entity::update_many()
            .col_expr(stated_review::Column::Staff, Expr::value(person.me.id.clone()))
            .col_expr(stated_review::Column::CountedAt, Expr::value(act.now.0))
            .filter(stated_review::Column::Id.eq(id))
            .exec(act)
            .await?;
        let facts = serde_json::json!({
            "step": step.word(), "staff": person.me.id, "source": paper.source.code, "stated": said.at.rfc3339(),
        });
        act.journal_with("count-review", &format!("record:{}", paper.row.record), facts);
        return Ok(true);
    }
    Ok(false)
}

fn faults(paper: &Paper, people: &HashMap<String, Person>, said: &Stated) -> Result<Vec<Refusal>, Error> {
    let author = (paper.arrival.author_code.as_str(), paper.arrival.author.as_str());
    let (hash, person) = (&paper.hash()?, people.get(&said.by));
    Ok(rules::does_not_count(&Weighed { stated: said, hash, author, person }))
}

/// For the step that waits: what is wrong with each review over there, or that there is none; then the gate's reasons.
fn in_the_way(
    law: &'static Law,
    paper: &Paper,
    people: &HashMap<String, Person>,
    on: &Loaded,
    now: Instant,
) -> Result<Vec<Refusal>, Error> {
    let mut why = vec![];
    if let Some(step) = on.waits_for() {
        let said: Vec<&Stated> = paper.stated.iter().map(|(_, s)| s).filter(|s| s.step == step).collect();
        for one in &said {
            why.extend(faults(paper, people, one)?);
        }
        if said.is_empty() {
            let says = format!("源系统办结了，但没有{}意见。请在源系统补推，或在这里审查。", step.zh());
            why.push(Refusal::new("not-reviewed", says).cite("《政府信息公开条例》第十七条"));
        }
    }
    match on.ask_gate(law, None, now.day()) {
        Ok(_) | Err(Error::NotFound) => {}
        Err(Error::Refused(gate)) => why.extend(gate.into_iter().filter(|r| r.code != "not-reviewed")),
        Err(e) => return Err(e),
    }
    Ok(why)
}

/// Where a paper stands now, and what is in the way: for both sides.
pub async fn stands(
    db: &impl ConnectionTrait,
    law: &'static Law,
    paper: &Paper,
    now: Instant,
) -> Result<(State, Vec<Refusal>, Loaded), Error> {
    let on = records::load(db, &paper.row.body, &paper.row.record).await?;
    if !paper.waiting.is_empty() {
        let says = "同一编号又来了一份，内容与这里的不同。请起草岗位的同事在工作台决定以哪一份为准。";
        return Ok((State::Conflict, vec![Refusal::new("other-text", says)], on));
    }
    if on.state() == RecordState::Published {
        return Ok((State::Published, vec![], on));
    }
    let typed = paper.typed()?;
    if let Some(why) = rules::not_by_itself(&typed, paper.arrival.ended_at.is_some()) {
        let state = if why.code == "unmarked" { State::Held } else { State::Kept };
        return Ok((state, vec![why], on));
    }
    if paper.is_followed(&on) {
        let people = store::people(db, &paper.source.id, now).await?;
        let why = in_the_way(law, paper, &people, &on, now)?;
        return Ok((State::Held, why, on));
    }
    let mine = drafts::my_draft(db, &paper.row.record, &paper.arrival.author).await?;
    let why = match mine {
        Some(mine) if store::is_as_it_came(db, &mine, &paper.arrival).await? => {
            let files = drafts::draft_files(db, &mine.id).await?;
            let read = Written::read(law, on.kind, &ended_typed(paper)?, &mine.text, &files, now.day());
            read.err().unwrap_or_default()
        }
        _ => vec![Refusal::new("edited-here", EDITED)],
    };
    Ok((State::Held, why, on))
}
