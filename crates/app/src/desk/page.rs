//! The inbox as a page.

use super::ends;
use super::first::{self, First};
use super::rules::{self, Near};
use super::work::{self, Entry};
use crate::account::desk::Desk;
use crate::account::{Duty, Lent, Me, lent};
use crate::catalogue::{obligation, watch};
use crate::check;
use crate::edge::{Failure, html};
use crate::intake;
use crate::matter::work as matters;
use crate::notice;
use crate::outlet;
use crate::record::draft as drafts;
use crate::record::hiding;
use crate::record::model::State;
use crate::record::store::Loaded;
use crate::record::waiting;
use crate::rule;
use crate::submission;
use crate::ui::{DeskFrame, Link};
use ::store::Error;
use askama::Template;
use axum::http::HeaderMap;
use axum::response::Response;

/// Obligations that the inbox shows at once; the page of obligations has them all.
const OWED: usize = 10;

struct Group {
    near: Near,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "desk/inbox.html")]
struct Inbox {
    frame: DeskFrame,
    says: String,
    today: String,
    /// Duties lent to and by this person, now.
    stands_in: Vec<String>,
    /// Indicators of the inspection that are breached or soon will be.
    alarms: Vec<watch::Line>,
    /// One's own, and what colleagues of the section have.
    tabs: Vec<Link>,
    here: &'static str,
    groups: Vec<Group>,
    /// Obligations beyond those shown.
    more: usize,
    may_write: bool,
    /// For somebody who has never submitted anything.
    first: Option<First>,
}

/// The view of what colleagues of the section have.
const SECTION: &str = "/desk?of=section";

pub async fn inbox(desk: Desk, headers: HeaderMap) -> Result<Response, Failure> {
    let (law, today) = (desk.law(), desk.now.day());
    let crew = work::crew(&desk).await?;
    let (of_section, others): (Vec<_>, Vec<_>) =
        matters::waiting(&desk).await?.into_iter().partition(matters::Waiting::is_of_section);
    let tabs = vec![Link::new("等我办的", "/desk"), Link::new(format!("本科室的 {}", of_section.len()), SECTION)];
    let shows_section = desk.asked("of") == "section";
    let (mut entries, mut more) = (vec![], 0);
    if shows_section {
        entries.extend(of_section.into_iter().map(|w| work::matter(law, w, "看进度", "", today)));
    } else {
        let own = others.into_iter().filter_map(|w| Some((w.verb_for(&desk)?, w)));
        entries.extend(own.map(|(verb, w)| work::matter(law, w, verb, "", today)));
        entries.extend(mine(&desk, &crew).await?);
        let mut owed = owed(&desk).await?;
        more = owed.len().saturating_sub(OWED);
        owed.truncate(OWED);
        entries.extend(owed);
    }
    let oversees = rules::oversees(&desk.me) && !shows_section;
    html(&Inbox {
        frame: desk.frame("待办", "/desk"),
        says: says(&mut entries),
        today: format!("{} {}", today.zh(), today.zh_weekday()),
        stands_in: stands_in(&desk, &crew),
        alarms: if oversees { watch::worst(&desk).await? } else { vec![] },
        tabs,
        here: if shows_section { SECTION } else { "/desk" },
        groups: grouped(entries),
        more,
        may_write: desk.me.has(Duty::Draft),
        first: first::task(&desk, &headers).await?,
    })
}

/// Everything but matters and obligations that waits for this person.
async fn mine(desk: &Desk, crew: &[Me]) -> Result<Vec<Entry>, Error> {
    let (law, today, mut entries) = (desk.law(), desk.now.day(), vec![]);
    let left = lent::left_to(desk.read(), &desk.me.id).await?;
    for on in work::open_records(desk).await? {
        if let Some(verb) = verb(desk, &on, crew, &left).await? {
            entries.push(work::record(desk, law, &on, crew, verb).await?);
        }
    }
    if [Duty::Draft, Duty::Publication].iter().any(|d| desk.me.has(*d)) {
        let waiting = submission::inbox(desk.read(), law, &desk.body.id, desk.now).await?;
        entries.extend(waiting.into_iter().map(|w| work::correction(law, w, "", today)));
        let handed = intake::handover::waiting(desk).await?;
        entries.extend(handed.into_iter().map(|line| work::handover(line, law, today)));
    }
    if desk.me.has(Duty::Publication) {
        entries.extend(outlet::pressing(desk).await?.into_iter().map(work::copies));
    }
    entries.extend(notice::pressing(desk).await?.map(work::notices));
    if desk.me.has(Duty::Approval) {
        let proposed = rule::store::waiting(desk.read()).await?;
        let others = proposed.iter().filter(|row| row.made_by != desk.me.id);
        entries.extend(others.map(|row| work::version(law, row)));
    }
    entries.extend(check::overruled(desk).await?.into_iter().map(work::overruled));
    entries.extend(ends::ending(desk).await?);
    entries.extend(ends::on_show(desk).await?);
    entries.extend(regrounded(desk).await?);
    entries.extend(intake::superior::waiting(desk).await?.into_iter().map(work::superior));
    let unsigned = intake::backfill::waiting(desk).await?.into_iter();
    entries.extend(unsigned.map(|(listed, until)| work::backfill(listed, until, law, today)));
    Ok(entries)
}

/// 休假代办: whom the person stands in for, and who stands in for them.
fn stands_in(desk: &Desk, crew: &[Me]) -> Vec<String> {
    let last = |lent: &Lent| lent.until.day().plus(-1).zh();
    let told = |l: &Lent| format!("您正在代{}办理{}，到 {}为止。", l.name, l.duty.zh(), last(l));
    let own = desk.me.lent.iter().map(told);
    let others = crew.iter().flat_map(|p| p.lent.iter().filter(|l| l.of == desk.me.id).map(move |l| (p, l)));
    let by = |(p, l): (&Me, &Lent)| format!("您的{}由{}代办，到 {}为止。", l.duty.zh(), p.name, last(l));
    own.chain(others.map(by)).collect()
}

fn grouped(entries: Vec<Entry>) -> Vec<Group> {
    let order = [Near::Late, Near::Today, Near::Soon, Near::Later, Near::Paused, Near::Free];
    let mut groups: Vec<Group> = order.into_iter().map(|near| Group { near, entries: vec![] }).collect();
    for entry in entries {
        if let Some(group) = groups.iter_mut().find(|g| g.near == entry.near) {
            group.entries.push(entry);
        }
    }
    groups.retain(|g| !g.entries.is_empty());
    groups
}

/// The nearest first. The title is a sentence with a number.
fn says(entries: &mut [Entry]) -> String {
    entries.sort_by_key(|e| (e.near, e.last));
    let first = entries.iter().filter(|e| e.near <= Near::Today).count();
    match (first, entries.iter().find(|e| e.near < Near::Paused).and_then(|e| e.last)) {
        (0, _) if entries.is_empty() => "没有等您办的事".into(),
        (0, Some(next)) => format!("今天没有到期的事，下一件 {} 到期", next.zh()),
        (0, None) => format!("有 {} 件等您办", entries.len()),
        (n, _) => format!("今天先办这 {n} 件"),
    }
}

/// What this person can do for the record now; a supervisor sees all that wait for anybody. What nobody can take is
/// shown to its authors and to whoever oversees, so that nothing is stuck unseen.
async fn verb(desk: &Desk, on: &Loaded, crew: &[Me], left: &[String]) -> Result<Option<&'static str>, Error> {
    if let Some(hidden) = &on.hidden
        && on.state() == State::Hidden
    {
        return Ok(hiding::turn(hidden, &desk.me, desk.now.day()));
    }
    let draft = drafts::my_draft(desk.read(), &on.row.id, &desk.me.id).await?;
    let authors = on.revision.as_ref().map_or(&[][..], |r| &r.authors);
    // Who took over answers for what was returned; reviewing is barred to authors alone, and the rule says so.
    let answers = authors.iter().any(|a| *a == desk.me.id || left.contains(a));
    let watches = desk.me.has(Duty::Supervision) && on.revision.is_some();
    let late = on.row.publish_at.is_some_and(|at| at <= desk.now.0) && desk.me.has(Duty::Publication);
    let waits = on.waits_for();
    if let Some(step) = waits.filter(|step| draft.is_none() && !waiting::may_take(on, *step, &desk.me)) {
        let stuck = waiting::names(on, step, crew).is_empty() && (answers || rules::oversees(&desk.me));
        return Ok(late.then_some("看原因").or((stuck || watches).then_some("看进度")));
    }
    let is_author = if waits.is_some() { authors.contains(&desk.me.id) } else { answers };
    let verb = rules::verb(on.state(), &desk.me, is_author, draft.is_some());
    Ok(verb.or(late.then_some("看原因")).or(watches.then_some("看进度")))
}

/// What has to be decided on again: the section's own for who drafts, all for who oversees.
async fn regrounded(desk: &Desk) -> Result<Vec<Entry>, Error> {
    let all = rules::oversees(&desk.me);
    if !all && !desk.me.has(Duty::Draft) {
        return Ok(vec![]);
    }
    let found = crate::record::fallen::all(desk).await?.into_iter();
    let mine = found.filter(|(row, ..)| all || row.section == desk.me.section);
    Ok(mine.map(|(row, title, moved)| work::regrounded(&row, title, moved)).collect())
}

/// The obligations that press on this person, the worst first.
async fn owed(desk: &Desk) -> Result<Vec<Entry>, Error> {
    if !rules::oversees(&desk.me) && !desk.me.has(Duty::Draft) {
        return Ok(vec![]);
    }
    let (law, today) = (desk.law(), desk.now.day());
    let (lines, _) = obligation::lines(desk, "").await?;
    let reminded = obligation::reminders(desk.read(), &desk.body.id, today).await?;
    let mine = lines.iter().filter(|line| line.standing.presses());
    let entry = |line: &_, verb| work::obligation(law, line, reminded.get(&line.entry.code), verb, today);
    Ok(mine.filter_map(|line| Some(entry(line, rules::owes(&desk.me, &line.entry.owner)?))).collect())
}
