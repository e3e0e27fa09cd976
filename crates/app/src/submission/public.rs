//! The reader's pages: the form, the receipt, the tracking code. None is kept for another reader, and the code stands
//! in
//! no link of its own page.

use super::model::{CORRECTION, Outcome, State, Topic};
use super::remedy;
use super::rules::{self, Request};
use super::store::{self, submission};
use crate::App;
use crate::account::store::Secret;
use crate::edge::{Failure, private, see, status_of};
use crate::portal::Portal;
use crate::posted::Posted;
use crate::ui::{Choice, Days, Fact, Frame, Receipt, Step, StepState, Tag, Value};
use ::store::{Act, Actor, Error};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use kernel::{Code, Hash, Instant, Refusal};
use std::collections::HashMap;

const TRACK: &str = "/correction/track";

pub fn routes() -> Router<App> {
    Router::new()
        .route("/correction", get(form).post(send))
        .route(TRACK, get(track_form).post(track))
        .route("/correction/receipt/{code}", get(receipt))
}

#[derive(Template)]
#[template(path = "submission/form.html")]
struct FormPage {
    frame: Frame,
    form: Posted,
    once: String,
    topics: Vec<Choice>,
    /// How one may hear of it; empty where nothing is set up.
    notices: Vec<Choice>,
    pledge: u16,
}

impl FormPage {
    fn get(&self, name: &str) -> &str {
        self.form.get(name)
    }
}

async fn form(portal: Portal, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let get = |name: &str| asked.get(name).map_or("", String::as_str);
    show_form(&portal, Posted::of(&[("page", get("page")), ("topic", get("topic"))]), Secret::random().0, vec![])
}

fn show_form(portal: &Portal, form: Posted, once: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let status = status_of(&errors);
    let frame = portal.frame("申请更正").under("", &[]).refused(errors);
    let hint = |t: Topic| match t {
        Topic::Wrong => "文字、数字、日期、链接等",
        Topic::Broken => "打开出错，或者附件下载不了",
        Topic::Objection => "公示期内提出，收到的意见答复以前，公示不算没有意见",
        Topic::OwnData => "要核对身份，办法在下面",
    };
    let topics = Topic::ALL.iter().map(|t| Choice::new(t.word(), t.zh()).hint(hint(*t))).collect();
    let pledge = rules::pledge(portal.law, portal.now.day()).amount;
    let notices = portal.app.notice.offered(&portal.body.id).choices();
    private(status, &FormPage { frame, form, once, topics, notices, pledge })
}

async fn send(portal: Portal, headers: HeaderMap, form: Posted) -> Result<Response, Failure> {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let once = form.get("once").to_owned();
    let read = rules::read(&form, host);
    if read.as_ref().is_err_and(|why| why.iter().any(|r| r.code == rules::SECRET)) {
        note_secret(&portal).await?;
    }
    match read {
        Err(why) => show_form(&portal, form, once, why),
        Ok(_) if !rules::is_token(&once) => {
            let says = "这个页面开得太久，已失效。您填的内容还在，请再提交一次。";
            show_form(&portal, form, Secret::random().0, vec![Refusal::new("once", says)])
        }
        // A field that no person sees. A person whose browser filled it in only has to press the button again.
        Ok(_) if !form.get("website").is_empty() => {
            let says = "这次提交像是程序自动填写的，没有收下。您填的内容还在，请核对后再提交一次。";
            show_form(&portal, form, once, vec![Refusal::new("trap", says)])
        }
        Ok(request) => take_in(&portal, request, &once).await,
    }
}

async fn take_in(portal: &Portal, request: Request, once: &str) -> Result<Response, Failure> {
    let app = &portal.app;
    let sending = rules::sending(once, &request);
    let to = format!("/correction/receipt/{}", store::code(&app.sealer, &sending).plain());
    let (sealer, body, this) = (app.sealer.clone(), portal.body.id.clone(), sending.clone());
    let work = async move |act: &mut Act| store::receive(act, &sealer, &body, &request, &this).await;
    match app.store.act(Actor::Visitor, portal.now, work).await {
        Ok(done) => done.into_inner(),
        Err(Error::Conflict) if store::is_in(app.store.read(), &app.sealer, &sending).await? => {}
        Err(e) => return Err(e.into()),
    }
    Ok(see(&to))
}

/// That a secrecy mark was refused, on whichever form for the public: only the fact is journalled.
pub async fn note_secret(portal: &Portal) -> Result<(), Failure> {
    let work = async move |act: &mut Act| {
        act.journal("secret-mark-refused", "submission:new");
        Ok(())
    };
    portal.app.store.act(Actor::Visitor, portal.now, work).await?.into_inner();
    Ok(())
}

#[derive(Template)]
#[template(path = "submission/track.html")]
struct TrackPage {
    frame: Frame,
    code: String,
}

async fn track_form(portal: Portal) -> Result<Response, Failure> {
    show_track(&portal, StatusCode::OK, String::new(), vec![])
}

fn show_track(portal: &Portal, status: StatusCode, code: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let mut frame = portal.frame("查处理进度").under("", &[("申请更正", "/correction")]).refused(errors);
    frame.path = TRACK.into();
    private(status, &TrackPage { frame, code })
}

fn unknown_code(portal: &Portal, status: StatusCode, typed: &str) -> Result<Response, Failure> {
    let says = "查询码不对。它印在回执第一行，形如 7K4M-2XQ9-R3TW，请核对后再试。";
    show_track(portal, status, typed.into(), vec![Refusal::new("code-unknown", says).at("code")])
}

async fn find(portal: &Portal, typed: &str) -> Result<Option<(Code, submission::Model)>, Error> {
    let Some(code) = Code::parse(typed) else { return Ok(None) };
    let app = &portal.app;
    let row = store::by_code(app.store.read(), &app.sealer, &portal.body.id, &code).await?;
    Ok(row.filter(|row| row.kind == CORRECTION).map(|row| (code, row)))
}

async fn track(portal: Portal, form: Posted) -> Result<Response, Failure> {
    match find(&portal, form.get("code")).await? {
        Some((code, _)) => Ok(see(&format!("/correction/receipt/{}", code.plain()))),
        None => unknown_code(&portal, StatusCode::UNPROCESSABLE_ENTITY, form.get("code")),
    }
}

#[derive(Template)]
#[template(path = "submission/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    /// In groups; posted, so that it stands in no address.
    code: String,
    slip: Receipt,
    steps: Vec<Step>,
    /// From the day after receipt on: the first day that counts.
    days: Option<Days>,
    /// `6月8日24时截止`, and whether it may still move.
    until: String,
    firm: bool,
    amount: u16,
    why: Vec<String>,
    own_data: bool,
    answer: Option<Answer>,
}

struct Answer {
    outcome: &'static str,
    at: Instant,
    /// `None` where it was erased at the end of retention.
    reply: Option<String>,
    /// Where an adverse answer about one's own data can be challenged; gone with the reply.
    remedy: Option<String>,
}

async fn receipt(portal: Portal, Path(typed): Path<String>) -> Result<Response, Failure> {
    let Some((code, row)) = find(&portal, &typed).await? else {
        return unknown_code(&portal, StatusCode::NOT_FOUND, "");
    };
    let (received, today, state) = (row.received(), portal.now.day(), row.state()?);
    let law = portal.law;
    let due = rules::pledge(law, received.day());
    let title = if state == State::Answered { "更正申请已答复" } else { "更正申请已收到" };
    let mut frame = portal.frame(title).under("", &[("申请更正", "/correction")]).refused(vec![]);
    frame.path = TRACK.into();
    let answer = match (row.outcome(), row.answered()) {
        (Some(outcome), Some(at)) => Some(answer(&portal, &row, outcome, at)?),
        _ => None,
    };
    let closed = row.answered().map(Instant::day);
    private(
        StatusCode::OK,
        &ReceiptPage {
            frame,
            code: code.to_string(),
            slip: slip(&row, &code)?,
            steps: steps(state, &row),
            days: (closed.is_some() || today > received.day()).then(|| rules::days(law, received.day(), closed, today)),
            until: crate::ui::until(&due.on),
            firm: due.firm,
            amount: due.amount,
            why: rules::explain(law, received.day()),
            own_data: row.topic()? == Topic::OwnData,
            answer,
        },
    )
}

fn answer(portal: &Portal, row: &submission::Model, outcome: Outcome, at: Instant) -> Result<Answer, Error> {
    let reply = row.reply(&portal.app.sealer)?;
    let remedy = remedy::text(portal.law, &portal.body.profile, row.topic()?, outcome, at.day());
    Ok(Answer { outcome: outcome.zh(), at, remedy: remedy.filter(|_| reply.is_some()), reply })
}

fn slip(row: &submission::Model, code: &Code) -> Result<Receipt, Error> {
    let commitment = Hash::parse(&row.commitment).ok_or_else(|| Error::fault("a submission without a commitment"))?;
    let facts = vec![
        Fact::code("查询码", code.to_string()),
        Fact::new("收到时间", Value::Moment(row.received())),
        Fact::code("页面", row.about.clone()),
        Fact::text("类型", row.topic()?.zh()),
        Fact::new(
            "状态",
            Value::Tag(match row.outcome() {
                Some(outcome) => Tag::new(outcome.zh(), crate::ui::Tone::Done),
                None => row.state()?.tag(),
            }),
        ),
        Fact::code("登记摘要", commitment.grouped()),
    ];
    let says = "请打印、拍下或者抄下查询码。丢了查询码，我们也查不出来。";
    Ok(Receipt { title: "回执".into(), says: says.into(), facts, hash: None, action: None })
}

fn steps(state: State, row: &submission::Model) -> Vec<Step> {
    let day = |at: Option<Instant>| at.map(|at| at.day().zh()).unwrap_or_default();
    let step = |title: &str, state, when| Step { title: title.into(), state, when, says: String::new() };
    let (work, reply) = match state {
        State::Received => (StepState::Ahead, StepState::Ahead),
        State::Accepted => (StepState::Now, StepState::Ahead),
        State::Answered => (StepState::Done, StepState::Done),
    };
    vec![
        step("收到", StepState::Done, day(Some(row.received()))),
        step("核对办理", work, String::new()),
        step("答复", reply, day(row.answered())),
    ]
}
