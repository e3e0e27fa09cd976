//! Opening either database. With `migrate`, `backup` and `thread` the only place that knows which one it is.

use crate::line::Cells;
use crate::sqlite::{Lane, Lanes};
use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement, TransactionTrait,
};
use std::sync::Arc;

/// Transactions open at once on PostgreSQL.
pub(crate) const SIDE_BY_SIDE: usize = 16;

pub(crate) fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

/// These connections cannot write, on either database.
#[derive(Clone)]
pub(crate) enum Readers {
    Sqlite(Arc<Lanes>),
    Postgres(DatabaseConnection),
}

impl Readers {
    pub async fn open(url: &str) -> Result<Readers, DbErr> {
        if is_sqlite(url) {
            return Ok(Readers::Sqlite(Arc::new(Lanes::open(url)?)));
        }
        Ok(Readers::Postgres(postgres(url, true).await?))
    }

    pub fn backend(&self) -> DbBackend {
        match self {
            Readers::Sqlite(_) => DbBackend::Sqlite,
            Readers::Postgres(_) => DbBackend::Postgres,
        }
    }

    /// The rows of a statement; `short` if it reads a few by an index.
    pub async fn query(&self, stmt: Statement, most: usize, short: bool) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Readers::Sqlite(lanes) if short => lanes.here(|lane| lane.query(&stmt, most)),
            Readers::Sqlite(lanes) => lanes.aside(|lane| lane.query(&stmt, most)),
            Readers::Postgres(db) if most == 1 => Ok(db.query_one_raw(stmt).await?.into_iter().collect()),
            Readers::Postgres(db) => db.query_all_raw(stmt).await,
        }
    }
}

impl Readers {
    /// See [`crate::Store::scrub`].
    pub fn scrub(&self) -> Result<(), DbErr> {
        match self {
            Readers::Sqlite(lanes) => lanes.aside(|_| lanes.empty_log()),
            Readers::Postgres(_) => Ok(()),
        }
    }

    /// What is made of each row of a statement, column by column; `short` as above.
    pub async fn lines<T>(
        &self,
        stmt: Statement,
        short: bool,
        of: impl Fn(&mut Cells) -> Result<T, DbErr>,
    ) -> Result<Vec<T>, DbErr> {
        match self {
            Readers::Sqlite(lanes) if short => lanes.here(|lane| lane.lines(&stmt, of)),
            Readers::Sqlite(lanes) => lanes.aside(|lane| lane.lines(&stmt, of)),
            Readers::Postgres(db) => {
                let rows = db.query_all_raw(stmt).await?;
                rows.iter().map(|row| of(&mut Cells::postgres(row))).collect()
            }
        }
    }
}

/// A transaction. Only this crate begins one.
#[derive(Clone)]
pub(crate) enum Tx {
    Sqlite(Arc<Lane>),
    Postgres(Arc<DatabaseTransaction>),
}

impl Tx {
    /// On a connection of its own, gone when it ends. One that `reads` is a snapshot.
    pub async fn begin(url: &str, reads: bool) -> Result<Tx, DbErr> {
        if is_sqlite(url) {
            let lane = Lane::open(url, reads)?;
            lane.run(if reads { "BEGIN" } else { "BEGIN IMMEDIATE" })?;
            return Ok(Tx::Sqlite(Arc::new(lane)));
        }
        Ok(Tx::Postgres(Arc::new(postgres(url, reads).await?.begin().await?)))
    }

    pub async fn commit(self) -> Result<(), DbErr> {
        match self {
            Tx::Sqlite(lane) => lane.run("COMMIT"),
            Tx::Postgres(tx) => alone(tx)?.commit().await,
        }
    }

    pub async fn rollback(self) -> Result<(), DbErr> {
        match self {
            Tx::Sqlite(lane) => lane.run("ROLLBACK"),
            Tx::Postgres(tx) => alone(tx)?.rollback().await,
        }
    }
}

/// A dropped transaction of sqlx only queues its end and hides how that went; so it is taken back and ended.
fn alone(tx: Arc<DatabaseTransaction>) -> Result<DatabaseTransaction, DbErr> {
    Arc::into_inner(tx).ok_or_else(|| DbErr::Custom("an act outlived its turn".into()))
}

#[async_trait]
impl ConnectionTrait for Tx {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Tx::Sqlite(_) => DbBackend::Sqlite,
            Tx::Postgres(_) => DbBackend::Postgres,
        }
    }
    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Tx::Sqlite(lane) => lane.execute(&stmt),
            Tx::Postgres(tx) => tx.execute_raw(stmt).await,
        }
    }
    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Tx::Sqlite(lane) => lane.run(sql).map(|()| sea_orm::ProxyExecResult::default().into()),
            Tx::Postgres(tx) => tx.execute_unprepared(sql).await,
        }
    }
    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Tx::Sqlite(lane) => Ok(lane.query(&stmt, 1)?.pop()),
            Tx::Postgres(tx) => tx.query_one_raw(stmt).await,
        }
    }
    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Tx::Sqlite(lane) => lane.query(&stmt, usize::MAX),
            Tx::Postgres(tx) => tx.query_all_raw(stmt).await,
        }
    }
}

pub(crate) async fn postgres(url: &str, reads: bool) -> Result<DatabaseConnection, DbErr> {
    let mut o = ConnectOptions::new(url);
    o.max_connections(SIDE_BY_SIDE as u32).sqlx_logging(false).test_before_acquire(false);
    // Set once per connection: as part of BEGIN it would cost every act a round trip.
    o.map_sqlx_postgres_opts(move |o| {
        o.options([
            ("default_transaction_isolation", "repeatable read"),
            ("default_transaction_read_only", if reads { "on" } else { "off" }),
            ("idle_in_transaction_session_timeout", "10s"),
            ("statement_timeout", "10s"),
        ])
    });
    Database::connect(o).await
}
