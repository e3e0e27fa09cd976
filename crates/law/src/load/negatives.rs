use super::Faults;
use crate::instrument::within;
use crate::{Effect, Ground, Instrument, Law, Negative};
use kernel::Day;

impl Faults {
    /// Lists in order, and every entry on a statute that is in force on the list's first day.
    pub(super) fn negative(&mut self, law: &mut Law) {
        let Law { negative, grounds, instruments, .. } = law;
        if negative.is_empty() {
            self.0.push("negative list: there is none".to_owned());
        }
        let mut before: Option<Day> = None;
        for (n, list) in negative.iter_mut().enumerate() {
            if usize::try_from(list.version).ok() != Some(n + 1) {
                self.0.push(format!("negative list: version {} stands in place {}", list.version, n + 1));
            }
            match list.from {
                from if n == 0 => before = from,
                Some(from) if before.is_none_or(|b| b < from) => before = Some(from),
                _ => self.0.push(format!("negative list {}: begins before the one it follows", list.version)),
            }
            self.doubled("negative list entry", list.entries.iter().map(|e| e.code.as_str()));
            let from = list.from;
            for entry in &mut list.entries {
                self.filled("negative list entry", &entry.code, &[&entry.withheld]);
                self.rests(entry, from, grounds, instruments);
            }
        }
    }

    fn rests(&mut self, entry: &mut Negative, from: Option<Day>, grounds: &[Ground], instruments: &[Instrument]) {
        let code = entry.code.clone();
        let mut cites = Vec::new();
        match grounds.iter().find(|g| g.code == entry.ground) {
            None => self.0.push(format!("negative list entry {code}: no ground {}", entry.ground)),
            Some(g) if g.effect != Effect::Withhold || !g.refuse_by.is_empty() => {
                self.0.push(format!("negative list entry {code}: {} cannot be cited", g.code));
            }
            Some(g) if from.is_some_and(|day| !g.in_force(day)) => {
                self.0.push(format!("negative list entry {code}: {} is not in force then", g.code));
            }
            Some(g) => cites.push(g.cite.clone()),
        }
        for also in &entry.also {
            let act = self.instrument("negative list entry", &code, &also.instrument, instruments);
            if act.is_some_and(|act| from.is_some_and(|day| !within(day, act.from, act.until))) {
                self.0.push(format!("negative list entry {code}: {} is not in force then", also.instrument));
            }
            cites.extend(act.map(|act| act.article(&also.article)));
        }
        entry.cite = cites.join("、");
    }
}
