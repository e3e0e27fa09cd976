//! What was withheld on a ground that has moved since: an entry of the negative list that was changed or removed, a
//! statute that is no longer in force. Nothing is stored: submitting the record again decides it anew.

use super::desk::LOOK;
use super::model::Openness;
use super::store::{self, Loaded, Which};
use super::table::{record, revision};
use crate::account::desk::{Desk, Route, get};
use crate::edge::{Failure, html};
use crate::ground::rules::{Moved, moved};
use crate::ui::{DeskFrame, Row, Tag, Tone};
use ::store::Error;
use askama::Template;
use axum::response::Response;
use kernel::Day;
use law::Law;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// Records under way that are looked at.
const MOST: u64 = 500;

pub fn routes() -> Vec<Route> {
    vec![get("/desk/record/regrounded", LOOK, page)]
}

/// Why the revision submitted last has to be decided on again.
pub fn of(law: &Law, on: &Loaded, today: Day) -> Option<Moved> {
    let revision = on.revision.as_ref().filter(|r| r.paper.fields.openness == Openness::Withheld)?;
    moved(law, &revision.paper.fields.ground, revision.at.day(), today)
}

/// Every record of the body that has to be, the newest first, with its title.
pub async fn all(desk: &Desk) -> Result<Vec<(record::Model, String, Moved)>, Error> {
    let (law, today) = (desk.law(), desk.now.day());
    let open = store::some(desk.read(), &desk.body.id, Which::Open, None, MOST).await?;
    let ids: Vec<&String> = open.iter().filter_map(|row| row.revision.as_ref()).collect();
    let rows = revision::Entity::find().filter(revision::Column::Id.is_in(ids)).all(desk.read()).await?;
    let mut found: HashMap<String, (String, Moved)> = HashMap::new();
    for row in rows {
        let revision = store::to_revision(row, None)?;
        let fields = &revision.paper.fields;
        if fields.openness == Openness::Withheld
            && let Some(moved) = moved(law, &fields.ground, revision.at.day(), today)
        {
            found.insert(revision.id, (revision.paper.title, moved));
        }
    }
    let hit = |row: record::Model| {
        let (title, moved) = found.remove(row.revision.as_ref()?)?;
        Some((row, title, moved))
    };
    Ok(open.into_iter().filter_map(hit).collect())
}

#[derive(Template)]
#[template(path = "record/fallen.html")]
struct Page {
    frame: DeskFrame,
    rows: Vec<Row>,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let row = |(row, title, moved): (record::Model, String, Moved)| Row {
        href: format!("/desk/record/{}", row.id),
        title,
        tag: Some(Tag::new(moved.zh(), Tone::Near)),
        facts: vec![],
        day: None,
    };
    let rows = all(&desk).await?.into_iter().map(row).collect();
    html(&Page { frame: desk.frame("要重新认定的公开件", "/desk/ground"), rows })
}
