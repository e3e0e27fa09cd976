use super::Faults;
use crate::{Clause, Instrument, Law, PLEDGE_LETTER, Unit, Wording};
use std::collections::BTreeSet;

impl Faults {
    pub(super) fn clauses(&mut self, law: &mut Law) {
        self.doubled("clause", law.clauses.iter().map(|c| c.id.as_str()));
        self.former_ids(&law.clauses);
        for clause in &mut law.clauses {
            self.filled("clause", &clause.id, &[&clause.name]);
            if clause.wordings.is_empty() {
                self.0.push(format!("clause {}: no wording", clause.id));
            }
            for wording in &mut clause.wordings {
                self.wording(&clause.id, wording, &law.instruments);
            }
            self.order(clause);
            self.stands_beside(clause);
        }
        self.ties(&mut law.clauses);
        self.pledge(law.clause(PLEDGE_LETTER));
    }

    /// Pages promise an answer within it, so it exists, and from its first day on it always gives a number.
    fn pledge(&mut self, clause: Option<&Clause>) {
        let wordings = clause.map_or(&[][..], |clause| &clause.wordings);
        let numbered = |w: &Wording| w.from.is_some() && w.unit == Unit::WorkingDays && w.amount > 0;
        let follows = |pair: &[Wording]| pair[0].until.map(|day| day.plus(1)) == pair[1].from;
        let open = wordings.last().is_some_and(|w| w.until.is_none());
        if !(open && wordings.iter().all(numbered) && wordings.windows(2).all(follows)) {
            self.0.push(format!("clause {PLEDGE_LETTER}: must give working days from its first day on without end"));
        }
    }

    /// A former id may find several clauses, but none that bears it as its own.
    fn former_ids(&mut self, clauses: &[Clause]) {
        let own: BTreeSet<&str> = clauses.iter().map(|c| c.id.as_str()).collect();
        for clause in clauses {
            for also in clause.also.iter().filter(|also| own.contains(also.as_str())) {
                self.0.push(format!("clause {}: {also} is the id of another clause", clause.id));
            }
        }
    }

    fn wording(&mut self, clause: &str, wording: &mut Wording, instruments: &[Instrument]) {
        self.filled("clause", clause, &[&wording.counts_from, &wording.gist]);
        if wording.unit == Unit::Promptly && wording.amount > 0 {
            self.0.push(format!("clause {clause}: promptly has no amount"));
        }
        if !matches!(wording.unit, Unit::Promptly | Unit::WorkingDays) && wording.amount == 0 {
            self.0.push(format!("clause {clause}: no amount"));
        }
        let moves = !wording.suspended_by.is_empty() || wording.extension.is_some();
        if moves && !wording.unit.counts_days() {
            self.0.push(format!("clause {clause}: only a term in days can stop or be extended"));
        }
        let Some(act) = self.instrument("clause", clause, &wording.instrument, instruments) else { return };
        wording.from = wording.from.or(act.from);
        wording.until = wording.until.or(act.until);
        let early = matches!((wording.from, act.from), (Some(wording), Some(act)) if wording < act);
        let late = matches!((wording.until, act.until), (Some(wording), Some(act)) if wording > act);
        if early || late {
            self.0.push(format!("clause {clause}: a wording outlives {}", act.id));
        }
        self.ordered("clause", clause, wording.from, wording.until);
        wording.cite = act.article(&wording.article);
    }

    /// The law's wordings follow one another, and so do the bureau's own beside them. An undated one applies to nothing
    /// and so overlaps with nothing.
    fn order(&mut self, clause: &Clause) {
        for beside in [false, true] {
            let dated = clause.wordings.iter().filter(|w| w.beside == beside && w.from.is_some());
            let dated: Vec<&Wording> = dated.collect();
            for pair in dated.windows(2) {
                if !matches!((pair[0].until, pair[1].from), (Some(until), Some(from)) if until < from) {
                    self.0.push(format!("clause {}: wordings overlap or are out of order", clause.id));
                }
            }
        }
    }

    /// Which of two is the stricter can be told without a calendar only in one unit.
    fn stands_beside(&mut self, clause: &Clause) {
        for own in clause.wordings.iter().filter(|w| w.beside) {
            let law = clause.wordings.iter().filter(|w| !w.beside && w.unit != own.unit);
            let meets = |w: &Wording| {
                w.from.is_some_and(|day| own.in_force(day)) || own.from.is_some_and(|day| w.in_force(day))
            };
            for _ in law.filter(|w| meets(w)) {
                self.0.push(format!("clause {}: a wording beside the law counts in another unit", clause.id));
            }
        }
    }

    /// Restarts and extensions that name another clause: it exists, and an extension says the same there.
    fn ties(&mut self, clauses: &mut [Clause]) {
        let all = clauses.to_vec();
        let find = |id: &str| all.iter().find(|c| c.id == id);
        for clause in clauses {
            let id = &clause.id;
            for wording in &mut clause.wordings {
                for restart in &mut wording.restarts_on {
                    let Some(named) = &restart.clause else { continue };
                    let Some(other) = find(named) else {
                        self.0.push(format!("clause {id}: no clause {named}"));
                        continue;
                    };
                    restart.from = other.wordings.first().and_then(|w| w.from);
                    restart.until = other.wordings.last().and_then(|w| w.until);
                }
                let Some(extension) = &wording.extension else { continue };
                let Some(named) = &extension.clause else { continue };
                let same = |other: &Clause| {
                    let then = wording.from.and_then(|day| other.on(day));
                    then.is_some_and(|o| (o.amount, o.unit) == (extension.amount, wording.unit))
                };
                match find(named) {
                    None => self.0.push(format!("clause {id}: no clause {named}")),
                    Some(other) if wording.from.is_some() && !same(other) => {
                        self.0.push(format!("clause {id}: {named} gives another extension"));
                    }
                    Some(_) => {}
                }
            }
        }
    }
}
