//! The ledger against a second, slow reading of RFC 6962, and against the vectors of the specifications.

mod clearance;
mod log;
mod naive;
mod notes;
mod proofs;
mod trees;
