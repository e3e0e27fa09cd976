//! A submission and its words. No behaviour beyond construction.

use crate::ui::{Tag, Tone};
use serde::{Deserialize, Serialize};

/// The kind of submission that asks to correct a page.
pub const CORRECTION: &str = "correction";
/// An application for information, and what its applicant sends about it later. The slice of the kind reads them.
pub const REQUEST: &str = "request";
pub const FOLLOW_UP: &str = "follow-up";
/// What somebody says about a draft that is open for comments (公开征求意见); its topic is the passage.
pub const COMMENT: &str = "comment";
/// How it reached us.
pub const WEB: &str = "web";

/// What a reader chose from the list. Chosen, not typed: it stands in clear.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Topic {
    /// A hint that something is wrong (找错).
    Wrong,
    Broken,
    /// About what stands in a 公示.
    Objection,
    /// One's own data (条例 41): wants proof of identity.
    OwnData,
}

impl Topic {
    pub const ALL: [Topic; 4] = [Topic::Wrong, Topic::Broken, Topic::Objection, Topic::OwnData];

    pub fn word(self) -> &'static str {
        match self {
            Topic::Wrong => "wrong",
            Topic::Broken => "broken",
            Topic::Objection => "objection",
            Topic::OwnData => "own-data",
        }
    }

    pub fn parse(word: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|t| t.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Topic::Wrong => "内容有错",
            Topic::Broken => "页面打不开",
            Topic::Objection => "对公示有意见",
            Topic::OwnData => "涉及本人信息不准确或不该公开",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Received,
    /// A member of staff has opened it.
    Accepted,
    Answered,
}

impl State {
    pub const ALL: [State; 3] = [State::Received, State::Accepted, State::Answered];

    pub fn word(self) -> &'static str {
        match self {
            State::Received => "received",
            State::Accepted => "accepted",
            State::Answered => "answered",
        }
    }

    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|s| s.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            State::Received => "已收到",
            State::Accepted => "办理中",
            State::Answered => "已答复",
        }
    }

    pub fn tag(self) -> Tag {
        let tone = if self == State::Answered { Tone::Done } else { Tone::Info };
        Tag::new(self.zh(), tone)
    }
}

/// What became of it. A fact: the word may be counted in public.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Corrected,
    TakenDown,
    NotAnError,
    /// Another organ may correct it (条例 41: passed on, or told where to ask).
    PassedOn,
    /// Own data, and the person or the evidence could not be verified.
    NotVerified,
}

impl Outcome {
    pub const ALL: [Outcome; 5] =
        [Outcome::Corrected, Outcome::TakenDown, Outcome::NotAnError, Outcome::PassedOn, Outcome::NotVerified];

    pub fn word(self) -> &'static str {
        match self {
            Outcome::Corrected => "corrected",
            Outcome::TakenDown => "taken-down",
            Outcome::NotAnError => "not-an-error",
            Outcome::PassedOn => "passed-on",
            Outcome::NotVerified => "not-verified",
        }
    }

    pub fn parse(word: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|o| o.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Outcome::Corrected => "已更正",
            Outcome::TakenDown => "已撤下",
            Outcome::NotAnError => "核对后没有错误",
            Outcome::PassedOn => "不归本局更正，已转送或者告知向谁提出",
            Outcome::NotVerified => "身份或者证据没有核实，未更正",
        }
    }
}

/// All that was typed. Its canonical JSON (RFC 8785) is sealed, and the ledger commits to it: names never change.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letter {
    /// 1.
    pub format: u32,
    /// The page as it was typed or handed over, query included.
    pub page: String,
    pub topic: String,
    /// 哪里不对.
    pub what: String,
    /// 应当是什么.
    pub should: String,
    pub name: String,
    pub contact: String,
    /// How the person wishes to hear of it ([`Way`](super::wish::Way)); what is empty is not in the bytes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notice: String,
}

impl Letter {
    pub fn bytes(&self) -> Vec<u8> {
        kernel::canonical::bytes(self)
    }
}

/// What somebody sent, as lines of label and text: for kinds whose form may change with the years. Its canonical JSON
/// is sealed, and the ledger commits to it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// 1.
    pub format: u32,
    pub lines: Vec<(String, String)>,
}

impl Words {
    pub fn new(lines: Vec<(String, String)>) -> Words {
        Words { format: 1, lines }
    }

    pub fn bytes(&self) -> Vec<u8> {
        kernel::canonical::bytes(self)
    }
}
