//! `/open-data/due`: the calculator. Until when, and why: for people as a page, for programs as JSON.

use super::question::{self, Question, Unanswered};
use super::term::{self, TERMS};
use super::{Asked, asked, json};
use crate::App;
use crate::edge::{Failure, html_as};
use crate::portal::Portal;
use crate::rule::shown::{self, Said, Strip};
use crate::ui::{Choice, Frame, Link};
use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use kernel::{Day, Instant, Refusal};
use law::{Channel, Clause, Clock, Law, Receipt, StripDay, Unit, clock};

const PAGE: &str = "/open-data/due";
const JSON: &str = "/open-data/due.json";

pub fn routes() -> Router<App> {
    Router::new().route(PAGE, get(page)).route(JSON, get(twin))
}

pub fn api() -> Router<App> {
    Router::new().route("/api/v1/due", get(twin))
}

/// An answer as the page shows it.
struct Answered {
    /// One sentence with the day and its last hour.
    says: String,
    /// From where it counts, and how long.
    because: String,
    receipt: Option<String>,
    provisional: Option<String>,
    strip: Strip,
    strip_says: String,
    said: Vec<Said>,
    moves: Vec<String>,
    days: Vec<StripDay>,
    twin: Link,
}

#[derive(Template)]
#[template(path = "rule/due.html")]
struct Page {
    frame: Frame,
    asked: Asked,
    clause: String,
    /// Filled in when nothing was typed.
    from: String,
    day_label: String,
    terms: Vec<Choice>,
    channels: Vec<Choice>,
    needs_channel: bool,
    needs_time: bool,
    answered: Option<Answered>,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        question::value(&self.asked, name)
    }
}

async fn page(portal: Portal) -> Result<Response, Failure> {
    let asked = asked(&portal.uri)?;
    let (law, today) = (portal.law, portal.now.day());
    let read = question::read(law, &asked, today);
    let frame = frame(&portal, !asked.is_empty());
    let (frame, answered, status) = match read {
        Ok(question) => (frame, Some(answer(law, &question, &asked, portal.now)), StatusCode::OK),
        Err(why) => (frame.refused(refusals(why)), None, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let clause = question::clause(law, &asked);
    let typed = question::value(&asked, "from");
    let page = Page {
        clause: clause.map(|c| c.id.clone()).unwrap_or_default(),
        from: if typed.is_empty() { today.to_string() } else { typed.to_owned() },
        day_label: clause.map_or_else(|| "从哪天起算".into(), |clause| day_label(clause, today)),
        terms: terms(law, clause),
        channels: channels(),
        needs_channel: clause.is_some_and(question::needs_channel),
        needs_time: clause.is_some_and(question::needs_time),
        answered,
        frame,
        asked,
    };
    html_as(status, &page)
}

fn frame(portal: &Portal, has_query: bool) -> Frame {
    let mut frame = portal.frame("算一算期限").under("", &[]);
    // Every question has an address; only the calculator itself is for search engines.
    frame.noindex = has_query;
    let frame = frame.meta("ColumnName", "期限计算").meta("ColumnType", "数据发布");
    let frame = frame.meta("ColumnDescription", "今天申请，最迟哪天答复，为什么：按现行规定和工作日历逐日计算。");
    let usual = format!("clause={}", TERMS[0].clause);
    let query = portal.uri.query().filter(|_| has_query).unwrap_or(&usual);
    frame.alternate("application/json", format!("{JSON}?{query}"), "算一算期限（JSON）")
}

fn refusals(why: Unanswered) -> Vec<Refusal> {
    match why {
        Unanswered::NoClause => vec![Refusal::new("clause-unknown", "没有这个期限。请从表里选一个。").at("clause")],
        Unanswered::NoRule(says) => vec![Refusal::new("no-rule", says).at("from")],
        Unanswered::Unread(why) => why,
    }
}

/// The terms that citizens meet, as far as the law has them, and the one that was asked for if it is another.
fn terms(law: &Law, asked: Option<&Clause>) -> Vec<Choice> {
    let usual = TERMS
        .iter()
        .filter(|term| law.clause(term.clause).is_some_and(|c| c.wordings.iter().any(|w| w.from.is_some())));
    let other = asked.filter(|clause| term::of(clause).is_none());
    let other = other.map(|clause| Choice::new(&clause.id, &clause.name));
    usual.map(|term| Choice::new(term.clause, term.label)).chain(other).collect()
}

fn channels() -> Vec<Choice> {
    use Channel::{Fax, InPerson, Internet, Post, Registered};
    let all = [
        (InPerson, "当面提交"),
        (Registered, "挂号信、特快专递（要签收）"),
        (Post, "平信（不用签收）"),
        (Internet, "网络（网站、电子邮件）"),
        (Fax, "传真"),
    ];
    all.map(|(channel, label)| Choice::new(channel.zh(), label)).into()
}

fn day_label(clause: &Clause, today: Day) -> String {
    let own = term::of(clause).map(|term| term.day.to_owned());
    let wording = clause.on(today).or(clause.wordings.last());
    own.or(wording.map(|wording| wording.counts_from.clone())).unwrap_or_default()
}

fn answer(law: &'static Law, question: &Question, asked: &Asked, now: Instant) -> Answered {
    let Question { clause, start, receipt } = *question;
    let calendar = &law.calendar;
    let clock = clock(clause, start, &[], now.max(start.at), calendar).expect("a question has a wording in force");
    let days = clock.days(calendar);
    let until = clock.due.as_ref().map(shown::until);
    let says = until
        .as_deref()
        .map_or("应当及时办理，条文没有规定天数。".into(), |until| term::says(clause, until));
    let start_zh =
        if clock.wording.unit == Unit::Hours { shown::moment(start.at) } else { shown::dated(start.at.day()) };
    Answered {
        says,
        because: format!("从{}起算：{start_zh}。{}。", clock.wording.counts_from, shown::length(&clock)),
        receipt: receipt.map(|receipt| received(&receipt, clause)),
        provisional: shown::provisional(&clock, calendar),
        strip: Strip::of(&clock, &days, now.day()),
        strip_says: place(&clock, now.day()),
        said: shown::said(clause, start.at, calendar),
        moves: shown::moves(clause, start.at, calendar),
        twin: Link::new("JSON", twin_of(clause, asked, start.at)),
        days,
    }
}

/// Why the day of receipt is what it is; while nobody has confirmed, on what the answer rests.
fn received(receipt: &Receipt, clause: &Clause) -> String {
    if receipt.received(clause).is_some() {
        return receipt.why(clause);
    }
    let (rule, act) = match receipt.channel {
        Channel::Registered => ("邮寄并需签收的，从签收之日起算", "签收"),
        Channel::Post => ("平信从我们收到当天与您确认之日起算", "确认"),
        _ => ("网络、传真提交的，从双方确认之日起算", "确认"),
    };
    format!("{rule}。您没有写{act}的日子，这里先按提交当天就{act}来算；晚几天{act}，起算也晚几天。")
}

/// Where today stands in the term.
fn place(clock: &Clock, today: Day) -> String {
    let unit = clock.wording.unit;
    let Some(due) = clock.due else { return String::new() };
    match (clock.used, clock.left) {
        _ if unit == Unit::Hours => format!("{}。", due.zh()),
        _ if due.on < today => format!("{}已经期满。", due.on.zh()),
        (Some(used), Some(left)) if used > 0 => {
            format!("到昨天为止过了{}，还剩{}，{}。", unit.zh(used), unit.zh(left), due.zh())
        }
        _ => format!("共{}，{}。", unit.zh(clock.term), due.zh()),
    }
}

fn twin_of(clause: &Clause, asked: &Asked, start: Instant) -> String {
    let value = |name: &str| question::value(asked, name);
    let (hour, minute) = start.hm();
    let from = match value("from") {
        "" => start.day().to_string(),
        typed => typed.to_owned(),
    };
    let time = if question::needs_time(clause) { format!("{hour}:{minute:02}") } else { String::new() };
    let pairs = [("channel", value("channel")), ("confirmed", value("confirmed")), ("time", &time)];
    crate::ui::href(JSON, &[&[("clause", clause.id.as_str()), ("from", &from)][..], &pairs].concat())
}

/// `GET /api/v1/due?clause=&from=`, with `channel` and `confirmed` where a request is received.
async fn twin(portal: Portal) -> Result<Response, Failure> {
    let failed = |status, says: String| json(Err::<(), _>(Failure::new(status, says)));
    let asked = match asked(&portal.uri) {
        Ok(asked) if question::value(&asked, "clause").is_empty() => {
            return failed(StatusCode::BAD_REQUEST, "请写 clause，如 OGI-REPLY；from 写起算的日子。".into());
        }
        Ok(asked) => asked,
        Err(failure) => return json(Err::<(), _>(failure)),
    };
    let question = match question::read(portal.law, &asked, portal.now.day()) {
        Ok(question) => question,
        Err(Unanswered::NoClause) => return failed(StatusCode::NOT_FOUND, "没有这个期限。请核对 clause。".into()),
        Err(Unanswered::NoRule(says)) => return failed(StatusCode::NOT_FOUND, says),
        Err(Unanswered::Unread(why)) => {
            return json(Err::<(), _>(Failure {
                refusals: why, ..Failure::bad("写法看不懂，见下面各项。")
            }));
        }
    };
    let Question { clause, start, .. } = question;
    let clock = clock(clause, start, &[], start.at, &portal.law.calendar).ok_or(Failure::not_found())?;
    json(Ok(clock.answer(&portal.law.calendar)))
}
