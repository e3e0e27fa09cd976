//! From a draft to a revision: files in, submitting, and the Conflict that shows both texts.

use super::desk::{editor, note_secret};
use super::draft as drafts;
use super::file;
use super::model::Typed;
use super::rules;
use super::store::{self, Loaded, Submission};
use super::table::draft;
use crate::account::desk::Desk;
use crate::edge::{Failure, see};
use crate::posted::Upload;
use ::store::{Act, Error};
use axum::response::Response;
use kernel::Refusal;

const FILES_MAX: usize = 50;

pub type Stored = (String, String, i64, String);

/// Checks, scans and stores uploads. A refused one leaves nothing.
pub async fn take_files(
    desk: &Desk,
    draft: &draft::Model,
    uploads: &[Upload],
) -> Result<Result<Vec<Stored>, Vec<Refusal>>, Failure> {
    let known = drafts::draft_files(desk.read(), &draft.id).await?;
    let mut why = vec![];
    if known.len() + uploads.len() > FILES_MAX {
        why.push(Refusal::new("files-many", format!("一件最多 {FILES_MAX} 个附件。")).at("file"));
    }
    for (i, upload) in uploads.iter().enumerate() {
        let doubled = known.iter().any(|f| f.name == upload.name) || uploads[..i].iter().any(|u| u.name == upload.name);
        why.extend(file::file_faults(upload, doubled));
    }
    if why.iter().any(|r| r.code == "secret-mark") {
        note_secret(desk, &draft.record).await;
    }
    if !why.is_empty() {
        return Ok(Err(why));
    }
    let mut stored = vec![];
    for upload in uploads {
        let kind = file::media_type(&upload.name).unwrap_or("application/octet-stream");
        let hash = desk.app.blobs.put(&desk.app.store, upload.bytes.clone(), desk.actor(), desk.now).await?;
        stored.push((upload.name.clone(), kind.to_owned(), upload.bytes.len() as i64, hash.to_string()));
    }
    Ok(Ok(stored))
}

pub async fn submit(
    desk: &Desk,
    on: Loaded,
    draft: draft::Model,
    typed: Typed,
    text: String,
) -> Result<Response, Failure> {
    let id = on.row.id.clone();
    if on.row.revision.clone().unwrap_or_default() != draft.base {
        let says = "这份稿子在您打开之后被别人改过并提交了。两份都在下面：请把要保留的并到您的稿子里，再提交。";
        return rebase(desk, on, draft, typed, text, Refusal::new("moved", says)).await;
    }
    let files = drafts::draft_files(desk.read(), &draft.id).await?;
    let texts = file::texts(&desk.app.blobs, &files).await?;
    match Submission::read(desk.law(), on.kind, &typed, &text, files, &texts, desk.now.day()) {
        Err(why) => editor(desk, on, draft, typed, text, why).await,
        Ok(made) => {
            let hidden = on.hidden.as_ref().map(|h| h.reason.as_str());
            let why = rules::correction_faults(&made.paper.fields, on.stands().is_some(), hidden);
            if !why.is_empty() {
                return editor(desk, on, draft, typed, text, why).await;
            }
            let row = draft.clone();
            let work = async move |act: &mut Act| store::submit(act, &on, &row, &made).await;
            match desk.app.store.act(desk.actor(), desk.now, work).await {
                Ok(done) => drop(done.into_inner()),
                Err(Error::Conflict) => {
                    let on = store::load(desk.read(), &desk.body.id, &id).await?;
                    let says = "提交的同时别人也提交了一稿。两份都在下面：请把要保留的并到您的稿子里，再提交。";
                    return rebase(desk, on, draft, typed, text, Refusal::new("moved", says)).await;
                }
                Err(e) => return Err(e.into()),
            }
            Ok(see(&format!("/desk/record/{id}?said=submitted")))
        }
    }
}

/// The Conflict: shows both texts, and lets one's own begin from the other's from now on.
async fn rebase(
    desk: &Desk,
    on: Loaded,
    draft: draft::Model,
    typed: Typed,
    text: String,
    why: Refusal,
) -> Result<Response, Failure> {
    let (row, base) = (draft.clone(), on.row.revision.clone().unwrap_or_default());
    let work = async move |act: &mut Act| drafts::rebase(act, &row, &base).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    editor(desk, on, draft, typed, text, vec![why]).await
}
