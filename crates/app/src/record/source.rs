//! 原件: the file that a record was brought as, beside its text; and what no machine could read, until a person has.

use super::desk::LOOK;
use super::draft as drafts;
use super::file;
use super::public::compare::{Change, compare};
use super::store::{self, Loaded};
use super::table::draft_file;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, Duty};
use crate::edge::{Failure, html, see};
use crate::ui::{DeskFrame, Gate, Html, Link};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Hash, Instant, notation};
use paper::Imported;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

::store::table! {
    record_source = "record_source" { id: String, name: String, kind: String, size: i64, blob: String }
}
::store::table! {
    unread = "unread" { id: String, places: String }
}
::store::table! {
    by_eye = "by_eye" { id: String, record: String, blob: String, staff: String, at: i64 }
}

const WRITE: Who = Who::Duty(&[Duty::Draft]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/source", LOOK, page),
        get("/desk/record/{id}/source/file", LOOK, original),
        post("/desk/record/{id}/source/attach", WRITE, attach),
    ]
}

/// The media type of a file that may be brought; `None` for what no reader reads.
pub fn media_type(name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" | "htm" => Some("text/html; charset=utf-8"),
        "jpg" | "jpeg" | "png" | "zip" => None,
        _ => file::media_type(name),
    }
}

pub async fn of(db: &impl ConnectionTrait, record: &str) -> Result<Option<record_source::Model>, Error> {
    Ok(record_source::Entity::find_by_id(record).one(db).await?)
}

/// Keeps the file that a record is brought as. `read` is what the machine made of it.
pub async fn keep(act: &mut Act, row: record_source::Model, read: &[String]) -> Result<(), Error> {
    note_unread(act, &row.blob, read).await?;
    let row = record_source::ActiveModel {
        id: Set(row.id),
        name: Set(row.name),
        kind: Set(row.kind),
        size: Set(row.size),
        blob: Set(row.blob),
    };
    record_source::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// Notes what no machine could read of a file.
pub async fn note_unread(act: &Act, blob: &str, places: &[String]) -> Result<(), Error> {
    if places.is_empty() || unread::Entity::find_by_id(blob).one(act).await?.is_some() {
        return Ok(());
    }
    let places = serde_json::to_string(places).map_err(|e| Error::Fault(e.into()))?;
    let row = unread::ActiveModel { id: Set(blob.into()), places: Set(places) };
    unread::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// A file that no machine has read whole.
pub struct Unread {
    pub blob: String,
    pub name: String,
    pub places: Vec<String>,
    /// Who has read it by eye, and when.
    pub seen: Option<(String, Instant)>,
}

/// Of the source and the attachments of a draft, those that no machine has read whole.
pub async fn unread_of(
    db: &impl ConnectionTrait,
    record: &str,
    files: &[draft_file::Model],
) -> Result<Vec<Unread>, Error> {
    let mut blobs: Vec<(String, String)> = files.iter().map(|f| (f.blob.clone(), f.name.clone())).collect();
    if let Some(source) = of(db, record).await?
        && !blobs.iter().any(|(blob, _)| *blob == source.blob)
    {
        blobs.push((source.blob, source.name));
    }
    let seen = by_eye::Entity::find().filter(by_eye::Column::Record.eq(record)).all(db).await?;
    let mut all = vec![];
    for (blob, name) in blobs {
        let Some(row) = unread::Entity::find_by_id(&blob).one(db).await? else { continue };
        let places = serde_json::from_str(&row.places).map_err(|e| Error::Fault(e.into()))?;
        let seen = seen.iter().find(|s| s.blob == blob).map(|s| (s.staff.clone(), Instant(s.at)));
        all.push(Unread { blob, name, places, seen });
    }
    Ok(all)
}

/// A person says that they have read by eye what no machine could.
pub async fn see_by_eye(act: &mut Act, record: &str, files: &[Unread], staff: &str) -> Result<(), Error> {
    for file in files.iter().filter(|f| f.seen.is_none()) {
        let row = by_eye::ActiveModel {
            id: Set(act.id()),
            record: Set(record.into()),
            blob: Set(file.blob.clone()),
            staff: Set(staff.into()),
            at: Set(act.now.0),
        };
        by_eye::Entity::insert(row).exec_without_returning(act).await?;
        let facts = serde_json::json!({ "sha256": file.blob });
        act.journal_with("read-by-eye", &format!("record:{record}"), facts);
    }
    Ok(())
}

/// What the machine reads of a stored file now.
pub async fn read_again(desk: &Desk, name: &str, blob: &str) -> Result<Result<Imported, kernel::Refusal>, Error> {
    let hash = Hash::parse(blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    let bytes = desk.app.blobs.get(&hash).await?;
    Ok(desk.app.reader.read(name, bytes).await)
}

#[derive(Template)]
#[template(path = "record/source.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    gates: Vec<Gate>,
    tabs: Vec<Link>,
    source: Option<record_source::Model>,
    /// Why it could not be read now.
    failed: String,
    /// What the paper says of itself, as written.
    facts: Vec<(String, String)>,
    hidden: Vec<String>,
    unread: Vec<Seen>,
    original: Html,
    changes: Vec<Change>,
    mine: bool,
    attached: bool,
}

/// What no machine could read, and who has.
struct Seen {
    name: String,
    places: Vec<String>,
    by: String,
}

/// Text, fields and files of a record as this person may see them: their draft, or else the revision.
struct Beside {
    lines: Vec<String>,
    files: Vec<draft_file::Model>,
    typed: super::model::Typed,
    mine: bool,
}

async fn beside(desk: &Desk, on: &Loaded) -> Result<Beside, Error> {
    if let Some(draft) = drafts::my_draft(desk.read(), &on.row.id, &desk.me.id).await? {
        let files = drafts::draft_files(desk.read(), &draft.id).await?;
        let (typed, lines) = (drafts::typed_of(&draft)?, lines(&notation::parse(&draft.text)));
        return Ok(Beside { lines, files, typed, mine: true });
    }
    // Before the first submission only the author sees anything.
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let file = |f: &super::table::revision_file::Model| draft_file::Model {
        id: f.id.clone(),
        draft: String::new(),
        name: f.name.clone(),
        kind: f.kind.clone(),
        size: f.size,
        blob: f.blob.clone(),
    };
    let (files, typed) = (on.files.iter().map(file).collect(), drafts::to_typed(revision));
    Ok(Beside { lines: lines(&revision.paper.body), files, typed, mine: false })
}

fn lines(blocks: &[kernel::Block]) -> Vec<String> {
    kernel::block::plain_text(blocks).lines().map(str::to_owned).collect()
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let beside = beside(&desk, &on).await?;
    let source = of(desk.read(), &id).await?;
    let mut page = Page {
        frame: desk.frame("对照原件", "/desk/record"),
        gates: super::review::gates(&on, &beside.typed),
        tabs: super::desk::tabs(&id, beside.files.len()),
        attached: source.as_ref().is_some_and(|s| beside.files.iter().any(|f| f.blob == s.blob)),
        unread: seen(&desk, unread_of(desk.read(), &id, &beside.files).await?).await?,
        failed: String::new(),
        facts: vec![],
        hidden: vec![],
        original: Html::default(),
        changes: vec![],
        mine: beside.mine,
        source,
        id,
    };
    if let Some(source) = &page.source {
        match read_again(&desk, &source.name, &source.blob).await? {
            Err(why) => page.failed = why.says,
            Ok(read) => {
                page.changes = compare(&lines(&read.blocks), &beside.lines);
                page.hidden = read.hidden.iter().map(paper::Hidden::says).collect();
                page.original = super::show::blocks(&without_pictures(read.blocks), "");
                page.facts = read.title.map(|t| ("标题".to_owned(), t)).into_iter().chain(read.fields).collect();
            }
        }
    }
    html(&page)
}

/// The pictures are attachments of the draft; here stands only where they were.
fn without_pictures(blocks: Vec<kernel::Block>) -> Vec<kernel::Block> {
    let place = |block| match block {
        kernel::Block::Image { file, .. } => kernel::Block::Note { text: format!("此处有图片“{file}”。") },
        other => other,
    };
    blocks.into_iter().map(place).collect()
}

async fn seen(desk: &Desk, all: Vec<Unread>) -> Result<Vec<Seen>, Error> {
    let ids: Vec<String> = all.iter().filter_map(|u| u.seen.as_ref().map(|(staff, _)| staff.clone())).collect();
    let names: std::collections::HashMap<String, String> =
        account::store::names(desk.read(), &ids).await?.into_iter().collect();
    let one = |u: Unread| Seen {
        by: u.seen.map_or(String::new(), |(staff, at)| {
            format!("{} {at}", names.get(&staff).map_or("已不在册的账号", String::as_str))
        }),
        name: u.name,
        places: u.places,
    };
    Ok(all.into_iter().map(one).collect())
}

async fn original(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    beside(&desk, &on).await?;
    let source = of(desk.read(), &id).await?.ok_or(Error::NotFound)?;
    let hash = Hash::parse(&source.blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    let bytes = desk.app.blobs.get(&hash).await?;
    let place = file::disposition(&source.name);
    Ok(([(header::CONTENT_TYPE, source.kind), (header::CONTENT_DISPOSITION, place)], bytes).into_response())
}

/// The original goes out with the text, as an attachment of one's draft.
async fn attach(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    store::load(desk.read(), &desk.body.id, &id).await?;
    let draft = drafts::my_draft(desk.read(), &id, &desk.me.id).await?.ok_or(Error::NotFound)?;
    let source = of(desk.read(), &id).await?.ok_or(Error::NotFound)?;
    let known = drafts::draft_files(desk.read(), &draft.id).await?;
    if file::media_type(&source.name).is_none() {
        let says = "网页不能作为附件公开。请另存为 PDF 或者 OFD，再上传。";
        return Err(Error::from(kernel::Refusal::new("file-type", says)).into());
    }
    if known.iter().any(|f| f.name == source.name) {
        return Ok(see(&format!("/desk/record/{id}/source")));
    }
    let work = async move |act: &mut Act| {
        drafts::add_file(act, &draft.id, &source.name, &source.kind, source.size, &source.blob).await?;
        act.journal("attach-source", &format!("record:{}", draft.record));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/source?said=file-added")))
}
