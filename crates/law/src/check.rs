//! What a lawyer must know of the files before trusting them.

use crate::case::Case;
use crate::clause::{Clause, Sure};
use crate::{Law, Sources};
use serde::Serialize;

/// What `law check` finds.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Report {
    /// What makes the files unfit: they do not load, or a worked case comes out otherwise.
    pub faults: Vec<String>,
    /// What a person should look at.
    pub notes: Vec<Note>,
    /// How many worked cases were played.
    pub cases: usize,
}

/// Something a person should look at.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "text")]
pub enum Note {
    /// Days between two wordings of a clause on which none is in force.
    Gap(String),
    /// No day is established, so it applies to nothing until the bureau confirms one.
    Undated(String),
    /// Nobody has read the act itself.
    Unsure(String),
}

/// Loads the files and plays their cases: overlaps, dangling references, unknown keys and cases that fail are faults;
/// gaps, undated wordings and facts that nobody has read are notes.
pub fn check(sources: &Sources) -> Report {
    let law = match Law::load(sources) {
        Ok(law) => law,
        Err(faults) => return Report { faults, ..Report::default() },
    };
    let mut report = Report::default();
    for clause in &law.clauses {
        report.notes.extend(notes(clause));
    }
    let unread = law.instruments.iter().filter(|act| !act.sure.was_read());
    report.notes.extend(unread.map(|act| Note::Unsure(format!("instrument {}: {}", act.id, sure(act.sure)))));
    for (name, text) in &sources.cases {
        match Case::read(name, text) {
            Ok(cases) => {
                report.cases += cases.len();
                report.faults.extend(cases.iter().filter_map(|case| case.play(&law).err()));
            }
            Err(faults) => report.faults.extend(faults),
        }
    }
    report
}

fn notes(clause: &Clause) -> Vec<Note> {
    let Clause { id, wordings, .. } = clause;
    let mut notes = Vec::new();
    for wording in wordings {
        if wording.from.is_none() {
            notes.push(Note::Undated(format!("clause {id}: {}", wording.cite)));
        }
        if !wording.sure.was_read() {
            let said = sure(wording.sure);
            notes.push(Note::Unsure(format!("clause {id}: {}, {}: {said}", wording.cite, wording.term())));
        }
    }
    let mut dated: Vec<_> = wordings.iter().filter_map(|w| w.from.map(|from| (from, w.until))).collect();
    dated.sort_unstable();
    for pair in dated.windows(2) {
        let (Some(until), from) = (pair[0].1, pair[1].0) else { continue };
        if until.plus(1) < from {
            notes.push(Note::Gap(format!("clause {id}: no wording from {} to {}", until.plus(1), from.plus(-1))));
        }
    }
    notes
}

fn sure(sure: Sure) -> String {
    format!("{sure:?}").to_lowercase()
}
