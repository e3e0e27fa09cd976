//! A list, as its address asks for it.

use crate::floor::Validity;
use crate::ui;
use kernel::Day;

/// The state of a list's filters; all of it is in the address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// The year in which it was first public.
    pub year: Option<i16>,
    /// A record kind's word, or empty.
    pub kind: String,
    /// Words of the title, or empty.
    pub q: String,
    /// Whether documents are in force, seen from a day.
    pub validity: Option<(Validity, Day)>,
    /// Typed fields and their words.
    pub choices: Vec<(&'static str, &'static str)>,
    /// From 1.
    pub page: u64,
    /// Items on a page: one of [`SIZES`].
    pub size: u64,
}

/// How many items a page of a list may have, the usual number first.
pub const SIZES: [u64; 2] = [20, 50];

impl Default for Query {
    fn default() -> Query {
        Query {
            year: None,
            kind: String::new(),
            q: String::new(),
            validity: None,
            choices: vec![],
            page: 1,
            size: SIZES[0],
        }
    }
}

impl Query {
    pub fn is_filtered(&self) -> bool {
        self.year.is_some() || !self.kind.is_empty() || !self.q.is_empty() || self.looks_closer()
    }

    /// Whether it asks for what no index has.
    pub fn looks_closer(&self) -> bool {
        self.validity.is_some() || !self.choices.is_empty()
    }

    /// All of it but the page, as an address has it.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let validity = self.validity.map_or("", |(v, _)| v.word()).to_owned();
        let choices = self.choices.iter().map(|(name, word)| (*name, (*word).to_owned()));
        let plain = [("year", self.year_text()), ("kind", self.kind.clone()), ("q", self.q.clone())];
        let rest = [("validity", validity), ("size", self.size_text())];
        plain.into_iter().chain(choices).chain(rest).collect()
    }

    pub fn year_text(&self) -> String {
        self.year.map(|y| y.to_string()).unwrap_or_default()
    }

    /// Empty where it is the usual one.
    pub fn size_text(&self) -> String {
        if self.size == SIZES[0] { String::new() } else { self.size.to_string() }
    }

    /// The same list at another address, without its page.
    pub fn href(&self, path: &str) -> String {
        let pairs = self.pairs();
        ui::href(path, &pairs.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>())
    }

    /// The same list in pages of another size, from its beginning.
    pub fn sized(&self, size: u64) -> Query {
        Query { size, page: 1, ..self.clone() }
    }
}

/// In which form a list is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    Page,
    Csv,
    Json,
    Atom,
}

/// The endings of the twins.
pub const TWINS: [(&str, Form); 3] = [(".csv", Form::Csv), (".json", Form::Json), (".atom", Form::Atom)];

/// Which page of a list a reader gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    Page {
        page: u64,
        pages: u64,
    },
    /// Beyond what is paged through: the reader should narrow the list down.
    TooFar,
    /// There is no such page.
    None,
}
