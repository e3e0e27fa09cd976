//! The running text of a page, cut into blocks.

use super::list::List;
use super::table::Table;
use super::tokens::attribute;
use kernel::{Block, block::clean};

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Whether an element begins and ends a paragraph.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

#[derive(Default)]
pub struct Flow {
    pub blocks: Vec<Block>,
    /// How many paragraphs, items and cells there are so far.
    pub pieces: usize,
    /// Whether the page has an `h1`, which is its title.
    pub has_h1: bool,
    /// The words since the last break, spaces as written. `\u{2028}` is a line break that was asked for.
    words: String,
    heading: Option<u8>,
    /// In `pre` line breaks count.
    literal: bool,
    /// Where `sup` or `sub` began in `words`.
    raised: Option<usize>,
    list: Option<List>,
    /// The open tables; `None` is one that only lays out the page.
    tables: Vec<Option<Table>>,
}

impl Flow {
    pub fn text(&mut self, text: &str) {
        if self.literal {
            let mut lines = text.split('\n');
            self.words.extend(lines.next());
            for line in lines {
                self.flush();
                self.words.push_str(line);
            }
        } else {
            self.words.extend(text.chars().map(|c| if c == '\u{2028}' { ' ' } else { c }));
        }
    }

    pub fn open(&mut self, name: &str, attributes: &str) {
        if is_block(name) {
            self.flush();
        }
        match name {
            "br" if self.heading.is_some() || self.in_cell() || self.list.is_some() => self.words.push('\u{2028}'),
            "br" => self.flush(),
            "sup" | "sub" => self.raised = Some(self.words.len()),
            "pre" => self.literal = true,
            "img" => self.image(attributes),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = name[1..].parse().ok(),
            "ol" | "ul" => self.open_list(name == "ol", attributes),
            "li" => self.open_item(attributes),
            "table" => self.open_table(),
            "tr" | "td" | "th" | "caption" => {
                self.pieces += 1;
                if let Some(Some(table)) = self.tables.last_mut() {
                    table.open(name, attributes);
                }
            }
            _ => {}
        }
    }

    pub fn close(&mut self, name: &str) {
        if is_block(name) {
            self.flush();
        }
        match name {
            "sup" | "sub" => self.raise(name == "sup"),
            "pre" => self.literal = false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = None,
            "ol" | "ul" => self.close_list(),
            "table" => self.close_table(),
            "tr" | "td" | "th" | "caption" => {
                if let Some(Some(table)) = self.tables.last_mut() {
                    table.close();
                }
            }
            _ => {}
        }
    }

    /// Closes what a page left open.
    pub fn end(&mut self) {
        self.flush();
        self.end_list();
        while !self.tables.is_empty() {
            self.close_table();
        }
    }

    fn in_cell(&self) -> bool {
        matches!(self.tables.last(), Some(Some(table)) if table.is_open())
    }

    /// Ends the paragraph.
    pub fn flush(&mut self) {
        self.raised = None;
        let words = std::mem::take(&mut self.words);
        if let Some(Some(table)) = self.tables.last_mut().filter(|table| table.as_ref().is_some_and(Table::is_open)) {
            words.split('\u{2028}').for_each(|line| table.text(&collapse(line)));
            return;
        }
        let text = collapse(&words);
        if text.is_empty() {
            return;
        }
        self.pieces += 1;
        if let Some(list) = &mut self.list {
            return list.text(&text);
        }
        self.has_h1 |= self.heading == Some(1);
        self.blocks.push(match self.heading {
            Some(level) => Block::Heading { level, text },
            None => Block::Paragraph { text },
        });
    }

    fn image(&mut self, attributes: &str) {
        self.pieces += 1;
        let source = attribute(attributes, "src").unwrap_or_default();
        let path = source.split(['?', '#']).next().unwrap_or_default();
        let name = match source.strip_prefix("data:image/") {
            Some(data) => {
                let kind: String = data.chars().take_while(char::is_ascii_alphanumeric).take(8).collect();
                format!("image-{}.{kind}", self.blocks.len() + 1)
            }
            None => clean(path.rsplit(['/', '\\']).next().unwrap_or_default()),
        };
        if name.is_empty() || name.len() > 255 {
            return;
        }
        let alt = clean(&attribute(attributes, "alt").unwrap_or_default());
        let image = Block::Image { file: name, alt, caption: String::new() };
        if let Some(Some(table)) = self.tables.last_mut() {
            table.after.push(image);
        } else if let Some(list) = &mut self.list {
            list.after.push(image);
        } else {
            self.flush();
            self.blocks.push(image);
        }
    }

    /// `m<sup>3</sup>` is m³: without its mark the number would say something else.
    fn raise(&mut self, up: bool) {
        let Some(at) = self.raised.take() else { return };
        let digits = if up { "⁰¹²³⁴⁵⁶⁷⁸⁹" } else { "₀₁₂₃₄₅₆₇₈₉" };
        let marked = self.words[at..].trim().chars().map(|c| digits.chars().nth(c.to_digit(10)? as usize)).collect();
        if let Some(marked) = marked {
            self.words.truncate(at);
            let marked: String = marked;
            self.words.push_str(&marked);
        }
    }

    fn open_list(&mut self, ordered: bool, attributes: &str) {
        let start = attribute(attributes, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        self.pieces += 1;
        self.list.get_or_insert_default().open(ordered.then_some(start));
    }

    /// In a cell an item is a line that carries its number.
    fn open_item(&mut self, attributes: &str) {
        let in_cell = self.in_cell();
        let Some(list) = &mut self.list else { return };
        self.pieces += 1;
        let number = list.number(attribute(attributes, "value").as_deref());
        match number {
            _ if !in_cell => list.item(number),
            Some(number) => self.words = format!("{number}. "),
            None => {}
        }
    }

    fn close_list(&mut self) {
        if self.list.as_mut().is_some_and(List::close) {
            self.end_list();
        }
    }

    fn end_list(&mut self) {
        self.blocks.extend(self.list.take().map(List::blocks).unwrap_or_default());
    }

    /// A table ends the list it stands in, and shows that a table it stands in is none.
    fn open_table(&mut self) {
        self.pieces += 1;
        self.end_list();
        if let Some(outer) = self.tables.last_mut().and_then(Option::take) {
            self.blocks.extend(outer.words());
        }
        self.tables.push(Some(Table::default()));
    }

    fn close_table(&mut self) {
        if let Some(Some(table)) = self.tables.pop() {
            self.blocks.extend(table.blocks(&mut self.pieces));
        }
    }
}

/// What a reader sees of spaces: a run is one; a line break between two Han characters is none.
fn collapse(words: &str) -> String {
    let words = words.replace('\u{2028}', "\n");
    let mut out = String::with_capacity(words.len());
    let mut rest = words.trim_start();
    while let Some(at) = rest.find(|c: char| c.is_ascii_whitespace()) {
        out.push_str(&rest[..at]);
        let after = rest[at..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        let gap = &rest[at..rest.len() - after.len()];
        let wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
        if !(gap.contains('\n') && wide(out.chars().next_back()) && wide(after.chars().next())) {
            out.push(' ');
        }
        rest = after;
    }
    out.push_str(rest);
    clean(&out)
}
