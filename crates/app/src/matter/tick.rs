//! What a step does to the clocks. A clock waits by itself, from the states of parts; an end stops all.

use super::case::{Matter, Moment, Running, row as row_of, rows};
use super::field::{Field, State};
use super::kind::{Clock, From, Move, Tick};
use crate::rule::model::{Happened, Happening};
use kernel::{Day, Instant};
use law::{State as Standing, Wording};
use serde_json::Value;

/// The clocks of a case after a move.
pub fn tick<B>(
    clocks: &[&'static Clock],
    m: &Matter,
    v: &Move<B>,
    body: &Value,
    row: Option<u32>,
    to: State,
    at: Moment,
) -> Vec<Running> {
    let mut all = m.clocks.clone();
    let part = v.on.part();
    let day = |field: Field| -> Option<Day> {
        let of_row = part.filter(|p| p.of == field.of).and_then(|p| row_of(body, &p, row));
        Day::parse(of_row.unwrap_or(body)[field.name].as_str()?)
    };
    let when = |from: From| match from {
        From::Today => at.today(),
        From::On(field) => day(field).unwrap_or(at.today()),
    };
    for tick in v.clocks {
        let clock = tick.clock();
        let row = clock.per.and(row);
        let last = all.iter_mut().rev().find(|r| r.clock == clock.name && r.row == row);
        let open = last.filter(|r| r.runs() || r.held);
        match (*tick, open) {
            (Tick::Start(_, from), None) => {
                let before = all.iter().rev().find(|r| r.clock == clock.name && r.row == row).map_or(0, |r| r.round);
                all.push(Running { round: before + 1, ..Running::new(clock, row, when(from)) });
            }
            (Tick::Until(_, field), None) => {
                all.push(Running { until: day(field), ..Running::new(clock, row, at.today()) });
            }
            (Tick::Extend(_), Some(r)) => r.note(at.now, Happening::Extend { approved: true, told: true }),
            (Tick::Stop(_, from), Some(r)) => r.stop(clock, when(from), at),
            (Tick::Hold(_, cause), Some(r)) if restarts(r.wording(clock, at), cause, at.today()) => {
                r.stop(clock, at.today(), at);
                r.held = true;
            }
            (Tick::Again(_, cause, from), Some(r)) if r.held => {
                r.held = false;
                let again = r.again(clock, cause, when(from));
                all.push(again);
            }
            _ => {}
        }
    }
    for r in all.iter_mut().filter(|r| r.runs() || r.held) {
        let Some(clock) = clocks.iter().find(|c| c.name == r.clock) else { continue };
        r.wait(clock, body, at);
        if to.end {
            r.stop(clock, at.today(), at);
        }
    }
    all
}

/// Whether the term counts anew for a cause, as the wording has it on a day.
fn restarts(wording: Option<&Wording>, cause: &str, day: Day) -> bool {
    wording.is_some_and(|w| {
        let known = w.restarts_on.iter().find(|r| r.cause == cause);
        known.is_some_and(|r| r.from.is_none_or(|from| from <= day) && r.until.is_none_or(|until| day <= until))
    })
}

impl Running {
    fn note(&mut self, at: Instant, what: Happening) {
        self.happened.push(Happened { at: at.0, what });
    }

    fn wording(&self, clock: &Clock, at: Moment) -> Option<&'static Wording> {
        at.law.clause(clock.clause?)?.on(self.event)
    }

    /// Done on a day, not after now. Whether it was in time is found now and stays so. A held clock is held no more.
    fn stop(&mut self, clock: &Clock, on: Day, at: Moment) {
        self.held = false;
        if self.stopped.is_some() {
            return;
        }
        let end = if on < at.today() { on.start() } else { at.now };
        let in_time = |in_time| Happened { at: end.0, what: Happening::Close { in_time } };
        let mut closed = self.clone();
        closed.happened.push(in_time(false));
        let met = closed.told(clock, at, |c| c.state == Standing::Met).unwrap_or(true);
        self.happened.push(in_time(met));
        self.stopped = Some(on.min(at.today()));
    }

    /// The next round: the same event, so the same wording, counted anew for a cause.
    fn again(&self, clock: &Clock, cause: &str, from: Day) -> Running {
        let what = Happening::Restart { cause: cause.into() };
        let happened = vec![Happened { at: from.start().0, what }];
        Running { round: self.round + 1, happened, ..Running::new(clock, self.row, self.event) }
    }

    /// Suspends or resumes, as the rows of the case now stand.
    fn wait(&mut self, clock: &Clock, body: &Value, at: Moment) {
        if !self.runs() || clock.waits.is_empty() {
            return;
        }
        let known = self.wording(clock, at).map_or(&[][..], |w| &w.suspended_by);
        let waits = |(part, state, cause): &&(_, State, &'static str)| {
            known.iter().any(|k| k == cause) && rows(body, part).iter().any(|r| r["state"] == state.name)
        };
        match (self.waits(), clock.waits.iter().find(waits)) {
            (false, Some((.., cause))) => self.note(at.now, Happening::Suspend { cause: (*cause).into() }),
            (true, None) => self.note(at.now, Happening::Resume),
            _ => {}
        }
    }
}
