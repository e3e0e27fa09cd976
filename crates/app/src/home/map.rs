//! Ways through the whole: site map for people and for programs, robots, feeds.

use super::rules::{MAP_MAX, maps};
use crate::App;
use crate::catalogue::origin::Origin;
use crate::catalogue::rules::Counts;
use crate::catalogue::statutory;
use crate::edge::{Failure, html};
use crate::floor::public_page;
use crate::portal::Portal;
use crate::ui::{Frame, Link};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use kernel::Instant;
use law::{Column, Law};
use sea_orm::{ColumnTrait, Order};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sitemap", get(tree))
        .route("/sitemap.xml", get(xml))
        .route("/sitemap/{part}", get(part))
        .route("/robots.txt", get(robots))
        .route("/feeds", get(feeds))
}

/// A title with what stands below it.
struct Group {
    link: Link,
    below: Vec<Link>,
}

/// The pages that are always there, besides the columns.
const FIXED: [(&str, &str); 23] = [
    ("全部公开信息", "/records"),
    ("检索", "/search"),
    ("依申请公开", "/disclosure/apply"),
    ("依申请公开办理流程", "/disclosure/apply/process"),
    ("查申请进度", "/disclosure/track"),
    ("重大行政决策案卷", "/decisions/cases"),
    ("重大行政决策办理流程", "/decisions/process"),
    ("查意见的答复", "/decisions/track"),
    ("不予公开清单", "/disclosure/negative-list"),
    ("期限计算", "/open-data/due"),
    ("工作日历", "/open-data/work-calendar"),
    ("公开凭证核验", "/verify"),
    ("登记簿", "/verify/log"),
    ("登记簿公钥", "/verify/keys"),
    ("申请更正", "/correction"),
    ("查处理进度", "/correction/track"),
    ("订阅更新", "/feeds"),
    ("开放接口", "/api"),
    ("字号与配色", "/preferences"),
    ("使用帮助", "/help"),
    ("隐私说明", "/privacy"),
    ("无障碍说明", "/accessibility"),
    ("关于本平台", "/about"),
];

fn groups(law: &Law, counts: &Counts) -> Vec<Group> {
    let parts = statutory::parts(law, counts, true);
    let below = parts.iter().flat_map(|p| std::iter::once(p).chain(&p.below));
    let below = below.map(|b| Link::new(&b.label, &b.href)).collect();
    let mut all = vec![Group { link: Link::new("政府信息公开", "/disclosure"), below }];
    let filled = |c: &&Column| counts.contains_key(&c.path);
    for section in law.sections().filter(filled) {
        let below = law.columns.iter().filter(|c| c.is_below(section)).filter(filled);
        let below = below.map(|c| Link::new(&c.name, format!("/{}", c.path))).collect();
        all.push(Group { link: Link::new(&section.name, format!("/{}", section.path)), below });
    }
    all
}

#[derive(Template)]
#[template(path = "home/sitemap.html")]
struct Tree {
    frame: Frame,
    groups: Vec<Group>,
    fixed: Vec<Link>,
}

async fn tree(portal: Portal) -> Result<Response, Failure> {
    let counts = &portal.filled.counts;
    let frame = portal.frame("网站地图").under("", &[]);
    html(&Tree { frame, groups: groups(portal.law, counts), fixed: fixed() })
}

fn fixed() -> Vec<Link> {
    FIXED.iter().map(|(label, href)| Link::new(*label, *href)).collect()
}

#[derive(Template)]
#[template(path = "home/feeds.html")]
struct Feeds {
    frame: Frame,
    groups: Vec<Group>,
}

/// Every list that holds something, as a feed.
async fn feeds(portal: Portal) -> Result<Response, Failure> {
    let counts = &portal.filled.counts;
    let has_feed = |link: &Link| counts.contains_key(link.href.trim_start_matches('/'));
    let group = |mut g: Group| {
        g.below.retain(|link| has_feed(link) && link.href != "/disclosure/guide");
        g
    };
    let groups = groups(portal.law, counts).into_iter().map(group).collect();
    html(&Feeds { frame: portal.frame("订阅更新").under("", &[]), groups })
}

async fn robots(Origin(origin): Origin) -> Response {
    let text = format!(
        "User-agent: *\nDisallow: /desk\nDisallow: /preferences\nDisallow: /search\nSitemap: {origin}/sitemap.xml\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

store::line! {
    /// An address of the map and when it last changed.
    struct Mapped of public_page { path: String, changed_at: i64 }
}

impl Mapped {
    fn changed(&self) -> String {
        Instant(self.changed_at).rfc3339()
    }
}

#[derive(Template)]
#[template(path = "home/sitemap.xml")]
struct Map<'a> {
    origin: &'a str,
    /// Pages without a date of their own; only in the first part.
    fixed: Vec<Link>,
    pages: Vec<Mapped>,
}

#[derive(Template)]
#[template(path = "home/sitemap_index.xml")]
struct Index<'a> {
    origin: &'a str,
    parts: u64,
}

fn as_xml(page: &impl Template) -> Result<Response, Failure> {
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], page.render()?).into_response())
}

/// One map; an index of several where one cannot hold all (sitemaps.org).
async fn xml(portal: Portal, Origin(origin): Origin) -> Result<Response, Failure> {
    let all = portal.public.find::<public_page::Entity>().filter(public_page::Column::Body.eq(&portal.body.id));
    let parts = maps(u64::try_from(all.count().await?).unwrap_or(0));
    if parts > 1 { as_xml(&Index { origin: &origin, parts }) } else { map(&portal, &origin, 1).await }
}

/// `/sitemap/2.xml`.
async fn part(portal: Portal, Origin(origin): Origin, Path(part): Path<String>) -> Result<Response, Failure> {
    let n: u64 = part.strip_suffix(".xml").and_then(|n| n.parse().ok()).filter(|n| *n > 0).ok_or(Error::NotFound)?;
    map(&portal, &origin, n).await
}

async fn map(portal: &Portal, origin: &str, part: u64) -> Result<Response, Failure> {
    use public_page::Column;
    let pages = portal.public.find::<public_page::Entity>().filter(Column::Body.eq(&portal.body.id));
    let pages = pages.order(Column::Path, Order::Asc).limit(MAP_MAX).offset((part - 1).saturating_mul(MAP_MAX));
    let pages: Vec<Mapped> = pages.lines().await?;
    if pages.is_empty() && part > 1 {
        return Err(Failure::not_found());
    }
    let mut links = vec![];
    if part == 1 {
        let counts = &portal.filled.counts;
        links.push(Link::new("首页", "/"));
        links.extend(groups(portal.law, counts).into_iter().flat_map(|g| std::iter::once(g.link).chain(g.below)));
        links.extend(fixed().into_iter().filter(|l| is_for_engines(&l.href)));
    }
    as_xml(&Map { origin, fixed: links, pages })
}

/// Forms, preferences and our own search are not for search engines.
fn is_for_engines(href: &str) -> bool {
    let none = ["/disclosure/track", "/decisions/track", "/preferences", "/search"];
    !href.starts_with("/correction") && !none.contains(&href)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_shows_the_statutory_part_and_filled_columns() {
        let counts: Counts =
            [("results", 1), ("results/policies", 1)].into_iter().map(|(p, n)| (p.into(), n)).collect();
        let all = groups(Law::built_in(), &counts);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].below.len(), 4 + 1 + 15, "the four parts, the standards under the rules, the classes");
        assert_eq!(all[1].below, [Link::new("政策文件", "/results/policies")]);
    }
}
