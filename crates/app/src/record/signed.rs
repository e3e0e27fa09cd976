//! 纸面签批：a leader who is away from the desk signs a printed sheet. One person enters a picture of it, a second, neither
//! its author nor who entered it, compares and confirms; then it is that leader's review, bound to the digest on the
//! sheet.

use super::decide::{self, By, Decision};
use super::desk::LOOK;
use super::kind::Step;
use super::model::{Revision, Typed, Verdict};
use super::signed_entry::{Entry, code, read, read_image};
use super::store::{self, Loaded};
use super::table::signed;
use super::{evidence, file, review, rules};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{Duty, Me, again, lent};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error, Sealed};
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Hash, Instant, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use std::collections::HashMap;

/// Whoever touches content.
const CONTENT: Who = Who::Duty(&[
    Duty::Draft,
    Duty::SectionCheck,
    Duty::SecrecyReview,
    Duty::LegalityReview,
    Duty::Approval,
    Duty::Publication,
]);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/signed", LOOK, page),
        post("/desk/record/{id}/signed", CONTENT, enter),
        get("/desk/record/{id}/signed/{paper}/image", LOOK, image),
        post("/desk/record/{id}/signed/{paper}", CONTENT, settle),
    ]
}

/// A sheet that was entered, as the page shows it.
struct Line {
    id: String,
    leader: String,
    verdict: &'static str,
    opinion: String,
    signed_on: String,
    entered_by: String,
    entered_at: Instant,
    /// `None` while it waits.
    outcome: Option<&'static str>,
    decided_by: String,
    may_confirm: bool,
    is_image: bool,
}

#[derive(Template)]
#[template(path = "record/signed.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    title: String,
    code: String,
    lines: Vec<Line>,
    leaders: Vec<Choice>,
    verdicts: Vec<Choice>,
    may_enter: bool,
    /// A picture that came with a refused form, sealed.
    held: String,
    form: Posted,
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    show(&desk, on, Posted::default(), String::new(), vec![]).await
}

async fn show(desk: &Desk, on: Loaded, form: Posted, held: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let crew = lent::crew(desk.read(), &desk.body.id, desk.now).await?;
    let able = crew.iter().filter(|me| may_sign(&on, revision, me));
    let rows = all(desk.read(), &revision.id).await?;
    let waits = rows.iter().any(|row| row.outcome.is_none());
    let ids: Vec<String> = rows
        .iter()
        .flat_map(|r| [Some(r.leader.clone()), Some(r.entered_by.clone()), r.decided_by.clone()])
        .flatten()
        .collect();
    let names: HashMap<String, String> = crate::account::store::names(desk.read(), &ids).await?.into_iter().collect();
    let (status, frame) = desk.form("纸面签批", "/desk/record", errors);
    let page = Page {
        frame,
        id: on.row.id.clone(),
        title: on.title(),
        code: code(&revision.hash),
        leaders: able.map(|me| Choice::new(&me.id, &me.name)).collect(),
        verdicts: vec![Choice::new("pass", "同意"), Choice::new("return", "退回")],
        may_enter: on.waits_for() == Some(Step::Approval) && !waits,
        lines: rows.into_iter().map(|row| line(row, &names, &on, &desk.me)).collect(),
        held,
        form,
    };
    html_as(status, &page)
}

fn line(row: signed::Model, names: &HashMap<String, String>, on: &Loaded, me: &Me) -> Line {
    let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| "已不在册的账号".into());
    let outcome = row.outcome.as_deref().map(|word| if word == "confirmed" { "已确认" } else { "已退回" });
    Line {
        leader: name(&row.leader),
        verdict: if row.verdict == "pass" { "同意" } else { "退回" },
        entered_by: name(&row.entered_by),
        entered_at: Instant(row.entered_at),
        decided_by: row.decided_by.as_deref().map(name).unwrap_or_default(),
        may_confirm: may_confirm(&row, on, me).is_ok(),
        is_image: row.kind.starts_with("image/"),
        outcome,
        id: row.id,
        opinion: row.opinion,
        signed_on: row.signed_on,
    }
}

async fn all(db: &impl ConnectionTrait, revision: &str) -> Result<Vec<signed::Model>, Error> {
    let all = signed::Entity::find().filter(signed::Column::Revision.eq(revision));
    Ok(all.order_by_desc(signed::Column::Id).all(db).await?)
}

/// Who may have signed: a leader who might also decide at the desk.
fn may_sign(on: &Loaded, revision: &Revision, leader: &Me) -> bool {
    rules::may_review(on.kind, revision, &on.reviews, Step::Approval, leader, &revision.hash).is_empty()
}

/// A second person looks at the picture: neither an author nor who entered it.
fn may_confirm(row: &signed::Model, on: &Loaded, me: &Me) -> Result<(), Refusal> {
    let revision = on.revision.as_ref().filter(|r| r.id == row.revision && r.hash.to_string() == row.hash);
    let refuse = |code, says: &str| Err(Refusal::new(code, says));
    match revision {
        _ if row.outcome.is_some() => refuse("settled", "这张审批单已经处理过了。"),
        None => refuse("reviewed-another-text", "稿子又改过，这张审批单签的是另一稿，不算数。请重新打印、签字。"),
        Some(r) if r.authors.contains(&me.id) => refuse("own-review", "您是本件经办人，不能确认。请另一位同事确认。"),
        Some(_) if row.entered_by == me.id => refuse("own-entry", "您是登记人，不能确认。请另一位同事对照纸面确认。"),
        Some(_) if !me.duties.iter().any(|d| d.is_content()) => refuse("wrong-duty", "请有业务岗位的同事确认。"),
        Some(_) => Ok(()),
    }
}

fn seal(desk: &Desk, blob: &Hash, kind: &str) -> String {
    let sealed = desk.app.sealer.seal("signed-sheet", format!("{blob} {kind}").as_bytes());
    format!("{}.{}", sealed.key, sealed.text)
}

fn unseal(desk: &Desk, held: &str) -> Option<(Hash, String)> {
    let (key, text) = held.split_once('.')?;
    let opened = desk.app.sealer.open_sealed("signed-sheet", &Sealed { key: key.into(), text: text.into() }).ok()?;
    let text = String::from_utf8(opened).ok()?;
    let (hash, kind) = text.split_once(' ')?;
    Some((Hash::parse(hash)?, kind.to_owned()))
}

/// Enters a sheet. A picture that came with a refused form is held, and need not be sent again.
async fn enter(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let revision = on.revision.clone().ok_or(Error::NotFound)?;
    let mut why = vec![];
    let entry = read(&form, &revision, desk.now.day()).map_err(|faults| why.extend(faults)).ok();
    let mut picture = unseal(&desk, form.get("held"));
    if let Some(sent) = form.files.iter().find(|f| f.field == "image") {
        match read_image(sent) {
            Ok(kind) => {
                evidence::takes_words(desk.read(), &id).await?;
                let blob = desk.app.blobs.put(&desk.app.store, sent.bytes.clone(), desk.actor(), desk.now).await?;
                picture = Some((blob, kind.to_owned()));
            }
            Err(refusal) => why.push(refusal),
        }
    } else if picture.is_none() {
        why.push(Refusal::new("image", "请上传签过字的审批单照片。").at("image"));
    }
    let held = picture.as_ref().map(|(blob, kind)| seal(&desk, blob, kind)).unwrap_or_default();
    let (Some(entry), Some((blob, kind)), true) = (entry, picture, why.is_empty()) else {
        return show(&desk, on, form, held, why).await;
    };
    let (body, record, by) = (desk.body.id.clone(), id.clone(), desk.me.id.clone());
    let blob = blob.to_string();
    let work = async move |act: &mut Act| add(act, &body, &record, &entry, (&blob, &kind), &by).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see(&format!("/desk/record/{id}/signed?said=paper-entered"))),
        Err(Error::Refused(why)) => show(&desk, on, form, held, why).await,
        Err(e) => Err(e.into()),
    }
}

async fn add(
    act: &mut Act,
    body: &str,
    record: &str,
    entry: &Entry,
    (blob, kind): (&str, &str),
    by: &str,
) -> Result<(), Error> {
    let on = store::load(act, body, record).await?;
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let crew = lent::crew(act, body, act.now).await?;
    let leader = crew.iter().find(|me| me.id == entry.leader).filter(|me| may_sign(&on, revision, me));
    let refuse = |code, says: &str| Err(Refusal::new(code, says).into());
    if leader.is_none() || on.waits_for() != Some(Step::Approval) {
        return refuse("leader", "现在不等这位领导签批：他没有签批岗位，或者是本件经办人，或者还没轮到签批。");
    }
    if all(act, &revision.id).await?.iter().any(|row| row.outcome.is_none()) {
        return refuse("doubled", "已经登记了一张审批单，等另一位同事确认。");
    }
    evidence::takes_words(act, record).await?;
    let row = signed::ActiveModel {
        id: Set(act.id()),
        revision: Set(revision.id.clone()),
        hash: Set(revision.hash.to_string()),
        leader: Set(entry.leader.clone()),
        verdict: Set(entry.verdict.word().into()),
        opinion: Set(entry.opinion.clone()),
        signed_on: Set(entry.signed_on.to_string()),
        kind: Set(kind.into()),
        blob: Set(blob.into()),
        entered_by: Set(by.into()),
        entered_at: Set(act.now.0),
        outcome: Set(None),
        decided_by: Set(None),
        decided_at: Set(None),
        version: Set(1),
    };
    signed::Entity::insert(row).exec_without_returning(act).await?;
    let facts = serde_json::json!({ "leader": entry.leader, "verdict": entry.verdict.word(), "picture": blob });
    act.journal_with("enter-signed", &format!("record:{record}"), facts);
    Ok(())
}

async fn find(db: &impl ConnectionTrait, on: &Loaded, paper: &str) -> Result<signed::Model, Error> {
    let row = signed::Entity::find_by_id(paper).one(db).await?;
    row.filter(|row| on.revision.as_ref().is_some_and(|r| r.id == row.revision)).ok_or(Error::NotFound)
}

async fn image(desk: Desk, Path((id, paper)): Path<(String, String)>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let row = find(desk.read(), &on, &paper).await?;
    let hash = Hash::parse(&row.blob).ok_or_else(|| Error::fault("a picture without a digest"))?;
    let name = if row.kind == "application/pdf" { "审批单.pdf" } else { "审批单.jpg" };
    let kept = file::disposition(name);
    Ok(([(header::CONTENT_TYPE, row.kind), (header::CONTENT_DISPOSITION, kept)], desk.app.blobs.get(&hash).await?)
        .into_response())
}

/// The second person: the paper says what was entered, or it does not.
async fn settle(mut desk: Desk, Path((id, paper)): Path<(String, String)>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    find(desk.read(), &on, &paper).await?;
    let why = again::prove(&mut desk, &form).await?;
    if !why.is_empty() {
        return show(&desk, on, form, String::new(), why).await;
    }
    let same = form.get("same") == "yes";
    let (me, body, law, record) = (desk.me.clone(), desk.body.clone(), desk.law(), id.clone());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body.id, &record).await?;
        let row = find(act, &on, &paper).await?;
        may_confirm(&row, &on, &me)?;
        close(act, &record, &row, &me.id, same).await?;
        if !same {
            return Ok("paper-refused");
        }
        let leader = write(act, &on, &body.id, &row).await?;
        let verdict = Verdict::parse(&row.verdict).ok_or(Error::NotFound)?;
        decide::follow(act, law, &body, &record, &leader, verdict).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await.map(::store::Done::into_inner) {
        Ok("paper-refused") => Ok(see(&format!("/desk/record/{id}/signed?said=paper-refused"))),
        Ok(said) => Ok(see(&format!("/desk/record/{id}?said={said}"))),
        Err(Error::Refused(why)) => {
            let on = store::load(desk.read(), &desk.body.id, &id).await?;
            review::show_page(&desk, on, why).await
        }
        Err(e) => Err(e.into()),
    }
}

async fn close(act: &mut Act, record: &str, row: &signed::Model, by: &str, same: bool) -> Result<(), Error> {
    act.bump(row, row.version).await?;
    signed::Entity::update_many()
        .col_expr(signed::Column::Outcome, Expr::value(if same { "confirmed" } else { "refused" }))
        .col_expr(signed::Column::DecidedBy, Expr::value(by))
        .col_expr(signed::Column::DecidedAt, Expr::value(act.now.0))
        .filter(signed::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    let facts = serde_json::json!({ "leader": row.leader, "entered-by": row.entered_by, "picture": row.blob });
    act.journal_with(if same { "confirm-signed" } else { "refuse-signed" }, &format!("record:{record}"), facts);
    Ok(())
}

/// The leader's review, by the rules that hold at the desk.
async fn write(act: &mut Act, on: &Loaded, body: &str, row: &signed::Model) -> Result<Me, Error> {
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let crew = lent::crew(act, body, act.now).await?;
    let leader = crew.into_iter().find(|me| me.id == row.leader).ok_or(Error::NotFound)?;
    let why = rules::may_review(on.kind, revision, &on.reviews, Step::Approval, &leader, &revision.hash);
    if !why.is_empty() {
        return Err(why.into());
    }
    let stead = rules::in_whose_stead(revision, Step::Approval, &leader)?.map(|l| l.of.clone());
    let verdict = Verdict::parse(&row.verdict).ok_or_else(|| Error::fault("a sheet without a verdict"))?;
    let opinion = row.opinion.clone();
    let made = Decision { step: Step::Approval, verdict, seen: revision.hash, answers: Typed::new(), opinion };
    let by = By { staff: &leader.id, acting_for: stead.as_deref(), paper: Some(&row.id) };
    decide::write_review(act, on, &by, &made).await?;
    Ok(leader)
}
