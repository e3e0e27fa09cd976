//! Illness, disability and pregnancy of a named person (个人信息保护法第二十八条). Policies, statistics and the diseases of
//! animals name no one.

use crate::cue::Sentence;
use crate::fold::Folded;
use crate::hunt::Hunt;
use crate::name::{Name, is_name};
use crate::{Rule, Severity};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const CUES: &[&str] = &[
    "癌",
    "恶性肿瘤",
    "脑瘤",
    "白血病",
    "淋巴瘤",
    "尿毒症",
    "肾衰竭",
    "肾病",
    "艾滋病",
    "性病",
    "梅毒",
    "乙肝",
    "丙肝",
    "肝炎",
    "肝硬化",
    "肺结核",
    "结核病",
    "尘肺",
    "矽肺",
    "精神病",
    "精神分裂",
    "精神障碍",
    "抑郁症",
    "自闭症",
    "癫痫",
    "糖尿病",
    "高血压",
    "冠心病",
    "心脏病",
    "脑梗",
    "脑出血",
    "中风",
    "脑瘫",
    "偏瘫",
    "截瘫",
    "瘫痪",
    "帕金森",
    "老年痴呆",
    "阿尔茨海默",
    "红斑狼疮",
    "血友病",
    "地中海贫血",
    "侏儒",
    "麻风",
    "布鲁氏菌病",
    "布病",
    "血吸虫病",
    "渐冻症",
    "类风湿",
    "股骨头坏死",
    "骨折",
    "重病",
    "大病",
    "重疾",
    "慢性病",
    "残疾",
    "智障",
    "智力障碍",
    "失明",
    "聋哑",
    "失聪",
    "怀孕",
    "妊娠",
    "流产",
    "孕期",
    "透析",
    "化疗",
    "病史",
    "确诊",
    "病危",
    "新冠肺炎",
    "高位截瘫",
    "弱智",
    "失能",
];

/// What may stand between a person and an illness.
const NEAR: usize = 30;
/// Bytes between an illness and a name behind it: 糖尿病患者张三.
const AFTER: usize = 9;

/// Work with an illness, not the illness of a person; animals; law.
static WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "防治|预防|防控|工作|政策|补贴|补助标准|医保|研究|专家|医生|医师|主任|局长|教授|介绍|讲|宣传|筛查|检测|疫情|监测|培训|负责|主管|\
             分管|牛|猪|羊|禽|鸡|鸭|鹅|犬|狗|兽|畜|奶|动物|联合会|残联|条例|办法|法",
    )
});
static WORK_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "^(?:的)?(?:防治|预防|防控|人联合会|人保障|人事业|人就业|专科|医院|筛查|监测|疫情|知识|研究|人证|人联|管理|门诊|检测|科普)",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// The illness, if the sentence or the row says whose it is.
pub(crate) fn find(hunt: &mut Hunt, sentence: &Sentence, at: Range<usize>) {
    let text = sentence.text();
    if WORK_AFTER.is_match(&text[at.end..]) {
        return;
    }
    let before = sentence.names.iter().rev().find(|name| name.span.end <= at.start);
    let between = before.map(|name| &text[name.span.end..at.start]);
    let near = between.is_some_and(|words| words.chars().count() <= NEAR && !WORK.is_match(words));
    if near {
        let masked = before.is_some_and(|name| name.masked);
        return note(hunt, sentence.piece, sentence.source(at), masked);
    }
    let patient = |name: &&Name| (at.end..at.end + AFTER).contains(&name.span.start);
    if let Some(name) = sentence.names.iter().find(patient).filter(|_| !WORK.is_match(text)) {
        let masked = name.masked;
        return note(hunt, sentence.piece, sentence.source(at), masked);
    }
    if before.is_none() && in_row(hunt, sentence.piece) && !WORK.is_match(text) {
        note(hunt, sentence.piece, sentence.source(at), false);
    }
}

/// A cell of a row that holds a name of its own.
fn in_row(hunt: &Hunt, piece: usize) -> bool {
    let row = hunt.labels.tables.row(piece);
    row.len() > 1 && row.filter(|n| *n != piece).any(|n| is_name(&Folded::new(hunt.text(n)).text))
}

fn note(hunt: &mut Hunt, piece: usize, span: Range<usize>, masked: bool) {
    let words = &hunt.text(piece)[span.clone()];
    let excerpt = format!("{}**", words.chars().take(1).collect::<String>());
    let severity = if masked { Severity::Text } else { Severity::Warn };
    let says = "疑似自然人的健康信息。请删去，或者隐去姓名。";
    hunt.note_as(severity, Rule::Health, piece, span, excerpt, says);
}
