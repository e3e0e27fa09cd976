//! Proofs of statements: found by what they are about, made from the log's files, with what opens their commitments.

use super::integrator::off;
use super::model::{Opening, Said, Standing};
use crate::App;
use crate::floor::public_version;
use crate::record::store::load_revision;
use crate::record::table::{publication, revision};
use crate::submission::store::submission;
use kernel::Hash;
use ledger::{Plan, Proof, Salt};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::{Error, Read, statement};

/// A statement with what opens it, and where it stands.
pub struct Held {
    pub position: Option<i64>,
    pub opening: Opening,
    pub said: Said,
    pub standing: Standing,
}

/// The proof of a public version. `shown` is its row of the public floor: what is not there has no proof to give.
pub async fn of_version(app: &App, shown: &public_version::Model) -> Result<Option<Held>, Error> {
    let Some((record, _)) = shown.id.split_once('#') else { return Ok(None) };
    let read = app.store.read();
    let Some((row, said)) = statement_of(read, record, shown.version).await? else { return Ok(None) };
    let opening = open_version(read, record, shown, &said).await?;
    held(app, row, said, opening).await.map(Some)
}

/// The last statement about this version that commits to content.
async fn statement_of(read: &Read, record: &str, version: i64) -> Result<Option<(statement::Model, Said)>, Error> {
    let about = statement::Column::About.eq(format!("record:{record}"));
    let rows = statement::Entity::find().filter(about).order_by_desc(statement::Column::Id).all(read).await?;
    let said = |row: statement::Model| Some((serde_json::from_str::<Said>(&row.bytes).ok()?, row));
    let fits = |(said, _): &(Said, _)| said.version == version && said.hashes.is_some();
    Ok(rows.into_iter().filter_map(said).find(fits).map(|(said, row)| (row, said)))
}

/// Salt and digests; nothing where the salt was destroyed, or the text was taken down.
async fn open_version(read: &Read, record: &str, shown: &public_version::Model, said: &Said) -> Result<Opening, Error> {
    let statement = String::new();
    let closed = Opening { content: None, late: None, salt: None, statement };
    let Some(row) = revision_of(read, record, shown.version).await? else { return Ok(closed) };
    let Some(salt) = Salt::parse(&row.salt).filter(|_| !shown.content.is_empty()) else { return Ok(closed) };
    let late = load_revision(read, &row.id).await?.late.hash();
    // What came after publication is told by a later statement.
    let committed = said.hashes.as_ref().and_then(|h| h.late.as_deref());
    let late = late.filter(|late| Some(salt.hash("late", late).to_string().as_str()) == committed);
    let late = late.map(|hash| hash.to_string());
    Ok(Opening { content: Some(row.hash), late, salt: Some(salt.to_string()), ..closed })
}

/// The revision behind a public version.
pub async fn revision_of(read: &Read, record: &str, version: i64) -> Result<Option<revision::Model>, Error> {
    let of = publication::Entity::find().filter(publication::Column::Record.eq(record));
    let row = of.filter(publication::Column::N.eq(version)).one(read).await?;
    let Some(id) = row.and_then(|row| row.revision) else { return Ok(None) };
    Ok(revision::Entity::find_by_id(id).one(read).await?)
}

/// The proof of a submission, for whoever holds its tracking code.
pub async fn of_submission(app: &App, row: &submission::Model) -> Result<Option<Held>, Error> {
    let about = statement::Column::About.eq(format!("submission:{}", row.id));
    let Some(found) = statement::Entity::find().filter(about).one(app.store.read()).await? else { return Ok(None) };
    let Ok(said) = serde_json::from_str::<Said>(&found.bytes) else { return Ok(None) };
    let content = row.bytes(&app.sealer)?.map(|sealed| Hash::of(&sealed).to_string());
    let salt = content.as_ref().map(|_| row.salt.clone());
    held(app, found, said, Opening { content, late: None, salt, statement: String::new() }).await.map(Some)
}

async fn held(app: &App, row: statement::Model, said: Said, opening: Opening) -> Result<Held, Error> {
    let opening = Opening { statement: row.bytes.clone(), ..opening };
    let standing = match row.position {
        Some(position) => prove(app, position, &opening).await?,
        None => Standing::Waiting,
    };
    Ok(Held { position: row.position, opening, said, standing })
}

/// A position that no checkpoint covers yet is as good as none: only what is signed counts.
async fn prove(app: &App, position: i64, opening: &Opening) -> Result<Standing, Error> {
    let index = u64::try_from(position).map_err(|e| Error::Fault(e.into()))?;
    let Some(published) = app.log.published().filter(|p| index < p.checkpoint.head().size) else {
        return Ok(Standing::Waiting);
    };
    let (size, folder) = (published.checkpoint.head().size, app.log.folder(published.checkpoint.origin()));
    let make = move || {
        let path = Plan::inclusion(index, size).and_then(|plan| plan.hashes(|tile| folder.subtree(tile)));
        path.map_err(|e| Error::Fault(e.into()))
    };
    let path = off(make).await?;
    let extra = kernel::canonical::bytes(opening);
    Ok(Standing::In(Box::new(Proof { extra, index, path, checkpoint: published.note.clone() })))
}
