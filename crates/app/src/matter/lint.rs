//! What must hold for every kind, whatever it says. An empty list is a pass.

use super::field::{Body, Field, Open, Part, State, Type};
use super::kind::{By, Clock, Evidence, Kind, Move, NEW, On, Tick};
use law::Law;
use std::collections::BTreeSet;

struct Faults {
    kind: &'static str,
    found: Vec<String>,
}

impl Faults {
    fn must(&mut self, holds: bool, says: impl FnOnce() -> String) {
        if !holds {
            self.found.push(format!("{}: {}", self.kind, says()));
        }
    }

    /// Names and labels mean one thing each.
    fn once<'a>(&mut self, what: &str, names: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for name in names {
            self.must(seen.insert(name), || format!("{what} {name} stands twice"));
        }
    }

    /// Every state can be reached from the birth and left towards an end.
    fn sound(&mut self, states: &[State], edges: &[(State, State)]) {
        let forth = grown(vec![NEW], edges);
        let back: Vec<_> = edges.iter().map(|(a, b)| (*b, *a)).collect();
        let back = grown(states.iter().filter(|s| s.end).copied().collect(), &back);
        for s in states {
            self.must(forth.contains(s), || format!("{} cannot be reached", s.name));
            self.must(back.contains(s), || format!("{} leads to no end", s.name));
            self.must(!s.end || edges.iter().all(|(a, _)| a != s), || format!("{} is an end and yet goes on", s.name));
        }
        for (a, b) in edges {
            let known = states.contains(b) && (states.contains(a) || *a == NEW);
            self.must(known, || format!("{} to {} is not among the states", a.name, b.name));
        }
    }
}

/// All that can be reached.
fn grown(mut seen: Vec<State>, edges: &[(State, State)]) -> Vec<State> {
    let mut i = 0;
    while i < seen.len() {
        let here = seen[i];
        for (_, to) in edges.iter().filter(|(from, _)| *from == here) {
            if !seen.contains(to) {
                seen.push(*to);
            }
        }
        i += 1;
    }
    seen
}

impl<B: Body> Kind<B> {
    /// Every fault of the table, against the law in force.
    pub fn lint(&self, law: &Law) -> Vec<String> {
        let mut faults = Faults { kind: self.name, found: vec![] };
        self.lint_states(&mut faults);
        for v in self.moves {
            self.lint_move(v, &mut faults);
            v.needs.iter().for_each(|e| self.lint_evidence(v, e, &mut faults));
        }
        for c in self.clocks {
            self.lint_clock(c, law, &mut faults);
        }
        let public = self.public.iter().all(|s| self.states.contains(s));
        faults.must(public, || "is public in a state it does not have".into());
        lint_words::<B>(&mut faults);
        for k in self.columns {
            faults.must(!k.ty.is_free(), || format!("column {} holds words", k.name));
        }
        faults.once("move", self.moves.iter().map(|v| v.name));
        faults.once("move label", self.moves.iter().map(|v| v.zh));
        faults.once("state", self.states.iter().map(|s| s.name));
        faults.once("label", B::FIELDS.iter().map(|f| f.label).chain(B::PARTS.iter().map(|p| p.label)));
        faults.once("column", self.heads().iter().map(|h| h.name).chain(["state", "matter", "no", "body"]));
        B::PARTS.iter().for_each(|p| faults.once(p.name, p.fields.iter().map(|f| f.label)));
        faults.found
    }

    fn lint_states(&self, faults: &mut Faults) {
        let leads = |v: &Move<B>| v.from.iter().filter_map(|f| Some((*f, v.target()?))).collect::<Vec<_>>();
        faults.sound(self.states, &self.moves.iter().flat_map(leads).collect::<Vec<_>>());
        let ours = |v: &Move<B>| v.by.iter().any(|by| *by != By::Holder);
        for s in self.states.iter().filter(|s| !s.end) {
            let left =
                self.moves.iter().any(|v| v.from.contains(s) && v.target().is_some_and(|to| to != *s) && ours(v));
            faults.must(left, || format!("{} waits for the holder for ever", s.name));
        }
        for p in B::PARTS {
            let edges = self.moves.iter().flat_map(|v| match v.on {
                On::Add(q, to) if q == *p => vec![(NEW, to)],
                On::Row(q, from, to) if q == *p => from.iter().map(|f| (*f, to)).collect(),
                _ => vec![],
            });
            faults.sound(p.states, &edges.collect::<Vec<_>>());
        }
    }

    fn lint_move(&self, v: &Move<B>, faults: &mut Faults) {
        let here = |f: &Field| f.of == B::NAME && B::FIELDS.contains(f);
        let known = |f: &Field| match v.on.part() {
            None => here(f),
            Some(p) => f.of == p.of && p.fields.contains(f),
        };
        faults.must(!v.cite.is_empty(), || format!("{} cites nothing", v.name));
        faults.must(!v.by.is_empty() && !v.from.is_empty(), || format!("{} is nobody's or nowhere", v.name));
        faults.must(v.asks.iter().all(|a| known(&a.field)), || format!("{} asks a field it cannot write", v.name));
        let clocked = v.by.iter().any(|b| matches!(b, By::Clock(_)));
        faults.must(!clocked || v.asks.is_empty(), || format!("{} asks a clock to fill in a form", v.name));
        if v.by.contains(&By::Holder) {
            let words = v.asks.iter().any(|a| matches!(a.field.ty, Type::Text(_)));
            faults.must(!words, || format!("{} takes words from the public unsealed", v.name));
            let dates = v.clocks.iter().any(|t| t.field().is_some());
            faults.must(!dates, || format!("{} lets the holder choose the day a clock counts from", v.name));
        }
        let mine = |p: Part| B::PARTS.contains(&p);
        faults.must(v.on.part().is_none_or(mine), || format!("{} is made on a part of another kind", v.name));
        for t in v.clocks {
            let c = t.clock();
            faults.must(self.clocks.contains(&c), || format!("{} moves an unlisted clock {}", v.name, c.name));
            let day = t.field().is_none_or(|f| here(&f) || known(&f));
            faults.must(day, || format!("{} moves {} by a day it does not have", v.name, c.name));
        }
    }

    fn lint_evidence(&self, v: &Move<B>, e: &Evidence<B>, faults: &mut Faults) {
        faults.must(!e.cite.is_empty(), || format!("evidence {} cites nothing", e.name));
        let possible = |n: &&str| self.find(n).is_some_and(|w| v.from.iter().any(|s| w.from.contains(s)));
        let brought = !e.through.is_empty() && e.through.iter().all(possible);
        faults.must(brought, || format!("evidence {} cannot be brought about where {} needs it", e.name, v.name));
    }

    /// A clock is started, cites, and can be stopped: by an end, or for a row by a move on that row.
    fn lint_clock(&self, c: &'static Clock, law: &Law, faults: &mut Faults) {
        let ticks = || self.moves.iter().flat_map(|v| v.clocks.iter().map(move |t| (v, t)));
        let starts = |t: &Tick| matches!(t, Tick::Start(x, _) | Tick::Until(x, _) if *x == c);
        faults.must(ticks().any(|(_, t)| starts(t)), || format!("clock {} never starts", c.name));
        let clause = c.clause.map(|id| law.clause(id));
        faults.must(clause != Some(None), || format!("clock {} has a clause the law does not know", c.name));
        faults.must(c.clause.is_some() || !c.cite.is_empty(), || format!("clock {} cites nothing", c.name));
        let stops = |v: &Move<B>, t: &Tick| {
            matches!(t, Tick::Stop(x, _) if *x == c) && c.per.is_none_or(|p| matches!(v.on, On::Row(q, ..) if p == q))
        };
        let ends = c.per.is_none() && self.states.iter().any(|s| s.end);
        faults.must(ends || ticks().any(|(v, t)| stops(v, t)), || format!("clock {} cannot be stopped", c.name));
        let held = |t: &Tick| matches!(t, Tick::Hold(x, _) if *x == c);
        let again = |t: &Tick| matches!(t, Tick::Again(x, ..) if *x == c);
        let balanced = ticks().any(|(_, t)| held(t)) == ticks().any(|(_, t)| again(t));
        faults.must(balanced, || format!("clock {} is held for ever, or counts anew without having been held", c.name));
        let knows = |cause: &str| {
            let clause = clause.flatten();
            clause.is_some_and(|x| x.wordings.iter().any(|w| w.suspended_by.iter().any(|k| k == cause)))
        };
        for (p, s, cause) in c.waits {
            let goes_on = B::PARTS.contains(p) && p.states.contains(s) && !s.end;
            faults.must(goes_on, || format!("clock {} would wait for ever", c.name));
            faults.must(knows(cause), || format!("clock {} waits for {cause}, which no wording knows", c.name));
        }
    }
}

/// A person's words are public as a revision that passed the gate, and not otherwise. [`Field::new`] does not let them
/// be declared a fact; a field that was made by hand is found here.
fn lint_words<B: Body>(faults: &mut Faults) {
    let all = B::FIELDS.iter().chain(B::PARTS.iter().flat_map(|p| p.fields));
    for f in all.filter(|f| f.open == Open::Fact) {
        faults.must(!f.ty.is_free(), || format!("{} makes words public without a revision", f.name));
    }
}
