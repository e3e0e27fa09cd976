//! Versions of the law's files in the database.

use super::model::{Proposal, State};
use super::rules;
use super::table::rule_version;
use kernel::{Day, Refusal};
use law::{Law, Sources};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use std::collections::BTreeMap;
use store::{Act, Actor, Error};

/// How many decided versions a list shows.
const SHOWN: u64 = 100;

impl rule_version::Model {
    pub fn state(&self) -> Result<State, Error> {
        State::parse(&self.state).ok_or_else(|| Error::fault("a version in an unknown state"))
    }
}

/// The texts of the versions in force, by their files.
pub async fn files(db: &impl ConnectionTrait) -> Result<BTreeMap<String, String>, Error> {
    let rows = rule_version::Entity::find().filter(rule_version::Column::State.eq(State::InForce.word()));
    Ok(rows.all(db).await?.into_iter().map(|row| (row.file, row.text)).collect())
}

/// The law in force: the versions laid over the installation's own files. A version that no longer loads, after another
/// release took the place of the one it was written for, is a fault that names everything wrong.
pub async fn law(db: &impl ConnectionTrait, base: &Sources<'static>) -> Result<Law, Error> {
    let files = files(db).await?;
    rules::laid_over(base, &files).map_err(|faults| {
        let versions: Vec<&str> = files.keys().map(String::as_str).collect();
        Error::fault(format!("the law does not load with {}: {}", versions.join(", "), faults.join("; ")))
    })
}

/// Adds a version for somebody else to decide on. Refused with every fault where the law does not load with it, or
/// where it rewrites what has been in force. Returns its id.
pub async fn propose(act: &mut Act, base: &Sources<'static>, new: &Proposal) -> Result<String, Error> {
    let Actor::Staff(author) = &act.actor else { return Err(Error::fault("only a person proposes a law")) };
    let author = author.clone();
    let mut why = rules::proposal(new);
    if why.is_empty() {
        why = sound(act, base, act.now.day(), &new.file, &new.text).await?.err().unwrap_or_default();
    }
    if !why.is_empty() {
        return Err(why.into());
    }
    let id = act.id();
    let row = rule_version::ActiveModel {
        id: Set(id.clone()),
        file: Set(new.file.clone()),
        text: Set(new.text.clone()),
        source: Set(new.source.trim().into()),
        note: Set(new.note.trim().into()),
        made_by: Set(author),
        made_at: Set(act.now.0),
        state: Set(State::Proposed.word().into()),
        decided_by: Set(None),
        decided_at: Set(None),
        opinion: Set(String::new()),
        version: Set(1),
    };
    rule_version::Entity::insert(row).exec_without_returning(act).await?;
    act.journal_with("propose-rule", &about(&id), serde_json::json!({ "file": new.file }));
    Ok(id)
}

/// The law as it would be with a text in the place of a file, or every reason against it.
pub async fn sound(
    db: &impl ConnectionTrait,
    base: &Sources<'static>,
    today: Day,
    file: &str,
    text: &str,
) -> Result<Result<Law, Vec<Refusal>>, Error> {
    let mut all = files(db).await?;
    let old = rules::laid_over(base, &all).map_err(|faults| Error::fault(faults.join("; ")))?;
    all.insert(file.to_owned(), text.to_owned());
    let new = match rules::laid_over(base, &all) {
        Ok(new) => new,
        Err(faults) => return Ok(Err(rules::faults(&faults))),
    };
    let why = rules::replaces(&old, &new, today);
    Ok(if why.is_empty() { Ok(new) } else { Err(why) })
}

/// Puts a version in force in the place of the one before, and queues the clocks. `seen` is the version of the row that
/// the form showed. The caller then reads the law again.
pub async fn activate(act: &mut Act, base: &Sources<'static>, id: &str, seen: i64, opinion: &str) -> Result<(), Error> {
    // Two versions at once would each be checked without the other: the counter's row lets one follow the other.
    act.number("rule").await?;
    let row = decided(act, id, seen, State::InForce, opinion).await?;
    if let Err(why) = sound(act, base, act.now.day(), &row.file, &row.text).await? {
        return Err(why.into());
    }
    rule_version::Entity::update_many()
        .col_expr(rule_version::Column::State, Expr::value(State::Replaced.word()))
        .filter(rule_version::Column::File.eq(&row.file))
        .filter(rule_version::Column::State.eq(State::InForce.word()))
        .exec(act)
        .await?;
    set(act, &row, State::InForce, opinion).await?;
    act.queue(super::jobs::RECOMPUTE, id, act.now);
    act.journal_with("activate-rule", &about(id), serde_json::json!({ "file": row.file }));
    Ok(())
}

/// Sends a version back to its author.
pub async fn send_back(act: &mut Act, id: &str, seen: i64, opinion: &str) -> Result<(), Error> {
    let row = decided(act, id, seen, State::Returned, opinion).await?;
    set(act, &row, State::Returned, opinion).await?;
    act.journal("return-rule", &about(id));
    Ok(())
}

/// The row, taken for this act, if this person may decide on it now.
async fn decided(act: &mut Act, id: &str, seen: i64, to: State, opinion: &str) -> Result<rule_version::Model, Error> {
    let row = load(act, id).await?;
    let Actor::Staff(me) = &act.actor else { return Err(Error::fault("only a person decides on a law")) };
    let newer = to == State::InForce && newer(act, &row).await?;
    let mut why = rules::decide(row.state()?, &row.made_by, me, newer);
    if to == State::Returned && opinion.trim().is_empty() {
        why.push(Refusal::new("opinion", "退回要写明理由。").at("opinion"));
    }
    if !why.is_empty() {
        return Err(why.into());
    }
    act.bump(&row, seen).await?;
    Ok(row)
}

async fn set(act: &Act, row: &rule_version::Model, state: State, opinion: &str) -> Result<(), Error> {
    let Actor::Staff(me) = &act.actor else { return Err(Error::fault("only a person decides on a law")) };
    rule_version::Entity::update_many()
        .col_expr(rule_version::Column::State, Expr::value(state.word()))
        .col_expr(rule_version::Column::DecidedBy, Expr::value(Some(me.clone())))
        .col_expr(rule_version::Column::DecidedAt, Expr::value(Some(act.now.0)))
        .col_expr(rule_version::Column::Opinion, Expr::value(opinion.trim()))
        .filter(rule_version::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    Ok(())
}

fn about(id: &str) -> String {
    format!("rule-version:{id}")
}

/// Whether another version of the file came into force after this one was written.
pub async fn newer(db: &impl ConnectionTrait, row: &rule_version::Model) -> Result<bool, Error> {
    let found = rule_version::Entity::find()
        .filter(rule_version::Column::File.eq(&row.file))
        .filter(rule_version::Column::State.eq(State::InForce.word()))
        .filter(rule_version::Column::DecidedAt.gt(row.made_at))
        .one(db);
    Ok(found.await?.is_some_and(|other| other.id != row.id))
}

pub async fn load(db: &impl ConnectionTrait, id: &str) -> Result<rule_version::Model, Error> {
    rule_version::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The text that a version takes, or took, the place of: of the version before it, else of the installation's file.
pub async fn before(
    db: &impl ConnectionTrait,
    base: &Sources<'static>,
    row: &rule_version::Model,
) -> Result<String, Error> {
    let until = row.decided_at.unwrap_or(i64::MAX);
    let former = rule_version::Entity::find()
        .filter(rule_version::Column::File.eq(&row.file))
        .filter(rule_version::Column::State.is_in([State::InForce.word(), State::Replaced.word()]))
        .filter(rule_version::Column::DecidedAt.lt(until))
        .filter(rule_version::Column::Id.ne(&row.id))
        .order_by_desc(rule_version::Column::DecidedAt)
        .one(db)
        .await?;
    Ok(former.map(|row| row.text).or_else(|| rules::file_text(base, &row.file)).unwrap_or_default())
}

/// Versions that wait for a decision, the oldest first.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<Vec<rule_version::Model>, Error> {
    let rows = rule_version::Entity::find()
        .filter(rule_version::Column::State.eq(State::Proposed.word()))
        .order_by_asc(rule_version::Column::Id);
    Ok(rows.all(db).await?)
}

/// The versions of a file, the newest first.
pub async fn of_file(db: &impl ConnectionTrait, file: &str) -> Result<Vec<rule_version::Model>, Error> {
    let rows = rule_version::Entity::find()
        .filter(rule_version::Column::File.eq(file))
        .order_by_desc(rule_version::Column::Id)
        .limit(SHOWN);
    Ok(rows.all(db).await?)
}

/// Versions that were decided on, the newest first.
pub async fn history(db: &impl ConnectionTrait) -> Result<Vec<rule_version::Model>, Error> {
    let rows = rule_version::Entity::find()
        .filter(rule_version::Column::State.ne(State::Proposed.word()))
        .order_by_desc(rule_version::Column::DecidedAt)
        .order_by_desc(rule_version::Column::Id)
        .limit(SHOWN);
    Ok(rows.all(db).await?)
}
