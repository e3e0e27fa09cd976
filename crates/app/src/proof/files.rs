//! `/ledger/`: checkpoint, tiles, bundles, key, as C2SP tlog-tiles says: the bytes that a static server would send.

use super::folder::Folder;
use super::integrator::off;
use crate::App;
use crate::edge::Failure;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ledger::Tile;
use store::Error;

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";
/// A reader must ask again; what has the width in its name never changes.
const FRESH: &str = "no-cache";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const A_WHILE: &str = "public, max-age=300";

/// `/ledger/{path}`, where a later log has its number before the rest.
pub async fn file(State(app): State<App>, Path(path): Path<String>) -> Result<Response, Failure> {
    let (folder, rest) = match path.split_once('/') {
        Some((n, rest)) if n.parse::<u32>().is_ok_and(|number| number.to_string() == n) => {
            (Folder(app.log.files().join(n)), rest.to_owned())
        }
        _ => (Folder(app.log.files().clone()), path),
    };
    match rest.as_str() {
        "checkpoint" => {
            let note = off(move || folder.checkpoint().ok_or(Error::NotFound)).await?;
            Ok(answer(TEXT, FRESH, note.to_string().into_bytes()))
        }
        "key" => {
            let keys = off(move || folder.key().ok_or(Error::NotFound)).await?;
            Ok(answer(TEXT, FRESH, keys.into_bytes()))
        }
        // Only the one spelling of an address is read, so no path leads out of the folder.
        other => {
            let tile = Tile::parse(other).ok_or(Error::NotFound)?;
            let bytes = off(move || folder.read(tile).ok_or(Error::NotFound)).await?;
            Ok(answer(BYTES, if tile.is_full() { FOR_EVER } else { A_WHILE }, bytes))
        }
    }
}

fn answer(kind: &'static str, keep: &'static str, bytes: Vec<u8>) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], bytes).into_response()
}
