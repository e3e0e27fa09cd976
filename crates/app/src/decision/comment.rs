//! What anyone may say of a draft while it is open: the form, the receipt, the answer by the tracking code. None is
//! kept for another reader. What is acknowledged is sealed and committed first; the same form twice is one comment.

use super::kind::KIND;
use super::model::ADOPTION;
use super::opinions::{passage_zh, point_of};
use super::passage::{About, Passage, about, passages};
use super::public::{self, Shown, find};
use super::rules::{ART_15, closed_on, open_until};
use crate::App;
use crate::account::store::Secret;
use crate::edge::{Failure, private, see, status_of};
use crate::floor::public_page;
use crate::matter::store;
use crate::portal::Portal;
use crate::posted::Posted;
use crate::submission::model::{COMMENT, WEB, Words};
use crate::submission::public::note_secret;
use crate::submission::rules::{SECRET, is_token, secret_mark, too_long};
use crate::submission::store::{self as submissions, New, submission};
use crate::submission::wish;
use crate::ui::{Choice, Fact, Frame, Receipt, Value};
use ::store::{Act, Actor, Error};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use kernel::{Code, Day, Hash, Refusal};
use sea_orm::ColumnTrait;
use std::collections::HashMap;

const TRACK: &str = "/decisions/track";
const SAID_MAX: usize = 2000;
const NAME_MAX: usize = 50;
const CONTACT_MAX: usize = 200;
/// How much of a passage the list of passages shows, in characters.
const LABEL: usize = 26;
/// Who speaks, for the count by groups.
const GROUPS: &[(&str, &str)] = &[
    ("farmer", "养殖户或者合作社"),
    ("business", "企业或者行业协会"),
    ("neighbour", "周边居民"),
    ("other", "其他公众"),
];

pub fn routes() -> Router<App> {
    Router::new()
        .route("/decisions/{no}/comment", get(form).post(send))
        .route(TRACK, get(track_form).post(track))
        .route("/decisions/receipt/{code}", get(receipt))
}

#[derive(Template)]
#[template(path = "decision/comment.html")]
struct FormPage {
    frame: Frame,
    here: String,
    back: String,
    until: Option<Day>,
    form: Posted,
    once: String,
    choices: Vec<Choice>,
    groups: Vec<Choice>,
    /// How one may hear of it; empty where nothing is set up.
    notices: Vec<Choice>,
    passages: Vec<Passage>,
}

async fn form(
    portal: Portal,
    Path(no): Path<String>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let shown = find(&portal, &no).await?;
    let asked = asked.get("passage").map_or("whole", String::as_str);
    let (passages, _) = passages(&portal, &shown).await?;
    let passage = passages.iter().find(|p| p.anchor == asked).map_or("whole", |p| p.value.as_str());
    show(&portal, &shown, Posted::of(&[("passage", passage)]), Secret::random().0, vec![]).await
}

async fn show(
    portal: &Portal,
    shown: &Shown,
    form: Posted,
    once: String,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (status, back) = (status_of(&errors), shown.href());
    let (passages, _) = passages(portal, shown).await?;
    let label = |p: &Passage| {
        Choice::new(p.value.clone(), p.text.lines().next().unwrap_or_default().chars().take(LABEL).collect::<String>())
    };
    let choices = std::iter::once(Choice::new("whole", "全文")).chain(passages.iter().map(label)).collect();
    let steps = [("重大行政决策案卷", public::CASES), (shown.title(), back.as_str())];
    let mut frame = public::frame(portal, "提意见", &steps).refused(errors);
    frame.path = format!("{back}/comment");
    let page = FormPage {
        here: frame.path.clone(),
        until: open_until(&shown.of(portal)),
        groups: GROUPS.iter().map(|(code, zh)| Choice::new(*code, *zh)).collect(),
        notices: portal.app.notice.offered(&portal.body.id).choices(),
        choices,
        passages,
        frame,
        back,
        form,
        once,
    };
    private(status, &page)
}

/// The lines that are sealed; or every reason against them.
fn read(form: &Posted) -> Result<Vec<(String, String)>, Vec<Refusal>> {
    let (said, name, contact) = (form.text("said").trim().to_owned(), form.get("name"), form.get("contact"));
    let mut why = vec![];
    if said.is_empty() {
        why.push(Refusal::new("said", "请写您的意见。").at("said"));
    }
    why.extend(too_long(&said, SAID_MAX, "意见").map(|r| r.at("said")));
    why.extend(too_long(name, NAME_MAX, "称呼").map(|r| r.at("name")));
    why.extend(too_long(contact, CONTACT_MAX, "联系方式").map(|r| r.at("contact")));
    why.extend(secret_mark(&[("意见", &said)]).map(|r| r.at("said")));
    why.extend(wish::read(form, "contact", "contact").err());
    let group = GROUPS.iter().find(|(code, _)| *code == form.get("group")).map_or("", |(_, zh)| zh);
    let lines = [("意见", said.as_str()), ("身份", group), ("称呼", name), ("联系方式", contact)];
    let lines = lines.into_iter().filter(|(_, text)| !text.is_empty());
    let lines = lines.map(|(label, text)| (label.to_owned(), text.to_owned())).chain(wish::line(form)).collect();
    if why.is_empty() { Ok(lines) } else { Err(why) }
}

/// The form as it is kept, and as it is told again from another: the same words under the same token are one comment.
struct Sending {
    about: About,
    bytes: Vec<u8>,
    key: String,
    /// Whether the author asked to be told.
    wishes: bool,
}

/// What was sent; every reason why it cannot be kept; or the receipt of the first sending.
enum Sent {
    New(Sending),
    Again(String),
    Refused(Vec<Refusal>),
}

async fn sent(portal: &Portal, shown: &Shown, form: &Posted) -> Result<Sent, Error> {
    let (once, chosen) = (form.get("once"), form.get("passage"));
    let lines = read(form);
    let said = lines.as_ref().map(|lines| Hash::of(&Words::new(lines.clone()).bytes()).to_string()).unwrap_or_default();
    let key = format!("{COMMENT}\n{}\n{once}\n{chosen}\n{said}", shown.row.id);
    // Whatever happened since, who was told that we have it is told so again.
    if lines.is_ok() && is_token(once) && submissions::is_in(portal.app.store.read(), &portal.app.sealer, &key).await? {
        return Ok(Sent::Again(key));
    }
    let (passages, revision) = passages(portal, shown).await?;
    match (lines, about(&passages, &revision, chosen)) {
        (Ok(mut lines), Ok(about)) => {
            if !about.quote.is_empty() {
                lines.insert(0, ("针对的原文".into(), about.quote.clone()));
            }
            let wishes = wish::of_lines(&lines).is_some();
            Ok(Sent::New(Sending { about, bytes: Words::new(lines).bytes(), key, wishes }))
        }
        (lines, about) => Ok(Sent::Refused(about.err().into_iter().chain(lines.err().unwrap_or_default()).collect())),
    }
}

async fn send(portal: Portal, Path(no): Path<String>, form: Posted) -> Result<Response, Failure> {
    let shown = find(&portal, &no).await?;
    let once = form.get("once").to_owned();
    let receipt = |key: &str| format!("/decisions/receipt/{}", submissions::code(&portal.app.sealer, key).plain());
    let sending = match sent(&portal, &shown, &form).await? {
        Sent::New(sending) => sending,
        Sent::Again(key) => return Ok(see(&receipt(&key))),
        Sent::Refused(why) => {
            if why.iter().any(|r| r.code == SECRET) {
                note_secret(&portal).await?;
            }
            return show(&portal, &shown, form, once, why).await;
        }
    };
    if !is_token(&once) {
        let says = "这个页面开得太久，已失效。您填的内容还在，请再提交一次。";
        return show(&portal, &shown, form, Secret::random().0, vec![Refusal::new("once", says)]).await;
    }
    // A field that no person sees. A person whose browser filled it in only has to press the button again.
    if !form.get("website").is_empty() {
        let says = "这次提交像是程序自动填写的，没有收下。您填的内容还在，请核对后再提交一次。";
        return show(&portal, &shown, form, once, vec![Refusal::new("trap", says)]).await;
    }
    if let Some(why) = closed(&portal, &shown) {
        return show(&portal, &shown, form, once, vec![why]).await;
    }
    let to = receipt(&sending.key);
    take_in(&portal, &shown.row.id, sending).await?;
    Ok(see(&to))
}

/// Why nothing can be said now. By the clock: nobody has to close anything.
fn closed(portal: &Portal, shown: &Shown) -> Option<Refusal> {
    let c = shown.of(portal);
    if open_until(&c).is_some() {
        return None;
    }
    let says = match closed_on(&c) {
        Some(day) => format!("征求意见已在{}24时截止，没有收下。您可以写信或者打电话给承办科室。", day.zh()),
        None => "现在不在征求意见的期限里，没有收下。".into(),
    };
    Some(Refusal::new("comments-closed", says).cite(ART_15))
}

/// Sealed and committed to before we say so.
async fn take_in(portal: &Portal, id: &str, sending: Sending) -> Result<(), Failure> {
    let (app, body, about) = (&portal.app, portal.body.id.clone(), store::about(id));
    let (sealer, key) = (app.sealer.clone(), sending.key.clone());
    let work = async move |act: &mut Act| {
        let new = New {
            body: &body,
            kind: COMMENT,
            topic: &sending.about.topic,
            about: &about,
            channel: WEB,
            bytes: &sending.bytes,
            sending: &sending.key,
            objects: false,
        };
        let id = submissions::append(act, &sealer, &new).await?;
        if sending.wishes {
            wish::tell(act, wish::Cause::Received, &id, "");
        }
        Ok(id)
    };
    match app.store.act(Actor::Visitor, portal.now, work).await {
        Ok(done) => drop(done.into_inner()),
        Err(Error::Conflict) if submissions::is_in(app.store.read(), &app.sealer, &key).await? => {}
        Err(e) => return Err(e.into()),
    }
    Ok(())
}

#[derive(Template)]
#[template(path = "decision/track.html")]
struct TrackPage {
    frame: Frame,
    code: String,
}

async fn track_form(portal: Portal) -> Result<Response, Failure> {
    show_track(&portal, StatusCode::OK, String::new(), vec![])
}

fn show_track(portal: &Portal, status: StatusCode, code: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let mut frame = public::frame(portal, "查意见的答复", &[("重大行政决策案卷", public::CASES)]).refused(errors);
    frame.path = TRACK.into();
    private(status, &TrackPage { frame, code })
}

fn unknown(portal: &Portal, status: StatusCode, typed: &str) -> Result<Response, Failure> {
    let says = "查询码不对。它印在回执上，形如 7K4M-2XQ9-R3TW，请核对后再试。";
    show_track(portal, status, typed.into(), vec![Refusal::new("code-unknown", says).at("code")])
}

async fn by_code(portal: &Portal, typed: &str) -> Result<Option<(Code, submission::Model)>, Error> {
    let Some(code) = Code::parse(typed) else { return Ok(None) };
    let app = &portal.app;
    let row = submissions::by_code(app.store.read(), &app.sealer, &portal.body.id, &code).await?;
    Ok(row.filter(|row| row.kind == COMMENT).map(|row| (code, row)))
}

async fn track(portal: Portal, form: Posted) -> Result<Response, Failure> {
    match by_code(&portal, form.get("code")).await? {
        Some((code, _)) => Ok(see(&format!("/decisions/receipt/{}", code.plain()))),
        None => unknown(&portal, StatusCode::UNPROCESSABLE_ENTITY, form.get("code")),
    }
}

/// What became of a comment, once the whole is public.
struct Told {
    answer: &'static str,
    gist: String,
    reason: String,
    adoption: String,
}

#[derive(Template)]
#[template(path = "decision/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    code: String,
    slip: Receipt,
    told: Option<Told>,
    is_sorted: bool,
}

async fn receipt(portal: Portal, Path(typed): Path<String>) -> Result<Response, Failure> {
    let Some((code, row)) = by_code(&portal, &typed).await? else {
        return unknown(&portal, StatusCode::NOT_FOUND, "");
    };
    let point = point_of(portal.app.store.read(), &row.id).await?;
    let told = match point {
        Some(point) => told(&portal, &row, point).await?,
        None => None,
    };
    let title = if told.is_some() { "您的意见已答复" } else { "您的意见已收到" };
    let mut frame = public::frame(&portal, title, &[("重大行政决策案卷", public::CASES)]).refused(vec![]);
    frame.path = TRACK.into();
    let page =
        ReceiptPage { frame, code: code.to_string(), slip: slip(&row, &code)?, told, is_sorted: point.is_some() };
    private(StatusCode::OK, &page)
}

/// The answer is told when 意见收集和采纳情况 is public, not before: no draft of it leaves by this way.
async fn told(portal: &Portal, row: &submission::Model, point: u32) -> Result<Option<Told>, Error> {
    let Some(id) = row.about.strip_prefix("matter:") else { return Ok(None) };
    let app = &portal.app;
    let on = store::load(app.store.read(), &app.sealer, &KIND, &portal.body.id, id).await?;
    let Some(paper) = on.case.papers.iter().find(|p| p.role == ADOPTION && p.public.is_some()) else {
        return Ok(None);
    };
    let find = portal.public.find::<public_page::Entity>().filter(public_page::Column::Id.eq(&paper.record));
    let Some(doc) = find.lines::<public::Doc>().await?.pop() else { return Ok(None) };
    let c = KIND.case(
        &on.case,
        on.case.body.clone(),
        "",
        crate::matter::case::Moment { law: portal.law, now: portal.now, offices: true },
        None,
    );
    let of = c.body.points.iter().find(|p| p.no == point);
    Ok(of.and_then(|p| {
        let (gist, reason) = (p.gist.to_string(), p.reason.to_string());
        Some(Told { answer: p.answer?.choice().zh, gist, reason, adoption: doc.path })
    }))
}

fn slip(row: &submission::Model, code: &Code) -> Result<Receipt, Error> {
    let commitment = Hash::parse(&row.commitment).ok_or_else(|| Error::fault("a submission without a commitment"))?;
    let facts = vec![
        Fact::code("查询码", code.to_string()),
        Fact::new("收到时间", Value::Moment(row.received())),
        Fact::text("针对", passage_zh(&row.topic)),
        Fact::code("登记摘要", commitment.grouped()),
    ];
    let says = "请打印、拍下或者抄下查询码。丢了查询码，我们也查不出来。";
    Ok(Receipt { title: "回执".into(), says: says.into(), facts, hash: None, action: None })
}
