//! The public pages of decisions: all cases by year, one case, the flow chart. Facts come from the floor, words from
//! records that passed their own gate; nothing of the case itself is opened here.

use super::comment;
use super::kind::{C, COMMENT, Decision, KIND, ORDINARY, STOPPED, WITHHELD, WORK};
use super::model::{ABOUT, Dimension, Level, ROLES, Role};
use super::rail;
use super::rules::{closed_on, least, open_until};
use crate::App;
use crate::edge::{Failure, html};
use crate::floor::{public_matter, public_page};
use crate::matter::case::{Matter, Moment};
use crate::matter::chart;
use crate::portal::Portal;
use crate::ui::{Days, DaysState, Frame, Html, Step, Tag, Tone, Unit};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use kernel::{Day, Instant};
use sea_orm::{ColumnTrait, Order};
use std::collections::BTreeMap;

pub const CASES: &str = "/decisions/cases";
/// More cases than a bureau has in ten years.
const CASES_MOST: u64 = 500;
/// In milliseconds.
const DAY: i64 = 86_400_000;

pub fn routes() -> Router<App> {
    Router::new()
        .route(CASES, get(cases))
        .route("/decisions/process", get(process))
        .route("/decisions/{no}", get(page))
        .merge(comment::routes())
}

::store::line! {
    /// A public record as a case shows it.
    #[derive(Clone)]
    pub struct Doc of public_page {
        pub id: String,
        pub body: String,
        pub path: String,
        pub title: String,
        pub summary: String,
        pub section: String,
        pub changed_at: i64,
    }
}

impl Doc {
    pub fn day(&self) -> Day {
        Instant(self.changed_at).day()
    }
}

/// A case that has a page for anyone.
pub struct Shown {
    pub row: public_matter::Model,
    /// Its papers say since when they are public.
    pub case: Matter,
    pub docs: Vec<(&'static Role, Doc)>,
}

impl Shown {
    pub fn doc(&self, role: &str) -> Option<&Doc> {
        self.docs.iter().find(|(r, _)| r.name == role).map(|(_, doc)| doc)
    }

    /// A case has no name of its own: it bears the title of its published 事项说明.
    pub fn title(&self) -> &str {
        self.doc(ABOUT).map_or("", |doc| doc.title.as_str())
    }

    pub fn of(&self, portal: &Portal) -> C<'_> {
        KIND.case(&self.case, self.case.body.clone(), "", moment(portal), None)
    }

    pub fn href(&self) -> String {
        format!("/decisions/{}", self.row.slug)
    }
}

fn moment(portal: &Portal) -> Moment {
    Moment { law: portal.law, now: portal.now, offices: true }
}

/// The case at an address, once its 事项说明 is public.
pub async fn find(portal: &Portal, slug: &str) -> Result<Shown, Failure> {
    use public_matter::Column::{Body, Kind, Slug};
    let find = portal.public.find::<public_matter::Entity>().filter(Body.eq(&portal.body.id));
    let row = find.filter(Kind.eq(KIND.name)).filter(Slug.eq(slug)).one().await?.ok_or(Error::NotFound)?;
    let shown = with_docs(portal, vec![row]).await?.pop().filter(|s| s.doc(ABOUT).is_some());
    shown.filter(|s| s.row.state != WITHHELD.name).ok_or_else(Failure::not_found)
}

async fn with_docs(portal: &Portal, rows: Vec<public_matter::Model>) -> Result<Vec<Shown>, Error> {
    let cases: Vec<Matter> = rows.iter().map(public_matter::Model::case).collect::<Result<_, _>>()?;
    let ids: Vec<&str> = cases.iter().flat_map(|m| m.papers.iter().map(|p| p.record.as_str())).collect();
    let find = portal.public.find::<public_page::Entity>().filter(public_page::Column::Id.is_in(ids));
    // Asked of SQLite, the body would be looked up first, and every page of it read.
    let docs: Vec<Doc> = find.lines::<Doc>().await?.into_iter().filter(|doc| doc.body == portal.body.id).collect();
    let shown = |(row, mut case): (public_matter::Model, Matter)| {
        let mut mine = vec![];
        for paper in &mut case.papers {
            let Some(doc) = docs.iter().find(|d| d.id == paper.record) else { continue };
            paper.public = Some(doc.day());
            mine.extend(super::model::role_of(&paper.role).map(|role| (role, doc.clone())));
        }
        mine.sort_by_key(|(role, _)| ROLES.iter().position(|r| r == *role));
        Shown { row, case, docs: mine }
    };
    Ok(rows.into_iter().zip(cases).map(shown).collect())
}

/// A case in the list.
struct Line {
    href: String,
    number: String,
    title: String,
    tag: Tag,
    when: String,
}

/// A year of the catalogue, with how many are withheld by which ground.
struct Year {
    year: i64,
    lines: Vec<Line>,
    withheld: Vec<(&'static str, &'static str, usize)>,
}

#[derive(Template)]
#[template(path = "decision/cases.html")]
struct CasesPage {
    frame: Frame,
    years: Vec<Year>,
}

async fn cases(portal: Portal) -> Result<Response, Failure> {
    use public_matter::Column::{Body, Id, Kind};
    let find = portal.public.find::<public_matter::Entity>().filter(Body.eq(&portal.body.id));
    let rows = find.filter(Kind.eq(KIND.name)).order(Id, Order::Desc).limit(CASES_MOST).all().await?;
    let mut years: BTreeMap<i64, Year> = BTreeMap::new();
    for shown in with_docs(&portal, rows).await? {
        let c = shown.of(&portal);
        let year = c.body.year.map_or(shown.row.year, i64::from);
        let of = years.entry(year).or_insert_with(|| Year { year, lines: vec![], withheld: vec![] });
        match c.body.exception.filter(|_| c.is_in(WITHHELD)).map(|e| e.choice()) {
            Some(ground) => count(&mut of.withheld, ground.zh, ground.cite),
            None if shown.doc(ABOUT).is_some() => of.lines.push(line(&shown, &c)),
            None => {}
        }
    }
    let years = years.into_values().rev().filter(|y| !y.lines.is_empty() || !y.withheld.is_empty()).collect();
    let frame = frame(&portal, "重大行政决策案卷", &[]);
    html(&CasesPage { frame, years })
}

fn count(all: &mut Vec<(&'static str, &'static str, usize)>, zh: &'static str, cite: &'static str) {
    match all.iter_mut().find(|(known, ..)| *known == zh) {
        Some((.., n)) => *n += 1,
        None => all.push((zh, cite, 1)),
    }
}

fn line(shown: &Shown, c: &C) -> Line {
    let when = match (open_until(c), closed_on(c)) {
        (Some(until), _) => format!("{}截止", until.zh()),
        _ => shown.row.opened().zh(),
    };
    let (href, number) = (shown.href(), shown.row.number.clone());
    Line { href, number, title: shown.title().to_owned(), tag: tag(c), when }
}

fn tag(c: &C) -> Tag {
    let state = KIND.state(&c.at.state);
    match open_until(c) {
        Some(_) => Tag::new("征求意见中", Tone::Late),
        None if c.is_in(WORK) && closed_on(c).is_some() => Tag::new("征求意见已截止", Tone::Near),
        None if state == STOPPED || state == ORDINARY => Tag::new(state.zh, Tone::Plain),
        None => Tag::new(state.zh, if state.end { Tone::Done } else { Tone::Info }),
    }
}

pub fn frame(portal: &Portal, title: &str, steps: &[(&str, &str)]) -> Frame {
    let all: Vec<(&str, &str)> = [("决策公开", "/decisions")].iter().chain(steps).copied().collect();
    portal.frame(title).under("/decisions", &all)
}

/// The period of comments as the aside shows it.
struct Period {
    until: Day,
    days: Days,
    /// Why it is as long as it is.
    why: String,
}

#[derive(Template)]
#[template(path = "decision/case.html")]
struct CasePage {
    frame: Frame,
    number: String,
    tag: Tag,
    is_major: bool,
    section: String,
    year: i64,
    summary: String,
    steps: Vec<Step>,
    /// One character, the role, the record.
    docs: Vec<(char, &'static Role, Doc)>,
    period: Option<Period>,
    closed: Option<Day>,
    adoption: Option<Doc>,
    comment: String,
    risks: Vec<(&'static str, &'static str)>,
    dates: Vec<(&'static str, Day)>,
}

async fn page(portal: Portal, Path(no): Path<String>) -> Result<Response, Failure> {
    let shown = find(&portal, &no).await?;
    let c = shown.of(&portal);
    let about = shown.doc(ABOUT).cloned();
    let is_major = c.body.major == Some(true);
    let page = CasePage {
        frame: frame(&portal, shown.title(), &[("重大行政决策案卷", CASES)]),
        number: shown.row.number.clone(),
        tag: tag(&c),
        is_major,
        section: about.as_ref().map(|d| d.section.clone()).unwrap_or_default(),
        year: c.body.year.map_or(shown.row.year, i64::from),
        summary: about.map(|d| d.summary).unwrap_or_default(),
        steps: if is_major { rail::steps(&c) } else { vec![] },
        docs: shown.docs.iter().map(|(role, doc)| (yin(role), *role, doc.clone())).collect(),
        period: open_until(&c).and_then(|until| period(&c, until)),
        closed: closed_on(&c),
        adoption: shown.doc(super::model::ADOPTION).cloned(),
        comment: format!("{}/comment", shown.href()),
        risks: risks(&c.body),
        dates: dates(&c),
    };
    html(&page)
}

fn yin(role: &Role) -> char {
    match role.name {
        super::model::DRAFT => '稿',
        super::model::TEXT => '决',
        super::model::READING => '读',
        super::model::ADOPTION => '纳',
        super::model::EXPERTS => '论',
        super::model::ABOUT => '事',
        _ => '说',
    }
}

fn period(c: &C, until: Day) -> Option<Period> {
    let from = c.clock(&COMMENT)?.event;
    let days = |day: Day| u32::try_from((day.start().0 - from.start().0) / DAY).unwrap_or(0);
    let (total, used) = (days(until), days(c.today()).saturating_sub(1));
    let least = least(c.moment.law, from)?;
    let why = match until < least.on {
        true => format!(
            "{}：征求意见一般不少于{}日。这次缩短了，理由见“缩短征求意见期限的说明”。",
            least.cite, least.amount
        ),
        false => format!("{}：征求意见一般不少于{}日。", least.cite, least.amount),
    };
    let days = Days { unit: Unit::Day, total: total.max(1), used, state: DaysState::Running, last: until };
    Some(Period { until, days, why })
}

/// The eight dimensions with the level given last.
pub fn risks(body: &Decision) -> Vec<(&'static str, &'static str)> {
    let level = |d: &Dimension| body.risks.iter().rev().find(|r| r.dimension == Some(*d)).and_then(|r| r.level);
    let zh = |l: Option<Level>| l.map_or("未评估", |l| l.choice().zh);
    let all = Dimension::ALL.iter().map(|d| (d.choice().zh, zh(level(d))));
    if body.risks.is_empty() { vec![] } else { all.collect() }
}

fn dates(c: &C) -> Vec<(&'static str, Day)> {
    let did = |name| c.did(name).map(|e| e.at.day());
    let all = [
        ("认定", did("major").or(did("ordinary"))),
        ("开始征求意见", c.clock(&COMMENT).map(|r| r.event)),
        ("征求意见截止", c.clock(&COMMENT).and_then(|r| r.until)),
        ("送合法性审查", did("send")),
        ("集体讨论", c.body.discussed),
        ("公布", did("publish")),
        ("终止", did("stop").or(did("reject"))),
    ];
    all.into_iter().filter_map(|(zh, day)| Some((zh, day?))).collect()
}

#[derive(Template)]
#[template(path = "decision/process.html")]
struct Process {
    frame: Frame,
    chart: Html,
}

async fn process(portal: Portal) -> Result<Response, Failure> {
    let frame = frame(&portal, "重大行政决策办理流程", &[("重大行政决策案卷", CASES)]);
    html(&Process { frame, chart: chart::chart(&KIND) })
}
