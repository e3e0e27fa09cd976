//! The strip of days, the same for citizen, clerk and supervisor, and its sentence.

use super::{Html, Tone, until};
use kernel::Day;

/// Longer terms get a cell for a week.
const WEEKS_FROM: u32 = 60;

/// Whether a term counts working days or all days. Never mixed in one sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    Day,
    WorkingDay,
}

impl Unit {
    fn zh(self) -> &'static str {
        match self {
            Unit::Day => "天",
            Unit::WorkingDay => "个工作日",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DaysState {
    Running,
    /// The clock stands still; `used` days were counted before.
    Paused,
    /// It is over; `used` says how long it took.
    Closed,
}

/// The strip of days (期限条), one cell for a day of the term, and the sentence that says the same.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    pub unit: Unit,
    /// The term's length, at least 1.
    pub total: u32,
    /// Days that count and are over before today. While running, today is day `used + 1`; above `total` it is late.
    pub used: u32,
    pub state: DaysState,
    /// The last day of the term.
    pub last: Day,
}

impl Days {
    /// Counted days that remain after today; 0 on the last day and when late.
    pub fn left(&self) -> u32 {
        self.total.saturating_sub(self.used + 1)
    }

    /// Days over the term; 0 while in time.
    pub fn late(&self) -> u32 {
        let reached = if self.state == DaysState::Running { self.used + 1 } else { self.used };
        reached.saturating_sub(self.total)
    }

    pub fn tone(&self) -> Tone {
        match self.state {
            _ if self.late() > 0 => Tone::Late,
            DaysState::Closed => Tone::Done,
            DaysState::Paused => Tone::Near,
            DaysState::Running if self.left() == 0 => Tone::Late,
            DaysState::Running if self.left() <= 3 => Tone::Near,
            DaysState::Running => Tone::Plain,
        }
    }

    /// The short form for a line of the inbox: `剩 2 个工作日`, `今天 24:00 到期`.
    pub fn short(&self) -> String {
        let unit = self.unit.zh();
        match self.state {
            DaysState::Closed => format!("用时 {} {unit}", self.used),
            _ if self.late() > 0 => format!("逾期 {} {unit}", self.late()),
            DaysState::Paused => "暂停计时".into(),
            DaysState::Running if self.left() == 0 => "今天 24:00 到期".into(),
            DaysState::Running => format!("剩 {} {unit}", self.left()),
        }
    }

    /// The whole sentence; it stands beside every strip.
    pub fn says(&self) -> String {
        let (unit, total, used) = (self.unit.zh(), self.total, self.used);
        let (_, month, day) = self.last.ymd();
        let weeks = if self.total > WEEKS_FROM { "每格一周。" } else { "" };
        match self.state {
            DaysState::Closed => format!("期限 {total} {unit}，用时 {used} {unit}。{weeks}"),
            _ if self.late() > 0 => format!("逾期 {} {unit}，应于{month}月{day}日前完成。{weeks}", self.late()),
            DaysState::Paused => {
                format!("共 {total} {unit}，已用 {used} {unit}。暂停计时，这段时间不计入时限。{weeks}")
            }
            DaysState::Running => {
                let (today, left) = (used + 1, self.left());
                let ends = until(&self.last);
                format!("共 {total} {unit}，今天是第 {today} {unit}，还剩 {left} {unit}，{ends}。{weeks}")
            }
        }
    }

    /// The cells. Above 60 days a cell is a week.
    pub fn cells(&self) -> Html {
        let per = if self.total > WEEKS_FROM { 7 } else { 1 };
        let total = self.total.div_ceil(per);
        let done = (self.used / per).min(total);
        let mut cells = "<i class=\"d\"></i>".repeat(done as usize);
        match self.state {
            DaysState::Running => cells.push_str("<i class=\"now\"></i>"),
            DaysState::Paused => cells.push_str("<i class=\"p\"></i><i class=\"now\"></i>"),
            DaysState::Closed => {}
        }
        let today = u32::from(self.state == DaysState::Running);
        cells.push_str(&"<i></i>".repeat(total.saturating_sub(done + today) as usize));
        Html(cells)
    }
}
