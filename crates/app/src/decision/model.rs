//! The lists of 重大行政决策, and the papers that a case names. Codes are stored and published, and never change. Pure.

use crate::matter::field::choice;

choice! {
    /// What became of an opinion.
    Answer { Adopted "adopted" "采纳", Partly "partly" "部分采纳", Not "not" "不采纳", }
}

choice! {
    /// 专家论证 speaks under these heads.
    Heading {
        Necessity "necessity" "必要性" "《重大行政决策程序暂行条例》第十九条",
        Feasibility "feasibility" "可行性" "《重大行政决策程序暂行条例》第十九条",
        Soundness "soundness" "科学性" "《重大行政决策程序暂行条例》第十九条",
    }
}

choice! {
    /// The eight dimensions of the bureau's plan, 三（一）3.
    Dimension {
        Cost "cost" "成本效益",
        Stability "stability" "社会稳定",
        Finance "finance" "资金与债务",
        Ecology "ecology" "生态环境",
        Safety "safety" "安全生产",
        Opinion "opinion" "社会舆情",
        Integrity "integrity" "廉洁性",
        Dispute "dispute" "法律纠纷",
    }
}

choice! { Level { Low "low" "低", Middle "middle" "中", High "high" "高", } }

choice! {
    /// What a legality review concludes.
    Legal { Lawful "lawful" "合法", Conditional "conditional" "修改后合法", Unlawful "unlawful" "不合法", }
}

choice! { Meeting { Party "party" "局党组会议", Office "office" "局长办公会议", } }

choice! { Outcome { Passed "passed" "通过", Again "again" "修改后再议", Rejected "rejected" "不予通过", } }

choice! {
    /// Why a matter is not handled in public at all.
    Exception {
        Secret "secret" "涉及国家秘密" "《政府信息公开条例》第十四条",
        Forbidden "forbidden" "法律、行政法规禁止公开" "《政府信息公开条例》第十四条",
        Stability "stability" "公开可能危及国家安全、公共安全、经济安全、社会稳定" "《政府信息公开条例》第十四条",
    }
}

choice! {
    /// What a body says that was asked.
    View {
        Agree "agree" "同意",
        Amend "amend" "有修改意见",
        Against "against" "不同意",
        Silent "silent" "到期没有回复",
    }
}

choice! {
    /// How an opinion came.
    Way {
        Web "web" "网上",
        Letter "letter" "来信",
        Talk "talk" "座谈会、听证会",
        Survey "survey" "问卷",
        Body "body" "征求单位意见",
    }
}

/// A record that a case names for what it is in the case. Its words are public only through its own gate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Role {
    pub name: &'static str,
    pub zh: &'static str,
    /// The record kind it begins as.
    pub kind: &'static str,
    pub says: &'static str,
}

const fn role(name: &'static str, zh: &'static str, kind: &'static str, says: &'static str) -> Role {
    Role { name, zh, kind, says }
}

pub const ABOUT: &str = "about";
pub const DRAFT: &str = "draft";
pub const EXPLAIN: &str = "explain";
pub const SHORT: &str = "short";
pub const ADOPTION: &str = "adoption";
pub const EXPERTS: &str = "experts";
pub const NO_EXPERTS: &str = "no-experts";
pub const NO_MARKET: &str = "no-market";
pub const TEXT: &str = "text";
pub const READING: &str = "reading";

/// In the order in which a case needs them.
pub const ROLES: &[Role] = &[
    role(ABOUT, "事项说明", "notice", "标题就是案卷的名称。写明是不是重大行政决策和理由。公布后才有案卷页。"),
    role(DRAFT, "决策草案（征求意见稿）", "notice", "公布后才能征求意见。"),
    role(EXPLAIN, "起草说明和依据", "notice", "公布后才能征求意见。"),
    role(SHORT, "缩短征求意见期限的说明", "notice", "征求意见期限短于规定的才需要。"),
    role(ADOPTION, "意见收集和采纳情况", "notice", "由整理好的意见生成。"),
    role(EXPERTS, "专家论证意见和采纳情况", "notice", "由登记的专家意见生成。"),
    role(NO_EXPERTS, "不组织专家论证的说明", "notice", "不组织专家论证的才需要。"),
    role(NO_MARKET, "不涉及经营者的说明", "notice", "不作公平竞争审查的才需要。"),
    role(TEXT, "送审稿和决定文本", "policy", "合法性审查审的就是这一稿；通过后公布的也是这一稿。"),
    role(READING, "解读", "interpretation", "与决定同日公布。"),
];

pub fn role_of(name: &str) -> Option<&'static Role> {
    ROLES.iter().find(|r| r.name == name)
}
