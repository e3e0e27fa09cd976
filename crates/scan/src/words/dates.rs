//! Dates that cannot be, do not fall on the weekday beside them, or end before they begin.

use super::Remark;
use crate::Rule;
use crate::fold::fold;
use kernel::Day;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

const D: &str = "[0-9０-９]";

fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace("\\D", D)).expect("a valid pattern")
}

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"(?:(?<y>\D{4})\s?年\s?)?(?<m>\D{1,2})\s?月\s?(?<d>\D{1,2})\s?[日号]",
        r"|(?<iy>[12][0-9]{3})[-/](?<im>[0-9]{1,2})[-/](?<id>[0-9]{1,2})"
    ))
});
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s?[（(，,、]?\s?(?:星期|周|礼拜)([一二三四五六日天])"));
static UNTIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s?(?:[（(].{0,12}[)）])?\s?(?:至|到|—{1,2}|[-–~～]|起至)\s?$"));
static LASTS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s?[（(，,]?\s?(?:共计?|为期|计|期限为?)\s?(\D{1,3})\s?(?:天|日|个自然日)"));
static MONTH: LazyLock<Regex> = LazyLock::new(|| pattern(r"\D{4}\s?年\s?(1[3-9]|[2-9]\D|0?0)\s?月"));

/// A date as written: the year may be taken from the date before it.
struct Written {
    span: Range<usize>,
    year: Option<i16>,
    month: i8,
    day: i8,
}

impl Written {
    fn read(c: &Captures) -> Option<Written> {
        let number = |name: &str, iso: &str| -> Option<i16> {
            let text = c.name(name).or_else(|| c.name(iso))?.as_str();
            text.chars().filter_map(fold).collect::<String>().parse().ok()
        };
        let (month, day) = (number("m", "im")?, number("d", "id")?);
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Some(Written { span: c.get(0)?.range(), year: number("y", "iy"), month, day })
    }

    /// Without a year a leap year is assumed, so that 29 February passes.
    fn day_in(&self, year: Option<i16>) -> Option<Day> {
        Day::new(year.unwrap_or(2000), self.month, self.day)
    }
}

pub(super) fn find(text: &str) -> Vec<Remark> {
    let mut found = Vec::new();
    if !text.contains(['月', '-', '/']) {
        return found;
    }
    let dates: Vec<Written> = DATE.captures_iter(text).filter_map(|c| Written::read(&c)).collect();
    let mut year = None;
    for (n, date) in dates.iter().enumerate() {
        year = date.year.or(year.filter(|_| same_sentence(text, dates.get(n.wrapping_sub(1)), date)));
        match date.day_in(year) {
            None => found.extend(impossible(text, date, year)),
            Some(day) => {
                if let (Some(_), Some(c)) = (date.year, WEEKDAY.captures(&text[date.span.end..])) {
                    found.extend(weekday(date, day, &c));
                }
                if let Some(next) = dates.get(n + 1) {
                    found.extend(period(text, date, next, year));
                }
            }
        }
    }
    for c in MONTH.captures_iter(text).filter_map(|c| c.get(1)) {
        found.push(remark(c.range(), "没有这个月份。请核对。".into(), None));
    }
    found
}

fn remark(span: Range<usize>, says: String, suggestion: Option<String>) -> Remark {
    Remark { rule: Rule::NumberConflict, span, says, suggestion }
}

fn same_sentence(text: &str, before: Option<&Written>, date: &Written) -> bool {
    before.is_some_and(|b| !text[b.span.end..date.span.start].contains(['。', '；', '\n']))
}

/// `2017-26-05` is no date of ours; `4月31日` is none at all.
fn impossible(text: &str, date: &Written, year: Option<i16>) -> Option<Remark> {
    let written = &text[date.span.clone()];
    let edges = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && !"-/".contains(c));
    let alone = edges(text[..date.span.start].chars().next_back()) && edges(text[date.span.end..].chars().next());
    if !written.contains('月') && (!alone || !(1..=12).contains(&date.month)) {
        return None;
    }
    let last = (28..=31).rev().find(|&d| Day::new(year.unwrap_or(2000), date.month, d).is_some());
    let Some(last) = last.filter(|&last| date.day > last) else {
        return Some(remark(date.span.clone(), format!("没有“{written}”这一天。请核对。"), None));
    };
    let day = date.day.to_string();
    let right = written.rfind(&day).map(|at| format!("{}{last}{}", &written[..at], &written[at + day.len()..]));
    let says = format!("没有“{written}”这一天，{}月只有{last}天。请核对。", date.month);
    Some(remark(date.span.clone(), says, right))
}

fn weekday(date: &Written, day: Day, c: &Captures) -> Option<Remark> {
    let hit = c.get(1)?;
    let written = match hit.as_str() {
        "天" => "日",
        other => other,
    };
    let right = ["一", "二", "三", "四", "五", "六", "日"][usize::from(day.weekday()) - 1];
    let says = format!("{}是星期{right}，不是星期{written}。请核对日期和星期。", day.zh());
    let span = date.span.end + hit.start()..date.span.end + hit.end();
    (written != right).then(|| remark(span, says, Some(right.into())))
}

/// A second date that is joined to the first by 至.
fn period(text: &str, from: &Written, to: &Written, year: Option<i16>) -> Option<Remark> {
    if !UNTIL.is_match(&text[from.span.end..to.span.start]) {
        return None;
    }
    let (start, end) = (from.day_in(year)?, to.day_in(to.year.or(year))?);
    // Without years a period may run over the turn of the year.
    if end < start && (year.is_some() || from.month == to.month) {
        let says = "终止日期早于起始日期。请核对；跨年的，写明年份。";
        return Some(remark(from.span.start..to.span.end, says.into(), None));
    }
    let c = LASTS.captures(&text[to.span.end..])?;
    let days: i32 = c.get(1)?.as_str().chars().filter_map(fold).collect::<String>().parse().ok()?;
    let span = from.span.start..to.span.end + c.get(0)?.end();
    let between = end.0 - start.0;
    let says = format!("起止日期相距{between}天（首尾都算是{}天），与所写的{days}天不符。请核对。", between + 1);
    (year.is_some() && days != between && days != between + 1).then(|| remark(span, says, None))
}
