//! Schemas grow by numbered migrations, one text for both databases. Expand, move, contract; never edit one that
//! landed.

use crate::Error;
use crate::connect::Tx;
use sea_orm::{ConnectionTrait, Statement};

/// A step of the schema. `sql` may hold several statements, each ended by a semicolon at the end of a line.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Unique and never changed once landed: `record-0001`.
    pub name: &'static str,
    pub sql: &'static str,
}

/// The store's own first step; the slices' follow it.
pub const SCHEMA: Migration = Migration { name: "store-0001", sql: include_str!("schema.sql") };
/// The public log's row.
pub const LEDGER: Migration = Migration { name: "store-0002", sql: include_str!("ledger.sql") };

/// Applies what is missing in the order given, all in one transaction: an upgrade has happened or it has not. Returns
/// the names applied.
pub async fn migrate(url: &str, migrations: &[Migration]) -> Result<Vec<&'static str>, Error> {
    let tx = Tx::begin(url, false).await?;
    let fresh = apply(&tx, migrations).await?;
    tx.commit().await?;
    Ok(fresh)
}

async fn apply(tx: &Tx, migrations: &[Migration]) -> Result<Vec<&'static str>, Error> {
    tx.execute_unprepared("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, n BIGINT NOT NULL)").await?;
    let done = applied(tx).await?;
    if let Some(newer) = done.iter().find(|name| !migrations.iter().any(|m| m.name == name.as_str())) {
        return Err(Error::fault(format!("this data was written by a newer program (migration {newer})")));
    }
    let mut fresh = vec![];
    for (n, migration) in migrations.iter().enumerate().filter(|(_, m)| !done.iter().any(|name| name == m.name)) {
        for sql in statements(migration.sql) {
            tx.execute_unprepared(sql).await?;
        }
        let row = format!("INSERT INTO migration (name, n) VALUES ('{}', {n})", migration.name);
        tx.execute_unprepared(&row).await?;
        fresh.push(migration.name);
    }
    Ok(fresh)
}

/// The names of the migrations that a database has had, in order.
pub(crate) async fn applied(db: &impl ConnectionTrait) -> Result<Vec<String>, Error> {
    let sql = "SELECT name FROM migration ORDER BY n";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    Ok(rows.iter().map(|r| r.try_get("", "name")).collect::<Result<_, _>>()?)
}

fn statements(sql: &str) -> impl Iterator<Item = &str> {
    sql.split(";\n").map(str::trim).filter(|s| s.lines().any(|l| !l.trim().is_empty() && !l.starts_with("--")))
}
