//! 公开义务：what the catalogue demands, held against what is public (政府信息公开条例 articles 19 to 21). What is missing
//! stands first, each entry with who owes it, by when, and one button.

use super::owing::{self, Line, Standing};
use super::periods::{self, Period};
use super::stock::{self, Held};
use super::table::reminder;
use crate::App;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, Duty};
use crate::body::Body;
use crate::edge::{Failure, html, html_as, see};
use crate::rule;
use crate::ui::{self, Choice, DeskFrame, Fact, Figure, Row, Tone, Value};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use kernel::{Day, Instant, Refusal};
use law::{Item, Law, Limit, Obligation, Span, Tally};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use std::collections::HashMap;

/// Who watches over all sections, and may remind them.
pub const OVERSEE: Who = Who::Duty(&[Duty::Publication, Duty::Supervision]);
/// Reminders that a page still tells of, in days.
const REMEMBERED: i32 = 90;
/// Records shown under an entry.
const SHOWN: usize = 50;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/obligation", Who::Duty(Duty::LOOK), list),
        get("/desk/obligation/{code}", Who::Duty(Duty::LOOK), one),
        post("/desk/obligation/{code}/remind", OVERSEE, remind),
    ]
}

/// What is public and what waits, of one body.
pub async fn held(app: &App, law: &'static Law, body: &str) -> Result<Vec<Held>, Error> {
    let stock = app.stocks.of(&app.store.public(), law, body).await?;
    let waiting = stock::waiting(app.store.read(), law, body).await?;
    Ok(stock.iter().cloned().chain(waiting).collect())
}

/// Where every entry of an owner stands (of all owners where `owner` is empty), worst first, with the figures.
pub async fn lines(desk: &Desk, owner: &str) -> Result<(Vec<Line>, Tally), Error> {
    let (law, span) = (desk.law(), span(&desk.body, desk.now));
    let held = held(&desk.app, law, &desk.body.id).await?;
    let items: Vec<Item> = held.iter().map(|h| h.item(span.today)).collect();
    Ok(owing::reckon(law, &items, span, owner))
}

fn span(body: &Body, now: Instant) -> Span {
    stock::span(body, now.day())
}

/// How often each entry was brought to mind of late, and when last.
pub async fn reminders(
    db: &impl ConnectionTrait,
    body: &str,
    today: Day,
) -> Result<HashMap<String, (usize, Instant)>, Error> {
    let since = today.plus(-REMEMBERED).start().0;
    let rows = reminder::Entity::find()
        .filter(reminder::Column::Body.eq(body))
        .filter(reminder::Column::At.gte(since))
        .order_by_asc(reminder::Column::At)
        .all(db)
        .await?;
    let mut all: HashMap<String, (usize, Instant)> = HashMap::new();
    for row in rows {
        let known = all.entry(row.code).or_insert((0, Instant(row.at)));
        *known = (known.0 + 1, Instant(row.at));
    }
    Ok(all)
}

#[derive(Template)]
#[template(path = "catalogue/obligations.html")]
struct Page {
    frame: DeskFrame,
    says: String,
    figures: Vec<Figure>,
    tally: Tally,
    since: Day,
    lines: Vec<Line>,
    reminded: HashMap<String, (usize, Instant)>,
    owners: Vec<Choice>,
    owner: String,
    states: Vec<Choice>,
    state: String,
    may_write: bool,
}

impl Page {
    /// Where the conditions are gone; empty where there are none.
    fn clear(&self) -> &'static str {
        if self.owner.is_empty() && self.state.is_empty() { "" } else { "/desk/obligation" }
    }

    fn reminded(&self, line: &Line) -> String {
        self.reminded.get(&line.entry.code).map_or_else(String::new, |(n, at)| reminded_zh(*n, *at))
    }
}

/// `已催办 2 次，最近 2026-11-23`.
pub fn reminded_zh(times: usize, last: Instant) -> String {
    format!("已催办 {times} 次，最近 {}", last.day())
}

async fn list(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let get = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let (owner, state) = (get("section"), get("state"));
    let (lines, tally) = lines(&desk, &owner).await?;
    let wanted = Standing::parse(&state);
    let figures = figures(&lines, tally, &owner);
    let missing = lines.iter().filter(|l| l.standing <= Standing::Overdue).count();
    let says = match (missing, lines.iter().filter(|l| l.standing == Standing::Near).count()) {
        (0, 0) => "没有逾期未公开的事项".into(),
        (0, near) => format!("10 个工作日内有 {near} 项到期"),
        (n, _) => format!("有 {n} 项该公开没有公开"),
    };
    html(&Page {
        frame: desk.frame("公开义务", "/desk/obligation"),
        says,
        figures,
        tally,
        since: span(&desk.body, desk.now).since,
        reminded: reminders(desk.read(), &desk.body.id, desk.now.day()).await?,
        owners: owners(desk.law(), desk.now.day()),
        owner,
        states: Standing::ALL.iter().map(|s| Choice::new(s.word(), s.zh())).collect(),
        lines: lines.into_iter().filter(|l| wanted.is_none_or(|w| l.standing == w)).collect(),
        state,
        may_write: desk.me.has(Duty::Draft),
    })
}

/// Every number leads to the lines that it counts.
fn figures(lines: &[Line], tally: Tally, owner: &str) -> Vec<Figure> {
    let count = |standing: Standing, tone: Tone| {
        let n = lines.iter().filter(|l| l.standing == standing).count();
        Figure {
            label: standing.zh().into(),
            number: n.to_string(),
            unit: "项",
            href: ui::href("/desk/obligation", &[("section", owner), ("state", standing.word())]),
            tone: if n == 0 { Tone::Plain } else { tone },
        }
    };
    let rate = |label: &str, rate: Option<f64>| Figure {
        label: label.into(),
        number: rate.map_or_else(|| "—".into(), |r| format!("{:.1}%", r * 100.0)),
        unit: "",
        href: String::new(),
        tone: Tone::Plain,
    };
    vec![
        count(Standing::Missing, Tone::Late),
        count(Standing::Overdue, Tone::Late),
        count(Standing::Near, Tone::Near),
        count(Standing::Silent, Tone::Near),
        rate("覆盖率", tally.coverage()),
        rate("按时率", tally.timeliness()),
    ]
}

fn owners(law: &Law, today: Day) -> Vec<Choice> {
    let mut all: Vec<&str> = law.obligations.iter().filter(|e| e.owed(today)).map(|e| e.owner.as_str()).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(|owner| Choice::new(owner, owner)).collect()
}

/// A clock of the entry, in the table of slice `rule`.
struct Ticking {
    id: String,
    says: String,
}

#[derive(Template)]
#[template(path = "catalogue/obligation.html")]
struct One {
    frame: DeskFrame,
    entry: &'static Obligation,
    line: Line,
    facts: Vec<Fact>,
    met_by: String,
    /// Of the term; empty where the limit is no number.
    clause: &'static str,
    /// How the day of the first running period comes about.
    why: Vec<String>,
    /// Too late, or open beyond its day.
    late: Vec<(String, String)>,
    clocks: Vec<Ticking>,
    records: Vec<Row>,
    total: usize,
    reminders: Vec<(String, Instant)>,
    new_href: String,
    may_write: bool,
    may_remind: bool,
    may_change: bool,
}

fn entry_of(law: &'static Law, code: &str) -> Result<&'static Obligation, Error> {
    law.obligations.iter().find(|e| e.code == code).ok_or(Error::NotFound)
}

async fn one(desk: Desk, Path(code): Path<String>) -> Result<Response, Failure> {
    show(&desk, &code, vec![]).await
}

async fn show(desk: &Desk, code: &str, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (law, span) = (desk.law(), span(&desk.body, desk.now));
    let entry = entry_of(law, code)?;
    let held = held(&desk.app, law, &desk.body.id).await?;
    let mine: Vec<&Held> = held.iter().filter(|h| entry.counts(&h.item(span.today))).collect();
    let items: Vec<Item> = mine.iter().map(|h| h.item(span.today)).collect();
    let account = law::account(law, entry, &items, span);
    let late = |late: &law::Late| (late.what.clone(), format!("应于{}前，{}", late.due.zh(), late.zh()));
    let (status, frame) = desk.form(entry.item.clone(), "/desk/obligation", errors);
    let line = owing::line(law, entry, &account, span);
    let running = periods::running(law, entry, &mine, &account, span);
    let oversees = matches!(OVERSEE, Who::Duty(any) if any.iter().any(|d| desk.me.has(*d)));
    html_as(
        status,
        &One {
            facts: facts(&line),
            late: account.late.iter().map(late).collect(),
            met_by: met_by_zh(entry, law),
            clause: clause_of(entry),
            why: running.first().map_or_else(Vec::new, |period| explain(law, period)),
            clocks: clocks(desk, &running).await?,
            total: mine.len(),
            records: mine.iter().take(SHOWN).map(|h| record(h)).collect(),
            reminders: reminded_by(desk, code).await?,
            new_href: owing::new_href(entry),
            may_write: desk.me.has(Duty::Draft),
            may_remind: oversees && line.standing.presses(),
            may_change: desk.me.has(Duty::LegalityReview) || desk.me.has(Duty::Publication),
            frame,
            entry,
            line,
        },
    )
}

fn record(held: &Held) -> Row {
    let state = if held.published.is_some() { "已公开" } else { "还没有公开" };
    let formed = held.formed.map(|d| format!("形成于 {d}"));
    Row {
        href: held.path.clone(),
        title: held.title.clone(),
        tag: None,
        facts: std::iter::once(state.to_owned()).chain(formed).collect(),
        day: held.published.map(Instant::day),
    }
}

fn facts(line: &Line) -> Vec<Fact> {
    let entry = line.entry;
    let cites: Vec<&str> = entry.basis.iter().map(|b| b.cite.as_str()).collect();
    let mut all = vec![
        Fact::text("一级事项", &entry.group),
        Fact::code("编号", &entry.code),
        Fact::text("公开主体", &entry.owner),
        Fact::text("公开依据", cites.join("；")),
        Fact::text("公开时限", &line.limit),
        Fact::text("多久一次", owing::cadence_zh(entry)),
        Fact::text("渠道和载体", entry.channels.join("、")),
        Fact::text("还要出现在", entry.outlets.join("、")),
        Fact::text("公开对象", &entry.audience),
        Fact::text("公开方式", entry.mode.zh()),
    ];
    all.extend(line.due.map(|day| Fact::new("最迟", Value::Day(day))));
    all.extend(line.last.map(|day| Fact::new("上一次公开", Value::Day(day))));
    all
}

fn explain(law: &Law, period: &Period) -> Vec<String> {
    let lines = law.clause(&period.clause).and_then(|c| law::explain(c, period.event.day(), &law.calendar));
    lines.unwrap_or_default()
}

async fn clocks(desk: &Desk, running: &[Period]) -> Result<Vec<Ticking>, Error> {
    let mut all = vec![];
    for period in running {
        for row in rule::clock::about(desk.read(), &desk.body.id, &period.about).await? {
            let due = row.due_day().map_or_else(|| "没有截止日".into(), |day| format!("截至{}24时", day.zh()));
            all.push(Ticking { says: format!("{}：{due}", period.zh), id: row.id });
        }
    }
    Ok(all)
}

async fn reminded_by(desk: &Desk, code: &str) -> Result<Vec<(String, Instant)>, Error> {
    let rows = reminder::Entity::find()
        .filter(reminder::Column::Body.eq(&desk.body.id))
        .filter(reminder::Column::Code.eq(code))
        .order_by_desc(reminder::Column::At)
        .all(desk.read())
        .await?;
    let ids: Vec<String> = rows.iter().map(|r| r.by_staff.clone()).collect();
    let names: HashMap<String, String> = account::store::names(desk.read(), &ids).await?.into_iter().collect();
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    Ok(rows.iter().map(|r| (name(&r.by_staff), Instant(r.at))).collect())
}

/// Brings an entry to the mind of the section that owes it; once a day is enough.
async fn remind(desk: Desk, Path(code): Path<String>) -> Result<Response, Failure> {
    entry_of(desk.law(), &code)?;
    let known = reminders(desk.read(), &desk.body.id, desk.now.day()).await?;
    if known.get(&code).is_some_and(|(_, at)| at.day() == desk.now.day()) {
        let why = Refusal::new("reminded", "今天已经催办过这一项。明天还没有公开的，可以再催办。");
        return show(&desk, &code, vec![why]).await;
    }
    let (body, staff, to) = (desk.body.id.clone(), desk.me.id.clone(), code.clone());
    let work = async move |act: &mut Act| {
        let row = reminder::ActiveModel {
            id: Set(act.id()),
            body: Set(body.clone()),
            code: Set(to.clone()),
            by_staff: Set(staff.clone()),
            at: Set(act.now.0),
        };
        reminder::Entity::insert(row).exec_without_returning(act).await?;
        act.journal("remind", &format!("obligation:{to}"));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/obligation/{code}?said=reminded")))
}

/// How an entry is met, in words.
fn met_by_zh(entry: &Obligation, law: &Law) -> String {
    let met = &entry.met_by;
    let column = |path: &String| crate::record::rules::column_name(law, path).unwrap_or(path).to_owned();
    let class = |slug: &String| law.class(slug).map_or_else(|| slug.clone(), |c| c.name.clone());
    let kind = |word: &String| crate::record::kind::kind_zh(word).to_owned();
    let named = |what: &str, all: Vec<String>| (!all.is_empty()).then(|| format!("{what}“{}”", all.join("”或者“")));
    let parts = [
        named("栏目是", met.columns.iter().map(column).collect()),
        named("法定类别是", met.classes.iter().map(class).collect()),
        named("信息种类是", met.kinds.iter().map(kind).collect()),
        named("标题里有", met.words.clone()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("，")
}

/// The clause that an entry is judged by; empty where its limit is no number.
fn clause_of(entry: &'static Obligation) -> &'static str {
    match &entry.limit {
        Limit::Clause(id) => id,
        Limit::Promptly | Limit::LongTerm => "",
    }
}
