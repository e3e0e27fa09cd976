//! A revised calendar year moves the running clocks, and leaves what they were; on both databases.

use crate::client::{Client, between};
use crate::wire::{House, house};
use app::rule::table::{clock, clock_change};
use axum::http::StatusCode;
use kernel::{Day, Instant};
use law::{Fact, What};
use sea_orm::{EntityTrait, PaginatorTrait};
use store::{Act, Actor};

/// More than two acts of the job hold.
const MANY: i32 = 1_100;

/// Invented for the test: the notice for 2027 is not out.
const NOTICE: &str = "2027-01-01 至 2027-01-03 休 元旦\n2027-01-09 班 元旦\n2027-02-05 至 2027-02-11 休 春节\n\
    2027-02-13 班 春节\n2027-02-14 班 春节\n2027-04-05 休 清明节\n2027-05-01 至 2027-05-05 休 劳动节\n\
    2027-06-09 休 端午节\n2027-09-15 休 中秋节\n2027-10-01 至 2027-10-07 休 国庆节";

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// Open clocks from November to January, and two that were closed.
async fn seed(site: &House) -> String {
    let (law, body) = (site.app.law(), site.app.bodies()[0].id.clone());
    // An act may take five seconds at most.
    for first in (0..MANY).step_by(250) {
        let body = body.clone();
        let work = async move |act: &mut Act| {
            for n in first..MANY.min(first + 250) {
                let event = day("2026-12-15").plus(-(n % 40)).start();
                let about = format!("test:{n}");
                app::rule::keep(act, law, &body, &about, "OGI-REPLY", event, &[]).await?.expect("a rule");
            }
            act.journal("seed", "test");
            Ok(())
        };
        site.app.store.act(Actor::Clock, site.app.clock.now(), work).await.expect("keeps").into_inner();
    }
    let work = async move |act: &mut Act| {
        let event = day("2026-11-10").start();
        let paused = [Fact { at: day("2026-11-12").start(), what: What::Suspend("征求第三方意见") }];
        app::rule::keep(act, law, &body, "test:paused", "OGI-REPLY", event, &paused).await?.expect("a rule");
        for about in ["test:early", "test:late"] {
            let at = if about == "test:early" { day("2026-11-20") } else { act.now.day() };
            let event = if about == "test:early" { event } else { day("2026-10-12").start() };
            app::rule::keep(act, law, &body, about, "OGI-REPLY", event, &[]).await?;
            app::rule::close(act, law, &body, about, "OGI-REPLY", at.start()).await?;
        }
        let none = app::rule::keep(act, law, &body, "test:old", "OGI-REPLY", day("2007-01-01").start(), &[]).await?;
        assert_eq!(none, None, "before the first wording there is no rule");
        act.journal("seed", "test");
        Ok(body.clone())
    };
    site.app.store.act(Actor::Clock, site.app.clock.now(), work).await.expect("keeps").into_inner()
}

async fn all(site: &House) -> Vec<clock::Model> {
    let mut rows = clock::Entity::find().all(site.app.store.read()).await.expect("reads");
    rows.sort_by(|a, b| a.about.cmp(&b.about));
    rows
}

async fn changes(site: &House) -> Vec<clock_change::Model> {
    clock_change::Entity::find().all(site.app.store.read()).await.expect("reads")
}

/// Proposes a text as form and lets the leader put it in force.
async fn put_in_force(site: &House, days: &str, note: &str) {
    let open = all(site).await.iter().filter(|row| row.closed_at.is_none()).count();
    let (lawyer, leader) = (Client::sign_in(site, "fazhi").await, Client::sign_in(site, "lingdao").await);
    let form = [
        ("file", "calendar/2027.toml"),
        ("do", "propose"),
        ("source", "https://example.cn/2027"),
        ("note", note),
        ("days", days),
    ];
    let sent = lawyer.post(site, "/desk/rule/new", &form).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = sent.location.split('?').next().expect("a path").to_owned();
    let shown = leader.get(site, &page).await.body;
    assert!(shown.contains(&format!("{open} 个在办期限中，有 ")), "{shown}");
    let version = between(&shown, "name=\"version\" value=\"", "\"").expect("a form");
    let decided = leader.post(site, &format!("{page}/decide"), &[("verdict", "activate"), ("version", &version)]).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER, "{}", decided.body);
}

async fn moves(postgres: Option<&str>) {
    let site = house(postgres).await;
    // An obligation's clocks are kept by jobs of another slice; here only ours are looked at.
    site.app.run_jobs().await.expect("jobs run");
    let body = seed(&site).await;
    let ours = |rows: Vec<clock::Model>| rows.into_iter().filter(|r| r.about.starts_with("test:")).collect::<Vec<_>>();
    let before = ours(all(&site).await);
    assert_eq!(before.len(), MANY as usize + 3);
    put_in_force(&site, NOTICE, "国务院公布2027年放假安排").await;
    site.app.run_jobs().await.expect("jobs run");

    let (after, law) = (ours(all(&site).await), site.app.law());
    let told = changes(&site).await;
    let mut moved = 0;
    for (old, new) in before.iter().zip(&after) {
        if old.closed_at.is_some() {
            assert_eq!(old, new, "a closed clock is not touched");
            continue;
        }
        assert_eq!(new.law, law.hash.to_string(), "{}", new.about);
        let due = law::due(law.clause("OGI-REPLY").expect("a clause"), Instant(old.event).day(), &law.calendar);
        if new.about != "test:paused" {
            let due = due.expect("a number");
            assert_eq!((new.due.clone(), new.before), (due.on.to_string(), Some(due.before.0)), "{}", new.about);
            assert_eq!((new.firm == 1, new.latest.is_empty()), (due.firm, due.firm), "{}", new.about);
        }
        let same = (&old.due, old.firm, &old.latest) == (&new.due, new.firm, &new.latest);
        let of_it: Vec<_> = told.iter().filter(|change| change.clock == old.id).collect();
        assert_eq!(of_it.len(), usize::from(!same), "{}", new.about);
        for change in of_it {
            assert_eq!((&change.old, &change.new), (&old.due, &new.due));
            assert_eq!((change.cause.as_str(), change.law.as_str()), ("国务院公布2027年放假安排", new.law.as_str()));
            assert_eq!((new.cause.as_str(), new.version), (change.cause.as_str(), old.version + 1));
            moved += 1;
        }
    }
    assert!(moved > 0 && moved < MANY, "some moved, not all: {moved}");

    again(&site, &after).await;
    explained(&site, &after, &told).await;
    closing_holds(&site, &body).await;
}

/// A second run changes nothing, by the same job and by another start.
async fn again(site: &House, after: &[clock::Model]) {
    let (rows, told) = (all(site).await, changes(site).await.len());
    let work = async move |act: &mut Act| {
        act.queue(app::rule::jobs::RECOMPUTE, "release", act.now);
        act.journal("again", "test");
        Ok(())
    };
    site.app.store.act(Actor::Clock, site.app.clock.now(), work).await.expect("queues").into_inner();
    site.app.run_jobs().await.expect("jobs run");
    app::rule::catch_up(&site.app).await.expect("nothing is behind");
    assert_eq!(all(site).await, rows);
    assert_eq!(changes(site).await.len(), told);
    let queued = store::job_row::Entity::find().count(site.app.store.read()).await.expect("counts");
    assert!(after.len() > 3 && queued <= 10, "{queued} jobs wait");
}

/// The page of a clock tells the old day, the new one and the cause.
async fn explained(site: &House, after: &[clock::Model], told: &[clock_change::Model]) {
    let clerk = Client::sign_in(site, "jingban").await;
    let change = told.iter().find(|c| c.old != c.new && after.iter().any(|row| row.id == c.clock)).expect("one moved");
    let page = clerk.get(site, &format!("/desk/rule/clock/{}", change.clock)).await.body;
    for words in [&day(&change.old).zh(), &day(&change.new).zh(), "国务院公布2027年放假安排", "第20个工作日"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    let paused = after.iter().find(|row| row.about == "test:paused").expect("kept");
    let page = clerk.get(site, &format!("/desk/rule/clock/{}", paused.id)).await.body;
    assert!(page.contains("征求第三方意见，暂停计时") && page.contains("暂停"), "{page}");
    let mut next = "/desk/rule/clock".to_owned();
    let mut seen = 0;
    for _ in 0..100 {
        let page = clerk.get(site, &next).await.body;
        seen += page.matches("id=\"it-").count();
        let Some(more) = between(&page, "rel=\"next\" href=\"", "\"") else { break };
        next = more.replace("&amp;", "&").replace("&#38;", "&");
    }
    let running = all(site).await.iter().filter(|row| row.closed_at.is_none() && !row.due.is_empty()).count();
    assert_eq!(seen, running, "every page of the list, each clock once");
}

/// What was closed in time stays so under any law; what was late stays late.
async fn closing_holds(site: &House, body: &str) {
    let rows = app::rule::clock::about(site.app.store.read(), body, "test:early").await.expect("reads");
    assert!(rows[0].facts.contains(r#""what":"close","in_time":true"#), "{}", rows[0].facts);
    let rows = app::rule::clock::about(site.app.store.read(), body, "test:late").await.expect("reads");
    assert!(rows[0].facts.contains(r#""what":"close","in_time":false"#), "{}", rows[0].facts);
    let (law, body) = (site.app.law(), body.to_owned());
    let work = async move |act: &mut Act| {
        let at = act.now;
        app::rule::close(act, law, &body, "test:early", "OGI-REPLY", at).await?;
        app::rule::keep(act, law, &body, "test:early", "OGI-REPLY", at, &[]).await?;
        act.journal("close-again", "test");
        Ok(())
    };
    let before = all(site).await;
    site.app.store.act(Actor::Clock, site.app.clock.now(), work).await.expect("does nothing").into_inner();
    assert_eq!(all(site).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revised_year_moves_running_clocks_on_sqlite() {
    moves(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revised_year_moves_running_clocks_on_postgresql() {
    let Ok(server) = std::env::var("MINGTANG_TEST_PG") else { return };
    moves(Some(&server)).await;
}
