//! 撤下: its own page states the effect before anything happens.

use super::hiding::DECIDES;
use super::model::{Reason, Typed};
use super::store::{self, Loaded};
use super::{public, publish};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::Refusal;

const WITHDRAW: Who = Who::Duty(DECIDES);

pub fn routes() -> Vec<Route> {
    vec![get("/desk/record/{id}/withdraw", WITHDRAW, page), post("/desk/record/{id}/withdraw", WITHDRAW, withdraw)]
}

#[derive(Template)]
#[template(path = "record/withdraw.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    title: String,
    effects: Vec<String>,
    /// What the public will read, by class of reason.
    notice: String,
    reasons: Vec<Choice>,
    typed: Typed,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name).map_or("", String::as_str)
    }
}

/// What happens to what the public has of a record.
pub fn effects(on: &Loaded) -> Vec<String> {
    let versions = on.publications.iter().rev().take_while(|p| p.revision.is_some()).count();
    let files = on.files.len();
    let mut all =
        vec![format!("网页、{versions} 个版本和对照页立即打不开，从列表、首页、订阅源、数据文件和站点地图里消失。")];
    if files > 0 {
        all.push(format!("{files} 个附件立即不能下载。"));
    }
    all.push("打开原来网址的人看到撤下说明（410）。索引号保留，不给别的信息用。".into());
    all
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    show(&desk, on, vec![], Typed::new())
}

fn show(desk: &Desk, on: Loaded, errors: Vec<Refusal>, typed: Typed) -> Result<Response, Failure> {
    on.stands().ok_or_else(|| Failure::new(StatusCode::NOT_FOUND, "这一件现在没有公开，不用撤下。"))?;
    let (status, frame) = desk.form("撤下", "/desk/record", errors);
    let hint = |r: &Reason| {
        let salt = if r.protective {
            "登记簿也不能再与内容对上"
        } else {
            "登记簿仍能证明撤下前公开过什么"
        };
        if r.cite.is_empty() { salt.to_owned() } else { format!("{}。{salt}", r.cite) }
    };
    let reasons = Reason::chosen().map(|r| Choice::new(r.word, r.zh).hint(hint(r))).collect();
    let index_no = on.row.index_no.clone().unwrap_or_default();
    let notice = public::gone_says(&index_no, desk.now, typed.get("reason").map_or("error", String::as_str));
    let (title, effects) = (on.title(), effects(&on));
    html_as(status, &Page { frame, id: on.row.id, title, effects, notice, reasons, typed })
}

async fn withdraw(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let reason = Reason::chosen().find(|r| r.word == form.get("reason"));
    let mut why = vec![];
    if on.hidden.is_some() {
        why.push(Refusal::new("hidden", "这一件已被隐藏。请在复核里决定恢复还是撤下。"));
    }
    if reason.is_none() {
        why.push(Refusal::new("reason-missing", "请选择撤下的原因。").at("reason"));
    }
    let (true, Some(reason)) = (why.is_empty(), reason) else {
        return show(&desk, on, why, [("reason".to_owned(), form.text("reason"))].into());
    };
    let (law, org, body, record) = (desk.law(), desk.body.org.clone(), desk.body.id.clone(), id.clone());
    let seen = on.row.version;
    let work = async move |act: &mut Act| {
        let on = store::load(act, &body, &record).await?;
        if on.row.version != seen {
            return Err(Error::Conflict);
        }
        publish::withdraw(act, law, &on, &org, reason).await
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}?said=withdrawn")))
}
