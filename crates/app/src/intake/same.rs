//! 同上次: a record from its predecessor. What stays the same is filled in, what belongs to a day is not.

use super::bring;
use super::rules::{self, Place};
use crate::account::desk::Desk;
use crate::edge::{Failure, see};
use crate::posted::Posted;
use crate::record::draft as drafts;
use crate::record::kind::{Kind, kind_zh};
use crate::record::store::{self, Loaded};
use crate::record::table::record;
use ::store::{Act, Error};
use axum::response::Response;
use kernel::notation;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// How many predecessors are offered.
const OFFERED: u64 = 5;

/// A record that one may begin from.
pub struct Former {
    pub id: String,
    pub title: String,
    pub kind: &'static str,
    pub day: String,
}

async fn rows(desk: &Desk, kind: &str, most: u64) -> Result<Vec<record::Model>, Error> {
    use record::Column::{Body, Id, Kind as OfKind, Revision, Section};
    let mut find = record::Entity::find()
        .filter(Body.eq(&desk.body.id))
        .filter(Section.eq(&desk.me.section))
        .filter(Revision.is_not_null())
        .order_by_desc(Id)
        .limit(most);
    if !kind.is_empty() {
        find = find.filter(OfKind.eq(kind));
    }
    Ok(find.all(desk.read()).await?)
}

/// The last records of this section, of one kind where one is named.
pub async fn former(desk: &Desk, kind: &str) -> Result<Vec<Former>, Error> {
    let kind = Kind::parse(kind).map_or("", |k| k.name);
    let mut all = vec![];
    for row in rows(desk, kind, OFFERED).await? {
        let (zh, day) = (kind_zh(&row.kind), kernel::Instant(row.made_at).day().to_string());
        let Some(revision) = row.revision.as_ref() else { continue };
        let title = store::load_revision(desk.read(), revision).await?.paper.title;
        all.push(Former { id: row.id, title, kind: zh, day });
    }
    Ok(all)
}

/// Where this section put its last record of a kind.
pub async fn place(desk: &Desk, kind: &Kind) -> Result<Place, Error> {
    let last = rows(desk, kind.name, 1).await?;
    let Some(revision) = last.first().and_then(|row| row.revision.as_ref()) else { return Ok(Place::default()) };
    let fields = store::load_revision(desk.read(), revision).await?.paper.fields;
    Ok(Place { column: fields.column, class: fields.class, ground: fields.ground })
}

/// A new draft from a predecessor; with its text where that is asked for.
pub async fn again(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let on: Loaded = store::load(desk.read(), &desk.body.id, form.get("from")).await?;
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let mut typed = rules::successor(drafts::to_typed(revision));
    typed.insert("author".into(), desk.me.section_name.clone());
    let title = typed.get("title").cloned().unwrap_or_default();
    bring::fill(&desk, on.kind, &title, Place::default(), &mut typed).await?;
    let text = if form.get("body") == "yes" { notation::write(&without_pictures(revision)) } else { String::new() };
    let (body, section, staff) = (desk.body.id.clone(), desk.me.section.clone(), desk.me.id.clone());
    let kind = on.kind;
    let work = async move |act: &mut Act| drafts::create(act, &body, kind, &section, &staff, &typed, &text).await;
    let id = desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}?said=as-last-time")))
}

/// Pictures belong to the paper they were made for.
fn without_pictures(revision: &crate::record::model::Revision) -> Vec<kernel::Block> {
    let words = |b: &&kernel::Block| !matches!(b, kernel::Block::Image { .. });
    revision.paper.body.iter().filter(words).cloned().collect()
}
