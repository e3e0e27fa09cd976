//! The terms that citizens meet, in their words.

use law::{Clause, Direction, Nature};

/// A term of the calculator.
pub struct Term {
    pub clause: &'static str,
    /// As the list of the form names it.
    pub label: &'static str,
    /// The day that is asked for.
    pub day: &'static str,
    /// The answer; `{}` is the moment.
    says: &'static str,
}

const fn term(clause: &'static str, label: &'static str, day: &'static str, says: &'static str) -> Term {
    Term { clause, label, day, says }
}

/// In the order of the form.
pub const TERMS: [Term; 16] = [
    term("OGI-REPLY", "申请信息公开：答复", "提交申请的日子", "我们最迟在{}前答复您。"),
    term(
        "OGI-CORRECT",
        "申请信息公开：告知补正",
        "提交申请的日子",
        "申请内容不明确的，我们最迟在{}前一次性告知您补正什么。",
    ),
    term("OGI-3RD", "申请信息公开：第三方提出意见", "第三方收到征求意见书的日子", "第三方最迟在{}前提出意见。"),
    term("OGI-ACTIVE", "应当主动公开的信息：公开", "信息形成或者变更的日子", "最迟在{}前公开。"),
    term("DEC-COMMENT", "重大行政决策草案：征求意见", "草案公布的日子", "意见至少要征求到{}。"),
    term("BUD-DEPT", "部门预算、决算：公开", "财政部门批复的日子", "部门最迟在{}前公开。"),
    term("ENF-LIC-PEN", "行政许可、行政处罚决定：公开", "作出决定的日子", "最迟在{}前公开。"),
    term("LIC-INCOMPLETE", "申请行政许可：告知补正材料", "收到申请材料的日子", "最迟在{}前一次告知要补正的全部内容。"),
    term("LIC-DECIDE", "申请行政许可：作出决定", "受理的日子", "最迟在{}前作出决定。"),
    term("PET-NOTICE", "信访：告知是否受理", "收到信访事项的日子", "最迟在{}前书面告知是否受理。"),
    term("PET-HANDLE", "信访：办结", "受理的日子", "最迟在{}前办结。"),
    term("PLEDGE-LETTER", "来信、来电、网页纠错：答复（本局承诺）", "收到来信、来电的日子", "我们最迟在{}前答复。"),
    term("OPN-5H", "重大突发事件：发布权威信息", "事件发生的日子", "最迟在{}前发布权威信息。"),
    term("REC-APPLY", "不服行政行为：申请行政复议", "知道这件事的日子", "您最迟在{}前申请行政复议。"),
    term("LIT-AFTER-REC", "不服复议决定：起诉", "收到复议决定的日子", "您最迟在{}前起诉。"),
    term("LIT-DIRECT", "不服行政行为：直接起诉", "知道这件事的日子", "您最迟在{}前起诉。"),
];

/// The words for a clause, where citizens have some.
pub fn of(clause: &Clause) -> Option<&'static Term> {
    TERMS.iter().find(|term| term.clause == clause.id)
}

/// The answer in one sentence; `until` is the moment in words.
pub fn says(clause: &Clause, until: &str) -> String {
    let usual = match (clause.nature, clause.direction) {
        (Nature::Minimum, Direction::After) => "至少要到{}。",
        (Nature::Span, _) => "到{}为止。",
        _ => "最迟在{}前。",
    };
    of(clause).map_or(usual, |term| term.says).replace("{}", until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Day;
    use law::Law;

    #[test]
    fn each_term_is_a_clause_in_force_and_says_when() {
        let today = Day::new(2026, 11, 23).expect("a day");
        for term in &TERMS {
            let clause = Law::built_in().clause(term.clause).expect(term.clause);
            assert_eq!(term.says.matches("{}").count(), 1, "{}", term.clause);
            assert!(clause.on(today).is_some(), "{}", term.clause);
        }
    }

    #[test]
    fn a_clause_without_words_of_its_own_still_answers() {
        let says = |id: &str| says(Law::built_in().clause(id).expect("a clause"), "某时");
        for (id, wanted) in [
            ("OGI-REPLY", "我们最迟在某时前答复您。"),
            ("PRC-DOC", "至少要到某时。"),
            ("PEN-LIMIT", "到某时为止。"),
            ("LIC-RENEW", "最迟在某时前。"),
        ] {
            assert_eq!(says(id), wanted);
        }
    }
}
