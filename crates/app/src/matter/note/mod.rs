//! 备注和材料：what staff tell each other about a case, with the files of a step. For nobody else, ever: words, names and
//! bytes are sealed under keys of their own, which go with the case.
//!
//! **Invariant:** no public page, no answer to a holder and no export reads these tables.

pub mod desk;
pub mod store;
