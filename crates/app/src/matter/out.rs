//! 导出：the cases that the list asks for as CSV and XLSX, their columns from the table of the kind. Facts for everybody
//! who may look; the words of staff only for who may open a case, on their own asking. Never notes, files, or what was
//! sealed by somebody else.

use super::AnyKind;
use super::case::Moment;
use super::find::{self, Asked, Near};
use super::hand::rules::Hand;
use super::hand::store as hands;
use super::store::{self, Loaded};
use super::work;
use crate::account::Duty;
use crate::account::desk::Desk;
use crate::edge::Failure;
use crate::ui;
use ::store::{Act, Error};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::Instant;
use kernel::block::{Cell, Row};
use std::collections::HashMap;

/// More are no list for a person; a narrower question gives them.
const MOST: usize = 10_000;
/// Cases that are unsealed at once.
const STRETCH: usize = 500;

/// The form of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Csv,
    Xlsx,
}

/// The columns before those of the kind.
const HEADS: [&str; 6] = ["编号", "收到日", "状态", "承办", "期限届满日", "办结日"];

/// The file; who took it, and whether with words, stands in the journal before it is sent.
pub async fn file(desk: Desk, kind: &'static dyn AnyKind, open: &[Duty], form: Form) -> Result<Response, Failure> {
    let (asked, at) = (Asked::of(&desk, kind), work::moment(&desk));
    let words = desk.asked("words") == "yes";
    if words && !open.iter().any(|duty| desk.me.has(*duty)) {
        return Err(Failure::forbidden("您的岗位不能打开这类事项，只能导出不含文字内容的名单。"));
    }
    let rows = find::rows(desk.read(), kind, &desk.body.id, &asked, ("", MOST as u64 + 1)).await?;
    if rows.len() > MOST {
        return Err(Failure::bad(format!(
            "超过 {} 件，不能一次导出。请按年度或者状态缩小范围。",
            ui::thousands(MOST as u64)
        )));
    }
    let crew = hands::crew(&desk).await?;
    let mut lines: Vec<(Vec<String>, Said)> = vec![];
    for some in rows.chunks(STRETCH) {
        let ids: Vec<String> = some.iter().map(|row| row.id.clone()).collect();
        let holding = hands::holding(desk.read(), &ids, at.today()).await?;
        let all = store::all(desk.read(), &desk.app.sealer, kind, &desk.body.id, some.to_vec()).await?;
        for on in all.iter().filter(|on| is_asked(kind, on, &asked, at)) {
            let has = |h: &Hand| format!("{}：{}", h.role.zh(), crew.name(h));
            let who: Vec<String> = holding.get(&on.row.id).into_iter().flatten().map(has).collect();
            let said = if words { said(kind, on) } else { vec![] };
            lines.push((facts(kind, on, who.join("；"), at), said));
        }
    }
    let name = kind.name();
    let told = serde_json::json!({ "cases": lines.len(), "words": words });
    let work = async move |act: &mut Act| {
        act.journal_with("export-matter", &format!("matter-list:{name}"), told.clone());
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(answer(kind, table(kind, lines), form)?)
}

fn is_asked(kind: &dyn AnyKind, on: &Loaded, asked: &Asked, at: Moment) -> bool {
    asked.near.is_none_or(|near| work::nearest(kind, &on.case, at).and_then(|t| Near::of(&t, at)) == Some(near))
}

/// The words of staff, by the labels of their fields.
type Said = Vec<(&'static str, String)>;

fn said(kind: &dyn AnyKind, on: &Loaded) -> Said {
    kind.fields(&on.case).into_iter().filter(|s| s.is_free).map(|s| (s.label, s.says)).collect()
}

fn facts(kind: &dyn AnyKind, on: &Loaded, who: String, at: Moment) -> Vec<String> {
    let due = work::nearest(kind, &on.case, at).and_then(|told| told.due);
    let own = [
        on.row.number.clone(),
        Instant(on.row.opened_at).day().to_string(),
        kind.state(&on.row.state).zh.to_owned(),
        who,
        due.map(|day| day.to_string()).unwrap_or_default(),
        on.row.closed_at.map(|at| Instant(at).day().to_string()).unwrap_or_default(),
    ];
    let typed =
        kind.report(&on.case, at).into_iter().map(|plain| plain.map(super::field::Plain::zh).unwrap_or_default());
    own.into_iter().chain(typed).collect()
}

/// Heads and lines of one width; a column of words for each field that says something anywhere.
fn table(kind: &dyn AnyKind, lines: Vec<(Vec<String>, Said)>) -> Vec<Vec<String>> {
    let mut labels: Vec<&'static str> = vec![];
    for (label, _) in lines.iter().flat_map(|(_, said)| said) {
        if !labels.contains(label) {
            labels.push(label);
        }
    }
    let heads = HEADS.into_iter().chain(kind.heads().into_iter().map(|h| h.label)).chain(labels.iter().copied());
    let mut all = vec![heads.map(str::to_owned).collect::<Vec<_>>()];
    for (mut line, said) in lines {
        let said: HashMap<&str, String> = said.into_iter().collect();
        line.extend(labels.iter().map(|label| said.get(label).cloned().unwrap_or_default()));
        all.push(line);
    }
    all
}

fn answer(kind: &dyn AnyKind, all: Vec<Vec<String>>, form: Form) -> Result<Response, Error> {
    let (media, ending, bytes) = match form {
        Form::Csv => ("text/csv; charset=utf-8", "csv", csv(&all)?),
        Form::Xlsx => {
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (media, "xlsx", xlsx(kind, &all)?)
        }
    };
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.{ending}\"", kind.name())),
        (header::CACHE_CONTROL, "no-store".into()),
    ];
    Ok((headers, bytes).into_response())
}

/// RFC 4180, with the mark by which spreadsheets know UTF-8; no cell is a formula.
fn csv(all: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let mut out =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    for line in all {
        out.write_record(line.iter().map(|cell| ui::cell(cell))).map_err(|e| Error::Fault(e.into()))?;
    }
    out.into_inner().map_err(|e| Error::fault(e.to_string()))
}

/// A workbook holds strings as strings: nothing in it is computed.
fn xlsx(kind: &dyn AnyKind, all: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let cell = |text: &String, head| Cell { head, ..Cell::new(text) };
    let row = |(n, line): (usize, &Vec<String>)| Row { cells: line.iter().map(|text| cell(text, n == 0)).collect() };
    let rows: Vec<Row> = all.iter().enumerate().map(row).collect();
    let sheet = paper::Sheet { name: kind.zh(), caption: kind.zh(), rows: &rows };
    paper::workbook(&[sheet]).map_err(|e| Error::fault(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_one_width_and_no_formula() {
        let kind = *crate::kinds().first().expect("a kind");
        let line = |n: &str| vec![n.to_owned(); HEADS.len() + kind.heads().len()];
        let lines = vec![(line("=1+1"), vec![("理由", "@甲".to_owned())]), (line("b"), vec![])];
        let all = table(kind, lines);
        assert!(all.iter().all(|l| l.len() == all[0].len()), "{all:?}");
        assert_eq!(all[0].last().map(String::as_str), Some("理由"));
        let text = String::from_utf8(csv(&all).expect("writes")).expect("UTF-8");
        assert!(text.contains("\r\n'=1+1,") && text.contains(",'@甲\r\n"), "{text}");
        assert!(xlsx(kind, &all).expect("a workbook").starts_with(b"PK"));
    }
}
