//! Keeping the index as new as the floor: following its changes, and building the whole anew beside the old one.
//!
//! Every node has its own index. A reader never waits for more than a handful of pages; what is more is followed in the
//! background, and until then hits that are gone are dropped where they are joined with the floor.

use super::index::{self, Live, fault};
use super::{Search, attached};
use crate::App;
use crate::floor::{public_change, public_page};
use sea_orm::{ColumnTrait, Order};
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;
use store::{Error, Public};
use tantivy::Term;

/// How far back a change may have been committed after a later one: acts last seconds at most.
const BACK: i64 = 1_000;
/// Changes that are taken together.
const STEP: u64 = 500;
/// Changes that a reader waits for, and pages that are built while one waits.
const INLINE: usize = 200;
/// How long a reader waits for another's catching up.
const PATIENCE: Duration = Duration::from_secs(2);
/// Pages read together while the whole is built.
const TOGETHER: u64 = 200;
/// In `public_page.versions`: a protective correction took a version down.
const REMOVED: &str = "\"removed\"";
/// The file that names the folder of the index in use.
const CURRENT: &str = "current";

/// The index for a reader, and whether it is as new as the floor; `None` while the first one is being built.
pub async fn current(app: &App) -> Result<Option<(Arc<Live>, bool)>, Error> {
    let search = &app.search;
    let is_new = |live: &Live| live.epoch.load(SeqCst) >= app.store.epoch();
    let held = search.live();
    if let Some(live) = held.clone().filter(|live| is_new(live)) {
        return Ok(Some((live, true)));
    }
    if held.is_none() && (search.is_building() || pages(&app.store.public()).await? > INLINE as i64) {
        let app = app.clone();
        tokio::spawn(async move { logged(build(&app).await.map(drop)) });
        return Ok(None);
    }
    let Ok(_turn) = tokio::time::timeout(PATIENCE, search.following.lock()).await else {
        return Ok(held.map(|live| (live, false)));
    };
    let Some(live) = search.live() else {
        return Ok(build(app).await?.map(|live| (live, true)));
    };
    if !is_new(&live) && !follow(app, &live, INLINE).await? {
        let app = app.clone();
        tokio::spawn(async move { logged(tend(&app).await) });
    }
    let fresh = is_new(&live);
    if live.soiled.load(SeqCst) {
        let app = app.clone();
        tokio::spawn(async move { logged(tend(&app).await) });
    }
    Ok(Some((live, fresh)))
}

fn logged(outcome: Result<(), Error>) {
    if let Err(e) = outcome {
        tracing::error!("the search index could not be brought up to date: {e}");
    }
}

/// What the program that serves does all the time: brings the index up to date, however much that is, and removes the
/// words of what was taken down from its files.
pub async fn tend(app: &App) -> Result<(), Error> {
    let Some(live) = app.search.live() else { return build(app).await.map(drop) };
    let _turn = app.search.following.lock().await;
    follow(app, &live, usize::MAX).await?;
    if live.soiled.load(SeqCst) {
        let work = move || live.expunge();
        tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(e.into()))??;
    }
    Ok(())
}

async fn pages(public: &Public) -> Result<i64, Error> {
    public.find::<public_page::Entity>().short().count().await
}

/// The last change of the floor.
async fn last_turn(public: &Public) -> Result<i64, Error> {
    let find = public.find::<public_change::Entity>().order(public_change::Column::Turn, Order::Desc);
    Ok(find.one().await?.map_or(0, |row| row.turn))
}

/// Takes over what changed since; at most `most` pages, else nothing and `false`.
async fn follow(app: &App, live: &Arc<Live>, most: usize) -> Result<bool, Error> {
    let public = app.store.public();
    loop {
        let epoch = app.store.epoch();
        let rows = public
            .find::<public_change::Entity>()
            .filter(public_change::Column::Turn.gt(live.turn.load(SeqCst) - BACK))
            .order(public_change::Column::Turn, Order::Asc)
            .limit(BACK as u64 + STEP)
            .all()
            .await?;
        let all_read = (rows.len() as u64) < BACK as u64 + STEP;
        let known = |row: &public_change::Model| {
            live.applied.lock().expect("no panic under this lock").contains(&row.stamp) || live.has(&row.stamp)
        };
        let (old, new): (Vec<_>, Vec<_>) = rows.into_iter().partition(known);
        if new.len() > most {
            return Ok(false);
        }
        let done = all_read || new.is_empty();
        let stamps: HashSet<String> = old.iter().chain(&new).map(|row| row.stamp.clone()).collect();
        if !new.is_empty() {
            take(&public, live, new).await?;
        }
        *live.applied.lock().expect("no panic under this lock") = stamps;
        if done {
            live.epoch.store(epoch, SeqCst);
            return Ok(true);
        }
    }
}

/// Puts the pages into the index as they are now, and takes out those that are gone.
async fn take(public: &Public, live: &Arc<Live>, changes: Vec<public_change::Model>) -> Result<(), Error> {
    let mut rows = vec![];
    for some in changes.chunks(TOGETHER as usize) {
        let ids = some.iter().map(|row| row.id.as_str());
        let find = public.find::<public_page::Entity>().filter(public_page::Column::Id.is_in(ids));
        rows.extend(find.limit(TOGETHER).all().await?);
    }
    let texts = attached::texts(public, &rows).await?;
    let live = live.clone();
    let work = move || {
        let turn = changes.iter().map(|row| row.turn).max().unwrap_or(0).max(live.turn.load(SeqCst));
        let writer = live.writer(index::FEW)?;
        for change in &changes {
            writer.delete_term(Term::from_field_text(live.fields.page, &change.id));
            let row = rows.iter().find(|row| row.id == change.id);
            if row.is_none_or(|row| row.versions.contains(REMOVED)) {
                live.soiled.store(true, SeqCst);
            }
            if let Some(row) = row {
                let words = texts.get(&row.id).map_or(&[][..], Vec::as_slice);
                writer.add_document(index::document(&live.fields, row, words, &change.stamp)?).map_err(fault)?;
            }
        }
        live.commit(writer, turn)
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(e.into()))?
}

/// Builds the whole beside the one in use and puts it in its place; `None` where another is at it already.
pub async fn build(app: &App) -> Result<Option<Arc<Live>>, Error> {
    let search = &app.search;
    if search.building.swap(true, SeqCst) {
        return Ok(None);
    }
    let built = built(app).await;
    search.building.store(false, SeqCst);
    built.map(Some)
}

async fn built(app: &App) -> Result<Arc<Live>, Error> {
    let (search, public) = (&app.search, app.store.public());
    let name = uuid::Uuid::new_v4().to_string();
    let folder = search.folder.join(&name);
    let made = fill(&public, &folder).await;
    let live = match made {
        Ok(live) => live,
        Err(e) => {
            drop(std::fs::remove_dir_all(&folder));
            return Err(e);
        }
    };
    follow(app, &live, usize::MAX).await?;
    store::write_durably(&search.folder.join(CURRENT), name.as_bytes())?;
    search.put(live.clone());
    sweep(&search.folder, &name);
    Ok(live)
}

async fn fill(public: &Public, folder: &Path) -> Result<Arc<Live>, Error> {
    let turn = last_turn(public).await?;
    let late = public.find::<public_change::Entity>().filter(public_change::Column::Turn.gt(turn - BACK)).all().await?;
    let stamps: HashMap<String, String> = late.into_iter().map(|row| (row.id, row.stamp)).collect();
    let live = Arc::new(Live::create(folder)?);
    *live.applied.lock().expect("no panic under this lock") = stamps.values().cloned().collect();
    let (rows_to, mut rows_from) =
        tokio::sync::mpsc::channel::<(Vec<public_page::Model>, HashMap<String, Vec<String>>)>(2);
    let filling = live.clone();
    let work = move || {
        let writer = filling.writer(index::MANY)?;
        while let Some((rows, texts)) = rows_from.blocking_recv() {
            for row in &rows {
                let stamp = stamps.get(&row.id).map_or("", String::as_str);
                let words = texts.get(&row.id).map_or(&[][..], Vec::as_slice);
                writer.add_document(index::document(&filling.fields, row, words, stamp)?).map_err(fault)?;
            }
        }
        filling.commit(writer, turn)
    };
    let filled = tokio::task::spawn_blocking(work);
    let mut last = String::new();
    loop {
        let find = public.find::<public_page::Entity>().filter(public_page::Column::Id.gt(&last));
        let rows = find.order(public_page::Column::Id, Order::Asc).limit(TOGETHER).all().await?;
        let Some(end) = rows.last() else { break };
        last.clone_from(&end.id);
        let texts = attached::texts(public, &rows).await?;
        if rows_to.send((rows, texts)).await.is_err() {
            break;
        }
    }
    drop(rows_to);
    filled.await.map_err(|e| Error::Fault(e.into()))??;
    Ok(live)
}

/// Removes the folders of former indexes; a reader that still has one open keeps its files until it is done.
fn sweep(folder: &Path, but: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() && entry.file_name() != but {
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}

/// The index that was in use when the program ended, if it still fits the floor.
pub async fn open(search: &Search, public: &Public) -> Result<(), Error> {
    let Ok(name) = std::fs::read_to_string(search.folder.join(CURRENT)) else { return Ok(()) };
    if name.contains(['/', '\\', '.']) {
        return Ok(());
    }
    let folder = search.folder.join(&name);
    let live = tokio::task::spawn_blocking(move || Live::open(&folder)).await.map_err(|e| Error::Fault(e.into()))?;
    let Some(live) = live else { return Ok(()) };
    // Of another database, or of the same before it was restored from a backup.
    if live.turn.load(SeqCst) <= last_turn(public).await? && fits(&live, public).await? {
        search.put(Arc::new(live));
    }
    Ok(())
}

/// As many pages as the floor has, but for those that changed since.
async fn fits(live: &Live, public: &Public) -> Result<bool, Error> {
    let since = public_change::Column::Turn.gt(live.turn.load(SeqCst) - BACK);
    let changed = public.find::<public_change::Entity>().filter(since).count().await?;
    let there = i64::try_from(live.len()).unwrap_or(i64::MAX);
    Ok((pages(public).await? - there).abs() <= changed)
}
