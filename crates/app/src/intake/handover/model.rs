//! What an office system hands over, and what it says of it. Pure.

use crate::account::Me;
use crate::posted::Upload;
use crate::record::kind::{Kind, Step};
use crate::record::model::{Openness, Typed};
use kernel::{Hash, Instant};
use serde::Deserialize;

/// A paper as the office system writes it, in the API and in the watched folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sent {
    /// The code under which the administrator registered the system.
    pub source: String,
    /// The paper's number there: with `source` it is the paper, for ever.
    pub number: String,
    pub kind: String,
    /// Who wrote it there.
    pub author: String,
    #[serde(default)]
    pub fields: Typed,
    /// In the notation of the editor.
    pub text: String,
    #[serde(default)]
    pub files: Vec<SentFile>,
    /// When it ended there (办结): `2026-11-20 16:30`. Absent while it is under way.
    #[serde(default)]
    pub ended: Option<String>,
    #[serde(default)]
    pub reviews: Vec<SentReview>,
}

/// A file of a paper: its bytes in base64, or (in the watched folder) a file beside the JSON.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentFile {
    pub name: String,
    #[serde(default)]
    pub base64: Option<String>,
}

/// A review as the office system tells it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentReview {
    pub step: String,
    /// The user there.
    pub by: String,
    pub at: String,
    /// Of the paper that the reviewer saw: [`super::rules::digest`].
    pub hash: String,
    pub verdict: String,
    /// `no` to every question of the step.
    #[serde(default)]
    pub answers: Typed,
}

/// A paper, read and found fit to be kept.
#[derive(Clone, Debug)]
pub struct Handed {
    pub source: String,
    pub number: String,
    pub kind: &'static Kind,
    pub author: String,
    pub typed: Typed,
    pub text: String,
    pub files: Vec<Upload>,
    pub ended: Option<Instant>,
    pub reviews: Vec<Stated>,
    /// Of everything that a review covers.
    pub hash: Hash,
}

/// A review that was made over there: evidence, no review of ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stated {
    pub step: Step,
    pub by: String,
    pub at: Instant,
    pub hash: Hash,
    pub passed: bool,
    pub answers: Typed,
}

/// Who a user over there is here.
#[derive(Clone, Debug)]
pub struct Person {
    pub me: Me,
    /// Has agreed, here and in person, that a review there counts as his own, and has not taken it back.
    pub agreed: bool,
}

/// Whether the paper is marked 主动公开 over there. `None`: not marked at all.
pub fn mark(typed: &Typed) -> Option<Openness> {
    Openness::parse(typed.get("openness").map_or("", String::as_str))
}

/// Where a paper that was handed over stands. Derived, never stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// It has not ended over there, or is not meant for the public.
    Kept,
    /// It has ended, and something is in the way.
    Held,
    /// Another text came under the same number, and a person must say which holds.
    Conflict,
    Published,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            State::Kept => "kept",
            State::Held => "held",
            State::Conflict => "conflict",
            State::Published => "published",
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            State::Kept => "已收下",
            State::Held => "没有公开",
            State::Conflict => "内容不一致",
            State::Published => "已公开",
        }
    }
}
