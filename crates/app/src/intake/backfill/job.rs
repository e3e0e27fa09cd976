//! A signed decision is carried out: some pages an act, through the gate like everything else, until none is left or
//! its term is over.

use super::table::backfill_decision;
use super::{rules, store};
use crate::App;
use crate::account::{Me, store as accounts};
use crate::record::backfill::{self, backfill as page};
use crate::record::draft as drafts;
use crate::record::kind::Kind;
use crate::record::model::Typed;
use crate::record::publish as record_publish;
use crate::record::store::{self as records, Submission};
use ::store::{Act, Actor, Done, Error, Job};
use kernel::Day;
use law::Law;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Pages that one act publishes: an act has five seconds.
const TOGETHER: u64 = 20;

struct Carrying {
    law: &'static Law,
    org: String,
    decision: backfill_decision::Model,
    signer: Me,
}

/// A page whose words were just looked through, and what came of it.
struct Looked {
    row: page::Model,
    kind: &'static Kind,
    typed: Typed,
    made: Option<Submission>,
}

/// Publishes the next pages, oldest first, and queues itself again while some are left.
pub async fn publish(app: App, job: Job) -> Result<(), Error> {
    let (law, bodies, now) = (app.law(), app.bodies(), app.clock.now());
    let of = backfill_decision::Entity::find_by_id(&job.arg).one(app.store.read()).await?.ok_or(Error::NotFound)?;
    let pages = look(law, next(app.store.read(), &of).await?, &of.prepared_by, now.day()).await?;
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        let found = backfill_decision::Entity::find_by_id(&job.arg).one(act).await?.ok_or(Error::NotFound)?;
        let until = Day::parse(&found.until).ok_or_else(|| Error::fault("a decision without a term"))?;
        let (Some(by), None) = (&found.signed_by, found.closed_at) else {
            if found.closed_at.is_none() && act.now.day() > until {
                return store::close(act, &found, "期限内没有签署。这些页可以重新准备。").await;
            }
            act.journal("backfill-over", &format!("backfill:{}", found.id));
            return Ok(());
        };
        let signer = accounts::me(act, by).await?.map(|(_, me)| me);
        let Some(signer) = signer.filter(|_| act.now.day() <= until && !pages.is_empty()) else {
            let reason = if pages.is_empty() { "" } else { "期限已过，没有公开的页要重新决定。" };
            return store::close(act, &found, reason).await;
        };
        let org = bodies.iter().find(|b| b.id == found.body).map(|b| b.org.clone()).ok_or(Error::NotFound)?;
        let carrying = Carrying { law, org, decision: found, signer };
        let mut public = 0;
        for looked in &pages {
            public += usize::from(carrying.one(act, looked).await?);
        }
        let id = &carrying.decision.id;
        act.queue("backfill-publish", id, act.now);
        let facts = serde_json::json!({ "public": public, "desk": pages.len() - public });
        act.journal_with("carry-out-backfill", &format!("backfill:{id}"), facts);
        Ok(())
    };
    app.store.act(Actor::Job("backfill-publish"), now, work).await.map(Done::into_inner)
}

/// In the order of an index: sorting would read the words of all that are left, each time.
async fn next(db: &impl ConnectionTrait, of: &backfill_decision::Model) -> Result<Vec<page::Model>, Error> {
    use page::Column::{Body, Decision, FirstPublic, Id, Record};
    let find = page::Entity::find().filter(Body.eq(&of.body)).filter(Decision.eq(&of.id));
    let find = find.filter(Record.is_null()).order_by_asc(FirstPublic).order_by_asc(Id);
    Ok(find.limit(TOGETHER).all(db).await?)
}

/// Looks the pages through once more, on all cores and before the act: the rules may be newer than the import.
async fn look(law: &'static Law, pages: Vec<page::Model>, prepared_by: &str, today: Day) -> Result<Vec<Looked>, Error> {
    let one = move |row: page::Model, prepared_by: String| {
        let kind = Kind::parse(&row.kind).ok_or_else(|| Error::fault("an old page of an unknown kind"))?;
        let typed = store::typed_of(&row)?;
        let (made, findings) = rules::look(law, kind, &typed, &row.text, today);
        let mut made = made.filter(|m| findings == 0 && m.paper.hash().to_string() == row.hash);
        made.iter_mut().for_each(|m| m.authors.push(prepared_by.clone()));
        Ok::<_, Error>(Looked { row, kind, typed, made })
    };
    let start = |row| {
        let prepared_by = prepared_by.to_owned();
        tokio::task::spawn_blocking(move || one(row, prepared_by))
    };
    let started: Vec<_> = pages.into_iter().map(start).collect();
    let mut all = vec![];
    for looking in started {
        all.push(looking.await.map_err(|e| Error::Fault(e.into()))??);
    }
    Ok(all)
}

impl Carrying {
    /// Whether it became public. What the rules of today refuse goes to the desk instead.
    async fn one(&self, act: &mut Act, looked: &Looked) -> Result<bool, Error> {
        let Looked { row, kind, typed, made } = looked;
        let Some(made) = made else {
            store::to_desk(act, row).await?;
            return Ok(false);
        };
        let record = drafts::create(act, &row.body, kind, &row.section, &row.made_by, typed, &row.text).await?;
        store::hold(act, row, &record).await?;
        let on = records::load(act, &row.body, &record).await?;
        let mine = drafts::my_draft(act, &record, &row.made_by).await?.ok_or(Error::NotFound)?;
        records::submit(act, &on, &mine, made).await?;
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
