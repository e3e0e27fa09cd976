//! 再认一次：whoever decides has proved in the last quarter of an hour who they are, so that an unattended screen signs
//! nothing. The form carries the password; what was typed beside it comes back whatever happens.

use super::desk::Desk;
use super::store::{self, session, staff};
use super::{password, second};
use crate::posted::Posted;
use ::store::{Act, Actor, Error};
use kernel::Refusal;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// Empty where the person has proved it, now or a little while ago; else why not, at the field `password`.
pub async fn prove(desk: &mut Desk, form: &Posted) -> Result<Vec<Refusal>, Error> {
    if desk.is_proved() {
        return Ok(vec![]);
    }
    let refused = |says: &str| Ok(vec![Refusal::new("prove", says).at("password")]);
    let word = form.text("password");
    if word.is_empty() {
        return refused("距上次输密码已过 15 分钟。请再输一次密码，您填的内容还在。");
    }
    let (row, _) = store::me(desk.read(), &desk.me.id).await?.ok_or(Error::NotFound)?;
    if row.locked_until > desk.now.0 {
        return refused("这个账号输错太多次，要歇 15 分钟。您填的内容还在，等一会儿再提交。");
    }
    let step = match row.totp.is_empty() {
        true => None,
        false => second::check(&desk.app, &row, &word, desk.now)?,
    };
    if step.is_none() && !password::verify(word, Some(row.password.clone())).await? {
        let work = async move |act: &mut Act| store::note_failure(act, &row).await;
        desk.app.store.act(Actor::Clock, desk.now, work).await?.into_inner();
        return refused("密码或动态码不对。请再输一次，您填的内容还在。");
    }
    let key = desk.session().to_owned();
    let work = async move |act: &mut Act| {
        if let Some(step) = step {
            second::used(act, &row.id, step).await?;
        }
        note(act, &row.id, &key).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    desk.set_proved();
    Ok(vec![])
}

async fn note(act: &mut Act, staff: &str, key: &str) -> Result<(), Error> {
    session::Entity::update_many()
        .col_expr(session::Column::ProvedAt, Expr::value(act.now.0))
        .filter(session::Column::Id.eq(key))
        .exec(act)
        .await?;
    staff::Entity::update_many()
        .col_expr(staff::Column::Failures, Expr::value(0_i64))
        .filter(staff::Column::Id.eq(staff))
        .exec(act)
        .await?;
    act.journal("prove", &format!("staff:{staff}"));
    Ok(())
}
