//! Rows: what was measured beside what, over several rounds, and what follows from it. Pure.

use serde::Serialize;

/// A peer that itself moved by more than this between rounds tells nothing.
const STEADY: f64 = 1.5;

/// The median of several rounds, with its range.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Spread {
    pub median: f64,
    pub min: f64,
    pub max: f64,
}

impl Spread {
    /// Of at least one figure.
    pub fn of(figures: impl IntoIterator<Item = f64>) -> Spread {
        let mut all: Vec<f64> = figures.into_iter().collect();
        all.sort_unstable_by(f64::total_cmp);
        let at = |n: usize| all.get(n).copied().unwrap_or(f64::NAN);
        let (half, last) = (all.len() / 2, all.len().saturating_sub(1));
        let median = if all.len().is_multiple_of(2) && !all.is_empty() {
            f64::midpoint(at(half - 1), at(half))
        } else {
            at(half)
        };
        Spread { median, min: at(0), max: at(last) }
    }

    fn moved(&self) -> f64 {
        self.max / self.min
    }
}

/// Beside what our figure stands.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Peer {
    /// Measured in the same rounds, interleaved.
    Measured { name: String, figure: Spread },
    /// Published, on another machine or day.
    Published { name: String, figure: f64 },
    /// The row is about our own figure.
    None,
}

/// What must hold, and what is aimed at.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    AtLeast {
        floor: f64,
        goal: Option<f64>,
    },
    /// The floor is infinite where there is only a goal.
    AtMost {
        floor: f64,
        goal: Option<f64>,
    },
    /// Printed for comparison only.
    Unbound,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Goal,
    Floor,
    Below,
    /// With the reason.
    None(String),
}

/// A line of the table.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Row {
    /// Of the aims: `W1`.
    pub name: &'static str,
    pub what: String,
    /// How many records were public.
    pub records: u64,
    pub unit: &'static str,
    pub ours: Spread,
    pub peer: Peer,
    /// What the bound is about; ours where the row has no ratio.
    pub judged: Spread,
    pub is_ratio: bool,
    pub bound: Bound,
    pub verdict: Verdict,
}

/// A row's first half: its own figures, one a round.
pub struct Figures {
    pub name: &'static str,
    pub what: String,
    pub records: u64,
    pub unit: &'static str,
    pub ours: Vec<f64>,
}

impl Figures {
    /// Ratios of rounds: ours to the peer's in the same round.
    pub fn beside(self, name: &str, theirs: &[f64], bound: Bound) -> Row {
        self.measured(name, theirs, bound, |ours, theirs| ours / theirs)
    }

    /// How many times a peer's cost in the same round is ours: higher is better.
    pub fn under(self, name: &str, theirs: &[f64], bound: Bound) -> Row {
        self.measured(name, theirs, bound, |ours, theirs| theirs / ours)
    }

    fn measured(self, name: &str, theirs: &[f64], bound: Bound, ratio: fn(f64, f64) -> f64) -> Row {
        let ratios = Spread::of(self.ours.iter().zip(theirs).map(|(ours, theirs)| ratio(*ours, *theirs)));
        let figure = Spread::of(theirs.iter().copied());
        let unsteady = (figure.moved() > STEADY).then(|| format!("none: {name} itself moved {:.1}x", figure.moved()));
        self.row(Peer::Measured { name: name.into(), figure }, ratios, true, bound, unsteady)
    }

    /// Ours to a published figure: higher is better.
    pub fn over_published(self, name: &str, theirs: f64, bound: Bound) -> Row {
        let ratios = Spread::of(self.ours.iter().map(|ours| ours / theirs));
        self.row(Peer::Published { name: name.into(), figure: theirs }, ratios, true, bound, None)
    }

    /// How many times a published cost is ours: higher is better.
    pub fn under_published(self, name: &str, theirs: f64, bound: Bound) -> Row {
        let ratios = Spread::of(self.ours.iter().map(|ours| theirs / ours));
        self.row(Peer::Published { name: name.into(), figure: theirs }, ratios, true, bound, None)
    }

    /// Our own figure against a bound, where nothing forbids a verdict.
    pub fn alone(self, bound: Bound, why_not: Option<String>) -> Row {
        let ours = Spread::of(self.ours.iter().copied());
        self.row(Peer::None, ours, false, bound, why_not)
    }

    fn row(self, peer: Peer, judged: Spread, is_ratio: bool, bound: Bound, why_not: Option<String>) -> Row {
        let verdict = why_not.map_or_else(|| verdict(bound, judged.median), Verdict::None);
        let ours = Spread::of(self.ours.iter().copied());
        let Figures { name, what, records, unit, .. } = self;
        Row { name, what, records, unit, ours, peer, judged, is_ratio, bound, verdict }
    }
}

fn verdict(bound: Bound, figure: f64) -> Verdict {
    let (holds, reaches) = match bound {
        Bound::AtLeast { floor, goal } => (figure >= floor, goal.is_some_and(|goal| figure >= goal)),
        Bound::AtMost { floor, goal } => (figure <= floor, goal.is_some_and(|goal| figure <= goal)),
        Bound::Unbound => return Verdict::None("–".into()),
    };
    match (holds, reaches) {
        _ if figure.is_nan() => Verdict::None("none: nothing was measured".into()),
        (true, true) => Verdict::Goal,
        (true, false) => Verdict::Floor,
        (false, _) => Verdict::Below,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(ours: &[f64]) -> Figures {
        Figures { name: "W0", what: "work".into(), records: 1, unit: "/s", ours: ours.to_vec() }
    }

    #[test]
    fn a_median_has_its_range() {
        for (all, median) in [(&[3.0][..], 3.0), (&[3.0, 1.0][..], 2.0), (&[9.0, 1.0, 2.0][..], 2.0)] {
            assert_eq!(Spread::of(all.iter().copied()).median, median);
        }
        let spread = Spread::of([5.0, 1.0, 3.0]);
        assert_eq!((spread.min, spread.max), (1.0, 5.0));
    }

    #[test]
    fn a_verdict_follows_from_the_median_of_ratios() {
        let at_least = Bound::AtLeast { floor: 0.6, goal: Some(0.8) };
        for (ours, wanted) in [
            (&[90.0, 90.0, 10.0][..], Verdict::Goal),
            (&[70.0, 70.0, 70.0][..], Verdict::Floor),
            (&[50.0, 90.0, 50.0][..], Verdict::Below),
        ] {
            assert_eq!(figures(ours).beside("peer", &[100.0; 3], at_least).verdict, wanted);
        }
        let at_most = Bound::AtMost { floor: 2.0, goal: None };
        assert_eq!(figures(&[1.0]).alone(at_most, None).verdict, Verdict::Floor);
        assert_eq!(figures(&[3.0]).alone(at_most, None).verdict, Verdict::Below);
    }

    #[test]
    fn an_unsteady_peer_and_an_unlike_case_give_no_verdict() {
        let bound = Bound::AtLeast { floor: 0.1, goal: None };
        let row = figures(&[9.0, 9.0]).beside("nginx", &[10.0, 16.0], bound);
        assert_eq!(row.verdict, Verdict::None("none: nginx itself moved 1.6x".into()));
        let row = figures(&[9.0]).alone(bound, Some("none: other size".into()));
        assert_eq!(row.verdict, Verdict::None("none: other size".into()));
    }

    #[test]
    fn a_measured_cost_is_a_multiple_of_ours() {
        let row = figures(&[1.0, 2.0]).under("peer", &[10.0, 10.0], Bound::AtLeast { floor: 5.0, goal: Some(9.0) });
        assert_eq!((row.judged.median, row.verdict), (7.5, Verdict::Floor));
    }

    #[test]
    fn a_published_cost_is_a_multiple_of_ours() {
        let row = figures(&[0.1]).under_published("Wagtail", 14.3, Bound::AtLeast { floor: 50.0, goal: Some(150.0) });
        assert!((row.judged.median - 143.0).abs() < 1e-9 && row.verdict == Verdict::Floor);
    }
}
