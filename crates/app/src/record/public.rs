//! What anyone reads of a record: its page and twins, its versions, its files. Reads the public floor and nothing else.

mod also;
pub mod compare;
mod file;
mod gone;
mod kinds;
mod persons;
pub mod place;
pub mod twin;
pub mod validity;
mod version;

use super::field::Data;
use super::kind::{Kind, kind_zh};
use super::model::Reason;
use super::on_show::{self, OnShow};
use super::{show, typed};
use crate::App;
use crate::edge::{Failure, html};
use crate::floor::{FileLine, Related, Validity, VersionLine, public_gone, public_page};
use crate::portal::Portal;
use crate::ui::{Fact, FileRow, Frame, Html, Link, Receipt, Tag, Tone, Value, Version};
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
pub use gone::gone_says;
use gone::{removed, taken_down};
use kernel::{Block, Day, Hash, Instant};
use law::Law;
pub use persons::lists_persons;
use sea_orm::ColumnTrait;
use serde::de::DeserializeOwned;
use store::Error;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/records/{org}/{number}", get(page))
        .route("/records/{org}/{number}/print", get(print))
        .route("/records/{org}/{number}/v/{n}", get(version::page))
        .route("/records/{org}/{number}/diff/{range}", get(version::diff))
        .route("/records/{org}/{number}/v/{n}/original/{name}", get(file::original))
        .route("/records/{org}/{number}/v/{n}/files/{i}", get(file::by_name))
        .route("/records/{org}/{number}/v/{n}/files/{i}/{name}", get(file::by_number))
}

/// The same for programs, without a token.
pub fn api() -> Router<App> {
    Router::new().route("/api/v1/records/{org}/{number}", get(twin::api)).route("/api/v1/kinds", get(kinds::kinds))
}

/// A row of the floor, read.
pub struct Shown {
    pub row: public_page::Model,
    pub body: Vec<Block>,
    pub note: Vec<Block>,
    pub versions: Vec<VersionLine>,
    pub files: Vec<FileLine>,
    /// The typed fields of its kind.
    pub data: Data,
    /// The file as it was issued.
    pub original: Option<FileLine>,
}

impl Shown {
    pub fn of(row: public_page::Model) -> Result<Shown, Error> {
        Ok(Shown {
            body: read(&row.content)?,
            note: read(&row.note)?,
            versions: read(&row.versions)?,
            files: read(&row.files)?,
            data: data(&row.data)?,
            original: read::<FileLine>(row.original.as_deref().unwrap_or_default())?.pop(),
            row,
        })
    }

    pub fn kind_zh(&self) -> &'static str {
        kind_zh(&self.row.kind)
    }

    pub fn validity(&self, today: Day) -> Validity {
        Validity::on(today, self.row.term())
    }

    /// 责任科室: as the paper names it, else the section that keeps the record.
    pub fn author(&self) -> &str {
        if self.row.author.is_empty() { &self.row.section } else { &self.row.author }
    }

    /// The whole text as a sheet; papers of some kinds have a red head.
    pub fn sheet(&self) -> Html {
        let row = &self.row;
        let red = Kind::parse(&row.kind).is_some_and(|k| k.red_head).then_some(row.issuer.as_str());
        show::sheet(red, &row.number, &row.title, &self.body, &place::files_at(&row.path, row.version))
    }
}

/// JSON of the floor; an empty text is an empty list.
fn read<T: DeserializeOwned>(json: &str) -> Result<Vec<T>, Error> {
    if json.is_empty() { Ok(vec![]) } else { serde_json::from_str(json).map_err(|e| Error::Fault(e.into())) }
}

/// Typed fields, as the floor keeps them.
pub fn data(json: &str) -> Result<Data, Error> {
    if json.is_empty() { Ok(Data::new()) } else { serde_json::from_str(json).map_err(|e| Error::Fault(e.into())) }
}

/// The public page at an address; 410 where it was taken down.
async fn load(portal: &Portal, path: &str) -> Result<Shown, Failure> {
    use public_page::Column;
    let mine = portal.public.find::<public_page::Entity>().filter(Column::Path.eq(path));
    match mine.filter(Column::Body.eq(&portal.body.id)).one().await? {
        Some(row) => Ok(Shown::of(row)?),
        None => Err(missing(portal, path).await?),
    }
}

/// Why nothing public is there: never was, or taken down.
pub async fn missing(portal: &Portal, path: &str) -> Result<Failure, Error> {
    use public_gone::Column;
    let gone = portal.public.find::<public_gone::Entity>().filter(Column::Path.eq(path));
    let gone = gone.filter(Column::Body.eq(&portal.body.id)).one().await?;
    Ok(gone.map_or_else(Failure::not_found, |row| taken_down(&row)))
}

/// The frame of a page about a record, with the page tags of the website guideline (国办发〔2017〕47号 附件).
fn frame(portal: &Portal, shown: &Shown, title: String) -> Frame {
    let row = &shown.row;
    let steps = place::steps(portal.law, &row.place);
    let (column, kind) = place::tags(portal.law, &row.place);
    let source = if row.source.is_empty() { &row.issuer } else { &row.source };
    let pairs: Vec<(&str, &str)> = steps.iter().map(|s| (s.label.as_str(), s.href.as_str())).collect();
    let mut frame = portal.frame(title).under(pairs.first().map_or("", |(_, href)| href), &pairs);
    frame.noindex = lists_persons(&row.kind, &row.title);
    let url = format!("{}{}", portal.shell.site.base_url, row.path);
    frame
        .meta("ColumnName", column)
        .meta("ColumnType", kind)
        .meta("ArticleTitle", &row.title)
        .meta("PubDate", Instant(row.published_at).to_string())
        .meta("ContentSource", source)
        .meta("Keywords", keywords(shown))
        .meta("Author", shown.author())
        .meta("Description", &row.summary)
        .meta("Url", url)
}

/// Those of the form, and the typed fields that stand for one.
fn keywords(shown: &Shown) -> String {
    let kind = Kind::parse(&shown.row.kind);
    let own = kind.map(|kind| typed::kept(kind, &shown.data)).unwrap_or_default();
    let own = own.into_iter().filter(|(f, _)| f.meta == "Keywords").map(|(f, kept)| f.is.shown(kept));
    std::iter::once(shown.row.keywords.clone()).chain(own).filter(|k| !k.is_empty()).collect::<Vec<_>>().join("，")
}

#[derive(Template)]
#[template(path = "record/page.html")]
struct Page<'a> {
    frame: Frame,
    shown: &'a Shown,
    tags: Vec<Tag>,
    /// What a reader must know of its validity, before the text.
    caution: String,
    /// Where it is a 公示.
    on_show: Option<OnShow>,
    facts: Vec<Fact>,
    figures: Vec<typed::Figure>,
    has_pdf: bool,
    sheet: Html,
    note: Html,
    files: Vec<FileRow>,
    related: Vec<Related>,
    original: Vec<FileRow>,
    versions: Vec<Version>,
    receipt: Receipt,
    also: Vec<also::Also>,
}

async fn page(portal: Portal, Path((org, number)): Path<(String, String)>) -> Result<Response, Failure> {
    let (stem, form) = twin::split(&number);
    let shown = load(&portal, &format!("/records/{org}/{stem}")).await?;
    match form {
        Some(twin::Form::Json) => twin::json(&portal, &shown),
        Some(twin::Form::Text) => Ok(twin::text(&portal, &shown)),
        Some(twin::Form::Pdf) => twin::pdf(&portal, shown).await,
        None => {
            let on_show = on_show::of(portal.law, &portal.public, &shown, portal.now.day()).await?;
            html(&whole(&portal, &shown, also::of(&portal, &shown).await?, on_show)?)
        }
    }
}

fn whole<'a>(
    portal: &Portal,
    shown: &'a Shown,
    also: Vec<also::Also>,
    on_show: Option<OnShow>,
) -> Result<Page<'a>, Error> {
    let (row, today) = (&shown.row, portal.now.day());
    let frame = frame(portal, shown, row.title.clone())
        .alternate("application/json", format!("{}.json", row.path), "JSON")
        .alternate("text/plain", format!("{}.txt", row.path), "纯文本");
    let kind = Kind::parse(&row.kind);
    Ok(Page {
        frame,
        figures: kind.map(|kind| typed::figures(kind, &shown.data)).unwrap_or_default(),
        related: read(&row.related)?,
        tags: tags(shown, today),
        caution: validity::caution(shown, today),
        on_show,
        facts: facts(portal.law, shown),
        has_pdf: twin::has_pdf(shown),
        sheet: shown.sheet(),
        note: show::blocks(&shown.note, ""),
        files: shown.files.iter().map(file_row).collect(),
        original: shown.original.iter().map(file_row).collect(),
        versions: version_rows(shown),
        receipt: receipt(shown),
        also,
        shown,
    })
}

fn tags(shown: &Shown, today: Day) -> Vec<Tag> {
    validity::tag(shown.validity(today))
        .into_iter()
        .chain([Tag::new(shown.kind_zh(), Tone::Info), Tag::new("主动公开", Tone::Plain)])
        .collect()
}

/// The elements of 条例 12 and of the mockup. Empty ones are left out by the page.
pub fn facts(law: &Law, shown: &Shown) -> Vec<Fact> {
    let row = &shown.row;
    let day = |name, iso: &str| Day::parse(iso).map(|d| Fact::new(name, Value::Day(d)));
    let moment = |name, ms| Fact::new(name, Value::Moment(Instant(ms)));
    let class = law.class(&row.class);
    let class = class.map(|c| Link::new(&c.name, format!("/disclosure/catalogue/{}", c.slug)));
    let column = place::steps(law, &row.place).pop();
    let link = |name, link: Option<Link>| link.map(|l| Fact::new(name, Value::Link(l)));
    let all = [
        Some(Fact::code("索引号", &row.index_no)),
        Some(Fact::text("文号", &row.number)),
        Some(Fact::text("发布机构", &row.issuer)),
        Some(Fact::text("责任科室", shown.author())),
        day("成文日期", &row.issued),
        row.first_public.as_deref().and_then(|iso| day("原公开日期", iso)),
        Some(moment(if row.first_public.is_some() { "补录日期" } else { "公开日期" }, row.published_at)),
        (row.changed_at != row.published_at).then(|| moment("更正日期", row.changed_at)),
        day("施行日期", &row.effective),
        day("有效期至", &row.expires),
        Some(Fact::text("公示期", validity::shown_zh(row))),
        Some(Fact::text("公开依据", &row.basis)),
        link("栏目", column),
        link("法定类别", class),
        Some(Fact::text("来源", &row.source)),
        Some(Fact::text("关键词", &row.keywords)),
        Some(Fact::text("内容概述", &row.summary)),
    ];
    let own = Kind::parse(&row.kind).map(|kind| typed::facts(kind, &shown.data)).unwrap_or_default();
    all.into_iter().flatten().chain(own).collect()
}

fn file_row(file: &FileLine) -> FileRow {
    FileRow {
        href: place::encoded(&file.path),
        name: file.name.clone(),
        format: file.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_uppercase()).unwrap_or_default(),
        bytes: u64::try_from(file.size).unwrap_or(0),
        pages: None,
        hash: Hash::parse(&file.sha256),
    }
}

/// Newest first. Each leads to itself and to what it changed.
fn version_rows(shown: &Shown) -> Vec<Version> {
    let path = &shown.row.path;
    let row = |(i, line): (usize, &VersionLine)| {
        let before = shown.versions.get(i + 1);
        let mut act = act_zh(&line.reason, before.is_none()).to_owned();
        let mut links = vec![];
        match &line.removed {
            Some(removed) => {
                let zh = Reason::parse(&removed.reason).map_or("", |r| r.zh);
                act.push_str(&format!("。{}撤下，内容不再展示（{zh}）", Instant(removed.at).day().zh()));
            }
            None => links.push(Link::new(format!("查看第 {} 版", line.n), format!("{path}/v/{}", line.n))),
        }
        let compared = before.filter(|b| b.removed.is_none() && line.removed.is_none());
        links.extend(
            compared.map(|b| Link::new(format!("与第 {} 版对照", b.n), format!("{path}/diff/{}..{}", b.n, line.n))),
        );
        Version {
            no: u32::try_from(line.n).unwrap_or(0),
            current: line.n == shown.row.version,
            at: Instant(line.at),
            act,
            by: String::new(),
            says: line.says.clone(),
            links,
            diff: None,
        }
    };
    shown.versions.iter().enumerate().map(row).collect()
}

/// What made a version. The oldest that is shown, if not the first ever, came back after a withdrawal.
fn act_zh(reason: &str, oldest: bool) -> &'static str {
    match reason {
        "first" => "首次公开",
        _ if oldest => "重新公开",
        _ => "更正",
    }
}

fn receipt(shown: &Shown) -> Receipt {
    let row = &shown.row;
    Receipt {
        title: "公开凭证".into(),
        says: "证明这份信息在什么时候、以什么内容公开。改动一个字，摘要就不同。".into(),
        facts: vec![
            Fact::code("凭证号", format!("{}-{}", row.index_no, row.version)),
            Fact::text("版本", format!("第 {} 版", row.version)),
            Fact::new("时间", Value::Moment(Instant(row.changed_at))),
        ],
        hash: Hash::parse(&row.hash),
        action: Some(Link::new("看凭证和核验", format!("{}/receipt", row.path))),
    }
}

#[derive(Template)]
#[template(path = "record/print.html")]
struct Print<'a> {
    frame: Frame,
    shown: &'a Shown,
    facts: Vec<Fact>,
    sheet: Html,
    note: Html,
    digest: String,
}

async fn print(portal: Portal, Path((org, number)): Path<(String, String)>) -> Result<Response, Failure> {
    let shown = load(&portal, &format!("/records/{org}/{number}")).await?;
    let mut frame = portal.frame(shown.row.title.clone());
    frame.noindex = true;
    let digest = Hash::parse(&shown.row.hash).map(|h| h.grouped()).unwrap_or_default();
    let note = show::blocks(&shown.note, "");
    html(&Print { frame, facts: facts(portal.law, &shown), sheet: shown.sheet(), note, digest, shown: &shown })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_says_what_made_it() {
        for (reason, oldest, zh) in [
            ("first", true, "首次公开"),
            ("ordinary", false, "更正"),
            ("ordinary", true, "重新公开"),
            ("privacy", false, "更正"),
        ] {
            assert_eq!(act_zh(reason, oldest), zh);
        }
    }
}
