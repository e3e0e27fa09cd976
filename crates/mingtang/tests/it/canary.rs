//! A unique word in every state of every thing that exists; then a walk over everything anyone can reach finds none.

use crate::backfill::{page as old_page, take_in};
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
    ("old page that waits for a signature", "canaryzulu"),
    ("old page with a finding", "canaryhummock"),
    ("superior document", "canaryisland"),
    ("why a superior document is not passed on", "canaryjetty"),
    ("name of an applicant", "canarykestrel"),
    ("what an applicant wants", "canaryalphaalpha"),
    ("what staff write of an application", "canarybravobravo"),
    ("third party of an application", "canarycharliecharlie"),
    ("reply to an applicant", "canarydeltadelta"),
    ("note of staff about an application", "canaryechoecho"),
    ("file of staff about an application", "canaryfoxtrotfoxtrot"),
    ("why an application was given to somebody", "canarygolfgolf"),
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
    plant_incoming(site, &office).await;
    plant_request(site, &office).await;
}

/// What came in and is not public yet: old pages, whose addresses are known, and a superior body's document.
async fn plant_incoming(site: &House, office: &Office) {
    let waits = serde_json::json!({"text": word("old page that waits for a signature")});
    let found = format!("{}，身份证号码 430202190501010017。", word("old page with a finding"));
    let pages =
        [old_page(1, waits), old_page(2, serde_json::json!({"title": word("old page with a finding"), "text": found}))];
    let done = take_in(site, "old.jsonl", &pages.concat()).await;
    assert_eq!((done.clean, done.desk), (1, 1), "{done:?}");
    let text = word("superior document");
    let form = [("title", text), ("issuer", "省农业农村厅"), ("text", text), ("address", "")];
    let came = office.clerk.post(site, "/desk/superior", &form).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
    let came = came.location.split('?').next().unwrap_or_default().to_owned();
    let why = [("reason", word("why a superior document is not passed on"))];
    let said = office.officer.post(site, &format!("{came}/decline"), &why).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "{}", said.body);
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
    let purpose = [("purpose-kind", "verify"), ("purpose", word("what the original was looked at for"))];
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

/// Where an applicant may object: no adverse reply goes out without it.
async fn name_courts(site: &House) {
    let admin = Client::sign_in(site, "guanli").await;
    let page = admin.get(site, "/desk/body").await.body;
    let version = crate::client::between(&page, "name=\"version\" value=\"", "\"").expect("a version");
    let offices = [
        ("version", version.as_str()),
        ("called", "株洲市畜牧兽医水产局"),
        ("reconsideration", "某市人民政府"),
        ("reconsideration_address", "某路1号"),
        ("court", "某人民法院"),
        ("court_address", "某路2号"),
    ];
    let set = admin.post(site, "/desk/body", &offices).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
}

/// An application for information, from its form to the signed reply.
async fn plant_request(site: &House, office: &Office) {
    name_courts(site).await;
    let anyone = Client::default();
    let form = anyone.get(site, "/disclosure/apply/form").await.body;
    let once = crate::client::between(&form, "name=\"once\" value=\"", "\"").expect("a one-time token");
    let words = [
        ("once", once.as_str()),
        ("who", "person"),
        ("name", word("name of an applicant")),
        ("id_kind", "passport"),
        ("id_number", "G00000000"),
        ("phone", "0731-28680000"),
        ("wanted", word("what an applicant wants")),
        ("form", "electronic"),
        ("delivery", "platform"),
    ];
    let checked = anyone.post(site, "/disclosure/apply/form", &words).await;
    assert!(checked.body.contains(word("what an applicant wants")), "{} {}", checked.status, checked.body);
    let sent = anyone.post(site, "/disclosure/apply/send", &words).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let list = office.clerk.get(site, "/desk/request").await.body;
    let id = crate::client::between(&list, "href=\"/desk/request/", "\"").filter(|id| id != "new");
    let id = id.or_else(|| crate::client::between(list.split_once("<tbody")?.1, "/desk/request/", "\""));
    let case = format!("/desk/request/{}", id.expect("in the list"));
    let opened = office.clerk.get(site, &case).await.body;
    assert!(opened.contains(word("name of an applicant")), "staff read it");
    for (who, step, fields) in [
        (
            &office.clerk,
            "register",
            &[("confirmed", "2026-11-23"), ("wanted", word("what staff write of an application"))][..],
        ),
        (&office.clerk, "third", &[("name", word("third party of an application")), ("delivered", "2026-11-23")]),
        (&office.clerk, "third-replies?row=1", &[("row", "1"), ("stance", "agrees")]),
        (&office.clerk, "decide", &[("outcome", "3.1"), ("reply", word("reply to an applicant"))]),
        (&office.head, "sign", &[]),
    ] {
        let page = who.get(site, &format!("{case}/{step}")).await.body;
        let once = crate::client::between(&page, "name=\"once\" value=\"", "\"").expect(step);
        let address = format!("{case}/{}", step.split('?').next().unwrap_or(step));
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("once", once.as_str())]).collect();
        let made = who.post(site, &address, &all).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{step}: {}", made.body);
    }
    plant_notes(site, office, &case).await;
    let held = anyone.get(site, &sent.location).await.body;
    assert!(held.contains(word("reply to an applicant")), "its holder reads the reply");
    for place in [
        "what staff write of an application",
        "third party of an application",
        "note of staff about an application",
        "file of staff about an application",
        "why an application was given to somebody",
    ] {
        assert!(!held.contains(word(place)), "{place} is not the applicant's to read");
    }
}

/// What staff tell each other about a case, with a file, and with whom it is.
async fn plant_notes(site: &House, office: &Office, case: &str) {
    let page = office.clerk.get(site, &format!("{case}/hand")).await.body;
    let me =
        crate::client::between(&page, "<option value=\"\">请选择</option><option value=\"", "\"").expect("oneself");
    let version = crate::client::between(&page, "name=\"version\" value=\"", "\"").expect("a version");
    let words = word("why an application was given to somebody");
    let given = [("do", "assign"), ("to", &*me), ("version", &*version), ("once", "1"), ("words", words)];
    let given = office.clerk.post(site, &format!("{case}/hand"), &given).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let text = word("note of staff about an application");
    let file = format!("{}.txt", word("file of staff about an application"));
    let note = [("once", "2"), ("text", text)];
    let noted = office.clerk.upload(site, &format!("{case}/notes"), &note, ("file", &file, &file)).await;
    assert_eq!(noted.status, StatusCode::SEE_OTHER, "{}", noted.body);
    let opened = office.clerk.get(site, case).await.body;
    assert!([words, text, &file].iter().all(|word| opened.contains(word)), "staff read it");
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
        "/disclosure/track",
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
    for n in [1, 2] {
        let held = Client::default().get(&site, &format!("/art/2015/{n}.html?site=3")).await.body;
        assert!(held.contains("正在核对") && !words.iter().any(|word| held.contains(word)), "{held}");
    }
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
