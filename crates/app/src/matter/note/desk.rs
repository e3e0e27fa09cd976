//! Writing a note with files, and opening a file. The case's page shows them.

use super::store::{self as notes, Kept, Named, New, Note, Sort};
use crate::account::desk::Desk;
use crate::account::store::{Secret, names};
use crate::edge::{Failure, html_as, see};
use crate::matter::AnyKind;
use crate::matter::store::{self, Loaded};
use crate::posted::{Posted, Upload};
use crate::record::file;
use crate::record::submit::places_unread;
use crate::submission::rules;
use crate::ui::DeskFrame;
use ::store::{Act, Error, Sealed};
use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Hash, Instant, Refusal};
use std::collections::HashMap;

const TEXT_MAX: usize = 4000;
const FILES_MAX: usize = 20;

/// A note as a page shows it.
pub struct Shown {
    pub sort: &'static str,
    /// The step after which it was written.
    pub step: &'static str,
    pub who: String,
    pub at: Instant,
    pub text: String,
    pub files: Vec<FileShown>,
    pub is_erased: bool,
}

pub struct FileShown {
    pub href: String,
    pub name: String,
    pub size: u64,
    pub unread: Vec<String>,
}

/// The notes of a case for its page. Whoever calls has journalled the opening.
pub async fn shown(desk: &Desk, kind: &dyn AnyKind, on: &Loaded) -> Result<Vec<Shown>, Error> {
    let all = notes::of(desk.read(), &desk.app.sealer, &on.row.id).await?;
    let ids: Vec<String> = all.iter().map(|n| n.who.clone()).collect();
    let names: HashMap<String, String> = names(desk.read(), &ids).await?.into_iter().collect();
    let sketches = kind.sketches();
    let step = |n: &Note| {
        let entry = n.step.checked_sub(1).and_then(|at| on.case.past.get(at));
        entry.and_then(|e| sketches.iter().find(|s| s.name == e.name)).map_or("", |s| s.zh)
    };
    let one = |n: Note| {
        let (step, is_erased) = (step(&n), n.words.is_none());
        let (text, files) = n.words.unwrap_or_default();
        let href = |f: &Named| format!("/desk/{}/{}/notes/{}", kind.name(), on.row.id, f.id);
        let file = |f: Named| FileShown { href: href(&f), name: f.name, size: f.size, unread: f.unread };
        let who = names.get(&n.who).cloned().unwrap_or_default();
        Shown { sort: n.sort.zh(), step, who, at: n.at, text, files: files.into_iter().map(file).collect(), is_erased }
    };
    Ok(all.into_iter().map(one).collect())
}

#[derive(Template)]
#[template(path = "matter/note.html")]
struct Page {
    frame: DeskFrame,
    back: String,
    number: String,
    text: String,
    once: String,
}

pub async fn page(desk: Desk, kind: &'static dyn AnyKind, id: String) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, kind, &desk.body.id, &id).await?;
    show(&desk, kind, &on, String::new(), Secret::random().0, vec![])
}

fn show(
    desk: &Desk,
    kind: &dyn AnyKind,
    on: &Loaded,
    text: String,
    once: String,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let list = format!("/desk/{}", kind.name());
    let (status, frame) = desk.form("添加备注和材料", &list, errors);
    html_as(status, &Page { frame, back: format!("{list}/{}", on.row.id), number: on.row.number.clone(), text, once })
}

pub async fn send(desk: Desk, kind: &'static dyn AnyKind, id: String, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, kind, &desk.body.id, &id).await?;
    let (text, once) = (form.text("text").trim().to_owned(), form.get("once").to_owned());
    if once.is_empty() {
        return Err(Failure::bad("表单不完整。请返回上一页，刷新后再提交。"));
    }
    let mut why = faults(&text);
    if on.is_erased() {
        why.push(Refusal::new("erased", "这一件的内容已按保管期限销毁，不再添加。"));
    }
    if text.is_empty() && form.files.is_empty() {
        why.push(Refusal::new("empty", "请写备注，或者选择文件。").at("text"));
    }
    let files = match why.is_empty() {
        true => keep(&desk, &form.files).await?,
        false => Err(vec![]),
    };
    let files = match files {
        Ok(files) => files,
        Err(faults) => {
            why.extend(faults);
            note_secret(&desk, &on, &why).await?;
            return show(&desk, kind, &on, text, once, why);
        }
    };
    let (matter, who, token) = (id.clone(), desk.me.id.clone(), token(&desk, &once));
    let new = New { matter, step: on.case.past.len(), sort: Sort::Note, who, text, files, token };
    let sealer = desk.app.sealer.clone();
    let work = async move |act: &mut Act| notes::write(act, &sealer, &new).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) | Err(Error::Conflict) => Ok(see(&format!("/desk/{}/{id}?said=noted#notes", kind.name()))),
        Err(e) => Err(e.into()),
    }
}

/// A repeated form finds its own note.
pub fn token(desk: &Desk, once: &str) -> String {
    format!("{}/{once}", desk.me.id)
}

/// What may not be written at all.
pub fn faults(text: &str) -> Vec<Refusal> {
    let secret = rules::secret_mark(&[("备注", text)]);
    secret.into_iter().chain(rules::too_long(text, TEXT_MAX, "备注")).map(|r| r.at("text")).collect()
}

/// Only the fact is journalled.
pub async fn note_secret(desk: &Desk, on: &Loaded, why: &[Refusal]) -> Result<(), Failure> {
    if !why.iter().any(|r| r.code == rules::SECRET) {
        return Ok(());
    }
    let about = on.about();
    let work = async move |act: &mut Act| {
        act.journal("secret-mark-refused", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(())
}

/// Reads the files as those of a record are read, then seals each and puts it away.
async fn keep(desk: &Desk, uploads: &[Upload]) -> Result<Result<Vec<Kept>, Vec<Refusal>>, Failure> {
    let mut why = vec![];
    if uploads.len() > FILES_MAX {
        why.push(Refusal::new("files-many", format!("一次最多 {FILES_MAX} 个文件。")).at("file"));
    }
    for (n, upload) in uploads.iter().enumerate() {
        why.extend(file::file_faults(upload, uploads[..n].iter().any(|u| u.name == upload.name)));
    }
    let mut unread = vec![];
    for upload in if why.is_empty() { uploads } else { &[] } {
        match places_unread(desk, upload).await {
            Ok(places) => unread.push(places),
            Err(marks) => why.extend(marks),
        }
    }
    if !why.is_empty() {
        return Ok(Err(why));
    }
    let mut kept = vec![];
    for (upload, unread) in uploads.iter().zip(unread) {
        let (id, name, size) = (Secret::random().0, upload.name.clone(), upload.bytes.len() as u64);
        let kind = file::media_type(&name).unwrap_or("application/octet-stream").to_owned();
        let Sealed { text, key } = desk.app.sealer.seal(&notes::file_about(&id), &upload.bytes);
        let blob = desk.app.blobs.put(&desk.app.store, text.into(), desk.actor(), desk.now).await?;
        kept.push(Kept { named: Named { id, name, kind, size, unread }, blob, key });
    }
    Ok(Ok(kept))
}

/// A file, unsealed. Who saw it stands in the journal before it is sent.
pub async fn open(desk: Desk, kind: &'static dyn AnyKind, id: String, file: String) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, kind, &desk.body.id, &id).await?;
    let row = notes::file(desk.read(), &id, &file).await?;
    let all = notes::of(desk.read(), &desk.app.sealer, &id).await?;
    let named = all.into_iter().filter_map(|n| n.words).flat_map(|(_, files)| files).find(|f| f.id == file);
    let named = named.ok_or(Error::NotFound)?;
    let about = on.about();
    let facts = serde_json::json!({ "file": file });
    let work = async move |act: &mut Act| {
        act.journal_with("open-matter-file", &about, facts.clone());
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let hash = Hash::parse(&row.blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    let text = String::from_utf8(desk.app.blobs.get(&hash).await?.to_vec()).map_err(|e| Error::Fault(e.into()))?;
    let sealed = Sealed { text, key: row.sealed_key };
    let bytes = desk.app.sealer.open_sealed(&notes::file_about(&row.id), &sealed)?;
    let headers = [
        (header::CONTENT_TYPE, named.kind),
        (header::CONTENT_DISPOSITION, file::disposition(&named.name)),
        (header::CACHE_CONTROL, "no-store".into()),
    ];
    Ok((headers, bytes).into_response())
}
