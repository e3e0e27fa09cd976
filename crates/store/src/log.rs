//! Positions in the public log. Acts write statements without one, so that no act waits for another; an integrator
//! gives positions later, under a lease, and swaps the head (size and root) in the same transaction by compare-and-set.
//! What it then hashes and signs is its own affair: here only what must never be given twice.

use crate::table::{log, statement};
use crate::{Act, Actor, Error, Store};
use kernel::{Hash, Instant};
use ledger::Head;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set, Statement,
    Value,
};

/// The key of the one row.
const ROW: &str = "ledger";
/// How long an integrator goes on without asking again, in milliseconds. A killed one is missed for as long.
const LEASE_MS: i64 = 5_000;
/// Positions given by one statement of SQL.
const TOGETHER: usize = 256;

/// Positions taken back in one act.
const TAKEN_BACK: i64 = 20_000;

const JOB: Actor = Actor::Job("integrate");

/// Leave to give positions: the row as it is, with the term that it was taken for.
#[derive(Clone, Debug)]
pub struct Lease {
    pub row: log::Model,
    /// Do not begin another batch from here on.
    pub until: Instant,
}

impl log::Model {
    /// Size and root.
    ///
    /// # Errors
    /// A fault where the row was written by somebody else.
    pub fn head(&self) -> Result<Head, Error> {
        let root = Hash::parse(&self.root).ok_or_else(|| Error::fault("the ledger's row has no root"))?;
        Ok(Head { size: u64::try_from(self.size).map_err(|e| Error::Fault(e.into()))?, root })
    }
}

impl Store {
    /// The log's row; `None` before the first start.
    pub async fn log(&self) -> Result<Option<log::Model>, Error> {
        Ok(log::Entity::find_by_id(ROW).one(self.read()).await?)
    }

    /// Starts a log of this name without statements. `Conflict` where there is one already.
    pub async fn start_log(&self, origin: &str, keys: &str, doubt: &str, now: Instant) -> Result<(), Error> {
        let (origin, keys, doubt, head) = (origin.to_owned(), keys.to_owned(), doubt.to_owned(), Head::empty());
        self.act(Actor::Clock, now, async move |act| {
            let row = log::ActiveModel {
                id: Set(ROW.into()),
                origin: Set(origin.clone()),
                keys: Set(keys.clone()),
                size: Set(0),
                root: Set(head.root.to_string()),
                holder: Set(String::new()),
                lease_until: Set(0),
                term: Set(0),
                doubt: Set(doubt.clone()),
            };
            log::Entity::insert(row).exec_without_returning(act).await?;
            act.journal_with("ledger-start", ROW, serde_json::json!({ "origin": origin, "doubt": doubt }));
            Ok(())
        })
        .await
        .map(crate::Done::into_inner)
    }

    /// Takes or renews the lease. `None` while another integrator has it.
    pub async fn hold_log(&self, holder: &str, now: Instant) -> Result<Option<Lease>, Error> {
        let holder = holder.to_owned();
        self.ask(JOB, now, true, async move |act| {
            let row = log::Entity::find_by_id(ROW).one(act).await?.ok_or(Error::NotFound)?;
            // A lease that ends later than any can was taken by a clock that was wrong.
            let held = row.lease_until > now.0 && row.lease_until <= now.0 + LEASE_MS;
            if held && row.holder != holder {
                return Ok(None);
            }
            let term = if row.holder == holder { row.term } else { row.term + 1 };
            let until = now.plus_ms(LEASE_MS);
            let taken = log::Entity::update_many()
                .col_expr(log::Column::Holder, Expr::value(holder.clone()))
                .col_expr(log::Column::LeaseUntil, Expr::value(until.0))
                .col_expr(log::Column::Term, Expr::value(term))
                .filter(log::Column::Id.eq(ROW))
                .filter(log::Column::Term.eq(row.term))
                .filter(log::Column::LeaseUntil.eq(row.lease_until))
                .exec(act)
                .await?;
            let row = log::Model { holder: holder.clone(), lease_until: until.0, term, ..row };
            Ok((taken.rows_affected == 1).then_some(Lease { row, until }))
        })
        .await
    }

    /// Statements without a position, in the order in which they are to get one: by id, which begins with the moment.
    pub async fn waiting(&self, most: u64) -> Result<Vec<statement::Model>, Error> {
        let find = statement::Entity::find().filter(statement::Column::Position.is_null());
        Ok(find.order_by_asc(statement::Column::Id).limit(most).all(self.read()).await?)
    }

    /// The statements with positions from `begin` to before `end`, in order.
    ///
    /// # Errors
    /// A fault where one is missing.
    pub async fn placed(&self, begin: u64, end: u64) -> Result<Vec<statement::Model>, Error> {
        let (from, to) = (signed(begin)?, signed(end)?);
        let find = statement::Entity::find().filter(statement::Column::Position.gte(from));
        let find = find.filter(statement::Column::Position.lt(to)).order_by_asc(statement::Column::Position);
        let rows = find.all(self.read()).await?;
        let whole = rows.len() as i64 == to - from && rows.iter().zip(from..).all(|(r, n)| r.position == Some(n));
        if whole { Ok(rows) } else { Err(Error::fault(format!("statements {begin} to {end} are not all there"))) }
    }

    /// Gives these statements the positions after the old head and swaps in the new one; all, or nothing.
    ///
    /// # Errors
    /// `Conflict` where the lease was taken over, the head is another, a doubt has come up, or a statement has a
    /// position already.
    pub async fn place(&self, lease: &Lease, new: Head, ids: Vec<String>, now: Instant) -> Result<(), Error> {
        let old = lease.row.clone();
        self.ask(JOB, now, true, async move |act| {
            swap(act, &old, &new).await?;
            let mut first = old.size;
            for some in ids.chunks(TOGETHER) {
                give(act, some, first).await?;
                first += some.len() as i64;
            }
            if first == signed(new.size)? { Ok(()) } else { Err(Error::fault("the head does not fit the statements")) }
        })
        .await
    }

    /// Notes why nothing may be signed, or that all is well again (an empty word). Whoever gives positions is stopped.
    pub async fn doubt_log(&self, doubt: &str, actor: Actor, now: Instant) -> Result<(), Error> {
        let doubt = doubt.to_owned();
        self.act(actor, now, async move |act| {
            let noted = log::Entity::update_many()
                .col_expr(log::Column::Doubt, Expr::value(doubt.clone()))
                .filter(log::Column::Id.eq(ROW))
                .exec(act)
                .await?;
            act.journal_with("ledger-doubt", ROW, serde_json::json!({ "doubt": doubt }));
            if noted.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
        .map(crate::Done::into_inner)
    }

    /// Writes statements again that a public copy of the log has and the database has lost. They wait for a position.
    /// Returns their ids, in this order.
    pub async fn recover(&self, texts: Vec<String>, now: Instant) -> Result<Vec<String>, Error> {
        self.act(Actor::Clock, now, async move |act| {
            let mut ids = vec![];
            for some in texts.chunks(TOGETHER) {
                let row = |text: &String| statement::ActiveModel {
                    id: Set(act.id()),
                    at: Set(now.0),
                    about: Set("recovered".into()),
                    bytes: Set(text.clone()),
                    position: Set(None),
                };
                let rows: Vec<statement::ActiveModel> = some.iter().map(row).collect();
                ids.extend(rows.iter().filter_map(|row| row.id.clone().take()));
                statement::Entity::insert_many(rows).exec_without_returning(act).await?;
            }
            act.journal_with("ledger-recover", ROW, serde_json::json!({ "statements": ids.len() }));
            Ok(ids)
        })
        .await
        .map(crate::Done::into_inner)
    }

    /// Takes positions back, the last ones first, a part at a time: for a log that must begin again. Returns how many
    /// are left.
    pub async fn take_back(&self, now: Instant) -> Result<u64, Error> {
        self.ask(JOB, now, true, async move |act| {
            let last = statement::Entity::find().filter(statement::Column::Position.is_not_null());
            let Some(last) = last.order_by_desc(statement::Column::Position).one(act).await? else { return Ok(0) };
            let from = last.position.unwrap_or(0).saturating_sub(TAKEN_BACK) + 1;
            let none = Expr::value(None::<i64>);
            let part = statement::Entity::update_many().col_expr(statement::Column::Position, none);
            part.filter(statement::Column::Position.gte(from)).exec(act).await?;
            u64::try_from(from.max(0)).map_err(|e| Error::Fault(e.into()))
        })
        .await
    }

    /// Begins another log in the place of the one before, with its first statement. No statement may have a position.
    pub async fn follow_log(
        &self,
        origin: &str,
        keys: &str,
        first: ledger::Statement,
        now: Instant,
    ) -> Result<(), Error> {
        let (origin, keys, text) = (origin.to_owned(), keys.to_owned(), first.to_text());
        let root = ledger::leaf_hash(text.as_bytes()).to_string();
        self.act(Actor::Clock, now, async move |act| {
            let row = statement::ActiveModel {
                id: Set(act.id()),
                at: Set(now.0),
                about: Set(ROW.into()),
                bytes: Set(text.clone()),
                position: Set(Some(0)),
            };
            statement::Entity::insert(row).exec_without_returning(act).await?;
            let set = log::Entity::update_many()
                .col_expr(log::Column::Origin, Expr::value(origin.clone()))
                .col_expr(log::Column::Keys, Expr::value(keys.clone()))
                .col_expr(log::Column::Size, Expr::value(1_i64))
                .col_expr(log::Column::Root, Expr::value(root.clone()))
                .col_expr(log::Column::Doubt, Expr::value(""))
                .filter(log::Column::Id.eq(ROW))
                .exec(act)
                .await?;
            act.journal_with("ledger-begin-again", ROW, serde_json::json!({ "origin": origin }));
            if set.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
        .map(crate::Done::into_inner)
    }

    /// Other keys sign from now on.
    pub async fn rekey_log(&self, keys: &str, now: Instant) -> Result<(), Error> {
        let keys = keys.to_owned();
        self.act(Actor::Clock, now, async move |act| {
            let set = log::Entity::update_many().col_expr(log::Column::Keys, Expr::value(keys.clone()));
            let set = set.filter(log::Column::Id.eq(ROW)).exec(act).await?;
            act.journal("ledger-keys", ROW);
            if set.rows_affected == 1 { Ok(()) } else { Err(Error::NotFound) }
        })
        .await
        .map(crate::Done::into_inner)
    }

    /// How many statements there are.
    pub async fn statements(&self) -> Result<u64, Error> {
        Ok(statement::Entity::find().count(self.read()).await?)
    }
}

fn signed(n: u64) -> Result<i64, Error> {
    i64::try_from(n).map_err(|e| Error::Fault(e.into()))
}

async fn swap(act: &Act, old: &log::Model, new: &Head) -> Result<(), Error> {
    let swapped = log::Entity::update_many()
        .col_expr(log::Column::Size, Expr::value(signed(new.size)?))
        .col_expr(log::Column::Root, Expr::value(new.root.to_string()))
        .filter(log::Column::Id.eq(ROW))
        .filter(log::Column::Term.eq(old.term))
        .filter(log::Column::Size.eq(old.size))
        .filter(log::Column::Root.eq(&old.root))
        .filter(log::Column::Doubt.eq(&old.doubt))
        .exec(act)
        .await?;
    if swapped.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Both databases name the columns of a list of values so. The sign before the second `position` keeps SQLite from
/// going through all that waits for each of these: it is to look each up by its id.
fn given(n: usize) -> String {
    let marks: Vec<String> = (0..n).map(|i| format!("(${}, ${})", 2 * i + 1, 2 * i + 2)).collect();
    format!(
        "UPDATE statement SET position = v.column2 FROM (VALUES {}) AS v \
         WHERE statement.id = v.column1 AND +statement.position IS NULL",
        marks.join(", ")
    )
}

async fn give(act: &Act, ids: &[String], first: i64) -> Result<(), Error> {
    let values = ids.iter().zip(first..).flat_map(|(id, n)| [Value::from(id.as_str()), Value::from(n)]);
    let sql = Statement::from_sql_and_values(act.get_database_backend(), given(ids.len()), values);
    let done = act.execute_raw(sql).await?;
    if done.rows_affected() == ids.len() as u64 { Ok(()) } else { Err(Error::Conflict) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_waits_is_looked_up_and_not_gone_through() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = format!("sqlite:{}", folder.path().join("a.db").display());
        crate::migrate(&file, &[crate::SCHEMA, crate::LEDGER]).await.expect("migrates");
        let store = Store::open(&file).await.expect("opens");
        let values = (0..TOGETHER as i64).flat_map(|n| [Value::from(n.to_string()), Value::from(n)]);
        let sql = format!("EXPLAIN QUERY PLAN {}", given(TOGETHER));
        let plan = Statement::from_sql_and_values(store.read().get_database_backend(), sql, values);
        let rows = store.read().query_all_raw(plan).await.expect("explains");
        let lines: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").expect("a line")).collect();
        let by_id = |line: &String| line.starts_with("SEARCH statement") && line.ends_with("(id=?)");
        assert!(lines.iter().any(by_id), "{lines:#?}");
        assert!(!lines.iter().any(|line| line.contains("SCAN statement")), "{lines:#?}");
    }
}
