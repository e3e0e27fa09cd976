//! A clock explained: the strip of its days, and the same in Chinese sentences.

use crate::calendar::Calendar;
use crate::clause::{Direction, Unit, Wording};
use crate::clock::{Clock, State};
use crate::count::Count;
use kernel::Day;
use serde::Serialize;

/// One day of a clock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StripDay {
    pub date: Day,
    /// Whether public bodies work on it.
    pub working: bool,
    /// Whether it counts towards the term.
    pub counted: bool,
    /// In Chinese: `第3个工作日`, `春节，不计入`.
    pub why: String,
}

impl Clock<'_> {
    /// Each day from the one beside the start to the due day, or to the day it was looked at while it stands still.
    /// Empty for units that do not count days.
    pub fn days(&self, calendar: &Calendar) -> Vec<StripDay> {
        let Self { clause, wording, .. } = *self;
        let count = Count { clause, wording, calendar, worst: false };
        let Some(last) = self.last_shown().filter(|_| wording.unit.counts_days()) else { return Vec::new() };
        let base = count.base(self.start.day());
        let step = (last.0 - base.0).signum();
        let mut counted = 0;
        let line = |day: Day| {
            let working = calendar.is_working(day);
            let off = || calendar.name(day).unwrap_or("周末");
            let why = if let Some(cause) = self.pause_on(day) {
                Err(format!("{cause}期间，不计入"))
            } else if self.rolls_over(day, counted) {
                Err(if working { "顺延到这个工作日".to_owned() } else { format!("{}，顺延", off()) })
            } else if count.counts(day) {
                counted += 1;
                Ok(nth(counted, wording.unit, day, working))
            } else {
                Err(format!("{}，不计入", off()))
            };
            StripDay { date: day, working, counted: why.is_ok(), why: why.unwrap_or_else(|not| not) }
        };
        (1..=(last.0 - base.0).abs()).map(|i| base.plus(i * step)).map(line).collect()
    }

    /// Why the thing is due when it is, in Chinese, one line a step: the rule, the start, each day, the due moment.
    pub fn explain(&self, calendar: &Calendar) -> Vec<String> {
        let Self { clause, wording, .. } = *self;
        let mut lines = vec![format!("依据：{}。{}", wording.cite, wording.gist)];
        let others = clause.all_on(self.event.day()).filter(|other| *other != wording);
        lines.extend(others.map(|other| format!("同时有效：{}，{}。取较严的。", other.cite, other.term())));
        if wording.analogy {
            lines.push("本条约束的是其他机关，仅供对照，不计逾期。".to_owned());
        }
        lines.push(self.beginning());
        if let Some(more) = self.extended {
            lines.push(format!("期限延长{}，从原期限届满之后接着计算。", wording.unit.zh(more)));
        }
        lines.extend(self.days(calendar).iter().map(|day| format!("{}：{}。", label(day.date), day.why)));
        lines.extend(self.moved(wording, calendar));
        lines.push(match (&self.due, self.state) {
            (_, State::Suspended) => "期限暂停，截止日待恢复后确定。".to_owned(),
            (Some(due), _) if due.unit == Unit::Hours => format!("{}。", due.zh()),
            (Some(due), _) => format!("最后一日：{}，截至当日24:00。", label(due.on)),
            (None, _) => "条文没有规定天数，应当及时办理。".to_owned(),
        });
        lines.extend(self.provisional());
        lines
    }

    fn beginning(&self) -> String {
        let Self { clause, wording, .. } = *self;
        let event = match (self.restart, self.shadow) {
            (Some(cause), _) => format!("{cause}之日，期限重新计算"),
            (None, true) => "提交之日（尚未确认收到，先行计时，仅供内部提醒）".to_owned(),
            (None, false) => wording.counts_from.clone(),
        };
        let day = label(self.start.day());
        let first = if wording.counts_event_day { "当日计入" } else { "当日不计入" };
        match (wording.unit, clause.direction) {
            (Unit::Promptly, _) => format!("{event}：{day}。"),
            (Unit::Hours, _) => {
                let (hour, minute) = self.start.hm();
                format!("{event}：{day}{hour:02}:{minute:02}，时限{}。", wording.term())
            }
            (_, Direction::After) => format!("{event}：{day}，期限{}，{first}。", wording.term()),
            (_, Direction::Before) => format!("{event}：{day}，往前数{}，{first}。", wording.term()),
        }
    }

    /// Says that the last day of a term in months or years moved; single days say so themselves.
    fn moved(&self, wording: &Wording, calendar: &Calendar) -> Option<String> {
        let Self { clause, .. } = *self;
        let count = Count { clause, wording, calendar, worst: false };
        let plain = count.plain_end(count.base(self.start.day()), wording.amount)?;
        let moved = !wording.unit.counts_days() && self.due.is_some_and(|due| due.on != plain);
        moved.then(|| format!("{}是期限的最后一日，当天休息，顺延到下一个工作日。", label(plain)))
    }

    fn provisional(&self) -> Option<String> {
        let due = self.due.filter(|due| !due.firm)?;
        let latest = due.latest.map_or(String::new(), |day| format!("最迟不晚于{}；", label(day)));
        Some(format!("这个日期用到还没有公布放假通知的日子，属于暂定；{latest}收到通知后重新计算。"))
    }

    fn last_shown(&self) -> Option<Day> {
        match self.pauses.last() {
            Some(pause) if pause.to.is_none() => Some(self.seen.max(pause.from)),
            _ => self.due.map(|due| due.on),
        }
    }

    fn pause_on(&self, day: Day) -> Option<&str> {
        let within = |to: Option<Day>| to.is_none_or(|to| day <= to);
        self.pauses.iter().find(|pause| pause.from < day && within(pause.to)).map(|pause| pause.cause)
    }

    /// Whether the term, or the term before its extension, is used up and only waits for a working day.
    fn rolls_over(&self, day: Day, counted: u16) -> bool {
        counted == self.term || counted == self.wording.amount && self.first_end.is_some_and(|end| day <= end)
    }
}

fn nth(n: u16, unit: Unit, day: Day, working: bool) -> String {
    let swap = if unit == Unit::WorkingDays && working && day.weekday() > 5 { "调休上班，" } else { "" };
    if unit == Unit::WorkingDays { format!("{swap}第{n}个工作日") } else { format!("第{n}日") }
}

/// `2017年5月26日（星期五）`.
fn label(day: Day) -> String {
    format!("{}（{}）", day.zh(), day.zh_weekday())
}
