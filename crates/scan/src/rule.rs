//! The rules as a table, so that the console can list them and a person can look one up.

use std::fmt;

/// How a finding is treated. The least lenient comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// 阻断: refused until changed, or cleared by the named reviewer.
    Block,
    /// 提醒: a person decides and gives a line of reason for keeping it.
    Warn,
    /// 文字: a suggestion about wording.
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

const SECRETS_LAW: &str = "《保守国家秘密法》第三十五条";
const REVIEW: &str = "《政府信息公开条例》第十七条";
const PRIVACY: &str = "《政府信息公开条例》第十五条";

/// Every rule, in the order of [`Rule`].
pub static RULES: &[RuleInfo] = &[
    RuleInfo {
        rule: Rule::SecretMark,
        id: "mark.secret",
        kind: "secret_mark",
        zh: "密级标志",
        severity: Severity::Block,
        stops: true,
        cite: SECRETS_LAW,
        gist: "首页、页眉、印章、文件属性等标志位置上的绝密、机密、秘密字样，带不带★和期限都算。",
    },
    RuleInfo {
        rule: Rule::SecretQuoted,
        id: "mark.quoted",
        kind: "secret_mark",
        zh: "文中的密级标志样式",
        severity: Severity::Warn,
        stops: true,
        cite: SECRETS_LAW,
        gist: "正文、表格中写成标志样式的密级，可能是引用，也可能是混入的密件。",
    },
    RuleInfo {
        rule: Rule::InternalMark,
        id: "mark.internal",
        kind: "disclosure_mark",
        zh: "内部标志",
        severity: Severity::Warn,
        stops: true,
        cite: REVIEW,
        gist: "单独成行的内部资料、注意保存、不得外传、工作秘密等字样。",
    },
    RuleInfo {
        rule: Rule::NotPublicMark,
        id: "mark.not_public",
        kind: "disclosure_mark",
        zh: "不公开标志",
        severity: Severity::Warn,
        stops: true,
        cite: REVIEW,
        gist: "此件不公开、依申请公开等公开属性标注。",
    },
    RuleInfo {
        rule: Rule::PartyNumber,
        id: "mark.party_number",
        kind: "disclosure_mark",
        zh: "党的机关发文字号",
        severity: Severity::Warn,
        stops: true,
        cite: "《政府信息公开条例》第二条",
        gist: "本件的发文字号属于党的机关，文中提到的不算。",
    },
    RuleInfo {
        rule: Rule::ResidentId,
        id: "person.resident_id",
        kind: "id_card",
        zh: "居民身份证号码",
        severity: Severity::Block,
        stops: false,
        cite: PRIVACY,
        gist: "18位号码核对地区、出生日期和校验码，15位旧号码核对地区和日期，空格、连字符、全角和跨行跨格的写法都认。",
    },
    RuleInfo {
        rule: Rule::Mobile,
        id: "person.mobile",
        kind: "mobile",
        zh: "手机号码",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "在用号段的11位手机号码，热线、举报、值班电话除外。",
    },
];

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
