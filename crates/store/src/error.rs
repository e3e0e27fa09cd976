use crate::sqlite::is_taken;
use kernel::Refusal;
use sea_orm::{DbErr, SqlErr};

/// All that rules and the store can answer instead of `Done`. The edge maps them to 422, 404, 409, 500.
#[derive(Debug)]
pub enum Error {
    /// The domain said no, and every reason why.
    Refused(Vec<Refusal>),
    NotFound,
    /// Somebody else was faster.
    Conflict,
    /// Ours: a bug, a broken disk. Logged, never explained to the reader.
    Fault(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// For what cannot happen unless something of ours is broken.
    pub fn fault(why: impl Into<String>) -> Error {
        Error::Fault(why.into().into())
    }
}

impl From<Refusal> for Error {
    fn from(why: Refusal) -> Error {
        Error::Refused(vec![why])
    }
}

impl From<Vec<Refusal>> for Error {
    fn from(why: Vec<Refusal>) -> Error {
        Error::Refused(why)
    }
}

impl From<DbErr> for Error {
    fn from(e: DbErr) -> Error {
        match (&e, e.sql_err()) {
            (DbErr::RecordNotFound(_), _) => Error::NotFound,
            // Somebody else took that name in the meantime: the same answer as a stale version.
            (_, Some(SqlErr::UniqueConstraintViolation(_))) => Error::Conflict,
            _ if is_taken(&e) => Error::Conflict,
            _ => Error::Fault(e.into()),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(e: std::io::Error) -> Error {
        Error::Fault(e.into())
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Error::Refused(why) => why.iter().try_for_each(|r| write!(f, "{}（{}） ", r.says, r.code)),
            Error::NotFound => write!(f, "not found"),
            Error::Conflict => write!(f, "conflict"),
            Error::Fault(e) => write!(f, "fault: {e}"),
        }
    }
}

impl std::error::Error for Error {}

/// 40001 serialisation failure, 40P01 deadlock: PostgreSQL asks for another run.
pub(crate) fn asks_again(e: &DbErr) -> bool {
    use sea_orm::RuntimeErr::SqlxError;
    let (DbErr::Exec(SqlxError(e)) | DbErr::Query(SqlxError(e)) | DbErr::Conn(SqlxError(e))) = e else { return false };
    matches!(&**e, sqlx::Error::Database(d) if matches!(d.code().as_deref(), Some("40001" | "40P01")))
}
