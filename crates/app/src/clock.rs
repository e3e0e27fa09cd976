//! The time, as the program is told it. The system clock is read in one place only, outside this crate.

use kernel::{Day, Instant};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

/// Cheap to clone.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    pub fn new(now: impl Fn() -> Instant + Send + Sync + 'static) -> Clock {
        Clock(Arc::new(now))
    }

    /// A clock that stands still until it is set, for tests and the demo's history.
    pub fn settable(at: Instant) -> (Clock, Arc<AtomicI64>) {
        let hand = Arc::new(AtomicI64::new(at.0));
        let shown = hand.clone();
        (Clock::new(move || Instant(shown.load(SeqCst))), hand)
    }

    pub fn now(&self) -> Instant {
        (self.0)()
    }

    pub fn today(&self) -> Day {
        self.now().day()
    }
}
