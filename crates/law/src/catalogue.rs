use serde::Deserialize;

/// A class of what must be made public (政府信息公开条例 article 20).
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Class {
    /// The item of article 20, 1 to 15.
    pub number: u8,
    /// Its address below `/disclosure/catalogue/`; never changes.
    pub slug: String,
    pub name: String,
    /// The id of an instrument.
    pub instrument: String,
    pub article: String,
    /// Put together when the law is loaded.
    #[serde(skip)]
    pub cite: String,
    /// What belongs here, in our own words.
    pub gist: String,
    /// What a reader sees where there is nothing.
    pub empty: String,
}

/// A column of the portal that lists records.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Column {
    /// Its address without the leading slash: `results/policies`; never changes.
    pub path: String,
    /// The page tag ColumnName (国办发〔2017〕47号 annex).
    pub name: String,
    /// The page tag ColumnType: 政策文件, 政务公开, 新闻动态.
    #[serde(rename = "type")]
    pub kind: String,
    /// The page tag ColumnDescription: one sentence.
    pub description: String,
    /// The page tag ColumnKeywords.
    pub keywords: Vec<String>,
    /// The slug of the statutory class its records belong to; `None` for what no statute demands, and for sections that
    /// only gather.
    pub class: Option<String>,
}

impl Column {
    /// Whether this column's path goes on from the other's.
    pub fn is_below(&self, above: &Column) -> bool {
        self.path.strip_prefix(&above.path).is_some_and(|rest| rest.starts_with('/'))
    }
}
