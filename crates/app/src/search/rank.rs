//! What else than the words puts a hit first or last. Every factor can be told in words. Pure.

use crate::floor::{Dates, Validity};
use kernel::{Day, Instant};

/// Kinds that answer how something is done.
const ANSWERS: &[&str] = &["guide", "rule", "notice", "institution", "policy", "interpretation", "catalogue"];
/// Kinds that grow old.
const FRESH: &[&str] = &["news", "notice", "press", "procurement", "personnel"];
const YEAR_MS: f32 = 365.25 * 86_400_000.0;

/// In force before what is not: nobody should follow a document that was repealed.
pub fn of_validity(validity: Validity) -> f32 {
    match validity {
        Validity::Unstated | Validity::InForce | Validity::OnShow => 1.0,
        Validity::Amended => 0.97,
        Validity::NotYet | Validity::ShowOver => 0.9,
        Validity::Expired | Validity::Lapsed => 0.5,
        Validity::Repealed => 0.45,
    }
}

/// `how`: the query asks how something is done.
pub fn of_kind(kind: &str, how: bool) -> f32 {
    match (how, ANSWERS.contains(&kind)) {
        (true, true) => 1.3,
        _ if kind == "news" => 0.85,
        _ => 1.0,
    }
}

/// Of two that are equally good, the newer; for what grows old, more so.
pub fn of_age(kind: &str, published: Instant, now: Instant) -> f32 {
    let years = ((now.0 - published.0) as f32 / YEAR_MS).max(0.0);
    let (a_year, least) = if FRESH.contains(&kind) { (0.12, 0.6) } else { (0.03, 0.8) };
    (1.0 / (1.0 + a_year * years)).max(least)
}

const ENDINGS: [&str; 4] = ["", "amended", "repealed", "lapsed"];
/// Bits of a day: up to the year 2059.
const BITS: u32 = 15;
const LAST: i32 = (1 << BITS) - 1;

/// A document's term in one number: the index keeps it so.
pub fn packed(dates: &Dates) -> u64 {
    let ending = ENDINGS.iter().position(|e| *e == dates.ending).unwrap_or(0) as u64;
    let days = [dates.effective, dates.expires, dates.ended, dates.shown_until];
    days.into_iter().rev().fold(0, |all, day| all << BITS | number(day)) << 2 | ending
}

pub fn unpacked(n: u64) -> Dates<'static> {
    let day = |at: u32| Some(Day((n >> (2 + at * BITS)) as i32 & LAST)).filter(|d| d.0 > 0);
    let ending = ENDINGS[(n & 3) as usize];
    Dates { effective: day(0), expires: day(1), ending, ended: day(2), shown_until: day(3) }
}

/// 0 is no day; what lies before 1970 is 1.
fn number(day: Option<Day>) -> u64 {
    day.map_or(0, |d| d.0.clamp(1, LAST) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::floor::Term;

    #[test]
    fn days_survive_their_number() {
        let today = Day::new(2026, 11, 23).expect("a day");
        let days = ["", "1955-01-01", "2017-05-26", "2026-11-22", "2026-11-23", "2026-11-24", "2059-01-31"];
        let term = |n: usize| {
            let at = |place: u32| days[n / days.len().pow(place) % days.len()];
            Term { effective: at(0), expires: at(1), ending: "", ended: at(2), shown_until: at(3) }
        };
        for (n, ending) in (0..days.len().pow(4)).flat_map(|n| ENDINGS.map(|e| (n, e))) {
            let term = Term { ending, ..term(n) };
            let day = |text: &str| Day::parse(text);
            let (effective, expires, ended) = (day(term.effective), day(term.expires), day(term.ended));
            let dates = Dates { effective, expires, ending, ended, shown_until: day(term.shown_until) };
            assert_eq!(unpacked(packed(&dates)).validity(today), Validity::on(today, term), "{term:?}");
        }
    }

    #[test]
    fn what_people_need_first() {
        let at = |text: &str| Instant::parse(text).expect("a time");
        let now = at("2026-11-23 09:00");
        assert!(of_validity(Validity::InForce) > of_validity(Validity::Repealed));
        assert!(of_kind("guide", true) > of_kind("plan", true) && of_kind("news", false) < of_kind("plan", false));
        assert!(of_age("news", at("2017-05-26 10:00"), now) < of_age("policy", at("2017-05-26 10:00"), now));
        assert!(of_age("policy", at("2026-01-01 10:00"), now) > of_age("policy", at("2017-05-26 10:00"), now));
        assert_eq!(of_age("news", at("2030-01-01 00:00"), now), 1.0);
    }
}
