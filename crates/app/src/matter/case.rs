//! The case: what is known of one matter, and what the rules may look at. Plain data, already loaded.

use super::field::{Part, Row, State};
use super::kind::{Clock, NEW};
use crate::rule::model::{Happened, Happening};
use crate::rule::rules;
use kernel::{Day, Instant};
use law::Law;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A matter as it is stored: what the engine needs, nothing of its kind.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Matter {
    pub state: String,
    pub body: Value,
    pub past: Vec<Entry>,
    pub clocks: Vec<Running>,
    /// The records that it names, each for a role.
    pub papers: Vec<Paper>,
    /// Comments that the public sent about it and that nobody has sorted.
    #[serde(skip)]
    pub unsorted: u32,
}

/// A record that a case names.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Paper {
    pub role: String,
    pub record: String,
    /// Of the revision submitted last.
    #[serde(skip)]
    pub title: String,
    /// Of the revision submitted last; empty before there is one.
    #[serde(skip)]
    pub hash: String,
    /// The day of the version that anyone can read now.
    #[serde(skip)]
    pub public: Option<Day>,
    /// Whether that version is the revision submitted last.
    #[serde(skip)]
    pub is_newest: bool,
}

/// A step that was made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// Of the sending that made it: a repetition finds it again.
    pub token: String,
    pub name: String,
    pub row: Option<u32>,
    pub to: String,
    /// The id of staff, `holder` or `clock`.
    pub who: String,
    #[serde(with = "millis")]
    pub at: Instant,
}

/// A moment as JSON: epoch milliseconds.
mod millis {
    use kernel::Instant;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(at: &Instant, to: S) -> Result<S::Ok, S::Error> {
        at.0.serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Instant, D::Error> {
        i64::deserialize(from).map(Instant)
    }
}

/// A clock that runs or has run in a case. What it is worth is computed by the law, never kept here.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Running {
    pub clock: String,
    pub row: Option<u32>,
    /// From 1; one more each time the term is started again, or counts anew after it was held.
    pub round: u32,
    /// The day that chooses the wording, and from which the term counts.
    pub event: Day,
    /// What happened to it, its closing last.
    pub happened: Vec<Happened>,
    /// The last day, where a person sets it.
    pub until: Option<Day>,
    pub stopped: Option<Day>,
    /// Stopped until it counts anew.
    pub held: bool,
}

/// The law in force and the moment, which every rule is told.
#[derive(Clone, Copy)]
pub struct Moment {
    pub law: &'static Law,
    pub now: Instant,
    /// Whether the settings name every office that an adverse paper must name.
    pub offices: bool,
}

impl Moment {
    pub fn today(self) -> Day {
        self.now.day()
    }
}

impl Running {
    pub fn new(clock: &Clock, row: Option<u32>, event: Day) -> Running {
        let clock = clock.name.to_owned();
        let (happened, until, stopped) = (vec![], None, None);
        Running { clock, row, round: 1, event, happened, until, stopped, held: false }
    }

    /// The clock as the law has it; `None` without a clause, and where the law had no such rule on the day.
    pub fn told<T>(&self, clock: &Clock, at: Moment, of: impl FnOnce(law::Clock<'_>) -> T) -> Option<T> {
        let facts: Vec<law::Fact> = self.happened.iter().map(Happened::fact).collect();
        rules::clock(at.law, clock.clause?, self.event.start(), &facts, at.now).map(of)
    }

    /// The last day; `None` while it waits, and where there is no number.
    pub fn due(&self, clock: &Clock, at: Moment) -> Option<Day> {
        self.until.or_else(|| self.told(clock, at, |c| c.due.map(|due| due.on)).flatten())
    }

    /// The article of the wording that binds.
    pub fn cite(&self, clock: &Clock, law: &'static Law) -> &'static str {
        let clause = clock.clause.and_then(|id| law.clause(id));
        clause.and_then(|c| c.on(self.event)).map_or(clock.cite, |w| w.cite.as_str())
    }

    /// Its last day went by before anything stopped it.
    pub fn ran_out(&self, clock: &Clock, at: Moment) -> bool {
        self.due(clock, at).is_some_and(|due| self.stopped.unwrap_or(at.today()) > due)
    }

    pub fn runs(&self) -> bool {
        self.stopped.is_none()
    }

    pub fn is_extended(&self) -> bool {
        self.happened.iter().any(|h| matches!(h.what, Happening::Extend { .. }))
    }

    /// Whether it stands still for a cause now.
    pub fn waits(&self) -> bool {
        let last = self.happened.iter().rev().find(|h| matches!(h.what, Happening::Suspend { .. } | Happening::Resume));
        self.runs() && last.is_some_and(|h| matches!(h.what, Happening::Suspend { .. }))
    }
}

impl Matter {
    /// Before its birth.
    pub fn new() -> Matter {
        Matter { state: NEW.name.into(), body: json!({}), past: vec![], clocks: vec![], papers: vec![], unsorted: 0 }
    }
}

impl Default for Matter {
    fn default() -> Matter {
        Matter::new()
    }
}

/// The rows of a part.
pub fn rows<'v>(body: &'v Value, part: &Part) -> &'v [Value] {
    body[part.name].as_array().map_or(&[], Vec::as_slice)
}

/// The row with this number.
pub fn row<'v>(body: &'v Value, part: &Part, no: Option<u32>) -> Option<&'v Value> {
    rows(body, part).iter().find(|r| r["no"].as_u64() == no.map(u64::from))
}

/// What the rules may look at, with the person and the moment.
pub struct Case<'a, B> {
    pub body: B,
    pub json: Value,
    pub at: &'a Matter,
    pub who: &'a str,
    pub moment: Moment,
    /// The row that the move is made on.
    pub row: Option<u32>,
}

impl<B> Case<'_, B> {
    /// The last step of this name.
    pub fn did(&self, name: &str) -> Option<&Entry> {
        self.at.past.iter().rev().find(|e| e.name == name)
    }

    /// The record named for a role.
    pub fn paper(&self, role: &str) -> Option<&Paper> {
        self.at.papers.iter().find(|p| p.role == role)
    }

    /// Since when anyone can read the record named for a role.
    pub fn public(&self, role: &str) -> Option<Day> {
        self.paper(role)?.public
    }

    pub fn is_in(&self, state: State) -> bool {
        self.at.state == state.name
    }

    /// The newest of this clock; of this row's, where each row has one.
    pub fn clock(&self, clock: &Clock) -> Option<&Running> {
        self.at.clocks.iter().rev().find(|r| r.clock == clock.name && (clock.per.is_none() || r.row == self.row))
    }

    /// The period was started, and its last day went by before anything stopped it.
    pub fn ran_out(&self, clock: &Clock) -> bool {
        self.clock(clock).is_some_and(|r| r.ran_out(clock, self.moment))
    }

    /// The row that the move is made on.
    pub fn this<'r, P>(&self, rows: &'r [Row<P>]) -> Option<&'r P> {
        rows.iter().find(|r| Some(r.no) == self.row).map(|r| &r.is)
    }

    pub fn today(&self) -> Day {
        self.moment.today()
    }
}
