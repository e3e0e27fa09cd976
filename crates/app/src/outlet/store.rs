//! Copies in the database: what follows a publication, what a job or a person reports, and what readers see of it.

use super::jobs::SEND;
use super::model::{Found, Outlet, State, Table, Way};
use super::rules::{self, Before};
use super::table::{outlet_copy, outlet_table};
use super::wire::Failed;
use crate::floor::{EVERYWHERE, public_listing, public_outlet, public_page};
use ::store::{Act, Error};
use law::{Item, Law};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set, UpdateMany};
use std::collections::BTreeMap;

impl outlet_copy::Model {
    pub fn state(&self) -> Result<State, Error> {
        State::parse(&self.state).ok_or_else(|| Error::fault("a copy in an unknown state"))
    }

    pub fn way(&self) -> Result<Way, Error> {
        Way::parse(&self.way).ok_or_else(|| Error::fault("a copy that goes an unknown way"))
    }

    fn before(&self) -> Result<Before, Error> {
        Ok(Before { state: self.state()?, sent: self.sent, touched: self.touched != 0 })
    }
}

/// The versions of a body's table, the newest first.
pub async fn tables(db: &impl ConnectionTrait, body: &str, most: u64) -> Result<Vec<outlet_table::Model>, Error> {
    let mine = outlet_table::Entity::find().filter(outlet_table::Column::Body.eq(body));
    Ok(mine.order_by_desc(outlet_table::Column::Id).limit(most).all(db).await?)
}

/// What goes where now.
pub async fn table(db: &impl ConnectionTrait, law: &Law, body: &str) -> Result<Table, Error> {
    match tables(db, body, 1).await?.pop() {
        Some(row) => serde_json::from_str(&row.text).map_err(|e| Error::Fault(e.into())),
        None => Ok(rules::usual(law)),
    }
}

/// Puts another table in the place of the one before. Nothing that was published before it moves.
pub async fn add_table(act: &mut Act, body: &str, staff: &str, table: &Table, note: &str) -> Result<(), Error> {
    let id = act.id();
    let row = outlet_table::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        text: Set(serde_json::to_string(table).map_err(|e| Error::Fault(e.into()))?),
        note: Set(note.into()),
        made_by: Set(staff.into()),
        made_at: Set(act.now.0),
    };
    outlet_table::Entity::insert(row).exec_without_returning(act).await?;
    act.journal_with("set-outlets", &format!("outlet-table:{id}"), serde_json::json!({ "n": table.outlets.len() }));
    Ok(())
}

/// The copies of a record, in the order of their names.
pub async fn copies(db: &impl ConnectionTrait, record: &str) -> Result<Vec<outlet_copy::Model>, Error> {
    let mine = outlet_copy::Entity::find().filter(outlet_copy::Column::Record.eq(record));
    Ok(mine.order_by_asc(outlet_copy::Column::Id).all(db).await?)
}

/// The copy of a body's record at an outlet.
pub async fn copy(
    db: &impl ConnectionTrait,
    body: &str,
    record: &str,
    outlet: &str,
) -> Result<outlet_copy::Model, Error> {
    let row = outlet_copy::Entity::find_by_id(id_of(record, outlet)).one(db).await?;
    row.filter(|copy| copy.body == body).ok_or(Error::NotFound)
}

fn id_of(record: &str, outlet: &str) -> String {
    format!("{record}#{outlet}")
}

fn about(record: &str) -> String {
    format!("record:{record}")
}

/// What is public of a record: its version, and the outlets that it goes to.
struct Seen {
    body: String,
    version: i64,
    goes: Vec<Outlet>,
}

async fn seen(act: &Act, law: &Law, record: &str) -> Result<Option<Seen>, Error> {
    let Some(page) = public_page::Entity::find_by_id(record).one(act).await? else { return Ok(None) };
    let listed = public_listing::Entity::find().filter(public_listing::Column::Page.eq(record)).all(act).await?;
    let places = listed.iter().map(|l| l.place.as_str());
    let columns: Vec<&str> = places.filter(|p| *p != EVERYWHERE && !p.starts_with("disclosure/catalogue/")).collect();
    let item = Item {
        title: &page.title,
        kind: &page.kind,
        columns: &columns,
        class: &page.class,
        formed: None,
        published: Some(act.now.day()),
        in_force: true,
        outlets: &[],
    };
    let table = table(act, law, &page.body).await?;
    // An old page was public already where it was to be: it goes nowhere by itself.
    let is_new = page.first_public.is_none();
    let goes = table.outlets.into_iter().filter(|outlet| is_new && rules::goes(law, outlet, &item)).collect();
    Ok(Some(Seen { version: page.version, body: page.body.clone(), goes }))
}

/// After anything of a record became public or stopped being so: brings every copy on its way. Safe to run twice.
pub async fn follow(act: &mut Act, law: &Law, wired: bool, record: &str) -> Result<(), Error> {
    let seen = seen(act, law, record).await?;
    let wanted = seen.as_ref().map_or(0, |s| s.version);
    let known = copies(act, record).await?;
    let mut moved: BTreeMap<&str, usize> = BTreeMap::new();
    for old in &known {
        let to = rules::next(Some(old.before()?), wanted, wired && old.way()? == Way::Interface);
        let stands = old.state()?;
        // What somebody decided not to place stays so until the next version.
        let settled = old.wanted == wanted && matches!(stands, State::Gone | State::ByHand);
        if let Some(to) = to.filter(|to| !settled && (*to != stands || old.wanted != wanted)) {
            turn(act, old, to, wanted).await?;
            *moved.entry(to.word()).or_default() += 1;
        }
    }
    if let Some(seen) = seen {
        let fresh = seen.goes.iter().filter(|o| !known.iter().any(|old| old.outlet == o.name));
        for outlet in fresh {
            let to = add(act, &seen.body, record, outlet, seen.version, wired).await?;
            *moved.entry(to.word()).or_default() += 1;
        }
    }
    act.journal_with("follow-outlets", &about(record), serde_json::json!(moved));
    Ok(())
}

/// A first copy of a record at an outlet.
pub async fn add(
    act: &mut Act,
    body: &str,
    record: &str,
    outlet: &Outlet,
    version: i64,
    wired: bool,
) -> Result<State, Error> {
    let state = rules::next(None, version, wired && outlet.way == Way::Interface).ok_or(Error::NotFound)?;
    let id = id_of(record, &outlet.name);
    let row = outlet_copy::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        record: Set(record.into()),
        outlet: Set(outlet.name.clone()),
        way: Set(outlet.way.word().into()),
        state: Set(state.word().into()),
        wanted: Set(version),
        sent: Set(0),
        touched: Set(0),
        address: Set(String::new()),
        at: Set(act.now.0),
        tries: Set(0),
        fault: Set(String::new()),
        says: Set(String::new()),
        found: Set(String::new()),
        found_at: Set(0),
        version: Set(1),
    };
    outlet_copy::Entity::insert(row).exec_without_returning(act).await?;
    if state == State::Waiting {
        act.queue(SEND, &id, act.now);
    }
    Ok(state)
}

/// A copy in a new state, with nothing left of what was tried or found before.
fn cleared(act: &Act, copy: &outlet_copy::Model, state: State) -> UpdateMany<outlet_copy::Entity> {
    outlet_copy::Entity::update_many()
        .col_expr(outlet_copy::Column::State, Expr::value(state.word()))
        .col_expr(outlet_copy::Column::At, Expr::value(act.now.0))
        .col_expr(outlet_copy::Column::Tries, Expr::value(0_i64))
        .col_expr(outlet_copy::Column::Fault, Expr::value(""))
        .col_expr(outlet_copy::Column::Says, Expr::value(""))
        .col_expr(outlet_copy::Column::Found, Expr::value(""))
        .filter(outlet_copy::Column::Id.eq(&copy.id))
}

/// Sets a copy on its way anew.
pub async fn turn(act: &mut Act, copy: &outlet_copy::Model, to: State, wanted: i64) -> Result<(), Error> {
    act.bump(copy, copy.version).await?;
    let touched = i64::from(to != State::Gone && copy.touched != 0);
    cleared(act, copy, to)
        .col_expr(outlet_copy::Column::Wanted, Expr::value(wanted))
        .col_expr(outlet_copy::Column::Touched, Expr::value(touched))
        .exec(act)
        .await?;
    if to == State::Waiting {
        act.queue(SEND, &copy.id, act.now);
    }
    Ok(())
}

/// Notes that from now on something may stand there. Returns the copy as it then is.
pub async fn touch(act: &mut Act, copy: &outlet_copy::Model) -> Result<outlet_copy::Model, Error> {
    act.bump(copy, copy.version).await?;
    outlet_copy::Entity::update_many()
        .col_expr(outlet_copy::Column::Touched, Expr::value(1_i64))
        .filter(outlet_copy::Column::Id.eq(&copy.id))
        .exec(act)
        .await?;
    act.journal("outlet-tried", &about(&copy.record));
    Ok(outlet_copy::Model { touched: 1, version: copy.version + 1, ..copy.clone() })
}

/// It stands there, or it is gone; readers see it from now on. An empty address leaves the one that was known.
pub async fn done(act: &mut Act, copy: &outlet_copy::Model, address: &str) -> Result<(), Error> {
    act.bump(copy, copy.version).await?;
    let there = copy.wanted > 0;
    let state = if there { State::Sent } else { State::Gone };
    let address = if address.is_empty() { copy.address.as_str() } else { address };
    cleared(act, copy, state)
        .col_expr(outlet_copy::Column::Sent, Expr::value(copy.wanted))
        .col_expr(outlet_copy::Column::Touched, Expr::value(i64::from(there)))
        .col_expr(outlet_copy::Column::Address, Expr::value(address))
        .exec(act)
        .await?;
    let now = outlet_copy::Model { address: address.into(), at: act.now.0, sent: copy.wanted, ..copy.clone() };
    show(act, &now).await?;
    let what = if there { "outlet-placed" } else { "outlet-removed" };
    act.journal_with(what, &about(&copy.record), serde_json::json!({ "version": copy.wanted, "way": copy.way }));
    Ok(())
}

/// It did not work; where trying again may help, it is queued.
pub async fn failed(act: &mut Act, copy: &outlet_copy::Model, why: &Failed) -> Result<(), Error> {
    act.bump(copy, copy.version).await?;
    let tries = copy.tries + 1;
    outlet_copy::Entity::update_many()
        .col_expr(outlet_copy::Column::State, Expr::value(State::Failed.word()))
        .col_expr(outlet_copy::Column::At, Expr::value(act.now.0))
        .col_expr(outlet_copy::Column::Tries, Expr::value(tries))
        .col_expr(outlet_copy::Column::Fault, Expr::value(why.fault.word()))
        .col_expr(outlet_copy::Column::Says, Expr::value(why.says.clone()))
        .filter(outlet_copy::Column::Id.eq(&copy.id))
        .exec(act)
        .await?;
    if let Some(wait) = rules::back_off(tries).filter(|_| why.fault.passes()) {
        act.queue(SEND, &copy.id, act.now.plus_ms(wait));
    }
    let facts = serde_json::json!({ "fault": why.fault.word(), "tries": tries });
    act.journal_with("outlet-failed", &about(&copy.record), facts);
    Ok(())
}

/// Nobody wants it there, and nothing was ever sent.
pub async fn skip(act: &mut Act, copy: &outlet_copy::Model) -> Result<(), Error> {
    turn(act, copy, State::Gone, copy.wanted).await?;
    act.journal("outlet-skipped", &about(&copy.record));
    Ok(())
}

/// What the nightly check found; nothing where all is well.
pub async fn found(act: &Act, copy: &outlet_copy::Model, wrong: Option<Found>) -> Result<(), Error> {
    outlet_copy::Entity::update_many()
        .col_expr(outlet_copy::Column::Found, Expr::value(wrong.map_or("", Found::word)))
        .col_expr(outlet_copy::Column::FoundAt, Expr::value(act.now.0))
        .filter(outlet_copy::Column::Id.eq(&copy.id))
        .filter(outlet_copy::Column::Version.eq(copy.version))
        .exec(act)
        .await?;
    Ok(())
}

/// Makes the public row of a copy what its facts say.
async fn show(act: &Act, copy: &outlet_copy::Model) -> Result<(), Error> {
    public_outlet::Entity::delete_by_id(&copy.id).exec(act).await?;
    if copy.sent == 0 {
        return Ok(());
    }
    let page = public_page::Entity::find_by_id(&copy.record).one(act).await?;
    if page.is_none_or(|page| page.version != copy.sent) {
        return Ok(());
    }
    let row = public_outlet::ActiveModel {
        id: Set(copy.id.clone()),
        body: Set(copy.body.clone()),
        page: Set(copy.record.clone()),
        outlet: Set(copy.outlet.clone()),
        version: Set(copy.sent),
        address: Set(copy.address.clone()),
        at: Set(copy.at),
    };
    public_outlet::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// How many copies one act looks at.
const STEP: usize = 200;

/// Derives the public rows again, after those of the records. Returns how many copies were looked at.
pub async fn rebuild(app: &crate::App) -> Result<usize, Error> {
    let sent = outlet_copy::Entity::find().filter(outlet_copy::Column::State.eq(State::Sent.word()));
    let all = sent.order_by_asc(outlet_copy::Column::Id).all(app.store.read()).await?;
    for some in all.chunks(STEP) {
        let some = some.to_vec();
        let work = async move |act: &mut Act| {
            for copy in &some {
                show(act, copy).await?;
            }
            act.journal("rebuild-public", "outlet");
            Ok(())
        };
        app.store.act(::store::Actor::Clock, app.clock.now(), work).await?.into_inner();
    }
    Ok(all.len())
}
