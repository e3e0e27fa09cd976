//! What waits for a reviewer, and for whom.

use super::kind::Step;
use super::rules;
use super::several;
use super::store::{self, Loaded, Which};
use crate::account::Me;
use crate::account::desk::Desk;
use ::store::Error;
use kernel::Instant;
use sea_orm::ConnectionTrait;

/// An office that has more under way at once has other worries.
const MOST: u64 = 1000;

/// A record whose latest revision waits for a step.
pub struct Waiting {
    pub on: Loaded,
    pub step: Step,
    /// When it came to this step: it was submitted, or the step before was passed.
    pub since: Instant,
}

impl Waiting {
    pub fn of(on: Loaded) -> Option<Waiting> {
        let (step, submitted) = (on.waits_for()?, on.revision.as_ref()?.at);
        let since = on.reviews.iter().map(|r| r.at).max().unwrap_or(submitted).max(submitted);
        Some(Waiting { on, step, since })
    }

    /// Whether this person may decide it now.
    pub fn is_for(&self, me: &Me) -> bool {
        may_take(&self.on, self.step, me)
    }
}

/// Whether a person may take a step of a record now.
pub fn may_take(on: &Loaded, step: Step, me: &Me) -> bool {
    let may = |r| rules::may_review(on.kind, r, &on.reviews, step, me, &r.hash).is_empty();
    on.revision.as_ref().is_some_and(may)
}

/// All that waits in a body, the longest first.
pub async fn all(db: &impl ConnectionTrait, body: &str) -> Result<Vec<Waiting>, Error> {
    let rows = store::some(db, body, Which::Open, None, MOST).await?;
    let mut all: Vec<Waiting> = several::loaded(db, rows).await?.into_iter().filter_map(Waiting::of).collect();
    all.sort_by_key(|w| w.since);
    Ok(all)
}

/// What waits for the person at this desk.
pub async fn mine(desk: &Desk) -> Result<Vec<Waiting>, Error> {
    let mut all = all(desk.read(), &desk.body.id).await?;
    all.retain(|w| w.is_for(&desk.me));
    Ok(all)
}

/// Who may take a step of a record, as people read it: `保密审查员`, and after those `发布员 代 分管领导`.
pub fn names(on: &Loaded, step: Step, crew: &[Me]) -> Vec<String> {
    let able = crew.iter().filter(|me| may_take(on, step, me));
    let named = |me: &Me| {
        let lent = on.revision.as_ref().and_then(|r| rules::in_whose_stead(r, step, me).ok()?);
        (lent.is_some(), lent.map_or_else(|| me.name.clone(), |lent| format!("{} 代 {}", me.name, lent.name)))
    };
    let mut all: Vec<(bool, String)> = able.map(named).collect();
    all.sort_by_key(|(is_lent, _)| *is_lent);
    all.into_iter().map(|(_, name)| name).collect()
}

/// `待保密审查（保密审查员、另一位保密审查员）`, or why it waits for nobody.
pub fn for_whom(on: &Loaded, step: Step, crew: &[Me]) -> String {
    let names = names(on, step, crew);
    match names.is_empty() {
        true => format!("没有人能办{}：有岗位的同事不在，或者是本件经办人。请登记代办", step.zh()),
        false => format!("待{}（{}）", step.zh(), names.join("、")),
    }
}
