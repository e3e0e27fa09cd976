//! What the slice speaks of. Pure.

use kernel::{Hash, Instant};
use ledger::{Checkpoint, Note, Proof, Salt};
use serde::{Deserialize, Serialize};

/// A checkpoint that the world can see.
#[derive(Clone, Debug)]
pub struct Published {
    pub note: Note,
    pub checkpoint: Checkpoint,
}

/// Why nothing is signed until a person has looked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The data came from a backup: what was signed since is not known here.
    Restored,
    /// More statements are signed for than there are.
    Behind,
    /// As many as are signed for, and others.
    Forked,
    /// Nothing shows that the tree begins with the signed one.
    Unproven,
    /// The last signed checkpoint is another log's.
    OtherLog,
    /// The statements do not lead to the head that was noted with them.
    Damaged,
    /// The keys are gone, or are others.
    NoKey,
    /// The last signed checkpoint is gone.
    NoCheckpoint,
}

impl Stop {
    pub const ALL: [Stop; 8] = [
        Stop::Restored,
        Stop::Behind,
        Stop::Forked,
        Stop::Unproven,
        Stop::OtherLog,
        Stop::Damaged,
        Stop::NoKey,
        Stop::NoCheckpoint,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Stop::Restored => "restored",
            Stop::Behind => "behind",
            Stop::Forked => "forked",
            Stop::Unproven => "unproven",
            Stop::OtherLog => "other-log",
            Stop::Damaged => "damaged",
            Stop::NoKey => "no-key",
            Stop::NoCheckpoint => "no-checkpoint",
        }
    }

    /// A word that nobody knows is a reason to stop too.
    pub fn parse(word: &str) -> Option<Stop> {
        (!word.is_empty()).then(|| Stop::ALL.into_iter().find(|s| s.word() == word).unwrap_or(Stop::Damaged))
    }

    pub fn says(self) -> &'static str {
        match self {
            Stop::Restored => "数据是从备份恢复的，备份之后签发过什么，这里不知道。",
            Stop::Behind => "已经签发的条目比数据库里的多，可能恢复过旧备份。",
            Stop::Forked => "数据库里的条目与已经签发的不一样。",
            Stop::Unproven => "不能证明现在的条目接着已经签发的。",
            Stop::OtherLog => "密钥目录里留的是另一本登记簿的签发记录。",
            Stop::Damaged => "数据库里的条目与登记时的汇总对不上，可能被改动过。",
            Stop::NoKey => "签名的密钥不在，或者不是这本登记簿的。",
            Stop::NoCheckpoint => "密钥目录里没有最后一次签发的记录。",
        }
    }

    pub fn advice(self) -> &'static str {
        match self {
            Stop::NoKey => {
                "停下服务，用 mingtang keys import 放回密钥；找不回的，运行 mingtang ledger resume --new-log。"
            }
            Stop::Damaged => "停下服务，换一份没有改动过的备份恢复；没有的，运行 mingtang ledger resume --new-log。",
            _ => {
                "停下服务，运行 mingtang ledger resume：有最新的签发记录用 --checkpoint，有公开的登记簿副本用 --tiles，\
                 都没有用 --new-log。"
            }
        }
    }
}

impl From<&ledger::Doubt> for Stop {
    fn from(doubt: &ledger::Doubt) -> Stop {
        match doubt {
            ledger::Doubt::OtherLog { .. } => Stop::OtherLog,
            ledger::Doubt::Behind { .. } => Stop::Behind,
            ledger::Doubt::Forked { .. } => Stop::Forked,
            ledger::Doubt::Unproven { .. } => Stop::Unproven,
        }
    }
}

/// 凭证号: the index number, and a version where one is named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    pub index_no: String,
    pub version: Option<i64>,
}

/// A version that is public.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub n: i64,
    pub at: Instant,
    pub hash: Hash,
    /// Attachments by name.
    pub files: Vec<(String, Hash)>,
}

impl Line {
    /// What of this version has this digest: the text, or an attachment by its name.
    pub fn holds(&self, digest: &Hash) -> Option<String> {
        if self.hash == *digest {
            return Some("正文".into());
        }
        self.files.iter().find(|(_, hash)| hash == digest).map(|(name, _)| name.clone())
    }
}

/// A public record, as a check looks at it. Its versions oldest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    pub path: String,
    pub index_no: String,
    pub title: String,
    pub current: i64,
    pub lines: Vec<Line>,
}

impl Known {
    pub fn found(&self, line: &Line, what: &str) -> Found {
        let (path, index_no, title) = (self.path.clone(), self.index_no.clone(), self.title.clone());
        Found { path, index_no, title, current: self.current, n: line.n, at: line.at, what: what.into() }
    }

    pub fn current_found(&self) -> Found {
        let line = self.lines.iter().find(|line| line.n == self.current);
        let none = Line { n: self.current, at: Instant(0), hash: Hash([0; 32]), files: vec![] };
        self.found(line.unwrap_or(&none), "")
    }
}

/// Which version a check has come upon.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub path: String,
    pub index_no: String,
    pub title: String,
    pub current: i64,
    pub n: i64,
    pub at: Instant,
    /// The text or an attachment; empty where nothing was compared.
    pub what: String,
}

/// What is left of a record that was taken down.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gone {
    pub index_no: String,
    pub at: Instant,
    pub why: &'static str,
    pub cite: &'static str,
}

/// What a check came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    Same(Found),
    Older(Found),
    /// A number alone: there is such a record, and nothing was compared.
    Listed(Found),
    Different(Found),
    Gone(Gone),
    Unknown,
    /// A proof of a submission, or of something that is not public any more: right, and that is all that can be said.
    Logged {
        says: String,
    },
    /// A proof file that proves nothing.
    Forged {
        why: String,
    },
}

/// What a proof file carries beside the proof (`extra`, signed by nobody): it is held against the proof.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// SHA-256 of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// SHA-256 of the late fields' canonical JSON, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<String>,
    /// The statement, to the byte.
    pub statement: String,
}

/// What a statement says, as far as a check needs it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct Said {
    pub action: String,
    #[serde(default)]
    pub index: String,
    #[serde(default)]
    pub version: i64,
    #[serde(default)]
    pub time: String,
    #[serde(default)]
    pub day: String,
    #[serde(default)]
    pub commitment: String,
    pub hashes: Option<SaidHashes>,
}

#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
pub struct SaidHashes {
    pub revision: String,
    pub late: Option<String>,
}

impl Opening {
    pub fn said(&self) -> Option<Said> {
        serde_json::from_str(&self.statement).ok()
    }

    /// Whether salt and digests are what the statement commits to. `None` where nothing is opened; what is only half
    /// there, or cannot be read, does not fit.
    pub fn fits(&self) -> Option<bool> {
        if self.salt.is_none() && self.content.is_none() && self.late.is_none() {
            return None;
        }
        Some(self.opened().is_some_and(|fits| fits))
    }

    fn opened(&self) -> Option<bool> {
        let (said, text) = (self.said()?, self.salt.as_deref()?);
        let salt = Salt::parse(text).filter(|salt| salt.to_string() == text)?;
        let content = exact(self.content.as_deref()?)?;
        let late = match &self.late {
            Some(late) => Some(salt.hash("late", &exact(late)?).to_string()),
            None => None,
        };
        Some(match said.hashes {
            Some(hashes) => salt.hash("revision", &content).to_string() == hashes.revision && late == hashes.late,
            None => salt.hash("submission", &content).to_string() == said.commitment && late.is_none(),
        })
    }
}

/// A digest in the one spelling in which we write it.
fn exact(text: &str) -> Option<Hash> {
    Hash::parse(text).filter(|hash| hash.to_string() == text)
}

/// Whether a statement is in the log already.
#[derive(Clone, Debug)]
pub enum Standing {
    /// Accepted, and not yet in a checkpoint.
    Waiting,
    In(Box<Proof>),
}

#[cfg(test)]
mod tests {
    use super::Stop;

    #[test]
    fn a_reason_to_stop_is_never_forgotten() {
        assert_eq!(Stop::parse(""), None);
        assert!(Stop::ALL.iter().all(|stop| Stop::parse(stop.word()) == Some(*stop)));
        assert_eq!(Stop::parse("something new"), Some(Stop::Damaged));
    }
}
