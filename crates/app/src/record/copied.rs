//! Copies of attachments: what nobody sees is cleaned out, what may not be opened is taken out (条例 37). The copy takes
//! the place of its original in the draft, and the original stays in the house.

use super::check;
use super::draft as drafts;
use super::file;
use super::source;
use super::table::{draft, draft_file};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, Duty};
use crate::edge::{Failure, see};
use ::store::{Act, Error};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Hash, Instant, Refusal};
use paper::{Copied, Order};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

::store::table! {
    made_copy = "made_copy" {
        id: String, record: String, name: String, kind: String, blob: String, copy: String, taken: i64, cleaned: i64,
        staff: String, at: i64,
    }
}

const WRITE: Who = Who::Duty(&[Duty::Draft]);

pub fn routes() -> Vec<Route> {
    vec![
        post("/desk/record/{id}/clean/{file}", WRITE, clean),
        get("/desk/record/{id}/copied/{copy}", super::desk::LOOK, original),
    ]
}

/// The media types of which a copy can be made.
pub fn may_copy(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
    matches!(ending.as_str(), "docx" | "xlsx" | "pptx" | "pdf" | "ofd" | "txt" | "csv" | "jpg" | "jpeg" | "png")
}

/// What stands beside a copy: `已遮盖 3 处、清除看不见的内容 2 处。已再次提取，原文不在。`
pub struct Proof {
    /// Of the copy's row.
    pub id: String,
    /// The digest of the copy.
    pub copy: String,
    pub says: String,
    pub original: String,
    pub by: String,
}

fn proof(row: made_copy::Model, by: String) -> Proof {
    // Nobody reads a picture again: its pixels are solid, and a person looks.
    let is_picture = row.kind.starts_with("image/");
    let done = match (row.taken, row.cleaned) {
        (0, _) if is_picture => "已清除图片附带的信息。".to_owned(),
        (n, _) if is_picture => format!("已遮盖 {n} 处，像素已涂实。图上的文字机器不识读，请打开看一遍。"),
        (0, n) => format!("已清除看不见的内容 {n} 处。已再次提取，没有剩下的。"),
        (n, 0) => format!("已遮盖 {n} 处。已再次提取，原文不在。"),
        (n, m) => format!("已遮盖 {n} 处，清除看不见的内容 {m} 处。已再次提取，原文不在。"),
    };
    let by = format!("{by} {}", Instant(row.at));
    Proof { id: row.id, copy: row.copy, says: done, original: row.name, by }
}

/// The copies of a record, the youngest first.
pub async fn of(db: &impl ConnectionTrait, record: &str) -> Result<Vec<Proof>, Error> {
    let of = made_copy::Entity::find().filter(made_copy::Column::Record.eq(record));
    let rows = of.order_by_desc(made_copy::Column::Id).all(db).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.staff.clone()).collect();
    let names: std::collections::HashMap<String, String> = account::store::names(db, &ids).await?.into_iter().collect();
    let name = |staff: &str| names.get(staff).cloned().unwrap_or_else(|| "已不在册的账号".into());
    Ok(rows.into_iter().map(|row| (name(&row.staff), row)).map(|(by, row)| proof(row, by)).collect())
}

/// The bytes of a stored file.
pub async fn bytes(desk: &Desk, blob: &str) -> Result<axum::body::Bytes, Error> {
    let hash = Hash::parse(blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    desk.app.blobs.get(&hash).await
}

/// Makes a copy of an attachment of one's draft and puts it in the original's place, under `name`.
///
/// # Errors
/// The inner refusals are for the person: nothing was changed.
pub async fn make(
    desk: &Desk,
    draft: &draft::Model,
    was: &draft_file::Model,
    name: &str,
    order: &Order,
) -> Result<Result<(), Refusal>, Failure> {
    let made = match desk.app.reader.copy(&was.name, bytes(desk, &was.blob).await?, order).await {
        Ok(made) => made,
        Err(why) => return Ok(Err(why)),
    };
    let hash = desk.app.blobs.put(&desk.app.store, made.bytes.clone().into(), desk.actor(), desk.now).await?;
    let (draft, was, name, staff) = (draft.clone(), was.clone(), name.to_owned(), desk.me.id.clone());
    let work = async move |act: &mut Act| {
        act.bump(&draft, draft.version).await?;
        exchange(act, &draft, &was, &name, &hash.to_string(), &made).await?;
        let row = made_copy::ActiveModel {
            id: Set(act.id()),
            record: Set(draft.record.clone()),
            name: Set(was.name.clone()),
            kind: Set(was.kind.clone()),
            blob: Set(was.blob.clone()),
            copy: Set(hash.to_string()),
            taken: Set(made.taken as i64),
            cleaned: Set(made.cleaned.len() as i64),
            staff: Set(staff.clone()),
            at: Set(act.now.0),
        };
        made_copy::Entity::insert(row).exec_without_returning(act).await?;
        let facts =
            serde_json::json!({ "taken": made.taken, "cleaned": made.cleaned.len(), "sha256": hash.to_string() });
        act.journal_with("make-copy", &format!("record:{}", draft.record), facts);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(Ok(()))
}

async fn exchange(
    act: &mut Act,
    draft: &draft::Model,
    was: &draft_file::Model,
    name: &str,
    blob: &str,
    made: &Copied,
) -> Result<(), Error> {
    let gone = draft_file::Entity::delete_many()
        .filter(draft_file::Column::Id.eq(&was.id))
        .filter(draft_file::Column::Draft.eq(&draft.id))
        .exec(act)
        .await?;
    if gone.rows_affected == 0 {
        return Err(Error::Conflict);
    }
    source::note_unread(act, blob, &made.unread).await?;
    drafts::add_file(act, &draft.id, name, &was.kind, made.bytes.len() as i64, blob).await
}

/// 清理副本: the same paper without what nobody sees.
async fn clean(desk: Desk, Path((id, file)): Path<(String, String)>) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    let was = mine.files.iter().find(|f| f.id == file).cloned().ok_or(Error::NotFound)?;
    match make(&desk, &mine.row, &was, &was.name, &Order::default()).await? {
        Ok(()) => Ok(see(&format!("/desk/record/{id}/files?said=copy-cleaned"))),
        Err(why) => super::files::show(&desk, mine, vec![why]).await,
    }
}

/// The original of a copy, for those who may see the record's draft or revision.
async fn original(desk: Desk, Path((id, copy)): Path<(String, String)>) -> Result<Response, Failure> {
    let on = super::store::load(desk.read(), &desk.body.id, &id).await?;
    let mine = drafts::my_draft(desk.read(), &id, &desk.me.id).await?;
    if mine.is_none() && on.revision.is_none() {
        return Err(Error::NotFound.into());
    }
    let row = made_copy::Entity::find_by_id(&copy).one(desk.read()).await?;
    let row = row.filter(|row| row.record == id).ok_or(Error::NotFound)?;
    let place = file::disposition(&row.name);
    let bytes = bytes(&desk, &row.blob).await?;
    Ok(([(header::CONTENT_TYPE, row.kind), (header::CONTENT_DISPOSITION, place)], bytes).into_response())
}
