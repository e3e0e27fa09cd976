//! 检索：everything public, found the way people ask. 政府信息公开条例 article 24 demands that it can be searched.
//!
//! **Invariant:** a hit is shown only as the public floor has it now: what was withdrawn is gone from the next answer.
//! **Invariant:** the index stores no text, and may be thrown away at any time. **Invariant:** nobody's queries are
//! kept; of those that found nothing only the words, the day and a count, never where a person may be in them, and past
//! their day only where several asked.

pub mod answer;
mod attached;
mod desk;
mod fold;
pub mod follow;
mod gram;
pub mod hits;
pub mod index;
pub mod model;
mod number;
pub mod plan;
mod public;
mod query;
mod rank;
mod snippet;
mod store;
mod suggest;
pub mod table;
mod unanswered;
mod why;
pub mod words;

use crate::{App, JobFn, Slice};
use ::store::{Error, Migration};
use axum::Router;
use index::Live;
use plan::Plan;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, RwLock};
use words::{Sounds, Synonyms};

pub use follow::{build, tend};
pub use unanswered::keep as keep_counts;

const JOBS: &[(&str, JobFn)] = &[unanswered::JOBS[0], unanswered::JOBS[1], attached::JOB];

pub fn slice() -> Slice {
    Slice {
        name: "search",
        portal: public::routes(),
        api: public::api(),
        programs: Router::new(),
        desk: desk::routes().into_iter().chain(unanswered::routes()).collect(),
        css: include_str!("search.css"),
        migrations: &[
            Migration { name: "search-0001", sql: include_str!("schema.sql") },
            Migration { name: "search-0002", sql: include_str!("attached.sql") },
        ],
        jobs: JOBS,
        daily: unanswered::DAILIES,
        blobs: &[],
    }
}

/// The index of this node, and what queries are understood by.
pub struct Search {
    pub folder: PathBuf,
    live: RwLock<Option<Arc<Live>>>,
    /// One follows at a time.
    following: tokio::sync::Mutex<()>,
    building: AtomicBool,
    /// The lists of bodies that have their own.
    synonyms: RwLock<HashMap<String, Arc<Synonyms>>>,
    shipped: Arc<Synonyms>,
    sounds: RwLock<Arc<Sounds>>,
    /// What nobody found today.
    counts: unanswered::Counts,
}

impl Search {
    /// `folder` need not be there.
    pub fn new(folder: PathBuf) -> Search {
        Search {
            folder,
            live: RwLock::default(),
            following: tokio::sync::Mutex::default(),
            building: AtomicBool::new(false),
            synonyms: RwLock::default(),
            shipped: Arc::new(Synonyms::shipped()),
            sounds: RwLock::default(),
            counts: unanswered::Counts::default(),
        }
    }

    /// The index in use.
    pub fn live(&self) -> Option<Arc<Live>> {
        self.live.read().expect("no panic under this lock").clone()
    }

    fn put(&self, live: Arc<Live>) {
        *self.live.write().expect("no panic under this lock") = Some(live);
    }

    pub fn is_building(&self) -> bool {
        self.building.load(SeqCst)
    }

    /// The list of synonyms of a body.
    pub fn synonyms(&self, body: &str) -> Arc<Synonyms> {
        self.synonyms.read().expect("no panic under this lock").get(body).unwrap_or(&self.shipped).clone()
    }

    pub fn sounds(&self) -> Arc<Sounds> {
        self.sounds.read().expect("no panic under this lock").clone()
    }

    /// A query, understood as a body's list has it.
    pub fn plan(&self, body: &str, asked: &str) -> Plan {
        Plan::of(asked, &self.synonyms(body), &self.sounds())
    }

    /// Reads the bodies' lists, when the program begins and after one was changed.
    pub async fn reload_words(&self, app: &App) -> Result<(), Error> {
        let mut lists: HashMap<String, Arc<Synonyms>> = HashMap::new();
        for body in app.bodies().iter() {
            if let Some(row) = store::lists(app.store.read(), &body.id, 1).await?.pop() {
                // It was read before it was kept; what another release no longer understands gives way to the shipped.
                let list = Synonyms::read(&row.text).map_or_else(|_| self.shipped.clone(), Arc::new);
                lists.insert(body.id.clone(), list);
            }
        }
        let mut sounds = Sounds::default();
        words::lexicon().for_each(|word| sounds.add(word));
        for list in lists.values().chain([&self.shipped]) {
            list.words().for_each(|word| sounds.add(word));
        }
        *self.sounds.write().expect("no panic under this lock") = Arc::new(sounds);
        *self.synonyms.write().expect("no panic under this lock") = lists;
        Ok(())
    }
}

/// Opens what was in use when the program ended, and reads the lists of words.
pub async fn take_up(app: &App) -> Result<(), Error> {
    app.search.reload_words(app).await?;
    follow::open(&app.search, &app.store.public()).await
}
