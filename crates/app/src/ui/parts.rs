//! What the components of `ui/parts.html` are fed with: plain values that already know their words.

use super::{Html, Link, href, thousands};
use kernel::{Day, Hash, Instant};
use std::borrow::Cow;

/// The colour of a state. Never alone: there is always a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    #[default]
    Plain,
    /// What kind of thing it is.
    Info,
    /// Law, lateness, refusal.
    Late,
    /// Due soon, paused.
    Near,
    /// Done, verified.
    Done,
}

impl Tone {
    /// The class: empty, `t`, `r`, `a`, `g`.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Info => "t",
            Tone::Late => "r",
            Tone::Near => "a",
            Tone::Done => "g",
        }
    }
}

/// An adjective in a coloured box (状态标签). It is no button.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    pub text: Cow<'static, str>,
    pub tone: Tone,
}

impl Tag {
    pub fn new(text: impl Into<Cow<'static, str>>, tone: Tone) -> Tag {
        Tag { text: text.into(), tone }
    }
}

/// A line of a list: a title that leads somewhere, one tag, a fact or two, a date.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub href: String,
    pub title: String,
    pub tag: Option<Tag>,
    pub facts: Vec<String>,
    pub day: Option<Day>,
}

/// One option of a select or a radio group.
#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    /// A second, smaller line beside a radio button; not shown in a select.
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Choice {
        Choice { value: value.into(), label: label.into(), hint: String::new() }
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }
}

/// What stands beside a name in a metadata list.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    /// Numbers and codes, in a fixed-width face.
    Code(String),
    Day(Day),
    Moment(Instant),
    Link(Link),
    Tag(Tag),
}

/// A line of a metadata list (要素). Values that are empty are left out of the page, except where the law wants a 无.
#[derive(Clone, Debug)]
pub struct Fact {
    pub name: Cow<'static, str>,
    pub value: Value,
}

impl Fact {
    pub fn new(name: impl Into<Cow<'static, str>>, value: Value) -> Fact {
        Fact { name: name.into(), value }
    }

    pub fn text(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Fact {
        Fact::new(name, Value::Text(value.into()))
    }

    pub fn code(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Fact {
        Fact::new(name, Value::Code(value.into()))
    }

    pub fn is_empty(&self) -> bool {
        matches!(&self.value, Value::Text(text) | Value::Code(text) if text.is_empty())
    }
}

/// A number with its unit, and the list it counts.
#[derive(Clone, Debug)]
pub struct Figure {
    pub label: String,
    pub number: String,
    pub unit: &'static str,
    pub href: String,
    pub tone: Tone,
}

/// The way through a long list (分页).
#[derive(Clone, Debug, Default)]
pub struct Pager {
    pub prev: Option<String>,
    pub next: Option<String>,
    /// Number links; `None` is a gap, an empty address the current page.
    pub numbers: Vec<Option<Link>>,
    pub says: String,
}

impl Pager {
    /// Pages counted from 1, `?page=` at `path`; `query` holds the other parameters. Two neighbours and both ends are
    /// linked.
    pub fn numbered(page: u64, pages: u64, total: u64, path: &str, query: &[(&str, &str)]) -> Pager {
        let at = |n: u64| {
            let number = if n == 1 { String::new() } else { n.to_string() };
            href(path, &[query, &[("page", &number)]].concat())
        };
        let mut numbers = Vec::new();
        for n in (1..=pages).filter(|n| *n == 1 || *n == pages || n.abs_diff(page) <= 2) {
            let last = numbers.iter().rev().find_map(|link: &Option<Link>| link.as_ref()?.label.parse::<u64>().ok());
            if last.is_some_and(|last| n > last + 1) {
                numbers.push(None);
            }
            numbers.push(Some(Link::new(n.to_string(), if n == page { String::new() } else { at(n) })));
        }
        Pager {
            prev: (page > 1).then(|| at(page - 1)),
            next: (page < pages).then(|| at(page + 1)),
            numbers,
            says: format!("第 {page} 页，共 {} 页，{} 条", thousands(pages), thousands(total)),
        }
    }

    /// For lists walked by key, where pages have no number.
    pub fn keyed(prev: Option<String>, next: Option<String>, says: impl Into<String>) -> Pager {
        Pager { prev, next, numbers: Vec::new(), says: says.into() }
    }

    pub fn is_empty(&self) -> bool {
        self.prev.is_none() && self.next.is_none()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StepState {
    Done,
    Now,
    Ahead,
    /// Does not apply; `says` gives the published reason.
    Skipped,
    Stopped,
}

/// A step of a course (流程轨).
#[derive(Clone, Debug)]
pub struct Step {
    pub title: String,
    pub state: StepState,
    /// `5月12日—18日`, `最迟 6月30日`; may be empty.
    pub when: String,
    pub says: String,
}

impl Step {
    /// For ears: the colour of the dot in words.
    pub fn state_zh(&self) -> &'static str {
        match self.state {
            StepState::Done => "已完成",
            StepState::Now => "进行中",
            StepState::Ahead => "未开始",
            StepState::Skipped => "不适用",
            StepState::Stopped => "已中止",
        }
    }

    pub fn class(&self) -> &'static str {
        match self.state {
            StepState::Done => "done",
            StepState::Now => "now",
            StepState::Ahead => "",
            StepState::Skipped | StepState::Stopped => "skip-step",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GateState {
    Passed,
    Blocked,
    Waiting,
}

/// One of the checks that stand before publication (关卡条).
#[derive(Clone, Debug)]
pub struct Gate {
    pub title: String,
    pub state: GateState,
    pub says: String,
}

impl Gate {
    pub fn state_zh(&self) -> &'static str {
        match self.state {
            GateState::Passed => "已通过",
            GateState::Blocked => "未通过",
            GateState::Waiting => "未到",
        }
    }

    pub fn class(&self) -> &'static str {
        match self.state {
            GateState::Passed => "ok",
            GateState::Blocked => "no",
            GateState::Waiting => "",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// 阻断: must be cleared before review.
    Block,
    /// 提醒: may be kept with a reason.
    Warn,
    /// 文字: a suggestion.
    Word,
}

impl Severity {
    pub fn zh(self) -> &'static str {
        match self {
            Severity::Block => "阻断",
            Severity::Warn => "提醒",
            Severity::Word => "文字",
        }
    }

    pub fn tone(self) -> Tone {
        match self {
            Severity::Block => Tone::Late,
            Severity::Warn => Tone::Near,
            Severity::Word => Tone::Info,
        }
    }
}

/// What the machine found (机检项). Its actions are the caller's: forms differ from page to page.
#[derive(Clone, Debug)]
pub struct Finding {
    /// From 1, the same number as the mark `#m{no}` in the text.
    pub no: usize,
    pub severity: Severity,
    pub says: String,
    /// Where and why.
    pub why: String,
    /// What became of it: `已替换`, `已说明并保留`; empty while open.
    pub settled: String,
    /// Whether a mark stands in the text on this page.
    pub marked: bool,
}

/// A version of a record (版本记录).
#[derive(Clone, Debug)]
pub struct Version {
    pub no: u32,
    pub current: bool,
    pub at: Instant,
    /// `首次公开`, `更正`, `撤下`.
    pub act: String,
    pub by: String,
    pub says: String,
    pub links: Vec<Link>,
    /// `<del>` and `<ins>` of what changed, if it may be shown.
    pub diff: Option<Html>,
}

/// A file to fetch (文件行).
#[derive(Clone, Debug)]
pub struct FileRow {
    pub href: String,
    pub name: String,
    /// `PDF`, `DOCX`, ….
    pub format: String,
    pub bytes: u64,
    pub pages: Option<u32>,
    pub hash: Option<Hash>,
}

/// A slip that proves something (凭证、回执): facts, a digest, what to do with it.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub title: String,
    pub says: String,
    pub facts: Vec<Fact>,
    pub hash: Option<Hash>,
    pub action: Option<Link>,
}
