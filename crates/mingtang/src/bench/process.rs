//! What the system says of a process: CPU time, memory, children. Linux only, from `/proc`.

use crate::fail::Fail;
use std::fs;

/// Nanoseconds of a tick of `/proc/PID/stat`: Linux shows user space a hundred a second on every machine.
const TICK_NS: u64 = 10_000_000;

/// CPU time of some processes since they began.
#[derive(Clone, Copy, Default)]
pub struct Cpu {
    /// utime + stime, threads that have ended included; to the tick.
    ticks: u64,
    /// Of the threads that are alive, to the nanosecond; 0 where the kernel does not count it.
    live_ns: u64,
}

impl Cpu {
    pub fn of(pids: &[u32]) -> Result<Cpu, Fail> {
        let mut sum = Cpu::default();
        for pid in pids {
            let stat = read(*pid, "stat")?;
            sum.ticks += ticks(&stat).ok_or_else(|| Fail::fault("an unreadable /proc/PID/stat"))?;
            sum.live_ns += live_ns(*pid)?;
        }
        Ok(sum)
    }

    /// Seconds since `before`. The finer count, unless a thread has ended and taken its share along.
    pub fn since(&self, before: &Cpu) -> f64 {
        let ticks = (self.ticks - before.ticks) * TICK_NS;
        let live = self.live_ns.saturating_sub(before.live_ns);
        let is_whole = self.live_ns > 0 && live + 2 * TICK_NS >= ticks;
        (if is_whole { live } else { ticks }) as f64 / 1e9
    }
}

fn read(pid: u32, file: &str) -> Result<String, Fail> {
    let path = format!("/proc/{pid}/{file}");
    fs::read_to_string(&path).map_err(|e| Fail::fault(e).during(&path))
}

/// Fields 14 and 15, counted behind the name, which may hold anything.
fn ticks(stat: &str) -> Option<u64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let (user, system): (u64, u64) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    Some(user + system)
}

fn live_ns(pid: u32) -> Result<u64, Fail> {
    let mut sum = 0;
    for thread in fs::read_dir(format!("/proc/{pid}/task"))? {
        // A thread may end while we read.
        let Ok(text) = fs::read_to_string(thread?.path().join("schedstat")) else { continue };
        sum += text.split_whitespace().next().and_then(|n| n.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(sum)
}

/// Processor time of this very thread, in seconds; 0 where the kernel does not count it.
pub fn thread_seconds() -> Result<f64, Fail> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0) / 1e9)
}

/// A process and its children: nginx works in the latter.
pub fn family(pid: u32) -> Result<Vec<u32>, Fail> {
    let children = read(pid, &format!("task/{pid}/children"))?;
    Ok(std::iter::once(pid).chain(children.split_whitespace().filter_map(|n| n.parse().ok())).collect())
}

/// Proportional set size in bytes: memory shared with others counts by its part.
pub fn memory(pid: u32) -> Result<u64, Fail> {
    let rollup = read(pid, "smaps_rollup")?;
    let line = rollup.lines().find_map(|l| l.strip_prefix("Pss:"));
    let kb = line.and_then(|l| l.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kb.map(|kb| kb << 10).ok_or_else(|| Fail::fault("an unreadable /proc/PID/smaps_rollup"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_process_may_hold_anything() {
        let stat = "12 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 700 35 0 0 20 0 1 0 5 6 7";
        assert_eq!(ticks(stat), Some(735));
        assert_eq!(ticks("12 (a) S"), None);
    }

    #[test]
    fn an_ended_thread_is_not_forgotten() {
        let cpu = |ticks, live_ns| Cpu { ticks, live_ns };
        assert_eq!(cpu(10, 103_000_000).since(&cpu(0, 0)), 0.103);
        assert_eq!(cpu(100, 103_000_000).since(&cpu(0, 0)), 1.0);
        assert_eq!(cpu(100, 0).since(&cpu(50, 0)), 0.5);
    }

    #[test]
    fn we_ourselves_use_time_and_memory() {
        let me = std::process::id();
        let before = Cpu::of(&[me]).expect("reads");
        let spent = (0..40_000_000_u64).fold(0, |a, n| a ^ std::hint::black_box(n));
        assert!(Cpu::of(&[me]).expect("reads").since(&before) > 0.0, "{spent}");
        assert!(memory(me).expect("reads") > 1 << 20);
        assert!(family(me).expect("reads").contains(&me));
    }
}
