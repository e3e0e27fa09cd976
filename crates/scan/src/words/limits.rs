//! Terms that a paper tells its readers and that are not those of the law. Only turns of phrase that have one meaning:
//! what is not said in one breath is left to people.

use super::Remark;
use crate::{Rule, Settings, Term};
use kernel::Day;
use regex::Regex;
use std::sync::LazyLock;

/// How papers tell a term of the law. What the term is, the law says (`Settings::terms`).
struct Phrase {
    /// What is said before and after the term; nothing else stands between.
    before: &'static str,
    after: &'static str,
    /// The clauses whose terms may stand there, the usual one first. 日, 工作日 and 月 are different units.
    clauses: &'static [&'static str],
    /// The act itself says 日 and means working days.
    days_work: bool,
}

const PHRASES: &[Phrase] = &[
    // Longer where another law says so, never shorter. 个月 is another term than 日.
    Phrase {
        before: "",
        after: "内[，,]?[^,;，。；内]{0,40}?(?:申请|提起|提出)行政复议",
        clauses: &["REC-APPLY"],
        days_work: false,
    },
    Phrase {
        before: "",
        after: "内[，,]?[^,;，。；内]{0,40}?(?:提起)行政诉讼",
        clauses: &["LIT-DIRECT", "LIT-AFTER-REC"],
        days_work: false,
    },
    Phrase {
        before: "收到(?:政府信息公开|信息公开)申请之日起",
        after: "内",
        clauses: &["OGI-REPLY"],
        days_work: false,
    },
    Phrase { before: "信息形成或者变更之日起", after: "内", clauses: &["OGI-ACTIVE"], days_work: false },
    // 行政处罚法 85: its days, up to seven, are working days.
    Phrase {
        before: "(?:告知|送达|收到)[^，。；]{0,16}之日起",
        after: "内[^，。；内]{0,10}(?:要求|申请|提出)听证",
        clauses: &["PEN-HEAR-ASK"],
        days_work: true,
    },
];

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let term = "(?<n>[0-9]{1,3}|[一二三四五六七八九十两]{1,4}) ?(?<unit>个?工作日|[日天]|个?月)[之以]?";
    let all = PHRASES.iter().map(|phrase| Regex::new(&format!("{}{term}{}", phrase.before, phrase.after)));
    all.collect::<Result<_, _>>().expect("valid patterns")
});

/// `year` is the latest that the paper names; one that names none is read as of today. A paper is held against the
/// terms of its year alone, and against none where the law that it was written under is not known.
pub(super) fn find(text: &str, year: Option<i32>, settings: &Settings) -> Vec<Remark> {
    if !text.contains('内') || settings.terms.is_empty() {
        return Vec::new();
    }
    let year = year.unwrap_or(i32::from(settings.today.year()));
    let of = |(phrase, pattern): (&Phrase, &Regex)| {
        let terms = terms(phrase, year, settings);
        let all = pattern.captures_iter(text).filter_map(|c| wrong(phrase, &terms, &c));
        if terms.is_empty() { Vec::new() } else { all.collect() }
    };
    PHRASES.iter().zip(PATTERNS.iter()).flat_map(of).collect()
}

/// The terms of a year, if they are known for its first day.
fn terms<'a>(phrase: &Phrase, year: i32, settings: &'a Settings) -> Vec<&'a Term> {
    let (Ok(y), clauses) = (i16::try_from(year), phrase.clauses) else { return Vec::new() };
    let (Some(first), Some(last)) = (Day::new(y, 1, 1), Day::new(y, 12, 31)) else { return Vec::new() };
    let all = clauses.iter().filter_map(|id| settings.terms.get(*id)).flatten();
    let of_year: Vec<&Term> = all.filter(|t| t.from <= last && t.until.is_none_or(|until| first <= until)).collect();
    if of_year.iter().any(|term| term.from <= first) { of_year } else { Vec::new() }
}

fn wrong(phrase: &Phrase, terms: &[&Term], c: &regex::Captures) -> Option<Remark> {
    let (number, unit) = (c.name("n")?, c.name("unit")?);
    let written = (value(number.as_str())?, kind(unit.as_str()));
    let is = |term: &&&Term| {
        let digits = term.text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let right = (value(digits), kind(&term.text[digits.len()..]));
        let days = phrase.days_work && right == (Some(written.0), "工作日") && written.1 == "日";
        days || right == (Some(written.0), written.1)
    };
    if terms.iter().any(|term| is(&term)) {
        return None;
    }
    let all: Vec<String> = terms.iter().map(|term| format!("{}规定的是{}", term.cite, term.text)).collect();
    Some(Remark {
        rule: Rule::NumberConflict,
        span: number.start()..unit.end(),
        says: format!("与法定期限不符：{}。请核对；法律另有规定的，写明依据。", all.join("，")),
        suggestion: terms.first().map(|term| term.text.clone()),
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

    fn law() -> Settings {
        let term = |from: &str, until: Option<&str>, text: &str| Term {
            from: Day::parse(from).expect("a day"),
            until: until.map(|day| Day::parse(day).expect("a day")),
            text: text.into(),
            cite: "《某法》第一条".into(),
        };
        let terms = [
            ("REC-APPLY", vec![term("1999-10-01", Some("2023-12-31"), "60日"), term("2024-01-01", None, "60日")]),
            ("LIT-DIRECT", vec![term("2015-05-01", None, "6个月")]),
            ("LIT-AFTER-REC", vec![term("2015-05-01", None, "15日")]),
            (
                "OGI-REPLY",
                vec![term("2008-05-01", Some("2019-05-14"), "15个工作日"), term("2019-05-15", None, "20个工作日")],
            ),
            ("OGI-ACTIVE", vec![term("2008-05-01", None, "20个工作日")]),
            ("PEN-HEAR-ASK", vec![term("2021-07-15", None, "5个工作日")]),
        ];
        let terms = terms.map(|(id, all)| (id.to_owned(), all)).into();
        Settings { terms, ..Settings::default() }
    }

    #[test]
    fn terms_that_are_not_those_of_the_law() {
        let settings = law();
        let table: [(&str, Option<i32>, Option<&str>); 19] = [
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
            ("自收到政府信息公开申请之日起20个工作日内答复。", Some(2017), Some("20个工作日")),
            ("自收到政府信息公开申请之日起15个工作日内答复。", Some(2019), None),
            ("自收到本告知书之日起五日内提出听证申请。", Some(2026), None),
        ];
        for (text, year, want) in table {
            let found: Vec<&str> = find(text, year, &settings).iter().map(|r| &text[r.span.clone()]).collect();
            assert_eq!(found, want.into_iter().collect::<Vec<_>>(), "{text} {year:?}");
            assert!(find(text, year, &Settings::default()).is_empty(), "without a law nothing is told of it");
        }
    }
}
