//! A record in other forms: JSON (also at `/api/v1/records/{org}/{number}`), plain text, PDF.

use super::{Shown, load, validity};
use crate::edge::Failure;
use crate::floor::{FileLine, Related, VersionLine};
use crate::portal::Portal;
use crate::press;
use crate::record::field::Data;
use crate::record::kind::Kind;
use crate::record::typed;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Block, Day, Instant, block};
use serde::Serialize;
use store::Error;

/// The form that an ending asks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Json,
    Text,
    Pdf,
}

/// `2017-00001.json` is the JSON of `2017-00001`.
pub fn split(number: &str) -> (&str, Option<Form>) {
    match number.rsplit_once('.') {
        Some((stem, "json")) => (stem, Some(Form::Json)),
        Some((stem, "txt")) => (stem, Some(Form::Text)),
        Some((stem, "pdf")) => (stem, Some(Form::Pdf)),
        _ => (number, None),
    }
}

/// A record as programs read it. Stable: keys are only added. Days are `YYYY-MM-DD`, moments RFC 3339; what is not
/// stated is an empty text. `validity` is that of the moment of the answer.
#[derive(Serialize)]
pub struct Full<'a> {
    /// 索引号.
    pub index_no: &'a str,
    pub url: String,
    pub title: &'a str,
    /// The record kind's word and its name.
    pub kind: &'a str,
    pub kind_name: &'a str,
    /// 文号.
    pub number: &'a str,
    pub issuer: &'a str,
    /// 责任科室.
    pub author: &'a str,
    pub source: &'a str,
    /// The path of the column, and the slug of the statutory class (条例 20).
    pub place: &'a str,
    pub class: &'a str,
    pub issued: &'a str,
    pub effective: &'a str,
    pub expires: &'a str,
    /// The words of [`crate::floor::Validity`], or empty.
    pub validity: &'a str,
    /// First and last day of a 公示, or empty.
    pub shown_from: &'a str,
    pub shown_until: &'a str,
    pub published_at: String,
    /// The day on which it was first public on a former site; absent where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_public: Option<&'a str>,
    pub changed_at: String,
    pub version: i64,
    /// 公开依据.
    pub basis: &'a str,
    pub keywords: Vec<&'a str>,
    pub summary: &'a str,
    /// The typed fields of its kind, by their names; what they mean stands at `/api/v1/kinds`.
    pub data: &'a Data,
    /// What it names and what names it.
    pub related: Vec<Related>,
    /// SHA-256 of this version.
    pub sha256: &'a str,
    /// The text as blocks.
    pub body: &'a [Block],
    /// 编者注, which is no part of the text.
    pub note: &'a [Block],
    pub files: Vec<FileOut<'a>>,
    /// The file as it was issued; null where there is none.
    pub original: Option<FileOut<'a>>,
    /// Newest first.
    pub versions: Vec<VersionOut<'a>>,
}

#[derive(Serialize)]
pub struct FileOut<'a> {
    pub name: &'a str,
    #[serde(rename = "type")]
    pub kind: &'a str,
    /// In bytes.
    pub size: i64,
    pub sha256: &'a str,
    pub url: String,
}

#[derive(Serialize)]
pub struct VersionOut<'a> {
    pub n: i64,
    pub at: String,
    /// `first`, or a class of correction.
    pub reason: &'a str,
    /// Empty where the version was taken down.
    pub sha256: &'a str,
    /// 更正说明.
    pub says: &'a str,
    /// When and under which class it was taken down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<RemovedOut<'a>>,
    pub url: String,
}

#[derive(Serialize)]
pub struct RemovedOut<'a> {
    pub at: String,
    pub reason: &'a str,
}

impl<'a> Full<'a> {
    pub fn of(shown: &'a Shown, base: &str, now: Instant) -> Result<Full<'a>, Error> {
        let row = &shown.row;
        let file = |f: &'a FileLine| FileOut {
            name: &f.name,
            kind: &f.kind,
            size: f.size,
            sha256: &f.sha256,
            url: format!("{base}{}", super::place::encoded(&f.path)),
        };
        let version = |v: &'a VersionLine| VersionOut {
            n: v.n,
            at: Instant(v.at).rfc3339(),
            reason: &v.reason,
            sha256: &v.hash,
            says: &v.says,
            removed: v.removed.as_ref().map(|r| RemovedOut { at: Instant(r.at).rfc3339(), reason: &r.reason }),
            url: format!("{base}{}/v/{}", row.path, v.n),
        };
        Ok(Full {
            index_no: &row.index_no,
            url: format!("{base}{}", row.path),
            title: &row.title,
            kind: &row.kind,
            kind_name: shown.kind_zh(),
            number: &row.number,
            issuer: &row.issuer,
            author: shown.author(),
            source: &row.source,
            place: &row.place,
            class: &row.class,
            issued: &row.issued,
            effective: &row.effective,
            expires: &row.expires,
            validity: shown.validity(now.day()).zh(),
            shown_from: &row.shown_from,
            shown_until: &row.shown_until,
            published_at: Instant(row.published_at).rfc3339(),
            first_public: row.first_public.as_deref(),
            changed_at: Instant(row.changed_at).rfc3339(),
            version: row.version,
            basis: &row.basis,
            keywords: words(&row.keywords),
            summary: &row.summary,
            data: &shown.data,
            related: super::read(&row.related)?,
            sha256: &row.hash,
            body: &shown.body,
            note: &shown.note,
            files: shown.files.iter().map(file).collect(),
            original: shown.original.as_ref().map(file),
            versions: shown.versions.iter().map(version).collect(),
        })
    }
}

/// Keywords as they are written in the form: parted by 、 or its neighbours.
fn words(keywords: &str) -> Vec<&str> {
    keywords.split(['、', '，', ',', '；', ';', ' ', '　']).filter(|w| !w.is_empty()).collect()
}

pub fn json(portal: &Portal, shown: &Shown) -> Result<Response, Failure> {
    let full = Full::of(shown, &portal.shell.site.base_url, portal.now)?;
    let text = serde_json::to_string_pretty(&full).map_err(|e| Error::Fault(e.into()))?;
    Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}

pub async fn api(portal: Portal, Path((org, number)): Path<(String, String)>) -> Result<Response, Failure> {
    let shown = load(&portal, &format!("/records/{org}/{number}")).await?;
    json(&portal, &shown)
}

pub fn text(portal: &Portal, shown: &Shown) -> Response {
    let text = plain(shown, &portal.shell.site.base_url, portal.now.day());
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// The largest content that is set as PDF, in bytes of JSON: a larger one is read on the page.
const PDF_MOST: usize = 256 << 10;

/// Whether there is a PDF of it.
pub fn has_pdf(shown: &Shown) -> bool {
    shown.row.content.len() <= PDF_MOST
}

/// Elements, text and note for keeping and printing.
pub async fn pdf(portal: &Portal, shown: Shown) -> Result<Response, Failure> {
    if !has_pdf(&shown) {
        return Err(Failure::not_found());
    }
    let facts = elements(&shown, &portal.shell.site.base_url, portal.now.day());
    let foot = vec![
        format!("第 {} 版，SHA-256 {}", shown.row.version, shown.row.hash),
        format!("是不是最新、有没有改动，凭索引号到 {}/verify 核验。", portal.shell.site.base_url),
    ];
    let mut blocks = shown.body;
    if !shown.note.is_empty() {
        blocks.push(Block::Heading { level: 1, text: "编者注（不是原文）".into() });
        blocks.extend(shown.note);
    }
    let (made, row) = (Instant(shown.row.changed_at).day(), shown.row);
    let work = move |press: &paper::Press| {
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        press.text(&paper::Text { organ: &row.issuer, title: &row.title, facts, blocks: &blocks, made, foot })
    };
    let pdf = portal.app.press.set(work).await.map_err(press::failed)?;
    Ok(([(header::CONTENT_TYPE, "application/pdf")], pdf).into_response())
}

/// 条例 12 and what else a reader must know, without the empty ones.
fn elements(shown: &Shown, base: &str, today: Day) -> Vec<(&'static str, String)> {
    let row = &shown.row;
    let show = match validity::shown_zh(row) {
        days if days.is_empty() => days,
        days => format!("{days}（{}）", shown.validity(today).zh()),
    };
    let all = [
        ("索引号", row.index_no.clone()),
        ("文号", row.number.clone()),
        ("发布机构", row.issuer.clone()),
        ("责任科室", shown.author().to_owned()),
        ("成文日期", row.issued.clone()),
        ("公开日期", Instant(row.published_at).to_string()),
        ("施行日期", row.effective.clone()),
        ("有效期至", row.expires.clone()),
        ("公示期", show),
        ("公开依据", row.basis.clone()),
        ("来源", row.source.clone()),
        ("网址", format!("{base}{}", row.path)),
    ];
    let own = Kind::parse(&row.kind).map(|kind| typed::lines(kind, &shown.data)).unwrap_or_default();
    all.into_iter().filter(|(_, value)| !value.is_empty()).chain(own).collect()
}

/// Title, elements, text, note and the addresses of the files.
fn plain(shown: &Shown, base: &str, today: Day) -> String {
    let mut out = format!("{}\n\n", shown.row.title);
    out.extend(elements(shown, base, today).into_iter().map(|(name, value)| format!("{name}：{value}\n")));
    out.extend(["\n", &block::plain_text(&shown.body)]);
    if !shown.note.is_empty() {
        out.extend(["\n编者注（不是原文）\n", &block::plain_text(&shown.note)]);
    }
    if !shown.files.is_empty() {
        out.push_str("\n附件\n");
        let line = |f: &FileLine| format!("{}　{base}{}\n", f.name, super::place::encoded(&f.path));
        out.extend(shown.files.iter().map(line));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_asks_for_a_form() {
        assert_eq!(split("2017-00001"), ("2017-00001", None));
        assert_eq!(split("2017-00001.json"), ("2017-00001", Some(Form::Json)));
        assert_eq!(split("2017-00001.txt"), ("2017-00001", Some(Form::Text)));
        assert_eq!(split("2017-00001.pdf"), ("2017-00001", Some(Form::Pdf)));
        assert_eq!(split("2017-00001.exe"), ("2017-00001.exe", None));
    }

    #[test]
    fn keywords_are_read_as_people_part_them() {
        assert_eq!(words("政务公开、 五公开，方案"), ["政务公开", "五公开", "方案"]);
        assert!(words("").is_empty());
    }
}
