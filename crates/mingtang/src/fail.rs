//! How a command ends that did not do its work.

use std::fmt;

#[derive(Debug)]
pub enum Fail {
    /// The answer is no: exit 1.
    No(String),
    /// Wrong usage, or wrong configuration: exit 2.
    Usage(String),
    /// Ours, or the machine's: exit 3.
    Fault(String),
}

impl Fail {
    pub fn no(says: impl Into<String>) -> Fail {
        Fail::No(says.into())
    }

    pub fn usage(says: impl Into<String>) -> Fail {
        Fail::Usage(says.into())
    }

    pub fn fault(why: impl fmt::Display) -> Fail {
        Fail::Fault(why.to_string())
    }

    pub fn code(&self) -> u8 {
        match self {
            Fail::No(_) => 1,
            Fail::Usage(_) => 2,
            Fail::Fault(_) => 3,
        }
    }

    /// The same, told with what was being done.
    pub fn during(self, what: &str) -> Fail {
        match self {
            Fail::No(says) => Fail::No(format!("{what}：{says}")),
            Fail::Usage(says) => Fail::Usage(format!("{what}：{says}")),
            Fail::Fault(why) => Fail::Fault(format!("{what}：{why}")),
        }
    }
}

impl fmt::Display for Fail {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Fail::No(says) | Fail::Usage(says) => f.write_str(says),
            Fail::Fault(why) => write!(f, "出错了：{why}"),
        }
    }
}

impl From<store::Error> for Fail {
    fn from(e: store::Error) -> Fail {
        use store::Error::*;
        match e {
            Refused(why) => Fail::No(why.iter().map(|r| r.says.as_str()).collect::<Vec<_>>().join("\n")),
            NotFound => Fail::no("没有找到。"),
            Conflict => Fail::no("已经有了，或者刚刚被别人改过。请核对后再试。"),
            Fault(e) => Fail::fault(e),
        }
    }
}

impl From<std::io::Error> for Fail {
    fn from(e: std::io::Error) -> Fail {
        Fail::fault(e)
    }
}

impl From<sea_orm::DbErr> for Fail {
    fn from(e: sea_orm::DbErr) -> Fail {
        store::Error::from(e).into()
    }
}
