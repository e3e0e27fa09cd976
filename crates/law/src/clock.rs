//! A clock: a clause, what has happened, and now; from them the state, the days used and left, and the due moment.

use crate::calendar::Calendar;
use crate::clause::{Clause, Direction, Nature, Unit, Wording};
use crate::count::Count;
use crate::due::Due;
use crate::run::Run;
use kernel::{Day, Instant};

/// From when a clock counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Start {
    pub at: Instant,
    /// True where nobody has confirmed the receipt: the clock counts from the submission, to watch over the request,
    /// and is no term of the law.
    pub shadow: bool,
}

/// Something that happened to a running clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fact<'a> {
    pub at: Instant,
    pub what: What<'a>,
}

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What<'a> {
    /// The clock stops for this cause. The day still counts, the days after it do not.
    Suspend(&'a str),
    /// The cause has ended. The day does not count, the days after it do.
    Resume,
    /// The term counts anew from the day after.
    Restart(&'a str),
    /// The term is made longer.
    Extend { approved: bool, told: bool },
    /// Done, by proof of service. A clock once found in time keeps that, however calendars change later.
    Close { found_in_time: bool },
}

/// Where a clock stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Running,
    Suspended,
    /// Done in time.
    Met,
    MetLate,
    Overdue,
    /// A minimum or a span has run its length, or a rule borrowed for comparison has: nobody is late.
    Elapsed,
    /// A minimum was ended too soon.
    Short,
}

/// A fact that the law does not let count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refused<'a> {
    pub fact: Fact<'a>,
    /// In Chinese.
    pub why: String,
}

/// A stretch that does not count: the days after `from`, up to and including `to`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pause<'a> {
    pub from: Day,
    /// `None` while it lasts.
    pub to: Option<Day>,
    pub cause: &'a str,
}

/// A clock as it stands at one moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Clock<'a> {
    pub clause: &'a Clause,
    /// The wording that binds, by the day of the event.
    pub wording: &'a Wording,
    pub state: State,
    pub shadow: bool,
    /// The event that chose the wording.
    pub event: Instant,
    /// From when the term counts: the event, or the last restart.
    pub start: Instant,
    /// Why the term counts anew, if it does.
    pub restart: Option<&'a str>,
    /// `None` while suspended, and where the wording gives no number.
    pub due: Option<Due<'a>>,
    /// Units of the wording with the extension.
    pub term: u16,
    /// Units used: at the end of the day before now, or on the day it was closed. `None` for units that do not count
    /// days and for terms before an event.
    pub used: Option<u16>,
    /// Units left, likewise.
    pub left: Option<u16>,
    /// By how much it is late, the present day or the day of closing included: in working days for a term in working
    /// days, in hours for one in hours, else in days. 0 on a day of rest right after the due day.
    pub over: u16,
    pub closed: Option<Instant>,
    /// By how much it was extended.
    pub extended: Option<u16>,
    pub pauses: Vec<Pause<'a>>,
    pub refused: Vec<Refused<'a>>,
    /// The last day of the term without the extension, for the explanation.
    pub(crate) first_end: Option<Day>,
    /// The day on which the clock was looked at.
    pub(crate) seen: Day,
}

impl Start {
    pub fn known(at: Instant) -> Start {
        Start { at, shadow: false }
    }
}

impl Clock<'_> {
    /// Whether no notice still to come can move the due day.
    pub fn firm(&self) -> bool {
        self.due.is_none_or(|due| due.firm)
    }

    /// The latest possible due day while it is provisional.
    pub fn latest(&self) -> Option<Day> {
        self.due.and_then(|due| due.latest)
    }
}

impl State {
    /// 办理中, 暂停, 按期办结 …
    pub fn zh(self) -> &'static str {
        match self {
            State::Running => "办理中",
            State::Suspended => "暂停",
            State::Met => "按期办结",
            State::MetLate => "逾期办结",
            State::Overdue => "逾期",
            State::Elapsed => "期满",
            State::Short => "未满",
        }
    }
}

/// A clock by the wording that binds on the day of the event. Facts may come in any order; those the law does not let
/// count are named in [`Clock::refused`]. `None` where no wording was in force.
pub fn clock<'a>(
    clause: &'a Clause,
    start: Start,
    facts: &[Fact<'a>],
    now: Instant,
    calendar: &Calendar,
) -> Option<Clock<'a>> {
    let wording = clause.on(start.at.day())?;
    let count = Count { clause, wording, calendar, worst: false };
    let mut facts = facts.to_vec();
    facts.sort_by_key(|fact| fact.at);
    let run = Run::played(count, start.at, &facts, now);
    let mut due = run.due();
    if let Some(due) = due.as_mut().filter(|due| !due.firm) {
        let worst = Run::played(Count { worst: true, ..count }, start.at, &facts, now);
        // The worst case may let a pause count that comes too late in ours.
        due.latest = worst.due_if_resumed().map(|due| due.on);
    }
    let (used, left) = run.used_and_left(now).unzip();
    let state = state(&run, due.as_ref(), now);
    Some(Clock {
        clause,
        wording,
        state,
        shadow: start.shadow,
        event: start.at,
        start: run.start,
        restart: run.restart,
        due,
        term: wording.amount + run.extended.unwrap_or(0),
        used,
        left,
        over: due.map_or(0, |due| over(count, &due, run.closed.map_or(now, |(at, _)| at), state)),
        closed: run.closed.map(|(at, _)| at),
        extended: run.extended,
        first_end: run.first_end(),
        pauses: run.pauses,
        refused: run.refused,
        seen: now.day(),
    })
}

fn state(run: &Run, due: Option<&Due>, now: Instant) -> State {
    let Count { clause, wording, .. } = run.count;
    let minimum = clause.nature == Nature::Minimum && clause.direction == Direction::After;
    let nobody_late = minimum || clause.nature == Nature::Span || wording.analogy;
    match (run.closed, due) {
        (Some((at, false)), Some(due)) if minimum && at.day() < due.on => State::Short,
        (Some((at, false)), Some(due)) if at >= due.before && !minimum && !wording.analogy => State::MetLate,
        (Some(_), _) => State::Met,
        (None, _) if run.paused() => State::Suspended,
        (None, Some(due)) if now >= due.before && nobody_late => State::Elapsed,
        (None, Some(due)) if now >= due.before => State::Overdue,
        (None, _) => State::Running,
    }
}

fn over(count: Count, due: &Due, at: Instant, state: State) -> u16 {
    if !matches!(state, State::Overdue | State::MetLate) {
        return 0;
    }
    let past = match due.unit {
        Unit::Hours => (at.0 - due.before.0) / 3_600_000,
        Unit::WorkingDays => i64::from(count.calendar.working_between(due.on, at.day())),
        _ => i64::from(at.day().0 - due.on.0),
    };
    u16::try_from(past.max(0)).unwrap_or(u16::MAX)
}
