//! A clock as pages show it: the strip of its days, where it stands, its wordings, what may still move it. Pure.

use super::rules::sure_zh;
use crate::ui::{Tag, Tone};
use kernel::{Day, Instant};
use law::{Calendar, Clause, Clock, Due, Extension, Fact, Start, State, StripDay, Unit, What, Wording, clock};

/// More cells than this are drawn a week each, and more weeks than this not at all.
const CELLS_MAX: usize = 60;

/// The cells of the strip of days, for the class `days`; a sentence beside it says the same.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Strip {
    /// `d` counted and over, `now` today, `p` not counted because the clock stood still, empty ahead.
    pub cells: Vec<&'static str>,
    /// Whether a cell is a week.
    pub weeks: bool,
}

impl Strip {
    /// A cell for each day that counts or fell into a pause; days of rest have none. Empty where nothing is counted.
    pub fn of(clock: &Clock, days: &[StripDay], today: Day) -> Strip {
        let over = clock.closed.map_or(today, |at| today.min(at.day()));
        let paused = |day: Day| clock.pauses.iter().any(|p| p.from < day && p.to.is_none_or(|to| day <= to));
        let class = |day: Day| match day {
            _ if paused(day) => "p",
            day if day == today && clock.closed.is_none() => "now",
            day if day <= over => "d",
            _ => "",
        };
        let shown =
            |d: &&StripDay| d.counted || paused(d.date) && (d.working || clock.wording.unit != Unit::WorkingDays);
        let mut dates: Vec<Day> = days.iter().filter(shown).map(|d| d.date).collect();
        if days.is_empty()
            && let Some(due) = clock.due.filter(|due| due.unit != Unit::Hours)
        {
            let (first, last) = (clock.start.day().min(due.on), clock.start.day().max(due.on));
            dates = (first.0 + 1..=last.0).map(Day).collect();
        }
        dates.sort_unstable();
        Strip::drawn(
            dates.into_iter().map(class).collect(),
            if clock.wording.unit == Unit::WorkingDays { 5 } else { 7 },
        )
    }

    fn drawn(cells: Vec<&'static str>, week: usize) -> Strip {
        if cells.len() <= CELLS_MAX {
            return Strip { cells, weeks: false };
        }
        let one = |week: &[&'static str]| match week.last() {
            _ if week.contains(&"now") => "now",
            Some(last) => *last,
            None => "",
        };
        let cells: Vec<_> = cells.chunks(week).map(one).collect();
        if cells.len() <= CELLS_MAX { Strip { cells, weeks: true } } else { Strip::default() }
    }
}

/// `2026年12月21日（星期一）24时`; for a term in hours `2026年12月21日（星期一）15时05分`.
pub fn until(due: &Due) -> String {
    if due.unit == Unit::Hours { moment(due.before) } else { format!("{}24时", dated(due.on)) }
}

/// `2026年12月21日（星期一）15时05分`.
pub fn moment(at: Instant) -> String {
    let (hour, minute) = at.hm();
    format!("{}{hour}时{minute:02}分", dated(at.day()))
}

/// As [`moment`], or the day alone where nobody has written a time.
pub fn at(at: Instant) -> String {
    if at == at.day().start() { dated(at.day()) } else { moment(at) }
}

/// `2026年12月21日（星期一）`.
pub fn dated(day: Day) -> String {
    format!("{}（{}）", day.zh(), day.zh_weekday())
}

/// Why the day may still move, and how far; `None` where it is firm.
pub fn provisional(clock: &Clock, calendar: &Calendar) -> Option<String> {
    let due = clock.due.filter(|due| !due.firm)?;
    let known = calendar.known_from();
    if clock.start.day() < known {
        return Some(format!("没有{}以前的放假资料，只按周末计算。", known.zh()));
    }
    let year = calendar.known_to().year() + 1;
    let latest = due.latest.map_or(String::new(), |day| format!("，最迟不晚于{}", dated(day)));
    Some(format!("这一天是暂定的{latest}。国务院公布{year}年放假安排后重新计算。"))
}

/// A wording with its dates and how it is known.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    pub cite: String,
    pub term: String,
    pub gist: String,
    /// `2019年5月15日起施行`.
    pub dates: String,
    pub sure: Tag,
    /// When the thing would be due by this wording alone; empty where it gives no number.
    pub until: String,
    /// Whether this is the one that binds.
    pub binds: bool,
}

/// Every wording in force on the day of the event, the binding one first.
pub fn said(clause: &Clause, event: Instant, calendar: &Calendar) -> Vec<Said> {
    let day = event.day();
    let binding = clause.on(day);
    let said = |wording: &Wording| {
        let alone = Clause { wordings: vec![wording.clone()], ..clause.clone() };
        let due = law::due_at(&alone, event, calendar);
        Said {
            cite: wording.cite.clone(),
            term: wording.term(),
            gist: wording.gist.clone(),
            dates: dates(wording),
            sure: Tag::new(sure_zh(wording.sure), if wording.sure.was_read() { Tone::Done } else { Tone::Near }),
            until: due.as_ref().map(until).unwrap_or_default(),
            binds: binding == Some(wording),
        }
    };
    let mut all: Vec<Said> = clause.all_on(day).map(said).collect();
    all.sort_by_key(|said| !said.binds);
    all
}

/// `2008年5月1日至2019年5月14日施行`, `2019年5月15日起施行`.
pub fn dates(wording: &Wording) -> String {
    match (wording.from, wording.until) {
        (Some(from), Some(until)) => format!("{}至{}施行", from.zh(), until.zh()),
        (Some(from), None) => format!("{}起施行", from.zh()),
        (None, _) => "施行日期待确认".into(),
    }
}

/// What may stop the clock, make it count anew or make it longer, a sentence each.
pub fn moves(clause: &Clause, event: Instant, calendar: &Calendar) -> Vec<String> {
    let Some(wording) = clause.on(event.day()) else { return vec![] };
    let mut all = Vec::new();
    if !wording.suspended_by.is_empty() {
        let causes = wording.suspended_by.join("、");
        all.push(format!("{causes}所需的时间不计入：开始的当天仍算，次日起停；结束的当天不算，次日接着数。"));
    }
    let known = wording.restarts_on.iter().filter(|r| r.until.is_none_or(|until| event.day() <= until));
    let causes: Vec<&str> = known.map(|r| r.cause.as_str()).collect();
    if !causes.is_empty() {
        all.push(format!("{}以后，期限重新计算。", causes.join("、")));
    }
    if let Some(more) = &wording.extension {
        let extended = Fact { at: event, what: What::Extend { approved: true, told: true } };
        let longer = clock(clause, Start::known(event), &[extended], event, calendar).and_then(|clock| clock.due);
        all.push(extension(wording, more, longer.as_ref()));
    }
    all
}

/// `longer` is the due moment with the extension.
fn extension(wording: &Wording, more: &Extension, longer: Option<&Due>) -> String {
    let approved = if more.approval.is_empty() { String::new() } else { format!("，须经{}同意", more.approval) };
    let told = if more.notice { "，并在届满前告知申请人" } else { "" };
    let sure = |due: &Due| if due.firm { "" } else { "（暂定）" };
    let until = longer.map_or(String::new(), |due| format!("；延长后最迟{}{}", until(due), sure(due)));
    format!("可以延长一次，最多{}{approved}{told}{until}。", wording.unit.zh(more.amount))
}

/// What the term comes to, in a sentence: `共20个工作日，从次日开始数`.
pub fn length(clock: &Clock) -> String {
    let first = if clock.wording.counts_event_day { "当日就算第一天" } else { "次日是第一天" };
    match clock.wording.unit {
        Unit::Promptly => "条文没有规定天数，应当及时办理".into(),
        Unit::Hours => format!("共{}，从这一刻开始算", clock.wording.term()),
        unit => format!("共{}，{first}", unit.zh(clock.term)),
    }
}

/// Where the clock stands among its days: the sentence beside the strip.
pub fn place(clock: &Clock) -> String {
    let unit = clock.wording.unit;
    let (Some(used), Some(left)) = (clock.used, clock.left) else { return format!("{}。", length(clock)) };
    let total = unit.zh(clock.term);
    match clock.state {
        State::Suspended => format!("共{total}，用了{}。现在停着，这段时间不计入期限。", unit.zh(used)),
        _ if clock.closed.is_some() => format!("共{total}，用了{}。", unit.zh(used)),
        _ if used == 0 => format!("{}。", length(clock)),
        _ => format!("共{total}，到前一天为止用了{}，还剩{}。", unit.zh(used), unit.zh(left)),
    }
}

/// Why there is no answer for a day on which no wording was in force.
pub fn no_rule(clause: &Clause, day: Day) -> String {
    let first =
        clause.wordings.iter().filter_map(|wording| wording.from.map(|from| (from, wording))).min_by_key(|w| w.0);
    match first {
        Some((from, wording)) if day < from => {
            format!("{}还没有这条规定：{}从{}起施行。", day.zh(), wording.cite, from.zh())
        }
        Some(_) => format!("{}没有这条规定：它已经停止施行。", day.zh()),
        None => "这条规定还没有确定从哪天起施行，不能计算。".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::Law;

    fn at(text: &str) -> Instant {
        Instant::parse(text).expect("a moment")
    }

    fn seen<'a>(clause: &str, from: &str, facts: &[Fact<'a>], now: &str) -> Clock<'a> {
        let law = Law::built_in();
        let clause = law.clause(clause).expect("a clause");
        clock(clause, Start::known(at(from)), facts, at(now), &law.calendar).expect("a rule")
    }

    #[test]
    fn the_strip_has_a_cell_for_each_counted_day_and_hatches_pauses() {
        let pause = |from, to| {
            let cause = "征求第三方意见";
            [Fact { at: at(from), what: What::Suspend(cause) }, Fact { at: at(to), what: What::Resume }]
        };
        let close = Fact { at: at("2026-09-04 10:00"), what: What::Close { found_in_time: false } };
        for (clause, from, facts, now, wanted) in [
            ("OGI-CORRECT", "2026-09-01", &[][..], "2026-09-01 09:00", ". . . . . . ."),
            ("OGI-CORRECT", "2026-09-01", &[], "2026-09-04 09:00", "d d now . . . ."),
            // A Saturday that is off is no day of the term.
            ("OGI-CORRECT", "2026-09-01", &[], "2026-09-05 09:00", "d d d . . . ."),
            ("OGI-CORRECT", "2026-09-01", &[], "2026-09-30 09:00", "d d d d d d d"),
            ("OGI-CORRECT", "2026-09-01", &[close], "2026-09-30 09:00", "d d d . . . ."),
        ] {
            let clock = seen(clause, from, facts, now);
            let strip = Strip::of(&clock, &clock.days(&Law::built_in().calendar), at(now).day());
            let cells: Vec<&str> = strip.cells.iter().map(|c| if c.is_empty() { "." } else { c }).collect();
            assert_eq!((cells.join(" ").as_str(), strip.weeks), (wanted, false), "{now}");
        }
        let facts = pause("2026-09-02 09:00", "2026-09-08 09:00");
        let clock = seen("OGI-REPLY", "2026-09-01", &facts, "2026-09-09 09:00");
        let strip = Strip::of(&clock, &clock.days(&Law::built_in().calendar), at("2026-09-09").day());
        assert_eq!(strip.cells[..6], ["d", "p", "p", "p", "p", "now"]);
        assert_eq!(strip.cells.iter().filter(|c| **c != "p").count(), 20);
    }

    #[test]
    fn long_terms_have_a_cell_a_week_and_the_longest_none() {
        for (clause, cells, weeks) in [("REC-APPLY", 60, false), ("LIT-DIRECT", 27, true), ("PEN-LIMIT", 0, false)] {
            let clock = seen(clause, "2026-03-10", &[], "2026-03-11 09:00");
            let strip = Strip::of(&clock, &clock.days(&Law::built_in().calendar), at("2026-03-11").day());
            // A roll adds no cell: those days do not count.
            assert_eq!((strip.cells.len(), strip.weeks), (cells, weeks), "{clause}");
        }
    }

    #[test]
    fn what_may_move_the_day_is_told() {
        let law = Law::built_in();
        let moves = |id: &str, event| moves(law.clause(id).expect("a clause"), at(event), &law.calendar);
        assert_eq!(
            moves("OGI-REPLY", "2026-09-01"),
            [
                "征求第三方意见、征求其他机关意见所需的时间不计入：开始的当天仍算，次日起停；结束的当天不算，次日接着数。",
                "补正、缴费以后，期限重新计算。",
                "可以延长一次，最多20个工作日，须经公开工作机构负责人同意，并在届满前告知申请人；\
                 延长后最迟2026年11月2日（星期一）24时。",
            ]
        );
        assert_eq!(moves("OGI-REPLY", "2017-05-26").len(), 2);
        assert!(moves("OGI-ACTIVE", "2026-09-01").is_empty());
        assert!(moves("OGI-REPLY", "2007-09-01").is_empty());
    }

    #[test]
    fn a_provisional_day_says_how_far_it_can_move() {
        let calendar = &Law::built_in().calendar;
        let told = |from: &str| provisional(&seen("OGI-REPLY", from, &[], from), calendar);
        assert_eq!(told("2026-09-01 00:00"), None);
        let told = told("2027-01-20 00:00").expect("provisional");
        assert!(told.starts_with("这一天是暂定的，最迟不晚于2027年") && told.ends_with("重新计算。"), "{told}");
    }
}
