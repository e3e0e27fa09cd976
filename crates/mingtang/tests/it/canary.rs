//! A unique word in every state of every thing that exists; then a walk over everything anyone can reach finds none.

use crate::client::{Client, Office, Paper};
use crate::crawl::crawl;
use crate::stories::Site;
use crate::wire::{House, house};
use axum::http::StatusCode;

/// Where each word was put. Words are letters only, so that no escaping hides them.
const PLANTED: &[(&str, &str)] = &[
    ("draft title", "canaryalpha"),
    ("draft text", "canarybravo"),
    ("text in review", "canarycharlie"),
    ("title in review", "canarydelta"),
    ("returned text", "canaryecho"),
    ("opinion of a reviewer", "canaryfoxtrot"),
    ("withheld text", "canarygolf"),
    ("text on request", "canaryhotel"),
    ("withdrawn title", "canaryindia"),
    ("withdrawn text", "canaryjuliett"),
    ("reason for keeping a finding", "canarykilo"),
    ("correction under way of a public record", "canarylima"),
    ("sealed words of a reader", "canarymike"),
    ("contact of a reader", "canarynovember"),
    ("reply to a reader", "canaryoscar"),
    ("scheduled text", "canarypapa"),
    ("note of a correction under way", "canaryquebec"),
    ("hidden title", "canaryromeo"),
    ("hidden text", "canarysierra"),
    ("why it was hidden", "canarytango"),
    ("leaked title", "canaryuniform"),
    ("leaked text", "canaryvictor"),
    ("typed field for staff", "canarywhiskey"),
    ("what the original was looked at for", "canaryyankee"),
    ("why a matter was referred", "canaryxray"),
];

fn word(place: &str) -> &'static str {
    PLANTED.iter().find(|(p, _)| *p == place).map(|(_, w)| *w).expect("planted")
}

fn notice<'a>(title: &'a str, text: &'a str) -> Paper<'a> {
    Paper { kind: "notice", title, text, column: "results/policies", more: &[] }
}

async fn plant(site: &House) {
    let office = Office::open(site).await;
    office.draft(site, &notice(word("draft title"), word("draft text"))).await;

    let paper = notice(word("title in review"), word("text in review"));
    let id = office.draft(site, &paper).await;
    office.submit(site, &id, &paper).await;

    let paper = notice("退回的通知", word("returned text"));
    let id = office.draft(site, &paper).await;
    office.submit(site, &id, &paper).await;
    office.review(site, &id, "secrecy", "return", word("opinion of a reviewer")).await;

    for (openness, ground, place) in [("withheld", "N5", "withheld text"), ("on-request", "", "text on request")] {
        let more = [("openness", openness), ("ground", ground)];
        let paper = Paper { more: &more, ..notice("不主动公开的信息", word(place)) };
        let id = office.draft(site, &paper).await;
        office.submit(site, &id, &paper).await;
        let passed = office.review(site, &id, "secrecy", "pass", "").await;
        assert!(passed.location.ends_with("said=passed"), "passed and not published: {}", passed.location);
        let asked = office.publisher.post(site, &format!("/desk/record/{id}/publish"), &[]).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "the gate says no");
    }
    plant_public(site, &office).await;
    plant_internal(site, &office).await;
    plant_submission(site, &office).await;
}

/// Words beside and behind what is public.
async fn plant_public(site: &House, office: &Office) {
    let withdrawn = office.publish(site, &notice(word("withdrawn title"), word("withdrawn text"))).await;
    let shown = Client::default().get(site, "/records/4302SHILI/2026-00001").await;
    assert!(shown.body.contains(word("withdrawn text")), "it was public: {}", shown.status);
    office.head.post(site, &format!("/desk/record/{withdrawn}/withdraw"), &[("reason", "privacy")]).await;

    let paper = notice("有手机号码的通知", "联系人手机 13912345678。");
    let id = office.draft(site, &paper).await;
    office.submit(site, &id, &paper).await;
    let page = office.officer.get(site, &format!("/desk/record/{id}")).await.body;
    let finding = crate::client::between(&page, "name=\"finding\" value=\"", "\"").expect("a finding");
    let form = [("finding", finding.as_str()), ("reason", word("reason for keeping a finding"))];
    office.officer.post(site, &format!("/desk/record/{id}/finding"), &form).await;
    let purpose = [("purpose", word("what the original was looked at for"))];
    let seen = office.officer.post(site, &format!("/desk/record/{id}/original"), &purpose).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    let page = office.officer.get(site, &format!("/desk/record/{id}")).await.body;
    let hash = crate::client::between(&page, "name=\"hash\" value=\"", "\"").expect("the card");
    let opinion = word("why a matter was referred");
    let form = [("step", "secrecy"), ("hash", hash.as_str()), ("verdict", "refer"), ("opinion", opinion)];
    let referred = office.officer.post(site, &format!("/desk/record/{id}/review"), &form).await;
    assert_eq!(referred.status, StatusCode::SEE_OTHER, "{}", referred.body);
    office.review(site, &id, "secrecy", "pass", "").await;

    let id = office.publish(site, &notice("正在更正的通知", "已公开的正文")).await;
    office.clerk.post(site, &format!("/desk/record/{id}/take-up"), &[]).await;
    let text = word("correction under way of a public record");
    let more = [("change", word("note of a correction under way"))];
    office.submit(site, &id, &Paper { more: &more, ..notice("正在更正的通知", text) }).await;
    plant_hidden(site, office).await;

    let paper = notice("定时公开的通知", word("scheduled text"));
    let id = office.draft(site, &paper).await;
    office.submit(site, &id, &paper).await;
    let more = [("at", "2026-12-01 09:00")];
    office.publisher.post(site, &format!("/desk/record/{id}/schedule"), &more).await;
    office.review(site, &id, "secrecy", "pass", "").await;
}

/// What somebody hid; and what a protective correction took down, title included.
async fn plant_hidden(site: &House, office: &Office) {
    let id = office.publish(site, &notice(word("hidden title"), word("hidden text"))).await;
    office.clerk.post(site, &format!("/desk/record/{id}/hide"), &[]).await;
    let why = [("reason", "error"), ("says", word("why it was hidden"))];
    let said = office.clerk.post(site, &format!("/desk/record/{id}/hide/reason"), &why).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);

    let id = office.publish(site, &notice(word("leaked title"), word("leaked text"))).await;
    office.clerk.post(site, &format!("/desk/record/{id}/take-up"), &[]).await;
    let more = [("change", "标题和正文误列个人信息"), ("correction", "privacy")];
    office.submit(site, &id, &Paper { more: &more, ..notice("更正后的通知", "更正后的正文") }).await;
    let passed = office.review(site, &id, "secrecy", "pass", "").await;
    assert!(passed.location.ends_with("said=published"), "{}", passed.body);
}

/// A public record with a field that is for staff only.
async fn plant_internal(site: &House, office: &Office) {
    let more = [("held", "2026-11-20"), ("press-contact", word("typed field for staff"))];
    let paper =
        Paper { kind: "press", column: "interaction/press", more: &more, ..notice("新闻通气会", "发布内容") };
    let id = office.draft(site, &paper).await;
    office.submit(site, &id, &paper).await;
    let passed = office.review(site, &id, "section", "pass", "").await;
    assert!(passed.location.ends_with("said=passed"), "{} {}", passed.status, passed.body);
    let inside = office.officer.get(site, &format!("/desk/record/{id}")).await.body;
    assert!(inside.contains(word("typed field for staff")), "the reviewer sees it");
    let passed = office.review(site, &id, "secrecy", "pass", "").await;
    assert!(passed.location.ends_with("said=published"), "{} {}", passed.status, passed.body);
}

async fn plant_submission(site: &House, office: &Office) {
    let anyone = Client::default();
    let form = anyone.get(site, "/correction?page=/records/4302SHILI/2026-00002").await.body;
    let once = crate::client::between(&form, "name=\"once\" value=\"", "\"").expect("a one-time token");
    let words = [
        ("once", once.as_str()),
        ("page", "/records/4302SHILI/2026-00002"),
        ("topic", "wrong"),
        ("what", word("sealed words of a reader")),
        ("contact", word("contact of a reader")),
    ];
    let sent = anyone.post(site, "/correction", &words).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let list = office.clerk.get(site, "/desk/correction").await.body;
    let id = crate::client::between(&list, "/desk/correction/", "\"").expect("in the list");
    let opened = office.clerk.get(site, &format!("/desk/correction/{id}")).await;
    assert!(opened.body.contains(word("sealed words of a reader")), "{}", opened.status);
    let version = crate::client::between(&opened.body, "name=\"version\" value=\"", "\"").unwrap_or_default();
    let reply = [("outcome", "not-an-error"), ("reply", word("reply to a reader")), ("version", &version)];
    let answered = office.clerk.post(site, &format!("/desk/correction/{id}/answer"), &reply).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
}

/// Nobody learns by asking for a word that it stands in what is not public: no hit, no count, no facet.
async fn is_not_found(site: &House, word: &str) {
    let anyone = Client::default();
    let told = anyone.get(site, &format!("/api/v1/search?q={word}")).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    assert!(told.body.contains("\"total\": 0,") && told.body.contains("\"kind\": []"), "{word}: {}", told.body);
    let page = anyone.get(site, &format!("/search?q={word}")).await.body;
    assert!(page.contains("没有找到") && !page.contains("href=\"/records/"), "{word}: {page}");
    let feed = anyone.get(site, &format!("/search.atom?q={word}")).await.body;
    assert!(feed.contains("<feed") && !feed.contains("<entry>"), "{word}: {feed}");
}

async fn nothing_leaks(site: House) {
    site.set_clock(kernel::Instant::parse("2026-11-23 09:00").expect("a time"));
    plant(&site).await;
    site.app.run_jobs().await.expect("jobs run");
    app::proof::integrate(&site.app).await.expect("proofs are made, and walked over too");
    let words: Vec<&str> = PLANTED.iter().map(|(_, w)| *w).collect();
    let starts = [
        "/",
        "/records/4302SHILI/2026-00001",
        "/api/v1/records",
        "/feeds",
        "/correction",
        "/correction/track",
        "/verify",
        "/search",
        "/search?q=%E9%80%9A%E7%9F%A5",
        "/search.atom?q=%E9%80%9A%E7%9F%A5",
    ];
    for word in &words {
        is_not_found(&site, word).await;
    }
    let report = crawl(&site, "http://demo.invalid", &starts, &words).await;
    assert!(report.leaks.is_empty(), "{:#?}", report.leaks);
    assert!(report.broken.is_empty(), "{:#?}", report.broken);
    assert!(report.pages > 60, "the walk reached only {} pages", report.pages);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_canary_is_found_on_any_anonymous_path() {
    nothing_leaks(house(None).await).await;
    if let Ok(server) = std::env::var("MINGTANG_TEST_PG") {
        nothing_leaks(house(Some(&server)).await).await;
    }
}
