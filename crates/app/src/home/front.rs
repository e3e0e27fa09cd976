//! 首页：what is new, the statutory part, the five kinds of openness. Blocks whose content is not there yet are absent.

use crate::App;
use crate::catalogue::model::Query;
use crate::catalogue::rules::{Counts, empty_column, pairs};
use crate::catalogue::statutory::{self, Branch, GUIDE};
use crate::catalogue::store;
use crate::edge::{Failure, html};
use crate::floor::EVERYWHERE;
use crate::portal::Portal;
use crate::record::kind::kind_zh;
use crate::ui::{Frame, Link, Row, Tag, Tone, thousands};
use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use kernel::Day;
use law::{Column, Law};

pub fn routes() -> Router<App> {
    Router::new().route("/", get(front))
}

/// How many of the newest are shown.
const NEWEST: u64 = 6;

/// Something a reader may come for: one character instead of an icon, words, address.
type Task = (&'static str, &'static str, &'static str, &'static str);

/// Only what exists is offered.
const TASKS: [Task; 6] = [
    ("查", "查文件", "按标题、年份、种类找", "/records"),
    ("指", "公开指南", "怎样分类，怎样获取", "/disclosure/guide"),
    ("申", "申请公开", "没找到就依法申请", "/disclosure/apply"),
    ("更", "申请更正", "内容有误告诉我们", "/correction"),
    ("进", "查处理进度", "凭查询码查看", "/correction/track"),
    ("订", "订阅更新", "有新公开就知道", "/feeds"),
];

/// A section of 五公开 with the columns below it that hold something.
struct Section {
    link: Link,
    description: &'static str,
    count: i64,
    below: Vec<Link>,
}

#[derive(Template)]
#[template(path = "home/front.html")]
struct Front {
    frame: Frame,
    gap: String,
    tasks: &'static [Task],
    newest: Vec<Row>,
    total: String,
    parts: Vec<Branch>,
    guide: Option<Day>,
    sections: Vec<Section>,
}

async fn front(portal: Portal) -> Result<Response, Failure> {
    let (public, body) = (&portal.public, &portal.body.id);
    let counts = &portal.filled.counts;
    let newest = store::listed(public, body, EVERYWHERE, &Query::default(), (NEWEST, 0)).await?;
    let guide = statutory::newest(&portal, GUIDE).await?.map(|item| item.published().day());
    let asked = pairs(portal.uri.query().unwrap_or_default()).map_err(Failure::bad)?;
    let total = counts.get(EVERYWHERE).copied().unwrap_or(0);
    html(&Front {
        frame: frame(&portal),
        gap: empty_column(portal.law, &asked, counts),
        tasks: &TASKS,
        newest: newest.iter().map(|item| row(item, portal.now.day())).collect(),
        total: thousands(u64::try_from(total).unwrap_or(0)),
        parts: statutory::parts(portal.law, counts, false),
        guide,
        sections: sections(portal.law, counts),
    })
}

/// With site and column tags; the column of the front page is called 首页.
fn frame(portal: &Portal) -> Frame {
    let site = &portal.shell.site;
    let mut frame = portal.frame(&site.subtitle);
    frame.here = "/".into();
    frame.path = "/".into();
    let describes = format!("{}主动公开的政府信息、公开指南和依申请公开的办法。", site.name);
    frame
        .meta("ColumnName", "首页")
        .meta("ColumnType", "首页")
        .meta("ColumnDescription", describes)
        .meta("ColumnKeywords", "政府信息公开，政务公开")
        .alternate("application/atom+xml", "/records.atom", "最新公开")
}

fn row(item: &crate::floor::Listed, today: Day) -> Row {
    Row {
        href: item.path.clone(),
        title: item.title.clone(),
        tag: Some(Tag::new(kind_zh(&item.kind), Tone::Info)),
        facts: [item.on_show(today), item.number.clone()].into_iter().filter(|f| !f.is_empty()).collect(),
        day: Some(item.first_day()),
    }
}

/// The five kinds of openness that hold something; 互动交流 is none of them.
fn sections(law: &'static Law, counts: &Counts) -> Vec<Section> {
    let link = |c: &Column| Link::new(&c.name, format!("/{}", c.path));
    let section = |c: &'static Column| {
        let count = *counts.get(&c.path)?;
        let below = law.children(c).filter(|below| counts.contains_key(&below.path)).map(link).collect();
        Some(Section { link: link(c), description: &c.description, count, below })
    };
    law.sections().filter(|c| c.path != "interaction").filter_map(section).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_filled_columns_are_named() {
        let counts = [("results", 2), ("results/policies", 1), ("results/interpretations", 1), ("interaction", 1)];
        let counts: Counts = counts.into_iter().map(|(place, n)| (place.to_owned(), n)).collect();
        let found = sections(Law::built_in(), &counts);
        let told: Vec<_> = found.iter().map(|s| (s.link.label.as_str(), s.count, s.below.len())).collect();
        assert_eq!(told, [("结果公开", 2, 2)]);
    }
}
