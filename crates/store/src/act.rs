//! One act: a transaction with a moment, a person, and everything that must be true together.

use crate::connect::Tx;
use crate::error::asks_again;
use crate::table::{counter, job, journal, statement};
use crate::{Error, Job};
use kernel::Instant;
use sea_orm::prelude::async_trait::async_trait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, DbErr, EntityTrait, ExecResult, ModelTrait, QueryFilter, QueryResult,
    QuerySelect, Set, Statement,
};
use std::sync::atomic::Ordering::{Relaxed, SeqCst};
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::time::Duration;

/// An act holds the writer, so it may not dawdle: no network, no rendering, no sleep inside.
const TURN: Duration = Duration::from_secs(5);

/// In whose name an act is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff, by id.
    Staff(String),
    /// Anyone. May only append a submission.
    Visitor,
    /// Who holds the tracking code of a submission, by the submission's id. May only touch that submission.
    Holder(String),
    /// A job, by name.
    Job(&'static str),
    /// The passing of time, and the installation itself (first start, import).
    Clock,
}

impl Actor {
    /// As the journal writes it: `staff:…`, `visitor`, `holder:…`, `job:…`, `clock`.
    pub fn label(&self) -> String {
        match self {
            Actor::Staff(id) => format!("staff:{id}"),
            Actor::Visitor => "visitor".into(),
            Actor::Holder(id) => format!("holder:{id}"),
            Actor::Job(name) => format!("job:{name}"),
            Actor::Clock => "clock".into(),
        }
    }

    /// A member of the public writes submissions, and the fact that one came, and nothing else.
    fn may_write(&self, sql: &str) -> bool {
        match self {
            Actor::Visitor => {
                sql.starts_with("INSERT INTO \"submission") || sql.starts_with("INSERT INTO \"public_submission\"")
            }
            Actor::Holder(_) => sql.starts_with("INSERT INTO \"submission") || sql.starts_with("UPDATE \"submission"),
            _ => true,
        }
    }
}

/// A row that people edit against each other. `version` is the one they saw.
pub trait Root: ModelTrait {
    const ID: <Self::Entity as EntityTrait>::Column;
    const VERSION: <Self::Entity as EntityTrait>::Column;
    fn id(&self) -> &str;
    fn version(&self) -> i64;
}

/// It is a `ConnectionTrait`, so slices use SeaORM on it directly; it cannot begin, commit or speak raw SQL scripts.
/// Once a statement has failed the act is broken and can only end undone. PostgreSQL works that way anyhow; SQLite
/// would go on, and after a full disk (which ends the whole transaction) would write the rest without one.
pub struct Act {
    pub now: Instant,
    pub actor: Actor,
    tx: Tx,
    journal: Vec<journal::ActiveModel>,
    statements: Vec<statement::ActiveModel>,
    jobs: Vec<job::ActiveModel>,
    /// The store's own housekeeping (taking a lease) leaves no line.
    quiet: bool,
    /// The closure has ended; what follows are the store's own lines.
    closing: AtomicBool,
    broken: AtomicBool,
    /// The database asked to run it again (serialisation failure, deadlock).
    again: AtomicBool,
    /// It wrote a `public_*` table. Seen in the SQL itself, so nobody can forget to say so.
    public: AtomicBool,
}

impl Act {
    pub(crate) fn new(tx: Tx, actor: Actor, now: Instant, quiet: bool) -> Act {
        Act {
            now,
            actor,
            tx,
            quiet,
            journal: vec![],
            statements: vec![],
            jobs: vec![],
            closing: false.into(),
            broken: false.into(),
            again: false.into(),
            public: false.into(),
        }
    }

    pub(crate) fn asks_again(&self) -> bool {
        self.again.load(SeqCst)
    }

    pub(crate) fn is_public(&self) -> bool {
        self.public.load(SeqCst)
    }

    /// A new id. Sorts by the act's own moment; what follows is random. Reads no clock, so a run again is a run anew.
    pub fn id(&self) -> String {
        new_id(self.now)
    }

    /// What was done, to which thing (`record:…`). Never personal data.
    pub fn journal(&mut self, what: &str, about: &str) {
        self.journal_with(what, about, serde_json::Value::Null);
    }

    /// With facts: enumerated outcomes, hashes, numbers. Never words of a person.
    pub fn journal_with(&mut self, what: &str, about: &str, facts: serde_json::Value) {
        self.journal.push(journal::ActiveModel {
            id: Set(self.id()),
            at: Set(self.now.0),
            actor: Set(self.actor.label()),
            what: Set(what.into()),
            about: Set(about.into()),
            facts: Set(if facts.is_null() { String::new() } else { facts.to_string() }),
        });
    }

    /// A statement for the ledger, in the bytes that `ledger::Statement` fixes. Its position comes later.
    pub fn state(&mut self, about: &str, statement: &ledger::Statement) {
        self.statements.push(statement::ActiveModel {
            id: Set(self.id()),
            at: Set(self.now.0),
            about: Set(about.into()),
            bytes: Set(statement.to_text()),
            position: Set(None),
        });
    }

    /// Work that must follow, not before `due`; committed with this act or not at all.
    pub fn queue(&mut self, name: &str, arg: &str, due: Instant) {
        self.jobs.push(job::ActiveModel {
            id: Set(self.id()),
            name: Set(name.into()),
            arg: Set(arg.into()),
            due: Set(due.0),
            tries: Set(0),
            lease_until: Set(0),
            dead_at: Set(None),
            error: Set(String::new()),
        });
    }

    /// The job is done by this very act: if the act is undone, the job is still there.
    /// A job taken over by another worker after its lease ran out is a `Conflict`.
    pub async fn finish(&self, job: &Job) -> Result<(), Error> {
        let done = job::Entity::delete_many()
            .filter(job::Column::Id.eq(&job.id))
            .filter(job::Column::LeaseUntil.eq(job.lease_until))
            .exec(self)
            .await?;
        if done.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Takes the row for this act, if it still is what the person saw.
    pub async fn bump<M: Root>(&self, row: &M, seen: i64) -> Result<(), Error> {
        if row.version() != seen {
            return Err(Error::Conflict);
        }
        let taken = M::Entity::update_many()
            .col_expr(M::VERSION, Expr::value(seen + 1))
            .filter(M::ID.eq(row.id()))
            .filter(M::VERSION.eq(seen))
            .exec(self)
            .await?;
        if taken.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
    }

    /// Leans on a rule that must not change before we commit, without changing it: any number may lean at once.
    /// `FOR SHARE` on PostgreSQL; SQLite has one writer and sea-query leaves the words out.
    pub async fn lean<M: Root>(&self, row: &M) -> Result<(), Error> {
        let same = M::Entity::find()
            .filter(M::ID.eq(row.id()))
            .filter(M::VERSION.eq(row.version()))
            .lock_shared()
            .one(self)
            .await?;
        same.map(drop).ok_or(Error::Conflict)
    }

    /// The next number of a register, from 1, without a gap: an act that is undone gives its number back.
    pub async fn number(&self, register: &str) -> Result<i64, Error> {
        let more = Expr::col((counter::Entity, counter::Column::N)).add(1);
        let upsert = OnConflict::column(counter::Column::Name).value(counter::Column::N, more).to_owned();
        let row = counter::ActiveModel { name: Set(register.into()), n: Set(1) };
        counter::Entity::insert(row).on_conflict(upsert).exec_without_returning(self).await?;
        let row = counter::Entity::find_by_id(register).one(self).await?;
        row.map(|r| r.n).ok_or_else(|| Error::fault("a counter row vanished"))
    }

    /// The closure, then the lines it left, within the time an act may take.
    pub(crate) async fn run<T>(&mut self, work: &impl AsyncFn(&mut Act) -> Result<T, Error>) -> Result<T, Error> {
        let all = async {
            let value = work(self).await?;
            if self.broken.load(SeqCst) {
                return Err(Error::fault("a statement failed and the act went on"));
            }
            if self.journal.is_empty() && !self.quiet {
                return Err(Error::fault("an act left no line in the journal"));
            }
            self.closing.store(true, SeqCst);
            self.write_lines().await?;
            Ok(value)
        };
        tokio::time::timeout(TURN, all).await.unwrap_or_else(|_| Err(Error::fault("an act took too long")))
    }

    /// Three multi-row inserts at most: fewer statements per act is what makes acts fast.
    async fn write_lines(&mut self) -> Result<(), Error> {
        let (lines, statements, jobs) =
            (std::mem::take(&mut self.journal), std::mem::take(&mut self.statements), std::mem::take(&mut self.jobs));
        if !lines.is_empty() {
            journal::Entity::insert_many(lines).exec_without_returning(self).await?;
        }
        if !statements.is_empty() {
            statement::Entity::insert_many(statements).exec_without_returning(self).await?;
        }
        if !jobs.is_empty() {
            job::Entity::insert_many(jobs).exec_without_returning(self).await?;
        }
        Ok(())
    }

    /// Between two statements the act thread looks around: whether the caller is still there, whether time is up.
    async fn tx(&self) -> Result<&Tx, DbErr> {
        if self.broken.load(SeqCst) {
            return Err(DbErr::Custom("an act whose statement failed is over".into()));
        }
        tokio::task::yield_now().await;
        Ok(&self.tx)
    }

    fn watch(&self, sql: &str) -> Result<(), DbErr> {
        if sql.starts_with("SELECT") {
            return Ok(());
        }
        if !self.closing.load(SeqCst) && !self.actor.may_write(sql) {
            self.broken.store(true, SeqCst);
            return Err(DbErr::Custom(format!("{} may not write here", self.actor.label())));
        }
        if sql.contains("\"public_") {
            self.public.store(true, SeqCst);
        }
        Ok(())
    }

    fn heed<T>(&self, got: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(e) = &got {
            self.broken.store(true, SeqCst);
            if asks_again(e) {
                self.again.store(true, SeqCst);
            }
        }
        got
    }
}

#[async_trait]
impl ConnectionTrait for Act {
    fn get_database_backend(&self) -> DbBackend {
        self.tx.get_database_backend()
    }
    async fn execute_raw(&self, stmt: Statement) -> Result<ExecResult, DbErr> {
        self.watch(&stmt.sql)?;
        self.heed(self.tx().await?.execute_raw(stmt).await)
    }
    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.watch(&stmt.sql)?;
        self.heed(self.tx().await?.query_one_raw(stmt).await)
    }
    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.watch(&stmt.sql)?;
        self.heed(self.tx().await?.query_all_raw(stmt).await)
    }
    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("an act speaks in statements, never in scripts: COMMIT is not its to say".into()))
    }
}

/// A UUIDv7 of the given moment, as text. Of one process and moment, what is made later sorts later (RFC 9562, 6.2).
pub(crate) fn new_id(now: Instant) -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let random = *uuid::Uuid::new_v4().as_bytes();
    let mut random: [u8; 10] = random[..10].try_into().expect("ten of sixteen bytes");
    // The first nibble and the two bits after 16 give way to version and variant: the count stands between them.
    let [_, high, mid, low] = MADE.fetch_add(1, Relaxed).to_be_bytes();
    random[0] = high >> 4;
    random[1] = (high << 4) | (mid >> 4);
    random[2] = ((mid & 0x0f) << 2) | (low >> 6);
    random[3] = (low << 2) | (random[3] & 0x03);
    uuid::Builder::from_unix_timestamp_millis(u64::try_from(now.0).unwrap_or(0), &random).into_uuid().to_string()
}
