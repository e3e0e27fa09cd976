//! From a plan to what the index is asked: which pages match, and what raises them.

use super::gram;
use super::index::Fields;
use super::plan::{Group, Plan};
use std::ops::Bound;
use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, InvertedIndexRangeQuery, Occur, PhrasePrefixQuery, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

/// A word in the title counts so many times.
const TITLE: f32 = 2.5;
/// The whole query as it stands, in the title and anywhere.
const WHOLE_TITLE: f32 = 3.0;
const WHOLE_TEXT: f32 = 1.0;
/// Tokens that a last single character may begin.
const OPEN_MAX: u32 = 20_000;
/// Of the words of a query without an answer so many in ten must be found.
const TENTHS: usize = 5;

/// What raises a hit, told apart for people.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// The words, anywhere.
    Text,
    /// The words in the title.
    Title,
    /// All of them together, as they were typed.
    Whole,
}

impl Part {
    pub const ALL: [Part; 3] = [Part::Text, Part::Title, Part::Whole];

    pub fn zh(self) -> &'static str {
        match self {
            Part::Text => "正文和要素",
            Part::Title => "标题",
            Part::Whole => "整句",
        }
    }
}

type Clause = Box<dyn Query>;

/// The query for a plan. `loose`: some of its words are enough. `None` where it asks for nothing.
pub fn of(plan: &Plan, fields: &Fields, body: Option<&str>, loose: bool) -> Option<BooleanQuery> {
    let mut clauses: Vec<(Occur, Clause)> = vec![];
    let must: Vec<Clause> = plan.groups.iter().filter(|g| !g.optional).filter_map(|g| group(g, fields.text)).collect();
    if must.is_empty() {
        return None;
    }
    if loose && must.len() > 1 {
        let least = (must.len() * TENTHS).div_ceil(10).max(1);
        let some = BooleanQuery::union_with_minimum_required_clauses(must, least);
        clauses.push((Occur::Must, Box::new(some)));
    } else {
        clauses.extend(must.into_iter().map(|clause| (Occur::Must, clause)));
    }
    for clause in [part(plan, fields, Part::Title), part(plan, fields, Part::Whole)].into_iter().flatten() {
        clauses.push((Occur::Should, clause));
    }
    let helpful = plan.groups.iter().filter(|g| g.optional && g.word.chars().count() > 1);
    clauses.extend(helpful.filter_map(|g| Some((Occur::Should, group(g, fields.text)?))));
    if let Some(body) = body {
        let term = Term::from_field_text(fields.body, body);
        let mine = TermQuery::new(term, IndexRecordOption::Basic);
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(Box::new(mine), 0.0))));
    }
    Some(BooleanQuery::new(clauses))
}

/// Any of the tokens of some words.
pub fn pairs(words: &str, field: Field) -> BooleanQuery {
    let term = |gram: gram::Gram| Term::from_field_text(field, &gram.text);
    BooleanQuery::new_multiterms_query(gram::grams(words).into_iter().map(term).collect())
}

/// All of some words, as they stand.
pub fn phrases(words: &[String], field: Field) -> BooleanQuery {
    BooleanQuery::intersection(words.iter().filter_map(|text| word(text, field)).collect())
}

/// A part of the score on its own, with the weight that it has in the whole.
pub fn part(plan: &Plan, fields: &Fields, part: Part) -> Option<Clause> {
    let sought = || plan.groups.iter().filter(|g| !g.optional);
    let union = |all: Vec<Clause>, weight: f32| -> Option<Clause> {
        (!all.is_empty()).then(|| Box::new(BoostQuery::new(Box::new(BooleanQuery::union(all)), weight)) as Clause)
    };
    match part {
        Part::Text => union(sought().filter_map(|g| group(g, fields.text)).collect(), 1.0),
        Part::Title => union(sought().filter_map(|g| group(g, fields.title)).collect(), TITLE),
        // A single word as a whole is the word again.
        Part::Whole if sought().count() < 2 => None,
        Part::Whole => {
            let whole = |field, weight| Some(boosted(word(&plan.whole, field)?, weight));
            union(
                [whole(fields.title, WHOLE_TITLE), whole(fields.text, WHOLE_TEXT)].into_iter().flatten().collect(),
                1.0,
            )
        }
    }
}

/// By document or index number.
pub fn number(key: &str, fields: &Fields) -> Clause {
    Box::new(TermQuery::new(Term::from_field_text(fields.number, key), IndexRecordOption::Basic))
}

fn boosted(query: Clause, weight: f32) -> Clause {
    Box::new(BoostQuery::new(query, weight))
}

/// A word, or what may stand for it.
fn group(group: &Group, field: Field) -> Option<Clause> {
    let itself = word(&group.word, field);
    let others = group.others.iter().filter_map(|(other, weight)| Some(boosted(word(other, field)?, *weight)));
    let mut all: Vec<Clause> = itself.into_iter().chain(others).collect();
    if all.len() > 1 { Some(Box::new(BooleanQuery::union(all))) } else { all.pop() }
}

/// One word in one field.
fn word(text: &str, field: Field) -> Option<Clause> {
    let wanted = gram::wanted(text)?;
    let term = |text: &str| Term::from_field_text(field, text);
    let mut terms: Vec<(usize, Term)> = wanted.terms.iter().map(|(at, text)| (*at, term(text))).collect();
    Some(match (terms.len(), wanted.open) {
        (1, false) => Box::new(TermQuery::new(terms.pop()?.1, IndexRecordOption::WithFreqs)),
        (1, true) => {
            // All tokens that begin with the character: up to the one that begins with the next.
            let from = wanted.terms[0].1.as_str();
            let next: String = from.chars().map(|c| char::from_u32(c as u32 + 1).unwrap_or(c)).collect();
            Box::new(InvertedIndexRangeQuery::new(Bound::Included(term(from)), Bound::Excluded(term(&next))))
        }
        (_, false) => Box::new(PhraseQuery::new_with_offset(terms)),
        (_, true) => {
            let mut phrase = PhrasePrefixQuery::new_with_offset(terms);
            phrase.set_max_expansions(OPEN_MAX);
            Box::new(phrase)
        }
    })
}
