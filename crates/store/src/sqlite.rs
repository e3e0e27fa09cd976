//! SQLite, called where we stand. Handing each statement to a second thread and back costs more than SQLite's own
//! work (`docs/decisions/0008-sqlite-in-place.md`), so there is none: the act thread writes, and a reader reads,
//! itself. Columns are TEXT or BIGINT, so two kinds of value are all there is.

use crate::line::Cells;
use rusqlite::config::DbConfig;
use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags, Row};
use sea_orm::{DbErr, ExecResult, ProxyExecResult, ProxyRow, QueryResult, RuntimeErr, Statement, Value};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;
use tokio::runtime::{Handle, RuntimeFlavor};

/// How long a statement waits for another process (a backup, `mingtang user`) to finish writing.
const PATIENCE: Duration = Duration::from_secs(5);
/// Statements kept prepared on each connection.
const PREPARED: usize = 128;
/// Readers kept open. Beyond them one is opened for the moment.
const IDLE: usize = 4;
/// What the message of a broken uniqueness begins with.
const TAKEN: &str = "taken: ";

/// One connection.
#[derive(Debug)]
pub(crate) struct Lane(Mutex<Connection>);

impl Lane {
    /// `url` is `sqlite:PATH`, percent-encoded. A lane that `reads` cannot write.
    pub fn open(url: &str, reads: bool) -> Result<Lane, DbErr> {
        let file = format!("file:{}", url.trim_start_matches("sqlite:"));
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = || {
            let db = Connection::open_with_flags(file, flags)?;
            db.busy_timeout(PATIENCE)?;
            db.set_prepared_statement_cache_capacity(PREPARED);
            // Otherwise a prepared statement is planned anew for each value that is bound to it.
            db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            // FULL: what is acknowledged survives a power cut. The cache is in KiB and for each connection; beyond it
            // the system's own serves, which a reader maps instead of copying.
            db.execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA temp_store = MEMORY;",
            )?;
            db.execute_batch(if reads {
                "PRAGMA cache_size = -4096; PRAGMA mmap_size = 1073741824; PRAGMA query_only = ON;"
            } else {
                // What is deleted or written over is zeros in the file, for the day on which a secret has to go.
                "PRAGMA cache_size = -16384; PRAGMA secure_delete = ON;"
            })?;
            Ok(db)
        };
        open().map(|db| Lane(Mutex::new(db))).map_err(|e: rusqlite::Error| DbErr::Conn(told(&e)))
    }

    fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, DbErr> {
        let db = self.0.lock().map_err(|_| DbErr::Custom("a statement panicked on this connection".into()))?;
        work(&db).map_err(|e| DbErr::Query(told(&e)))
    }

    /// Words without values: transaction control, schemas.
    pub fn run(&self, sql: &str) -> Result<(), DbErr> {
        self.with(|db| db.execute_batch(sql))
    }

    pub fn execute(&self, stmt: &Statement) -> Result<ExecResult, DbErr> {
        let rows_affected = self.with(|db| bound(db, stmt)?.raw_execute())? as u64;
        Ok(ProxyExecResult { last_insert_id: 0, rows_affected }.into())
    }

    /// The rows, `most` at most.
    pub fn query(&self, stmt: &Statement, most: usize) -> Result<Vec<QueryResult>, DbErr> {
        self.with(|db| {
            let mut prepared = bound(db, stmt)?;
            let names: Vec<String> = prepared.column_names().map(str::to_owned).collect();
            let (mut rows, mut all) = (prepared.raw_query(), vec![]);
            while all.len() < most
                && let Some(row) = rows.next()?
            {
                all.push(read(row, &names)?.into());
            }
            Ok(all)
        })
    }
}

impl Lane {
    /// What is made of each row, column by column.
    pub fn lines<T>(&self, stmt: &Statement, of: impl Fn(&mut Cells) -> Result<T, DbErr>) -> Result<Vec<T>, DbErr> {
        let read = |db: &Connection| {
            let mut prepared = bound(db, stmt)?;
            let (mut rows, mut all) = (prepared.raw_query(), vec![]);
            while let Some(row) = rows.next()? {
                all.push(of(&mut Cells::sqlite(row)));
            }
            Ok(all)
        };
        self.with(read)?.into_iter().collect()
    }
}

fn bound<'a>(db: &'a Connection, stmt: &Statement) -> rusqlite::Result<CachedStatement<'a>> {
    let mut prepared = db.prepare_cached(&stmt.sql)?;
    for (i, value) in stmt.values.iter().flat_map(|v| &v.0).enumerate() {
        prepared.raw_bind_parameter(i + 1, plain(value)?)?;
    }
    Ok(prepared)
}

fn plain(value: &Value) -> rusqlite::Result<ToSqlOutput<'_>> {
    let number = |n: Option<i64>| n.map_or(ValueRef::Null, ValueRef::Integer);
    Ok(ToSqlOutput::Borrowed(match value {
        Value::String(text) => text.as_ref().map_or(ValueRef::Null, |t| ValueRef::Text(t.as_bytes())),
        Value::BigInt(n) => number(*n),
        Value::Int(n) => number(n.map(i64::from)),
        Value::BigUnsigned(n) => number(n.and_then(|n| i64::try_from(n).ok())),
        Value::Bool(b) => number(b.map(i64::from)),
        other => {
            let why = format!("a column is TEXT or BIGINT, not {other:?}");
            return Err(rusqlite::Error::ToSqlConversionFailure(why.into()));
        }
    }))
}

fn read(row: &Row, names: &[String]) -> rusqlite::Result<ProxyRow> {
    let mut values = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        let value = match row.get_ref(i)? {
            ValueRef::Integer(n) => Value::BigInt(Some(n)),
            ValueRef::Null => Value::String(None),
            other => Value::String(Some(other.as_str()?.to_owned())),
        };
        values.insert(name.clone(), value);
    }
    Ok(ProxyRow { values })
}

fn told(e: &rusqlite::Error) -> RuntimeErr {
    let code = e.sqlite_error().map(|e| e.extended_code);
    let taken = matches!(code, Some(SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY));
    RuntimeErr::Internal(format!("{}{e}", if taken { TAKEN } else { "" }))
}

/// Whether a statement failed because somebody else had that key or name already.
pub(crate) fn is_taken(e: &DbErr) -> bool {
    matches!(e, DbErr::Query(RuntimeErr::Internal(why)) if why.starts_with(TAKEN))
}

/// Lanes for reading, as many as read at once.
pub(crate) struct Lanes {
    url: String,
    idle: Mutex<Vec<Lane>>,
}

impl Lanes {
    pub fn open(url: &str) -> Result<Lanes, DbErr> {
        Ok(Lanes { url: url.to_owned(), idle: Mutex::new(vec![Lane::open(url, true)?]) })
    }

    /// Where we stand: for what reads a few rows by an index. A page that waits costs more than such a query.
    pub fn here<T>(&self, work: impl FnOnce(&Lane) -> Result<T, DbErr>) -> Result<T, DbErr> {
        let idle = || self.idle.lock().expect("no panic under this lock");
        let kept = idle().pop();
        let lane = kept.map_or_else(|| Lane::open(&self.url, true), Ok)?;
        let outcome = work(&lane);
        let mut idle = idle();
        if idle.len() < IDLE {
            idle.push(lane);
        }
        outcome
    }

    /// Brings the log into the file and empties it.
    pub fn empty_log(&self) -> Result<(), DbErr> {
        let lane = Lane::open(&self.url, false)?;
        let ask = Statement::from_string(sea_orm::DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
        let busy = lane.query(&ask, 1)?.first().map(|row| row.try_get::<i64>("", "busy")).transpose()?;
        if busy == Some(0) { Ok(()) } else { Err(DbErr::Custom("somebody still reads the old log".into())) }
    }

    /// Beside the others: for what may take long. The runtime gives our place to another thread meanwhile.
    pub fn aside<T>(&self, work: impl FnOnce(&Lane) -> Result<T, DbErr>) -> Result<T, DbErr> {
        match Handle::try_current().map(|h| h.runtime_flavor()) {
            Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(|| self.here(work)),
            _ => self.here(work),
        }
    }
}
