//! Plays what happened against a clock, one fact after the other.

use crate::clause::{Direction, Extension, Unit};
use crate::clock::{Fact, Pause, Refused, What};
use crate::count::Count;
use crate::due::Due;
use crate::instrument::within;
use kernel::{Day, Instant};

/// A clock while its facts are played.
pub(crate) struct Run<'a, 'c> {
    pub count: Count<'a, 'c>,
    /// The event, or the last restart.
    pub start: Instant,
    pub restart: Option<&'a str>,
    /// The day after which counting goes on: the start, or the end of the last pause.
    base: Day,
    /// Units used up to the base.
    used: u16,
    /// Units left of the first term, counted from the base.
    left: u16,
    /// Units left of an extension, which begins after the first term.
    more: Option<u16>,
    /// By how much the term was extended.
    pub extended: Option<u16>,
    /// The last day of the first term, once the extension has begun.
    begun_after: Option<Day>,
    /// Whether the units used can no longer change.
    firm: bool,
    /// The moment of closing, and whether it was found in time then.
    pub closed: Option<(Instant, bool)>,
    pub pauses: Vec<Pause<'a>>,
    pub refused: Vec<Refused<'a>>,
}

impl<'a, 'c> Run<'a, 'c> {
    /// Plays facts, sorted by their moments.
    pub fn played(count: Count<'a, 'c>, start: Instant, facts: &[Fact<'a>], now: Instant) -> Run<'a, 'c> {
        let mut run = Run {
            count,
            start,
            restart: None,
            base: start.day(),
            used: 0,
            left: 0,
            more: None,
            extended: None,
            begun_after: None,
            firm: true,
            closed: None,
            pauses: Vec::new(),
            refused: Vec::new(),
        };
        run.begin_at(start);
        for fact in facts {
            if let Err(why) = run.play(fact, now) {
                run.refused.push(Refused { fact: *fact, why });
            }
        }
        run
    }

    fn begin_at(&mut self, at: Instant) {
        self.start = at;
        self.base = self.count.base(at.day());
        self.used = 0;
        self.left = self.count.wording.amount;
        (self.more, self.extended, self.begun_after, self.firm) = (None, None, None, true);
        self.pauses.clear();
    }

    fn play(&mut self, fact: &Fact<'a>, now: Instant) -> Result<(), String> {
        let Fact { at, what } = *fact;
        if at.day() < self.start.day() {
            return Err("发生在起算之前。".to_owned());
        }
        if at > now {
            return Err("还没有发生。".to_owned());
        }
        if self.closed.is_some() {
            return Err("已经办结，期限不再变动。".to_owned());
        }
        match what {
            What::Suspend(cause) => self.suspend(at.day(), cause),
            What::Resume => self.resume(at.day()),
            What::Restart(cause) => self.restart(at, cause),
            What::Extend { approved, told } => self.extend(at, approved, told),
            What::Close { found_in_time } => {
                self.closed = Some((at, found_in_time));
                Ok(())
            }
        }
    }

    fn suspend(&mut self, day: Day, cause: &'a str) -> Result<(), String> {
        if !self.count.wording.suspended_by.iter().any(|known| known == cause) {
            return Err(format!("{cause}不停止计时。"));
        }
        if self.paused() {
            return Err("期限已经暂停，不能再次暂停。".to_owned());
        }
        let (first, more) = self.counted_to(day);
        if first + more == self.left + self.more.unwrap_or(0) {
            return Err("期限已经用完，没有剩余的日子可以暂停。".to_owned());
        }
        self.firm &= self.count.between(self.base, day).1;
        if first == self.left && self.more.is_some() && more > 0 {
            self.begun_after = self.first_end();
            self.left = self.more.take().unwrap_or(0) - more;
        } else {
            self.left -= first;
        }
        self.used += first + more;
        self.base = day;
        self.pauses.push(Pause { from: day, to: None, cause });
        Ok(())
    }

    fn resume(&mut self, day: Day) -> Result<(), String> {
        let Some(pause) = self.pauses.last_mut().filter(|pause| pause.to.is_none()) else {
            return Err("期限没有暂停，无从恢复。".to_owned());
        };
        pause.to = Some(day);
        self.base = day;
        Ok(())
    }

    fn restart(&mut self, at: Instant, cause: &'a str) -> Result<(), String> {
        let known = self.count.wording.restarts_on.iter().find(|restart| restart.cause == cause);
        if !known.is_some_and(|restart| within(at.day(), restart.from, restart.until)) {
            return Err(format!("{cause}不使期限重新计算。"));
        }
        self.restart = Some(cause);
        self.begin_at(at);
        Ok(())
    }

    fn extend(&mut self, at: Instant, approved: bool, told: bool) -> Result<(), String> {
        let Some(Extension { amount, approval, notice, .. }) = &self.count.wording.extension else {
            return Err("这一期限没有延长的规定。".to_owned());
        };
        if self.extended.is_some() {
            return Err("只能延长一次，已经延长过。".to_owned());
        }
        if !approved && !approval.is_empty() {
            return Err(format!("延长没有经{approval}同意。"));
        }
        if !told && *notice {
            return Err("延长没有告知申请人。".to_owned());
        }
        if self.due().is_some_and(|due| due.before <= at) {
            return Err("延长晚于截止日。".to_owned());
        }
        (self.more, self.extended) = (Some(*amount), Some(*amount));
        Ok(())
    }

    /// Whether the clock stands still.
    pub fn paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// `None` while it stands still, and where the wording gives no number.
    pub fn due(&self) -> Option<Due<'a>> {
        if self.paused() { None } else { self.due_if_resumed() }
    }

    /// As [`Run::due`], but while it stands still as if it went on at once.
    pub fn due_if_resumed(&self) -> Option<Due<'a>> {
        if self.count.wording.unit == Unit::Hours {
            return Some(self.count.due(self.count.moment(self.start), true, None));
        }
        let (mut on, mut firm) = self.count.end(self.base, self.left)?;
        if let Some(more) = self.more {
            let (last, sure) = self.count.end(on, more)?;
            (on, firm) = (last, firm && sure);
        }
        Some(self.count.due(on.plus(1).start(), firm && self.firm, None))
    }

    /// The last day of the term without its extension, where it has one.
    pub fn first_end(&self) -> Option<Day> {
        let ahead = self.more.and_then(|_| self.count.end(self.base, self.left)).map(|(day, _)| day);
        self.begun_after.or(ahead)
    }

    /// Units used and left. `None` for units that do not count days and for terms before an event.
    pub fn used_and_left(&self, now: Instant) -> Option<(u16, u16)> {
        if !self.count.wording.unit.counts_days() || self.count.clause.direction == Direction::Before {
            return None;
        }
        let last = self.closed.map_or(now.day().plus(-1), |(at, _)| at.day());
        let (first, more) = if self.paused() { (0, 0) } else { self.counted_to(last) };
        Some((self.used + first + more, self.left + self.more.unwrap_or(0) - first - more))
    }

    /// Units from the base up to and including a day, of the first term and of the extension.
    fn counted_to(&self, day: Day) -> (u16, u16) {
        let first = self.count.between(self.base, day).0.min(self.left);
        let more = self.more.zip(self.count.end(self.base, self.left));
        let more = more.map_or(0, |(more, (end, _))| self.count.between(end, day).0.min(more));
        (first, more)
    }
}
