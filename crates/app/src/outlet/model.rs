//! What an outlet is, and where a copy stands. Pure.

use crate::ui::{Tag, Tone};
use serde::{Deserialize, Serialize};

/// How a record gets to an outlet.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// The city's content system, by its interface; by hand where none is configured.
    Interface,
    /// A person enters it there, by the hand-over sheet.
    Hand,
    /// 图文稿.
    Wechat,
    /// A printed sheet on a wall.
    Poster,
    /// 公报, a package a period.
    Gazette,
    /// 归档包 for archive and library, a package a period.
    Archive,
}

impl Way {
    pub const ALL: [Way; 6] = [Way::Interface, Way::Hand, Way::Wechat, Way::Poster, Way::Gazette, Way::Archive];

    /// As it is stored, and in forms.
    pub fn word(self) -> &'static str {
        match self {
            Way::Interface => "interface",
            Way::Hand => "hand",
            Way::Wechat => "wechat",
            Way::Poster => "poster",
            Way::Gazette => "gazette",
            Way::Archive => "archive",
        }
    }

    pub fn parse(word: &str) -> Option<Way> {
        Way::ALL.into_iter().find(|way| way.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Way::Interface => "接口自动发送",
            Way::Hand => "按移交单登载",
            Way::Wechat => "图文稿",
            Way::Poster => "张贴海报",
            Way::Gazette => "公报稿件包",
            Way::Archive => "归档包",
        }
    }

    /// Whether many records go out in one package.
    pub fn is_packed(self) -> bool {
        matches!(self, Way::Gazette | Way::Archive)
    }

    /// Whether there is an address on the web afterwards.
    pub fn has_address(self) -> bool {
        matches!(self, Way::Interface | Way::Hand | Way::Wechat)
    }
}

/// Where a record also appears, and what goes there. Whatever holds of its conditions suffices.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// As the obligations name it, and as readers see it.
    pub name: String,
    pub way: Way,
    /// Every address there begins so; empty where any may.
    pub site: String,
    /// What an obligation that names this outlet counts.
    pub duty: bool,
    /// Everything that is published.
    pub all: bool,
    /// Record kinds: `policy`.
    pub kinds: Vec<String>,
    /// Columns, with those below them: `results/policies`.
    pub columns: Vec<String>,
}

/// A version of the table.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub outlets: Vec<Outlet>,
}

impl Table {
    pub fn find(&self, name: &str) -> Option<&Outlet> {
        self.outlets.iter().find(|outlet| outlet.name == name)
    }
}

/// Where a copy stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// A job will send or remove it.
    Waiting,
    Sent,
    Failed,
    /// A person has to place or to remove it.
    ByHand,
    Gone,
}

impl State {
    pub const ALL: [State; 5] = [State::Waiting, State::Sent, State::Failed, State::ByHand, State::Gone];

    pub fn word(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sent => "sent",
            State::Failed => "failed",
            State::ByHand => "by-hand",
            State::Gone => "gone",
        }
    }

    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            State::Waiting => "待发",
            State::Sent => "已发",
            State::Failed => "失败",
            State::ByHand => "待人工",
            State::Gone => "已撤",
        }
    }

    pub fn tag(self) -> Tag {
        let tone = match self {
            State::Failed => Tone::Late,
            State::ByHand | State::Waiting => Tone::Near,
            State::Sent => Tone::Done,
            State::Gone => Tone::Plain,
        };
        Tag::new(self.zh(), tone)
    }
}

/// What went wrong on the way. Some are tried again by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// Nobody answers at the address.
    Away,
    /// No answer in time: it may have arrived.
    Late,
    /// 429 or 5xx.
    Busy,
    /// 401 or 403.
    Denied,
    /// Another 4xx: the same content will be refused again.
    Refused,
    /// An answer that is not ours to read.
    Garbled,
}

impl Fault {
    pub const ALL: [Fault; 6] = [Fault::Away, Fault::Late, Fault::Busy, Fault::Denied, Fault::Refused, Fault::Garbled];

    pub fn word(self) -> &'static str {
        match self {
            Fault::Away => "away",
            Fault::Late => "late",
            Fault::Busy => "busy",
            Fault::Denied => "denied",
            Fault::Refused => "refused",
            Fault::Garbled => "garbled",
        }
    }

    pub fn parse(word: &str) -> Option<Fault> {
        Fault::ALL.into_iter().find(|fault| fault.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Fault::Away => "连不上对方",
            Fault::Late => "对方没有按时回答",
            Fault::Busy => "对方暂时不能受理",
            Fault::Denied => "对方不认接口口令，请系统管理员核对配置",
            Fault::Refused => "对方没有收下",
            Fault::Garbled => "对方的回答看不懂",
        }
    }

    /// Whether trying the same again may help.
    pub fn passes(self) -> bool {
        self != Fault::Refused
    }
}

/// What the nightly check found wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    Missing,
    Different,
    /// Still there after the withdrawal.
    Still,
}

impl Found {
    pub const ALL: [Found; 3] = [Found::Missing, Found::Different, Found::Still];

    pub fn word(self) -> &'static str {
        match self {
            Found::Missing => "missing",
            Found::Different => "different",
            Found::Still => "still",
        }
    }

    pub fn parse(word: &str) -> Option<Found> {
        Found::ALL.into_iter().find(|found| found.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Found::Missing => "那边找不到",
            Found::Different => "那边的内容不一样",
            Found::Still => "撤下以后还在",
        }
    }
}
