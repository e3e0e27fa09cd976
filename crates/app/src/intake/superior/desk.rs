//! The desk's pages of superior documents: what came, what stops it, the feeds, and bringing one by hand.

use super::rules::{self, Came, File, Stop};
use super::store::{self, superior, superior_feed};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::intake::bring::{self, Brought};
use crate::intake::rules as rules_of_papers;
use crate::posted::{Posted, Upload};
use crate::record::desk::note_secret;
use crate::record::file::disposition;
use crate::record::kind::{KINDS, Kind};
use crate::record::model::Typed;
use crate::record::{rules as record_rules, show, source};
use crate::ui::{Choice, DeskFrame, Fact, Html};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Block, Hash, Instant, Refusal, notation};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

const LOOK: Who = Who::Duty(Duty::LOOK);
const BRING: Who = Who::Duty(&[Duty::Draft]);
const FEEDS: Who = Who::Duty(&[Duty::Publication]);
const CLEAR: Who = Who::Duty(&[Duty::SecrecyReview]);
const DECLINE: Who = Who::Duty(&[Duty::Draft, Duty::SecrecyReview]);
/// Documents that the page shows.
const MOST: u64 = 100;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/superior", LOOK, page),
        post("/desk/superior", BRING, bring),
        post("/desk/superior/feed", FEEDS, add_feed),
        post("/desk/superior/feed/{id}/end", FEEDS, end_feed),
        get("/desk/superior/{id}", LOOK, one),
        get("/desk/superior/{id}/file", LOOK, original),
        post("/desk/superior/{id}/take", BRING, take),
        post("/desk/superior/{id}/clear", CLEAR, clear),
        post("/desk/superior/{id}/decline", DECLINE, decline),
    ]
}

/// A document that waits.
struct Line {
    row: superior::Model,
    at: Instant,
    stops: Vec<Stop>,
}

impl Line {
    /// A person must decide first.
    fn is_stopped(&self) -> bool {
        !self.stops.is_empty() && self.row.cleared_by.is_none()
    }
}

fn line(row: superior::Model) -> Result<Line, Error> {
    Ok(Line { at: Instant(row.at), stops: store::stops_of(&row)?, row })
}

/// How many documents wait for somebody.
pub enum Waiting {
    /// Nothing stops them: whoever drafts decides whether to pass them on.
    Open(u64),
    /// The reviewer of secrecy decides first.
    Stopped(u64),
}

/// For the inbox.
pub async fn waiting(desk: &Desk) -> Result<Vec<Waiting>, Error> {
    let (drafts, decides) = (desk.me.has(Duty::Draft), desk.me.has(Duty::SecrecyReview));
    if !drafts && !decides {
        return Ok(vec![]);
    }
    let (open, stopped) = store::counts(desk.read(), &desk.body.id).await?;
    let open = Some(Waiting::Open(open)).filter(|_| drafts && open > 0);
    let stopped = Some(Waiting::Stopped(stopped)).filter(|_| decides && stopped > 0);
    Ok(open.into_iter().chain(stopped).collect())
}

struct Feed {
    row: superior_feed::Model,
    checked: Option<Instant>,
}

#[derive(Template)]
#[template(path = "intake/superior/list.html")]
struct Page {
    frame: DeskFrame,
    lines: Vec<Line>,
    /// Waiting beyond those shown.
    more: u64,
    feeds: Vec<Feed>,
    typed: Posted,
    may_bring: bool,
    may_feed: bool,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    show_page(&desk, Posted::default(), vec![]).await
}

async fn show_page(desk: &Desk, typed: Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let rows = store::some(desk.read(), &desk.body.id, store::WAITING, MOST).await?;
    let lines: Vec<Line> = rows.into_iter().map(line).collect::<Result<_, _>>()?;
    let (open, stopped) = store::counts(desk.read(), &desk.body.id).await?;
    let more = (open + stopped).saturating_sub(lines.len() as u64);
    let feeds = store::feeds(desk.read(), &desk.body.id).await?.into_iter();
    let feeds = feeds.map(|row| Feed { checked: row.checked_at.map(Instant), row }).collect();
    let (status, frame) = desk.form("上级文件", "/desk/superior", errors);
    let (may_bring, may_feed) = (desk.me.has(Duty::Draft), desk.me.has(Duty::Publication));
    html_as(status, &Page { frame, lines, more, feeds, typed, may_bring, may_feed })
}

/// What came: the words of a form, filled in from the paper itself where the form leaves them open.
fn came_of(form: &Posted, read: &Brought) -> Came {
    let said = rules_of_papers::typed(&read.read, &read.stem);
    let get = |name: &str| match form.get(name) {
        "" => said.get(name).cloned().unwrap_or_default(),
        typed => typed.to_owned(),
    };
    let (title, number, issuer, address) = (get("title"), get("number"), get("issuer"), form.get("address").to_owned());
    // Pictures stay in the original, which stands beside.
    let blocks: Vec<Block> = read.read.blocks.iter().filter(|b| !matches!(b, Block::Image { .. })).cloned().collect();
    Came { guid: String::new(), title, number, issuer, address, text: notation::write(&blocks) }
}

/// Every fault of what a person brought.
async fn faults(desk: &Desk, came: &Came, has_file: bool) -> Vec<Refusal> {
    let mut why = rules::faults(came);
    if why.iter().any(|r| r.code == "secret-mark") {
        note_secret(desk, "superior").await;
    }
    if came.issuer.is_empty() {
        why.push(Refusal::new("issuer", "请填写发文机关。").at("issuer"));
    }
    if came.text.trim().is_empty() && !has_file {
        why.push(Refusal::new("text-missing", "请上传文件，或者粘贴正文。").at("text"));
    }
    why
}

async fn bring(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let read = match bring::take(&desk, &form).await {
        Ok(read) => read,
        Err(why) => return show_page(&desk, form, why).await,
    };
    let came = came_of(&form, &read);
    let why = faults(&desk, &came, read.file.is_some()).await;
    if !why.is_empty() {
        return show_page(&desk, form, why).await;
    }
    // Whatever becomes of a line in the fields or the text: all of it is looked at, as it came.
    let (pasted, untyped) = (notation::parse(&form.text("text")), Typed::new());
    let (pieces, unread) = match &read.file {
        Some(file) => (read.read.pieces(&file.name), unread_of(&read.read)),
        None => (record_rules::pieces("", &untyped, &pasted), vec![]),
    };
    let stops = rules::stops(&came, (&pieces, &unread));
    let file = kept(&desk, read.file.as_ref(), unread.clone()).await?;
    let body = desk.body.id.clone();
    let work = async move |act: &mut Act| {
        let came = store::receive(act, &body, None, (&came, &stops), file.as_ref()).await?;
        let says = "这份文件已经收过，没有再收。请在下面的列表或信息公开件里查找。";
        came.ok_or_else(|| Error::from(Refusal::new("doubled", says)))
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(see(&format!("/desk/superior/{}?said=saved", done.into_inner()))),
        Err(Error::Refused(why)) => show_page(&desk, form, why).await,
        Err(e) => Err(e.into()),
    }
}

/// What is in a file and not in the text made of it.
fn unread_of(read: &paper::Imported) -> Vec<String> {
    let pictures = match read.pictures.len() {
        0 => None,
        n => Some(format!("{n} 张图片")),
    };
    read.unread.iter().cloned().chain(pictures).collect()
}

async fn kept(desk: &Desk, upload: Option<&Upload>, unread: Vec<String>) -> Result<Option<File>, Error> {
    let Some(Upload { name, bytes, .. }) = upload else { return Ok(None) };
    let kind = source::media_type(name).unwrap_or("application/octet-stream").to_owned();
    let blob = desk.app.blobs.put(&desk.app.store, bytes.clone(), desk.actor(), desk.now).await?.to_string();
    Ok(Some(File { name: name.clone(), kind, size: bytes.len() as i64, blob, unread }))
}

/// The file in which a document was brought.
async fn original(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let row = store::load(desk.read(), &desk.body.id, &id).await?;
    let file = store::file_of(&row)?.ok_or(Error::NotFound)?;
    let hash = Hash::parse(&file.blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    let bytes = desk.app.blobs.get(&hash).await?;
    let place = disposition(&file.name);
    Ok(([(header::CONTENT_TYPE, file.kind), (header::CONTENT_DISPOSITION, place)], bytes).into_response())
}

async fn add_feed(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (name, address) = (form.get("feed-name").to_owned(), form.get("feed-address").to_owned());
    let mut why = vec![];
    if name.is_empty() || name.chars().count() > 60 {
        why.push(Refusal::new("feed-name", "请写发文机关的名称，最多 60 个字。").at("feed-name"));
    }
    if !rules::is_web(&address) {
        why.push(Refusal::new("feed-address", "订阅地址以 http:// 或 https:// 开头。").at("feed-address"));
    }
    if store::feeds(desk.read(), &desk.body.id).await?.iter().any(|f| f.address == address) {
        why.push(Refusal::new("feed-known", "这个地址已经订阅。").at("feed-address"));
    }
    if !why.is_empty() {
        return show_page(&desk, form, why).await;
    }
    let body = desk.body.id.clone();
    let work = async move |act: &mut Act| {
        let id = act.id();
        let row = superior_feed::ActiveModel {
            id: Set(id.clone()),
            body: Set(body.clone()),
            name: Set(name.clone()),
            address: Set(address.clone()),
            made_at: Set(act.now.0),
            checked_at: Set(None),
            failure: Set(String::new()),
            ended_at: Set(None),
        };
        superior_feed::Entity::insert(row).exec_without_returning(act).await?;
        act.queue("superior-read", &body, act.now);
        act.journal("add-feed", &format!("superior-feed:{id}"));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/superior?said=saved"))
}

async fn end_feed(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let known = store::feeds(desk.read(), &desk.body.id).await?;
    let feed = known.into_iter().find(|f| f.id == id).ok_or(Error::NotFound)?;
    let work = async move |act: &mut Act| {
        // Its address may be subscribed to again later.
        superior_feed::Entity::update_many()
            .col_expr(superior_feed::Column::EndedAt, Expr::value(act.now.0))
            .col_expr(superior_feed::Column::Address, Expr::value(format!("{}#{}", feed.address, feed.id)))
            .filter(superior_feed::Column::Id.eq(&feed.id))
            .exec(act)
            .await?;
        act.journal("end-feed", &format!("superior-feed:{}", feed.id));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/superior?said=saved"))
}

#[derive(Template)]
#[template(path = "intake/superior/one.html")]
struct One {
    frame: DeskFrame,
    line: Line,
    facts: Vec<Fact>,
    sheet: Html,
    kinds: Vec<Choice>,
    may_take: bool,
    may_clear: bool,
    may_decline: bool,
    reason: String,
}

async fn one(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show_one(&desk, &id, vec![], String::new()).await
}

async fn show_one(desk: &Desk, id: &str, errors: Vec<Refusal>, reason: String) -> Result<Response, Failure> {
    let line = line(store::load(desk.read(), &desk.body.id, id).await?)?;
    let row = &line.row;
    let facts = vec![
        Fact::text("发文机关", row.issuer.clone()),
        Fact::text("文号", row.number.clone()),
        Fact::text("公开网址", row.address.clone()),
        Fact::text("收到", line.at.to_string()),
        Fact::text("理由", row.reason.clone()),
    ];
    let open = row.standing == store::WAITING;
    let (status, frame) = desk.form(row.title.clone(), "/desk/superior", errors);
    html_as(
        status,
        &One {
            frame,
            facts,
            sheet: show::sheet(None, &row.number, &row.title, &notation::parse(&row.text), ""),
            kinds: KINDS.iter().map(|k| Choice::new(k.name, k.zh)).collect(),
            may_take: open && desk.me.has(Duty::Draft) && !line.is_stopped(),
            may_clear: open && desk.me.has(Duty::SecrecyReview) && line.is_stopped(),
            may_decline: open && (desk.me.has(Duty::Draft) || desk.me.has(Duty::SecrecyReview)),
            reason,
            line,
        },
    )
}

async fn take(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let Some(kind) = Kind::parse(form.get("kind")) else {
        let why = Refusal::new("kind-missing", "请选择信息种类。").at("kind");
        return show_one(&desk, &id, vec![why], String::new()).await;
    };
    let (me, body, of) = (desk.me.clone(), desk.body.id.clone(), id.clone());
    let work = async move |act: &mut Act| {
        let row = store::load(act, &body, &of).await?;
        store::take(act, &row, &me, kind).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(see(&format!("/desk/record/{}?said=saved", done.into_inner()))),
        Err(Error::Refused(why)) => show_one(&desk, &id, why, String::new()).await,
        Err(e) => Err(e.into()),
    }
}

async fn clear(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    decide(desk, id, form, true).await
}

async fn decline(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    decide(desk, id, form, false).await
}

async fn decide(desk: Desk, id: String, form: Posted, pass_on: bool) -> Result<Response, Failure> {
    let reason = form.get("reason").to_owned();
    if reason.is_empty() || reason.chars().count() > 200 {
        store::load(desk.read(), &desk.body.id, &id).await?;
        let why = Refusal::new("reason-missing", "请写一句理由，最多 200 字。").at("reason");
        return show_one(&desk, &id, vec![why], reason).await;
    }
    let (me, body, of) = (desk.me.clone(), desk.body.id.clone(), id.clone());
    let work = async move |act: &mut Act| {
        let row = store::load(act, &body, &of).await?;
        store::decide(act, &row, &me, pass_on, &reason).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/superior/{id}?said=saved")))
}
