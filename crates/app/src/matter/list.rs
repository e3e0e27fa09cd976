//! The list of a kind: facts only, with conditions in the address.

use super::AnyKind;
use super::desk::made;
use super::find::{self, Asked, Near};
use super::hand::rules::{self as hands, Crew, Hand};
use super::hand::store as kept;
use super::store;
use super::table::matter;
use super::views::Told;
use super::work;
use crate::account::desk::Desk;
use crate::edge::{Failure, html};
use crate::ui::{self, Choice, Days, DeskFrame, Link, Pager, Tag, Tone};
use askama::Template;
use axum::response::Response;
use kernel::{Day, Instant};

const PAGE: u64 = 50;

/// A line of the list.
struct Line {
    id: String,
    number: String,
    opened: Day,
    tag: Tag,
    /// Who has it; empty where nobody does.
    who: String,
    days: Option<Days>,
    until: Option<Day>,
}

#[derive(Template)]
#[template(path = "matter/list.html")]
struct List {
    frame: DeskFrame,
    kind: &'static str,
    zh: &'static str,
    list: &'static str,
    asked: Asked,
    year: String,
    states: Vec<Choice>,
    sections: Vec<Choice>,
    nears: Vec<Choice>,
    /// Without the conditions; empty where there are none.
    clear: String,
    tabs: Vec<Link>,
    here: String,
    lines: Vec<Line>,
    pager: Pager,
    /// The same cases as files.
    files: Vec<Link>,
    may_open: bool,
    /// The birth that this person may make, in its words; empty where there is none.
    begin: &'static str,
}

pub async fn page(desk: Desk, kind: &'static dyn AnyKind) -> Result<Response, Failure> {
    let (asked, crew) = (Asked::of(&desk, kind), kept::crew(&desk).await?);
    let may_open = made(kind).open.iter().any(|duty| desk.me.has(*duty));
    let (lines, pager) =
        if asked.closed { closed(&desk, kind, &asked).await? } else { open(&desk, kind, &asked, &crew).await? };
    let show = |show: &str| ui::href(made(kind).list, &[("show", show)]);
    let here = show(if asked.closed { "closed" } else { "" });
    let states = kind.chart().0.into_iter().filter(|(name, _)| kind.state(name).end == asked.closed);
    html(&List {
        kind: kind.name(),
        zh: kind.zh(),
        list: made(kind).list,
        year: asked.year.map(|year| year.to_string()).unwrap_or_default(),
        states: states.map(|(name, zh)| Choice::new(name, zh)).collect(),
        sections: crew.sections.iter().map(|(id, name)| Choice::new(id, name)).collect(),
        nears: Near::ALL.into_iter().map(|near| Choice::new(near.word(), near.zh())).collect(),
        clear: if asked.is_empty() { String::new() } else { here.clone() },
        tabs: vec![Link::new("在办", show("")), Link::new("已办结", show("closed"))],
        files: files(kind, &asked, may_open),
        begin: first_move(&desk, kind),
        frame: desk.frame(kind.zh(), made(kind).list),
        here,
        asked,
        lines,
        pager,
        may_open,
    })
}

fn first_move(desk: &Desk, kind: &dyn AnyKind) -> &'static str {
    let mine = |s: &super::any::Sketch| s.births && s.duties.iter().any(|duty| desk.me.has(*duty));
    kind.sketches().iter().find(|s| mine(s)).map_or("", |s| s.zh)
}

fn files(kind: &'static dyn AnyKind, asked: &Asked, may_open: bool) -> Vec<Link> {
    let at = |path: &str, words: &str| {
        let pairs = asked.pairs();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str())).chain([("words", words)]);
        ui::href(path, &pairs.collect::<Vec<_>>())
    };
    let made = made(kind);
    let mut all = vec![Link::new("导出 CSV", at(made.csv, "")), Link::new("导出 XLSX", at(made.xlsx, ""))];
    if may_open {
        all.push(Link::new("导出 XLSX，连同办理情况的文字", at(made.xlsx, "yes")));
    }
    all
}

/// The open cases, the first to end first: as many as an office has at once.
async fn open(
    desk: &Desk,
    kind: &'static dyn AnyKind,
    asked: &Asked,
    crew: &Crew,
) -> Result<(Vec<Line>, Pager), Failure> {
    let at = work::moment(desk);
    let rows = find::rows(desk.read(), kind, &desk.body.id, asked, ("", store::OPEN_MOST)).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let holding = kept::holding(desk.read(), &ids, at.today()).await?;
    let mut lines = vec![];
    for on in store::all(desk.read(), &desk.app.sealer, kind, &desk.body.id, rows).await? {
        let clock = work::nearest(kind, &on.case, at);
        let near = clock.as_ref().and_then(|told| Near::of(told, at));
        if asked.near.is_none() || asked.near == near {
            let hand = holding.get(&on.row.id).and_then(|all| hands::handler(all));
            lines.push(line(kind, on.row, clock, hand.map(|h: &Hand| crew.name(h)), at.today()));
        }
    }
    lines.sort_by_key(|l| (l.until.is_none(), l.until));
    Ok((lines, Pager::default()))
}

/// A page of closed cases, the newest first.
async fn closed(desk: &Desk, kind: &'static dyn AnyKind, asked: &Asked) -> Result<(Vec<Line>, Pager), Failure> {
    let (before, today) = (desk.asked("before"), desk.now.day());
    let mut rows = find::rows(desk.read(), kind, &desk.body.id, asked, (&before, PAGE + 1)).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let next = rows.last().filter(|_| more).map(|row| {
        let pairs = asked.pairs();
        let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str())).chain([("before", row.id.as_str())]);
        ui::href(made(kind).list, &pairs.collect::<Vec<_>>())
    });
    let lines = rows.into_iter().map(|row| line(kind, row, None, None, today)).collect();
    Ok((lines, Pager::keyed(None, next, "最近的在前")))
}

fn line(kind: &dyn AnyKind, row: matter::Model, clock: Option<Told>, who: Option<String>, today: Day) -> Line {
    let state = kind.state(&row.state);
    Line {
        opened: Instant(row.opened_at).day(),
        tag: Tag::new(state.zh, if state.end { Tone::Done } else { Tone::Info }),
        who: who.unwrap_or_default(),
        days: clock.as_ref().and_then(|told| work::days(told, today)),
        until: clock.and_then(|told| told.due),
        number: row.number,
        id: row.id,
    }
}
