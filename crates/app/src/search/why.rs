//! Why a page stands where it stands: the parts of its score, for the administrator.

use super::hits::{Ask, Columns, Hit};
use super::index::{Live, fault};
use super::query::{self, Part};
use super::rank;
use crate::floor::Validity;
use store::Error;
use tantivy::query::EnableScoring;

/// Each part of the score of its words, then what the whole is multiplied by.
pub struct Why {
    pub parts: Vec<(Part, f32)>,
    pub validity: (Validity, f32),
    pub kind: f32,
    pub age: f32,
}

/// The parts of a hit's score.
pub fn why(live: &Live, ask: &Ask, hit: &Hit) -> Result<Why, Error> {
    let searcher = live.reader.searcher();
    let reader = searcher.segment_reader(hit.at.segment_ord);
    let mut parts = vec![];
    for part in Part::ALL {
        if let Some(query) = query::part(ask.plan, &live.fields, part) {
            let weight = query.weight(EnableScoring::enabled_from_searcher(&searcher)).map_err(fault)?;
            let mut scorer = weight.scorer(reader, 1.0).map_err(fault)?;
            let doc = hit.at.doc_id;
            let found = scorer.doc() == doc || (scorer.doc() < doc && scorer.seek(doc) == doc);
            parts.push((part, if found { scorer.score() } else { 0.0 }));
        }
    }
    let columns = Columns::of(reader).map_err(fault)?;
    let (facts, days) = (columns.facts(hit.at.doc_id), columns.dates(hit.at.doc_id));
    let kind = columns.kind_of(hit.at.doc_id);
    let validity = days.validity(ask.now.day());
    Ok(Why {
        parts,
        validity: (validity, rank::of_validity(validity)),
        kind: rank::of_kind(&kind, ask.plan.how),
        age: rank::of_age(&kind, facts.published, ask.now),
    })
}
