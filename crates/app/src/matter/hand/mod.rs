//! 承办：who works on a case. Duties say who may; hands say who does. A case without a hand waits for everybody with the
//! duty; one with a hand waits for that person, for whoever follows or stands in for them, and for nobody else.
//!
//! **Invariant:** a hand gives no duty: whoever is given a case does in it what their duty allows.
//! **Invariant:** a case whose hands may not make the next move waits for all who may: nothing is stuck unseen.

pub mod desk;
pub mod rules;
pub mod store;
