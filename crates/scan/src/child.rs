//! Children and families. Everything about a child under fourteen is sensitive (个人信息保护法第二十八条), and the law of
//! minors protects all below eighteen.

use crate::cue::Sentence;
use crate::hunt::Hunt;
use crate::name::Name;
use crate::{Rule, Severity};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) const KIN: &[&str] = &[
    "妻子",
    "丈夫",
    "配偶",
    "儿子",
    "女儿",
    "父亲",
    "母亲",
    "长子",
    "次子",
    "三子",
    "长女",
    "次女",
    "三女",
    "孙子",
    "孙女",
    "之子",
    "之女",
    "之妻",
    "之夫",
    "其子",
    "其女",
    "其妻",
    "其夫",
    "其父",
    "其母",
    "哥哥",
    "弟弟",
    "姐姐",
    "妹妹",
    "岳父",
    "岳母",
    "爱人",
    "外孙",
    "外孙女",
    "爷爷",
    "奶奶",
];
/// Full age (民法典第十七条).
const ADULT: u32 = 18;
/// Characters between a name and an age.
const NEAR: usize = 24;

static AGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?<age>[0-9]{1,2}|[一二三四五六七八九十]{1,2})周?$"));
static AFTER_AGE: LazyLock<Regex> =
    LazyLock::new(|| pattern("^半?的?(?:男童|女童|儿童|孩子|女儿|儿子|男孩|女孩|幼童|学生|孙子|孙女)?"));
/// An age in a rule.
static LIMIT: LazyLock<Regex> = LazyLock::new(|| pattern("不满|未满|年满|满|以[上下]|至|-|不足|超过"));
static SCHOOL: LazyLock<Regex> = LazyLock::new(|| pattern("小学|中学|学校|幼儿园|[一二三四五六七八九十]中|附中|附小"));
static CLASS: LazyLock<Regex> = LazyLock::new(|| {
    pattern("(?:[一二三四五六七八九1-9]|初[一二三]|高[一二三])年级|[0-9一二三四五六七八九十]{1,4}班|[小中大]班|学前班")
});
static TEACHER: LazyLock<Regex> = LazyLock::new(|| pattern("老师|教师|班主任|校长|园长|教研|任教|支教|主任"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a valid pattern")
}

/// A name with an age below eighteen, in either order.
pub(crate) fn age(hunt: &mut Hunt, sentence: &Sentence, at: Range<usize>) {
    let text = sentence.text();
    let Some(age) = AGE.captures(&text[..at.start]).and_then(|hit| hit.name("age")) else { return };
    let limit = text[..age.start()].chars().rev().take(3).collect::<String>();
    let limit: String = limit.chars().rev().collect();
    if years(age.as_str()) >= ADULT
        || LIMIT.is_match(&limit)
        || text[at.end..].trim_start_matches('半').starts_with("以")
    {
        return;
    }
    let before = sentence.names.iter().rev().find(|n| n.span.end <= age.start());
    let near = before.filter(|n| text[n.span.end..age.start()].chars().count() <= NEAR);
    if let Some(name) = near {
        return minor(hunt, sentence, name.span.start..at.end, name.masked);
    }
    let rest = at.end + AFTER_AGE.find(&text[at.end..]).map_or(0, |hit| hit.end());
    if let Some(name) = sentence.name_at(rest) {
        minor(hunt, sentence, age.start()..name.end, false);
    }
}

/// A named pupil with school and class.
pub(crate) fn school(hunt: &mut Hunt, sentence: &Sentence, at: Range<usize>) {
    let text = sentence.text();
    let class = CLASS.find_iter(text).last().map(|hit| hit.range());
    let Some(class) = class.filter(|_| SCHOOL.is_match(text) && !TEACHER.is_match(text)) else { return };
    let pupil = |n: &&Name| n.span.end <= at.start || n.span.start >= at.end;
    if let Some(name) = sentence.names.iter().find(pupil) {
        let span = name.span.start.min(class.start)..name.span.end.max(class.end);
        minor(hunt, sentence, span, name.masked);
    }
}

/// A full name behind 妻子, 长子 and their like.
pub(crate) fn kin(hunt: &mut Hunt, sentence: &Sentence, at: Range<usize>) {
    if let Some(name) = sentence.name_at(at.end) {
        let span = sentence.source(name);
        let name = &hunt.text(sentence.piece)[span.clone()];
        let surname: String = name.chars().take(1).collect();
        if !hunt.settings.public_names.contains(name) {
            hunt.note(
                Rule::Family,
                sentence.piece,
                span,
                format!("{surname}某"),
                "疑似家庭成员的姓名。请删去或者隐去名字。",
            );
        }
    }
}

fn minor(hunt: &mut Hunt, sentence: &Sentence, span: Range<usize>, masked: bool) {
    let severity = if masked { Severity::Text } else { Severity::Warn };
    let says = "疑似未成年人的信息。请删去姓名、年龄、学校和班级。";
    hunt.note_as(severity, Rule::Minor, sentence.piece, sentence.source(span), "未成年人***".into(), says);
}

fn years(text: &str) -> u32 {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).map_or(0, |n| n as u32 + 1);
    match (text.parse(), text.split_once('十')) {
        (Ok(years), _) => years,
        (_, Some((tens, ones))) => tens.chars().next().map_or(1, digit) * 10 + ones.chars().next().map_or(0, digit),
        _ => text.chars().next().map_or(0, digit),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn ages_in_either_writing() {
        for (text, years) in [("8", 8), ("17", 17), ("六", 6), ("十", 10), ("十七", 17), ("二十", 20), ("三十五", 35)]
        {
            assert_eq!(super::years(text), years, "{text}");
        }
    }
}
