//! The typed fields of a kind, between form, revision and page. Pure. One table of fields gives all of it.

use super::field::{Data, Field, Is, Need, YES_NO, host, wan};
use super::kind::{KINDS, Kind};
use super::model::{Fields, Late, Typed};
use super::publicity;
use crate::ui::{Choice, Fact, Link, Value};
use kernel::{Day, Refusal};
use law::Law;

/// What a kind's own rule looks at. `data` has every field that could be read, those for staff too.
pub struct Checked<'a> {
    pub law: &'static Law,
    pub title: &'a str,
    pub fields: &'a Fields,
    pub late: &'a Late,
    pub data: &'a Data,
    pub today: Day,
}

impl Checked<'_> {
    pub fn get(&self, name: &str) -> &str {
        self.data.get(name).map_or("", String::as_str)
    }

    pub fn day(&self, name: &str) -> Option<Day> {
        Day::parse(self.get(name))
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        self.get(name).parse().ok()
    }

    /// In 分; `None` where it was not given.
    pub fn money(&self, name: &str) -> Option<u64> {
        self.number(name)
    }
}

/// The field of this name, in whichever kind.
pub fn field(name: &str) -> Option<&'static Field> {
    KINDS.iter().flat_map(|k| k.fields).find(|f| f.name == name)
}

/// Reads a kind's fields out of a form: every fault at its field.
pub fn read(kind: &Kind, typed: &Typed, why: &mut Vec<Refusal>) -> Data {
    let mut data = Data::new();
    for field in kind.fields {
        let text = typed.get(field.name).map_or("", |v| v.trim());
        if text.is_empty() {
            continue;
        }
        match field.is.read(text) {
            Ok(kept) => drop(data.insert(field.name.into(), kept)),
            Err(says) => why.push(Refusal::new("field", format!("{}{says}", field.zh)).at(field.name)),
        }
    }
    for field in kind.fields.iter().filter(|f| f.is_needed(&data) && !data.contains_key(f.name)) {
        // What could not be read was told already.
        if typed.get(field.name).is_none_or(|v| v.trim().is_empty()) {
            let says = format!("请填写{}。", field.zh);
            why.push(Refusal::new("field-missing", says).cite(field.cite).at(field.name));
        }
    }
    data
}

/// The fields that anyone may see, which a revision holds, and those for staff, which stand beside it.
pub fn parted(kind: &Kind, data: Data) -> (Data, Data) {
    let is_public = |name: &str| kind.fields.iter().any(|f| f.name == name && f.is_public());
    data.into_iter().partition(|(name, _)| is_public(name))
}

/// What stands in a revision and may not: a field that is not public, is not of its kind, or is not canonical. The gate
/// asks this again, whoever wrote the revision.
pub fn strays(kind: &Kind, data: &Data) -> Vec<Refusal> {
    let is_good = |name: &str, kept: &str| {
        let field = kind.fields.iter().find(|f| f.name == name && f.is_public());
        field.is_some_and(|f| f.is.read(&f.is.typed(kept)).is_ok_and(|again| again == kept))
    };
    let strays = data.iter().filter(|(name, kept)| !is_good(name, kept));
    let says = |name: &str| format!("“{name}”不是这一种类可以公开的要素，不能公开。请重新提交。");
    strays.map(|(name, _)| Refusal::new("field-stray", says(name))).collect()
}

/// The names that a form of this kind sends beside the common ones.
pub fn names(kind: &Kind) -> impl Iterator<Item = &'static str> {
    kind.fields.iter().map(|f| f.name)
}

/// Whether a form of this kind has such a field.
pub fn is_known(kind: &Kind, name: &str) -> bool {
    super::desk::NAMES.contains(&name) || names(kind).any(|n| n == name)
}

/// Brings fields that came from a program or a table into the form's own words. What a choice does not offer is
/// refused, because a form could not show it; all else a person can mend in the draft.
pub fn put_in_words(kind: &Kind, typed: &mut Typed) -> Vec<Refusal> {
    let mut why = vec![];
    for field in kind.fields {
        let Some(text) = typed.get(field.name).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()) else { continue };
        match field.is.read(&text) {
            Ok(kept) => drop(typed.insert(field.name.into(), field.is.typed(&kept))),
            Err(says) if matches!(field.is, Is::Choice(_) | Is::YesNo) => {
                why.push(Refusal::new("field", format!("{}{says}", field.zh)).at(field.name));
            }
            Err(_) => {}
        }
    }
    why
}

/// What a form shows of kept fields.
pub fn to_typed(data: &Data) -> impl Iterator<Item = (String, String)> {
    data.iter().map(|(name, kept)| (name.clone(), field(name).map_or_else(|| kept.clone(), |f| f.is.typed(kept))))
}

/// How a field is asked for.
pub enum Control {
    Line,
    Date,
    Area,
    Select(Vec<Choice>),
    Radios(Vec<Choice>),
}

/// A field of the form.
pub struct Input {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub is_optional: bool,
    pub value: String,
    pub control: Control,
}

/// The form of a kind, filled with what was typed.
pub fn inputs(kind: &Kind, typed: &Typed) -> Vec<Input> {
    let choices = |words: super::field::Words| words.iter().map(|(w, zh)| Choice::new(*w, *zh)).collect();
    let one = |f: &Field| Input {
        name: f.name,
        label: f.head(),
        hint: hint(f),
        is_optional: f.need == Need::Optional,
        value: typed.get(f.name).cloned().unwrap_or_default(),
        control: match f.is {
            Is::Day => Control::Date,
            Is::Lines(_) | Is::Outcomes => Control::Area,
            Is::Choice(words) if words.len() > 4 => Control::Select(choices(words)),
            Is::Choice(words) => Control::Radios(choices(words)),
            Is::YesNo => Control::Radios(choices(YES_NO)),
            _ => Control::Line,
        },
    };
    kind.fields.iter().map(one).collect()
}

/// One sentence beside the field, with what limits it.
fn hint(field: &Field) -> String {
    let most = if let Is::Lines(most) = field.is { format!("最多 {most} 字。") } else { String::new() };
    let aside = if field.is_public() { "" } else { "只供内部使用，不公开。" };
    format!("{aside}{}{most}", field.hint)
}

/// Kept fields in the order of their kind.
pub fn kept<'a>(kind: &Kind, data: &'a Data) -> Vec<(&'static Field, &'a str)> {
    kind.fields.iter().filter_map(|f| Some((f, data.get(f.name)?.as_str()))).collect()
}

/// Name and value of each, for the review sheet.
pub fn lines(kind: &Kind, data: &Data) -> Vec<(&'static str, String)> {
    kept(kind, data).into_iter().map(|(f, kept)| (f.zh, f.is.shown(kept))).collect()
}

/// For the public page. Figures and what refers to other records have their own places there.
pub fn facts(kind: &Kind, data: &Data) -> Vec<Fact> {
    let is_figure = |name: &str| kind.figures.iter().any(|(now, before)| *now == name || *before == name);
    let kept = kept(kind, data).into_iter().filter(|(f, _)| f.is_public() && !f.is_relation() && !is_figure(f.name));
    let kept = kept.filter(|(f, _)| !publicity::is_said(f.name));
    kept.map(|(f, kept)| Fact::new(f.zh, value(f, kept))).collect()
}

/// A figure beside that of the year before, in 万元.
pub struct Figure {
    pub zh: &'static str,
    pub now: String,
    pub before: String,
    /// `增 0.50`, `减 0.50`, `持平`.
    pub change: String,
}

/// The figures of a kind that are compared; empty for others.
pub fn figures(kind: &Kind, data: &Data) -> Vec<Figure> {
    let fen = |name: &str| data.get(name).and_then(|kept| kept.parse::<u64>().ok());
    let one = |(now, before): &(&str, &str)| {
        let (zh, now, before) = (field(now)?.zh, fen(now)?, fen(before)?);
        let change = match now.cmp(&before) {
            std::cmp::Ordering::Greater => format!("增 {}", wan(now - before)),
            std::cmp::Ordering::Less => format!("减 {}", wan(before - now)),
            std::cmp::Ordering::Equal => "持平".into(),
        };
        Some(Figure { zh, now: wan(now), before: wan(before), change })
    };
    kind.figures.iter().filter_map(one).collect()
}

/// The field that the head of a column of an imported table names: by its name, or as the form calls it.
pub fn by_head(kind: &Kind, head: &str) -> Option<&'static str> {
    let own = kind.fields.iter().find(|f| f.name == head || f.zh == head || f.head() == head);
    let common = super::desk::NAMES.iter().find(|n| **n == head).copied();
    own.map(|f| f.name).or(common).or_else(|| COMMON.iter().find(|(_, zh)| *zh == head).map(|(name, _)| *name))
}

/// What the form calls the fields that every kind has.
const COMMON: &[(&str, &str)] = &[
    ("title", "标题"),
    ("column", "栏目"),
    ("class", "法定类别"),
    ("openness", "公开属性"),
    ("ground", "依据"),
    ("issuer", "发布机构"),
    ("source", "来源"),
    ("author", "责任科室"),
    ("keywords", "关键词"),
    ("summary", "内容概述"),
    ("formed", "形成日期"),
    ("effective", "施行日期"),
    ("expires", "有效期至"),
    ("note", "编者注"),
    ("number", "文号"),
    ("issued", "成文日期"),
];

/// The cells of a table for programs: one for each public field.
pub fn cells<'a>(kind: &'static Kind, data: &'a Data) -> impl Iterator<Item = String> + 'a {
    table_fields(kind).map(|f| data.get(f.name).map(|kept| f.is.cell(kept)).unwrap_or_default())
}

pub fn heads(kind: &'static Kind) -> impl Iterator<Item = String> {
    table_fields(kind).map(Field::head)
}

fn table_fields(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|f| f.is_public())
}

fn value(field: &Field, kept: &str) -> Value {
    match field.is {
        Is::Day => Day::parse(kept).map_or_else(|| Value::Text(kept.into()), Value::Day),
        Is::Web => Value::Link(Link::new(host(kept), kept)),
        is => Value::Text(is.shown(kept)),
    }
}
