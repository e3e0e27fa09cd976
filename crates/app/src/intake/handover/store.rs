//! Hand-over in the database: who speaks for which system, and what came.

use super::model::{Handed, Person, Stated};
use super::rules;
use super::table::{arrival, arrival_file, handover, office_source, office_user, standing, stated_review};
use crate::account::{Me, store as accounts};
use crate::record::api::api_answer;
use crate::record::draft as drafts;
use crate::record::evidence;
use crate::record::file;
use crate::record::kind::Step;
use crate::record::model::{State, Typed};
use crate::record::store::{self as records, Loaded};
use crate::record::table::{draft, draft_file};
use ::store::{Act, Error};
use kernel::{Hash, Instant};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use std::collections::HashMap;

/// A system by its code, while it may hand over.
pub async fn source(db: &impl ConnectionTrait, body: &str, code: &str) -> Result<Option<office_source::Model>, Error> {
    use office_source::Column::{Body, Code, EndedAt};
    Ok(office_source::Entity::find()
        .filter(Body.eq(body))
        .filter(Code.eq(code))
        .filter(EndedAt.is_null())
        .one(db)
        .await?)
}

pub async fn sources(db: &impl ConnectionTrait, body: &str) -> Result<Vec<office_source::Model>, Error> {
    let all = office_source::Entity::find().filter(office_source::Column::Body.eq(body));
    Ok(all.order_by_asc(office_source::Column::Id).all(db).await?)
}

/// The users of a system who are somebody here, by their code there. A closed account is nobody.
pub async fn people(db: &impl ConnectionTrait, source: &str, now: Instant) -> Result<HashMap<String, Person>, Error> {
    use office_user::Column::{EndedAt, Source};
    let rows = office_user::Entity::find().filter(Source.eq(source)).filter(EndedAt.is_null()).all(db).await?;
    let mut all = HashMap::new();
    for row in rows {
        if let Some((_, me)) = accounts::me(db, &row.staff).await? {
            all.insert(row.code, Person { me, agreed: rules::agreed(row.agreed_at, now) });
        }
    }
    Ok(all)
}

/// A paper that was handed over, with the text the record follows.
pub struct Paper {
    pub row: handover::Model,
    pub source: office_source::Model,
    pub arrival: arrival::Model,
    pub files: Vec<arrival_file::Model>,
    pub stated: Vec<(String, Stated)>,
    /// Texts under the same number on which a person must decide.
    pub waiting: Vec<arrival::Model>,
}

impl Paper {
    pub fn typed(&self) -> Result<Typed, Error> {
        typed_of(&self.arrival)
    }

    pub fn hash(&self) -> Result<Hash, Error> {
        Hash::parse(&self.arrival.hash).ok_or_else(|| Error::fault("an arrival without a digest"))
    }

    /// The record's latest revision is what arrived, submitted unchanged.
    pub fn is_followed(&self, on: &Loaded) -> bool {
        self.arrival.revision.is_some() && self.arrival.revision == on.row.revision
    }
}

pub fn typed_of(row: &arrival::Model) -> Result<Typed, Error> {
    serde_json::from_str(&row.fields).map_err(|e| Error::Fault(e.into()))
}

/// The id of a paper: the digest of its system and its number there.
pub fn paper_id(source: &str, number: &str) -> String {
    Hash::of(format!("{source}\n{number}").as_bytes()).to_string()
}

/// Of this body only.
pub async fn load(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<Paper, Error> {
    let row = handover::Entity::find_by_id(id).one(db).await?.filter(|r| r.body == body).ok_or(Error::NotFound)?;
    loaded(db, row).await
}

pub async fn loaded(db: &impl ConnectionTrait, row: handover::Model) -> Result<Paper, Error> {
    let source = office_source::Entity::find_by_id(&row.source).one(db).await?.ok_or(Error::NotFound)?;
    let current = arrival::Entity::find_by_id(&row.arrival).one(db).await?.ok_or(Error::NotFound)?;
    let files = files_of(db, &current.id).await?;
    use stated_review::Column::{Arrival, At};
    let stated = stated_review::Entity::find().filter(Arrival.eq(&current.id)).order_by_asc(At).all(db).await?;
    let stated = stated.into_iter().map(|r| Some((r.id.clone(), read_stated(r)?))).collect::<Option<_>>();
    let stated = stated.ok_or_else(|| Error::fault("an unreadable statement of a review"))?;
    let waiting = arrival::Entity::find()
        .filter(arrival::Column::Handover.eq(&row.id))
        .filter(arrival::Column::Standing.eq(standing::WAITING))
        .order_by_asc(arrival::Column::At)
        .all(db)
        .await?;
    Ok(Paper { row, source, arrival: current, files, stated, waiting })
}

pub async fn files_of(db: &impl ConnectionTrait, arrival: &str) -> Result<Vec<arrival_file::Model>, Error> {
    use arrival_file::Column::{Arrival, Id};
    Ok(arrival_file::Entity::find().filter(Arrival.eq(arrival)).order_by_asc(Id).all(db).await?)
}

fn read_stated(row: stated_review::Model) -> Option<Stated> {
    Some(Stated {
        step: Step::parse(&row.step)?,
        by: row.code,
        at: Instant(row.at),
        hash: Hash::parse(&row.hash)?,
        passed: row.verdict == "pass",
        answers: serde_json::from_str(&row.answers).ok()?,
    })
}

/// The papers of a body, the newest first.
pub async fn some(db: &impl ConnectionTrait, body: &str, most: u64) -> Result<Vec<handover::Model>, Error> {
    use handover::Column::{Body, Id, ReceivedAt};
    let find = handover::Entity::find().filter(Body.eq(body)).order_by_desc(ReceivedAt).order_by_desc(Id);
    Ok(find.limit(most).all(db).await?)
}

/// The papers whose records are under way, and those with a text to decide on.
pub async fn unsettled(db: &impl ConnectionTrait, body: &str, most: u64) -> Result<Vec<handover::Model>, Error> {
    let open = records::some(db, body, records::Which::Open, None, most).await?;
    let open: Vec<String> = open.into_iter().map(|r| r.id).collect();
    let waiting = arrival::Entity::find().filter(arrival::Column::Standing.eq(standing::WAITING)).limit(most);
    let waiting: Vec<String> = waiting.all(db).await?.into_iter().map(|a| a.handover).collect();
    use handover::Column::{Body, Id, Record};
    let wanted = Record.is_in(open).or(Id.is_in(waiting));
    Ok(handover::Entity::find().filter(Body.eq(body)).filter(wanted).order_by_desc(Id).all(db).await?)
}

/// A paper about to be taken in.
pub struct Deposit {
    pub body: String,
    pub body_name: String,
    pub source: office_source::Model,
    pub author: Me,
    pub handed: Handed,
    /// Of its files, in their order.
    pub blobs: Vec<String>,
    /// Under which the answer to this request is known.
    pub key: Option<String>,
}

impl Deposit {
    /// The fields with what the account says where the paper says nothing.
    fn typed(&self) -> Typed {
        let mut typed = self.handed.typed.clone();
        let section = &self.author.section_name;
        for (name, value) in [("issuer", &self.body_name), ("source", &self.body_name), ("author", section)] {
            typed.entry(name.into()).or_insert_with(|| value.clone());
        }
        typed
    }
}

/// Takes a paper in: a draft of its author. The same text again is the same paper; another text under the same number
/// is followed where nobody has touched what came before, and else waits for a person. Returns the paper's id.
pub async fn receive(act: &mut Act, new: &Deposit) -> Result<String, Error> {
    let id = paper_id(&new.source.id, &new.handed.number);
    match handover::Entity::find_by_id(&id).one(act).await? {
        None => first(act, new, &id).await?,
        Some(row) => again(act, new, &row).await?,
    }
    let record = handover::Entity::find_by_id(&id).one(act).await?.ok_or(Error::NotFound)?.record;
    if let Some(key) = &new.key
        && api_answer::Entity::find_by_id(key).one(act).await?.is_none()
    {
        let row = api_answer::ActiveModel { id: Set(key.clone()), record: Set(record), at: Set(act.now.0) };
        api_answer::Entity::insert(row).exec_without_returning(act).await?;
    }
    Ok(id)
}

async fn again(act: &mut Act, new: &Deposit, row: &handover::Model) -> Result<(), Error> {
    let id = &row.id;
    let find = arrival::Entity::find().filter(arrival::Column::Handover.eq(id));
    let known = find.filter(arrival::Column::Hash.eq(new.handed.hash.to_string())).one(act).await?;
    let about = format!("record:{}", row.record);
    evidence::takes_words(act, &row.record).await?;
    let (came, follows) = match known {
        Some(known) => (note_end(act, known, new).await?, false),
        None => {
            let follows = follow(act, new, row).await?;
            (add_arrival(act, new, id, if follows { standing::TAKEN } else { standing::WAITING }).await?, follows)
        }
    };
    add_stated(act, &came, &new.handed.reviews).await?;
    if follows {
        let past = Expr::value(standing::PAST);
        let former = arrival::Entity::update_many().col_expr(arrival::Column::Standing, past);
        former.filter(arrival::Column::Id.eq(&row.arrival)).exec(act).await?;
        point(act, row, &came).await?;
    }
    if new.handed.ended.is_some() && (follows || came == row.arrival) {
        act.queue("handover-end", id, act.now);
    }
    act.journal_with("handover-again", &about, serde_json::json!({ "hash": new.handed.hash.to_string() }));
    Ok(())
}

/// Lets the record follow another arrival.
pub async fn point(act: &Act, row: &handover::Model, to: &str) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    let update = handover::Entity::update_many().col_expr(handover::Column::Arrival, Expr::value(to));
    update.filter(handover::Column::Id.eq(&row.id)).exec(act).await?;
    Ok(())
}

async fn first(act: &mut Act, new: &Deposit, id: &str) -> Result<(), Error> {
    let (typed, me, handed) = (new.typed(), &new.author, &new.handed);
    let record = drafts::create(act, &new.body, handed.kind, &me.section, &me.id, &typed, &handed.text).await?;
    let mine = drafts::my_draft(act, &record, &me.id).await?.ok_or(Error::NotFound)?;
    set_files(act, &mine.id, new).await?;
    let came = act.id();
    let row = handover::ActiveModel {
        id: Set(id.into()),
        body: Set(new.body.clone()),
        source: Set(new.source.id.clone()),
        number: Set(handed.number.clone()),
        record: Set(record.clone()),
        arrival: Set(came.clone()),
        received_at: Set(act.now.0),
        version: Set(1),
    };
    handover::Entity::insert(row).exec_without_returning(act).await?;
    insert_arrival(act, new, id, &came, standing::TAKEN).await?;
    add_stated(act, &came, &handed.reviews).await?;
    if handed.ended.is_some() {
        act.queue("handover-end", id, act.now);
    }
    let facts = serde_json::json!({ "hash": handed.hash.to_string() });
    act.journal_with("handover", &format!("record:{record}"), facts);
    Ok(())
}

/// A text that came before without an end may end now. Returns its id.
async fn note_end(act: &Act, known: arrival::Model, new: &Deposit) -> Result<String, Error> {
    if let (None, Some(at)) = (known.ended_at, new.handed.ended) {
        let ended = arrival::Entity::update_many().col_expr(arrival::Column::EndedAt, Expr::value(at.0));
        ended.filter(arrival::Column::Id.eq(&known.id)).exec(act).await?;
    }
    Ok(known.id)
}

/// Puts another text in the place of what came before, if nobody here has touched it or a public record stands on it.
async fn follow(act: &mut Act, new: &Deposit, row: &handover::Model) -> Result<bool, Error> {
    let current = arrival::Entity::find_by_id(&row.arrival).one(act).await?.ok_or(Error::NotFound)?;
    let on = records::load(act, &row.body, &row.record).await?;
    if current.author != new.author.id || on.kind.name != new.handed.kind.name {
        return Ok(false);
    }
    let typed = new.typed();
    let mine = drafts::my_draft(act, &row.record, &current.author).await?;
    let drafts_here = draft::Entity::find().filter(draft::Column::Record.eq(&row.record)).count(act).await?;
    match mine {
        Some(mine) if drafts_here == 1 && is_as_it_came(act, &mine, &current).await? => {
            drafts::save_draft(act, &mine, mine.version, &typed, &new.handed.text).await?;
            set_files(act, &mine.id, new).await?;
            Ok(true)
        }
        None if drafts_here == 0 && on.state() == State::Published && current.revision == on.row.revision => {
            drafts::revive(act, &on, &new.author.id, &typed, &new.handed.text).await?;
            let mine = drafts::my_draft(act, &row.record, &new.author.id).await?.ok_or(Error::NotFound)?;
            set_files(act, &mine.id, new).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Nobody has changed the draft since this text arrived.
pub async fn is_as_it_came(
    db: &impl ConnectionTrait,
    mine: &draft::Model,
    came: &arrival::Model,
) -> Result<bool, Error> {
    let files = |all: Vec<(String, String)>| std::collections::BTreeSet::from_iter(all);
    let here = drafts::draft_files(db, &mine.id).await?.into_iter().map(|f| (f.name, f.blob)).collect();
    let sent = files_of(db, &came.id).await?.into_iter().map(|f| (f.name, f.blob)).collect();
    Ok(drafts::typed_of(mine)? == typed_of(came)? && mine.text == came.text && files(here) == files(sent))
}

async fn set_files(act: &Act, draft: &str, new: &Deposit) -> Result<(), Error> {
    draft_file::Entity::delete_many().filter(draft_file::Column::Draft.eq(draft)).exec(act).await?;
    for (sent, blob) in new.handed.files.iter().zip(&new.blobs) {
        let kind = file::media_type(&sent.name).unwrap_or("application/octet-stream");
        drafts::add_file(act, draft, &sent.name, kind, sent.bytes.len() as i64, blob).await?;
    }
    Ok(())
}

async fn add_arrival(act: &Act, new: &Deposit, paper: &str, standing: &str) -> Result<String, Error> {
    let id = act.id();
    insert_arrival(act, new, paper, &id, standing).await?;
    Ok(id)
}

async fn insert_arrival(act: &Act, new: &Deposit, paper: &str, id: &str, standing: &str) -> Result<(), Error> {
    let fields = serde_json::to_string(&new.typed()).map_err(|e| Error::Fault(e.into()))?;
    let row = arrival::ActiveModel {
        id: Set(id.into()),
        handover: Set(paper.into()),
        at: Set(act.now.0),
        hash: Set(new.handed.hash.to_string()),
        author: Set(new.author.id.clone()),
        author_code: Set(new.handed.author.clone()),
        fields: Set(fields),
        text: Set(new.handed.text.clone()),
        ended_at: Set(new.handed.ended.map(|at| at.0)),
        standing: Set(standing.into()),
        revision: Set(None),
        reason: Set(String::new()),
        decided_by: Set(None),
    };
    arrival::Entity::insert(row).exec_without_returning(act).await?;
    let row = |(sent, blob): (&crate::posted::Upload, &String)| arrival_file::ActiveModel {
        id: Set(act.id()),
        arrival: Set(id.into()),
        name: Set(sent.name.clone()),
        kind: Set(file::media_type(&sent.name).unwrap_or("application/octet-stream").into()),
        size: Set(sent.bytes.len() as i64),
        blob: Set(blob.clone()),
    };
    let files: Vec<_> = new.handed.files.iter().zip(&new.blobs).map(row).collect();
    if !files.is_empty() {
        arrival_file::Entity::insert_many(files).exec_without_returning(act).await?;
    }
    Ok(())
}

/// Notes what is said of reviews over there; what was said before is not said twice.
async fn add_stated(act: &Act, came: &str, all: &[Stated]) -> Result<(), Error> {
    use stated_review::Column::Arrival;
    let known = stated_review::Entity::find().filter(Arrival.eq(came)).all(act).await?;
    let known: Vec<Stated> = known.into_iter().filter_map(read_stated).collect();
    for one in all.iter().filter(|one| !known.contains(one)) {
        let row = stated_review::ActiveModel {
            id: Set(act.id()),
            arrival: Set(came.into()),
            step: Set(one.step.word().into()),
            code: Set(one.by.clone()),
            at: Set(one.at.0),
            hash: Set(one.hash.to_string()),
            verdict: Set(if one.passed { "pass" } else { "return" }.into()),
            answers: Set(serde_json::to_string(&one.answers).map_err(|e| Error::Fault(e.into()))?),
            staff: Set(None),
            counted_at: Set(None),
        };
        stated_review::Entity::insert(row).exec_without_returning(act).await?;
    }
    Ok(())
}
