//! Splits a page into words and tags in linear time, whatever it holds. A tree of a hostile page can cost quadratic
//! time and memory (unclosed elements are opened again in each block), and the importer needs none.

/// A piece of a page. Names are as written; attributes are the raw rest of the tag.
#[derive(Debug, PartialEq)]
pub enum Token<'a> {
    Text(&'a str),
    Open(&'a str, &'a str),
    Close(&'a str),
}

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "title", "textarea", "noscript", "iframe", "xmp"];

pub struct Tokens<'a> {
    rest: &'a str,
    raw: Option<&'a str>,
    /// No comment ends in what is left, so that it is not searched for again.
    endless: bool,
}

impl<'a> Tokens<'a> {
    pub fn new(page: &'a str) -> Tokens<'a> {
        Tokens { rest: page, raw: None, endless: false }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Passes a comment, a doctype or a processing instruction.
    fn pass(&mut self) {
        if self.rest.starts_with("<!--") && !self.endless {
            match self.rest.find("-->") {
                Some(at) => {
                    self.take(at + 3);
                    return;
                }
                None => self.endless = true,
            }
        }
        self.take(self.rest.find('>').map_or(self.rest.len(), |at| at + 1));
    }

    fn tag(&mut self) -> Token<'a> {
        let close = self.rest.starts_with("</");
        let tag = self.take(end(self.rest));
        let inner = &tag[if close { 2 } else { 1 }..];
        let inner = inner.strip_suffix('>').unwrap_or(inner);
        let length = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(length);
        if close {
            return Token::Close(name);
        }
        self.raw = RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)).then_some(name);
        Token::Open(name, attributes)
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let closes = |(at, _): &(usize, &str)| {
                let tail = self.rest.as_bytes().get(at + 2..at + 2 + name.len());
                tail.is_some_and(|tail| tail.eq_ignore_ascii_case(name.as_bytes()))
            };
            let length = self.rest.match_indices("</").find(closes).map_or(self.rest.len(), |(at, _)| at);
            return Some(Token::Text(self.take(length)));
        }
        loop {
            let mut chars = self.rest.chars();
            if chars.next()? != '<' {
                let length = self.rest.find('<').unwrap_or(self.rest.len());
                return Some(Token::Text(self.take(length)));
            }
            match (chars.next(), chars.next()) {
                (Some('!' | '?'), _) => self.pass(),
                (Some('/'), Some(c)) | (Some(c), _) if c.is_ascii_alphabetic() => return Some(self.tag()),
                _ => return Some(Token::Text(self.take(1))),
            }
        }
    }
}

/// The length of the tag at the beginning: to the first `>` outside quoted values.
fn end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut value) = (0, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            b'"' | b'\'' if value => {
                let Some(length) = bytes[at + 1..].iter().position(|b| *b == byte) else { break };
                at += length + 1;
                value = false;
            }
            b'=' => value = true,
            b if !b.is_ascii_whitespace() => value = false,
            _ => {}
        }
        at += 1;
    }
    text.find('>').map_or(text.len(), |at| at + 1)
}

/// The value of an attribute, empty where it has none; character references are read.
pub fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_whitespace() || c == '/' || c == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            return None;
        }
        let name = &rest[..length];
        rest = rest[length..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
        }
        if name.eq_ignore_ascii_case(wanted) {
            return Some(super::entity::decode(value));
        }
    }
}
