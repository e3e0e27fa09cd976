//! XML as a stream of steps. Names are taken without their prefix: office programs always use the same few.

use crate::pack::bomb;
use crate::wire::broken;
use kernel::Refusal;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::borrow::Cow;

/// How deep elements may nest; real documents stay below fifty.
pub const DEEPEST: usize = 256;

/// A document and where we are in it.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

pub enum Step<'a> {
    Open(Tag<'a>),
    Text(Cow<'a, str>),
    Close,
}

/// The beginning of an element.
pub struct Tag<'a>(BytesStart<'a>);

impl<'a> Xml<'a> {
    pub fn new(bytes: &'a [u8]) -> Xml<'a> {
        let mut reader = Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, depth: 0 }
    }

    /// How many elements are open: what [`Xml::within`] is asked with, directly after a step opened one.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next step inside the element that was opened at this depth; `None` when it has closed.
    ///
    /// # Errors
    /// `file-broken`; `file-bomb` for a document type of its own, which could multiply text, and for deep nesting.
    pub fn within(&mut self, depth: usize) -> Result<Option<Step<'a>>, Refusal> {
        loop {
            let step = match self.reader.read_event().map_err(|_| broken())? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(bomb());
                    }
                    Step::Open(Tag(start))
                }
                Event::End(_) => {
                    self.depth -= 1;
                    if self.depth < depth {
                        return Ok(None);
                    }
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.decode().map_err(|_| broken())?),
                Event::CData(text) => Step::Text(text.decode().map_err(|_| broken())?),
                Event::GeneralRef(name) => Step::Text(entity(&name)?),
                Event::DocType(_) => return Err(bomb()),
                Event::Eof if self.depth == 0 => return Ok(None),
                Event::Eof => return Err(broken()),
                _ => continue,
            };
            return Ok(Some(step));
        }
    }

    /// The next element that opens inside; words and ends are passed over.
    pub fn open(&mut self, depth: usize) -> Result<Option<Tag<'a>>, Refusal> {
        while let Some(step) = self.within(depth)? {
            if let Step::Open(tag) = step {
                return Ok(Some(tag));
            }
        }
        Ok(None)
    }

    /// Passes over the element that was opened last.
    pub fn skip(&mut self) -> Result<(), Refusal> {
        let depth = self.depth;
        while self.within(depth)?.is_some() {}
        Ok(())
    }

    /// All words of the element that was opened last.
    pub fn words(&mut self) -> Result<String, Refusal> {
        let (depth, mut words) = (self.depth, String::new());
        while let Some(step) = self.within(depth)? {
            if let Step::Text(text) = step {
                words.push_str(&text);
            }
        }
        Ok(words)
    }
}

pub fn entity(name: &BytesRef) -> Result<Cow<'static, str>, Refusal> {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return Ok(Cow::Owned(c.to_string()));
    }
    let name = name.decode().map_err(|_| broken())?;
    Ok(Cow::Borrowed(match &*name {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "quot" => "\"",
        "apos" => "'",
        _ => return Err(broken()),
    }))
}

impl Tag<'_> {
    /// Without its prefix.
    pub fn name(&self) -> &str {
        std::str::from_utf8(self.0.local_name().into_inner()).unwrap_or_default()
    }

    /// The value of an attribute, by its name without prefix, or with one where `name` has one.
    pub fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|attribute| {
            let whole = attribute.key.into_inner();
            whole == name.as_bytes() || attribute.key.local_name().into_inner() == name.as_bytes()
        })?;
        let raw = std::str::from_utf8(&found.value).ok()?;
        Some(unescape(raw).ok()?.into_owned())
    }

    /// A number in an attribute.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.trim().parse().ok()
    }

    /// A switch that is on where its `val` does not say otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}
