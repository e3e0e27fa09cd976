//! What else than the words puts a hit first or last. Every factor can be told in words. Pure.

use crate::floor::{Term, Validity};
use kernel::{Day, Instant};

/// Kinds that are written for whoever wants something done.
const SERVES: &[&str] = &["guide"];
/// Kinds that often say how something is done.
const ANSWERS: &[&str] = &["rule", "notice", "institution", "policy", "interpretation", "catalogue"];
/// Kinds that grow old.
const FRESH: &[&str] = &["news", "notice", "press", "procurement", "personnel"];
const YEAR_MS: f32 = 365.25 * 86_400_000.0;

/// In force before what is not: nobody should follow a document that was repealed.
pub fn of_validity(validity: Validity) -> f32 {
    match validity {
        Validity::Unstated | Validity::InForce | Validity::OnShow => 1.0,
        Validity::Amended => 0.97,
        Validity::NotYet => 0.9,
        Validity::Expired | Validity::Lapsed | Validity::ShowOver => 0.5,
        Validity::Repealed => 0.45,
    }
}

/// `how`: the query asks how something is done.
pub fn of_kind(kind: &str, how: bool) -> f32 {
    match kind {
        _ if how && SERVES.contains(&kind) => 1.6,
        _ if how && ANSWERS.contains(&kind) => 1.3,
        "news" => 0.85,
        _ => 1.0,
    }
}

/// Of two that are equally good, the newer; for what grows old, more so.
pub fn of_age(kind: &str, published: Instant, now: Instant) -> f32 {
    let years = ((now.0 - published.0) as f32 / YEAR_MS).max(0.0);
    let (a_year, least) = if FRESH.contains(&kind) { (0.12, 0.6) } else { (0.03, 0.8) };
    (1.0 / (1.0 + a_year * years)).max(least)
}

/// Days of a document and what became of it, in one number: the index keeps it so.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Days {
    pub effective: Option<Day>,
    pub expires: Option<Day>,
    pub ending: &'static str,
    pub ended: Option<Day>,
    /// The last day of a 公示, whose first and last day in force say nothing.
    pub shown_until: Option<Day>,
}

const ENDINGS: [&str; 4] = ["", "amended", "repealed", "lapsed"];

impl Days {
    /// From the words of the floor.
    pub fn of(term: Term) -> Days {
        let ending = ENDINGS.into_iter().find(|e| *e == term.ending).unwrap_or_default();
        let [effective, expires, ended, shown_until] =
            [term.effective, term.expires, term.ended, term.shown_until].map(Day::parse);
        Days { effective, expires, ending, ended, shown_until }
    }

    pub fn packed(self) -> u64 {
        let ending = ENDINGS.iter().position(|e| *e == self.ending).unwrap_or(0) as u64;
        let (last, shown) = (self.shown_until.or(self.expires), u64::from(self.shown_until.is_some()));
        ending | number(self.effective) << 2 | number(last) << 18 | number(self.ended) << 34 | shown << 50
    }

    pub fn unpacked(n: u64) -> Days {
        let day = |shift: u32| Some(Day((n >> shift & 0xffff) as i32)).filter(|d| d.0 > 0);
        let (expires, shown_until) = if n >> 50 & 1 == 1 { (None, day(18)) } else { (day(18), None) };
        Days { ending: ENDINGS[(n & 3) as usize], effective: day(2), expires, ended: day(34), shown_until }
    }

    pub fn validity(self, today: Day) -> Validity {
        Validity::seen(today, [self.effective, self.expires, self.shown_until], (self.ending, self.ended))
    }
}

/// 0 is no day; what lies before 1970 is 1.
fn number(day: Option<Day>) -> u64 {
    day.map_or(0, |d| d.0.clamp(1, 0xffff) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_survive_their_number() {
        let today = Day::new(2026, 11, 23).expect("a day");
        let days = ["", "1955-01-01", "2017-05-26", "2026-11-22", "2026-11-23", "2026-11-24", "2099-12-31"];
        for (effective, expires) in days.iter().flat_map(|a| days.iter().map(move |b| (*a, *b))) {
            for (ending, ended) in ENDINGS.iter().flat_map(|e| days.iter().map(move |d| (*e, *d))) {
                for shown_until in ["", "2026-11-22", "2026-11-23"] {
                    let term = Term { effective, expires, ending, ended, shown_until };
                    let kept = Days::unpacked(Days::of(term).packed());
                    assert_eq!(kept.validity(today), Validity::on(today, term), "{term:?}");
                }
            }
        }
    }

    #[test]
    fn what_people_need_first() {
        let at = |text: &str| Instant::parse(text).expect("a time");
        let now = at("2026-11-23 09:00");
        assert!(of_validity(Validity::InForce) > of_validity(Validity::Repealed));
        assert!(of_kind("guide", true) > of_kind("notice", true) && of_kind("notice", true) > of_kind("plan", true));
        assert!(of_kind("guide", false) == of_kind("plan", false) && of_kind("news", false) < of_kind("plan", false));
        assert!(of_age("news", at("2017-05-26 10:00"), now) < of_age("policy", at("2017-05-26 10:00"), now));
        assert!(of_age("policy", at("2026-01-01 10:00"), now) > of_age("policy", at("2017-05-26 10:00"), now));
        assert_eq!(of_age("news", at("2030-01-01 00:00"), now), 1.0);
    }
}
