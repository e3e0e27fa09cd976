//! One walk over all pages that match: how many, the best of them, and how many there are of each kind, year, section,
//! validity and mode. A facet counts what its own filter would leave out, so that a reader sees where else to look.

use super::index::{Facts, Live, Mode, fault};
use super::plan::Plan;
use super::query;
use super::rank::{self, Days};
use crate::floor::Validity;
use kernel::{Day, Instant};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;
use store::Error;
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::{ColumnValues, StrColumn};
use tantivy::query::Query;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

/// What a reader chose among the facets; empty or `None` where they chose nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Filters {
    pub kind: String,
    pub year: Option<i16>,
    pub section: String,
    pub validity: Option<Validity>,
    pub mode: Option<Mode>,
}

/// In which order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Sort {
    #[default]
    Best,
    Newest,
}

/// What is asked of the index.
pub struct Ask<'a> {
    pub plan: &'a Plan,
    pub filters: &'a Filters,
    pub sort: Sort,
    /// How many of the best.
    pub most: usize,
    pub body: Option<&'a str>,
    /// Some of the words are enough.
    pub loose: bool,
    pub now: Instant,
}

/// How many there are of each value.
pub type Tally<K> = BTreeMap<K, u64>;

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Facets {
    pub kind: Tally<String>,
    pub year: Tally<i16>,
    pub section: Tally<String>,
    pub validity: Tally<&'static str>,
    pub mode: Tally<Mode>,
}

/// A page that matches.
#[derive(Clone, PartialEq, Debug)]
pub struct Hit {
    pub page: String,
    pub score: f32,
    pub(super) at: DocAddress,
}

/// What was found.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Found {
    pub total: u64,
    pub hits: Vec<Hit>,
    pub facets: Facets,
}

/// Asks the index. Blocking, and as long as the words are frequent.
pub fn find(live: &Live, ask: &Ask) -> Result<Found, Error> {
    let Some(query) = query::of(ask.plan, &live.fields, ask.body, ask.loose) else { return Ok(Found::default()) };
    gathered(live, &query, ask)
}

/// The pages that bear a number.
pub fn numbered(live: &Live, key: &str, ask: &Ask) -> Result<Found, Error> {
    gathered(live, query::number(key, &live.fields).as_ref(), ask)
}

/// What plain pairs of characters find, any of them enough: what this search is measured against.
pub fn plain(live: &Live, words: &str, most: usize) -> Result<Vec<String>, Error> {
    let searcher = live.reader.searcher();
    let query = query::pairs(words, live.fields.text);
    let best = TopDocs::with_limit(most).order_by_score();
    let found = searcher.search(&query, &best).map_err(fault)?;
    found.into_iter().map(|(_, at)| page(&searcher, at)).collect()
}

/// The library alone: pages in which all words stand, how many, and the best of them. No facets, no factors.
pub fn bare(live: &Live, words: &[String], most: usize) -> Result<(usize, usize), Error> {
    let query = query::phrases(words, live.fields.text);
    let both = (TopDocs::with_limit(most).order_by_score(), Count);
    let (best, total) = live.reader.searcher().search(&query, &both).map_err(fault)?;
    Ok((total, best.len()))
}

fn gathered(live: &Live, query: &dyn Query, ask: &Ask) -> Result<Found, Error> {
    let searcher = live.reader.searcher();
    let gather =
        Gather { filters: ask.filters.clone(), sort: ask.sort, most: ask.most, how: ask.plan.how, now: ask.now };
    let fruit = searcher.search(query, &gather).map_err(fault)?;
    let mut best = fruit.best.into_sorted_vec();
    best.truncate(ask.most);
    let hits = best
        .into_iter()
        .map(|ranked| Ok(Hit { page: page(&searcher, ranked.at)?, score: ranked.score, at: ranked.at }));
    Ok(Found { total: fruit.total, hits: hits.collect::<Result<_, Error>>()?, facets: fruit.facets })
}

fn page(searcher: &Searcher, at: DocAddress) -> Result<String, Error> {
    let column = strings(searcher.segment_reader(at.segment_ord), "page").map_err(fault)?;
    let mut id = String::new();
    if let Some(ord) = column.ords().first(at.doc_id) {
        column.ord_to_str(ord, &mut id)?;
    }
    Ok(id)
}

fn strings(reader: &SegmentReader, field: &str) -> tantivy::Result<StrColumn> {
    let missing = || tantivy::TantivyError::SchemaError(format!("no column {field}"));
    reader.fast_fields().str(field)?.ok_or_else(missing)
}

/// A page among the best. The greatest is the worst, so that a heap gives it up first.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Ranked {
    key: f64,
    score: f32,
    published: i64,
    at: DocAddress,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Ranked) -> Ordering {
        let by_key = other.key.total_cmp(&self.key);
        by_key.then(other.published.cmp(&self.published)).then(self.at.cmp(&other.at))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Ranked) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

pub(super) struct Columns {
    facts: Arc<dyn ColumnValues<u64>>,
    days: Arc<dyn ColumnValues<u64>>,
    kind: StrColumn,
    section: StrColumn,
}

impl Columns {
    pub(super) fn of(reader: &SegmentReader) -> tantivy::Result<Columns> {
        Ok(Columns {
            facts: reader.fast_fields().u64("facts")?.first_or_default_col(0),
            days: reader.fast_fields().u64("days")?.first_or_default_col(0),
            kind: strings(reader, "kind")?,
            section: strings(reader, "section")?,
        })
    }

    pub(super) fn facts(&self, doc: DocId) -> Facts {
        Facts::unpacked(self.facts.get_val(doc))
    }

    pub(super) fn days(&self, doc: DocId) -> Days {
        Days::unpacked(self.days.get_val(doc))
    }

    pub(super) fn kind_of(&self, doc: DocId) -> String {
        let mut kind = String::new();
        let read = self.kind.ords().first(doc).map(|ord| self.kind.ord_to_str(ord, &mut kind));
        if matches!(read, Some(Ok(true))) { kind } else { String::new() }
    }
}

struct Gather {
    filters: Filters,
    sort: Sort,
    most: usize,
    how: bool,
    now: Instant,
}

#[derive(Default)]
struct Fruit {
    total: u64,
    best: BinaryHeap<Ranked>,
    facets: Facets,
}

impl Collector for Gather {
    type Fruit = Fruit;
    type Child = Segment;

    fn for_segment(&self, ord: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        let columns = Columns::of(reader)?;
        let (kinds, sections) = (values(&columns.kind)?, values(&columns.section)?);
        let wanted = |all: &[String], value: &str| {
            (!value.is_empty()).then(|| all.iter().position(|v| v == value).map_or(u64::MAX, |n| n as u64))
        };
        Ok(Segment {
            ord,
            kind: wanted(&kinds, &self.filters.kind),
            section: wanted(&sections, &self.filters.section),
            filters: self.filters.clone(),
            by_kind: vec![0; kinds.len()],
            by_section: vec![0; sections.len()],
            by_validity: [0; VALIDITIES],
            columns,
            kinds,
            sections,
            sort: self.sort,
            most: self.most,
            how: self.how,
            now: self.now,
            today: self.now.day(),
            fruit: Fruit::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Best
    }

    fn merge_fruits(&self, fruits: Vec<tantivy::Result<Fruit>>) -> tantivy::Result<Fruit> {
        let mut all = Fruit::default();
        for fruit in fruits {
            let fruit = fruit?;
            all.total += fruit.total;
            fruit.best.into_iter().for_each(|ranked| keep(&mut all.best, ranked, self.most));
            all.facets.add(fruit.facets);
        }
        Ok(all)
    }
}

/// The values of a column, by their ordinals.
fn values(column: &StrColumn) -> tantivy::Result<Vec<String>> {
    let mut all = Vec::with_capacity(column.num_terms());
    for ord in 0..column.num_terms() as u64 {
        let mut value = String::new();
        column.ord_to_str(ord, &mut value)?;
        all.push(value);
    }
    Ok(all)
}

fn keep(best: &mut BinaryHeap<Ranked>, ranked: Ranked, most: usize) {
    if best.len() < most {
        best.push(ranked);
    } else if best.peek().is_some_and(|worst| ranked < *worst) {
        best.pop();
        best.push(ranked);
    }
}

impl Facets {
    fn add(&mut self, other: Facets) {
        fn into<K: Ord>(all: &mut Tally<K>, more: Tally<K>) {
            more.into_iter().for_each(|(value, n)| *all.entry(value).or_default() += n);
        }
        into(&mut self.kind, other.kind);
        into(&mut self.year, other.year);
        into(&mut self.section, other.section);
        into(&mut self.validity, other.validity);
        into(&mut self.mode, other.mode);
    }
}

struct Segment {
    ord: SegmentOrdinal,
    columns: Columns,
    kinds: Vec<String>,
    sections: Vec<String>,
    filters: Filters,
    /// Ordinals of the wanted kind and section; none has the greatest.
    kind: Option<u64>,
    section: Option<u64>,
    by_kind: Vec<u64>,
    by_section: Vec<u64>,
    by_validity: [u64; VALIDITIES],
    sort: Sort,
    most: usize,
    how: bool,
    now: Instant,
    today: Day,
    fruit: Fruit,
}

/// Those that are stated, and none.
const VALIDITIES: usize = Validity::STATED.len() + 1;

/// In the order of [`Validity`]'s words; what states none has the last place.
fn place(validity: Validity) -> usize {
    Validity::STATED.iter().position(|v| *v == validity).unwrap_or(Validity::STATED.len())
}

impl SegmentCollector for Segment {
    type Fruit = tantivy::Result<Fruit>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let facts = self.columns.facts(doc);
        let validity = self.columns.days(doc).validity(self.today);
        let kind = self.columns.kind.ords().first(doc).unwrap_or(u64::MAX);
        let section = self.columns.section.ords().first(doc).unwrap_or(u64::MAX);
        let chosen = &self.filters;
        let misses = [
            self.kind.is_some_and(|k| k != kind),
            chosen.year.is_some_and(|y| y != facts.year),
            self.section.is_some_and(|s| s != section),
            chosen.validity.is_some_and(|v| v != validity),
            chosen.mode.is_some_and(|m| m != facts.mode),
        ];
        let missed = misses.iter().filter(|m| **m).count();
        let counts = |facet: usize| missed == 0 || (missed == 1 && misses[facet]);
        if counts(0)
            && let Some(n) = self.by_kind.get_mut(kind as usize)
        {
            *n += 1;
        }
        if counts(1) {
            *self.fruit.facets.year.entry(facts.year).or_default() += 1;
        }
        if counts(2)
            && let Some(n) = self.by_section.get_mut(section as usize)
        {
            *n += 1;
        }
        if counts(3) {
            self.by_validity[place(validity)] += 1;
        }
        if counts(4) {
            *self.fruit.facets.mode.entry(facts.mode).or_default() += 1;
        }
        if missed == 0 {
            self.fruit.total += 1;
            self.rank(doc, score, (facts.published, validity, kind as usize));
        }
    }

    fn harvest(mut self) -> tantivy::Result<Fruit> {
        fn tally(values: Vec<String>, counts: Vec<u64>) -> Tally<String> {
            values.into_iter().zip(counts).filter(|(value, n)| *n > 0 && !value.is_empty()).collect()
        }
        let facets = &mut self.fruit.facets;
        facets.kind = tally(self.kinds, self.by_kind);
        facets.section = tally(self.sections, self.by_section);
        let stated = Validity::STATED.iter().map(|v| v.word()).zip(self.by_validity);
        facets.validity = stated.filter(|(_, n)| *n > 0).collect();
        Ok(self.fruit)
    }
}

impl Segment {
    fn rank(&mut self, doc: DocId, score: Score, (published, validity, kind): (Instant, Validity, usize)) {
        let kind = self.kinds.get(kind).map_or("", String::as_str);
        let score = score
            * rank::of_validity(validity)
            * rank::of_kind(kind, self.how)
            * rank::of_age(kind, published, self.now);
        let key = match self.sort {
            Sort::Best => f64::from(score),
            Sort::Newest => published.0 as f64,
        };
        let at = DocAddress::new(self.ord, doc);
        keep(&mut self.fruit.best, Ranked { key, score, published: published.0, at }, self.most);
    }
}
