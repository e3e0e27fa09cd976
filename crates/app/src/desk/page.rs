//! The inbox as a page.

use super::rules::{self, Near};
use crate::account::Duty;
use crate::account::desk::Desk;
use crate::edge::{Failure, html};
use crate::record::draft as drafts;
use crate::record::model::State;
use crate::record::store::{self, Loaded, Which};
use crate::submission;
use crate::ui::{Days, DeskFrame};
use ::store::Error;
use askama::Template;
use axum::response::Response;
use kernel::{Day, Instant};
use law::Law;

/// An office that has more open at once has other worries; the list of records shows the rest.
const MOST: u64 = 200;

pub struct Entry {
    near: Near,
    last: Option<Day>,
    yin: &'static str,
    href: String,
    title: String,
    number: String,
    basis: String,
    days: Option<Days>,
    stuck: String,
    verb: &'static str,
}

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
    groups: Vec<Group>,
    may_write: bool,
}

pub async fn inbox(desk: Desk) -> Result<Response, Failure> {
    let mut entries = vec![];
    for row in store::some(desk.read(), &desk.body.id, Which::Open, None, MOST).await? {
        entries.extend(record_entry(&desk, store::loaded(desk.read(), row).await?).await?);
    }
    if [Duty::Draft, Duty::Publication].iter().any(|d| desk.me.has(*d)) {
        let waiting = submission::inbox(desk.read(), &desk.body.id, desk.now).await?;
        entries.extend(waiting.into_iter().map(|w| correction_entry(w, desk.now.day())));
    }
    entries.sort_by_key(|e| (e.near, e.last));
    let today = desk.now.day();
    let says = says(&entries);
    let order = [Near::Late, Near::Today, Near::Soon, Near::Later, Near::Free];
    let mut groups: Vec<Group> = order.into_iter().map(|near| Group { near, entries: vec![] }).collect();
    for entry in entries {
        if let Some(group) = groups.iter_mut().find(|g| g.near == entry.near) {
            group.entries.push(entry);
        }
    }
    groups.retain(|g| !g.entries.is_empty());
    let may_write = desk.me.has(Duty::Draft);
    let today = format!("{} {}", today.zh(), today.zh_weekday());
    html(&Inbox { frame: desk.frame("待办", "/desk"), says, today, groups, may_write })
}

/// The title is a sentence with a number.
fn says(entries: &[Entry]) -> String {
    let first = entries.iter().filter(|e| e.near <= Near::Today).count();
    match (first, entries.iter().find(|e| e.near < Near::Free).and_then(|e| e.last)) {
        (0, _) if entries.is_empty() => "没有等您办的事".into(),
        (0, Some(next)) => format!("今天没有到期的事，下一件 {} 到期", next.zh()),
        (0, None) => format!("有 {} 件等您办", entries.len()),
        (n, _) => format!("今天先办这 {n} 件"),
    }
}

/// The record, if it waits for this person; a supervisor sees all that wait for anybody.
async fn record_entry(desk: &Desk, on: Loaded) -> Result<Option<Entry>, Error> {
    let draft = drafts::my_draft(desk.read(), &on.row.id, &desk.me.id).await?;
    let is_author = on.revision.as_ref().is_some_and(|r| r.authors.contains(&desk.me.id));
    let state = on.state();
    let watches = desk.me.has(Duty::Supervision) && on.revision.is_some();
    let verb = rules::verb(state, &desk.me, is_author, draft.is_some());
    let Some(verb) = verb.or(watches.then_some("看进度")) else { return Ok(None) };
    let mut title = on.title();
    if let Some(mine) = draft.filter(|_| title.is_empty()) {
        title = drafts::typed_of(&mine)?.remove("title").unwrap_or_default();
    }
    let law = Law::built_in();
    let formed = on.revision.as_ref().and_then(|r| r.paper.fields.formed).filter(|_| on.row.published == 0);
    let due = formed.and_then(|day| Some((day, law::due(law.clause("OGI-ACTIVE")?, day, &law.calendar)?)));
    let today = desk.now.day();
    let term = |d: &law::Due| format!("{} · {}", d.cite, d.unit.zh(d.amount));
    Ok(Some(Entry {
        near: rules::near(due.as_ref().map(|(_, d)| d), today),
        last: due.as_ref().map(|(_, d)| d.on),
        yin: "件",
        href: format!("/desk/record/{}", on.row.id),
        title: if title.trim().is_empty() { "（还没有标题）".into() } else { title },
        number: on.row.index_no.clone().unwrap_or_default(),
        basis: due.as_ref().map_or_else(|| "没有填形成日期，不计时限".into(), |(_, d)| term(d)),
        days: due.as_ref().map(|(day, d)| rules::days(d, *day, today)),
        stuck: stuck(&on, state, today),
        verb,
    }))
}

fn correction_entry(waiting: submission::Waiting, today: Day) -> Entry {
    let law = Law::built_in();
    let received = waiting.received.day();
    let due = law.clause("PLEDGE-LETTER").and_then(|c| law::due(c, received, &law.calendar));
    let href = format!("/desk/correction/{}", waiting.id);
    Entry {
        near: rules::near(due.as_ref(), today),
        last: due.as_ref().map(|d| d.on),
        yin: "正",
        title: format!("更正申请：{}", if waiting.about.is_empty() { "没有指明页面" } else { &waiting.about }),
        number: String::new(),
        basis: due.as_ref().map_or_else(String::new, |d| format!("本局承诺 · {}", d.unit.zh(d.amount))),
        days: due.as_ref().map(|d| rules::days(d, received, today)),
        stuck: waiting.state.zh().into(),
        verb: "办理",
        href,
    }
}

fn stuck(on: &Loaded, state: State, today: Day) -> String {
    let open = on.findings.iter().filter(|f| f.is_open()).count();
    match (state, on.row.publish_at) {
        (State::Passed, Some(at)) if Instant(at).day() < today => "到了定时没有公开，请看原因".into(),
        (State::Passed, Some(at)) => format!("定于 {} 公开", Instant(at)),
        (State::Passed, None) if open > 0 => format!("机检还有 {open} 项未处理"),
        (state, _) => state.zh(),
    }
}
