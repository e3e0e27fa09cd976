//! 不予公开清单 as anyone reads it. Its words are the law's gist, not a clerk's: they come with the law and cite their
//! article.

use crate::edge::{Failure, html};
use crate::portal::Portal;
use crate::ui::Frame;
use askama::Template;
use axum::response::Response;
use law::NegativeList;

#[derive(Template)]
#[template(path = "ground/negative_list.html")]
struct Page {
    frame: Frame,
    list: &'static NegativeList,
}

pub async fn negative_list(portal: Portal) -> Result<Response, Failure> {
    let frame = portal.frame("不予公开清单").under("/disclosure", &[("政府信息公开", "/disclosure")]);
    let frame = frame.meta("ColumnName", "不予公开清单").meta("ColumnType", "信息公开目录");
    html(&Page { frame, list: &portal.law.negative })
}
