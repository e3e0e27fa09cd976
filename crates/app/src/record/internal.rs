//! Typed fields that are for staff only: beside the revision, outside its digest, never on the public floor.

use super::field::Data;
use super::table::internal;
use sea_orm::{ConnectionTrait, EntityTrait, Set};
use store::{Act, Error};

pub async fn write(act: &Act, revision: &str, data: &Data) -> Result<(), Error> {
    if data.is_empty() {
        return Ok(());
    }
    let data = serde_json::to_string(data).map_err(|e| Error::Fault(e.into()))?;
    let row = internal::ActiveModel { id: Set(revision.into()), data: Set(data) };
    internal::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// Empty where the revision has none.
pub async fn of(db: &impl ConnectionTrait, revision: &str) -> Result<Data, Error> {
    let row = internal::Entity::find_by_id(revision).one(db).await?;
    row.map_or_else(|| Ok(Data::new()), |r| serde_json::from_str(&r.data).map_err(|e| Error::Fault(e.into())))
}
