//! The guards and checks of the table, what is counted when, and the fee. Pure.

use super::kind::*;
use super::model::{Channel, Outcome, Service, Stance, Tariff};
use crate::matter::step::demand;
use crate::submission::model::Words;
use kernel::{Day, Refusal};
use law::{Receipt, State as Standing};

pub const ART_17: &str = "《政府信息公开条例》第十七条";
pub const ART_29: &str = "《政府信息公开条例》第二十九条";
pub const ART_30: &str = "《政府信息公开条例》第三十条";
pub const ART_31: &str = "《政府信息公开条例》第三十一条";
pub const ART_32: &str = "《政府信息公开条例》第三十二条";
pub const ART_33: &str = "《政府信息公开条例》第三十三条";
pub const FEE_CITE: &str = "《政府信息公开信息处理费管理办法》第六条";
const ART_37: &str = "《政府信息公开条例》第三十七条";
const REMEDY_CITE: &str = "《行政复议法》第二十三条";

pub fn from_the_web(c: &mut C) {
    c.body.channel = Some(Channel::Web);
    c.body.submitted = Some(c.today());
}

/// A day that is told of the past: there, and neither to come nor before another.
fn past(c: &C, day: Option<Day>, not_before: Option<Day>) -> bool {
    day.is_none_or(|day| day <= c.today() && not_before.is_none_or(|first| first <= day))
}

pub fn came_before_today(c: &C) -> Vec<Refusal> {
    let says = "提交日还没有到。请填写已经过去的日子。";
    at("submitted", demand(&[(past(c, c.body.submitted, None), "to-come", says, ART_31)]))
}

fn at(field: &'static str, why: Vec<Refusal>) -> Vec<Refusal> {
    why.into_iter().map(|r| r.at(field)).collect()
}

pub fn is_registered(c: &C) -> bool {
    c.body.channel == Some(Channel::Registered)
}

/// Whether the day of receipt is that on which both sides have confirmed.
pub fn is_confirmed(c: &C) -> bool {
    use Channel::{Email, Fax, Post, Web};
    matches!(c.body.channel, Some(Web | Email | Fax | Post))
}

/// Article 31 by channel, as crate `law` has it for the day.
fn receipt(c: &C) -> Option<Receipt> {
    let b = &c.body;
    let (channel, submitted) = (b.channel?.of_law(), b.submitted?.start());
    Some(Receipt { channel, submitted, signed: b.signed.map(Day::start), confirmed: b.confirmed.map(Day::start) })
}

fn received(c: &C) -> Option<Day> {
    receipt(c)?.day(c.moment.law.clause("OGI-REPLY")?)
}

pub fn receipt_is_known(c: &C) -> Vec<Refusal> {
    let (b, from) = (&c.body, c.body.submitted);
    let signed = "签收日不对：不能早于信函送到的日子，也不能是以后的日子。";
    let confirmed = "确认日不对：不能早于提交的日子，也不能是以后的日子。";
    let mut why = at("signed", demand(&[(past(c, b.signed, from), "signed-day", signed, ART_31)]));
    why.extend(at("confirmed", demand(&[(past(c, b.confirmed, from), "confirmed-day", confirmed, ART_31)])));
    why.extend(demand(&[(
        received(c).is_some(),
        "not-received",
        "还不能确定收到申请之日。请核对上面的日子。",
        ART_31,
    )]));
    why
}

pub fn receive(c: &mut C) {
    c.body.received = received(c);
}

/// Letters that nobody has answered.
pub fn consulted(c: &C) -> Vec<Refusal> {
    let waits = c.body.thirds.iter().chain(&c.body.organs).filter(|t| t.at(ASKED)).count();
    demand(&[(waits == 0, "still-asking", &format!("还在等 {waits} 方回复意见。"), ART_32)])
}

pub fn third_refuses(c: &C) -> bool {
    c.this(&c.body.thirds).is_some_and(|t| t.stance == Some(Stance::Refuses))
}

pub fn organ_refuses(c: &C) -> bool {
    c.this(&c.body.organs).is_some_and(|t| t.stance == Some(Stance::Refuses))
}

pub fn is_partial(c: &C) -> bool {
    c.body.outcome == Some(Outcome::Partial)
}

/// Disclosing what a third party does not agree to wants a reason of its own.
pub fn overrides(c: &C) -> bool {
    c.body.outcome == Some(Outcome::Disclosed) && c.body.thirds.iter().any(|t| t.stance == Some(Stance::Refuses))
}

pub fn offices_are_named(c: &C) -> Vec<Refusal> {
    let says = "还没有设置行政复议机关、管辖法院和它们的地址，答复不能写明救济途径。请系统管理员在“公开主体”里填写。";
    demand(&[(c.moment.offices, "offices", says, REMEDY_CITE)])
}

/// Which outcome may follow from what.
pub fn outcome_fits(c: &C) -> Vec<Refusal> {
    use Outcome::{Joined, NotCorrected, NotPaid, ThirdParty, Unclear, Withdrawn};
    let is = c.body.outcome;
    let closed_itself = matches!(is, Some(Joined | NotCorrected | NotPaid | Withdrawn));
    let mut why = demand(&[
        (is != Some(Unclear) || c.did("correct").is_some(), "never-corrected", NEVER_CORRECTED, ART_30),
        (is != Some(ThirdParty) || !c.body.thirds.is_empty(), "never-asked", NEVER_ASKED, ART_32),
        (
            !closed_itself,
            "not-a-reply",
            "这个结果由逾期不补正、逾期不缴费、撤回或者并入他件产生，不能作为答复。",
            ART_37,
        ),
    ]);
    let by_the_list = ["负面清单", "不予公开清单"].iter().any(|list| c.body.reply.contains(list));
    let says = "答复不能引用不予公开清单，请改为引用条例的条款。";
    why = at("outcome", why);
    why.extend(at("reply", demand(&[(!by_the_list, "cites-the-list", says, ART_37)])));
    why
}

const NEVER_CORRECTED: &str = "没有告知过补正，不能答复“补正后仍不明确”。";
const NEVER_ASKED: &str = "没有征求过第三方意见，不能以保护第三方权益为由不公开。";

/// Whoever wrote the answer does not approve it.
pub fn another_person(c: &C) -> Vec<Refusal> {
    let other = c.did("decide").is_some_and(|e| e.who != c.who);
    demand(&[(other, "own-work", "拟定答复的人不能审签，请另一位同事办理。", ART_17)])
}

pub fn served_after_signing(c: &C) -> Vec<Refusal> {
    let signed = c.did("sign").map(|e| e.at.day());
    let says = "送达日不对：不能早于审签的日子，也不能是以后的日子。";
    at("served", demand(&[(past(c, c.body.served, signed), "served-day", says, ART_33)]))
}

pub fn collected(c: &mut C) {
    c.body.served = Some(c.today());
    c.body.service = Some(Service::Platform);
}

pub fn once_and_in_time(c: &C) -> Vec<Refusal> {
    demand(&[
        (c.did("correct").is_none(), "once-only", "补正只能告知一次。", ART_30),
        (!c.ran_out(&NOTICE), "notice-late", "收到申请已超过 7 个工作日，不能再要求补正。", ART_30),
    ])
}

pub fn correct_by_is_to_come(c: &C) -> Vec<Refusal> {
    let ok = c.body.correct_by.is_some_and(|day| day > c.today());
    at("correct_by", demand(&[(ok, "term-over", "补正期限要在今天以后，给申请人合理的时间。", ART_30)]))
}

pub fn corrected_since_notice(c: &C) -> Vec<Refusal> {
    let ok = past(c, c.body.corrected, c.did("correct").map(|e| e.at.day()));
    let says = "收到补正日不对：不能早于告知补正的日子，也不能是以后的日子。";
    at("corrected", demand(&[(ok, "corrected-day", says, ART_30)]))
}

pub fn third_has_it(c: &C) -> Vec<Refusal> {
    delivered(c, c.this(&c.body.thirds).and_then(|t| t.delivered))
}

pub fn organ_has_it(c: &C) -> Vec<Refusal> {
    delivered(c, c.this(&c.body.organs).and_then(|t| t.delivered))
}

fn delivered(c: &C, day: Option<Day>) -> Vec<Refusal> {
    let ok = past(c, day, c.body.received);
    let says = "送达日不对：不能早于收到申请的日子，也不能是以后的日子。";
    at("delivered", demand(&[(ok, "delivered-day", says, ART_32)]))
}

pub fn once_before_the_end(c: &C) -> Vec<Refusal> {
    demand(&[
        (c.clock(&REPLY).is_some_and(|r| !r.is_extended()), "once-only", "答复期限只能延长一次。", ART_33),
        (!c.ran_out(&REPLY), "extended-late", "答复期限已过，不能再延长。", ART_33),
    ])
}

pub fn told_today(c: &C) -> Vec<Refusal> {
    let ok = past(c, c.body.extend_told, c.body.received);
    at("extend_told", demand(&[(ok, "told-day", "告知延长日不能是以后的日子：先告知，再登记。", ART_33)]))
}

/// In yuan, for one application: 按件, the `units`-th of the applicant in its natural month; 按量, so many pages.
/// Progressive (law.md 1.3). From 31 on the rate of an item grows by 100 with every block of ten.
pub fn fee(tariff: Tariff, units: u32) -> u32 {
    match tariff {
        Tariff::Items => match units {
            0..=10 => 0,
            11..=30 => 100,
            n => (n - 31) / 10 * 100 + 200,
        },
        Tariff::Pages => {
            let tier = |above: u32, upto: u32| units.min(upto).saturating_sub(above);
            tier(30, 100) * 10 + tier(100, 200) * 20 + tier(200, u32::MAX) * 40
        }
    }
}

pub fn may_charge(c: &C) -> Vec<Refusal> {
    let in_force = c.moment.law.clause("OGI-FEE-PAY").and_then(|clause| clause.on(c.today())).is_some();
    demand(&[
        (in_force, "no-fee", "现在没有收取信息处理费的规定。", FEE_CITE),
        (c.did("charge").is_none(), "once-only", "一件申请只能通知缴费一次。", FEE_CITE),
        (!c.ran_out(&REPLY), "charged-late", "答复期限已过，不能再通知缴费。", FEE_CITE),
    ])
}

pub fn fee_is_due(c: &C) -> Vec<Refusal> {
    let b = &c.body;
    let due = b.tariff.zip(b.units).is_some_and(|(tariff, units)| fee(tariff, units) > 0);
    let mut why = at("units", demand(&[(due, "free", "这个数量在免费的范围里，不收费。", FEE_CITE)]));
    let says = "送达日不能早于收到申请的日子，也不能是以后的日子。";
    let past = past(c, b.fee_noticed, b.received);
    why.extend(at("fee_noticed", demand(&[(past, "noticed-day", says, FEE_CITE)])));
    why
}

pub fn reckon_fee(c: &mut C) {
    c.body.fee = c.body.tariff.zip(c.body.units).map(|(tariff, units)| fee(tariff, units));
}

pub fn paid_since_notice(c: &C) -> Vec<Refusal> {
    let ok = past(c, c.body.paid, c.body.fee_noticed);
    let says = "缴费日不对：不能早于收费通知送达的日子，也不能是以后的日子。";
    at("paid", demand(&[(ok, "paid-day", says, FEE_CITE)]))
}

/// What cannot be divided between cases any more: a notice, a letter, a fee.
const DIVIDES_NOT: &[&str] = &["correct", "extend", "charge", "third", "organ"];

pub fn may_be_split(c: &C) -> Vec<Refusal> {
    let late = "已经告知补正、延长、收费或者征求过意见，不能再分件。";
    let counted = "收到申请的那一年的年度报告已到公布期限，再分件会改变公布过的数字。";
    let reported = |day: Day| {
        let last = Day::parse(&format!("{:04}-12-31", day.year()))?;
        law::due(c.moment.law.clause("OGI-ANNUAL-DEPT")?, last, &c.moment.law.calendar).map(|due| due.on)
    };
    let open = c.body.received.and_then(reported).is_none_or(|due| c.today() <= due);
    demand(&[
        (DIVIDES_NOT.iter().all(|name| c.did(name).is_none()), "divides-not", late, ART_29),
        (open, "reported", counted, "《政府信息公开条例》第四十九条"),
    ])
}

pub fn may_be_joined(c: &C) -> Vec<Refusal> {
    let asks = c.body.thirds.iter().chain(&c.body.organs).any(|t| t.at(ASKED));
    demand(&[(!asks, "still-asking", "还在征求意见，等回复以后再并入。", ART_32)])
}

/// Of several applications the one that came first goes on, so that nobody waits longer: received, and when it began.
pub fn is_before(one: (Option<Day>, &str), other: (Option<Day>, &str)) -> bool {
    one.0.is_some() && one < other
}

/// Whether two applications are of one applicant, by the words that were sealed: by number of identity where both give
/// one, else by the name alone.
pub fn is_same(a: &Words, b: &Words) -> bool {
    let line = |words: &Words, label: &str| {
        let found = words.lines.iter().find(|(l, _)| l == label).map(|(_, text)| text.to_uppercase());
        found.map(|text| text.chars().filter(|c| !c.is_whitespace()).collect::<String>())
    };
    for label in ["证件号码", "统一社会信用代码"] {
        if let (Some(one), Some(other)) = (line(a, label), line(b, label)) {
            return one == other;
        }
    }
    ["姓名", "单位名称"].iter().any(|label| line(a, label).is_some_and(|one| line(b, label) == Some(one)))
}

pub fn filed_is_past(c: &C) -> Vec<Refusal> {
    let Some(this) = c.this(&c.body.disputes) else { return vec![] };
    let mut why = at("filed", demand(&[(past(c, this.filed, None), "filed-day", "收到日还没有到。", ART_33)]));
    let says = "审结日不能早于收到日，也不能是以后的日子。";
    why.extend(at("decided", demand(&[(past(c, this.decided, this.filed), "decided-day", says, ART_33)])));
    why
}

/// The day on which it counts as new: the receipt, or the day it came while nobody has confirmed.
pub fn counted_on(c: &C) -> Option<Day> {
    c.body.received.or(c.body.submitted)
}

/// Served, or closed in another way.
pub fn closed_on(c: &C) -> Option<Day> {
    let end = c.at.past.iter().find(|e| e.to == CLOSED.name)?;
    Some(c.body.served.unwrap_or(end.at.day()))
}

/// Closed cases by whether the answer was in time; open ones only once overdue.
pub fn on_time(c: &C) -> Option<bool> {
    let clock = c.clock(&REPLY)?;
    let state = clock.told(&REPLY, c.moment, |told| told.state)?;
    match state {
        Standing::Met => c.is_in(CLOSED).then_some(true),
        Standing::MetLate | Standing::Overdue => Some(false),
        _ => None,
    }
}
