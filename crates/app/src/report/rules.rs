//! What an annual report must satisfy, and what is read of a past one. Pure.

use super::model::{APPLICANTS, Figures, RULINGS, Tables, WAYS, yuan};
use crate::request::annual::{self, COLUMNS, ROWS};
use kernel::{Day, Refusal};

const FORM: &str = "国办公开办函〔2021〕30号";

/// A normative document as table 2 counts it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Document {
    pub made: Day,
    /// Repealed, lapsed or expired: the first day on which it is no longer in force.
    pub ended: Option<Day>,
}

/// Made in the year, ended in the year, in force at its end: what was in force, plus made, less ended, is in force.
pub fn documents(all: &[Document], year: i16) -> [u32; 3] {
    // A document that ended before it was made is a fault of its dates, and ends in the year in which it was made.
    let ended = |d: &&Document| d.ended.map(|day| day.max(d.made).year());
    let count = |is: &dyn Fn(&&Document) -> bool| u32::try_from(all.iter().filter(|d| is(d)).count()).unwrap_or(0);
    [
        count(&|d| d.made.year() == year),
        count(&|d| ended(d) == Some(year)),
        count(&|d| d.made.year() <= year && ended(d).is_none_or(|y| y > year)),
    ]
}

/// What does not hold inside a year's tables, in Chinese.
pub fn faults(tables: &Tables) -> Vec<String> {
    let mut out: Vec<String> = annual::faults(&tables.lines()).into_iter().map(|says| format!("表三{says}")).collect();
    for (way, row) in WAYS.iter().zip(&tables.disputes) {
        if row[..4].iter().sum::<u32>() != row[4] {
            out.push(format!("表四{way}：四种结果之和不等于总计"));
        }
    }
    out
}

/// What does not tie to the tables of the year before, in Chinese.
pub fn untied(before: &Tables, now: &Tables) -> Vec<String> {
    let (was, is) = (before.lines(), now.lines());
    let of = |table: &[annual::Line], id: &str, n: usize| table.iter().find(|l| l.id == id).map_or(0, |l| l.numbers[n]);
    let column = |n: usize| {
        let (left, found) = (of(&was, "IV", n), of(&is, "II", n));
        format!("表三“{}”：上年报告结转 {left} 件，本年第二项是 {found} 件", APPLICANTS[n])
    };
    let mut out: Vec<String> = annual::untied(&was, &is).into_iter().map(column).collect();
    let (held, [made, ended, holds]) = (before.documents[2], now.documents);
    if held + made != ended + holds {
        let says = format!(
            "表二规范性文件：上年现行有效 {held} 件，加本年制发 {made} 件，减废止 {ended} 件，不等于 {holds} 件"
        );
        out.push(says);
    }
    out
}

/// The numbers that staff enter of a year, from the form's fields.
///
/// # Errors
/// A refusal for each field that is no number.
pub fn figures(get: impl Fn(&str) -> String) -> Result<Figures, Vec<Refusal>> {
    let mut why = vec![];
    let mut count = |name: &'static str| match get(name).trim() {
        "" => 0,
        typed => typed.parse().unwrap_or_else(|_| {
            why.push(Refusal::new("not-a-number", "请填整数，没有的填 0。").at(name));
            0
        }),
    };
    let (permits, penalties, coercion) = (count("permits"), count("penalties"), count("coercion"));
    let typed = get("fees");
    let fees = if typed.trim().is_empty() { Some(0) } else { yuan(&typed) };
    if fees.is_none() {
        why.push(Refusal::new("not-an-amount", "收费金额以万元计，最多四位小数，如 12.34。").at("fees"));
    }
    match fees {
        Some(fees) if why.is_empty() => Ok(Figures { permits, penalties, coercion, fees }),
        _ => Err(why),
    }
}

/// The tables of a past year from what was pasted: table 3 as 25 lines, table 4 as three, each ending in its numbers.
///
/// # Errors
/// Every line that is not as the form has it, and every identity that does not hold.
pub fn past(figures: Figures, documents: &str, requests: &str, disputes: &str) -> Result<Tables, Vec<Refusal>> {
    let mut why = vec![];
    let documents = block(documents, 1, "documents", &mut why);
    let requests = block(requests, ROWS.len(), "requests", &mut why);
    let disputes = block(disputes, WAYS.len(), "disputes", &mut why);
    if !why.is_empty() {
        return Err(why);
    }
    let fixed = |rows: Vec<[u32; 5]>| rows.try_into().unwrap_or_default();
    let documents = documents.first().copied().unwrap_or_default();
    let tables = Tables { documents, figures, requests, disputes: fixed(disputes) };
    let faults = faults(&tables);
    let refuse =
        |says: String| Refusal::new("identity", format!("{says}。请对照已公布的报告核对。")).cite(FORM).at("requests");
    if faults.is_empty() { Ok(tables) } else { Err(faults.into_iter().map(refuse).collect()) }
}

/// So many lines, each with its last `N` numbers; what stands before them is the row's label.
fn block<const N: usize>(text: &str, rows: usize, field: &'static str, why: &mut Vec<Refusal>) -> Vec<[u32; N]> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    if lines.len() != rows {
        let says = format!("应有 {rows} 行，现在是 {} 行。一行一项，没有数的填 0。", lines.len());
        why.push(Refusal::new("rows", says).at(field));
        return vec![];
    }
    let mut out = vec![];
    for (n, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split([' ', '\t', '，', ',', '　']).filter(|w| !w.is_empty()).collect();
        let tail = &words[words.len().saturating_sub(N)..];
        let numbers: Vec<u32> = tail.iter().filter_map(|w| w.parse().ok()).collect();
        match <[u32; N]>::try_from(numbers) {
            Ok(numbers) => out.push(numbers),
            Err(_) => {
                let says = format!("第 {} 行末尾应有 {N} 个整数，用空格隔开。", n + 1);
                why.push(Refusal::new("numbers", says).at(field));
            }
        }
    }
    out
}

/// Table 3 as lines that [`past`] reads again, with the labels of the form.
pub fn requests_text(requests: &[[u32; COLUMNS]]) -> String {
    let line = |l: annual::Line| format!("{}　{}\n", l.name(), joined(&l.numbers));
    annual::lines(requests).into_iter().map(line).collect()
}

/// Table 4 likewise.
pub fn disputes_text(disputes: &[[u32; RULINGS.len()]; 3]) -> String {
    WAYS.iter().zip(disputes).map(|(way, row)| format!("{way}　{}\n", joined(row))).collect()
}

pub fn joined(numbers: &[u32]) -> String {
    numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}
