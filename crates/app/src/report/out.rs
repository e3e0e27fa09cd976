//! The report as a workbook, as JSON for programs, and as text for the command line.

use super::blocks;
use super::model::{APPLICANTS, Origin, RULINGS, WAYS, wan};
use super::store::Annual;
use ::store::Error;
use kernel::Block;
use serde_json::{Value, json};

/// The three tables, a sheet each. The same numbers give the same bytes.
///
/// # Errors
/// Where the workbook cannot be written.
pub fn xlsx(annual: &Annual) -> Result<Vec<u8>, Error> {
    let tables = blocks::all(&annual.tables);
    let sheets: Vec<paper::Sheet> = tables
        .iter()
        .zip(["表二", "表三", "表四"])
        .filter_map(|(block, name)| match block {
            Block::Table { caption, rows } => Some(paper::Sheet { name, caption, rows }),
            _ => None,
        })
        .collect();
    paper::workbook(&sheets).map_err(|e| Error::fault(e.to_string()))
}

/// The name of the file.
pub fn file_name(year: i16, ending: &str) -> String {
    format!("政府信息公开工作年度报告{year}.{ending}")
}

/// The names are a contract.
pub fn json(annual: &Annual) -> Value {
    let t = &annual.tables;
    let row = |l: &crate::request::annual::Line| json!({ "row": l.id, "label": l.name(), "numbers": l.numbers });
    json!({
        "year": annual.year,
        "form": "国办公开办函〔2021〕30号",
        "locked": annual.origin == Origin::Locked,
        "proactive": {
            "rules": [0, 0, 0], "documents": t.documents, "permits": t.figures.permits,
            "penalties": t.figures.penalties, "coercion": t.figures.coercion, "fees_wan": wan(t.figures.fees),
        },
        "requests": { "columns": APPLICANTS, "rows": t.lines().iter().map(row).collect::<Vec<_>>() },
        "disputes": { "columns": RULINGS, "ways": WAYS, "rows": t.disputes },
        "charged_yuan": annual.charged,
    })
}

/// Lines of text, without borders: labels and numbers, the numbers set off by tabs.
pub fn text(annual: &Annual) -> String {
    let t = &annual.tables;
    let tabs = |numbers: &[u32]| numbers.iter().map(|n| format!("\t{n}")).collect::<String>();
    let mut out = format!("{}年政府信息公开工作年度报告\n\n{}\n", annual.year, blocks::TABLE_2);
    out += &format!("行政规范性文件（制发、废止、现行有效）{}\n", tabs(&t.documents));
    let f = &t.figures;
    out += &format!("行政许可\t{}\n行政处罚\t{}\n行政强制\t{}\n", f.permits, f.penalties, f.coercion);
    out += &format!("行政事业性收费（万元）\t{}\n\n{}\n", wan(f.fees), blocks::TABLE_3);
    out += &format!("\t{}\n", APPLICANTS.join("\t"));
    t.lines().iter().for_each(|l| out += &format!("{}{}\n", l.name(), tabs(&l.numbers)));
    out += &format!("\n{}\n\t{}\n", blocks::TABLE_4, RULINGS.join("\t"));
    WAYS.iter().zip(&t.disputes).for_each(|(way, row)| out += &format!("{way}{}\n", tabs(row)));
    out
}
