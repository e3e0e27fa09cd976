//! The door for anonymous readers.

use crate::Error;
use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{
    DatabaseConnection, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

/// A table that anyone may read. Made by [`public!`](crate::public), never by hand.
pub trait PublicEntity: EntityTrait {
    const TABLE: &'static str;
}

/// `store::public!("public_page");` beside the entity. `cargo check` already refuses a table that is not named so.
#[macro_export]
macro_rules! public {
    ($table:literal) => {
        const _: () = assert!($crate::named_public($table), "a public table is called public_*");
        impl $crate::PublicEntity for Entity {
            const TABLE: &'static str = $table;
        }
    };
}

#[doc(hidden)]
pub const fn named_public(table: &str) -> bool {
    let (t, p) = (table.as_bytes(), b"public_");
    let mut i = 0;
    while i < p.len() {
        if i >= t.len() || t[i] != p[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// It holds a connection but hands none out: what is not in a `public_*` table cannot even be named.
/// ```compile_fail,E0277
/// async fn page(p: store::Public) { let _ = p.find::<store::journal::Entity>().one().await; }
/// ```
#[derive(Clone)]
pub struct Public {
    db: DatabaseConnection,
    epoch: Arc<AtomicI64>,
}

impl Public {
    pub(crate) fn new(db: DatabaseConnection, epoch: Arc<AtomicI64>) -> Public {
        Public { db, epoch }
    }

    /// Read it *before* the rows: a page kept under an older epoch is only thrown away too early, never too late.
    pub fn epoch(&self) -> i64 {
        self.epoch.load(SeqCst)
    }

    pub fn find<E: PublicEntity>(&self) -> Find<'_, E> {
        assert_eq!(E::default().table_name(), E::TABLE);
        Find { db: &self.db, select: E::find() }
    }
}

/// One SELECT over one public table. Not SeaORM's `Select`, which could join anything.
pub struct Find<'a, E: EntityTrait> {
    db: &'a DatabaseConnection,
    select: Select<E>,
}

impl<E: PublicEntity> Find<'_, E> {
    pub fn filter(mut self, is: impl IntoCondition) -> Self {
        self.select = self.select.filter(is);
        self
    }

    pub fn order(mut self, by: E::Column, order: Order) -> Self {
        self.select = self.select.order_by(by, order);
        self
    }

    pub fn limit(mut self, n: u64) -> Self {
        self.select = self.select.limit(n);
        self
    }

    pub fn offset(mut self, n: u64) -> Self {
        self.select = self.select.offset(n);
        self
    }

    pub async fn one(self) -> Result<Option<E::Model>, Error> {
        self.plain()?;
        Ok(self.select.one(self.db).await?)
    }

    pub async fn all(self) -> Result<Vec<E::Model>, Error> {
        self.plain()?;
        Ok(self.select.all(self.db).await?)
    }

    /// Only the named columns, into a struct of the same names: a list need not load bodies.
    pub async fn columns<M: FromQueryResult>(mut self, columns: &[E::Column]) -> Result<Vec<M>, Error> {
        self.select = self.select.select_only().columns(columns.iter().copied());
        self.plain()?;
        Ok(self.select.into_model::<M>().all(self.db).await?)
    }

    /// How many rows.
    pub async fn count(mut self) -> Result<i64, Error> {
        self.select = self.select.select_only().column_as(Expr::cust("COUNT(*)"), "n");
        self.plain()?;
        let row = self.select.into_tuple::<i64>().one(self.db).await?;
        Ok(row.unwrap_or(0))
    }

    /// How many rows for each pair of values.
    pub async fn count_by(mut self, one: E::Column, two: E::Column) -> Result<Vec<(String, String, i64)>, Error> {
        self.select = self
            .select
            .select_only()
            .column_as(one, "a")
            .column_as(two, "b")
            .column_as(Expr::cust("COUNT(*)"), "n")
            .group_by(one)
            .group_by(two);
        self.plain()?;
        Ok(self.select.into_tuple::<(String, String, i64)>().all(self.db).await?)
    }

    /// A filter can smuggle a subquery. One row has all that a page needs, so a second SELECT is a mistake.
    fn plain(&self) -> Result<(), Error> {
        let sql = self.select.build(sea_orm::ConnectionTrait::get_database_backend(self.db)).sql;
        if sql.matches("SELECT ").count() == 1 {
            Ok(())
        } else {
            Err(Error::fault("the public door reads one table at a time"))
        }
    }
}
