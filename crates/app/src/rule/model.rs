//! What a version and a clock are. Pure.

use crate::posted::Posted;
use crate::ui::{Tag, Tone};
use kernel::Instant;
use law::{Fact, What};
use serde::{Deserialize, Serialize};

/// Where a version of a file of the law stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Proposed,
    InForce,
    Returned,
    /// It was in force until another version of its file took its place.
    Replaced,
}

impl State {
    pub const ALL: [State; 4] = [State::Proposed, State::InForce, State::Returned, State::Replaced];

    /// As it is stored.
    pub fn word(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::InForce => "in-force",
            State::Returned => "returned",
            State::Replaced => "replaced",
        }
    }

    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            State::Proposed => "等待决定",
            State::InForce => "生效中",
            State::Returned => "已退回",
            State::Replaced => "已被替换",
        }
    }

    pub fn tag(self) -> Tag {
        let tone = match self {
            State::Proposed => Tone::Near,
            State::InForce => Tone::Done,
            State::Returned | State::Replaced => Tone::Plain,
        };
        Tag::new(self.zh(), tone)
    }
}

/// What somebody proposes: the whole text of a file of the law, under its path in `law/`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Proposal {
    /// `calendar/2027.toml`, `clauses/OGI-REPLY.toml`, `obligations.toml`.
    pub file: String,
    pub text: String,
    /// Where the notice or the act stands: its number, its address.
    pub source: String,
    /// Why the law changes. The clocks that move keep it as their cause.
    pub note: String,
}

impl Proposal {
    /// The text of a file, with the source and the reason that stand in a form.
    pub fn of(file: &str, text: String, posted: &Posted) -> Proposal {
        Proposal { file: file.into(), text, source: posted.get("source").into(), note: posted.get("note").into() }
    }
}

/// Something that happened to a clock, as the column `facts` keeps it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Happened {
    /// Epoch milliseconds.
    pub at: i64,
    #[serde(flatten)]
    pub what: Happening,
}

/// As [`law::What`], owned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Happening {
    Suspend { cause: String },
    Resume,
    Restart { cause: String },
    Extend { approved: bool, told: bool },
    Close { in_time: bool },
}

impl From<&Fact<'_>> for Happened {
    fn from(fact: &Fact<'_>) -> Happened {
        let what = match fact.what {
            What::Suspend(cause) => Happening::Suspend { cause: cause.into() },
            What::Resume => Happening::Resume,
            What::Restart(cause) => Happening::Restart { cause: cause.into() },
            What::Extend { approved, told } => Happening::Extend { approved, told },
            What::Close { found_in_time } => Happening::Close { in_time: found_in_time },
        };
        Happened { at: fact.at.0, what }
    }
}

impl Happened {
    pub fn fact(&self) -> Fact<'_> {
        let what = match &self.what {
            Happening::Suspend { cause } => What::Suspend(cause),
            Happening::Resume => What::Resume,
            Happening::Restart { cause } => What::Restart(cause),
            Happening::Extend { approved, told } => What::Extend { approved: *approved, told: *told },
            Happening::Close { in_time } => What::Close { found_in_time: *in_time },
        };
        Fact { at: Instant(self.at), what }
    }

    /// For a page: `征求第三方意见，暂停计时`.
    pub fn zh(&self) -> String {
        match &self.what {
            Happening::Suspend { cause } => format!("{cause}，暂停计时"),
            Happening::Resume => "恢复计时".into(),
            Happening::Restart { cause } => format!("{cause}，重新计时"),
            Happening::Extend { approved: true, told: true } => "延长期限，已批准并告知".into(),
            Happening::Extend { approved: false, .. } => "延长期限，没有批准".into(),
            Happening::Extend { .. } => "延长期限，没有告知".into(),
            Happening::Close { in_time: true } => "办结，当时认定没有超过期限".into(),
            Happening::Close { in_time: false } => "办结".into(),
        }
    }
}
