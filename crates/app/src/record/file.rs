//! Attachments: what may be uploaded, and how one is handed to staff.

use super::draft as drafts;
use super::rules;
use super::store;
use super::table::draft_file;
use crate::account::desk::Desk;
use crate::edge::Failure;
use crate::posted::Upload;
use ::store::{Blobs, Error};
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Hash, Refusal};
use scan::{Part, Piece, Place};

/// A staff upload, in bytes.
const FILE_MAX: usize = 50 << 20;

/// An attachment of one's draft or of the submitted revision, for staff.
pub async fn file(desk: Desk, Path((id, name)): Path<(String, String)>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let mut found = on.files.iter().find(|f| f.name == name).map(|f| (f.blob.clone(), f.kind.clone()));
    if let Some(draft) = drafts::my_draft(desk.read(), &id, &desk.me.id).await? {
        let mine = drafts::draft_files(desk.read(), &draft.id).await?;
        found = mine.into_iter().find(|f| f.name == name).map(|f| (f.blob, f.kind)).or(found);
    }
    let (blob, kind) = found.ok_or(Error::NotFound)?;
    let hash = Hash::parse(&blob).ok_or_else(|| Error::fault("a file without a digest"))?;
    let bytes = desk.app.blobs.get(&hash).await?;
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition(&name))], bytes).into_response())
}

/// RFC 6266: the name in UTF-8, percent-encoded. Only what a browser shows safely is shown in place.
pub fn disposition(name: &str) -> String {
    let inline = matches!(media_type(name), Some(kind) if kind.starts_with("image/") || kind == "application/pdf");
    let encoded: String = name
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect();
    format!("{}; filename*=UTF-8''{encoded}", if inline { "inline" } else { "attachment" })
}

/// The media type of an allowed ending.
pub fn media_type(name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match ending.as_str() {
        "pdf" => "application/pdf",
        "ofd" => "application/ofd",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "zip" => "application/zip",
        _ => return None,
    })
}

/// How much of a text file is looked through, in bytes.
const TEXT_MAX: usize = 1 << 20;

/// The name and words of a file that is plain text; `None` for any other.
pub fn text(name: &str, bytes: &[u8]) -> Option<(String, String)> {
    let plain = media_type(name).is_some_and(|kind| kind.starts_with("text/"));
    plain.then(|| (name.to_owned(), String::from_utf8_lossy(&bytes[..bytes.len().min(TEXT_MAX)]).into_owned()))
}

/// The words of a draft's files that are plain text.
pub async fn texts(blobs: &Blobs, files: &[draft_file::Model]) -> Result<Vec<(String, String)>, Error> {
    let mut all = vec![];
    for file in files.iter().filter(|f| f.kind.starts_with("text/")) {
        let hash = Hash::parse(&file.blob).ok_or_else(|| Error::fault("a file without a digest"))?;
        all.extend(text(&file.name, &blobs.get(&hash).await?));
    }
    Ok(all)
}

/// What is wrong with an upload, before anything of it is stored. Text files are scanned for marks whole; of others the
/// name only: the reader of formats looks inside.
pub fn file_faults(upload: &Upload, doubled: bool) -> Vec<Refusal> {
    let name = &upload.name;
    let fault = |code, says: String| Refusal::new(code, says).at("file");
    let mut why = vec![];
    if media_type(name).is_none() {
        let says = format!("“{name}”的格式不能上传。可以上传 PDF、OFD、DOCX、XLSX、PPTX、CSV、TXT、JPG、PNG、ZIP。");
        why.push(fault("file-type", says));
    }
    if upload.bytes.is_empty() {
        why.push(fault("file-empty", format!("“{name}”是空文件。请检查后再上传。")));
    }
    if upload.bytes.len() > FILE_MAX {
        why.push(fault("file-size", format!("“{name}”超过 {} MB。可以拆成几个上传。", FILE_MAX >> 20)));
    }
    if doubled {
        why.push(fault("file-doubled", format!("已有名为“{name}”的附件。请改名，或先移除原来的。")));
    }
    let words = text(name, &upload.bytes).map(|(_, words)| words);
    let attachment = |part| Place::Attachment { name: name.as_str().into(), part };
    let mut pieces = vec![Piece::new(attachment(Part::Name), name)];
    if let Some(words) = &words {
        let lines = words.lines().enumerate();
        pieces.extend(
            lines.map(|(block, line)| Piece::new(attachment(Part::Text { section: 0, block, cell: None }), line)),
        );
    }
    why.extend(rules::secret_refusals(&pieces).into_iter().map(|r| r.at("file")));
    why
}
