//! The clerk's pages: the list, a new record, the editor with its files, submitting.

use super::check::{self, Blocker};
use super::draft as drafts;
use super::kind::{KINDS, Kind};
use super::model::Typed;
use super::rules::{self, STATUTORY};
use super::store::{self, Loaded};
use super::submit::{submit, take_files};
use super::table::{draft, draft_file};
use super::typed::{self, Input};
use super::{evidence, file, findings, list, mask, on_show, review, show, source};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, Duty};
use crate::edge::{Failure, html, html_as, see};
use crate::ground;
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame, Gate, Html, Link};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::{Day, Refusal, notation};
use law::{Effect, Law};
use std::collections::HashMap;

/// Any duty that touches content, and supervision, may look.
pub const LOOK: Who = Who::Duty(Duty::LOOK);
pub const WRITE: Who = Who::Duty(&[Duty::Draft]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record", LOOK, list::list),
        get("/desk/record/{id}", LOOK, page),
        post("/desk/record/{id}/take-up", WRITE, take_up),
        post("/desk/record/{id}/draft", WRITE, save),
        post("/desk/record/{id}/autosave", WRITE, autosave),
        post("/desk/record/{id}/remove-file", WRITE, remove_file),
        get("/desk/record/{id}/preview", LOOK, preview),
        get("/desk/record/{id}/file/{file}", LOOK, file::file),
    ]
}

/// Scans before anything is stored. Only the fact that something was refused is journalled.
pub async fn refuse_secrets(desk: &Desk, typed: &Typed, text: &str, about: &str) -> Result<(), Vec<Refusal>> {
    let title = typed.get("title").cloned().unwrap_or_default();
    let why = rules::secret_refusals(&rules::pieces(&title, typed, &notation::parse(text)));
    if why.is_empty() {
        return Ok(());
    }
    note_secret(desk, about).await;
    Err(why)
}

pub async fn note_secret(desk: &Desk, about: &str) {
    let about = format!("record:{about}");
    let work = async move |act: &mut Act| {
        act.journal("secret-mark-refused", &about);
        Ok(())
    };
    if let Err(e) = desk.app.store.act(desk.actor(), desk.now, work).await {
        tracing::error!("the refusal of a marked text could not be journalled: {e}");
    }
}

#[derive(Template)]
#[template(path = "record/edit.html")]
struct Edit {
    frame: DeskFrame,
    on: Loaded,
    gates: Vec<Gate>,
    draft: draft::Model,
    typed: Typed,
    text: String,
    files: Vec<draft_file::Model>,
    columns: Vec<Choice>,
    classes: Vec<Choice>,
    grounds: Vec<Choice>,
    opennesses: Vec<Choice>,
    /// The fields of its kind.
    inputs: Vec<Input>,
    kinds: Vec<Choice>,
    /// For each table of the text: its number, and `3 行 4 列`.
    tables: Vec<(usize, String)>,
    /// Files of which a machine has not read all, and nobody has said that they have.
    unseen: Vec<source::Unread>,
    blocker: Option<Blocker>,
    tabs: Vec<Link>,
    here: String,
    /// Somebody submitted another text meanwhile: theirs, beside one's own.
    theirs: Option<Html>,
    returned: Vec<String>,
    /// What sending this correction would do to the period of a 公示; empty where it is none.
    period: String,
}

impl Edit {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    match drafts::my_draft(desk.read(), &id, &desk.me.id).await? {
        Some(draft) => {
            let (typed, text) = (drafts::typed_of(&draft)?, draft.text.clone());
            editor(&desk, on, draft, typed, text, vec![]).await
        }
        None => review::show_page(&desk, on, vec![]).await,
    }
}

/// The editor with what was typed, whether it was stored or refused.
pub async fn editor(
    desk: &Desk,
    on: Loaded,
    draft: draft::Model,
    typed: Typed,
    text: String,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let moved = on.revision.as_ref().filter(|r| r.id != draft.base);
    let theirs = moved.map(|r| show::blocks(&r.paper.body, ""));
    let title = typed.get("title").filter(|t| !t.is_empty()).cloned().unwrap_or_else(|| "新建公开件".into());
    let (status, frame) = desk.form(title, "/desk/record", errors);
    let files = drafts::draft_files(desk.read(), &draft.id).await?;
    let returned =
        on.reviews.iter().filter(|r| r.verdict == super::model::Verdict::Return).map(|r| r.opinion.clone()).collect();
    let mut gates = review::gates(&on, &typed);
    let blocks = notation::parse(&text);
    let kept = findings::kept_of(desk.read(), &on.row.id).await?;
    let found = findings::find(desk.law(), desk.now.day(), &title_of(&typed), &typed, &blocks, &[], &kept);
    check::scanned(&mut gates, &found);
    let unread = source::unread_of(desk.read(), &on.row.id, &files).await?;
    let blocker = check::blocker(desk, &on, &typed, &text, &files, &unread);
    let period = on_show::warning(desk, &on, &typed, &text, &files).await?;
    let (law, today) = (desk.law(), desk.now.day());
    let opennesses = [("open", "主动公开"), ("on-request", "依申请公开"), ("withheld", "不予公开")];
    html_as(
        status,
        &Edit {
            tabs: tabs(&on.row.id, files.len()),
            kinds: KINDS.iter().map(|k| Choice::new(k.name, format!("{}（{}）", k.zh, k.hint))).collect(),
            tables: tables(&blocks),
            unseen: unread.into_iter().filter(|u| u.seen.is_none()).collect(),
            blocker,
            here: format!("/desk/record/{}", on.row.id),
            frame,
            gates,
            draft,
            inputs: typed::inputs(on.kind, &typed),
            typed,
            text,
            files,
            columns: columns(law),
            classes: classes(law),
            grounds: grounds(law, today),
            opennesses: opennesses.iter().map(|(v, l)| Choice::new(*v, *l)).collect(),
            theirs,
            returned,
            period,
            on,
        },
    )
}

fn title_of(typed: &Typed) -> String {
    typed.get("title").cloned().unwrap_or_default()
}

fn tables(blocks: &[kernel::Block]) -> Vec<(usize, String)> {
    let size = |b: &kernel::Block| match b {
        kernel::Block::Table { rows, .. } => Some(rows.len()),
        _ => None,
    };
    blocks.iter().filter_map(size).zip(1..).map(|(rows, n)| (n, format!("{rows} 行"))).collect()
}

fn columns(law: &Law) -> Vec<Choice> {
    let statutory = STATUTORY.iter().map(|(path, name)| Choice::new(*path, format!("政府信息公开 › {name}")));
    let named = law.columns.iter().map(|c| {
        let above = law.parent(c).map(|p| format!("{} › ", p.name)).unwrap_or_default();
        Choice::new(&c.path, format!("{above}{}", c.name))
    });
    let classes = law.classes.iter().map(|c| {
        let path = format!("disclosure/catalogue/{}", c.slug);
        Choice::new(path, format!("法定主动公开内容 › {}", c.name))
    });
    statutory.chain(classes).chain(named).collect()
}

fn classes(law: &Law) -> Vec<Choice> {
    law.classes.iter().map(|c| Choice::new(&c.slug, format!("{}. {}", c.number, c.name))).collect()
}

fn grounds(law: &Law, today: Day) -> Vec<Choice> {
    let choice = |g: &law::Ground| Choice::new(&g.code, format!("{}（{}）", g.name, g.cite));
    let open = ground::rules::in_force(law, today, Effect::Open).into_iter().map(choice);
    let list = law.negative_on(today).entries.iter();
    let listed = list.map(|e| Choice::new(&e.code, format!("清单 {}：{}（{}）", e.code, e.withheld, e.cite)));
    open.chain(ground::rules::in_force(law, today, Effect::Withhold).into_iter().map(choice)).chain(listed).collect()
}

async fn take_up(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let staff = desk.me.id.clone();
    let work = async move |act: &mut Act| drafts::take_up(act, &on, &staff).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}")))
}

/// The fields that every kind has; [`typed::names`] are those of one kind.
pub const NAMES: &[&str] = &[
    "title",
    "column",
    "also",
    "class",
    "openness",
    "ground",
    "issuer",
    "source",
    "author",
    "keywords",
    "summary",
    "formed",
    "effective",
    "expires",
    "note",
    "correction",
    "change",
    "number",
    "issued",
];

/// Saves, and on demand submits or adds files: one form, so that nothing typed is lost by pressing another button.
async fn save(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let typed = typed_of(on.kind, &form);
    let (text, seen) = (form.text("text"), form.number("version")?);
    let Some(mut draft) = drafts::my_draft(desk.read(), &id, &desk.me.id).await? else {
        return revive(&desk, on, typed, text).await;
    };
    if let Err(why) = refuse_secrets(&desk, &typed, &text, &id).await {
        return editor(&desk, on, draft, typed, text, why).await;
    }
    if draft.version != seen {
        let says = "这份稿子在您的另一个窗口里保存过。您刚才写的还在下面，没有丢；再按一次保存，就以这里的为准。";
        return editor(&desk, on, draft, typed, text, vec![Refusal::new("moved", says)]).await;
    }
    evidence::takes_words(desk.read(), &id).await?;
    let uploads = match take_files(&desk, &draft, &form.files).await? {
        Ok(uploads) => uploads,
        Err(why) => return editor(&desk, on, draft, typed, text, why).await,
    };
    let (row, kept, words) = (draft.clone(), typed.clone(), text.clone());
    let adds = !uploads.is_empty();
    // What a record is can be put right until somebody has been asked to review it.
    let other = Kind::parse(form.get("kind")).filter(|k| *k != on.kind && on.revision.is_none());
    let work = async move |act: &mut Act| {
        for stored in &uploads {
            stored.add(act, &row.id).await?;
        }
        if let Some(kind) = other {
            drafts::set_kind(act, &row.record, kind).await?;
        }
        drafts::save_draft(act, &row, seen, &kept, &words).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    draft.version = seen + 1;
    let on = if other.is_some() { store::load(desk.read(), &desk.body.id, &id).await? } else { on };
    let said = if adds { "file-added" } else { "saved" };
    match form.get("do") {
        "submit" => submit(&desk, on, draft, typed, text, form.get("seen") == "yes").await,
        "check" => Ok(see(&format!("/desk/record/{id}/check"))),
        table if table.starts_with("table-") => Ok(see(&format!("/desk/record/{id}/{}", table.replace('-', "/")))),
        _ => Ok(see(&format!("/desk/record/{id}?said={said}"))),
    }
}

/// What a script sends while a person writes: the same rules, one line as the answer. Writes the draft and nothing
/// else.
async fn autosave(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let draft = drafts::my_draft(desk.read(), &id, &desk.me.id).await?.ok_or(Error::NotFound)?;
    let (typed, text, seen) = (typed_of(on.kind, &form), form.text("text"), form.number("version")?);
    if refuse_secrets(&desk, &typed, &text, &id).await.is_err() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, "有密级标志，没有保存。涉密内容不得录入。").into_response());
    }
    let work = async move |act: &mut Act| drafts::save_draft(act, &draft, seen, &typed, &text).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => {
            let (hour, minute) = desk.now.hm();
            Ok(([("x-version", (seen + 1).to_string())], format!("{hour:02}:{minute:02}")).into_response())
        }
        Err(Error::Conflict) => Ok((StatusCode::CONFLICT, "在您的另一个窗口里保存过，没有自动保存。").into_response()),
        Err(e) => Err(e.into()),
    }
}

fn typed_of(kind: &Kind, form: &Posted) -> Typed {
    NAMES.iter().copied().chain(typed::names(kind)).map(|n| (n.to_owned(), form.text(n))).collect()
}

/// The draft is gone: it was submitted from another window. What was typed here is kept as a new one.
async fn revive(desk: &Desk, on: Loaded, typed: Typed, text: String) -> Result<Response, Failure> {
    let id = on.row.id.clone();
    if let Err(why) = refuse_secrets(desk, &typed, &text, &id).await {
        return Err(Error::Refused(why).into());
    }
    let (staff, kept, words) = (desk.me.id.clone(), typed.clone(), text.clone());
    let work = async move |act: &mut Act| drafts::revive(act, &on, &staff, &kept, &words).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let draft = drafts::my_draft(desk.read(), &id, &desk.me.id).await?.ok_or(Error::NotFound)?;
    let says = "这份稿子已经在另一个窗口里提交了。您刚才写的没有丢，已存成新的草稿，就在下面。";
    editor(desk, on, draft, typed, text, vec![Refusal::new("moved", says)]).await
}

async fn remove_file(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let draft = drafts::my_draft(desk.read(), &id, &desk.me.id).await?.ok_or(Error::NotFound)?;
    let file = form.get("remove").to_owned();
    let work = async move |act: &mut Act| drafts::remove_file(act, &draft, &file).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}?said=file-removed")))
}

#[derive(Template)]
#[template(path = "record/preview.html")]
struct Preview {
    frame: DeskFrame,
    title: String,
    sheet: Html,
    tabs: Vec<Link>,
}

/// The views of a draft.
pub fn tabs(id: &str, files: usize) -> Vec<Link> {
    let count = if files > 0 { format!("附件 {files}") } else { "附件".into() };
    let tab = |label: &str, word: &str| Link::new(label, format!("/desk/record/{id}{word}"));
    vec![
        tab("填写", ""),
        tab("机检与修改", "/check"),
        tab(&count, "/files"),
        tab("对照原件", "/source"),
        tab("公众预览", "/preview"),
    ]
}

/// The public's view of one's own draft, or of the submitted revision.
async fn preview(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let (title, body, number) = match drafts::my_draft(desk.read(), &id, &desk.me.id).await? {
        Some(draft) => {
            let typed = drafts::typed_of(&draft)?;
            let get = |name: &str| typed.get(name).cloned().unwrap_or_default();
            (get("title"), notation::parse(&draft.text), get("number"))
        }
        None => {
            let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
            let found = mask::persons(&revision.paper, &drafts::to_typed(revision), &desk.law().scanner);
            let (paper, _) = mask::masked(&revision.paper, found);
            (paper.title, paper.body, revision.late.number.clone())
        }
    };
    let title = if title.trim().is_empty() { "（还没有标题）".to_owned() } else { title };
    let red_head = on.kind.red_head.then_some(desk.body.name.as_str());
    let sheet = show::sheet(red_head, &number, &title, &body, &format!("/desk/record/{id}/file"));
    let tabs = tabs(&id, 0);
    html(&Preview { frame: desk.frame(title.clone(), "/desk/record"), title, sheet, tabs })
}

/// The names of people who appear in a record.
pub async fn names(desk: &Desk, on: &Loaded) -> Result<HashMap<String, String>, Error> {
    let made = on.reviews.iter().flat_map(|r| std::iter::once(&r.staff).chain(&r.acting_for));
    let mut ids: Vec<String> = made.cloned().collect();
    ids.extend(on.revision.iter().flat_map(|r| r.authors.clone()));
    Ok(account::store::names(desk.read(), &ids).await?.into_iter().collect())
}
