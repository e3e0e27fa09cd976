//! Submissions in the database. Whatever a person typed is sealed before it comes near a row.

use super::model::{COMMENT, CORRECTION, Letter, Outcome, State, Topic, WEB, Words};
use super::rules::{self, Page, Request};
use super::wish;
use crate::floor::{public_gone, public_page, public_submission};
use kernel::{Code, Day, Hash, Instant};
use law::Law;
use ledger::{Salt, Statement};
use rand::RngCore;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use store::{Act, Error, Public, Sealed, Sealer};

store::table! {
    /// What the columns mean stands in `schema.sql`.
    submission = "submission" {
        id: String, body: String, kind: String, topic: String, about: String, channel: String, received_at: i64,
        code_key: String, once_key: String, sealed_text: String, sealed_key: String, salt: String, commitment: String,
        state: String, outcome: String, reply_text: String, reply_key: String, answered_at: Option<i64>,
        retain_until: String, erased_at: Option<i64>, version: i64, objection: i64,
    }
}
store::root!(submission);

/// How many answered requests the list shows.
const ANSWERED_SHOWN: u64 = 200;

impl submission::Model {
    pub fn topic(&self) -> Result<Topic, Error> {
        Topic::parse(&self.topic).ok_or_else(|| Error::fault("a submission of an unknown topic"))
    }

    pub fn state(&self) -> Result<State, Error> {
        State::parse(&self.state).ok_or_else(|| Error::fault("a submission in an unknown state"))
    }

    pub fn outcome(&self) -> Option<Outcome> {
        Outcome::parse(&self.outcome)
    }

    pub fn received(&self) -> Instant {
        Instant(self.received_at)
    }

    pub fn answered(&self) -> Option<Instant> {
        self.answered_at.map(Instant)
    }

    /// What the reader wrote; `None` once erased. A text that does not open is a fault.
    pub fn letter(&self, sealer: &Sealer) -> Result<Option<Letter>, Error> {
        let bytes = self.bytes(sealer)?;
        bytes.map(|b| serde_json::from_slice(&b).map_err(|e| Error::Fault(e.into()))).transpose()
    }

    /// What was sealed, as it was sealed; `None` once erased.
    pub fn bytes(&self, sealer: &Sealer) -> Result<Option<Vec<u8>>, Error> {
        self.open(sealer, &self.id, &self.sealed_text, &self.sealed_key)
    }

    /// The lines of a kind that is sent as lines; `None` once erased.
    pub fn words(&self, sealer: &Sealer) -> Result<Option<Words>, Error> {
        let bytes = self.bytes(sealer)?;
        bytes.map(|b| serde_json::from_slice(&b).map_err(|e| Error::Fault(e.into()))).transpose()
    }

    /// What staff answered; `None` before that and once erased.
    pub fn reply(&self, sealer: &Sealer) -> Result<Option<String>, Error> {
        let bytes = self.open(sealer, &reply_of(&self.id), &self.reply_text, &self.reply_key)?;
        bytes.map(|b| String::from_utf8(b).map_err(|e| Error::Fault(e.into()))).transpose()
    }

    /// Empty columns are as they should be only before an answer and after erasure.
    fn open(&self, sealer: &Sealer, about: &str, text: &str, key: &str) -> Result<Option<Vec<u8>>, Error> {
        if self.erased_at.is_some() || (about != self.id && self.answered_at.is_none()) {
            return Ok(None);
        }
        sealer.open_sealed(about, &Sealed { text: text.into(), key: key.into() }).map(Some)
    }
}

/// The reply is bound to another name than the letter, so that neither can be put in the other's place.
fn reply_of(id: &str) -> String {
    format!("{id}/reply")
}

/// The tracking code of a sending. Derived, so that a repeated form leads to the same receipt and no code is stored.
pub fn code(sealer: &Sealer, sending: &str) -> Code {
    let digits = sealer.look_up("tracking", sending);
    Code::from_random(u64::from_str_radix(&digits[..16], 16).expect("a keyed hash is hexadecimal"))
}

/// A submission before it is in. Only what was chosen from lists stands in clear.
pub struct New<'a> {
    pub body: &'a str,
    pub kind: &'a str,
    pub topic: &'a str,
    pub about: &'a str,
    pub channel: &'a str,
    /// For the seal.
    pub bytes: &'a [u8],
    /// One sending of the form: the same words under the same token are one submission.
    pub sending: &'a str,
    /// It objects to a 公示 that stands.
    pub objects: bool,
}

/// Appends a request for correction.
pub async fn receive(
    act: &mut Act,
    sealer: &Sealer,
    body: &str,
    request: &Request,
    sending: &str,
) -> Result<(), Error> {
    let objects = request.topic != Topic::Broken && is_on_show(act, body, &request.about).await?;
    let (topic, about, bytes) = (request.topic.word(), request.about.as_str(), request.letter.bytes());
    let new = New { body, kind: CORRECTION, topic, about, channel: WEB, bytes: &bytes, sending, objects };
    let id = append(act, sealer, &new).await?;
    wish::tell_writer(act, wish::Cause::Received, Some(&request.letter), &id);
    if objects {
        show(act, &id, body, about, act.now.0, None).await?;
    }
    Ok(())
}

/// Appends a submission, commits to it in the ledger, and sees to its erasure. Returns its id; `Conflict` where this
/// very sending is in already: then its receipt is there too.
pub async fn append(act: &mut Act, sealer: &Sealer, new: &New<'_>) -> Result<String, Error> {
    let (id, today) = (act.id(), act.now.day());
    let mut salt = Salt([0; 16]);
    rand::rng().fill_bytes(&mut salt.0);
    let (content, sealed) = (Hash::of(new.bytes), sealer.seal(&id, new.bytes));
    let row = submission::ActiveModel {
        id: Set(id.clone()),
        body: Set(new.body.into()),
        kind: Set(new.kind.into()),
        topic: Set(new.topic.into()),
        about: Set(new.about.into()),
        channel: Set(new.channel.into()),
        received_at: Set(act.now.0),
        code_key: Set(sealer.look_up("code", code(sealer, new.sending).plain())),
        once_key: Set(sealer.look_up("once", new.sending)),
        sealed_text: Set(sealed.text),
        sealed_key: Set(sealed.key),
        salt: Set(salt.to_string()),
        commitment: Set(salt.hash("submission", &content).to_string()),
        state: Set(State::Received.word().into()),
        outcome: Set(String::new()),
        reply_text: Set(String::new()),
        reply_key: Set(String::new()),
        answered_at: Set(None),
        retain_until: Set(rules::retain_until(today).to_string()),
        erased_at: Set(None),
        version: Set(1),
        objection: Set(i64::from(new.objects)),
    };
    submission::Entity::insert(row).exec_without_returning(act).await?;
    let about = about(&id);
    act.state(&about, &Statement::received(&salt, &content, today));
    act.queue("submission-erase", &id, rules::erase_at(today));
    let facts = serde_json::json!({ "kind": new.kind, "topic": new.topic, "channel": new.channel });
    act.journal_with("receive", &about, facts);
    Ok(id)
}

/// The matter that it belongs to is closed: the words may go at the end of retention.
pub async fn settle(act: &mut Act, ids: &[String]) -> Result<(), Error> {
    submission::Entity::update_many()
        .col_expr(submission::Column::State, Expr::value(State::Answered.word()))
        .filter(submission::Column::Id.is_in(ids.iter().map(String::as_str)))
        .exec(act)
        .await?;
    Ok(())
}

/// Whether a 公示 stands there and has not ended.
async fn is_on_show(act: &Act, body: &str, about: &str) -> Result<bool, Error> {
    use public_page::Column::{Body, Path, ShownUntil};
    let find = public_page::Entity::find().filter(Path.eq(about)).filter(Body.eq(body));
    Ok(find.filter(ShownUntil.gte(act.now.day().to_string())).one(act).await?.is_some())
}

/// The fact, for the page of the 公示.
async fn show(act: &Act, id: &str, body: &str, path: &str, at: i64, answered: Option<i64>) -> Result<(), Error> {
    let row = public_submission::ActiveModel {
        id: Set(id.into()),
        body: Set(body.into()),
        path: Set(path.into()),
        at: Set(at),
        answered_at: Set(answered),
    };
    public_submission::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// Derives the public facts again. Returns how many there are.
pub async fn rebuild(app: &crate::App) -> Result<usize, Error> {
    let work = async move |act: &mut Act| {
        public_submission::Entity::delete_many().exec(act).await?;
        let all = submission::Entity::find().filter(submission::Column::Objection.eq(1)).all(act).await?;
        for row in &all {
            show(act, &row.id, &row.body, &row.about, row.received_at, row.answered_at).await?;
        }
        act.journal("rebuild-public", "submission");
        Ok(all.len())
    };
    Ok(app.store.act(::store::Actor::Clock, app.clock.now(), work).await?.into_inner())
}

/// Another tracking code in place of the former, for a person whose identity staff have checked. Shown once.
pub async fn new_code(act: &mut Act, sealer: &Sealer, id: &str) -> Result<Code, Error> {
    let code = Code::from_random(rand::rng().next_u64());
    submission::Entity::update_many()
        .col_expr(submission::Column::CodeKey, Expr::value(sealer.look_up("code", code.plain())))
        .filter(submission::Column::Id.eq(id))
        .exec(act)
        .await?;
    act.journal("new-code", &about(id));
    Ok(code)
}

/// A submission of any kind, of this body only.
pub async fn any(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<submission::Model, Error> {
    let found = submission::Entity::find_by_id(id).one(db).await?;
    found.filter(|s| s.body == body).ok_or(Error::NotFound)
}

/// What was sent about a thing (`matter:…`), the oldest first.
pub async fn about_it(db: &impl ConnectionTrait, body: &str, about: &str) -> Result<Vec<submission::Model>, Error> {
    let rows = submission::Entity::find()
        .filter(submission::Column::Body.eq(body))
        .filter(submission::Column::About.eq(about))
        .order_by_asc(submission::Column::Id);
    Ok(rows.all(db).await?)
}

/// How many comments about a thing nobody has dealt with.
pub async fn waiting(db: &impl ConnectionTrait, body: &str, about: &str) -> Result<u32, Error> {
    let find = submission::Entity::find()
        .filter(submission::Column::Body.eq(body))
        .filter(submission::Column::About.eq(about))
        .filter(submission::Column::Kind.eq(COMMENT))
        .filter(submission::Column::State.ne(State::Answered.word()));
    Ok(u32::try_from(find.count(db).await?).unwrap_or(u32::MAX))
}

fn about(id: &str) -> String {
    format!("submission:{id}")
}

/// Whether a sending is in already.
pub async fn is_in(db: &impl ConnectionTrait, sealer: &Sealer, sending: &str) -> Result<bool, Error> {
    let key = sealer.look_up("once", sending);
    let found = submission::Entity::find().filter(submission::Column::OnceKey.eq(key)).one(db).await?;
    Ok(found.is_some())
}

/// What a tracking code opens, on the site of its own body.
pub async fn by_code(
    db: &impl ConnectionTrait,
    sealer: &Sealer,
    body: &str,
    code: &Code,
) -> Result<Option<submission::Model>, Error> {
    let key = sealer.look_up("code", code.plain());
    let found = submission::Entity::find().filter(submission::Column::CodeKey.eq(key)).one(db).await?;
    Ok(found.filter(|s| s.body == body))
}

/// Of this body only.
pub async fn load(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<submission::Model, Error> {
    let found = submission::Entity::find_by_id(id).one(db).await?;
    found.filter(|s| s.body == body && s.kind == CORRECTION).ok_or(Error::NotFound)
}

/// An open request, as the inbox lists it: facts only.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    pub id: String,
    /// The public path that it is about.
    pub about: String,
    pub received: Instant,
    /// The last day of the bureau's pledge.
    pub due: Day,
    pub state: State,
    /// About a 公示, and came while that ran.
    pub objection: bool,
}

/// The open requests of a body that had come in by `now`, the oldest first.
pub async fn inbox(db: &impl ConnectionTrait, law: &Law, body: &str, now: Instant) -> Result<Vec<Waiting>, Error> {
    let rows = open(db, body, now).await?;
    let waiting = |row: submission::Model| {
        let (received, state, objection) = (row.received(), row.state()?, row.objection == 1);
        let due = rules::pledge(law, received.day()).on;
        Ok(Waiting { id: row.id, about: row.about, received, due, state, objection })
    };
    rows.into_iter().map(waiting).collect()
}

/// What anyone finds at the page that a request is about, and the id of the record that is public there.
pub async fn page_of(public: &Public, body: &str, about: &str) -> Result<(Page, Option<String>), Error> {
    let find = public.find::<public_page::Entity>().filter(public_page::Column::Path.eq(about));
    if let Some(row) = find.filter(public_page::Column::Body.eq(body)).one().await? {
        return Ok((Page::Public(Instant(row.changed_at)), Some(row.id)));
    }
    let find = public.find::<public_gone::Entity>().filter(public_gone::Column::Path.eq(about));
    let gone = find.filter(public_gone::Column::Body.eq(body)).one().await?;
    Ok(gone.map_or((Page::Other, None), |row| (Page::Gone, Some(row.id))))
}

/// The rows behind [`inbox`].
pub async fn open(db: &impl ConnectionTrait, body: &str, now: Instant) -> Result<Vec<submission::Model>, Error> {
    let rows = submission::Entity::find()
        .filter(submission::Column::Body.eq(body))
        .filter(submission::Column::Kind.eq(CORRECTION))
        .filter(submission::Column::State.is_in([State::Received.word(), State::Accepted.word()]))
        .filter(submission::Column::ReceivedAt.lte(now.0))
        .order_by_asc(submission::Column::ReceivedAt)
        .order_by_asc(submission::Column::Id);
    Ok(rows.all(db).await?)
}

/// What was answered, the newest first.
pub async fn answered(db: &impl ConnectionTrait, body: &str) -> Result<Vec<submission::Model>, Error> {
    let rows = submission::Entity::find()
        .filter(submission::Column::Body.eq(body))
        .filter(submission::Column::Kind.eq(CORRECTION))
        .filter(submission::Column::State.eq(State::Answered.word()))
        .order_by_desc(submission::Column::AnsweredAt)
        .order_by_desc(submission::Column::Id)
        .limit(ANSWERED_SHOWN);
    Ok(rows.all(db).await?)
}

/// Notes that a person opens the letter; the first opening accepts it. It is no edit: `version` stays.
pub async fn note_opening(act: &mut Act, row: &submission::Model) -> Result<(), Error> {
    submission::Entity::update_many()
        .col_expr(submission::Column::State, Expr::value(State::Accepted.word()))
        .filter(submission::Column::Id.eq(&row.id))
        .filter(submission::Column::State.eq(State::Received.word()))
        .exec(act)
        .await?;
    act.journal("open-submission", &about(&row.id));
    Ok(())
}

/// The answer, sealed like the letter. `seen` is the version that the form showed.
pub async fn answer(
    act: &mut Act,
    sealer: &Sealer,
    row: &submission::Model,
    seen: i64,
    outcome: Outcome,
    reply: &str,
) -> Result<(), Error> {
    act.bump(row, seen).await?;
    let sealed = sealer.seal(&reply_of(&row.id), reply.as_bytes());
    submission::Entity::update_many()
        .col_expr(submission::Column::State, Expr::value(State::Answered.word()))
        .col_expr(submission::Column::Outcome, Expr::value(outcome.word()))
        .col_expr(submission::Column::ReplyText, Expr::value(sealed.text))
        .col_expr(submission::Column::ReplyKey, Expr::value(sealed.key))
        .col_expr(submission::Column::AnsweredAt, Expr::value(act.now.0))
        .filter(submission::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    if row.objection == 1 {
        public_submission::Entity::update_many()
            .col_expr(public_submission::Column::AnsweredAt, Expr::value(act.now.0))
            .filter(public_submission::Column::Id.eq(&row.id))
            .exec(act)
            .await?;
    }
    wish::tell_writer(act, wish::Cause::Answered, row.letter(sealer)?.as_ref(), &row.id);
    act.journal_with("answer-submission", &about(&row.id), serde_json::json!({ "outcome": outcome.word() }));
    Ok(())
}

/// Forgets the words, the keys and the salt; the facts stay for the counts. An open request is kept and asked again.
pub async fn erase(act: &mut Act, id: &str) -> Result<(), Error> {
    let row = submission::Entity::find_by_id(id).one(act).await?.ok_or(Error::NotFound)?;
    if row.state()? != State::Answered {
        let again = act.now.day().plus(rules::ERASE_AGAIN_DAYS).start();
        act.queue("submission-erase", id, again);
        act.journal("erase-postponed", &about(id));
        return Ok(());
    }
    use submission::Column::{ReplyKey, ReplyText, Salt, SealedKey, SealedText};
    let mut gone = submission::Entity::update_many().col_expr(submission::Column::ErasedAt, Expr::value(act.now.0));
    for column in [SealedText, SealedKey, Salt, ReplyText, ReplyKey] {
        gone = gone.col_expr(column, Expr::value(""));
    }
    gone.filter(submission::Column::Id.eq(id)).exec(act).await?;
    act.journal("erase-submission", &about(id));
    Ok(())
}
