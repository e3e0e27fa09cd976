//! The table of 重大行政决策. After triage there is one state in which the work is done, in any order; what may not be
//! skipped is the evidence that 提请集体讨论 demands. What it publishes are facts; words are records with a gate of
//! their own.

use super::model::{Answer, Dimension, Exception, Heading, Legal, Level, Meeting, Outcome, View};
use super::rules::*;
use crate::account::Duty;
use crate::matter::case::Case;
use crate::matter::field::{Open, State, Text, body, end, state};
use crate::matter::kind::{Ask, By, Clock, Evidence, From, Kind, Move, NEW, On, Tick, To, may, must, when};
use crate::submission::wish::Cause;
use kernel::Day;

/// What is said and written while a decision is made is for those who make it.
const INNER: Open = Open::Never("《政府信息公开条例》第十六条第二款");
const FACT: Open = Open::Fact;

#[rustfmt::skip]
body! { Expert {
    name: Text<60> = "专家或者机构", INNER;
    interested: Option<bool> = "与决策事项有利害关系", FACT, "由专家本人书面申报";
    signed: Option<Day> = "书面意见签署日", FACT;
} }
#[rustfmt::skip]
body! { Remark {
    expert: Option<u32> = "第几位专家", FACT, "写上面专家名单里的序号";
    heading: Option<Heading> = "针对", FACT;
    says: Text<2000> = "论证意见", INNER;
    answer: Option<Answer> = "是否采纳", FACT;
    reason: Text<1000> = "采纳情况说明", INNER, "不采纳、部分采纳的写明理由";
} }
#[rustfmt::skip]
body! { Risk {
    dimension: Option<Dimension> = "风险类别", FACT;
    level: Option<Level> = "风险等级", FACT;
    points: Text<2000> = "风险点", INNER, "没有风险点的，写明怎样判断的";
    measures: Text<2000> = "防范措施", INNER;
} }
#[rustfmt::skip]
body! { Condition {
    asked: Text<1000> = "须修改之处", INNER;
    round: Option<u32> = "第几次送审", INNER;
} }
#[rustfmt::skip]
body! { Point {
    passage: Text<80> = "针对条款", INNER, "写条款号；针对全文的写全文";
    gist: Text<2000> = "意见要点", INNER, "归纳，不写姓名和联系方式";
    answer: Option<Answer> = "是否采纳", FACT;
    reason: Text<1000> = "采纳情况说明", INNER, "提意见的人凭查询码看到的就是这段话";
} }
#[rustfmt::skip]
body! { Consulted {
    name: Text<80> = "征求哪个单位的意见", INNER;
    asked: Option<Day> = "发函日", INNER;
    due: Option<Day> = "请对方回复的最后一日", INNER;
    view: Option<View> = "对方意见", INNER;
    says: Text<2000> = "意见内容", INNER, "有不同意见的，写争议的主要问题";
    settled: Option<bool> = "协商一致", INNER;
    reason: Text<2000> = "承办单位的意见、理由和依据", INNER, "没有协商一致的，随材料提交讨论";
} }

pub const RECEIVED: State = state("received", "待答复");
pub const ANSWERED: State = end("answered", "已答复");
const LISTED: State = end("listed", "已列入");
pub const UNMET: State = state("unmet", "待修改");
pub const ASKED: State = state("asked", "待回复");
const REPLIED: State = end("replied", "已回复");
const MET: State = end("met", "已确认修改");

#[rustfmt::skip]
body! { Decision {
    name: Text<120> = "决策事项", INNER, "内部名称；对外的名称是“事项说明”的标题";
    year: Option<u32> = "列入目录年度", FACT;
    why: Text<2000> = "判断理由", INNER, "公布的理由写在“事项说明”里";
    major: Option<bool> = "重大行政决策", FACT;
    exception: Option<Exception> = "不公开的依据", FACT;
    experts_least: Option<u32> = "专家人数不少于", FACT, "国家没有规定人数，本省各地一般不少于 3 人";
    until: Option<Day> = "征求意见截止日", FACT, "到这一天的 24 时；自公布次日起一般不少于 30 日";
    controllable: Option<bool> = "风险可控", FACT;
    plan: Text<4000> = "应急处置预案", INNER;
    market: Option<bool> = "涉及经营者", FACT;
    fair: Option<bool> = "通过公平竞争审查", FACT;
    fair_says: Text<2000> = "公平竞争审查结论", INNER;
    reviewed: Text<64> = "送审文本的摘要", INNER;
    round: Option<u32> = "送审次数", INNER;
    legal: Option<Legal> = "合法性审查结论", FACT;
    legal_says: Text<4000> = "合法性审查意见", INNER, "写权限、程序、内容三项";
    only_those: Option<bool> = "除所列各处没有其他改动", INNER;
    confirmed: Text<64> = "确认修改后文本的摘要", INNER;
    discussed: Option<Day> = "讨论日", FACT;
    meeting: Option<Meeting> = "讨论机构", FACT;
    attended: Text<1000> = "出席和列席人员", INNER;
    spoken: Text<8000> = "发言要点", INNER, "如实记录，主要负责人最后发言";
    dissent: Text<4000> = "不同意见", INNER, "如实记录；没有的写无";
    outcome: Option<Outcome> = "讨论结果", FACT;
    passed: Text<64> = "通过文本的摘要", INNER;
    reported: Option<Day> = "请示报告日", INNER;
    reported_to: Text<500> = "请示报告的对象和结果", INNER;
    late_why: Text<500> = "解读没有同日公布的原因", INNER;
    stop_why: Text<500> = "终止的理由", INNER;
}
parts {
    points: Point = "公众意见", &[RECEIVED, ANSWERED];
    experts: Expert = "专家", &[LISTED];
    remarks: Remark = "专家论证意见", &[RECEIVED, ANSWERED];
    risks: Risk = "风险评估", &[LISTED];
    conditions: Condition = "合法性审查要求修改之处", &[UNMET, MET];
    bodies: Consulted = "征求单位意见", &[ASKED, REPLIED];
} }
use Decision as D;

/// Its last day is set by a person; the least is [`least`](super::rules::least).
pub static COMMENT: Clock = Clock { name: "comment", zh: "公开征求意见", cite: ART_15, ..Clock::BLANK };
pub static REVIEW: Clock =
    Clock { name: "review", zh: "合法性审查时间", clause: Some("DEC-LEGAL"), ..Clock::BLANK };

pub const PROPOSED: State = state("proposed", "启动");
pub const WORK: State = state("work", "起草与论证");
pub const MEETING: State = state("meeting", "集体讨论");
pub const DECIDED: State = state("decided", "待公布");
pub const PUBLISHED: State = end("published", "已公布");
pub const ORDINARY: State = end("ordinary", "不属于重大行政决策");
pub const WITHHELD: State = end("withheld", "依法不公开");
pub const STOPPED: State = end("stopped", "终止");

pub type C<'a> = Case<'a, Decision>;
pub const HANDLES: &[Duty] = &[Duty::Draft, Duty::Publication];
const CLERK: &[By] = &[By::Duty(Duty::Draft), By::Duty(Duty::Publication)];
const HEAD: &[By] = &[By::Duty(Duty::SectionCheck), By::Duty(Duty::Approval)];
const LEADER: &[By] = &[By::Duty(Duty::Approval)];
const LAWYER: &[By] = &[By::Duty(Duty::LegalityReview)];
const MINUTES: &[Ask<D>] =
    &[must(D::discussed), must(D::meeting), must(D::attended), must(D::spoken), must(D::dissent)];

#[rustfmt::skip]
mod evidence {
    use super::*;
    pub static PARTICIPATION: Evidence<D> = Evidence { name: "participation", zh: "公众参与", cite: ART_15,
        through: &["post", "point", "answer"], applies: |_| true, lacks: participated };
    pub static CONSULTED: Evidence<D> = Evidence { name: "consulted", zh: "征求单位意见", cite: ART_13,
        through: &["consult", "reply"], applies: |c| !c.body.bodies.is_empty(), lacks: all_replied };
    pub static EXPERTS: Evidence<D> = Evidence { name: "experts", zh: "专家论证", cite: ART_19,
        through: &["expert", "remark", "weigh"], applies: |_| true, lacks: argued };
    pub static RISKS: Evidence<D> = Evidence { name: "risks", zh: "风险评估", cite: PLAN_3, through: &["risk", "assess"],
        applies: |_| true, lacks: assessed };
    pub static FAIR: Evidence<D> = Evidence { name: "fair", zh: "公平竞争审查", cite: ART_29, through: &["fair"],
        applies: |_| true, lacks: competed };
    pub static LEGAL: Evidence<D> = Evidence { name: "legal", zh: "合法性审查", cite: ART_25,
        through: &["send", "opine", "condition", "meet", "settle"], applies: |_| true, lacks: lawful };
    pub static REPORTED: Evidence<D> = Evidence { name: "reported", zh: "请示报告", cite: ART_31, through: &["report"],
        applies: |_| true, lacks: reported };
}
use evidence::*;

#[rustfmt::skip]
pub static KIND: Kind<D> = Kind {
    name: "decision", zh: "重大行政决策", yin: "决",
    public: &[WORK, MEETING, DECIDED, PUBLISHED, ORDINARY, WITHHELD, STOPPED],
    states: &[PROPOSED, WORK, MEETING, DECIDED, PUBLISHED, ORDINARY, WITHHELD, STOPPED],
    clocks: &[&COMMENT, &REVIEW],
    holds: held,
    pages: &[("文稿", "papers", LOOKS), ("收到的意见", "comments", HANDLES), ("提请讨论材料", "deliberation", LOOKS)],
    columns: &[],
    moves: &[
        Move { name: "propose", zh: "提出决策事项", cite: ART_10, by: CLERK, from: &[NEW], to: To::State(PROPOSED),
               asks: &[must(D::name)], ..Move::BLANK },
        Move { name: "major", zh: "认定为重大行政决策", cite: ART_3, by: HEAD, from: &[PROPOSED], to: To::State(WORK),
               decides: true, says: "列入当年目录，依次办理公众参与、专家论证、风险评估、合法性审查、集体讨论。",
               asks: &[must(D::year), must(D::why), must(D::experts_least)], check: an_expert_at_least,
               then: |c| c.body.major = Some(true), ..Move::BLANK },
        Move { name: "ordinary", zh: "认定不属于重大行政决策", cite: ART_3, by: HEAD, from: &[PROPOSED],
               to: To::State(ORDINARY), decides: true, says: "理由写在“事项说明”里，先公布。",
               asks: &[must(D::year), must(D::why)], guard: is_explained,
               then: |c| c.body.major = Some(false), ..Move::BLANK },
        Move { name: "withhold", zh: "依法不公开", cite: "《政府信息公开条例》第十四条", by: HEAD, from: &[PROPOSED],
               to: To::State(WITHHELD), decides: true, says: "目录里只计数，写依据，不写名称。涉密的不要在联网的设备上办理。",
               asks: &[must(D::year), must(D::exception), must(D::why)], ..Move::BLANK },
        Move { name: "submit", zh: "提请集体讨论", cite: ART_29, by: HEAD, from: &[WORK], to: To::State(MEETING),
               decides: true, says: "材料齐全才能提请。缺一件，退一件，写明依据。",
               needs: &[&PARTICIPATION, &CONSULTED, &EXPERTS, &RISKS, &FAIR, &LEGAL], tells: Some(Cause::Answered),
               ..Move::BLANK },
        Move { name: "pass", zh: "讨论通过", cite: ART_30, by: LEADER, from: &[MEETING], to: To::State(DECIDED),
               decides: true, says: "会议记录只存案卷。对外公布讨论的日期、机构和结果。",
               asks: MINUTES, guard: lawful, check: discussed_by_now,
               then: |c| { c.body.outcome = Some(Outcome::Passed); c.body.passed = now_text(c) }, ..Move::BLANK },
        Move { name: "again", zh: "修改后再议", cite: ART_30, by: LEADER, from: &[MEETING], to: To::State(WORK),
               decides: true, says: "退回起草与论证。文本改过的，要重新送合法性审查。",
               asks: MINUTES, check: discussed_by_now,
               then: |c| c.body.outcome = Some(Outcome::Again), ..Move::BLANK },
        Move { name: "reject", zh: "不予通过", cite: ART_30, by: LEADER, from: &[MEETING], to: To::State(STOPPED),
               decides: true, asks: MINUTES, check: discussed_by_now,
               then: |c| c.body.outcome = Some(Outcome::Rejected), ..Move::BLANK },
        Move { name: "publish", zh: "公布决定", cite: ART_32, by: HEAD, from: &[DECIDED], to: To::State(PUBLISHED),
               decides: true, says: "公布的文本就是通过的文本；解读同日公布。",
               asks: &[may(D::late_why)], needs: &[&REPORTED], guard: is_out, check: read_the_same_day,
               ..Move::BLANK },
        Move { name: "report", zh: "登记请示报告", cite: ART_31, by: CLERK, from: &[DECIDED],
               asks: &[must(D::reported), must(D::reported_to)], check: reported_by_now, ..Move::BLANK },
        Move { name: "stop", zh: "终止程序", cite: ART_37, by: LEADER, from: &[PROPOSED, WORK, MEETING, DECIDED],
               to: To::State(STOPPED), decides: true, asks: &[must(D::stop_why)], ..Move::BLANK },
        // In any order, and as often as needed, while the work is done.
        Move { name: "post", zh: "公开征求意见", cite: ART_15, by: CLERK, from: &[WORK],
               says: "从今天起公众可以在案卷页提意见，到截止日 24 时自动关闭。短于规定期限的，先公布缩短的理由。",
               asks: &[must(D::until)], guard: can_be_commented, check: long_enough,
               clocks: &[Tick::Until(&COMMENT, D::until)], ..Move::BLANK },
        Move { name: "comments-close", zh: "征求意见截止", cite: ART_15, by: &[By::Clock(&COMMENT)], from: &[WORK],
               clocks: &[Tick::Stop(&COMMENT, From::Today)], ..Move::BLANK },
        Move { name: "point", zh: "列出一条意见要点", cite: ART_18, by: CLERK, from: &[WORK],
               on: On::Add(D::points, RECEIVED), says: "相同的意见合并成一条，再把收到的意见归进来。",
               asks: &[must(Point::passage), must(Point::gist)], ..Move::BLANK },
        Move { name: "answer", zh: "答复意见要点", cite: ART_18, by: CLERK, from: &[WORK],
               on: On::Row(D::points, &[RECEIVED], ANSWERED), asks: &[must(Point::answer), must(Point::reason)],
               ..Move::BLANK },
        Move { name: "consult", zh: "征求一个单位的意见", cite: ART_13, by: CLERK, from: &[WORK],
               on: On::Add(D::bodies, ASKED), says: "涉及其他单位职责的，要充分协商。",
               asks: &[must(Consulted::name), must(Consulted::asked), must(Consulted::due)], check: asked_in_time,
               ..Move::BLANK },
        Move { name: "reply", zh: "登记单位意见", cite: ART_13, by: CLERK, from: &[WORK],
               on: On::Row(D::bodies, &[ASKED], REPLIED), says: "没有协商一致的，争议和理由随材料提交讨论。",
               asks: &[must(Consulted::view), when(Consulted::says, is_other_minded),
                       when(Consulted::settled, is_other_minded), when(Consulted::reason, is_unsettled)],
               check: silent_when_over, ..Move::BLANK },
        Move { name: "expert", zh: "登记一位专家", cite: ART_20, by: CLERK, from: &[WORK],
               on: On::Add(D::experts, LISTED), says: "有利害关系的不得参加论证。",
               asks: &[must(Expert::name), must(Expert::interested), must(Expert::signed)], check: is_neutral,
               ..Move::BLANK },
        Move { name: "remark", zh: "登记一条专家意见", cite: ART_19, by: CLERK, from: &[WORK],
               on: On::Add(D::remarks, RECEIVED), says: "每位专家对必要性、可行性、科学性都要有意见。",
               asks: &[must(Remark::expert), must(Remark::heading), must(Remark::says)], check: of_an_expert,
               ..Move::BLANK },
        Move { name: "weigh", zh: "答复专家意见", cite: ART_19, by: CLERK, from: &[WORK],
               on: On::Row(D::remarks, &[RECEIVED], ANSWERED), asks: &[must(Remark::answer), must(Remark::reason)],
               ..Move::BLANK },
        Move { name: "risk", zh: "评估一类风险", cite: PLAN_3, by: CLERK, from: &[WORK], on: On::Add(D::risks, LISTED),
               says: "八类都要评。重评的再登记一次，以最后一次为准。",
               asks: &[must(Risk::dimension), must(Risk::level), must(Risk::points), must(Risk::measures)],
               ..Move::BLANK },
        Move { name: "assess", zh: "得出风险结论", cite: ART_24, by: CLERK, from: &[WORK],
               asks: &[must(D::controllable), must(D::plan)], ..Move::BLANK },
        Move { name: "fair", zh: "登记公平竞争审查", cite: ART_29, by: CLERK, from: &[WORK],
               says: "不涉及经营者的，公布“不涉及经营者的说明”。",
               asks: &[must(D::market), super::rules::where_market(D::fair), super::rules::where_market(D::fair_says)],
               ..Move::BLANK },
        Move { name: "send", zh: "送合法性审查", cite: ART_25, by: CLERK, from: &[WORK], guard: has_text,
               says: "审查的就是现在提交的送审稿。审查时间不少于 7 个工作日；以后改了文本，要重新送审或者逐条确认。",
               clocks: &[Tick::Stop(&REVIEW, From::Today), Tick::Start(&REVIEW, From::Today)],
               then: begin_round, ..Move::BLANK },
        Move { name: "review-over", zh: "审查时间已满", cite: ART_26, by: &[By::Clock(&REVIEW)],
               from: &[WORK, MEETING, DECIDED], clocks: &[Tick::Stop(&REVIEW, From::Today)], ..Move::BLANK },
        Move { name: "condition", zh: "列出一处须修改", cite: ART_27, by: LAWYER, from: &[WORK],
               on: On::Add(D::conditions, UNMET), asks: &[must(Condition::asked)], guard: is_under_review,
               then: of_this_round, ..Move::BLANK },
        Move { name: "opine", zh: "出具合法性审查意见", cite: ART_27, by: LAWYER, from: &[WORK], decides: true,
               asks: &[must(D::legal), must(D::legal_says)], guard: sent_and_long_enough, check: conditions_fit,
               clocks: &[Tick::Stop(&REVIEW, From::Today)], ..Move::BLANK },
        Move { name: "meet", zh: "确认已修改", cite: PLAN_4, by: LAWYER, from: &[WORK],
               on: On::Row(D::conditions, &[UNMET], MET), guard: was_amended, ..Move::BLANK },
        Move { name: "settle", zh: "确认修改后的文本", cite: PLAN_4, by: LAWYER, from: &[WORK], decides: true,
               asks: &[must(D::only_those)], guard: all_met, check: nothing_else,
               then: |c| c.body.confirmed = now_text(c), ..Move::BLANK },
    ],
};

/// Who may see which records a case has.
pub const LOOKS: &[Duty] = &[Duty::Draft, Duty::Publication, Duty::SectionCheck, Duty::Approval, Duty::LegalityReview];
