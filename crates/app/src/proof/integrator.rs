//! The integrator: statements get positions, the tree grows, its files are written, and only then is a head signed.
//!
//! A round may die anywhere. What was placed is in the database; files are derived from it and made again; the last
//! signed note is kept with the keys before anybody sees it, and nothing is signed that does not extend it.

use super::folder::Folder;
use super::keys::{self, Keys, Place, Secrets};
use super::model::{Published, Stop};
use crate::App;
use ledger::{Checkpoint, Clearance, Head, Plan, Tree, clear};
use std::path::PathBuf;
use std::sync::{Arc, RwLock};
use store::{Actor, Error, Lease, log_row, statement};
use tokio::sync::Mutex;

/// Statements that get positions together: as many as a second brings, so that one head is signed for all.
const BATCH: u64 = 4096;

/// The public log of this installation, as this process knows it.
pub struct Log {
    pub place: Place,
    ledger: PathBuf,
    sm2: bool,
    /// Who we are to other integrators.
    holder: String,
    /// One round at a time; the tree of the last one.
    round: Mutex<Option<Tree>>,
    known: RwLock<Known>,
}

#[derive(Clone, Default)]
struct Known {
    published: Option<Arc<Published>>,
    stop: Option<Stop>,
}

/// What a round came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Round {
    /// Nothing waited.
    Idle,
    /// So many statements got positions, or a head was signed that had been missing.
    Done(usize),
    /// Another integrator is at it.
    Held,
    Stopped(Stop),
}

impl Log {
    pub fn new(keys: PathBuf, ledger: PathBuf, sm2: bool) -> Log {
        let holder = uuid::Uuid::new_v4().to_string();
        Log { place: Place(keys), ledger, sm2, holder, round: Mutex::default(), known: RwLock::default() }
    }

    /// The newest checkpoint that the world can see.
    pub fn published(&self) -> Option<Arc<Published>> {
        self.known.read().expect("no panic under this lock").published.clone()
    }

    /// Why nothing is signed.
    pub fn stop(&self) -> Option<Stop> {
        self.known.read().expect("no panic under this lock").stop
    }

    /// The files of the log of this name.
    pub fn folder(&self, origin: &str) -> Folder {
        Folder(self.ledger.join(keys::part(origin).trim_end_matches('/')))
    }

    /// The folder of all logs, as it is served under `/ledger/`.
    pub fn files(&self) -> &PathBuf {
        &self.ledger
    }

    pub fn sm2(&self) -> bool {
        self.sm2
    }

    fn show(&self, published: Published) {
        self.known.write().expect("no panic under this lock").published = Some(Arc::new(published));
    }

    /// After another log has taken this one's place.
    pub(super) fn forget(&self) {
        *self.known.write().expect("no panic under this lock") = Known::default();
    }

    pub(super) fn note_stop(&self, stop: Option<Stop>) {
        self.known.write().expect("no panic under this lock").stop = stop;
    }
}

/// One round. Safe beside any number of others, in this process or elsewhere.
pub async fn integrate(app: &App) -> Result<Round, Error> {
    let mut tree = app.log.round.lock().await;
    let row = match app.store.log().await? {
        Some(row) => row,
        None => start(app).await?,
    };
    if let Some(stop) = Stop::parse(&row.doubt) {
        app.log.note_stop(Some(stop));
        return Ok(Round::Stopped(stop));
    }
    let Some(keys) = keys_of(app, &row)? else { return Ok(stopped(app, Stop::NoKey)) };
    if keys.lines() != row.keys {
        app.store.rekey_log(&keys.lines(), app.clock.now()).await?;
    }
    if app.log.published().is_none() {
        remember(app, &row, &keys).await?;
    }
    let waiting = app.store.waiting(BATCH).await?;
    let is_shown = app.log.published().is_some_and(|p| row.head().is_ok_and(|head| head == *p.checkpoint.head()));
    app.log.note_stop(None);
    if waiting.is_empty() && is_shown {
        return Ok(Round::Idle);
    }
    let Some(lease) = app.store.hold_log(&app.log.holder, app.clock.now()).await? else { return Ok(Round::Held) };
    match advance(app, &keys, &mut tree, &lease, waiting).await {
        // Another integrator was faster.
        Err(Error::Conflict) => Ok(Round::Held),
        Err(e) => Err(e),
        Ok(Ok(done)) => Ok(Round::Done(done)),
        Ok(Err(stop)) => {
            app.store.doubt_log(stop.word(), Actor::Job("integrate"), app.clock.now()).await?;
            tracing::error!(stop = stop.word(), "the ledger signs nothing any more");
            Ok(stopped(app, stop))
        }
    }
}

fn stopped(app: &App, stop: Stop) -> Round {
    app.log.note_stop(Some(stop));
    Round::Stopped(stop)
}

/// The very first round: keys are made, and the empty tree is signed before anything has a position. So a log that has
/// a row has always signed, and a missing last note is never mistaken for a beginning.
async fn start(app: &App) -> Result<log_row::Model, Error> {
    let log = &app.log;
    let secrets = match log.place.secrets()? {
        Some(secrets) => secrets,
        None => {
            let secrets = Secrets::random(&keys::origin(&app.base_url), log.sm2);
            log.place.keep(&secrets)?;
            secrets
        }
    };
    let keys = secrets.keys()?;
    let empty = Checkpoint::new(&secrets.origin, Head::empty()).map_err(|e| Error::Fault(e.into()))?;
    let last = log.place.last()?.map(|note| keys.open(&note)).transpose();
    let stop = match last.map(|last| clear(last.as_ref(), empty, &[])) {
        Ok(Ok(clearance)) => {
            log.place.keep_last(&keys.sign(clearance)?)?;
            None
        }
        Ok(Err(doubt)) => Some(Stop::from(&doubt)),
        Err(_) => Some(Stop::OtherLog),
    };
    let doubt = stop.map_or("", Stop::word);
    match app.store.start_log(&secrets.origin, &keys.lines(), doubt, app.clock.now()).await {
        // Another node was faster; what it wrote counts.
        Ok(()) | Err(Error::Conflict) => app.store.log().await?.ok_or_else(|| Error::fault("the ledger has no row")),
        Err(e) => Err(e),
    }
}

/// Our keys, if they are the log's, or come after the log's: new ones are only kept once they have been announced.
pub fn keys_of(app: &App, row: &log_row::Model) -> Result<Option<Keys>, Error> {
    let keys = app.log.place.secrets()?.filter(|s| s.origin == row.origin).map(|s| s.keys()).transpose()?;
    let knows = |keys: &Keys, line: &str| keys.verifiers.iter().any(|key| key.to_string() == line);
    Ok(keys.filter(|keys| row.keys.lines().all(|line| knows(keys, line))))
}

/// What the world sees already, for a program that does not integrate.
pub async fn look(app: &App) -> Result<(), Error> {
    let Some(row) = app.store.log().await? else { return Ok(()) };
    match keys_of(app, &row)? {
        Some(keys) => remember(app, &row, &keys).await,
        None => Ok(()),
    }
}

/// After a start: what the world sees already.
async fn remember(app: &App, row: &log_row::Model, keys: &Keys) -> Result<(), Error> {
    let folder = app.log.folder(&row.origin);
    let note = off(move || Ok(folder.checkpoint())).await?;
    if let Some((note, Ok(checkpoint))) = note.map(|note| (note.clone(), keys.open(&note))) {
        app.log.show(Published { note, checkpoint });
    }
    Ok(())
}

/// Gives positions, grows, writes, signs, in this order. What was placed on a tree that must not be signed could not be
/// taken back, so the last signed note is asked first.
async fn advance(
    app: &App,
    keys: &Keys,
    held: &mut Option<Tree>,
    lease: &Lease,
    waiting: Vec<statement::Model>,
) -> Result<Result<usize, Stop>, Error> {
    let Some(last) = app.log.place.last()? else { return Ok(Err(Stop::NoCheckpoint)) };
    let Ok(signed) = keys.open(&last) else { return Ok(Err(Stop::OtherLog)) };
    let (folder, old) = (app.log.folder(&lease.row.origin), lease.row.head()?);
    if signed.head().size > old.size {
        return Ok(Err(Stop::Behind));
    }
    let Some(tree) = tree_at(app, &folder, held.take(), &old).await? else { return Ok(Err(Stop::Damaged)) };
    let checkpoint = |head| Checkpoint::new(&lease.row.origin, head).map_err(|e| Error::Fault(e.into()));
    if let Err(stop) = cleared(&folder, &signed, checkpoint(old)?).await? {
        return Ok(Err(stop));
    }
    let bytes: Vec<&str> = waiting.iter().map(|s| s.bytes.as_str()).collect();
    let growth = tree.grow(&bytes).map_err(|e| Error::Fault(e.into()))?;
    let next = checkpoint(growth.tree.head())?;
    if !waiting.is_empty() {
        let ids = waiting.iter().map(|s| s.id.clone()).collect();
        app.store.place(lease, *next.head(), ids, app.clock.now()).await?;
    }
    let (files, to) = (growth.files, folder.clone());
    off(move || Ok(to.write(&files)?)).await?;
    *held = Some(growth.tree);
    let note = match cleared(&folder, &signed, next.clone()).await? {
        Err(stop) => return Ok(Err(stop)),
        Ok(_) if signed == next => last,
        Ok(clearance) => keys.sign(clearance)?,
    };
    show(app, keys, folder, Published { note, checkpoint: next }).await?;
    Ok(Ok(waiting.len()))
}

/// Leave to sign a head whose files are safe, if it extends the last that was signed.
pub async fn cleared(folder: &Folder, last: &Checkpoint, next: Checkpoint) -> Result<Result<Clearance, Stop>, Error> {
    let (read, old, new) = (folder.clone(), last.head().size, next.head().size);
    let prove = move || {
        let Ok(plan) = Plan::consistency(old, new) else { return Ok(vec![]) };
        plan.hashes(|tile| read.subtree(tile)).map_err(|e| Error::Fault(e.into()))
    };
    let proof = off(prove).await?;
    Ok(clear(Some(last), next, &proof).map_err(|doubt| {
        tracing::error!("{doubt}");
        Stop::from(&doubt)
    }))
}

/// The note is kept where no backup reaches before anybody sees it.
pub async fn show(app: &App, keys: &Keys, folder: Folder, published: Published) -> Result<(), Error> {
    let (place, note, lines) = (app.log.place.clone(), published.note.clone(), keys.lines());
    off(move || {
        place.keep_last(&note)?;
        Ok(folder.publish(&note, &lines)?)
    })
    .await?;
    app.log.show(published);
    Ok(())
}

/// The tree of this head: as we hold it, as the files have it, or grown again from the statements. `None` where these
/// do not lead to the head.
pub async fn tree_at(app: &App, folder: &Folder, held: Option<Tree>, head: &Head) -> Result<Option<Tree>, Error> {
    if let Some(tree) = held.filter(|tree| tree.head() == *head) {
        return Ok(Some(tree));
    }
    let (read, wanted) = (folder.clone(), *head);
    let opened = off(move || Ok(Tree::open(&wanted, |tile| read.read(tile)).ok())).await?;
    if opened.is_some() {
        return Ok(opened);
    }
    let shown = app.log.published().map(|p| *p.checkpoint.head()).filter(|shown| shown.size < head.size);
    if let Some(shown) = shown {
        let read = folder.clone();
        if let Some(tree) = off(move || Ok(Tree::open(&shown, |tile| read.read(tile)).ok())).await?
            && let Some(tree) = regrow(app, folder, tree, head).await?
        {
            return Ok(Some(tree));
        }
    }
    regrow(app, folder, Tree::new(), head).await
}

/// Grows a tree again to a head, from the statements in the database. Nothing is written before they have led there: a
/// file that is right must not be overwritten by what somebody did to the database.
async fn regrow(app: &App, folder: &Folder, from: Tree, head: &Head) -> Result<Option<Tree>, Error> {
    for writes in [false, true] {
        let mut tree = from.clone();
        while tree.size() < head.size {
            let end = head.size.min(tree.size() + BATCH);
            let Ok(rows) = app.store.placed(tree.size(), end).await else { return Ok(None) };
            let bytes: Vec<&str> = rows.iter().map(|s| s.bytes.as_str()).collect();
            let growth = tree.grow(&bytes).map_err(|e| Error::Fault(e.into()))?;
            tree = growth.tree;
            if writes {
                let (files, to) = (growth.files, folder.clone());
                off(move || Ok(to.write(&files)?)).await?;
            }
        }
        if tree.head() != *head {
            return Ok(None);
        }
        if writes {
            return Ok(Some(tree));
        }
    }
    Ok(None)
}

/// Files are read and written beside the pages that are being rendered.
pub async fn off<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(e.into()))?
}
