//! What falls out of the table. Each is a function of the kind, the matter, the reader and the moment; none is stored.

use super::case::{Matter, Moment, rows};
use super::field::{Body, Field, Open, Plain, Type};
use super::kind::{By, Kind, Move, NEW, On};
use super::step::{Doer, Form, Wish, lacking};
use kernel::{Day, Refusal};
use serde_json::Value;
use std::collections::BTreeSet;

/// A move that somebody might make.
#[derive(Debug)]
pub struct Button {
    pub name: &'static str,
    pub zh: &'static str,
    pub cite: &'static str,
    /// The part whose row it is made on; a new row is made on the case.
    pub part: Option<&'static str>,
    pub row: Option<u32>,
    /// Empty: press it. Otherwise every reason, with its article.
    pub blocked: Vec<Refusal>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    Done(Option<Day>),
    Now,
    Ahead,
    NotApplicable,
}

/// A stop of the rail.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    pub zh: &'static str,
    pub cite: &'static str,
    pub is: Progress,
}

pub type Facts = Vec<(&'static str, Plain)>;
/// The rows of a part: number, the state's Chinese, fields.
pub type RowsSaid = Vec<(u32, &'static str, Vec<Said>)>;
/// The rows of each part: number, state, typed values.
pub type PartRows = Vec<Vec<(u32, String, Vec<Option<Plain>>)>>;

/// A clock as anybody may see it: its name, its last day, its article.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    pub zh: &'static str,
    pub due: Option<Day>,
    pub cite: &'static str,
    pub waits: bool,
    /// `None` where a person set the last day.
    pub term: Option<Term>,
}

/// How long a clock is, and how much of it is used.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    pub total: u32,
    /// Units that are over.
    pub used: u32,
    pub working: bool,
    /// Whether the first day that counts has come.
    pub begun: bool,
}

/// All an anonymous reader may know. There is no `String` in it: neither words nor secrets fit.
#[derive(Debug)]
pub struct Shown {
    pub kind: &'static str,
    pub state: &'static str,
    pub rail: Vec<Stop>,
    pub facts: Facts,
    pub clocks: Vec<Told>,
}

/// One line of the desk: stuck on what, by which article, with whom, and the one next move.
#[derive(Debug)]
pub struct Inbox {
    pub stuck: String,
    pub cite: &'static str,
    pub with: Vec<By>,
    pub next: &'static str,
    pub verb: &'static str,
}

/// A column of the report row.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub name: &'static str,
    pub label: &'static str,
    pub ty: Type,
}

/// A field of the case or of a row, as a page lists it.
pub struct Said {
    pub label: &'static str,
    pub says: String,
    pub is_free: bool,
}

/// An arrow of the flow chart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arrow {
    pub from: &'static str,
    pub to: &'static str,
    pub zh: &'static str,
    pub cite: &'static str,
}

fn of(fields: &[Field]) -> Vec<Head> {
    let typed = fields.iter().filter(|f| !f.ty.is_free());
    typed.map(|f| Head { name: f.name, label: f.label, ty: f.ty }).collect()
}

impl<B: Body> Kind<B> {
    /// Every move this person might make here, on the case and on each row.
    pub fn buttons(&self, m: &Matter, doer: &Doer, at: Moment) -> Vec<Button> {
        let number = |r: &Value| r["no"].as_u64().and_then(|n| u32::try_from(n).ok());
        let nos = B::PARTS.iter().flat_map(|p| rows(&m.body, p)).filter_map(number);
        let each: BTreeSet<Option<u32>> = nos.map(Some).chain([None]).collect();
        let mut all = vec![];
        for row in each {
            let c = self.case(m, m.body.clone(), &doer.who, at, row);
            for v in self.moves.iter().filter(|v| self.offered(v, &c, &doer.may)) {
                let blocked = self.blocked(v, &c, &doer.may);
                let part = if let On::Row(part, ..) = v.on { Some(part.label) } else { None };
                all.push(Button { name: v.name, zh: v.zh, cite: v.cite, part, row, blocked });
            }
        }
        all
    }

    /// The states in the order of the table; after each, the evidence that leaving it demands. States beside the way
    /// (no first move leads through them) show only where the case has been there.
    pub fn rail(&self, m: &Matter, at: Moment) -> Vec<Stop> {
        let c = self.case(m, m.body.clone(), "", at, None);
        let here = self.state(&m.state);
        let goal = if here.end { here } else { *self.states.iter().find(|s| s.end).unwrap_or(&NEW) };
        let way = self.way();
        let mut all: Vec<Stop> = vec![];
        for s in self.states.iter().filter(|s| !s.end || **s == goal) {
            let first = m.past.iter().find(|e| e.to == s.name).map(|e| e.at.day());
            if first.is_none() && !way.contains(&s.name) {
                continue;
            }
            let into = self.moves.iter().find(|v| v.target() == Some(*s));
            let is = match first {
                Some(day) if *s != here || s.end => Progress::Done(Some(day)),
                Some(_) => Progress::Now,
                None if here.end => Progress::NotApplicable,
                None => Progress::Ahead,
            };
            all.push(Stop { zh: s.zh, cite: into.map_or("", |v| v.cite), is });
            for e in self.moves.iter().filter(|v| v.from.contains(s)).flat_map(|v| v.needs) {
                if all.iter().any(|x| x.zh == e.zh) || !(e.applies)(&c) {
                    continue;
                }
                let is = match lacking(e, &c).is_empty() {
                    true => Progress::Done(None),
                    false if here.end => Progress::NotApplicable,
                    false if here == *s => Progress::Now,
                    false => Progress::Ahead,
                };
                all.push(Stop { zh: e.zh, cite: e.cite, is });
            }
        }
        all
    }

    /// The states that the main moves lead through, from the birth on.
    fn way(&self) -> Vec<&'static str> {
        let mut way: Vec<&str> = vec![];
        let mut here = NEW;
        while let Some(next) = self.moves.iter().find(|v| v.from.contains(&here) && v.target().is_some()) {
            here = next.target().unwrap_or(NEW);
            if way.contains(&here.name) {
                break;
            }
            way.push(here.name);
        }
        way
    }

    /// Every state with its Chinese, in the order of the table, and every move between two states.
    pub fn chart(&self) -> (Vec<(&'static str, &'static str)>, Vec<Arrow>) {
        let mut arrows = vec![];
        for v in self.moves {
            for (from, to) in v.from.iter().filter_map(|from| Some((from, v.target()?))) {
                arrows.push(Arrow { from: from.name, to: to.name, zh: v.zh, cite: v.cite });
            }
        }
        (self.states.iter().map(|s| (s.name, s.zh)).collect(), arrows)
    }

    /// The form of a move, before anything is typed: nobody is blamed for what he has not yet typed.
    pub fn form(&self, m: &Matter, w: &Wish, at: Moment) -> Option<Form> {
        let c = self.case(m, m.body.clone(), &w.doer.who, at, w.row);
        let v = self.find(w.name).filter(|v| self.offered(v, &c, &w.doer.may))?;
        let mut form = self.fill(m, v, w, at).1;
        form.0.iter_mut().for_each(|line| line.error = None);
        Some(form)
    }

    /// State, every typed field, and what is computed: the report row.
    pub fn heads(&self) -> Vec<Head> {
        let made = self.columns.iter().map(|c| Head { name: c.name, label: c.label, ty: c.ty });
        of(B::FIELDS).into_iter().chain(made).collect()
    }

    pub fn report(&self, m: &Matter, at: Moment) -> Vec<Option<Plain>> {
        let c = self.case(m, m.body.clone(), "", at, None);
        let typed = B::FIELDS.iter().filter(|f| !f.ty.is_free()).map(|f| f.ty.plain(&m.body[f.name]));
        typed.chain(self.columns.iter().map(|k| (k.value)(&c))).collect()
    }

    /// The parts with their typed columns: a table each.
    pub fn part_heads(&self) -> Vec<(&'static str, Vec<Head>)> {
        B::PARTS.iter().map(|p| (p.name, of(p.fields))).collect()
    }

    /// The rows of each part in the order of [`Kind::part_heads`]: number, state, typed values.
    pub fn part_reports(&self, m: &Matter) -> PartRows {
        let row = |fields: &'static [Field], r: &Value| {
            let no = r["no"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            let typed = fields.iter().filter(|f| !f.ty.is_free()).map(|f| f.ty.plain(&r[f.name]));
            (no, r["state"].as_str().unwrap_or_default().to_owned(), typed.collect())
        };
        B::PARTS.iter().map(|p| rows(&m.body, p).iter().map(|r| row(p.fields, r)).collect()).collect()
    }

    /// What anyone may see of a case; `None` where its state has no page for anyone.
    pub fn public(&self, m: &Matter, at: Moment) -> Option<Shown> {
        self.public.iter().any(|s| s.name == m.state).then(|| self.shown(m, at))
    }

    /// What the floor keeps of a case: its facts and nothing that anybody typed. A value goes through [`Plain`], which
    /// holds no text. `None` where its state has no page for anyone.
    pub fn facts(&self, m: &Matter) -> Option<Matter> {
        if !self.public.iter().any(|s| s.name == m.state) {
            return None;
        }
        let open = |fields: &[Field], from: &Value, into: &mut serde_json::Map<String, Value>| {
            for f in fields.iter().filter(|f| f.open == Open::Fact) {
                if let Some(plain) = f.ty.plain(&from[f.name]) {
                    into.insert(f.name.into(), plain.json());
                }
            }
        };
        let mut body = serde_json::Map::new();
        open(B::FIELDS, &m.body, &mut body);
        for p in B::PARTS {
            let row = |r: &Value| {
                let mut bare = serde_json::Map::new();
                bare.insert("no".into(), r["no"].clone());
                bare.insert("state".into(), r["state"].clone());
                open(p.fields, r, &mut bare);
                Value::Object(bare)
            };
            body.insert(p.name.into(), rows(&m.body, p).iter().map(row).collect());
        }
        Some(m.bare(Value::Object(body)))
    }

    fn shown(&self, m: &Matter, at: Moment) -> Shown {
        let open = B::FIELDS.iter().filter(|f| f.open == Open::Fact);
        Shown {
            kind: self.zh,
            state: self.state(&m.state).zh,
            rail: self.rail(m, at),
            facts: open.filter_map(|f| Some((f.label, f.ty.plain(&m.body[f.name])?))).collect(),
            clocks: self.clocks_of(m, at).into_iter().filter(|(_, row)| row.is_none()).map(|(told, _)| told).collect(),
        }
    }

    /// What the person whose case it is may see: the same, and the fields that are his.
    pub fn held(&self, m: &Matter, at: Moment) -> (Shown, Vec<Said>) {
        let his = |f: &Field| matches!(f.open, Open::Holder(_));
        (self.shown(m, at), said(B::FIELDS, &m.body, his))
    }

    /// Every field of the case that says something, for staff. Sealed submissions are shown by who may unseal them.
    pub fn fields(&self, m: &Matter) -> Vec<Said> {
        said(B::FIELDS, &m.body, |_| true)
    }

    /// Every part with its label, and its rows: number, the state's Chinese, fields.
    pub fn parts(&self, m: &Matter) -> Vec<(&'static str, RowsSaid)> {
        let one = |p: &super::field::Part, r: &Value| {
            let no = r["no"].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            let state = p.states.iter().find(|s| r["state"] == s.name).map_or("", |s| s.zh);
            (no, state, said(p.fields, r, |_| true))
        };
        let part = |p: &'static super::field::Part| (p.label, rows(&m.body, p).iter().map(|r| one(p, r)).collect());
        B::PARTS.iter().map(part).collect()
    }

    /// The sealed submissions that the case names, each with its field's label.
    pub fn sealed(&self, m: &Matter) -> Vec<(&'static str, String)> {
        let fields = B::FIELDS.iter().filter(|f| f.ty == Type::Sealed);
        fields.filter_map(|f| Some((f.label, m.body[f.name].as_str()?.to_owned()))).collect()
    }

    /// The running clocks, the case's and those of its rows.
    pub fn clocks_of(&self, m: &Matter, at: Moment) -> Vec<(Told, Option<u32>)> {
        let running = m.clocks.iter().filter(|r| r.runs());
        let told = |r: &super::case::Running| {
            let clock = self.clocks.iter().find(|c| c.name == r.clock)?;
            let (due, cite) = (r.due(clock, at), r.cite(clock, at.law));
            let term = r.told(clock, at, |c| Term {
                total: u32::from(c.term),
                used: u32::from(c.used.unwrap_or(0) + c.over.saturating_sub(u16::from(c.over > 0))),
                working: c.wording.unit == law::Unit::WorkingDays,
                begun: c.start.day() < at.today(),
            });
            Some((Told { zh: clock.zh, due, cite, waits: r.waits(), term }, r.row))
        };
        running.filter_map(told).collect()
    }

    /// Why each running clock of the case ends when it does, line by line.
    pub fn explain(&self, m: &Matter, at: Moment) -> Vec<(&'static str, Vec<String>)> {
        let told = |r: &super::case::Running| {
            let clock = self.clocks.iter().find(|c| c.name == r.clock)?;
            Some((clock.zh, r.told(clock, at, |c| c.explain(&at.law.calendar))?))
        };
        m.clocks.iter().filter(|r| r.runs()).filter_map(told).collect()
    }

    /// Whether a row of a part is not at its end yet: a dispute under way.
    pub fn has_open_rows(&self, m: &Matter) -> bool {
        let open = |p: &super::field::Part| {
            rows(&m.body, p).iter().any(|r| p.states.iter().any(|s| r["state"] == s.name && !s.end))
        };
        B::PARTS.iter().any(open)
    }

    /// Where an open case stands, and with whom. The main move of a state is the first by which a person leaves it.
    pub fn inbox(&self, m: &Matter, at: Moment) -> Option<Inbox> {
        let c = self.case(m, m.body.clone(), "", at, None);
        let leads = |v: &&Move<B>| {
            let person = v.by.iter().any(|b| !matches!(b, By::Clock(_)));
            person && v.target().is_some() && v.from.iter().any(|s| s.name == m.state)
        };
        let main = self.moves.iter().find(leads)?;
        let line = |stuck: String, cite, v: &Move<B>| {
            let with = v.by.iter().filter(|b| !matches!(b, By::Clock(_))).copied().collect();
            Some(Inbox { stuck, cite, with, next: v.name, verb: v.zh })
        };
        for e in main.needs {
            if let Some(lack) = lacking(e, &c).into_iter().next() {
                let next = e.through.iter().find_map(|n| self.find(n).filter(|v| self.ready(v, m)));
                return line(lack.says, lack.cite, next.unwrap_or(main));
            }
        }
        line(format!("待{}", main.zh), main.cite, main)
    }

    /// Whether a move has something to be made on.
    fn ready(&self, v: &Move<B>, m: &Matter) -> bool {
        let row = match v.on {
            On::Row(p, from, _) => rows(&m.body, &p).iter().any(|r| from.iter().any(|s| r["state"] == s.name)),
            _ => true,
        };
        row && v.duties().next().is_some() && v.from.iter().any(|s| s.name == m.state)
    }

    /// The moves that clocks make and that are due now: name and row.
    pub fn due_moves(&self, m: &Matter, at: Moment) -> Vec<(&'static str, Option<u32>)> {
        let mut all = vec![];
        for v in self.moves {
            let Some(By::Clock(clock)) = v.by.iter().find(|b| matches!(b, By::Clock(_))) else { continue };
            let here = v.from.iter().any(|s| s.name == m.state);
            let out = m.clocks.iter().filter(|r| here && r.clock == clock.name && r.runs() && r.ran_out(clock, at));
            all.extend(out.map(|r| (v.name, r.row)));
        }
        all
    }
}

fn said(fields: &[Field], value: &Value, show: impl Fn(&Field) -> bool) -> Vec<Said> {
    let one = |f: &Field| {
        let says = match f.ty {
            Type::Sealed => return None,
            Type::Text(_) => value[f.name].as_str().unwrap_or_default().to_owned(),
            ty => ty.plain(&value[f.name])?.zh(),
        };
        (!says.is_empty()).then_some(Said { label: f.label, says, is_free: f.ty.is_free() })
    };
    fields.iter().filter(|f| show(f)).filter_map(one).collect()
}
