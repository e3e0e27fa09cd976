//! The clocks that run: a list, and each one explained.

use super::clock::{self, Which};
use super::desk::HERE;
use super::model::Happened;
use super::rules;
use super::shown::{self, Said, Strip};
use super::table::clock as table;
use crate::account::desk::Desk;
use crate::edge::{Failure, html};
use crate::ui::{self, DeskFrame, Fact, Link, Pager, Tag, Tone, Value};
use ::store::Error;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::{Day, Instant};
use law::{Clock, Law, State, StripDay};
use std::collections::HashMap;

const PAGE: u64 = 50;
const LIST: &str = "/desk/rule/clock";

/// A clock in the list.
struct Line {
    id: String,
    name: String,
    about: String,
    due: Option<Day>,
    tag: Tag,
    firm: bool,
}

#[derive(Template)]
#[template(path = "rule/clocks.html")]
struct List {
    frame: DeskFrame,
    tabs: Vec<Link>,
    here: String,
    lines: Vec<Line>,
    pager: Pager,
}

pub async fn list(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let show = asked.get("show").map_or("", String::as_str);
    let which = match show {
        "" => Which::Running,
        "without" => Which::Without,
        "closed" => Which::Closed,
        _ => return Err(Failure::not_found()),
    };
    let after = asked.get("after").map_or("", String::as_str);
    let after = after.split_once('_').unwrap_or(("", ""));
    let mut rows = clock::list(desk.read(), &desk.body.id, which, after, PAGE).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|last| format!("{}_{}", last.due, last.id));
    let at = |show: &str| ui::href(LIST, &[("show", show)]);
    let lines = rows.iter().map(|row| line(desk.law(), row, desk.now)).collect::<Result<_, _>>()?;
    html(&List {
        frame: desk.frame("在办期限", LIST),
        tabs: vec![
            Link::new("正在计时", at("")),
            Link::new("暂停或者没有天数", at("without")),
            Link::new("已办结", at("closed")),
        ],
        here: at(show),
        lines,
        pager: Pager::keyed(None, next.map(|next| ui::href(LIST, &[("show", show), ("after", &next)])), ""),
    })
}

fn line(law: &Law, row: &table::Model, now: Instant) -> Result<Line, Error> {
    let facts = row.happened()?;
    let facts: Vec<law::Fact> = facts.iter().map(Happened::fact).collect();
    let state = rules::clock(law, &row.clause, row.event(), &facts, now).map(|clock| clock.state);
    Ok(Line {
        id: row.id.clone(),
        name: law.clause(&row.clause).map_or_else(|| row.clause.clone(), |clause| clause.name.clone()),
        about: row.about.clone(),
        due: row.due_day(),
        tag: state.map_or(Tag::new("规则已不在", Tone::Late), tag),
        firm: row.firm == 1,
    })
}

fn tag(state: State) -> Tag {
    let tone = match state {
        State::Met => Tone::Done,
        State::Overdue | State::MetLate | State::Short => Tone::Late,
        State::Suspended => Tone::Near,
        State::Running | State::Elapsed => Tone::Info,
    };
    Tag::new(state.zh(), tone)
}

/// A due day that moved when the law changed.
struct Change {
    at: Instant,
    old: String,
    new: String,
    cause: String,
}

/// What the law says of a clock, in words.
struct Told {
    strip: Strip,
    says: String,
    said: Vec<Said>,
    days: Vec<StripDay>,
    lines: Vec<String>,
    provisional: Option<String>,
    refused: Vec<String>,
}

#[derive(Template)]
#[template(path = "rule/clock.html")]
struct Page {
    frame: DeskFrame,
    facts: Vec<Fact>,
    happened: Vec<(Instant, String)>,
    told: Option<Told>,
    changes: Vec<Change>,
    /// The clock is closed and the law has changed since: what is shown below is computed by today's.
    other_law: bool,
}

pub async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (law, row) = (desk.law(), clock::load(desk.read(), &desk.body.id, &id).await?);
    let changes = clock::changes(desk.read(), &id).await?;
    let happened = row.happened()?;
    let facts: Vec<law::Fact> = happened.iter().map(Happened::fact).collect();
    let clock = rules::clock(law, &row.clause, row.event(), &facts, desk.now);
    let name = law.clause(&row.clause).map_or_else(|| row.clause.clone(), |clause| clause.name.clone());
    html(&Page {
        frame: desk.frame(name, LIST),
        facts: page_facts(&row, clock.as_ref()),
        happened: happened.iter().map(|h| (Instant(h.at), h.zh())).collect(),
        told: clock.as_ref().map(|clock| told(law, clock, desk.now)),
        changes: changes.iter().map(change).collect(),
        other_law: row.closed_at.is_some() && row.law != law.hash.to_string(),
    })
}

fn page_facts(row: &table::Model, clock: Option<&Clock>) -> Vec<Fact> {
    let mut all = vec![];
    all.extend(clock.map(|clock| Fact::new("状态", Value::Tag(tag(clock.state)))));
    all.extend(row.due_day().map(|day| Fact::text("最后一日", shown::dated(day))));
    all.extend(Day::parse(&row.latest).map(|day| Fact::text("最迟不晚于", shown::dated(day))));
    all.push(Fact::new("起算", Value::Moment(row.event())));
    all.extend(row.closed_at.map(|at| Fact::new("办结", Value::Moment(Instant(at)))));
    all.extend(clock.map(|clock| Fact::text("期限", clock.wording.term())));
    if let Some((used, left)) = clock.and_then(|clock| clock.used.zip(clock.left)) {
        let unit = clock.map_or(law::Unit::WorkingDays, |clock| clock.wording.unit);
        all.push(Fact::text("已用和剩余", format!("已用{}，剩余{}", unit.zh(used), unit.zh(left))));
    }
    let clause = Link::new(&row.clause, format!("{HERE}/clause/{}", row.clause));
    all.push(Fact::new("条款", Value::Link(clause)));
    all.push(Fact::code("事项", &row.about));
    all.push(Fact::code("规则摘要", &row.law));
    all
}

fn told(law: &Law, clock: &Clock, now: Instant) -> Told {
    let days = clock.days(&law.calendar);
    let refused = clock.refused.iter().map(|refused| {
        let happened = Happened::from(&refused.fact);
        format!("{} {}：{}", refused.fact.at, happened.zh(), refused.why)
    });
    Told {
        strip: Strip::of(clock, &days, now.day()),
        says: clock.due.as_ref().map_or_else(|| "期限暂停，或者条文没有规定天数。".into(), says),
        said: shown::said(clock.clause, clock.event, &law.calendar),
        lines: clock.explain(&law.calendar),
        provisional: shown::provisional(clock, &law.calendar),
        refused: refused.collect(),
        days,
    }
}

fn says(due: &law::Due) -> String {
    format!("{}。", due.zh())
}

fn change(row: &super::table::clock_change::Model) -> Change {
    let written = |day: &String| Day::parse(day).map_or_else(|| "没有截止日".into(), Day::zh);
    Change { at: Instant(row.at), old: written(&row.old), new: written(&row.new), cause: row.cause.clone() }
}
