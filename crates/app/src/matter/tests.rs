//! What must hold for every kind; and a kind with one of each fault, because the lint is worth what it finds.

use super::case::Matter;
use super::field::{State, Type, body, end, state};
use super::kind::{By, Clock, Column, Evidence, Kind, Move, NEW, On, Tick, To, must};
use super::views::Shown;
use crate::account::Duty;
use kernel::Refusal;
use law::Law;
use serde_json::{Value, json};
use story::{moment, play};

pub mod story;

#[test]
fn every_kind_is_sound() {
    for kind in crate::kinds() {
        assert_eq!(kind.lint(Law::built_in()), Vec::<String>::new());
    }
}

const PRIVATE: super::field::Open = super::field::Open::Never("x");
const A: super::field::State = state("a", "甲");
const LOST: super::field::State = state("lost", "无路可到");
const END: super::field::State = end("end", "完");
body! { Bit { size: Option<u32> = "大小", super::field::Open::Fact; } }
#[rustfmt::skip]
body! { Bad {
    day: Option<kernel::Day> = "日期", super::field::Open::Fact;
    day2: Option<kernel::Day> = "日期", PRIVATE;
    why: super::field::Text<9> = "理由", PRIVATE;
} parts { bits: Bit = "零件", &[A, LOST]; } }
static NEVER: Clock = Clock { name: "never", per: Some(Bad::bits), ..Clock::BLANK };
static LOOSE: Clock =
    Clock { name: "loose", clause: Some("NO-SUCH"), waits: &[(Bad::bits, A, "无故")], ..Clock::BLANK };
#[rustfmt::skip]
static HARD: Evidence<Bad> =
    Evidence { name: "hard", zh: "难", cite: "", through: &["gone"], applies: |_| true, lacks: |_| vec![] };
#[rustfmt::skip]
static BAD: Kind<Bad> = Kind {
    name: "bad", zh: "", yin: "", public: &[LOST], states: &[A, END], clocks: &[&NEVER, &LOOSE],
    columns: &[], pages: &[], holds: |_, _| None,
    moves: &[
        Move { name: "begin", zh: "始", by: &[By::Holder], from: &[NEW], to: To::State(A),
               asks: &[must(Bad::why), must(Bit::size)],
               clocks: &[Tick::Until(&LOOSE, Bad::day), Tick::Hold(&LOOSE, "x")],
               ..Move::BLANK },
        Move { name: "loop", zh: "始", cite: "x", by: &[By::Clock(&LOOSE)], from: &[A], to: To::State(A),
               on: On::Add(Bad::bits, A), asks: &[must(Bit::size)], needs: &[&HARD], ..Move::BLANK },
    ],
};

#[test]
fn a_kind_with_every_fault_is_found_out() {
    let found = BAD.lint(Law::built_in()).join("\n");
    for fault in [
        "a leads to no end",
        "end cannot be reached",
        "lost cannot be reached",
        "begin cites nothing",
        "begin asks a field it cannot write",
        "begin takes words from the public unsealed",
        "begin lets the holder choose the day a clock counts from",
        "loop asks a clock to fill in a form",
        "evidence hard cites nothing",
        "evidence hard cannot be brought about where loop needs it",
        "clock never never starts",
        "clock never cites nothing",
        "clock never cannot be stopped",
        "clock loose has a clause the law does not know",
        "clock loose is held for ever",
        "clock loose waits for 无故, which no wording knows",
        "move label 始 stands twice",
        "label 日期 stands twice",
        "is public in a state it does not have",
    ] {
        assert!(found.contains(fault), "{fault} was not found in:\n{found}");
    }
}

#[rustfmt::skip]
body! { Open1 {
    day: Option<kernel::Day> = "日期", super::field::Open::Fact;
    flag: Option<bool> = "是否", PRIVATE;
    why: super::field::Text<99> = "理由", super::field::Open::Holder("x");
    paper: super::field::Sealed = "来件", PRIVATE;
} }
#[rustfmt::skip]
static PLAIN: Kind<Open1> = Kind {
    name: "plain", zh: "样例", yin: "样", public: &[END], states: &[A, END], clocks: &[], columns: &[], pages: &[],
    holds: |_, _| None,
    moves: &[
        Move { name: "begin", zh: "始", cite: "x", by: &[By::Duty(Duty::Draft)], from: &[NEW], to: To::State(A),
               asks: &[must(Open1::day), must(Open1::why), must(Open1::paper), must(Open1::flag)], ..Move::BLANK },
        Move { name: "finish", zh: "终", cite: "x", by: &[By::Duty(Duty::Draft)], from: &[A], to: To::State(END),
               check: |c| vec![Refusal::new("no", "不行")].into_iter().filter(|_| c.body.flag != Some(true)).collect(),
               ..Move::BLANK },
    ],
};

#[test]
fn what_is_public_holds_facts_and_no_words() {
    let begun = "2026-03-02 draft begin day=2026-03-01 why=canary-why paper=canary-paper flag=yes -> a";
    let m = play(&PLAIN, begun);
    assert!(PLAIN.public(&m, moment("2026-03-02")).is_none(), "not public in this state");
    let m = play(&PLAIN, &format!("{begun}\n 2026-03-03 draft finish -> end"));
    let shown: Shown = PLAIN.public(&m, moment("2026-03-04")).expect("public at its end");
    assert_eq!(shown.facts.len(), 1, "the flag is not for the public");
    assert!(!format!("{shown:?}").contains("canary"), "{shown:?}");
    let (shown, his) = PLAIN.held(&m, moment("2026-03-04"));
    let his: Vec<_> = his.iter().map(|said| (said.label, said.says.as_str())).collect();
    assert_eq!((shown.facts.len(), his), (1, vec![("理由", "canary-why")]));
    assert_eq!(PLAIN.heads().iter().map(|h| h.name).collect::<Vec<_>>(), ["day", "flag"], "words are no column");
}

/// What was typed comes back, every fault at its field, and nobody is blamed before.
#[test]
fn a_form_is_told_every_fault() {
    let doer = super::step::Doer { may: vec![By::Duty(Duty::Draft)], who: "one".into() };
    let typed = [("day", "2026-13-01"), ("why", ""), ("flag", "maybe"), ("odd", "1")];
    let input = typed.into_iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
    let wish = super::step::Wish { name: "begin", row: None, input: &input, doer: &doer, token: "t" };
    let m = Matter::new();
    let Err(refused) = PLAIN.step(&m, &wish, moment("2026-03-02")) else { panic!("nothing is right") };
    let why: Vec<_> = refused.why.iter().map(|r| (r.code, r.field)).collect();
    let at = |f| (f, Some(f));
    assert_eq!(why, [("not-asked", None), at("day"), at("why"), at("paper"), at("flag")]);
    assert_eq!(refused.form.0[0].value, "2026-13-01", "what was typed is not lost");
    let fresh = PLAIN.form(&m, &wish, moment("2026-03-02")).expect("offered");
    assert!(fresh.0.iter().all(|line| line.error.is_none()));
}

#[test]
fn a_value_is_read_as_its_type_says() {
    for (ty, typed, expected) in [
        (Type::Text(3), " 三个字 ", Ok(json!("三个字"))),
        (Type::Text(3), "四个字了", Err("最多 3 字，现在是 4 字".into())),
        (Type::Day, "2026年3月2日", Ok(json!("2026-03-02"))),
        (Type::Day, "", Ok(Value::Null)),
        (Type::Count, "-1", Err("请填写整数".into())),
        (Type::Flag, "yes", Ok(json!(true))),
    ] {
        assert_eq!(ty.read(typed), expected, "{typed}");
    }
}

const B: State = state("b", "乙");
const CLERK: &[By] = &[By::Duty(Duty::Draft)];
const ON: Move<Open1> =
    Move { name: "on", zh: "办", cite: "x", by: CLERK, from: &[A], to: To::State(B), ..Move::BLANK };
const FINISH: Move<Open1> =
    Move { name: "finish", zh: "终", cite: "x", by: CLERK, from: &[B], to: To::State(END), ..Move::BLANK };
const BEGIN: Move<Open1> =
    Move { name: "begin", zh: "始", cite: "x", by: CLERK, from: &[NEW], to: To::State(A), ..Move::BLANK };
const GOOD: Kind<Open1> = Kind {
    name: "good",
    zh: "样",
    yin: "样",
    public: &[END],
    states: &[A, B, END],
    clocks: &[],
    columns: &[],
    pages: &[],
    moves: &[BEGIN, ON, FINISH],
    holds: |_, _| None,
};
static UNTIL: Clock = Clock { name: "until", zh: "期", cite: "x", ..Clock::BLANK };
static IDLE: [&Clock; 1] = [&UNTIL];
static UNLISTED: [Move<Open1>; 3] = [BEGIN, Move { clocks: &[Tick::Until(&UNTIL, Open1::day)], ..ON }, FINISH];

/// Each rule finds its fault, alone, in a kind that is otherwise sound.
#[test]
fn one_fault_is_one_line() {
    assert_eq!(GOOD.lint(Law::built_in()), Vec::<String>::new());
    #[rustfmt::skip]
    let table: Vec<(Kind<Open1>, &str)> = vec![
        (Kind { moves: &[BEGIN, ON, FINISH, Move { name: "more", zh: "再", from: &[LOST], ..FINISH }],
                states: &[A, B, END, LOST], ..GOOD }, "good: lost cannot be reached"),
        (Kind { moves: &[BEGIN, ON, FINISH, Move { name: "more", zh: "再", to: To::State(LOST), ..ON }],
                states: &[A, B, END, LOST], ..GOOD },
         "good: lost leads to no end\ngood: lost waits for the holder for ever"),
        (Kind { moves: &[BEGIN, Move { by: &[By::Holder], ..ON }, FINISH], ..GOOD },
         "good: a waits for the holder for ever"),
        (Kind { moves: &[BEGIN, ON, FINISH, Move { name: "more", zh: "再", from: &[END], to: To::State(A), ..ON }],
                ..GOOD },
         "good: end is an end and yet goes on"),
        (Kind { moves: &[BEGIN, Move { cite: "", ..ON }, FINISH], ..GOOD }, "good: on cites nothing"),
        (Kind { moves: &UNLISTED, ..GOOD },
         "good: on moves an unlisted clock until"),
        (Kind { clocks: &IDLE, ..GOOD }, "good: clock until never starts"),
        (Kind { public: &[LOST], ..GOOD }, "good: is public in a state it does not have"),
        (Kind { columns: &[Column { name: "words", label: "字", ty: Type::Text(9), value: |_| None }], ..GOOD },
         "good: column words holds words"),
        (Kind { moves: &[BEGIN, ON, Move { name: "on", ..FINISH }], ..GOOD }, "good: move on stands twice"),
    ];
    for (kind, fault) in table {
        assert_eq!(kind.lint(Law::built_in()).join("\n"), fault);
    }
}

/// A body whose field was made by hand, past [`Field::new`](super::field::Field::new).
#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
struct Leaky {}
impl super::field::Body for Leaky {
    const NAME: &'static str = "Leaky";
    const FIELDS: &'static [super::field::Field] = &[super::field::Field {
        of: "Leaky",
        name: "why",
        label: "理由",
        hint: "",
        ty: Type::Text(9),
        open: super::field::Open::Fact,
    }];
    const PARTS: &'static [super::field::Part] = &[];
}

#[test]
fn words_that_call_themselves_a_fact_are_found() {
    let by = |name, zh, from: &'static [State], to| Move::<Leaky> {
        name,
        zh,
        cite: "x",
        by: CLERK,
        from,
        to: To::State(to),
        ..Move::BLANK
    };
    let moves: &'static [Move<Leaky>] = Box::leak(Box::new([by("begin", "始", &[NEW], A), by("end", "终", &[A], END)]));
    let (public, states): (&[State], &[State]) = (&[END], &[A, END]);
    let (clocks, columns, pages) = (&[], &[], &[]);
    let kind =
        Kind { name: "leaky", zh: "", yin: "", public, states, clocks, columns, pages, moves, holds: |_, _| None };
    assert_eq!(kind.lint(Law::built_in()), ["leaky: why makes words public without a revision"]);
}
