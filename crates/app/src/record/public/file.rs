//! The files of published versions. What has no row of its own on the floor is not served, whatever the blob store has.

use super::{load, removed};
use crate::edge::Failure;
use crate::floor::{public_file, public_version};
use crate::portal::Portal;
use crate::record::file::disposition;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::Hash;
use sea_orm::ColumnTrait;
use store::Error;

type At = (String, String, String, String, String);

/// A file at its own address.
pub async fn by_number(portal: Portal, Path((org, number, n, i, name)): Path<At>) -> Result<Response, Failure> {
    let record = format!("/records/{org}/{number}");
    let path = format!("{record}/v/{n}/files/{i}/{name}");
    serve(&portal, &record, n.parse().unwrap_or(0), &path).await
}

/// The file as it was issued.
pub async fn original(
    portal: Portal,
    Path((org, number, n, name)): Path<(String, String, String, String)>,
) -> Result<Response, Failure> {
    let record = format!("/records/{org}/{number}");
    let path = format!("{record}/v/{n}/original/{name}");
    serve(&portal, &record, n.parse().unwrap_or(0), &path).await
}

/// A file of a version by its name: images in a text are named so.
pub async fn by_name(
    portal: Portal,
    Path((org, number, n, name)): Path<(String, String, i64, String)>,
) -> Result<Response, Failure> {
    use public_version::Column;
    let record = format!("/records/{org}/{number}");
    let version = portal.public.find::<public_version::Entity>().filter(Column::Path.eq(&record));
    let Some(version) = version.filter(Column::Version.eq(n)).one().await? else {
        return Err(lacking(&portal, &record, n).await);
    };
    let files: Vec<crate::floor::FileLine> = super::read(&version.files)?;
    let file = files.iter().find(|f| f.name == name).ok_or(Error::NotFound)?;
    serve(&portal, &record, n, &file.path).await
}

/// Why a version has no such file: it was taken down, or the whole record was, or there never was one.
async fn lacking(portal: &Portal, record: &str, n: i64) -> Failure {
    match load(portal, record).await {
        Ok(shown) => removed(&shown, n).unwrap_or_else(Failure::not_found),
        Err(failure) => failure,
    }
}

async fn serve(portal: &Portal, record: &str, n: i64, path: &str) -> Result<Response, Failure> {
    use public_file::Column;
    let row = portal.public.find::<public_file::Entity>().filter(Column::Path.eq(path));
    let Some(row) = row.filter(Column::Body.eq(&portal.body.id)).one().await? else {
        return Err(lacking(portal, record, n).await);
    };
    let hash = Hash::parse(&row.sha256).ok_or_else(|| Error::fault("a public file without a digest"))?;
    let bytes = portal.app.blobs.get(&hash).await.map_err(lost)?;
    let headers = [
        (header::CONTENT_TYPE, row.kind),
        (header::CONTENT_DISPOSITION, disposition(&row.name)),
        (header::ETAG, format!("\"{hash}\"")),
        (header::CACHE_CONTROL, "no-cache".into()),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}

/// The floor names it, so that it is missing is our fault and not the reader's.
fn lost(e: Error) -> Error {
    match e {
        Error::NotFound => Error::fault("the bytes of a public file are missing"),
        e => e,
    }
}
