//! The table of 依申请公开. The reply clock waits, by itself, while a third party or another organ is asked; it counts anew
//! from the corrected application or the payment; it is closed by proof of service, not by approval.

use super::model::{Channel, Class, DisputeWay, Ground, Outcome, Ruling, Service, Stance, Tariff};
use super::rules::*;
use crate::account::Duty;
use crate::matter::case::Case;
use crate::matter::field::{Open, Plain, Sealed, State, Text, Type, body, end, state};
use crate::matter::kind::{By, Clock, Column, Evidence, From, Kind, Move, NEW, On, Tick, To, may, must, when};
use crate::submission::wish::Cause;
use kernel::Day;

/// A file of a request is open to nobody but its applicant: who asks for what is a private matter.
const PRIVATE: Open = Open::Never("《政府信息公开条例》第十五条");
const HIS: Open = Open::Holder("《政府信息公开条例》第十五条");

#[rustfmt::skip]
body! { Third {
    name: Text<120> = "名称或者姓名", PRIVATE;
    delivered: Option<Day> = "征求意见书送达日", PRIVATE;
    stance: Option<Stance> = "意见", PRIVATE;
    reason: Text<1000> = "不同意的理由", PRIVATE;
} }
#[rustfmt::skip]
body! { Dispute {
    way: Option<DisputeWay> = "途径", PRIVATE;
    filed: Option<Day> = "收到日", PRIVATE;
    ruling: Option<Ruling> = "结果", PRIVATE;
    decided: Option<Day> = "审结日", PRIVATE;
} }
pub const ASKED: State = state("asked", "已发函");
const REPLIED: State = end("replied", "已回复");
const SILENT: State = end("silent", "逾期未回复");
const PENDING: State = state("pending", "尚未审结");
const DECIDED: State = end("decided", "已审结");

#[rustfmt::skip]
body! { Request {
   application: Sealed = "申请书", PRIVATE;
   class: Option<Class> = "申请人类别", PRIVATE;
   channel: Option<Channel> = "提交方式", PRIVATE;
   submitted: Option<Day> = "提交日", HIS, "当面、网上、传真、电子邮件：提出或者发来的日子；信函：送到的日子";
   signed: Option<Day> = "签收日", HIS, "挂号信、快递签收的日子";
   confirmed: Option<Day> = "确认日", HIS, "与申请人确认收到的日子";
   received: Option<Day> = "收到申请日", HIS;
   wanted: Text<2000> = "所需政府信息", PRIVATE, "用一两句话归纳，申请人看不到";
   correct_what: Text<1000> = "需要补正的内容", HIS, "写清缺什么、怎样补；只能告知一次";
   correct_by: Option<Day> = "补正期限", HIS, "给申请人合理的时间";
   supplement: Sealed = "补正材料", PRIVATE;
   corrected: Option<Day> = "收到补正日", HIS;
   extend_why: Text<500> = "延长的理由", HIS;
   extend_told: Option<Day> = "告知延长日", HIS, "应在原来的期限以内";
   tariff: Option<Tariff> = "计费方式", PRIVATE;
   units: Option<u32> = "件数或者页数", PRIVATE, "按件：是这位申请人当月的第几件；按量：提供的页数";
   fee: Option<u32> = "信息处理费（元）", HIS;
   fee_noticed: Option<Day> = "收费通知送达日", HIS;
   paid: Option<Day> = "缴费日", HIS;
   outcome: Option<Outcome> = "办理结果", PRIVATE;
   ground: Option<Ground> = "不公开部分的依据", PRIVATE, "部分公开的填";
   other_organ: Text<200> = "负责公开的机关和联系方式", PRIVATE, "不属于本机关负责公开的，能够确定的填";
   override_why: Text<1000> = "第三方不同意仍公开的理由", PRIVATE, "不公开会对公共利益造成重大影响的才能公开";
   reply: Text<8000> = "答复", PRIVATE, "写给申请人。依据的条款和救济途径由系统加在后面，不用写";
   back_why: Text<500> = "退回理由", PRIVATE;
   served: Option<Day> = "送达日", PRIVATE;
   service: Option<Service> = "送达方式", PRIVATE;
   proof: Text<300> = "送达凭证", PRIVATE, "邮件号码、签收人与申请人的关系、邮件发出时间等";
   collected: Sealed = "申请人确认收到", PRIVATE;
   withdrawal: Sealed = "撤回申请", PRIVATE, "申请人怎样提出撤回";
   split_to: Text<400> = "分出的申请", HIS;
   split_from: Text<40> = "分出本件的申请", HIS;
   joined_to: Text<40> = "并入的申请", HIS;
   joins: Text<400> = "一并答复的申请", HIS;
}
parts {
   thirds: Third = "第三方", &[ASKED, REPLIED, SILENT];
   organs: Third = "共同制作机关", &[ASKED, REPLIED, SILENT];
   disputes: Dispute = "复议和诉讼", &[PENDING, DECIDED];
} }
use Request as R;

#[rustfmt::skip]
mod clocks {
    use super::*;
    pub static CONFIRM: Clock = Clock { name: "confirm", zh: "与申请人确认", clause: Some("PLEDGE-CONFIRM"),
        ..Clock::BLANK };
    pub static NOTICE: Clock = Clock { name: "notice", zh: "一次性告知补正", clause: Some("OGI-CORRECT"), ..Clock::BLANK };
    pub static CORRECT: Clock = Clock { name: "correct", zh: "补正", cite: "《政府信息公开条例》第三十条", ..Clock::BLANK };
    pub static REPLY: Clock = Clock { name: "reply", zh: "答复", clause: Some("OGI-REPLY"),
        waits: &[(R::thirds, ASKED, "征求第三方意见"), (R::organs, ASKED, "征求其他机关意见")], ..Clock::BLANK };
    pub static THIRD: Clock = Clock { name: "third", zh: "第三方提出意见", clause: Some("OGI-3RD"), per: Some(R::thirds),
        ..Clock::BLANK };
    pub static ORGAN: Clock = Clock { name: "organ", zh: "共同制作机关提出意见", clause: Some("OGI-JOINT"),
        per: Some(R::organs), ..Clock::BLANK };
    pub static FEE: Clock = Clock { name: "fee", zh: "缴费", clause: Some("OGI-FEE-PAY"), ..Clock::BLANK };
}
pub use clocks::*;

pub const ARRIVED: State = state("arrived", "待确认");
pub const OPEN: State = state("open", "办理中");
pub const CORRECTING: State = state("correcting", "待补正");
pub const PAYING: State = state("paying", "待缴费");
pub const SIGNING: State = state("signing", "待审签");
pub const SERVING: State = state("serving", "待送达");
pub const CLOSED: State = end("closed", "办结");

pub type C<'a> = Case<'a, Request>;
pub const HANDLES: &[Duty] = &[Duty::Draft, Duty::Publication];
pub const READS: &[Duty] = &[Duty::Draft, Duty::Publication, Duty::SectionCheck, Duty::Approval];
const CLERK: &[By] = &[By::Duty(Duty::Draft), By::Duty(Duty::Publication)];
const HEAD: &[By] = &[By::Duty(Duty::SectionCheck), By::Duty(Duty::Approval)];
const HOLDER: &[By] = &[By::Holder];
const KIN: &[By] = &[By::Kin];
const EITHER: &[By] = &[By::Holder, By::Duty(Duty::Draft), By::Duty(Duty::Publication)];
const ALL_OPEN: &[State] = &[ARRIVED, OPEN, CORRECTING, PAYING];
const DISPUTED: &[State] = &[OPEN, SIGNING, SERVING, CLOSED];

const ART_5: &str = "《政府信息公开条例》第五条";
const ART_34: &str = "《政府信息公开条例》第三十四条";
const ART_36: &str = "《政府信息公开条例》第三十六条";
const ART_51: &str = "《政府信息公开条例》第五十一条";

#[rustfmt::skip]
static CONSULTED: Evidence<R> = Evidence { name: "consulted", zh: "征求第三方和有关机关意见", cite: ART_32,
    through: &["third-replies", "organ-replies"], applies: |c| !c.body.thirds.is_empty() || !c.body.organs.is_empty(),
    lacks: consulted };

#[rustfmt::skip]
pub static KIND: Kind<R> = Kind {
    name: "request", zh: "依申请公开", yin: "申", public: &[],
    states: &[ARRIVED, OPEN, CORRECTING, PAYING, SIGNING, SERVING, CLOSED],
    clocks: &[&CONFIRM, &NOTICE, &CORRECT, &REPLY, &THIRD, &ORGAN, &FEE],
    holds: |_, _| None,
    pages: &[("提供的文件", "release", READS), ("答复书", "letter", READS), ("文书", "papers", READS),
        ("补发查询码", "code", HANDLES)],
    columns: &[
        Column { name: "counted_on", label: "计入统计日", ty: Type::Day, value: |c| counted_on(c).map(Plain::Day) },
        Column { name: "closed_on", label: "办结日", ty: Type::Day, value: |c| closed_on(c).map(Plain::Day) },
        Column { name: "on_time", label: "按时", ty: Type::Flag, value: |c| on_time(c).map(Plain::Flag) },
    ],
    moves: &[
        Move { name: "apply", zh: "提交申请", cite: ART_29, by: HOLDER, from: &[NEW], to: To::State(ARRIVED),
               asks: &[must(R::application), must(R::class)], clocks: &[Tick::Start(&CONFIRM, From::Today)],
               then: from_the_web, tells: Some(Cause::Received), ..Move::BLANK },
        Move { name: "enter", zh: "登记收到的申请", cite: ART_29, by: CLERK, from: &[NEW], to: To::State(ARRIVED),
               asks: &[must(R::application), must(R::class), must(R::channel), must(R::submitted)],
               check: came_before_today,
               clocks: &[Tick::Start(&CONFIRM, From::On(R::submitted))], tells: Some(Cause::Received), ..Move::BLANK },
        Move { name: "register", zh: "登记收到", cite: ART_31, by: CLERK, from: &[ARRIVED], to: To::State(OPEN),
               says: "按提交方式确定收到申请之日：当面为提交日，挂号信、快递为签收日，其他为与申请人确认之日。答复期限从次日起算。",
               asks: &[when(R::signed, is_registered), when(R::confirmed, is_confirmed), must(R::wanted)],
               check: receipt_is_known, then: receive,
               clocks: &[Tick::Stop(&CONFIRM, From::Today), Tick::Start(&REPLY, From::On(R::received)),
               Tick::Start(&NOTICE, From::On(R::received))], ..Move::BLANK },
        Move { name: "decide", zh: "拟定答复", cite: ART_36, by: CLERK, from: &[OPEN], to: To::State(SIGNING),
               says: "答复由另一位同事审签后才能送达。答复引用条例，不引用不予公开清单。",
               asks: &[must(R::outcome), when(R::ground, is_partial), may(R::other_organ), when(R::override_why,
               overrides), must(R::reply)],
               needs: &[&CONSULTED], guard: offices_are_named, check: outcome_fits, ..Move::BLANK },
        Move { name: "sign", zh: "审签", cite: ART_17, by: HEAD, from: &[SIGNING], to: To::State(SERVING),
               decides: true,
               says: "同意后，网上申请的申请人凭查询码就能看到答复。送达并留下凭证才算办结。", guard: another_person,
               tells: Some(Cause::Answered), ..Move::BLANK },
        Move { name: "back", zh: "退回修改", cite: ART_17, by: HEAD, from: &[SIGNING], to: To::State(OPEN), decides: true,
               asks: &[must(R::back_why)], ..Move::BLANK },
        Move { name: "serve", zh: "登记送达", cite: ART_33, by: CLERK, from: &[SERVING], to: To::State(CLOSED),
               says: "期限到送达为止，不是到审签为止。", asks: &[must(R::served), must(R::service), must(R::proof)],
               check: served_after_signing,
               clocks: &[Tick::Stop(&REPLY, From::On(R::served))], ..Move::BLANK },
        Move { name: "collect", zh: "确认收到答复", cite: ART_33, by: HOLDER, from: &[SERVING], to: To::State(CLOSED),
               asks: &[must(R::collected)], then: collected, clocks: &[Tick::Stop(&REPLY, From::Today)],
               ..Move::BLANK },
        Move { name: "correct", zh: "告知补正", cite: ART_30, by: CLERK, from: &[OPEN], to: To::State(CORRECTING),
               says: "收到申请之日起 7 个工作日内，一次说完。答复期限从收到补正之日重新起算。",
               asks: &[must(R::correct_what), must(R::correct_by)], guard: once_and_in_time,
               check: correct_by_is_to_come,
               clocks: &[Tick::Stop(&NOTICE, From::Today), Tick::Hold(&REPLY, "补正"), Tick::Until(&CORRECT,
               R::correct_by)], tells: Some(Cause::Supplement), ..Move::BLANK },
        Move { name: "supplement", zh: "补正", cite: ART_30, by: HOLDER, from: &[CORRECTING], to: To::State(OPEN),
               asks: &[must(R::supplement)],
               clocks: &[Tick::Stop(&CORRECT, From::Today), Tick::Again(&REPLY, "补正", From::Today)], ..Move::BLANK },
        Move { name: "corrected", zh: "登记补正", cite: ART_30, by: CLERK, from: &[CORRECTING], to: To::State(OPEN),
               asks: &[must(R::supplement), must(R::corrected)], check: corrected_since_notice,
               clocks: &[Tick::Stop(&CORRECT, From::Today), Tick::Again(&REPLY, "补正", From::On(R::corrected))],
               ..Move::BLANK },
        Move { name: "lapse", zh: "逾期不补正", cite: ART_30, by: &[By::Clock(&CORRECT)], from: &[CORRECTING],
               to: To::State(CLOSED),
               then: |c| c.body.outcome = Some(Outcome::NotCorrected), tells: Some(Cause::Closed), ..Move::BLANK },
        Move { name: "third", zh: "征求第三方意见", cite: ART_32, by: CLERK, from: &[OPEN], on: On::Add(R::thirds, ASKED),
               says: "书面征求，一位一函。等待期间不计入答复期限。", asks: &[must(Third::name), must(Third::delivered)],
               check: third_has_it,
               clocks: &[Tick::Start(&THIRD, From::On(Third::delivered))], ..Move::BLANK },
        Move { name: "third-replies", zh: "登记第三方意见", cite: ART_32, by: CLERK, from: &[OPEN], on: On::Row(R::thirds,
               &[ASKED], REPLIED),
               asks: &[must(Third::stance), when(Third::reason, third_refuses)], clocks: &[Tick::Stop(&THIRD,
               From::Today)], ..Move::BLANK },
        Move { name: "third-silent", zh: "第三方逾期未回复", cite: ART_32, by: &[By::Clock(&THIRD)], from: &[OPEN],
               on: On::Row(R::thirds, &[ASKED], SILENT), clocks: &[Tick::Stop(&THIRD, From::Today)], ..Move::BLANK },
        Move { name: "organ", zh: "征求机关意见", cite: ART_34, by: CLERK, from: &[OPEN], on: On::Add(R::organs, ASKED),
               says: "信息由几个机关共同制作的，征求其他机关的意见。", asks: &[must(Third::name), must(Third::delivered)],
               check: organ_has_it,
               clocks: &[Tick::Start(&ORGAN, From::On(Third::delivered))], ..Move::BLANK },
        Move { name: "organ-replies", zh: "登记机关意见", cite: ART_34, by: CLERK, from: &[OPEN], on: On::Row(R::organs,
               &[ASKED], REPLIED),
               asks: &[must(Third::stance), when(Third::reason, organ_refuses)], clocks: &[Tick::Stop(&ORGAN,
               From::Today)], ..Move::BLANK },
        Move { name: "organ-silent", zh: "机关逾期视为同意", cite: ART_34, by: &[By::Clock(&ORGAN)], from: &[OPEN],
               on: On::Row(R::organs, &[ASKED], SILENT), clocks: &[Tick::Stop(&ORGAN, From::Today)], ..Move::BLANK },
        Move { name: "extend", zh: "批准延长", cite: ART_33, by: HEAD, from: &[OPEN], decides: true,
               says: "只能延长一次，须在原来的期限内批准并告知申请人。", asks: &[must(R::extend_why), must(R::extend_told)],
               guard: once_before_the_end, check: told_today, clocks: &[Tick::Extend(&REPLY)],
               tells: Some(Cause::Extended), ..Move::BLANK },
        Move { name: "split", zh: "分件办理", cite: ART_29, by: CLERK, from: &[OPEN], apart: true,
               asks: &[must(R::wanted), must(R::split_to)], guard: may_be_split, ..Move::BLANK },
        Move { name: "split-off", zh: "分出一件", cite: ART_29, by: KIN, from: &[NEW], to: To::State(OPEN),
               asks: &[must(R::application), must(R::class), must(R::channel), must(R::submitted), may(R::signed),
               may(R::confirmed), must(R::wanted), must(R::split_from)], check: receipt_is_known, then: receive,
               clocks: &[Tick::Start(&REPLY, From::On(R::received)), Tick::Start(&NOTICE, From::On(R::received))],
               ..Move::BLANK },
        Move { name: "join", zh: "并入另一件", cite: ART_5, by: CLERK, from: &[OPEN], to: To::State(CLOSED),
               apart: true, asks: &[must(R::joined_to)], guard: may_be_joined,
               then: |c| c.body.outcome = Some(Outcome::Joined), ..Move::BLANK },
        Move { name: "take-in", zh: "并入一件", cite: ART_5, by: KIN, from: &[OPEN],
               asks: &[must(R::joins)], ..Move::BLANK },
        Move { name: "charge", zh: "通知缴费", cite: FEE_CITE, by: HEAD, from: &[OPEN], to: To::State(PAYING),
               decides: true,
               says: "申请的数量、频次明显超过合理范围才收。金额按标准算出，不用填。",
               asks: &[must(R::tariff), must(R::units), must(R::fee_noticed)], guard: may_charge,
               check: fee_is_due, then: reckon_fee,
               clocks: &[Tick::Hold(&REPLY, "缴费"), Tick::Start(&FEE, From::On(R::fee_noticed))],
               tells: Some(Cause::Charged), ..Move::BLANK },
        Move { name: "pay", zh: "登记缴费", cite: FEE_CITE, by: CLERK, from: &[PAYING], to: To::State(OPEN),
               asks: &[must(R::paid)], check: paid_since_notice,
               clocks: &[Tick::Stop(&FEE, From::On(R::paid)), Tick::Again(&REPLY, "缴费", From::On(R::paid))],
               ..Move::BLANK },
        Move { name: "unpaid", zh: "逾期未缴费", cite: FEE_CITE, by: &[By::Clock(&FEE)], from: &[PAYING],
               to: To::State(CLOSED),
               then: |c| c.body.outcome = Some(Outcome::NotPaid), tells: Some(Cause::Closed), ..Move::BLANK },
        Move { name: "withdraw", zh: "撤回申请", cite: ART_29, by: EITHER, from: ALL_OPEN, to: To::State(CLOSED),
               asks: &[must(R::withdrawal)],
               says: "撤回后不再办理，以后可以重新申请。", then: |c| c.body.outcome = Some(Outcome::Withdrawn), ..Move::BLANK },
        Move { name: "dispute", zh: "登记复议或者诉讼", cite: ART_51, by: CLERK, from: DISPUTED, on: On::Add(R::disputes,
               PENDING),
               asks: &[must(Dispute::way), must(Dispute::filed)], check: filed_is_past, ..Move::BLANK },
        Move { name: "dispute-ends", zh: "登记复议或者诉讼结果", cite: ART_51, by: CLERK, from: DISPUTED,
               on: On::Row(R::disputes, &[PENDING], DECIDED),
               asks: &[must(Dispute::ruling), must(Dispute::decided)], check: filed_is_past, ..Move::BLANK },
    ],
};
