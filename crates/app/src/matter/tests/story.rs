//! Tests as tables. A line is: day, who, move (`#n` for a row), what is typed, and what should come of it: `-> state`,
//! or `!! codes`. Who is a duty, `holder` or `clock`; another person of a duty is `draft/2`.

use crate::account::Duty;
use crate::matter::AnyKind;
use crate::matter::case::{Matter, Moment};
use crate::matter::kind::By;
use crate::matter::step::{Doer, Input, Verdict, Wish};
use kernel::{Day, Instant};
use law::Law;

pub fn moment(day: &str) -> Moment {
    let now = Instant(Day::parse(day).expect("a day").start().0 + 9 * 3_600_000);
    Moment { law: Law::built_in(), now, offices: true }
}

/// Plays a story from the beginning and gives the matter as it stands at the end.
pub fn play(kind: &dyn AnyKind, story: &str) -> Matter {
    play_from(kind, Matter::new(), story)
}

pub fn play_from(kind: &dyn AnyKind, mut m: Matter, story: &str) -> Matter {
    for line in story.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        m = act(kind, m, line);
    }
    m
}

/// One line more.
pub fn act(kind: &dyn AnyKind, m: Matter, line: &str) -> Matter {
    let mut words = line.split_whitespace();
    let (day, who, name) = (words.next().expect(line), words.next().expect(line), words.next().expect(line));
    let at = moment(day);
    let (name, row) = name.split_once('#').map_or((name, None), |(n, r)| (n, r.parse().ok()));
    let (mut input, mut state, mut codes) = (Input::new(), None, vec![]);
    while let Some(word) = words.next() {
        match (word, word.split_once('=')) {
            ("->", _) => state = words.next(),
            ("!!", _) => codes = words.by_ref().collect(),
            (_, Some((k, v))) => drop(input.insert(k.into(), v.into())),
            _ => panic!("{line}: what is {word}?"),
        }
    }
    let by = match who {
        "holder" => By::Holder,
        "kin" => By::Kin,
        "clock" => kind.clock_of(name).expect(line),
        _ => By::Duty(Duty::parse(who.split('/').next().expect(line)).expect(line)),
    };
    let doer = Doer { may: vec![by], who: who.into() };
    let token = format!("{line}{}", m.past.len());
    let wish = Wish { name, row, input: &input, doer: &doer, token: &token };
    match kind.step(&m, &wish, at) {
        Ok(Verdict::Step(step)) => {
            assert!(codes.is_empty(), "{line}: was not refused");
            let m = m.after(&step);
            assert!(state.is_none_or(|s| s == m.state), "{line}: led to {}", m.state);
            assert!(kind.sound(&m.body).is_ok(), "{line}: cannot be read again");
            let again = kind.step(&m, &wish, at);
            assert!(matches!(again, Ok(Verdict::Again(e)) if e == step.entry), "{line}: not repeat-safe");
            m
        }
        Ok(Verdict::Again(_)) => panic!("{line}: one token, two lines"),
        Err(no) => {
            let got: Vec<_> = no.why.iter().map(|r| r.code).collect();
            assert_eq!(got, codes, "{line}: {:?}", no.why);
            m
        }
    }
}
