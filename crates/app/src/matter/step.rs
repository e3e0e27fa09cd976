//! The step: a wish against the table. It decides and writes nothing; whoever called it stores the step in one act.

use super::case::{Case, Entry, Matter, Moment, Running, row};
use super::field::{Body, Field, State, Type};
use super::kind::{By, Evidence, Kind, Move, NEW, On, To};
use super::tick;
use kernel::Refusal;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What was typed, by the names of fields.
pub type Input = BTreeMap<String, String>;

/// One person with all that he may act as; or a holder, or a clock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doer {
    pub may: Vec<By>,
    /// The id of staff, `holder` or `clock`.
    pub who: String,
}

/// This move, on this row, with what was typed. The token makes a repetition harmless.
pub struct Wish<'a> {
    pub name: &'a str,
    pub row: Option<u32>,
    pub input: &'a Input,
    pub doer: &'a Doer,
    pub token: &'a str,
}

/// The decision, whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    pub entry: Entry,
    pub body: Value,
    pub clocks: Vec<Running>,
}

pub enum Verdict {
    Step(Box<Step>),
    /// This sending was made already.
    Again(Entry),
}

/// Every reason why not, and the form as it was typed.
#[derive(Debug)]
pub struct Refused {
    pub why: Vec<Refusal>,
    pub form: Form,
}

/// A form, filled.
#[derive(Debug, Default)]
pub struct Form(pub Vec<Line>);

#[derive(Debug)]
pub struct Line {
    pub field: Field,
    pub value: String,
    pub required: bool,
    /// What is wrong, without the field's label.
    pub error: Option<String>,
}

impl Form {
    /// What is wrong, in the order of the fields.
    fn faults(&self, cite: &'static str) -> impl Iterator<Item = Refusal> {
        self.0.iter().filter_map(move |line| {
            let says = format!("{}：{}。", line.field.label, line.error.as_ref()?);
            Some(Refusal::new(line.field.name, says).cite(cite).at(line.field.name))
        })
    }
}

impl Matter {
    /// The matter once a step is stored.
    pub fn after(&self, step: &Step) -> Matter {
        let past = self.past.iter().chain([&step.entry]).cloned().collect();
        let (state, body, clocks) = (step.entry.to.clone(), step.body.clone(), step.clocks.clone());
        Matter { state, body, past, clocks, papers: self.papers.clone(), unsorted: self.unsorted }
    }
}

impl<B: Body> Kind<B> {
    /// Whether a stored body is one of this kind: after a renamed field or a removed choice it is not.
    pub fn sound(&self, body: &Value) -> Result<(), String> {
        serde_json::from_value::<B>(body.clone()).map(drop).map_err(|e| format!("{}: {e}", self.name))
    }

    /// The case with its body typed, as rules and pages of the kind's own look at it.
    pub fn case<'a>(&self, m: &'a Matter, json: Value, who: &'a str, at: Moment, row: Option<u32>) -> Case<'a, B> {
        let body = serde_json::from_value(json.clone()).expect("looked at by `sound` when it was loaded");
        Case { body, json, at: m, who, moment: at, row }
    }

    /// By its name; the birth's for a name that is not in the table.
    pub fn state(&self, name: &str) -> State {
        *self.states.iter().find(|s| s.name == name).unwrap_or(&NEW)
    }

    pub(super) fn find(&self, name: &str) -> Option<&Move<B>> {
        self.moves.iter().find(|v| v.name == name)
    }

    /// Offered here, to this person, on this row.
    pub(super) fn offered(&self, v: &Move<B>, c: &Case<B>, may: &[By]) -> bool {
        let here = match v.on {
            On::Case | On::Add(..) => c.row.is_none(),
            On::Row(part, from, _) => {
                row(&c.json, &part, c.row).is_some_and(|r| from.iter().any(|s| r["state"] == s.name))
            }
        };
        here && v.by.iter().any(|b| may.contains(b)) && v.from.iter().any(|s| s.name == c.at.state)
    }

    /// Every reason why not, before anything is filled in.
    pub(super) fn blocked(&self, v: &Move<B>, c: &Case<B>, may: &[By]) -> Vec<Refusal> {
        let mut why: Vec<Refusal> = v.needs.iter().flat_map(|e| lacking(e, c)).collect();
        if let [By::Clock(clock)] = may
            && !c.ran_out(clock)
        {
            why.push(Refusal::new("clock-runs", format!("{}尚未届满。", clock.zh)).cite(v.cite));
        }
        why.extend((v.guard)(c));
        why
    }

    /// Decides. A wish that the table does not offer here is refused like any other.
    pub fn step(&self, m: &Matter, w: &Wish, at: Moment) -> Result<Verdict, Refused> {
        if let Some(entry) = m.past.iter().find(|e| e.token == w.token) {
            return Ok(Verdict::Again(entry.clone()));
        }
        let before = self.case(m, m.body.clone(), &w.doer.who, at, w.row);
        let Some(v) = self.find(w.name).filter(|v| self.offered(v, &before, &w.doer.may)) else {
            let says =
                format!("现在是“{}”，不能办理这一项。请回到这件申请，按页面上的按钮办理。", self.state(&m.state).zh);
            return Err(Refused { why: vec![Refusal::new("not-now", says)], form: Form::default() });
        };
        let why = self.blocked(v, &before, &w.doer.may);
        if !why.is_empty() {
            return Err(Refused { why, form: self.fill(m, v, w, at).1 });
        }
        let (mut after, form) = self.fill(m, v, w, at);
        let asked = |name: &str| v.asks.iter().any(|a| a.field.name == name);
        let stray =
            w.input.keys().filter(|k| !asked(k)).map(|_| Refusal::new("not-asked", "表单里有这一步不用填的内容。"));
        let mut why: Vec<Refusal> = stray.chain(form.faults(v.cite)).collect();
        if why.is_empty() {
            why = (v.check)(&after);
        }
        if !why.is_empty() {
            return Err(Refused { why, form });
        }
        (v.then)(&mut after);
        let body = serde_json::to_value(&after.body).expect("a body is JSON");
        let to = match v.to {
            To::Stay => self.state(&m.state),
            To::State(state) => state,
        };
        let clocks = tick::tick(self.clocks, m, v, &body, after.row, to, at);
        let (token, name, who) = (w.token.into(), v.name.into(), w.doer.who.clone());
        let entry = Entry { token, name, row: after.row, to: to.name.into(), who, at: at.now };
        Ok(Verdict::Step(Box::new(Step { entry, body, clocks })))
    }

    /// The case as it would be, and the form as it would go back.
    pub(super) fn fill<'a>(&self, m: &'a Matter, v: &Move<B>, w: &'a Wish, at: Moment) -> (Case<'a, B>, Form) {
        let mut json = m.body.clone();
        let (row, target) = target(&mut json, v.on, w.row);
        let mut lines = vec![];
        for ask in v.asks {
            let typed = w.input.get(ask.field.name);
            let read = typed.map(|t| ask.field.ty.read(t)).transpose();
            let error = read.as_ref().err().cloned();
            if let Ok(Some(value)) = read {
                target[ask.field.name] = value;
            }
            let value = typed.cloned().unwrap_or_else(|| as_typed(ask.field.ty, &target[ask.field.name]));
            lines.push(Line { field: ask.field, value, required: false, error });
        }
        let after = self.case(m, json, &w.doer.who, at, row);
        for (line, ask) in lines.iter_mut().zip(v.asks) {
            line.required = (ask.need)(&after);
            if line.required && line.value.trim().is_empty() && line.error.is_none() {
                line.error = Some("必填".into());
            }
        }
        (after, Form(lines))
    }
}

/// What a move writes into: the case, a new row, or the row it is made on, which is then in its new state.
fn target(json: &mut Value, on: On, no: Option<u32>) -> (Option<u32>, &mut Value) {
    match on {
        On::Case => (no, json),
        On::Add(part, at) => {
            if !json[part.name].is_array() {
                json[part.name] = json!([]);
            }
            let all = json[part.name].as_array_mut().expect("made above");
            let no = u32::try_from(all.len() + 1).expect("a part is not for crowds");
            all.push(json!({ "no": no, "state": at.name }));
            (Some(no), all.last_mut().expect("just pushed"))
        }
        On::Row(part, _, at) => {
            let all = json[part.name].as_array_mut().expect("offered only on a row that is there");
            let row = all.iter_mut().find(|r| r["no"] == json!(no)).expect("offered only on a row that is there");
            row["state"] = json!(at.name);
            (no, row)
        }
    }
}

/// Why evidence is not there; empty where it is, or where the case does not need it.
pub(super) fn lacking<B>(e: &Evidence<B>, c: &Case<B>) -> Vec<Refusal> {
    if (e.applies)(c) { (e.lacks)(c) } else { vec![] }
}

/// A stored value as it stands in an input. What is sealed is not shown again.
fn as_typed(ty: Type, value: &Value) -> String {
    match value {
        _ if ty == Type::Sealed => String::new(),
        Value::String(s) => s.clone(),
        Value::Number(n) => n.to_string(),
        Value::Bool(b) => if *b { "yes" } else { "no" }.into(),
        _ => String::new(),
    }
}

/// A guard as a table: each line must hold, or it is a refusal.
pub fn demand(lines: &[(bool, &'static str, &str, &'static str)]) -> Vec<Refusal> {
    lines.iter().filter(|l| !l.0).map(|l| Refusal::new(l.1, l.2).cite(l.3)).collect()
}
