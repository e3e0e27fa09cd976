//! A list, as its address asks for it.

use crate::ui;

/// The state of a list's filters; all of it is in the address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// The year of publication.
    pub year: Option<i16>,
    /// A record kind's word, or empty.
    pub kind: String,
    /// Words of the title, or empty.
    pub q: String,
    /// From 1.
    pub page: u64,
}

impl Default for Query {
    fn default() -> Query {
        Query { year: None, kind: String::new(), q: String::new(), page: 1 }
    }
}

impl Query {
    pub fn is_filtered(&self) -> bool {
        self.year.is_some() || !self.kind.is_empty() || !self.q.is_empty()
    }

    pub fn year_text(&self) -> String {
        self.year.map(|y| y.to_string()).unwrap_or_default()
    }

    /// The same list at another address, without its page.
    pub fn href(&self, path: &str) -> String {
        ui::href(path, &[("year", &self.year_text()), ("kind", &self.kind), ("q", &self.q)])
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
