//! What this body may not publish itself, and the words that give it away. A person settles each hit.

use crate::Law;
use crate::basis::{Basis, cites, plain_faults};
use crate::sign::{Occurrence, Text, Vocabulary, WordId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// What `prohibitions.toml` says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProhibitionRules {
    /// Lists of words that signs name as `@disease`.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<String>>,
    #[serde(rename = "prohibition")]
    pub entries: Vec<Prohibition>,
    /// Every word of signs and exceptions; filled when the law is loaded.
    #[serde(skip)]
    vocabulary: Vocabulary,
}

/// One thing that others alone may publish, or nobody.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Prohibition {
    /// Never changes: `EPIDEMIC`.
    pub code: String,
    pub subject: String,
    /// Who alone may publish it.
    pub publisher: String,
    /// The rule in our own words.
    pub why: String,
    /// What to do instead.
    pub instead: String,
    pub basis: Vec<Basis>,
    /// Any of them is a hit.
    #[serde(rename = "sign")]
    pub signs: Vec<Sign>,
    #[serde(default, rename = "except")]
    pub exceptions: Vec<Exception>,
    /// The citations, joined by 、; put together when the law is loaded.
    #[serde(skip)]
    pub cite: String,
}

/// Words that give a thing away: one of `any`, or one of each list of `near` within `window` characters of a sentence.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sign {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Vec<String>>,
    /// In characters, from the first word's beginning to the last word's end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<usize>,
    /// Words that spoil the sign where they stand in a clause that it touches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<String>,
    /// `near` (or `any` as its only list) and `unless` with their lists unfolded when the law is loaded.
    #[serde(skip)]
    lists: Vec<Vec<WordId>>,
    #[serde(skip)]
    spoilers: Vec<WordId>,
}

/// Words that excuse every sign of an entry.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Exception {
    pub within: Within,
    pub any: Vec<String>,
    /// Why it is allowed, for whoever reads the file.
    pub why: String,
    #[serde(skip)]
    words: Vec<WordId>,
}

/// How far a word of an exception reaches.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// From comma to comma.
    Clause,
    Sentence,
    Paragraph,
    Text,
}

/// A place of a text that may not go out as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit<'a> {
    pub entry: &'a Prohibition,
    /// The clauses that give it away, without the mark that ends them, in bytes of the text.
    pub range: Range<usize>,
}

impl Hit<'_> {
    /// For the person who settles it: the rule, who may publish, what to do, the article.
    pub fn zh(&self) -> String {
        let Prohibition { why, publisher, instead, cite, .. } = self.entry;
        format!("{why}有权公布：{publisher}。{instead}（{cite}）")
    }
}

impl ProhibitionRules {
    /// Every place of a plain text that gives away something prohibited, in order; at most one for each entry and
    /// sentence. The text is taken as it stands: paragraphs end with a line.
    pub fn hits<'a>(&'a self, text: &str) -> Vec<Hit<'a>> {
        let text = Text::new(text, &self.vocabulary);
        let mut hits: Vec<Hit> = self.entries.iter().flat_map(|entry| entry.hits(&text)).collect();
        hits.sort_by_key(|hit| (hit.range.start, hit.range.end));
        hits
    }

    /// By its code.
    pub fn entry(&self, code: &str) -> Option<&Prohibition> {
        self.entries.iter().find(|e| e.code == code)
    }
}

impl Prohibition {
    fn hits<'a>(&'a self, text: &Text) -> Vec<Hit<'a>> {
        let mut found: Vec<Range<usize>> = self.signs.iter().flat_map(|sign| sign.places(text)).collect();
        if found.is_empty() {
            return Vec::new();
        }
        let excused = |range: &Range<usize>| self.exceptions.iter().any(|e| e.excuses(text, range));
        found.retain(|range| !excused(range));
        found.sort_by_key(|range| range.start);
        found.dedup_by_key(|range| text.sentence(range.start).start);
        found.into_iter().map(|range| Hit { entry: self, range: text.bare(&range) }).collect()
    }

    fn unfold(&mut self, names: &mut Names) -> Result<(), String> {
        for sign in &mut self.signs {
            let wanted = if sign.any.is_empty() { sign.near.clone() } else { vec![sign.any.clone()] };
            sign.lists = wanted.iter().map(|words| names.ids(words)).collect::<Result<_, _>>()?;
            sign.spoilers = names.ids(&sign.unless)?;
            // The rarest list first: where it has nothing, the others need not be looked at.
            sign.lists.sort_by_key(Vec::len);
            match (sign.any.is_empty(), sign.near.len(), sign.window) {
                (false, 0, None) => {}
                (true, 2.., Some(1..)) if sign.lists.iter().all(|list| !list.is_empty()) => {}
                _ => return Err("a sign is `any`, or `near` of two lists or more with a window".to_owned()),
            }
        }
        for exception in &mut self.exceptions {
            exception.words = names.ids(&exception.any)?;
            if exception.words.is_empty() || exception.why.is_empty() {
                return Err("an exception without words or reason".to_owned());
            }
        }
        Ok(())
    }
}

impl Sign {
    fn places(&self, text: &Text) -> Vec<Range<usize>> {
        let Some((first, others)) = self.lists.split_first() else { return Vec::new() };
        let anchors = text.find(first);
        if anchors.is_empty() {
            return anchors;
        }
        let others: Vec<Vec<Occurrence>> = others.iter().map(|list| text.find(list)).collect();
        let window = self.window.unwrap_or(usize::MAX);
        let places = anchors.into_iter().filter_map(|anchor| text.nearest(anchor, &others, window));
        places.filter(|range| !text.holds(text.clauses(range), &self.spoilers)).collect()
    }
}

impl Exception {
    fn excuses(&self, text: &Text, hit: &Range<usize>) -> bool {
        let region = match self.within {
            Within::Clause => text.clauses(hit),
            Within::Sentence => text.sentence(hit.start),
            Within::Paragraph => text.paragraph(hit.start),
            Within::Text => text.whole(),
        };
        text.holds(region, &self.words)
    }
}

/// The lists, and the vocabulary that grows from them.
struct Names<'a> {
    lists: &'a BTreeMap<String, Vec<String>>,
    vocabulary: Vocabulary,
}

impl Names<'_> {
    /// The words' ids, with `@name` replaced by the words of that list.
    fn ids(&mut self, words: &[String]) -> Result<Vec<WordId>, String> {
        let mut out = Vec::new();
        for word in words {
            let plain = match word.strip_prefix('@') {
                None => std::slice::from_ref(word),
                Some(name) => self.lists.get(name).ok_or_else(|| format!("no list {name}"))?,
            };
            for word in plain {
                out.push(self.vocabulary.add(word).ok_or_else(|| format!("not a word: {word}"))?);
            }
        }
        Ok(out)
    }
}

/// Fills in citations and words; says what is unsound.
pub(crate) fn check(law: &mut Law) -> Vec<String> {
    let ProhibitionRules { lists, entries, vocabulary } = &mut law.prohibitions;
    let nested = lists.iter().filter(|(_, words)| words.iter().any(|word| word.starts_with('@')));
    let nested = nested.map(|(name, _)| format!("prohibitions: list {name} names another list"));
    let texts = |e: &Prohibition| [&e.subject, &e.publisher, &e.why, &e.instead].map(String::clone);
    let all: Vec<_> = entries.iter().map(|e| (e.code.clone(), texts(e))).collect();
    let plain = all.iter().map(|(code, texts)| (code.as_str(), texts.iter().map(String::as_str).collect()));
    let mut faults = plain_faults("prohibition", plain);
    faults.extend(nested);
    let mut names = Names { lists, vocabulary: Vocabulary::default() };
    for entry in entries {
        let mut found = Vec::new();
        found.extend(entry.basis.iter_mut().filter_map(|b| b.resolve(&law.instruments).err()));
        found.extend(entry.unfold(&mut names).err());
        if entry.basis.is_empty() || entry.signs.is_empty() {
            found.push("no basis or no sign".to_owned());
        }
        entry.cite = cites(&entry.basis);
        faults.extend(found.into_iter().map(|fault| format!("prohibition {}: {fault}", entry.code)));
    }
    *vocabulary = names.vocabulary;
    faults.extend(vocabulary.seal().err().map(|fault| format!("prohibitions: {fault}")));
    faults
}
