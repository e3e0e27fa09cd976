//! The desk pages that every kind has: their routes, and the case (unsealed, and journalled). The list stands in
//! `list.rs`, a move's form in `form.rs`.

use super::any::{AnyKind, Sketch};
use super::case::Moment;
use super::form;
use super::hand::{desk as hand, store as hands};
use super::list;
use super::note::desk as notes;
use super::out::{self, Form};
use super::store::{self, Loaded};
use super::views::{Button, RowsSaid, Said};
use super::work;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::{self, Duty};
use crate::edge::{Failure, html};
use crate::posted::Posted;
use crate::submission;
use crate::submission::model::FOLLOW_UP;
use crate::ui::{self, Days, DeskFrame, Link, Step, StepState, Tag, Tone};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Day, Instant};
use std::collections::{BTreeMap, HashMap};
use std::sync::{LazyLock, Mutex};

/// Addresses and duties of a kind's routes, made once: routes live as long as the process.
pub(super) struct Made {
    pub(super) list: &'static str,
    case: &'static str,
    pub(super) csv: &'static str,
    pub(super) xlsx: &'static str,
    pub(super) open: &'static [Duty],
    hand: &'static str,
    notes: &'static str,
    file: &'static str,
    moves: Vec<(&'static str, &'static str, &'static [Duty])>,
}

static MADE: LazyLock<Mutex<BTreeMap<&'static str, &'static Made>>> = LazyLock::new(Mutex::default);

pub(super) fn made(kind: &'static dyn AnyKind) -> &'static Made {
    let mut all = MADE.lock().expect("no panic under this lock");
    all.entry(kind.name()).or_insert_with(|| {
        let text = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
        let duties = |duties: Vec<Duty>| -> &'static [Duty] { Box::leak(duties.into_boxed_slice()) };
        let sketches = kind.sketches();
        let base = format!("/desk/{}", kind.name());
        let mut open: Vec<Duty> = sketches.iter().flat_map(|s| s.duties.iter().copied()).collect();
        open.sort_unstable();
        open.dedup();
        let staff = sketches.into_iter().filter(|s| !s.births && !s.apart && !s.duties.is_empty());
        let moves = staff.map(|s| (s.name, text(format!("{base}/{{id}}/{}", s.name)), duties(s.duties))).collect();
        Box::leak(Box::new(Made {
            list: text(base.clone()),
            csv: text(format!("{base}/list.csv")),
            xlsx: text(format!("{base}/list.xlsx")),
            case: text(format!("{base}/{{id}}")),
            open: duties(open),
            hand: text(format!("{base}/{{id}}/hand")),
            notes: text(format!("{base}/{{id}}/notes")),
            file: text(format!("{base}/{{id}}/notes/{{file}}")),
            moves,
        }))
    })
}

/// The routes of a kind: a list, a case, and a form for each move of staff, with the duties of that very move. Births,
/// and moves that touch other cases too, have forms of their own in the kind's slice.
pub fn routes(kind: &'static dyn AnyKind) -> Vec<Route> {
    let made = made(kind);
    let mut all = vec![
        get(made.list, Who::Duty(Duty::LOOK), move |desk: Desk| list::page(desk, kind)),
        get(made.case, Who::Duty(made.open), move |desk: Desk, Path(id): Path<String>| case(desk, kind, id)),
    ];
    for (path, form) in [(made.csv, Form::Csv), (made.xlsx, Form::Xlsx)] {
        all.push(get(path, Who::Duty(Duty::LOOK), move |desk: Desk| out::file(desk, kind, made.open, form)));
    }
    let open = Who::Duty(made.open);
    all.push(get(made.hand, open, move |desk: Desk, Path(id): Path<String>| hand::page(desk, kind, id)));
    let give = move |desk: Desk, Path(id): Path<String>, posted: Posted| hand::send(desk, kind, id, posted);
    all.push(post(made.hand, open, give));
    all.push(get(made.notes, open, move |desk: Desk, Path(id): Path<String>| notes::page(desk, kind, id)));
    let note = move |desk: Desk, Path(id): Path<String>, posted: Posted| notes::send(desk, kind, id, posted);
    all.push(post(made.notes, open, note));
    let file = move |desk: Desk, Path((id, file)): Path<(String, String)>| notes::open(desk, kind, id, file);
    all.push(get(made.file, open, file));
    for (name, path, duties) in &made.moves {
        let (name, who) = (*name, Who::Duty(duties));
        all.push(get(path, who, move |desk: Desk, Path(id): Path<String>| form::page(desk, kind, id, name)));
        let send = move |desk: Desk, Path(id): Path<String>, posted: Posted| form::send(desk, kind, id, name, posted);
        all.push(post(path, who, send));
    }
    all
}

/// A move as a button of the page.
pub struct Press {
    pub zh: &'static str,
    pub href: String,
    pub is_main: bool,
    /// Why not; empty where it may be pressed.
    pub why: Vec<String>,
}

/// A part of a case with what can be done for each row.
struct PartShown {
    label: &'static str,
    rows: Vec<(u32, &'static str, Vec<Said>, Vec<Press>)>,
}

/// What somebody sent, unsealed.
struct Sent {
    label: String,
    at: Instant,
    /// `None` once erased.
    lines: Option<Vec<(String, String)>>,
}

struct ClockShown {
    zh: &'static str,
    cite: &'static str,
    days: Option<Days>,
    until: Option<Day>,
}

struct Event {
    at: Instant,
    zh: &'static str,
    who: String,
}

#[derive(Template)]
#[template(path = "matter/case.html")]
struct CasePage {
    frame: DeskFrame,
    list: &'static str,
    zh: &'static str,
    number: String,
    tag: Tag,
    stuck: String,
    presses: Vec<Press>,
    clocks: Vec<ClockShown>,
    why: Vec<(&'static str, Vec<String>)>,
    sent: Vec<Sent>,
    fields: Vec<Said>,
    parts: Vec<PartShown>,
    steps: Vec<Step>,
    events: Vec<Event>,
    pages: Vec<Link>,
    /// Who works on it, each with what they are to it.
    hands: Vec<(&'static str, String)>,
    notes: Vec<notes::Shown>,
    here: String,
    is_erased: bool,
}

async fn case(desk: Desk, kind: &'static dyn AnyKind, id: String) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, kind, &desk.body.id, &id).await?;
    note_opening(&desk, &on).await?;
    let at = work::moment(&desk);
    let inbox = kind.inbox(&on.case, at);
    let crew = hands::crew(&desk).await?;
    let mut holding = hands::holding(desk.read(), std::slice::from_ref(&id), at.today()).await?;
    let holding = holding.remove(&id).unwrap_or_default();
    let buttons = kind.buttons(&on.case, &work::doer(&desk, &on.case), at);
    let main = inbox.as_ref().map_or("", |i| i.next);
    let press = |b: &Button| press(kind, &on.row.id, b, main);
    let of_part = |label: &str, no: u32| -> Vec<Press> {
        buttons.iter().filter(|b| b.part == Some(label) && b.row == Some(no)).map(press).collect()
    };
    let shown = |(label, rows): (&'static str, RowsSaid)| PartShown {
        label,
        rows: rows.into_iter().map(|(no, zh, said)| (no, zh, said, of_part(label, no))).collect(),
    };
    let state = kind.state(&on.row.state);
    let may = |duties: &[Duty]| duties.iter().any(|duty| desk.me.has(*duty));
    let page = |(label, last, _): &(&str, &str, _)| Link::new(*label, format!("/desk/{}/{id}/{last}", kind.name()));
    html(&CasePage {
        frame: desk.frame(on.row.number.clone(), made(kind).list),
        list: made(kind).list,
        zh: kind.zh(),
        number: on.row.number.clone(),
        tag: Tag::new(state.zh, if state.end { Tone::Done } else { Tone::Info }),
        stuck: inbox.map(|i| work::stuck(&i, &holding, &crew)).unwrap_or_default(),
        presses: buttons.iter().filter(|b| b.part.is_none()).map(press).collect(),
        clocks: clocks(kind, &on, at),
        why: kind.explain(&on.case, at),
        sent: sent(&desk, kind, &on).await?,
        fields: kind.fields(&on.case),
        parts: kind.parts(&on.case).into_iter().filter(|(_, rows)| !rows.is_empty()).map(shown).collect(),
        steps: steps(kind, &on, at),
        events: events(&desk, kind, &on).await?,
        pages: kind.pages().iter().filter(|(.., duties)| may(duties)).map(page).collect(),
        hands: holding.iter().map(|h| (h.role.zh(), crew.name(h))).collect(),
        notes: notes::shown(&desk, kind, &on).await?,
        here: format!("/desk/{}/{id}", kind.name()),
        is_erased: on.is_erased(),
    })
}

/// Journals before anything is shown: nobody reads a case without a line that says so.
async fn note_opening(desk: &Desk, on: &Loaded) -> Result<(), Failure> {
    let about = on.about();
    let work = async move |act: &mut Act| {
        act.journal("open-matter", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(())
}

fn press(kind: &dyn AnyKind, id: &str, b: &Button, main: &str) -> Press {
    let row = b.row.map_or(String::new(), |no| no.to_string());
    let href = ui::href(&format!("/desk/{}/{id}/{}", kind.name(), b.name), &[("row", &row)]);
    let told = |r: &kernel::Refusal| format!("{}{}", r.says, cited(r.cite));
    Press { zh: b.zh, href, is_main: b.name == main, why: b.blocked.iter().map(told).collect() }
}

fn cited(cite: &str) -> String {
    if cite.is_empty() { String::new() } else { format!("（{cite}）") }
}

fn clocks(kind: &dyn AnyKind, on: &Loaded, at: Moment) -> Vec<ClockShown> {
    let shown = |(told, _): &(super::views::Told, Option<u32>)| ClockShown {
        zh: told.zh,
        cite: told.cite,
        days: work::days(told, at.today()),
        until: told.due,
    };
    kind.clocks_of(&on.case, at).iter().map(shown).collect()
}

/// The submissions of the case: those its fields name, and what came too late to change anything.
async fn sent(desk: &Desk, kind: &dyn AnyKind, on: &Loaded) -> Result<Vec<Sent>, Error> {
    let mut named: Vec<(String, String)> =
        kind.sealed(&on.case).into_iter().map(|(label, id)| (label.to_owned(), id)).collect();
    let about = submission::store::about_it(desk.read(), &desk.body.id, &on.about()).await?;
    // Comments come in crowds, and have a page of their own.
    for row in about.into_iter().filter(|row| row.kind == FOLLOW_UP) {
        if !named.iter().any(|(_, id)| *id == row.id) {
            named.push(("没有赶上的来件".into(), row.id));
        }
    }
    let mut all = vec![];
    for (label, id) in named {
        let row = submission::store::any(desk.read(), &desk.body.id, &id).await?;
        all.push(Sent { label, at: row.received(), lines: row.words(&desk.app.sealer)?.map(|w| w.lines) });
    }
    Ok(all)
}

/// The rail in the words of the page.
pub fn steps(kind: &dyn AnyKind, on: &Loaded, at: Moment) -> Vec<Step> {
    use super::views::Progress;
    let step = |stop: super::views::Stop| {
        let (state, day) = match stop.is {
            Progress::Done(day) => (StepState::Done, day),
            Progress::Now => (StepState::Now, None),
            Progress::Ahead => (StepState::Ahead, None),
            Progress::NotApplicable => (StepState::Skipped, None),
        };
        let when = day.map(Day::zh).unwrap_or_default();
        Step { title: stop.zh.into(), state, when, says: String::new() }
    };
    kind.rail(&on.case, at).into_iter().map(step).collect()
}

async fn events(desk: &Desk, kind: &dyn AnyKind, on: &Loaded) -> Result<Vec<Event>, Error> {
    let ids: Vec<String> = on.case.past.iter().map(|e| e.who.clone()).collect();
    let names: HashMap<String, String> = account::store::names(desk.read(), &ids).await?.into_iter().collect();
    let sketches: Vec<Sketch> = kind.sketches();
    let event = |e: &super::case::Entry| Event {
        at: e.at,
        zh: sketches.iter().find(|s| s.name == e.name).map_or("", |s| s.zh),
        who: match e.who.as_str() {
            "holder" => "申请人".into(),
            "clock" => "期限届满".into(),
            id => names.get(id).cloned().unwrap_or_default(),
        },
    };
    Ok(on.case.past.iter().rev().map(event).collect())
}
