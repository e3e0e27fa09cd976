//! The negative list at the desk: the one in force, the one to come, who proposed what.

use super::form::FILE;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get};
use crate::edge::{Failure, html};
use crate::rule::store as versions;
use crate::ui::{DeskFrame, Row};
use askama::Template;
use axum::response::Response;
use law::{NegativeChange, NegativeList, negative_changes};

pub const HERE: &str = "/desk/ground";

pub fn routes() -> Vec<Route> {
    vec![get(HERE, Who::Duty(Duty::LOOK), page)]
}

#[derive(Template)]
#[template(path = "ground/desk.html")]
struct Page {
    frame: DeskFrame,
    list: &'static NegativeList,
    since: String,
    /// Lists that have not begun, each with what it changes.
    coming: Vec<(String, Vec<NegativeChange<'static>>)>,
    waiting: Vec<Row>,
    history: Vec<Row>,
    may_propose: bool,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let (law, today) = (desk.law(), desk.now.day());
    let list = law.negative_on(today);
    let pairs = law.negative.iter().zip(law.negative.iter().skip(1));
    let coming = pairs.filter(|(_, next)| !next.has_begun(today));
    let coming = coming.map(|(before, next)| (super::public::since(next), negative_changes(before, next))).collect();
    let mut waiting = versions::waiting(desk.read()).await?;
    waiting.retain(|row| row.file == FILE);
    let history = versions::of_file(desk.read(), FILE).await?;
    let history: Vec<_> = history.into_iter().filter(|row| row.decided_at.is_some()).collect();
    html(&Page {
        waiting: crate::rule::rows(&desk, &waiting).await?,
        history: crate::rule::rows(&desk, &history).await?,
        may_propose: desk.me.has(Duty::LegalityReview) || desk.me.has(Duty::Publication),
        frame: desk.frame("不予公开清单", HERE),
        since: super::public::since(list),
        list,
        coming,
    })
}
