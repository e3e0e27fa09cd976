//! Takes away what the floor has of a record, before it is derived again.

use super::table::record;
use crate::floor::{
    public_file, public_gone, public_gone_digest, public_listing, public_outlet, public_page, public_version,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
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
