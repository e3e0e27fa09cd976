//! What is sent, by which way, and where a notice stands. Pure.

use crate::submission::wish::{self, Way, Ways};
use crate::ui::{Tag, Tone};
use serde::{Deserialize, Serialize};

/// What a notice tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    /// Something happened to what a person sent.
    Sender(wish::Cause),
    /// A term of a case ends soon.
    Near,
    /// It has ended.
    Late,
}

impl Cause {
    pub fn word(self) -> &'static str {
        match self {
            Cause::Sender(cause) => cause.word(),
            Cause::Near => "near",
            Cause::Late => "late",
        }
    }

    pub fn parse(word: &str) -> Option<Cause> {
        let all = wish::Cause::ALL.into_iter().map(Cause::Sender).chain([Cause::Near, Cause::Late]);
        all.into_iter().find(|cause| cause.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Cause::Sender(wish::Cause::Received) => "已收到",
            Cause::Sender(wish::Cause::Supplement) => "需要补正",
            Cause::Sender(wish::Cause::Extended) => "答复期限延长",
            Cause::Sender(wish::Cause::Charged) => "需要缴费",
            Cause::Sender(wish::Cause::Answered) => "已有答复",
            Cause::Sender(wish::Cause::Closed) => "已办结",
            Cause::Near => "期限将到",
            Cause::Late => "已经超期",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Waiting,
    Sent,
    Failed,
    /// Nobody can or need be told any more: the words are erased, or somebody at the desk has settled it.
    Dropped,
}

impl State {
    pub const ALL: [State; 4] = [State::Failed, State::Waiting, State::Sent, State::Dropped];

    pub fn word(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Sent => "sent",
            State::Failed => "failed",
            State::Dropped => "dropped",
        }
    }

    pub fn parse(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            State::Waiting => "待发",
            State::Sent => "已发",
            State::Failed => "没有发出",
            State::Dropped => "不再发",
        }
    }

    pub fn tag(self) -> Tag {
        let tone = match self {
            State::Failed => Tone::Late,
            State::Waiting => Tone::Near,
            State::Sent => Tone::Done,
            State::Dropped => Tone::Plain,
        };
        Tag::new(self.zh(), tone)
    }
}

/// What went wrong. Some are tried again by themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// This way is set up no longer.
    Unset,
    /// Nobody answers at the address.
    Away,
    /// No answer in time: it may have arrived.
    Late,
    /// The other side says: not now.
    Busy,
    /// It does not know our name and password.
    Denied,
    /// It will refuse the same again.
    Refused,
    /// No encryption where we demand it, or a certificate that we do not trust.
    Insecure,
    /// An answer that is not ours to read.
    Garbled,
}

impl Fault {
    pub const ALL: [Fault; 8] = [
        Fault::Unset,
        Fault::Away,
        Fault::Late,
        Fault::Busy,
        Fault::Denied,
        Fault::Refused,
        Fault::Insecure,
        Fault::Garbled,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Fault::Unset => "unset",
            Fault::Away => "away",
            Fault::Late => "late",
            Fault::Busy => "busy",
            Fault::Denied => "denied",
            Fault::Refused => "refused",
            Fault::Insecure => "insecure",
            Fault::Garbled => "garbled",
        }
    }

    pub fn parse(word: &str) -> Option<Fault> {
        Fault::ALL.into_iter().find(|fault| fault.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Fault::Unset => "这种方式没有设置好",
            Fault::Away => "连不上对方，请核对地址和端口",
            Fault::Late => "对方没有按时回答",
            Fault::Busy => "对方暂时不能受理",
            Fault::Denied => "对方不认账号或者密码，请核对",
            Fault::Refused => "对方没有收下",
            Fault::Insecure => "加密没有建立起来，请核对加密方式和证书",
            Fault::Garbled => "对方的回答看不懂",
        }
    }

    /// Whether trying the same again may help.
    pub fn passes(self) -> bool {
        self != Fault::Refused
    }
}

/// A sending that did not work, with the code of the other side. Its words are not kept: they may quote an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failed {
    pub fault: Fault,
    pub code: String,
}

impl From<Fault> for Failed {
    fn from(fault: Fault) -> Failed {
        Failed { fault, code: String::new() }
    }
}

/// How the way to the mail server is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// Begun in clear, then encrypted, or not at all (RFC 3207); port 587.
    #[default]
    Starttls,
    /// From the first byte (RFC 8314); port 465.
    Implicit,
    /// Not: only on this machine or in the internal network, and without a password.
    None,
}

impl Tls {
    pub const ALL: [Tls; 3] = [Tls::Starttls, Tls::Implicit, Tls::None];

    pub fn word(self) -> &'static str {
        match self {
            Tls::Starttls => "starttls",
            Tls::Implicit => "implicit",
            Tls::None => "none",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Tls::Starttls => "STARTTLS（端口 587）",
            Tls::Implicit => "TLS（端口 465）",
            Tls::None => "不加密（只限本机和内网地址，不用密码）",
        }
    }
}

/// The mail server, as the administrator set it.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    /// Empty: without signing in.
    pub user: String,
    pub password: String,
    pub from: String,
    /// A root certificate of the body's own, as PEM; empty: those of this machine.
    pub root: String,
}

/// The SMS gateway.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    pub url: String,
    /// The header that proves who we are, and its value; empty where the template holds it.
    pub header: String,
    pub secret: String,
    /// JSON with `{phone}`, `{text}`, `{number}`, `{cause}`, `{id}` inside its strings.
    pub template: String,
    /// Where the answer says whether it worked (RFC 6901), and what it says then; empty: the status alone counts.
    pub pointer: String,
    pub value: String,
}

/// All of it. Sealed as one JSON.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub mail: Option<Mail>,
    pub sms: Option<Sms>,
}

impl Settings {
    pub fn ways(&self) -> Ways {
        Ways { mail: self.mail.is_some(), sms: self.sms.is_some() }
    }

    pub fn has(&self, way: Way) -> bool {
        self.ways().has(way)
    }
}

/// What is said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    pub subject: String,
    pub words: String,
}
