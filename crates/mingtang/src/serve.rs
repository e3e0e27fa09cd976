//! `mingtang serve`: sockets, the background, and an orderly end.

use crate::config::Config;
use crate::demo;
use crate::fail::Fail;
use crate::{house, lock, logs, ops};
use app::{App, Face};
use axum::middleware;
use axum::serve::ListenerExt;
use metrics_exporter_prometheus::PrometheusHandle;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How often jobs are looked for.
const TICK: Duration = Duration::from_millis(500);
/// How often statements are looked for that wait for a position: one read of an empty index.
const LOOK: Duration = Duration::from_millis(100);
/// Looks between two at what other nodes may have published (two seconds).
const OTHERS: u64 = 20;
/// Looks between two times at which the counts of searches are written down (ten minutes).
const COUNTS: u64 = 6_000;
/// Ticks between two rounds of measurements, and of sweeping (an hour).
const UPKEEP: u64 = 10;
const HOURLY: u64 = 7200;
/// Ticks between two looks at the folder in which an office system leaves papers (half a minute).
const FOLDER: u64 = 60;
/// How long requests under way may take to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub async fn run(config: &Config, demo: bool) -> Result<(), Fail> {
    let wanted = config.listeners()?;
    house::make_folder(&config.data)?;
    let _lock = lock::take(&config.data)?;
    let sockets = bind(&wanted).await?;
    let app = house::open(config).await?;
    let accounts = if demo { demo::furnish(&app, &config.data).await? } else { vec![] };
    if app.bodies().is_empty() {
        return Err(Fail::no(house::NO_BODY));
    }
    let meter = logs::measure()?;
    welcome(&wanted, &app, &accounts);
    let passwords = config.data.join(demo::PASSWORDS);
    if demo && passwords.exists() {
        eprintln!("演示账号和密码在 {}", passwords.display());
    }
    serve(&app, &meter, sockets, config.handover_folder()).await
}

/// All sockets are bound before anything is opened: a taken port is told at once.
async fn bind(wanted: &[(Face, SocketAddr)]) -> Result<Vec<(Face, TcpListener)>, Fail> {
    let mut sockets = vec![];
    for (face, at) in wanted {
        let socket = TcpListener::bind(at).await;
        sockets.push((*face, socket.map_err(|e| Fail::fault(e).during(&format!("不能在 {at} 上监听")))?));
    }
    Ok(sockets)
}

fn welcome(wanted: &[(Face, SocketAddr)], app: &App, accounts: &[demo::Account]) {
    let names: Vec<String> = app.bodies().iter().map(|b| b.name.clone()).collect();
    eprintln!("明堂已启动：{}", names.join("、"));
    for (face, at) in wanted {
        match face {
            Face::All => eprintln!("  门户   http://{at}/\n  工作台 http://{at}/desk"),
            Face::Public => eprintln!("  门户   http://{at}/"),
            Face::Desk => eprintln!("  工作台 http://{at}/desk"),
            Face::Api => eprintln!("  接口   http://{at}/api/v1"),
        }
    }
    if !accounts.is_empty() {
        eprintln!("演示账号，密码只显示这一次：\n{}", demo::listed(accounts));
    }
}

async fn serve(
    app: &App,
    meter: &PrometheusHandle,
    sockets: Vec<(Face, TcpListener)>,
    folder: Option<PathBuf>,
) -> Result<(), Fail> {
    let (stop, stopped) = watch::channel(false);
    let mut servers = JoinSet::new();
    for (face, socket) in sockets {
        let mut routes = app::router(app, face).layer(middleware::from_fn(logs::note));
        if matches!(face, Face::All | Face::Public) {
            routes = routes.layer(middleware::from_fn_with_state(app.clone(), app::portal::hits));
        }
        let service = routes.merge(ops::routes(app, meter, face)).into_make_service_with_connect_info::<SocketAddr>();
        // A page is written in few pieces; waiting for more to send with them only delays it.
        let socket = socket.tap_io(|io| drop(io.set_nodelay(true)));
        let mut stopped = stopped.clone();
        let end = async move { drop(stopped.wait_for(|s| *s).await) };
        servers.spawn(axum::serve(socket, service).with_graceful_shutdown(end).into_future());
    }
    let integrator = tokio::spawn(integrate(app.clone(), stopped.clone()));
    let indexer = tokio::spawn(index(app.clone(), stopped.clone()));
    let mut background = tokio::spawn(background(app.clone(), meter.clone(), folder, stopped));
    let outcome = tokio::select! {
        () = asked_to_stop() => Ok(()),
        died = &mut background => Err(died.map_or_else(Fail::fault, |()| Fail::fault("写库的线程停了，请重新启动"))),
    };
    eprintln!("正在停下……");
    let _ = stop.send(true);
    let ended = async {
        while servers.join_next().await.is_some() {}
        if outcome.is_ok() {
            drop(background.await);
            drop(integrator.await);
            drop(indexer.await);
        }
    };
    if timeout(FAREWELL, ended).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
    eprintln!("已停下。");
    outcome
}

/// Jobs, sweeping, measurements. Ends when it is told to, or when the act thread has died.
async fn background(app: App, meter: PrometheusHandle, folder: Option<PathBuf>, stopped: watch::Receiver<bool>) {
    let mut ticks = interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for n in 1_u64.. {
        ticks.tick().await;
        if *stopped.borrow() || app.store.is_dead() {
            return;
        }
        if let Err(e) = app.run_jobs().await {
            tracing::error!("jobs could not be run: {e}");
        }
        if let Some(folder) = folder.as_deref().filter(|_| n % FOLDER == 0)
            && let Err(e) = app::intake::handover::folder::look(&app, folder).await
        {
            tracing::error!("the watched folder could not be looked at: {e}");
        }
        if n % UPKEEP == 0 {
            meter.run_upkeep();
        }
        if n % HOURLY == 0 {
            app.limits.tidy();
            match app.sweep().await {
                Ok(swept) => tracing::info!(swept, "swept blobs"),
                Err(e) => tracing::error!("blobs could not be swept: {e}"),
            }
        }
    }
}

/// The public log, in a task of its own: a round waits for the disk.
async fn integrate(app: App, stopped: watch::Receiver<bool>) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stopped.borrow() && !app.store.is_dead() {
        ticks.tick().await;
        if let Err(e) = app::proof::integrate(&app).await {
            tracing::error!("the ledger could not be brought up to date: {e}");
            tokio::time::sleep(TICK * 10).await;
        }
    }
}

/// The search index of this node: built where there is none, and brought up to date after every publication.
async fn index(app: App, stopped: watch::Receiver<bool>) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut seen = 0;
    for n in 0_u64.. {
        ticks.tick().await;
        if *stopped.borrow() || app.store.is_dead() {
            return keep_counts(&app).await;
        }
        if n % COUNTS == COUNTS - 1 {
            keep_counts(&app).await;
        }
        let epoch = app.store.epoch();
        // Another node's publications do not move our epoch: these are looked for now and then.
        if epoch == seen && n % OTHERS != 0 {
            continue;
        }
        match app::search::tend(&app).await {
            Ok(()) => seen = epoch,
            Err(e) => {
                tracing::error!("the search index could not be brought up to date: {e}");
                tokio::time::sleep(TICK * 10).await;
            }
        }
    }
}

/// What was looked for in vain outlives this process.
async fn keep_counts(app: &App) {
    if let Err(e) = app::search::keep_counts(app).await {
        tracing::error!("what was looked for in vain could not be written down: {e}");
    }
}

/// SIGINT or SIGTERM.
async fn asked_to_stop() {
    let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut term) => drop(term.recv().await),
            Err(e) => {
                tracing::error!("SIGTERM cannot be heard: {e}");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
