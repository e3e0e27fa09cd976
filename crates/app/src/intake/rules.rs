//! What a paper is, where it belongs and what it says of itself: guesses that a person looks at before anybody else
//! does. Pure.

use crate::ground;
use crate::record::kind::Kind;
use crate::record::model::Typed;
use crate::record::rules as record;
use kernel::{Block, Day};
use law::Law;
use paper::Imported;

/// Words of a title and the kind they speak for; the first that fits wins. What is asked for or announced about a paper
/// is a notice, whatever the paper is.
const SIGNS: &[(&str, &[&str])] = &[
    ("notice", &["征求意见", "公开征集"]),
    ("interpretation", &["解读", "一图读懂", "政策问答"]),
    ("cleanup", &["清理结果"]),
    ("expense", &["三公"]),
    ("procurement", &["采购"]),
    ("asset", &["资产处置"]),
    ("personnel", &["任免", "任职", "招聘", "招录", "录用"]),
    ("press", &["新闻发布会", "新闻通气会"]),
    ("leader", &["领导分工", "领导简介"]),
    ("institution", &["主要职责", "内设机构", "机构设置", "领导小组"]),
    ("guide", &["指南"]),
    ("catalogue", &["目录", "清单"]),
    ("report", &["年度报告", "工作报告", "总结", "年报"]),
    ("plan", &["方案", "计划", "规划", "要点", "预案"]),
    ("policy", &["办法", "细则", "规定", "意见"]),
    ("rule", &["制度", "规范", "规则"]),
    ("notice", &["通知", "公告", "通告", "公示", "公布"]),
    ("news", &["召开", "举行", "举办", "开展", "赴", "调研"]),
];

/// The kind that a title speaks for; `None` where it speaks for none.
pub fn kind_of(title: &str) -> Option<&'static Kind> {
    let fits = |words: &&[&str]| words.iter().any(|word| title.contains(word));
    SIGNS.iter().filter(|(_, words)| fits(words)).find_map(|(kind, _)| Kind::parse(kind))
}

/// The column in which a kind stands, where one stands to reason.
const COLUMNS: &[(&str, &str)] = &[
    ("news", "interaction/news"),
    ("press", "interaction/press"),
    ("plan", "disclosure/catalogue/plans"),
    ("policy", "results/policies"),
    ("cleanup", "results/policies/cleanup"),
    ("interpretation", "results/interpretations"),
    ("rule", "disclosure/rules"),
    ("guide", "disclosure/guide"),
    ("institution", "disclosure/catalogue/organisation"),
    ("leader", "disclosure/catalogue/organisation"),
    ("personnel", "management/internal/personnel"),
    ("procurement", "management/internal/procurement"),
    ("asset", "management/internal/assets"),
    ("expense", "management/internal/finance"),
];

/// Where a record stands and on which ground it is public, as far as they are known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Place {
    pub column: String,
    pub class: String,
    pub ground: String,
}

impl Place {
    /// Fills in what is still open from another place.
    pub fn or(self, other: Place) -> Place {
        let either = |a: String, b: String| if a.is_empty() { b } else { a };
        Place {
            column: either(self.column, other.column),
            class: either(self.class, other.class),
            ground: either(self.ground, other.ground),
        }
    }

    /// What follows in law from what is known: the class of a column, the ground of a class (条例 20 names its items
    /// by the number of the class), and else 条例 19.
    pub fn completed(mut self, law: &'static Law, today: Day) -> Place {
        if self.class.is_empty() {
            let named = self.column.strip_prefix("disclosure/catalogue/").and_then(|slug| law.class(slug));
            let of_column = || law.column(&self.column).and_then(|c| law.class(c.class.as_deref()?));
            self.class = named.or_else(of_column).map(|c| c.slug.clone()).unwrap_or_default();
        }
        if self.ground.is_empty() && !self.column.is_empty() {
            let code = law.class(&self.class).map_or("O19".into(), |class| format!("O20-{}", class.number));
            self.ground = Some(code).filter(|code| ground::rules::open(law, code, today).is_ok()).unwrap_or_default();
        }
        self
    }
}

/// A shorter word says too little of a title to place it.
const TELLING: usize = 4;

/// Where a paper of this title belongs: the column of its kind, else that of an obligation of the catalogue that asks
/// for it by a telling word of the title.
pub fn place_of(law: &'static Law, kind: &Kind, title: &str, today: Day) -> Place {
    let asks = |o: &&law::Obligation| {
        let kinds = &o.met_by.kinds;
        o.owed(today)
            && o.met_by.words.iter().any(|word| word.chars().count() >= TELLING && title.contains(word.as_str()))
            && (kinds.is_empty() || kinds.iter().any(|k| k == kind.name))
    };
    let asked = law.obligations.iter().find(asks).map(|o| Place {
        column: o.met_by.columns.first().cloned().unwrap_or_default(),
        class: o.met_by.classes.first().cloned().unwrap_or_default(),
        ground: String::new(),
    });
    let column = COLUMNS.iter().find(|(name, _)| *name == kind.name).map(|(_, path)| (*path).to_owned());
    let of_kind = Place { column: column.unwrap_or_default(), ..Place::default() };
    let place = if of_kind.column.is_empty() { asked.unwrap_or_default() } else { of_kind };
    let known = record::column_name(law, &place.column).is_some();
    if known { place } else { Place { column: String::new(), ..place } }
}

/// What the head of a paper says, and the field of the form it goes to.
const HEADER: &[(&str, &str)] =
    &[("文号", "number"), ("信息来源", "source"), ("作者", "author"), ("发文机关", "issuer")];

/// The fields that a paper fills in by itself. `stem` is the file's name, for a paper that has no title.
pub fn typed(read: &Imported, stem: &str) -> Typed {
    let mut typed = Typed::new();
    for (zh, name) in HEADER {
        if let Some(value) = read.fields.get(*zh) {
            typed.insert((*name).into(), value.clone());
        }
    }
    let issued = read.fields.get("成文日期").and_then(|text| day(text)).or_else(|| signed(&read.blocks));
    if let Some(day) = issued {
        // What was written on a day came into being on it, unless the person knows better (条例 26).
        typed.extend([("issued", day), ("formed", day)].map(|(name, day)| (name.to_owned(), day.to_string())));
    }
    let title = read.title.clone().filter(|t| !t.is_empty()).unwrap_or_else(|| stem.to_owned());
    typed.insert("title".into(), title);
    typed
}

/// What else the head of a paper says, for which the form has no field: `索引号：…`.
pub fn left(read: &Imported) -> Vec<String> {
    let goes = |name: &str| HEADER.iter().any(|(zh, _)| *zh == name);
    let is_day = |name: &str, value: &str| name == "成文日期" && day(value).is_some();
    let rest = read.fields.iter().filter(|(name, value)| !goes(name) && !is_day(name, value));
    rest.map(|(name, value)| format!("{name}：{value}")).collect()
}

/// The date under the signature.
fn signed(blocks: &[Block]) -> Option<Day> {
    blocks.iter().rev().find_map(|block| match block {
        Block::Date { text } => day(text),
        _ => None,
    })
}

/// A date as papers write it, in figures or in Chinese numerals.
pub fn day(text: &str) -> Option<Day> {
    Day::parse(text).or_else(|| {
        let (year, rest) = text.trim().split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        let year: String = year.chars().map(digit).collect::<Option<Vec<_>>>()?.iter().map(u8::to_string).collect();
        let day = numeral(rest.strip_suffix('日')?)?;
        Day::new(year.parse().ok().filter(|y| *y >= 1900)?, numeral(month)?, day)
    })
}

fn digit(c: char) -> Option<u8> {
    if c == '○' {
        return Some(0);
    }
    "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u8::try_from(n).ok())
}

/// `五`, `十`, `二十六`: 1 to 99.
fn numeral(text: &str) -> Option<i8> {
    let one = |part: &str| part.chars().next().filter(|_| part.chars().count() == 1).and_then(digit);
    let n = match text.split_once('十') {
        None => one(text)?,
        Some((tens, units)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            tens * 10 + if units.is_empty() { 0 } else { one(units)? }
        }
    };
    i8::try_from(n).ok()
}

/// A predecessor's fields for a successor: what stays the same stays, what belongs to a day goes.
pub fn successor(mut typed: Typed) -> Typed {
    typed.retain(|_, value| Day::parse(value).is_none());
    typed.remove("number");
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 11, 23).expect("a day")
    }

    #[test]
    fn a_title_speaks_for_its_kind() {
        for (title, kind) in [
            ("关于秋季水产养殖检查的通知", Some("notice")),
            ("2017年度政务公开工作实施方案", Some("plan")),
            ("关于印发《株洲市畜禽养殖管理办法》的通知", Some("policy")),
            ("关于《畜禽养殖管理办法（征求意见稿）》公开征求意见的公告", Some("notice")),
            ("《畜禽养殖管理办法》解读", Some("interpretation")),
            ("2025年政府信息公开工作年度报告", Some("report")),
            ("政府信息公开指南", Some("guide")),
            ("我局召开春季防疫工作会议", Some("news")),
            ("保密审查制度", Some("rule")),
            ("某某", None),
        ] {
            assert_eq!(kind_of(title).map(|k| k.name), kind, "{title}");
        }
    }

    #[test]
    fn a_place_follows_from_the_catalogue() {
        let law = Law::built_in();
        let place = |kind: &str, title: &str| {
            let kind = Kind::parse(kind).expect("a kind");
            place_of(law, kind, title, today()).completed(law, today())
        };
        let policy = place("policy", "关于印发某办法的通知");
        assert_eq!((policy.column.as_str(), policy.class.as_str()), ("results/policies", "laws-rules"));
        assert_eq!(policy.ground, "O20-1");
        let news = place("news", "我局召开会议");
        assert_eq!((news.column.as_str(), news.class.as_str(), news.ground.as_str()), ("interaction/news", "", "O19"));
        assert_eq!(place("notice", "关于放假的通知"), Place::default());
        for (kind, path) in COLUMNS {
            assert!(record::column_name(law, path).is_some(), "{kind}: {path}");
        }
    }

    #[test]
    fn a_paper_fills_in_what_it_says() {
        let fields = [("文号", "株牧渔发〔2026〕31号"), ("索引号", "4302/2026-1")];
        let fields = fields.map(|(n, v)| (n.to_owned(), v.to_owned())).into();
        let blocks = vec![Block::Date { text: "二〇二六年十一月二十日".into() }];
        let read = Imported { title: Some("通知".into()), fields, blocks, ..Imported::default() };
        let typed = typed(&read, "文件名");
        let get = |name: &str| typed.get(name).map_or("", String::as_str);
        assert_eq!((get("title"), get("number"), get("issued")), ("通知", "株牧渔发〔2026〕31号", "2026-11-20"));
        assert_eq!(get("formed"), "2026-11-20");
    }

    #[test]
    fn dates_are_read_in_figures_and_numerals() {
        for (text, iso) in [
            ("2017年5月26日", Some("2017-05-26")),
            ("二〇一七年五月二十六日", Some("2017-05-26")),
            ("二○一七年十月十日", Some("2017-10-10")),
            ("二〇一七年十二月三十一日", Some("2017-12-31")),
            ("二〇一七年十三月一日", None),
            ("五月二十六日", None),
            ("近日", None),
        ] {
            assert_eq!(day(text).map(|d| d.to_string()).as_deref(), iso, "{text}");
        }
    }

    #[test]
    fn a_successor_keeps_no_day_and_no_number() {
        let before = [("title", "放假通知"), ("issued", "2025-12-20"), ("number", "〔2025〕9号"), ("column", "a/b")];
        let after = successor(before.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
        assert_eq!(after.keys().collect::<Vec<_>>(), ["column", "title"]);
    }
}
