//! 文号、日期和原件: what arrives after review. Number and day of issue stand beside the revision; the final file is compared
//! with what was reviewed, and served if only these differ. The review stands; the ledger's statement covers both.

use super::model::{Late, Revision, State, Typed};
use super::original::{self, Difference};
use super::store::{self, Loaded};
use super::table::{late, original as table, register};
use super::{evidence, file, number, publish, rules};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, Duty};
use crate::edge::{Failure, html_as, see};
use crate::floor::FileLine;
use crate::posted::{Posted, Upload};
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Day, Hash, Instant, Refusal};
use ledger::Action;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::HashMap;

const LOOK: Who = Who::Duty(Duty::LOOK);
const FILL: Who = Who::Duty(&[Duty::Draft, Duty::Publication]);
/// Whoever touches content may compare a scan with the reviewed text.
const TICK: Who = Who::Duty(&[
    Duty::Draft,
    Duty::SectionCheck,
    Duty::SecrecyReview,
    Duty::LegalityReview,
    Duty::Approval,
    Duty::Publication,
]);
const NUMBER_MAX: usize = 60;
/// The states of an original.
pub const SAME: &str = "same";
const DIFFERS: &str = "differs";
const UNREAD: &str = "unread";

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/late", LOOK, page),
        post("/desk/record/{id}/late", FILL, fill),
        post("/desk/record/{id}/late/original", FILL, upload),
        post("/desk/record/{id}/late/tick", TICK, tick),
    ]
}

/// The original beside a revision, served or not.
pub async fn original_of(db: &impl ConnectionTrait, revision: &str) -> Result<Option<table::Model>, Error> {
    Ok(table::Entity::find_by_id(revision).one(db).await?)
}

impl From<late::Model> for Late {
    fn from(row: late::Model) -> Late {
        Late { number: row.number, issued: Day::parse(&row.issued), original: row.original.unwrap_or_default() }
    }
}

/// The original of a version as the floor lists it, where it was found to differ in late fields only.
pub async fn line(
    db: &impl ConnectionTrait,
    path: &str,
    n: i64,
    revision: &Revision,
) -> Result<Option<FileLine>, Error> {
    if revision.late.original.is_empty() {
        return Ok(None);
    }
    let row = original_of(db, &revision.id).await?.ok_or(Error::NotFound)?;
    let path = format!("{path}/v/{n}/original/{}", row.name);
    Ok(Some(FileLine { path, name: row.name, kind: row.kind, size: row.size, sha256: row.blob }))
}

#[derive(Template)]
#[template(path = "record/late.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    title: String,
    version: i64,
    typed: Typed,
    /// The number that was taken from a register for this record.
    taken: String,
    registers: Vec<Choice>,
    may_fill: bool,
    original: Option<Shown>,
}

struct Shown {
    row: table::Model,
    by: String,
    ticks: Vec<String>,
    differences: Vec<Difference>,
    may_tick: bool,
}

impl Shown {
    fn at(&self) -> Instant {
        Instant(self.row.at)
    }

    fn digest(&self) -> String {
        Hash::parse(&self.row.blob).map(|h| h.grouped()).unwrap_or_default()
    }

    fn bytes(&self) -> u64 {
        u64::try_from(self.row.size).unwrap_or(0)
    }
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    show(&desk, on, None, vec![]).await
}

async fn show(desk: &Desk, on: Loaded, typed: Option<Typed>, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let (status, frame) = desk.form("文号、日期和原件", "/desk/record", errors);
    let original = match original_of(desk.read(), &revision.id).await? {
        Some(row) => Some(shown(desk, row).await?),
        None => None,
    };
    let stored = || {
        let issued = revision.late.issued.map(|d| d.to_string()).unwrap_or_default();
        Typed::from([("number".into(), revision.late.number.clone()), ("issued".into(), issued)])
    };
    let taken = number::of_record(desk.read(), &on.row.id).await?.map(|n| n.text).unwrap_or_default();
    let choice = |r: register::Model| Choice::new(&r.id, format!("{}〔{}〕", r.word, desk.now.day().year()));
    let registers = number::registers(desk.read(), &desk.body.id).await?.into_iter().map(choice).collect();
    let may_fill = barred(&on).is_none() && (desk.me.has(Duty::Draft) || desk.me.has(Duty::Publication));
    html_as(
        status,
        &Page {
            frame,
            title: on.title(),
            version: on.row.version,
            typed: typed.unwrap_or_else(stored),
            taken,
            registers,
            may_fill,
            original,
            id: on.row.id,
        },
    )
}

async fn shown(desk: &Desk, row: table::Model) -> Result<Shown, Error> {
    let ids = [row.put_by.clone(), row.first_tick.clone(), row.second_tick.clone()];
    let names: HashMap<String, String> = account::store::names(desk.read(), &ids).await?.into_iter().collect();
    let name = |id: &String| names.get(id).cloned();
    let differences = serde_json::from_str(&row.differences).map_err(|e| Error::Fault(e.into()))?;
    Ok(Shown {
        by: name(&row.put_by).unwrap_or_default(),
        ticks: [&row.first_tick, &row.second_tick].into_iter().filter_map(name).collect(),
        may_tick: row.state == UNREAD && row.first_tick != desk.me.id && row.second_tick.is_empty(),
        differences,
        row,
    })
}

/// Why nothing may be added now.
fn barred(on: &Loaded) -> Option<Refusal> {
    let says = match on.state() {
        State::Returned(_) => "这一稿已被退回。请修改后重新提交。",
        State::Hidden => "这一件已被隐藏。请先复核。",
        State::Withdrawn => "这一件已经撤下。",
        _ => return None,
    };
    Some(Refusal::new("late-barred", says))
}

/// What was typed, and from which register a number is wanted.
struct Filled {
    number: String,
    issued: Option<Day>,
    register: Option<register::Model>,
}

async fn read(desk: &Desk, on: &Loaded, form: &Posted) -> Result<Result<Filled, Vec<Refusal>>, Error> {
    let (number, today) = (form.get("number").to_owned(), desk.now.day());
    let taken = number::of_record(desk.read(), &on.row.id).await?;
    let registers = number::registers(desk.read(), &desk.body.id).await?;
    let register = registers.iter().find(|r| r.id == form.get("register")).cloned();
    let mut why: Vec<Refusal> = barred(on).into_iter().chain(number::form_faults(&number)).collect();
    if number.chars().count() > NUMBER_MAX {
        why.push(Refusal::new("number-long", format!("文号最多 {NUMBER_MAX} 字。")).at("number"));
    }
    let ours = number::parse(&number).is_some_and(|(word, ..)| registers.iter().any(|r| r.word == word));
    match (&taken, &register) {
        (Some(taken), None) if taken.text != number => {
            let says = format!("已经取了{}。要换号，请先在发文登记簿里把它作废。", taken.text);
            why.push(Refusal::new("number-taken", says).at("number"));
        }
        (Some(taken), Some(_)) => {
            let says = format!("已经取了{}，不能再取一个。", taken.text);
            why.push(Refusal::new("number-taken", says).at("register"));
        }
        (None, None) if ours => {
            let says = "这个机关代字由发文登记簿编号，不能自己填。请选登记簿取号。";
            why.push(Refusal::new("number-own", says).at("number"));
        }
        _ => {}
    }
    let issued = Day::parse(form.get("issued"));
    if issued.is_none() && !form.get("issued").is_empty() {
        why.push(Refusal::new("date", "成文日期写成 2017-05-26 这样的日期。").at("issued"));
    }
    if issued.is_some_and(|day| day > today) {
        why.push(Refusal::new("date-future", "成文日期不能晚于今天。").at("issued"));
    }
    Ok(if why.is_empty() { Ok(Filled { number, issued, register }) } else { Err(why) })
}

async fn fill(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let seen = form.number("version")?;
    let filled = match read(&desk, &on, &form).await? {
        Ok(filled) => filled,
        Err(why) => {
            let typed = ["number", "issued", "register"].map(|n| (n.to_owned(), form.text(n)));
            return show(&desk, on, Some(typed.into()), why).await;
        }
    };
    let (law, org, staff) = (desk.law(), desk.body.org.clone(), desk.me.id.clone());
    let (body, record) = (desk.body.id.clone(), id.clone());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
        act.bump(&on.row, seen).await?;
        let number = match &filled.register {
            Some(register) => number::take(act, register, &staff, &on.title(), Some(&record)).await?,
            None => filled.number.clone(),
        };
        // The original says the number and the day too: with others it has to be compared again.
        table::Entity::delete_by_id(&revision.id).exec(act).await?;
        let late = Late { number, issued: filled.issued, original: String::new() };
        set_late(act, law, &on, &org, revision, &late).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/late?said=saved")))
}

/// Writes the late fields; where the revision is public, the floor and the ledger say so in the same act.
async fn set_late(
    act: &mut Act,
    law: &law::Law,
    on: &Loaded,
    org: &str,
    revision: &Revision,
    late: &Late,
) -> Result<(), Error> {
    evidence::takes_words(act, &on.row.id).await?;
    late::Entity::delete_by_id(&revision.id).exec(act).await?;
    let row = late::ActiveModel {
        id: Set(revision.id.clone()),
        number: Set(late.number.clone()),
        issued: Set(late.issued.map(|d| d.to_string()).unwrap_or_default()),
        original: Set(Some(late.original.clone()).filter(|o| !o.is_empty())),
    };
    late::Entity::insert(row).exec_without_returning(act).await?;
    let facts = serde_json::json!({ "hash": late.hash().map(|h| h.to_string()).unwrap_or_default() });
    act.journal_with("late-fields", &format!("record:{}", on.row.id), facts);
    if let Some(public) = on.stands().filter(|p| p.revision.as_deref() == Some(&revision.id)) {
        publish::derive(act, law, &on.row.id).await?;
        publish::state_version(act, on, org, Action::Correct, public).await?;
    }
    Ok(())
}

/// What comparing a file gave: its state, and the differences.
async fn compared(
    desk: &Desk,
    revision: &Revision,
    file: &Upload,
) -> Result<(&'static str, Vec<Difference>), Vec<Refusal>> {
    let why = file::file_faults(file, false);
    if !why.is_empty() {
        return Err(why);
    }
    let is_picture = file::media_type(&file.name).is_some_and(|kind| kind.starts_with("image/"));
    if is_picture {
        return Ok((UNREAD, vec![]));
    }
    let read = desk.app.reader.read(&file.name, file.bytes.clone()).await.map_err(|why| vec![why])?;
    let title = read.title.clone().unwrap_or_default();
    let why = rules::secret_refusals(&rules::pieces(&title, &Typed::new(), &read.blocks));
    if !why.is_empty() {
        return Err(why.into_iter().map(|r| r.at("file")).collect());
    }
    let hidden = read.hidden.iter().find(|h| h.kind != paper::HiddenKind::Property);
    if let Some(hidden) = hidden {
        let says = format!("原件里有{}，公众能看到。请清除后再上传。", hidden.kind.zh());
        return Err(vec![Refusal::new("original-hidden", says).at("file")]);
    }
    if !read.unread.is_empty() {
        return Ok((UNREAD, vec![]));
    }
    let differences = original::compare(revision, &title, &read.blocks);
    Ok(if differences.is_empty() { (SAME, vec![]) } else { (DIFFERS, differences) })
}

async fn upload(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let revision = on.revision.clone().ok_or(Error::NotFound)?;
    let sent = form.files.first().cloned();
    let missing = || vec![Refusal::new("file-missing", "请选择原件。").at("file")];
    let got = match (barred(&on), &sent) {
        (Some(why), _) => Err(vec![why]),
        (None, None) => Err(missing()),
        (None, Some(file)) => compared(&desk, &revision, file).await,
    };
    let ((state, differences), sent) = match (got, sent) {
        (Ok(got), Some(sent)) => (got, sent),
        (Err(why), _) => return show(&desk, on, None, why).await,
        (Ok(_), None) => return show(&desk, on, None, missing()).await,
    };
    evidence::takes_words(desk.read(), &id).await?;
    let blob = desk.app.blobs.put(&desk.app.store, sent.bytes.clone(), desk.actor(), desk.now).await?.to_string();
    let (law, org, staff, body) = (desk.law(), desk.body.org.clone(), desk.me.id.clone(), desk.body.id.clone());
    let (record, seen) = (id.clone(), revision.id.clone());
    let differences = serde_json::to_string(&differences).map_err(|e| Error::Fault(e.into()))?;
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        let revision = on.revision.as_ref().filter(|r| r.id == seen).ok_or(Error::Conflict)?;
        act.bump(&on.row, on.row.version).await?;
        table::Entity::delete_by_id(&revision.id).exec(act).await?;
        let row = table::ActiveModel {
            id: Set(revision.id.clone()),
            name: Set(sent.name.clone()),
            kind: Set(file::media_type(&sent.name).unwrap_or("application/octet-stream").into()),
            size: Set(sent.bytes.len() as i64),
            blob: Set(blob.clone()),
            state: Set(state.into()),
            differences: Set(differences.clone()),
            put_by: Set(staff.clone()),
            at: Set(act.now.0),
            first_tick: Set(String::new()),
            second_tick: Set(String::new()),
            version: Set(1),
        };
        table::Entity::insert(row).exec_without_returning(act).await?;
        let facts = serde_json::json!({ "outcome": state, "hash": blob });
        act.journal_with("compare-original", &format!("record:{record}"), facts);
        let original = if state == SAME { blob.clone() } else { String::new() };
        set_late(act, law, &on, &org, revision, &Late { original, ..revision.late.clone() }).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/late?said=original-{state}")))
}

/// A person has compared a scan with the reviewed text, letter by letter. The second one makes it the served original.
async fn tick(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let revision = on.revision.clone().ok_or(Error::NotFound)?;
    let row = original_of(desk.read(), &revision.id).await?.filter(|o| o.state == UNREAD).ok_or(Error::NotFound)?;
    let fault = |code, says: &str| Refusal::new(code, says);
    let why = match () {
        _ if barred(&on).is_some() => barred(&on),
        _ if form.get("read") != "yes" => Some(fault("unticked", "请逐字核对后勾选。").at("read")),
        _ if row.first_tick == desk.me.id => Some(fault("own-tick", "您已经核对过。须由另一位同事再核对一次。")),
        _ if !row.second_tick.is_empty() => Some(fault("ticked", "已有两位同事核对过。")),
        _ => None,
    };
    if let Some(why) = why {
        return show(&desk, on, None, vec![why]).await;
    }
    let (law, org, staff, body) = (desk.law(), desk.body.org.clone(), desk.me.id.clone(), desk.body.id.clone());
    let record = id.clone();
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        let revision = on.revision.as_ref().filter(|r| r.id == row.id).ok_or(Error::Conflict)?;
        act.bump(&row, row.version).await?;
        let second = !row.first_tick.is_empty();
        let column = if second { table::Column::SecondTick } else { table::Column::FirstTick };
        let set = table::Entity::update_many().col_expr(column, Expr::value(staff.as_str()));
        set.filter(table::Column::Id.eq(&row.id)).exec(act).await?;
        let facts = serde_json::json!({ "hash": row.blob });
        act.journal_with("tick-original", &format!("record:{record}"), facts);
        if !second {
            return Ok(());
        }
        act.bump(&on.row, on.row.version).await?;
        let late = Late { original: row.blob.clone(), ..revision.late.clone() };
        set_late(act, law, &on, &org, revision, &late).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/late?said=original-ticked")))
}
