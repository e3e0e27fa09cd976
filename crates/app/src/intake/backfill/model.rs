//! An old page. Pure.

use crate::record::kind::Kind;
use crate::record::model::Typed;
use kernel::{Day, Hash};

/// A page of a former site, read.
#[derive(Clone, Debug)]
pub struct Old {
    /// Where it was public.
    pub address: String,
    /// Its path and query: what an old link asks us for.
    pub path: String,
    pub first_public: Day,
    /// Of the bytes that were captured there.
    pub capture: Hash,
    /// 索引号 over there, kept; empty for none.
    pub index_no: String,
    pub kind: &'static Kind,
    pub typed: Typed,
    pub text: String,
}

/// An old page, looked through whole.
#[derive(Clone, Debug)]
pub struct Examined {
    pub old: Old,
    pub title: String,
    /// Of the paper made of it; empty where it cannot be one yet.
    pub hash: String,
    /// What a person must look at: the scanner's findings that stop a paper, and the faults of its fields.
    pub findings: usize,
}

/// What became of a page that was taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Took {
    /// Waits for a decision.
    Clean,
    /// A draft at the desk.
    Desk,
    /// Was here already, the same.
    Known,
    /// Another text under an old address, or with an index number, that is here already.
    Refused(&'static str),
}
