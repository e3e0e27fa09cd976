//! `/verify/log` and `/verify/keys`: the log as people read it. It is read from the files that everybody can read.

use super::integrator::off;
use super::keys::algorithm_zh;
use super::model::Said;
use super::verify::verifiers;
use crate::App;
use crate::catalogue::origin::Origin;
use crate::edge::{Failure, html, unkept};
use crate::portal::Portal;
use crate::ui::{Frame, Pager, thousands};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::extract::Query;
use axum::response::Response;
use axum::routing::get;
use ledger::{Algorithm, Tile, statements};
use std::collections::HashMap;

/// Statements on a page. A bundle holds 256, so a page reads two at most.
const SHOWN: u64 = 50;

pub fn routes() -> Router<App> {
    Router::new().route("/verify/log", get(log)).route("/verify/keys", get(keys))
}

/// A statement in plain words.
struct Line {
    place: String,
    action: &'static str,
    /// The record, where the statement names one.
    index_no: String,
    version: i64,
    when: String,
}

#[derive(Template)]
#[template(path = "proof/log.html")]
struct Log {
    frame: Frame,
    size: u64,
    origin: String,
    note: String,
    /// Where this site is reached.
    url: String,
    /// Where the address of the log begins.
    part: String,
    lines: Vec<Line>,
    pager: Pager,
    stopped: &'static str,
}

async fn log(
    portal: Portal,
    Origin(url): Origin,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    let published = portal.app.log.published();
    let (size, origin) =
        published.as_ref().map_or((0, String::new()), |p| (p.checkpoint.head().size, p.checkpoint.origin().to_owned()));
    let end = asked.get("before").and_then(|n| n.parse::<u64>().ok()).map_or(size, |n| n.min(size));
    let begin = end.saturating_sub(SHOWN);
    let folder = portal.app.log.folder(&origin);
    let texts = off(move || read(&folder, begin, end, size)).await?;
    let mut lines: Vec<Line> = texts.iter().zip(begin..).map(|(text, n)| line(n, text)).collect();
    lines.reverse();
    let at = |n: u64| format!("/verify/log?before={n}");
    let pager = Pager {
        prev: (end < size).then(|| at(size.min(end + SHOWN))),
        next: (begin > 0).then(|| at(begin)),
        says: match end {
            0 => String::new(),
            _ => format!("第 {} 条到第 {} 条，共 {} 条", thousands(begin + 1), thousands(end), thousands(size)),
        },
        numbers: vec![],
    };
    let mut frame = portal.frame("登记簿").under("", &[("公开凭证核验", "/verify")]);
    frame.noindex = end != size;
    let page = Log {
        frame,
        size,
        part: super::keys::part(&origin),
        origin,
        note: published.map(|p| p.note.to_string()).unwrap_or_default(),
        lines,
        pager,
        url,
        stopped: portal.app.log.stop().map_or("", |_| "登记簿正在核对，暂停签发。公开不受影响。"),
    };
    Ok(unkept(html(&page)?))
}

/// The statements from `begin` to before `end` of the log of this size.
fn read(folder: &super::folder::Folder, begin: u64, end: u64, size: u64) -> Result<Vec<String>, Error> {
    let missing = || Error::fault("a bundle of the log is missing");
    let mut all = vec![];
    while begin + (all.len() as u64) < end {
        let next = begin + all.len() as u64;
        let tile = Tile::of_statement(next, size).ok_or_else(missing)?;
        let bytes = folder.read(tile).ok_or_else(missing)?;
        let some = statements(&bytes).map_err(|e| Error::Fault(e.into()))?;
        let within = (next % 256) as usize;
        let most = (end - next) as usize;
        all.extend(some.iter().skip(within).take(most).map(|s| String::from_utf8_lossy(s).into_owned()));
    }
    Ok(all)
}

fn line(n: u64, text: &str) -> Line {
    let said: Option<Said> = serde_json::from_str(text).ok();
    let action = match said.as_ref().map(|said| said.action.as_str()) {
        Some("publish") => "公开",
        Some("correct") => "更正",
        Some("withdraw") => "撤下",
        Some("receive") => "收到来件",
        Some("keys") => "换密钥",
        Some("follow") => "接着上一本登记簿",
        _ => "其他",
    };
    let (index_no, version, when) = said.map_or_else(Default::default, |said| {
        let when = if said.day.is_empty() { said.time.replace('T', " ").replace("+08:00", "") } else { said.day };
        (said.index, said.version, when)
    });
    Line { place: thousands(n + 1), action, index_no, version, when }
}

/// A public key as the page shows it.
struct Key {
    vkey: String,
    algorithm: &'static str,
    is_present: bool,
}

#[derive(Template)]
#[template(path = "proof/keys.html")]
struct Keys {
    frame: Frame,
    keys: Vec<Key>,
    has_sm2: bool,
    part: String,
}

async fn keys(portal: Portal) -> Result<Response, Failure> {
    let row = portal.app.store.log().await?;
    let present = row.as_ref().map(|row| row.keys.clone()).unwrap_or_default();
    let all = verifiers(&portal.app).await?;
    let has_sm2 = all.iter().any(|key| key.algorithm() == Algorithm::Sm2);
    let key = |key: &ledger::VerifierKey| {
        let vkey = key.to_string();
        Key { is_present: present.lines().any(|line| line == vkey), algorithm: algorithm_zh(key), vkey }
    };
    let part = row.map(|row| super::keys::part(&row.origin)).unwrap_or_default();
    let frame = portal.frame("登记簿公钥").under("", &[("公开凭证核验", "/verify")]);
    Ok(unkept(html(&Keys { frame, keys: all.iter().map(key).collect(), has_sm2, part })?))
}
