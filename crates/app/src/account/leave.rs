//! 交接 of an account: duties, tokens and lent duties go to a successor, and the account is closed, in one act.

use super::lent::{self, heir, lent as lent_row};
use super::model::{Duty, Me};
use super::store::{self, session, staff};
use ::store::{Act, Error};
use kernel::{Instant, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

/// Bearer tokens that still hold.
pub async fn tokens(db: &impl ConnectionTrait, staff: &str, now: Instant) -> Result<usize, Error> {
    Ok(store::sessions(db, staff, now).await?.into_iter().filter(|s| !s.scope.is_empty()).count())
}

/// The successor gets what the leaver held. Refused where the duties must not be held together.
pub async fn hand_over(act: &mut Act, row: &staff::Model, to: &Me, by: &str) -> Result<(), Error> {
    let mut all = to.duties.clone();
    all.extend(store::duties_of(act, &row.id).await?.into_iter().filter(|d| !to.owns(*d)));
    if !super::rules::duties(&all).is_empty() {
        let says = format!("{}不能兼任{}的岗位。请选另一位接手人，或先调整岗位。", to.name, row.name);
        return Err(Refusal::new("duties-apart", says).at("heir").into());
    }
    store::set_duties(act, &to.id, &all).await?;
    store::set_duties(act, &row.id, &[]).await?;
    if all.contains(&Duty::Draft) {
        give_tokens(act, &row.id, &to.id).await?;
    }
    for lent in lent::not_over(act, &row.body, act.now).await? {
        give_lent(act, &lent, &row.id, to, &all).await?;
    }
    note(act, &row.id, &to.id, by).await?;
    store::set_disabled(act, row, true).await?;
    let facts = serde_json::json!({ "heir": to.id });
    act.journal_with("hand-over-staff", &format!("staff:{}", row.id), facts);
    Ok(())
}

/// The programs go on, under the successor's name.
async fn give_tokens(act: &Act, from: &str, to: &str) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::Staff, Expr::value(to))
        .filter(session::Column::Staff.eq(from))
        .filter(session::Column::Scope.ne(""))
        .filter(session::Column::EndsAt.gt(act.now.0))
        .exec(act)
        .await?;
    Ok(())
}

/// What nobody needs any longer, because the successor has the duty, ends.
async fn give_lent(act: &mut Act, row: &lent_row::Model, from: &str, to: &Me, all: &[Duty]) -> Result<(), Error> {
    let column = match (row.holder == from, row.deputy == from) {
        (true, _) if row.deputy != to.id => lent_row::Column::Holder,
        (_, true) if !all.contains(&row.duty()?) => lent_row::Column::Deputy,
        (false, false) => return Ok(()),
        _ => return lent::end(act, row).await,
    };
    act.bump(row, row.version).await?;
    lent_row::Entity::update_many()
        .col_expr(column, Expr::value(&to.id))
        .filter(lent_row::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    Ok(())
}

/// Who answers for what was written: also for those whom the leaver had followed.
async fn note(act: &Act, from: &str, to: &str, by: &str) -> Result<(), Error> {
    heir::Entity::update_many()
        .col_expr(heir::Column::Heir, Expr::value(to))
        .filter(heir::Column::Heir.eq(from))
        .exec(act)
        .await?;
    heir::Entity::delete_by_id(from).exec(act).await?;
    let row =
        heir::ActiveModel { id: Set(from.into()), heir: Set(to.into()), made_by: Set(by.into()), at: Set(act.now.0) };
    heir::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}
