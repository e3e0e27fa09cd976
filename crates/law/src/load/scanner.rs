//! What a bureau sets for its scanner, and the terms of the law by which the scanner reads papers.

use super::Faults;
use crate::{Clause, Law, Unit};
use scan::Term;

impl Faults {
    pub fn scanner(&mut self, law: &mut Law) {
        self.0.extend(law.scanner.faults().into_iter().map(|(list, says)| format!("scanner.toml {list}: {says}")));
        law.scanner.terms = law.clauses.iter().map(|clause| (clause.id.clone(), terms(clause))).collect();
    }
}

/// The terms of the law itself; a bureau's own pledge beside it may differ from what a paper tells of the law.
fn terms(clause: &Clause) -> Vec<Term> {
    let all = clause.wordings.iter().filter(|w| !w.beside && w.unit != Unit::Promptly);
    let term = |w: &crate::Wording| Some(Term { from: w.from?, until: w.until, text: w.term(), cite: w.cite.clone() });
    all.filter_map(term).collect()
}
