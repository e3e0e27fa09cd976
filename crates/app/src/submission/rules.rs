//! What a request for correction must say, until when it is answered, how long it is kept. Pure.

use super::model::{CORRECTION, Letter, Outcome, State, Topic};
use super::wish;
use crate::posted::Posted;
use crate::ui::{Days, DaysState, Unit};
use kernel::{Day, Hash, Instant, Refusal};
use law::{Clause, Due, Law};
use scan::{Piece, Place};

pub const ARTICLE_41: &str = "《政府信息公开条例》第四十一条";
/// How long a submission is kept, in years from its receipt. A placeholder for the bureau's own schedule
/// (归档范围和保管期限表), which no law replaces; it becomes a setting with the slice that holds schedules.
const RETAIN_YEARS: i16 = 2;
/// An open request is not erased under the hands of who works on it: asked again after this many days.
pub const ERASE_AGAIN_DAYS: i32 = 30;

const PAGE_MAX: usize = 300;
const WORDS_MAX: usize = 2000;
const NAME_MAX: usize = 50;
const CONTACT_MAX: usize = 200;
const REPLY_MAX: usize = 4000;

/// A request that may be taken in: the public path in clear, the rest for the seal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    pub about: String,
    pub topic: Topic,
    pub letter: Letter,
}

/// Reads the form, or gives every reason against it. `host` is the one it was sent to.
pub fn read(form: &Posted, host: &str) -> Result<Request, Vec<Refusal>> {
    let topic = Topic::parse(form.get("topic"));
    let about = page_path(form.get("page"), host);
    let letter = Letter {
        format: 1,
        page: form.get("page").into(),
        topic: topic.map_or("", Topic::word).into(),
        what: form.text("what").trim().into(),
        should: form.text("should").trim().into(),
        name: form.get("name").into(),
        contact: form.get("contact").into(),
        notice: wish::Way::parse(form.get("notice")).map_or("", wish::Way::word).into(),
    };
    match (topic, about) {
        (Some(topic), Some(about)) if faults(&letter).is_empty() => Ok(Request { about, topic, letter }),
        (topic, about) => {
            let page = about.is_none().then(|| page_refusal(&letter.page));
            let topic = topic.is_none().then(|| Refusal::new("topic-missing", "请选择是哪一类问题。").at("topic"));
            Err(page.into_iter().chain(topic).chain(faults(&letter)).collect())
        }
    }
}

fn page_refusal(typed: &str) -> Refusal {
    let says = if typed.is_empty() {
        "请写明是哪一页。可以从浏览器的地址栏复制。"
    } else {
        "这不是本网站的页面地址。请从浏览器的地址栏复制，以 / 开头的也可以。"
    };
    Refusal::new("page-unknown", says).at("page")
}

fn faults(letter: &Letter) -> Vec<Refusal> {
    let mut why = vec![];
    if letter.what.is_empty() {
        why.push(Refusal::new("what-missing", "请写明哪里不对。").at("what"));
    }
    if letter.topic == Topic::OwnData.word() && letter.name.is_empty() {
        let says = "涉及本人信息的，请填写姓名，我们核对身份时要用。";
        why.push(Refusal::new("name-missing", says).cite(ARTICLE_41).at("name"));
    }
    why.extend(too_long(&letter.page, PAGE_MAX, "页面地址").map(|r| r.at("page")));
    why.extend(too_long(&letter.what, WORDS_MAX, "“哪里不对”").map(|r| r.at("what")));
    why.extend(too_long(&letter.should, WORDS_MAX, "“应当是什么”").map(|r| r.at("should")));
    why.extend(too_long(&letter.name, NAME_MAX, "姓名").map(|r| r.at("name")));
    why.extend(too_long(&letter.contact, CONTACT_MAX, "联系方式").map(|r| r.at("contact")));
    why.extend(secret_mark(&[("哪里不对", &letter.what), ("应当是什么", &letter.should)]).map(|r| r.at("what")));
    why.extend(wish::refused(wish::Way::parse(&letter.notice), &letter.contact, "contact"));
    why
}

pub fn too_long(text: &str, most: usize, name: &str) -> Option<Refusal> {
    let now = text.chars().count();
    (now > most).then(|| Refusal::new("too-long", format!("{name}最多 {most} 字，现在是 {now} 字。")))
}

/// A mark of secrecy in mark position stops a text before anything of it is stored.
pub fn secret_mark(texts: &[(&'static str, &str)]) -> Option<Refusal> {
    let pieces: Vec<Piece> = texts.iter().enumerate().map(|(n, (_, text))| Piece::new(Place::body(n), text)).collect();
    let found = scan::marks(&pieces).into_iter().find(|f| f.blocks())?;
    let says = format!(
        "这里标有“{}”。涉密内容不得在网上提交，请删去，并停止在联网的设备上处理；要反映涉密事项的，请当面联系本局保密工作机构。",
        found.excerpt
    );
    Some(Refusal::new(SECRET, says).cite(found.cite))
}

/// The code of a refusal that is journalled, without its text.
pub const SECRET: &str = "secret-mark";

/// The path of a page of this site, fit to stand in clear: no query, no fragment, only the characters of our own slugs,
/// and nothing behind a `receipt` or `track`, where a tracking code may stand. `None` for anything else.
pub fn page_path(typed: &str, host: &str) -> Option<String> {
    let path = match typed.split_once("://") {
        Some(("http" | "https", rest)) => {
            let (named, _) = rest.split_once(['/', '?', '#']).unwrap_or((rest, ""));
            (named == host && !host.is_empty()).then(|| &rest[named.len()..])?
        }
        Some(_) => return None,
        None => typed.trim(),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = if path.is_empty() && typed.contains("://") { "/" } else { path };
    let plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_.".contains(&b));
    let ours = path.starts_with('/') && !path.contains("//") && !path.contains("/.");
    let inside =
        ["/desk", "/api"].iter().any(|p| path.strip_prefix(p).is_some_and(|r| r.is_empty() || r.starts_with('/')));
    (plain && ours && !inside && path.len() <= PAGE_MAX).then(|| without_code(path))
}

fn without_code(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    let end = parts.iter().position(|p| matches!(*p, "receipt" | "track")).map_or(parts.len(), |n| n + 1);
    parts[..end].join("/")
}

/// A one-time token of ours: 64 hexadecimal digits. A shorter one could be guessed, and a guess shows a receipt.
pub fn is_token(once: &str) -> bool {
    once.len() == 64 && once.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// One sending of the form: the token with the digest of the words. The same form sent twice is one request; other
/// words
/// under the same token (the form changed and sent again) are another, and are not lost.
pub fn sending(once: &str, request: &Request) -> String {
    format!("{CORRECTION}\n{once}\n{}\n{}", request.about, Hash::of(&request.letter.bytes()))
}

/// Why an answer cannot be given.
pub fn answer(law: &'static Law, state: State, topic: Topic, outcome: Option<Outcome>, reply: &str) -> Vec<Refusal> {
    let mut why = vec![];
    if state == State::Answered {
        why.push(answered_already());
    }
    match outcome {
        None => why.push(Refusal::new("outcome-missing", "请选择处理结果。").at("outcome")),
        Some(Outcome::NotVerified) if topic != Topic::OwnData => {
            let says = "只有涉及本人信息的更正才核对身份。请选别的处理结果。";
            why.push(Refusal::new("outcome-other", says).cite(ARTICLE_41).at("outcome"));
        }
        Some(_) => {}
    }
    if reply.is_empty() {
        why.push(Refusal::new("reply-missing", "请写答复。来信人凭查询码看到的就是这段话。").at("reply"));
    }
    why.extend(too_long(reply, REPLY_MAX, "答复").map(|r| r.at("reply")));
    match secret_mark(&[("答复", reply)]) {
        Some(mark) => why.push(mark.at("reply")),
        None => why.extend(prohibited(law, reply).into_iter().map(|r| r.at("reply"))),
    }
    why
}

/// What this body may not publish may not leave in a letter either: each prohibition once, with what to do.
pub fn prohibited(law: &'static Law, text: &str) -> Vec<Refusal> {
    let mut why: Vec<Refusal> = vec![];
    for law::Hit { entry, range } in law.prohibitions.hits(text) {
        if !why.iter().any(|r| r.cite == entry.cite) {
            let says = format!("“{}”：{}{}", &text[range], entry.why, entry.instead);
            why.push(Refusal::new("prohibited", says).cite(&entry.cite));
        }
    }
    why
}

/// What the public floor says of the page that a request is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    /// No record of ours, or none that was ever public.
    Other,
    /// Public; last changed at this moment.
    Public(Instant),
    /// Taken down, or hidden.
    Gone,
}

/// The reader is told only what is so: 已更正 when the page has changed since they wrote, 已撤下 when it is gone.
pub fn holds(outcome: Outcome, page: Page, received: Instant) -> Option<Refusal> {
    let says = match (outcome, page) {
        (Outcome::Corrected, Page::Public(changed)) if changed <= received => {
            "收到申请以后，这一页还没有更正。请先更正并公开，再答复“已更正”。"
        }
        (Outcome::Corrected, Page::Gone) => "这一页已经撤下或者隐藏，不是更正。请选“已撤下”，或者等更正公开后再答复。",
        (Outcome::TakenDown, Page::Public(_)) => "这一页还在公开。请先撤下，再答复“已撤下”。",
        _ => return None,
    };
    Some(Refusal::new("outcome-not-so", says).cite(ARTICLE_41).at("outcome"))
}

/// A colleague has answered; the text that was typed comes back.
pub fn answered_already() -> Refusal {
    Refusal::new("moved", "这件已经答复过，不能再答复一次。您写的还在下面，可以复制保存。")
}

fn pledge_clause(law: &Law) -> &Clause {
    law.clause(law::PLEDGE_LETTER).expect("a law without the bureau's pledge does not load")
}

/// Until when the bureau has pledged an answer (本局承诺: no law gives a number of days). What came in before there was
/// a pledge counts from its first day.
pub fn pledge(law: &Law, received: Day) -> Due<'_> {
    let clause = pledge_clause(law);
    let first = clause.wordings.first().and_then(|w| w.from).unwrap_or(received);
    let due = law::due(clause, received.max(first), &law.calendar);
    due.expect("a law whose pledge ends or gives no number does not load")
}

/// Why the pledge ends on its day, line by line.
pub fn explain(law: &Law, received: Day) -> Vec<String> {
    law::explain(pledge_clause(law), received, &law.calendar).unwrap_or_default()
}

/// The strip of days of a request.
pub fn days(law: &Law, received: Day, answered: Option<Day>, today: Day) -> Days {
    let due = pledge(law, received);
    let over = law.calendar.working_between(received, answered.unwrap_or(today.plus(-1)));
    Days {
        unit: Unit::WorkingDay,
        total: u32::from(due.amount),
        used: u32::try_from(over).unwrap_or(0),
        state: if answered.is_some() { DaysState::Closed } else { DaysState::Running },
        last: due.on,
    }
}

/// The last day on which the words are kept.
pub fn retain_until(received: Day) -> Day {
    let (year, month, day) = received.ymd();
    let year = year + RETAIN_YEARS;
    Day::new(year, month, day).or_else(|| Day::new(year, month, day - 1)).unwrap_or(received)
}

/// When the job that erases is due: the retention day is over.
pub fn erase_at(received: Day) -> Instant {
    retain_until(received).plus(1).start()
}
