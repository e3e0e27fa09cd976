//! What a rule is, and how grave a finding of it. The table of them is in `rules`.

use crate::rules::RULES;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How a finding is treated. The least lenient comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// 阻断: refused until changed, or cleared by the named reviewer.
    Block,
    /// 提醒: a person decides and gives a line of reason for keeping it.
    Warn,
    /// 文字: a suggestion about wording.
    #[serde(rename = "suggest")]
    Text,
}

impl Severity {
    /// The word of the interface.
    pub fn zh(self) -> &'static str {
        match self {
            Severity::Block => "阻断",
            Severity::Warn => "提醒",
            Severity::Text => "文字",
        }
    }

    /// The word of `mingtang scan --json`.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Block => "block",
            Severity::Warn => "warn",
            Severity::Text => "suggest",
        }
    }
}

/// A rule of the scanner. The order is that of [`RULES`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rule {
    SecretMark,
    SecretQuoted,
    InternalMark,
    NotPublicMark,
    PartyNumber,
    ResidentId,
    Mobile,
    Landline,
    BankCard,
    Plate,
    Passport,
    Email,
    Address,
    BirthDate,
    Health,
    Minor,
    Family,
    NamedPerson,
    Unmasked,
    Misprint,
    Punctuation,
    NumberConflict,
    SumError,
    Outdated,
    LeaderName,
    SeriousExpression,
    Link,
    Foreign,
    Garbled,
    ImageText,
}

/// What there is to know of a rule.
#[derive(PartialEq, Eq, Debug)]
pub struct RuleInfo {
    pub rule: Rule,
    /// Stable for ever: stored beside decisions, printed in JSON.
    pub id: &'static str,
    /// The `kind` of `mingtang scan --json`.
    pub kind: &'static str,
    /// The name people see.
    pub zh: &'static str,
    /// The gravest that it gives; a doubtful match may be milder.
    pub severity: Severity,
    /// Publication waits until a person named for it (保密审查员) has decided; the author's own reason is not enough.
    pub stops: bool,
    /// The article it rests on.
    pub cite: &'static str,
    /// What it looks for, in one sentence.
    pub gist: &'static str,
}

impl Rule {
    pub fn info(self) -> &'static RuleInfo {
        &RULES[self as usize]
    }

    pub fn id(self) -> &'static str {
        self.info().id
    }

    /// The rule of a stored id, `None` where a later version wrote it.
    pub fn parse(id: &str) -> Option<Rule> {
        RULES.iter().find(|info| info.id == id).map(|info| info.rule)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum() {
        for (n, info) in RULES.iter().enumerate() {
            assert_eq!(info.rule as usize, n, "{}", info.id);
            assert_eq!(Rule::parse(info.id), Some(info.rule));
            assert!(info.gist.ends_with('。') && !info.cite.is_empty() && !info.zh.is_empty());
        }
        assert_eq!(Rule::parse("mark.unknown"), None);
    }
}
