//! Remedies: what an adverse paper must say about reconsideration and suit, by its outcome and its date.

use crate::basis::{Basis, cites, plain_faults};
use crate::instrument::within;
use crate::{Instrument, Law, Sure, Unit};
use kernel::Day;
use serde::{Deserialize, Serialize};

/// What `remedies.toml` says: the rights through time, and the outcomes that carry them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RemedyRules {
    #[serde(rename = "right")]
    pub rights: Vec<Right>,
    #[serde(rename = "outcome")]
    pub outcomes: Vec<Outcome>,
}

/// A way to challenge an act, while its instrument is in force.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Right {
    pub kind: RightKind,
    pub instrument: String,
    pub article: String,
    pub sure: Sure,
    /// The clause that gives the term. An old act without a clause gives `amount` and `unit` instead.
    pub clause: Option<String>,
    pub amount: Option<u16>,
    pub unit: Option<Unit>,
    /// Who decides; more than one where the reader may choose.
    pub to: Vec<Office>,
    /// Put together when the law is loaded, like the two days, which are the instrument's.
    #[serde(skip)]
    pub cite: String,
    #[serde(skip)]
    pub from: Option<Day>,
    #[serde(skip)]
    pub until: Option<Day>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RightKind {
    /// 行政复议.
    Reconsideration,
    /// 直接起诉.
    Suit,
    /// 复议后起诉.
    SuitAfter,
}

/// Who decides. Names and addresses are the bureau's settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Office {
    /// 本级人民政府 (行政复议法 article 24).
    Government,
    /// 上一级主管部门 (行政复议法 1999 article 12, until the end of 2023).
    Superior,
    /// 有管辖权的人民法院 (行政诉讼法 articles 14 and 18).
    Court,
}

/// What a paper decides.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Outcome {
    /// Never changes: `withheld`.
    pub code: String,
    pub name: String,
    /// How the paper calls itself: 答复, 决定, 通知.
    pub paper: String,
    /// The articles it answers by, each while its instrument is in force.
    pub basis: Vec<Basis>,
    /// Where the order is not the reader's free choice.
    #[serde(default, rename = "order")]
    pub orders: Vec<OrderRule>,
    /// For staff and their lawyer.
    #[serde(default)]
    pub note: String,
}

/// From when to when an order holds, and why.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OrderRule {
    pub is: Order,
    pub instrument: String,
    pub article: String,
    pub sure: Sure,
    /// The instrument's days unless given.
    pub from: Option<Day>,
    pub until: Option<Day>,
    /// Put together when the law is loaded.
    #[serde(skip)]
    pub cite: String,
}

/// In which order the ways may be gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// Reconsideration or suit, as the reader likes (行政诉讼法 article 44).
    Free,
    /// 复议前置: the paper itself must say so (行政复议法 article 23, last paragraph).
    ReconsiderFirst,
    /// A step that cannot be challenged by itself.
    None,
}

/// The remedies of one paper.
#[derive(Clone, PartialEq, Debug)]
pub struct Remedies<'a> {
    pub outcome: &'a Outcome,
    /// The article the paper answers by.
    pub basis: &'a Basis,
    pub order: Order,
    /// Why the order is not free; `None` where it is.
    pub rule: Option<&'a OrderRule>,
    /// In the order in which the paper names them.
    pub ways: Vec<Way<'a>>,
}

/// A right with the term in force.
#[derive(Clone, PartialEq, Debug)]
pub struct Way<'a> {
    pub right: &'a Right,
    pub amount: u16,
    pub unit: Unit,
}

/// Name and address of each office, from the bureau's settings. An empty one is shown as a gap to be filled.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Offices {
    pub government: (String, String),
    pub superior: (String, String),
    pub court: (String, String),
}

/// The remedies that a paper with this outcome and date must name. `None` where there is no such outcome, or the law of
/// that day knew no such answer.
pub fn remedies<'a>(law: &'a Law, outcome: &str, day: Day) -> Option<Remedies<'a>> {
    let outcome = law.remedies.outcomes.iter().find(|o| o.code == outcome)?;
    let in_force = |basis: &&Basis| {
        let act = law.instruments.iter().find(|i| i.id == basis.instrument);
        act.is_some_and(|act| within(day, act.from, act.until))
    };
    let basis = outcome.basis.iter().find(in_force)?;
    let rule = outcome.orders.iter().find(|o| within(day, o.from, o.until));
    let order = rule.map_or(Order::Free, |r| r.is);
    let kinds: &[RightKind] = match order {
        Order::Free => &[RightKind::Reconsideration, RightKind::Suit],
        Order::ReconsiderFirst => &[RightKind::Reconsideration, RightKind::SuitAfter],
        Order::None => &[],
    };
    let ways = kinds.iter().map(|kind| way(law, *kind, day)).collect::<Option<_>>()?;
    Some(Remedies { outcome, basis, order, rule, ways })
}

fn way(law: &Law, kind: RightKind, day: Day) -> Option<Way<'_>> {
    let right = law.remedies.rights.iter().find(|r| r.kind == kind && within(day, r.from, r.until))?;
    let (amount, unit) = match &right.clause {
        Some(id) => law.clause(id)?.on(day).map(|w| (w.amount, w.unit))?,
        None => (right.amount?, right.unit?),
    };
    Some(Way { right, amount, unit })
}

impl Remedies<'_> {
    /// The paragraph that the paper carries.
    pub fn text(&self, offices: &Offices) -> String {
        let paper = &self.outcome.paper;
        let said = |i: usize| self.ways.get(i).map(|way| (way.unit.zh(way.amount), offices.of(&way.right.to)));
        let (Some((first, body)), Some((second, court))) = (said(0), said(1)) else {
            let cite = self.rule.map_or("", |r| r.cite.as_str());
            return format!("本{paper}是办理过程中的告知，不能单独申请行政复议或者提起行政诉讼（{cite}）。");
        };
        let cites = self.cites();
        match self.order {
            Order::ReconsiderFirst => format!(
                "您不服本{paper}的，应当先申请行政复议：自收到本{paper}之日起{first}内，向{body}提出。\
                 不服行政复议决定的，可以自收到行政复议决定书之日起{second}内，向{court}提起行政诉讼；\
                 行政复议机关逾期不作决定的，可以自复议期满之日起{second}内起诉。依据：{cites}。"
            ),
            _ => format!(
                "您不服本{paper}的，可以自收到本{paper}之日起{first}内，向{body}申请行政复议；\
                 也可以自收到本{paper}之日起{second}内，直接向{court}提起行政诉讼。依据：{cites}。"
            ),
        }
    }

    /// The articles that give the order and the terms, joined by 、.
    pub fn cites(&self) -> String {
        let rule = self.rule.map(|r| r.cite.as_str());
        let rights = self.ways.iter().map(|way| way.right.cite.as_str());
        rule.into_iter().chain(rights).collect::<Vec<_>>().join("、")
    }
}

impl Offices {
    fn of(&self, wanted: &[Office]) -> String {
        let one = |office: &Office| {
            let ((name, address), gap) = match office {
                Office::Government => (&self.government, "本级人民政府名称"),
                Office::Superior => (&self.superior, "上一级主管部门名称"),
                Office::Court => (&self.court, "有管辖权的人民法院名称"),
            };
            let name = if name.is_empty() { format!("〔{gap}〕") } else { name.clone() };
            let address = if address.is_empty() { "〔地址〕" } else { address };
            format!("{name}（地址：{address}）")
        };
        wanted.iter().map(one).collect::<Vec<_>>().join("或者")
    }
}

/// Fills in citations and days; says what is unsound.
pub(crate) fn check(law: &mut Law) -> Vec<String> {
    let mut rules = std::mem::replace(&mut law.remedies, RemedyRules { rights: Vec::new(), outcomes: Vec::new() });
    let mut faults = plain_faults(
        "outcome",
        rules.outcomes.iter().map(|o| (o.code.as_str(), vec![o.name.as_str(), o.paper.as_str()])),
    );
    for right in &mut rules.rights {
        faults.extend(right_faults(right, law).into_iter().map(|f| format!("right {}: {f}", right.instrument)));
    }
    for (i, right) in rules.rights.iter().enumerate() {
        let twin = rules.rights[..i].iter().find(|r| r.kind == right.kind);
        if twin.is_some_and(|twin| !ends_before(twin.until, right.from)) {
            faults.push(format!("right {}: overlaps the one before, or is out of order", right.instrument));
        }
    }
    for outcome in &mut rules.outcomes {
        let found = outcome_faults(outcome, &law.instruments);
        faults.extend(found.into_iter().map(|f| format!("outcome {}: {f}", outcome.code)));
    }
    law.remedies = rules;
    faults
}

/// Whether a stretch that ends on one day lies wholly before one that begins on another.
fn ends_before(until: Option<Day>, from: Option<Day>) -> bool {
    matches!((until, from), (Some(until), Some(from)) if until < from)
}

fn right_faults(right: &mut Right, law: &Law) -> Vec<String> {
    let Some(act) = law.instruments.iter().find(|i| i.id == right.instrument) else {
        return vec!["no such instrument".to_owned()];
    };
    right.cite = act.article(&right.article);
    (right.from, right.until) = (act.from, act.until);
    let mut faults = Vec::new();
    if act.from.is_none() {
        faults.push("its instrument has no first day".to_owned());
    }
    if right.to.is_empty() {
        faults.push("nobody to turn to".to_owned());
    }
    match (&right.clause, right.amount, right.unit) {
        (Some(id), None, None) => match (law.clause(id), act.from) {
            (None, _) => faults.push(format!("no clause {id}")),
            (Some(clause), Some(from)) if clause.on(from).is_none() => faults.push(format!("{id} begins later")),
            _ => {}
        },
        (None, Some(1..), Some(_)) => {}
        _ => faults.push("give a clause, or an amount and its unit".to_owned()),
    }
    faults
}

fn outcome_faults(outcome: &mut Outcome, instruments: &[Instrument]) -> Vec<String> {
    let mut faults = Vec::new();
    if outcome.basis.is_empty() {
        faults.push("no basis".to_owned());
    }
    for basis in &mut outcome.basis {
        match basis.resolve(instruments) {
            Ok(act) if act.from.is_none() => faults.push(format!("{} has no first day", act.id)),
            Ok(_) => {}
            Err(fault) => faults.push(fault),
        }
    }
    for order in &mut outcome.orders {
        match instruments.iter().find(|i| i.id == order.instrument) {
            None => faults.push(format!("no instrument {}", order.instrument)),
            Some(act) => {
                order.cite = act.article(&order.article);
                order.from = order.from.or(act.from);
                order.until = order.until.or(act.until);
            }
        }
        if order.is == Order::Free {
            faults.push("free is what holds without an order".to_owned());
        }
    }
    for pair in outcome.orders.windows(2) {
        if !ends_before(pair[0].until, pair[1].from) {
            faults.push(format!("orders overlap or are out of order: {}", cites(&outcome.basis)));
        }
    }
    faults
}
