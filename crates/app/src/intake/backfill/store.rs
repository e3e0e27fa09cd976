//! Old pages and their decisions in the database.

use super::model::{Examined, Took};
use super::rules;
use super::table::{backfill_decision, backfill_sample};
use crate::account::Me;
use crate::record::backfill::{self, backfill as page};
use crate::record::draft as drafts;
use crate::record::kind::Kind;
use crate::record::model::Typed;
use ::store::{Act, Error};
use kernel::{Day, Hash};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set,
};

/// Takes pages in, in their order. What has findings becomes a draft of the importer, the rest waits for a decision;
/// each old address is known from now on.
pub async fn take(act: &mut Act, body: &str, me: &Me, pages: &[Examined]) -> Result<Vec<Took>, Error> {
    let mut all = vec![];
    for one in pages {
        all.push(take_one(act, body, me, one).await?);
    }
    let desk = all.iter().filter(|t| **t == Took::Desk).count();
    let facts = serde_json::json!({ "pages": pages.len(), "desk": desk });
    act.journal_with("take-old-pages", &format!("body:{body}"), facts);
    Ok(all)
}

async fn take_one(act: &mut Act, body: &str, me: &Me, one: &Examined) -> Result<Took, Error> {
    let (old, id) = (&one.old, backfill::id_of(body, &one.old.path));
    if let Some(known) = page::Entity::find_by_id(&id).one(act).await? {
        let same = known.capture == old.capture.to_string();
        return Ok(if same { Took::Known } else { Took::Refused("同一旧地址已经导入过，内容不同。") });
    }
    if !old.index_no.is_empty() && backfill::has_index(act, body, &old.index_no).await? {
        return Ok(Took::Refused("索引号已经有别的信息在用。"));
    }
    let clean = one.findings == 0;
    let record = if clean {
        None
    } else {
        Some(drafts::create(act, body, old.kind, &me.section, &me.id, &old.typed, &old.text).await?)
    };
    let fields = serde_json::to_string(&old.typed).map_err(|e| Error::Fault(e.into()))?;
    let row = page::Model {
        id,
        body: body.into(),
        address: old.address.clone(),
        path: old.path.clone(),
        first_public: old.first_public.to_string(),
        capture: old.capture.to_string(),
        index_no: old.index_no.clone(),
        hash: one.hash.clone(),
        kind: old.kind.name.into(),
        title: one.title.clone(),
        fields: if clean { fields } else { String::new() },
        text: if clean { old.text.clone() } else { String::new() },
        findings: one.findings as i64,
        section: me.section.clone(),
        made_by: me.id.clone(),
        made_at: act.now.0,
        decision: None,
        record,
    };
    let insert: page::ActiveModel = row.clone().into();
    page::Entity::insert(insert.reset_all()).exec_without_returning(act).await?;
    backfill::redirect(act, &row, "").await?;
    Ok(if clean { Took::Clean } else { Took::Desk })
}

/// How many pages of a body stand where.
pub struct Counts {
    /// Clean, and in no decision yet.
    pub waiting: u64,
    /// With findings: drafts or records at the desk that are not public.
    pub desk: u64,
    pub all: u64,
}

pub async fn counts(db: &impl ConnectionTrait, body: &str) -> Result<Counts, Error> {
    use page::Column::{Body, Decision, Findings, Record};
    let of = || page::Entity::find().filter(Body.eq(body));
    let waiting = of().filter(Decision.is_null()).filter(Record.is_null()).count(db).await?;
    let desk = of().filter(Findings.gt(0)).count(db).await?;
    Ok(Counts { waiting, desk, all: of().count(db).await? })
}

pub async fn decisions(db: &impl ConnectionTrait, body: &str) -> Result<Vec<backfill_decision::Model>, Error> {
    use backfill_decision::Column::{Body, Id};
    Ok(backfill_decision::Entity::find().filter(Body.eq(body)).order_by_desc(Id).limit(50).all(db).await?)
}

/// Of this body only.
pub async fn decision(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<backfill_decision::Model, Error> {
    let row = backfill_decision::Entity::find_by_id(id).one(db).await?;
    row.filter(|d| d.body == body).ok_or(Error::NotFound)
}

pub async fn samples(db: &impl ConnectionTrait, decision: &str) -> Result<Vec<backfill_sample::Model>, Error> {
    use backfill_sample::Column::{Decision, N};
    Ok(backfill_sample::Entity::find().filter(Decision.eq(decision)).order_by_asc(N).all(db).await?)
}

/// A page as a list names it.
#[derive(Clone, FromQueryResult)]
pub struct Listed {
    pub id: String,
    pub hash: String,
    pub address: String,
    pub made_by: String,
}

/// The pages of a decision in order of hash.
pub async fn listed(db: &impl ConnectionTrait, body: &str, decision: &str) -> Result<Vec<Listed>, Error> {
    use page::Column::{Address, Body, Decision, Hash, Id, MadeBy};
    let find = page::Entity::find().filter(Body.eq(body)).filter(Decision.eq(decision));
    let find = find.order_by_asc(Hash).order_by_asc(Id).select_only().columns([Id, Hash, Address, MadeBy]);
    Ok(find.into_model::<Listed>().all(db).await?)
}

pub fn list_of(pages: &[Listed]) -> String {
    let pairs: Vec<(String, String)> = pages.iter().map(|p| (p.hash.clone(), p.address.clone())).collect();
    rules::list(&pairs)
}

/// Freezes what waits into a list with its digest, and draws the sample. Returns the decision's id.
pub async fn prepare(act: &mut Act, body: &str, me: &Me, seed: u64, until: Day) -> Result<String, Error> {
    use page::Column::{Body, Decision, Record};
    let id = act.id();
    page::Entity::update_many()
        .col_expr(Decision, Expr::value(id.clone()))
        .filter(Body.eq(body))
        .filter(Decision.is_null())
        .filter(Record.is_null())
        .exec(act)
        .await?;
    let pages = listed(act, body, &id).await?;
    if pages.is_empty() {
        return Err(kernel::Refusal::new("nothing", "没有等待补录的页。请先用 mingtang import --old 导入。").into());
    }
    let digest = Hash::of(list_of(&pages).as_bytes()).to_string();
    let row = backfill_decision::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        prepared_by: Set(me.id.clone()),
        prepared_at: Set(act.now.0),
        seed: Set(seed.to_string()),
        listed: Set(pages.len() as i64),
        digest: Set(digest.clone()),
        until: Set(until.to_string()),
        signed_by: Set(None),
        signed_at: Set(None),
        closed_at: Set(None),
        reason: Set(String::new()),
        version: Set(1),
    };
    backfill_decision::Entity::insert(row).exec_without_returning(act).await?;
    let sample = |(n, at): (usize, usize)| backfill_sample::ActiveModel {
        id: Set(act.id()),
        decision: Set(id.clone()),
        n: Set(n as i64 + 1),
        page: Set(pages[at].id.clone()),
        verdict: Set(String::new()),
        staff: Set(None),
        at: Set(None),
    };
    let drawn: Vec<_> = rules::sample(seed, pages.len()).into_iter().enumerate().map(sample).collect();
    for some in drawn.chunks(100) {
        backfill_sample::Entity::insert_many(some.to_vec()).exec_without_returning(act).await?;
    }
    // Its term ends by itself, signed or not.
    act.queue("backfill-publish", &id, until.plus(1).start());
    let facts = serde_json::json!({ "listed": pages.len(), "digest": digest, "seed": seed.to_string() });
    act.journal_with("prepare-backfill", &format!("backfill:{id}"), facts);
    Ok(id)
}

/// The signer has opened a page of the sample and found nothing against it.
pub async fn tick(act: &mut Act, sample: &backfill_sample::Model, me: &str) -> Result<(), Error> {
    backfill_sample::Entity::update_many()
        .col_expr(backfill_sample::Column::Verdict, Expr::value("good"))
        .col_expr(backfill_sample::Column::Staff, Expr::value(me))
        .col_expr(backfill_sample::Column::At, Expr::value(act.now.0))
        .filter(backfill_sample::Column::Id.eq(&sample.id))
        .exec(act)
        .await?;
    let about = format!("backfill:{}", sample.decision);
    act.journal_with("tick-sample", &about, serde_json::json!({ "n": sample.n }));
    Ok(())
}

/// Signs the very list that the form showed (`shown` is its digest), and sets the job to carry it out.
///
/// # Errors
/// `Refused` with everything that speaks against it, `Conflict` where it is signed or over.
pub async fn sign(act: &mut Act, row: &backfill_decision::Model, me: &Me, shown: &str) -> Result<(), Error> {
    if row.signed_at.is_some() || row.closed_at.is_some() {
        return Err(Error::Conflict);
    }
    let (pages, samples) = (listed(act, &row.body, &row.id).await?, samples(act, &row.id).await?);
    let mut made_by: Vec<String> = pages.iter().map(|p| p.made_by.clone()).collect();
    made_by.sort_unstable();
    made_by.dedup();
    let digest = Hash::of(list_of(&pages).as_bytes()).to_string();
    let why = rules::may_sign(&rules::Signing {
        me,
        prepared_by: &row.prepared_by,
        made_by: &made_by,
        until: Day::parse(&row.until).ok_or_else(|| Error::fault("a decision without a term"))?,
        today: act.now.day(),
        unopened: samples.iter().filter(|s| s.verdict.is_empty()).count(),
        by_others: samples.iter().filter(|s| s.staff.as_ref().is_some_and(|by| *by != me.id)).count(),
        digest: (&digest, if digest == row.digest { shown } else { "" }),
    });
    if !why.is_empty() {
        return Err(why.into());
    }
    act.bump(row, row.version).await?;
    backfill_decision::Entity::update_many()
        .col_expr(backfill_decision::Column::SignedBy, Expr::value(me.id.clone()))
        .col_expr(backfill_decision::Column::SignedAt, Expr::value(act.now.0))
        .filter(backfill_decision::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.queue("backfill-publish", &row.id, act.now);
    let facts = serde_json::json!({ "digest": row.digest, "listed": row.listed, "until": row.until });
    act.journal_with("sign-backfill", &format!("backfill:{}", row.id), facts);
    Ok(())
}

/// Ends a decision; what it listed and did not publish may be decided on again.
pub async fn close(act: &mut Act, row: &backfill_decision::Model, reason: &str) -> Result<(), Error> {
    use page::Column::{Body, Decision, Record};
    act.bump(row, row.version).await?;
    page::Entity::update_many()
        .col_expr(Decision, Expr::value(None::<String>))
        .filter(Body.eq(&row.body))
        .filter(Decision.eq(&row.id))
        .filter(Record.is_null())
        .exec(act)
        .await?;
    backfill_decision::Entity::update_many()
        .col_expr(backfill_decision::Column::ClosedAt, Expr::value(act.now.0))
        .col_expr(backfill_decision::Column::Reason, Expr::value(reason))
        .filter(backfill_decision::Column::Id.eq(&row.id))
        .exec(act)
        .await?;
    act.journal("close-backfill", &format!("backfill:{}", row.id));
    Ok(())
}

/// A page with findings after all, or that a person took out: a draft of whoever took it in.
pub async fn to_desk(act: &mut Act, row: &page::Model) -> Result<String, Error> {
    let kind = Kind::parse(&row.kind).ok_or_else(|| Error::fault("an old page of an unknown kind"))?;
    let typed = typed_of(row)?;
    let record = drafts::create(act, &row.body, kind, &row.section, &row.made_by, &typed, &row.text).await?;
    hold(act, row, &record).await?;
    Ok(record)
}

pub fn typed_of(row: &page::Model) -> Result<Typed, Error> {
    serde_json::from_str(&row.fields).map_err(|e| Error::Fault(e.into()))
}

/// From now on a record holds the page's words. `Conflict` where another does already.
pub async fn hold(act: &Act, row: &page::Model, record: &str) -> Result<(), Error> {
    let held = page::Entity::update_many()
        .col_expr(page::Column::Record, Expr::value(record))
        .col_expr(page::Column::Fields, Expr::value(""))
        .col_expr(page::Column::Text, Expr::value(""))
        .col_expr(page::Column::Title, Expr::value(""))
        .filter(page::Column::Id.eq(&row.id))
        .filter(page::Column::Record.is_null())
        .exec(act)
        .await?;
    if held.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict) }
}
