use crate::instrument::within;
use kernel::Day;
use serde::Deserialize;

/// A reason in law why something is public or is withheld.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ground {
    /// Never changes: `O20-1`, `N5`, `N5-2008`.
    pub code: String,
    pub name: String,
    /// The rule in our own words.
    pub text: String,
    /// The id of an instrument.
    pub instrument: String,
    pub article: String,
    /// Put together when the law is loaded.
    #[serde(skip)]
    pub cite: String,
    /// First day; the instrument's unless given.
    pub from: Option<Day>,
    /// Last day; the instrument's unless given.
    pub until: Option<Day>,
    pub effect: Effect,
    pub force: Force,
    /// When the rule does not hold; empty where it always does.
    #[serde(default)]
    pub unless: String,
    /// The grounds to cite to an applicant instead of this one; empty where it can be cited itself.
    #[serde(default)]
    pub refuse_by: Vec<String>,
}

/// Which way a ground points.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    Open,
    Withhold,
}

/// Whether a ground binds or leaves a choice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    Must,
    May,
}

impl Ground {
    pub fn in_force(&self, day: Day) -> bool {
        within(day, self.from, self.until)
    }
}
