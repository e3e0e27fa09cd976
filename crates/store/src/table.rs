//! Tables as SeaORM entities, and the store's own. What the columns mean stands in `schema.sql`.

/// Declares a table: `store::table! { /// Why it exists. journal = "journal" { id: String, at: i64 } }`. The first
/// column
/// is the key. A table named `public_*` is given to the public door by that very name.
#[macro_export]
macro_rules! table {
    ($(#[$doc:meta])* public $module:ident = $table:literal { $($columns:tt)* }) => {
        $crate::table! { @module $(#[$doc])* $module $table { $($columns)* }
            $crate::public!($table);
            $crate::table! { @line $($columns)* }
        }
    };
    (@line $($column:ident: $type:ty),+ $(,)?) => {
        $crate::line! { @read Model of Entity { $($column),+ } }
    };
    ($(#[$doc:meta])* $module:ident = $table:literal { $($columns:tt)* }) => {
        $crate::table! { @module $(#[$doc])* $module $table { $($columns)* } }
    };
    (@module $(#[$doc:meta])* $module:ident $table:literal
        { $key:ident: String, $($column:ident: $type:ty),+ $(,)? } $($more:tt)*) => {
        $(#[$doc])*
        pub mod $module {
            use sea_orm::entity::prelude::*;
            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub $key: String,
                $(pub $column: $type,)+
            }
            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}
            impl ActiveModelBehavior for ActiveModel {}
            $($more)*
        }
    };
}

/// `store::root!(record);`: the table has `id` and `version`, and people edit its rows against each other.
#[macro_export]
macro_rules! root {
    ($module:ident) => {
        impl $crate::Root for $module::Model {
            const ID: $module::Column = $module::Column::Id;
            const VERSION: $module::Column = $module::Column::Version;
            fn id(&self) -> &str {
                &self.id
            }
            fn version(&self) -> i64 {
                self.version
            }
        }
    };
}

table! {
    /// Who did what to which thing, when. Every act leaves at least one line.
    journal = "journal" { id: String, at: i64, actor: String, what: String, about: String, facts: String }
}

table! {
    /// What the ledger will integrate: no position yet, no personal data ever.
    statement = "statement" { id: String, at: i64, about: String, bytes: String, position: Option<i64> }
}

table! {
    /// The public log's one row: its name, keys, head, lease, and why nothing is signed.
    log = "ledger" {
        id: String, origin: String, keys: String, size: i64, root: String, holder: String, lease_until: i64, term: i64,
        doubt: String,
    }
}

table! {
    /// Work that must follow, taken later under a lease.
    job = "job" {
        id: String, name: String, arg: String, due: i64, tries: i64, lease_until: i64, dead_at: Option<i64>,
        error: String,
    }
}

table! {
    /// How often the public floor has changed: SUM(n). A sum, not one counter row, because concurrent transactions may
    /// insert rows side by side but not update one: a counter would make every two publications conflict.
    epoch = "epoch" { id: String, n: i64 }
}

table! {
    /// The next number of a register: 索引号, and the office's own registers. Never a key to anything.
    counter = "counter" { name: String, n: i64 }
}

table! {
    /// Bytes kept by their digest. The file is written before the row, the row is removed before the file.
    blob = "blob" { hash: String, size: i64, touched_at: i64 }
}
