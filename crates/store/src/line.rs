//! A row read by position into a struct of its own. SeaORM's rows of the proxy are maps from name to value: of a list
//! of fifty they were a third of what the list cost.

use rusqlite::types::ValueRef;
use sea_orm::{DbErr, EntityTrait, QueryResult, TryGetable};

/// What a query of the public door reads. Made by [`line!`](crate::line) and [`table!`](crate::table), never by hand.
pub trait Line: Sized {
    type Of: EntityTrait;
    /// The columns, in the order in which [`Line::read`] takes them.
    const COLUMNS: &'static [&'static str];

    /// # Errors
    /// A column is of another type than its schema says.
    fn read(cells: &mut Cells) -> Result<Self, DbErr>;
}

/// Some columns of a public table: `store::line! { pub struct Listed of public_listing { pub path: String } }`.
#[macro_export]
macro_rules! line {
    ($(#[$meta:meta])* $vis:vis struct $name:ident of $module:ident
        { $($seen:vis $column:ident: $type:ty),+ $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($seen $column: $type),+ }
        $crate::line! { @read $name of $module::Entity { $($column),+ } }
    };
    (@read $name:ident of $entity:ty { $($column:ident),+ }) => {
        impl $crate::Line for $name {
            type Of = $entity;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($column)),+];
            fn read(cells: &mut $crate::Cells) -> Result<Self, sea_orm::DbErr> {
                Ok($name { $($column: cells.next()?),+ })
            }
        }
    };
}

/// A row of either database, read from left to right.
pub struct Cells<'a> {
    row: Row<'a>,
    at: usize,
}

enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a QueryResult),
}

impl<'a> Cells<'a> {
    pub(crate) fn sqlite(row: &'a rusqlite::Row<'a>) -> Cells<'a> {
        Cells { row: Row::Sqlite(row), at: 0 }
    }

    pub(crate) fn postgres(row: &'a QueryResult) -> Cells<'a> {
        Cells { row: Row::Postgres(row), at: 0 }
    }

    /// The next column.
    ///
    /// # Errors
    /// There is none, or it is of another type.
    #[expect(clippy::should_implement_trait, reason = "each column has a type of its own")]
    pub fn next<T: Cell>(&mut self) -> Result<T, DbErr> {
        let at = self.at;
        self.at += 1;
        let value = match &self.row {
            Row::Sqlite(row) => row.get_ref(at).ok().and_then(T::of),
            Row::Postgres(row) => T::try_get_by(row, at).ok(),
        };
        value.ok_or_else(|| DbErr::Type(format!("column {at} of a row is not what the schema says")))
    }
}

/// What a column may hold: TEXT or BIGINT, and nothing.
pub trait Cell: TryGetable {
    #[doc(hidden)]
    fn of(value: ValueRef) -> Option<Self>;
}

impl Cell for String {
    fn of(value: ValueRef) -> Option<String> {
        value.as_str().ok().map(str::to_owned)
    }
}

impl Cell for i64 {
    fn of(value: ValueRef) -> Option<i64> {
        value.as_i64().ok()
    }
}

impl<T: Cell> Cell for Option<T>
where
    Option<T>: TryGetable,
{
    fn of(value: ValueRef) -> Option<Option<T>> {
        if value == ValueRef::Null { Some(None) } else { T::of(value).map(Some) }
    }
}
