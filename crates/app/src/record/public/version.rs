//! Versions of a record: as each was published, and what changed between two.

use super::compare::{Change, compare};
use super::place::files_at;
use super::{Shown, file_row, load};
use crate::edge::{Failure, html};
use crate::floor::{FileLine, public_version};
use crate::portal::Portal;
use crate::record::show;
use crate::ui::{FileRow, Frame, Html};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Block, Hash, Instant, block};
use sea_orm::ColumnTrait;
use store::Error;

#[derive(Template)]
#[template(path = "record/version.html")]
struct Page {
    frame: Frame,
    /// The record's own address.
    path: String,
    n: i64,
    current: i64,
    at: Instant,
    digest: Option<Hash>,
    title: String,
    sheet: Html,
    files: Vec<FileRow>,
}

/// A version that can be read; 410 for one that a protective correction took down.
async fn version(portal: &Portal, shown: &Shown, n: i64) -> Result<public_version::Model, Failure> {
    use public_version::Column;
    if let Some(removed) = super::removed(shown, n) {
        return Err(removed);
    }
    let find = portal.public.find::<public_version::Entity>().filter(Column::Path.eq(&shown.row.path));
    Ok(find.filter(Column::Version.eq(n)).one().await?.ok_or(Error::NotFound)?)
}

pub async fn page(portal: Portal, Path((org, number, n)): Path<(String, String, String)>) -> Result<Response, Failure> {
    let shown = load(&portal, &format!("/records/{org}/{number}")).await?;
    let row = version(&portal, &shown, n.parse().map_err(|_| Error::NotFound)?).await?;
    let body: Vec<Block> = super::read(&row.content)?;
    let files: Vec<FileLine> = super::read(&row.files)?;
    let mut frame = super::frame(&portal, &shown, format!("{}（第 {} 版）", row.title, row.version));
    frame.noindex |= row.version != shown.row.version;
    let images = files_at(&row.path, row.version);
    html(&Page {
        frame,
        path: row.path.clone(),
        n: row.version,
        current: shown.row.version,
        at: Instant(row.at),
        digest: Hash::parse(&row.hash),
        sheet: show::sheet(None, "", &row.title, &body, &images),
        title: row.title,
        files: files.iter().map(file_row).collect(),
    })
}

#[derive(Template)]
#[template(path = "record/diff.html")]
struct Diff {
    frame: Frame,
    path: String,
    title: String,
    a: i64,
    b: i64,
    changes: Vec<Change>,
}

/// `/diff/1..2`: older first.
pub async fn diff(
    portal: Portal,
    Path((org, number, range)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let shown = load(&portal, &format!("/records/{org}/{number}")).await?;
    let (a, b) = pair(&range).ok_or(Error::NotFound)?;
    let (old, new) = (version(&portal, &shown, a).await?, version(&portal, &shown, b).await?);
    let changes = compare(&lines(&old)?, &lines(&new)?);
    let mut frame = super::frame(&portal, &shown, format!("{}：第 {a} 版与第 {b} 版对照", shown.row.title));
    frame.noindex = true;
    html(&Diff { frame, path: shown.row.path.clone(), title: shown.row.title.clone(), a, b, changes })
}

/// Two different versions, the older first.
fn pair(range: &str) -> Option<(i64, i64)> {
    let (a, b) = range.split_once("..")?;
    let (a, b) = (a.parse().ok()?, b.parse().ok()?);
    (0 < a && a < b).then_some((a, b))
}

/// All that a reader can see of a version, a line for each paragraph.
fn lines(row: &public_version::Model) -> Result<Vec<String>, Error> {
    let body: Vec<Block> = super::read(&row.content)?;
    let note: Vec<Block> = super::read(&row.note)?;
    let files: Vec<FileLine> = super::read(&row.files)?;
    let text = |blocks: &[Block]| -> Vec<String> {
        block::plain_text(blocks).lines().map(|line| line.replace('\t', " ｜ ")).collect()
    };
    let mut all = vec![format!("标题：{}", row.title)];
    all.extend(text(&body));
    all.extend(text(&note).into_iter().map(|line| format!("编者注：{line}")));
    all.extend(files.iter().map(|f| format!("附件：{}（SHA-256 {}）", f.name, f.sha256)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::pair;

    #[test]
    fn a_range_names_two_versions() {
        for (range, versions) in [
            ("1..2", Some((1, 2))),
            ("3..10", Some((3, 10))),
            ("2..1", None),
            ("1..1", None),
            ("0..1", None),
            ("1", None),
            ("a..b", None),
            ("1..2..3", None),
        ] {
            assert_eq!(pair(range), versions, "{range}");
        }
    }
}
