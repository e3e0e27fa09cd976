//! 区分处理 (条例 37): the files that go along with a reply. Staff put an original in and have a copy made of it, without
//! what nobody sees and without what may not be opened; the copy is read again before it is kept. Only copies go to the
//! applicant, with a signed reply that discloses; the original never leaves the desk.

use super::desk::LIST;
use super::kind::{HANDLES, KIND, OPEN, READS, Request};
use super::letter;
use super::model::Outcome;
use super::table::request_file;
use crate::App;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::matter::case::Matter;
use crate::matter::store::{self, Loaded};
use crate::matter::table::matter;
use crate::posted::Posted;
use crate::record::copied::may_copy;
use crate::record::file::disposition;
use crate::record::redact::{self, Place, Source};
use crate::record::submit;
use crate::submission::rules;
use crate::ui::{self, DeskFrame, Link};
use ::store::{Act, Actor, Done, Error, Job};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Hash, Refusal};
use paper::Order;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

const ART_37: &str = "《政府信息公开条例》第三十七条";
pub const ERASE: &str = "request-file-erase";

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/request/{id}/release", Who::Duty(READS), page),
        post("/desk/request/{id}/release", Who::Duty(HANDLES), add),
        get("/desk/request/{id}/release/{file}", Who::Duty(READS), download),
        post("/desk/request/{id}/release/{file}/remove", Who::Duty(HANDLES), remove),
        post("/desk/request/{id}/release/{file}/clean", Who::Duty(HANDLES), clean),
        get("/desk/request/{id}/release/{file}/redact", Who::Duty(HANDLES), redact_page),
        post("/desk/request/{id}/release/{file}/redact", Who::Duty(HANDLES), redact_file),
    ]
}

/// The files of a case, originals and copies, in the order in which they came.
async fn of(db: &impl ConnectionTrait, matter: &str) -> Result<Vec<request_file::Model>, Error> {
    let find = request_file::Entity::find().filter(request_file::Column::Matter.eq(matter));
    Ok(find.order_by_asc(request_file::Column::Id).all(db).await?)
}

/// The copies that go to the applicant: once the reply is signed, and only where it discloses.
///
/// # Errors
/// Where the database fails.
pub async fn given(db: &impl ConnectionTrait, on: &Loaded) -> Result<Vec<request_file::Model>, Error> {
    if !discloses(&on.case) {
        return Ok(vec![]);
    }
    Ok(of(db, &on.row.id).await?.into_iter().filter(|f| !f.source.is_empty()).collect())
}

fn discloses(case: &Matter) -> bool {
    let body: Option<Request> = serde_json::from_value(case.body.clone()).ok();
    let outcome = body.and_then(|b| b.outcome);
    letter::given(case) && matches!(outcome, Some(Outcome::Disclosed | Outcome::Partial))
}

/// The size of a file, for a page.
pub fn bytes(file: &request_file::Model) -> u64 {
    u64::try_from(file.size).unwrap_or(0)
}

/// An original with the copies made of it.
struct Line {
    file: request_file::Model,
    size: String,
    may_copy: bool,
    copies: Vec<request_file::Model>,
}

#[derive(Template)]
#[template(path = "request/release.html")]
struct ReleasePage {
    frame: DeskFrame,
    back: String,
    number: String,
    lines: Vec<Line>,
    /// Files change only while the reply is being prepared: who signs it signs what goes along.
    is_open: bool,
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = load(&desk, &id).await?;
    show(&desk, &on, vec![]).await
}

async fn load(desk: &Desk, id: &str) -> Result<Loaded, Error> {
    store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, id).await
}

async fn show(desk: &Desk, on: &Loaded, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (copies, originals): (Vec<_>, Vec<_>) =
        of(desk.read(), &on.row.id).await?.into_iter().partition(|f| !f.source.is_empty());
    let line = |file: request_file::Model| Line {
        size: ui::size(bytes(&file)),
        may_copy: may_copy(&file.name),
        copies: copies.iter().filter(|c| c.source == file.id).cloned().collect(),
        file,
    };
    let lines = originals.into_iter().map(line).collect();
    let (status, frame) = desk.form("提供的文件", LIST, errors);
    let (back, number) = (format!("{LIST}/{}", on.row.id), on.row.number.clone());
    html_as(status, &ReleasePage { frame, back, number, lines, is_open: on.row.state == OPEN.name })
}

/// Why the files cannot change now.
fn closed(on: &Loaded) -> Vec<Refusal> {
    if on.row.state == OPEN.name {
        return vec![];
    }
    let says = "只有在办理中才能改动文件。已经送审签的，先退回修改。";
    vec![Refusal::new("not-open", says).cite(ART_37).at("file")]
}

async fn add(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = load(&desk, &id).await?;
    let mut why = closed(&on);
    if form.files.is_empty() {
        why.push(Refusal::new("file-missing", "请选择要放入的文件。").at("file"));
    }
    if !why.is_empty() {
        return show(&desk, &on, why).await;
    }
    let known: Vec<String> = of(desk.read(), &id).await?.into_iter().map(|f| f.name).collect();
    let stored = match submit::take(&desk, &known, &form.files).await? {
        Ok(stored) => stored,
        Err(why) => return show(&desk, &on, why).await,
    };
    let all = stored.into_iter().map(|s| New { name: s.name, kind: s.kind, size: s.size, blob: s.blob, of: None });
    keep(&desk, &on, all.collect()).await?;
    Ok(see(&format!("{LIST}/{id}/release?said=release-added")))
}

/// A file before it is kept. `of`: the original that it is a copy of, and how many places were taken out.
#[derive(Clone)]
struct New {
    name: String,
    kind: String,
    size: i64,
    blob: String,
    of: Option<(String, usize)>,
}

async fn keep(desk: &Desk, on: &Loaded, files: Vec<New>) -> Result<(), Failure> {
    let (on, staff) = (on.clone(), desk.me.id.clone());
    let work = async move |act: &mut Act| {
        // Whoever moves the case meanwhile wins: no file slips under a reply that waits for its signature.
        act.bump(&on.row, on.row.version).await?;
        for file in &files {
            let (source, taken) = file.of.clone().unwrap_or_default();
            let id = act.id();
            let row = request_file::ActiveModel {
                id: Set(id.clone()),
                matter: Set(on.row.id.clone()),
                name: Set(file.name.clone()),
                kind: Set(file.kind.clone()),
                size: Set(file.size),
                blob: Set(file.blob.clone()),
                source: Set(source),
                taken: Set(i64::try_from(taken).unwrap_or(i64::MAX)),
                staff: Set(staff.clone()),
                at: Set(act.now.0),
            };
            request_file::Entity::insert(row).exec_without_returning(act).await?;
            act.queue(ERASE, &id, rules::erase_at(act.now.day()));
            let facts = serde_json::json!({ "sha256": file.blob, "taken": taken, "copy": file.of.is_some() });
            act.journal_with("release-file", &on.about(), facts);
        }
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(())
}

/// A file of this case, and the case. The opening of what somebody asked for is journalled like the case.
async fn opened(desk: &Desk, id: &str, file: &str) -> Result<(Loaded, request_file::Model), Failure> {
    let on = load(desk, id).await?;
    let found = request_file::Entity::find_by_id(file).one(desk.read()).await?;
    let row = found.filter(|f| f.matter == id).ok_or(Error::NotFound)?;
    let about = on.about();
    let work = async move |act: &mut Act| {
        act.journal("open-matter", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok((on, row))
}

async fn download(desk: Desk, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let (_, row) = opened(&desk, &id, &file).await?;
    Ok(answer(&desk.app, row).await?)
}

/// A file as the answer to a request.
///
/// # Errors
/// Where its bytes are not there, or are not those that were kept.
pub async fn answer(app: &App, row: request_file::Model) -> Result<Response, Error> {
    let hash = Hash::parse(&row.blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    let bytes = app.blobs.get(&hash).await?;
    let headers = [
        (header::CONTENT_TYPE, row.kind),
        (header::CONTENT_DISPOSITION, disposition(&row.name)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// An original goes with the copies made of it.
async fn remove(desk: Desk, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let (on, row) = opened(&desk, &id, &file).await?;
    let why = closed(&on);
    if !why.is_empty() {
        return show(&desk, &on, why).await;
    }
    let work = async move |act: &mut Act| {
        act.bump(&on.row, on.row.version).await?;
        let (id, source) = (request_file::Column::Id, request_file::Column::Source);
        let mine = Condition::any().add(id.eq(&row.id)).add(source.eq(&row.id));
        request_file::Entity::delete_many().filter(mine).exec(act).await?;
        act.journal_with("release-file", &on.about(), serde_json::json!({ "removed": row.blob }));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("{LIST}/{id}/release?said=release-removed")))
}

fn source(row: &request_file::Model) -> Source<'_> {
    Source { name: &row.name, kind: &row.kind, blob: &row.blob }
}

fn place(row: &request_file::Model) -> Place<'static> {
    let here = format!("{LIST}/{}/release", row.matter);
    let (src, action) = (format!("{here}/{}", row.id), format!("{here}/{}/redact", row.id));
    Place { list: LIST, back: Link::new("回到提供的文件", here), action, src }
}

async fn redact_page(desk: Desk, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let (_, row) = opened(&desk, &id, &file).await?;
    redact::show_file(&desk, place(&row), &source(&row), (Posted::default(), vec![])).await
}

async fn redact_file(desk: Desk, Path((id, file)): Path<(String, String)>, form: Posted) -> Result<Response, Failure> {
    let (on, row) = opened(&desk, &id, &file).await?;
    let made = match redact::ordered(&desk, &source(&row), &form).await? {
        Ok(order) if closed(&on).is_empty() => make(&desk, &on, &row, &order).await?,
        Ok(_) => Err(closed(&on)),
        Err(why) => Err(why),
    };
    match made {
        Ok(()) => Ok(see(&format!("{LIST}/{id}/release?said=release-made"))),
        Err(why) => redact::show_file(&desk, place(&row), &source(&row), (form, why)).await,
    }
}

/// A copy without what nobody sees, and whole in all that is seen.
async fn clean(desk: Desk, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let (on, row) = opened(&desk, &id, &file).await?;
    let made = if closed(&on).is_empty() { make(&desk, &on, &row, &Order::default()).await? } else { Err(closed(&on)) };
    match made {
        Ok(()) => Ok(see(&format!("{LIST}/{id}/release?said=release-made"))),
        Err(why) => show(&desk, &on, why.into_iter().map(|r| r.at("file")).collect()).await,
    }
}

/// Has the copy made and proved, and keeps it. The inner refusals are for the person: nothing was changed.
async fn make(
    desk: &Desk,
    on: &Loaded,
    row: &request_file::Model,
    order: &Order,
) -> Result<Result<(), Vec<Refusal>>, Failure> {
    if !row.source.is_empty() || !may_copy(&row.name) {
        return Err(Error::NotFound.into());
    }
    let hash = Hash::parse(&row.blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    let made = match desk.app.reader.copy(&row.name, desk.app.blobs.get(&hash).await?, order).await {
        Ok(made) => made,
        Err(why) => return Ok(Err(vec![why.at(redact::first_field(&row.kind))])),
    };
    let (size, taken) = (i64::try_from(made.bytes.len()).unwrap_or(i64::MAX), made.taken);
    let blob = desk.app.blobs.put(&desk.app.store, made.bytes.into(), desk.actor(), desk.now).await?.to_string();
    let name = if order.is_empty() { row.name.clone() } else { redact::renamed(&row.name) };
    let of = Some((row.id.clone(), taken));
    keep(desk, on, vec![New { name, kind: row.kind.clone(), size, blob, of }]).await?;
    Ok(Ok(()))
}

/// With the words of its case: asked again while the case still has them.
pub async fn erase(app: App, job: Job) -> Result<(), Error> {
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let Some(row) = request_file::Entity::find_by_id(&job.arg).one(act).await? else {
            act.journal("erase-file", "request");
            return Ok(());
        };
        let case = matter::Entity::find_by_id(&row.matter).one(act).await?;
        let about = store::about(&row.matter);
        if case.is_some_and(|m| m.erased_at.is_none()) {
            act.queue(ERASE, &row.id, act.now.day().plus(rules::ERASE_AGAIN_DAYS).start());
            act.journal("erase-postponed", &about);
            return Ok(());
        }
        request_file::Entity::delete_by_id(&row.id).exec(act).await?;
        act.journal("erase-file", &about);
        Ok(())
    };
    app.store.act(Actor::Job(ERASE), app.clock.now(), work).await.map(Done::into_inner)
}
