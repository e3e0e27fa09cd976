//! 政府信息公开：the statutory part. Four fixed parts in a tree at the left, 依申请公开 as companion, nothing else
//! (国办公开办函〔2019〕61号); the fifteen classes of 条例 20, each always shown.

use super::model::Form;
use super::public::{Asked, items, with_alternates, with_twins};
use super::rules::Counts;
use super::{store, twin};
use crate::App;
use crate::edge::{Failure, html};
use crate::floor::{Listed, public_page};
use crate::portal::Portal;
use crate::record::public::{Shown, facts};
use crate::ui::{Fact, Frame, Html, Link};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use law::{Class, Law};
use sea_orm::ColumnTrait;

pub const GUIDE: &str = "disclosure/guide";
pub const RULES: &str = "disclosure/rules";
pub const CLASSES: &str = "disclosure/catalogue";
pub const REPORTS: &str = "disclosure/reports";
/// 公开事项标准目录: belongs to the rules, so it is no part of its own.
pub const STANDARDS: &str = "disclosure/standards";

pub fn routes() -> Router<App> {
    let router = Router::new()
        .route("/disclosure", get(front))
        .route("/disclosure/guide", get(guide))
        .route("/disclosure/catalogue", get(classes))
        .route("/disclosure/catalogue/{class}", get(class));
    let router = super::standards::routes(router);
    with_twins(with_twins(router, RULES, get(rules)), REPORTS, get(reports))
}

/// A line of the tree.
pub struct Branch {
    pub label: String,
    pub href: String,
    /// `3 件`; empty where a number says nothing.
    pub count: String,
    pub below: Vec<Branch>,
}

#[derive(Template)]
#[template(path = "catalogue/tree.html")]
struct Tree<'a> {
    parts: &'a [Branch],
    /// Beside the four parts, not one of them.
    companion: &'a [Branch],
    here: &'a str,
    /// The summary on a phone.
    current: &'a str,
}

/// The four parts with their numbers; under the third the fifteen classes where `open`.
pub fn parts(law: &Law, counts: &Counts, open: bool) -> Vec<Branch> {
    let n = |place: &str| counts.get(place).copied().unwrap_or(0);
    let branch = |label: &str, place: &str, count: String| Branch {
        label: label.into(),
        href: format!("/{place}"),
        count,
        below: vec![],
    };
    let pieces = |place: &str| format!("{} 件", n(place));
    let class =
        |c: &Class| branch(&c.name, &format!("{CLASSES}/{}", c.slug), n(&format!("{CLASSES}/{}", c.slug)).to_string());
    let mut rules = branch("政府信息公开制度", RULES, pieces(RULES));
    rules.below.push(branch("公开事项标准目录", STANDARDS, String::new()));
    let mut catalogue = branch("法定主动公开内容", CLASSES, "15 类".into());
    if open {
        catalogue.below = law.classes.iter().map(class).collect();
    }
    vec![
        branch("政府信息公开指南", GUIDE, String::new()),
        rules,
        catalogue,
        branch("政府信息公开年报", REPORTS, pieces(REPORTS)),
    ]
}

/// The tree as it stands beside a page at `here`.
pub fn tree(portal: &Portal, here: &str, current: &str) -> Html {
    let parts = parts(portal.law, &portal.filled.counts, here.starts_with("/disclosure/catalogue"));
    let companion =
        [Branch {
            label: "依申请公开".into(), href: "/disclosure/apply".into(), count: String::new(), below: vec![]
        }];
    let tree = Tree { parts: &parts, companion: &companion, here, current };
    Html::rendered(tree.render().expect("writing to memory"))
}

/// The frame of a page of this part, with site and column tags.
pub fn frame(portal: &Portal, title: &str, describes: &str) -> Frame {
    let frame = match portal.uri.path() {
        "/disclosure" => portal.frame(title).under("/disclosure", &[]),
        _ => portal.frame(title).under("/disclosure", &[("政府信息公开", "/disclosure")]),
    };
    frame.meta("ColumnName", title).meta("ColumnType", "信息公开目录").meta("ColumnDescription", describes)
}

#[derive(Template)]
#[template(path = "catalogue/disclosure.html")]
struct Front {
    frame: Frame,
    tree: Html,
    parts: Vec<Branch>,
    guide: Option<Listed>,
}

async fn front(portal: Portal) -> Result<Response, Failure> {
    let counts = &portal.filled.counts;
    let frame = frame(&portal, "政府信息公开", "政府信息公开指南、制度、法定主动公开内容和年报。");
    let guide = newest(&portal, GUIDE).await?;
    html(&Front {
        tree: tree(&portal, "/disclosure", "政府信息公开"),
        parts: parts(portal.law, counts, false),
        guide,
        frame,
    })
}

/// The newest record of a place.
pub async fn newest(portal: &Portal, place: &str) -> Result<Option<Listed>, Error> {
    let query = super::model::Query::default();
    Ok(store::listed(&portal.public, &portal.body.id, place, &query, (1, 0)).await?.pop())
}

#[derive(Template)]
#[template(path = "catalogue/guide.html")]
struct Guide {
    frame: Frame,
    tree: Html,
    shown: Option<(Shown, Html, Vec<Fact>)>,
}

async fn guide(portal: Portal) -> Result<Response, Failure> {
    let frame = frame(&portal, "政府信息公开指南", "政府信息的分类、编排、获取方式和申请办法。");
    let shown = match newest(&portal, GUIDE).await? {
        Some(item) => whole(&portal, &item.path).await?,
        None => None,
    };
    let shown = shown.map(|s| (s.sheet(), facts(portal.law, &s), s)).map(|(sheet, facts, s)| (s, sheet, facts));
    html(&Guide { tree: tree(&portal, "/disclosure/guide", "政府信息公开指南"), shown, frame })
}

async fn whole(portal: &Portal, path: &str) -> Result<Option<Shown>, Error> {
    let row = portal.public.find::<public_page::Entity>().filter(public_page::Column::Path.eq(path)).one().await?;
    row.map(Shown::of).transpose()
}

#[derive(Template)]
#[template(path = "catalogue/part.html")]
struct Part<'a> {
    frame: Frame,
    tree: Html,
    lead: &'a str,
    cite: &'a str,
    /// What belongs to the rules and has a page of its own.
    beside: Vec<Link>,
    list: Html,
}

async fn rules(portal: Portal, origin: super::origin::Origin) -> Result<Response, Failure> {
    let lead = "政府信息公开所依据的制度、标准和办事规程。";
    let empty = "还没有登载制度。《政府信息公开条例》的全文请看国务院公布的文本。";
    part(portal, &origin.0, "政府信息公开制度", lead, empty).await
}

async fn reports(portal: Portal, origin: super::origin::Origin) -> Result<Response, Failure> {
    let lead = "每年 1 月 31 日前公布上一年度的工作年度报告。";
    let empty = "还没有年度报告。本平台第一份年度报告在下一年 1 月 31 日前公布。";
    part(portal, &origin.0, "政府信息公开年报", lead, empty).await
}

async fn part(portal: Portal, origin: &str, title: &str, lead: &str, empty: &str) -> Result<Response, Failure> {
    let asked = Asked::of(&portal)?;
    if asked.form != Form::Page {
        return twin::answer(&portal, &asked, origin).await;
    }
    let frame = with_alternates(portal.law, frame(&portal, title, lead), &asked);
    let (tree, list) = (tree(&portal, &asked.path, title), items(&portal, &asked, empty, true).await?);
    let cite = if asked.place == REPORTS { "《政府信息公开条例》第四十九条" } else { "" };
    let beside = if asked.place == RULES { beside() } else { vec![] };
    html(&Part { frame, tree, lead, cite, beside, list })
}

fn beside() -> Vec<Link> {
    vec![Link::new("公开事项标准目录", format!("/{STANDARDS}")), Link::new("不予公开清单", "/disclosure/negative-list")]
}

#[derive(Template)]
#[template(path = "catalogue/classes.html")]
struct Classes {
    frame: Frame,
    tree: Html,
    classes: Vec<(&'static Class, i64)>,
}

async fn classes(portal: Portal) -> Result<Response, Failure> {
    let counts = &portal.filled.counts;
    let frame = frame(&portal, "法定主动公开内容", "按《政府信息公开条例》第二十条的十五项排列。");
    let n = |c: &Class| counts.get(&format!("{CLASSES}/{}", c.slug)).copied().unwrap_or(0);
    let classes = portal.law.classes.iter().map(|c| (c, n(c))).collect();
    html(&Classes { tree: tree(&portal, "/disclosure/catalogue", "法定主动公开内容"), classes, frame })
}

async fn class(portal: Portal, origin: super::origin::Origin) -> Result<Response, Failure> {
    let asked = Asked::of(&portal)?;
    let slug = asked.path.rsplit('/').next().unwrap_or_default();
    let class = portal.law.class(slug).ok_or(Error::NotFound)?;
    if asked.form != Form::Page {
        return twin::answer(&portal, &asked, &origin.0).await;
    }
    let mut frame = with_alternates(portal.law, frame(&portal, &class.name, &class.gist), &asked);
    frame.crumbs.insert(2, Link::new("法定主动公开内容", "/disclosure/catalogue"));
    let (tree, list) = (tree(&portal, &asked.path, &class.name), items(&portal, &asked, &class.empty, true).await?);
    html(&Part { frame, tree, lead: &class.gist, cite: &class.cite, beside: vec![], list })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_has_exactly_four_parts_and_fifteen_classes() {
        let counts = Counts::from([("disclosure/rules".into(), 4), ("disclosure/catalogue/other".into(), 2)]);
        let labels: Vec<String> =
            parts(Law::built_in(), &counts, false).into_iter().map(|b| format!("{} {}", b.label, b.count)).collect();
        assert_eq!(
            labels,
            ["政府信息公开指南 ", "政府信息公开制度 4 件", "法定主动公开内容 15 类", "政府信息公开年报 0 件"]
        );
        let open = parts(Law::built_in(), &counts, true);
        assert_eq!(open[2].below.len(), 15);
        assert_eq!(
            (open[2].below[14].href.as_str(), open[2].below[14].count.as_str()),
            ("/disclosure/catalogue/other", "2")
        );
    }
}
