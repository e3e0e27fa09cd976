//! The inspection's indicators (国办秘函〔2019〕19号), reckoned from our own pages before the inspector comes. Pure.

use crate::basis::{Basis, months_after, plain_faults};
use crate::{Column, Law, due};
use kernel::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One indicator.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Indicator {
    /// Never changes: `HOME`.
    pub code: String,
    pub name: String,
    pub kind: IndicatorKind,
    /// Points of a deduction, where they are known.
    pub points: Option<u8>,
    pub basis: Basis,
    pub measure: Measure,
    #[serde(default)]
    pub note: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IndicatorKind {
    /// 单项否决.
    Veto,
    /// 扣分.
    Deduction,
}

/// What an indicator looks at.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Measure {
    /// The last update of the home page.
    Home { clause: String },
    /// Columns that have had no update for too long; `limit` of them breach.
    Columns { limit: usize, groups: Vec<Group> },
    /// Columns that are shown and have nothing.
    Empty { limit: usize },
    /// Whether there is a way to ask.
    Channel,
    /// A valid message without an answer, among those of the last months.
    #[serde(rename_all = "kebab-case")]
    Messages { clause: String, look_back_months: u16 },
    /// Whether there is any service.
    Services,
    /// Service items whose guides lack so many kinds of key elements; `limit` of them breach, or all where there are
    /// fewer.
    Guides { missing: u8, limit: usize },
}

/// Columns that share an age: by path, or by ColumnType.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Group {
    /// The clause that gives the age, or `months`.
    pub clause: Option<String>,
    pub months: Option<u16>,
    #[serde(default)]
    pub types: Vec<String>,
    #[serde(default)]
    pub paths: Vec<String>,
}

/// What is known of a column that the portal shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Its last public update.
    pub last: Option<Day>,
    pub items: u64,
}

/// The site as it is today.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// The columns shown, by path. A column that is in no menu is not in here.
    pub columns: &'a BTreeMap<String, Seen>,
    pub home: Option<Day>,
    /// When each valid message came that has no answer yet.
    pub unanswered: &'a [Day],
    /// Whether readers can ask on the site.
    pub channel: bool,
    /// For each service item, how many of the eight kinds of key elements its guide lacks.
    pub guides: &'a [u8],
}

/// How an indicator stands, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Since this day; `None` where there never was anything, or where it is no matter of days.
    Breached(Option<Day>),
    /// Breached after this day, if nothing happens.
    Until(Day),
    /// Nothing that time alone could breach.
    Sound,
}

/// One line of the watch.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading<'a> {
    pub indicator: &'a Indicator,
    pub standing: Standing,
    /// The day it was reckoned for.
    pub as_of: Day,
    /// What is too old, empty or lacking today: paths of columns, days of messages.
    pub what: Vec<String>,
    /// How it stands, in one sentence.
    pub zh: String,
}

impl Reading<'_> {
    /// Days left before the breach; 0 on the last good day, `None` where it is breached or cannot be.
    pub fn days_left(&self) -> Option<i32> {
        match self.standing {
            Standing::Until(day) => Some(day.0 - self.as_of.0),
            _ => None,
        }
    }
}

/// Every indicator as it stands today: the breached first, vetoes before deductions, then by days left.
pub fn watch<'a>(law: &'a Law, site: &Site, today: Day) -> Vec<Reading<'a>> {
    let mut readings: Vec<Reading> = law.indicators.iter().map(|i| read(law, i, site, today)).collect();
    readings.sort_by_key(|r| match r.standing {
        Standing::Breached(_) => (0, r.indicator.kind, 0),
        Standing::Until(day) => (1, IndicatorKind::Veto, day.0),
        Standing::Sound => (2, r.indicator.kind, 0),
    });
    readings
}

/// What runs out, and its last good day; `None` where nothing was ever there.
type Aging = Vec<(Option<Day>, String)>;

fn read<'a>(law: &'a Law, indicator: &'a Indicator, site: &Site, today: Day) -> Reading<'a> {
    let yes_or_no =
        |holds: bool, what: Vec<String>| (if holds { Standing::Sound } else { Standing::Breached(None) }, what);
    let (standing, what) = match &indicator.measure {
        Measure::Home { clause } => {
            aged(vec![(last_good(law, Some(clause), None, site.home), "首页".to_owned())], 1, today)
        }
        Measure::Columns { limit, groups } => aged(columns(law, groups, site), *limit, today),
        Measure::Empty { limit } => {
            let empty: Vec<_> =
                site.columns.iter().filter(|(_, seen)| seen.items == 0).map(|(p, _)| p.clone()).collect();
            yes_or_no(empty.len() < *limit, empty)
        }
        Measure::Channel => yes_or_no(site.channel, Vec::new()),
        Measure::Messages { clause, look_back_months } => {
            let counted = site.unanswered.iter().filter(|day| today <= months_after(**day, *look_back_months));
            aged(
                counted.map(|day| (last_good(law, Some(clause), None, Some(*day)), day.to_string())).collect(),
                1,
                today,
            )
        }
        Measure::Services => yes_or_no(!site.guides.is_empty(), Vec::new()),
        Measure::Guides { missing, limit } => {
            let lacking = site.guides.iter().filter(|lacks| *lacks >= missing).count();
            let enough = site.guides.len().clamp(1, *limit);
            let what = if lacking == 0 { Vec::new() } else { vec![format!("{lacking}个事项")] };
            yes_or_no(lacking < enough, what)
        }
    };
    let zh = sentence(law, indicator, standing, &what, today);
    Reading { indicator, standing, as_of: today, what, zh }
}

/// The columns of the groups that are shown, each once, by the first group that has it.
fn columns(law: &Law, groups: &[Group], site: &Site) -> Aging {
    let group =
        |column: &Column| groups.iter().find(|g| g.types.contains(&column.kind) || g.paths.contains(&column.path));
    let shown = site.columns.iter().filter(|(_, seen)| seen.items > 0);
    let known = shown.filter_map(|(path, seen)| Some((group(law.column(path)?)?, path, seen)));
    known.map(|(g, path, seen)| (last_good(law, g.clause.as_ref(), g.months, seen.last), path.clone())).collect()
}

/// The last day on which something updated then is not too old.
fn last_good(law: &Law, clause: Option<&String>, months: Option<u16>, last: Option<Day>) -> Option<Day> {
    let by_clause = |id: &String| Some(due(law.clause(id)?, last?, &law.calendar)?.on);
    clause.and_then(by_clause).or_else(|| Some(months_after(last?, months?)))
}

/// Breached from the day after the `limit`-th of them ran out.
fn aged(mut aging: Aging, limit: usize, today: Day) -> (Standing, Vec<String>) {
    aging.sort();
    let old = |on: &Option<Day>| on.is_none_or(|on| on < today);
    let what = aging.iter().filter(|(on, _)| old(on)).map(|(_, what)| what.clone()).collect();
    let standing = match aging.get(limit.saturating_sub(1)) {
        None => Standing::Sound,
        Some((on, _)) if old(on) => Standing::Breached(on.map(|on| on.plus(1))),
        Some((on, _)) => on.map_or(Standing::Sound, Standing::Until),
    };
    (standing, what)
}

fn sentence(law: &Law, indicator: &Indicator, standing: Standing, what: &[String], today: Day) -> String {
    let (name, consequence) = (
        &indicator.name,
        match (indicator.kind, indicator.points) {
            (IndicatorKind::Veto, _) => "单项否决".to_owned(),
            (IndicatorKind::Deduction, Some(points)) => format!("扣{points}分"),
            (IndicatorKind::Deduction, None) => "扣分".to_owned(),
        },
    );
    let names: Vec<&str> = what.iter().map(|w| law.column(w).map_or(w.as_str(), |c| c.name.as_str())).collect();
    let list = if names.is_empty() { String::new() } else { format!("涉及：{}。", names.join("、")) };
    match standing {
        Standing::Breached(Some(since)) => format!("{name}：{}起已经触发{consequence}。{list}", since.zh()),
        Standing::Breached(None) => format!("{name}：已经触发{consequence}。{list}"),
        Standing::Until(day) if day == today => format!("{name}：今天不更新、不答复，明天触发{consequence}。{list}"),
        Standing::Until(day) => {
            format!("{name}：还有{}日，{}24时前没有动作就触发{consequence}。{list}", day.0 - today.0, day.zh())
        }
        Standing::Sound => format!("{name}：没有触发。{list}"),
    }
}

/// Fills in citations; says what is unsound.
pub(crate) fn check(law: &mut Law) -> Vec<String> {
    let mut indicators = std::mem::take(&mut law.indicators);
    let plain = indicators.iter().map(|i| (i.code.as_str(), vec![i.name.as_str()]));
    let mut faults = plain_faults("indicator", plain);
    for indicator in &mut indicators {
        let mut found = measure_faults(&indicator.measure, law);
        found.extend(indicator.basis.resolve(&law.instruments).err());
        if indicator.kind == IndicatorKind::Veto && indicator.points.is_some() {
            found.push("a veto has no points".to_owned());
        }
        faults.extend(found.into_iter().map(|fault| format!("indicator {}: {fault}", indicator.code)));
    }
    law.indicators = indicators;
    faults
}

fn measure_faults(measure: &Measure, law: &Law) -> Vec<String> {
    let clause = |id: &String| law.clause(id).is_none().then(|| format!("no clause {id}"));
    match measure {
        Measure::Home { clause: id } | Measure::Messages { clause: id, .. } => clause(id).into_iter().collect(),
        Measure::Columns { limit: 0, .. } | Measure::Empty { limit: 0 } | Measure::Guides { limit: 0, .. } => {
            vec!["a limit of none".to_owned()]
        }
        Measure::Columns { groups, .. } => groups.iter().flat_map(|g| group_faults(g, law)).collect(),
        Measure::Channel | Measure::Services | Measure::Empty { .. } | Measure::Guides { .. } => Vec::new(),
    }
}

fn group_faults(group: &Group, law: &Law) -> Vec<String> {
    let mut faults = Vec::new();
    match (&group.clause, group.months) {
        (Some(id), None) if law.clause(id).is_none() => faults.push(format!("no clause {id}")),
        (Some(_), None) | (None, Some(1..)) => {}
        _ => faults.push("give a clause or months".to_owned()),
    }
    let strange = group.paths.iter().filter(|path| law.column(path).is_none());
    faults.extend(strange.map(|path| format!("no column {path}")));
    let strange = group.types.iter().filter(|kind| law.columns.iter().all(|c| c.kind != **kind));
    faults.extend(strange.map(|kind| format!("no column of the type {kind}")));
    if group.paths.is_empty() && group.types.is_empty() {
        faults.push("no columns".to_owned());
    }
    faults
}
