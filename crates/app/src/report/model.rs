//! The numbers of an annual report (国办公开办函〔2021〕30号). Pure.

use crate::request::annual::{self, COLUMNS, Line};
use serde::{Deserialize, Serialize};

/// Numbers of table 2 that no record of ours holds: they come from the systems in which licences, penalties and fees
/// are handled.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    pub permits: u32,
    pub penalties: u32,
    pub coercion: u32,
    /// In yuan; the form wants 万元.
    pub fees: u64,
}

/// The three tables of a year.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tables {
    /// 行政规范性文件: made in the year, ended in the year, in force at its end. A department makes no 规章.
    pub documents: [u32; 3],
    pub figures: Figures,
    /// In the order of [`annual::ROWS`].
    pub requests: Vec<[u32; COLUMNS]>,
    /// 行政复议, 未经复议直接起诉, 复议后起诉: 维持, 纠正, 其他, 尚未审结, 总计.
    pub disputes: [[u32; 5]; 3],
}

impl Tables {
    pub fn lines(&self) -> Vec<Line> {
        annual::lines(&self.requests)
    }
}

/// The columns of table 3.
pub const APPLICANTS: [&str; COLUMNS] =
    ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"];
/// The columns of table 4, under each way.
pub const RULINGS: [&str; 5] = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
/// The ways of table 4.
pub const WAYS: [&str; 3] = ["行政复议", "行政诉讼：未经复议直接起诉", "行政诉讼：复议后起诉"];

/// Where the tables of a year come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Counted now.
    Counted,
    /// A past year, entered by staff and locked by another person.
    Locked,
}

/// 元 as 万元, without useless zeros: 123400 is `12.34`.
pub fn wan(yuan: u64) -> String {
    let (whole, rest) = (yuan / 10_000, yuan % 10_000);
    let rest = format!("{rest:04}");
    match rest.trim_end_matches('0') {
        "" => whole.to_string(),
        rest => format!("{whole}.{rest}"),
    }
}

/// 万元 as a person types them, at most four decimals, as yuan; `None` where it is no such number.
pub fn yuan(wan: &str) -> Option<u64> {
    let (whole, rest) = wan.trim().split_once('.').unwrap_or((wan.trim(), ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || rest.len() > 4 || !digits(whole) || !digits(rest) {
        return None;
    }
    Some(whole.parse::<u64>().ok()? * 10_000 + format!("{rest:0<4}").parse::<u64>().ok()?)
}
