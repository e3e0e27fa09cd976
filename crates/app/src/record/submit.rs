//! From a draft to a revision: files in, submitting, and the Conflict that shows both texts.

use super::desk::{editor, note_secret};
use super::draft as drafts;
use super::file;
use super::findings;
use super::model::Typed;
use super::rules;
use super::source;
use super::store::{self, Loaded, Submission};
use super::table::draft;
use crate::account::desk::Desk;
use crate::edge::{Failure, see};
use crate::posted::Upload;
use ::store::{Act, Error};
use axum::response::Response;
use kernel::Refusal;

const FILES_MAX: usize = 50;
const REVIEW: &str = "《政府信息公开条例》第十七条";

/// A file that was taken: checked, read and stored.
pub struct Stored {
    pub name: String,
    pub kind: String,
    pub size: i64,
    pub blob: String,
    /// What no machine could read of it.
    pub unread: Vec<String>,
}

impl Stored {
    /// Makes it an attachment of a draft.
    pub async fn add(&self, act: &mut Act, draft: &str) -> Result<(), Error> {
        source::note_unread(act, &self.blob, &self.unread).await?;
        drafts::add_file(act, draft, &self.name, &self.kind, self.size, &self.blob).await
    }
}

/// Checks, scans and stores uploads. A refused one leaves nothing.
pub async fn take_files(
    desk: &Desk,
    draft: &draft::Model,
    uploads: &[Upload],
) -> Result<Result<Vec<Stored>, Vec<Refusal>>, Failure> {
    let known = drafts::draft_files(desk.read(), &draft.id).await?.into_iter().map(|f| f.name).collect::<Vec<_>>();
    let taken = take(desk, &known, uploads).await?;
    if taken.as_ref().is_err_and(|why| why.iter().any(|r| r.code == "secret-mark")) {
        note_secret(desk, &draft.record).await;
    }
    Ok(taken)
}

/// The same for files of anything: `known` are the names that are there already.
///
/// # Errors
/// The inner refusals are for the person; nothing was stored then.
pub async fn take(
    desk: &Desk,
    known: &[String],
    uploads: &[Upload],
) -> Result<Result<Vec<Stored>, Vec<Refusal>>, Failure> {
    let mut why = vec![];
    if known.len() + uploads.len() > FILES_MAX {
        why.push(Refusal::new("files-many", format!("一件最多 {FILES_MAX} 个附件。")).at("file"));
    }
    for (i, upload) in uploads.iter().enumerate() {
        let doubled = known.contains(&upload.name) || uploads[..i].iter().any(|u| u.name == upload.name);
        why.extend(file::file_faults(upload, doubled));
    }
    let mut unread = vec![];
    // What is refused for its name or size is not read.
    for upload in if why.is_empty() { uploads } else { &[] } {
        match places_unread(desk, upload).await {
            Ok(places) => unread.push(places),
            Err(marks) => why.extend(marks),
        }
    }
    if !why.is_empty() {
        return Ok(Err(why));
    }
    let mut stored = vec![];
    for (upload, unread) in uploads.iter().zip(unread) {
        let kind = file::media_type(&upload.name).unwrap_or("application/octet-stream");
        let hash = desk.app.blobs.put(&desk.app.store, upload.bytes.clone(), desk.actor(), desk.now).await?;
        let (name, size) = (upload.name.clone(), upload.bytes.len() as i64);
        stored.push(Stored { name, kind: kind.to_owned(), size, blob: hash.to_string(), unread });
    }
    Ok(Ok(stored))
}

/// Files that are not what they say, or that nobody can look into safely: no tick of a person makes them fit.
const UNFIT: &[&str] = &["file-bomb", "file-broken", "file-costly", "file-locked", "file-macro", "file-mismatch"];

/// What no machine can read of an upload; refused where it is unfit, or a mark of secrecy stands in what can be read.
pub async fn places_unread(desk: &Desk, upload: &Upload) -> Result<Vec<String>, Vec<Refusal>> {
    if source::media_type(&upload.name).is_none() {
        return Ok(vec!["机器不识读这种文件。".into()]);
    }
    match desk.app.reader.read(&upload.name, upload.bytes.clone()).await {
        Err(why) if UNFIT.contains(&why.code) => Err(vec![why.at("file")]),
        Err(why) if file::text(&upload.name, &upload.bytes).is_none() => Ok(vec![why.says]),
        Err(_) => Ok(vec![]),
        Ok(read) => {
            let why = rules::secret_refusals(&read.pieces(&upload.name));
            if why.is_empty() { Ok(read.unread) } else { Err(why.into_iter().map(|r| r.at("file")).collect()) }
        }
    }
}

pub async fn submit(
    desk: &Desk,
    on: Loaded,
    draft: draft::Model,
    typed: Typed,
    text: String,
    ticked: bool,
) -> Result<Response, Failure> {
    let id = on.row.id.clone();
    if on.row.revision.clone().unwrap_or_default() != draft.base {
        let says = "这份稿子在您打开之后被别人改过并提交了。两份都在下面：请把要保留的并到您的稿子里，再提交。";
        return rebase(desk, on, draft, typed, text, Refusal::new("moved", says)).await;
    }
    let files = drafts::draft_files(desk.read(), &draft.id).await?;
    let unread = source::unread_of(desk.read(), &id, &files).await?;
    if unread.iter().any(|u| u.seen.is_none()) && !ticked {
        let says = "有内容没有经过机器识读。请逐页看过，再勾选“我已看过”。";
        return editor(desk, on, draft, typed, text, vec![Refusal::new("unseen", says).cite(REVIEW).at("seen")]).await;
    }
    let read = findings::read_files(desk, &files).await?;
    let texts: Vec<_> = read.iter().map(|(name, read)| (name.clone(), read.text())).collect();
    match Submission::read(desk.law(), on.kind, &typed, &text, files, &texts, desk.now.day()) {
        Err(why) => editor(desk, on, draft, typed, text, why).await,
        Ok(mut made) => {
            let hidden = on.hidden.as_ref().map(|h| h.reason.as_str());
            let why = rules::correction_faults(&made.paper.fields, on.stands().is_some(), hidden);
            if !why.is_empty() {
                return editor(desk, on, draft, typed, text, why).await;
            }
            made.marks.extend(findings::in_files(&read, &made.scanner));
            made.prohibited.extend(findings::hidden(&read));
            let (row, staff) = (draft.clone(), desk.me.id.clone());
            let work = async move |act: &mut Act| {
                let revision = store::submit(act, &on, &row, &made).await?;
                findings::settle_kept(act, &on.row.id, &revision).await?;
                source::see_by_eye(act, &on.row.id, &unread, &staff).await
            };
            match desk.app.store.act(desk.actor(), desk.now, work).await {
                Ok(done) => done.into_inner(),
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
