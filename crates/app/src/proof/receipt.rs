//! 公开凭证: the page of a version's proof, its twin for programs, the file to keep, and the content that it is about.

use super::model::Standing;
use super::prove::{self, Held};
use crate::App;
use crate::catalogue::origin::Origin;
use crate::edge::{Failure, html, unkept};
use crate::floor::{public_page, public_version};
use crate::portal::Portal;
use crate::record::public::missing;
use crate::ui::{Fact, Frame, Qr, Receipt, Tag, Tone, Value, href, thousands};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::{Hash, Instant};
use sea_orm::ColumnTrait;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/records/{org}/{number}/receipt", get(current))
        .route("/records/{org}/{number}/v/{n}/receipt", get(of_version))
        .route("/records/{org}/{number}/v/{n}/receipt.json", get(twin))
        .route("/records/{org}/{number}/v/{n}/receipt.tlog-proof", get(file))
        .route("/records/{org}/{number}/v/{n}/content.json", get(content))
}

/// 凭证号 of a version.
pub fn number(index_no: &str, version: i64) -> String {
    format!("{index_no}-{version}")
}

/// A public version with its page and its proof.
struct Shown {
    page: public_page::Model,
    row: public_version::Model,
    held: Option<Held>,
}

async fn load(portal: &Portal, record: &str, n: Option<i64>) -> Result<Shown, Failure> {
    use public_page::Column;
    let page = portal.public.find::<public_page::Entity>().filter(Column::Path.eq(record));
    let Some(page) = page.filter(Column::Body.eq(&portal.body.id)).one().await? else {
        return Err(missing(portal, record).await?);
    };
    let find = portal.public.find::<public_version::Entity>().filter(public_version::Column::Path.eq(record));
    let wanted = public_version::Column::Version.eq(n.unwrap_or(page.version));
    let row = find.filter(wanted).one().await?.ok_or(Error::NotFound)?;
    let held = prove::of_version(&portal.app, &row).await?;
    Ok(Shown { page, row, held })
}

type At = (String, String, String);

async fn at(portal: &Portal, (org, number, n): At) -> Result<Shown, Failure> {
    let n = n.parse().map_err(|_| Error::NotFound)?;
    load(portal, &format!("/records/{org}/{number}"), Some(n)).await
}

#[derive(Template)]
#[template(path = "proof/receipt.html")]
struct Page {
    frame: Frame,
    path: String,
    n: i64,
    current: i64,
    title: String,
    slip: Receipt,
    is_logged: bool,
    /// The content was taken down: the statement stays, and says nothing about it.
    is_closed: bool,
    stopped: &'static str,
    qr: Option<Qr>,
    url: String,
    statement: String,
    salt: String,
}

async fn current(
    portal: Portal,
    Origin(origin): Origin,
    Path((org, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let shown = load(&portal, &format!("/records/{org}/{number}"), None).await?;
    page(&portal, &origin, shown)
}

async fn of_version(portal: Portal, Origin(origin): Origin, Path(path): Path<At>) -> Result<Response, Failure> {
    let shown = at(&portal, path).await?;
    page(&portal, &origin, shown)
}

fn page(portal: &Portal, origin: &str, shown: Shown) -> Result<Response, Failure> {
    let Shown { page, row, held } = shown;
    let proof = number(&page.index_no, row.version);
    let url = format!("{origin}{}", href("/verify", &[("number", &proof)]));
    let mut frame = portal.frame("公开凭证").under("", &[(&page.title, &page.path)]);
    frame.noindex = true;
    let opening = held.as_ref().map(|h| h.opening.clone());
    let made = Page {
        frame,
        slip: slip(portal, &row, &proof, held.as_ref()),
        is_logged: held.as_ref().is_some_and(|h| matches!(h.standing, Standing::In(_))),
        is_closed: row.content.is_empty(),
        stopped: portal.app.log.stop().map_or("", |_| "登记簿正在核对，暂停签发。公开不受影响。"),
        qr: Qr::of(&url),
        url,
        statement: opening.as_ref().map(|o| o.statement.clone()).unwrap_or_default(),
        salt: opening.and_then(|o| o.salt).unwrap_or_default(),
        path: page.path,
        n: row.version,
        current: page.version,
        title: row.title,
    };
    Ok(unkept(html(&made)?))
}

fn slip(portal: &Portal, row: &public_version::Model, proof: &str, held: Option<&Held>) -> Receipt {
    let state = match held.map(|h| &h.standing) {
        Some(Standing::In(_)) => Tag::new("已登记", Tone::Done),
        _ => Tag::new("已公开，凭证生成中", Tone::Near),
    };
    let mut facts = vec![
        Fact::code("凭证号", proof),
        Fact::text("版本", format!("第 {} 版", row.version)),
        Fact::new("公开时间", Value::Moment(Instant(row.at))),
        Fact::new("登记", Value::Tag(state)),
    ];
    if let (Some(Standing::In(proof)), Some(published)) = (held.map(|h| &h.standing), portal.app.log.published()) {
        let (place, all) = (thousands(proof.index + 1), thousands(published.checkpoint.head().size));
        facts.push(Fact::text("登记序号", format!("第 {place} 条，共 {all} 条")));
        facts.push(Fact::code("登记簿", published.checkpoint.origin()));
    }
    let says = "证明这份信息在什么时候、以什么内容公开。";
    let hash = Hash::parse(&row.hash).filter(|_| !row.content.is_empty());
    Receipt { title: "公开凭证".into(), says: says.into(), facts, hash, action: None }
}

/// `/v/{n}/receipt.json`: the same for programs. `proof` is the whole file, absent while it is being made.
async fn twin(portal: Portal, Path(path): Path<At>) -> Result<Response, Failure> {
    let Shown { page, row, held } = at(&portal, path).await?;
    let held = held.ok_or(Error::NotFound)?;
    let proof = match &held.standing {
        Standing::In(proof) => Some(proof.to_string()),
        Standing::Waiting => None,
    };
    let body = serde_json::json!({
        "number": number(&page.index_no, row.version),
        "version": row.version,
        "published": Instant(row.at).rfc3339(),
        "position": held.position,
        "logged": proof.is_some(),
        "statement": held.opening.statement,
        "salt": held.opening.salt,
        "content": held.opening.content,
        "late": held.opening.late,
        "proof": proof,
    });
    let text = format!("{body:#}\n");
    Ok(unkept(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response()))
}

async fn file(portal: Portal, Path(path): Path<At>) -> Result<Response, Failure> {
    let Shown { page, row, held } = at(&portal, path).await?;
    let Some(Standing::In(proof)) = held.map(|h| h.standing) else {
        return Err(Failure { says: GROWING.into(), ..Failure::not_found() });
    };
    let name = format!("{}.tlog-proof", number(&page.index_no, row.version).replace('/', "-"));
    Ok(unkept(download(&name, proof.to_string())))
}

/// While a statement waits, or the log is stopped.
pub const GROWING: &str = "凭证正在生成，一般几秒就好。请稍后再下载。";

pub fn download(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}

/// The bytes whose digest the review and the proof are bound to: what a reader hashes to check us.
async fn content(portal: Portal, Path(path): Path<At>) -> Result<Response, Failure> {
    let Shown { row, .. } = at(&portal, path).await?;
    let record = row.id.split_once('#').map_or("", |(record, _)| record);
    if row.content.is_empty() {
        return Err(Failure::not_found());
    }
    let revision = prove::revision_of(portal.app.store.read(), record, row.version).await?.ok_or(Error::NotFound)?;
    if revision.hash != row.hash {
        return Err(Error::fault("a public version shows another revision").into());
    }
    Ok(unkept(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], revision.bytes).into_response()))
}
