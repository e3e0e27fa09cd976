//! The review desk: the public's view on the left; findings, questions and reasons on the right.

use super::decide::{self, Decision};
use super::desk::LOOK;
use super::disposal::{self, How};
use super::draft as drafts;
use super::kind::Step;
use super::model::{Mark, State, Typed, Verdict};
use super::store::{self, Loaded};
use super::verdict::{self, Said, typed};
use super::{aside, brief, desk, internal, mask, panel, publish, rules, show, waiting};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{Duty, Me, again, lent};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame, Gate, GateState, Html};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Day, Instant, Refusal};

pub const REVIEW: Who = Who::Duty(Duty::REVIEW);
const SETTLE: Who = Who::Duty(&[Duty::Draft, Duty::SectionCheck, Duty::SecrecyReview, Duty::LegalityReview]);
const PUBLISH: Who = Who::Duty(&[Duty::Publication]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/review", LOOK, page),
        post("/desk/record/{id}/review", REVIEW, decide),
        post("/desk/record/{id}/original", LOOK, original),
        post("/desk/record/{id}/finding", SETTLE, settle),
        post("/desk/record/{id}/publish", PUBLISH, ask_again),
    ]
}

/// The card of the step that this person may take now.
pub struct Card {
    pub step: Step,
    /// In whose stead.
    pub acting_for: Option<String>,
}

#[derive(Template)]
#[template(path = "record/review.html")]
struct Page {
    frame: DeskFrame,
    on: Loaded,
    state: State,
    gates: Vec<Gate>,
    sheet: Html,
    made: Vec<brief::Made>,
    authors: String,
    card: Option<Card>,
    conclusions: Vec<Choice>,
    /// Why this person may not take the step that waits.
    barred: Vec<Refusal>,
    /// Whom it waits for.
    waits: String,
    /// What a leader reads: what it is and who passed it; what the machine found.
    brief: [String; 2],
    referred: Vec<(Instant, String, Option<Day>)>,
    seen: Vec<(Instant, String, String)>,
    /// Something about persons is hidden.
    masked: bool,
    hash: String,
    may_settle: bool,
    may_take_up: bool,
    may_take_back: bool,
    may_sign: bool,
    /// What can be done with its public life.
    panel: Html,
    facts: Vec<(&'static str, String)>,
    typed: Typed,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    show_page(&desk, on, vec![]).await
}

pub async fn show_page(desk: &Desk, on: Loaded, errors: Vec<Refusal>) -> Result<Response, Failure> {
    show_typed(desk, on, errors, Typed::new()).await
}

/// The page again with what the reviewer typed.
pub async fn show_typed(desk: &Desk, on: Loaded, errors: Vec<Refusal>, typed: Typed) -> Result<Response, Failure> {
    let own = on.revision.as_ref().is_some_and(|r| r.authors.contains(&desk.me.id));
    show_as(desk, on, errors, typed, own).await
}

/// `clear`: without the masks over what is about persons.
async fn show_as(
    desk: &Desk,
    on: Loaded,
    errors: Vec<Refusal>,
    typed: Typed,
    clear: bool,
) -> Result<Response, Failure> {
    let Some(revision) = on.revision.clone() else {
        return Err(Failure::new(StatusCode::NOT_FOUND, "这件还没有提交过，只有起草人能看到草稿。"));
    };
    let as_typed = drafts::to_typed(&revision);
    let found = if clear { vec![] } else { mask::persons(&revision.paper, &as_typed, &desk.law().scanner) };
    let (paper, masked) = mask::masked(&revision.paper, found);
    let (status, frame) = desk.form(paper.title.clone(), "/desk/record", errors);
    let waits = on.waits_for();
    let barred = waits.map(|s| rules::may_review(on.kind, &revision, &on.reviews, s, &desk.me, &revision.hash));
    let step = waits.filter(|_| barred.as_ref().is_some_and(Vec::is_empty));
    let names = desk::names(desk, &on).await?;
    let crew = lent::crew(desk.read(), &desk.body.id, desk.now).await?;
    let red_head = on.kind.red_head.then_some(desk.body.name.as_str());
    let files = format!("/desk/record/{}/file", on.row.id);
    let state = on.state();
    let mine = drafts::my_draft(desk.read(), &on.row.id, &desk.me.id).await?.is_some();
    let has_any = |who: Who| matches!(who, Who::Duty(any) if any.iter().any(|d| desk.me.has(*d)));
    let made = brief::made(&on, &names);
    html_as(
        status,
        &Page {
            gates: gates(&on, &as_typed),
            sheet: show::sheet(red_head, &revision.late.number, &paper.title, &paper.body, &files),
            authors: brief::joined(&revision.authors, &names),
            conclusions: step.map(|s| verdict::choices(s, revision.paper.fields.openness)).unwrap_or_default(),
            card: step.map(|step| card(desk, &on, step)),
            barred: barred.unwrap_or_default(),
            waits: waits.map(|step| waiting::for_whom(&on, step, &crew)).unwrap_or_default(),
            brief: brief::brief(&on, &made, &names),
            referred: brief::referred(desk, &revision.id).await?,
            seen: brief::seen(desk, &revision.id).await?,
            masked,
            hash: revision.hash.to_string(),
            may_settle: has_any(SETTLE),
            may_take_up: desk.me.has(Duty::Draft) && !mine,
            may_take_back: rules::may_take_back(state, &revision, &desk.me).is_ok(),
            may_sign: waits == Some(Step::Approval) && desk.me.duties.iter().any(|d| d.is_content()),
            facts: brief::facts(desk.law(), &on, &paper, &internal::of(desk.read(), &revision.id).await?),
            panel: panel::of(desk, &on, &frame, &typed),
            typed,
            made,
            state,
            frame,
            on,
        },
    )
}

/// The card of a step, for who may take it.
fn card(desk: &Desk, on: &Loaded, step: Step) -> Card {
    let lent = on.revision.as_ref().and_then(|r| rules::in_whose_stead(r, step, &desk.me).ok()?);
    Card { step, acting_for: lent.map(|l| l.name.clone()) }
}

/// The gate strip: what must be passed before the public sees it.
pub fn gates(on: &Loaded, typed: &Typed) -> Vec<Gate> {
    let openness = typed.get("openness").map_or("", String::as_str);
    let filled = on.revision.is_some();
    let gate = |title: &str, state, says: String| Gate { title: title.into(), state, says };
    let mut all = vec![gate(
        "公开属性",
        if filled { GateState::Passed } else { GateState::Waiting },
        super::model::Openness::parse(openness).map(|o| o.zh().to_owned()).unwrap_or_else(|| "待填".into()),
    )];
    let open = on.findings.iter().filter(|f| f.is_open()).count();
    let scanned = match (filled, open) {
        (false, _) => gate("机检", GateState::Waiting, "提交时检查".into()),
        (true, 0) => gate("机检", GateState::Passed, "没有待处理的发现".into()),
        (true, n) => gate("机检", GateState::Blocked, format!("{n} 项待处理")),
    };
    all.push(scanned);
    for step in on.kind.route {
        let review = on.reviews.iter().find(|r| r.step == *step);
        let (state, says) = match review.map(|r| r.verdict) {
            Some(Verdict::Pass) => (GateState::Passed, "已同意"),
            Some(Verdict::Return) => (GateState::Blocked, "已退回"),
            None => (GateState::Waiting, "一稿一审"),
        };
        all.push(gate(step.zh(), state, says.into()));
    }
    let (state, says) = match on.state() {
        State::Published => (GateState::Passed, on.row.index_no.clone().unwrap_or_default()),
        state @ (State::Withdrawn | State::Hidden) => (GateState::Blocked, state.zh()),
        _ => (
            GateState::Waiting,
            on.row.publish_at.map_or_else(|| "待公开".into(), |at| format!("定于 {}", Instant(at))),
        ),
    };
    all.push(gate("公开", state, says));
    all
}

/// Records the review; the last step of the route asks the gate at once.
async fn decide(mut desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let step = Step::parse(form.get("step")).ok_or_else(|| Failure::bad(""))?;
    let openness = on.revision.as_ref().map(|r| r.paper.fields.openness).unwrap_or_default();
    let mut why = vec![];
    let said = verdict::read(&form, step, openness).map_err(|faults| why.extend(faults)).ok();
    why.extend(again::prove(&mut desk, &form).await?);
    let made = match said {
        Some(said) if why.is_empty() => said,
        _ => return show_typed(&desk, on, why, typed(&form)).await,
    };
    let done = match made {
        Said::Decided(made) => take(&desk, &id, made).await,
        Said::Referred(opinion) => aside::refer(&desk, on, opinion).await,
    };
    match done {
        Ok(said) => Ok(see(&onward(&desk, &id, said).await?)),
        Err(Error::Refused(why)) => {
            let on = store::load(desk.read(), &desk.body.id, &id).await?;
            show_typed(&desk, on, why, typed(&form)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// One decision, in an act of its own.
pub async fn take(desk: &Desk, record: &str, made: Decision) -> Result<&'static str, Error> {
    let (me, body, law, record) = (desk.me.clone(), desk.body.clone(), desk.law(), record.to_owned());
    let work = async move |act: &mut Act| decide::decide(act, law, &body, &record, &me, &made).await;
    Ok(desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner())
}

/// To the next record that waits for this person, with a line on what was done; to the same one where none does.
async fn onward(desk: &Desk, id: &str, said: &str) -> Result<String, Error> {
    let waiting = waiting::mine(desk).await?;
    let next = waiting.iter().map(|w| w.on.row.id.as_str()).find(|next| *next != id && said != "referred");
    Ok(match next {
        Some(next) => format!("/desk/record/{next}?after={id}&said={said}"),
        None => format!("/desk/record/{id}?said={said}"),
    })
}

/// Shows what is masked, to who says what for. What was typed into the card stays.
async fn original(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    match aside::view(&desk, &on, form.get("purpose-kind"), form.text("purpose")).await {
        Ok(()) => show_as(&desk, on, vec![], typed(&form), true).await,
        Err(Error::Refused(why)) => show_typed(&desk, on, why, typed(&form)).await,
        Err(e) => Err(e.into()),
    }
}

/// What the scanner stops for a named person, only a reviewer of secrecy may keep, and no author: in whose stead.
fn may_settle(on: &Loaded, mark: &Mark, me: &Me) -> Result<Option<String>, Refusal> {
    let stops = scan::Rule::parse(&mark.rule).is_none_or(|r| r.info().stops);
    let Some(revision) = on.revision.as_ref().filter(|_| mark.severity == "block" || stops) else { return Ok(None) };
    let stead = rules::in_whose_stead(revision, Step::Secrecy, me);
    match stead {
        Ok(lent) if !revision.authors.contains(&me.id) => Ok(lent.map(|l| l.of.clone())),
        _ => {
            let says = "这一项须由保密审查员决定，经办人自己不能决定。经办人可以改正后重新提交。";
            Err(Refusal::new("wrong-duty", says).cite("《政府信息公开条例》第十七条"))
        }
    }
}

async fn settle(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let (finding, reason) = (form.get("finding").to_owned(), form.get("reason").to_owned());
    let mark = on.findings.iter().find(|f| f.id == finding).ok_or(Error::NotFound)?;
    let mut why = vec![];
    let holder = may_settle(&on, mark, &desk.me).unwrap_or_else(|refusal| {
        why.push(refusal);
        None
    });
    if reason.is_empty() {
        why.push(Refusal::new("reason-missing", "保留要写一句理由。").at("reason"));
    }
    if !why.is_empty() {
        return show_page(&desk, on, why).await;
    }
    let (staff, body) = (desk.me.id.clone(), desk.body.id.clone());
    let fresh = mark.is_open().then(|| mark.rule.clone());
    let work = async move |act: &mut Act| {
        store::settle(act, &on, &finding, (&staff, holder.as_deref()), &reason).await?;
        match &fresh {
            Some(rule) => disposal::count(act, &body, rule, How::Kept).await,
            None => Ok(()),
        }
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}?said=kept#findings")))
}

/// Publication's own button: asks the gate again, and shows every reason.
async fn ask_again(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (me, org, record, body) = (desk.me.clone(), desk.body.org.clone(), id.clone(), desk.body.id.clone());
    let law = desk.law();
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        let order = on.ask_gate(law, Some(&me), act.now.day())?;
        act.bump(&on.row, on.row.version).await?;
        publish::publish(act, law, &on, &org, order).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see(&format!("/desk/record/{id}?said=published"))),
        Err(Error::Refused(why)) => {
            let on = store::load(desk.read(), &desk.body.id, &id).await?;
            show_page(&desk, on, why).await
        }
        Err(e) => Err(e.into()),
    }
}
