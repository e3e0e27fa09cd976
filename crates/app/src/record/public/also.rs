//! 同时发布于: where else the version of today is confirmed to appear.

use super::Shown;
use crate::floor::public_outlet;
use crate::portal::Portal;
use kernel::{Day, Instant};
use sea_orm::{ColumnTrait, Order};
use store::Error;

/// Outlets that a page lists.
const MOST: u64 = 20;

/// Another outlet. What it is called comes from the law's data.
pub struct Also {
    pub outlet: String,
    /// Empty where it is on paper.
    pub address: String,
    pub day: Day,
}

pub async fn of(portal: &Portal, shown: &Shown) -> Result<Vec<Also>, Error> {
    use public_outlet::Column::{Id, Page};
    let find = portal.public.find::<public_outlet::Entity>().filter(Page.eq(&shown.row.id));
    let rows = find.order(Id, Order::Asc).limit(MOST).short().all().await?;
    let also = |row: public_outlet::Model| {
        let day = Instant(row.at).day();
        Also { outlet: row.outlet, address: row.address, day }
    };
    Ok(rows.into_iter().map(also).collect())
}
