//! app: every feature, a folder each. This file holds the one list of slices, and joins their routes, styles, schemas
//! and jobs. Beside the slices stand the parts that every page needs: [`edge`], [`cache`], [`portal`],
//! [`posted`], [`press`], [`reader`], [`floor`], [`body`], [`clock`].

pub mod account;
pub mod body;
pub mod cache;
pub mod catalogue;
pub mod check;
pub mod clock;
pub mod daily;
pub mod decision;
pub mod desk;
pub mod edge;
pub mod floor;
pub mod ground;
pub mod home;
pub mod intake;
pub mod matter;
pub mod notice;
pub mod outlet;
pub mod portal;
pub mod posted;
pub mod press;
pub mod proof;
pub mod reader;
pub mod record;
pub mod report;
pub mod request;
pub mod rule;
pub mod search;
pub mod submission;
pub mod ui;

use account::desk::Route;
use axum::Router;
use clock::Clock;
use law::{Law, Sources};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::sync::{Arc, RwLock};
use store::{BlobRef, Blobs, Error, Migration, Sealer, Store};

/// A feature: what it adds to the house.
pub struct Slice {
    pub name: &'static str,
    /// Pages for anyone. They are given [`store::Public`] and nothing wider.
    pub portal: Router<App>,
    /// `/api/v1` without a token: the same floor for programs.
    pub api: Router<App>,
    /// `/api/v1` with a bearer token. Not on the public listener.
    pub programs: Router<App>,
    /// Pages for staff, each with the duties that may open it.
    pub desk: Vec<Route>,
    pub css: &'static str,
    pub migrations: &'static [Migration],
    pub jobs: &'static [(&'static str, JobFn)],
    /// Those of the jobs that run every night, and queue themselves again.
    pub daily: &'static [&'static str],
    pub blobs: &'static [BlobRef],
}

/// The work behind a job's name. It ends its job in the act that does its work, and is safe to run twice.
pub type JobFn = fn(App, store::Job) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// The only list of slices. Their migrations are applied in this order.
pub fn slices() -> Vec<Slice> {
    vec![
        account::slice(),
        submission::slice(),
        notice::slice(),
        ground::slice(),
        record::slice(),
        intake::slice(),
        rule::slice(),
        matter::slice(),
        request::slice(),
        decision::slice(),
        outlet::slice(),
        desk::slice(),
        catalogue::slice(),
        proof::slice(),
        report::slice(),
        search::slice(),
        check::slice(),
        home::slice(),
    ]
}

/// The one list of kinds of matters.
pub fn kinds() -> &'static [&'static dyn matter::AnyKind] {
    static KINDS: &[&dyn matter::AnyKind] = &[&request::kind::KIND, &decision::kind::KIND];
    KINDS
}

/// Every step of the schema, in order: a later slice may refer to an earlier one's tables.
pub fn migrations() -> Vec<Migration> {
    [store::SCHEMA, store::LEDGER]
        .into_iter()
        .chain(slices().iter().flat_map(|s| s.migrations.iter().copied()))
        .collect()
}

/// Where the tables of all slices hold words of a record.
pub fn words() -> impl Iterator<Item = &'static record::words::Words> {
    let intake = intake::handover::WORDS.iter().chain(intake::superior::WORDS);
    record::words::WORDS.iter().chain(intake).chain(outlet::WORDS)
}

/// Why a record may be held back by something that names it.
pub fn holds() -> impl Iterator<Item = &'static record::model::Why> {
    decision::rules::HOLDS.iter().copied()
}

/// What `serve` decides and the app is told.
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`.
    pub database: String,
    pub blobs: Blobs,
    /// The folder of the installation's keys, never in a backup.
    pub keys: PathBuf,
    /// The folder of the public log, which any web server can serve.
    pub ledger: PathBuf,
    /// The folder of the search index, which is derived and may be thrown away.
    pub search: PathBuf,
    /// Whether checkpoints carry a second signature, by SM2.
    pub sm2: bool,
    /// Where removals are noted, outside every backup; `None` only in tests.
    pub removals: Option<PathBuf>,
    /// Without a slash at the end; empty on loopback.
    pub base_url: String,
    /// How many proxies of ours stand before us, each adding to `X-Forwarded-For`.
    pub trusted_proxies: usize,
    pub clock: Clock,
    /// The files of the law here: those of the release, with a bureau's own laid over them. The versions that came into
    /// force in the console are laid over these.
    pub law: Sources<'static>,
    /// Reads what is uploaded.
    pub reader: reader::Reader,
    /// The city's content system; `None` where records are entered there by hand.
    pub city: Option<outlet::City>,
    /// Hosts of internal networks whose feeds may be read.
    pub inside: Vec<String>,
    /// A folder of fonts of the bureau's own, for letters; those of package fonts-noto-cjk serve beside them.
    pub fonts: Option<PathBuf>,
}

/// The app, opened. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

pub struct Inner {
    pub store: Store,
    pub blobs: Blobs,
    pub sealer: Sealer,
    pub clock: Clock,
    pub removals: Option<PathBuf>,
    pub base_url: String,
    pub assets: Arc<ui::Assets>,
    pub reader: reader::Reader,
    pub cache: cache::Cache,
    pub limits: edge::Limits,
    pub headers: edge::Headers,
    bodies: RwLock<Arc<Vec<body::Body>>>,
    /// The law without the console's versions.
    pub law_base: Sources<'static>,
    law: RwLock<&'static Law>,
    /// How often the bodies or the law were read: part of the key of every kept page, and of every shell.
    readings: AtomicU64,
    shells: portal::Shells,
    /// What each body has public, for whoever reckons from it.
    pub stocks: catalogue::stock::Stocks,
    pub log: proof::Log,
    /// The way to other outlets.
    pub outlet: outlet::Wire,
    /// The way to the feeds of superior bodies.
    pub feeds: intake::superior::Wire,
    pub search: search::Search,
    pub press: press::Press,
    /// The way to mail server and SMS gateway.
    pub notice: notice::Wire,
}

impl std::ops::Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// Migrates and opens the database, reads keys, bodies and the law.
    pub async fn open(settings: Settings) -> Result<App, Error> {
        store::migrate(&settings.database, &migrations()).await?;
        let store = Store::open(&settings.database).await?;
        let law = Box::leak(Box::new(rule::store::law(store.read(), &settings.law).await?));
        let css: Vec<&str> = slices().iter().map(|s| s.css).collect();
        let app = App(Arc::new(Inner {
            store,
            blobs: settings.blobs,
            sealer: Sealer::open(&settings.keys.join("sealing.key"))?,
            log: proof::Log::new(settings.keys, settings.ledger, settings.sm2),
            clock: settings.clock,
            removals: settings.removals,
            headers: edge::security_headers(&settings.base_url),
            base_url: settings.base_url,
            assets: Arc::new(ui::Assets::build(&css)),
            reader: settings.reader,
            cache: cache::Cache::new(),
            limits: edge::Limits::new(settings.trusted_proxies),
            bodies: RwLock::default(),
            law_base: settings.law,
            law: RwLock::new(law),
            readings: AtomicU64::new(0),
            shells: portal::Shells::default(),
            stocks: catalogue::stock::Stocks::default(),
            outlet: outlet::Wire::new(settings.city),
            feeds: intake::superior::Wire::new(settings.inside),
            search: search::Search::new(settings.search),
            press: press::Press::new(settings.fonts),
            notice: notice::Wire::default(),
        }));
        app.reload_bodies().await?;
        notice::store::reload(&app).await?;
        rule::catch_up(&app).await?;
        daily::ensure(&app).await?;
        search::take_up(&app).await?;
        Ok(app)
    }

    /// The public bodies of this installation, oldest first.
    pub fn bodies(&self) -> Arc<Vec<body::Body>> {
        self.bodies.read().expect("no panic under this lock").clone()
    }

    /// After a body was added or changed.
    pub async fn reload_bodies(&self) -> Result<(), Error> {
        let fresh = account::store::bodies(self.store.read()).await?;
        *self.bodies.write().expect("no panic under this lock") = Arc::new(fresh);
        self.readings.fetch_add(1, SeqCst);
        Ok(())
    }

    /// What is wrong with the installation and everybody at the desk must know; empty where all is well.
    pub fn alarm(&self) -> String {
        let says = |stop: proof::model::Stop| format!("登记簿停止签发：{}公开不受影响。{}", stop.says(), stop.advice());
        self.log.stop().map(says).unwrap_or_default()
    }

    /// The law in force. Who answers a request asks once and hands it down, so that an answer speaks of one law.
    pub fn law(&self) -> &'static Law {
        *self.law.read().expect("no panic under this lock")
    }

    /// Puts another law in force; no page or shell that rests on the former one is shown again. Its columns are among
    /// those of the release, which are the addresses. A version lives as long as the process: leaking one on a change
    /// is meant, because the law changes a few times a year, and whoever answers just then still holds the former one.
    pub fn set_law(&self, law: &'static Law) {
        *self.law.write().expect("no panic under this lock") = law;
        self.readings.fetch_add(1, SeqCst);
    }

    /// After a version of the law came into force.
    pub async fn reload_law(&self) -> Result<(), Error> {
        let fresh = rule::store::law(self.store.read(), &self.law_base).await?;
        if fresh.hash != self.law().hash {
            self.set_law(Box::leak(Box::new(fresh)));
        }
        Ok(())
    }

    /// Runs the jobs that are due, one after another, until none is left. Returns how many were done.
    pub async fn run_jobs(&self) -> Result<usize, Error> {
        let known: Vec<(&str, JobFn)> = slices().iter().flat_map(|s| s.jobs.iter().copied()).collect();
        let mut done = 0;
        while let Some(job) = self.store.lease(self.clock.now()).await? {
            let outcome = match known.iter().find(|(name, _)| *name == job.name) {
                Some((_, run)) => run(self.clone(), job.clone()).await,
                None => Err(Error::fault(format!("no such job: {}", job.name))),
            };
            match outcome {
                Ok(()) => done += 1,
                Err(e) => {
                    tracing::warn!(job = job.name, "a job failed: {e}");
                    self.store.put_back(&job, &e.to_string(), self.clock.now()).await?;
                }
            }
        }
        Ok(done)
    }

    /// Removes a blob now, if nothing refers to it.
    pub async fn forget_blob(&self, hash: &str) -> Result<bool, Error> {
        let refs: Vec<BlobRef> = slices().iter().flat_map(|s| s.blobs.iter().copied()).collect();
        self.blobs.forget(&self.store, &refs, hash, self.clock.now()).await
    }

    /// Removes blobs that nothing refers to. Returns how many.
    pub async fn sweep(&self) -> Result<usize, Error> {
        let refs: Vec<BlobRef> = slices().iter().flat_map(|s| s.blobs.iter().copied()).collect();
        self.blobs.sweep(&self.store, &refs, self.clock.now()).await
    }
}

/// Which routes a listener serves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Face {
    /// Everything on one address.
    All,
    /// The portal, and no staff route at all.
    Public,
    Desk,
    Api,
}

/// The routes of a listener.
pub fn router(app: &App, face: Face) -> Router {
    let mut router = Router::new();
    let joined = |part: fn(Slice) -> Router<App>| slices().into_iter().fold(Router::new(), |all, s| all.merge(part(s)));
    match face {
        Face::All | Face::Public => router = router.merge(portal::wrap(app, joined(|s| s.portal.merge(s.api)))),
        Face::Api => router = router.merge(portal::wrap(app, joined(|s| s.api))),
        Face::Desk => {}
    }
    if matches!(face, Face::All | Face::Public) {
        router = router.merge(portal::draws(app, proof::files()));
    }
    if matches!(face, Face::All | Face::Api) {
        router = router.merge(portal::draws(app, joined(|s| s.programs)));
    }
    if matches!(face, Face::All | Face::Desk) {
        router = router.merge(account::desk::wrap(app, desk_routes()));
    }
    edge::wrap(app, router).with_state(app.clone())
}

/// Every staff route with the duties that may open it: the authorisation matrix, as data.
pub fn desk_routes() -> Vec<Route> {
    slices().into_iter().flat_map(|s| s.desk).collect()
}
