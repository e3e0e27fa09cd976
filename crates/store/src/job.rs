//! Jobs: rows written by the act that causes them, taken under a lease, safe to run twice.

use crate::table::job;
use crate::{Actor, Error, Store};
use kernel::Instant;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// How long a worker may hold a job before another takes it over, in milliseconds.
const LEASE_MS: i64 = 60_000;
/// The first wait after a failure; it doubles each time.
const BACK_OFF_MS: i64 = 10_000;
/// Tries before a job is a dead letter: the last wait is a good ten minutes.
const TRIES: i64 = 8;

/// A job under lease. [`Act::finish`](crate::Act::finish) ends it in the act that does its work.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: String,
    pub name: String,
    pub arg: String,
    pub(crate) lease_until: i64,
    tries: i64,
}

impl Store {
    /// Takes the job that has been due longest, if there is one. Two workers never hold the same job.
    pub async fn lease(&self, now: Instant) -> Result<Option<Job>, Error> {
        let due = job::Entity::find()
            .filter(job::Column::Due.lte(now.0))
            .filter(job::Column::LeaseUntil.lte(now.0))
            .filter(job::Column::DeadAt.is_null())
            .order_by_asc(job::Column::Due)
            .order_by_asc(job::Column::Id)
            .limit(1)
            .one(self.read())
            .await?;
        let Some(found) = due else { return Ok(None) };
        let lease_until = now.0 + LEASE_MS;
        let taken = {
            let found = found.clone();
            self.ask(Actor::Job("lease"), now, true, async move |act| {
                let taken = job::Entity::update_many()
                    .col_expr(job::Column::LeaseUntil, Expr::value(lease_until))
                    .col_expr(job::Column::Tries, Expr::value(found.tries + 1))
                    .filter(job::Column::Id.eq(&found.id))
                    .filter(job::Column::LeaseUntil.eq(found.lease_until))
                    .filter(job::Column::Tries.eq(found.tries))
                    .exec(act)
                    .await?;
                Ok(taken.rows_affected == 1)
            })
            .await?
        };
        let job = Job { id: found.id, name: found.name, arg: found.arg, lease_until, tries: found.tries + 1 };
        Ok(taken.then_some(job))
    }

    /// Puts a failed job back, to be tried later and later; after the last try it is a dead letter, for `doctor`.
    /// `error` is kept for the administrator: never personal data.
    pub async fn put_back(&self, failed: &Job, error: &str, now: Instant) -> Result<(), Error> {
        let (failed, error) = (failed.clone(), error.to_owned());
        self.ask(Actor::Job("put-back"), now, true, async move |act| {
            let dead = (failed.tries >= TRIES).then_some(now.0);
            let wait = BACK_OFF_MS << failed.tries.clamp(1, TRIES);
            job::Entity::update_many()
                .col_expr(job::Column::Due, Expr::value(now.0 + wait))
                .col_expr(job::Column::LeaseUntil, Expr::value(0_i64))
                .col_expr(job::Column::DeadAt, Expr::value(dead))
                .col_expr(job::Column::Error, Expr::value(error.clone()))
                .filter(job::Column::Id.eq(&failed.id))
                .filter(job::Column::LeaseUntil.eq(failed.lease_until))
                .exec(act)
                .await?;
            Ok(())
        })
        .await
    }

    /// Dead letters, oldest first.
    pub async fn dead_jobs(&self) -> Result<Vec<job::Model>, Error> {
        let dead = job::Entity::find().filter(job::Column::DeadAt.is_not_null()).order_by_asc(job::Column::Due);
        Ok(dead.all(self.read()).await?)
    }
}
