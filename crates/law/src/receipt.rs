//! When a request counts as received (政府信息公开条例 article 31).

use crate::clause::{Clause, ReceiptRule};
use crate::clock::Start;
use kernel::{Day, Instant};

/// How a request came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    InPerson,
    /// 挂号信、特快专递: signed for.
    Registered,
    /// 平常信函: not signed for.
    Post,
    Internet,
    Fax,
}

/// What is known of a request's coming.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Receipt {
    pub channel: Channel,
    /// Handed in, sent, or (平信) arrived.
    pub submitted: Instant,
    /// Signed for.
    pub signed: Option<Instant>,
    /// The office and the applicant have confirmed with each other.
    pub confirmed: Option<Instant>,
}

impl Channel {
    /// 当面, 挂号信 …
    pub fn zh(self) -> &'static str {
        match self {
            Channel::InPerson => "当面",
            Channel::Registered => "挂号信",
            Channel::Post => "平信",
            Channel::Internet => "网络",
            Channel::Fax => "传真",
        }
    }

    /// Which day counts as that of receipt (《政府信息公开条例》第三十一条).
    pub fn rule(self) -> &'static str {
        match self {
            Channel::InPerson => "当面提交的，提交之日为收到申请之日",
            Channel::Registered => "邮寄并需签收的，签收之日为收到申请之日",
            Channel::Post => "平常信函无须签收的，收到当天与申请人确认，确认之日为收到申请之日",
            Channel::Internet | Channel::Fax => "通过互联网渠道或者传真提交的，双方确认之日为收到申请之日",
        }
    }

    /// By the word of [`Channel::zh`].
    pub fn named(word: &str) -> Option<Channel> {
        use Channel::{Fax, InPerson, Internet, Post, Registered};
        [InPerson, Registered, Post, Internet, Fax].into_iter().find(|channel| channel.zh() == word)
    }
}

impl Receipt {
    /// The moment that counts as receipt, by the rule in force on the day of confirming or else of submitting; `None`
    /// while nobody has signed or confirmed what must be.
    pub fn received(&self, clause: &Clause) -> Option<Instant> {
        let then = self.confirmed.unwrap_or(self.submitted).day();
        let rule = clause.on(then).map_or(ReceiptRule::Arrival, |wording| wording.receipt);
        let not_before = |at: &Instant| *at >= self.submitted;
        match (rule, self.channel) {
            (_, Channel::InPerson) => Some(self.submitted),
            (_, Channel::Registered) => self.signed.filter(not_before),
            (ReceiptRule::Confirmed, _) => self.confirmed.filter(not_before),
            // The regulation of 2008 did not say; a request was received when it arrived.
            (ReceiptRule::Arrival, _) => Some(self.submitted),
        }
    }

    /// From when the clock counts: the receipt, or as a shadow the submission.
    pub fn start(&self, clause: &Clause) -> Start {
        match self.received(clause) {
            Some(at) => Start::known(at),
            None => Start { at: self.submitted, shadow: true },
        }
    }

    /// Why the day of receipt is what it is, in Chinese.
    pub fn why(&self, clause: &Clause) -> String {
        let said = self.channel.rule();
        let day = |at: Instant| at.day().zh();
        match self.received(clause) {
            Some(at) => format!("{said}：{}。", day(at)),
            None => format!("{said}。现在还没有确认，从提交之日{}起先行提醒。", day(self.submitted)),
        }
    }

    /// The day of receipt.
    pub fn day(&self, clause: &Clause) -> Option<Day> {
        self.received(clause).map(Instant::day)
    }
}
