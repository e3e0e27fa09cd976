//! Opening either database. The only place, with `migrate` and `backup`, that knows which one it is.

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};
use std::time::Duration;

/// Transactions open at once on PostgreSQL.
pub(crate) const SIDE_BY_SIDE: usize = 16;
const SQLITE_READERS: u32 = 4;

pub(crate) fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

pub(crate) async fn writer(url: &str) -> Result<DatabaseConnection, DbErr> {
    if is_sqlite(url) { sqlite(url, 1, false).await } else { postgres(url, SIDE_BY_SIDE as u32, false).await }
}

/// These connections cannot write, on either database.
pub(crate) async fn readers(url: &str) -> Result<DatabaseConnection, DbErr> {
    if is_sqlite(url) {
        sqlite(url, SQLITE_READERS, true).await
    } else {
        postgres(url, SIDE_BY_SIDE as u32, true).await
    }
}

async fn sqlite(url: &str, connections: u32, reads: bool) -> Result<DatabaseConnection, DbErr> {
    let mut o = ConnectOptions::new(url);
    o.min_connections(1).max_connections(connections).sqlx_logging(false).test_before_acquire(false);
    o.map_sqlx_sqlite_opts(move |o| {
        use sqlx::sqlite::{SqliteJournalMode::Wal, SqliteSynchronous::Full};
        let o = o
            .create_if_missing(true)
            .journal_mode(Wal)
            .synchronous(Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            // In KiB and for each connection; beyond it the system's own cache serves.
            .pragma("cache_size", if reads { "-4096" } else { "-16384" })
            .pragma("temp_store", "memory");
        if reads { o.pragma("query_only", "on") } else { o }
    });
    Database::connect(o).await
}

async fn postgres(url: &str, connections: u32, reads: bool) -> Result<DatabaseConnection, DbErr> {
    let mut o = ConnectOptions::new(url);
    o.max_connections(connections).sqlx_logging(false).test_before_acquire(false);
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
