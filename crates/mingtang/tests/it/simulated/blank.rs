//! A form as it stands before it is filled in, and how somebody fills it in who knows little of it.

use super::{Bureau, CANARY};
use crate::html::{self, Piece, Tag};

/// What a person sees of a field.
#[derive(PartialEq, Debug)]
enum Shape {
    Hidden,
    Text,
    Day,
    Number,
    /// The values there are to choose from.
    Choice(Vec<String>),
}

#[derive(PartialEq, Debug)]
pub struct Blank {
    pub name: String,
    pub value: String,
    shape: Shape,
}

/// The fields of the first form that leads to an address; `None` where no form does.
pub fn blanks(page: &str, action: &str) -> Option<Vec<Blank>> {
    let (mut found, mut open, mut select): (Option<Vec<Blank>>, _, Option<String>) = (None, false, None);
    for piece in html::pieces(page) {
        let Piece::Tag(tag) = piece else { continue };
        if tag.name == "form" {
            let to = tag.get("action").unwrap_or_default();
            let is_it = !tag.closes && to.split('#').next() == Some(action) && found.is_none();
            open = is_it;
            if is_it {
                found = Some(vec![]);
            }
            continue;
        }
        let Some(all) = found.as_mut().filter(|_| open) else { continue };
        match (tag.name.as_str(), tag.closes) {
            ("select", true) => select = None,
            ("select", false) => {
                select = tag.get("name").map(str::to_owned);
                all.extend(select.clone().map(|name| blank(name, Shape::Choice(vec![]), "")));
            }
            ("option", false) => choose(all, select.as_deref(), &tag, "selected"),
            ("textarea", false) => all.extend(tag.get("name").map(|n| blank(n.into(), Shape::Text, ""))),
            ("input", _) => input(all, &tag),
            _ => {}
        }
    }
    found
}

fn blank(name: String, shape: Shape, value: &str) -> Blank {
    Blank { name, shape, value: value.into() }
}

fn input(all: &mut Vec<Blank>, tag: &Tag) {
    let (Some(name), value) = (tag.get("name"), tag.get("value").unwrap_or_default()) else { return };
    let shape = match tag.get("type").unwrap_or("text") {
        "hidden" => Shape::Hidden,
        "date" => Shape::Day,
        "number" => Shape::Number,
        "radio" => {
            if !all.iter().any(|b| b.name == name) {
                all.push(blank(name.into(), Shape::Choice(vec![]), ""));
            }
            return choose(all, Some(name), tag, "checked");
        }
        "checkbox" | "file" | "password" | "submit" => return,
        _ => Shape::Text,
    };
    all.push(blank(name.into(), shape, value));
}

fn choose(all: &mut [Blank], name: Option<&str>, tag: &Tag, chosen: &str) {
    let value = tag.get("value").unwrap_or_default();
    let Some(blank) = all.iter_mut().rfind(|b| Some(b.name.as_str()) == name) else { return };
    if let Shape::Choice(values) = &mut blank.shape
        && !value.is_empty()
    {
        values.push(value.to_owned());
    }
    if tag.get(chosen).is_some() {
        blank.value = value.to_owned();
    }
}

impl Bureau {
    /// Every field as somebody might fill it in; what is hidden goes back as it came.
    pub fn filled(&mut self, blanks: &[Blank]) -> Vec<(String, String)> {
        let all = blanks.iter().filter(|b| b.name != "csrf" && b.name != "website");
        all.map(|b| (b.name.clone(), self.answer(b))).collect()
    }

    fn answer(&mut self, blank: &Blank) -> String {
        // Now and then a field is left as it is.
        if blank.shape == Shape::Hidden || self.chance(30) {
            return blank.value.clone();
        }
        match &blank.shape {
            Shape::Day => self.some_day(&blank.name).to_string(),
            Shape::Number if blank.name == "year" => self.today.year().to_string(),
            Shape::Number => (1 + self.dice.below(2)).to_string(),
            Shape::Choice(values) => self.pick(values).cloned().unwrap_or_default(),
            _ if blank.value.is_empty() => format!("{CANARY} {}", self.dice.below(1000)),
            _ => blank.value.clone(),
        }
    }

    /// Mostly a day that fits, and sometimes any.
    fn some_day(&mut self, name: &str) -> kernel::Day {
        let ahead = match name {
            _ if self.chance(150) => self.dice.below(50) as i32 - 10,
            "until" => 31 + self.dice.below(5) as i32,
            "correct_by" => 5 + self.dice.below(10) as i32,
            _ => 0,
        };
        self.today.plus(ahead)
    }
}

#[test]
fn a_form_is_read_with_all_that_can_be_chosen() {
    let page = r#"<form action="/b"></form><form method=post action="/a#err"><input type=hidden name=once value=7>
        <input type=radio name=r value=x><input type=radio name=r value=y checked><input type=date name=d>
        <select name=s><option value="">-<option value=1 selected>1</select><textarea name=t>
        </textarea></form><form action="/a"><input name=other></form>"#;
    let found = blanks(page, "/a").expect("a form");
    let names: Vec<&str> = found.iter().map(|b| b.name.as_str()).collect();
    assert_eq!(names, ["once", "r", "d", "s", "t"]);
    assert_eq!((found[1].value.as_str(), &found[1].shape), ("y", &Shape::Choice(vec!["x".into(), "y".into()])));
    assert_eq!((found[3].value.as_str(), &found[3].shape), ("1", &Shape::Choice(vec!["1".into()])));
    assert_eq!((blanks(page, "/c"), &found[0].shape, &found[2].shape), (None, &Shape::Hidden, &Shape::Day));
}
