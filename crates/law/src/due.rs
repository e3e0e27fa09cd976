//! From an event and a clause to the day it is due, and the reasons.

use crate::calendar::Calendar;
use crate::clause::{Clause, Direction, Nature, Unit, Wording};
use kernel::{Day, Instant};

/// The answer to "until when", with what it rests on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Due<'a> {
    /// The last day on which it is in time; for a minimum, the last day of the period.
    pub on: Day,
    /// The first moment too late: the midnight that ends `on`, or the very moment for a term in hours.
    pub before: Instant,
    /// False where the day may still move because the State Council's notice for it is not known.
    pub firm: bool,
    /// The clause's id.
    pub clause: &'a str,
    pub nature: Nature,
    pub amount: u16,
    pub unit: Unit,
    /// `《政府信息公开条例》第二十六条`.
    pub cite: &'a str,
}

/// When something is due by the wording in force on the day of the event, which itself is not counted. `None` where no
/// wording was in force, or where it gives no number (及时). A term in hours counts from the beginning of the day; use
/// [`due_at`] where the moment is known.
pub fn due<'a>(clause: &'a Clause, event: Day, calendar: &Calendar) -> Option<Due<'a>> {
    due_at(clause, event.start(), calendar)
}

/// As [`due`], from a moment. Only a term in hours looks at more than the day.
pub fn due_at<'a>(clause: &'a Clause, event: Instant, calendar: &Calendar) -> Option<Due<'a>> {
    let wording = clause.on(event.day())?;
    let (before, firm) = if wording.unit == Unit::Hours {
        (shift_hours(event, wording.amount, clause.direction), true)
    } else {
        let (on, firm) = last_day(clause, wording, event.day(), calendar)?;
        (on.plus(1).start(), firm)
    };
    Some(Due {
        on: before.plus_ms(-1).day(),
        before,
        firm,
        clause: &clause.id,
        nature: clause.nature,
        amount: wording.amount,
        unit: wording.unit,
        cite: &wording.cite,
    })
}

/// Why a thing is due when it is, in Chinese, one line a step: the rule, the event, each day counted or not (for
/// working
/// days), the last day. `None` as in [`due`].
pub fn explain(clause: &Clause, event: Day, calendar: &Calendar) -> Option<Vec<String>> {
    let wording = clause.on(event)?;
    let due = due(clause, event, calendar)?;
    let term = wording.unit.zh(wording.amount);
    let mut lines = vec![format!("依据：{}。{}", wording.cite, wording.gist)];
    lines.push(match clause.direction {
        Direction::After => format!("{}：{}，期限{term}，当日不计入。", wording.counts_from, label(event)),
        Direction::Before => format!("{}：{}，往前数{term}，当日不计入。", wording.counts_from, label(event)),
    });
    if wording.unit == Unit::WorkingDays {
        lines.extend(count(event, due.on, calendar));
    } else if wording.unit != Unit::Hours {
        let plain = plain_last_day(wording, event, clause.direction)?;
        if plain != due.on {
            lines.push(format!("{}是期限的最后一日，当天休息，顺延到下一个工作日。", label(plain)));
        }
    }
    lines.push(format!("最后一日：{}。", label(due.on)));
    if !due.firm {
        lines.push("这个日期用到还没有掌握放假通知的日子，属于暂定；收到通知后重新计算。".to_owned());
    }
    Some(lines)
}

fn shift_hours(event: Instant, hours: u16, direction: Direction) -> Instant {
    let ms = i64::from(hours) * 3_600_000;
    event.plus_ms(if direction == Direction::After { ms } else { -ms })
}

fn last_day(clause: &Clause, wording: &Wording, event: Day, calendar: &Calendar) -> Option<(Day, bool)> {
    if wording.unit == Unit::WorkingDays {
        return Some(match clause.direction {
            Direction::After => calendar.plus_working(event, wording.amount),
            Direction::Before => calendar.minus_working(event, wording.amount),
        });
    }
    let plain = plain_last_day(wording, event, clause.direction)?;
    let rolls = clause.nature == Nature::Deadline && clause.direction == Direction::After;
    Some(if rolls { calendar.roll(plain) } else { (plain, true) })
}

/// The last day of a term in days, months or years, before any roll. A month or year ends on the day of the same
/// number,
/// or on the last of the month where there is none (民法典 article 202).
fn plain_last_day(wording: &Wording, event: Day, direction: Direction) -> Option<Day> {
    let sign = if direction == Direction::After { 1 } else { -1 };
    let amount = sign * i32::from(wording.amount);
    match wording.unit {
        Unit::CalendarDays => Some(event.plus(amount)),
        Unit::Months => plus_months(event, amount),
        Unit::Years => plus_months(event, amount * 12),
        Unit::WorkingDays | Unit::Hours | Unit::Promptly => None,
    }
}

fn plus_months(day: Day, months: i32) -> Option<Day> {
    let (y, m, d) = day.ymd();
    let index = i32::from(y) * 12 + i32::from(m) - 1 + months;
    let year = i16::try_from(index.div_euclid(12)).ok()?;
    let month = i8::try_from(index.rem_euclid(12) + 1).ok()?;
    (1..=d).rev().find_map(|d| Day::new(year, month, d))
}

/// `2017年5月26日（星期五）`.
fn label(day: Day) -> String {
    format!("{}（{}）", day.zh(), day.zh_weekday())
}

/// One line a day from the day beside the event to the last one.
fn count(event: Day, last: Day, calendar: &Calendar) -> Vec<String> {
    let step = (last.0 - event.0).signum();
    let days = (1..=(last.0 - event.0).abs()).map(|i| event.plus(i * step));
    let mut counted = 0;
    days.map(|day| {
        if !calendar.is_working(day) {
            return format!("{}：{}，不计入。", label(day), calendar.name(day).unwrap_or("周末"));
        }
        counted += 1;
        let swap = if day.weekday() > 5 { "调休上班，" } else { "" };
        format!("{}：{swap}第{counted}个工作日。", label(day))
    })
    .collect()
}
