//! Superior documents and their feeds in the database.

use super::rules::{Came, File, Stop};
use crate::account::Me;
use crate::record::draft as drafts;
use crate::record::kind::Kind;
use crate::record::{file, source};
use ::store::{Act, Error};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

store::table! {
    superior_feed = "superior_feed" {
        id: String, body: String, name: String, address: String, made_at: i64, checked_at: Option<i64>,
        failure: String, ended_at: Option<i64>,
    }
}
store::table! {
    superior = "superior" {
        id: String, body: String, feed: Option<String>, named: String, title: String, number: String, issuer: String,
        address: String, text: String, at: i64, stops: String, standing: String, cleared_by: Option<String>,
        reason: String, record: Option<String>, file: Option<String>, kind: Option<String>, size: Option<i64>,
        blob: Option<String>, unread: Option<String>, version: i64,
    }
}
store::root!(superior);

pub const WAITING: &str = "waiting";
pub const TAKEN: &str = "taken";
pub const DECLINED: &str = "declined";

pub fn stops_of(row: &superior::Model) -> Result<Vec<Stop>, Error> {
    serde_json::from_str(&row.stops).map_err(|e| Error::Fault(e.into()))
}

fn came(row: &superior::Model) -> Came {
    let (title, number, issuer) = (row.title.clone(), row.number.clone(), row.issuer.clone());
    Came { guid: String::new(), title, number, issuer, address: row.address.clone(), text: row.text.clone() }
}

pub async fn feeds(db: &impl ConnectionTrait, body: &str) -> Result<Vec<superior_feed::Model>, Error> {
    use superior_feed::Column::{Body, EndedAt, Id};
    let all = superior_feed::Entity::find().filter(Body.eq(body)).filter(EndedAt.is_null());
    Ok(all.order_by_asc(Id).all(db).await?)
}

pub async fn some(
    db: &impl ConnectionTrait,
    body: &str,
    standing: &str,
    most: u64,
) -> Result<Vec<superior::Model>, Error> {
    use superior::Column::{At, Body, Id, Standing};
    let find = superior::Entity::find().filter(Body.eq(body)).filter(Standing.eq(standing));
    Ok(find.order_by_desc(At).order_by_desc(Id).limit(most).all(db).await?)
}

/// How many documents wait: those that nothing stops, and those that a person must decide upon first.
pub async fn counts(db: &impl ConnectionTrait, body: &str) -> Result<(u64, u64), Error> {
    use superior::Column::{Body, ClearedBy, Standing, Stops};
    let of = || superior::Entity::find().filter(Body.eq(body)).filter(Standing.eq(WAITING));
    let stopped = of().filter(Stops.ne("[]")).filter(ClearedBy.is_null()).count(db).await?;
    Ok((of().count(db).await? - stopped, stopped))
}

/// Of this body only.
pub async fn load(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<superior::Model, Error> {
    superior::Entity::find_by_id(id).one(db).await?.filter(|r| r.body == body).ok_or(Error::NotFound)
}

/// Takes a document in, once: `None` where it is here already, by its own name or by number and issuer.
pub async fn receive(
    act: &mut Act,
    body: &str,
    feed: Option<&str>,
    (new, stops): (&Came, &[Stop]),
    file: Option<&File>,
) -> Result<Option<String>, Error> {
    let (id, named) = (new.id(body), new.named());
    let same =
        superior::Entity::find().filter(superior::Column::Body.eq(body)).filter(superior::Column::Named.eq(&named));
    let doubled = !named.is_empty() && same.one(act).await?.is_some();
    if doubled || superior::Entity::find_by_id(&id).one(act).await?.is_some() {
        return Ok(None);
    }
    let stops = json(&stops)?;
    let row = superior::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        feed: Set(feed.map(str::to_owned)),
        named: Set(named),
        title: Set(new.title.clone()),
        number: Set(new.number.clone()),
        issuer: Set(new.issuer.clone()),
        address: Set(new.address.clone()),
        text: Set(new.text.clone()),
        at: Set(act.now.0),
        stops: Set(stops),
        standing: Set(WAITING.into()),
        cleared_by: Set(None),
        reason: Set(String::new()),
        record: Set(None),
        file: Set(file.map(|f| f.name.clone())),
        kind: Set(file.map(|f| f.kind.clone())),
        size: Set(file.map(|f| f.size)),
        blob: Set(file.map(|f| f.blob.clone())),
        unread: Set(file.map(|f| json(&f.unread)).transpose()?),
        version: Set(1),
    };
    superior::Entity::insert(row).exec_without_returning(act).await?;
    act.journal("receive-superior", &format!("superior:{id}"));
    Ok(Some(id))
}

fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Fault(e.into()))
}

/// The file in which a document was brought.
pub fn file_of(row: &superior::Model) -> Result<Option<File>, Error> {
    let (Some(name), Some(kind), Some(size), Some(blob)) = (&row.file, &row.kind, row.size, &row.blob) else {
        return Ok(None);
    };
    let unread = row.unread.as_deref().unwrap_or("[]");
    let unread = serde_json::from_str(unread).map_err(|e| Error::Fault(e.into()))?;
    Ok(Some(File { name: name.clone(), kind: kind.clone(), size, blob: blob.clone(), unread }))
}

/// The file stands beside the record's text; one without readable words goes out itself.
async fn keep_file(act: &mut Act, record: &str, me: &Me, kept: File, goes_out: bool) -> Result<(), Error> {
    let File { name, kind, size, blob, unread } = kept;
    if goes_out && file::media_type(&name).is_some() {
        let draft = drafts::my_draft(act, record, &me.id).await?.ok_or(Error::NotFound)?;
        drafts::add_file(act, &draft.id, &name, &kind, size, &blob).await?;
    }
    source::keep(act, source::record_source::Model { id: record.into(), name, kind, size, blob }, &unread).await
}

/// It becomes a draft of this person. Refused while something stops it and nobody has cleared it.
pub async fn take(act: &mut Act, row: &superior::Model, me: &Me, kind: &'static Kind) -> Result<String, Error> {
    let stops = stops_of(row)?;
    if row.standing != WAITING {
        return Err(Error::Conflict);
    }
    if !stops.is_empty() && row.cleared_by.is_none() {
        let says = "这份文件有不宜转发的标志，要先由保密审查员认定可以转发。";
        return Err(kernel::Refusal::new("stopped", says).cite("《政府信息公开条例》第十七条").into());
    }
    let came = came(row);
    let mut typed = came.typed();
    typed.insert("author".into(), me.section_name.clone());
    let record = drafts::create(act, &row.body, kind, &me.section, &me.id, &typed, &came.text).await?;
    if let Some(kept) = file_of(row)? {
        keep_file(act, &record, me, kept, came.text.is_empty()).await?;
    }
    settle(act, row, TAKEN, "", Some(&record)).await?;
    act.journal("take-superior", &format!("record:{record}"));
    Ok(record)
}

/// A person has decided: that it may be passed on all the same, or that it is not.
pub async fn decide(act: &mut Act, row: &superior::Model, me: &Me, pass_on: bool, reason: &str) -> Result<(), Error> {
    if row.standing != WAITING {
        return Err(Error::Conflict);
    }
    let standing = if pass_on { WAITING } else { DECLINED };
    settle(act, row, standing, reason, None).await?;
    if pass_on {
        let cleared = superior::Entity::update_many().col_expr(superior::Column::ClearedBy, Expr::value(me.id.clone()));
        cleared.filter(superior::Column::Id.eq(&row.id)).exec(act).await?;
    }
    let what = if pass_on { "clear-superior" } else { "decline-superior" };
    act.journal(what, &format!("superior:{}", row.id));
    Ok(())
}

async fn settle(
    act: &mut Act,
    row: &superior::Model,
    standing: &str,
    reason: &str,
    record: Option<&str>,
) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    superior::Entity::update_many()
        .col_expr(superior::Column::Standing, Expr::value(standing))
        .col_expr(superior::Column::Reason, Expr::value(if reason.is_empty() { row.reason.as_str() } else { reason }))
        .col_expr(superior::Column::Record, Expr::value(record.map(str::to_owned)))
        .filter(superior::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    Ok(())
}
