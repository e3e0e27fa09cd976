//! The review desk: the public's view on the left; findings, questions and reasons on the right.

use super::desk::LOOK;
use super::draft as drafts;
use super::field::Data;
use super::kind::Step;
use super::model::{Mark, Reason, State, Typed, Verdict};
use super::rules;
use super::store::{self, Decision, Loaded};
use super::{desk, internal, panel, publish, show};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{DeskFrame, Gate, GateState, Html};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::{Hash, Instant, Refusal};
use law::Law;
use std::collections::HashMap;

const REVIEW: Who = Who::Duty(&[Duty::SectionCheck, Duty::SecrecyReview, Duty::LegalityReview, Duty::Approval]);
const SETTLE: Who = Who::Duty(&[Duty::Draft, Duty::SectionCheck, Duty::SecrecyReview, Duty::LegalityReview]);
const PUBLISH: Who = Who::Duty(&[Duty::Publication]);
const OPINION_MAX: usize = 1000;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/review", LOOK, page),
        post("/desk/record/{id}/review", REVIEW, decide),
        post("/desk/record/{id}/finding", SETTLE, settle),
        post("/desk/record/{id}/publish", PUBLISH, ask_again),
    ]
}

/// A review that was made, with the name of who made it.
pub struct Made {
    pub step: &'static str,
    pub by: String,
    pub passed: bool,
    pub opinion: String,
    pub at: Instant,
}

#[derive(Template)]
#[template(path = "record/review.html")]
struct Page {
    frame: DeskFrame,
    on: Loaded,
    state: State,
    gates: Vec<Gate>,
    sheet: Html,
    made: Vec<Made>,
    authors: String,
    /// The step that this person may take now.
    step: Option<Step>,
    /// Why this person may not take the step that waits.
    barred: Vec<Refusal>,
    hash: String,
    may_settle: bool,
    may_take_up: bool,
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
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let Some(revision) = on.revision.clone() else {
        return Err(Failure::new(StatusCode::NOT_FOUND, "这件还没有提交过，只有起草人能看到草稿。"));
    };
    let mut frame = desk.frame(revision.paper.title.clone(), "/desk/record");
    frame.errors = errors;
    let waits = on.waits_for();
    let barred = waits.map(|s| rules::may_review(on.kind, &revision, &on.reviews, s, &desk.me, &revision.hash));
    let step = waits.filter(|_| barred.as_ref().is_some_and(Vec::is_empty));
    let names = desk::names(desk, &on).await?;
    let red_head = on.kind.red_head.then_some(desk.body.name.as_str());
    let files = format!("/desk/record/{}/file", on.row.id);
    let (paper, late) = (&revision.paper, &revision.late);
    let state = on.state();
    let mine = drafts::my_draft(desk.read(), &on.row.id, &desk.me.id).await?.is_some();
    html_as(
        status,
        &Page {
            gates: gates(&on, &drafts::to_typed(&revision)),
            sheet: show::sheet(red_head, &late.number, &paper.title, &paper.body, &files),
            made: made(&on, &names),
            authors: joined(&revision.authors, &names),
            step,
            barred: barred.unwrap_or_default(),
            hash: revision.hash.to_string(),
            may_settle: matches!(SETTLE, Who::Duty(any) if any.iter().any(|d| desk.me.has(*d))),
            may_take_up: desk.me.has(Duty::Draft) && !mine,
            panel: panel::of(desk, &on, &frame, &typed),
            facts: facts(desk.law(), &on, &internal::of(desk.read(), &revision.id).await?),
            typed,
            state,
            frame,
            on,
        },
    )
}

fn joined(ids: &[String], names: &HashMap<String, String>) -> String {
    let all: Vec<&str> = ids.iter().map(|id| names.get(id).map_or("已不在册的账号", String::as_str)).collect();
    all.join("、")
}

fn made(on: &Loaded, names: &HashMap<String, String>) -> Vec<Made> {
    let one = |r: &super::model::Review| Made {
        step: r.step.zh(),
        by: names.get(&r.staff).cloned().unwrap_or_default(),
        passed: r.verdict == Verdict::Pass,
        opinion: r.opinion.clone(),
        at: r.at,
    };
    on.reviews.iter().map(one).collect()
}

/// What the form says, as the public will read it.
fn facts(law: &Law, on: &Loaded, internal: &Data) -> Vec<(&'static str, String)> {
    let Some(revision) = &on.revision else { return vec![] };
    let f = &revision.paper.fields;
    let ground = law.ground(&f.ground).map(|g| g.cite.clone()).unwrap_or_default();
    let day = |d: Option<kernel::Day>| d.map(|d| d.to_string()).unwrap_or_default();
    let all = [
        ("公开属性", f.openness.zh().to_owned()),
        ("依据", ground),
        ("栏目", rules::column_name(law, &f.column).unwrap_or_default().to_owned()),
        ("文号", revision.late.number.clone()),
        ("成文日期", day(revision.late.issued)),
        ("形成日期", day(f.formed)),
        ("发布机构", f.issuer.clone()),
        ("来源", f.source.clone()),
        ("责任科室", f.author.clone()),
        ("关键词", f.keywords.clone()),
        ("施行日期", day(f.effective)),
        ("有效期至", day(f.expires)),
        ("内容概述", f.summary.clone()),
        ("编者注", f.note.clone()),
        ("更正的种类", Reason::protective(&f.correction).map(|r| r.zh.to_owned()).unwrap_or_default()),
        ("更正说明", f.change.clone()),
    ];
    let lines = super::typed::lines;
    let aside = lines(on.kind, internal).into_iter().map(|(name, value)| (name, format!("{value}（不公开）")));
    let own = lines(on.kind, &f.data).into_iter().chain(aside);
    all.into_iter().chain(own).filter(|(_, v)| !v.is_empty()).collect()
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

fn answers(form: &Posted, step: Step) -> Result<Typed, Refusal> {
    let all = form.with_prefix("q-");
    let missing =
        step.questions().iter().find(|(name, _)| !matches!(all.get(*name).map(String::as_str), Some("yes" | "no")));
    match missing {
        Some(_) => Err(Refusal::new("answer-missing", "每个问题都要答“是”或“否”。").at("questions")),
        None => Ok(all),
    }
}

/// Reads the whole decision; passing over a 是 needs words, returning always does.
fn read_decision(form: &Posted, step: Step) -> Result<Decision, Vec<Refusal>> {
    let mut why = vec![];
    let verdict = Verdict::parse(form.get("verdict"));
    let opinion = form.get("opinion").to_owned();
    if verdict.is_none() {
        why.push(Refusal::new("verdict-missing", "请选择同意或退回。").at("verdict"));
    }
    let answers = answers(form, step).unwrap_or_else(|refusal| {
        why.push(refusal);
        Typed::new()
    });
    let doubt = answers.values().any(|a| a == "yes");
    if opinion.is_empty() && verdict == Some(Verdict::Return) {
        why.push(Refusal::new("opinion-missing", "退回要写明理由，让经办人知道改哪里。").at("opinion"));
    }
    if doubt && verdict == Some(Verdict::Pass) {
        let says = "有问题答了“是”，不能照原样公开。请退回并写明怎么改；确实可以公开的，请改答“否”。";
        why.push(Refusal::new("doubt", says).cite("《政府信息公开条例》第十七条").at("verdict"));
    }
    if opinion.chars().count() > OPINION_MAX {
        why.push(Refusal::new("opinion-long", format!("意见最多 {OPINION_MAX} 字。")).at("opinion"));
    }
    let seen = Hash::parse(form.get("hash"));
    match (verdict, seen) {
        (Some(verdict), Some(seen)) if why.is_empty() => Ok(Decision { step, verdict, seen, answers, opinion }),
        (_, None) => Err(vec![Refusal::new("bad-form", "表单不完整。请刷新后再提交。")]),
        _ => Err(why),
    }
}

/// Records the review; the last step of the route asks the gate at once.
async fn decide(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let step = Step::parse(form.get("step")).ok_or_else(|| Failure::bad(""))?;
    let made = match read_decision(&form, step) {
        Ok(made) => made,
        Err(why) => return show_typed(&desk, on, why, typed(&form)).await,
    };
    let (me, org, record) = (desk.me.clone(), desk.body.org.clone(), id.clone());
    let (body, law) = (desk.body.id.clone(), desk.law());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        store::add_review(act, &on, &me, &made).await?;
        if made.verdict == Verdict::Return {
            return Ok("returned");
        }
        let on = store::load(act, &body, &record).await?;
        if on.waits_for().is_some() || on.row.publish_at.is_some_and(|at| at > act.now.0) {
            return Ok("passed");
        }
        match on.ask_gate(law, Some(&me), act.now.day()) {
            Ok(order) => publish::publish(act, law, &on, &org, order).await.map(|_| "published"),
            // The review stands; what is in the way is shown on the page.
            Err(Error::Refused(_)) => Ok("passed"),
            Err(e) => Err(e),
        }
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(see(&format!("/desk/record/{id}?said={}", done.into_inner()))),
        Err(Error::Refused(why)) => {
            let on = store::load(desk.read(), &desk.body.id, &id).await?;
            show_typed(&desk, on, why, typed(&form)).await
        }
        Err(e) => Err(e.into()),
    }
}

fn typed(form: &Posted) -> Typed {
    let mut all: Typed = form.with_prefix("q-").into_iter().map(|(n, v)| (format!("q-{n}"), v)).collect();
    for name in ["verdict", "opinion"] {
        all.insert(name.into(), form.text(name));
    }
    all
}

/// What the scanner stops for a named person, only the reviewer of secrecy may keep.
fn may_settle(desk: &Desk, mark: &Mark) -> bool {
    let stops = scan::Rule::parse(&mark.rule).is_none_or(|r| r.info().stops);
    if mark.severity == "block" || stops { desk.me.has(Duty::SecrecyReview) } else { true }
}

async fn settle(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let (finding, reason) = (form.get("finding").to_owned(), form.get("reason").to_owned());
    let mark = on.findings.iter().find(|f| f.id == finding).ok_or(Error::NotFound)?;
    let mut why = vec![];
    if !may_settle(&desk, mark) {
        let says = "这一项须由保密审查员决定。经办人可以改正后重新提交。";
        why.push(Refusal::new("wrong-duty", says).cite("《政府信息公开条例》第十七条"));
    }
    if reason.is_empty() {
        why.push(Refusal::new("reason-missing", "保留要写一句理由。").at("reason"));
    }
    if !why.is_empty() {
        return show_page(&desk, on, why).await;
    }
    let staff = desk.me.id.clone();
    let work = async move |act: &mut Act| store::settle(act, &on, &finding, &staff, &reason).await;
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
