//! XML as a tree that can be changed and written again. What is not changed is written as it was; remarks are left out,
//! because nobody sees them.

use crate::pack::bomb;
use crate::wire::broken;
use crate::xml::{DEEPEST, entity};
use kernel::Refusal;
use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// An element: the words between its angle brackets, and what is in it. The whole document is one without words.
pub struct El<'a> {
    head: Cow<'a, str>,
    pub kids: Vec<Node<'a>>,
}

pub enum Node<'a> {
    El(El<'a>),
    Text(String),
    /// The declaration, and instructions to programs.
    Raw(&'a str),
}

/// What becomes of an element.
pub enum Fate {
    Keep,
    Drop,
    /// Only what is in it stays.
    Unwrap,
}

impl<'a> El<'a> {
    /// # Errors
    /// As [`crate::xml::Xml::within`].
    pub fn parse(bytes: &'a [u8]) -> Result<El<'a>, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| broken())?.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let mut open = vec![El { head: Cow::Borrowed(""), kids: vec![] }];
        loop {
            let from = reader.buffer_position() as usize;
            let event = reader.read_event().map_err(|_| broken())?;
            let raw = text.get(from..reader.buffer_position() as usize).ok_or_else(broken)?;
            let last = open.last_mut().ok_or_else(broken)?;
            match event {
                Event::Start(_) => open.push(El::new(raw)),
                Event::Empty(_) => last.kids.push(Node::El(El::new(raw))),
                Event::End(_) => {
                    let done = open.pop().ok_or_else(broken)?;
                    open.last_mut().ok_or_else(broken)?.kids.push(Node::El(done));
                }
                Event::Text(words) => last.say(&words.decode().map_err(|_| broken())?),
                Event::CData(words) => last.say(&words.decode().map_err(|_| broken())?),
                Event::GeneralRef(name) => last.say(&entity(&name)?),
                Event::Decl(_) | Event::PI(_) => last.kids.push(Node::Raw(raw)),
                Event::Comment(_) => {}
                Event::DocType(_) => return Err(bomb()),
                Event::Eof => break,
            }
            if open.len() > DEEPEST {
                return Err(bomb());
            }
        }
        if open.len() == 1 { open.pop().ok_or_else(broken) } else { Err(broken()) }
    }

    fn new(raw: &'a str) -> El<'a> {
        let head = raw.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim_end();
        El { head: Cow::Borrowed(head), kids: vec![] }
    }

    /// An element that was not in the document.
    pub fn made(head: String, kids: Vec<Node<'a>>) -> El<'a> {
        El { head: Cow::Owned(head), kids }
    }

    fn say(&mut self, words: &str) {
        match self.kids.last_mut() {
            Some(Node::Text(text)) => text.push_str(words),
            _ => self.kids.push(Node::Text(words.to_owned())),
        }
    }

    /// With its prefix.
    pub fn whole_name(&self) -> &str {
        self.head.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default()
    }

    /// Without its prefix.
    pub fn name(&self) -> &str {
        let whole = self.whole_name();
        whole.rsplit_once(':').map_or(whole, |(_, name)| name)
    }

    /// Names with prefix, and values without escapes.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let start = BytesStart::from_content(self.head.as_ref(), self.whole_name().len());
        let pair = |a: quick_xml::events::attributes::Attribute| {
            let value = String::from_utf8_lossy(&a.value).into_owned();
            let plain = quick_xml::escape::unescape(&value).map(Cow::into_owned).unwrap_or_default();
            (String::from_utf8_lossy(a.key.into_inner()).into_owned(), plain)
        };
        start.attributes().with_checks(false).flatten().map(pair).collect()
    }

    pub fn set_attributes(&mut self, all: &[(String, String)]) {
        let mut head = self.whole_name().to_owned();
        for (name, value) in all {
            head.push_str(&format!(" {name}=\"{}\"", escape(value.as_str())));
        }
        self.head = Cow::Owned(head);
    }

    /// The value of an attribute, by its name with prefix, or without one.
    pub fn get(&self, name: &str) -> Option<String> {
        let is = |whole: &str| whole == name || whole.rsplit_once(':').is_some_and(|(_, own)| own == name);
        self.attributes().into_iter().find(|(whole, _)| is(whole)).map(|(_, value)| value)
    }

    /// Leaves out attributes.
    pub fn strip(&mut self, gone: impl Fn(&str) -> bool) {
        if self.head.contains('=') {
            let mut all = self.attributes();
            let count = all.len();
            all.retain(|(name, _)| !gone(name));
            if all.len() < count {
                self.set_attributes(&all);
            }
        }
    }

    /// A switch that is on where its `val` does not say otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }

    pub fn elements(&self) -> impl Iterator<Item = &El<'a>> {
        self.kids.iter().filter_map(|kid| if let Node::El(el) = kid { Some(el) } else { None })
    }

    /// All words in it.
    pub fn words(&self) -> String {
        let one = |kid: &Node| match kid {
            Node::El(el) => el.words(),
            Node::Text(text) => text.clone(),
            Node::Raw(_) => String::new(),
        };
        self.kids.iter().map(one).collect()
    }

    /// Every element below, those around it first.
    pub fn each<'t>(&'t self, see: &mut impl FnMut(&'t El<'a>)) {
        for el in self.elements() {
            see(el);
            el.each(see);
        }
    }

    /// Decides on every element below, those around it first.
    pub fn prune(&mut self, judge: &mut impl FnMut(&mut El<'a>) -> Fate) {
        let mut kept = Vec::with_capacity(self.kids.len());
        for kid in std::mem::take(&mut self.kids) {
            let Node::El(mut el) = kid else {
                kept.push(kid);
                continue;
            };
            match judge(&mut el) {
                Fate::Drop => {}
                Fate::Keep => {
                    el.prune(judge);
                    kept.push(Node::El(el));
                }
                Fate::Unwrap => {
                    el.prune(judge);
                    kept.append(&mut el.kids);
                }
            }
        }
        self.kids = kept;
    }

    pub fn write(&self) -> Vec<u8> {
        let mut out = String::new();
        self.kids.iter().for_each(|kid| write(kid, &mut out));
        out.into_bytes()
    }
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::Raw(raw) => out.push_str(raw),
        Node::Text(text) => out.push_str(&escape(text.as_str())),
        Node::El(el) if el.kids.is_empty() => out.push_str(&format!("<{}/>", el.head)),
        Node::El(el) => {
            out.push_str(&format!("<{}>", el.head));
            el.kids.iter().for_each(|kid| write(kid, out));
            out.push_str(&format!("</{}>", el.whole_name()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_written_as_it_was_read() {
        let text = "<?xml version=\"1.0\"?><a x=\"1 &amp; 2\"><b/>甲 &amp; 乙<w:c d='3'> </w:c></a>";
        let mut tree = El::parse(text.as_bytes()).expect("reads");
        assert_eq!(String::from_utf8(tree.write()).expect("text"), text);
        tree.prune(&mut |el| match el.name() {
            "b" => Fate::Drop,
            "c" => Fate::Unwrap,
            _ => Fate::Keep,
        });
        assert_eq!(tree.words(), "甲 & 乙 ");
        assert!(El::parse(b"<a><b></a>").is_err() && El::parse(b"<a>").is_err());
    }
}
