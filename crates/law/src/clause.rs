use kernel::Day;
use serde::Deserialize;

/// One clock of the law under one id, through all the wordings it has had.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clause {
    /// Never changes: `OGI-ACTIVE`.
    pub id: String,
    /// Ids under which one of its wordings is listed elsewhere; they find it too, and may find several clauses.
    #[serde(default)]
    pub also: Vec<String>,
    pub name: String,
    pub nature: Nature,
    #[serde(default)]
    pub direction: Direction,
    /// The law's wordings in order of time, not overlapping; likewise those [`Wording::beside`] them.
    #[serde(rename = "wording")]
    pub wordings: Vec<Wording>,
}

/// What a clause said from one day to another.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wording {
    /// First day; the instrument's unless given. Where neither is established (`None`) the wording applies to nothing
    /// until the bureau confirms a day.
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
    /// Whether the day of the event counts as the first; the rule is that it does not (民法典 article 201).
    #[serde(default)]
    pub counts_event_day: bool,
    /// Whether a last day off moves to the next working day, where that differs from what the nature says.
    pub rolls: Option<bool>,
    /// When a request counts as received.
    #[serde(default)]
    pub receipt: ReceiptRule,
    /// What stops the clock: 征求第三方意见, 听证 …
    #[serde(default)]
    pub suspended_by: Vec<String>,
    /// What makes the term count anew.
    #[serde(default)]
    pub restarts_on: Vec<Restart>,
    /// The one extension, if there may be one.
    pub extension: Option<Extension>,
    /// The bureau's own rule beside the law's: of those in force the stricter binds.
    #[serde(default)]
    pub beside: bool,
    /// Borrowed from what binds other bodies: shown for comparison, never counted as lateness.
    #[serde(default)]
    pub analogy: bool,
    /// The rule in our own words.
    pub gist: String,
    pub sure: Sure,
}

/// What makes a term count anew from its day.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Restart {
    /// 补正, 缴费.
    pub cause: String,
    /// The clause that says so where it is another; it must be in force on the day.
    pub clause: Option<String>,
    /// First and last day of that clause; put together when the law is loaded.
    #[serde(skip)]
    pub from: Option<Day>,
    #[serde(skip)]
    pub until: Option<Day>,
}

/// By how much a term may be made longer, once.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Extension {
    /// In the unit of the wording.
    pub amount: u16,
    /// The clause that holds the extension as a clock of its own, with the same amount.
    pub clause: Option<String>,
    /// Who must approve it on or before the due day; empty where nobody need.
    #[serde(default)]
    pub approval: String,
    /// Whether the applicant must be told on or before the due day.
    #[serde(default)]
    pub notice: bool,
}

/// When a request counts as received.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptRule {
    /// When it arrives.
    #[default]
    Arrival,
    /// 政府信息公开条例 (2019) article 31: by channel, for some only when both sides have confirmed.
    Confirmed,
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
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, serde::Serialize)]
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
    /// Whether single days are counted, so that a clock can stop between them.
    pub fn counts_days(self) -> bool {
        matches!(self, Unit::WorkingDays | Unit::CalendarDays)
    }

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
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, serde::Serialize)]
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
    /// The wording that binds on a day: of those in force the stricter, which is the longer for a minimum and the
    /// shorter for everything else. `None` where there was no such rule.
    pub fn on(&self, day: Day) -> Option<&Wording> {
        let mut all = self.all_on(day);
        let first = all.next()?;
        Some(all.fold(first, |a, b| if self.stricter(b, a) { b } else { a }))
    }

    /// Every wording in force on a day, the law's and the bureau's own.
    pub fn all_on(&self, day: Day) -> impl Iterator<Item = &Wording> {
        self.wordings.iter().filter(move |w| w.in_force(day))
    }

    /// By its id or a former one.
    pub(crate) fn is_called(&self, id: &str) -> bool {
        self.id == id || self.also.iter().any(|also| also == id)
    }

    fn stricter(&self, a: &Wording, b: &Wording) -> bool {
        if self.nature == Nature::Minimum { a.amount > b.amount } else { a.amount < b.amount }
    }
}

impl Wording {
    /// Whether it applies to an event of this day.
    pub fn in_force(&self, day: Day) -> bool {
        self.from.is_some_and(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// `20个工作日`.
    pub fn term(&self) -> String {
        self.unit.zh(self.amount)
    }
}

impl Sure {
    /// Whether somebody has read the act, the plan or the pledge itself.
    pub fn was_read(self) -> bool {
        matches!(self, Sure::Text | Sure::Plan | Sure::Pledge)
    }
}
