//! 其他渠道看板: what did not arrive, what the night found wrong, what a person has to do. Failures stand first.

use super::desk::{HERE, LOOK, Line};
use super::model::{State, Way};
use super::store;
use super::table::outlet_copy;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, get};
use crate::edge::{Failure, html};
use crate::floor::public_page;
use crate::record::table::record;
use crate::ui::{Choice, DeskFrame, Figure, Tone, href};
use ::store::Error;
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::HashMap;

/// Lines of a list.
const SHOWN: u64 = 100;

pub fn routes() -> Vec<Route> {
    vec![get("/desk/outlet", LOOK, board)]
}

/// What a list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Failed,
    Wrong,
    ByHand,
    Waiting,
    Sent,
}

impl Which {
    const ALL: [Which; 5] = [Which::Failed, Which::Wrong, Which::ByHand, Which::Waiting, Which::Sent];

    fn word(self) -> &'static str {
        match self {
            Which::Failed => "failed",
            Which::Wrong => "wrong",
            Which::ByHand => "by-hand",
            Which::Waiting => "waiting",
            Which::Sent => "sent",
        }
    }

    fn zh(self) -> &'static str {
        match self {
            Which::Failed => "失败",
            Which::Wrong => "核对不符",
            Which::ByHand => "待人工",
            Which::Waiting => "待发",
            Which::Sent => "已发",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Which::Failed | Which::Wrong => Tone::Late,
            Which::ByHand => Tone::Near,
            Which::Waiting | Which::Sent => Tone::Plain,
        }
    }

    /// Packages have lists of their own: a record that waits for one waits for no person.
    fn condition(self) -> Condition {
        use outlet_copy::Column::{Found, State as Stands, Way as Goes};
        let stands = |state: State| Condition::all().add(Stands.eq(state.word()));
        match self {
            Which::Failed => stands(State::Failed),
            Which::Wrong => Condition::all().add(Found.ne("")),
            Which::ByHand => stands(State::ByHand).add(Goes.is_not_in([Way::Gazette.word(), Way::Archive.word()])),
            Which::Waiting => stands(State::Waiting),
            Which::Sent => stands(State::Sent),
        }
    }
}

/// A line with the record that it is about.
struct Item {
    href: String,
    title: String,
    line: Line,
}

struct List {
    which: Which,
    items: Vec<Item>,
    total: u64,
}

/// A package that waits.
struct Pack {
    outlet: String,
    way: Way,
    n: u64,
    href: String,
}

#[derive(Template)]
#[template(path = "outlet/board.html")]
struct Page {
    frame: DeskFrame,
    figures: Vec<Figure>,
    lists: Vec<List>,
    packs: Vec<Pack>,
    outlets: Vec<Choice>,
    outlet: String,
    state: String,
    wired: bool,
    may_set: bool,
}

impl Page {
    fn clear(&self) -> &'static str {
        if self.outlet.is_empty() && self.state.is_empty() { "" } else { HERE }
    }
}

async fn board(desk: Desk, Query(query): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let get = |name: &str| query.get(name).cloned().unwrap_or_default();
    let (outlet, state) = (get("outlet"), get("state"));
    let table = store::table(desk.read(), desk.law(), &desk.body.id).await?;
    let wanted = Which::ALL.into_iter().find(|which| which.word() == state);
    let mut figures = vec![];
    let mut lists = vec![];
    for which in Which::ALL {
        let total = find(&desk, which, &outlet).count(desk.read()).await?;
        figures.push(figure(which, total, &outlet));
        let listed = wanted.map_or(which != Which::Sent, |w| w == which);
        if listed && total > 0 {
            lists.push(List { which, items: items(&desk, which, &outlet).await?, total });
        }
    }
    let mut packs = vec![];
    for packed in table.outlets.iter().filter(|o| o.way.is_packed()) {
        let n = waiting(&desk, &packed.name).count(desk.read()).await?;
        let to = href("/desk/outlet/package", &[("outlet", &packed.name)]);
        packs.push(Pack { outlet: packed.name.clone(), way: packed.way, n, href: to });
    }
    let frame = desk.frame("其他渠道", HERE);
    let outlets = table.outlets.iter().map(|o| Choice::new(&o.name, &o.name)).collect();
    let (wired, may_set) = (desk.app.outlet.is_wired(), desk.me.has(Duty::Publication));
    html(&Page { frame, figures, lists, packs, outlets, outlet, state, wired, may_set })
}

/// What a person has to see to, each number with the way to its list; nothing where all went out.
pub async fn pressing(desk: &Desk) -> Result<Vec<Figure>, Error> {
    let mut all = vec![];
    for which in [Which::Failed, Which::Wrong, Which::ByHand] {
        let total = find(desk, which, "").count(desk.read()).await?;
        all.extend((total > 0).then(|| figure(which, total, "")));
    }
    Ok(all)
}

fn find(desk: &Desk, which: Which, outlet: &str) -> sea_orm::Select<outlet_copy::Entity> {
    let all = outlet_copy::Entity::find().filter(outlet_copy::Column::Body.eq(&desk.body.id));
    let all = all.filter(which.condition());
    if outlet.is_empty() { all } else { all.filter(outlet_copy::Column::Outlet.eq(outlet)) }
}

/// What waits for a package of an outlet.
pub fn waiting(desk: &Desk, outlet: &str) -> sea_orm::Select<outlet_copy::Entity> {
    outlet_copy::Entity::find()
        .filter(outlet_copy::Column::Body.eq(&desk.body.id))
        .filter(outlet_copy::Column::State.eq(State::ByHand.word()))
        .filter(outlet_copy::Column::Outlet.eq(outlet))
}

/// Every number leads to its list.
fn figure(which: Which, total: u64, outlet: &str) -> Figure {
    Figure {
        label: which.zh().into(),
        number: total.to_string(),
        unit: "件",
        href: href(HERE, &[("outlet", outlet), ("state", which.word())]),
        tone: if total == 0 { Tone::Plain } else { which.tone() },
    }
}

async fn items(desk: &Desk, which: Which, outlet: &str) -> Result<Vec<Item>, Error> {
    let newest = find(desk, which, outlet).order_by_desc(outlet_copy::Column::At).limit(SHOWN);
    let copies = newest.all(desk.read()).await?;
    let ids: Vec<String> = copies.iter().map(|c| c.record.clone()).collect();
    let titles = titles(desk, &ids).await?;
    let wired = desk.app.outlet.is_wired();
    let item = |copy: &outlet_copy::Model| {
        Ok(Item {
            href: format!("/desk/record/{}/outlet", copy.record),
            title: titles.get(&copy.record).cloned().unwrap_or_default(),
            line: Line::of(copy, wired)?,
        })
    };
    copies.iter().map(item).collect()
}

/// What is public by its title, what is no longer by its number.
pub async fn titles(desk: &Desk, ids: &[String]) -> Result<HashMap<String, String>, Error> {
    let rows = record::Entity::find().filter(record::Column::Id.is_in(ids)).all(desk.read()).await?;
    let mut all: HashMap<String, String> =
        rows.into_iter().map(|row| (row.id, format!("{}（已撤下）", row.index_no.unwrap_or_default()))).collect();
    let pages = public_page::Entity::find().filter(public_page::Column::Id.is_in(ids)).all(desk.read()).await?;
    all.extend(pages.into_iter().map(|page| (page.id, page.title)));
    Ok(all)
}
