//! What an office does in bulk: a hundred rows in table review, counted in page loads and clicks.

use crate::client::{Client, Office, Paper, between};
use crate::wire::{House, house};
use axum::http::StatusCode;
use sea_orm::EntityTrait;
use std::collections::BTreeSet;

/// A person at a browser, with what it costs them.
struct Hand<'a> {
    site: &'a House,
    who: &'a Client,
    loads: usize,
    clicks: usize,
}

impl Hand<'_> {
    /// A page, by a link.
    async fn open(&mut self, path: &str) -> String {
        (self.loads, self.clicks) = (self.loads + 1, self.clicks + 1);
        self.who.get(self.site, path).await.body
    }

    /// A form, by its button; a redirect is one more page.
    async fn send(&mut self, path: &str, form: &[(&str, &str)]) -> String {
        (self.loads, self.clicks) = (self.loads + 1, self.clicks + 1);
        let sent = self.who.post(self.site, path, form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        self.loads += 1;
        self.who.get(self.site, &sent.location).await.body
    }
}

/// Issue 4: 100 rows in at most 120 page loads and 220 clicks, each row opened, ticked and reviewed by itself.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_rows_are_reviewed_one_by_one_on_one_page() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let texts: Vec<(String, String)> =
        (1..=100).map(|n| (format!("第 {n} 次巡查"), format!("第 {n} 次巡查没有发现问题。"))).collect();
    for (title, text) in &texts {
        let paper = Paper { kind: "news", title, text, column: "interaction/news", more: &[] };
        let id = office.draft(&site, &paper).await;
        office.submit(&site, &id, &paper).await;
    }
    let mut hand = Hand { site: &site, who: &office.officer, loads: 0, clicks: 0 };
    let page = hand.open("/desk/review/table?kind=news&step=secrecy").await;
    let ticks: Vec<String> = page
        .match_indices("name=\"row\" value=\"")
        .filter_map(|(at, _)| between(&page[at..], "value=\"", "\""))
        .collect();
    assert_eq!(ticks.len(), 100);
    assert!(texts.iter().all(|(_, text)| page.contains(text.as_str())), "each row can be read where it is ticked");
    let questions: Vec<String> =
        page.match_indices("name=\"q-").filter_map(|(at, _)| between(&page[at..], "name=\"", "\"")).collect();
    let questions: BTreeSet<&str> = questions.iter().map(String::as_str).collect();
    let mut form = vec![("kind", "news"), ("step", "secrecy")];
    for tick in &ticks {
        hand.clicks += 2; // opened, ticked
        form.push(("row", tick));
    }
    for question in &questions {
        hand.clicks += 1;
        form.push((question, "no"));
    }
    let done = hand.send("/desk/review/table", &form).await;
    assert!(done.contains("没有等您审查的件"), "nothing is left");
    assert!(hand.loads <= 120 && hand.clicks <= 220, "{} loads, {} clicks", hand.loads, hand.clicks);
    println!("100 rows: {} page loads, {} clicks", hand.loads, hand.clicks);

    let reviews = app::record::table::review::Entity::find().all(site.app.store.read()).await.expect("reads");
    let hashes: BTreeSet<&str> = reviews.iter().map(|r| r.hash.as_str()).collect();
    assert_eq!((reviews.len(), hashes.len()), (100, 100), "one review per row, each of its own text");
    let shown = Client::default().get(&site, "/records/4302SHILI/2026-00100").await;
    assert_eq!(shown.status, StatusCode::OK);
}
