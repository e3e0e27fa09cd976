//! 分办：giving a case to a person or a section, handing it over, taking it back, returning it; who works beside.

use super::rules::{self, Crew, Deed, Hand, How, Role};
use super::store::{self as hands, New};
use crate::account::desk::Desk;
use crate::account::store::Secret;
use crate::account::{self, Duty, Me};
use crate::edge::{Failure, html_as, see};
use crate::matter::AnyKind;
use crate::matter::note::desk as notes;
use crate::matter::note::store::{self as note, Sort};
use crate::matter::store::{self, Loaded};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::response::Response;
use kernel::{Day, Instant, Refusal};
use std::collections::HashMap;

/// A section in the choice of to whom a case is given.
const SECTION: &str = "section:";

/// A hand as the page lists it.
struct Line {
    id: String,
    name: String,
    role: &'static str,
    by: String,
    at: Instant,
    until: Option<Day>,
    /// What became of it; empty while it holds.
    ended: String,
    may_end: bool,
}

#[derive(Template)]
#[template(path = "matter/hand.html")]
struct Page {
    frame: DeskFrame,
    back: String,
    number: String,
    version: i64,
    now: Vec<Line>,
    past: Vec<Line>,
    /// To whom it can be given by this person.
    to: Vec<Choice>,
    /// Where there is a handler, it is handed over.
    has_handler: bool,
    may_join: bool,
    may_take_back: bool,
    may_return: bool,
    is_over: bool,
    form: Posted,
    once: String,
}

/// What the page and its form look at.
struct On {
    on: Loaded,
    crew: Crew,
    all: Vec<Hand>,
    holding: Vec<Hand>,
    needs: Vec<Duty>,
    is_over: bool,
}

async fn load(desk: &Desk, kind: &dyn AnyKind, id: &str) -> Result<On, Error> {
    let on = store::load(desk.read(), &desk.app.sealer, kind, &desk.body.id, id).await?;
    let all = hands::past(desk.read(), id).await?;
    let holding = sorted(all.iter().filter(|h| h.holds(desk.now.day())).cloned().collect());
    let needs = kind.sketches().into_iter().flat_map(|s| s.duties).collect();
    let is_over = kind.state(&on.row.state).end;
    Ok(On { on, crew: hands::crew(desk).await?, all, holding, needs, is_over })
}

fn sorted(mut hands: Vec<Hand>) -> Vec<Hand> {
    hands.sort_by_key(|h| h.role != Role::Handler);
    hands
}

pub async fn page(desk: Desk, kind: &'static dyn AnyKind, id: String) -> Result<Response, Failure> {
    let it = load(&desk, kind, &id).await?;
    show(&desk, kind, &it, Posted::default(), vec![]).await
}

async fn show(
    desk: &Desk,
    kind: &dyn AnyKind,
    it: &On,
    form: Posted,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (list, me) = (format!("/desk/{}", kind.name()), &desk.me);
    let (status, frame) = desk.form("承办", &list, errors);
    let may = |deed: Deed<'_>| !it.is_over && rules::may(deed, &it.holding, me, &it.crew).is_ok();
    let ids: Vec<String> = it.all.iter().map(|h| h.given_by.clone()).collect();
    let names: HashMap<String, String> = account::store::names(desk.read(), &ids).await?.into_iter().collect();
    let line = |h: &Hand| Line {
        id: h.id.clone(),
        name: it.crew.name(h),
        role: h.role.zh(),
        by: names.get(&h.given_by).cloned().unwrap_or_default(),
        at: h.given_at,
        until: h.until,
        ended: ended(h, desk.now.day()),
        may_end: h.role == Role::Second && may(Deed::End(h)),
    };
    let over = it.all.iter().rev().filter(|h| !h.holds(desk.now.day()));
    let page = Page {
        back: format!("{list}/{}", it.on.row.id),
        number: it.on.row.number.clone(),
        version: it.on.row.version,
        now: it.holding.iter().map(line).collect(),
        past: over.map(line).collect(),
        to: if it.is_over { vec![] } else { choices(it, me) },
        has_handler: rules::handler(&it.holding).is_some(),
        may_join: may(Deed::Join),
        may_take_back: may(Deed::TakeBack),
        may_return: may(Deed::Return),
        is_over: it.is_over,
        form,
        once: Secret::random().0,
        frame,
    };
    html_as(status, &page)
}

fn ended(hand: &Hand, today: Day) -> String {
    match (hand.ended, hand.until) {
        (Some((at, how)), _) => format!("{}{}", at.day().zh(), how.zh()),
        (None, Some(until)) if until < today => format!("{}到期", until.zh()),
        _ => String::new(),
    }
}

/// Those who may be given it: everybody with a duty that the kind needs, and the sections; only oneself for who may
/// only take it up.
fn choices(it: &On, me: &Me) -> Vec<Choice> {
    let may = |to: Option<&str>| rules::may(Deed::Assign(to), &it.holding, me, &it.crew).is_ok();
    let fits = |p: &&Me| rules::fits(p, &it.needs, &it.holding, "to").is_empty() && may(Some(&p.id));
    let person = |p: &Me| Choice::new(&p.id, format!("{}（{}）", p.name, p.section_name));
    let section =
        |(id, name): &(String, String)| Choice::new(format!("{SECTION}{id}"), format!("{name}（科室内再分）"));
    let people = it.crew.people.iter().filter(fits).map(person);
    let sections = it.crew.sections.iter().filter(|_| may(None)).map(section);
    people.chain(sections).collect()
}

/// What was decided, owned: the act may run again.
#[derive(Clone)]
enum Order {
    Give(New),
    End(Hand, How),
}

pub async fn send(desk: Desk, kind: &'static dyn AnyKind, id: String, form: Posted) -> Result<Response, Failure> {
    let it = load(&desk, kind, &id).await?;
    let seen = form.number("version")?;
    let (order, sort, field) = match ordered(&desk, &it, &form) {
        Ok(order) => order,
        Err(why) => return show(&desk, kind, &it, form, why).await,
    };
    let text = form.text(field).trim().to_owned();
    let mut why: Vec<Refusal> = notes::faults(&text).into_iter().map(|r| r.at(field)).collect();
    if sort == Sort::Return && text.is_empty() {
        why.push(Refusal::new("reason", "请写明退回的理由，分办的同事要看。").at(field));
    }
    if !why.is_empty() {
        notes::note_secret(&desk, &it.on, &why).await?;
        return show(&desk, kind, &it, form, why).await;
    }
    let (row, holding, sealer) = (it.on.row.clone(), it.holding.clone(), desk.app.sealer.clone());
    let (who, step) = (desk.me.id.clone(), it.on.case.past.len());
    let token = notes::token(&desk, form.get("once"));
    let work = async move |act: &mut Act| {
        act.bump(&row, seen).await?;
        match &order {
            Order::Give(new) => hands::give(act, &row.id, &holding, new).await?,
            Order::End(hand, how) => hands::end(act, &row.id, hand, *how).await?,
        }
        if text.is_empty() {
            return Ok(());
        }
        let (matter, who, text, token) = (row.id.clone(), who.clone(), text.clone(), token.clone());
        note::write(act, &sealer, &note::New { matter, step, sort, who, text, files: vec![], token }).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see(&format!("/desk/{}/{id}/hand?said=hand", kind.name()))),
        Err(Error::Conflict) => {
            let why = Refusal::new("moved", "这件刚被别人办理过。请看现在由谁承办，再提交。");
            let it = load(&desk, kind, &id).await?;
            show(&desk, kind, &it, form, vec![why]).await
        }
        Err(e) => Err(e.into()),
    }
}

/// What the form asks for, with the sort and the field of the words that go with it.
fn ordered(desk: &Desk, it: &On, form: &Posted) -> Result<(Order, Sort, &'static str), Vec<Refusal>> {
    if it.is_over {
        return Err(vec![Refusal::new("over", "这一件已经办结，不再分办。")]);
    }
    let may = |deed| rules::may(deed, &it.holding, &desk.me, &it.crew).map_err(|r| vec![r]);
    let handler = || rules::handler(&it.holding).cloned().ok_or_else(Vec::new);
    match form.get("do") {
        "join" => {
            may(Deed::Join)?;
            Ok((Order::Give(joined(desk, it, form)?), Sort::Note, ""))
        }
        "end" => {
            let hand = it.holding.iter().find(|h| h.id == form.get("hand") && h.role == Role::Second);
            let hand = hand.ok_or_else(|| vec![Refusal::new("gone", "这位同事已经不在协办。")])?;
            may(Deed::End(hand))?;
            Ok((Order::End(hand.clone(), How::Ended), Sort::Note, ""))
        }
        "take-back" => {
            may(Deed::TakeBack)?;
            Ok((Order::End(handler()?, How::TakenBack), Sort::TakeBack, "why"))
        }
        "return" => {
            may(Deed::Return)?;
            Ok((Order::End(handler()?, How::Returned), Sort::Return, "reason"))
        }
        _ => Ok((Order::Give(assigned(desk, it, form)?), Sort::Assign, "words")),
    }
}

fn assigned(desk: &Desk, it: &On, form: &Posted) -> Result<New, Vec<Refusal>> {
    let (to, by) = (form.get("to"), desk.me.id.clone());
    let lacks = || vec![Refusal::new("to", "请选择由谁承办。").at("to")];
    let (section, staff) = match to.strip_prefix(SECTION) {
        Some(section) => {
            let found = it.crew.sections.iter().find(|(id, _)| id == section).ok_or_else(lacks)?;
            (found.0.clone(), String::new())
        }
        None => {
            let person = it.crew.people.iter().find(|p| p.id == to).ok_or_else(lacks)?;
            let why = rules::fits(person, &it.needs, &it.holding, "to");
            if !why.is_empty() {
                return Err(why);
            }
            (person.section.clone(), person.id.clone())
        }
    };
    let deed = Deed::Assign(Some(staff.as_str()).filter(|staff| !staff.is_empty()));
    rules::may(deed, &it.holding, &desk.me, &it.crew).map_err(|r| vec![r.at("to")])?;
    Ok(New { role: Role::Handler, section, staff, until: None, by })
}

fn joined(desk: &Desk, it: &On, form: &Posted) -> Result<New, Vec<Refusal>> {
    let (until, today) = (form.get("until"), desk.now.day());
    let last = Day::parse(until);
    let mut why = vec![];
    if !until.is_empty() && last.is_none_or(|last| last < today) {
        why.push(Refusal::new("until", "截止日要写成 2026-12-01 这样，不早于今天。不定期的不填。").at("until"));
    }
    let person = it.crew.people.iter().find(|p| p.id == form.get("second"));
    match person {
        Some(p) => why.extend(rules::fits(p, &it.needs, &it.holding, "second")),
        None => why.push(Refusal::new("second", "请选择由谁协办或者代办。").at("second")),
    }
    let Some(p) = person.filter(|_| why.is_empty()) else { return Err(why) };
    let (section, staff) = (p.section.clone(), p.id.clone());
    Ok(New { role: Role::Second, section, staff, until: last, by: desk.me.id.clone() })
}
