use crate::{Instrument, Sure};
use kernel::Day;
use serde::{Deserialize, Serialize};

/// An article that a duty, a remedy or a prohibition rests on.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Basis {
    /// The id of an instrument.
    pub instrument: String,
    /// `第二十六条`; empty where the whole instrument is meant.
    #[serde(default)]
    pub article: String,
    pub sure: Sure,
    /// `《政府信息公开条例》第二十六条`; put together when the law is loaded.
    #[serde(skip)]
    pub cite: String,
}

impl Basis {
    /// Fills in the citation. The error says which instrument is missing.
    pub(crate) fn resolve<'a>(&mut self, instruments: &'a [Instrument]) -> Result<&'a Instrument, String> {
        let found = instruments.iter().find(|i| i.id == self.instrument);
        let act = found.ok_or_else(|| format!("no instrument {}", self.instrument))?;
        self.cite = act.article(&self.article);
        Ok(act)
    }
}

/// The citations, joined by 、.
pub(crate) fn cites(basis: &[Basis]) -> String {
    basis.iter().map(|b| b.cite.as_str()).collect::<Vec<_>>().join("、")
}

/// So many months later: the day of the same number, or the last of the month where there is none (民法典 article 202).
pub(crate) fn months_after(day: Day, months: u16) -> Day {
    let (year, month, number) = day.ymd();
    let index = i32::from(year) * 12 + i32::from(month) - 1 + i32::from(months);
    let year = i16::try_from(index / 12).unwrap_or(i16::MAX);
    let month = (index % 12 + 1) as i8;
    (1..=number).rev().find_map(|n| Day::new(year, month, n)).unwrap_or(day.plus(i32::from(months) * 31))
}

/// Ids that occur twice, and entries with an empty id or text, as faults.
pub(crate) fn plain_faults<'a>(what: &str, entries: impl Iterator<Item = (&'a str, Vec<&'a str>)>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    let mut faults = Vec::new();
    for (id, texts) in entries {
        if !seen.insert(id) {
            faults.push(format!("{what} {id}: listed twice"));
        }
        if id.is_empty() || texts.iter().any(|text| text.trim().is_empty()) {
            faults.push(format!("{what} {id}: an empty text"));
        }
    }
    faults
}
