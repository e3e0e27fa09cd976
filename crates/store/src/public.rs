//! The door for anonymous readers.

use crate::Error;
use crate::connect::Readers;
use crate::line::{Cells, Line};
use sea_orm::sea_query::{Expr, IntoCondition};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use std::str::FromStr;
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
    db: Readers,
    epoch: Arc<AtomicI64>,
}

impl Public {
    pub(crate) fn new(db: Readers, epoch: Arc<AtomicI64>) -> Public {
        Public { db, epoch }
    }

    /// Read it *before* the rows: a page kept under an older epoch is only thrown away too early, never too late.
    pub fn epoch(&self) -> i64 {
        self.epoch.load(SeqCst)
    }

    pub fn find<E: PublicEntity>(&self) -> Find<'_, E> {
        assert_eq!(E::default().table_name(), E::TABLE);
        Find { db: &self.db, select: E::find(), most: u64::MAX, short: false }
    }
}

/// Rows that cost less to read than to hand the reading over to another thread.
const FEW: u64 = 100;

/// One SELECT over one public table. Not SeaORM's `Select`, which could join anything.
pub struct Find<'a, E: EntityTrait> {
    db: &'a Readers,
    select: Select<E>,
    most: u64,
    short: bool,
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
        self.most = n;
        self.select = self.select.limit(n);
        self
    }

    pub fn offset(mut self, n: u64) -> Self {
        self.select = self.select.offset(n);
        self
    }

    /// It walks an index, so a few rows of it (see [`FEW`]) are read where we stand, not beside.
    pub fn short(mut self) -> Self {
        self.short = true;
        self
    }

    pub async fn one(self) -> Result<Option<E::Model>, Error>
    where
        E::Model: Line<Of = E>,
    {
        Ok(self.short().limit(1).all().await?.pop())
    }

    pub async fn all(self) -> Result<Vec<E::Model>, Error>
    where
        E::Model: Line<Of = E>,
    {
        // A SELECT begins with all columns, in the order of the entity; `table!` makes both of the same list.
        self.read(E::Model::read).await
    }

    /// Only the columns that `M` names: a list need not load bodies.
    pub async fn lines<M: Line<Of = E>>(mut self) -> Result<Vec<M>, Error> {
        let column = |name: &&str| E::Column::from_str(name).map_err(|_| Error::fault(format!("no column {name}")));
        let columns = M::COLUMNS.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        self.select = self.select.select_only().columns(columns);
        self.read(M::read).await
    }

    /// How many rows. Where the filter is an index's beginning, that is `short` too.
    pub async fn count(mut self) -> Result<i64, Error> {
        self.most = 1;
        self.select = self.select.select_only().column_as(Expr::cust("COUNT(*)"), "n");
        Ok(self.read(|cells| cells.next()).await?.pop().unwrap_or(0))
    }

    /// How many rows for each pair of values, and the least value of a third column among them.
    pub async fn tally(
        mut self,
        one: E::Column,
        two: E::Column,
        least: E::Column,
    ) -> Result<Vec<(String, String, i64, i64)>, Error> {
        self.select = self
            .select
            .select_only()
            .column_as(one, "a")
            .column_as(two, "b")
            .column_as(Expr::cust("COUNT(*)"), "n")
            .column_as(least.min(), "least")
            .group_by(one)
            .group_by(two);
        self.read(|cells| Ok((cells.next()?, cells.next()?, cells.next()?, cells.next()?))).await
    }

    /// A filter can smuggle a subquery. One row has all that a page needs, so a second SELECT is a mistake.
    async fn read<T>(self, of: impl Fn(&mut Cells) -> Result<T, DbErr>) -> Result<Vec<T>, Error> {
        let stmt = self.select.build(self.db.backend());
        if stmt.sql.matches("SELECT ").count() != 1 {
            return Err(Error::fault("the public door reads one table at a time"));
        }
        Ok(self.db.lines(stmt, self.short && self.most <= FEW, of).await?)
    }
}
