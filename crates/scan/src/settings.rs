//! What a body sets in its console, without a release: who may be named, what may be shown, how grave a rule is.

use crate::{Rule, Severity};
use kernel::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The body's own lists. Every field may be missing in what is stored; an unknown one is an error, so that a slip of
/// the pen does not switch a list off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// A date of birth after this day is none. The day of the scan, where the caller knows it; never stored.
    #[serde(skip, default = "far_away")]
    pub today: Day,
    /// Numbers that are public on purpose (hotlines, duty mobiles, office contacts), as digits alone: `13973312345`.
    pub public_numbers: BTreeSet<String>,
    /// Mailboxes that are public on purpose: `office@example.cn`, or a whole domain: `@example.cn`. Lower case.
    pub public_mailboxes: BTreeSet<String>,
    /// Persons who are named on purpose: leaders, spokespersons, contacts.
    pub public_names: BTreeSet<String>,
    /// Words to look for besides the built-in ones.
    pub words: Vec<Word>,
    /// The register of leaders, in the order in which they are named.
    pub leaders: Vec<Leader>,
    /// A severity other than the rule's own, by rule id. It raises or lowers every finding of the rule.
    pub severities: BTreeMap<String, Severity>,
    /// Rules switched off, by id. Those about secrecy cannot be.
    pub off: BTreeSet<String>,
}

/// A leader as the body's register has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leader {
    pub name: String,
    /// Posts as they are written before the name: `局长`, `党组书记`.
    #[serde(default)]
    pub posts: Vec<String>,
}

/// A word of the body's own list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    pub text: String,
    /// What to write in its place; empty where nothing may stand there.
    #[serde(default)]
    pub suggestion: String,
    /// Why, for whoever reads the finding.
    #[serde(default)]
    pub why: String,
}

fn far_away() -> Day {
    Day::new(2099, 12, 31).expect("a date")
}

impl Default for Settings {
    /// Nothing allowed, nothing added; any birth of this century or before.
    fn default() -> Settings {
        Settings {
            today: far_away(),
            public_numbers: BTreeSet::new(),
            public_mailboxes: BTreeSet::new(),
            public_names: BTreeSet::new(),
            words: Vec::new(),
            leaders: Vec::new(),
            severities: BTreeMap::new(),
            off: BTreeSet::new(),
        }
    }
}

impl Settings {
    /// Whether a rule is looked for at all. A mark of secrecy always is (保守国家秘密法第三十五条).
    pub(crate) fn wants(&self, rule: Rule) -> bool {
        rule == Rule::SecretMark || !self.off.contains(rule.id())
    }

    /// What the body makes of a finding of this rule. A mark of secrecy always blocks.
    pub(crate) fn severity(&self, rule: Rule, found: Severity) -> Severity {
        match rule {
            Rule::SecretMark => found,
            _ => self.severities.get(rule.id()).copied().unwrap_or(found),
        }
    }

    /// Whether a mailbox, in lower case, is on the list.
    pub(crate) fn public_mailbox(&self, mailbox: &str) -> bool {
        let domain = mailbox.find('@').map_or("", |at| &mailbox[at..]);
        self.public_mailboxes.contains(mailbox) || self.public_mailboxes.contains(domain)
    }
}
