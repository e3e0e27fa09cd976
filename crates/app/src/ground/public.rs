//! 不予公开清单 as anyone reads it: today's, a past day's, and what changed. Its words are a version that two persons put
//! in force, and cite their article.

use crate::edge::{Failure, html};
use crate::portal::Portal;
use crate::ui::{Frame, href};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::Day;
use law::{NegativeChange, NegativeList, negative_changes};
use std::collections::HashMap;

/// A list among those there are.
struct Version {
    list: &'static NegativeList,
    href: String,
    /// `自2027年1月1日起`.
    from: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "ground/negative_list.html")]
struct Page {
    frame: Frame,
    list: &'static NegativeList,
    /// The day asked for; `None` for today.
    asked: Option<Day>,
    on: String,
    versions: Vec<Version>,
    changes: Vec<NegativeChange<'static>>,
}

pub async fn negative_list(portal: Portal, Query(query): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let on = query.get("on").map(|text| text.trim().to_owned()).unwrap_or_default();
    let asked = match on.as_str() {
        "" => None,
        text => Some(Day::parse(text).ok_or_else(|| Failure::bad("日期写成 2026-11-23 这样，再看那一天的清单。"))?),
    };
    let (law, today) = (portal.law, portal.now.day());
    let list = law.negative_on(asked.unwrap_or(today));
    let current = law.negative_on(today);
    let version = |list: &'static NegativeList| Version {
        href: match list.from {
            _ if list.version == current.version => "/disclosure/negative-list".into(),
            Some(from) => href("/disclosure/negative-list", &[("on", &from.to_string())]),
            None => href("/disclosure/negative-list", &[("on", &first_day(&law.negative, today).to_string())]),
        },
        from: since(list),
        state: match list.version.cmp(&current.version) {
            std::cmp::Ordering::Less => "已被替换",
            std::cmp::Ordering::Equal => "现行",
            std::cmp::Ordering::Greater => "尚未施行",
        },
        list,
    };
    let before = law.negative.iter().find(|other| other.version + 1 == list.version);
    let frame = portal.frame("不予公开清单").under("/disclosure", &[("政府信息公开", "/disclosure")]);
    let frame = frame.meta("ColumnName", "不予公开清单").meta("ColumnType", "信息公开目录");
    html(&Page {
        frame,
        list,
        asked,
        on,
        versions: law.negative.iter().rev().map(version).collect(),
        changes: before.map_or_else(Vec::new, |before| negative_changes(before, list)),
    })
}

/// `自2027年1月1日起施行`; nothing for the first list, which has always been in force.
pub fn since(list: &NegativeList) -> String {
    list.from.map_or_else(|| "最初的清单".into(), |from| format!("自{}起施行", from.zh()))
}

/// A day on which the first list was in force.
fn first_day(lists: &[NegativeList], today: Day) -> Day {
    lists.get(1).and_then(|second| second.from).map_or(today, |from| from.plus(-1))
}

impl Page {
    fn since(&self) -> String {
        since(self.list)
    }
}
