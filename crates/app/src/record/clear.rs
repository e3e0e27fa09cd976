//! Takes away what the floor has of a record, before it is derived again.

use super::table::record;
use crate::floor::{
    public_change, public_file, public_gone, public_gone_digest, public_listing, public_outlet, public_page,
    public_version,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use store::{Act, Error};

/// Every column here has an index: a LIKE would read the whole floor at each publication.
pub async fn clear(act: &Act, row: &record::Model) -> Result<(), Error> {
    public_page::Entity::delete_by_id(&row.id).exec(act).await?;
    public_gone::Entity::delete_by_id(&row.id).exec(act).await?;
    let digests = public_gone_digest::Entity::delete_many();
    digests.filter(public_gone_digest::Column::Page.eq(&row.id)).exec(act).await?;
    public_listing::Entity::delete_many().filter(public_listing::Column::Page.eq(&row.id)).exec(act).await?;
    if let Some(path) = &row.path {
        public_version::Entity::delete_many().filter(public_version::Column::Path.eq(path)).exec(act).await?;
    }
    public_file::Entity::delete_many().filter(public_file::Column::Page.eq(&row.id)).exec(act).await?;
    // Copies of an older version elsewhere are not this one; those of this very version stand.
    public_outlet::Entity::delete_many()
        .filter(public_outlet::Column::Page.eq(&row.id))
        .filter(public_outlet::Column::Version.ne(row.published))
        .exec(act)
        .await?;
    Ok(())
}

/// Notes that something of a page changed, or that it went. Two acts at once may get the same turn, and a later turn
/// may be committed first: who follows reads back a little, and tells rows apart by their stamps.
pub async fn note_change(act: &Act, page: &str) -> Result<(), Error> {
    let last = public_change::Entity::find().order_by_desc(public_change::Column::Turn).limit(1).one(act).await?;
    public_change::Entity::delete_by_id(page).exec(act).await?;
    let row = public_change::ActiveModel {
        id: Set(page.to_owned()),
        turn: Set(last.map_or(0, |row| row.turn) + 1),
        stamp: Set(act.id()),
    };
    public_change::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}
