//! What waits, as lines: records under way, requests for correction, obligations. The inbox shows a person's own, the
//! board everybody's.

use super::rules::{self, Near};
use crate::account::desk::Desk;
use crate::account::{self, Me};
use crate::catalogue::obligation::reminded_zh;
use crate::catalogue::owing::{Line, left_zh};
use crate::check;
use crate::ground::rules::Moved;
use crate::intake;
use crate::matter::work::{self as matters, Waiting};
use crate::record;
use crate::record::disposal::Tally;
use crate::record::draft as drafts;
use crate::record::model::State;
use crate::record::panel;
use crate::record::several;
use crate::record::store::{self, Loaded, Which};
use crate::record::table::hide;
use crate::record::waiting;
use crate::rule::{self, table::rule_version};
use crate::submission;
use crate::ui::{Days, Figure, Tone};
use ::store::Error;
use kernel::{Day, Instant, Refusal};
use law::Law;
use std::collections::HashMap;

/// An office that has more open at once has other worries; the list of records shows the rest.
pub const MOST: u64 = 200;

/// A line of the inbox or of the board.
pub struct Entry {
    pub near: Near,
    pub last: Option<Day>,
    pub yin: &'static str,
    pub href: String,
    pub title: String,
    pub number: String,
    pub basis: String,
    pub days: Option<Days>,
    /// The term in words, where it is no strip of days.
    pub due: String,
    pub stuck: String,
    pub verb: &'static str,
    /// Where the button leads.
    pub act: String,
    /// 科室 that has to act.
    pub section: String,
}

impl Entry {
    pub fn tone(&self) -> Tone {
        self.days.as_ref().map_or_else(|| self.near.tone(), Days::tone)
    }

    /// `剩 2 个工作日`, for paper.
    pub fn left(&self) -> String {
        self.days.as_ref().map_or_else(|| self.due.clone(), Days::short)
    }
}

/// The records under way.
pub async fn open_records(desk: &Desk) -> Result<Vec<Loaded>, Error> {
    let rows = store::some(desk.read(), &desk.body.id, Which::Open, None, MOST).await?;
    several::loaded(desk.read(), rows).await
}

/// Everybody of the body, with what each may do now.
pub async fn crew(desk: &Desk) -> Result<Vec<Me>, Error> {
    account::lent::crew(desk.read(), &desk.body.id, desk.now).await
}

/// The names of the body's sections, by id, in their order.
pub async fn sections(desk: &Desk) -> Result<Vec<(String, String)>, Error> {
    let all = account::store::sections(desk.read(), &desk.body.id).await?;
    Ok(all.into_iter().map(|s| (s.id, s.name)).collect())
}

/// A record, with what the person may do for it.
pub async fn record(desk: &Desk, law: &Law, on: &Loaded, crew: &[Me], verb: &'static str) -> Result<Entry, Error> {
    let mut title = on.title();
    if title.is_empty()
        && let Some(mine) = drafts::my_draft(desk.read(), &on.row.id, &desk.me.id).await?
    {
        title = drafts::typed_of(&mine)?.remove("title").unwrap_or_default();
    }
    let formed = on.revision.as_ref().and_then(|r| r.paper.fields.formed).filter(|_| on.row.published == 0);
    let due = formed.and_then(|day| Some((day, law::due(law.clause("OGI-ACTIVE")?, day, &law.calendar)?)));
    let today = desk.now.day();
    if let Some(hidden) = &on.hidden {
        return Ok(pull_down(law, on, hidden, verb, today));
    }
    let term = |d: &law::Due| format!("{} · {}", d.cite, d.unit.zh(d.amount));
    let href = format!("/desk/record/{}", on.row.id);
    Ok(Entry {
        near: rules::near(law, due.as_ref().map(|(_, d)| d.on), today),
        last: due.as_ref().map(|(_, d)| d.on),
        yin: "件",
        title: if title.trim().is_empty() { "（还没有标题）".into() } else { title },
        number: on.row.index_no.clone().unwrap_or_default(),
        basis: due.as_ref().map_or_else(|| "没有填形成日期，不计时限".into(), |(_, d)| term(d)),
        days: due.as_ref().map(|(day, d)| rules::days(law, d, *day, today)),
        due: String::new(),
        stuck: stuck(on, on.state(), &panel::late(desk, on), crew, desk.now),
        verb,
        act: href.clone(),
        section: on.row.section.clone(),
        href,
    })
}

/// What somebody hid, until another person has decided.
fn pull_down(law: &Law, on: &Loaded, hidden: &hide::Model, verb: &'static str, today: Day) -> Entry {
    let due = Day::parse(&hidden.due);
    let href = format!("/desk/record/{}/hide", on.row.id);
    let left = due.map(|due| if due < today { "复核已逾期" } else { "一个工作日内复核" }).unwrap_or_default();
    Entry {
        near: rules::near(law, due, today),
        last: due,
        yin: "隐",
        title: on.title(),
        number: on.row.index_no.clone().unwrap_or_default(),
        basis: "先隐后审 · 1个工作日".into(),
        days: None,
        due: left.into(),
        stuck: if hidden.reason.is_empty() { "还没有写明隐藏的原因".into() } else { State::Hidden.zh() },
        verb,
        act: href.clone(),
        section: on.row.section.clone(),
        href,
    }
}

/// Where it stands and with whom, and for what is due and not out, why.
fn stuck(on: &Loaded, state: State, late: &[Refusal], crew: &[Me], now: Instant) -> String {
    let open = on.findings.iter().filter(|f| f.is_open()).count();
    match (state, on.row.publish_at) {
        (_, Some(at)) if at <= now.0 => {
            let why: Vec<&str> = late.iter().map(|r| r.says.as_str()).collect();
            format!("定于 {} 公开，没有放行。{}", Instant(at), why.join(""))
        }
        (State::Passed, Some(at)) => format!("定于 {} 公开", Instant(at)),
        (State::Passed, None) if open > 0 => format!("机检还有 {open} 项未处理"),
        (State::InReview(step), _) => waiting::for_whom(on, step, crew),
        (state, _) => state.zh(),
    }
}

/// A record that was withheld on what has moved since.
pub fn regrounded(row: &record::table::record::Model, title: String, moved: Moved) -> Entry {
    let href = format!("/desk/record/{}", row.id);
    Entry {
        number: row.index_no.clone().unwrap_or_default(),
        section: row.section.clone(),
        ..plain("据", title, "《政府信息公开条例》第十三条", moved.zh(), "重新认定", &href)
    }
}

/// A request for correction; the office of disclosure answers it.
pub fn correction(law: &Law, waiting: submission::Waiting, office: &str, today: Day) -> Entry {
    let received = waiting.received.day();
    let due = law.clause(law::PLEDGE_LETTER).and_then(|c| law::due(c, received, &law.calendar));
    let href = format!("/desk/correction/{}", waiting.id);
    let about = if waiting.about.is_empty() { "没有指明页面" } else { &waiting.about };
    Entry {
        near: rules::near(law, due.as_ref().map(|d| d.on), today),
        last: due.as_ref().map(|d| d.on),
        yin: "正",
        title: format!("{}：{}", if waiting.objection { "公示期内的意见" } else { "更正申请" }, about),
        number: String::new(),
        basis: due.as_ref().map_or_else(String::new, |d| format!("本局承诺 · {}", d.unit.zh(d.amount))),
        days: due.as_ref().map(|d| rules::days(law, d, received, today)),
        due: String::new(),
        stuck: waiting.state.zh().into(),
        verb: "办理",
        act: href.clone(),
        section: office.to_owned(),
        href,
    }
}

/// A case of any kind, with the verb that this person has for it. The office of disclosure sees to what no section has.
pub fn matter(law: &Law, waiting: Waiting, verb: &'static str, office: &str, today: Day) -> Entry {
    let (href, clock) = (waiting.href(), waiting.clock);
    let last = clock.and_then(|told| told.due);
    let days = clock.as_ref().and_then(|told| matters::days(told, today));
    let waits = clock.as_ref().is_some_and(|told| told.waits);
    Entry {
        near: if waits { Near::Paused } else { rules::near(law, last, today) },
        last,
        yin: waiting.kind.yin(),
        title: format!("{} {}", waiting.kind.zh(), waiting.number),
        number: String::new(),
        basis: clock.map_or_else(String::new, |told| format!("{} · {}", told.cite, told.zh)),
        due: last.filter(|_| days.is_none()).map(|last| crate::ui::until(&last)).unwrap_or_default(),
        days,
        stuck: waiting.stuck,
        verb,
        act: href.clone(),
        section: if waiting.section.is_empty() { office.to_owned() } else { waiting.section },
        href,
    }
}

/// A paper of an office system that is not public, and should be or may not.
pub fn handover(line: intake::handover::Line, law: &Law, today: Day) -> Entry {
    let ended = line.ended.map(Instant::day);
    let due = ended.and_then(|day| Some((day, law::due(law.clause("OGI-ACTIVE")?, day, &law.calendar)?)));
    let href = format!("/desk/handover/{}", line.id);
    Entry {
        near: rules::near(law, due.as_ref().map(|(_, d)| d.on), today),
        last: due.as_ref().map(|(_, d)| d.on),
        yin: "交",
        title: line.title,
        number: line.number,
        basis: format!("{}交来", line.system),
        days: due.as_ref().map(|(day, d)| rules::days(law, d, *day, today)),
        due: String::new(),
        stuck: format!("{}：{}", line.state.zh(), line.why),
        verb: "看原因",
        act: href.clone(),
        section: String::new(),
        href,
    }
}

/// A change of the law in the console, for whoever decides.
pub fn version(law: &Law, row: &rule_version::Model) -> Entry {
    let title = format!("规则修改：{}", rule::file_zh(law, &row.file));
    let href = format!("/desk/rule/version/{}", row.id);
    let stuck = format!("{}提出，等决定", Instant(row.made_at).day().zh());
    plain("规", title, "一人提出，另一人决定", &stuck, "决定", &href)
}

/// A rule of the scanner that is overruled most of the time, for whoever oversees.
pub fn overruled((info, tally): (&scan::RuleInfo, Tally)) -> Entry {
    let title = format!("机检规则多数时候被推翻：{}", info.zh);
    let stuck = format!("处理 {} 次，保留 {} 次", tally.all(), tally.kept);
    plain("检", title, "调整词表或者处理方式", &stuck, "查看", check::RATES)
}

/// Copies at other outlets that a person has to see to.
pub fn copies(figure: Figure) -> Entry {
    let title = format!("其他渠道：{} {} {}", figure.label, figure.number, figure.unit);
    plain("渠", title, "公开的信息还要发到的地方", &figure.label, "去办", &figure.href)
}

/// Notices that did not go out.
pub fn notices(figure: Figure) -> Entry {
    let title = format!("通知没有发出：{} {}", figure.number, figure.unit);
    plain("信", title, "公众等着的邮件和短信", &figure.label, "查看", &figure.href)
}

/// Superior documents that wait, in one line: a feed brings many at once.
pub fn superior(waiting: intake::superior::Waiting) -> Entry {
    let (title, stuck, verb) = match waiting {
        intake::superior::Waiting::Open(n) => (format!("{n} 份上级文件可以转发"), "由经办人决定转不转", "查看"),
        intake::superior::Waiting::Stopped(n) => {
            (format!("{n} 份上级文件要先认定"), "有不公开的标志，或者来源不明", "认定")
        }
    };
    plain("上", title, "《政府信息公开条例》第十七条", stuck, verb, "/desk/superior")
}

/// A list of old pages that waits for a signature.
pub fn backfill(listed: i64, until: Day, law: &Law, today: Day) -> Entry {
    let (title, stuck) = (format!("{listed} 页旧页等待签署补录决定"), "核对抽样后签署");
    Entry {
        near: rules::near(law, Some(until), today),
        last: Some(until),
        due: format!("{}前", until.zh()),
        ..plain("补", title, "有效期内签署", stuck, "核对", "/desk/backfill")
    }
}

/// An entry without a clock.
fn plain(yin: &'static str, title: String, basis: &str, stuck: &str, verb: &'static str, href: &str) -> Entry {
    Entry {
        near: Near::Free,
        last: None,
        yin,
        href: href.into(),
        title,
        number: String::new(),
        basis: basis.into(),
        days: None,
        due: String::new(),
        stuck: stuck.into(),
        verb,
        act: href.into(),
        section: String::new(),
    }
}

/// An entry of the catalogue that presses.
pub fn obligation(
    law: &Law,
    line: &Line,
    reminded: Option<&(usize, Instant)>,
    verb: &'static str,
    today: Day,
) -> Entry {
    let href = format!("/desk/obligation/{}", line.entry.code);
    let act = if verb == rules::WRITE { line.new_href() } else { format!("{href}#remind") };
    let nudged = reminded.map(|(times, at)| format!("。{}", reminded_zh(*times, *at))).unwrap_or_default();
    Entry {
        near: rules::near(law, line.due, today),
        last: line.due,
        yin: "目",
        title: line.entry.item.clone(),
        number: line.entry.code.clone(),
        basis: format!("{} · {}", line.cite(), line.limit),
        days: None,
        due: line.left.map_or_else(String::new, left_zh),
        stuck: format!("{}{nudged}", line.standing.zh()),
        verb,
        act,
        section: line.entry.owner.clone(),
        href,
    }
}

/// Puts the section's name where its id stands.
pub fn name_sections(entries: &mut [Entry], sections: &[(String, String)]) {
    let names: HashMap<&str, &str> = sections.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    for entry in entries {
        if let Some(name) = names.get(entry.section.as_str()) {
            entry.section = (*name).to_owned();
        }
    }
}
