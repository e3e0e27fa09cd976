//! The one file that reads the system clock. Everyone else is told the time.
#![allow(clippy::disallowed_methods)]

use app::clock::Clock;
use kernel::Instant;
use std::time::{SystemTime, UNIX_EPOCH};

/// The machine's clock, to the millisecond.
pub fn system() -> Clock {
    Clock::new(now)
}

fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Measures how long something takes; tells no time of day.
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    pub fn start() -> Stopwatch {
        Stopwatch(std::time::Instant::now())
    }

    pub fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
