//! What a decision must have before each step. Pure: the case in, every reason against it out, each with its article.

use super::kind::{ASKED, C, COMMENT, Condition, Consulted, Decision, KIND, RECEIVED, REVIEW, UNMET};
use super::kind::{DECIDED, MEETING, PROPOSED, STOPPED, WITHHELD, WORK};
use super::model::{ABOUT, ADOPTION, DRAFT, Dimension, EXPERTS, EXPLAIN, Heading, Legal, NO_EXPERTS, NO_MARKET};
use super::model::{READING, SHORT, TEXT, View};
use crate::matter::field::{Field, Row, Text};
use crate::matter::kind::{Ask, when};
use crate::matter::step::demand;
use crate::record::model::{Hold, Why};
use kernel::{Day, Hash, Refusal};
use law::{Due, Law};

pub const ART_3: &str = "《重大行政决策程序暂行条例》第三条";
pub const ART_10: &str = "《重大行政决策程序暂行条例》第十条";
pub const ART_13: &str = "《重大行政决策程序暂行条例》第十三条";
pub const ART_15: &str = "《重大行政决策程序暂行条例》第十五条";
pub const ART_18: &str = "《重大行政决策程序暂行条例》第十八条";
pub const ART_19: &str = "《重大行政决策程序暂行条例》第十九条";
pub const ART_20: &str = "《重大行政决策程序暂行条例》第二十条";
pub const ART_24: &str = "《重大行政决策程序暂行条例》第二十四条";
pub const ART_25: &str = "《重大行政决策程序暂行条例》第二十五条";
pub const ART_26: &str = "《重大行政决策程序暂行条例》第二十六条";
pub const ART_27: &str = "《重大行政决策程序暂行条例》第二十七条";
pub const ART_29: &str = "《重大行政决策程序暂行条例》第二十九条";
pub const ART_30: &str = "《重大行政决策程序暂行条例》第三十条";
pub const ART_31: &str = "《重大行政决策程序暂行条例》第三十一条";
pub const ART_32: &str = "《重大行政决策程序暂行条例》第三十二条";
pub const ART_37: &str = "《重大行政决策程序暂行条例》第三十七条";
pub const PLAN_2: &str = "2017年度实施方案三（一）2";
pub const PLAN_3: &str = "2017年度实施方案三（一）3";
pub const PLAN_4: &str = "2017年度实施方案三（一）4";

/// What is written for the decision goes out when the step that allows it is made, and not before.
pub static HOLDS: &[&Why] = &[&UNTRIAGED, &UNDISCUSSED, &UNREPORTED, &PASSED_ONLY, &KEPT_BACK, &ENDED];

static UNTRIAGED: Why = Why {
    code: "decision-untriaged",
    says: "本件是决策事项的征求意见稿。还没有认定是不是重大行政决策，现在不能公布。",
    cite: ART_3,
};
static UNDISCUSSED: Why = Why {
    code: "decision-undiscussed",
    says: "本件是决策事项的决定文本或者解读。没有经过集体讨论决定，不能公布。",
    cite: ART_30,
};
static UNREPORTED: Why =
    Why {
        code: "decision-unreported", says: "集体讨论已通过。先登记向党组织的请示报告，才能公布。", cite: ART_31
    };
static PASSED_ONLY: Why = Why {
    code: "decision-another-text",
    says: "只能公布集体讨论通过的那一稿，这一稿与它不同。要改的，退回再议。",
    cite: ART_30,
};
static KEPT_BACK: Why = Why {
    code: "decision-withheld",
    says: "这件决策事项依法不公开，它的文稿不能公布。",
    cite: "《政府信息公开条例》第十四条",
};
static ENDED: Why = Why {
    code: "decision-ended",
    says: "这件决策程序已经终止，没有通过，文本不能公布。要继续的，另行提出。",
    cite: ART_37,
};

/// Why the record named for a role may not go out yet, or only in one text.
pub fn held(c: &C, role: &str) -> Option<Hold> {
    let is_final = [TEXT, READING].contains(&role);
    let why = |why: &'static Why| Some(Hold { why, lets: None });
    match KIND.state(&c.at.state) {
        WITHHELD => why(&KEPT_BACK),
        PROPOSED if [DRAFT, EXPLAIN].contains(&role) => why(&UNTRIAGED),
        PROPOSED | WORK | MEETING if is_final => why(&UNDISCUSSED),
        STOPPED if is_final => why(&ENDED),
        DECIDED if is_final && c.body.reported.is_none() => why(&UNREPORTED),
        DECIDED if role == TEXT => Some(Hold { why: &PASSED_ONLY, lets: Hash::parse(&c.body.passed) }),
        _ => None,
    }
}

/// Needed where market players are concerned.
pub const fn where_market(field: Field) -> Ask<Decision> {
    when(field, |c| c.body.market == Some(true))
}

pub fn an_expert_at_least(c: &C) -> Vec<Refusal> {
    let some = c.body.experts_least.is_some_and(|n| n > 0);
    at("experts_least", demand(&[(some, "experts-none", "专家至少 1 人。不组织论证的，以后公布理由。", ART_19)]))
}

fn at(field: &'static str, why: Vec<Refusal>) -> Vec<Refusal> {
    why.into_iter().map(|r| r.at(field)).collect()
}

pub fn is_explained(c: &C) -> Vec<Refusal> {
    let says = "“事项说明”还没有公布。请在“文稿”里建立，写明理由，经审查公布。";
    demand(&[(c.public(ABOUT).is_some(), "about-not-public", says, ART_3)])
}

/// The shortest period of comments that begins on a day, by the wording then in force: 20 days under the plan, 30 under
/// the regulation. `None` before either.
pub fn least(law: &'static Law, from: Day) -> Option<Due<'static>> {
    law::due(law.clause("DEC-COMMENT")?, from, &law.calendar)
}

pub fn can_be_commented(c: &C) -> Vec<Refusal> {
    let runs = c.clock(&COMMENT).is_some_and(|r| r.until.is_some_and(|until| c.today() <= until));
    let out = |role| c.public(role).is_some();
    demand(&[
        (!runs, "comments-open", "正在征求意见，不能再发一次。", ART_15),
        (out(ABOUT), "about-not-public", "“事项说明”还没有公布。", ART_3),
        (out(DRAFT), "draft-not-public", "决策草案还没有公布。", ART_15),
        (out(EXPLAIN), "explain-not-public", "起草说明和依据还没有公布。", ART_15),
    ])
}

/// Not shorter than the wording in force; or the reason stands in public.
pub fn long_enough(c: &C) -> Vec<Refusal> {
    let (Some(until), from) = (c.body.until, c.today()) else { return vec![] };
    if until <= from {
        return vec![Refusal::new("until-past", "截止日要在今天以后。").cite(ART_15).at("until")];
    }
    let Some(least) = least(c.moment.law, from).filter(|least| until < least.on) else { return vec![] };
    if c.public(SHORT).is_some() {
        return vec![];
    }
    let says = format!(
        "征求意见不少于 {} 日，最早到 {}。确需缩短的，先公布“缩短征求意见期限的说明”。",
        least.amount,
        least.on.zh()
    );
    vec![Refusal::new("until-short", says).cite(least.cite).at("until")]
}

/// Until when the public may comment, if it may now.
pub fn open_until(c: &C) -> Option<Day> {
    let until = c.clock(&COMMENT).filter(|r| r.runs())?.until?;
    (c.is_in(super::kind::WORK) && c.today() <= until).then_some(until)
}

/// The last day of the comments, if there were any and they are over.
pub fn closed_on(c: &C) -> Option<Day> {
    c.clock(&COMMENT)?.until.filter(|until| *until < c.today())
}

pub fn participated(c: &C) -> Vec<Refusal> {
    let over = closed_on(c);
    let open = c.body.points.iter().filter(|p| p.at(RECEIVED)).count();
    let unsorted = format!("还有 {} 条意见没有归类。请在“收到的意见”里归进意见要点。", c.at.unsorted);
    let unanswered = format!("还有 {open} 条意见要点没有答复。");
    let told = over.zip(c.public(ADOPTION)).is_some_and(|(over, told)| told > over);
    demand(&[
        (c.clock(&COMMENT).is_some(), "not-asked-public", "还没有公开征求意见。", ART_15),
        (c.clock(&COMMENT).is_none() || over.is_some(), "comments-open", "征求意见还没有截止。", ART_15),
        (c.at.unsorted == 0, "comments-unsorted", &unsorted, ART_18),
        (open == 0, "points-unanswered", &unanswered, ART_18),
        (told, "adoption-not-public", "意见收集和采纳情况还没有在截止以后公布。", ART_18),
    ])
}

pub fn asked_in_time(c: &C) -> Vec<Refusal> {
    let this = c.this(&c.body.bodies);
    let past = this.and_then(|b| b.asked).is_none_or(|day| day <= c.today());
    let later = this.is_none_or(|b| b.asked < b.due);
    let mut why = at("asked", demand(&[(past, "asked-to-come", "发函日不能是以后的日子。", ART_13)]));
    why.extend(at("due", demand(&[(later, "due-before-asked", "最后一日要在发函日以后。", ART_13)])));
    why
}

/// The body that was asked wants something else than the draft.
pub fn is_other_minded(c: &C) -> bool {
    let view = c.this(&c.body.bodies).and_then(|b| b.view);
    matches!(view, Some(View::Amend | View::Against))
}

pub fn is_unsettled(c: &C) -> bool {
    is_other_minded(c) && c.this(&c.body.bodies).is_some_and(|b| b.settled == Some(false))
}

/// Nobody is silent before the last day is over.
pub fn silent_when_over(c: &C) -> Vec<Refusal> {
    let over = |b: &Consulted| b.view != Some(View::Silent) || b.due.is_none_or(|due| due < c.today());
    let fits = c.this(&c.body.bodies).is_none_or(over);
    at("view", demand(&[(fits, "silent-too-early", "还没有到请对方回复的最后一日，不能登记为没有回复。", ART_13)]))
}

pub fn all_replied(c: &C) -> Vec<Refusal> {
    let open = c.body.bodies.iter().filter(|b| b.at(ASKED)).count();
    let says = format!("还有 {open} 个单位的意见没有登记。");
    demand(&[(open == 0, "bodies-open", &says, ART_13)])
}

pub fn is_neutral(c: &C) -> Vec<Refusal> {
    let this = c.this(&c.body.experts);
    let free = this.is_some_and(|e| e.interested == Some(false));
    let past = this.is_some_and(|e| e.signed.is_some_and(|day| day <= c.today()));
    let mut why =
        at("interested", demand(&[(free, "expert-interested", "有利害关系的不得参加论证。请另请专家。", ART_20)]));
    why.extend(at("signed", demand(&[(past, "signed-to-come", "签署日不能是以后的日子。", ART_20)])));
    why
}

pub fn of_an_expert(c: &C) -> Vec<Refusal> {
    let known = |n| c.body.experts.iter().any(|e| e.no == n);
    let named = c.this(&c.body.remarks).and_then(|r| r.expert).is_some_and(known);
    at("expert", demand(&[(named, "expert-unknown", "没有这位专家。请先登记专家，再填序号。", ART_20)]))
}

/// Enough experts, each under all three heads, every remark answered, all of it public; or the published reason for
/// doing without.
pub fn argued(c: &C) -> Vec<Refusal> {
    if c.public(NO_EXPERTS).is_some() {
        return vec![];
    }
    let (experts, remarks, least) = (&c.body.experts, &c.body.remarks, c.body.experts_least.unwrap_or(1));
    let spoke = |n: u32, h: Heading| remarks.iter().any(|r| r.expert == Some(n) && r.heading == Some(h));
    let silent: Vec<String> = experts
        .iter()
        .flat_map(|e| Heading::ALL.iter().filter(|h| !spoke(e.no, **h)).map(|h| (e.no, h.choice().zh)))
        .map(|(n, zh)| format!("第 {n} 位专家的{zh}"))
        .collect();
    let few = format!("专家现在 {} 位，不少于 {least} 位。不组织论证的，公布“不组织专家论证的说明”。", experts.len());
    let silent_says = format!("还缺论证意见：{}。", silent.join("、"));
    let answered = remarks.iter().all(|r| !r.at(RECEIVED));
    demand(&[
        (experts.len() >= least as usize, "experts-few", &few, ART_19),
        (silent.is_empty(), "heads-missing", &silent_says, ART_19),
        (answered, "remarks-unanswered", "还有专家意见没有说明采纳情况。", PLAN_2),
        (c.public(EXPERTS).is_some(), "experts-not-public", "专家论证意见和采纳情况还没有公布。", PLAN_2),
    ])
}

pub fn assessed(c: &C) -> Vec<Refusal> {
    let rated = |d: &&Dimension| c.body.risks.iter().any(|r| r.dimension == Some(**d));
    let missing: Vec<&str> = Dimension::ALL.iter().filter(|d| !rated(d)).map(|d| d.choice().zh).collect();
    let says = format!("还没有评估：{}。", missing.join("、"));
    let b = &c.body;
    demand(&[
        (missing.is_empty(), "risk-missing", &says, PLAN_3),
        (b.controllable.is_some(), "risk-open", "还没有得出风险结论。", ART_24),
        (b.controllable != Some(false), "risk-uncontrolled", "风险不可控。调整草案，确保可控以后再评估。", ART_24),
    ])
}

pub fn competed(c: &C) -> Vec<Refusal> {
    let b = &c.body;
    let excused = b.market == Some(false) && c.public(NO_MARKET).is_some();
    demand(&[
        (b.market.is_some(), "fair-missing", "还没有登记公平竞争审查。", ART_29),
        (b.market != Some(true) || b.fair == Some(true), "fair-failed", "没有通过公平竞争审查。", ART_29),
        (b.market != Some(false) || excused, "fair-unsaid", "“不涉及经营者的说明”还没有公布。", ART_29),
    ])
}

/// The digest of the text as it was submitted last; empty before that.
pub fn now_text(c: &C) -> Text<64> {
    Text(c.paper(TEXT).map(|p| p.hash.clone()).unwrap_or_default())
}

pub fn has_text(c: &C) -> Vec<Refusal> {
    let says = "还没有送审稿。请在“文稿”里建立并提交。";
    demand(&[(!now_text(c).is_empty(), "no-text", says, ART_25)])
}

/// A new review: of this text, with no conclusion yet.
pub fn begin_round(c: &mut C) {
    let text = now_text(c);
    let b = &mut c.body;
    b.round = Some(b.round.unwrap_or(0) + 1);
    (b.reviewed, b.legal, b.only_those) = (text, None, None);
    (b.legal_says, b.confirmed) = (Text::default(), Text::default());
}

pub fn is_under_review(c: &C) -> Vec<Refusal> {
    let open = !c.body.reviewed.is_empty() && c.body.legal.is_none();
    demand(&[(open, "not-under-review", "现在没有待审查的文本。", ART_25)])
}

pub fn of_this_round(c: &mut C) {
    let round = c.body.round;
    if let Some(last) = c.body.conditions.last_mut() {
        last.is.round = round;
    }
}

fn conditions<'a>(c: &'a C) -> impl Iterator<Item = &'a Row<Condition>> {
    c.body.conditions.iter().filter(|x| x.round == c.body.round)
}

/// Seven working days for the very text that lies there, by somebody who did not send it.
pub fn sent_and_long_enough(c: &C) -> Vec<Refusal> {
    let mut why = is_under_review(c);
    if why.is_empty() {
        let same = c.body.reviewed == now_text(c);
        let other = c.did("send").is_none_or(|e| e.who != c.who);
        why = demand(&[
            (same, "another-text", "送审以后文本改过。请经办人重新送审。", ART_25),
            (c.ran_out(&REVIEW), "review-short", "审查时间不少于 7 个工作日，还没有满。", ART_26),
            (other, "own-text", "送审的人不能自己审查。", ART_25),
        ]);
    }
    why
}

pub fn conditions_fit(c: &C) -> Vec<Refusal> {
    let some = conditions(c).next().is_some();
    let conditional = c.body.legal == Some(Legal::Conditional);
    let why = demand(&[
        (!conditional || some, "no-conditions", "修改后合法的，先逐条列出须修改之处。", ART_27),
        (conditional || !some, "conditions-left", "列了须修改之处的，结论应为修改后合法或者不合法。", ART_27),
    ]);
    let unlawful = c.body.legal == Some(Legal::Unlawful);
    at("legal", why.into_iter().filter(|r| !(unlawful && r.code == "conditions-left")).collect())
}

fn is_conditional(c: &C) -> Vec<Refusal> {
    let b = &c.body;
    let amended = !now_text(c).is_empty() && now_text(c) != b.reviewed;
    demand(&[
        (b.legal == Some(Legal::Conditional), "not-conditional", "审查结论不是修改后合法。", PLAN_4),
        (b.legal != Some(Legal::Conditional) || amended, "not-amended", "文本还没有修改。请经办人修改并提交。", PLAN_4),
    ])
}

pub fn was_amended(c: &C) -> Vec<Refusal> {
    let this = c.row.and_then(|no| c.body.conditions.iter().find(|x| x.no == no));
    let of_now = this.is_none_or(|x| x.round == c.body.round);
    let mut why = is_conditional(c);
    why.extend(demand(&[(of_now, "other-round", "这是以前一次送审时列的。", PLAN_4)]));
    why
}

pub fn all_met(c: &C) -> Vec<Refusal> {
    let open = conditions(c).filter(|x| x.at(UNMET)).count();
    let mut why = is_conditional(c);
    why.extend(demand(&[(open == 0, "conditions-unmet", &format!("还有 {open} 处没有确认修改。"), PLAN_4)]));
    why
}

/// The confirmation binds what was asked; any other change needs a review of its own.
pub fn nothing_else(c: &C) -> Vec<Refusal> {
    let says = "还有其他改动的，要重新送合法性审查。";
    at("only_those", demand(&[(c.body.only_those == Some(true), "other-changes", says, PLAN_4)]))
}

/// Passed for the very text; or passed on conditions, each confirmed, and nothing else changed since.
pub fn lawful(c: &C) -> Vec<Refusal> {
    let (b, text) = (&c.body, now_text(c));
    let conditional = b.legal == Some(Legal::Conditional);
    let bound = if conditional { &b.confirmed } else { &b.reviewed };
    let says = if conditional {
        "要求修改之处还没有逐条确认，或者确认以后文本又改过。"
    } else {
        "审查以后文本改过，要重新送审。"
    };
    demand(&[
        (b.legal.is_some(), "not-reviewed", "没有经过合法性审查，不得提交讨论。", ART_25),
        (b.legal != Some(Legal::Unlawful), "unlawful", "合法性审查不合法，不得提交讨论。", ART_25),
        (b.legal.is_none() || (!text.is_empty() && *bound == text), "another-text", says, PLAN_4),
    ])
}

pub fn discussed_by_now(c: &C) -> Vec<Refusal> {
    let asked = c.did("submit").map(|e| e.at.day());
    let fits = c.body.discussed.is_some_and(|day| day <= c.today() && asked.is_none_or(|asked| asked <= day));
    at("discussed", demand(&[(fits, "discussed-day", "讨论日要在提请以后，不能是以后的日子。", ART_30)]))
}

pub fn reported(c: &C) -> Vec<Refusal> {
    demand(&[(c.body.reported.is_some(), "not-reported", "还没有登记向党组织的请示报告。", ART_31)])
}

pub fn reported_by_now(c: &C) -> Vec<Refusal> {
    let fits = c.body.reported.is_some_and(|day| day <= c.today());
    at("reported", demand(&[(fits, "reported-day", "请示报告日不能是以后的日子。", ART_31)]))
}

/// The text that passed is public, that and no other; its interpretation too.
pub fn is_out(c: &C) -> Vec<Refusal> {
    let text = c.paper(TEXT);
    let same = text.is_some_and(|p| p.is_newest && p.hash == *c.body.passed);
    demand(&[
        (c.public(TEXT).is_some(), "text-not-public", "决定文本还没有公布。", ART_32),
        (c.public(TEXT).is_none() || same, "other-text-public", "公布的文本不是讨论通过的文本。请更正后再办。", ART_32),
        (c.public(READING).is_some(), "reading-not-public", "解读还没有公布。", ART_32),
    ])
}

/// Text and interpretation on one day; what came later is said why.
pub fn read_the_same_day(c: &C) -> Vec<Refusal> {
    let same = c.public(TEXT) == c.public(READING);
    let says = "解读没有与决定同日公布。请写明原因。";
    at("late_why", demand(&[(same || !c.body.late_why.is_empty(), "reading-late", says, ART_32)]))
}
