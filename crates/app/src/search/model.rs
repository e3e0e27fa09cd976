//! A search, as its address asks for it: the whole state is there, so a saved search is an address.

use super::hits::{Filters, Sort};
use super::index::Mode;
use crate::catalogue::rules::{pairs, value};
use crate::floor::Validity;
use crate::record::kind::Kind;
use crate::ui;

/// Hits on a page.
pub const PER_PAGE: u64 = 20;
/// Pages that can be turned to.
pub const PAGES_MAX: u64 = 50;
/// Characters of a section's name.
const SECTION_MAX: usize = 40;

/// What was asked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// As typed.
    pub q: String,
    pub filters: Filters,
    pub sort: Sort,
    /// From 1.
    pub page: u64,
}

impl Asked {
    /// Reads the query of an address. What we know must be right; the rest is not ours.
    pub fn read(raw: &str) -> Result<Asked, &'static str> {
        let pairs = pairs(raw)?;
        let of = |name: &str| value(&pairs, name);
        let year = match of("year") {
            "" => None,
            text => {
                let year = text.parse().ok().filter(|y: &i16| text.len() == 4 && (1900..=2900).contains(y));
                Some(year.ok_or("年份要写成四位数字，如 2026。")?)
            }
        };
        let kind = of("kind");
        if !kind.is_empty() && Kind::parse(kind).is_none() {
            return Err("没有这种信息种类。请在检索页重新选择。");
        }
        let validity = match of("validity") {
            "" => None,
            word => Some(Validity::parse(word).ok_or("没有这种有效性。请在检索页重新选择。")?),
        };
        let mode = match of("mode") {
            "" => None,
            word => Some(Mode::parse(word).ok_or("没有这种公开方式。请在检索页重新选择。")?),
        };
        let sort = match of("sort") {
            "" | "best" => Sort::Best,
            "newest" => Sort::Newest,
            _ => return Err("没有这种排序。请在检索页重新选择。"),
        };
        let page = match of("page") {
            "" => 1,
            text => text.parse().ok().filter(|n| *n > 0).ok_or("页码要写成 1、2、3 这样的数字。")?,
        };
        let section: String = of("section").chars().take(SECTION_MAX).collect();
        let filters = Filters { kind: kind.into(), year, section, validity, mode };
        Ok(Asked { q: of("q").into(), filters, sort, page })
    }

    /// All of it but the page, as an address has it.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let f = &self.filters;
        vec![
            ("q", self.q.clone()),
            ("kind", f.kind.clone()),
            ("year", f.year.map(|y| y.to_string()).unwrap_or_default()),
            ("section", f.section.clone()),
            ("validity", f.validity.map_or("", Validity::word).into()),
            ("mode", f.mode.map_or("", Mode::word).into()),
            ("sort", if self.sort == Sort::Newest { "newest".into() } else { String::new() }),
        ]
    }

    /// The same search at another address, from its first page.
    pub fn href(&self, path: &str) -> String {
        let pairs = self.pairs();
        ui::href(path, &pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
    }

    /// The same query without any choice.
    pub fn plain(&self, q: &str) -> Asked {
        Asked { q: q.into(), page: 1, ..Asked::default() }
    }

    pub fn is_filtered(&self) -> bool {
        self.filters != Filters::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_an_address() {
        let raw = "q=%E7%8C%AA+%E8%82%89&kind=notice&year=2017&section=%E5%B1%80%E5%8A%9E&validity=in-force\
            &mode=statutory&sort=newest&page=3&utm=x";
        let asked = Asked::read(raw).expect("a search");
        assert_eq!((asked.q.as_str(), asked.page, asked.filters.year), ("猪 肉", 3, Some(2017)));
        let again = asked.href("/search");
        let raw = again.strip_prefix("/search?").expect("a query");
        assert_eq!(Asked { page: 3, ..Asked::read(raw).expect("a search") }, asked);
        assert!(asked.is_filtered() && !asked.plain("猪").is_filtered());
        for raw in ["year=17", "kind=secret", "validity=x", "mode=x", "sort=x", "page=0", "page=x"] {
            assert!(Asked::read(raw).is_err(), "{raw}");
        }
    }
}
