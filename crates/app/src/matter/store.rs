//! Matters in the database: the body sealed, typed values as columns of the kind's report rows, clocks kept where all
//! clocks are. A step is stored whole.

use super::AnyKind;
use super::case::{Entry, Matter, Moment, Running};
use super::field::Plain;
use super::note;
use super::papers::{self, Beside};
use super::shown;
use super::step::Step;
use super::table::{matter, matter_event};
use crate::notice;
use crate::rule;
use crate::rule::model::Happening;
use crate::submission::{self, wish};
use ::store::{Act, Error, Sealed, Sealer};
use kernel::Instant;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

/// More open cases than an office has at once.
pub const OPEN_MOST: u64 = 500;

/// A case, unsealed for the machine. Whoever shows its words journals that first.
#[derive(Clone)]
pub struct Loaded {
    pub row: matter::Model,
    pub case: Matter,
}

impl Loaded {
    pub fn about(&self) -> String {
        about(&self.row.id)
    }

    pub fn is_erased(&self) -> bool {
        self.row.erased_at.is_some()
    }
}

pub fn about(id: &str) -> String {
    format!("matter:{id}")
}

/// A case of this body and kind.
pub async fn load(
    db: &impl ConnectionTrait,
    sealer: &Sealer,
    kind: &dyn AnyKind,
    body: &str,
    id: &str,
) -> Result<Loaded, Error> {
    let found = matter::Entity::find_by_id(id).one(db).await?;
    let row = found.filter(|m| m.body == body && m.kind == kind.name()).ok_or(Error::NotFound)?;
    loaded(db, sealer, kind, row).await
}

/// The cases that a submission began, the first one first: several where it was split.
pub async fn of_holder(
    db: &impl ConnectionTrait,
    sealer: &Sealer,
    kind: &dyn AnyKind,
    submission: &str,
) -> Result<Vec<Loaded>, Error> {
    let find = matter::Entity::find().filter(matter::Column::Holder.eq(submission));
    let find = find.filter(matter::Column::Kind.eq(kind.name())).order_by_asc(matter::Column::Id);
    let mut all = vec![];
    for row in find.all(db).await? {
        all.push(loaded(db, sealer, kind, row).await?);
    }
    Ok(all)
}

async fn loaded(
    db: &impl ConnectionTrait,
    sealer: &Sealer,
    kind: &dyn AnyKind,
    row: matter::Model,
) -> Result<Loaded, Error> {
    let events = matter_event::Entity::find().filter(matter_event::Column::Matter.eq(&row.id));
    let events = events.order_by_asc(matter_event::Column::Id).all(db).await?;
    let mut beside = papers::of(db, std::slice::from_ref(&row.id), (&row.body, kind.is_public())).await?;
    let beside = beside.remove(&row.id).unwrap_or_default();
    unsealed(sealer, kind, row, (events, beside))
}

fn unsealed(
    sealer: &Sealer,
    kind: &dyn AnyKind,
    row: matter::Model,
    (events, beside): (Vec<matter_event::Model>, Beside),
) -> Result<Loaded, Error> {
    let body = match row.erased_at {
        Some(_) => serde_json::json!({}),
        None => {
            let sealed = Sealed { text: row.sealed_text.clone(), key: row.sealed_key.clone() };
            let bytes = sealer.open_sealed(&about(&row.id), &sealed)?;
            serde_json::from_slice(&bytes).map_err(|e| Error::Fault(e.into()))?
        }
    };
    kind.sound(&body).map_err(Error::fault)?;
    let clocks: Vec<Running> = serde_json::from_str(&row.clocks).map_err(|e| Error::Fault(e.into()))?;
    let entry = |e: matter_event::Model| Entry {
        token: e.token,
        name: e.name,
        row: e.part_row.and_then(|n| u32::try_from(n).ok()),
        to: e.state,
        who: e.who,
        at: Instant(e.at),
    };
    let past = events.into_iter().map(entry).collect();
    let Beside { papers, unsorted } = beside;
    Ok(Loaded { case: Matter { state: row.state.clone(), body, past, clocks, papers, unsorted }, row })
}

/// The open cases of a kind that there were at a moment, the oldest first: all of them, read in stretches.
pub async fn open(
    db: &impl ConnectionTrait,
    sealer: &Sealer,
    kind: &dyn AnyKind,
    body: &str,
    now: Instant,
) -> Result<Vec<Loaded>, Error> {
    let (mut found, mut last) = (vec![], String::new());
    loop {
        let rows = matter::Entity::find()
            .filter(matter::Column::Body.eq(body))
            .filter(matter::Column::Kind.eq(kind.name()))
            .filter(matter::Column::ClosedAt.is_null())
            .filter(matter::Column::OpenedAt.lte(now.0))
            .filter(matter::Column::Id.gt(&last))
            .order_by_asc(matter::Column::Id)
            .limit(OPEN_MOST)
            .all(db)
            .await?;
        let is_last = (rows.len() as u64) < OPEN_MOST;
        last = rows.last().map(|row| row.id.clone()).unwrap_or_default();
        found.extend(all(db, sealer, kind, body, rows).await?);
        if is_last {
            return Ok(found);
        }
    }
}

/// These cases of a body and kind, with all that stands beside them, in a few queries.
pub async fn all(
    db: &impl ConnectionTrait,
    sealer: &Sealer,
    kind: &dyn AnyKind,
    body: &str,
    rows: Vec<matter::Model>,
) -> Result<Vec<Loaded>, Error> {
    let ids = rows.iter().map(|m| m.id.as_str());
    let events = matter_event::Entity::find().filter(matter_event::Column::Matter.is_in(ids));
    let mut events = events.order_by_asc(matter_event::Column::Id).all(db).await?;
    let ids: Vec<String> = rows.iter().map(|m| m.id.clone()).collect();
    let mut beside = papers::of(db, &ids, (body, kind.is_public())).await?;
    let mut all = vec![];
    for row in rows {
        let (mine, rest) = events.into_iter().partition(|e| e.matter == row.id);
        events = rest;
        let beside = beside.remove(&row.id).unwrap_or_default();
        all.push(unsealed(sealer, kind, row, (mine, beside))?);
    }
    Ok(all)
}

/// What a case is born with.
pub struct Birth<'a> {
    pub body: &'a str,
    /// `依申请〔2026〕18号`: the word before the brackets.
    pub word: &'a str,
    pub holder: &'a str,
    pub at: Moment,
}

/// Stores the step that a case begins with. Returns its id.
pub async fn begin_case(
    act: &mut Act,
    sealer: &Sealer,
    kind: &dyn AnyKind,
    birth: &Birth<'_>,
    step: &Step,
) -> Result<String, Error> {
    let (id, year) = (act.id(), birth.at.today().year());
    let serial = act.number(&format!("{}/{}/{year}", kind.name(), birth.body)).await?;
    let sealed = sealed(sealer, &id, step);
    let number = format!("{}〔{year}〕{serial}号", birth.word);
    let row = matter::ActiveModel {
        id: Set(id.clone()),
        body: Set(birth.body.into()),
        kind: Set(kind.name().into()),
        number: Set(number.clone()),
        holder: Set(birth.holder.into()),
        state: Set(step.entry.to.clone()),
        opened_at: Set(birth.at.now.0),
        closed_at: Set(None),
        sealed_text: Set(sealed.text),
        sealed_key: Set(sealed.key),
        clocks: Set(clocks(step)?),
        erased_at: Set(None),
        version: Set(1),
    };
    matter::Entity::insert(row).exec_without_returning(act).await?;
    let of = Of { id: &id, body: birth.body, number: &number, holder: birth.holder, opened_at: birth.at.now.0 };
    follow(act, kind, of, &Matter::new(), (step, None), birth.at).await?;
    Ok(id)
}

/// Stores a step of a case; `Conflict` where another was stored since it was loaded. `stead` is the holder of the lent
/// duty that was used.
pub async fn advance(
    act: &mut Act,
    sealer: &Sealer,
    kind: &dyn AnyKind,
    on: &Loaded,
    (step, stead): (&Step, Option<&str>),
    at: Moment,
) -> Result<(), Error> {
    act.bump(&on.row, on.row.version).await?;
    let sealed = sealed(sealer, &on.row.id, step);
    let ends = on.row.closed_at.is_none() && kind.state(&step.entry.to).end;
    let mut fresh = matter::ActiveModel {
        state: Set(step.entry.to.clone()),
        sealed_text: Set(sealed.text),
        sealed_key: Set(sealed.key),
        clocks: Set(clocks(step)?),
        ..Default::default()
    };
    if ends {
        fresh.closed_at = Set(Some(at.now.0));
    }
    matter::Entity::update_many().set(fresh).filter(matter::Column::Id.eq(&on.row.id)).exec(act).await?;
    if ends {
        let sent = submission::store::about_it(act, &on.row.body, &on.about()).await?.into_iter().map(|s| s.id);
        let named = kind.sealed(&on.case.after(step)).into_iter().map(|(_, id)| id);
        let all: Vec<String> = sent.chain(named).chain([on.row.holder.clone()]).collect();
        submission::store::settle(act, &all).await?;
        if !kind.is_public() {
            act.queue(super::jobs::ERASE, &on.row.id, submission::rules::erase_at(at.today()));
        }
    }
    let row = &on.row;
    let of = Of { id: &row.id, body: &row.body, number: &row.number, holder: &row.holder, opened_at: row.opened_at };
    follow(act, kind, of, &on.case, (step, stead), at).await
}

fn sealed(sealer: &Sealer, id: &str, step: &Step) -> Sealed {
    sealer.seal(&about(id), &kernel::canonical::bytes(&step.body))
}

fn clocks(step: &Step) -> Result<String, Error> {
    serde_json::to_string(&step.clocks).map_err(|e| Error::Fault(e.into()))
}

/// Whose step it is.
struct Of<'a> {
    id: &'a str,
    body: &'a str,
    number: &'a str,
    holder: &'a str,
    opened_at: i64,
}

/// What every step leaves beside its case: the event, the clocks, the report rows, the public row, the journal's line.
async fn follow(
    act: &mut Act,
    kind: &dyn AnyKind,
    Of { id, body, number, holder, opened_at }: Of<'_>,
    before: &Matter,
    (step, stead): (&Step, Option<&str>),
    at: Moment,
) -> Result<(), Error> {
    let entry = &step.entry;
    let event = matter_event::ActiveModel {
        id: Set(act.id()),
        matter: Set(id.into()),
        token: Set(entry.token.clone()),
        name: Set(entry.name.clone()),
        part_row: Set(entry.row.map(i64::from)),
        state: Set(entry.to.clone()),
        who: Set(entry.who.clone()),
        at: Set(entry.at.0),
    };
    matter_event::Entity::insert(event).exec_without_returning(act).await?;
    for (n, running) in step.clocks.iter().enumerate() {
        if before.clocks.get(n) != Some(running) {
            keep_clock(act, kind, (id, body), running, at).await?;
        }
    }
    let after = before.after(step);
    report(act, kind, id, body, &after, at).await?;
    papers::hold(act, kind, (id, &after), at).await?;
    shown::show(act, kind, (id, body, number, opened_at), &after).await?;
    match kind.tells(&entry.name) {
        Some(_) if holder.is_empty() => notice::jobs::tell_all(act, &about(id), number),
        Some(cause) => wish::tell(act, cause, holder, number),
        None => {}
    }
    let mut facts = serde_json::json!({ "kind": kind.name(), "move": entry.name, "row": entry.row, "to": entry.to });
    if let Some(holder) = stead {
        facts["for"] = holder.into();
    }
    act.journal_with("step-matter", &about(id), facts);
    Ok(())
}

/// The same clock among all clocks, so that it is listed, explained, and moves when the law does.
async fn keep_clock(
    act: &mut Act,
    kind: &dyn AnyKind,
    (id, body): (&str, &str),
    running: &Running,
    at: Moment,
) -> Result<(), Error> {
    let Some(clause) = kind.clause(&running.clock) else { return Ok(()) };
    let row = running.row.map_or(String::new(), |no| format!("/{}/{no}", running.clock));
    let round = if running.round > 1 { format!("/{}", running.round) } else { String::new() };
    let about = format!("{}{row}{round}", about(id));
    let (ends, facts): (Vec<_>, Vec<_>) =
        running.happened.iter().partition(|h| matches!(h.what, Happening::Close { .. }));
    let facts: Vec<law::Fact> = facts.iter().map(|h| h.fact()).collect();
    let kept = rule::keep(act, at.law, body, &about, clause, running.event.start(), &facts).await?;
    if let (Some(_), Some(end)) = (kept, ends.first()) {
        rule::close(act, at.law, body, &about, clause, Instant(end.at)).await?;
    }
    Ok(())
}

/// The report rows of a case, written anew: its typed values as columns of `{kind}_row`, those of each part as rows of
/// `{kind}_{part}`.
async fn report(act: &Act, kind: &dyn AnyKind, id: &str, body: &str, m: &Matter, at: Moment) -> Result<(), Error> {
    let names: Vec<&str> = kind.heads().iter().map(|h| h.name).collect();
    let fixed = [("body", Expr::value(body.to_owned())), ("state", Expr::value(m.state.clone()))];
    let row = fixed.into_iter().chain(names.into_iter().zip(kind.report(m, at).into_iter().map(cell)));
    write(act, &format!("{}_row", kind.name()), id, vec![row.collect()]).await?;
    for ((part, heads), rows) in kind.part_heads().into_iter().zip(kind.part_reports(m)) {
        let row = |(no, state, values): (u32, String, Vec<Option<Plain>>)| {
            let fixed = [
                ("id", Expr::value(format!("{id}/{no}"))),
                ("no", Expr::value(i64::from(no))),
                ("state", Expr::value(state)),
            ];
            let typed = heads.iter().map(|h| h.name).zip(values.into_iter().map(cell));
            fixed.into_iter().chain(typed).collect::<Vec<_>>()
        };
        write(act, &format!("{}_{part}", kind.name()), id, rows.into_iter().map(row).collect()).await?;
    }
    Ok(())
}

async fn write(act: &Act, table: &str, id: &str, rows: Vec<Vec<(&'static str, Expr)>>) -> Result<(), Error> {
    let mut gone = Query::delete();
    gone.from_table(Alias::new(table)).and_where(Expr::col(Alias::new("matter")).eq(id));
    act.execute(&gone).await?;
    for row in rows {
        let (names, values): (Vec<_>, Vec<_>) = row.into_iter().unzip();
        let names = ["matter"].into_iter().chain(names).map(Alias::new);
        let mut insert = Query::insert();
        insert.into_table(Alias::new(table)).columns(names);
        let values = [Expr::value(id.to_owned())].into_iter().chain(values);
        insert.values(values).map_err(|e| Error::Fault(e.into()))?;
        act.execute(&insert).await?;
    }
    Ok(())
}

fn cell(value: Option<Plain>) -> Expr {
    match value {
        Some(Plain::Day(day)) => Expr::value(day.to_string()),
        Some(Plain::Code(choice)) => Expr::value(choice.code),
        Some(Plain::Count(n)) => Expr::value(i64::from(n)),
        Some(Plain::Flag(flag)) => Expr::value(i64::from(flag)),
        None => Expr::null(),
    }
}

/// Empties what was written of a case at the end of retention; the facts stay for the counts.
pub async fn erase(act: &mut Act, id: &str) -> Result<(), Error> {
    let gone = matter::ActiveModel {
        sealed_text: Set(String::new()),
        sealed_key: Set(String::new()),
        erased_at: Set(Some(act.now.0)),
        ..Default::default()
    };
    matter::Entity::update_many().set(gone).filter(matter::Column::Id.eq(id)).exec(act).await?;
    note::store::erase(act, id).await?;
    act.journal("erase-matter", &about(id));
    Ok(())
}
