//! What holds a record back although its reviews are passed: something that names it, and that alone lets it go. The
//! gate asks here and tells the reason; a record does not know what holds it.

use super::model::{Hold, Why};
use super::table::record;
use kernel::Hash;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::HashMap;
use store::{Act, Error};

store::table! {
    record_hold = "record_hold" {
        id: String, record: String, held_by: String, why: String, lets: String, since: i64,
    }
}

/// Of a reason that this program does not know: it was written by another version. It holds.
static UNKNOWN: Why = Why {
    code: "held", says: "本件由另一事项管着，现在不能公布。请联系系统管理员。", cite: ""
};

fn why(code: &str) -> &'static Why {
    crate::holds().find(|why| why.code == code).unwrap_or(&UNKNOWN)
}

/// What holds each of these records.
pub async fn of(db: &impl ConnectionTrait, records: Vec<&str>) -> Result<HashMap<String, Vec<Hold>>, Error> {
    let rows = record_hold::Entity::find().filter(record_hold::Column::Record.is_in(records)).all(db).await?;
    let mut all: HashMap<String, Vec<Hold>> = HashMap::new();
    for row in rows {
        let hold = Hold { why: why(&row.why), lets: Hash::parse(&row.lets) };
        all.entry(row.record).or_default().push(hold);
    }
    Ok(all)
}

/// From now on `by` holds the record for this reason, or no longer. The record moves with it, so that no publication
/// under way overlooks it.
pub async fn set(act: &mut Act, id: &str, by: &str, wanted: Option<Hold>) -> Result<(), Error> {
    let key = format!("{id}/{by}");
    let stands = record_hold::Entity::find_by_id(&key).one(act).await?;
    let lets = |hold: &Hold| hold.lets.map(|hash| hash.to_string()).unwrap_or_default();
    let fresh = wanted.map(|hold| (hold.why.code, lets(&hold)));
    let same = stands.as_ref().map(|row| (row.why.as_str(), &row.lets)) == fresh.as_ref().map(|(why, l)| (*why, l));
    if same {
        return Ok(());
    }
    let row = record::Entity::find_by_id(id).one(act).await?.ok_or(Error::NotFound)?;
    act.bump(&row, row.version).await?;
    record_hold::Entity::delete_many().filter(record_hold::Column::Id.eq(&key)).exec(act).await?;
    let about = format!("record:{id}");
    let Some((why, lets)) = fresh else {
        act.journal_with("let-record-go", &about, serde_json::json!({ "by": by }));
        return Ok(());
    };
    let row = record_hold::ActiveModel {
        id: Set(key),
        record: Set(id.into()),
        held_by: Set(by.into()),
        why: Set(why.into()),
        lets: Set(lets),
        since: Set(act.now.0),
    };
    record_hold::Entity::insert(row).exec_without_returning(act).await?;
    act.journal_with("hold-record", &about, serde_json::json!({ "by": by, "why": why }));
    Ok(())
}
