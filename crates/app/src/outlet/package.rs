//! The files of a package. The same records make the same bytes, whenever and wherever it is built.

use super::model::{Outlet, Way};
use super::paper;
use super::table::outlet_copy;
use crate::account::desk::Desk;
use crate::edge::Failure;
use crate::record::public::{Shown, facts};
use crate::ui::{Fact, Html};
use ::store::Error;
use askama::Template;
use axum::http::StatusCode;
use bytes::Bytes;
use kernel::Hash;

/// Of all attachments of one package, in bytes.
const FILES_MAX: i64 = 256 << 20;

type Files = Vec<(String, Bytes)>;

#[derive(Template)]
#[template(path = "outlet/page.html")]
struct OnePage<'a> {
    shown: &'a Shown,
    facts: Vec<Fact>,
    text: Html,
    url: String,
}

#[derive(Template)]
#[template(path = "outlet/contents.html")]
struct Contents<'a> {
    title: String,
    /// Where a record stands in the package, and the record.
    items: Vec<(String, &'a Shown)>,
    gone: &'a [String],
}

/// The package of an outlet as a ZIP file.
pub async fn build(desk: &Desk, outlet: &Outlet, copies: &[outlet_copy::Model]) -> Result<Vec<u8>, Failure> {
    let (mut items, mut gone) = (vec![], vec![]);
    for copy in copies {
        match paper::shown(&desk.app, &copy.record).await? {
            Some(shown) if copy.wanted > 0 => items.push(shown),
            _ => gone.extend(paper::index_of(desk.read(), &copy.record).await?),
        }
    }
    let size: i64 = items.iter().flat_map(|shown| &shown.files).map(|file| file.size).sum();
    if outlet.way == Way::Archive && size > FILES_MAX {
        let says = "这段时间的附件超过 256 MB，一包装不下。请缩短时段，分几包下载。";
        return Err(Failure::new(StatusCode::UNPROCESSABLE_ENTITY, says));
    }
    let mut files: Files = vec![];
    for shown in &items {
        record(desk, outlet.way, shown, &mut files).await?;
    }
    let title = format!("{}{}", desk.body.name, outlet.way.zh());
    let item = |shown: &'_ Shown| format!("{}/index.html", paper::id_of(&shown.row.index_no));
    let listed = items.iter().map(|shown| (item(shown), shown)).collect();
    files.push(("index.html".into(), rendered(&Contents { title, items: listed, gone: &gone })?));
    if !gone.is_empty() {
        files.push(("withdrawn.txt".into(), Bytes::from(gone.join("\n") + "\n")));
    }
    files.push(("SHA256SUMS".into(), sums(&files)));
    let packed = tokio::task::spawn_blocking(move || ::paper::bundle(&files)).await;
    let packed = packed.map_err(|e| Error::Fault(e.into()))?;
    Ok(packed.map_err(|e| Error::fault(e.to_string()))?)
}

/// The files of one record: for the gazette page and plain text, for the archive the data and the attachments too.
async fn record(desk: &Desk, way: Way, shown: &Shown, files: &mut Files) -> Result<(), Error> {
    let (app, id) = (&desk.app, paper::id_of(&shown.row.index_no));
    let page = OnePage {
        shown,
        facts: facts(desk.law(), shown),
        text: Html::rendered(paper::html(app, shown)),
        url: paper::url(app, shown),
    };
    files.push((format!("{id}/index.html"), rendered(&page)?));
    files.push((format!("{id}/text.txt"), Bytes::from(format!("{}\n\n{}", shown.row.title, paper::text(shown)))));
    if way != Way::Archive {
        return Ok(());
    }
    files.push((format!("{id}/record.json"), Bytes::from(paper::payload(app, shown))));
    for file in &shown.files {
        let hash = Hash::parse(&file.sha256).ok_or_else(|| Error::fault("a public file without a digest"))?;
        files.push((format!("{id}/files/{}", file.name), app.blobs.get(&hash).await?));
    }
    Ok(())
}

fn rendered(page: &impl Template) -> Result<Bytes, Error> {
    page.render().map(Bytes::from).map_err(|e| Error::Fault(e.into()))
}

/// As `sha256sum -c` reads it.
fn sums(files: &[(String, Bytes)]) -> Bytes {
    files.iter().map(|(name, bytes)| format!("{}  {name}\n", Hash::of(bytes))).collect::<String>().into()
}
