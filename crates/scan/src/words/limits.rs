//! Terms that a paper tells its readers and that are not those of the law. Only turns of phrase that have one meaning:
//! what is not said in one breath is left to people.

use super::Remark;
use crate::Rule;
use regex::Regex;
use std::sync::LazyLock;

/// A term of the law as papers tell it.
struct Limit {
    /// What is said before and after the term; nothing else stands between.
    before: &'static str,
    after: &'static str,
    /// The terms that the law has, the usual one first. 日, 工作日 and 月 are different units.
    terms: &'static [&'static str],
    /// The first whole year in which they are the law. Older papers told what was right then.
    since: i32,
    law: &'static str,
}

const LIMITS: &[Limit] = &[
    // 行政复议法 20: 六十日, longer where another law says so, never shorter. 个月 is another term than 日.
    Limit {
        before: "",
        after: "内[，,]?[^,;，。；内]{0,40}?(?:申请|提起|提出)行政复议",
        terms: &["60日"],
        since: 2000,
        law: "《行政复议法》第二十条",
    },
    // 行政诉讼法 46, and 45 after reconsideration. Until 2015-05-01 it was three months.
    Limit {
        before: "",
        after: "内[，,]?[^,;，。；内]{0,40}?(?:提起)行政诉讼",
        terms: &["6个月", "15日"],
        since: 2016,
        law: "《行政诉讼法》第四十五条、第四十六条",
    },
    // 政府信息公开条例 33; 15 working days until 2019-05-15.
    Limit {
        before: "收到(?:政府信息公开|信息公开)申请之日起",
        after: "内",
        terms: &["20个工作日"],
        since: 2020,
        law: "《政府信息公开条例》第三十三条",
    },
    // 政府信息公开条例 26 (18 in the wording of 2007).
    Limit {
        before: "信息形成或者变更之日起",
        after: "内",
        terms: &["20个工作日"],
        since: 2008,
        law: "《政府信息公开条例》第二十六条",
    },
    // 行政处罚法 64; three days until 2021-07-15. Five days are working days (85).
    Limit {
        before: "(?:告知|送达|收到)[^，。；]{0,16}之日起",
        after: "内[^，。；内]{0,10}(?:要求|申请|提出)听证",
        terms: &["5个工作日", "5日"],
        since: 2022,
        law: "《行政处罚法》第六十四条、第八十五条",
    },
];

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let term = "(?<n>[0-9]{1,3}|[一二三四五六七八九十两]{1,4}) ?(?<unit>个?工作日|[日天]|个?月)[之以]?";
    let all = LIMITS.iter().map(|limit| Regex::new(&format!("{}{term}{}", limit.before, limit.after)));
    all.collect::<Result<_, _>>().expect("valid patterns")
});

/// `year` is the latest that the paper names; one that names none is read as of today.
pub(super) fn find(text: &str, year: Option<i32>) -> Vec<Remark> {
    if !text.contains('内') {
        return Vec::new();
    }
    let now = LIMITS.iter().zip(PATTERNS.iter()).filter(|(limit, _)| year.is_none_or(|year| year >= limit.since));
    now.flat_map(|(limit, pattern)| pattern.captures_iter(text).filter_map(|c| wrong(limit, &c))).collect()
}

fn wrong(limit: &Limit, c: &regex::Captures) -> Option<Remark> {
    let (number, unit) = (c.name("n")?, c.name("unit")?);
    let written = (value(number.as_str())?, kind(unit.as_str()));
    let of = |term: &str| {
        let digits = term.trim_end_matches(|c: char| !c.is_ascii_digit());
        (value(digits), kind(&term[digits.len()..]))
    };
    let right = limit.terms.iter().any(|term| of(term) == (Some(written.0), written.1));
    let terms = limit.terms.join("或者");
    (!right).then(|| Remark {
        rule: Rule::NumberConflict,
        span: number.start()..unit.end(),
        says: format!("与法定期限不符：{}规定的是{terms}。请核对；法律另有规定的，写明依据。", limit.law),
        suggestion: limit.terms.first().map(|term| (*term).to_owned()),
    })
}

/// The unit without 个, 天 as 日.
fn kind(unit: &str) -> &'static str {
    match unit.trim_start_matches('个') {
        "工作日" => "工作日",
        "月" => "月",
        _ => "日",
    }
}

/// Of a number to 99 in Chinese numerals, or to 999 in digits.
fn value(number: &str) -> Option<u32> {
    if let Ok(value) = number.parse() {
        return Some(value);
    }
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map(|n| n as u32 + 1);
    let one = |text: &str| match (text.chars().next(), text.chars().nth(1)) {
        (None, _) => Some(0),
        (Some('两'), None) => Some(2),
        (Some(c), None) => digit(c),
        _ => None,
    };
    match number.split_once('十') {
        Some((tens, ones)) => Some(one(tens)?.max(u32::from(tens.is_empty())) * 10 + one(ones)?),
        None => one(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_have_values() {
        for (text, want) in
            [("十五", Some(15)), ("六十", Some(60)), ("二十一", Some(21)), ("两", Some(2)), ("百", None)]
        {
            assert_eq!(value(text), want, "{text}");
        }
    }

    #[test]
    fn terms_that_are_not_those_of_the_law() {
        let table: [(&str, Option<i32>, Option<&str>); 16] = [
            ("可以在收到决定书之日起六十日内向某市人民政府申请行政复议。", None, None),
            ("可以在收到决定书之日起30日内向某市人民政府申请行政复议。", None, Some("30日")),
            ("可以自知道之日起2个月内依法申请行政复议。", Some(2026), Some("2个月")),
            ("15日内缴纳罚款，不服的，可以依法申请行政复议。", None, None),
            ("也可以在六个月内依法向某区人民法院提起行政诉讼。", None, None),
            ("也可以在三个月内依法向某区人民法院提起行政诉讼。", Some(2017), Some("三个月")),
            ("也可以在三个月内依法向某区人民法院提起行政诉讼。", Some(2014), None),
            ("不服复议决定的，可以自收到之日起十五日内提起行政诉讼。", None, None),
            ("自收到政府信息公开申请之日起20个工作日内答复。", Some(2026), None),
            ("自收到政府信息公开申请之日起15个工作日内答复。", Some(2026), Some("15个工作日")),
            ("自收到政府信息公开申请之日起15个工作日内答复。", Some(2017), None),
            ("自该政府信息形成或者变更之日起20日内公开。", None, Some("20日")),
            ("自政府信息形成或者变更之日起二十个工作日内公开。", None, None),
            ("自收到本告知书之日起三日内可以要求听证。", Some(2026), Some("三日")),
            ("自收到本告知书之日起5个工作日内提出听证申请。", Some(2026), None),
            ("30日内申请行政复议", Some(1998), None),
        ];
        for (text, year, want) in table {
            let found: Vec<&str> = find(text, year).iter().map(|r| &text[r.span.clone()]).collect();
            assert_eq!(found, want.into_iter().collect::<Vec<_>>(), "{text} {year:?}");
        }
    }
}
