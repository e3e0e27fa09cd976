//! Drafts: one mutable row per record and person, with its files.

use super::evidence;
use super::internal;
use super::kind::Kind;
use super::model::{Late, Paper, Reason, Revision, Typed};
use super::store::Loaded;
use super::table::{draft, draft_file, record, revision};
use super::typed;
use kernel::{Day, Instant, notation};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use store::{Act, Error};

/// The person's own draft of a record.
pub async fn my_draft(db: &impl ConnectionTrait, record: &str, staff: &str) -> Result<Option<draft::Model>, Error> {
    let mine = draft::Entity::find().filter(draft::Column::Record.eq(record)).filter(draft::Column::Staff.eq(staff));
    Ok(mine.one(db).await?)
}

pub async fn draft_files(db: &impl ConnectionTrait, draft: &str) -> Result<Vec<draft_file::Model>, Error> {
    let all =
        draft_file::Entity::find().filter(draft_file::Column::Draft.eq(draft)).order_by_asc(draft_file::Column::Id);
    Ok(all.all(db).await?)
}

/// Whether this person has ever submitted anything.
pub async fn has_submitted(db: &impl ConnectionTrait, staff: &str) -> Result<bool, Error> {
    Ok(revision::Entity::find().filter(revision::Column::Author.eq(staff)).limit(1).one(db).await?.is_some())
}

/// The record of which this person has the youngest draft.
pub async fn latest_of(db: &impl ConnectionTrait, staff: &str) -> Result<Option<String>, Error> {
    let all = draft::Entity::find().filter(draft::Column::Staff.eq(staff)).order_by_desc(draft::Column::Id);
    Ok(all.limit(1).one(db).await?.map(|d| d.record))
}

pub fn typed_of(row: &draft::Model) -> Result<Typed, Error> {
    serde_json::from_str(&row.fields).map_err(|e| Error::Fault(e.into()))
}

/// A new record with an empty draft of its maker. Returns the record's id.
pub async fn create(
    act: &mut Act,
    body: &str,
    kind: &Kind,
    section: &str,
    staff: &str,
    typed: &Typed,
    text: &str,
) -> Result<String, Error> {
    let id = new_record(act, body, kind.name, section, staff).await?;
    new_draft(act, &id, staff, "", typed, text).await?;
    act.journal("create", &format!("record:{id}"));
    Ok(id)
}

/// A record with nothing in it yet. Returns its id.
pub async fn new_record(act: &Act, body: &str, kind: &str, section: &str, staff: &str) -> Result<String, Error> {
    let id = act.id();
    let row = record::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        kind: Set(kind.into()),
        section: Set(section.into()),
        made_by: Set(staff.into()),
        made_at: Set(act.now.0),
        index_no: Set(None),
        path: Set(None),
        revision: Set(None),
        published: Set(0),
        open: Set(1),
        publish_at: Set(None),
        version: Set(1),
    };
    record::Entity::insert(row).exec_without_returning(act).await?;
    Ok(id)
}

async fn new_draft(
    act: &Act,
    record: &str,
    staff: &str,
    base: &str,
    typed: &Typed,
    text: &str,
) -> Result<String, Error> {
    evidence::takes_words(act, record).await?;
    let id = act.id();
    let row = draft::ActiveModel {
        id: Set(id.clone()),
        record: Set(record.into()),
        staff: Set(staff.into()),
        base: Set(base.into()),
        fields: Set(serde_json::to_string(typed).map_err(|e| Error::Fault(e.into()))?),
        text: Set(text.into()),
        saved_at: Set(act.now.0),
        version: Set(1),
    };
    draft::Entity::insert(row).exec_without_returning(act).await?;
    Ok(id)
}

/// A draft of this person that begins from the revision submitted last, files included.
pub async fn take_up(act: &mut Act, from: &Loaded, staff: &str) -> Result<(), Error> {
    let revision = from.revision.as_ref().ok_or(Error::NotFound)?;
    let (mut typed, text) = (to_typed(revision), notation::write(&revision.paper.body));
    if from.stands().is_some_and(|p| p.revision.as_deref() == Some(&revision.id)) {
        // What was wrong with the version before is no word about this one.
        typed.insert("change".into(), String::new());
        let class = from.hidden.as_ref().map(|h| h.reason.as_str()).and_then(Reason::protective);
        typed.insert("correction".into(), class.map_or("", |r| r.word).into());
    }
    typed.extend(typed::to_typed(&internal::of(act, &revision.id).await?));
    let draft = new_draft(act, &from.row.id, staff, &revision.id, &typed, &text).await?;
    for file in &from.files {
        add_file(act, &draft, &file.name, &file.kind, file.size, &file.blob).await?;
    }
    act.journal("take-up", &format!("record:{}", from.row.id));
    Ok(())
}

/// A form that comes from a draft which was submitted meanwhile: what was typed becomes a new draft, nothing is lost.
pub async fn revive(act: &mut Act, on: &Loaded, staff: &str, typed: &Typed, text: &str) -> Result<(), Error> {
    let base = on.row.revision.clone().unwrap_or_default();
    let draft = new_draft(act, &on.row.id, staff, &base, typed, text).await?;
    for file in &on.files {
        add_file(act, &draft, &file.name, &file.kind, file.size, &file.blob).await?;
    }
    act.journal("revive-draft", &format!("record:{}", on.row.id));
    Ok(())
}

/// The form's fields as a revision has them.
pub fn to_typed(revision: &Revision) -> Typed {
    let f = &revision.paper.fields;
    let day = |d: Option<Day>| d.map(|d| d.to_string()).unwrap_or_default();
    let openness =
        serde_json::to_value(f.openness).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
    let all = [
        ("title", revision.paper.title.clone()),
        ("column", f.column.clone()),
        ("also", f.also.join(" ")),
        ("class", f.class.clone()),
        ("openness", openness),
        ("ground", f.ground.clone()),
        ("issuer", f.issuer.clone()),
        ("source", f.source.clone()),
        ("author", f.author.clone()),
        ("keywords", f.keywords.clone()),
        ("summary", f.summary.clone()),
        ("formed", day(f.formed)),
        ("effective", day(f.effective)),
        ("expires", day(f.expires)),
        ("note", f.note.clone()),
        ("correction", f.correction.clone()),
        ("change", f.change.clone()),
        ("number", revision.late.number.clone()),
        ("issued", day(revision.late.issued)),
    ];
    all.into_iter().map(|(n, v)| (n.to_owned(), v)).chain(typed::to_typed(&f.data)).collect()
}

/// The form's fields as a paper has them that is no revision yet.
pub fn paper_typed(paper: &Paper, late: &Late) -> Typed {
    let (authors, at, hash) = (vec![], Instant(0), paper.hash());
    let (id, author) = (String::new(), String::new());
    to_typed(&Revision { id, n: 0, author, authors, at, hash, paper: paper.clone(), late: late.clone() })
}

/// Keeps what was typed. `seen` is the draft's version that the form showed: two windows do not overwrite each other.
pub async fn save_draft(act: &mut Act, row: &draft::Model, seen: i64, typed: &Typed, text: &str) -> Result<(), Error> {
    evidence::takes_words(act, &row.record).await?;
    act.bump(row, seen).await?;
    let fields = serde_json::to_string(typed).map_err(|e| Error::Fault(e.into()))?;
    draft::Entity::update_many()
        .col_expr(draft::Column::Fields, Expr::value(fields))
        .col_expr(draft::Column::Text, Expr::value(text))
        .col_expr(draft::Column::SavedAt, Expr::value(act.now.0))
        .filter(draft::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.journal("save-draft", &format!("record:{}", row.record));
    Ok(())
}

/// What a record is, put right before anybody reviewed it.
pub async fn set_kind(act: &mut Act, record: &str, kind: &Kind) -> Result<(), Error> {
    record::Entity::update_many()
        .col_expr(record::Column::Kind, Expr::value(kind.name))
        .filter(record::Column::Id.eq(record))
        .filter(record::Column::Revision.is_null())
        .exec(act)
        .await?;
    act.journal_with("set-kind", &format!("record:{record}"), serde_json::json!({ "kind": kind.name }));
    Ok(())
}

/// After a Conflict one's own draft begins from the text that was submitted meanwhile.
pub async fn rebase(act: &mut Act, row: &draft::Model, base: &str) -> Result<(), Error> {
    draft::Entity::update_many()
        .col_expr(draft::Column::Base, Expr::value(base))
        .filter(draft::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.journal("rebase-draft", &format!("record:{}", row.record));
    Ok(())
}

pub async fn add_file(act: &Act, draft: &str, name: &str, kind: &str, size: i64, blob: &str) -> Result<(), Error> {
    let of = draft::Entity::find_by_id(draft).one(act).await?.ok_or(Error::NotFound)?;
    evidence::takes_words(act, &of.record).await?;
    let row = draft_file::ActiveModel {
        id: Set(act.id()),
        draft: Set(draft.into()),
        name: Set(name.into()),
        kind: Set(kind.into()),
        size: Set(size),
        blob: Set(blob.into()),
    };
    draft_file::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

pub async fn remove_file(act: &mut Act, draft: &draft::Model, file: &str) -> Result<(), Error> {
    let gone = draft_file::Entity::delete_many()
        .filter(draft_file::Column::Id.eq(file))
        .filter(draft_file::Column::Draft.eq(&draft.id))
        .exec(act)
        .await?;
    if gone.rows_affected == 0 {
        return Err(Error::NotFound);
    }
    act.journal("remove-file", &format!("record:{}", draft.record));
    Ok(())
}
