//! What goes where: the table of a body, as versions. Changing it moves nothing that was published before.

use super::desk::HERE;
use super::model::{Outlet, Table, Way};
use super::store;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::store as accounts;
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::record::kind::KINDS;
use crate::record::rules::column_name;
use crate::ui::{Choice, DeskFrame, Row};
use ::store::Act;
use askama::Template;
use axum::response::Response;
use kernel::{Instant, Refusal};
use law::Law;
use std::collections::HashMap;

const WHO: Who = Who::Duty(&[Duty::Publication]);
const NOTE_MAX: usize = 200;
const SITE_MAX: usize = 200;
/// Versions that the page lists.
const SHOWN: u64 = 20;

pub fn routes() -> Vec<Route> {
    vec![get("/desk/outlet/table", WHO, page), post("/desk/outlet/table", WHO, save)]
}

/// An outlet as the form has it.
struct Form {
    outlet: Outlet,
    /// Columns as they were typed, one a line.
    columns: String,
    ways: Vec<Choice>,
}

impl Form {
    fn of(outlet: &Outlet) -> Form {
        let ways: &[Way] = match outlet.way {
            Way::Interface | Way::Hand => &[Way::Interface, Way::Hand],
            _ => &[],
        };
        Form {
            columns: outlet.columns.join("\n"),
            ways: ways.iter().map(|way| Choice::new(way.word(), way.zh())).collect(),
            outlet: outlet.clone(),
        }
    }

    fn has_kind(&self, kind: &str) -> bool {
        self.outlet.kinds.iter().any(|k| k == kind)
    }
}

#[derive(Template)]
#[template(path = "outlet/settings.html")]
struct Page {
    frame: DeskFrame,
    forms: Vec<Form>,
    kinds: Vec<Choice>,
    columns: Vec<(String, String)>,
    note: String,
    history: Vec<Row>,
    /// Where the interface is; empty where none is configured.
    interface: String,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let table = store::table(desk.read(), desk.law(), &desk.body.id).await?;
    show(&desk, table.outlets.iter().map(Form::of).collect(), "", vec![]).await
}

async fn show(desk: &Desk, forms: Vec<Form>, note: &str, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let rows = store::tables(desk.read(), &desk.body.id, SHOWN).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.made_by.clone()).collect();
    let names: HashMap<String, String> = accounts::names(desk.read(), &ids).await?.into_iter().collect();
    let row = |row: &super::table::outlet_table::Model| Row {
        href: String::new(),
        title: row.note.clone(),
        tag: None,
        facts: vec![names.get(&row.made_by).cloned().unwrap_or_default()],
        day: Some(Instant(row.made_at).day()),
    };
    let (status, frame) = desk.form("哪些信息发到哪里", HERE, errors);
    let page = Page {
        frame,
        forms,
        kinds: KINDS.iter().map(|k| Choice::new(k.name, k.zh)).collect(),
        columns: desk.law().columns.iter().map(|c| (c.path.clone(), c.name.clone())).collect(),
        note: note.into(),
        history: rows.iter().map(row).collect(),
        interface: desk.app.outlet.address().into(),
    };
    html_as(status, &page)
}

/// The forms as they were sent, and what is wrong with them. What an outlet is called is not the form's to say.
fn filled(law: &Law, table: &Table, posted: &Posted) -> (Vec<Form>, Vec<Refusal>) {
    let (mut forms, mut why) = (vec![], vec![]);
    for (n, known) in table.outlets.iter().enumerate() {
        let name = |field: &str| format!("{field}-{n}");
        let typed = posted.text(&name("columns"));
        let columns: Vec<String> = typed.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect();
        let kinds = KINDS.iter().map(|k| k.name).filter(|k| posted.all(&name("kinds")).any(|v| v == *k));
        let way = Way::parse(posted.get(&name("way"))).filter(|_| !Form::of(known).ways.is_empty());
        let outlet = Outlet {
            name: known.name.clone(),
            way: way.unwrap_or(known.way),
            site: posted.get(&name("site")).to_owned(),
            duty: posted.has(&name("duty")),
            all: posted.has(&name("all")),
            kinds: kinds.map(str::to_owned).collect(),
            columns,
        };
        why.extend(faults(law, &outlet));
        forms.push(Form { columns: typed, ..Form::of(&outlet) });
    }
    (forms, why)
}

fn faults(law: &Law, outlet: &Outlet) -> Vec<Refusal> {
    let name = &outlet.name;
    let unknown = outlet.columns.iter().filter(|path| column_name(law, path).is_none());
    let mut why: Vec<Refusal> = unknown
        .map(|path| Refusal::new("column", format!("{name}：没有“{path}”这个栏目。请照下面的栏目表填写。")).at("note"))
        .collect();
    let site = &outlet.site;
    let web = site.starts_with("https://") || site.starts_with("http://");
    let plain = web && site.ends_with('/') && site.chars().all(|c| c.is_ascii_graphic()) && !site.contains('@');
    if !site.is_empty() && (!plain || site.len() > SITE_MAX) {
        let says = format!("{name}：网站地址写成 https://www.example.gov.cn/ 这样，以斜线结尾。");
        why.push(Refusal::new("site", says).at("note"));
    }
    why
}

async fn save(desk: Desk, posted: Posted) -> Result<Response, Failure> {
    let table = store::table(desk.read(), desk.law(), &desk.body.id).await?;
    let (forms, mut why) = filled(desk.law(), &table, &posted);
    let note = posted.get("note").to_owned();
    if note.is_empty() {
        why.push(Refusal::new("note", "请写一句为什么改。").at("note"));
    }
    if note.chars().count() > NOTE_MAX {
        why.push(Refusal::new("note-long", format!("理由最多 {NOTE_MAX} 字。")).at("note"));
    }
    let fresh = Table { outlets: forms.iter().map(|form| form.outlet.clone()).collect() };
    if why.is_empty() && fresh == table {
        why.push(Refusal::new("same", "和现在的一样，没有要改的。").at("note"));
    }
    if !why.is_empty() {
        return show(&desk, forms, &note, why).await;
    }
    let (body, staff) = (desk.body.id.clone(), desk.me.id.clone());
    let work = async move |act: &mut Act| store::add_table(act, &body, &staff, &fresh, &note).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/outlet/table?said=outlets-set"))
}
