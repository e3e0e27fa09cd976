//! The cases behind a number of tables 3 and 4: numbers and states, no words. Whoever handles cases opens them.

use super::desk::{HERE, LOOK, year_of};
use super::model::{APPLICANTS, RULINGS, WAYS};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, get};
use crate::edge::{Failure, html};
use crate::matter::table::matter;
use crate::request::annual::{ROWS, counts};
use crate::request::count;
use crate::request::kind::KIND;
use crate::ui::DeskFrame;
use ::store::Error;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Day, Instant};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::BTreeSet;

/// More than this are counted and not listed.
const MOST: usize = 500;
const OPENS: &[Duty] = &[Duty::Draft, Duty::Publication, Duty::SectionCheck, Duty::Approval];

pub fn routes() -> Vec<Route> {
    vec![get("/desk/report/annual/{year}/cell", LOOK, page)]
}

struct CaseLine {
    id: String,
    number: String,
    opened: Day,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "report/cell.html")]
struct CellPage {
    frame: DeskFrame,
    year: i16,
    row: String,
    column: &'static str,
    total: usize,
    lines: Vec<CaseLine>,
    may_open: bool,
}

async fn page(desk: Desk, Path(year): Path<String>) -> Result<Response, Failure> {
    let year = year_of(&year, desk.now.day())?;
    let column: usize = desk.asked("column").parse().map_err(|_| Error::NotFound)?;
    let (row, column, ids) = match desk.asked("table").as_str() {
        "3" => requests(&desk, year, &desk.asked("row"), column).await?,
        "4" => disputes(&desk, year, &desk.asked("row"), column).await?,
        _ => return Err(Error::NotFound.into()),
    };
    let total = ids.len();
    let ids: Vec<String> = ids.into_iter().take(MOST).collect();
    let find = matter::Entity::find().filter(matter::Column::Id.is_in(ids)).order_by_asc(matter::Column::Id);
    let line = |m: matter::Model| CaseLine {
        opened: Instant(m.opened_at).day(),
        state: KIND.state(&m.state).zh,
        number: m.number,
        id: m.id,
    };
    let lines = find.all(desk.read()).await?.into_iter().map(line).collect();
    let may_open = OPENS.iter().any(|d| desk.me.has(*d));
    html(&CellPage {
        frame: desk.frame(format!("{year}年年报：{row}"), HERE),
        year,
        row,
        column,
        total,
        lines,
        may_open,
    })
}

type Behind = (String, &'static str, BTreeSet<String>);

async fn requests(desk: &Desk, year: i16, row: &str, column: usize) -> Result<Behind, Error> {
    let heading = APPLICANTS.get(column).ok_or(Error::NotFound)?;
    let (_, group, label) = ROWS.iter().find(|(id, ..)| *id == row).ok_or(Error::NotFound)?;
    let all = count::requests(desk.read(), &desk.body.id, year).await?;
    let total = column + 1 == APPLICANTS.len();
    let of_cell = all.into_iter().filter(|(_, c)| counts(row, c, year) && (total || c.class as usize == column));
    Ok((format!("{group}{label}"), heading, of_cell.map(|(id, _)| id).collect()))
}

async fn disputes(desk: &Desk, year: i16, row: &str, column: usize) -> Result<Behind, Error> {
    let heading = RULINGS.get(column).ok_or(Error::NotFound)?;
    let way: usize = row.parse().map_err(|_| Error::NotFound)?;
    let label = WAYS.get(way).ok_or(Error::NotFound)?;
    let all = count::disputes(desk.read(), &desk.body.id, year).await?;
    let total = column + 1 == RULINGS.len();
    let of_cell =
        all.into_iter().filter(|(_, d)| d.way as usize == way && d.column(year).is_some_and(|c| total || c == column));
    Ok(((*label).to_owned(), heading, of_cell.map(|(id, _)| id).collect()))
}
