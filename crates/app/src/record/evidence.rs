//! The evidence of a suspected secret: everything that the tables hold of a record's words, and its files, go under a
//! key of their own; the clear text is gone from tables and disk. Only the fact is journalled.
//!
//! Stop at once, keep the record, report: 《保守国家秘密法》第三十四条.

use super::kind::kind_zh;
use super::model::{Fields, Paper};
use super::table::{evidence, evidence_file, hide, record};
use super::words::Words;
use super::{hiding, publish};
use crate::App;
use ::store::{Act, Actor, Blobs, Error, Sealed};
use bytes::Bytes;
use kernel::{Hash, Refusal};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set, Statement, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands where the words were.
pub const STANDS: &str = "（内容已封存）";
/// Until the words are no longer in the files of the database either.
pub const SCRUB: &str = "scrub";

/// By column: the words of a row, and the digest of its file. What was empty is not there.
type Row = BTreeMap<String, String>;

/// The words of a record: by table, by the row's id.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Told(BTreeMap<String, BTreeMap<String, Row>>);

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
        act.queue(SCRUB, &hide.record, act.now);
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

impl Told {
    /// The digests of the clear files, each once.
    fn blobs(&self) -> Vec<String> {
        let named = |(table, rows): (&String, &BTreeMap<String, Row>)| -> Vec<String> {
            let column = crate::words().find(|w| w.table == table).map_or("", |w| w.blob);
            rows.values().filter_map(|row| row.get(column).cloned()).collect()
        };
        let mut all: Vec<String> = self.0.iter().flat_map(named).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The same rows with what is written over the words.
    fn over(&self, paper: &str, files: &[Locked]) -> Told {
        let sealed = |clear: &str| files.iter().find(|f| f.was == clear).map(|f| f.blob.clone()).unwrap_or_default();
        let mut all = BTreeMap::new();
        for place in crate::words() {
            let Some(rows) = self.0.get(place.table) else { continue };
            let cell = |(column, was): (&String, &String)| {
                let known = place.columns.iter().find(|(c, _)| c == column);
                (column.clone(), known.map_or_else(|| sealed(was), |(_, over)| over.text(paper)))
            };
            let over = |(id, row): (&String, &Row)| (id.clone(), row.iter().map(cell).collect());
            all.insert(place.table.to_owned(), rows.iter().map(over).collect());
        }
        Told(all)
    }
}

/// Everything that people or the scanner wrote in, or about, a record, in whichever slice.
async fn gather(db: &impl ConnectionTrait, record: &str) -> Result<Told, Error> {
    let mut told = Told::default();
    for place in crate::words() {
        let rows = rows_of(db, place, record).await?;
        if !rows.is_empty() {
            told.0.insert(place.table.into(), rows);
        }
    }
    Ok(told)
}

async fn rows_of(db: &impl ConnectionTrait, place: &Words, record: &str) -> Result<BTreeMap<String, Row>, Error> {
    let file = Some(place.blob).filter(|column| !column.is_empty());
    let columns: Vec<&str> = place.columns.iter().map(|(column, _)| *column).chain(file).collect();
    let sql = format!("SELECT id, \"{}\" FROM \"{}\" WHERE {}", columns.join("\", \""), place.table, place.rows);
    let asked = Statement::from_sql_and_values(db.get_database_backend(), sql, [record.into()]);
    let mut all = BTreeMap::new();
    for row in db.query_all_raw(asked).await? {
        let mut words = Row::new();
        for column in &columns {
            if let Some(text) = row.try_get::<Option<String>>("", column)? {
                words.insert((*column).into(), text);
            }
        }
        all.insert(row.try_get("", "id")?, words);
    }
    Ok(all)
}

/// Writes over the words: nothing, or what a reader of the row can still make sense of.
async fn blank(act: &Act, record: &str, told: &Told, files: &[Locked]) -> Result<(), Error> {
    let kind = record::Entity::find_by_id(record).one(act).await?.ok_or(Error::NotFound)?.kind;
    let title = format!("{}{STANDS}", kind_zh(&kind));
    let empty = Paper { format: 1, kind, title, fields: Fields::default(), body: vec![], files: vec![] };
    let empty = String::from_utf8(empty.bytes()).map_err(|e| Error::Fault(e.into()))?;
    write(act, &told.over(&empty, files)).await
}

/// Puts words into their rows. What was sealed and what is written over it go the same way.
async fn write(act: &Act, told: &Told) -> Result<(), Error> {
    for place in crate::words() {
        for (id, row) in told.0.get(place.table).into_iter().flatten() {
            if row.is_empty() {
                continue;
            }
            let set = row.keys().zip(1..).map(|(column, n)| format!("\"{column}\" = ${n}"));
            let set = set.collect::<Vec<_>>().join(", ");
            let sql = format!("UPDATE \"{}\" SET {set} WHERE id = ${}", place.table, row.len() + 1);
            let values: Vec<Value> = row.values().chain([id]).map(|v| v.as_str().into()).collect();
            act.execute_raw(Statement::from_sql_and_values(act.get_database_backend(), sql, values)).await?;
        }
    }
    Ok(())
}

/// Refuses to write words into a record that is suspected to hold a secret, whoever asks: what comes now would lie in
/// clear beside the seal.
pub async fn takes_words(db: &impl ConnectionTrait, record: &str) -> Result<(), Error> {
    let find = hide::Entity::find().filter(hide::Column::Record.eq(record));
    for hide in find.filter(hide::Column::Reason.eq(hiding::SECRET)).all(db).await? {
        if hide.outcome.is_empty() || is_sealed(db, &hide.id).await? {
            let says =
                "本件怀疑涉及国家秘密，内容已封存，不能再写入。请等保密审查员或者领导复核；要写别的内容，请另起一件。";
            return Err(Refusal::new("sealed", says).cite(hiding::LEAK).into());
        }
    }
    Ok(())
}

/// The words are gone from the rows; now from the pages that the database gave up, too.
pub async fn scrub(app: App, job: ::store::Job) -> Result<(), Error> {
    app.store.scrub()?;
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        act.journal("scrub", &format!("record:{}", job.arg));
        Ok(())
    };
    app.store.act(Actor::Job(SCRUB), app.clock.now(), work).await.map(::store::Done::into_inner)
}

/// Evidence that was opened: it goes back into the rows only if the act that restores the record succeeds.
pub struct Opened {
    words: Told,
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
