//! 补录: records whose pages were public elsewhere before. Two dates, never one: when the page was first public there,
//! and when it became public here, which is the ledger's. Slice `intake` takes them in and has the decision signed.

use super::decide::{self, By, Decision};
use super::kind::Step;
use super::model::{Backfilled, Verdict};
use super::rules;
use super::store::Loaded;
use super::table::record;
use crate::account::Me;
use crate::floor::public_redirect;
pub use crate::floor::redirect_id as id_of;
use kernel::{Day, Hash};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use std::collections::{HashMap, HashSet};
use store::{Act, Error};

store::table! {
    /// A page of another site.
    backfill = "backfill" {
        id: String, body: String, address: String, path: String, first_public: String, capture: String,
        index_no: String, hash: String, kind: String, title: String, fields: String, text: String, findings: i64,
        section: String, made_by: String, made_at: i64, decision: Option<String>, record: Option<String>,
    }
}

store::table! {
    /// One signature over a list of pages.
    backfill_decision = "backfill_decision" {
        id: String, body: String, prepared_by: String, prepared_at: i64, seed: String, listed: i64, digest: String,
        until: String, signed_by: Option<String>, signed_at: Option<i64>, closed_at: Option<i64>, reason: String,
        version: i64,
    }
}
store::root!(backfill_decision);

/// What signed decisions say of these records, by record.
pub async fn signed(db: &impl ConnectionTrait, records: Vec<&str>) -> Result<HashMap<String, Backfilled>, Error> {
    use backfill_decision::Column::{Id, SignedAt};
    let pages = backfill::Entity::find().filter(backfill::Column::Record.is_in(records)).all(db).await?;
    if pages.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: HashSet<String> = pages.iter().filter_map(|page| page.decision.clone()).collect();
    let signed = backfill_decision::Entity::find().filter(Id.is_in(ids)).filter(SignedAt.is_not_null()).all(db).await?;
    let signed: HashMap<&str, &backfill_decision::Model> = signed.iter().map(|d| (d.id.as_str(), d)).collect();
    let wrong = || Error::fault("an unreadable decision on old pages");
    let mut all = HashMap::new();
    for backfill::Model { record, hash, decision, .. } in pages {
        let found = decision.and_then(|id| signed.get(id.as_str()).copied());
        if let Some((record, found)) = record.zip(found) {
            let (hash, until) = Hash::parse(&hash).zip(Day::parse(&found.until)).ok_or_else(wrong)?;
            let signer = found.signed_by.clone().ok_or_else(wrong)?;
            all.insert(record, Backfilled { hash, signer, until });
        }
    }
    Ok(all)
}

/// The page from which a record came, if it was public elsewhere before.
pub async fn of_record(db: &impl ConnectionTrait, record: &str) -> Result<Option<backfill::Model>, Error> {
    Ok(backfill::Entity::find().filter(backfill::Column::Record.eq(record)).one(db).await?)
}

/// 索引号 (law.md 10.1), never changed afterwards. A page of a former site keeps the number it had there.
pub async fn index_no(act: &Act, body: &str, org: &str, record: &str) -> Result<(String, String), Error> {
    let kept = of_record(act, record).await?.map(|old| old.index_no).filter(|no| !no.is_empty());
    let year = act.now.day().year();
    loop {
        let serial = act.number(&format!("index/{org}/{year}")).await?;
        let back = format!("{year}-{serial:05}");
        let own = format!("{org}/{back}");
        // A former site may have given out numbers of our own form.
        if kept.is_some() || !has_index(act, body, &own).await? {
            return Ok((kept.unwrap_or(own), format!("/records/{org}/{back}")));
        }
    }
}

/// Lets the old address of a record lead to it. Returns the day on which it was first public; `None` if it was not.
pub async fn lead(act: &Act, record: &str, path: &str) -> Result<Option<String>, Error> {
    let Some(old) = of_record(act, record).await? else { return Ok(None) };
    redirect(act, &old, path).await?;
    Ok(Some(old.first_public))
}

/// Lets an old address lead where its record is; to nothing yet while there is none.
pub async fn redirect(act: &Act, page: &backfill::Model, target: &str) -> Result<(), Error> {
    public_redirect::Entity::delete_by_id(&page.id).exec(act).await?;
    let row = public_redirect::ActiveModel {
        id: Set(page.id.clone()),
        body: Set(page.body.clone()),
        path: Set(page.path.clone()),
        target: Set(target.into()),
    };
    public_redirect::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// One review of the signer's, bound to the hash that the decision lists. Not the kind's route: what was decided on is
/// whether a page that has been public for years may be public here too.
///
/// # Errors
/// `Refused` where the text is not the listed one, the signer is one of its authors, or the decision's term is over.
pub async fn review(act: &mut Act, on: &Loaded, signer: &Me, says: &str) -> Result<(), Error> {
    let (revision, listed) = on.revision.as_ref().zip(on.backfilled.as_ref()).ok_or(Error::NotFound)?;
    let why = rules::may_sign_backfill(revision, signer, listed, act.now.day());
    if !why.is_empty() {
        return Err(why.into());
    }
    let answers = Step::Secrecy.questions().iter().map(|(name, _)| ((*name).to_owned(), "no".to_owned())).collect();
    let (step, verdict, seen, opinion) = (Step::Secrecy, Verdict::Pass, listed.hash, says.to_owned());
    let acting_for = rules::in_whose_stead(revision, step, signer)?.map(|lent| lent.of.as_str());
    let by = By { staff: &signer.id, acting_for, paper: None };
    decide::write_review(act, on, &by, &Decision { step, verdict, seen, answers, opinion }).await
}

/// Whether an index number is taken by a record or another old page of this body.
pub async fn has_index(db: &impl ConnectionTrait, body: &str, index_no: &str) -> Result<bool, Error> {
    use backfill::Column::{Body, IndexNo};
    let page = backfill::Entity::find().filter(Body.eq(body)).filter(IndexNo.eq(index_no)).one(db).await?;
    let kept = record::Entity::find().filter(record::Column::IndexNo.eq(index_no)).one(db).await?;
    Ok(page.is_some() || kept.is_some_and(|r| r.body == body))
}

/// Derives where every old address leads, some of them an act.
pub async fn rebuild(app: &crate::App) -> Result<usize, Error> {
    let (mut after, mut done) = (String::new(), 0);
    loop {
        let find = backfill::Entity::find().filter(backfill::Column::Id.gt(&after)).order_by_asc(backfill::Column::Id);
        let some = find.limit(100).all(app.store.read()).await?;
        let Some(last) = some.last() else { return Ok(done) };
        after = last.id.clone();
        done += some.len();
        let work = async move |act: &mut Act| {
            for page in &some {
                let record = match &page.record {
                    Some(id) => record::Entity::find_by_id(id).one(act).await?,
                    None => None,
                };
                redirect(act, page, record.and_then(|r| r.path).as_deref().unwrap_or_default()).await?;
            }
            act.journal("rebuild-public", "floor");
            Ok(())
        };
        app.store.act(store::Actor::Clock, app.clock.now(), work).await?.into_inner();
    }
}
