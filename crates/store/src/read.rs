//! The door for staff pages and jobs: reads everything, writes nothing.

use crate::connect::Readers;
use sea_orm::prelude::async_trait::async_trait;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, ExecResult, QueryResult, Statement};

/// Its connections cannot write: `query_only` on SQLite, read-only transactions on PostgreSQL.
#[derive(Clone)]
pub struct Read(pub(crate) Readers);

#[async_trait]
impl ConnectionTrait for Read {
    fn get_database_backend(&self) -> DbBackend {
        self.0.backend()
    }
    async fn execute_raw(&self, _: Statement) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("the reading door writes nothing".into()))
    }
    async fn execute_unprepared(&self, _: &str) -> Result<ExecResult, DbErr> {
        Err(DbErr::Custom("the reading door writes nothing".into()))
    }
    async fn query_one_raw(&self, stmt: Statement) -> Result<Option<QueryResult>, DbErr> {
        Ok(self.0.query(stmt, 1, false).await?.pop())
    }
    async fn query_all_raw(&self, stmt: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.0.query(stmt, usize::MAX, false).await
    }
}
