//! Kinds of records: a kind is a value. What differs between a notice and a policy stands in this table.

mod affairs;
pub mod documents;
mod notices;

use super::field::Field;
use super::typed::Checked;
use crate::account::Duty;
use kernel::Refusal;

/// A step of review, in the order in which a route walks them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    Section,
    Legality,
    Secrecy,
    Approval,
}

impl Step {
    pub fn word(self) -> &'static str {
        match self {
            Step::Section => "section",
            Step::Legality => "legality",
            Step::Secrecy => "secrecy",
            Step::Approval => "approval",
        }
    }

    pub fn parse(word: &str) -> Option<Step> {
        [Step::Section, Step::Legality, Step::Secrecy, Step::Approval].into_iter().find(|s| s.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Step::Section => "科室审核",
            Step::Legality => "合法性审核",
            Step::Secrecy => "保密审查",
            Step::Approval => "领导签批",
        }
    }

    /// Who may take it.
    pub fn duty(self) -> Duty {
        match self {
            Step::Section => Duty::SectionCheck,
            Step::Legality => Duty::LegalityReview,
            Step::Secrecy => Duty::SecrecyReview,
            Step::Approval => Duty::Approval,
        }
    }

    /// What the reviewer answers 是 or 否 before the verdict; any 是 speaks against publication as it stands.
    pub fn questions(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Step::Section => {
                &[("inaccurate", "事实、数字、日期有没有差错？"), ("incomplete", "有没有应公开而没有写上的内容？")]
            }
            Step::Legality => &[
                ("power", "权限：有没有超出本局权限？"),
                ("procedure", "程序：制定程序有没有欠缺？"),
                ("rights", "内容：有没有违法减损权利或者增加义务？"),
                ("competition", "公平竞争：涉及经营者的，有没有排除、限制竞争？"),
                ("term", "期限：施行日期、有效期有没有不合规定？"),
            ],
            Step::Secrecy => &[
                ("secret", "是否涉及国家秘密？（条例第十四条）"),
                ("safety", "公开后是否可能危及国家安全、公共安全、经济安全、社会稳定？（条例第十四条）"),
                ("trade", "是否涉及商业秘密？（条例第十五条）"),
                ("privacy", "是否涉及个人隐私？（条例第十五条）"),
                ("internal", "是否属于内部事务或者过程性信息？（条例第十六条）"),
                ("sum", "与已公开的信息合在一起，是否会泄露不该公开的内容？"),
            ],
            Step::Approval => &[],
        }
    }
}

/// What a kind refuses beyond what its fields say one by one.
pub type Check = fn(&Checked) -> Vec<Refusal>;

/// A record kind: one table of what makes it different. Form, checks, page, lists, CSV and API come from it.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    pub name: &'static str,
    pub zh: &'static str,
    /// Routine: author and reviewer. Regulated adds the section head; weighty adds lawyer and leader.
    pub route: &'static [Step],
    /// Shown as a document with a red head.
    pub red_head: bool,
    pub hint: &'static str,
    pub fields: &'static [Field],
    /// Figures that stand beside each other, by their fields: this year's and last year's. The last is their sum.
    pub figures: &'static [(&'static str, &'static str)],
    /// The field by whose number a short list is put in order.
    pub order: Option<&'static str>,
    pub check: Check,
}

impl PartialEq for Kind {
    fn eq(&self, other: &Kind) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

/// No rule beyond its fields.
fn nothing(_: &Checked) -> Vec<Refusal> {
    vec![]
}

const ROUTINE: &[Step] = &[Step::Secrecy];
const REGULATED: &[Step] = &[Step::Section, Step::Secrecy];
const WEIGHTY: &[Step] = &[Step::Section, Step::Secrecy, Step::Approval];
const NORMATIVE: &[Step] = &[Step::Section, Step::Legality, Step::Secrecy, Step::Approval];

pub const KINDS: &[Kind] = &[
    Kind {
        name: "notice",
        zh: "通知公告",
        route: ROUTINE,
        red_head: false,
        hint: "放假、公示、征集等通知",
        fields: notices::NOTICE,
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "news",
        zh: "工作动态",
        route: ROUTINE,
        red_head: false,
        hint: "会议、活动、工作进展",
        fields: notices::NEWS,
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "plan",
        zh: "方案计划",
        route: WEIGHTY,
        red_head: true,
        hint: "年度方案、规划、计划",
        fields: documents::PLAN,
        figures: &[],
        order: None,
        check: documents::plan,
    },
    Kind {
        name: "policy",
        zh: "政策文件",
        route: NORMATIVE,
        red_head: true,
        hint: "规范性文件和其他政策文件",
        fields: documents::POLICY,
        figures: &[],
        order: None,
        check: documents::policy,
    },
    Kind {
        name: "rule",
        zh: "制度规范",
        route: REGULATED,
        red_head: false,
        hint: "信息公开的制度、标准",
        fields: &[],
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "guide",
        zh: "公开指南",
        route: REGULATED,
        red_head: false,
        hint: "政府信息公开指南",
        fields: &[],
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "catalogue",
        zh: "目录清单",
        route: REGULATED,
        red_head: false,
        hint: "事项目录、各类清单",
        fields: &[],
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "institution",
        zh: "机构信息",
        route: REGULATED,
        red_head: false,
        hint: "职能、机构设置、领导小组",
        fields: notices::INSTITUTION,
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "leader",
        zh: "领导信息",
        route: REGULATED,
        red_head: false,
        hint: "局领导的姓名、职务、分工",
        fields: notices::LEADER,
        figures: &[],
        order: Some("rank"),
        check: nothing,
    },
    Kind {
        name: "interpretation",
        zh: "解读说明",
        route: REGULATED,
        red_head: false,
        hint: "政策解读、热点说明",
        fields: documents::INTERPRETATION,
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "report",
        zh: "工作报告",
        route: REGULATED,
        red_head: false,
        hint: "年度报告、工作总结",
        fields: documents::REPORT,
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "cleanup",
        zh: "文件清理结果",
        route: WEIGHTY,
        red_head: false,
        hint: "文件清理后继续有效、修改、废止、失效的目录",
        fields: documents::CLEANUP,
        figures: &[],
        order: None,
        check: nothing,
    },
    Kind {
        name: "press",
        zh: "新闻发布",
        route: REGULATED,
        red_head: false,
        hint: "新闻发布会、通气会",
        fields: notices::PRESS,
        figures: &[],
        order: None,
        check: notices::press,
    },
    Kind {
        name: "personnel",
        zh: "人事信息",
        route: REGULATED,
        red_head: false,
        hint: "任免、公开招录",
        fields: affairs::PERSONNEL,
        figures: &[],
        order: None,
        check: affairs::personnel,
    },
    Kind {
        name: "procurement",
        zh: "政府采购",
        route: REGULATED,
        red_head: false,
        hint: "采购意向、公告、结果、合同、验收",
        fields: affairs::PROCUREMENT,
        figures: &[],
        order: None,
        check: affairs::procurement,
    },
    Kind {
        name: "asset",
        zh: "国有资产处置",
        route: REGULATED,
        red_head: false,
        hint: "资产出售、报废、划转等处置",
        fields: affairs::ASSET,
        figures: &[],
        order: None,
        check: affairs::asset,
    },
    Kind {
        name: "expense",
        zh: "“三公”经费",
        route: REGULATED,
        red_head: false,
        hint: "“三公”经费预算和决算",
        fields: affairs::EXPENSE,
        figures: affairs::ITEMS,
        order: None,
        check: affairs::expense,
    },
];

impl Kind {
    pub fn parse(name: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|k| k.name == name)
    }
}

/// The Chinese name of a record kind, for lists that hold its word only.
pub fn kind_zh(name: &str) -> &'static str {
    Kind::parse(name).map_or("信息", |k| k.zh)
}
