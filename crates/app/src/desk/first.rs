//! 第一次办件: three steps for somebody who has never submitted anything. It goes by itself with the first submission,
//! because it is derived from what there is.

use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, post};
use crate::edge::{self, Failure};
use crate::record::draft as drafts;
use ::store::Error;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Holds no personal data: this browser does not want the steps.
const COOKIE: &str = "first-task";

pub struct Step {
    pub label: &'static str,
    pub says: &'static str,
    pub href: String,
    pub done: bool,
}

pub struct First {
    pub steps: Vec<Step>,
}

pub fn routes() -> Vec<Route> {
    vec![post("/desk/first-task", Who::Duty(&[Duty::Draft]), dismiss)]
}

/// The steps, for somebody who drafts, has submitted nothing, and has not waved them away.
pub async fn task(desk: &Desk, headers: &HeaderMap) -> Result<Option<First>, Error> {
    let waved = edge::cookie(headers, COOKIE).is_some();
    if waved || !desk.me.has(Duty::Draft) || drafts::has_submitted(desk.read(), &desk.me.id).await? {
        return Ok(None);
    }
    let mine = drafts::latest_of(desk.read(), &desk.me.id).await?;
    let page = mine.as_ref().map_or("/desk/record/new".to_owned(), |record| format!("/desk/record/{record}"));
    let check = mine.as_ref().map_or("/desk/record/new".to_owned(), |record| format!("/desk/record/{record}/check"));
    let step = |label, says, href, done| Step { label, says, href, done };
    let steps = vec![
        step("导入一份文件", "上传或者粘贴，要素自动填好。", "/desk/record/new".into(), mine.is_some()),
        step("看机检发现", "逐项改正，或者写明理由后保留。", check, false),
        step("提交审查", "缺什么，页面下方会写明。", page, false),
    ];
    Ok(Some(First { steps }))
}

/// Remembered by the browser for a year, and by nobody else.
async fn dismiss(_: Desk) -> Result<Response, Failure> {
    let cookie = format!("{COOKIE}=off; Path=/desk; Max-Age=31536000; SameSite=Lax; HttpOnly");
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, "/desk".to_owned()), (header::SET_COOKIE, cookie)]).into_response())
}
