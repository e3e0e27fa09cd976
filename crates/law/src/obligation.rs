//! 公开事项标准目录: what the body owes to the public (政府信息公开条例 articles 19 to 21), entry by entry.

use crate::basis::{Basis, plain_faults};
use crate::instrument::within;
use crate::{Clause, Direction, Law, Nature, Unit, due};
use kernel::Day;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One entry. The fields are the columns of 基层政务公开标准目录 (国办发〔2019〕54号) and what reckoning needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Obligation {
    /// Never changes: `ENF-PENALTY`.
    pub code: String,
    /// 一级事项.
    pub group: String,
    /// 二级事项.
    pub item: String,
    /// 公开内容（要素）.
    pub elements: String,
    /// 公开主体: the section that owes it, or 本局.
    pub owner: String,
    /// 公开依据.
    pub basis: Vec<Basis>,
    /// 公开时限.
    pub limit: Limit,
    pub cadence: Cadence,
    /// Which published items count.
    pub met_by: MetBy,
    /// 公开渠道和载体: some of [`CHANNELS`].
    pub channels: Vec<String>,
    /// Where it must also appear; it is met only when each of them is confirmed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outlets: Vec<String>,
    /// 公开对象: 全社会 or the group.
    #[serde(default = "everybody")]
    pub audience: String,
    /// 公开方式.
    #[serde(default)]
    pub mode: Mode,
    /// 公开层级.
    #[serde(default = "city")]
    pub level: String,
    /// First and last day on which it is owed; no limit where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

fn everybody() -> String {
    "全社会".to_owned()
}

fn city() -> String {
    "市级".to_owned()
}

/// 公开时限.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Limit {
    /// 及时.
    Promptly,
    /// 长期公开.
    LongTerm,
    /// The id of a clause.
    Clause(String),
}

/// How often something is owed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Cadence {
    /// Once, and kept current: there must always be one in force.
    Standing,
    /// At least every so many months.
    Every { months: u16 },
    /// Every year by a named day.
    Yearly { by: MonthDay, about: About },
    /// Whenever there is something. A silence of more than `quiet_months` is asked about.
    #[serde(rename_all = "kebab-case")]
    Event { quiet_months: Option<u16> },
}

/// Which year a yearly item speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    ThisYear,
    LastYear,
}

/// A day of every year, written `01-31`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct MonthDay {
    month: i8,
    day: i8,
}

impl MonthDay {
    /// `None` where it is not a day of every year; 29 February is none.
    pub fn parse(text: &str) -> Option<MonthDay> {
        let (month, day) = text.split_once('-').filter(|_| text.len() == 5)?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        Day::new(2025, month, day).map(|_| MonthDay { month, day })
    }

    /// The day in a year from 1 to 9999.
    pub fn of(self, year: i16) -> Day {
        Day::new(year.clamp(1, 9999), self.month, self.day).expect("a day of every year")
    }

    /// `1月31日`.
    pub fn zh(self) -> String {
        format!("{}月{}日", self.month, self.day)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{:02}-{:02}", self.month, self.day))
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<MonthDay, D::Error> {
        let text = String::deserialize(d)?;
        MonthDay::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not a day of the year: {text}")))
    }
}

/// What counts towards an entry. All parts that are given must hold; within a part one is enough.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MetBy {
    /// Paths of columns: of `columns.toml`, or one of [`PARTS`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Slugs of statutory classes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// Record kinds: `policy`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<String>,
    /// Words of the title.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}

/// 公开方式.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    #[default]
    Proactive,
    OnRequest,
}

impl Mode {
    pub fn zh(self) -> &'static str {
        match self {
            Mode::Proactive => "主动",
            Mode::OnRequest => "依申请公开",
        }
    }
}

/// The check-boxes of 公开渠道和载体.
pub const CHANNELS: [&str; 13] = [
    "政府网站",
    "政府公报",
    "两微一端",
    "发布会/听证会",
    "广播电视",
    "纸质媒体",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "社区/企事业单位/村公示栏（电子屏）",
    "精准推送",
    "其他",
];

/// The statutory parts of the platform, which list records as columns do (国办公开办函〔2019〕61号).
pub const PARTS: [&str; 5] =
    ["disclosure/guide", "disclosure/rules", "disclosure/reports", "disclosure/standards", "disclosure/negative-list"];

impl Obligation {
    /// Whether it is owed on a day.
    pub fn owed(&self, day: Day) -> bool {
        within(day, self.from, self.until)
    }

    /// 公开时限 as a reader sees it on a day: `自政府信息形成或者变更之日起20个工作日内`.
    pub fn limit_zh(&self, law: &Law, day: Day) -> String {
        let clause = match &self.limit {
            Limit::Promptly => return "及时公开".to_owned(),
            Limit::LongTerm => return "长期公开".to_owned(),
            Limit::Clause(id) => law.clause(id),
        };
        let Some((clause, wording)) = clause.and_then(|c| Some((c, c.on(day)?))) else {
            return "及时公开".to_owned();
        };
        let (event, term) = (&wording.counts_from, wording.unit.zh(wording.amount));
        match (clause.nature, clause.direction, self.cadence) {
            (Nature::NamedDate, _, Cadence::Yearly { by, .. }) => format!("每年{}前", by.zh()),
            (_, Direction::Before, _) => format!("{event}前至少{term}"),
            (Nature::Minimum, ..) => format!("{event}起不少于{term}"),
            _ if wording.unit == Unit::Promptly => "及时公开".to_owned(),
            _ => format!("自{event}起{term}内"),
        }
    }

    /// The clause that each single item is judged by: a deadline after an event. Other limits are only shown.
    pub(crate) fn deadline<'a>(&self, law: &'a Law) -> Option<&'a Clause> {
        let Limit::Clause(id) = &self.limit else { return None };
        law.clause(id).filter(|c| c.nature == Nature::Deadline && c.direction == Direction::After)
    }
}

/// Fills in the citations of a catalogue, built in or a version of the bureau's own, and says what is unsound.
pub fn check_obligations(entries: &mut [Obligation], law: &Law) -> Vec<String> {
    let texts = |o: &'_ Obligation| -> Vec<String> {
        [&o.group, &o.item, &o.elements, &o.owner, &o.audience, &o.level].map(String::clone).to_vec()
    };
    let all: Vec<_> = entries.iter().map(|o| (o.code.clone(), texts(o))).collect();
    let plain = all.iter().map(|(code, texts)| (code.as_str(), texts.iter().map(String::as_str).collect()));
    let mut faults = plain_faults("obligation", plain);
    for entry in entries {
        let found = entry_faults(entry, law);
        faults.extend(found.into_iter().map(|fault| format!("obligation {}: {fault}", entry.code)));
    }
    faults
}

pub(crate) fn check(law: &mut Law) -> Vec<String> {
    let mut entries = std::mem::take(&mut law.obligations);
    let faults = check_obligations(&mut entries, law);
    law.obligations = entries;
    faults
}

fn entry_faults(entry: &mut Obligation, law: &Law) -> Vec<String> {
    let mut faults = Vec::new();
    if entry.basis.is_empty() {
        faults.push("no basis".to_owned());
    }
    faults.extend(entry.basis.iter_mut().filter_map(|b| b.resolve(&law.instruments).err()));
    if entry.channels.is_empty() {
        faults.push("no channel".to_owned());
    }
    let strange = entry.channels.iter().filter(|c| !CHANNELS.contains(&c.as_str()));
    faults.extend(strange.map(|channel| format!("no channel {channel}")));
    let MetBy { columns, classes, kinds, words } = &entry.met_by;
    if columns.is_empty() && classes.is_empty() {
        faults.push("neither a column nor a class to look in".to_owned());
    }
    let missing = columns.iter().filter(|c| law.column(c).is_none() && !PARTS.contains(&c.as_str()));
    faults.extend(missing.map(|column| format!("no column {column}")));
    let missing = classes.iter().filter(|slug| law.class(slug).is_none());
    faults.extend(missing.map(|class| format!("no class {class}")));
    if kinds.iter().chain(words).chain(&entry.outlets).any(|text| text.trim().is_empty()) {
        faults.push("an empty text".to_owned());
    }
    if matches!((entry.from, entry.until), (Some(from), Some(until)) if until < from) {
        faults.push("ends before it begins".to_owned());
    }
    if matches!(entry.cadence, Cadence::Every { months: 0 } | Cadence::Event { quiet_months: Some(0) }) {
        faults.push("an interval of no months".to_owned());
    }
    faults.extend(limit_fault(entry, law));
    faults
}

fn limit_fault(entry: &Obligation, law: &Law) -> Option<String> {
    let Limit::Clause(id) = &entry.limit else { return None };
    let Some(clause) = law.clause(id) else { return Some(format!("no clause {id}")) };
    match (clause.nature, entry.cadence) {
        (Nature::Span, _) => Some(format!("{id} is no time limit")),
        // The named day stands in the clause; the entry repeats it so that a missing year is found.
        (Nature::NamedDate, Cadence::Yearly { by, .. }) => {
            let on = due(clause, Day::new(2025, 12, 31)?, &law.calendar)?.on;
            (by.of(on.year()) != on).then(|| format!("{id} names {on}"))
        }
        (Nature::NamedDate, _) => Some(format!("{id} names a day of the year, and the entry is not yearly")),
        _ => None,
    }
}
