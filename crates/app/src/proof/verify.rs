//! `/verify`: a number, a file or a digest, and what we have to say to it. Files are hashed and forgotten.

use super::model::{Gone, Known, Line, Number, Opening, Verdict};
use super::rules;
use crate::App;
use crate::edge::{Failure, html_as, status_of, unkept};
use crate::floor::{FileLine, public_file, public_gone, public_gone_digest, public_page, public_version};
use crate::portal::Portal;
use crate::posted::{Posted, Upload};
use crate::record::model::Reason;
use crate::ui::Frame;
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query};
use axum::response::Response;
use axum::routing::get;
use kernel::{Hash, Instant, Refusal};
use ledger::{Proof, VerifierKey};
use sea_orm::ColumnTrait;
use std::collections::HashMap;

/// 20 MB, as any public form, and the form around it. A larger file is hashed on the reader's own machine.
const FILE_MAX: usize = (20 << 20) + (64 << 10);
/// How a proof file begins (C2SP tlog-proof).
const PROOF: &[u8] = b"c2sp.org/tlog-proof@";

pub fn routes() -> Router<App> {
    Router::new().route("/verify", get(form).post(check)).layer(DefaultBodyLimit::max(FILE_MAX))
}

#[derive(Template)]
#[template(path = "proof/verify.html")]
struct Page {
    frame: Frame,
    number: String,
    digest: String,
    verdict: Option<Verdict>,
    size: u64,
    root: Option<Hash>,
    stopped: bool,
    script: String,
}

async fn form(portal: Portal, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let typed = |name| asked.get(name).map_or("", String::as_str);
    if typed("number").trim().is_empty() && typed("digest").trim().is_empty() {
        return show(&portal, ("", ""), None, vec![]);
    }
    answer(&portal, typed("number"), typed("digest"), None).await
}

async fn check(portal: Portal, form: Posted) -> Result<Response, Failure> {
    let file = form.files.iter().find(|file| file.field == "file");
    answer(&portal, form.get("number"), form.get("digest"), file).await
}

async fn answer(portal: &Portal, number: &str, digest: &str, file: Option<&Upload>) -> Result<Response, Failure> {
    if let Some(file) = file.filter(|file| file.bytes.starts_with(PROOF)) {
        let verdict = of_proof(portal, &file.bytes).await?;
        return show(portal, (number, digest), Some(verdict), vec![]);
    }
    let asked = match read(number, digest, file) {
        Ok(asked) => asked,
        Err(why) => return show(portal, (number, digest), None, why),
    };
    let verdict = judge(portal, asked.0.as_ref(), asked.1.as_ref()).await?;
    let shown = asked.1.map(|hash| hash.to_string()).unwrap_or_default();
    show(portal, (number, &shown), Some(verdict), vec![])
}

type Asked = (Option<Number>, Option<Hash>);

fn read(number: &str, digest: &str, file: Option<&Upload>) -> Result<Asked, Vec<Refusal>> {
    let mut why = vec![];
    let read_number = rules::number(number);
    if !number.trim().is_empty() && read_number.is_none() {
        let says = "凭证号不对。它印在凭证上，形如 4302SHILI/2026-00001-1，也可以填索引号。";
        why.push(Refusal::new("number-unread", says).at("number"));
    }
    let read_digest = file.map(|file| Hash::of(&file.bytes)).or_else(|| rules::digest(digest));
    if !digest.trim().is_empty() && read_digest.is_none() {
        why.push(Refusal::new("digest-unread", "摘要应为 64 位的数字和字母（SHA-256）。").at("digest"));
    }
    if why.is_empty() && read_number.is_none() && read_digest.is_none() {
        why.push(Refusal::new("nothing-asked", "请填凭证号、选择文件或者填摘要，有一样就可以。").at("number"));
    }
    if why.is_empty() { Ok((read_number, read_digest)) } else { Err(why) }
}

async fn judge(portal: &Portal, number: Option<&Number>, digest: Option<&Hash>) -> Result<Verdict, Error> {
    let path = match (number, digest) {
        (Some(number), _) => Some(format!("/records/{}", number.index_no)),
        (None, Some(digest)) => path_of(portal, digest).await?,
        (None, None) => None,
    };
    let Some(path) = path else { return Ok(Verdict::Unknown) };
    if let Some(gone) = gone(portal, &path).await? {
        return Ok(Verdict::Gone(gone));
    }
    let known = known(portal, &path).await?;
    let judged = |known| rules::judge(&known, number.and_then(|n| n.version), digest, number.is_some());
    Ok(known.map_or(Verdict::Unknown, judged))
}

/// The record of which a version or file, public or withdrawn, has this digest.
async fn path_of(portal: &Portal, digest: &Hash) -> Result<Option<String>, Error> {
    let (public, body, hex) = (&portal.public, &portal.body.id, digest.to_string());
    let version = public.find::<public_version::Entity>().filter(public_version::Column::Hash.eq(&hex));
    if let Some(row) = version.filter(public_version::Column::Body.eq(body)).one().await? {
        return Ok(Some(row.path));
    }
    let file = public.find::<public_file::Entity>().filter(public_file::Column::Sha256.eq(&hex));
    if let Some(row) = file.filter(public_file::Column::Body.eq(body)).one().await? {
        return Ok(row.path.split_once("/v/").map(|(path, _)| path.to_owned()));
    }
    let gone = public.find::<public_gone_digest::Entity>().filter(public_gone_digest::Column::Digest.eq(&hex));
    let gone = gone.filter(public_gone_digest::Column::Body.eq(body)).one().await?;
    Ok(gone.map(|row| row.path))
}

async fn gone(portal: &Portal, path: &str) -> Result<Option<Gone>, Error> {
    let row = portal.public.find::<public_gone::Entity>().filter(public_gone::Column::Path.eq(path));
    let row = row.filter(public_gone::Column::Body.eq(&portal.body.id)).one().await?;
    Ok(row.map(|row| {
        let reason = Reason::parse(&row.reason);
        let (why, cite) = reason.map_or(("", ""), |r| (r.zh, r.cite));
        Gone { index_no: row.index_no, at: Instant(row.at), why, cite }
    }))
}

async fn known(portal: &Portal, path: &str) -> Result<Option<Known>, Error> {
    let (public, body) = (&portal.public, &portal.body.id);
    let page = public.find::<public_page::Entity>().filter(public_page::Column::Path.eq(path));
    let Some(page) = page.filter(public_page::Column::Body.eq(body)).one().await? else { return Ok(None) };
    let versions = public.find::<public_version::Entity>().filter(public_version::Column::Path.eq(path));
    let mut rows = versions.filter(public_version::Column::Body.eq(body)).all().await?;
    rows.sort_by_key(|row| row.version);
    let lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(Known { path: page.path, index_no: page.index_no, title: page.title, current: page.version, lines }))
}

fn line(row: &public_version::Model) -> Result<Line, Error> {
    let files: Vec<FileLine> = match row.files.as_str() {
        "" => vec![],
        files => serde_json::from_str(files).map_err(|e| Error::Fault(e.into()))?,
    };
    let files = files.into_iter().filter_map(|f| Some((f.name, Hash::parse(&f.sha256)?))).collect();
    let hash = Hash::parse(&row.hash).ok_or_else(|| Error::fault("a public version without a digest"))?;
    Ok(Line { n: row.version, at: Instant(row.at), hash, files })
}

/// Public keys that signed for this log, now or before.
pub async fn verifiers(app: &App) -> Result<Vec<VerifierKey>, Error> {
    if let Some(secrets) = app.log.place.secrets()? {
        return Ok(secrets.keys()?.verifiers);
    }
    let row = app.store.log().await?;
    Ok(row.iter().flat_map(|row| row.keys.lines()).filter_map(|line| VerifierKey::parse(line).ok()).collect())
}

/// A proof file: is it right, and what is it about?
async fn of_proof(portal: &Portal, bytes: &[u8]) -> Result<Verdict, Error> {
    let keys = verifiers(&portal.app).await?;
    let opening = match read_proof(bytes, &keys) {
        Ok(opening) => opening,
        Err(why) => return Ok(Verdict::Forged { why: why.into() }),
    };
    let Some(said) = opening.said() else { return Ok(Verdict::Forged { why: "登记条目读不懂。".into() }) };
    if !said.commitment.is_empty() {
        let says = format!("{} 收到的一份来件，已经登记。内容只有来件人和经办人知道。", said.day);
        return Ok(Verdict::Logged { says });
    }
    let digest = opening.content.as_deref().and_then(Hash::parse);
    let number = Number { index_no: said.index.clone(), version: Some(said.version) };
    match judge(portal, Some(&number), digest.as_ref()).await? {
        Verdict::Unknown => {
            let says = format!("索引号 {} 的第 {} 版在 {} 登记过。", said.index, said.version, said.time);
            Ok(Verdict::Logged { says })
        }
        verdict => Ok(verdict),
    }
}

/// Checks a proof file against these keys, and what it opens against its statement. In Chinese why not.
pub fn read_proof(bytes: &[u8], keys: &[VerifierKey]) -> Result<Opening, &'static str> {
    let proof = Proof::parse(bytes).map_err(|_| "文件的格式不对，可能没有下载完整。")?;
    let opening: Option<Opening> = serde_json::from_slice(&proof.extra).ok();
    // One spelling: what is read is written again to the byte.
    let opening = opening.filter(|opening| kernel::canonical::bytes(opening) == proof.extra);
    let opening = opening.ok_or("文件里没有登记条目，或者被改动过。")?;
    let origin = proof.checkpoint.text().lines().next().unwrap_or_default();
    if !keys.iter().any(|key| key.name() == origin) {
        return Err("这是另一本登记簿的凭证，不是从本平台下载的。");
    }
    let checked = proof.verify(opening.statement.as_bytes(), origin, keys);
    checked.map_err(|_| "签名或者位置对不上，文件被改动过。")?;
    match opening.fits() {
        Some(false) => Err("内容的摘要与登记条目对不上，文件被改动过。"),
        _ => Ok(opening),
    }
}

fn show(
    portal: &Portal,
    typed: (&str, &str),
    verdict: Option<Verdict>,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let status = status_of(&errors);
    let mut frame = portal.frame("公开凭证核验").under("", &[]);
    frame.path = "/verify".into();
    frame.noindex = verdict.is_some();
    frame.errors = errors;
    let published = portal.app.log.published();
    let head = published.as_ref().map(|p| *p.checkpoint.head());
    let page = Page {
        frame,
        number: typed.0.into(),
        digest: typed.1.into(),
        verdict,
        size: head.map_or(0, |head| head.size),
        root: head.map(|head| head.root),
        stopped: portal.app.log.stop().is_some(),
        script: portal.app.assets.verify.path.clone(),
    };
    Ok(unkept(html_as(status, &page)?))
}
