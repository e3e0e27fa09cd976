use serde::Deserialize;

/// 不予公开清单: what the bureau withholds, each entry on its ground. Whatever is not in it is public in principle.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NegativeList {
    /// Counts from 1.
    pub version: u32,
    #[serde(rename = "entry")]
    pub entries: Vec<Negative>,
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
