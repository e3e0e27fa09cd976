//! Packages of a period for gazette, archive and library: what waits, the file, and that it was handed over.

use super::board::{titles, waiting};
use super::desk::{HERE, LOOK};
use super::model::{Outlet, Way};
use super::table::outlet_copy;
use super::{package, store};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{DeskFrame, Row, href};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Day, Instant, Refusal};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Records of one package; a longer period is cut.
const MOST: u64 = 300;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/outlet/package", LOOK, page),
        get("/desk/outlet/package.zip", LOOK, file),
        post("/desk/outlet/package", Who::Duty(&[Duty::Publication]), handed),
    ]
}

/// A period of whole days, as the address has it.
#[derive(Clone)]
struct Period {
    from: String,
    to: String,
}

impl Period {
    fn of(query: &HashMap<String, String>) -> Period {
        let get = |name: &str| query.get(name).map(|v| v.trim().to_owned()).unwrap_or_default();
        Period { from: get("from"), to: get("to") }
    }

    /// First moment and the first after the last; an empty end is open.
    fn span(&self) -> Result<(i64, i64), Vec<Refusal>> {
        let day = |text: &str, field, open: i64| match text {
            "" => Ok(open),
            text => Day::parse(text)
                .map(|day| if field == "to" { day.plus(1).start().0 } else { day.start().0 })
                .ok_or_else(|| vec![Refusal::new("day", "日期写成 2026-11-23 这样。").at(field)]),
        };
        let (from, to) = (day(&self.from, "from", 0)?, day(&self.to, "to", i64::MAX)?);
        if from < to { Ok((from, to)) } else { Err(vec![Refusal::new("days", "止日不能早于起日。").at("to")]) }
    }
}

async fn packed(desk: &Desk, name: &str) -> Result<Outlet, Error> {
    let table = store::table(desk.read(), desk.law(), &desk.body.id).await?;
    table.find(name).filter(|outlet| outlet.way.is_packed()).cloned().ok_or(Error::NotFound)
}

fn within(desk: &Desk, outlet: &str, (from, to): (i64, i64)) -> sea_orm::Select<outlet_copy::Entity> {
    let all = waiting(desk, outlet).filter(outlet_copy::Column::At.gte(from)).filter(outlet_copy::Column::At.lt(to));
    all.order_by_asc(outlet_copy::Column::At).order_by_asc(outlet_copy::Column::Id)
}

#[derive(Template)]
#[template(path = "outlet/package.html")]
struct Page {
    frame: DeskFrame,
    outlet: Outlet,
    period: Period,
    rows: Vec<Row>,
    total: u64,
    zip: String,
    /// What the page showed: nothing newer is reported as handed over.
    seen: i64,
    may_hand: bool,
}

async fn page(desk: Desk, Query(query): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let name = query.get("outlet").cloned().unwrap_or_default();
    let (period, outlet) = (Period::of(&query), packed(&desk, &name).await?);
    let (span, errors) = match period.span() {
        Ok(span) => (span, vec![]),
        Err(why) => ((0, i64::MAX), why),
    };
    let total = within(&desk, &name, span).count(desk.read()).await?;
    let copies = within(&desk, &name, span).limit(MOST).all(desk.read()).await?;
    let ids: Vec<String> = copies.iter().map(|c| c.record.clone()).collect();
    let titles = titles(&desk, &ids).await?;
    let row = |copy: &outlet_copy::Model| Row {
        href: format!("/desk/record/{}/outlet", copy.record),
        title: titles.get(&copy.record).cloned().unwrap_or_default(),
        tag: None,
        facts: vec![if copy.wanted == 0 { "通知撤下".into() } else { format!("第 {} 版", copy.wanted) }],
        day: Some(Instant(copy.at).day()),
    };
    let (status, frame) = desk.form(format!("{}：{}", outlet.name, outlet.way.zh()), HERE, errors);
    let asked = [("outlet", name.as_str()), ("from", &period.from), ("to", &period.to)];
    let page = Page {
        frame,
        rows: copies.iter().map(row).collect(),
        total,
        zip: href("/desk/outlet/package.zip", &asked),
        seen: copies.last().map_or(0, |copy| copy.at),
        may_hand: desk.me.has(Duty::Publication),
        outlet,
        period,
    };
    html_as(status, &page)
}

async fn file(desk: Desk, Query(query): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let name = query.get("outlet").cloned().unwrap_or_default();
    let (period, outlet) = (Period::of(&query), packed(&desk, &name).await?);
    let copies = within(&desk, &name, period.span().map_err(Error::from)?).limit(MOST).all(desk.read()).await?;
    if copies.is_empty() {
        return Err(Failure::new(StatusCode::NOT_FOUND, "这段时间没有要交的内容。请换一个时段。"));
    }
    let zip = package::build(&desk, &outlet, &copies).await?;
    let kind = if outlet.way == Way::Gazette { "gazette" } else { "archive" };
    let disposition = format!("attachment; filename=\"{kind}-{}.zip\"", desk.now.day());
    let headers = [(header::CONTENT_TYPE, "application/zip".to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, zip).into_response())
}

/// The package was handed over: what the page showed stands there from now on, or is gone.
async fn handed(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let name = form.get("outlet").to_owned();
    packed(&desk, &name).await?;
    let period = Period { from: form.get("from").into(), to: form.get("to").into() };
    let (from, to) = period.span().map_err(Error::from)?;
    let upto = to.min(form.number("seen")?.saturating_add(1));
    let copies = within(&desk, &name, (from, upto)).limit(MOST).all(desk.read()).await?;
    let work = async move |act: &mut Act| {
        for copy in &copies {
            store::done(act, copy, "").await?;
        }
        act.journal_with("package-handed", "outlet", serde_json::json!({ "records": copies.len() }));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&href("/desk/outlet/package", &[("outlet", &name), ("said", "package-handed")])))
}
