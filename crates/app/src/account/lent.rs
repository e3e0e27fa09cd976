//! 代办 in the database: duties lent for a term, and who may do what today with them.

use super::model::{Duty, Lent, Me};
use super::rules;
use super::store::{duty, section, staff};
use kernel::Instant;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, Set};
use std::collections::HashMap;
use store::{Act, Error};

store::table! {
    /// A duty of `holder` that `deputy` may use from `from_at` until `until`, once it is confirmed.
    lent = "lent" {
        id: String, body: String, duty: String, holder: String, deputy: String, from_at: i64, until: i64,
        made_by: String, made_at: i64, confirmed_by: Option<String>, confirmed_at: Option<i64>,
        ended_at: Option<i64>, version: i64,
    }
}
store::table! {
    /// Who took over from somebody who left; the key is who left.
    heir = "heir" { id: String, heir: String, made_by: String, at: i64 }
}
store::root!(lent);

impl lent::Model {
    /// Derived from the term and the clock; nothing has to switch it.
    pub fn stands(&self, now: Instant) -> bool {
        self.confirmed_at.is_some() && self.from_at <= now.0 && !self.is_over(now)
    }

    pub fn is_over(&self, now: Instant) -> bool {
        self.ended_at.is_some() || self.until <= now.0
    }

    pub fn duty(&self) -> Result<Duty, Error> {
        Duty::parse(&self.duty).ok_or_else(|| Error::fault("a lent duty of an unknown name"))
    }
}

/// What is lent at this moment.
fn standing(now: Instant) -> Select<lent::Entity> {
    lent::Entity::find()
        .filter(lent::Column::ConfirmedAt.is_not_null())
        .filter(lent::Column::EndedAt.is_null())
        .filter(lent::Column::FromAt.lte(now.0))
        .filter(lent::Column::Until.gt(now.0))
        .order_by_asc(lent::Column::Id)
}

/// The duties of others that this person may use now. Whoever left or lost a duty lends it no longer.
pub async fn lent_to(db: &impl ConnectionTrait, deputy: &str, now: Instant) -> Result<Vec<Lent>, Error> {
    let rows = standing(now).filter(lent::Column::Deputy.eq(deputy)).all(db).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let holders: Vec<String> = rows.iter().map(|row| row.holder.clone()).collect();
    let people = people(db, staff::Column::Id.is_in(holders)).await?;
    Ok(rows.iter().filter_map(|row| power(row, &people)).collect())
}

fn power(row: &lent::Model, people: &[Me]) -> Option<Lent> {
    let (duty, holder) = (Duty::parse(&row.duty)?, people.iter().find(|p| p.id == row.holder)?);
    let lent = Lent { duty, of: holder.id.clone(), name: holder.name.clone(), until: Instant(row.until) };
    holder.owns(duty).then_some(lent)
}

/// Everybody of a body whose account is open, with the duties that each has and is lent now.
pub async fn crew(db: &impl ConnectionTrait, body: &str, now: Instant) -> Result<Vec<Me>, Error> {
    let mut all = people(db, staff::Column::Body.eq(body)).await?;
    for row in standing(now).filter(lent::Column::Body.eq(body)).all(db).await? {
        let lent = power(&row, &all);
        if let Some(deputy) = all.iter_mut().find(|p| p.id == row.deputy) {
            deputy.lent.extend(lent);
        }
    }
    Ok(all)
}

/// Open accounts with their own duties.
async fn people(db: &impl ConnectionTrait, who: sea_orm::sea_query::SimpleExpr) -> Result<Vec<Me>, Error> {
    let find = staff::Entity::find().filter(who).filter(staff::Column::DisabledAt.is_null());
    let rows = find.order_by_asc(staff::Column::Login).all(db).await?;
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let given = duty::Entity::find().filter(duty::Column::Staff.is_in(ids)).filter(duty::Column::EndedAt.is_null());
    let mut duties: HashMap<String, Vec<Duty>> = HashMap::new();
    for row in given.order_by_asc(duty::Column::Id).all(db).await? {
        duties.entry(row.staff).or_default().extend(Duty::parse(&row.duty));
    }
    let sections: HashMap<String, String> =
        section::Entity::find().all(db).await?.into_iter().map(|s| (s.id, s.name)).collect();
    let me = |row: staff::Model| Me {
        duties: duties.remove(&row.id).unwrap_or_default(),
        section_name: sections.get(&row.section).cloned().unwrap_or_default(),
        id: row.id,
        name: row.name,
        login: row.login,
        section: row.section,
        lent: vec![],
    };
    Ok(rows.into_iter().map(me).collect())
}

/// Of a body, those that are not over, the earliest first.
pub async fn not_over(db: &impl ConnectionTrait, body: &str, now: Instant) -> Result<Vec<lent::Model>, Error> {
    let all = lent::Entity::find()
        .filter(lent::Column::Body.eq(body))
        .filter(lent::Column::EndedAt.is_null())
        .filter(lent::Column::Until.gt(now.0))
        .order_by_asc(lent::Column::FromAt);
    Ok(all.all(db).await?)
}

/// What is asked for.
pub struct NewLent {
    pub body: String,
    pub duty: Duty,
    pub holder: String,
    pub deputy: String,
    pub from_at: Instant,
    pub until: Instant,
}

/// Lends a duty. The holder's own word is enough; anybody else's waits to be confirmed. The rules are asked again.
pub async fn add(act: &mut Act, new: &NewLent, by: &str) -> Result<(), Error> {
    let crew = crew(act, &new.body, act.now).await?;
    let find = |id: &str| crew.iter().find(|p| p.id == id).ok_or(Error::NotFound);
    let (from, until) = (new.from_at.day(), new.until.day().plus(-1));
    let why = rules::lending(new.duty, find(&new.holder)?, find(&new.deputy)?, (from, until), find(by)?, act.now.day());
    if !why.is_empty() {
        return Err(why.into());
    }
    let own = new.holder == by;
    let row = lent::ActiveModel {
        id: Set(act.id()),
        body: Set(new.body.clone()),
        duty: Set(new.duty.word().into()),
        holder: Set(new.holder.clone()),
        deputy: Set(new.deputy.clone()),
        from_at: Set(new.from_at.0),
        until: Set(new.until.0),
        made_by: Set(by.into()),
        made_at: Set(act.now.0),
        confirmed_by: Set(own.then(|| by.to_owned())),
        confirmed_at: Set(own.then_some(act.now.0)),
        ended_at: Set(None),
        version: Set(1),
    };
    lent::Entity::insert(row).exec_without_returning(act).await?;
    let facts = serde_json::json!({
        "duty": new.duty.word(), "deputy": new.deputy, "from": from.to_string(), "until": until.to_string(),
    });
    act.journal_with("lend-duty", &format!("staff:{}", new.holder), facts);
    Ok(())
}

pub async fn load(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<lent::Model, Error> {
    let row = lent::Entity::find_by_id(id).one(db).await?;
    row.filter(|row| row.body == body).ok_or(Error::NotFound)
}

/// What an administrator entered begins to count, by the word of somebody who gains nothing by it.
pub async fn confirm(act: &mut Act, row: &lent::Model, by: &Me) -> Result<(), Error> {
    rules::may_confirm(&row.made_by, &row.deputy, by)?;
    if row.confirmed_at.is_some() || row.is_over(act.now) {
        return Err(Error::Conflict);
    }
    act.bump(row, row.version).await?;
    lent::Entity::update_many()
        .col_expr(lent::Column::ConfirmedBy, Expr::value(&by.id))
        .col_expr(lent::Column::ConfirmedAt, Expr::value(act.now.0))
        .filter(lent::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    let facts = serde_json::json!({ "duty": row.duty, "deputy": row.deputy });
    act.journal_with("confirm-lent", &format!("staff:{}", row.holder), facts);
    Ok(())
}

/// Ends it before its term.
pub async fn end(act: &mut Act, row: &lent::Model) -> Result<(), Error> {
    if row.is_over(act.now) {
        return Err(Error::Conflict);
    }
    act.bump(row, row.version).await?;
    lent::Entity::update_many()
        .col_expr(lent::Column::EndedAt, Expr::value(act.now.0))
        .filter(lent::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    let facts = serde_json::json!({ "duty": row.duty, "deputy": row.deputy });
    act.journal_with("end-lent", &format!("staff:{}", row.holder), facts);
    Ok(())
}

/// Those who left and whose matters this person answers for.
pub async fn left_to(db: &impl ConnectionTrait, heir: &str) -> Result<Vec<String>, Error> {
    let rows = heir::Entity::find().filter(heir::Column::Heir.eq(heir)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Everybody who left, with who follows them now.
pub async fn heirs(db: &impl ConnectionTrait) -> Result<Vec<(String, String)>, Error> {
    let rows = heir::Entity::find().all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.heir)).collect())
}
