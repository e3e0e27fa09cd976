//! 并件: several applications of one applicant for the same go on as one. The case that came first goes on; the others
//! are closed into it, and the code of each leads there.

use super::desk::LIST;
use super::kind::{KIND, OPEN, Request};
use super::rules;
use super::table::request_kin;
use crate::account::desk::Desk;
use crate::account::store::Secret;
use crate::edge::{Failure, html_as, see};
use crate::matter::case::{Matter, Moment};
use crate::matter::kind::By;
use crate::matter::step::{Doer, Input, Step, Verdict, Wish};
use crate::matter::store::{self, Loaded};
use crate::matter::table::matter;
use crate::matter::work;
use crate::posted::Posted;
use crate::submission;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error, Read, Sealer};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Day, Instant, Refusal};
use sea_orm::{ConnectionTrait, EntityTrait, Set};

/// How two cases belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    Split,
    Join,
}

impl Way {
    fn word(self) -> &'static str {
        match self {
            Way::Split => "split",
            Way::Join => "join",
        }
    }
}

/// Notes that a case came out of another, or went into it.
pub async fn note(act: &mut Act, matter: &str, other: &str, way: Way) -> Result<(), Error> {
    let row = request_kin::ActiveModel {
        id: Set(format!("{matter}/{}", way.word())),
        matter: Set(matter.into()),
        other: Set(other.into()),
        way: Set(way.word().into()),
    };
    request_kin::Entity::insert(row).exec_without_returning(act).await?;
    let facts = serde_json::json!({ "way": way.word(), "other": other });
    act.journal_with("kin-matter", &store::about(matter), facts);
    Ok(())
}

/// The case into which one went, through however many there were.
pub async fn into(db: &impl ConnectionTrait, matter: &str) -> Result<Option<String>, Error> {
    let mut last = None;
    let mut here = matter.to_owned();
    while let Some(row) = request_kin::Entity::find_by_id(format!("{here}/{}", Way::Join.word())).one(db).await? {
        here.clone_from(&row.other);
        last = Some(row.other);
    }
    Ok(last)
}

/// The cases that a tracking code opens: those that its submission began, and those into which they went.
pub async fn of_code(db: &Read, sealer: &Sealer, body: &str, submission: &str) -> Result<Vec<Loaded>, Error> {
    let mut all = store::of_holder(db, sealer, &KIND, submission).await?;
    for n in 0..all.len() {
        let Some(id) = into(db, &all[n].row.id).await? else { continue };
        if all.iter().all(|on| on.row.id != id) {
            all.push(store::load(db, sealer, &KIND, body, &id).await?);
        }
    }
    Ok(all)
}

/// The other cases of the same applicant that one may go into. A machine compares the sealed words; nobody sees them.
async fn others(desk: &Desk, on: &Loaded) -> Result<Vec<(matter::Model, Option<Day>)>, Error> {
    let words =
        async |holder: &str| submission::store::any(desk.read(), &desk.body.id, holder).await?.words(&desk.app.sealer);
    let Some(mine) = words(&on.row.holder).await? else { return Ok(vec![]) };
    let (received, mut all) = (received(on), vec![]);
    for other in store::open(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, desk.now).await? {
        let first = received_first(&other, on, received);
        if other.row.state != OPEN.name || other.row.id == on.row.id || !first {
            continue;
        }
        if words(&other.row.holder).await?.is_some_and(|theirs| rules::is_same(&mine, &theirs)) {
            let day = self::received(&other);
            all.push((other.row, day));
        }
    }
    Ok(all)
}

fn received_first(other: &Loaded, on: &Loaded, mine: Option<Day>) -> bool {
    rules::is_before((received(other), &other.row.id), (mine, &on.row.id))
}

fn received(on: &Loaded) -> Option<Day> {
    serde_json::from_value::<Request>(on.case.body.clone()).ok()?.received
}

#[derive(Template)]
#[template(path = "request/join.html")]
struct JoinPage {
    frame: DeskFrame,
    back: String,
    number: String,
    others: Vec<Choice>,
    chosen: String,
    once: String,
    is_blocked: bool,
}

pub async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let why = desk_refusals(&desk, &on, "join");
    let is_blocked = !why.is_empty();
    show(&desk, &on, (String::new(), Secret::random().0), why, is_blocked).await
}

/// Why a move cannot be made on a case now, before anything is filled in.
pub fn desk_refusals(desk: &Desk, on: &Loaded, name: &str) -> Vec<Refusal> {
    let buttons = KIND.buttons(&on.case, &work::doer(desk, &on.case), work::moment(desk));
    match buttons.into_iter().find(|b| b.name == name && b.row.is_none()) {
        Some(button) => button.blocked,
        None => {
            let says = format!("现在是“{}”，不能办理这一项。", KIND.state(&on.row.state).zh);
            vec![Refusal::new("not-now", says)]
        }
    }
}

async fn show(
    desk: &Desk,
    on: &Loaded,
    (chosen, once): (String, String),
    why: Vec<Refusal>,
    is_blocked: bool,
) -> Result<Response, Failure> {
    let others = if is_blocked { vec![] } else { others(desk, on).await? };
    let choice = |(row, day): (matter::Model, Option<Day>)| {
        let day = day.unwrap_or(Instant(row.opened_at).day());
        Choice::new(row.id, row.number).hint(format!("收到申请日 {}", day.zh()))
    };
    let (status, frame) = desk.form("并入另一件", LIST, why);
    html_as(
        status,
        &JoinPage {
            back: format!("{LIST}/{}", on.row.id),
            number: on.row.number.clone(),
            others: others.into_iter().map(choice).collect(),
            frame,
            chosen,
            once,
            is_blocked,
        },
    )
}

pub async fn join(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let (chosen, once) = (form.get("into").to_owned(), form.get("once").to_owned());
    let (token, said) = (format!("{}/{once}", desk.me.id), format!("{LIST}/{id}?said=joined"));
    if on.case.past.iter().any(|e| e.token == token) {
        return Ok(see(&said));
    }
    let found = others(&desk, &on).await?.into_iter().find(|(row, _)| row.id == chosen);
    let Some((other, _)) = found else {
        let says = "请选择并入哪一件。只能并入同一申请人先收到的、还在办理的申请。";
        let why = vec![Refusal::new("into", says).cite("《政府信息公开条例》第五条").at("into")];
        return show(&desk, &on, (chosen, once), why, false).await;
    };
    let (sealer, body, at) = (desk.app.sealer.clone(), desk.body.id.clone(), work::moment(&desk));
    let (doer, stead) = (work::doer(&desk, &on.case), work::stead(&desk, &KIND, "join"));
    let work = async move |act: &mut Act| {
        let on = store::load(act, &sealer, &KIND, &body, &id).await?;
        let other = store::load(act, &sealer, &KIND, &body, &other.id).await?;
        if other.row.state != OPEN.name {
            return Err(Error::Conflict);
        }
        let input = Input::from([("joined_to".to_owned(), other.row.number.clone())]);
        let step = decided(&on.case, "join", &input, &doer, &token, at)?;
        store::advance(act, &sealer, &KIND, &on, (&step, stead.as_deref()), at).await?;
        note(act, &on.row.id, &other.row.id, Way::Join).await?;
        let input = Input::from([("joins".to_owned(), with(&other, &on.row.number))]);
        let step = decided(&other.case, "take-in", &input, &brought(&doer), &token, at)?;
        store::advance(act, &sealer, &KIND, &other, (&step, stead.as_deref()), at).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => done.into_inner(),
        Err(Error::Refused(why)) => return show(&desk, &on, (chosen, once), why, false).await,
        Err(Error::Conflict) => {
            let why = vec![Refusal::new("moved", "其中一件刚被别人办理过。请核对后再提交。")];
            return show(&desk, &on, (chosen, once), why, false).await;
        }
        Err(e) => return Err(e.into()),
    }
    Ok(see(&said))
}

/// The numbers that a case already names as answered with it, and one more.
fn with(on: &Loaded, number: &str) -> String {
    match on.case.body["joins"].as_str().unwrap_or_default() {
        "" => number.to_owned(),
        before => format!("{before}、{number}"),
    }
}

/// Whoever makes a step on one case brings about those of its kin.
pub fn brought(doer: &Doer) -> Doer {
    Doer { may: vec![By::Kin], who: doer.who.clone() }
}

/// The table's own decision; a sending that was made already is a conflict, and the act is undone.
pub fn decided(
    case: &Matter,
    name: &str,
    input: &Input,
    doer: &Doer,
    token: &str,
    at: Moment,
) -> Result<Box<Step>, Error> {
    match KIND.step(case, &Wish { name, row: None, input, doer, token }, at) {
        Ok(Verdict::Step(step)) => Ok(step),
        Ok(Verdict::Again(_)) => Err(Error::Conflict),
        Err(refused) => Err(refused.why.into()),
    }
}
