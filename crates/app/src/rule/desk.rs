//! What the law says here, for whoever works by it: years, clauses, how sure we are, what is proposed.

use super::calendar::{self, Month};
use super::rules::{self, FILES};
use super::shown;
use super::table::rule_version;
use super::{propose, running, store, version};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::store as accounts;
use crate::edge::{Failure, html};
use crate::ui::{DeskFrame, Link, Row, Tag, Tone};
use ::store::Error;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::{Day, Instant};
use law::{Clause, Law, Wording, Year};
use std::collections::HashMap;

pub const LOOK: Who = Who::Duty(Duty::LOOK);
pub const PROPOSE: &[Duty] = &[Duty::LegalityReview, Duty::Publication];
pub const HERE: &str = "/desk/rule";
/// Years that the list shows unfolded.
const YEARS: usize = 4;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/rule", LOOK, index),
        get("/desk/rule/calendar/{year}", LOOK, year_page),
        get("/desk/rule/clause/{id}", LOOK, clause_page),
        get("/desk/rule/new", Who::Duty(PROPOSE), propose::page),
        post("/desk/rule/new", Who::Duty(PROPOSE), propose::send),
        get("/desk/rule/version/{id}", LOOK, version::page),
        post("/desk/rule/version/{id}/decide", Who::Duty(&[Duty::Approval]), version::decide),
        get("/desk/rule/clock", LOOK, running::list),
        get("/desk/rule/clock/{id}", LOOK, running::page),
    ]
}

pub fn may_propose(desk: &Desk) -> bool {
    PROPOSE.iter().any(|duty| desk.me.has(*duty))
}

/// What a file of the law is called on a page: `2027年工作日历`, `依申请公开答复（OGI-REPLY）`.
pub fn file_zh(law: &Law, file: &str) -> String {
    let stem = |folder: &str| file.strip_prefix(folder)?.strip_suffix(".toml");
    if let Some(year) = stem("calendar/") {
        return format!("{year} 年工作日历");
    }
    if let Some(id) = stem("clauses/") {
        return law.clause(id).map_or_else(|| format!("条款 {id}"), |clause| format!("{}（{id}）", clause.name));
    }
    FILES.iter().find(|(name, _)| *name == file).map_or_else(|| file.to_owned(), |(_, zh)| (*zh).to_owned())
}

/// Versions as lines of a list, with the names of their authors.
pub async fn rows(desk: &Desk, versions: &[rule_version::Model]) -> Result<Vec<Row>, Error> {
    let authors: Vec<String> = versions.iter().map(|v| v.made_by.clone()).collect();
    let names: HashMap<String, String> = accounts::names(desk.read(), &authors).await?.into_iter().collect();
    let row = |v: &rule_version::Model| {
        let author = names.get(&v.made_by).cloned().unwrap_or_default();
        let at = Instant(v.decided_at.unwrap_or(v.made_at)).day();
        Ok(Row {
            href: format!("/desk/rule/version/{}", v.id),
            title: file_zh(desk.law(), &v.file),
            tag: Some(v.state()?.tag()),
            facts: vec![format!("{author}提出"), v.note.clone()],
            day: Some(at),
        })
    };
    versions.iter().map(row).collect()
}

/// A year of the calendar in the list.
struct YearLine {
    year: i16,
    announced: bool,
    sources: Vec<String>,
    note: String,
}

/// A clause in the list.
struct Line {
    id: String,
    name: String,
    term: String,
    cite: String,
    tag: Tag,
    doubt: Doubt,
}

/// What a lawyer has to look at, the most pressing first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Doubt {
    /// Nobody has read what binds today.
    Now,
    /// Nobody has read what bound once, or will bind.
    OtherDays,
    None,
}

#[derive(Template)]
#[template(path = "rule/index.html")]
struct Index {
    frame: DeskFrame,
    waiting: Vec<Row>,
    history: Vec<Row>,
    faults: Vec<String>,
    /// Worked cases of the release that come out otherwise since a version is in force; they were shown to who decided.
    differ: Vec<String>,
    cases: usize,
    years: Vec<YearLine>,
    older: Vec<YearLine>,
    unsure: Vec<Line>,
    sure: Vec<Line>,
    /// The address without the search.
    clear: String,
    q: String,
    may_propose: bool,
    next_year: Option<i16>,
    files: Vec<Link>,
    hash: String,
}

async fn index(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let law = desk.law();
    let q = asked.get("q").map(|q| q.trim().to_owned()).unwrap_or_default();
    let waiting = rows(&desk, &store::waiting(desk.read()).await?).await?;
    let history = rows(&desk, &store::history(desk.read()).await?).await?;
    let (report, differ) = checked(&desk).await?;
    let today = desk.now.day();
    let lines = law.clauses.iter().filter(|c| mentions(c, &q)).map(|c| line(c, today));
    let (sure, mut unsure): (Vec<Line>, Vec<Line>) = lines.partition(|line| line.doubt == Doubt::None);
    // The sort is stable: within each part they stand as in the file.
    unsure.sort_by_key(|line| line.doubt);
    let mut years: Vec<YearLine> = law.calendar.years().iter().rev().map(year_line).collect();
    let older = years.split_off(YEARS.min(years.len()));
    let link = |(file, zh): &(&str, &str)| Link::new(*zh, crate::ui::href("/desk/rule/new", &[("file", *file)]));
    html(&Index {
        frame: desk.frame("规则包", HERE),
        waiting,
        history,
        faults: report.faults,
        differ,
        cases: report.cases,
        years,
        older,
        unsure,
        sure,
        clear: if q.is_empty() { String::new() } else { HERE.into() },
        q,
        may_propose: may_propose(&desk),
        next_year: law.calendar.years().iter().find(|year| !year.announced).map(|year| year.year),
        files: FILES.iter().map(link).collect(),
        hash: law.hash.to_string(),
    })
}

/// What is wrong with the files of the installation, and what comes out otherwise by the versions laid over them.
async fn checked(desk: &Desk) -> Result<(law::Report, Vec<String>), Error> {
    let base = law::check(&desk.app.law_base);
    let files = store::files(desk.read()).await?;
    if files.is_empty() {
        return Ok((base, vec![]));
    }
    let sources = desk.app.law_base.clone().overlay(&files).map_err(|faults| Error::fault(faults.join("; ")))?;
    let now = law::check(&sources).faults;
    let differ = now.into_iter().filter(|fault| !base.faults.contains(fault)).collect();
    Ok((base, differ))
}

fn year_line(year: &Year) -> YearLine {
    let Year { year, announced, source, note, .. } = year;
    YearLine { year: *year, announced: *announced, sources: source.clone(), note: note.clone() }
}

fn line(clause: &Clause, today: Day) -> Line {
    let wording = clause.on(today).or(clause.wordings.last());
    let all_read = clause.wordings.iter().all(|w| w.sure.was_read());
    let (doubt, tag) = match wording {
        Some(w) if !w.sure.was_read() => (Doubt::Now, Tag::new(rules::sure_zh(w.sure), Tone::Near)),
        _ if !all_read => (Doubt::OtherDays, Tag::new("其他时期的条文待核实", Tone::Near)),
        Some(w) => (Doubt::None, Tag::new(rules::sure_zh(w.sure), Tone::Done)),
        None => (Doubt::Now, Tag::new("没有条文", Tone::Late)),
    };
    let in_force = clause.on(today).is_some();
    let term = wording.map_or(String::new(), Wording::term);
    Line {
        id: clause.id.clone(),
        name: clause.name.clone(),
        term: if in_force { term } else { format!("{term}（今天不适用）") },
        cite: wording.map_or(String::new(), |w| w.cite.clone()),
        tag,
        doubt,
    }
}

fn mentions(clause: &Clause, q: &str) -> bool {
    let wanted = q.to_lowercase();
    let has = |text: &String| text.to_lowercase().contains(&wanted);
    let in_wording = |w: &Wording| has(&w.cite) || has(&w.gist) || has(&w.counts_from);
    has(&clause.id) || has(&clause.name) || clause.also.iter().any(has) || clause.wordings.iter().any(in_wording)
}

#[derive(Template)]
#[template(path = "rule/year.html")]
struct YearPage {
    frame: DeskFrame,
    line: YearLine,
    months: Vec<Month>,
    history: Vec<Row>,
    may_propose: bool,
}

async fn year_page(desk: Desk, Path(year): Path<i16>) -> Result<Response, Failure> {
    let calendar = &desk.law().calendar;
    let found = calendar.years().iter().find(|known| known.year == year).ok_or_else(Failure::not_found)?;
    let months = calendar::months(calendar, year, desk.now.day());
    let history = rows(&desk, &store::of_file(desk.read(), &format!("calendar/{year}.toml")).await?).await?;
    let frame = desk.frame(format!("{year} 年工作日历"), HERE);
    html(&YearPage { frame, line: year_line(found), months, history, may_propose: may_propose(&desk) })
}

/// A wording with what the list of all wordings leaves out.
struct Full {
    wording: &'static Wording,
    dates: String,
    sure: Tag,
    state: Tag,
    more: Vec<String>,
}

#[derive(Template)]
#[template(path = "rule/clause.html")]
struct ClausePage {
    frame: DeskFrame,
    clause: &'static Clause,
    wordings: Vec<Full>,
    history: Vec<Row>,
    may_propose: bool,
}

async fn clause_page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let clause = desk.law().clauses.iter().find(|clause| clause.id == id).ok_or_else(Failure::not_found)?;
    let today = desk.now.day();
    let mut wordings: Vec<Full> = clause.wordings.iter().map(|w| full(w, today)).collect();
    wordings.reverse();
    let history = rows(&desk, &store::of_file(desk.read(), &format!("clauses/{id}.toml")).await?).await?;
    let frame = desk.frame(clause.name.clone(), HERE);
    html(&ClausePage { frame, clause, wordings, history, may_propose: may_propose(&desk) })
}

fn full(wording: &'static Wording, today: Day) -> Full {
    let state = match wording.from {
        None => Tag::new("日期待确认，不适用", Tone::Near),
        Some(from) if from > today => Tag::new("尚未施行", Tone::Info),
        _ if wording.in_force(today) => Tag::new("现行", Tone::Done),
        _ => Tag::new("已失效，旧事仍适用", Tone::Plain),
    };
    let mut more = vec![];
    let mut list = |name: &str, causes: Vec<&str>| {
        if !causes.is_empty() {
            more.push(format!("{name}：{}", causes.join("、")));
        }
    };
    list("停止计时", wording.suspended_by.iter().map(String::as_str).collect());
    list("重新计算", wording.restarts_on.iter().map(|restart| restart.cause.as_str()).collect());
    if let Some(extension) = &wording.extension {
        more.push(format!("可以延长一次，最多{}", wording.unit.zh(extension.amount)));
    }
    if wording.beside {
        more.push("本局自己的规定，与法律并行，取较严的".into());
    }
    if wording.analogy {
        more.push("约束其他机关，仅供对照，不计逾期".into());
    }
    let tone = if wording.sure.was_read() { Tone::Done } else { Tone::Near };
    Full { wording, dates: shown::dates(wording), sure: Tag::new(rules::sure_zh(wording.sure), tone), state, more }
}
