//! One decision of a reviewer, wherever it is made: at the review desk, in a table, on a telephone, on paper.

use super::kind::Step;
use super::model::{Typed, Verdict};
use super::store::{self, Loaded};
use super::table::review;
use super::{publish, rules};
use crate::account::Me;
use crate::body::Body;
use ::store::{Act, Error};
use kernel::{Hash, Refusal};
use law::Law;
use sea_orm::{EntityTrait, Set};

/// A reviewer's decision, as it was entered.
pub struct Decision {
    pub step: Step,
    pub verdict: Verdict,
    /// Of the text that the reviewer's page showed.
    pub seen: Hash,
    pub answers: Typed,
    pub opinion: String,
}

/// Whose decision it is.
pub struct By<'a> {
    pub staff: &'a str,
    /// The holder of the lent duty that is used.
    pub acting_for: Option<&'a str>,
    /// The signed sheet, where it was made on paper.
    pub paper: Option<&'a str>,
}

/// One review per revision and step. The rules are asked again inside the act; a doubled form is a `Conflict`.
pub async fn add_review(act: &mut Act, on: &Loaded, me: &Me, made: &Decision) -> Result<(), Error> {
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let mut why = rules::may_review(on.kind, revision, &on.reviews, made.step, me, &made.seen);
    if on.taken_back {
        why.insert(0, Refusal::new("taken-back", "经办人已收回这一稿。改好后会重新提交，到时再审查。"));
    }
    if !why.is_empty() {
        return Err(why.into());
    }
    let acting_for = rules::in_whose_stead(revision, made.step, me)?.map(|lent| lent.of.as_str());
    write_review(act, on, &By { staff: &me.id, acting_for, paper: None }, made).await
}

/// The row and its line. Whoever calls has asked the rules.
pub async fn write_review(act: &mut Act, on: &Loaded, by: &By<'_>, made: &Decision) -> Result<(), Error> {
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    super::evidence::takes_words(act, &on.row.id).await?;
    act.bump(&on.row, on.row.version).await?;
    let row = review::ActiveModel {
        id: Set(act.id()),
        revision: Set(revision.id.clone()),
        step: Set(made.step.word().into()),
        staff: Set(by.staff.into()),
        verdict: Set(made.verdict.word().into()),
        hash: Set(made.seen.to_string()),
        answers: Set(serde_json::to_string(&made.answers).map_err(|e| Error::Fault(e.into()))?),
        opinion: Set(made.opinion.clone()),
        at: Set(act.now.0),
        acting_for: Set(by.acting_for.map(str::to_owned)),
        paper: Set(by.paper.map(str::to_owned)),
    };
    review::Entity::insert(row).exec_without_returning(act).await?;
    let (step, verdict) = (made.step.word(), made.verdict.word());
    let mut facts = serde_json::json!({ "step": step, "verdict": verdict, "hash": made.seen.to_string() });
    if let Some(holder) = by.acting_for {
        facts["for"] = holder.into();
    }
    if by.paper.is_some() {
        facts["on-paper"] = by.staff.into();
    }
    act.journal_with("review", &format!("record:{}", on.row.id), facts);
    Ok(())
}

/// Records the decision; the last step of the route asks the gate at once. Returns the word of what came of it.
pub async fn decide(
    act: &mut Act,
    law: &'static Law,
    body: &Body,
    record: &str,
    me: &Me,
    made: &Decision,
) -> Result<&'static str, Error> {
    let on = store::load(act, &body.id, record).await?;
    add_review(act, &on, me, made).await?;
    follow(act, law, body, record, me, made.verdict).await
}

/// What follows a review that was written: `returned`, `passed` or `published`.
pub async fn follow(
    act: &mut Act,
    law: &'static Law,
    body: &Body,
    record: &str,
    asker: &Me,
    verdict: Verdict,
) -> Result<&'static str, Error> {
    if verdict == Verdict::Return {
        return Ok("returned");
    }
    let on = store::load(act, &body.id, record).await?;
    if on.waits_for().is_some() || on.row.publish_at.is_some_and(|at| at > act.now.0) {
        return Ok("passed");
    }
    match on.ask_gate(law, Some(asker), act.now.day()) {
        Ok(order) => publish::publish(act, law, &on, &body.org, order).await.map(|_| "published"),
        // The review stands; what is in the way is shown on the page.
        Err(Error::Refused(_)) => Ok("passed"),
        Err(e) => Err(e),
    }
}
