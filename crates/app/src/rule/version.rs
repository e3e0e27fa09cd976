//! One version of a file of the law: what it says, what it changes, and the decision on it.

use super::calendar::{self, Month};
use super::desk::{HERE, file_zh};
use super::model::State;
use super::rescan::{Rescan, rescan};
use super::table::rule_version;
use super::{clock, store};
use crate::account::desk::Desk;
use crate::account::store as accounts;
use crate::account::{Duty, again};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame, Fact, Tag, Tone, Value};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Instant, Refusal};
use law::{Law, Negative, NegativeChange, Note, Sources, negative_changes};
use similar::{ChangeTag, TextDiff};
use std::collections::{BTreeMap, HashMap};

/// Lines that stayed, shown beside those that did not.
const CONTEXT: usize = 3;

/// A line of the difference.
pub enum Line {
    Same(String),
    Old(String),
    New(String),
    /// Lines in between that stayed.
    Gap,
}

/// Both texts line by line; empty where they are the same.
fn difference(old: &str, new: &str) -> Vec<Line> {
    let diff = TextDiff::from_lines(old, new);
    let mut out = vec![];
    for group in diff.grouped_ops(CONTEXT) {
        if !out.is_empty() {
            out.push(Line::Gap);
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = change.value().trim_end_matches('\n').to_owned();
            out.push(match change.tag() {
                ChangeTag::Equal => Line::Same(text),
                ChangeTag::Delete => Line::Old(text),
                ChangeTag::Insert => Line::New(text),
            });
        }
    }
    out
}

/// What would be otherwise with a version in force.
pub struct Impact {
    /// Open clocks, and those of them whose due day would move.
    pub open: usize,
    pub moved: usize,
    /// Facts that nobody has read, and that are not in the law yet.
    pub unsure: Vec<String>,
    /// Worked cases that come out otherwise than now.
    pub cases: Vec<String>,
    /// The year as it would be, for a file of the calendar.
    pub year: Option<(i16, Vec<Month>)>,
    /// What the last negative list has otherwise: the kind of change, the code, before and after.
    pub list: Vec<(Tag, String, String, String)>,
    /// What the public papers would have otherwise, for the file of the scanner.
    pub rescan: Option<Rescan>,
}

/// The impact of a text in the place of a file, or why it may not stand there.
pub async fn impact(desk: &Desk, file: &str, text: &str) -> Result<Result<Impact, Vec<Refusal>>, Error> {
    let (base, today) = (&desk.app.law_base, desk.now.day());
    let new = match store::sound(desk.read(), base, today, file, text).await? {
        Ok(new) => new,
        Err(why) => return Ok(Err(why)),
    };
    let old_files = store::files(desk.read()).await?;
    let mut new_files = old_files.clone();
    new_files.insert(file.to_owned(), text.to_owned());
    let (old_report, new_report) = (report(base, &old_files)?, report(base, &new_files)?);
    let (open, moved) = clock::would_move(desk.read(), &new, desk.now).await?;
    let unsure = new_report.notes.iter().filter(|note| !old_report.notes.contains(note)).map(told);
    let cases = new_report.faults.iter().filter(|fault| !old_report.faults.contains(fault));
    let year = file.strip_prefix("calendar/").and_then(|name| name.strip_suffix(".toml")?.parse().ok());
    Ok(Ok(Impact {
        open,
        moved,
        unsure: unsure.collect(),
        cases: cases.cloned().collect(),
        year: year.map(|year| (year, calendar::months(&new.calendar, year, today))),
        list: list(desk.law(), &new),
        rescan: rescan(desk, file, &new).await?,
    }))
}

/// Entry by entry, what the last negative list of one law has otherwise than that of another.
fn list(old: &Law, new: &Law) -> Vec<(Tag, String, String, String)> {
    let (Some(was), Some(is)) = (old.negative.last(), new.negative.last()) else { return vec![] };
    let zh = |e: &Negative| format!("{}（{}；{}）{}", e.withheld, e.how.zh(), e.cite, e.note);
    let line = |change: NegativeChange| match change {
        NegativeChange::Added(e) => (Tag::new("新增", Tone::Done), e.code.clone(), String::new(), zh(e)),
        NegativeChange::Removed(e) => (Tag::new("删去", Tone::Late), e.code.clone(), zh(e), String::new()),
        NegativeChange::Changed(a, b) => (Tag::new("改动", Tone::Near), b.code.clone(), zh(a), zh(b)),
    };
    let begins = is.from.filter(|_| is.from != was.from);
    let from =
        begins.map(|day| (Tag::new("施行", Tone::Info), String::new(), String::new(), format!("{}起", day.zh())));
    from.into_iter().chain(negative_changes(was, is).into_iter().map(line)).collect()
}

fn report(base: &Sources<'static>, files: &BTreeMap<String, String>) -> Result<law::Report, Error> {
    let sources = base.clone().overlay(files).map_err(|faults| Error::fault(faults.join("; ")))?;
    Ok(law::check(&sources))
}

fn told(note: &Note) -> String {
    match note {
        Note::Gap(text) => format!("条文之间有空档：{text}"),
        Note::Undated(text) => format!("施行日期待确认：{text}"),
        Note::Unsure(text) => format!("没有核对原文：{text}"),
    }
}

#[derive(Template)]
#[template(path = "rule/version.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    version: i64,
    facts: Vec<Fact>,
    lines: Vec<Line>,
    /// What it would change; `None` once it was decided on.
    impact: Option<Impact>,
    /// Why it may not come into force as things stand.
    against: Vec<Refusal>,
    is_open: bool,
    may_decide: bool,
    own: bool,
    verdicts: Vec<Choice>,
    verdict: String,
    opinion: String,
}

pub async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show(&desk, &id, &Posted::default(), vec![]).await
}

async fn show(desk: &Desk, id: &str, form: &Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let row = store::load(desk.read(), id).await?;
    let is_open = row.state()? == State::Proposed;
    let (impact, against) = match is_open {
        true => match impact(desk, &row.file, &row.text).await? {
            Ok(impact) => (Some(impact), vec![]),
            Err(why) => (None, why),
        },
        false => (None, vec![]),
    };
    let old = store::before(desk.read(), &desk.app.law_base, &row).await?;
    let (status, frame) = desk.form(file_zh(desk.law(), &row.file), HERE, errors);
    let page = Page {
        frame,
        facts: facts(desk, &row).await?,
        lines: difference(&old, &row.text),
        impact,
        against,
        is_open,
        may_decide: desk.me.has(Duty::Approval),
        own: row.made_by == desk.me.id,
        verdicts: vec![Choice::new("activate", "同意，立即生效"), Choice::new("return", "退回")],
        verdict: form.get("verdict").into(),
        opinion: form.text("opinion"),
        version: row.version,
        id: row.id,
    };
    html_as(status, &page)
}

async fn facts(desk: &Desk, row: &rule_version::Model) -> Result<Vec<Fact>, Error> {
    let ids: Vec<String> = row.decided_by.iter().chain([&row.made_by]).cloned().collect();
    let names: HashMap<String, String> = accounts::names(desk.read(), &ids).await?.into_iter().collect();
    let name = |id: &String| names.get(id).cloned().unwrap_or_default();
    let mut all = vec![
        Fact::new("状态", Value::Tag(row.state()?.tag())),
        Fact::code("文件", &row.file),
        Fact::text("修改理由", &row.note),
        Fact::text("出处", &row.source),
        Fact::text("提出人", name(&row.made_by)),
        Fact::new("提出时间", Value::Moment(Instant(row.made_at))),
    ];
    all.extend(row.decided_by.as_ref().map(|id| Fact::text("决定人", name(id))));
    all.extend(row.decided_at.map(|at| Fact::new("决定时间", Value::Moment(Instant(at)))));
    all.push(Fact::text("意见", &row.opinion));
    Ok(all)
}

pub async fn decide(mut desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (verdict, opinion, seen) = (form.get("verdict").to_owned(), form.text("opinion"), form.number("version")?);
    let (base, version) = (desk.app.law_base.clone(), id.clone());
    let said = match verdict.as_str() {
        "activate" => "rule-in-force",
        "return" => "rule-returned",
        _ => {
            let why = Refusal::new("verdict", "请选择同意或者退回。").at("verdict");
            return show(&desk, &id, &form, vec![why]).await;
        }
    };
    let why = again::prove(&mut desk, &form).await?;
    if !why.is_empty() {
        return show(&desk, &id, &form, why).await;
    }
    let work = async move |act: &mut Act| match verdict.as_str() {
        "activate" => store::activate(act, &base, &version, seen, &opinion).await,
        _ => store::send_back(act, &version, seen, &opinion).await,
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => done.into_inner(),
        Err(Error::Refused(why)) => return show(&desk, &id, &form, why).await,
        Err(e) => return Err(e.into()),
    }
    desk.app.reload_law().await?;
    Ok(see(&format!("/desk/rule/version/{id}?said={said}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_shows_what_changed_and_little_else() {
        let old: String = (1..=30).map(|n| format!("line {n}\n")).collect();
        let new = old.replace("line 3\n", "line three\n").replace("line 28\n", "");
        let told = |line: &Line| match line {
            Line::Same(text) => format!(" {text}"),
            Line::Old(text) => format!("-{text}"),
            Line::New(text) => format!("+{text}"),
            Line::Gap => "~".to_owned(),
        };
        let lines: Vec<String> = difference(&old, &new).iter().map(told).collect();
        let wanted = " line 1, line 2,-line 3,+line three, line 4, line 5, line 6,~, line 25, line 26, line 27,\
                      -line 28, line 29, line 30";
        assert_eq!(lines.join(","), wanted);
        assert!(difference(&old, &old).is_empty());
    }
}
