//! The ways out of a doubt, each a person's decision; and the log's next keys. The service stands still meanwhile.
//!
//! What a checkpoint from outside is worth, nobody here can know: whoever gives one says that no newer was ever signed.

use super::folder::Folder;
use super::integrator::{Round, cleared, integrate, keys_of, off, show, tree_at};
use super::keys::{self, Keys, Secrets};
use super::model::{Published, Stop};
use crate::App;
use kernel::Refusal;
use ledger::{Checkpoint, Head, Note, Statement, Tree};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;
use store::{Actor, Error, Lease, log_row};

/// Statements that are brought back in one act.
const PART: usize = 2_000;
/// Longer than a lease lasts.
const TRIES: u32 = 12;
const HELD: &str = "服务还在运行。请先停下，再试一次。";
const WAIT: Duration = Duration::from_millis(500);

/// What stands here, before anything is decided.
struct Ground {
    row: log_row::Model,
    keys: Keys,
    folder: Folder,
    head: Head,
    tree: Tree,
}

fn refuse<T>(code: &'static str, says: impl Into<String>) -> Result<T, Error> {
    Err(Refusal::new(code, says).into())
}

async fn row_of(app: &App) -> Result<log_row::Model, Error> {
    match app.store.log().await? {
        Some(row) => Ok(row),
        None => refuse("no-ledger", "还没有登记簿。运行 mingtang serve，会自动建立。"),
    }
}

async fn ground(app: &App) -> Result<Ground, Error> {
    let row = row_of(app).await?;
    let Some(keys) = keys_of(app, &row)? else {
        return refuse("no-key", format!("{}{}", Stop::NoKey.says(), Stop::NoKey.advice()));
    };
    let (folder, head) = (app.log.folder(&row.origin), row.head()?);
    let Some(tree) = tree_at(app, &folder, None, &head).await? else {
        return refuse("damaged", format!("{}{}", Stop::Damaged.says(), Stop::Damaged.advice()));
    };
    Ok(Ground { row, keys, folder, head, tree })
}

/// A note from outside and the one that was kept here; the larger decides. Either may be missing.
fn newest(app: &App, keys: &Keys, given: &Note) -> Result<(Note, Checkpoint), Error> {
    let Ok(checkpoint) = keys.open(given) else {
        return refuse("not-signed", "这不是本登记簿的签发记录，或者签名不对。");
    };
    let kept = app.log.place.last()?.and_then(|note| keys.open(&note).ok().map(|kept| (note, kept)));
    match kept.filter(|(_, kept)| kept.head().size > checkpoint.head().size) {
        Some(kept) => Ok(kept),
        None => Ok((given.clone(), checkpoint)),
    }
}

/// Goes on from a checkpoint that is not ahead of the tree. Returns the tree's size.
pub async fn by_checkpoint(app: &App, given: &Note) -> Result<u64, Error> {
    let on = ground(app).await?;
    let (note, last) = newest(app, &on.keys, given)?;
    if last.head().size > on.head.size {
        let says = format!(
            "已经签发到第 {} 条，数据库里只有 {} 条。请用 --tiles 指明公开的登记簿副本，补回缺的条目。",
            last.head().size,
            on.head.size
        );
        return refuse("behind", says);
    }
    settle(app, &on, note, &last, on.head).await?;
    Ok(on.head.size)
}

/// Keeps the note and lifts the doubt, if the head extends what was signed.
async fn settle(app: &App, on: &Ground, note: Note, last: &Checkpoint, head: Head) -> Result<(), Error> {
    let next = Checkpoint::new(&on.row.origin, head).map_err(|e| Error::Fault(e.into()))?;
    if let Err(stop) = cleared(&on.folder, last, next).await? {
        return refuse("not-following", format!("{}{}", stop.says(), stop.advice()));
    }
    show(app, &on.keys, on.folder.clone(), Published { note, checkpoint: last.clone() }).await?;
    app.store.doubt_log("", Actor::Clock, app.clock.now()).await?;
    app.log.note_stop(None);
    Ok(())
}

/// How many statements the database has: those behind them are asked of a copy.
pub async fn size(app: &App) -> Result<u64, Error> {
    Ok(row_of(app).await?.head()?.size)
}

/// Brings back what a public copy of the log has behind our own statements. `entries` are those from our size to the
/// checkpoint's. Returns how many there were.
pub async fn by_entries(app: &App, given: &Note, entries: &[String]) -> Result<usize, Error> {
    let on = ground(app).await?;
    let (note, last) = newest(app, &on.keys, given)?;
    let growth = on.tree.grow(entries).map_err(|e| Error::Fault(e.into()))?;
    let head = growth.tree.head();
    if last.head().size > head.size {
        let says = format!("已经签发到第 {} 条，这份副本只到第 {} 条，不全。", last.head().size, head.size);
        return refuse("copy-behind", says);
    }
    if head != *last.head() {
        return refuse("copy-differs", "副本里的条目与签发的汇总值对不上，没有补回。请换一份副本。");
    }
    bring_back(app, &on, entries).await?;
    let (files, to) = (growth.files, on.folder.clone());
    off(move || Ok(to.write(&files)?)).await?;
    settle(app, &on, note, &last, head).await?;
    Ok(entries.len())
}

/// A statement may be in the database and only its position lost.
async fn bring_back(app: &App, on: &Ground, entries: &[String]) -> Result<(), Error> {
    let mut known: HashMap<String, VecDeque<String>> = HashMap::new();
    for row in app.store.waiting(u64::from(u32::MAX)).await? {
        known.entry(row.bytes).or_default().push_back(row.id);
    }
    let mut tree = on.tree.clone();
    for part in entries.chunks(PART) {
        let found = part.iter().map(|text| known.get_mut(text).and_then(VecDeque::pop_front));
        let mut ids: Vec<Option<String>> = found.collect();
        let lost = part.iter().zip(&ids).filter(|(_, id)| id.is_none()).map(|(text, _)| text.clone()).collect();
        let mut recovered = app.store.recover(lost, app.clock.now()).await?.into_iter();
        ids.iter_mut().filter(|id| id.is_none()).for_each(|id| *id = recovered.next());
        let lease = lease(app).await?;
        tree = tree.grow(part).map_err(|e| Error::Fault(e.into()))?.tree;
        app.store.place(&lease, tree.head(), ids.into_iter().flatten().collect(), app.clock.now()).await?;
    }
    Ok(())
}

/// The lease of a service that was stopped a moment ago is waited for.
async fn lease(app: &App) -> Result<Lease, Error> {
    for _ in 0..TRIES {
        if let Some(lease) = app.store.hold_log("resume", app.clock.now()).await? {
            return Ok(lease);
        }
        tokio::time::sleep(WAIT).await;
    }
    refuse("held", HELD)
}

/// Begins another log, whose first statement names the last known head of this one; everything is logged again behind
/// it. Returns the new log's name.
pub async fn new_log(app: &App) -> Result<String, Error> {
    let row = row_of(app).await?;
    let origin = keys::next_origin(&row.origin);
    let (old, place, now) = (last_known(app, &row)?, &app.log.place, app.clock.now());
    app.store.doubt_log(Stop::Restored.word(), Actor::Clock, now).await?;
    let secrets = match place.secrets()? {
        Some(secrets) if secrets.origin == origin => secrets,
        before => {
            let mut secrets = Secrets::random(&origin, app.log.sm2());
            secrets.retire(row.keys.lines());
            if let Some(before) = &before {
                secrets.retire(before.retired().iter().map(String::as_str));
                place.set_aside(before)?;
            }
            place.keep(&secrets)?;
            secrets
        }
    };
    while app.store.take_back(now).await? > 0 {}
    let keys = secrets.keys()?;
    let empty = Checkpoint::new(&origin, Head::empty()).map_err(|e| Error::Fault(e.into()))?;
    let clearance = ledger::clear(None, empty, &[]).map_err(|e| Error::Fault(e.into()))?;
    place.keep_last(&keys.sign(clearance)?)?;
    let first = Statement::Follow { origin: row.origin, head: old };
    app.store.follow_log(&origin, &keys.lines(), first, now).await?;
    app.log.forget();
    Ok(origin)
}

/// The newest head of this log that was signed and is known here; else the database's own.
fn last_known(app: &App, row: &log_row::Model) -> Result<Head, Error> {
    let keys: Vec<_> = row.keys.lines().filter_map(|line| ledger::VerifierKey::parse(line).ok()).collect();
    let notes = [app.log.place.last()?, app.log.folder(&row.origin).checkpoint()];
    let signed = notes.iter().flatten().filter_map(|note| Checkpoint::open(note, &row.origin, &keys).ok());
    let newest = signed.map(|checkpoint| *checkpoint.head()).max_by_key(|head| head.size);
    newest.map_or_else(|| row.head(), Ok)
}

/// Integrates until nothing waits.
async fn drain(app: &App) -> Result<(), Error> {
    let mut tries = 0;
    loop {
        match integrate(app).await? {
            Round::Idle => return Ok(()),
            Round::Done(_) => {}
            Round::Held if tries == TRIES => return refuse("held", HELD),
            Round::Held => {
                tries += 1;
                tokio::time::sleep(WAIT).await;
            }
            Round::Stopped(stop) => return refuse("stopped", format!("{}{}", stop.says(), stop.advice())),
        }
    }
}

/// New keys for the same log: announced in it under the keys of before, then taken into use. Returns the new vkeys.
pub async fn rotate(app: &App) -> Result<String, Error> {
    let on = ground(app).await?;
    let Some(before) = app.log.place.secrets()? else { return refuse("no-key", Stop::NoKey.says()) };
    let next = before.rotated(app.log.sm2())?;
    let lines = next.keys()?.lines();
    let announced = Statement::Keys(lines.lines().map(str::to_owned).collect());
    let work = async move |act: &mut store::Act| {
        act.state("ledger", &announced);
        act.journal("ledger-keys", "ledger");
        Ok(())
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    drain(app).await?;
    let Some(published) = app.log.published() else { return Err(Error::fault("nothing was signed")) };
    app.log.place.keep(&next)?;
    app.store.rekey_log(&lines, app.clock.now()).await?;
    // The same head once more, so that what is shown can be checked by the key that is shown.
    let (keys, next) = (next.keys()?, published.checkpoint.clone());
    let clearance = ledger::clear(Some(&next), next.clone(), &[]).map_err(|e| Error::Fault(e.into()))?;
    let note = keys.sign(clearance)?;
    show(app, &keys, on.folder, Published { note, checkpoint: next }).await?;
    Ok(lines)
}
