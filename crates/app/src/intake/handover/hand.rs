//! Taking a paper in, from the API and from the watched folder alike.

use super::model::Sent;
use super::rules;
use super::store::{self, Deposit};
use super::table::handover;
use crate::App;
use crate::account::{Duty, Me, store as accounts};
use crate::body::Body;
use crate::posted::Upload;
use crate::record::evidence;
use ::store::{Act, Actor, Error};
use kernel::{Instant, Refusal};
use sea_orm::EntityTrait;

/// Who hands over, and when.
pub struct Handing<'a> {
    pub body: &'a Body,
    /// The account that speaks for the system.
    pub holder: &'a Me,
    /// Of the request: the digest of holder and Idempotency-Key.
    pub key: Option<String>,
    pub now: Instant,
}

/// What became of it.
pub struct Handed {
    pub id: String,
    /// No paper of this number was here before.
    pub is_new: bool,
}

/// Checks everything first, keeps the files, then takes the paper in with one act.
///
/// # Errors
/// `Refused` with every reason; nothing of the paper is kept then. That a mark of secrecy was refused is journalled.
pub async fn hand(app: &App, from: Handing<'_>, sent: Sent, files: Vec<Upload>) -> Result<Handed, Error> {
    let handed = match rules::read(sent, files, from.now) {
        Ok(handed) => handed,
        Err(why) => {
            if why.iter().any(|r| r.code == "secret-mark") {
                note(app, &from, "secret-mark-refused").await?;
            }
            return Err(why.into());
        }
    };
    let read = app.store.read();
    let source = store::source(read, &from.body.id, &handed.source).await?.filter(|s| s.staff == from.holder.id);
    let source = source.ok_or_else(|| {
        let says = "没有登记这个系统，或者它由另一个账号交接。请系统管理员在“办公系统”里登记。";
        Refusal::new("source-unknown", says).at("source")
    })?;
    let people = store::people(read, &source.id, from.now).await?;
    let author = people.get(&handed.author).map(|p| p.me.clone()).filter(|me| me.has(Duty::Draft));
    let author = author.ok_or_else(|| {
        let says = "经办人在源系统的账号没有对应到这里有起草岗位的人。请系统管理员在“办公系统”里登记，再推送一次。";
        Refusal::new("author-unknown", says).cite("《保守国家秘密法实施条例》第四十二条").at("author")
    })?;
    let id = store::paper_id(&source.id, &handed.number);
    let known = handover::Entity::find_by_id(&id).one(read).await?;
    if let Some(row) = &known {
        evidence::takes_words(read, &row.record).await?;
    }
    let mut blobs = vec![];
    let actor = Actor::Staff(from.holder.id.clone());
    for file in &handed.files {
        blobs.push(app.blobs.put(&app.store, file.bytes.clone(), actor.clone(), from.now).await?.to_string());
    }
    let (body, body_name) = (from.body.id.clone(), from.body.name.clone());
    let new = Deposit { body, body_name, source, author, handed, blobs, key: from.key };
    let work = async move |act: &mut Act| store::receive(act, &new).await;
    let id = app.store.act(actor, from.now, work).await?.into_inner();
    Ok(Handed { id, is_new: known.is_none() })
}

async fn note(app: &App, from: &Handing<'_>, what: &'static str) -> Result<(), Error> {
    let work = async move |act: &mut Act| {
        act.journal(what, "record:handover");
        Ok(())
    };
    app.store.act(Actor::Staff(from.holder.id.clone()), from.now, work).await?.into_inner();
    Ok(())
}

/// The person behind an account, for the watched folder.
pub async fn holder(app: &App, staff: &str) -> Result<Option<Me>, Error> {
    Ok(accounts::me(app.store.read(), staff).await?.map(|(_, me)| me))
}
