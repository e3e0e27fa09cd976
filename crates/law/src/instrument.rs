use crate::clause::Sure;
use kernel::Day;
use serde::Deserialize;

/// An act: a law, a regulation, a rule, a notice, or the bureau's own pledge.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Instrument {
    pub id: String,
    pub title: String,
    /// How a page names it before the article: `《政府信息公开条例》`.
    pub cite: String,
    /// 国务院令第711号, 国办发〔2018〕118号; empty where it has none.
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub issuer: String,
    /// First day in force; `None` where that is not established.
    pub from: Option<Day>,
    /// Last day in force.
    pub until: Option<Day>,
    pub sure: Sure,
}

impl Instrument {
    /// `《政府信息公开条例》第二十六条`.
    pub fn article(&self, article: &str) -> String {
        format!("{}{article}", self.cite)
    }
}

/// Whether a day lies between two days, both included; an end left open has no limit.
pub(crate) fn within(day: Day, from: Option<Day>, until: Option<Day>) -> bool {
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}
