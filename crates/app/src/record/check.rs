//! 机检与修改: what the scanner finds in one's draft, marked in the text; replaced or kept, one by one.

use super::desk::{refuse_secrets, tabs};
use super::disposal::{self, How};
use super::draft as drafts;
use super::findings::{self, Found};
use super::model::Typed;
use super::store::{self, Loaded};
use super::table::{draft, draft_file};
use super::{marked, mend, source, submit};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{DeskFrame, Finding, Gate, GateState, Html, Link, Severity};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Block, Refusal, notation};

const WRITE: Who = Who::Duty(&[Duty::Draft]);
const REASON_MAX: usize = 200;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/check", WRITE, page),
        post("/desk/record/{id}/check/replace", WRITE, replace),
        post("/desk/record/{id}/check/keep", WRITE, keep),
        post("/desk/record/{id}/check/repair", WRITE, repair),
        post("/desk/record/{id}/check/submit", WRITE, send),
    ]
}

/// What stands in the way of a submission: the first thing, and where to mend it.
pub struct Blocker {
    pub says: String,
    pub href: String,
}

/// One's own draft of a record, read.
pub struct Mine {
    pub on: Loaded,
    pub row: draft::Model,
    pub typed: Typed,
    pub blocks: Vec<Block>,
    pub files: Vec<draft_file::Model>,
}

impl Mine {
    pub fn title(&self) -> &str {
        self.typed.get("title").map_or("", String::as_str)
    }
}

/// The draft of whoever asks; `NotFound` where they have none.
pub async fn mine(desk: &Desk, id: &str) -> Result<Mine, Error> {
    let on = store::load(desk.read(), &desk.body.id, id).await?;
    let row = drafts::my_draft(desk.read(), id, &desk.me.id).await?.ok_or(Error::NotFound)?;
    let (typed, blocks) = (drafts::typed_of(&row)?, notation::parse(&row.text));
    let files = drafts::draft_files(desk.read(), &row.id).await?;
    Ok(Mine { on, row, typed, blocks, files })
}

/// The gate of the scanner, as the draft stands now.
pub fn scanned(gates: &mut [Gate], found: &[Found]) {
    let open = found.iter().filter(|f| f.is_open()).count();
    for gate in gates.iter_mut().filter(|g| g.title == "机检") {
        (gate.state, gate.says) = match open {
            0 => (GateState::Passed, "没有待处理的发现".into()),
            n => (GateState::Blocked, format!("{n} 项待处理")),
        };
    }
}

/// The first thing that a submission would be refused for.
pub fn blocker(
    desk: &Desk,
    on: &Loaded,
    typed: &Typed,
    text: &str,
    files: &[draft_file::Model],
    unread: &[source::Unread],
) -> Option<Blocker> {
    let page = format!("/desk/record/{}", on.row.id);
    let read = store::Written::read(desk.law(), on.kind, typed, text, files, desk.now.day());
    let why = read.err().and_then(|why| why.into_iter().next());
    if let Some(why) = why {
        let href = why.field.as_ref().map_or_else(|| page.clone(), |field| format!("{page}#f-{field}"));
        return Some(Blocker { says: why.says, href });
    }
    let unseen = unread.iter().any(|u| u.seen.is_none());
    unseen.then(|| Blocker {
        says: "看过未经机器识读的内容，并勾选。".into(), href: format!("{page}#f-seen")
    })
}

/// Cards of one severity.
struct Group {
    class: &'static str,
    title: &'static str,
    cards: Vec<Card>,
}

struct Card {
    it: Finding,
    found: Found,
}

impl Card {
    fn of(found: &Found) -> Card {
        let it = Finding {
            no: found.no,
            severity: found.severity,
            says: found.says.clone(),
            why: format!("{}　{}", found.place, found.excerpt),
            settled: found.kept.as_ref().map(|why| settled(why)).unwrap_or_default(),
            marked: found.at.is_some(),
        };
        Card { it, found: found.clone() }
    }

    /// What the field for other words begins with: the suggestion, or the masked number.
    fn proposal(&self) -> &str {
        let masked = self.found.excerpt.contains('*');
        if self.found.suggestion.is_empty() && masked { &self.found.excerpt } else { &self.found.suggestion }
    }
}

fn settled(why: &str) -> String {
    if why.is_empty() { "已保留".into() } else { format!("已保留：{why}") }
}

#[derive(Template)]
#[template(path = "record/check.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    title: String,
    version: i64,
    gates: Vec<Gate>,
    tabs: Vec<Link>,
    sheet: Html,
    groups: Vec<Group>,
    total: usize,
    open: usize,
    /// How many half-width marks stand in Chinese text.
    half: usize,
    /// Attachments of which a machine has not read all.
    unread: usize,
    blocker: Option<Blocker>,
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    if drafts::my_draft(desk.read(), &id, &desk.me.id).await?.is_none() {
        store::load(desk.read(), &desk.body.id, &id).await?;
        return Ok(see(&format!("/desk/record/{id}")));
    }
    let mine = mine(&desk, &id).await?;
    show(&desk, mine, vec![]).await
}

async fn show(desk: &Desk, mine: Mine, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let id = mine.on.row.id.clone();
    let found = find(desk, &mine).await?;
    let unread = source::unread_of(desk.read(), &id, &mine.files).await?;
    let mut gates = super::review::gates(&mine.on, &mine.typed);
    scanned(&mut gates, &found);
    let get = |name: &str| mine.typed.get(name).cloned().unwrap_or_default();
    let of_kind = mine.typed.iter().filter_map(|(name, text)| Some((mend::of_kind(name)?, text.clone())));
    let fields: Vec<_> = mend::NAMES.iter().map(|(name, zh)| (*zh, get(name))).chain(of_kind).collect();
    let (status, mut frame) = desk.form(format!("机检：{}", mine.title()), "/desk/record", errors);
    frame.path = format!("/desk/record/{id}/check");
    let half = mend::full_width(&mut mine.typed.clone(), &mut mine.blocks.clone());
    html_as(
        status,
        &Page {
            frame,
            title: mine.title().to_owned(),
            version: mine.row.version,
            gates,
            tabs: tabs(&id, mine.files.len()),
            sheet: marked::sheet(mine.title(), &fields, &mine.blocks, &findings::spots(&found)),
            groups: grouped(&found),
            total: found.len(),
            open: found.iter().filter(|f| f.is_open()).count(),
            half,
            unread: unread.iter().filter(|u| u.seen.is_none()).count(),
            blocker: blocker(desk, &mine.on, &mine.typed, &mine.row.text, &mine.files, &unread),
            id,
        },
    )
}

async fn find(desk: &Desk, mine: &Mine) -> Result<Vec<Found>, Error> {
    let read = findings::read_files(desk, &mine.files).await?;
    let kept = findings::kept_of(desk.read(), &mine.on.row.id).await?;
    Ok(findings::find(desk.law(), desk.now.day(), mine.title(), &mine.typed, &mine.blocks, &read, &kept))
}

fn grouped(found: &[Found]) -> Vec<Group> {
    let of = |severity, class, title| Group {
        class,
        title,
        cards: found.iter().filter(|f| f.severity == severity).map(Card::of).collect(),
    };
    let all = [
        of(Severity::Block, "r", "阻断：改正，或者由保密审查员决定"),
        of(Severity::Warn, "a", "提醒：改正，或者说明后保留"),
        of(Severity::Word, "", "文字：建议改"),
    ];
    all.into_iter().filter(|g| !g.cards.is_empty()).collect()
}

/// Saves a mended draft, and counts what was done with the finding of a rule. A mark of secrecy is refused here too; a
/// draft that was saved meanwhile is the Conflict.
async fn save(
    desk: &Desk,
    mine: Mine,
    seen: i64,
    said: &str,
    done: Option<(String, How)>,
) -> Result<Response, Failure> {
    let id = mine.on.row.id.clone();
    let text = notation::write(&mine.blocks);
    if let Err(why) = refuse_secrets(desk, &mine.typed, &text, &id).await {
        let unchanged = self::mine(desk, &id).await?;
        return show(desk, unchanged, why).await;
    }
    let (row, typed, body, about) = (mine.row, mine.typed, desk.body.id.clone(), format!("record:{id}"));
    let work = async move |act: &mut Act| {
        drafts::save_draft(act, &row, seen, &typed, &text).await?;
        if let Some((rule, how)) = &done {
            disposal::count(act, &body, rule, *how).await?;
            act.journal_with("replace-finding", &about, serde_json::json!({ "rule": rule }));
        }
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/check?said={said}")))
}

async fn replace(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let mut mine = mine(&desk, &id).await?;
    let seen = form.number("version")?;
    let found = find(&desk, &mine).await?;
    let wanted = found.iter().find(|f| f.key == form.get("key") && f.may_replace());
    let how = |f: &Found| if form.get("with") == f.suggestion { How::Accepted } else { How::Replaced };
    let done = wanted.map(|f| (f.rule.clone(), how(f)));
    let mended = wanted.and_then(|f| f.at.as_ref().map(|at| (f, at))).is_some_and(|(f, (place, span))| {
        mend::replace(&mut mine.typed, &mut mine.blocks, place, span, &f.was, form.get("with"))
    });
    if !mended || seen != mine.row.version {
        let says = "稿子已经改过，这一处的位置变了。请看下面最新的发现，再改一次。";
        let fresh = self::mine(&desk, &id).await?;
        return show(&desk, fresh, vec![Refusal::new("moved", says)]).await;
    }
    save(&desk, mine, seen, "replaced", done).await
}

async fn keep(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let mine = mine(&desk, &id).await?;
    let (key, reason) = (form.get("key").to_owned(), form.get("reason").to_owned());
    let found = find(&desk, &mine).await?;
    let wanted = found.iter().find(|f| f.key == key).ok_or(Error::NotFound)?;
    let mut why = vec![];
    if !wanted.author_may {
        let says = "这一项须由保密审查员决定。您可以改正；确需保留的，提交后由审查员写明理由。";
        why.push(Refusal::new("wrong-duty", says).cite("《政府信息公开条例》第十七条"));
    } else if reason.is_empty() && wanted.severity != Severity::Word {
        let says = format!("保留第 {} 项要写一句理由。", wanted.no);
        why.push(Refusal::new("reason-missing", says));
    } else if reason.chars().count() > REASON_MAX {
        why.push(Refusal::new("reason-long", format!("理由最多 {REASON_MAX} 字。")));
    }
    if !why.is_empty() {
        return show(&desk, mine, why).await;
    }
    let (no, rule, again) = (wanted.no, wanted.rule.clone(), wanted.kept.is_some());
    let (record, staff, body) = (id.clone(), desk.me.id.clone(), desk.body.id.clone());
    let work = async move |act: &mut Act| {
        findings::keep(act, &record, (&key, &rule), &reason, &staff).await?;
        if again { Ok(()) } else { disposal::count(act, &body, &rule, How::Kept).await }
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/check?said=kept#f{no}")))
}

/// Makes every half-width mark in Chinese text full, at once.
async fn repair(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (mut mine, seen) = (mine(&desk, &id).await?, form.number("version")?);
    mend::full_width(&mut mine.typed, &mut mine.blocks);
    save(&desk, mine, seen, "repaired", None).await
}

/// Submits the draft as it is stored.
async fn send(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let Mine { on, row, typed, .. } = mine(&desk, &id).await?;
    let text = row.text.clone();
    submit::submit(&desk, on, row, typed, text, form.get("seen") == "yes").await
}
