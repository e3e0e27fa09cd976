//! Finding cases at the desk: by number, state, section, year, and how near the term is, all of them facts with an
//! index;
//! and by the words of staff, which no index holds: they are unsealed a stretch at a time, newest first, in an act that
//! says so.

use super::AnyKind;
use super::case::Moment;
use super::table::{matter, matter_hand};
use super::views::Told;
use crate::account::desk::Desk;
use ::store::Error;
use kernel::Day;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// How near the last day of an open case is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Near {
    Late,
    Today,
    Three,
    Later,
    Paused,
}

impl Near {
    pub const ALL: [Near; 5] = [Near::Late, Near::Today, Near::Three, Near::Later, Near::Paused];

    pub fn word(self) -> &'static str {
        match self {
            Near::Late => "late",
            Near::Today => "today",
            Near::Three => "3",
            Near::Later => "later",
            Near::Paused => "paused",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Near::Late => "已逾期",
            Near::Today => "今天到期",
            Near::Three => "3 个工作日内",
            Near::Later => "之后",
            Near::Paused => "暂停计时",
        }
    }

    /// Of the clock that ends first; `None` where none runs.
    pub fn of(told: &Told, at: Moment) -> Option<Near> {
        let today = at.today();
        match told.due {
            _ if told.waits => Some(Near::Paused),
            None => None,
            Some(due) if due < today => Some(Near::Late),
            Some(due) if due == today => Some(Near::Today),
            Some(due) if at.law.calendar.working_between(today, due) <= 3 => Some(Near::Three),
            Some(_) => Some(Near::Later),
        }
    }
}

/// What is asked for; nothing asked is everything.
#[derive(Clone, Default, Debug)]
pub struct Asked {
    pub closed: bool,
    pub number: String,
    pub state: String,
    /// The id of a section that has it.
    pub section: String,
    pub year: Option<i16>,
    pub near: Option<Near>,
}

impl Asked {
    /// From the address: `?show=closed&number=18&state=open&section=…&year=2026&near=late`. What it does not
    /// know, it does not ask.
    pub fn of(desk: &Desk, kind: &dyn AnyKind) -> Asked {
        let near = desk.asked("near");
        let state = desk.asked("state");
        Asked {
            closed: desk.asked("show") == "closed",
            number: desk.asked("number").trim().chars().take(40).collect(),
            state: if kind.state(&state).name == state { state } else { String::new() },
            section: desk.asked("section"),
            year: desk.asked("year").trim().parse().ok().filter(|year| (2000..=2100).contains(year)),
            near: Near::ALL.into_iter().find(|n| n.word() == near),
        }
    }

    pub fn is_empty(&self) -> bool {
        let words = [&self.number, &self.state, &self.section];
        words.into_iter().all(String::is_empty) && self.year.is_none() && self.near.is_none()
    }

    pub fn near_word(&self) -> &'static str {
        self.near.map_or("", Near::word)
    }

    /// The pairs of its address.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let near = self.near_word().to_owned();
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        vec![
            ("show", if self.closed { "closed".into() } else { String::new() }),
            ("number", self.number.clone()),
            ("state", self.state.clone()),
            ("section", self.section.clone()),
            ("year", year),
            ("near", near),
        ]
    }
}

/// The rows asked for, the newest first, before an id where one is given. `near` is not among what a row knows.
pub async fn rows(
    db: &impl ConnectionTrait,
    kind: &dyn AnyKind,
    body: &str,
    asked: &Asked,
    (before, most): (&str, u64),
) -> Result<Vec<matter::Model>, Error> {
    use matter::Column::{Body, ClosedAt, Id, Kind, Number, OpenedAt, State};
    let mut find = matter::Entity::find().filter(Body.eq(body)).filter(Kind.eq(kind.name()));
    find = if asked.closed { find.filter(ClosedAt.is_not_null()) } else { find.filter(ClosedAt.is_null()) };
    if !asked.number.is_empty() {
        find = find.filter(Number.contains(&asked.number));
    }
    if !asked.state.is_empty() {
        find = find.filter(State.eq(&asked.state));
    }
    if let Some((first, next)) = asked.year.and_then(|y| Some((Day::new(y, 1, 1)?, Day::new(y + 1, 1, 1)?))) {
        find = find.filter(OpenedAt.gte(first.start().0)).filter(OpenedAt.lt(next.start().0));
    }
    if !asked.section.is_empty() {
        let mut hands = Query::select();
        hands.column(matter_hand::Column::Matter).from(matter_hand::Entity);
        hands.and_where(matter_hand::Column::Section.eq(&asked.section));
        hands.and_where(matter_hand::Column::EndedAt.is_null());
        find = find.filter(Id.in_subquery(hands));
    }
    if !before.is_empty() {
        find = find.filter(Id.lt(before));
    }
    Ok(find.order_by_desc(Id).limit(most).all(db).await?)
}
