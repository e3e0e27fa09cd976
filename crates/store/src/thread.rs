//! The act thread: it owns the writing connections and all transaction control.
//!
//! A closure given to `Store::act` is carried here and run here. So a client that hangs up cannot drop a COMMIT, a page
//! being rendered cannot delay a statement, and the future inside need not be `Send`, which stable Rust cannot promise
//! for an async closure anyhow. On SQLite acts run one after another, each in a savepoint, together in one COMMIT. On
//! PostgreSQL each is a transaction of its own beside others, run again when the database asks for it.

use crate::act::{Act, Actor};
use crate::connect::{self, SIDE_BY_SIDE, Tx};
use crate::error::{Error, asks_again};
use crate::sqlite::Lane;
use crate::table::epoch;
use kernel::Instant;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{DatabaseConnection, DbErr, EntityTrait, Set, TransactionTrait};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};
use std::task::Poll;
use std::time::Duration;
use tokio::sync::{RwLock, Semaphore, mpsc, oneshot};

/// Acts that share one COMMIT at most. Bounds the latency of the first and the damage of a failed COMMIT.
const GROUP: usize = 64;
/// Acts that may wait for their turn; beyond it callers wait to wait, and the edge sheds load.
const QUEUE: usize = 1024;
/// How often PostgreSQL may ask for a run again before we tell the caller.
const RETRIES: usize = 3;

/// An act that waits, its types forgotten. Dropped untold, its caller hears that the group failed.
pub(crate) trait Errand: Send {
    fn wanted(&self) -> bool;
    fn run(&mut self, tx: Tx) -> Pin<Box<dyn Future<Output = Ran> + '_>>;
    fn tell(self: Box<Self>);
    fn give_up(&mut self);
}

pub(crate) struct Asked<T, F> {
    pub actor: Actor,
    pub now: Instant,
    pub quiet: bool,
    pub work: F,
    pub value: Option<Result<T, Error>>,
    pub reply: oneshot::Sender<Result<T, Error>>,
}

type Queue = mpsc::Receiver<Box<dyn Errand>>;

/// What the engine must know of a run. The value itself waits in the errand.
#[derive(Default)]
pub(crate) struct Ran {
    keep: bool,
    public: bool,
    again: bool,
}

impl<T: Send, F: AsyncFn(&mut Act) -> Result<T, Error> + Send> Errand for Asked<T, F> {
    fn wanted(&self) -> bool {
        !self.reply.is_closed()
    }

    fn run(&mut self, tx: Tx) -> Pin<Box<dyn Future<Output = Ran> + '_>> {
        Box::pin(async move {
            let mut act = Act::new(tx, self.actor.clone(), self.now, self.quiet);
            let value = {
                let mut running = pin!(act.run(&self.work));
                let mut gone = pin!(self.reply.closed());
                std::future::poll_fn(|cx| {
                    if gone.as_mut().poll(cx).is_ready() {
                        return Poll::Ready(Err(Error::fault("the caller went away")));
                    }
                    catch_unwind(AssertUnwindSafe(|| running.as_mut().poll(cx)))
                        .unwrap_or_else(|_| Poll::Ready(Err(Error::fault("an act panicked"))))
                })
                .await
            };
            let ran = Ran { keep: value.is_ok(), public: act.is_public(), again: act.asks_again() };
            self.value = Some(value);
            ran
        })
    }

    fn tell(self: Box<Self>) {
        if let Some(value) = self.value {
            let _ = self.reply.send(value);
        }
    }

    fn give_up(&mut self) {
        self.value = Some(Err(Error::Conflict));
    }
}

/// Starts the thread and waits until its database is open.
pub(crate) async fn start(url: String, epoch: Arc<AtomicI64>) -> Result<mpsc::Sender<Box<dyn Errand>>, DbErr> {
    let (acts, queue) = mpsc::channel(QUEUE);
    let (opened, ready) = oneshot::channel();
    let body = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        tokio::task::LocalSet::new().block_on(&runtime, async move {
            // Opened here, so that its sockets wake this thread and not the one that renders pages.
            match Writer::open(&url).await {
                Ok(writer) => {
                    let _ = opened.send(Ok(()));
                    match writer {
                        Writer::Sqlite(lane) => in_turn(url, lane, queue, epoch).await,
                        Writer::Postgres(db) => side_by_side(db, queue, epoch).await,
                    }
                }
                Err(e) => drop(opened.send(Err(e))),
            }
        });
    };
    std::thread::Builder::new().name("act".into()).spawn(body).map_err(|e| DbErr::Custom(e.to_string()))?;
    ready.await.map_err(|_| DbErr::Custom("the act thread died".into()))??;
    Ok(acts)
}

enum Writer {
    Sqlite(Lane),
    Postgres(DatabaseConnection),
}

impl Writer {
    async fn open(url: &str) -> Result<Writer, DbErr> {
        if connect::is_sqlite(url) {
            return Lane::open(url, false).map(Writer::Sqlite);
        }
        connect::postgres(url, false).await.map(Writer::Postgres)
    }
}

/// SQLite: acts in turn, a group to a COMMIT.
async fn in_turn(url: String, lane: Lane, mut acts: Queue, epoch: Arc<AtomicI64>) {
    let mut lane = Arc::new(lane);
    while let Some(first) = acts.recv().await {
        let Err(e) = group(&lane, first, &mut acts, &epoch).await else { continue };
        tracing::error!("a group of acts failed: {e}");
        // SQLite may have ended the transaction by itself, or not. A connection that failed once is not trusted again.
        lane = loop {
            match Lane::open(&url, false) {
                Ok(fresh) => break Arc::new(fresh),
                Err(e) => {
                    tracing::error!("cannot open the writer: {e}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        };
    }
}

/// Acts that arrived together: one transaction, one COMMIT, one fsync. Returning early drops `ran`: all have failed.
async fn group(lane: &Arc<Lane>, first: Box<dyn Errand>, acts: &mut Queue, epoch: &AtomicI64) -> Result<(), DbErr> {
    lane.run("BEGIN IMMEDIATE")?;
    let (mut ran, mut public, mut next) = (Vec::with_capacity(GROUP), false, Some(first));
    while let Some(mut act) = next {
        if act.wanted() {
            lane.run("SAVEPOINT act")?;
            let did = act.run(Tx::Sqlite(lane.clone())).await;
            // Either fails if SQLite has ended the whole transaction by itself (disk full, I/O error).
            lane.run(if did.keep { "RELEASE act" } else { "ROLLBACK TO act; RELEASE act" })?;
            public |= did.keep && did.public;
            ran.push(act);
        }
        next = if ran.len() < GROUP { acts.try_recv().ok() } else { None };
    }
    if public {
        count(&Tx::Sqlite(lane.clone()), "here".into()).await?;
    }
    lane.run("COMMIT")?;
    if public {
        epoch.fetch_add(1, SeqCst); // before the answers: whoever published sees it published
    }
    for act in ran {
        act.tell();
    }
    Ok(())
}

/// PostgreSQL: acts side by side, each its own transaction.
async fn side_by_side(db: DatabaseConnection, mut acts: Queue, epoch: Arc<AtomicI64>) {
    let (room, gate) = (Arc::new(Semaphore::new(SIDE_BY_SIDE)), Rc::new(RwLock::new(())));
    while let Some(mut act) = acts.recv().await {
        let room = room.clone().acquire_owned().await.expect("the semaphore is never closed");
        let (db, gate, epoch) = (db.clone(), gate.clone(), epoch.clone());
        tokio::task::spawn_local(async move {
            match beside(&db, &gate, &mut act, &epoch).await {
                Ok(()) => act.tell(),
                Err(e) => tracing::error!("an act failed: {e}"),
            }
            drop(room);
        });
    }
}

async fn beside(
    db: &DatabaseConnection,
    gate: &RwLock<()>,
    act: &mut Box<dyn Errand>,
    epoch: &AtomicI64,
) -> Result<(), DbErr> {
    for run in 0..=RETRIES {
        if !act.wanted() {
            return Ok(());
        }
        // First beside the others; again only alone. Retries that run beside others lose again (54 of 100, measured).
        let _beside = if run == 0 { Some(gate.read().await) } else { None };
        let _alone = if run > 0 { Some(gate.write().await) } else { None };
        let tx = Tx::Postgres(Arc::new(db.begin().await?));
        let did = act.run(tx.clone()).await;
        if !did.keep {
            tx.rollback().await?;
            if did.again {
                continue;
            }
            return Ok(());
        }
        if did.public {
            count(&tx, uuid::Uuid::new_v4().to_string()).await?;
        }
        match tx.commit().await {
            Ok(()) => {
                if did.public {
                    epoch.fetch_add(1, SeqCst);
                }
                return Ok(());
            }
            Err(e) if asks_again(&e) => {}
            Err(e) => return Err(e),
        }
    }
    act.give_up();
    Ok(())
}

/// One more change of the public floor.
async fn count(tx: &Tx, id: String) -> Result<(), DbErr> {
    let more = Expr::col((epoch::Entity, epoch::Column::N)).add(1);
    let upsert = OnConflict::column(epoch::Column::Id).value(epoch::Column::N, more).to_owned();
    let row = epoch::ActiveModel { id: Set(id), n: Set(1) };
    epoch::Entity::insert(row).on_conflict(upsert).exec_without_returning(tx).await.map(drop)
}
