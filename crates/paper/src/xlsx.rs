//! XLSX in (ECMA-376, part 1, SpreadsheetML): each sheet a heading and a table, its values as they are shown. What is
//! hidden is named and scanned, and stays out of the body.

mod figure;
pub mod sheet;

use crate::office;
use crate::pack::Pack;
use crate::xml::Xml;
use crate::{HiddenKind, Imported, Spot, check_length, finish, grid};
use figure::Formats;
use kernel::block::{Cell, MAX_COLS, Row, clean};
use kernel::{Block, Refusal};
use sheet::Sheet;
use std::collections::BTreeMap;

/// What the cells of all sheets refer to.
pub struct Shared {
    strings: Vec<String>,
    formats: Formats,
}

/// A sheet as the workbook names it.
pub struct Listed {
    name: String,
    pub part: String,
    pub hidden: bool,
}

/// Reads a workbook.
///
/// # Errors
/// Of [`Pack::open`] and [`Xml::within`], `file-long`, `file-empty`.
pub fn xlsx(bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut pack = Pack::open(bytes)?;
    let (sheets, shared) = open(&mut pack)?;
    let (mut imported, mut pieces) = (Imported::default(), 0);
    let shown = sheets.iter().filter(|sheet| !sheet.hidden).count();
    for (n, listed) in sheets.iter().enumerate() {
        let part = pack.part(&listed.part)?;
        let sheet = Sheet::read(&part, &shared, &mut pieces)?;
        check_length(pieces)?;
        let named = Spot::Text { section: n + 1, block: 0, cell: None };
        imported.note(if listed.hidden { Spot::Hidden } else { named }, listed.name.clone());
        note(&sheet, n + 1, listed, &mut imported);
        if listed.hidden || sheet.is_blank() {
            continue;
        }
        if shown > 1 {
            imported.blocks.push(Block::Heading { level: 1, text: listed.name.clone() });
        }
        let (caption, rows) = laid_out(&sheet);
        imported.blocks.extend(grid::table(caption, rows, &mut pieces));
        check_length(pieces)?;
    }
    drawings(&mut pack, &mut imported)?;
    office::properties(&mut pack, &mut imported)?;
    finish(imported)
}

/// The sheets in their order, and what their cells refer to.
pub fn open(pack: &mut Pack) -> Result<(Vec<Listed>, Shared), Refusal> {
    let (sheets, from_1904) = sheets(pack)?;
    let strings = strings(&pack.part("xl/sharedStrings.xml")?)?;
    Ok((sheets, Shared { strings, formats: Formats::read(&pack.part("xl/styles.xml")?, from_1904)? }))
}

/// The sheets in their order, and whether days are counted from 1904.
fn sheets(pack: &mut Pack) -> Result<(Vec<Listed>, bool), Refusal> {
    let relations = office::relations(pack, "xl/workbook.xml")?;
    let bytes = pack.part("xl/workbook.xml")?;
    let (mut xml, mut all, mut from_1904) = (Xml::new(&bytes), vec![], false);
    while let Some(tag) = xml.open(0)? {
        match tag.name() {
            "workbookPr" => from_1904 = matches!(tag.get("date1904").as_deref(), Some("1" | "true")),
            "sheet" => {
                let Some(part) = tag.get("r:id").and_then(|id| relations.get(&id).cloned()) else { continue };
                let hidden = tag.get("state").is_some_and(|state| state != "visible");
                let name = clean(&tag.get("name").unwrap_or_default());
                all.push(Listed { name: if name.is_empty() { "工作表".into() } else { name }, part, hidden });
            }
            _ => {}
        }
    }
    Ok((all, from_1904))
}

fn strings(bytes: &[u8]) -> Result<Vec<String>, Refusal> {
    let (mut xml, mut all) = (Xml::new(bytes), vec![]);
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "si" {
            all.push(rich(&mut xml)?);
        }
    }
    Ok(all)
}

/// The words of a string that may be set in several fonts; how it is pronounced is no part of it.
fn rich(xml: &mut Xml) -> Result<String, Refusal> {
    let (depth, mut words) = (xml.depth(), String::new());
    while let Some(tag) = xml.open(depth)? {
        match tag.name() {
            "t" => words.push_str(&xml.words()?),
            "rPh" => xml.skip()?,
            _ => {}
        }
    }
    Ok(words)
}

/// Notes every word of a sheet, and names what of it is hidden.
fn note(sheet: &Sheet, section: usize, listed: &Listed, imported: &mut Imported) {
    let place = format!("工作表“{}”", listed.name);
    let (mut rows, mut cols) = (BTreeMap::<usize, Vec<&str>>::new(), BTreeMap::<usize, Vec<&str>>::new());
    for (&(row, col), text) in &sheet.cells {
        let (row_hidden, col_hidden) = (sheet.hidden_rows.contains(&row), sheet.is_hidden_col(col));
        if row_hidden && !listed.hidden {
            rows.entry(row).or_default().push(text);
        } else if col_hidden && !listed.hidden {
            cols.entry(col).or_default().push(text);
        }
        let spot = Spot::Text { section, block: 1, cell: Some((row, col)) };
        imported.note(if row_hidden || col_hidden || listed.hidden { Spot::Hidden } else { spot }, text.clone());
    }
    if listed.hidden {
        let words: Vec<&str> = sheet.cells.values().map(String::as_str).take(50).collect();
        imported.hide(HiddenKind::Sheet, &place, &words.join(" "), Spot::Hidden);
    }
    for (row, words) in rows {
        imported.tell(HiddenKind::Row, &format!("{place}第 {} 行", row + 1), &words.join(" "));
    }
    for (col, words) in cols {
        imported.tell(HiddenKind::Column, &format!("{place}第 {} 列", sheet::letters(col)), &words.join(" "));
    }
    for text in &sheet.margins {
        imported.note(Spot::Header, text.clone());
    }
}

/// The visible part as rows, from the first used column to the last. A first row of one cell as wide as the table is
/// its caption.
fn laid_out(sheet: &Sheet) -> (String, Vec<Row>) {
    let (rows, cols) = (sheet.visible_rows(), sheet.visible_cols());
    let place = |all: &[usize], at: usize| all.partition_point(|n| *n < at);
    let mut spans = BTreeMap::new();
    let mut covered = std::collections::BTreeSet::new();
    for (from, to) in &sheet.merged {
        let (top, left) = (place(&rows, from.0), place(&cols, from.1));
        let (bottom, right) = (place(&rows, to.0 + 1), place(&cols, to.1 + 1));
        if top < bottom && left < right {
            let text = sheet.cells.get(from).map(String::as_str).unwrap_or_default();
            spans.insert((top, left), (bottom - top, right - left, text));
            covered
                .extend((top..bottom).flat_map(|r| (left..right).map(move |c| (r, c))).filter(|at| *at != (top, left)));
        }
    }
    let mut out: Vec<Row> = vec![];
    for (r, row) in rows.iter().enumerate() {
        let mut cells = vec![];
        for (c, col) in cols.iter().enumerate().filter(|(c, _)| !covered.contains(&(r, *c))) {
            let own = sheet.cells.get(&(*row, *col)).map(String::as_str).unwrap_or_default();
            let (high, wide, text) = spans.get(&(r, c)).copied().unwrap_or((1, 1, own));
            let wide = wide.min(MAX_COLS) as u16;
            cells.push(Cell { text: lines(text), head: false, cols: wide, rows: high.min(5_000) as u16 });
        }
        out.push(Row { cells });
    }
    let is_caption = |row: &Row| {
        let [cell] = row.cells.as_slice() else { return false };
        cols.len() > 1 && usize::from(cell.cols) == cols.len() && cell.rows == 1 && !cell.text.is_empty()
    };
    let caption = if out.len() > 1 && is_caption(&out[0]) { out.remove(0).cells.remove(0).text } else { String::new() };
    (caption.replace('\n', " "), out)
}

/// The lines of a cell, each cleaned.
fn lines(text: &str) -> String {
    text.split('\n').map(clean).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// Comments, text boxes and pictures that lie over the cells.
fn drawings(pack: &mut Pack, imported: &mut Imported) -> Result<(), Refusal> {
    let comments = [pack.named("xl/comments", ".xml"), pack.named("xl/threadedComments/", ".xml")].concat();
    for name in comments {
        let bytes = pack.part(&name)?;
        let mut xml = Xml::new(&bytes);
        while let Some(tag) = xml.open(0)? {
            if matches!(tag.name(), "comment" | "threadedComment") {
                let place = tag.get("ref").map(|at| format!("单元格 {at}")).unwrap_or_default();
                let text = clean(&xml.words()?);
                imported.hide(HiddenKind::Comment, &place, &text, Spot::Note);
            }
        }
    }
    let drawings = pack.named("xl/drawings/drawing", ".xml");
    office::margins(pack, &drawings, &Spot::TextBox, imported)?;
    let shown = pack.names().filter(|name| name.starts_with("xl/media/")).count();
    if shown > 0 {
        imported.unread.push(format!("工作表里有 {shown} 幅图片，没有带入正文"));
    }
    if pack.names().any(|name| name.starts_with("xl/charts/")) {
        imported.unread.push("工作表里有图表，没有带入正文".into());
    }
    Ok(())
}
