//! What is taken down is gone from the very next answer of every path: pages, lists, twins, feeds, API, versions,
//! comparisons, files, sitemap, front page, kept pages, and answers to a reader who has the old bytes already.

mod sealed;

use crate::client::{Office, Paper};
use crate::crawl::crawl;
use crate::stories::{Site, in_ascii};
use crate::wire::{House, house};
use app::record::table::{evidence, revision, revision_file};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use sea_orm::EntityTrait;
use store::blob_row;

const TITLE: &str = "leakedtitle";
const TEXT: &str = "leakedtext";
pub const FILE: &str = "leakedfile";
const NOTE: &str = "leakednote";
const WORDS: [&str; 4] = [TITLE, TEXT, FILE, NOTE];
const STARTS: &[&str] = &["/", "/records", "/records/4302SHILI/2026-00001", "/api/v1/records", "/feeds"];

/// A public record with a file, found on many paths, in two versions where `twice`.
pub async fn published(site: &House, office: &Office, twice: bool) -> String {
    let title = format!("通知{TITLE}");
    let more = [("summary", TEXT), ("note", NOTE), ("effective", "2026-11-23"), ("class", "inspection")];
    let paper = Paper { kind: "notice", title: &title, text: TEXT, column: "results/policies", more: &more };
    let id = office.draft(site, &paper).await;
    upload(site, office, &id, &paper).await;
    office.review(site, &id, "secrecy", "pass", "").await;
    site.app.run_jobs().await.expect("the file is read");
    if twice {
        office.clerk.post(site, &format!("/desk/record/{id}/take-up"), &[]).await;
        let more = [("change", NOTE), ("summary", TEXT)];
        office.submit(site, &id, &Paper { more: &more, text: "leakedtext 又改", ..paper }).await;
        office.review(site, &id, "secrecy", "pass", "").await;
    }
    id
}

/// Submits the draft with a file, as a browser sends one.
async fn upload(site: &House, office: &Office, id: &str, paper: &Paper<'_>) {
    let page = office.clerk.get(site, &format!("/desk/record/{id}")).await.body;
    let version = crate::client::between(&page, "name=\"version\" value=\"", "\"").expect("a draft");
    let name = format!("{FILE}.txt");
    let part =
        |name: &str, value: &str| format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let mut body = part("csrf", &office.clerk.token) + &part("version", &version) + &part("title", paper.title);
    body.push_str(&format!(
        "--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{FILE}\r\n--X--"
    ));
    let request = Request::post(format!("/desk/record/{id}/draft"))
        .header(header::HOST, "localhost")
        .header(header::COOKIE, &office.clerk.cookie)
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X")
        .body(Body::from(body))
        .expect("a request");
    assert_eq!(site.send(request).await.status(), StatusCode::SEE_OTHER, "the file is stored");
    office.submit(site, id, paper).await;
}

/// Every address that told one of the words, with the tag of its bytes.
async fn tellers(site: &House) -> Vec<(String, String)> {
    let report = crawl(site, "http://demo.invalid", STARTS, &WORDS).await;
    assert!(report.broken.is_empty(), "{:#?}", report.broken);
    let mut paths: Vec<String> = report.leaks.iter().filter_map(|l| l.rsplit_once(": ")).map(|l| l.0.into()).collect();
    paths.sort();
    paths.dedup();
    let mut all = vec![];
    for path in paths {
        let (_, tag, _) = ask(site, &path, "").await;
        all.push((path, tag));
    }
    all
}

async fn ask(site: &House, path: &str, tag: &str) -> (StatusCode, String, String) {
    let mut request = Request::get(in_ascii(path)).header(header::HOST, "localhost");
    if !tag.is_empty() {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let response = site.send(request.body(Body::empty()).expect("a request")).await;
    let (parts, body) = response.into_parts();
    let tag = parts.headers.get(header::ETAG).and_then(|t| t.to_str().ok()).unwrap_or_default().to_owned();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status, tag, String::from_utf8_lossy(&bytes).into_owned())
}

/// Asks every address again that told something before: with and without the tag of the old bytes.
async fn nothing_tells(site: &House, before: &[(String, String)]) {
    for (path, tag) in before {
        for tag in [tag.as_str(), ""] {
            let (status, _, body) = ask(site, path, tag).await;
            assert_ne!(status, StatusCode::NOT_MODIFIED, "{path}: the reader is told to keep what they have");
            // The page of a failure repeats the address that was asked for, which names the file.
            let body = if path.contains(FILE) { body.replace(&format!("{FILE}.txt"), "") } else { body };
            assert!(!WORDS.iter().any(|word| body.contains(word)), "{path} still tells: {body}");
        }
    }
    let report = crawl(site, "http://demo.invalid", STARTS, &WORDS).await;
    assert!(report.leaks.is_empty(), "{:#?}", report.leaks);
    assert!(report.broken.is_empty(), "{:#?}", report.broken);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_or_hidden_is_gone_from_the_next_answer_of_every_path() {
    for (steps, twice) in [(&["withdraw"][..], true), (&["hide"][..], false), (&["hide", "hide/reason"][..], true)] {
        let site = house(None).await;
        let office = Office::open(&site).await;
        let id = published(&site, &office, twice).await;
        let before = tellers(&site).await;
        assert!(before.len() >= 12, "only {} addresses told of it: {before:#?}", before.len());
        let at = |ending: &str| before.iter().any(|(path, _)| path.contains(ending));
        for ending in [".csv", ".json", ".atom", ".txt", ".pdf", "/v/1", "/print", "/files/", "/api/v1/"] {
            assert!(at(ending), "{ending} was not among those that told: {before:#?}");
        }
        for step in steps {
            let done = office.head.post(&site, &format!("/desk/record/{id}/{step}"), &[("reason", "secret")]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        }
        nothing_tells(&site, &before).await;
        let (status, ..) = ask(&site, "/records/4302SHILI/2026-00001", "").await;
        assert_eq!(status, StatusCode::GONE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protective_correction_leaves_number_class_and_day_of_what_was_before() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let id = published(&site, &office, true).await;
    let before = tellers(&site).await;
    assert!(before.iter().any(|(path, _)| path.contains("/diff/1..2")), "{before:#?}");
    office.clerk.post(&site, &format!("/desk/record/{id}/take-up"), &[]).await;
    let page = office.clerk.get(&site, &format!("/desk/record/{id}")).await.body;
    let file = crate::client::between(&page, "name=\"remove\" value=\"", "\"").expect("the file came along");
    office.clerk.post(&site, &format!("/desk/record/{id}/remove-file"), &[("remove", &file)]).await;
    let more = [("change", "去掉个人信息"), ("correction", "privacy")];
    let paper =
        Paper { kind: "notice", title: "通知", text: "干净的正文", column: "results/policies", more: &more };
    office.submit(&site, &id, &paper).await;
    office.review(&site, &id, "secrecy", "pass", "").await;
    nothing_tells(&site, &before).await;
    let (status, _, page) = ask(&site, "/records/4302SHILI/2026-00001", "").await;
    assert!(status == StatusCode::OK && page.contains("2026年11月23日撤下") && page.contains("涉及个人隐私"), "{page}");
    let (status, _, page) = ask(&site, "/records/4302SHILI/2026-00001/v/1", "").await;
    assert!(status == StatusCode::GONE && page.contains("第 1 版已于2026年11月23日撤下"), "{page}");
    let salts: Vec<_> = revision::Entity::find().all(site.app.store.read()).await.expect("reads");
    let kept = salts.iter().filter(|r| !r.salt.is_empty()).map(|r| r.n).collect::<Vec<_>>();
    assert_eq!(kept, [3], "the salts of what is gone are destroyed");
    site.app.run_jobs().await.expect("jobs run");
    let log = std::fs::read_to_string(site.data.path().join("removed.log")).expect("noted");
    assert_eq!(log, format!("{id}\tprivacy\t2\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspected_secret_is_neither_in_the_tables_nor_on_the_disk() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let id = published(&site, &office, false).await;
    let read = site.app.store.read();
    app::search::tend(&site.app).await.expect("an index");
    let index = site.app.search.live().expect("an index");
    assert!(WORDS.iter().all(|word| index.knows(word)), "the index knew them");
    let clear = revision_file::Entity::find().one(read).await.expect("reads").expect("a file").blob;
    office.head.post(&site, &format!("/desk/record/{id}/hide"), &[]).await;
    office.head.post(&site, &format!("/desk/record/{id}/hide/reason"), &[("reason", "secret")]).await;
    assert!(evidence::Entity::find().one(read).await.expect("reads").is_some());
    assert!(blob_row::Entity::find_by_id(&clear).one(read).await.expect("reads").is_none());
    site.app.run_jobs().await.expect("jobs run");
    app::search::tend(&site.app).await.expect("the index follows");
    let index = site.app.search.live().expect("an index");
    assert!(!WORDS.iter().any(|word| index.knows(word)), "a word stands in a segment of the index");
    sealed::on_the_disk(&site, &WORDS);
    let desk = office.officer.get(&site, &format!("/desk/record/{id}")).await.body;
    assert!(!WORDS.iter().any(|word| desk.contains(word)) && desk.contains("（内容已封存）"), "{desk}");
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path());
    entries.flat_map(|p| if p.is_dir() { walk(&p) } else { vec![p] }).collect()
}
