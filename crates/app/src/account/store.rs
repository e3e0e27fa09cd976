//! Accounts in the database.

use super::model::{Duty, Me};
use super::rules::{self, SESSION_MS};
use crate::body::{Body, Profile};
use kernel::{Hash, Instant};
use rand::RngCore;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use store::{Act, Error, Migration};

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "account-0001", sql: include_str!("schema.sql") },
    Migration { name: "account-0002", sql: include_str!("lent.sql") },
];

store::table! {
    /// A public body.
    body = "body" { id: String, org: String, host: String, name: String, profile: String, version: i64 }
}
store::table! {
    /// 科室.
    section = "section" { id: String, body: String, code: String, name: String }
}
store::table! {
    /// A person with a sign-in name.
    staff = "staff" {
        id: String, body: String, section: String, login: String, name: String, password: String, totp: String,
        totp_step: i64, failures: i64, locked_until: i64, disabled_at: Option<i64>, version: i64,
    }
}
store::table! {
    /// A duty that a person has, or had until `ended_at`.
    duty = "duty" { id: String, staff: String, duty: String, given_at: i64, ended_at: Option<i64> }
}
store::table! {
    /// A signed-in browser, or a named bearer token.
    session = "session" {
        id: String, staff: String, name: String, scope: String, started_at: i64, ends_at: i64, proved_at: Option<i64>,
    }
}
store::root!(staff);
store::root!(body);

/// A session's secret: 256 random bits in hexadecimal. The database keeps its digest only.
pub struct Secret(pub String);

impl Secret {
    pub fn random() -> Secret {
        let mut bytes = [0; 32];
        rand::rng().fill_bytes(&mut bytes);
        Secret(Hash(bytes).to_string())
    }

    pub fn key(&self) -> String {
        Hash::of(self.0.as_bytes()).to_string()
    }
}

pub async fn bodies(db: &impl ConnectionTrait) -> Result<Vec<Body>, Error> {
    let rows = body::Entity::find().order_by_asc(body::Column::Id).all(db).await?;
    rows.into_iter().map(to_body).collect()
}

fn to_body(row: body::Model) -> Result<Body, Error> {
    let profile: Profile = serde_json::from_str(&row.profile).map_err(|e| Error::Fault(e.into()))?;
    Ok(Body { id: row.id, org: row.org, host: row.host, name: row.name, profile })
}

pub async fn add_body(act: &mut Act, org: &str, host: &str, name: &str, profile: &Profile) -> Result<String, Error> {
    let id = act.id();
    let profile = serde_json::to_string(profile).map_err(|e| Error::Fault(e.into()))?;
    let row = body::ActiveModel {
        id: Set(id.clone()),
        org: Set(org.into()),
        host: Set(host.into()),
        name: Set(name.into()),
        profile: Set(profile),
        version: Set(1),
    };
    body::Entity::insert(row).exec_without_returning(act).await?;
    act.journal("add-body", &format!("body:{id}"));
    Ok(id)
}

pub async fn add_section(act: &mut Act, body: &str, code: &str, name: &str) -> Result<String, Error> {
    let id = act.id();
    let row = section::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        code: Set(code.into()),
        name: Set(name.into()),
    };
    section::Entity::insert(row).exec_without_returning(act).await?;
    act.journal("add-section", &format!("section:{id}"));
    Ok(id)
}

pub async fn sections(db: &impl ConnectionTrait, body: &str) -> Result<Vec<section::Model>, Error> {
    let all = section::Entity::find().filter(section::Column::Body.eq(body)).order_by_asc(section::Column::Id);
    Ok(all.all(db).await?)
}

/// A new account as the administrator asks for it. `password` is an Argon2id string.
pub struct NewStaff {
    pub body: String,
    pub section: String,
    pub login: String,
    pub name: String,
    pub password: String,
    pub duties: Vec<Duty>,
}

/// Refused where the duties must not be held together; `Conflict` where the sign-in name is taken.
pub async fn add_staff(act: &mut Act, new: &NewStaff) -> Result<String, Error> {
    let why = rules::duties(&new.duties);
    if !why.is_empty() {
        return Err(why.into());
    }
    let id = act.id();
    let row = staff::ActiveModel {
        id: Set(id.clone()),
        body: Set(new.body.clone()),
        section: Set(new.section.clone()),
        login: Set(new.login.clone()),
        name: Set(new.name.clone()),
        password: Set(new.password.clone()),
        totp: Set(String::new()),
        totp_step: Set(0),
        failures: Set(0),
        locked_until: Set(0),
        disabled_at: Set(None),
        version: Set(1),
    };
    staff::Entity::insert(row).exec_without_returning(act).await?;
    give_duties(act, &id, &new.duties).await?;
    act.journal("add-staff", &format!("staff:{id}"));
    Ok(id)
}

async fn give_duties(act: &Act, staff: &str, duties: &[Duty]) -> Result<(), Error> {
    let rows: Vec<duty::ActiveModel> = duties
        .iter()
        .map(|d| duty::ActiveModel {
            id: Set(act.id()),
            staff: Set(staff.into()),
            duty: Set(d.word().into()),
            given_at: Set(act.now.0),
            ended_at: Set(None),
        })
        .collect();
    if !rows.is_empty() {
        duty::Entity::insert_many(rows).exec_without_returning(act).await?;
    }
    Ok(())
}

/// Ends the duties that are no longer wanted and gives the new ones; both stay in the table with their times.
pub async fn set_duties(act: &mut Act, staff: &str, wanted: &[Duty]) -> Result<(), Error> {
    let why = rules::duties(wanted);
    if !why.is_empty() {
        return Err(why.into());
    }
    let have = duties_of(act, staff).await?;
    let lost: Vec<&str> = have.iter().filter(|d| !wanted.contains(d)).map(|d| d.word()).collect();
    duty::Entity::update_many()
        .col_expr(duty::Column::EndedAt, Expr::value(act.now.0))
        .filter(duty::Column::Staff.eq(staff))
        .filter(duty::Column::Duty.is_in(lost))
        .filter(duty::Column::EndedAt.is_null())
        .exec(act)
        .await?;
    let fresh: Vec<Duty> = wanted.iter().copied().filter(|d| !have.contains(d)).collect();
    give_duties(act, staff, &fresh).await?;
    let words: Vec<&str> = wanted.iter().map(|d| d.word()).collect();
    act.journal_with("set-duties", &format!("staff:{staff}"), serde_json::json!({ "duties": words }));
    Ok(())
}

pub async fn duties_of(db: &impl ConnectionTrait, staff: &str) -> Result<Vec<Duty>, Error> {
    let rows = duty::Entity::find()
        .filter(duty::Column::Staff.eq(staff))
        .filter(duty::Column::EndedAt.is_null())
        .order_by_asc(duty::Column::Id)
        .all(db)
        .await?;
    Ok(rows.iter().filter_map(|d| Duty::parse(&d.duty)).collect())
}

pub async fn staff_by_login(db: &impl ConnectionTrait, login: &str) -> Result<Option<staff::Model>, Error> {
    Ok(staff::Entity::find().filter(staff::Column::Login.eq(login)).one(db).await?)
}

pub async fn all_staff(db: &impl ConnectionTrait, body: &str) -> Result<Vec<staff::Model>, Error> {
    let all = staff::Entity::find().filter(staff::Column::Body.eq(body)).order_by_asc(staff::Column::Id);
    Ok(all.all(db).await?)
}

/// The names of people, by id, for pages that say who did a thing.
pub async fn names(db: &impl ConnectionTrait, ids: &[String]) -> Result<Vec<(String, String)>, Error> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let rows = staff::Entity::find().filter(staff::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|s| (s.id, s.name)).collect())
}

/// The person behind an id, while the account is open, with their own duties.
pub async fn me(db: &impl ConnectionTrait, id: &str) -> Result<Option<(staff::Model, Me)>, Error> {
    let Some(row) = staff::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    if row.disabled_at.is_some() {
        return Ok(None);
    }
    let section = section::Entity::find_by_id(&row.section).one(db).await?;
    let me = Me {
        id: row.id.clone(),
        name: row.name.clone(),
        login: row.login.clone(),
        section: row.section.clone(),
        section_name: section.map(|s| s.name).unwrap_or_default(),
        duties: duties_of(db, &row.id).await?,
        lent: vec![],
    };
    Ok(Some((row, me)))
}

/// The session under a key, while it lasts.
pub async fn session(db: &impl ConnectionTrait, key: &str, now: Instant) -> Result<Option<session::Model>, Error> {
    let found = session::Entity::find_by_id(key).one(db).await?;
    Ok(found.filter(|s| now.0 < s.ends_at))
}

pub async fn sessions(db: &impl ConnectionTrait, staff: &str, now: Instant) -> Result<Vec<session::Model>, Error> {
    let all = session::Entity::find()
        .filter(session::Column::Staff.eq(staff))
        .filter(session::Column::EndsAt.gt(now.0))
        .order_by_desc(session::Column::StartedAt);
    Ok(all.all(db).await?)
}

pub async fn start_session(act: &mut Act, staff: &str, secret: &Secret, agent: &str) -> Result<(), Error> {
    let row = session::ActiveModel {
        id: Set(secret.key()),
        staff: Set(staff.into()),
        name: Set(agent.into()),
        scope: Set(String::new()),
        started_at: Set(act.now.0),
        ends_at: Set(act.now.0 + SESSION_MS),
        proved_at: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(act).await?;
    let forgiven = staff::Entity::update_many()
        .col_expr(staff::Column::Failures, Expr::value(0_i64))
        .filter(staff::Column::Id.eq(staff));
    forgiven.exec(act).await?;
    act.journal("sign-in", &format!("staff:{staff}"));
    Ok(())
}

/// Ends one session of a person, or all of them.
pub async fn end_sessions(act: &mut Act, staff: &str, only: Option<&str>) -> Result<(), Error> {
    let mut ended = session::Entity::update_many()
        .col_expr(session::Column::EndsAt, Expr::value(act.now.0))
        .filter(session::Column::Staff.eq(staff))
        .filter(session::Column::EndsAt.gt(act.now.0));
    if let Some(id) = only {
        ended = ended.filter(session::Column::Id.eq(id));
    }
    ended.exec(act).await?;
    act.journal("end-session", &format!("staff:{staff}"));
    Ok(())
}

pub async fn note_failure(act: &mut Act, row: &staff::Model) -> Result<(), Error> {
    let (failures, until) = rules::after_failure(row.failures, act.now);
    staff::Entity::update_many()
        .col_expr(staff::Column::Failures, Expr::value(failures))
        .col_expr(staff::Column::LockedUntil, Expr::value(until))
        .filter(staff::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.journal(if until > 0 { "lock-out" } else { "sign-in-failed" }, &format!("staff:{}", row.id));
    Ok(())
}

/// A new password ends every session of the account.
pub async fn set_password(act: &mut Act, row: &staff::Model, password: String) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    staff::Entity::update_many()
        .col_expr(staff::Column::Password, Expr::value(password))
        .col_expr(staff::Column::Failures, Expr::value(0_i64))
        .col_expr(staff::Column::LockedUntil, Expr::value(0_i64))
        .filter(staff::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.journal("set-password", &format!("staff:{}", row.id));
    end_sessions(act, &row.id, None).await
}

/// Closes or opens an account; closing ends its sessions and tokens at once.
pub async fn set_disabled(act: &mut Act, row: &staff::Model, disabled: bool) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    let at = disabled.then_some(act.now.0);
    staff::Entity::update_many()
        .col_expr(staff::Column::DisabledAt, Expr::value(at))
        .filter(staff::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.journal(if disabled { "disable-staff" } else { "enable-staff" }, &format!("staff:{}", row.id));
    if disabled { end_sessions(act, &row.id, None).await } else { Ok(()) }
}
