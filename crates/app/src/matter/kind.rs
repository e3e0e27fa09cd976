//! The table. A kind of matter is a value: states, moves, evidence, clocks, columns. This file says what may stand in
//! it; it names no kind, reads no clock and decides nothing.

use super::case::Case;
use super::field::{Field, Part, Plain, State, Type, state};
use crate::account::Duty;
use crate::record::model::Hold;
use crate::submission::wish::Cause;
use kernel::Refusal;

/// Who makes a move: staff with a duty, the holder of the tracking code, a clock that has run out, or a step on another
/// case, which brings this one about in the same act.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    Duty(Duty),
    Holder,
    Clock(&'static Clock),
    Kin,
}

/// A period set by law. It waits, by itself, while any row of a part is in a given state.
#[derive(Debug)]
pub struct Clock {
    pub name: &'static str,
    pub zh: &'static str,
    /// The clause of the law that gives the term; `None` where a person sets the last day ([`Tick::Until`]).
    pub clause: Option<&'static str>,
    /// The article, for what is told of a clock without a clause.
    pub cite: &'static str,
    /// One clock for each row of this part, instead of one for the case.
    pub per: Option<Part>,
    /// While a row of this part is in this state, for this cause; only causes that the wording in force knows count.
    pub waits: &'static [(Part, State, &'static str)],
}

impl Clock {
    pub const BLANK: Clock = Clock { name: "", zh: "", clause: None, cite: "", per: None, waits: &[] };
}

/// By its name, which a kind has once.
impl PartialEq for Clock {
    fn eq(&self, other: &Clock) -> bool {
        self.name == other.name
    }
}
impl Eq for Clock {}

/// A day: today, or the one written in a field.
#[derive(Clone, Copy, Debug)]
pub enum From {
    Today,
    On(Field),
}

/// What a move does to a clock.
#[derive(Clone, Copy, Debug)]
pub enum Tick {
    /// Counts from this day, which also chooses the wording for good.
    Start(&'static Clock, From),
    /// From today to the day written in this field.
    Until(&'static Clock, Field),
    /// Longer by what the wording allows.
    Extend(&'static Clock),
    /// Done on this day.
    Stop(&'static Clock, From),
    /// Stops until [`Tick::Again`], if the wording lets the term count anew for this cause; otherwise it runs on.
    Hold(&'static Clock, &'static str),
    /// Counts anew from this day, for this cause, if it was held.
    Again(&'static Clock, &'static str, From),
}

impl Tick {
    pub fn clock(&self) -> &'static Clock {
        match self {
            Tick::Start(c, _) | Tick::Until(c, _) | Tick::Extend(c) | Tick::Stop(c, _) => c,
            Tick::Hold(c, _) | Tick::Again(c, ..) => c,
        }
    }

    /// The field that a day comes from.
    pub fn field(&self) -> Option<Field> {
        match self {
            Tick::Start(_, From::On(f)) | Tick::Stop(_, From::On(f)) | Tick::Again(_, _, From::On(f)) => Some(*f),
            Tick::Until(_, f) => Some(*f),
            _ => None,
        }
    }
}

/// Work that may run beside other work. A move demands it; the rail shows it; nobody schedules it.
pub struct Evidence<B: 'static> {
    pub name: &'static str,
    pub zh: &'static str,
    pub cite: &'static str,
    /// The moves that bring it about.
    pub through: &'static [&'static str],
    pub applies: fn(&Case<B>) -> bool,
    /// Every reason why it is not there yet.
    pub lacks: fn(&Case<B>) -> Vec<Refusal>,
}

/// A field that a move asks, and when it must be filled in.
pub struct Ask<B: 'static> {
    pub field: Field,
    pub need: fn(&Case<B>) -> bool,
}

pub const fn must<B>(field: Field) -> Ask<B> {
    Ask { field, need: |_| true }
}

pub const fn may<B>(field: Field) -> Ask<B> {
    Ask { field, need: |_| false }
}

pub const fn when<B>(field: Field, need: fn(&Case<B>) -> bool) -> Ask<B> {
    Ask { field, need }
}

/// Where a move leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To {
    Stay,
    State(State),
}

/// What a move is made on: the case, a new row of a part, or a row in one of these states, which then is in another.
#[derive(Clone, Copy, Debug)]
pub enum On {
    Case,
    Add(Part, State),
    Row(Part, &'static [State], State),
}

impl On {
    pub fn part(self) -> Option<Part> {
        match self {
            On::Case => None,
            On::Add(part, _) | On::Row(part, ..) => Some(part),
        }
    }
}

/// A line of the table. The first that leads out of a state by a duty is the main one there.
pub struct Move<B: 'static> {
    pub name: &'static str,
    pub zh: &'static str,
    /// One sentence above the form: what follows from it.
    pub says: &'static str,
    pub cite: &'static str,
    pub by: &'static [By],
    pub from: &'static [State],
    pub to: To,
    pub on: On,
    /// What the holder is told of it, or whoever commented where the case has no holder: if they wish it.
    pub tells: Option<Cause>,
    /// A decision, signed: it wants a proof of who one is that is not older than a quarter of an hour.
    pub decides: bool,
    /// It touches other cases too: its form stands in the kind's own slice, as that of a birth does.
    pub apart: bool,
    pub asks: &'static [Ask<B>],
    pub needs: &'static [&'static Evidence<B>],
    pub clocks: &'static [Tick],
    /// May it be made at all? Looks at the case as it is; decides whether the button is live.
    pub guard: fn(&Case<B>) -> Vec<Refusal>,
    /// Is what was filled in acceptable? Looks at the case as it would be.
    pub check: fn(&Case<B>) -> Vec<Refusal>,
    /// What follows from it in the body without being asked.
    pub then: fn(&mut Case<B>),
}

impl<B> Move<B> {
    #[rustfmt::skip]
    pub const BLANK: Move<B> = Move {
        name: "", zh: "", says: "", cite: "", by: &[], from: &[], to: To::Stay, on: On::Case, decides: false,
        tells: None, apart: false, asks: &[], needs: &[], clocks: &[],
        guard: |_| vec![], check: |_| vec![], then: |_| (),
    };

    /// The state it leads to, where it leaves the one it is made in.
    pub fn target(&self) -> Option<State> {
        match self.to {
            To::Stay => None,
            To::State(state) => Some(state),
        }
    }

    pub fn duties(&self) -> impl Iterator<Item = Duty> {
        self.by.iter().filter_map(|by| if let By::Duty(duty) = by { Some(*duty) } else { None })
    }
}

/// A computed column of the report row.
pub struct Column<B: 'static> {
    pub name: &'static str,
    pub label: &'static str,
    pub ty: Type,
    pub value: fn(&Case<B>) -> Option<Plain>,
}

/// Before there is a case, or a row. Its birth is a move from here, like any other.
pub const NEW: State = state("new", "新建");

/// A kind of matter.
pub struct Kind<B: 'static> {
    /// The word of the glossary: folder, address, table.
    pub name: &'static str,
    pub zh: &'static str,
    /// One character, for the inbox.
    pub yin: &'static str,
    /// The states in which a single case has a page for anyone. None: only statistics, and the holder's own view.
    pub public: &'static [State],
    pub states: &'static [State],
    pub clocks: &'static [&'static Clock],
    pub moves: &'static [Move<B>],
    /// Pages of the kind's own beside a case: the label, the last part of the address, who may open it.
    pub pages: &'static [(&'static str, &'static str, &'static [Duty])],
    /// Every typed field is a column already.
    pub columns: &'static [Column<B>],
    /// What holds back the record that a case names for a role. It rests on the case alone, not on the day: it is
    /// written with every step.
    pub holds: fn(&Case<B>, &str) -> Option<Hold>,
}
