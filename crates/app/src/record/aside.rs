//! What people do beside deciding: an author takes a paper back, the reviewer of secrecy asks the competent office,
//! somebody looks at what is masked.

use super::desk::WRITE;
use super::draft as drafts;
use super::evidence;
use super::rules;
use super::store::{self, Loaded};
use super::table::{referral, take_back, viewing};
use crate::account::desk::{Desk, Route, post};
use crate::edge::{Failure, see};
use crate::ui::Choice;
use ::store::{Act, Error};
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// What an original is looked at for, as the journal has it and as people see it.
const PURPOSES: [(&str, &str); 4] =
    [("verify", "核对机检发现"), ("redact", "确定遮盖范围"), ("contact", "联系当事人"), ("oversee", "监督检查")];
/// The longest purpose, in characters.
const PURPOSE_MAX: usize = 200;

pub fn routes() -> Vec<Route> {
    vec![post("/desk/record/{id}/take-back", WRITE, take_back)]
}

/// 收回: the revision stays as it is and waits no longer; its text goes on as the author's draft.
async fn take_back(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (me, body, record) = (desk.me.clone(), desk.body.id.clone(), id.clone());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
        rules::may_take_back(on.state(), revision, &me)?;
        act.bump(&on.row, on.row.version).await?;
        let row =
            take_back::ActiveModel { id: Set(revision.id.clone()), staff: Set(me.id.clone()), at: Set(act.now.0) };
        take_back::Entity::insert(row).exec_without_returning(act).await?;
        act.journal("take-back", &format!("record:{record}"));
        match drafts::my_draft(act, &record, &me.id).await? {
            Some(_) => Ok(()),
            None => drafts::take_up(act, &on, &me.id).await,
        }
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see(&format!("/desk/record/{id}?said=taken-back"))),
        Err(Error::Refused(why)) => {
            let on = store::load(desk.read(), &desk.body.id, &id).await?;
            super::review::show_page(&desk, on, why).await
        }
        Err(e) => Err(e.into()),
    }
}

/// 报请确定 (保守国家秘密法实施条例 25): noted with why; the review still waits, and nothing is published meanwhile.
pub async fn refer(desk: &Desk, on: Loaded, opinion: String) -> Result<&'static str, Error> {
    let me = desk.me.clone();
    let work = async move |act: &mut Act| {
        let (revision, step) = (on.revision.as_ref().ok_or(Error::NotFound)?, on.waits_for());
        let step = step.ok_or_else(|| Refusal::new("review-over", "这一稿的审查已经结束。"))?;
        let why = rules::may_review(on.kind, revision, &on.reviews, step, &me, &revision.hash);
        if !why.is_empty() {
            return Err(why.into());
        }
        evidence::takes_words(act, &on.row.id).await?;
        act.bump(&on.row, on.row.version).await?;
        let row = referral::ActiveModel {
            id: Set(act.id()),
            revision: Set(revision.id.clone()),
            staff: Set(me.id.clone()),
            opinion: Set(opinion.clone()),
            at: Set(act.now.0),
        };
        referral::Entity::insert(row).exec_without_returning(act).await?;
        act.journal("refer", &format!("record:{}", on.row.id));
        Ok("referred")
    };
    Ok(desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner())
}

/// The oldest first.
pub async fn referrals(db: &impl ConnectionTrait, revision: &str) -> Result<Vec<referral::Model>, Error> {
    let all = referral::Entity::find().filter(referral::Column::Revision.eq(revision));
    Ok(all.order_by_asc(referral::Column::Id).all(db).await?)
}

/// The choices of the form.
pub fn purposes() -> Vec<Choice> {
    PURPOSES.iter().map(|(word, zh)| Choice::new(*word, *zh)).collect()
}

/// Notes who looks at what is masked, and what for, before it is shown. The words stay out of the journal.
pub async fn view(desk: &Desk, on: &Loaded, kind: &str, purpose: String) -> Result<(), Error> {
    let purpose = purpose.trim().to_owned();
    let (long, known) = (purpose.chars().count(), PURPOSES.iter().find(|(word, _)| *word == kind));
    let mut why = vec![];
    if known.is_none() {
        why.push(Refusal::new("purpose-kind", "请选择为什么要看原文。").at("purpose-kind"));
    }
    if long == 0 || long > PURPOSE_MAX {
        let says = format!("显示原文会留下查看记录。请写一句用途，最多 {PURPOSE_MAX} 字。");
        why.push(Refusal::new("purpose", says).at("purpose"));
    }
    let Some((kind, zh)) = known.filter(|_| why.is_empty()) else { return Err(why.into()) };
    let purpose = format!("{zh}：{purpose}");
    let (revision, record) = (on.revision.as_ref().ok_or(Error::NotFound)?.id.clone(), on.row.id.clone());
    let staff = desk.me.id.clone();
    let work = async move |act: &mut Act| {
        evidence::takes_words(act, &record).await?;
        let row = viewing::ActiveModel {
            id: Set(act.id()),
            revision: Set(revision.clone()),
            staff: Set(staff.clone()),
            purpose: Set(purpose.clone()),
            at: Set(act.now.0),
        };
        viewing::Entity::insert(row).exec_without_returning(act).await?;
        act.journal_with("show-original", &format!("record:{record}"), serde_json::json!({ "why": kind }));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await.map(::store::Done::into_inner)
}

/// The newest first.
pub async fn viewings(db: &impl ConnectionTrait, revision: &str) -> Result<Vec<viewing::Model>, Error> {
    let all = viewing::Entity::find().filter(viewing::Column::Revision.eq(revision));
    Ok(all.order_by_desc(viewing::Column::Id).all(db).await?)
}
