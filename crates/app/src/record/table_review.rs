//! 成批审查：many rows of a kind on one page. Each row is opened on the page and ticked; one signature writes a review per
//! row, each bound to that row's digest (一事一审). One act a row: a row that is refused leaves the others standing, and no
//! act is long.

use super::decide::Decision;
use super::kind::{Kind, Step};
use super::model::{Typed, Verdict};
use super::verdict;
use super::waiting::{self, Waiting};
use super::{brief, mask, review, show};
use crate::account::again;
use crate::account::desk::{Desk, Route, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{self, DeskFrame, Html, Link};
use ::store::Error;
use askama::Template;
use axum::response::Response;
use kernel::{Hash, Refusal};
use std::collections::BTreeMap;

const HERE: &str = "/desk/review/table";
/// Rows on a page.
const ROWS: usize = 100;

pub fn routes() -> Vec<Route> {
    vec![get(HERE, review::REVIEW, page), post(HERE, review::REVIEW, sign)]
}

/// A row: the whole paper stands folded in it.
struct Row {
    id: String,
    title: String,
    brief: [String; 2],
    sheet: Html,
    files: Vec<String>,
    /// `id:digest`, what a tick sends; empty where the row wants a page of its own.
    tick: String,
    ticked: bool,
}

#[derive(Template)]
#[template(path = "record/table.html")]
struct Page {
    frame: DeskFrame,
    /// Kinds and steps in which something waits, with their numbers.
    groups: Vec<Link>,
    here: String,
    kind: &'static str,
    kind_word: &'static str,
    step: Option<Step>,
    rows: Vec<Row>,
    /// Rows beyond those shown.
    more: usize,
    typed: Typed,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

fn address(kind: &Kind, step: Step) -> String {
    ui::href(HERE, &[("kind", kind.name), ("step", step.word())])
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let (kind, step) = (Kind::parse(&desk.asked("kind")), Step::parse(&desk.asked("step")));
    show(&desk, kind.zip(step), &Posted::default(), vec![]).await
}

async fn show(
    desk: &Desk,
    asked: Option<(&'static Kind, Step)>,
    form: &Posted,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let waiting = waiting::mine(desk).await?;
    let mut counts: BTreeMap<(&str, Step), (&'static Kind, usize)> = BTreeMap::new();
    for w in &waiting {
        counts.entry((w.on.kind.name, w.step)).or_insert((w.on.kind, 0)).1 += 1;
    }
    let most = counts.iter().max_by_key(|(_, (_, n))| *n).map(|((_, step), (kind, _))| (*kind, *step));
    let chosen = asked.or(most);
    let of = |w: &&Waiting| chosen.is_some_and(|(kind, step)| w.on.kind == kind && w.step == step);
    let group = |((_, step), (kind, n)): (&(&str, Step), &(&'static Kind, usize))| {
        Link::new(format!("{}　{} {n} 件", kind.zh, step.zh()), address(kind, *step))
    };
    let mut rows = vec![];
    for w in waiting.iter().filter(of).take(ROWS) {
        rows.push(row(desk, w, form).await?);
    }
    let (status, frame) = desk.form("成批审查", HERE, errors);
    let page = Page {
        frame,
        groups: counts.iter().map(group).collect(),
        here: chosen.map(|(kind, step)| address(kind, step)).unwrap_or_default(),
        kind: chosen.map_or("", |(kind, _)| kind.zh),
        kind_word: chosen.map_or("", |(kind, _)| kind.name),
        step: chosen.map(|(_, step)| step),
        more: waiting.iter().filter(of).count().saturating_sub(ROWS),
        rows,
        typed: verdict::typed(form),
    };
    html_as(status, &page)
}

/// Why a row is decided on its own page: a tick is too little where something was found, or is to be withheld.
fn by_itself(w: &Waiting) -> Option<Refusal> {
    let says = match &w.on.revision {
        _ if w.on.findings.iter().any(|f| f.is_open()) => "机检发现还没有处理，请打开这一件单独审查。",
        Some(revision) if verdict::is_open(revision) => return None,
        _ => "不主动公开的件，请打开单独审查。",
    };
    Some(Refusal::new("by-itself", says))
}

async fn row(desk: &Desk, w: &Waiting, form: &Posted) -> Result<Row, Error> {
    let revision = w.on.revision.as_ref().ok_or(Error::NotFound)?;
    let names = super::desk::names(desk, &w.on).await?;
    let persons = mask::persons(&revision.paper, &super::draft::to_typed(revision), &desk.law().scanner);
    let (paper, _) = mask::masked(&revision.paper, persons);
    let red_head = w.on.kind.red_head.then_some(desk.body.name.as_str());
    let files = format!("/desk/record/{}/file", w.on.row.id);
    let tick = if by_itself(w).is_none() { format!("{}:{}", w.on.row.id, revision.hash) } else { String::new() };
    Ok(Row {
        id: w.on.row.id.clone(),
        brief: brief::brief(&w.on, &brief::made(&w.on, &names), &names),
        sheet: show::sheet(red_head, &revision.late.number, &paper.title, &paper.body, &files),
        files: w.on.files.iter().map(|f| f.name.clone()).collect(),
        ticked: form.all("row").any(|t| t == tick),
        title: paper.title,
        tick,
    })
}

/// Every ticked row in an act of its own. What was refused is listed and stays ticked; the rest is done.
async fn sign(mut desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (Some(kind), Some(step)) = (Kind::parse(form.get("kind")), Step::parse(form.get("step"))) else {
        return Err(Failure::bad(""));
    };
    let mut why = faults(&form, step);
    why.extend(again::prove(&mut desk, &form).await?);
    if !why.is_empty() {
        return show(&desk, Some((kind, step)), &form, why).await;
    }
    let waiting = waiting::mine(&desk).await?;
    let mut refused = vec![];
    for (record, seen) in form.all("row").filter_map(ticked) {
        let row = waiting.iter().find(|w| w.on.row.id == record);
        let why = match row.and_then(by_itself) {
            Some(refusal) => vec![refusal],
            None => pass(&desk, record, step, seen, &form).await?,
        };
        let title = row.map_or_else(|| "已不在列表里的一件".into(), |w| w.on.title());
        refused.extend(why.into_iter().map(|r| named(r, &title)));
    }
    match refused.is_empty() {
        true => Ok(see(&format!("{}&said=table-done", address(kind, step)))),
        false => show(&desk, Some((kind, step)), &form, refused).await,
    }
}

/// One row's review; why it was not written, where it was refused.
async fn pass(desk: &Desk, record: &str, step: Step, seen: Hash, form: &Posted) -> Result<Vec<Refusal>, Error> {
    let answers = verdict::answers(form, step).unwrap_or_default();
    let opinion = form.get("opinion").to_owned();
    match review::take(desk, record, Decision { step, verdict: Verdict::Pass, seen, answers, opinion }).await {
        Ok(_) => Ok(vec![]),
        Err(Error::Refused(why)) => Ok(why),
        Err(Error::Conflict | Error::NotFound) => {
            Ok(vec![Refusal::new("moved", "刚刚被别人审过或者改过，没有写审查记录。")])
        }
        Err(e) => Err(e),
    }
}

fn ticked(row: &str) -> Option<(&str, Hash)> {
    let (record, hash) = row.split_once(':')?;
    Some((record, Hash::parse(hash)?))
}

fn named(mut refusal: Refusal, title: &str) -> Refusal {
    refusal.says = format!("“{title}”：{}", refusal.says);
    refusal.field = None;
    refusal
}

fn faults(form: &Posted, step: Step) -> Vec<Refusal> {
    let mut why = vec![];
    if form.all("row").filter_map(ticked).next().is_none() {
        why.push(Refusal::new("nothing-ticked", "请勾选看过并且同意公开的件。").at("rows"));
    }
    match verdict::answers(form, step) {
        Err(refusal) => why.push(refusal),
        Ok(answers) if answers.values().any(|a| a == "yes") => {
            let says = "有问题答了“是”的件不能成批同意。请取消勾选，打开那一件单独审查。";
            why.push(Refusal::new("doubt", says).cite("《政府信息公开条例》第十七条").at("questions"));
        }
        Ok(_) => {}
    }
    if form.get("opinion").chars().count() > verdict::OPINION_MAX {
        let says = format!("意见最多 {} 字。", verdict::OPINION_MAX);
        why.push(Refusal::new("opinion-long", says).at("opinion"));
    }
    why
}
