//! Hands in the database. What ended stays.

use super::rules::{Crew, Hand, How, Role};
use crate::account;
use crate::account::desk::Desk;
use crate::account::lent;
use crate::matter::store::about;
use crate::matter::table::matter_hand;
use ::store::{Act, Error};
use kernel::{Day, Instant};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use std::collections::HashMap;

/// Everybody of the body with what each may do now, who followed whom, and the sections.
pub async fn crew(desk: &Desk) -> Result<Crew, Error> {
    crew_of(desk.read(), &desk.body.id, desk.now).await
}

/// The same where nobody asks.
pub async fn crew_of(db: &impl ConnectionTrait, body: &str, now: Instant) -> Result<Crew, Error> {
    let sections = account::store::sections(db, body).await?;
    Ok(Crew {
        people: lent::crew(db, body, now).await?,
        heirs: lent::heirs(db).await?,
        sections: sections.into_iter().map(|s| (s.id, s.name)).collect(),
    })
}

fn hand(row: matter_hand::Model) -> Result<Hand, Error> {
    let fault = || Error::fault("a hand of an unknown word");
    let ended = match (row.ended_at, row.ended_how) {
        (Some(at), Some(how)) => Some((Instant(at), How::parse(&how).ok_or_else(fault)?)),
        _ => None,
    };
    Ok(Hand {
        role: Role::parse(&row.role).ok_or_else(fault)?,
        until: Day::parse(&row.until),
        given_at: Instant(row.given_at),
        id: row.id,
        section: row.section,
        staff: row.staff,
        given_by: row.given_by,
        ended,
    })
}

/// The hands that hold, by case: the handler first.
pub async fn holding(
    db: &impl ConnectionTrait,
    ids: &[String],
    today: Day,
) -> Result<HashMap<String, Vec<Hand>>, Error> {
    let mut all: HashMap<String, Vec<Hand>> = HashMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    let of = matter_hand::Column::Matter.is_in(ids.iter().map(String::as_str));
    let find = matter_hand::Entity::find().filter(of).filter(matter_hand::Column::EndedAt.is_null());
    for row in find.order_by_asc(matter_hand::Column::Role).order_by_asc(matter_hand::Column::Id).all(db).await? {
        let matter = row.matter.clone();
        let hand = hand(row)?;
        if hand.holds(today) {
            all.entry(matter).or_default().push(hand);
        }
    }
    Ok(all)
}

/// Every hand that a case ever had, the first first.
pub async fn past(db: &impl ConnectionTrait, matter: &str) -> Result<Vec<Hand>, Error> {
    let find = matter_hand::Entity::find().filter(matter_hand::Column::Matter.eq(matter));
    find.order_by_asc(matter_hand::Column::Id).all(db).await?.into_iter().map(hand).collect()
}

/// To whom a case is given.
#[derive(Clone)]
pub struct New {
    pub role: Role,
    pub section: String,
    /// Empty for the section as a whole.
    pub staff: String,
    pub until: Option<Day>,
    pub by: String,
}

/// The case has one hand more. A new handler ends the former one, and what the person was beside.
pub async fn give(act: &mut Act, matter: &str, hands: &[Hand], new: &New) -> Result<(), Error> {
    let over = |h: &&Hand| h.role == Role::Handler || h.staff == new.staff;
    for old in hands.iter().filter(|_| new.role == Role::Handler).filter(over) {
        close(act, old, How::HandedOver).await?;
    }
    let row = matter_hand::ActiveModel {
        id: Set(act.id()),
        matter: Set(matter.into()),
        role: Set(new.role.word().into()),
        section: Set(new.section.clone()),
        staff: Set(new.staff.clone()),
        until: Set(new.until.map(|day| day.to_string()).unwrap_or_default()),
        given_by: Set(new.by.clone()),
        given_at: Set(act.now.0),
        ended_at: Set(None),
        ended_how: Set(None),
    };
    matter_hand::Entity::insert(row).exec_without_returning(act).await?;
    let facts = serde_json::json!({ "role": new.role.word(), "section": new.section, "staff": new.staff });
    act.journal_with("assign-matter", &about(matter), facts);
    Ok(())
}

/// Ends a hand, journalled.
pub async fn end(act: &mut Act, matter: &str, hand: &Hand, how: How) -> Result<(), Error> {
    close(act, hand, how).await?;
    let facts = serde_json::json!({ "role": hand.role.word(), "staff": hand.staff, "how": how.word() });
    act.journal_with("end-hand", &about(matter), facts);
    Ok(())
}

async fn close(act: &Act, hand: &Hand, how: How) -> Result<(), Error> {
    matter_hand::Entity::update_many()
        .col_expr(matter_hand::Column::EndedAt, Expr::value(act.now.0))
        .col_expr(matter_hand::Column::EndedHow, Expr::value(how.word()))
        .filter(matter_hand::Column::Id.eq(&hand.id))
        .exec(act)
        .await?;
    Ok(())
}
