//! A signed decision is carried out: some pages an act, through the gate like everything else, until none is left or
//! its term is over.

use super::table::backfill_decision;
use super::{rules, store};
use crate::App;
use crate::account::{Me, store as accounts};
use crate::record::backfill::{self, backfill as page};
use crate::record::draft as drafts;
use crate::record::kind::Kind;
use crate::record::publish as record_publish;
use crate::record::store as records;
use ::store::{Act, Actor, Done, Error, Job};
use kernel::Day;
use law::Law;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Pages that one act publishes: an act has five seconds.
const TOGETHER: u64 = 20;

struct Carrying {
    law: &'static Law,
    org: String,
    decision: backfill_decision::Model,
    signer: Me,
}

/// Publishes the next pages, oldest first, and queues itself again while some are left.
pub async fn publish(app: App, job: Job) -> Result<(), Error> {
    let (law, bodies) = (app.law(), app.bodies());
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let found = backfill_decision::Entity::find_by_id(&job.arg).one(act).await?.ok_or(Error::NotFound)?;
        let (Some(by), None) = (&found.signed_by, found.closed_at) else {
            act.journal("backfill-over", &format!("backfill:{}", found.id));
            return Ok(());
        };
        let until = Day::parse(&found.until).ok_or_else(|| Error::fault("a decision without a term"))?;
        let signer = accounts::me(act, by).await?.map(|(_, me)| me);
        let pages = next(act, &found).await?;
        let Some(signer) = signer.filter(|_| act.now.day() <= until && !pages.is_empty()) else {
            let reason = if pages.is_empty() { "" } else { "期限已过，没有公开的页要重新决定。" };
            return store::close(act, &found, reason).await;
        };
        let org = bodies.iter().find(|b| b.id == found.body).map(|b| b.org.clone()).ok_or(Error::NotFound)?;
        let carrying = Carrying { law, org, decision: found, signer };
        let mut public = 0;
        for row in &pages {
            public += usize::from(carrying.one(act, row).await?);
        }
        let id = &carrying.decision.id;
        act.queue("backfill-publish", id, act.now);
        let facts = serde_json::json!({ "public": public, "desk": pages.len() - public });
        act.journal_with("carry-out-backfill", &format!("backfill:{id}"), facts);
        Ok(())
    };
    app.store.act(Actor::Job("backfill-publish"), app.clock.now(), work).await.map(Done::into_inner)
}

/// In the order of an index: sorting would read the words of all that are left, each time.
async fn next(act: &Act, decision: &backfill_decision::Model) -> Result<Vec<page::Model>, Error> {
    use page::Column::{Body, Decision, FirstPublic, Id, Record};
    let find = page::Entity::find().filter(Body.eq(&decision.body)).filter(Decision.eq(&decision.id));
    let find = find.filter(Record.is_null()).order_by_asc(FirstPublic).order_by_asc(Id);
    Ok(find.limit(TOGETHER).all(act).await?)
}

impl Carrying {
    /// Whether it became public. What the rules of today refuse goes to the desk instead.
    async fn one(&self, act: &mut Act, row: &page::Model) -> Result<bool, Error> {
        let kind = Kind::parse(&row.kind).ok_or_else(|| Error::fault("an old page of an unknown kind"))?;
        let typed = store::typed_of(row)?;
        let (made, findings) = rules::look(self.law, kind, &typed, &row.text, act.now.day());
        let Some(mut made) = made.filter(|m| findings == 0 && m.paper.hash().to_string() == row.hash) else {
            store::to_desk(act, row).await?;
            return Ok(false);
        };
        made.authors.push(self.decision.prepared_by.clone());
        let record = drafts::create(act, &row.body, kind, &row.section, &row.made_by, &typed, &row.text).await?;
        store::hold(act, row, &record).await?;
        let on = records::load(act, &row.body, &record).await?;
        let mine = drafts::my_draft(act, &record, &row.made_by).await?.ok_or(Error::NotFound)?;
        records::submit(act, &on, &mine, &made).await?;
        let on = records::load(act, &row.body, &record).await?;
        let says = format!("补录决定，名单摘要 {}。", self.decision.digest);
        match backfill::review(act, &on, &self.signer, &says).await {
            Ok(()) => {}
            Err(Error::Refused(_)) => return Ok(false),
            Err(e) => return Err(e),
        }
        let on = records::load(act, &row.body, &record).await?;
        match on.ask_gate(self.law, None, act.now.day()) {
            Ok(order) => record_publish::publish(act, self.law, &on, &self.org, order).await.map(|_| true),
            Err(Error::Refused(_)) => Ok(false),
            Err(e) => Err(e),
        }
    }
}
