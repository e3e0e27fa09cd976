//! The jobs of every night: they queue themselves again, keep the clocks of obligations, and note each breach once.

use crate::client::{Office, Paper};
use crate::stories::Site;
use crate::wire::{House, house};
use app::rule::table::clock;
use kernel::Instant;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{job_row, journal};

async fn night(site: &House, at: &str) {
    site.set_clock(Instant::parse(at).expect("a time"));
    site.app.run_jobs().await.expect("jobs run");
}

/// The journal's lines of a word, as what they are about.
async fn lines(site: &House, what: &str) -> Vec<String> {
    let all = journal::Entity::find().filter(journal::Column::What.eq(what)).all(site.app.store.read()).await;
    all.expect("reads").into_iter().map(|line| line.about).collect()
}

async fn clock_of(site: &House, about: &str) -> Option<clock::Model> {
    let find = clock::Entity::find().filter(clock::Column::About.eq(about));
    find.one(site.app.store.read()).await.expect("reads")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_daily_job_is_queued_once_and_again_each_night() {
    let site = house(None).await;
    let due = async || {
        let all = job_row::Entity::find().all(site.app.store.read()).await.expect("reads");
        let mut all: Vec<_> = all.into_iter().map(|job| (job.name, Instant(job.due).to_string())).collect();
        all.sort();
        all
    };
    app::daily::ensure(&site.app).await.expect("queues nothing twice");
    let names: Vec<String> = due().await.into_iter().map(|(name, _)| name).collect();
    assert_eq!(
        names,
        [
            "matter-daily",
            "notice-daily",
            "obligation-daily",
            "outlet-daily",
            "search-daily",
            "superior-daily",
            "watch-daily"
        ]
    );
    let at = |time: &str| names.iter().map(|name| (name.clone(), time.to_owned())).collect::<Vec<_>>();
    night(&site, "2026-11-23 09:00").await;
    assert_eq!(due().await, at("2026-11-24 00:00"));
    night(&site, "2026-11-23 23:59").await;
    assert_eq!(due().await, at("2026-11-24 00:00"), "not before its hour");
    night(&site, "2026-11-30 08:00").await;
    assert_eq!(due().await, at("2026-12-01 00:00"), "nights that were slept through are one");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clocks_of_obligations_run_until_they_are_met() {
    let site = house(None).await;
    night(&site, "2026-11-23 09:00").await;
    let guide = clock_of(&site, "obligation:OGI-GUIDE").await.expect("a clock");
    assert_eq!((guide.clause.as_str(), guide.due.as_str(), guide.closed_at), ("OGI-ACTIVE", "2026-12-21", None));
    let all = clock::Entity::find().all(site.app.store.read()).await.expect("reads").len();
    night(&site, "2026-11-24 00:00").await;
    assert_eq!(clock::Entity::find().all(site.app.store.read()).await.expect("reads").len(), all, "safe to run twice");
    assert_eq!(clock_of(&site, "obligation:OGI-GUIDE").await, Some(guide), "nothing moved");

    site.set_clock(Instant::parse("2026-11-24 10:00").expect("a time"));
    let rules = Paper {
        kind: "notice",
        title: "办公地址、时间和联系方式",
        text: "地址和电话。",
        column: "disclosure/rules",
        more: &[("class", "organisation")],
    };
    Office::open(&site).await.publish(&site, &rules).await;
    night(&site, "2026-11-25 00:00").await;
    let met = clock_of(&site, "obligation:ORG-CONTACT").await.expect("a clock");
    assert_eq!(met.closed_at, Some(Instant::parse("2026-11-24 10:00").expect("a time").0), "when it became public");
    assert!(clock_of(&site, "obligation:OGI-GUIDE").await.is_some_and(|c| c.closed_at.is_none()));
    night(&site, "2027-01-04 00:00").await;
    let report = clock_of(&site, "obligation:OGI-REPORT/2027").await.expect("the year has begun");
    assert_eq!(report.due, "2027-01-31");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_is_noted_once() {
    let site = house(None).await;
    let news = Paper { kind: "news", title: "会议", text: "开会。", column: "interaction/news", more: &[] };
    Office::open(&site).await.publish(&site, &news).await;
    night(&site, "2026-11-23 10:00").await;
    assert_eq!(lines(&site, "watch-breached").await, ["indicator:SERVICES"]);
    night(&site, "2026-12-07 00:00").await;
    assert_eq!(lines(&site, "watch-breached").await.len(), 1, "the fourteenth day is the last good one");
    night(&site, "2026-12-08 00:00").await;
    night(&site, "2026-12-09 00:00").await;
    let breached = lines(&site, "watch-breached").await;
    assert_eq!(breached.iter().filter(|about| *about == "indicator:HOME").count(), 1, "{breached:?}");
    site.set_clock(Instant::parse("2026-12-09 10:00").expect("a time"));
    let again = Paper { title: "又一次会议", ..news };
    Office::open(&site).await.publish(&site, &again).await;
    night(&site, "2026-12-10 00:00").await;
    assert!(lines(&site, "watch-mended").await.contains(&"indicator:HOME".to_owned()));
}
