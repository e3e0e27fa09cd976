//! What a body sets in its console, without a release: who may be named, what may be shown, how grave a rule is.

use crate::{Rule, Severity};
use kernel::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The body's own lists. Every field may be missing in what is stored; an unknown one is an error, so that a slip of
/// the pen does not switch a list off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// A date of birth after this day is none. The day of the scan, where the caller knows it; never stored.
    #[serde(skip, default = "far_away")]
    pub today: Day,
    /// What the law says of terms, by the id of its clause (`OGI-REPLY`). From the law in force; never stored.
    #[serde(skip)]
    pub terms: BTreeMap<String, Vec<Term>>,
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

/// A term that the law gives, from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub from: Day,
    /// The last day; `None` while in force.
    pub until: Option<Day>,
    /// As people write it: `20个工作日`, `60日`, `6个月`.
    pub text: String,
    pub cite: String,
}

/// A leader as the body's register has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leader {
    pub name: String,
    /// Posts as they are written before the name: `局长`, `党组书记`.
    #[serde(default)]
    pub posts: Vec<String>,
    /// The first day in office; `None` for one who is in office anyway.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
}

/// A word of the body's own list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    #[serde(default)]
    pub is: Is,
    pub text: String,
    /// What to write in its place; empty where nothing may stand there.
    #[serde(default)]
    pub suggestion: String,
    /// Why, for whoever reads the finding.
    #[serde(default)]
    pub why: String,
}

/// What a word of the list is, and so the rule that finds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Is {
    /// 不当表述.
    #[default]
    Serious,
    /// A slip that is common here and that statistics do not know.
    Misprint,
    /// The former name of a body, a place or a post.
    FormerName,
}

impl Is {
    /// In the order of the form.
    pub const ALL: [Is; 3] = [Is::Serious, Is::Misprint, Is::FormerName];

    pub fn rule(self) -> Rule {
        match self {
            Is::Serious => Rule::SeriousExpression,
            Is::Misprint => Rule::Misprint,
            Is::FormerName => Rule::Outdated,
        }
    }

    /// What is told where the list gives no reason.
    pub(crate) fn says(self) -> &'static str {
        match self {
            Is::Serious => "本机关词表列为不当表述。",
            Is::Misprint => "本机关词表列为错字。",
            Is::FormerName => "本机关词表列为过时的名称。",
        }
    }
}

fn far_away() -> Day {
    Day::new(2099, 12, 31).expect("a date")
}

impl Default for Settings {
    /// Nothing allowed, nothing added; any birth of this century or before.
    fn default() -> Settings {
        Settings {
            today: far_away(),
            terms: BTreeMap::new(),
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
    /// The lists as they hold on a day: those who are not in office yet are not on the register.
    pub fn on(&self, today: Day) -> Settings {
        let mut settings = Settings { today, ..self.clone() };
        settings.leaders.retain(|leader| leader.from.is_none_or(|from| from <= today));
        settings
    }

    /// Whether a rule is looked for at all. What waits for a named reviewer always is (保守国家秘密法第三十五条,
    /// 政府信息公开条例第十七条).
    pub(crate) fn wants(&self, rule: Rule) -> bool {
        rule.info().stops || !self.off.contains(rule.id())
    }

    /// What the body makes of a finding of this rule. A mark of secrecy always blocks; what waits for a named reviewer
    /// is never a mere suggestion.
    pub(crate) fn severity(&self, rule: Rule, found: Severity) -> Severity {
        let set = self.severities.get(rule.id()).copied().unwrap_or(found);
        match rule {
            Rule::SecretMark => found,
            _ if rule.info().stops => set.min(Severity::Warn),
            _ => set,
        }
    }

    /// Whether a mailbox, in lower case, is on the list.
    pub(crate) fn public_mailbox(&self, mailbox: &str) -> bool {
        let domain = mailbox.find('@').map_or("", |at| &mailbox[at..]);
        self.public_mailboxes.contains(mailbox) || self.public_mailboxes.contains(domain)
    }

    /// What a body may not set, or has written wrongly: the name of the list and a sentence for people.
    pub fn faults(&self) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        let ids = self.severities.keys().map(|id| ("severities", id)).chain(self.off.iter().map(|id| ("off", id)));
        all.extend(ids.filter_map(|(list, id)| Some((list, self.of_rule(id)?))));
        for word in &self.words {
            if word.text.chars().count() < 2 {
                all.push(("words", format!("词“{}”太短，至少写两个字。", word.text)));
            } else if word.text == word.suggestion {
                all.push(("words", format!("词“{}”和改后的一样。", word.text)));
            }
        }
        let short = |number: &&String| number.len() < 5 || !number.bytes().all(|b| b.is_ascii_digit());
        let number = |number: &String| format!("号码“{number}”只能写数字，至少5位。");
        all.extend(self.public_numbers.iter().filter(short).map(|n| ("public-numbers", number(n))));
        let odd = |text: &&String| !text.contains('@') || !text.contains('.') || **text != text.to_lowercase();
        let mailbox = |text: &String| format!("邮箱“{text}”写成 office@example.cn，整个域名写成 @example.cn，用小写。");
        all.extend(self.public_mailboxes.iter().filter(odd).map(|m| ("public-mailboxes", mailbox(m))));
        all.extend(self.leaders.iter().enumerate().filter_map(|(n, leader)| {
            let name = &leader.name;
            let twice = self.leaders[..n].iter().any(|other| other.name == *name);
            let says = match name.chars().count() {
                0 | 1 => format!("名册上的姓名“{name}”太短。"),
                _ if twice => format!("名册上有两个“{name}”。"),
                _ => return None,
            };
            Some(("leaders", says))
        }));
        all
    }

    /// Why a rule may not be set as it is.
    fn of_rule(&self, id: &str) -> Option<String> {
        let Some(info) = Rule::parse(id).map(Rule::info) else {
            return Some(format!("没有“{id}”这条规则。"));
        };
        let (set, off) = (self.severities.get(id).copied(), self.off.contains(id));
        let (zh, cite) = (info.zh, info.cite);
        if info.rule == Rule::SecretMark && (off || set.is_some_and(|set| set != Severity::Block)) {
            return Some(format!("“{zh}”一律阻断，不能降低，也不能关闭（{cite}）。"));
        }
        let lowered = info.stops && (off || set == Some(Severity::Text));
        lowered.then(|| format!("“{zh}”须由审查员决定，最低是提醒，不能关闭（{cite}）。"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(id: &str, severity: Severity) -> Settings {
        Settings { severities: BTreeMap::from([(id.to_owned(), severity)]), ..Settings::default() }
    }

    #[test]
    fn what_waits_for_a_reviewer_cannot_be_switched_off() {
        let off = |id: &str| Settings { off: BTreeSet::from([id.to_owned()]), ..Settings::default() };
        let table = [
            (set("mark.secret", Severity::Warn), Some("severities")),
            (set("mark.secret", Severity::Block), None),
            (set("mark.internal", Severity::Text), Some("severities")),
            (set("mark.internal", Severity::Block), None),
            (set("words.misprint", Severity::Block), None),
            (set("words.nothing", Severity::Warn), Some("severities")),
            (off("mark.secret"), Some("off")),
            (off("mark.party_number"), Some("off")),
            (off("words.misprint"), None),
        ];
        for (settings, want) in table {
            let found = settings.faults();
            assert_eq!(found.first().map(|(list, _)| *list), want, "{found:?}");
        }
        let lowered = set("mark.internal", Severity::Text);
        assert_eq!(lowered.severity(Rule::InternalMark, Severity::Warn), Severity::Warn);
        assert_eq!(set("mark.secret", Severity::Text).severity(Rule::SecretMark, Severity::Block), Severity::Block);
        assert!(off("mark.internal").wants(Rule::InternalMark) && !off("words.misprint").wants(Rule::Misprint));
    }

    #[test]
    fn lists_are_looked_through() {
        let leader = |name: &str| Leader { name: name.into(), posts: vec![], from: None };
        let word = |text: &str, right: &str| Word { text: text.into(), suggestion: right.into(), ..Word::default() };
        let table: [(Settings, &str); 6] = [
            (Settings { words: vec![word("甲", "")], ..Settings::default() }, "太短"),
            (Settings { words: vec![word("甲乙", "甲乙")], ..Settings::default() }, "和改后的一样"),
            (Settings { public_numbers: ["0731-12345".into()].into(), ..Settings::default() }, "只能写数字"),
            (Settings { public_mailboxes: ["Office@a.cn".into()].into(), ..Settings::default() }, "用小写"),
            (Settings { leaders: vec![leader("张三"), leader("张三")], ..Settings::default() }, "有两个"),
            (Settings { leaders: vec![leader("张")], ..Settings::default() }, "太短"),
        ];
        for (settings, says) in table {
            let found = settings.faults();
            assert!(found.len() == 1 && found[0].1.contains(says), "{found:?}");
        }
    }

    #[test]
    fn a_leader_is_on_the_register_from_a_day() {
        let day = |text: &str| Day::parse(text).expect("a day");
        let from = Some(day("2026-12-01"));
        let leaders = vec![Leader { name: "张三".into(), posts: vec!["局长".into()], from }];
        let settings = Settings { leaders, ..Settings::default() };
        assert!(settings.on(day("2026-11-30")).leaders.is_empty());
        assert_eq!(settings.on(day("2026-12-01")).leaders.len(), 1);
    }
}
