//! Notices in the database, and how each body sends.

use super::jobs::SEND;
use super::model::{Cause, Failed, Fault, Settings, State};
use super::rules;
use crate::submission::wish::Way;
use ::store::{Act, Error, Sealed, Sealer};
use kernel::Day;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

store::table! {
    /// How a body sends.
    notice_setting = "notice_setting" { id: String, sealed_text: String, sealed_key: String, version: i64 }
}
store::root!(notice_setting);

store::table! {
    /// A notice on its way, or that went.
    notice = "notice" {
        id: String, body: String, about: String, cause: String, number: String, due: String, way: String,
        address_key: String, state: String, tries: i64, fault: String, code: String, made_at: i64, at: i64,
        version: i64,
    }
}
store::root!(notice);

store::table! {
    /// Where a member of staff hears of terms.
    notice_staff = "notice_staff" { id: String, sealed_text: String, sealed_key: String, at: i64 }
}

impl notice::Model {
    pub fn state(&self) -> Result<State, Error> {
        State::parse(&self.state).ok_or_else(|| Error::fault("a notice in an unknown state"))
    }

    pub fn way(&self) -> Result<Way, Error> {
        Way::parse(&self.way).ok_or_else(|| Error::fault("a notice that goes an unknown way"))
    }

    pub fn cause(&self) -> Result<Cause, Error> {
        Cause::parse(&self.cause).ok_or_else(|| Error::fault("a notice without a cause"))
    }

    pub fn fault(&self) -> Option<Fault> {
        Fault::parse(&self.fault)
    }
}

fn setting(body: &str) -> String {
    format!("notice-setting:{body}")
}

fn unsealed<T: DeserializeOwned>(sealer: &Sealer, about: &str, text: &str, key: &str) -> Result<T, Error> {
    let bytes = sealer.open_sealed(about, &Sealed { text: text.into(), key: key.into() })?;
    serde_json::from_slice(&bytes).map_err(|e| Error::Fault(e.into()))
}

fn sealed(sealer: &Sealer, about: &str, what: &impl Serialize) -> Result<Sealed, Error> {
    let bytes = serde_json::to_vec(what).map_err(|e| Error::Fault(e.into()))?;
    Ok(sealer.seal(about, &bytes))
}

/// How a body sends, and the version of that; nothing and 0 before anything is set.
pub async fn settings(db: &impl ConnectionTrait, sealer: &Sealer, body: &str) -> Result<(Settings, i64), Error> {
    match notice_setting::Entity::find_by_id(body).one(db).await? {
        Some(row) => Ok((unsealed(sealer, &setting(body), &row.sealed_text, &row.sealed_key)?, row.version)),
        None => Ok((Settings::default(), 0)),
    }
}

/// Puts other settings in force. `seen` is the version that the form showed.
pub async fn set(act: &mut Act, sealer: &Sealer, body: &str, settings: &Settings, seen: i64) -> Result<(), Error> {
    let Sealed { text, key } = sealed(sealer, &setting(body), settings)?;
    match notice_setting::Entity::find_by_id(body).one(act).await? {
        Some(row) => {
            act.bump(&row, seen).await?;
            notice_setting::Entity::update_many()
                .col_expr(notice_setting::Column::SealedText, Expr::value(text))
                .col_expr(notice_setting::Column::SealedKey, Expr::value(key))
                .filter(notice_setting::Column::Id.eq(body))
                .exec(act)
                .await?;
        }
        None if seen != 0 => return Err(Error::Conflict),
        None => {
            let row = notice_setting::ActiveModel {
                id: Set(body.into()),
                sealed_text: Set(text),
                sealed_key: Set(key),
                version: Set(1),
            };
            notice_setting::Entity::insert(row).exec_without_returning(act).await?;
        }
    }
    let ways = settings.ways();
    let facts = serde_json::json!({ "mail": ways.mail, "sms": ways.sms });
    act.journal_with("set-notice", &format!("body:{body}"), facts);
    Ok(())
}

/// Tells the forms what they may offer: at the start, and after a change. Settings that our key does not
/// open (a restore without its keys) offer nothing.
pub async fn reload(app: &crate::App) -> Result<(), Error> {
    let mut all = HashMap::new();
    for row in notice_setting::Entity::find().all(app.store.read()).await? {
        match unsealed::<Settings>(&app.sealer, &setting(&row.id), &row.sealed_text, &row.sealed_key) {
            Ok(settings) => drop(all.insert(row.id, settings.ways())),
            Err(e) => tracing::error!("the settings of notices cannot be opened: {e}"),
        }
    }
    app.notice.set_offered(all);
    Ok(())
}

fn person(staff: &str) -> String {
    format!("notice-staff:{staff}")
}

/// Where a member of staff hears of terms; `None` where they want to hear nothing.
pub async fn staff(db: &impl ConnectionTrait, sealer: &Sealer, id: &str) -> Result<Option<(Way, String)>, Error> {
    let Some(row) = notice_staff::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    let (way, address): (String, String) = unsealed(sealer, &person(id), &row.sealed_text, &row.sealed_key)?;
    Ok(Way::parse(&way).map(|way| (way, address)))
}

/// Keeps where a member of staff hears of terms; `None` forgets it.
pub async fn set_staff(act: &mut Act, sealer: &Sealer, id: &str, to: Option<(Way, &str)>) -> Result<(), Error> {
    notice_staff::Entity::delete_by_id(id).exec(act).await?;
    if let Some((way, address)) = to {
        let Sealed { text, key } = sealed(sealer, &person(id), &(way.word(), address))?;
        let (id, at) = (Set(id.to_owned()), Set(act.now.0));
        let row = notice_staff::ActiveModel { id, sealed_text: Set(text), sealed_key: Set(key), at };
        notice_staff::Entity::insert(row).exec_without_returning(act).await?;
    }
    act.journal("set-notice-address", &format!("staff:{id}"));
    Ok(())
}

/// A notice before it is a row.
#[derive(Clone, Debug)]
pub struct New {
    pub body: String,
    pub about: String,
    pub cause: Cause,
    pub number: String,
    pub due: Option<Day>,
    pub way: Way,
    pub address_key: String,
}

/// Queues a notice, unless its address has had enough for a day.
pub async fn add(act: &mut Act, new: &New) -> Result<(), Error> {
    let since = act.now.0 - rules::DAY_MS;
    let today = notice::Entity::find()
        .filter(notice::Column::AddressKey.eq(&new.address_key))
        .filter(notice::Column::MadeAt.gt(since));
    let facts = serde_json::json!({ "cause": new.cause.word(), "way": new.way.word() });
    if today.count(act).await? >= rules::A_DAY {
        act.journal_with("notice-too-many", &new.about, facts);
        return Ok(());
    }
    let id = act.id();
    let row = notice::ActiveModel {
        id: Set(id.clone()),
        body: Set(new.body.clone()),
        about: Set(new.about.clone()),
        cause: Set(new.cause.word().into()),
        number: Set(new.number.clone()),
        due: Set(new.due.map(|day| day.to_string()).unwrap_or_default()),
        way: Set(new.way.word().into()),
        address_key: Set(new.address_key.clone()),
        state: Set(State::Waiting.word().into()),
        tries: Set(0),
        fault: Set(String::new()),
        code: Set(String::new()),
        made_at: Set(act.now.0),
        at: Set(act.now.0),
        version: Set(1),
    };
    notice::Entity::insert(row).exec_without_returning(act).await?;
    act.queue(SEND, &id, act.now);
    act.journal_with("notice-queued", &new.about, facts);
    Ok(())
}

/// A notice in another state, after `tries` tries.
async fn turn(act: &Act, row: &notice::Model, state: State, tries: i64, failed: Option<&Failed>) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    let (fault, code) = failed.map_or(("", ""), |f| (f.fault.word(), f.code.as_str()));
    notice::Entity::update_many()
        .col_expr(notice::Column::State, Expr::value(state.word()))
        .col_expr(notice::Column::At, Expr::value(act.now.0))
        .col_expr(notice::Column::Tries, Expr::value(tries))
        .col_expr(notice::Column::Fault, Expr::value(fault))
        .col_expr(notice::Column::Code, Expr::value(code))
        .filter(notice::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    Ok(())
}

/// The other side has it.
pub async fn sent(act: &mut Act, row: &notice::Model) -> Result<(), Error> {
    turn(act, row, State::Sent, row.tries + 1, None).await?;
    act.journal_with("notice-sent", &row.about, serde_json::json!({ "cause": row.cause, "way": row.way }));
    Ok(())
}

/// It did not work; where trying again may help, it is queued.
pub async fn failed(act: &mut Act, row: &notice::Model, why: &Failed) -> Result<(), Error> {
    let tries = row.tries + 1;
    turn(act, row, State::Failed, tries, Some(why)).await?;
    if let Some(wait) = rules::back_off(tries).filter(|_| why.fault.passes()) {
        act.queue(SEND, &row.id, act.now.plus_ms(wait));
    }
    let facts = serde_json::json!({ "fault": why.fault.word(), "code": why.code, "tries": tries });
    act.journal_with("notice-failed", &row.about, facts);
    Ok(())
}

/// Nobody can or need be told any more.
pub async fn dropped(act: &mut Act, row: &notice::Model) -> Result<(), Error> {
    turn(act, row, State::Dropped, row.tries, None).await?;
    act.journal("notice-dropped", &row.about);
    Ok(())
}

/// A person has it tried again, from the first wait.
pub async fn again(act: &mut Act, row: &notice::Model) -> Result<(), Error> {
    turn(act, row, State::Waiting, 0, None).await?;
    act.queue(SEND, &row.id, act.now);
    act.journal("notice-again", &row.about);
    Ok(())
}

/// What is given up, in every body: for `doctor`.
pub async fn given_up(db: &impl ConnectionTrait) -> Result<Vec<notice::Model>, Error> {
    let failed = notice::Entity::find().filter(notice::Column::State.eq(State::Failed.word())).all(db).await?;
    Ok(failed.into_iter().filter(|row| rules::is_given_up(row.fault(), row.tries)).collect())
}

/// Forgets the rows of a body that ended long ago.
pub async fn tidy(act: &mut Act, body: &str) -> Result<(), Error> {
    let gone = notice::Entity::delete_many()
        .filter(notice::Column::Body.eq(body))
        .filter(notice::Column::State.ne(State::Waiting.word()))
        .filter(notice::Column::At.lt(act.now.0 - rules::KEPT_MS))
        .exec(act)
        .await?;
    act.journal_with("notice-tidy", &format!("body:{body}"), serde_json::json!({ "n": gone.rows_affected }));
    Ok(())
}
