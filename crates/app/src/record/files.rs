//! 附件: the files of one's draft, and what each of them holds that a reader or a machine does not see.

use super::check::{self, Mine};
use super::desk::tabs;
use super::submit::take_files;
use super::{copied, review, source};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{DeskFrame, Gate, Link};
use ::store::Act;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;

const WRITE: Who = Who::Duty(&[Duty::Draft]);

pub fn routes() -> Vec<Route> {
    vec![get("/desk/record/{id}/files", WRITE, page), post("/desk/record/{id}/files", WRITE, add)]
}

/// An attachment, and what a machine made of it.
struct Line {
    id: String,
    name: String,
    size: u64,
    /// `识读 1,204 字`, or why not.
    read: String,
    unread: Vec<String>,
    hidden: Vec<String>,
    /// Shown in the text as a picture.
    in_text: bool,
    /// A copy can be made of it.
    may_copy: bool,
    /// What it is a copy of.
    proof: Option<copied::Proof>,
}

#[derive(Template)]
#[template(path = "record/files.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    title: String,
    gates: Vec<Gate>,
    tabs: Vec<Link>,
    files: Vec<Line>,
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    show(&desk, mine, vec![]).await
}

/// The page with what was refused.
pub async fn show(desk: &Desk, mine: Mine, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let id = mine.on.row.id.clone();
    let unread = source::unread_of(desk.read(), &id, &mine.files).await?;
    let (mut files, mut copies) = (vec![], copied::of(desk.read(), &id).await?);
    for f in &mine.files {
        let in_text = mine.blocks.iter().any(|b| matches!(b, kernel::Block::Image { file, .. } if *file == f.name));
        let places = unread.iter().find(|u| u.blob == f.blob).map(|u| u.places.clone()).unwrap_or_default();
        let (read, hidden) = match source::media_type(&f.name) {
            None => ("机器不识读这种文件。".to_owned(), vec![]),
            Some(_) => match source::read_again(desk, &f.name, &f.blob).await? {
                Err(why) => (why.says, vec![]),
                Ok(read) => {
                    let words = read.words.iter().map(|w| w.text.chars().count() as u64).sum();
                    let hidden = read.hidden.iter().map(paper::Hidden::says).collect();
                    (format!("识读 {} 字", crate::ui::thousands(words)), hidden)
                }
            },
        };
        let (id, name, size) = (f.id.clone(), f.name.clone(), f.bytes());
        let may_copy = copied::may_copy(&f.name);
        let proof = copies.iter().position(|c| c.copy == f.blob).map(|at| copies.swap_remove(at));
        files.push(Line { id, name, size, read, unread: places, hidden, in_text, may_copy, proof });
    }
    let (status, mut frame) = desk.form(format!("附件：{}", mine.title()), "/desk/record", errors);
    frame.path = format!("/desk/record/{id}/files");
    let (gates, tabs) = (review::gates(&mine.on, &mine.typed), tabs(&id, mine.files.len()));
    html_as(status, &Page { frame, title: mine.title().to_owned(), gates, tabs, files, id })
}

async fn add(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    if form.files.is_empty() {
        let why = Refusal::new("file-missing", "请选择要上传的文件。").at("file");
        return show(&desk, mine, vec![why]).await;
    }
    let uploads = match take_files(&desk, &mine.row, &form.files).await? {
        Ok(uploads) => uploads,
        Err(why) => return show(&desk, mine, why).await,
    };
    let row = mine.row;
    let work = async move |act: &mut Act| {
        act.bump(&row, row.version).await?;
        for stored in &uploads {
            stored.add(act, &row.id).await?;
        }
        act.journal("add-file", &format!("record:{}", row.record));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/files?said=file-added")))
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_no_reader_reads_is_told_by_its_ending() {
        use super::source::media_type;
        assert!(["a.docx", "a.PDF", "a.htm", "a.txt", "a.ofd"].iter().all(|name| media_type(name).is_some()));
        assert!(["a.jpg", "a.zip", "a.exe", "a"].iter().all(|name| media_type(name).is_none()));
    }
}
