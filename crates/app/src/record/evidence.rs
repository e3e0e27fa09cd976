//! The evidence of a suspected secret: everything that the tables hold of a record's words, and its files, go under a
//! key of their own; the clear text is gone from tables and disk. Only the fact is journalled.
//!
//! Stop at once, keep the record, report: 《保守国家秘密法》第三十四条.

use super::hiding;
use super::kind::kind_zh;
use super::model::{Fields, Paper};
use super::publish;
use super::store::files_of;
use super::table::{
    draft, draft_file, evidence, evidence_file, finding, hide, original, record, review, revision, revision_file,
};
use crate::App;
use ::store::{Act, Actor, Blobs, Error, Sealed};
use bytes::Bytes;
use kernel::Hash;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands where the words were: the gate refuses it, because its digest is another.
const STANDS: &str = "（内容已封存）";

/// The words of a record, by table and row.
#[derive(Default, Serialize, Deserialize)]
struct Words {
    revisions: BTreeMap<String, String>,
    files: BTreeMap<String, (String, String)>,
    findings: BTreeMap<String, (String, String)>,
    reviews: BTreeMap<String, String>,
    drafts: BTreeMap<String, (String, String)>,
    draft_files: BTreeMap<String, (String, String)>,
    /// Name, digest, differences.
    #[serde(default)]
    originals: BTreeMap<String, (String, String, String)>,
}

/// Whether the words of a pull-down are under seal.
pub async fn is_sealed(db: &impl ConnectionTrait, hide: &str) -> Result<bool, Error> {
    Ok(evidence::Entity::find_by_id(hide).one(db).await?.is_some())
}

/// A blob of the record that was sealed: the digest of the clear bytes, and where the sealed ones are.
#[derive(Clone)]
struct Locked {
    id: String,
    was: String,
    blob: String,
    key: String,
}

/// Seals what a hidden record holds. Safe to run twice.
pub async fn seal(app: &App, hidden: &hide::Model, actor: Actor) -> Result<(), Error> {
    let now = app.clock.now();
    let words = gather(app.store.read(), &hidden.record).await?;
    let mut locked = vec![];
    for was in words.blobs() {
        let hash = Hash::parse(&was).ok_or_else(|| Error::fault("a file without a digest"))?;
        let id = format!("{}/{was}", hidden.id);
        let sealed = app.sealer.seal(&id, &app.blobs.get(&hash).await?);
        let blob = app.blobs.put(&app.store, Bytes::from(sealed.text), actor.clone(), now).await?.to_string();
        locked.push(Locked { id, was, blob, key: sealed.key });
    }
    let (sealer, hide, files) = (app.sealer.clone(), hidden.clone(), locked.clone());
    let work = async move |act: &mut Act| {
        let about = format!("record:{}", hide.record);
        if is_sealed(act, &hide.id).await? {
            act.journal("evidence-stands", &about);
            return Ok(());
        }
        let words = gather(act, &hide.record).await?;
        // A file that came in meanwhile is not under seal yet: the whole is tried again.
        if words.blobs().iter().any(|blob| !files.iter().any(|f| f.was == *blob)) {
            return Err(Error::Conflict);
        }
        let text = serde_json::to_vec(&words).map_err(|e| Error::Fault(e.into()))?;
        let (digest, sealed) = (Hash::of(&text).to_string(), sealer.seal(&hide.id, &text));
        let row = evidence::ActiveModel {
            id: Set(hide.id.clone()),
            digest: Set(digest),
            sealed_text: Set(sealed.text),
            sealed_key: Set(sealed.key),
        };
        evidence::Entity::insert(row).exec_without_returning(act).await?;
        for f in &files {
            let row = evidence_file::ActiveModel {
                id: Set(f.id.clone()),
                hide: Set(hide.id.clone()),
                was: Set(f.was.clone()),
                blob: Set(f.blob.clone()),
                key: Set(f.key.clone()),
            };
            evidence_file::Entity::insert(row).exec_without_returning(act).await?;
        }
        blank(act, &hide.record, &words, &files).await?;
        publish::note_removal(act, &hide.record, hiding::SEALED, hide.n);
        act.journal("seal-evidence", &about);
        Ok(())
    };
    app.store.act(actor, now, work).await?.into_inner();
    forget(app, locked.iter().map(|f| f.was.clone())).await
}

/// Clear bytes that nothing refers to any more are removed at once, not after a day.
async fn forget(app: &App, blobs: impl Iterator<Item = String>) -> Result<(), Error> {
    for blob in blobs {
        app.forget_blob(&blob).await?;
    }
    Ok(())
}

impl Words {
    /// The digests of the clear files, each once.
    fn blobs(&self) -> Vec<String> {
        let files = self.files.values().chain(self.draft_files.values()).map(|f| &f.1);
        let mut all: Vec<String> = files.chain(self.originals.values().map(|o| &o.1)).cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

/// Everything that people or the scanner wrote in, or about, a record.
async fn gather(db: &impl ConnectionTrait, record: &str) -> Result<Words, Error> {
    let mut words = Words::default();
    for row in revision::Entity::find().filter(revision::Column::Record.eq(record)).all(db).await? {
        for file in files_of(db, &row.id).await? {
            words.files.insert(file.id, (file.name, file.blob));
        }
        let find = finding::Entity::find().filter(finding::Column::Revision.eq(&row.id));
        words.findings.extend(find.all(db).await?.into_iter().map(|f| (f.id, (f.excerpt, f.reason))));
        let find = review::Entity::find().filter(review::Column::Revision.eq(&row.id));
        words.reviews.extend(find.all(db).await?.into_iter().map(|r| (r.id, r.opinion)));
        if let Some(o) = original::Entity::find_by_id(&row.id).one(db).await? {
            words.originals.insert(o.id, (o.name, o.blob, o.differences));
        }
        words.revisions.insert(row.id, row.bytes);
    }
    for row in draft::Entity::find().filter(draft::Column::Record.eq(record)).all(db).await? {
        let find = draft_file::Entity::find().filter(draft_file::Column::Draft.eq(&row.id));
        words.draft_files.extend(find.all(db).await?.into_iter().map(|f| (f.id, (f.name, f.blob))));
        words.drafts.insert(row.id, (row.fields, row.text));
    }
    Ok(words)
}

/// What is written over the words: nothing, or what a reader of the row can still make sense of.
async fn blank(act: &Act, record: &str, words: &Words, files: &[Locked]) -> Result<(), Error> {
    let kind = record::Entity::find_by_id(record).one(act).await?.ok_or(Error::NotFound)?.kind;
    let title = format!("{}{STANDS}", kind_zh(&kind));
    let empty = Paper { format: 1, kind, title, fields: Fields::default(), body: vec![], files: vec![] };
    let empty = String::from_utf8(empty.bytes()).map_err(|e| Error::Fault(e.into()))?;
    let sealed = |clear: &str| files.iter().find(|f| f.was == clear).map(|f| f.blob.clone()).unwrap_or_default();
    let over = Words {
        revisions: words.revisions.keys().map(|id| (id.clone(), empty.clone())).collect(),
        files: words.files.iter().map(|(id, f)| (id.clone(), (STANDS.to_owned(), sealed(&f.1)))).collect(),
        findings: words.findings.keys().map(|id| (id.clone(), Default::default())).collect(),
        reviews: words.reviews.keys().map(|id| (id.clone(), String::new())).collect(),
        drafts: words.drafts.keys().map(|id| (id.clone(), ("{}".to_owned(), String::new()))).collect(),
        originals: words
            .originals
            .iter()
            .map(|(id, o)| (id.clone(), (STANDS.into(), sealed(&o.1), "[]".into())))
            .collect(),
        draft_files: words.draft_files.iter().map(|(id, f)| (id.clone(), (STANDS.into(), sealed(&f.1)))).collect(),
    };
    write(act, &over).await
}

/// Puts words into their rows. What was sealed and what is written over it go the same way.
async fn write(act: &Act, words: &Words) -> Result<(), Error> {
    for (id, bytes) in &words.revisions {
        let set = revision::Entity::update_many().col_expr(revision::Column::Bytes, Expr::value(bytes.as_str()));
        set.filter(revision::Column::Id.eq(id)).exec(act).await?;
    }
    for (id, (name, blob)) in &words.files {
        let set = revision_file::Entity::update_many()
            .col_expr(revision_file::Column::Name, Expr::value(name.as_str()))
            .col_expr(revision_file::Column::Blob, Expr::value(blob.as_str()));
        set.filter(revision_file::Column::Id.eq(id)).exec(act).await?;
    }
    for (id, (name, blob, differences)) in &words.originals {
        let set = original::Entity::update_many()
            .col_expr(original::Column::Name, Expr::value(name.as_str()))
            .col_expr(original::Column::Blob, Expr::value(blob.as_str()))
            .col_expr(original::Column::Differences, Expr::value(differences.as_str()));
        set.filter(original::Column::Id.eq(id)).exec(act).await?;
    }
    for (id, (excerpt, reason)) in &words.findings {
        let set = finding::Entity::update_many()
            .col_expr(finding::Column::Excerpt, Expr::value(excerpt.as_str()))
            .col_expr(finding::Column::Reason, Expr::value(reason.as_str()));
        set.filter(finding::Column::Id.eq(id)).exec(act).await?;
    }
    for (id, opinion) in &words.reviews {
        let set = review::Entity::update_many().col_expr(review::Column::Opinion, Expr::value(opinion.as_str()));
        set.filter(review::Column::Id.eq(id)).exec(act).await?;
    }
    for (id, (fields, text)) in &words.drafts {
        let set = draft::Entity::update_many()
            .col_expr(draft::Column::Fields, Expr::value(fields.as_str()))
            .col_expr(draft::Column::Text, Expr::value(text.as_str()));
        set.filter(draft::Column::Id.eq(id)).exec(act).await?;
    }
    for (id, (name, blob)) in &words.draft_files {
        let set = draft_file::Entity::update_many()
            .col_expr(draft_file::Column::Name, Expr::value(name.as_str()))
            .col_expr(draft_file::Column::Blob, Expr::value(blob.as_str()));
        set.filter(draft_file::Column::Id.eq(id)).exec(act).await?;
    }
    Ok(())
}

/// Evidence that was opened: it goes back into the rows only if the act that restores the record succeeds.
pub struct Opened {
    words: Words,
    hide: String,
    blobs: Vec<String>,
}

/// Opens the evidence and puts the clear files where blobs are; `None` where nothing is under seal.
pub async fn open(app: &App, hide: &str, actor: Actor) -> Result<Option<Opened>, Error> {
    let Some(row) = evidence::Entity::find_by_id(hide).one(app.store.read()).await? else { return Ok(None) };
    let sealed = Sealed { text: row.sealed_text, key: row.sealed_key };
    let text = app.sealer.open_sealed(hide, &sealed)?;
    let words = serde_json::from_slice(&text).map_err(|e| Error::Fault(e.into()))?;
    let find = evidence_file::Entity::find().filter(evidence_file::Column::Hide.eq(hide));
    let mut blobs = vec![];
    for file in find.all(app.store.read()).await? {
        let bytes = file_bytes(app, &app.blobs, &file).await?;
        blobs.push(app.blobs.put(&app.store, bytes, actor.clone(), app.clock.now()).await?.to_string());
    }
    Ok(Some(Opened { words, hide: hide.into(), blobs }))
}

async fn file_bytes(app: &App, blobs: &Blobs, file: &evidence_file::Model) -> Result<Bytes, Error> {
    let hash = Hash::parse(&file.blob).ok_or_else(|| Error::fault("evidence without a digest"))?;
    let text = String::from_utf8(blobs.get(&hash).await?.to_vec()).map_err(|e| Error::Fault(e.into()))?;
    let sealed = Sealed { text, key: file.key.clone() };
    Ok(Bytes::from(app.sealer.open_sealed(&file.id, &sealed)?))
}

impl Opened {
    /// In the act that restores: the words are in their rows again, and no longer under seal.
    pub async fn put_back(&self, act: &mut Act, record: &str) -> Result<(), Error> {
        write(act, &self.words).await?;
        evidence_file::Entity::delete_many().filter(evidence_file::Column::Hide.eq(&self.hide)).exec(act).await?;
        evidence::Entity::delete_by_id(&self.hide).exec(act).await?;
        act.journal("open-evidence", &format!("record:{record}"));
        Ok(())
    }

    /// The act was refused: the clear files go again.
    pub async fn shut(&self, app: &App) -> Result<(), Error> {
        forget(app, self.blobs.iter().cloned()).await
    }
}
