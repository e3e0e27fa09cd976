//! Load: so many clients, each asking again as soon as it is answered, until time is over or all has been asked.

use super::client::{Client, Request};
use crate::clock::Stopwatch;
use crate::fail::Fail;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use tokio::task::JoinSet;

/// What came of one round of load. Every answer in it was right.
pub struct Load {
    pub seconds: f64,
    /// Of each answer, in seconds, the fastest first.
    latencies: Vec<f64>,
}

impl Load {
    pub fn done(&self) -> u64 {
        self.latencies.len() as u64
    }

    pub fn per_second(&self) -> f64 {
        self.done() as f64 / self.seconds
    }

    /// The latency that 99 of 100 answers did not exceed, in seconds.
    pub fn p99(&self) -> f64 {
        let nth = (self.latencies.len() * 99).div_ceil(100).max(1) - 1;
        self.latencies.get(nth).copied().unwrap_or(f64::NAN)
    }
}

/// The n-th request of a round; `None` where all have been asked.
pub type Next = Arc<dyn Fn(u64) -> Option<Request> + Send + Sync>;

/// Asks the same again and again.
pub fn same(request: Request) -> Next {
    Arc::new(move |_| Some(request.clone()))
}

/// Asks each once.
pub fn each(requests: Vec<Request>) -> Next {
    Arc::new(move |n| requests.get(usize::try_from(n).ok()?).cloned())
}

/// One round.
///
/// # Errors
/// The first wrong answer ends it: a fast wrong answer is no figure.
pub async fn drive(at: SocketAddr, clients: usize, seconds: f64, next: Next) -> Result<Load, Fail> {
    let mut ready = vec![];
    for _ in 0..clients {
        ready.push(Client::connect(at).await?);
    }
    let (turn, mut running, watch) = (Arc::new(AtomicU64::new(0)), JoinSet::new(), Stopwatch::start());
    for client in ready {
        running.spawn(one(client, seconds, next.clone(), turn.clone()));
    }
    let mut latencies = vec![];
    while let Some(ended) = running.join_next().await {
        latencies.extend(ended.map_err(Fail::fault)??);
    }
    let seconds = watch.seconds();
    if latencies.is_empty() {
        return Err(Fail::fault("a round of load in which nothing was asked"));
    }
    latencies.sort_unstable_by(f64::total_cmp);
    Ok(Load { seconds, latencies })
}

async fn one(mut client: Client, seconds: f64, next: Next, turn: Arc<AtomicU64>) -> Result<Vec<f64>, Fail> {
    let (mut latencies, watch) = (Vec::with_capacity(4096), Stopwatch::start());
    let mut before = watch.seconds();
    while before < seconds {
        let Some(request) = next(turn.fetch_add(1, Relaxed)) else { break };
        client.ask_right(&request).await?;
        let after = watch.seconds();
        latencies.push(after - before);
        before = after;
    }
    Ok(latencies)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_99th_of_a_hundred() {
        let load = |n: u32| Load { seconds: 2.0, latencies: (1..=n).map(f64::from).collect() };
        for (n, p99) in [(1, 1.0), (50, 50.0), (100, 99.0), (1000, 990.0)] {
            assert_eq!(load(n).p99(), p99);
        }
        assert_eq!(load(100).per_second(), 50.0);
    }
}
