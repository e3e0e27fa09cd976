//! Everything the generic pages, jobs and tests may ask of a kind, whatever its body.

use super::case::{Matter, Moment};
use super::field::{Body, Plain, State};
use super::kind::{By, Kind};
use super::step::{Doer, Form, Refused, Verdict, Wish};
use super::views::{Arrow, Button, Head, Inbox, PartRows, RowsSaid, Said, Shown, Stop, Told};
use crate::account::Duty;
use crate::record::model::Hold;
use crate::submission::wish::Cause;
use law::Law;
use serde_json::Value;

/// What a route, a form and a journal line need of a move.
#[derive(Clone, Debug)]
pub struct Sketch {
    pub name: &'static str,
    pub zh: &'static str,
    pub says: &'static str,
    pub cite: &'static str,
    pub duties: Vec<Duty>,
    pub decides: bool,
    pub births: bool,
    /// Its form stands in the kind's own slice.
    pub apart: bool,
}

/// One list of signatures: the trait, and its implementation for every body.
macro_rules! any_kind { ($($(#[$doc:meta])* fn $f:ident($($a:ident: $t:ty),*) -> $r:ty;)*) => {
    pub trait AnyKind: Sync {
        fn name(&self) -> &'static str;
        fn zh(&self) -> &'static str;
        fn yin(&self) -> &'static str;
        fn pages(&self) -> &'static [(&'static str, &'static str, &'static [Duty])];
        /// Whether any state of it has a page for anyone. Such a kind is archive: its words are never erased.
        fn is_public(&self) -> bool;
        $($(#[$doc])* fn $f(&self, $($a: $t),*) -> $r;)*
    }
    impl<B: Body> AnyKind for Kind<B> {
        fn name(&self) -> &'static str { self.name }
        fn zh(&self) -> &'static str { self.zh }
        fn yin(&self) -> &'static str { self.yin }
        fn pages(&self) -> &'static [(&'static str, &'static str, &'static [Duty])] { self.pages }
        fn is_public(&self) -> bool { !self.public.is_empty() }
        $(fn $f(&self, $($a: $t),*) -> $r { Kind::$f(self, $($a),*) })*
    }
} }

any_kind! {
    fn step(m: &Matter, wish: &Wish, at: Moment) -> Result<Verdict, Refused>;
    fn form(m: &Matter, wish: &Wish, at: Moment) -> Option<Form>;
    fn buttons(m: &Matter, doer: &Doer, at: Moment) -> Vec<Button>;
    fn inbox(m: &Matter, at: Moment) -> Option<Inbox>;
    fn rail(m: &Matter, at: Moment) -> Vec<Stop>;
    fn public(m: &Matter, at: Moment) -> Option<Shown>;
    fn facts(m: &Matter) -> Option<Matter>;
    fn held(m: &Matter, at: Moment) -> (Shown, Vec<Said>);
    fn fields(m: &Matter) -> Vec<Said>;
    fn parts(m: &Matter) -> Vec<(&'static str, RowsSaid)>;
    fn sealed(m: &Matter) -> Vec<(&'static str, String)>;
    fn clocks_of(m: &Matter, at: Moment) -> Vec<(Told, Option<u32>)>;
    fn explain(m: &Matter, at: Moment) -> Vec<(&'static str, Vec<String>)>;
    /// What holds back the record named for a role.
    fn hold(m: &Matter, role: &str, at: Moment) -> Option<Hold>;
    fn has_open_rows(m: &Matter) -> bool;
    fn due_moves(m: &Matter, at: Moment) -> Vec<(&'static str, Option<u32>)>;
    fn heads() -> Vec<Head>;
    fn report(m: &Matter, at: Moment) -> Vec<Option<Plain>>;
    fn part_heads() -> Vec<(&'static str, Vec<Head>)>;
    fn part_reports(m: &Matter) -> PartRows;
    fn chart() -> (Vec<(&'static str, &'static str)>, Vec<Arrow>);
    fn sound(body: &Value) -> Result<(), String>;
    fn lint(law: &Law) -> Vec<String>;
    fn state(name: &str) -> State;
    fn sketches() -> Vec<Sketch>;
    /// The clause of a clock.
    fn clause(clock: &str) -> Option<&'static str>;
    /// The clock that makes a move.
    fn clock_of(name: &str) -> Option<By>;
    /// What the holder is told of a move.
    fn tells(name: &str) -> Option<Cause>;
}

impl<B: Body> Kind<B> {
    pub fn sketches(&self) -> Vec<Sketch> {
        let one = |v: &super::kind::Move<B>| Sketch {
            name: v.name,
            zh: v.zh,
            says: v.says,
            cite: v.cite,
            duties: v.duties().collect(),
            decides: v.decides,
            births: v.from.contains(&super::kind::NEW),
            apart: v.apart,
        };
        self.moves.iter().map(one).collect()
    }

    pub fn hold(&self, m: &Matter, role: &str, at: Moment) -> Option<Hold> {
        (self.holds)(&self.case(m, m.body.clone(), "", at, None), role)
    }

    pub fn clause(&self, clock: &str) -> Option<&'static str> {
        self.clocks.iter().find(|c| c.name == clock)?.clause
    }

    pub fn tells(&self, name: &str) -> Option<Cause> {
        self.find(name)?.tells
    }

    pub fn clock_of(&self, name: &str) -> Option<By> {
        self.find(name)?.by.iter().find(|b| matches!(b, By::Clock(_))).copied()
    }
}
