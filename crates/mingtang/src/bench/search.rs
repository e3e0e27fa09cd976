//! Searching: how well people find (judged questions, beside plain pairs of characters), row W6 (a page of hits), and
//! rows S1 to S6 (the index beside the library alone, FTS5 and PostgreSQL).

mod corpus;
mod index;
mod judged;
mod page;
mod peers;

use super::Asked;
use super::data::Data;
use super::figure::{Bound, Figures, Row};
use crate::fail::Fail;
use crate::house;
use judged::Compared;

/// All of it; or only how well people find.
pub const NAME: &str = "SEARCH";
pub const JUDGED: &str = "JUDGED";
/// A page; and the rows that are measured together.
pub const PAGE: &str = "W6";
pub const INDEX: [&str; 6] = ["S1", "S2", "S3", "S4", "S5", "S6"];
/// How many texts there are where nobody says.
const SIZES: [u64; 2] = [10_000, 100_000];
/// As many records are judged, asked for by page and published anew: the row is about them, and more take an hour to
/// make.
const RECORDS: u64 = 10_000;

/// Only where it is asked for by name.
pub async fn measure(asked: &Asked, data: &mut Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let is = |name: &str| asked.name.as_deref().is_some_and(|wanted| wanted == name || wanted == NAME);
    let sizes = if asked.is_sized { asked.sizes.clone() } else { SIZES.to_vec() };
    if INDEX.iter().any(|name| is(name)) {
        for size in &sizes {
            eprintln!("S1 to S5 at {size} …");
            index::measure(asked, data, *size, rows, notes)?;
        }
    }
    let records = sizes.iter().min().copied().unwrap_or(RECORDS).min(RECORDS);
    if [JUDGED, PAGE].iter().chain(&INDEX).any(|name| is(name)) {
        eprintln!("making {records} records …");
        data.grow(records).await?;
    }
    if INDEX.iter().any(|name| is(name)) {
        page::published(asked, data, rows).await?;
    }
    if is(PAGE) {
        eprintln!("W6 …");
        page::measure(asked, data, rows, notes).await?;
    }
    if is(JUDGED) {
        eprintln!("judged questions …");
        people(data, rows, notes).await?;
    }
    Ok(())
}

async fn people(data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let mut worst = vec![];
    let demo = judged::demo(&data.folder.join("demo"), &mut worst).await?;
    rows.extend(judged_rows("the demo", &demo));
    let app = house::open(&data.config).await?;
    let made = judged::generated(&app, data, &mut worst).await?;
    rows.extend(judged_rows("generated records", &made));
    notes.push(format!("questions with nDCG below 0.5: {}", worst.join("; ")));
    Ok(())
}

fn judged_rows(of: &str, compared: &Compared) -> Vec<Row> {
    let Compared { ours, plain, records } = compared;
    let figures = |what: &str, ours: f64| {
        let what = format!("{what} over {of}, {} questions", compared.ours.questions);
        Figures { name: JUDGED, what, records: *records, unit: "", ours: vec![ours] }
    };
    let better = Bound::AtLeast { floor: 1.0, goal: None };
    vec![
        figures("nDCG@10", ours.ndcg).beside("plain bigrams", &[plain.ndcg], better),
        figures("MRR", ours.mrr).beside("plain bigrams", &[plain.mrr], better),
        figures("share of questions with nothing found", ours.zero)
            .alone(Bound::AtMost { floor: 0.05, goal: Some(0.02) }, None),
    ]
}
