//! The annual report in the database, and what it is counted from.

use super::model::{Figures, Origin, Tables};
use super::rules::{self, Document};
use super::table::report_annual;
use crate::floor::public_listing;
use crate::request::{annual, count};
use ::store::{Act, Error, Read, Store};
use kernel::{Day, Instant};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

::store::line! {
    struct Policy of public_listing {
        published_at: i64, issued: String, expires: String, ending: String, ended: String, data: String,
    }
}

/// A year of a body, with the tables that stand for it.
pub struct Annual {
    pub year: i16,
    pub row: Option<report_annual::Model>,
    pub origin: Origin,
    pub tables: Tables,
    /// Processing fees paid in the year, in yuan.
    pub charged: u64,
}

impl Annual {
    /// The tables as they went into the record; `None` before one was drafted.
    pub fn drafted(&self) -> Result<Option<Tables>, Error> {
        match &self.row {
            Some(row) if row.record.is_some() => kept(row),
            _ => Ok(None),
        }
    }
}

/// The rows of a body, the newest year first.
pub async fn rows(db: &impl ConnectionTrait, body: &str) -> Result<Vec<report_annual::Model>, Error> {
    let find = report_annual::Entity::find().filter(report_annual::Column::Body.eq(body));
    Ok(find.order_by_desc(report_annual::Column::Year).all(db).await?)
}

pub async fn row(db: &impl ConnectionTrait, body: &str, year: i16) -> Result<Option<report_annual::Model>, Error> {
    let find = report_annual::Entity::find().filter(report_annual::Column::Body.eq(body));
    Ok(find.filter(report_annual::Column::Year.eq(i64::from(year))).one(db).await?)
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(|e| Error::Fault(e.into()))
}

fn json(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Fault(e.into()))
}

/// The tables that the row keeps.
pub fn kept(row: &report_annual::Model) -> Result<Option<Tables>, Error> {
    if row.tables.is_empty() { Ok(None) } else { read(&row.tables).map(Some) }
}

pub fn figures(row: Option<&report_annual::Model>) -> Result<Figures, Error> {
    row.map_or(Ok(Figures::default()), |row| read(&row.figures))
}

/// The report of a year: as it was locked, else counted now.
///
/// # Errors
/// Where the database fails.
pub async fn annual(store: &Store, body: &str, year: i16) -> Result<Annual, Error> {
    let db = store.read();
    let row = row(db, body, year).await?;
    if let Some(locked) = row.as_ref().filter(|r| r.locked_by.is_some()) {
        let tables = kept(locked)?.ok_or_else(|| Error::fault("a locked year without tables"))?;
        return Ok(Annual { year, row, origin: Origin::Locked, tables, charged: 0 });
    }
    let cases: Vec<_> = count::requests(db, body, year).await?.into_iter().map(|(_, c)| c).collect();
    let disputes: Vec<_> = count::disputes(db, body, year).await?.into_iter().map(|(_, d)| d).collect();
    let tables = Tables {
        documents: rules::documents(&documents(store, body).await?, year),
        figures: figures(row.as_ref())?,
        requests: annual::table3(&cases, year).into_iter().map(|l| l.numbers).collect(),
        disputes: annual::table4(&disputes, year),
    };
    Ok(Annual { year, row, origin: Origin::Counted, tables, charged: count::fees(db, body, year).await? })
}

/// The tables of the year before to which this one ties: those locked or drafted, else none. What was only counted ties
/// by itself.
pub async fn before(db: &Read, body: &str, year: i16) -> Result<Option<Tables>, Error> {
    match row(db, body, year - 1).await? {
        Some(row) if row.locked_by.is_some() || row.record.is_some() => kept(&row),
        _ => Ok(None),
    }
}

/// The normative documents that are public here, with the days on which they were made and ended.
async fn documents(store: &Store, body: &str) -> Result<Vec<Document>, Error> {
    let public = store.public();
    let find = public.find::<public_listing::Entity>().filter(public_listing::Column::Body.eq(body));
    let find = find.filter(public_listing::Column::Place.eq(crate::floor::EVERYWHERE));
    let rows: Vec<Policy> = find.filter(public_listing::Column::Kind.eq("policy")).lines().await?;
    let mut all = vec![];
    for row in rows {
        let data: serde_json::Value = read(if row.data.is_empty() { "{}" } else { &row.data })?;
        if data["normative"] != "yes" {
            continue;
        }
        let made = Day::parse(&row.issued).unwrap_or(Instant(row.published_at).day());
        let over = Day::parse(&row.expires).map(|last| last.plus(1));
        let ending = matches!(row.ending.as_str(), "repealed" | "lapsed");
        let by_other = Day::parse(&row.ended).filter(|_| ending);
        all.push(Document { made, ended: [over, by_other].into_iter().flatten().min() });
    }
    Ok(all)
}

/// What is written of a year.
pub enum Change<'a> {
    Figures(Figures),
    /// The tables of a past year, not yet locked.
    Past(&'a Tables),
    Lock,
    /// The tables as they went into a record.
    Drafted(&'a Tables, &'a str),
}

/// Writes a change of a year; `seen` is the version of the row that the page showed, 0 where there was none.
///
/// # Errors
/// `Conflict` where somebody else wrote meanwhile.
pub async fn change(
    act: &mut Act,
    body: &str,
    year: i16,
    (staff, seen): (&str, i64),
    change: Change<'_>,
) -> Result<(), Error> {
    let row = match row(act, body, year).await? {
        Some(row) => row,
        None => blank(act, body, year).await?,
    };
    act.bump(&row, seen.max(1)).await?;
    let mut set = report_annual::Entity::update_many().filter(report_annual::Column::Id.eq(&row.id));
    let what = match change {
        Change::Figures(figures) => {
            set = set.col_expr(report_annual::Column::Figures, Expr::value(json(&figures)?));
            "annual-figures"
        }
        Change::Past(tables) => {
            set = set
                .col_expr(report_annual::Column::Tables, Expr::value(json(tables)?))
                .col_expr(report_annual::Column::Figures, Expr::value(json(&tables.figures)?))
                .col_expr(report_annual::Column::EnteredBy, Expr::value(staff));
            "annual-past"
        }
        Change::Lock => {
            set = set.col_expr(report_annual::Column::LockedBy, Expr::value(staff));
            "annual-lock"
        }
        Change::Drafted(tables, record) => {
            set = set
                .col_expr(report_annual::Column::Tables, Expr::value(json(tables)?))
                .col_expr(report_annual::Column::Record, Expr::value(record));
            "annual-draft"
        }
    };
    set.exec(act).await?;
    act.journal(what, &format!("report:{year}"));
    Ok(())
}

async fn blank(act: &Act, body: &str, year: i16) -> Result<report_annual::Model, Error> {
    let row = report_annual::Model {
        id: act.id(),
        body: body.into(),
        year: year.into(),
        figures: json(&Figures::default())?,
        tables: String::new(),
        entered_by: None,
        locked_by: None,
        record: None,
        version: 1,
    };
    let fresh = report_annual::ActiveModel {
        id: Set(row.id.clone()),
        body: Set(row.body.clone()),
        year: Set(row.year),
        figures: Set(row.figures.clone()),
        tables: Set(row.tables.clone()),
        entered_by: Set(None),
        locked_by: Set(None),
        record: Set(None),
        version: Set(1),
    };
    report_annual::Entity::insert(fresh).exec_without_returning(act).await?;
    Ok(row)
}
