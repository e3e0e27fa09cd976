//! Walks every page that anyone can reach, and looks for words that no one may read.

use crate::html;
use crate::stories::{Answer, Site, in_ascii, read};
use axum::body::Body;
use axum::http::{Request, header};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// More pages than this mean that the links never end.
const MOST: usize = 20_000;

/// What a walk found. `leaks` and `broken` should be empty.
#[derive(Debug, Default)]
pub struct Report {
    /// The number of addresses that answered with something.
    pub pages: usize,
    /// Every address asked, with its status.
    pub seen: BTreeMap<String, u16>,
    /// `address (from page): status` for links that answer neither 2xx, 3xx nor 410.
    pub broken: Vec<String>,
    /// `address: word`.
    pub leaks: Vec<String>,
}

/// How an address came to be asked, and so which answers are fine.
#[derive(Clone, PartialEq)]
enum Why {
    Link(String),
    /// The target of a form that posts: 405 to a GET is right.
    Posts(String),
    /// A guess, such as the `.csv` beside a list, or an address that must not exist: any answer but a fault is fine.
    Guess,
}

/// Follows every `href`, `src` and `action` from `starts`, also those in sitemaps, feeds, JSON and CSV, without ever
/// signing in; asks also for `.csv .json .atom .txt` beside every page, `/sitemap.xml`, `/robots.txt` and an address
/// that does not exist. `origin` is the site's own, such as `http://demo.invalid`.
pub async fn crawl(site: &impl Site, origin: &str, starts: &[&str], canaries: &[&str]) -> Report {
    let mut report = Report::default();
    let mut todo: VecDeque<(String, Why)> = VecDeque::new();
    todo.extend(starts.iter().map(|s| (s.to_string(), Why::Link("the start".into()))));
    todo.extend(["/sitemap.xml", "/robots.txt", "/no-such-page"].map(|p| (p.to_string(), Why::Guess)));
    let mut asked = BTreeSet::new();
    while let Some((path, why)) = todo.pop_front() {
        if !asked.insert(path.clone()) {
            continue;
        }
        if asked.len() > MOST {
            report.broken.push(format!("more than {MOST} addresses: {path}"));
            break;
        }
        let answer = get(site, &path).await;
        judge(&mut report, &path, &why, &answer, canaries);
        for (link, posts) in links(&answer, &path) {
            if let Some(next) = resolve(origin, &path, &link) {
                let from = path.clone();
                todo.push_back((next, if posts { Why::Posts(from) } else { Why::Link(from) }));
            }
        }
        if answer.is_html() && answer.status == 200 {
            todo.extend(twins(&path).map(|twin| (twin, Why::Guess)));
        }
    }
    report
}

async fn get(site: &impl Site, path: &str) -> Answer {
    let request = Request::builder().uri(in_ascii(path)).header(header::HOST, "localhost").body(Body::empty());
    read(site.send(request.expect("an address from a page is valid once in ASCII")).await).await
}

fn judge(report: &mut Report, path: &str, why: &Why, answer: &Answer, canaries: &[&str]) {
    report.pages += usize::from(answer.status < 400 || !answer.body.is_empty());
    report.seen.insert(path.to_string(), answer.status);
    let fine = matches!(answer.status, 200..=399 | 410);
    let broken = match why {
        Why::Link(from) => (!fine).then_some(from.as_str()),
        Why::Posts(from) => (!fine && answer.status != 405).then_some(from.as_str()),
        Why::Guess => (answer.status >= 500).then_some("a guess"),
    };
    report.broken.extend(broken.map(|from| format!("{path} (from {from}): {}", answer.status)));
    let headers: Vec<String> =
        answer.headers.values().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
    let texts = [percent_decoded(path), answer.body.clone(), html::text(&answer.body)];
    let all: Vec<String> = texts.into_iter().chain(headers.iter().map(|h| percent_decoded(h))).collect();
    let found = canaries.iter().filter(|word| all.iter().any(|text| text.contains(*word)));
    report.leaks.extend(found.map(|word| format!("{path}: {word}")));
}

/// The links of an answer; `true` for a form that posts.
fn links(answer: &Answer, path: &str) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> =
        answer.header("location").map(|to| (to.to_string(), false)).into_iter().collect();
    let media_type = answer.header("content-type").unwrap_or_default();
    if answer.is_html() {
        let posting: Vec<String> =
            html::forms(&answer.body).into_iter().filter(|f| f.post).filter_map(|f| f.action).collect();
        out.extend(html::links(&answer.body).into_iter().map(|link| (link.clone(), posting.contains(&link))));
    } else if media_type.contains("xml") {
        out.extend(html::links(&answer.body).into_iter().map(|link| (link, false)));
        out.extend(locs(&answer.body).map(|loc| (html::decode(loc), false)));
    } else if path.ends_with("/openapi.json") {
        // It names addresses without what they ask.
    } else if media_type.contains("json") || media_type.contains("csv") {
        let cells = answer.body.split(['"', ',', '\n', '\r']);
        let addresses = cells.filter(|c| c.starts_with("http") || (c.starts_with('/') && c.len() > 1));
        out.extend(addresses.map(|c| (c.to_string(), false)));
    } else if path == "/robots.txt" {
        let sitemaps = answer.body.lines().filter_map(|l| l.strip_prefix("Sitemap:"));
        out.extend(sitemaps.map(|s| (s.trim().to_string(), false)));
    }
    out
}

fn locs(sitemap: &str) -> impl Iterator<Item = &str> {
    sitemap.split("<loc>").skip(1).filter_map(|after| after.split("</loc>").next()).map(str::trim)
}

/// The address on our own site that a link leads to: absolute, rooted, a query alone, or relative to the page.
fn resolve(origin: &str, page: &str, link: &str) -> Option<String> {
    let link = link.split('#').next().unwrap_or_default().trim();
    let link = link.strip_prefix(origin).map(|rest| if rest.is_empty() { "/" } else { rest }).unwrap_or(link);
    let here = page.split('?').next().unwrap_or(page);
    let scheme = link.split(['/', '?']).next().is_some_and(|first| first.contains(':'));
    if link.is_empty() || scheme || link.starts_with("//") {
        return None;
    }
    let joined = match link.chars().next() {
        Some('/') => link.to_string(),
        Some('?') => format!("{here}{link}"),
        _ => format!("{}/{link}", here.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    Some(without_dots(&joined))
}

fn without_dots(path: &str) -> String {
    let (path, query) = path.split_once('?').map_or((path, None), |(p, q)| (p, Some(q)));
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').skip(1) {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    format!("/{}{}", parts.join("/"), query.map_or(String::new(), |q| format!("?{q}")))
}

/// The same list for machines, and the text beside a page.
fn twins(path: &str) -> impl Iterator<Item = String> {
    let (stem, query) = path.split_once('?').map_or((path, String::new()), |(p, q)| (p, format!("?{q}")));
    let stem = stem.trim_end_matches('/').to_string();
    let is_page = !stem.is_empty() && !stem.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let endings = if is_page { [".csv", ".json", ".atom", ".txt"].as_slice() } else { &[] };
    endings.iter().map(move |ending| format!("{stem}{ending}{query}"))
}

fn percent_decoded(text: &str) -> String {
    let (bytes, mut out, mut i) = (text.as_bytes(), Vec::new(), 0);
    while i < bytes.len() {
        let hex = (bytes[i] == b'%').then(|| text.get(i + 1..i + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

mod tests {
    use super::*;
    use crate::stories::Toy;

    const HTML: &str = "text/html";

    #[tokio::test]
    async fn a_walk_finds_what_it_must_not() {
        let site = Toy::new()
            .with("/list", HTML, "<a href='sub/a?x=%E6%98%8E'>甲</a><a href=/gone>x</a><form method=post action=/echo>")
            .with("/sub/a", HTML, "<p>机<b>密</b>一</p><a href='../list#top'>回</a><a href=https://other.cn/>外</a>")
            .with("/list.csv", "text/csv", "a,b\n\"http://demo.invalid/from-csv\",2\n")
            .with("/from-csv", "text/plain", "canary-二")
            .with(
                "/sitemap.xml",
                "application/xml",
                "<urlset><url><loc>http://demo.invalid/mapped</loc></url></urlset>",
            )
            .with("/mapped", HTML, "<img src=/dot.png>");
        let words = ["机密一", "canary-二", "明", "无"];
        let report = crawl(&site, "http://demo.invalid", &["/list"], &words).await;
        assert_eq!(report.broken, ["/gone (from /list): 404", "/dot.png (from /mapped): 404"], "{report:?}");
        let leaks = ["/sub/a?x=%E6%98%8E: 机密一", "/sub/a?x=%E6%98%8E: 明", "/from-csv: canary-二"];
        assert!(leaks.iter().all(|leak| report.leaks.iter().any(|l| l == leak)), "{report:?}");
        assert!(!report.leaks.iter().any(|l| l.ends_with("无")), "{report:?}");
        assert_eq!((report.seen["/echo"], report.seen["/no-such-page"], report.pages), (405, 404, 6));
    }

    #[test]
    fn links_are_resolved() {
        for (page, link, to) in [
            ("/a/b?c=1", "d", Some("/a/d")),
            ("/a/b?c=1", "?c=2", Some("/a/b?c=2")),
            ("/a/b", "../x/./y?z=../1", Some("/x/y?z=../1")),
            ("/a/b", "http://demo.invalid", Some("/")),
            ("/a/b", "http://demo.invalid/c#d", Some("/c")),
            ("/a/b", "#top", None),
            ("/a/b", "mailto:x@y.cn", None),
            ("/a/b", "tel:123", None),
            ("/a/b", "//other.cn/x", None),
        ] {
            assert_eq!(resolve("http://demo.invalid", page, link).as_deref(), to, "{page} {link}");
        }
    }
}
