use crate::Law;
use kernel::Day;
use serde::Deserialize;

/// 不予公开清单: what the bureau withholds, each entry on its ground, until another list takes its place. Whatever is
/// not in it is public in principle.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NegativeList {
    /// Counts from 1.
    pub version: u32,
    /// First day; `None` for the first list, which has always been in force.
    pub from: Option<Day>,
    #[serde(rename = "entry")]
    pub entries: Vec<Negative>,
}

/// The file: one list after the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NegativeFile {
    #[serde(rename = "list")]
    pub lists: Vec<NegativeList>,
}

/// One entry of the list.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Negative {
    pub code: String,
    /// What is withheld, in our own words.
    pub withheld: String,
    pub how: How,
    /// The code of a ground that withholds and may be cited to an applicant.
    pub ground: String,
    /// Further articles it rests on, such as the law that forbids publication.
    #[serde(default)]
    pub also: Vec<Also>,
    pub note: String,
    /// The ground's article and the further ones, joined by 、; put together when the law is loaded.
    #[serde(skip)]
    pub cite: String,
}

/// An article besides the ground's.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Also {
    /// The id of an instrument.
    pub instrument: String,
    pub article: String,
}

/// How much of a document an entry withholds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// 整件.
    Whole,
    /// Only that part is left out; the rest is public (政府信息公开条例 article 37).
    Part,
}

impl How {
    /// As the file has it.
    pub fn word(self) -> &'static str {
        match self {
            How::Whole => "whole",
            How::Part => "part",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            How::Whole => "整件",
            How::Part => "只不公开这一部分",
        }
    }
}

impl NegativeList {
    pub fn entry(&self, code: &str) -> Option<&Negative> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// Whether it has begun on a day; the list in force is the last one that has.
    pub fn has_begun(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day)
    }
}

impl Negative {
    /// Whether another wording withholds the same on the same articles: a note may change.
    pub fn rests_as(&self, other: &Negative) -> bool {
        let rests = |entry: &Negative| (entry.withheld.clone(), entry.how, entry.ground.clone(), entry.also.clone());
        rests(self) == rests(other)
    }
}

/// What one list has otherwise than another.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum NegativeChange<'a> {
    Added(&'a Negative),
    Removed(&'a Negative),
    /// The old wording and the new.
    Changed(&'a Negative, &'a Negative),
}

/// Entry by entry, by their codes: what is new or changed in the order of the new list, then what is gone.
pub fn negative_changes<'a>(old: &'a NegativeList, new: &'a NegativeList) -> Vec<NegativeChange<'a>> {
    let fresh = new.entries.iter().filter_map(|entry| match old.entry(&entry.code) {
        None => Some(NegativeChange::Added(entry)),
        Some(was) => (was != entry).then_some(NegativeChange::Changed(was, entry)),
    });
    let gone = old.entries.iter().filter(|entry| new.entry(&entry.code).is_none()).map(NegativeChange::Removed);
    fresh.chain(gone).collect()
}

impl Law {
    /// The negative list in force on a day. There always is one: the first has no beginning.
    pub fn negative_on(&self, day: Day) -> &NegativeList {
        let begun = self.negative.iter().rev().find(|list| list.has_begun(day));
        begun.or(self.negative.first()).expect("a law without a negative list does not load")
    }
}
