//! Reading the address of a list, paging, cells. Pure.

use super::model::{Form, Query, SIZES, TWINS, Turn};
use crate::floor::Validity;
use crate::record::field::{Is, YES_NO};
use crate::record::kind::Kind;
use crate::record::typed;
use kernel::Day;
use law::Law;
use std::collections::BTreeMap;

/// A list is not paged through further: an offset costs as much as all that it passes over.
pub const PAGED_MAX: u64 = 10_000;
/// Rows of a CSV twin at most: as many as can be paged through.
pub const CSV_MAX: u64 = PAGED_MAX;
/// Items of a JSON answer at most, and where nothing is said.
pub const JSON_MAX: u64 = 1_000;
pub const JSON_USUAL: u64 = 100;
/// Entries of a feed.
pub const FEED: u64 = 30;
/// Letters of a search in titles.
const WORDS_MAX: usize = 100;

/// How many of each place are public.
pub type Counts = BTreeMap<String, i64>;

/// The pairs of a query string; what is not form encoding is a bad request.
pub fn pairs(raw: &str) -> Result<Vec<(String, String)>, &'static str> {
    serde_urlencoded::from_str(raw).map_err(|_| "地址里的查询条件看不懂。请回到列表重新选择。")
}

/// The first value of a name, trimmed; empty where there is none.
pub fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
}

/// Reads the filters. What we do not know is not ours and is left alone; what we know must be right.
pub fn read(pairs: &[(String, String)]) -> Result<Query, &'static str> {
    let year = match value(pairs, "year") {
        "" => None,
        text => Some(year(text).ok_or("年份要写成四位数字，如 2026。")?),
    };
    let kind = value(pairs, "kind");
    if !kind.is_empty() && Kind::parse(kind).is_none() {
        return Err("没有这种信息种类。请在列表上方重新选择。");
    }
    let q = value(pairs, "q");
    if q.chars().count() > WORDS_MAX {
        return Err("要找的标题太长，最多 100 字。请只写其中几个字。");
    }
    let page = match value(pairs, "page") {
        "" => 1,
        text => text.parse().ok().filter(|n| *n > 0).ok_or("页码要写成 1、2、3 这样的数字。")?,
    };
    let size = match value(pairs, "size") {
        "" => SIZES[0],
        text => text.parse().ok().filter(|n| SIZES.contains(n)).ok_or("每页可以列 20 条或者 50 条。")?,
    };
    Ok(Query { year, kind: kind.into(), q: q.into(), validity: None, choices: choices(pairs)?, page, size })
}

/// The typed fields by which a list is narrowed down.
fn choices(pairs: &[(String, String)]) -> Result<Vec<(&'static str, &'static str)>, &'static str> {
    let mut all = vec![];
    for (name, value) in pairs.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let Some(field) = typed::field(name).filter(|f| f.is_filter) else { continue };
        let words = if let Is::Choice(words) = field.is { words } else { YES_NO };
        let word = words.iter().find(|(word, _)| *word == value.trim());
        all.push((field.name, word.ok_or("没有这个选项。请在列表上方重新选择。")?.0));
    }
    Ok(all)
}

/// `?validity=`, seen from a day.
pub fn validity(pairs: &[(String, String)], today: Day) -> Result<Option<(Validity, Day)>, &'static str> {
    match value(pairs, "validity") {
        "" => Ok(None),
        word => Validity::parse(word).map(|v| Some((v, today))).ok_or("没有这种有效性。请在列表上方重新选择。"),
    }
}

fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok().filter(|_| text.len() == 4)?;
    Day::new(year, 1, 1).map(|_| year)
}

/// Which page of a list of `total` items; an empty list has one page.
pub fn turn(page: u64, size: u64, total: u64) -> Turn {
    let most = PAGED_MAX / size;
    let pages = total.div_ceil(size).clamp(1, most);
    match page {
        n if n > most => Turn::TooFar,
        n if n > pages => Turn::None,
        page => Turn::Page { page, pages },
    }
}

/// An address without the ending of its twin.
pub fn split(path: &str) -> (&str, Form) {
    let twin = TWINS.iter().find_map(|(ending, form)| Some((path.strip_suffix(ending)?, *form)));
    twin.unwrap_or((path, Form::Page))
}

pub use crate::ui::cell;

/// Where a reader of an empty column is led: the nearest column above that has something, else the front page.
pub fn refuge(law: &Law, place: &str, counts: &Counts) -> String {
    let mut above = law.column(place).and_then(|c| law.parent(c));
    while let Some(column) = above {
        if counts.contains_key(&column.path) {
            return format!("/{}", column.path);
        }
        above = law.parent(column);
    }
    "/".into()
}

/// The sentence for a reader who was led away from an empty column (`?from=/results/budget`).
pub fn empty_column(law: &Law, pairs: &[(String, String)], counts: &Counts) -> String {
    let place = value(pairs, "from").strip_prefix('/').unwrap_or_default();
    match law.column(place) {
        Some(column) if !counts.contains_key(place) => format!("“{}”这一栏现在没有公开的信息。", column.name),
        _ => String::new(),
    }
}

/// The place after which a walk by key goes on: `1495764000000.4302SHILI/2017-00001`.
pub fn cursor(published_at: i64, path: &str) -> String {
    format!("{published_at}.{}", path.trim_start_matches("/records/"))
}

/// When and at which address the walk stands.
pub fn read_cursor(text: &str) -> Result<Option<(i64, String)>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    let read = text.split_once('.').and_then(|(at, rest)| Some((at.parse().ok()?, format!("/records/{rest}"))));
    read.map(Some).ok_or("before 要用上一次回答里 next 给出的值。")
}

pub fn read_limit(text: &str) -> Result<u64, &'static str> {
    match text {
        "" => Ok(JSON_USUAL),
        text => text.parse().ok().filter(|n| (1..=JSON_MAX).contains(n)).ok_or("limit 是 1 到 1000 之间的整数。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(raw: &str) -> Result<Query, &'static str> {
        read(&pairs(raw)?)
    }

    #[test]
    fn the_state_of_a_list_is_in_its_address() {
        let base = Query::default;
        for (raw, wanted) in [
            ("", base()),
            ("year=&kind=&q=", base()),
            ("utm=x&from=/results/budget", base()),
            (
                "year=2017&kind=plan&q=%E6%96%B9%E6%A1%88&page=3",
                Query { year: Some(2017), kind: "plan".into(), q: "方案".into(), page: 3, ..base() },
            ),
            ("q=+a+b+", Query { q: "a b".into(), ..base() }),
        ] {
            assert_eq!(query(raw), Ok(wanted), "{raw}");
        }
        for raw in [
            "size=0",
            "size=30",
            "size=x",
            "year=17",
            "year=20x7",
            "year=0000",
            "kind=secret",
            "page=0",
            "page=-1",
            "page=x",
        ] {
            assert!(query(raw).is_err(), "{raw}");
        }
        assert!(query(&format!("q={}", "x".repeat(101))).is_err());
        let again = query("year=2017&q=a%26b&page=9&size=20").expect("a query");
        assert_eq!(again.href("/records"), "/records?year=2017&q=a%26b");
        assert_eq!(again.sized(50).href("/records"), "/records?year=2017&q=a%26b&size=50");
    }

    #[test]
    fn pages_of_a_list() {
        for (page, size, total, wanted) in [
            (1, 20, 0, Turn::Page { page: 1, pages: 1 }),
            (1, 20, 20, Turn::Page { page: 1, pages: 1 }),
            (2, 20, 21, Turn::Page { page: 2, pages: 2 }),
            (2, 20, 20, Turn::None),
            (2, 50, 50, Turn::None),
            (2, 50, 51, Turn::Page { page: 2, pages: 2 }),
            (500, 20, 1_000_000, Turn::Page { page: 500, pages: 500 }),
            (501, 20, 1_000_000, Turn::TooFar),
            (501, 20, 3, Turn::TooFar),
            (201, 50, 1_000_000, Turn::TooFar),
        ] {
            assert_eq!(turn(page, size, total), wanted, "{page} of {total} in pages of {size}");
        }
    }

    #[test]
    fn a_cell_is_no_formula() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("标题=1", "标题=1"),
            ("", ""),
        ] {
            assert_eq!(cell(text), safe);
        }
    }

    #[test]
    fn a_twin_is_at_the_same_path() {
        for (path, wanted) in [
            ("/records", ("/records", Form::Page)),
            ("/records.csv", ("/records", Form::Csv)),
            ("/results/policies.json", ("/results/policies", Form::Json)),
            ("/disclosure/catalogue/other.atom", ("/disclosure/catalogue/other", Form::Atom)),
            ("/records.xml", ("/records.xml", Form::Page)),
        ] {
            assert_eq!(split(path), wanted);
        }
    }

    #[test]
    fn an_empty_column_leads_to_what_is_filled() {
        let counts = Counts::from([("execution".into(), 2), ("execution/enforcement".into(), 2)]);
        for (place, to) in [
            ("execution/powers/changes", "/execution"),
            ("execution/enforcement/results", "/execution/enforcement"),
            ("results/policies", "/"),
            ("results", "/"),
            ("management/internal/assets", "/"),
        ] {
            assert_eq!(refuge(Law::built_in(), place, &counts), to, "{place}");
        }
        let says = |raw: &str| empty_column(Law::built_in(), &pairs(raw).expect("pairs"), &counts);
        assert_eq!(says("from=/results/policies"), "“政策文件”这一栏现在没有公开的信息。");
        assert_eq!(says("from=/execution/enforcement"), "", "it has something now");
        assert_eq!(says("from=/%3Cscript%3E"), "");
        assert_eq!(says(""), "");
    }

    #[test]
    fn a_walk_goes_on_where_it_stood() {
        let text = cursor(1_495_764_000_000, "/records/4302SHILI/2017-00001");
        assert_eq!(read_cursor(&text), Ok(Some((1_495_764_000_000, "/records/4302SHILI/2017-00001".into()))));
        assert_eq!(read_cursor(""), Ok(None));
        assert!(read_cursor("x").is_err() && read_cursor("x.y").is_err());
        assert_eq!((read_limit(""), read_limit("5")), (Ok(100), Ok(5)));
        assert!(["0", "1001", "-1", "x"].into_iter().all(|t| read_limit(t).is_err()));
    }
}
