//! The law in force is told: a bureau's own takes its place at once, on kept pages, in promises and at the gate.

use crate::client::{Client, Office, Paper};
use crate::wire::{House, house};
use law::{Law, Sources};

const PAPER: Paper<'static> =
    Paper {
        kind: "notice", title: "关于放假的通知", text: "放假三天。", column: "results/policies", more: &[]
    };

/// The law of the release with some words of it replaced.
fn other(file: for<'a> fn(&'a mut Sources<'static>) -> &'a mut &'static str, old: &str, new: &str) -> &'static Law {
    let mut sources = Sources::built_in();
    let text = file(&mut sources);
    assert!(text.contains(old), "no {old}");
    *text = text.replace(old, new).leak();
    Box::leak(Box::new(Law::load(&sources).expect("sound")))
}

/// Whether a page has these words, asked twice: the second answer is the kept one.
async fn has(site: &House, path: &str, words: &str) -> bool {
    let reader = Client::default();
    let (first, kept) = (reader.get(site, path).await.body, reader.get(site, path).await.body);
    assert_eq!(first.contains(words), kept.contains(words), "{path}");
    kept.contains(words)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_speak_of_the_law_in_force() {
    let site = house(None).await;
    Office::open(&site).await.publish(&site, &PAPER).await;
    let renamed = other(|s| &mut s.columns, "\"结果公开\"", "\"成果公开\"");
    let shorter = other(|s| &mut s.clauses, "\"pledge\"\namount = 5", "\"pledge\"\namount = 3");
    for (law, section, days) in [
        (Law::built_in(), "结果公开", "5 个工作日内"),
        (renamed, "成果公开", "5 个工作日内"),
        (shorter, "结果公开", "3 个工作日内"),
    ] {
        site.app.set_law(law);
        for path in ["/", "/results/policies", "/sitemap", "/records/4302SHILI/2026-00001", "/help"] {
            assert!(has(&site, path, section).await, "{path} has no {section}");
            let former = if section == "结果公开" { "成果公开" } else { "结果公开" };
            assert!(!has(&site, path, &format!(">{former}<")).await, "{path} still has {former}");
        }
        assert!(Client::default().get(&site, "/correction").await.body.contains(days), "{days}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gate_asks_the_law_in_force() {
    let site = house(None).await;
    let office = Office::open(&site).await;
    let id = office.draft(&site, &PAPER).await;
    office.submit(&site, &id, &PAPER).await;
    site.app.set_law(other(|s| &mut s.grounds, "code = \"O20-15\"\n", "code = \"O20-15\"\nuntil = \"2026-11-22\"\n"));
    let passed = office.review(&site, &id, "secrecy", "pass", "").await;
    assert!(passed.location.ends_with("said=passed"), "the review stands, the ground does not: {}", passed.location);
    let ask = format!("/desk/record/{id}/publish");
    let refused = office.publisher.post(&site, &ask, &[]).await;
    assert!(refused.body.contains("不在施行期内"), "{}", refused.body);
    site.app.set_law(Law::built_in());
    let published = office.publisher.post(&site, &ask, &[]).await;
    assert!(published.location.ends_with("said=published"), "{}", published.body);
}
