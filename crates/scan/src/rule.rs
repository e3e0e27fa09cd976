//! The rules as a table, so that the console can list them and a person can look one up.

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
/// Information is to be accurate, and what is not is to be corrected.
const ACCURACY: &str = "《政府信息公开条例》第六条";
const PRIVACY: &str = "《政府信息公开条例》第十五条";
const SENSITIVE: &str = "《个人信息保护法》第二十八条";

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
    RuleInfo {
        rule: Rule::Landline,
        id: "person.landline",
        kind: "landline",
        zh: "个人固定电话",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "住宅或者特定自然人的固定电话，办公电话、热线和对外公布的电话除外。",
    },
    RuleInfo {
        rule: Rule::BankCard,
        id: "person.bank_card",
        kind: "bank_card",
        zh: "个人银行账号",
        severity: Severity::Warn,
        stops: false,
        cite: SENSITIVE,
        gist: "13至19位、通过校验的银行卡号，须有账号字样或者银联卡号段；单位账户除外。",
    },
    RuleInfo {
        rule: Rule::Plate,
        id: "person.plate",
        kind: "plate",
        zh: "机动车号牌",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "普通、新能源和带挂、学、警等字的号牌，备案号、证号除外。",
    },
    RuleInfo {
        rule: Rule::Passport,
        id: "person.passport",
        kind: "passport",
        zh: "护照和出入境证件",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "护照、往来港澳台通行证、回乡证、台胞证、军官证等证件号码。",
    },
    RuleInfo {
        rule: Rule::Email,
        id: "person.email",
        kind: "email",
        zh: "个人电子邮箱",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "个人电子邮箱；政府网站域名的邮箱和标明单位公用的除外。",
    },
    RuleInfo {
        rule: Rule::Address,
        id: "person.address",
        kind: "address",
        zh: "自然人住址",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "自然人的户籍地、住址写到村以下的组、号、栋、单元、室；办公地址除外。",
    },
    RuleInfo {
        rule: Rule::BirthDate,
        id: "person.birth_date",
        kind: "birth_date",
        zh: "出生日期",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "自然人写到日的出生日期；只写年月的履历除外。",
    },
    RuleInfo {
        rule: Rule::Health,
        id: "person.health",
        kind: "health",
        zh: "健康信息",
        severity: Severity::Warn,
        stops: false,
        cite: SENSITIVE,
        gist: "具名自然人的病情、残疾、怀孕等健康情况；政策和动物疫病除外。",
    },
    RuleInfo {
        rule: Rule::Minor,
        id: "person.minor",
        kind: "minor",
        zh: "未成年人信息",
        severity: Severity::Warn,
        stops: false,
        cite: SENSITIVE,
        gist: "具名的不满十八岁的人，或者具名学生的学校、年级、班级。",
    },
    RuleInfo {
        rule: Rule::Family,
        id: "person.family",
        kind: "name_leak",
        zh: "家庭成员",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "自然人的配偶、父母、子女等家庭成员的姓名。",
    },
    RuleInfo {
        rule: Rule::NamedPerson,
        id: "person.name",
        kind: "name_leak",
        zh: "自然人姓名",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "行政处罚、补助名单中自然人的姓名；单位名称和已隐去的姓名除外。",
    },
    RuleInfo {
        rule: Rule::Unmasked,
        id: "person.unmasked",
        kind: "name_leak",
        zh: "标题已隐去的姓名",
        severity: Severity::Warn,
        stops: false,
        cite: PRIVACY,
        gist: "标题里隐去了名字，正文里却写出同姓当事人的全名。",
    },
    RuleInfo {
        rule: Rule::Misprint,
        id: "words.misprint",
        kind: "misprint",
        zh: "错别字",
        severity: Severity::Text,
        stops: false,
        cite: ACCURACY,
        gist: "读音、字形相近的错字，多字、漏字、颠倒和搭配不当，按用字统计判断。",
    },
    RuleInfo {
        rule: Rule::Punctuation,
        id: "words.punctuation",
        kind: "punctuation",
        zh: "标点和括号",
        severity: Severity::Text,
        stops: false,
        cite: ACCURACY,
        gist: "成对符号不配对，标点重复，发文字号的括号，汉字旁的半角标点。",
    },
    RuleInfo {
        rule: Rule::NumberConflict,
        id: "words.number_conflict",
        kind: "number_conflict",
        zh: "日期和数字矛盾",
        severity: Severity::Warn,
        stops: false,
        cite: ACCURACY,
        gist: "不存在的日期，日期和星期不符，期间倒置，同一句中的数字互相矛盾。",
    },
    RuleInfo {
        rule: Rule::SumError,
        id: "words.sum_error",
        kind: "sum_error",
        zh: "合计不符",
        severity: Severity::Warn,
        stops: false,
        cite: ACCURACY,
        gist: "表格的合计、列举的总数与各项之和不等。",
    },
    RuleInfo {
        rule: Rule::Outdated,
        id: "words.outdated",
        kind: "outdated",
        zh: "过时的名称和依据",
        severity: Severity::Warn,
        stops: false,
        cite: ACCURACY,
        gist: "机构改革前的名称，已废止的法规，停用的区号。",
    },
    RuleInfo {
        rule: Rule::LeaderName,
        id: "words.leader",
        kind: "leader_name",
        zh: "领导姓名和职务",
        severity: Severity::Warn,
        stops: false,
        cite: ACCURACY,
        gist: "领导的姓名、职务与本机关名册不符。",
    },
    RuleInfo {
        rule: Rule::SeriousExpression,
        id: "words.serious",
        kind: "serious_expression",
        zh: "不当表述",
        severity: Severity::Warn,
        stops: false,
        cite: ACCURACY,
        gist: "本机关词表列出的不当表述。",
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
