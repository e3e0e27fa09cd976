//! 导入: a file or pasted words become a draft. What carries a mark of secrecy is refused before anything is stored.

use super::rules::{self, Place};
use super::same::{self, Former};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::{Posted, Upload};
use crate::record::desk::{note_secret, refuse_secrets};
use crate::record::draft as drafts;
use crate::record::kind::{KINDS, Kind};
use crate::record::model::Typed;
use crate::record::{file, rules as record, source};
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Refusal, notation};
use law::Law;
use paper::{Imported, Picture};
use std::collections::HashMap;

pub const WRITE: Who = Who::Duty(&[Duty::Draft]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/new", WRITE, new_page),
        post("/desk/record", WRITE, bring),
        post("/desk/record/paste", WRITE, paste),
        post("/desk/record/same", WRITE, same::again),
    ]
}

#[derive(Template)]
#[template(path = "intake/new.html")]
struct New {
    frame: DeskFrame,
    kinds: Vec<Choice>,
    title: String,
    text: String,
    kind: String,
    column: String,
    class: String,
    /// Where it will stand, as the link that led here said.
    place: String,
    former: Vec<Former>,
}

/// Kind, column and statutory class may come along in the address: what an obligation asks for.
async fn new_page(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let given: Vec<(&str, &str)> = asked.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form(&desk, &Posted::of(&given), vec![]).await
}

/// Column and class that the address or the form names, as far as the law knows them.
fn asked_place(law: &Law, form: &Posted) -> Place {
    let column = Some(form.get("column")).filter(|path| record::column_name(law, path).is_some());
    let class = Some(form.get("class")).filter(|slug| law.class(slug).is_some());
    let (column, class) = (column.unwrap_or_default().into(), class.unwrap_or_default().into());
    Place { column, class, ground: String::new() }
}

pub async fn form(desk: &Desk, form: &Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (status, frame) = desk.form("新建公开件", "/desk/record", errors);
    let law = desk.law();
    let Place { column, class, .. } = asked_place(law, form);
    let names = [record::column_name(law, &column), law.class(&class).map(|c| c.name.as_str())];
    let place = names.into_iter().flatten().collect::<Vec<_>>().join("、");
    let kind = form.get("kind").to_owned();
    let former = same::former(desk, &kind).await?;
    let kinds = KINDS.iter().map(|k| Choice::new(k.name, format!("{}（{}）", k.zh, k.hint))).collect();
    let (title, text) = (form.get("title").into(), form.text("text"));
    html_as(status, &New { frame, kinds, title, text, kind, column, class, place, former })
}

/// What was brought: the words, and the file they came in.
pub struct Brought {
    pub read: Imported,
    /// Of the file's name.
    pub stem: String,
    pub file: Option<Upload>,
}

async fn bring(desk: Desk, posted: Posted) -> Result<Response, Failure> {
    let typed = |name: &str| !posted.get(name).is_empty();
    if posted.files.is_empty() && !typed("title") && !typed("text") && Kind::parse(posted.get("kind")).is_none() {
        let why = Refusal::new("nothing", "请选择文件，或者粘贴正文，或者选择信息种类。").at("file");
        return form(&desk, &posted, vec![why]).await;
    }
    let Brought { read, stem, file } = match take(&desk, &posted).await {
        Ok(brought) => brought,
        Err(why) => return form(&desk, &posted, why).await,
    };
    let mut typed = rules::typed(&read, &stem);
    if !posted.get("title").is_empty() {
        typed.insert("title".into(), posted.get("title").into());
    }
    let title = typed.get("title").cloned().unwrap_or_default();
    let chosen = Kind::parse(posted.get("kind")).or_else(|| rules::kind_of(&title)).or_else(|| Kind::parse("notice"));
    let kind = chosen.ok_or_else(|| Error::fault("a kind vanished"))?;
    fill(&desk, kind, &title, asked_place(desk.law(), &posted), &mut typed).await?;
    let text = notation::write(&read.blocks);
    if let Err(why) = refuse_secrets(&desk, &typed, &text, "new").await {
        return form(&desk, &posted, why).await;
    }
    let said = if file.is_some() { "brought" } else { "saved" };
    let id = keep(&desk, kind, typed, text, read, file).await?;
    Ok(see(&format!("/desk/record/{id}?said={said}")))
}

/// Reads what was sent: the file where there is one, else the words.
pub async fn take(desk: &Desk, posted: &Posted) -> Result<Brought, Vec<Refusal>> {
    let Some(upload) = posted.files.iter().find(|f| f.field == "file") else {
        let (title, text) = (posted.get("title"), posted.text("text"));
        let read = paper::recognise(notation::parse(&text), title.is_empty());
        return Ok(Brought { read, stem: String::new(), file: None });
    };
    if source::media_type(&upload.name).is_none() {
        let says = format!("“{}”不能识读。请上传 DOCX、XLSX、PPTX、PDF、OFD、HTML、CSV 或者 TXT。", upload.name);
        return Err(vec![Refusal::new("file-type", says).at("file")]);
    }
    let read = desk.app.reader.read(&upload.name, upload.bytes.clone()).await.map_err(|why| vec![why.at("file")])?;
    let why = record::secret_refusals(&read.pieces(&upload.name));
    if !why.is_empty() {
        note_secret(desk, "new").await;
        return Err(why.into_iter().map(|r| r.at("file")).collect());
    }
    let stem = upload.name.rsplit_once('.').map_or(upload.name.as_str(), |(stem, _)| stem).to_owned();
    Ok(Brought { read, stem, file: Some(upload.clone()) })
}

/// Nothing is asked twice: what the account says, what this section did last with this kind, what the catalogue says.
pub async fn fill(desk: &Desk, kind: &Kind, title: &str, asked: Place, typed: &mut Typed) -> Result<(), Error> {
    let (law, today) = (desk.law(), desk.now.day());
    let by_law = rules::place_of(law, kind, title, today);
    let as_before = same::place(desk, kind).await?;
    let place = asked.or(by_law).or(as_before).completed(law, today);
    let known = [
        ("issuer", desk.body.name.clone()),
        ("source", desk.body.name.clone()),
        ("author", desk.me.section_name.clone()),
        ("openness", "open".into()),
        ("column", place.column),
        ("class", place.class),
        ("ground", place.ground),
    ];
    for (name, value) in known {
        typed.entry(name.into()).or_insert(value);
    }
    Ok(())
}

/// The draft with its pictures as attachments, and the file beside it. A file without readable words goes out itself.
async fn keep(
    desk: &Desk,
    kind: &'static Kind,
    typed: Typed,
    text: String,
    read: Imported,
    upload: Option<Upload>,
) -> Result<String, Failure> {
    let put = async |bytes: bytes::Bytes| -> Result<String, Error> {
        Ok(desk.app.blobs.put(&desk.app.store, bytes, desk.actor(), desk.now).await?.to_string())
    };
    let mut pictures = vec![];
    for Picture { name, kind, bytes, .. } in read.pictures {
        let size = bytes.len() as i64;
        pictures.push((name, kind, size, put(bytes.into()).await?));
    }
    let original = match upload {
        Some(Upload { name, bytes, .. }) => {
            let kind = source::media_type(&name).unwrap_or("application/octet-stream").to_owned();
            let (size, blob) = (bytes.len() as i64, put(bytes).await?);
            Some(source::record_source::Model { id: String::new(), name, kind, size, blob })
        }
        None => None,
    };
    let (body, section, staff) = (desk.body.id.clone(), desk.me.section.clone(), desk.me.id.clone());
    let goes_out = text.is_empty();
    let unread = read.unread;
    let work = async move |act: &mut Act| {
        let id = drafts::create(act, &body, kind, &section, &staff, &typed, &text).await?;
        let draft = drafts::my_draft(act, &id, &staff).await?.ok_or(Error::NotFound)?;
        for (name, kind, size, blob) in &pictures {
            drafts::add_file(act, &draft.id, name, kind, *size, blob).await?;
        }
        if let Some(row) = &original {
            if goes_out && file::media_type(&row.name).is_some() {
                drafts::add_file(act, &draft.id, &row.name, &row.kind, row.size, &row.blob).await?;
            }
            source::keep(act, source::record_source::Model { id: id.clone(), ..row.clone() }, &unread).await?;
        }
        Ok(id)
    };
    Ok(desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner())
}

/// What a word processor put on the clipboard, in the notation of the text field: for the script of the editor.
async fn paste(_: Desk, posted: Posted) -> Result<Response, Failure> {
    let read = match paper::html(posted.text("html").as_bytes()) {
        Ok(read) => read,
        Err(why) => return Ok((StatusCode::UNPROCESSABLE_ENTITY, why.says).into_response()),
    };
    let head = read.title.into_iter().chain(read.fields.iter().map(|(name, value)| format!("{name}：{value}")));
    let mut lines: Vec<String> = head.collect();
    // Pictures of the clipboard stay where they were: they are files of another machine.
    let blocks: Vec<_> = read.blocks.into_iter().filter(|b| !matches!(b, kernel::Block::Image { .. })).collect();
    lines.push(notation::write(&blocks));
    Ok(lines.join("\n").into_response())
}
