//! A table of one's draft, cell by cell, on a page of its own.

use super::check::{self, Mine};
use super::desk::refuse_secrets;
use super::draft as drafts;
use super::model::Typed;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::DeskFrame;
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::block::{self, Cell, MAX_ROWS, Row};
use kernel::{Block, Refusal, notation};

const WRITE: Who = Who::Duty(&[Duty::Draft]);

pub fn routes() -> Vec<Route> {
    vec![get("/desk/record/{id}/table/{n}", WRITE, page), post("/desk/record/{id}/table/{n}", WRITE, save)]
}

#[derive(Template)]
#[template(path = "record/cells.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    /// From 1, among the tables of the text.
    n: usize,
    version: i64,
    caption: String,
    rows: Vec<Row>,
    /// The last row may go: no cell hangs into it.
    may_shrink: bool,
}

/// The block of the nth table, counted from 1.
pub fn nth(blocks: &[Block], n: usize) -> Option<usize> {
    let tables = blocks.iter().enumerate().filter(|(_, b)| matches!(b, Block::Table { .. }));
    tables.map(|(at, _)| at).nth(n.checked_sub(1)?)
}

async fn page(desk: Desk, Path((id, n)): Path<(String, usize)>) -> Result<Response, Failure> {
    let mine = check::mine(&desk, &id).await?;
    let at = nth(&mine.blocks, n).ok_or(Error::NotFound)?;
    let Some(Block::Table { caption, rows }) = mine.blocks.get(at).cloned() else {
        return Err(Error::NotFound.into());
    };
    show(&desk, &mine, n, caption, rows, vec![])
}

fn show(
    desk: &Desk,
    mine: &Mine,
    n: usize,
    caption: String,
    rows: Vec<Row>,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (status, frame) = desk.form(format!("表格 {n}"), "/desk/record", errors);
    let (id, version, may_shrink) = (mine.on.row.id.clone(), mine.row.version, may_shrink(&rows));
    html_as(status, &Page { frame, id, n, version, caption, rows, may_shrink })
}

/// Puts the cells of the form in the place of those of the table; a cell that was not sent stays.
fn fill(rows: &mut [Row], form: &Posted) {
    for (r, row) in rows.iter_mut().enumerate() {
        for (c, cell) in row.cells.iter_mut().enumerate() {
            let name = format!("c-{r}-{c}");
            if form.has(&name) {
                let lines: Vec<String> = form.text(&name).split('\n').map(block::clean).collect();
                cell.text = lines.join("\n").trim().to_owned();
            }
        }
    }
}

/// A row of empty cells, as wide as the table.
fn grow(rows: &mut Vec<Row>) {
    let width = block::slots(rows).and_then(|grid| grid.first().map(Vec::len)).unwrap_or(1);
    rows.push(Row { cells: (0..width).map(|_| Cell::new("")).collect() });
}

fn may_shrink(rows: &[Row]) -> bool {
    let hangs = || {
        rows.iter()
            .enumerate()
            .any(|(r, row)| row.cells.iter().any(|c| c.rows > 1 && r + usize::from(c.rows) >= rows.len()))
    };
    rows.len() > 1 && !hangs()
}

async fn save(desk: Desk, Path((id, n)): Path<(String, usize)>, form: Posted) -> Result<Response, Failure> {
    let mut mine = check::mine(&desk, &id).await?;
    let seen = form.number("version")?;
    let at = nth(&mine.blocks, n).ok_or(Error::NotFound)?;
    let Some(Block::Table { caption, mut rows }) = mine.blocks.get(at).cloned() else {
        return Err(Error::NotFound.into());
    };
    fill(&mut rows, &form);
    let caption = if form.has("caption") { block::clean(&form.text("caption")) } else { caption };
    match form.get("do") {
        "add-row" if rows.len() < MAX_ROWS => grow(&mut rows),
        "drop-row" if may_shrink(&rows) => drop(rows.pop()),
        _ => {}
    }
    if seen != mine.row.version {
        let says = "这份稿子在您的另一个窗口里保存过。您刚才填的还在下面；再按一次保存，就以这里的为准。";
        return show(&desk, &mine, n, caption, rows, vec![Refusal::new("moved", says)]);
    }
    mine.blocks[at] = Block::Table { caption: caption.clone(), rows: rows.clone() };
    let text = notation::write(&mine.blocks);
    let typed: Typed = mine.typed.clone();
    if let Err(why) = refuse_secrets(&desk, &typed, &text, &id).await {
        return show(&desk, &mine, n, caption, rows, why);
    }
    let row = mine.row.clone();
    let work = async move |act: &mut Act| drafts::save_draft(act, &row, seen, &typed, &text).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/table/{n}?said=table-saved")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Vec<Row> {
        match notation::parse(text).remove(0) {
            Block::Table { rows, .. } => rows,
            other => panic!("no table: {other:?}"),
        }
    }

    #[test]
    fn cells_are_filled_and_rows_come_and_go() {
        let mut rows = table("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |");
        fill(&mut rows, &Posted::of(&[("c-1-0", " 三 \r\n四 "), ("c-9-9", "x")]));
        assert_eq!((rows[1].cells[0].text.as_str(), rows[1].cells[1].text.as_str()), ("三\n四", "2"));
        grow(&mut rows);
        assert_eq!(rows[2].cells.len(), 2);
        assert!(may_shrink(&rows));
        let merged = table("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n| ^ | 3 |");
        assert!(!may_shrink(&merged), "a merged cell hangs into the last row");
        assert_eq!(nth(&notation::parse("甲\n\n| 一 |\n\n乙\n\n| 二 |"), 2), Some(3));
        assert_eq!(nth(&[], 0), None);
    }
}
