//! What a list looks like: plain lines, or a table whose columns come from the place or from the one kind in it.

use super::model::Query;
use super::public::Asked;
use crate::floor::{Listed, Validity, public_reference};
use crate::portal::Portal;
use crate::record::field::{Field, Is, YES_NO};
use crate::record::kind::Kind;
use crate::record::public::data;
use crate::record::public::validity::tag;
use crate::record::reference::INTERPRETS;
use crate::ui::{Choice, Link, Tag};
use kernel::Day;
use sea_orm::ColumnTrait;
use std::collections::HashMap;
use store::{Error, Public};

/// How the items of a list are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    Rows,
    /// With 索引号 and validity, as the statutory part wants it.
    Register,
    /// The library of policies (portal.md P7).
    Library,
    /// All are of one kind: 索引号 and its own columns.
    Typed(&'static Kind),
}

/// The kind of all items of a list: the one asked for, else the only one there.
pub fn one_kind(portal: &Portal, asked: &Asked) -> Option<&'static Kind> {
    match (asked.query.kind.as_str(), &portal.filled.kinds(&asked.place)[..]) {
        ("", [(kind, _)]) => Kind::parse(kind),
        (kind, _) => Kind::parse(kind),
    }
}

impl Shape {
    pub fn of(asked: &Asked, register: bool, one: Option<&'static Kind>) -> Shape {
        match one.filter(|kind| kind.fields.iter().any(|f| f.is_column)) {
            _ if asked.place == "results/policies" => Shape::Library,
            Some(kind) => Shape::Typed(kind),
            None if register => Shape::Register,
            None => Shape::Rows,
        }
    }

    pub fn heads(self) -> Vec<String> {
        let fixed = |heads: &[&str]| heads.iter().map(|h| (*h).to_owned()).collect();
        match self {
            Shape::Rows => vec![],
            Shape::Register => fixed(&["标题", "索引号", "文号", "公开日期", "有效性"]),
            Shape::Library => fixed(&["标题", "文号", "成文日期", "公开日期", "有效性"]),
            Shape::Typed(kind) => {
                let own = columns(kind).map(Field::head);
                ["标题".into(), "索引号".into()].into_iter().chain(own).chain(["公开日期".into()]).collect()
            }
        }
    }
}

fn columns(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|f| f.is_column)
}

/// A cell of a table.
pub enum Cell {
    Text(String),
    Code(String),
    Day(Day),
    Tag(Tag),
}

/// A row of a table.
pub struct Line {
    pub href: String,
    pub title: String,
    /// Under the title.
    pub note: String,
    pub links: Vec<Link>,
    /// Each with the head of its column.
    pub cells: Vec<(String, Cell)>,
}

/// The rows of a table; nothing where the list is plain.
pub async fn lines(portal: &Portal, shape: Shape, items: &[Listed]) -> Result<Vec<Line>, Error> {
    if shape == Shape::Rows {
        return Ok(vec![]);
    }
    let today = portal.now.day();
    let interpreted = match shape {
        Shape::Library => interpretations(&portal.public, &portal.body.id, items).await?,
        _ => HashMap::new(),
    };
    let heads = shape.heads();
    let line = |item: &Listed| {
        let cells = cells(shape, item, today)?;
        Ok(Line {
            href: item.path.clone(),
            title: item.title.clone(),
            note: if shape == Shape::Library { item.issuer.clone() } else { item.on_show(today) },
            links: interpreted.get(item.path.as_str()).cloned().unwrap_or_default(),
            cells: heads[1..].iter().cloned().zip(cells).collect(),
        })
    };
    items.iter().map(line).collect()
}

fn cells(shape: Shape, item: &Listed, today: Day) -> Result<Vec<Cell>, Error> {
    let published = Cell::Day(item.first_day());
    let number = Cell::Text(if item.number.is_empty() { "无".into() } else { item.number.clone() });
    Ok(match shape {
        Shape::Rows => vec![],
        Shape::Register => vec![Cell::Code(item.index_no.clone()), number, published, validity(item, today)],
        Shape::Library => vec![number, day(&item.issued), published, validity(item, today)],
        Shape::Typed(kind) => {
            let data = data(&item.data)?;
            let kept = |f: &Field| data.get(f.name).map_or("", String::as_str);
            let first = Cell::Code(item.index_no.clone());
            std::iter::once(first).chain(columns(kind).map(|f| own(f, kept(f)))).chain([published]).collect()
        }
    })
}

fn own(field: &Field, kept: &str) -> Cell {
    match field.is {
        Is::Day => day(kept),
        is if kept.is_empty() => Cell::Text(if is == Is::Money { String::new() } else { "未注明".into() }),
        is => Cell::Text(is.cell(kept)),
    }
}

fn day(iso: &str) -> Cell {
    Day::parse(iso).map_or_else(|| Cell::Text("未注明".into()), Cell::Day)
}

fn validity(item: &Listed, today: Day) -> Cell {
    tag(item.validity(today)).map_or_else(|| Cell::Text("未注明".into()), Cell::Tag)
}

/// The interpretations of these documents, by their paths.
async fn interpretations(public: &Public, body: &str, items: &[Listed]) -> Result<HashMap<String, Vec<Link>>, Error> {
    use public_reference::Column::{Body, Relation, Target};
    let names = items.iter().flat_map(|i| [i.index_no.as_str(), i.number.as_str()]).filter(|n| !n.is_empty());
    let find = public.find::<public_reference::Entity>().filter(Body.eq(body)).filter(Target.is_in(names));
    let mut all: HashMap<String, Vec<Link>> = HashMap::new();
    for row in find.filter(Relation.eq(INTERPRETS)).short().limit(100).all().await? {
        let about = items.iter().filter(|i| row.target == i.index_no || row.target == i.number);
        for item in about {
            all.entry(item.path.clone()).or_default().push(Link::new("解读", &row.path));
        }
    }
    Ok(all)
}

/// A choice by which a list is narrowed down.
pub struct Select {
    pub name: &'static str,
    pub label: &'static str,
    pub value: String,
    pub choices: Vec<Choice>,
}

/// Validity where documents are listed, and the choices of the one kind.
pub fn selects(shape: Shape, query: &Query, one: Option<&'static Kind>) -> Vec<Select> {
    let mut all = vec![];
    if shape == Shape::Library {
        let of_documents = Validity::STATED.iter().filter(|v| !matches!(v, Validity::OnShow | Validity::ShowOver));
        let choices = of_documents.map(|v| Choice::new(v.word(), v.zh())).collect();
        let value = query.validity.map_or("", |(v, _)| v.word());
        all.push(Select { name: "validity", label: "有效性", value: value.into(), choices });
    }
    let kind = if shape == Shape::Library { Kind::parse("policy") } else { one };
    for field in kind.map_or(&[][..], |k| k.fields).iter().filter(|f| f.is_filter) {
        let words = if let Is::Choice(words) = field.is { words } else { YES_NO };
        let value = query.choices.iter().find(|(name, _)| *name == field.name).map_or("", |(_, word)| *word);
        let choices = words.iter().map(|(word, zh)| Choice::new(*word, *zh)).collect();
        all.push(Select { name: field.name, label: field.zh, value: value.into(), choices });
    }
    all
}

/// A short list of a kind that has an order of its own: leaders stand by rank.
pub fn put_in_order(kind: &Kind, items: &mut [Listed]) -> Result<(), Error> {
    let Some(by) = kind.order else { return Ok(()) };
    let mut ranks = HashMap::new();
    for item in items.iter() {
        let rank = data(&item.data)?.get(by).and_then(|kept| kept.parse::<u64>().ok());
        ranks.insert(item.path.clone(), rank.unwrap_or(u64::MAX));
    }
    items.sort_by_key(|item| ranks.get(&item.path).copied());
    Ok(())
}
