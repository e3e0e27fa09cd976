//! Rows W1 to W9: pages, from the cache and not, memory, cold start.

use super::Asked;
use super::client::{Client, Expect, Request};
use super::data::{Data, Known, ORG};
use super::figure::{Bound, Figures, Row};
use super::load::{self, Next};
use super::process;
use super::server::{Nginx, Server};
use super::wagtail;
use super::words::Dice;
use crate::fail::Fail;
use app::floor::EVERYWHERE;
use app::record::public::place::is_known;
use app::record::public::place::places;
use law::Law;
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// Clients of the cached rows, as the aims have it, and of the others.
const MANY: usize = 64;
const FEW: usize = 8;
/// Records kept back to warm a new process up with.
const WARM: usize = 40;
/// As the catalogue lists: items on a page, and pages at most.
const PER_PAGE: u64 = 50;
const PAGES_MAX: u64 = 200;
const STARTS: usize = 5;
/// Published figures (performance aims): CPU a detail page and a list of 50, cold start, requests a second.
const WAGTAIL_DETAIL_MS: f64 = 14.3;
const WAGTAIL_LIST_MS: f64 = 29.0;
const WAGTAIL_START_S: f64 = 2.4;
const WORDPRESS_START_S: f64 = 0.48;
const WAGTAIL_PER_SECOND: f64 = 73.0;

/// One round against one server.
pub struct Round {
    per_second: f64,
    /// CPU a request, in microseconds.
    pub cpu_us: f64,
    /// In milliseconds.
    p99_ms: f64,
    pub done: u64,
}

pub async fn round(server: &Server, at: SocketAddr, clients: usize, seconds: f64, next: Next) -> Result<Round, Fail> {
    let before = server.cpu()?;
    let load = load::drive(at, clients, seconds, next).await?;
    let cpu = server.cpu()?.since(&before);
    let done = load.done();
    Ok(Round { per_second: load.per_second(), cpu_us: cpu * 1e6 / done as f64, p99_ms: load.p99() * 1e3, done })
}

fn detail(known: &Known) -> Request {
    Request::get(&known.path, Expect::Contains(known.title.clone().into(), 1))
}

/// What is asked once in each life of the server: the last few are for warming up.
fn all_details(data: &Data) -> (Vec<Request>, Vec<Request>) {
    let mut all: Vec<Request> = data.records.iter().map(detail).collect();
    Dice::of(data.seed, u64::MAX).shuffle(&mut all);
    let warm = all.split_off(all.len().saturating_sub(WARM));
    (all, warm)
}

/// Every full page of every list, by place, year and kind.
fn all_lists(data: &Data) -> Vec<Request> {
    let law = Law::built_in();
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    for known in &data.records {
        let year = format!("year={}", known.year);
        let kind = format!("kind={}", known.kind);
        let both = format!("{year}&{kind}");
        for place in places(known.column, &[], &known.class).into_iter().filter(|p| is_known(law, p)) {
            let place = if place == EVERYWHERE { "records".into() } else { place };
            for query in ["", &year, &kind, &both] {
                *counts.entry((place.clone(), query.to_owned())).or_default() += 1;
            }
        }
    }
    let link = format!("/records/{ORG}/");
    let page = |place: &str, query: &str, page: u64| {
        let joint = if query.is_empty() { "" } else { "&" };
        let times = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
        let expect = Expect::Contains(link.clone().into(), times);
        Request::get(&format!("/{place}?{query}{joint}size={PER_PAGE}&page={page}"), expect)
    };
    let full = |total: u64| (total / PER_PAGE).min(PAGES_MAX);
    let pages = counts.iter().flat_map(|((place, query), n)| (1..=full(*n)).map(|p| page(place, query, p)));
    let mut all: Vec<Request> = pages.collect();
    Dice::of(data.seed, u64::MAX - 1).shuffle(&mut all);
    all
}

/// W4 and W5: every address is asked once in the life of a process, so nothing comes from the cache. With `--peers`
/// Wagtail answers for the same texts in the same rounds; its pages come from no cache of their own accord.
pub async fn uncached(asked: &Asked, data: &Data, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let (details, warm) = all_details(data);
    let lists = all_lists(data);
    let site = if asked.peers { Some(wagtail::make(data)?) } else { None };
    let (mut w4, mut w5) = (Uncached::default(), Uncached::default());
    for _ in 0..asked.rounds {
        let server = Server::ours(&data.folder).await?;
        load::drive(server.at, FEW, asked.seconds, load::each(warm.clone())).await?;
        server.settles().await?;
        if asked.wants("W4") {
            w4.ours(asked, &server, &details).await?;
        }
        if asked.wants("W5") {
            w5.ours(asked, &server, &lists).await?;
        }
        server.stop().await?;
        let Some(site) = &site else { continue };
        let peer = site.serve().await?;
        load::drive(peer.server.at, FEW, asked.seconds, load::each(peer.details.clone())).await?;
        if asked.wants("W4") {
            w4.theirs(asked, &peer.server, peer.details).await?;
        }
        if asked.wants("W5") {
            w5.theirs(asked, &peer.server, peer.lists).await?;
        }
        peer.server.stop().await?;
    }
    let mut row = |name, what: &str, uncached: Uncached, published_ms: f64| {
        let Uncached { ours, theirs, asked_for } = uncached;
        if ours.is_empty() {
            return;
        }
        let what = format!("uncached {what}, CPU, {asked_for} pages");
        let figures = Figures { name, what, records: asked.public(data), unit: "us", ours };
        let bound = Bound::AtLeast { floor: 50.0, goal: Some(150.0) };
        rows.push(match theirs.is_empty() {
            true => figures.under_published("Wagtail", published_ms * 1e3, bound),
            false => figures.under(wagtail::NAME, &theirs, bound),
        });
    };
    row("W4", "detail", w4, WAGTAIL_DETAIL_MS);
    row("W5", &format!("list of {PER_PAGE}"), w5, WAGTAIL_LIST_MS);
    Ok(())
}

/// CPU a page, a figure a round.
#[derive(Default)]
struct Uncached {
    ours: Vec<f64>,
    theirs: Vec<f64>,
    asked_for: u64,
}

impl Uncached {
    async fn ours(&mut self, asked: &Asked, server: &Server, pages: &[Request]) -> Result<(), Fail> {
        if pages.is_empty() {
            return Ok(());
        }
        let round = round(server, server.at, FEW, asked.seconds, load::each(pages.to_vec())).await?;
        self.ours.push(round.cpu_us);
        self.asked_for += round.done;
        Ok(())
    }

    async fn theirs(&mut self, asked: &Asked, server: &Server, pages: Vec<Request>) -> Result<(), Fail> {
        self.theirs.push(round(server, server.at, FEW, asked.seconds, load::each(pages)).await?.cpu_us);
        Ok(())
    }
}

/// W9: from the start of the process to the first page; the files are in the system's cache.
pub async fn cold_start(asked: &Asked, data: &Data, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let front = Request::get("/", Expect::Status(200));
    // Once unmeasured: whoever wrote the records may still be closing its files.
    Server::cold_start(&data.folder, &front).await?.1.stop().await?;
    let mut ours = vec![];
    for _ in 0..STARTS {
        let (seconds, server) = Server::cold_start(&data.folder, &front).await?;
        server.stop().await?;
        ours.push(seconds);
    }
    let figures = |ours| Figures {
        name: "W9",
        what: "cold start to the front page".into(),
        records: asked.public(data),
        unit: "s",
        ours,
    };
    let bound = Bound::AtLeast { floor: 5.0, goal: Some(20.0) };
    rows.push(figures(ours.clone()).under_published("Wagtail", WAGTAIL_START_S, bound));
    rows.push(figures(ours).under_published("WordPress", WORDPRESS_START_S, Bound::Unbound));
    Ok(())
}

/// Rounds of the cached page against ours, nginx with a file, nginx with a cache, in turn.
#[derive(Default)]
struct Turns {
    ours: Vec<Round>,
    file: Vec<Round>,
    cache: Vec<Round>,
}

/// W1, W2, W3, W7 (the same bytes from our cache and from nginx) and W8.
pub async fn cached(asked: &Asked, data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let server = Server::ours(&data.folder).await?;
    if ["W1", "W2", "W3", "W7"].iter().any(|name| asked.wants(name)) {
        let known = data.records.first().ok_or_else(|| Fail::fault("no record to ask for"))?;
        let page = Client::connect(server.at).await?.ask_right(&detail(known)).await?.body;
        let nginx = Nginx::start(&data.folder.join("nginx"), &page, server.at).await?;
        if nginx.is_none() {
            notes.push("nginx is not installed: W1, W2 and W7 have no peer and no verdict.".into());
        }
        let turns = turns(asked, &server, nginx.as_ref(), &known.path, &page).await?;
        judge(asked, data, &turns, page.len(), rows);
        if let Some(nginx) = nginx {
            nginx.server.stop().await?;
        }
    }
    if asked.wants("W8") {
        rows.push(memory(asked, data, &server).await?);
    }
    server.stop().await
}

async fn turns(
    asked: &Asked,
    server: &Server,
    nginx: Option<&Nginx>,
    path: &str,
    page: &bytes::Bytes,
) -> Result<Turns, Fail> {
    let (ours, file) =
        (Request::get(path, Expect::Length(page.len())), Request::get("/page.html", Expect::Length(page.len())));
    let mut turns = Turns::default();
    let s = asked.seconds;
    for _ in 0..asked.rounds {
        same_bytes(server.at, &ours, page).await?;
        turns.ours.push(round(server, server.at, MANY, s, load::same(ours.clone())).await?);
        let Some(nginx) = nginx else { continue };
        same_bytes(nginx.server.at, &file, page).await?;
        turns.file.push(round(&nginx.server, nginx.server.at, MANY, s, load::same(file.clone())).await?);
        same_bytes(nginx.cache_at, &ours, page).await?;
        turns.cache.push(round(&nginx.server, nginx.cache_at, MANY, s, load::same(ours.clone())).await?);
    }
    Ok(turns)
}

/// In a round only lengths are compared; before it, every byte.
async fn same_bytes(at: SocketAddr, request: &Request, page: &bytes::Bytes) -> Result<(), Fail> {
    let answer = Client::connect(at).await?.ask_right(request).await?;
    if answer.body == page { Ok(()) } else { Err(Fail::fault("the servers do not send the same bytes")) }
}

fn judge(asked: &Asked, data: &Data, turns: &Turns, bytes: usize, rows: &mut Vec<Row>) {
    let records = asked.public(data);
    let take = |rounds: &[Round], get: fn(&Round) -> f64| rounds.iter().map(get).collect::<Vec<_>>();
    let mut row = |name: &'static str, what: &str, unit, get: fn(&Round) -> f64, file: Bound, cache: Bound| {
        if !asked.wants(name) {
            return;
        }
        let what = format!("{what}, {bytes} bytes, c={MANY}");
        let figures = || Figures { name, what: what.clone(), records, unit, ours: take(&turns.ours, get) };
        if turns.file.is_empty() {
            return rows.push(figures().alone(Bound::Unbound, Some("none: no nginx here".into())));
        }
        rows.push(figures().beside("nginx file", &take(&turns.file, get), file));
        rows.push(figures().beside("nginx cache", &take(&turns.cache, get), cache));
    };
    let (least, most) = (|floor, goal| Bound::AtLeast { floor, goal }, |floor, goal| Bound::AtMost { floor, goal });
    // Against proxy_cache W1 has a goal and no floor: reaching it is all there is to hold.
    row("W1", "cached page", "req/s", |r| r.per_second, least(0.6, Some(0.8)), least(1.0, Some(1.0)));
    row("W2", "cached page, CPU", "us", |r| r.cpu_us, most(2.0, Some(1.3)), Bound::Unbound);
    row("W7", "cached page, p99", "ms", |r| r.p99_ms, most(2.0, Some(1.2)), Bound::Unbound);
    if asked.wants("W3") {
        let what = format!("cached page, {bytes} bytes, c={MANY}, ratio to the published figure");
        let figures = Figures { name: "W3", what, records, unit: "req/s", ours: take(&turns.ours, |r| r.per_second) };
        let bound = least(200.0, Some(500.0));
        rows.push(figures.over_published("Wagtail", WAGTAIL_PER_SECOND, bound));
    }
}

/// W8: after every page that fits into the given time, so that cache and pools are as full as they get.
async fn memory(asked: &Asked, data: &Data, server: &Server) -> Result<Row, Fail> {
    let (details, _) = all_details(data);
    load::drive(server.at, MANY, asked.seconds, load::each(details)).await?;
    load::drive(server.at, MANY, asked.seconds, load::each(all_lists(data))).await?;
    let mb = process::memory(server.pid())? as f64 / f64::from(1 << 20);
    let records = asked.public(data);
    let (floor, goal) = (128.0, Some(64.0));
    let why_not = (records < 10_000).then(|| "none: the row is about 10,000 records".to_owned());
    let what = "memory (PSS) with the database, after load".into();
    let figures = Figures { name: "W8", what, records, unit: "MB", ours: vec![mb] };
    Ok(figures.alone(Bound::AtMost { floor, goal }, why_not))
}
