//! The report rows, read for statistics: facts only, so nothing is unsealed and nothing journalled.

use super::annual::{Counted, Dispute};
use super::model::{Class, DisputeWay, Outcome, Ruling};
use super::table::{request_disputes, request_row};
use ::store::Error;
use kernel::Day;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// A case by the id of its matter, with what is counted of it.
pub type Case<T> = (String, T);

fn last(year: i16) -> String {
    format!("{year:04}-12-31")
}

fn first(year: i16) -> String {
    format!("{year:04}-01-01")
}

fn day(text: Option<&String>) -> Option<Day> {
    Day::parse(text?)
}

/// The requests that a year's table counts: what came by its end and was not closed before it began.
///
/// # Errors
/// Where the database fails.
pub async fn requests(db: &impl ConnectionTrait, body: &str, year: i16) -> Result<Vec<Case<Counted>>, Error> {
    let closed = request_row::Column::ClosedOn;
    let open = Condition::any().add(closed.is_null()).add(closed.gte(first(year)));
    let find = request_row::Entity::find().filter(request_row::Column::Body.eq(body)).filter(open);
    let rows = find.filter(request_row::Column::CountedOn.lte(last(year))).all(db).await?;
    let counted = |row: request_row::Model| {
        let class = Class::ALL.iter().find(|c| Some(c.choice().code) == row.class.as_deref())?;
        let outcome = Outcome::ALL.iter().find(|o| Some(o.choice().code) == row.outcome.as_deref()).copied();
        let (on, closed) = (day(row.counted_on.as_ref())?, day(row.closed_on.as_ref()));
        Some((row.matter, Counted { class: *class, on, closed, outcome }))
    };
    Ok(rows.into_iter().filter_map(counted).collect())
}

/// The disputes filed by the end of a year.
///
/// # Errors
/// Where the database fails.
pub async fn disputes(db: &impl ConnectionTrait, body: &str, year: i16) -> Result<Vec<Case<Dispute>>, Error> {
    let mine = Query::select()
        .column(request_row::Column::Matter)
        .from(request_row::Entity)
        .and_where(request_row::Column::Body.eq(body))
        .to_owned();
    let find = request_disputes::Entity::find().filter(request_disputes::Column::Matter.in_subquery(mine));
    let rows = find.filter(request_disputes::Column::Filed.lte(last(year))).all(db).await?;
    let counted = |row: request_disputes::Model| {
        let way = DisputeWay::ALL.iter().find(|w| Some(w.choice().code) == row.way.as_deref())?;
        let ruling = Ruling::ALL.iter().find(|r| Some(r.choice().code) == row.ruling.as_deref()).copied();
        let decided = day(row.decided.as_ref()).zip(ruling);
        Some((row.matter, Dispute { way: *way, filed: day(row.filed.as_ref())?, decided }))
    };
    Ok(rows.into_iter().filter_map(counted).collect())
}

/// The processing fees that were paid in a year, in yuan.
///
/// # Errors
/// Where the database fails.
pub async fn fees(db: &impl ConnectionTrait, body: &str, year: i16) -> Result<u64, Error> {
    let find = request_row::Entity::find().filter(request_row::Column::Body.eq(body));
    let paid = find.filter(request_row::Column::Paid.between(first(year), last(year))).all(db).await?;
    Ok(paid.iter().filter_map(|row| u64::try_from(row.fee?).ok()).sum())
}

/// The year in which the first request came; `None` before there is one.
///
/// # Errors
/// Where the database fails.
pub async fn first_year(db: &impl ConnectionTrait, body: &str) -> Result<Option<i16>, Error> {
    let find = request_row::Entity::find().filter(request_row::Column::Body.eq(body));
    let find = find.filter(request_row::Column::CountedOn.is_not_null());
    let row = find.order_by_asc(request_row::Column::CountedOn).limit(1).one(db).await?;
    Ok(row.and_then(|row| day(row.counted_on.as_ref())).map(Day::year))
}
