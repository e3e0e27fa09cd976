use crate::instrument::within;
use kernel::Day;
use serde::Deserialize;

/// One clock of the law under one id, through all the wordings it has had.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clause {
    /// Never changes: `OGI-ACTIVE`.
    pub id: String,
    /// Ids under which one of its wordings was once listed; they still find it.
    #[serde(default)]
    pub also: Vec<String>,
    pub name: String,
    pub nature: Nature,
    #[serde(default)]
    pub direction: Direction,
    /// In order of time, not overlapping.
    #[serde(rename = "wording")]
    pub wordings: Vec<Wording>,
}

/// What a clause said from one day to another.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wording {
    /// First day; the instrument's unless given, `None` where neither is established (then it reaches back without
    /// limit).
    pub from: Option<Day>,
    /// Last day; the instrument's unless given, `None` while in force.
    pub until: Option<Day>,
    /// The id of an instrument.
    pub instrument: String,
    /// `第二十六条`; empty where the whole instrument is meant.
    #[serde(default)]
    pub article: String,
    /// `《政府信息公开条例》第二十六条`; put together when the law is loaded.
    #[serde(skip)]
    pub cite: String,
    /// In the unit beside it; 0 means the day of the event itself.
    #[serde(default)]
    pub amount: u16,
    pub unit: Unit,
    /// The event the term counts from (or, for [`Direction::Before`], back from).
    pub counts_from: String,
    /// The rule in our own words.
    pub gist: String,
    pub sure: Sure,
}

/// What the number is, and so whether its last day may move.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// To be done at the latest; a last day off moves to the next working day.
    Deadline,
    /// At least so long; never moves.
    Minimum,
    /// A stretch that simply ends (validity, publicity, an inspection's look-back); never moves.
    Span,
    /// A named day of the year (1月31日前); never moves.
    NamedDate,
}

/// Which way the term counts from its event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    #[default]
    After,
    /// So long before the event: the day found is the last on which it can still be done.
    Before,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Hours,
    WorkingDays,
    CalendarDays,
    Months,
    Years,
    /// 及时: the text gives no number, so there is no due date.
    Promptly,
}

impl Unit {
    /// `20个工作日`, `30日`, `3个月`.
    pub fn zh(self, amount: u16) -> String {
        match self {
            Unit::Hours => format!("{amount}小时"),
            Unit::WorkingDays => format!("{amount}个工作日"),
            Unit::CalendarDays => format!("{amount}日"),
            Unit::Months => format!("{amount}个月"),
            Unit::Years => format!("{amount}年"),
            Unit::Promptly => "及时".to_owned(),
        }
    }
}

/// How a fact about the law is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sure {
    /// The text of the act was read.
    Text,
    /// Seen on a page that reproduces or reports it.
    Page,
    /// Seen in public source code.
    Code,
    /// Known, not seen; high confidence.
    High,
    Med,
    Low,
    /// Read in the bureau's own plan of 2017.
    Plan,
    /// No law at all: what the bureau has promised. Pages say 本局承诺.
    Pledge,
}

impl Clause {
    /// The wording in force on a day; `None` where there was no such rule.
    pub fn on(&self, day: Day) -> Option<&Wording> {
        self.wordings.iter().find(|w| within(day, w.from, w.until))
    }
}
