//! The same in Chinese, for people. Pure.

use kernel::{Day, Instant};
use law::{Calendar, CalendarDay, Clause, Clock, Direction, Nature, Note, Report, State, Unit};

/// When something is due: the answer first, then what it rests on, then where the clock stands.
pub fn due(clock: &Clock, now: Instant, calendar: &Calendar, explain: bool) -> Vec<String> {
    let mut lines = vec![format!("{}（{}）：{}", clock.clause.name, clock.clause.id, answer(clock))];
    if explain {
        lines.extend(clock.explain(calendar));
    } else {
        lines.extend(basis(clock));
    }
    if !clock.wording.sure.was_read() {
        lines.push("这一条还没有核对原文，使用前请核对。".to_owned());
    }
    lines.push(format!("{}：{}", now.day().zh(), standing(clock, now)));
    lines
}

fn answer(clock: &Clock) -> String {
    let Some(due) = clock.due else { return "条文没有规定天数，应当及时办理。".to_owned() };
    let until = due.zh();
    let until = match (clock.clause.nature, clock.clause.direction) {
        (Nature::Minimum, Direction::After) => until.replacen("截至", "至少到", 1),
        (Nature::Span, Direction::After) => until.replacen("截至", "到", 1),
        _ => until,
    };
    match (due.firm, due.latest) {
        (true, _) => format!("{until}。"),
        (false, Some(latest)) => format!("{until}（暂定，最迟不晚于{}）。", latest.zh()),
        (false, None) => format!("{until}（暂定）。"),
    }
}

fn basis(clock: &Clock) -> Vec<String> {
    let wording = clock.wording;
    let from = wording.from.map_or(String::new(), |from| format!("，自{}起施行", from.zh()));
    let mut lines = vec![format!("依据：{}{from}。", wording.cite)];
    let others = clock.clause.all_on(clock.event.day()).filter(|other| *other != wording);
    lines.extend(others.map(|other| format!("同时有效：{}，{}。取较严的。", other.cite, other.term())));
    if wording.analogy {
        lines.push("本条约束的是其他机关，仅供对照，不计逾期。".to_owned());
    }
    let day = clock.start.day();
    lines.push(format!("{}：{}（{}），{}。", wording.counts_from, day.zh(), day.zh_weekday(), wording.term()));
    lines
}

/// Where a clock stands that nobody has closed.
fn standing(clock: &Clock, now: Instant) -> String {
    let unit = clock.wording.unit;
    let Some(due) = clock.due else { return "应当及时办理。".to_owned() };
    if now < clock.start {
        return "还没有起算。".to_owned();
    }
    let doing = match clock.clause.nature {
        Nature::Deadline | Nature::NamedDate => "办理中",
        Nature::Minimum | Nature::Span => "还没有期满",
    };
    match (clock.state, clock.used.zip(clock.left)) {
        (State::Running, Some((used, left))) => {
            format!("{doing}，已过{}，从当天起还剩{}。", unit.zh(used), unit.zh(left))
        }
        (State::Running, None) if unit == Unit::Hours => {
            format!("{doing}，还剩{}分钟。", (due.before.0 - now.0) / 60_000)
        }
        (State::Running, None) => format!("{doing}，从当天起还剩{}日。", due.on.0 - now.day().0 + 1),
        (State::Overdue, _) if clock.over == 0 => "没有办结的，已经逾期。".to_owned(),
        (State::Overdue, _) => format!("没有办结的，已经逾期{}。", over(unit, clock.over)),
        (state, _) => format!("{}。", state.zh()),
    }
}

/// Lateness is told in days for terms that do not count days either.
fn over(unit: Unit, n: u16) -> String {
    match unit {
        Unit::WorkingDays | Unit::Hours => unit.zh(n),
        _ => Unit::CalendarDays.zh(n),
    }
}

/// Why a clause says nothing of a day.
pub fn no_rule(clause: &Clause, day: Day) -> String {
    let Clause { id, name, .. } = clause;
    let first = clause.wordings.iter().filter_map(|wording| wording.from).min();
    let why = match first {
        None => "它的施行日期没有确认，不能据以计算。".to_owned(),
        Some(first) if day < first => format!("最早的规定从{}起施行。", first.zh()),
        Some(_) => "那一天没有施行中的规定。".to_owned(),
    };
    format!("{}没有这项规定：{name}（{id}）。{why}", day.zh())
}

/// A year: its holidays, its working days by month, the notice.
pub fn calendar(year: i16, days: &[CalendarDay], calendar: &Calendar) -> Vec<String> {
    let working = days.iter().filter(|day| day.working).count();
    let mut lines = vec![format!("{year}年：{working}个工作日。")];
    lines.extend(holidays(days));
    let mut months = [0; 12];
    for day in days.iter().filter(|day| day.working) {
        months[(day.date.ymd().1 - 1) as usize] += 1;
    }
    let months: Vec<String> = (1..).zip(months).map(|(month, n)| format!("{month}月{n}日")).collect();
    lines.push(format!("各月工作日：{}。", months.join("、")));
    let notice = calendar.years().iter().find(|known| known.year == year);
    lines.extend(notice.into_iter().flat_map(|notice| &notice.source).map(|address| format!("通知：{address}")));
    lines.extend(notice.filter(|notice| !notice.note.is_empty()).map(|notice| notice.note.clone()));
    lines
}

/// By holiday, in order of the year: the days off, and those worked in exchange.
fn holidays(days: &[CalendarDay]) -> Vec<String> {
    let mut all: Vec<(&str, Vec<Day>, Vec<Day>)> = Vec::new();
    for CalendarDay { date, working, name } in days {
        if name.is_empty() {
            continue;
        }
        let at = all.iter().position(|(known, ..)| known == name).unwrap_or_else(|| {
            all.push((name, Vec::new(), Vec::new()));
            all.len() - 1
        });
        let (_, off, on) = &mut all[at];
        if *working { on.push(*date) } else { off.push(*date) }
    }
    let line = |(name, off, on): (&str, Vec<Day>, Vec<Day>)| {
        let parts = [("放假", off), ("上班", on)].into_iter().filter(|(_, days)| !days.is_empty());
        let parts: Vec<String> = parts.map(|(what, days)| format!("{}{what}", stretches(&days))).collect();
        format!("{name}：{}。", parts.join("，"))
    };
    all.into_iter().map(line).collect()
}

/// `2月15日至2月23日`, and more of them joined by 、.
fn stretches(days: &[Day]) -> String {
    let short = |day: Day| format!("{}月{}日", day.ymd().1, day.ymd().2);
    let stretch = |days: &[Day]| match days {
        [first, .., last] => format!("{}至{}", short(*first), short(*last)),
        days => days.iter().map(|day| short(*day)).collect(),
    };
    days.chunk_by(|a, b| a.plus(1) == *b).map(stretch).collect::<Vec<_>>().join("、")
}

/// What `law check` found: faults first, then by kind what a person should look at.
pub fn report(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    if report.faults.is_empty() {
        lines.push(format!("法律数据可以使用，{} 个算例都相符。", report.cases));
    } else {
        lines.push(format!("错误 {} 处：", report.faults.len()));
        lines.extend(report.faults.iter().map(|fault| format!("  {}", fault.trim_end().replace('\n', "\n  "))));
    }
    let mut notes = report.notes.clone();
    notes.sort();
    for alike in notes.chunk_by(|a, b| kind(a).0 == kind(b).0) {
        lines.push(format!("{}（{} 处）：", kind(&alike[0]).0, alike.len()));
        lines.extend(alike.iter().map(|note| format!("  {}", kind(note).1)));
    }
    lines
}

fn kind(note: &Note) -> (&'static str, &str) {
    match note {
        Note::Gap(text) => ("前后规定之间有空档", text),
        Note::Undated(text) => ("施行日期没有确认，暂不适用", text),
        Note::Unsure(text) => ("还没有核对原文", text),
    }
}
