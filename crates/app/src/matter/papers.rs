//! What stands beside a case: the records that it names, each for a role, and how much of what the public sent about it
//! still waits. Guards look at both; words come to the public only by those records' own gate.

use super::AnyKind;
use super::case::{Matter, Moment, Paper};
use super::store::about;
use crate::record::table::record;
use crate::record::{hold, several};
use crate::submission;
use ::store::{Act, Error};
use kernel::Instant;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::HashMap;

store::table! {
    matter_paper = "matter_paper" { id: String, matter: String, role: String, record: String, at: i64 }
}

/// What stands beside one case.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    pub papers: Vec<Paper>,
    /// Comments that nobody has sorted.
    pub unsorted: u32,
}

/// By the ids of the cases. `counts`: whether the kind takes comments at all.
pub async fn of(
    db: &impl ConnectionTrait,
    ids: &[String],
    (body, counts): (&str, bool),
) -> Result<HashMap<String, Beside>, Error> {
    let find = matter_paper::Entity::find().filter(matter_paper::Column::Matter.is_in(ids.iter().map(String::as_str)));
    let named = find.all(db).await?;
    let mut all: HashMap<String, Beside> = HashMap::new();
    if counts {
        for id in ids {
            let unsorted = submission::store::waiting(db, body, &about(id)).await?;
            all.entry(id.clone()).or_default().unsorted = unsorted;
        }
    }
    if named.is_empty() {
        return Ok(all);
    }
    let rows = record::Entity::find().filter(record::Column::Id.is_in(named.iter().map(|p| p.record.as_str())));
    let records = several::loaded(db, rows.all(db).await?).await?;
    for name in named {
        let Some(on) = records.iter().find(|on| on.row.id == name.record) else { continue };
        let stands = on.stands().filter(|_| on.is_public());
        let paper = Paper {
            role: name.role,
            record: name.record,
            title: on.title(),
            hash: on.revision.as_ref().map(|r| r.hash.to_string()).unwrap_or_default(),
            public: stands.map(|p| Instant(p.at).day()),
            is_newest: stands.is_some_and(|p| p.revision == on.row.revision),
        };
        all.entry(name.matter).or_default().papers.push(paper);
    }
    Ok(all)
}

/// What the case holds back of the records that it names, as it is now.
pub async fn hold(act: &mut Act, kind: &dyn AnyKind, (matter, case): (&str, &Matter), at: Moment) -> Result<(), Error> {
    for paper in &case.papers {
        hold::set(act, &paper.record, &about(matter), kind.hold(case, &paper.role, at)).await?;
    }
    Ok(())
}

/// The case names a record for a role from now on; `Conflict` where it names one already.
pub async fn name(act: &mut Act, matter: &str, role: &str, record: &str) -> Result<(), Error> {
    let row = matter_paper::ActiveModel {
        id: Set(format!("{matter}/{role}")),
        matter: Set(matter.into()),
        role: Set(role.into()),
        record: Set(record.into()),
        at: Set(act.now.0),
    };
    matter_paper::Entity::insert(row).exec_without_returning(act).await?;
    act.journal_with("name-paper", &about(matter), serde_json::json!({ "role": role, "record": record }));
    Ok(())
}
