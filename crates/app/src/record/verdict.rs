//! What a reviewer's form says: the answers, the conclusion, the opinion. Pure.

use super::decide::Decision;
use super::kind::Step;
use super::model::{Openness, Revision, Typed, Verdict};
use crate::posted::Posted;
use crate::ui::Choice;
use kernel::{Hash, Refusal};

/// The longest opinion, in characters.
pub const OPINION_MAX: usize = 1000;
const REVIEW_DUTY: &str = "《政府信息公开条例》第十七条";
/// The answer in which the reviewer of secrecy's conclusion is kept beside those to the questions.
const CONCLUSION: &str = "conclusion";

/// What a reviewer said.
pub enum Said {
    Decided(Decision),
    /// 报请确定: the competent office is asked; the review waits.
    Referred(String),
}

/// The conclusions that the card of a step offers.
pub fn choices(step: Step, openness: Openness) -> Vec<Choice> {
    let open = openness == Openness::Open;
    let pass = if open { "同意公开".to_owned() } else { format!("同意定为{}", openness.zh()) };
    let mut all = vec![Choice::new("pass", pass)];
    if step == Step::Secrecy {
        all.push(Choice::new("redact", "区分处理后公开").hint("退给经办人删去或遮盖不能公开的部分"));
        if open {
            all.push(Choice::new("withhold", "不予公开").hint("退给经办人改公开属性，写明依据"));
        }
        all.push(Choice::new("refer", "报请确定").hint("吃不准是否涉密的，报保密行政管理部门；在此之前不公开"));
    }
    all.push(Choice::new("return", if step == Step::Secrecy { "退回修改" } else { "退回并说明" }));
    all
}

/// The conclusion in words, for the list of reviews.
pub fn conclusion_zh(verdict: Verdict, answers: &Typed) -> &'static str {
    match (verdict, answers.get(CONCLUSION).map(String::as_str)) {
        (Verdict::Pass, _) => "同意",
        (Verdict::Return, Some("redact")) => "区分处理后公开",
        (Verdict::Return, Some("withhold")) => "不予公开",
        (Verdict::Return, _) => "退回",
    }
}

/// Reads the whole form; every fault at once. Passing over a 是 is refused where the paper is to be public.
pub fn read(form: &Posted, step: Step, openness: Openness) -> Result<Said, Vec<Refusal>> {
    let (word, opinion) = (form.get("verdict"), form.get("opinion").to_owned());
    let known = choices(step, openness).iter().any(|c| c.value == word);
    let mut why = vec![];
    if !known {
        why.push(Refusal::new("verdict-missing", "请选择结论。").at("verdict"));
    }
    if opinion.chars().count() > OPINION_MAX {
        why.push(Refusal::new("opinion-long", format!("意见最多 {OPINION_MAX} 字。")).at("opinion"));
    }
    if known && word != "pass" && opinion.is_empty() {
        let says = match word {
            "refer" => "报请确定要写明吃不准的是哪一处、为什么。",
            _ => "退回要写明理由，让经办人知道改哪里。",
        };
        why.push(Refusal::new("opinion-missing", says).at("opinion"));
    }
    if word == "refer" {
        return if why.is_empty() { Ok(Said::Referred(opinion)) } else { Err(why) };
    }
    let mut answers = answers(form, step).unwrap_or_else(|refusal| {
        why.push(refusal);
        Typed::new()
    });
    why.extend(doubts(word, &answers, openness));
    if matches!(word, "redact" | "withhold") {
        answers.insert(CONCLUSION.into(), word.into());
    }
    let verdict = if word == "pass" { Verdict::Pass } else { Verdict::Return };
    match Hash::parse(form.get("hash")) {
        Some(seen) if why.is_empty() => Ok(Said::Decided(Decision { step, verdict, seen, answers, opinion })),
        Some(_) => Err(why),
        None => Err(vec![Refusal::new("bad-form", "表单不完整。请刷新后再提交。")]),
    }
}

/// Whether a revision is to be public; what is withheld is read on its own page.
pub fn is_open(revision: &Revision) -> bool {
    revision.paper.fields.openness == Openness::Open
}

/// A 是 and the conclusion must agree.
fn doubts(word: &str, answers: &Typed, openness: Openness) -> Option<Refusal> {
    let doubt = answers.values().any(|a| a == "yes");
    let says = match word {
        "pass" if doubt && openness == Openness::Open => {
            "有问题答了“是”，不能照原样公开。请退回并写明怎么改；确实可以公开的，请改答“否”。"
        }
        "redact" | "withhold" if !doubt && !answers.is_empty() => {
            "不能照原样公开的，请在上面把相应的问题答“是”，让经办人知道是哪一条。"
        }
        _ => return None,
    };
    Some(Refusal::new("doubt", says).cite(REVIEW_DUTY).at("verdict"))
}

/// The answers to the questions of a step.
pub fn answers(form: &Posted, step: Step) -> Result<Typed, Refusal> {
    let all = form.with_prefix("q-");
    let answered = |name: &str| matches!(all.get(name).map(String::as_str), Some("yes" | "no"));
    if step.questions().iter().all(|(name, _)| answered(name)) {
        return Ok(all.into_iter().filter(|(name, _)| step.questions().iter().any(|(q, _)| q == name)).collect());
    }
    Err(Refusal::new("answer-missing", "每个问题都要答“是”或“否”。").at("questions"))
}

/// What was typed, for the page that comes back filled.
pub fn typed(form: &Posted) -> Typed {
    let mut all: Typed = form.with_prefix("q-").into_iter().map(|(n, v)| (format!("q-{n}"), v)).collect();
    for name in ["verdict", "opinion", "purpose-kind", "purpose"] {
        all.insert(name.into(), form.text(name));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(verdict: &str, opinion: &str, yes: &[&str], openness: Openness) -> Vec<&'static str> {
        let hash = Hash::of(b"text").to_string();
        let questions: Vec<(String, &str)> = Step::Secrecy
            .questions()
            .iter()
            .map(|(name, _)| (format!("q-{name}"), if yes.contains(name) { "yes" } else { "no" }))
            .collect();
        let mut fields = vec![("verdict", verdict), ("opinion", opinion), ("hash", hash.as_str())];
        fields.extend(questions.iter().map(|(n, v)| (n.as_str(), *v)));
        let read = read(&Posted::of(&fields), Step::Secrecy, openness);
        read.err().unwrap_or_default().into_iter().map(|r| r.code).collect()
    }

    #[test]
    fn answers_and_conclusion_agree() {
        use Openness::{Open, Withheld};
        for (verdict, opinion, yes, openness, wanted) in [
            ("pass", "", &[][..], Open, &[][..]),
            ("pass", "", &["privacy"], Open, &["doubt"]),
            ("pass", "", &["privacy"], Withheld, &[]),
            ("return", "", &[], Open, &["opinion-missing"]),
            ("redact", "删去姓名。", &["privacy"], Open, &[]),
            ("redact", "删去姓名。", &[], Open, &["doubt"]),
            ("withhold", "全文是内部请示。", &["internal"], Open, &[]),
            ("withhold", "", &["internal"], Withheld, &["verdict-missing"]),
            ("refer", "", &[], Open, &["opinion-missing"]),
            ("refer", "第三段的数字吃不准。", &[], Open, &[]),
            ("", "", &[], Open, &["verdict-missing"]),
        ] {
            assert_eq!(codes(verdict, opinion, yes, openness), wanted, "{verdict} {opinion} {yes:?} {openness:?}");
        }
    }

    #[test]
    fn the_conclusion_is_kept_and_every_question_wants_an_answer() {
        let form = [("verdict", "redact"), ("opinion", "删"), ("q-secret", "yes")];
        let missing = read(&Posted::of(&form), Step::Secrecy, Openness::Open).err().unwrap_or_default();
        assert_eq!(missing.iter().map(|r| r.code).collect::<Vec<_>>(), ["bad-form"]);
        let kept = Typed::from([(CONCLUSION.to_owned(), "redact".to_owned())]);
        assert_eq!(conclusion_zh(Verdict::Return, &kept), "区分处理后公开");
        assert_eq!(conclusion_zh(Verdict::Return, &Typed::new()), "退回");
    }
}
