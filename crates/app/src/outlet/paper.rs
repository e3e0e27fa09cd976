//! A public page in the forms in which it leaves: the interface's JSON, plain text, the fields of the hand-over sheet.

use super::rules;
use crate::App;
use crate::floor::{FileLine, public_page};
use crate::record::public::{Shown, place, validity};
use crate::record::show;
use crate::record::table::record;
use ::store::Error;
use kernel::{Instant, block};
use law::Law;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait};
use serde::Serialize;

/// The public page of a record, through the door that knows nothing else.
pub async fn shown(app: &App, record: &str) -> Result<Option<Shown>, Error> {
    let public = app.store.public();
    let row = public.find::<public_page::Entity>().filter(public_page::Column::Id.eq(record)).one().await?;
    row.map(Shown::of).transpose()
}

/// The index number that a record has for ever; `None` before it was first public.
pub async fn index_of(db: &impl ConnectionTrait, record: &str) -> Result<Option<String>, Error> {
    Ok(record::Entity::find_by_id(record).one(db).await?.and_then(|row| row.index_no))
}

/// An index number as a segment of an address.
pub fn id_of(index_no: &str) -> String {
    place::encoded(&index_no.replace('/', "-"))
}

/// What the interface is given. Stable: keys are only added (`docs/outlet.md`).
#[derive(Serialize)]
struct Payload<'a> {
    format: u32,
    id: String,
    index_no: &'a str,
    version: i64,
    url: String,
    title: &'a str,
    kind: &'a str,
    kind_name: &'a str,
    column: &'a str,
    column_name: String,
    class: &'a str,
    number: &'a str,
    issuer: &'a str,
    author: &'a str,
    source: &'a str,
    keywords: &'a str,
    summary: &'a str,
    issued: &'a str,
    effective: &'a str,
    expires: &'a str,
    shown_from: &'a str,
    shown_until: &'a str,
    published_at: String,
    changed_at: String,
    text: String,
    html: String,
    files: Vec<PayloadFile<'a>>,
    /// Of title and text: what the check of every night asks for.
    sha256: String,
}

#[derive(Serialize)]
struct PayloadFile<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    size: i64,
    sha256: &'a str,
    url: String,
}

/// The canonical JSON of a page.
pub fn payload(app: &App, shown: &Shown) -> Vec<u8> {
    let (row, base) = (&shown.row, &app.base_url);
    let file = |f: &'_ FileLine| format!("{base}{}", place::encoded(&f.path));
    kernel::canonical::bytes(&Payload {
        format: 1,
        id: id_of(&row.index_no),
        index_no: &row.index_no,
        version: row.version,
        url: url(app, shown),
        title: &row.title,
        kind: &row.kind,
        kind_name: shown.kind_zh(),
        column: &row.place,
        column_name: place::name(app.law(), &row.place),
        class: &row.class,
        number: &row.number,
        issuer: &row.issuer,
        author: shown.author(),
        source: &row.source,
        keywords: &row.keywords,
        summary: &row.summary,
        issued: &row.issued,
        effective: &row.effective,
        expires: &row.expires,
        shown_from: &row.shown_from,
        shown_until: &row.shown_until,
        published_at: Instant(row.published_at).rfc3339(),
        changed_at: Instant(row.changed_at).rfc3339(),
        text: text(shown),
        html: html(app, shown),
        files: shown
            .files
            .iter()
            .map(|f| PayloadFile { name: &f.name, kind: &f.kind, size: f.size, sha256: &f.sha256, url: file(f) })
            .collect(),
        sha256: digest(shown),
    })
}

/// The text as HTML with whole addresses.
pub fn html(app: &App, shown: &Shown) -> String {
    let files = format!("{}{}/v/{}/files", app.base_url, shown.row.path, shown.row.version);
    show::blocks(&shown.body, &files).as_str().to_owned()
}

pub fn text(shown: &Shown) -> String {
    block::plain_text(&shown.body)
}

/// For people: the text, and where it is a 公示 its days.
pub fn told(shown: &Shown) -> String {
    match validity::shown_zh(&shown.row) {
        days if days.is_empty() => text(shown),
        days => format!("{}\n\n公示期：{days}", text(shown).trim_end()),
    }
}

pub fn digest(shown: &Shown) -> String {
    rules::digest_of(&shown.row.title, &text(shown))
}

/// Where the public reads it on our own portal.
pub fn url(app: &App, shown: &Shown) -> String {
    format!("{}{}", app.base_url, shown.row.path)
}

/// What a person enters there, field by field, in the order in which content systems ask.
pub fn fields(app: &App, law: &Law, shown: &Shown) -> Vec<(&'static str, String)> {
    let row = &shown.row;
    let day = Instant(row.published_at).day().to_string();
    let all = [
        ("标题", row.title.clone()),
        ("栏目", place::name(law, &row.place)),
        ("索引号", row.index_no.clone()),
        ("文号", row.number.clone()),
        ("发布机构", row.issuer.clone()),
        ("成文日期", row.issued.clone()),
        ("公开日期", day),
        ("公示期", validity::shown_zh(row)),
        ("来源", row.source.clone()),
        ("关键词", row.keywords.clone()),
        ("内容概述", row.summary.clone()),
        ("原文链接", url(app, shown)),
        ("正文", text(shown)),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
