//! The optional second factor: time-based codes (RFC 6238) from any authenticator. The secret is sealed.

use super::desk::{Desk, Route, Who, post, show_me};
use super::store::staff;
use crate::App;
use crate::edge::{Failure, see};
use crate::posted::Posted;
use ::store::{Act, Actor, Error, Sealed};
use axum::response::Response;
use kernel::{Instant, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use totp_rs::{Builder, Secret, Totp};

pub fn routes() -> Vec<Route> {
    vec![post("/desk/me/second", Who::Staff, begin), post("/desk/me/second-off", Who::Staff, end)]
}

/// What the page shows while a person sets up the second factor: the secret in base 32, and sealed for the form.
pub struct Fresh {
    pub secret: String,
    pub sealed: String,
}

pub fn fresh(desk: &Desk) -> Fresh {
    let secret = Secret::generate().to_base32();
    let sealed = seal(&desk.app, &desk.me.id, &secret);
    Fresh { secret, sealed }
}

fn seal(app: &App, staff: &str, secret: &str) -> String {
    let sealed = app.sealer.seal(&format!("totp:{staff}"), secret.as_bytes());
    format!("{}.{}", sealed.key, sealed.text)
}

fn unseal(app: &App, staff: &str, sealed: &str) -> Result<Totp, Error> {
    let (key, text) = sealed.split_once('.').ok_or_else(|| Error::fault("a second factor that cannot be read"))?;
    let sealed = Sealed { key: key.into(), text: text.into() };
    let secret = app.sealer.open_sealed(&format!("totp:{staff}"), &sealed)?;
    let secret = String::from_utf8(secret).map_err(|e| Error::Fault(e.into()))?;
    let secret = Secret::try_from_base32(secret).map_err(|_| Error::fault("a second factor that is no base 32"))?;
    Builder::new().with_secret(secret).build().map_err(|_| Error::fault("a second factor that is too short"))
}

/// The step of a right code that was not used before; `None` for a wrong one.
pub fn check(app: &App, row: &staff::Model, code: &str, now: Instant) -> Result<Option<i64>, Error> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = unseal(app, &row.id, &row.totp)?.check(&code, u64::try_from(now.0 / 1000).unwrap_or(0));
    Ok(step.and_then(|s| i64::try_from(s).ok()).filter(|s| *s > row.totp_step))
}

/// Notes the step that was used.
pub async fn used(act: &Act, staff: &str, step: i64) -> Result<(), Error> {
    staff::Entity::update_many()
        .col_expr(staff::Column::TotpStep, Expr::value(step))
        .filter(staff::Column::Id.eq(staff))
        .filter(staff::Column::TotpStep.lt(step))
        .exec(act)
        .await
        .map_err(Error::from)
        .and_then(|done| if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) })
}

async fn set(act: &mut Act, row: &staff::Model, sealed: &str, step: i64) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    staff::Entity::update_many()
        .col_expr(staff::Column::Totp, Expr::value(sealed))
        .col_expr(staff::Column::TotpStep, Expr::value(step))
        .filter(staff::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.journal(if sealed.is_empty() { "second-factor-off" } else { "second-factor-on" }, &format!("staff:{}", row.id));
    Ok(())
}

/// The first right code proves that the authenticator has the secret; only then does it count.
async fn begin(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (row, _) = super::store::me(desk.read(), &desk.me.id).await?.ok_or(Error::NotFound)?;
    let sealed = form.get("sealed").to_owned();
    let trial = staff::Model { totp: sealed.clone(), totp_step: 0, ..row.clone() };
    let Some(step) = check(&desk.app, &trial, form.get("code"), desk.now)? else {
        return show_me(&desk, vec![wrong()]).await;
    };
    let work = async move |act: &mut Act| set(act, &row, &sealed, step).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/me?said=second-on"))
}

async fn end(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (row, _) = super::store::me(desk.read(), &desk.me.id).await?.ok_or(Error::NotFound)?;
    if check(&desk.app, &row, form.get("code"), desk.now)?.is_none() {
        return show_me(&desk, vec![wrong()]).await;
    }
    let work = async move |act: &mut Act| set(act, &row, "", 0).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/me?said=second-off"))
}

pub fn wrong() -> Refusal {
    Refusal::new("second-factor", "动态码不对，或者已经用过。请等验证器显示下一个再填。").at("code")
}

/// An administrator takes the second factor off an account whose owner lost the authenticator.
pub async fn take_off(desk: &Desk, row: staff::Model) -> Result<(), Error> {
    let work = async move |act: &mut Act| set(act, &row, "", 0).await;
    desk.app.store.act(Actor::Staff(desk.me.id.clone()), desk.now, work).await.map(::store::Done::into_inner)
}
