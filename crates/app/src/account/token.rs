//! Bearer tokens: named, expiring, ended like a session, stored hashed. A token is its holder's desk for programs: it
//! may
//! draft, import and read; it never reviews, approves or publishes.

use super::desk::{Desk, Route, Who, post, show_token};
use super::model::{Duty, Me};
use super::rules::TOKEN_MS;
use super::store::{self, Secret, session};
use crate::App;
use crate::body::Body;
use crate::edge::Failure;
use crate::posted::Posted;
use ::store::{Act, Actor, Error};
use axum::extract::FromRequestParts;
use axum::http::{StatusCode, header, request::Parts};
use axum::response::Response;
use kernel::{Instant, Refusal};
use sea_orm::{EntityTrait, Set};

/// What a token may do.
pub const SCOPE: &str = "draft";
/// Before the secret, so that people and leak scanners recognise one.
const PREFIX: &str = "mt_";

pub fn routes() -> Vec<Route> {
    vec![post("/desk/me/token", Who::Duty(&[Duty::Draft]), make)]
}

/// Who holds the token of a request.
pub struct Bearer {
    pub me: Me,
    pub body: Body,
    pub now: Instant,
}

impl Bearer {
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.me.id.clone())
    }
}

impl FromRequestParts<App> for Bearer {
    type Rejection = Failure;
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Bearer, Failure> {
        let refused = || Failure::new(StatusCode::UNAUTHORIZED, "令牌不对、已到期或者已停用。");
        let sent = parts.headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let secret = sent.strip_prefix("Bearer ").and_then(|t| t.trim().strip_prefix(PREFIX)).ok_or_else(refused)?;
        let (read, now) = (app.store.read(), app.clock.now());
        let found = store::session(read, &Secret(secret.into()).key(), now).await?;
        let found = found.filter(|s| s.scope == SCOPE).ok_or_else(refused)?;
        let (row, me) = store::me(read, &found.staff).await?.ok_or_else(refused)?;
        let bodies = app.bodies();
        let body = bodies.iter().find(|b| b.id == row.body).cloned().ok_or_else(refused)?;
        Ok(Bearer { me, body, now })
    }
}

/// A new token; its secret is shown once.
async fn make(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (name, days) = (form.get("token").to_owned(), form.get("days").parse::<i64>().unwrap_or(0));
    let lasts = days * 24 * 3_600_000;
    let mut why = vec![];
    if name.is_empty() || name.chars().count() > 40 {
        why.push(Refusal::new("token-name", "请给令牌起个名字，最多 40 个字，写明给哪个程序用。").at("token"));
    }
    if !(1..=TOKEN_MS).contains(&lasts) {
        why.push(Refusal::new("token-days", "有效天数填 1 到 365。").at("days"));
    }
    if !why.is_empty() {
        return show_token(&desk, why, None).await;
    }
    let secret = Secret::random();
    let shown = format!("{PREFIX}{}", secret.0);
    let (key, staff) = (secret.key(), desk.me.id.clone());
    let work = async move |act: &mut Act| add(act, &key, &staff, &name, lasts).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    show_token(&desk, vec![], Some(shown)).await
}

async fn add(act: &mut Act, key: &str, staff: &str, name: &str, lasts: i64) -> Result<(), Error> {
    let row = session::ActiveModel {
        id: Set(key.into()),
        staff: Set(staff.into()),
        name: Set(name.into()),
        scope: Set(SCOPE.into()),
        started_at: Set(act.now.0),
        ends_at: Set(act.now.0 + lasts),
        proved_at: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(act).await?;
    act.journal("make-token", &format!("staff:{staff}"));
    Ok(())
}
