//! store: one request, one act, one transaction.
//!
//! Three doors and no other. [`Store::act`] is the only way to write; [`Public`] is all that an anonymous reader is
//! given; [`Read`] is for staff pages and jobs. Slices know neither pools nor transactions, and never branch on the
//! engine: that happens here, once.

mod act;
mod backup;
mod blob;
mod connect;
mod error;
mod job;
mod line;
mod log;
mod migrate;
mod public;
mod read;
mod seal;
mod sqlite;
mod table;
#[cfg(test)]
mod tests;
mod thread;

pub use act::{Act, Actor, Root};
pub use backup::{Manifest, backup, restore};
pub use blob::{BlobRef, Blobs, write_durably};
pub use error::Error;
pub use job::Job;
pub use line::{Cell, Cells, Line};
pub use log::Lease;
pub use migrate::{LEDGER, Migration, SCHEMA, migrate};
pub use public::{Find, Public, PublicEntity, named_public};
pub use read::Read;
pub use seal::{Sealed, Sealer};
pub use table::{blob as blob_row, counter, epoch, job as job_row, journal, log as log_row, statement};

use kernel::Instant;
use sea_orm::EntityTrait;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use tokio::sync::{mpsc, oneshot};

/// What an act returns after COMMIT. Only [`Store::act`] can make one: a handler that answers with it cannot have
/// forgotten to commit.
#[derive(Debug)]
#[must_use]
pub struct Done<T>(T);

impl<T> Done<T> {
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// The database, opened. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    acts: mpsc::Sender<Box<dyn thread::Errand>>,
    readers: Read,
    epoch: Arc<AtomicI64>,
}

impl Store {
    /// Opens what `migrate` has prepared: `sqlite:PATH` or `postgres://…`.
    pub async fn open(url: &str) -> Result<Store, Error> {
        let epoch = Arc::new(AtomicI64::new(1));
        let acts = thread::start(url.to_owned(), epoch.clone()).await?;
        let readers = Read(connect::Readers::open(url).await?);
        let sum: i64 = epoch::Entity::find().all(&readers).await?.iter().map(|row| row.n).sum();
        epoch.fetch_add(sum, std::sync::atomic::Ordering::SeqCst);
        Ok(Store { acts, readers, epoch })
    }

    pub fn public(&self) -> Public {
        Public::new(self.readers.0.clone(), self.epoch.clone())
    }

    /// How often the public floor has changed. Read it *before* the rows.
    pub fn epoch(&self) -> i64 {
        self.epoch.load(std::sync::atomic::Ordering::SeqCst)
    }

    pub fn read(&self) -> &Read {
        &self.readers
    }

    /// Load, decide, save, done. `work` may run more than once, so it is an `AsyncFn`: the compiler refuses one that
    /// changes what it captured. If the caller goes away while it waits or runs, nothing of it stays; once `work` has
    /// said Ok it commits, whoever still listens.
    ///
    /// An answer of any kind waits for the COMMIT: a refusal may rest on what an earlier act of the group wrote.
    pub async fn act<T, F>(&self, actor: Actor, now: Instant, work: F) -> Result<Done<T>, Error>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Act) -> Result<T, Error> + Send + 'static,
    {
        self.ask(actor, now, false, work).await.map(Done)
    }

    async fn ask<T, F>(&self, actor: Actor, now: Instant, quiet: bool, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: AsyncFn(&mut Act) -> Result<T, Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let asked = thread::Asked { actor, now, quiet, work, value: None, reply };
        self.acts.send(Box::new(asked)).await.map_err(|_| Error::fault("the act thread is gone"))?;
        answer.await.map_err(|_| Error::fault("the commit failed, and with it every act of its group"))?
    }

    /// After words were written over: their bytes go from the files of the database too. SQLite zeroes what it gives
    /// up, and its log is emptied here. Old pages and the log of PostgreSQL are its administrator's to dispose of.
    /// Errors: somebody reads too long; try again.
    pub fn scrub(&self) -> Result<(), Error> {
        Ok(self.readers.0.scrub()?)
    }

    /// The act thread has died (a bug in the store itself): the program should end and be started again.
    pub fn is_dead(&self) -> bool {
        self.acts.is_closed()
    }
}
