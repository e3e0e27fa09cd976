//! 期限看板：every section against how near its terms are, over records, corrections and obligations. Each number leads to
//! its list, and the page prints as a 督办单.

use super::rules::{self, When};
use super::work::{self, Entry};
use crate::account::desk::Desk;
use crate::catalogue::obligation;
use crate::catalogue::owing::WHOLE_BODY;
use crate::edge::{Failure, html};
use crate::matter::work as matters;
use crate::submission;
use crate::ui::{self, DeskFrame, Link};
use ::store::Error;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use std::collections::HashMap;

/// A row of the matrix: a section with a number for each [`When`], in their order.
struct Row {
    section: String,
    /// The number and its list; an empty address for none.
    cells: Vec<Link>,
}

#[derive(Template)]
#[template(path = "desk/board.html")]
struct Page {
    frame: DeskFrame,
    says: String,
    body: String,
    today: String,
    rows: Vec<Row>,
    entries: Vec<Entry>,
    /// `局办公室，已逾期`; empty for all.
    chosen: String,
    /// Without a term: not in the matrix.
    free: usize,
}

pub async fn board(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let (law, today) = (desk.law(), desk.now.day());
    let (mut entries, sections) = (all(&desk).await?, work::sections(&desk).await?);
    work::name_sections(&mut entries, &sections);
    let free = entries.iter().filter(|e| e.last.is_none()).count();
    entries.retain(|e| e.last.is_some());
    entries.sort_by_key(|e| e.last);
    let when = |entry: &Entry| entry.last.map(|last| rules::when(law, last, today));
    let counts = counted(entries.iter().filter_map(|e| Some((e.section.clone(), when(e)?))));
    let names = names(sections.into_iter().map(|(_, name)| name).collect(), &entries);
    let late = entries.iter().filter(|e| when(e) == Some(When::Late)).count();
    let section = asked.get("section").cloned().unwrap_or_default();
    let wanted = asked.get("when").and_then(|word| When::parse(word));
    entries.retain(|e| (section.is_empty() || e.section == section) && wanted.is_none_or(|w| when(e) == Some(w)));
    let chosen: Vec<&str> =
        [section.as_str(), wanted.map_or("", When::zh)].into_iter().filter(|t| !t.is_empty()).collect();
    html(&Page {
        frame: desk.frame("期限看板", "/desk/board"),
        says: if late == 0 { "没有逾期的事".into() } else { format!("已经逾期 {late} 件") },
        body: desk.body.name.clone(),
        today: today.zh(),
        rows: names.into_iter().map(|name| row(name, &counts)).collect(),
        chosen: chosen.join("，"),
        entries,
        free,
    })
}

/// Everything that somebody has to do something for.
async fn all(desk: &Desk) -> Result<Vec<Entry>, Error> {
    let (law, today) = (desk.law(), desk.now.day());
    let (mut entries, crew) = (vec![], work::crew(desk).await?);
    for on in work::open_records(desk).await? {
        entries.push(work::record(desk, law, &on, &crew, "看进度").await?);
    }
    let office = Some(desk.body.profile.office.as_str()).filter(|o| !o.is_empty()).unwrap_or("信息公开工作机构");
    let waiting = submission::inbox(desk.read(), law, &desk.body.id, desk.now).await?;
    entries.extend(waiting.into_iter().map(|w| work::correction(law, w, office, today)));
    let matters = matters::waiting(desk).await?.into_iter();
    entries.extend(matters.map(|w| work::matter(law, w, "看进度", office, today)));
    let (lines, _) = obligation::lines(desk, "").await?;
    let reminded = obligation::reminders(desk.read(), &desk.body.id, today).await?;
    let owed = lines.iter().filter(|line| line.due.is_some());
    entries.extend(owed.map(|line| work::obligation(law, line, reminded.get(&line.entry.code), "看这一项", today)));
    Ok(entries)
}

type Counts = HashMap<(String, When), usize>;

fn counted(all: impl Iterator<Item = (String, When)>) -> Counts {
    all.fold(Counts::new(), |mut counts, key| {
        *counts.entry(key).or_default() += 1;
        counts
    })
}

/// The body's sections, then whoever else has something to do, the body as a whole last.
fn names(mut known: Vec<String>, entries: &[Entry]) -> Vec<String> {
    for entry in entries {
        if !known.contains(&entry.section) {
            known.push(entry.section.clone());
        }
    }
    known.sort_by_key(|name| name == WHOLE_BODY);
    known
}

fn row(section: String, counts: &Counts) -> Row {
    let cell = |when: When| {
        let n = counts.get(&(section.clone(), when)).copied().unwrap_or(0);
        let list = ui::href("/desk/board", &[("section", &section), ("when", when.word())]);
        Link::new(n.to_string(), if n == 0 { String::new() } else { format!("{list}#list") })
    };
    Row { cells: When::ALL.into_iter().map(cell).collect(), section }
}
