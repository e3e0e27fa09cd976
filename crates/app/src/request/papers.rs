//! The papers of a request as letters: receipt, notices, the letter to a third party, the reply. What a paper says
//! follows from the facts of the case alone, so it is the same whenever it is asked for. Pure.

use super::kind::Request;
use super::letter;
use super::model::Outcome;
use crate::body::Body;
use crate::matter::case::Matter;
use crate::submission::remedy;
use kernel::{Day, Hash};
use law::{Law, due};
use paper::Letter;

/// A paper of a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Paper {
    Receipt,
    Correction,
    Extension,
    Fee,
    /// It goes on as another case.
    Joined,
    /// The letter to the third party of this number.
    Third(u32),
    Reply,
}

impl Paper {
    /// As it stands in addresses: `reply`, `third-2`.
    pub fn word(self) -> String {
        match self {
            Paper::Receipt => "receipt".into(),
            Paper::Correction => "correction".into(),
            Paper::Extension => "extension".into(),
            Paper::Fee => "fee".into(),
            Paper::Joined => "joined".into(),
            Paper::Third(no) => format!("third-{no}"),
            Paper::Reply => "reply".into(),
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Paper::Receipt => "政府信息公开申请登记回执",
            Paper::Correction => "政府信息公开申请补正告知书",
            Paper::Extension => "政府信息公开延长答复期限告知书",
            Paper::Fee => "政府信息公开信息处理费缴费通知书",
            Paper::Joined => "政府信息公开申请合并办理告知书",
            Paper::Third(_) => "政府信息公开第三方意见征求书",
            Paper::Reply => "政府信息公开申请答复书",
        }
    }

    /// With the number of the third party, where there may be several.
    pub fn label(self) -> String {
        match self {
            Paper::Third(no) => format!("{}（第 {no} 位）", self.zh()),
            _ => self.zh().to_owned(),
        }
    }

    /// Whether the applicant may have it: a letter to somebody else is not theirs.
    pub fn is_his(self) -> bool {
        !matches!(self, Paper::Third(_))
    }
}

/// Where a paper is made, and of what.
pub struct Made<'a> {
    pub law: &'a Law,
    pub body: &'a Body,
    pub case: &'a Matter,
    pub number: &'a str,
    /// The applicant's name; empty where it is erased.
    pub name: &'a str,
    pub today: Day,
    /// The site's own address, without a slash at the end; may be empty.
    pub site: &'a str,
}

fn typed(case: &Matter) -> Option<Request> {
    serde_json::from_value(case.body.clone()).ok()
}

/// When a move was made last.
fn did(case: &Matter, name: &str) -> Option<Day> {
    case.past.iter().rev().find(|e| e.name == name).map(|e| e.at.day())
}

/// When it got its day of receipt: as a letter, or as a part of one.
fn registered(case: &Matter) -> Option<Day> {
    did(case, "register").or_else(|| did(case, "split-off"))
}

/// The papers that there are of a case, in the order of the work. `signed` leaves out a reply that nobody signed.
pub fn all(case: &Matter, signed: bool) -> Vec<Paper> {
    let Some(body) = typed(case) else { return vec![] };
    let mut out = vec![];
    out.extend(body.received.map(|_| Paper::Receipt));
    out.extend(did(case, "correct").map(|_| Paper::Correction));
    out.extend(body.thirds.iter().map(|t| Paper::Third(t.no)));
    out.extend(did(case, "extend").map(|_| Paper::Extension));
    out.extend(did(case, "charge").map(|_| Paper::Fee));
    let joined = body.outcome == Some(Outcome::Joined);
    out.extend(joined.then_some(Paper::Joined));
    let given = body.outcome.is_some() && !joined && (!signed || letter::given(case));
    out.extend(given.then_some(Paper::Reply));
    out
}

impl Made<'_> {
    /// The paper of this word, if the case has it.
    pub fn find(&self, word: &str, signed: bool) -> Option<Paper> {
        all(self.case, signed).into_iter().find(|p| p.word() == word)
    }

    /// The paper as a letter; `None` where the case has none such.
    pub fn letter(&self, paper: Paper) -> Option<Letter> {
        let body = typed(self.case)?;
        let (to, made, paragraphs, signed) = match paper {
            Paper::Receipt => self.of(registered(self.case)?, self.receipt(&body)?),
            Paper::Correction => self.of(did(self.case, "correct")?, self.correction(&body)?),
            Paper::Extension => self.of(did(self.case, "extend")?, self.extension(&body)),
            Paper::Fee => self.of(did(self.case, "charge")?, self.fee(&body)?),
            Paper::Joined => self.of(did(self.case, "join")?, joined(self.number, &body)),
            Paper::Third(no) => {
                let third = body.thirds.iter().find(|t| t.no == no)?;
                // Before it is delivered it is dated on the day it is made out, which is the day of its entry.
                let made = third.delivered.unwrap_or(self.today);
                (third.name.to_string(), made, third_party(self.number, &body), Some(made))
            }
            Paper::Reply => {
                let reply = letter::reply(self.law, &self.body.profile, self.case, self.today)?;
                let words = reply.text.lines().map(str::to_owned);
                let all = words.chain([reply.basis]).chain(reply.remedy).filter(|p| !p.trim().is_empty());
                (self.name.to_owned(), reply.signed.unwrap_or(self.today), all.collect(), reply.signed)
            }
        };
        let mut letter = Letter {
            organ: self.body.name.clone(),
            number: self.number.to_owned(),
            title: paper.zh().to_owned(),
            to,
            paragraphs,
            signed,
            made,
            foot: vec![],
        };
        letter.foot = self.foot(&letter, paper);
        Some(letter)
    }

    fn of(&self, made: Day, paragraphs: Vec<String>) -> (String, Day, Vec<String>, Option<Day>) {
        (self.name.to_owned(), made, paragraphs, Some(made))
    }

    /// Contact, and how the paper is checked: by its digest, and by getting it again from us.
    fn foot(&self, letter: &Letter, paper: Paper) -> Vec<String> {
        let p = &self.body.profile;
        let contact = [("地址：", &p.address), ("电话：", &p.phone)];
        let contact = contact.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}{v}"));
        let mut out = vec![contact.collect::<Vec<_>>().join("　")];
        out.push(format!("核验码：{}", code(letter)));
        if paper.is_his() {
            let place = match self.site {
                "" => "本机关网站的“查申请进度”".to_owned(),
                site => format!(" {site}/disclosure/track "),
            };
            out.push(format!("凭查询码在{place}可以再次取得本文书，核对核验码。"));
        }
        out.retain(|line| !line.is_empty());
        out
    }

    /// The last day of a clause that begins on a day.
    fn until(&self, clause: &str, from: Day) -> Option<Day> {
        due(self.law.clause(clause)?, from, &self.law.calendar).map(|due| due.on)
    }

    fn remedy(&self, code: &str, day: Day) -> Option<String> {
        remedy::paragraph(self.law, &self.body.profile, code, day)
    }

    fn receipt(&self, body: &Request) -> Option<Vec<String>> {
        let received = body.received?;
        let due = self.until("OGI-REPLY", received).map(Day::zh)?;
        let from = match &*body.split_from {
            "" => "您提出的政府信息公开申请，本机关已登记".to_owned(),
            from => format!("您提出的政府信息公开申请含有几项内容，本机关已分件登记，本件由{from}分出"),
        };
        Some(vec![
            format!("{from}，编号为{}。收到申请之日为{}。", self.number, received.zh()),
            format!("本机关在{due}前（含当日）答复您。补正、征求意见的时间不计入；需要延长的，另行告知。"),
        ])
    }

    fn correction(&self, body: &Request) -> Option<Vec<String>> {
        let day = did(self.case, "correct")?;
        let mut out =
            vec!["您的政府信息公开申请内容不明确，依照《政府信息公开条例》第三十条，请您补正下列内容：".to_owned()];
        out.extend(body.correct_what.lines().map(str::to_owned));
        out.push(format!(
            "请在{}前（含当日）补正。答复期限从本机关收到补正的申请之日起计算；无正当理由逾期不补正的，视为放弃申请，不再处理。",
            body.correct_by?.zh()
        ));
        out.extend(self.remedy("correction-notice", day));
        Some(out)
    }

    fn extension(&self, body: &Request) -> Vec<String> {
        let mut out = vec![
            "依照《政府信息公开条例》第三十三条第二款，经政府信息公开工作机构负责人同意，本机关延长答复期限，延长不超过二十个工作日。"
                .to_owned(),
            format!("延长的理由：{}", &*body.extend_why),
        ];
        out.extend(did(self.case, "extend").and_then(|day| self.remedy("extension-notice", day)));
        out
    }

    fn fee(&self, body: &Request) -> Option<Vec<String>> {
        let (fee, noticed) = (body.fee?, body.fee_noticed?);
        let (tariff, units) = (body.tariff?.choice().zh, body.units?);
        let mut out = vec![format!(
            "您申请公开政府信息的数量、频次超过合理范围。依照《政府信息公开条例》第四十二条和《政府信息公开信息处理费管理办法》，\
             {tariff}计收信息处理费（数量 {units}），应缴 {fee} 元。"
        )];
        let by = self.until("OGI-FEE-PAY", noticed).map(|day| format!("请在{}前（含当日）缴纳。", day.zh()));
        out.extend(by.map(|by| format!("{by}逾期不缴纳的，视为放弃申请，不再处理。答复期限从缴费之日起重新计算。")));
        out.extend(did(self.case, "charge").and_then(|day| self.remedy("fee-notice", day)));
        Some(out)
    }
}

fn joined(number: &str, body: &Request) -> Vec<String> {
    let (into, outcome) = (&*body.joined_to, Outcome::Joined.choice());
    vec![
        format!(
            "您提出的政府信息公开申请（{number}），与本机关先收到的您的另一件申请（{into}）内容相同，现并入该件办理。"
        ),
        "本机关按该件的期限一并答复。凭任何一件的查询码都可以查看办理情况和答复。".to_owned(),
        format!("依据：{}。", outcome.cite),
    ]
}

/// Nothing of the applicant stands in it.
fn third_party(number: &str, body: &Request) -> Vec<String> {
    vec![
        format!("本机关正在办理一件政府信息公开申请（{number}），所申请的信息涉及您的合法权益。"),
        format!("所申请的信息：{}", &*body.wanted),
        "依照《政府信息公开条例》第三十二条，请您自收到本书之日起十五个工作日内书面提出是否同意公开的意见；不同意的，请说明理由。"
            .to_owned(),
        "逾期未提出意见的，由本机关依照条例的规定决定是否公开。".to_owned(),
    ]
}

/// The digest of all that a letter says, in groups: its first sixteen hexadecimal digits.
fn code(letter: &Letter) -> String {
    let day = |day: Day| day.to_string();
    let facts = serde_json::json!([
        letter.organ,
        letter.number,
        letter.title,
        letter.to,
        letter.paragraphs,
        letter.signed.map(day),
        day(letter.made)
    ]);
    let hash = Hash::of(&kernel::canonical::bytes(&facts)).to_string().to_uppercase();
    let digits: Vec<char> = hash.chars().take(16).collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
