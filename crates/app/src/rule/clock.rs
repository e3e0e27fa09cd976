//! Clocks in the database. Other slices keep and close them here; what they are worth is computed by crate `law`.

use super::model::Happened;
use super::rules::{self, Reckoned};
use super::table::{clock, clock_change};
use kernel::{Day, Instant};
use law::{Fact, Law, State, What};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use store::{Act, Error};

/// How many clocks are looked at in one act, or read at once.
pub const STEP: u64 = 500;

impl clock::Model {
    pub fn event(&self) -> Instant {
        Instant(self.event)
    }

    pub fn happened(&self) -> Result<Vec<Happened>, Error> {
        serde_json::from_str(&self.facts).map_err(|e| Error::Fault(e.into()))
    }

    /// The last day; `None` while it stands still, and where the law gives no number.
    pub fn due_day(&self) -> Option<Day> {
        Day::parse(&self.due)
    }

    /// What a law says of it at a moment. A law that has no such rule leaves it without a due day.
    fn by(&self, law: &Law, now: Instant) -> Result<Reckoned, Error> {
        let facts = self.happened()?;
        Ok(rules::reckoned(law, &self.clause, self.event(), &facts, now).unwrap_or_default())
    }

    fn kept(&self) -> Reckoned {
        Reckoned { due: self.due.clone(), before: self.before, firm: self.firm == 1, latest: self.latest.clone() }
    }
}

/// Keeps a clock about a thing (`obligation:OB-A20-01/2026`): a new row, or the row there is, with what has happened to
/// it. Returns its id; `None` where the law has no such rule on the day of the event. A closed clock stays as it is.
pub async fn keep(
    act: &mut Act,
    law: &Law,
    body: &str,
    about: &str,
    clause: &str,
    event: Instant,
    facts: &[Fact<'_>],
) -> Result<Option<String>, Error> {
    let happened: Vec<Happened> = facts.iter().map(Happened::from).collect();
    let Some(reckoned) = rules::reckoned(law, clause, event, &happened, act.now) else { return Ok(None) };
    let facts = serde_json::to_string(&happened).map_err(|e| Error::Fault(e.into()))?;
    let mut fresh = clock::ActiveModel { event: Set(event.0), facts: Set(facts), ..columns(law, &reckoned) };
    let Some(row) = find(act, body, about, clause).await? else {
        let id = act.id();
        fresh.id = Set(id.clone());
        (fresh.body, fresh.about, fresh.clause) = (Set(body.into()), Set(about.into()), Set(clause.into()));
        (fresh.cause, fresh.closed_at, fresh.version) = (Set(String::new()), Set(None), Set(1));
        clock::Entity::insert(fresh).exec_without_returning(act).await?;
        return Ok(Some(id));
    };
    let same = (row.event, &row.law, row.happened()?) == (event.0, &law.hash.to_string(), happened);
    if row.closed_at.is_none() && !same {
        // A law that changed in the meantime moves it first, so that this is told apart from what happened.
        recompute(act, law, std::slice::from_ref(&row), None).await?;
        let row = find(act, body, about, clause).await?.ok_or(Error::NotFound)?;
        act.bump(&row, row.version).await?;
        clock::Entity::update_many().set(fresh).filter(clock::Column::Id.eq(&row.id)).exec(act).await?;
    }
    Ok(Some(row.id))
}

/// Closes a clock, by proof of service, at a moment that is not to come. Whether it was in time is found now, and stays
/// so however calendars change later. Closing a closed clock does nothing.
pub async fn close(act: &mut Act, law: &Law, body: &str, about: &str, clause: &str, at: Instant) -> Result<(), Error> {
    let row = find(act, body, about, clause).await?.ok_or(Error::NotFound)?;
    if row.closed_at.is_some() {
        return Ok(());
    }
    recompute(act, law, std::slice::from_ref(&row), None).await?;
    let row = find(act, body, about, clause).await?.ok_or(Error::NotFound)?;
    let mut happened = row.happened()?;
    let end = Fact { at, what: What::Close { found_in_time: false } };
    let facts: Vec<Fact> = happened.iter().map(Happened::fact).chain([end]).collect();
    let found = rules::clock(law, clause, row.event(), &facts, act.now).map(|clock| clock.state);
    let in_time = found == Some(State::Met);
    happened.push(Happened::from(&Fact { what: What::Close { found_in_time: in_time }, ..end }));
    let facts = serde_json::to_string(&happened).map_err(|e| Error::Fault(e.into()))?;
    act.bump(&row, row.version).await?;
    let closed = clock::ActiveModel { facts: Set(facts), closed_at: Set(Some(at.0)), ..Default::default() };
    clock::Entity::update_many().set(closed).filter(clock::Column::Id.eq(&row.id)).exec(act).await?;
    Ok(())
}

/// Brings open clocks to a law, and notes each one that moves with its cause: that of a version, else of the newest.
/// Clocks that were computed by this very law are passed over, so a second run changes nothing. Returns how many moved.
pub async fn recompute(act: &Act, law: &Law, rows: &[clock::Model], version: Option<&str>) -> Result<usize, Error> {
    let hash = law.hash.to_string();
    let stale: Vec<&clock::Model> = rows.iter().filter(|row| row.closed_at.is_none() && row.law != hash).collect();
    let (mut moved, mut cause) = (vec![], None);
    for row in &stale {
        let now = row.by(law, act.now)?;
        if now == row.kept() {
            continue;
        }
        if cause.is_none() {
            cause = Some(super::jobs::cause(act, version).await?);
        }
        let cause = cause.clone().unwrap_or_default();
        let fresh =
            clock::ActiveModel { cause: Set(cause.clone()), version: Set(row.version + 1), ..columns(law, &now) };
        clock::Entity::update_many().set(fresh).filter(clock::Column::Id.eq(&row.id)).exec(act).await?;
        moved.push(change(act, row, &now, cause, &hash));
    }
    let same = stale.iter().map(|row| row.id.as_str());
    let told = clock::ActiveModel { law: Set(hash), ..Default::default() };
    if !stale.is_empty() {
        clock::Entity::update_many().set(told).filter(clock::Column::Id.is_in(same)).exec(act).await?;
    }
    let count = moved.len();
    if count > 0 {
        clock_change::Entity::insert_many(moved).exec_without_returning(act).await?;
    }
    Ok(count)
}

fn columns(law: &Law, reckoned: &Reckoned) -> clock::ActiveModel {
    clock::ActiveModel {
        due: Set(reckoned.due.clone()),
        before: Set(reckoned.before),
        firm: Set(i64::from(reckoned.firm)),
        latest: Set(reckoned.latest.clone()),
        law: Set(law.hash.to_string()),
        ..Default::default()
    }
}

fn change(act: &Act, row: &clock::Model, now: &Reckoned, cause: String, law: &str) -> clock_change::ActiveModel {
    clock_change::ActiveModel {
        id: Set(act.id()),
        clock: Set(row.id.clone()),
        at: Set(act.now.0),
        old: Set(row.due.clone()),
        new: Set(now.due.clone()),
        cause: Set(cause),
        law: Set(law.into()),
    }
}

/// The next open clocks that another law computed, by id.
pub async fn stale(db: &impl ConnectionTrait, law: &Law, after: &str) -> Result<Vec<clock::Model>, Error> {
    let rows = clock::Entity::find()
        .filter(clock::Column::ClosedAt.is_null())
        .filter(clock::Column::Law.ne(law.hash.to_string()))
        .filter(clock::Column::Id.gt(after))
        .order_by_asc(clock::Column::Id)
        .limit(STEP);
    Ok(rows.all(db).await?)
}

async fn find(db: &impl ConnectionTrait, body: &str, about: &str, clause: &str) -> Result<Option<clock::Model>, Error> {
    let row = clock::Entity::find()
        .filter(clock::Column::Body.eq(body))
        .filter(clock::Column::About.eq(about))
        .filter(clock::Column::Clause.eq(clause));
    Ok(row.one(db).await?)
}

/// A clock of this body.
pub async fn load(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<clock::Model, Error> {
    let found = clock::Entity::find_by_id(id).one(db).await?;
    found.filter(|row| row.body == body).ok_or(Error::NotFound)
}

/// The clocks about a thing, open and closed, the oldest first.
pub async fn about(db: &impl ConnectionTrait, body: &str, about: &str) -> Result<Vec<clock::Model>, Error> {
    let rows = clock::Entity::find()
        .filter(clock::Column::Body.eq(body))
        .filter(clock::Column::About.eq(about))
        .order_by_asc(clock::Column::Id);
    Ok(rows.all(db).await?)
}

/// The due days of a clock that moved with the law, the newest first.
pub async fn changes(db: &impl ConnectionTrait, clock: &str) -> Result<Vec<clock_change::Model>, Error> {
    let rows = clock_change::Entity::find()
        .filter(clock_change::Column::Clock.eq(clock))
        .order_by_desc(clock_change::Column::Id);
    Ok(rows.all(db).await?)
}

/// Which clocks a list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// Open, with a due day; the soonest first.
    Running,
    /// Open, without a due day: they stand still, or the law gives no number.
    Without,
    Closed,
}

/// A page of the clocks of a body after the one with this due day and id; one more than `limit` tells that there is
/// another page.
pub async fn list(
    db: &impl ConnectionTrait,
    body: &str,
    which: Which,
    after: (&str, &str),
    limit: u64,
) -> Result<Vec<clock::Model>, Error> {
    let mut find = clock::Entity::find().filter(clock::Column::Body.eq(body));
    find = match which {
        Which::Running => find.filter(clock::Column::ClosedAt.is_null()).filter(clock::Column::Due.ne("")),
        Which::Without => find.filter(clock::Column::ClosedAt.is_null()).filter(clock::Column::Due.eq("")),
        Which::Closed => find.filter(clock::Column::ClosedAt.is_not_null()),
    };
    let (due, id) = after;
    let same_day = Condition::all().add(clock::Column::Due.eq(due)).add(clock::Column::Id.gt(id));
    let beyond = Condition::any().add(clock::Column::Due.gt(due)).add(same_day);
    let rows = find.filter(beyond).order_by_asc(clock::Column::Due).order_by_asc(clock::Column::Id).limit(limit + 1);
    Ok(rows.all(db).await?)
}

/// How many open clocks there are in the installation, and how many would move under another law.
pub async fn would_move(db: &impl ConnectionTrait, law: &Law, now: Instant) -> Result<(usize, usize), Error> {
    let (mut open, mut moved, mut after) = (0, 0, String::new());
    loop {
        let rows = stale(db, law, &after).await?;
        open += rows.len();
        for row in &rows {
            moved += usize::from(row.by(law, now)? != row.kept());
        }
        match rows.last() {
            Some(last) if rows.len() == STEP as usize => after.clone_from(&last.id),
            _ => return Ok((open, moved)),
        }
    }
}
