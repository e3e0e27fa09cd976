//! Ten years of old pages: taken in, decided on, published; and then held against what was planted in them.

use super::Asked;
use super::client::{Client, Expect, Request};
use super::clocks::{peak, reset_peak};
use super::data::{self, Data, Owner};
use super::figure::{Bound, Figures, Row};
use super::server::Server;
use super::words::{self, Dice};
use crate::clock::Stopwatch;
use crate::fail::Fail;
use crate::house;
use crate::old;
use app::App;
use app::account::store::{self as accounts, NewStaff};
use app::account::{Duty, Me, password};
use app::floor::{public_page, public_redirect};
use app::intake::backfill::store as pages;
use kernel::{Day, Hash};
use sea_orm::{ColumnTrait, Order};
use std::collections::HashSet;
use std::io::{BufWriter, Write};
use std::path::PathBuf;
use store::{Act, Actor};

/// The row's name.
pub const NAME: &str = "IMPORT";
/// How many pages where nobody says.
pub const USUAL: u64 = 20_000;
/// So many in a hundred hold the number of an identity card, in plain form.
const PLANTED: u64 = 3;
const GROUND: &str = "O20-1";

/// Fails if one planted number is public, a clean page is not, or an old address does not answer.
pub async fn old_pages(asked: &Asked, data: &Data, rows: &mut Vec<Row>) -> Result<(), Fail> {
    let (path, planted) = write(data, asked.pages)?;
    let app = house::open(&data.config).await?;
    let owner = data::furnish(&app).await?;
    app.reload_bodies().await?;
    let signer = signer(&app, &owner).await?;
    reset_peak();
    let watch = Stopwatch::start();
    let me = me(&app, &owner.staff).await?;
    let body = app.bodies().first().cloned().ok_or_else(|| Fail::fault("no body"))?;
    let into = old::Target { app: &app, me: me.clone(), body: body.clone(), kind: None };
    let done = old::import(&into, &path, |_| {}).await?;
    let scanned = watch.seconds();
    if done.desk != planted.len() || !done.refused.is_empty() {
        let first = done.refused.first().map(|(_, why)| why.clone()).unwrap_or_default();
        let (desk, refused) = (done.desk, done.refused.len());
        return Err(Fail::fault(format!("{desk} at the desk, {} planted, {refused} refused {first}", planted.len())));
    }
    let watch = Stopwatch::start();
    decide(&app, &body.id, &me, &signer).await?;
    let published = watch.seconds();
    let memory = peak()?;
    none_came_out(&app, asked.pages, &planted).await?;
    drop(app);
    let watch = Stopwatch::start();
    answer(data, asked.pages, &planted).await?;
    let asked_for = watch.seconds();
    let figures = |what: &str, unit, ours| Figures {
        name: NAME,
        what: what.into(),
        records: asked.pages,
        unit,
        ours: vec![ours],
    };
    let all = asked.pages as f64;
    rows.push(figures("old pages read, scanned whole and stored", "/s", all / scanned).alone(Bound::Unbound, None));
    let clean = all - planted.len() as f64;
    rows.push(figures("published by one decision", "/s", clean / published).alone(Bound::Unbound, None));
    rows.push(figures("highest memory until all are public (RSS)", "MB", memory).alone(Bound::Unbound, None));
    rows.push(figures("old addresses asked, one after another", "/s", all / asked_for).alone(Bound::Unbound, None));
    Ok(())
}

fn is_planted(n: u64) -> bool {
    n.wrapping_mul(7919) % 100 < PLANTED
}

fn address(n: u64) -> String {
    format!("/art/{}/{n}.html?site=3", 2010 + n % 10)
}

/// An identity number whose check digit is right (GB 11643); made up.
fn number(n: u64) -> String {
    let digits = format!("430202{}{:02}{:02}{:03}", 1950 + n % 50, n / 50 % 12 + 1, n / 600 % 28 + 1, n / 16_800);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.bytes().zip(weights).map(|(d, w)| u32::from(d - b'0') * w).sum();
    let check = ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum as usize % 11];
    format!("{digits}{check}")
}

/// The file of old pages, and the numbers planted in it.
fn write(data: &Data, pages: u64) -> Result<(PathBuf, HashSet<String>), Fail> {
    let (path, mut planted) = (data.folder.join("old.jsonl"), HashSet::new());
    let mut out = BufWriter::new(std::fs::File::create(&path)?);
    for n in 0..pages {
        let mut dice = Dice::of(data.seed, n);
        let title = words::title(&mut dice, 2010 + (n % 10) as i16, "通知", n + 1);
        let mut text = words::text(&mut dice);
        if is_planted(n) {
            let number = number(n);
            text.push_str(&format!("领取人身份证号码：{number}。\n"));
            planted.insert(number);
        }
        let day = Day::new(2010 + (n % 10) as i16, 3, (n % 28) as i8 + 1);
        let line = serde_json::json!({
            "address": format!("http://old.invalid{}", address(n)),
            "first_public": day.map(|d| d.to_string()),
            "capture": Hash::of(format!("{n}").as_bytes()).to_string(),
            "title": title, "text": text, "kind": "notice",
            "fields": {"column": "results/policies", "ground": GROUND},
        });
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    let expected = (0..pages).filter(|n| is_planted(*n)).count();
    if planted.len() != expected {
        return Err(Fail::fault("two pages hold one number"));
    }
    Ok((path, planted))
}

async fn me(app: &App, staff: &str) -> Result<Me, Fail> {
    Ok(accounts::me(app.store.read(), staff).await?.map(|(_, me)| me).ok_or(store::Error::NotFound)?)
}

async fn signer(app: &App, owner: &Owner) -> Result<Me, Fail> {
    let (hash, importer) = (password::hash(password::random()).await?, me(app, &owner.staff).await?);
    let new = NewStaff {
        body: owner.body.clone(),
        section: importer.section,
        login: "bench2".into(),
        name: "保密审查员".into(),
        password: hash,
        duties: vec![Duty::SecrecyReview],
    };
    let work = async move |act: &mut Act| accounts::add_staff(act, &new).await;
    let id = app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    me(app, &id).await
}

/// Prepared by one, the sample ticked and the list signed by another; then the jobs run to their end.
async fn decide(app: &App, body: &str, preparer: &Me, signer: &Me) -> Result<(), Fail> {
    let now = app.clock.now();
    let (of, by) = (body.to_owned(), preparer.clone());
    let work = async move |act: &mut Act| pages::prepare(act, &of, &by, 1, act.now.day().plus(1)).await;
    let id = app.store.act(Actor::Staff(preparer.id.clone()), now, work).await?.into_inner();
    let (of, me) = (body.to_owned(), signer.clone());
    let work = async move |act: &mut Act| {
        for one in pages::samples(act, &id).await? {
            pages::tick(act, &one, &me.id).await?;
        }
        let row = pages::decision(act, &of, &id).await?;
        pages::sign(act, &row, &me, &row.digest).await
    };
    app.store.act(Actor::Staff(signer.id.clone()), now, work).await?.into_inner();
    app.run_jobs().await?;
    Ok(())
}

/// Every run of eighteen characters of a number in what is public is held against what was planted.
async fn none_came_out(app: &App, pages: u64, planted: &HashSet<String>) -> Result<(), Fail> {
    let (public, mut after, mut seen) = (app.store.public(), String::new(), 0);
    loop {
        let find = public.find::<public_page::Entity>().filter(public_page::Column::Id.gt(&after));
        let some = find.order(public_page::Column::Id, Order::Asc).limit(500).all().await?;
        let Some(last) = some.last() else { break };
        after = last.id.clone();
        for page in &some {
            seen += 1;
            let digits: Vec<char> = format!("{}{}", page.title, page.content).chars().collect();
            if digits.windows(18).any(|w| planted.contains(&w.iter().collect::<String>())) {
                return Err(Fail::fault(format!("a planted number is public at {}", page.path)));
            }
        }
    }
    let redirects = public.find::<public_redirect::Entity>().count().await?;
    if seen != pages - planted.len() as u64 || redirects != pages as i64 {
        return Err(Fail::fault(format!("{seen} pages are public, {redirects} old addresses known")));
    }
    Ok(())
}

/// Every old address leads to its page, or says that it is being looked at.
async fn answer(data: &Data, pages: u64, planted: &HashSet<String>) -> Result<(), Fail> {
    let server = Server::ours(&data.folder).await?;
    let mut client = Client::connect(server.at).await?;
    let mut held = 0;
    for n in 0..pages {
        let expect = if is_planted(n) { Expect::Status(404) } else { Expect::Status(301) };
        held += usize::from(is_planted(n));
        let answer = client.ask_right(&Request::get(&address(n), expect)).await?;
        if is_planted(n) && !String::from_utf8_lossy(&answer.body).contains("正在核对") {
            return Err(Fail::fault(format!("{} does not say why it is not there", address(n))));
        }
    }
    if held != planted.len() {
        return Err(Fail::fault("the planted pages are not those that are held"));
    }
    server.stop().await
}
