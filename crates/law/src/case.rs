//! Worked cases: one a line, read strictly and played through the public functions. `law/README.md` has the format.

use crate::clause::Clause;
use crate::clock::{Clock, Fact, Start, What, clock};
use crate::receipt::{Channel, Receipt};
use crate::{Law, Unit};
use kernel::{Day, Instant};

/// A line of a file of cases.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// `ogi-reply.case:12`.
    pub place: String,
    /// The id of a clause, or a former one.
    pub clause: &'a str,
    /// Why it comes out so; may be empty.
    pub note: &'a str,
    start: Begins,
    facts: Vec<Fact<'a>>,
    now: Option<Instant>,
    expected: Vec<Expected<'a>>,
}

/// From when the clock counts.
#[derive(Clone, Copy, Debug)]
enum Begins {
    Event(Instant),
    Receipt(Receipt),
}

/// What must come out: the word and what stands after it.
type Expected<'a> = (&'a str, &'a str);

/// The words of an expectation that stand alone, and those with a text after them.
const ALONE: [&str; 5] = ["确定", "暂定", "无此规则", "无期限", "不算"];
const TOLD: [&str; 9] = ["截止", "最迟", "状态", "已用", "剩余", "逾期", "收到日", "期限", "依据"];

impl<'a> Case<'a> {
    /// Reads a file of cases. The error lists every line that is not understood.
    pub fn read(name: &str, text: &'a str) -> Result<Vec<Case<'a>>, Vec<String>> {
        let (mut cases, mut faults) = (Vec::new(), Vec::new());
        for (i, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let place = format!("{name}:{}", i + 1);
            match Reading::default().line(line) {
                Ok(reading) => cases.extend(reading.case(place, &mut faults)),
                Err(why) => faults.push(format!("{place}: {why}")),
            }
        }
        if faults.is_empty() { Ok(cases) } else { Err(faults) }
    }

    /// Plays the case: the error says what came out otherwise.
    pub fn play(&self, law: &Law) -> Result<(), String> {
        let mut wrong: Vec<String> = law.clauses_of(self.clause).flat_map(|clause| self.against(clause, law)).collect();
        if law.clause(self.clause).is_none() {
            wrong.push("no such clause".to_owned());
        }
        let note = if self.note.is_empty() { String::new() } else { format!(" ({})", self.note) };
        if wrong.is_empty() { Ok(()) } else { Err(format!("{}: {}{note}", self.place, wrong.join("; "))) }
    }

    fn against(&self, clause: &Clause, law: &Law) -> Vec<String> {
        let start = match self.start {
            Begins::Event(at) => Start::known(at),
            Begins::Receipt(receipt) => receipt.start(clause),
        };
        let last = self.facts.iter().map(|fact| fact.at).fold(start.at, Instant::max);
        let clock = clock(clause, start, &self.facts, self.now.unwrap_or(last), &law.calendar);
        let Some(clock) = clock else {
            let none = self.expected.iter().any(|(word, _)| *word == "无此规则");
            return if none { Vec::new() } else { vec!["no wording in force".to_owned()] };
        };
        let mut wrong: Vec<String> = self.expected.iter().filter_map(|e| self.differs(e, &clock)).collect();
        if !self.expected.iter().any(|(word, _)| *word == "不算") {
            wrong
                .extend(clock.refused.iter().map(|refused| format!("{:?} was refused: {}", refused.fact, refused.why)));
        }
        wrong
    }

    fn differs(&self, (word, text): &Expected, clock: &Clock) -> Option<String> {
        let due = clock.due;
        let plain = |n: Option<u16>| n.map_or(String::new(), |n| n.to_string());
        let found = match *word {
            "截止" if due.is_some_and(|due| due.unit == Unit::Hours) => due.map(|due| moment(due.before)),
            "截止" => due.map(|due| due.on.to_string()),
            "确定" | "暂定" => Some(if clock.firm() { "确定" } else { "暂定" }.to_owned()),
            "最迟" => clock.latest().map(|day| day.to_string()),
            "状态" => Some(clock.state.zh().to_owned()),
            "已用" => Some(plain(clock.used)),
            "剩余" => Some(plain(clock.left)),
            "逾期" => Some(clock.over.to_string()),
            "收到日" if clock.shadow => Some("未定".to_owned()),
            "收到日" => Some(clock.event.day().to_string()),
            "期限" => Some(clock.wording.term()),
            "依据" if clock.wording.cite.contains(text) => return None,
            "依据" => Some(clock.wording.cite.clone()),
            "无此规则" => Some(clock.wording.cite.clone()),
            "无期限" => due.map(|due| due.on.to_string()).or_else(|| Some("无期限".to_owned())),
            _ => Some(if clock.refused.is_empty() { "" } else { "不算" }.to_owned()),
        };
        let found = found.unwrap_or_default();
        let wanted = if text.is_empty() { word } else { text };
        (found != *wanted).then(|| format!("{word} should be {wanted}, is {found}"))
    }
}

/// A line while it is read.
#[derive(Default)]
struct Reading<'a> {
    clause: &'a str,
    note: &'a str,
    event: Option<Instant>,
    channel: Option<Channel>,
    submitted: Option<Instant>,
    signed: Option<Instant>,
    confirmed: Option<Instant>,
    facts: Vec<Fact<'a>>,
    now: Option<Instant>,
    expected: Vec<Expected<'a>>,
}

impl<'a> Reading<'a> {
    fn line(mut self, line: &'a str) -> Result<Reading<'a>, String> {
        let mut fields = line.split(" | ").map(str::trim);
        self.clause = fields.next().filter(|id| !id.is_empty()).ok_or("no clause")?;
        for field in fields {
            let (word, rest) = field.split_once(' ').unwrap_or((field, ""));
            let rest = rest.trim();
            if self.start(word, rest)? || self.fact(word, rest)? {
                continue;
            }
            match word {
                "今天" => self.now = Some(if rest.contains('T') { at(rest)? } else { at(rest)?.plus_ms(DAY_MS - 1) }),
                "说明" => self.note = rest,
                _ if ALONE.contains(&word) && rest.is_empty() => self.expected.push((word, rest)),
                _ if TOLD.contains(&word) && !rest.is_empty() => self.expected.push((word, rest)),
                _ => return Err(format!("not understood: {field}")),
            }
        }
        Ok(self)
    }

    fn start(&mut self, word: &str, rest: &str) -> Result<bool, String> {
        match word {
            "起算" => self.event = Some(at(rest)?),
            "渠道" => self.channel = Some(Channel::named(rest).ok_or_else(|| format!("no channel: {rest}"))?),
            "提交" => self.submitted = Some(at(rest)?),
            "签收" => self.signed = Some(at(rest)?),
            "确认" => self.confirmed = Some(at(rest)?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn fact(&mut self, word: &'a str, rest: &'a str) -> Result<bool, String> {
        let (when, more) = rest.split_once(' ').unwrap_or((rest, ""));
        let what = match (word, more.trim()) {
            ("暂停", cause) if !cause.is_empty() => What::Suspend(cause),
            ("恢复", "") => What::Resume,
            ("补正" | "缴费", "") => What::Restart(word),
            ("延长", "") => What::Extend { approved: true, told: true },
            ("延长", "未告知") => What::Extend { approved: true, told: false },
            ("延长", "未批准") => What::Extend { approved: false, told: true },
            ("办结", "") => What::Close { found_in_time: false },
            _ => return Ok(false),
        };
        self.facts.push(Fact { at: at(when)?, what });
        Ok(true)
    }

    fn case(self, place: String, faults: &mut Vec<String>) -> Option<Case<'a>> {
        let Reading { clause, note, signed, confirmed, facts, now, expected, .. } = self;
        let start = match (self.event, self.channel, self.submitted) {
            (Some(event), None, None) => Some(Begins::Event(event)),
            (None, Some(channel), Some(submitted)) => {
                Some(Begins::Receipt(Receipt { channel, submitted, signed, confirmed }))
            }
            _ => None,
        };
        let case = start.map(|start| Case { place: place.clone(), clause, note, start, facts, now, expected });
        let case = case.filter(|case| !case.expected.is_empty());
        if case.is_none() {
            faults.push(format!("{place}: needs `起算`, else `渠道` with `提交`, and something that must come out"));
        }
        case
    }
}

const DAY_MS: i64 = 86_400_000;

/// `2026-02-02`, which is its beginning, or `2026-02-02T23:59`.
fn at(text: &str) -> Result<Instant, String> {
    let moment = if text.contains('T') { Instant::parse(text) } else { Day::parse(text).map(Day::start) };
    moment.ok_or_else(|| format!("no date: {text}"))
}

fn moment(at: Instant) -> String {
    let (hour, minute) = at.hm();
    format!("{}T{hour:02}:{minute:02}", at.day())
}
