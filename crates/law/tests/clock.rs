//! Laws that every clock obeys, and what a clock shows.

use kernel::{Day, Instant};
use law::{Calendar, Channel, Clause, Clock, Direction, Fact, Holiday, Law, Receipt, Start, State, Unit, What, clock};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

fn at(text: &str) -> Instant {
    Instant::parse(text).expect("a moment")
}

fn clause(id: &str) -> &'static Clause {
    Law::built_in().clause(id).expect(id)
}

fn fact(day: Day, what: What<'static>) -> Fact<'static> {
    Fact { at: day.start(), what }
}

const CONSULT: What = What::Suspend("征求第三方意见");
const CLOSE: What = What::Close { found_in_time: false };
const EXTEND: What = What::Extend { approved: true, told: true };

fn reply<'a>(event: Day, facts: &[Fact<'a>], now: Day) -> Clock<'a> {
    let calendar = Calendar::built_in();
    clock(clause("OGI-REPLY"), Start::known(event.start()), facts, now.start(), calendar).expect("in force")
}

#[test]
fn a_strip_tells_each_day() {
    let calendar = Calendar::built_in();
    let facts =
        [fact(day("2026-02-11"), CONSULT), fact(day("2026-02-25"), What::Resume), fact(day("2026-03-02"), EXTEND)];
    let clock = reply(day("2026-02-02"), &facts, day("2026-03-03"));
    let days = clock.days(calendar);
    assert_eq!(days.len() as i32, clock.due.expect("a due day").on.0 - day("2026-02-02").0);
    assert_eq!(days.iter().filter(|d| d.counted).count(), 40);
    for (date, working, counted, why) in [
        ("2026-02-03", true, true, "第1个工作日"),
        ("2026-02-07", false, false, "周末，不计入"),
        ("2026-02-11", true, true, "第7个工作日"),
        ("2026-02-14", true, false, "征求第三方意见期间，不计入"),
        ("2026-02-26", true, true, "第8个工作日"),
        ("2026-02-28", true, true, "调休上班，第10个工作日"),
        ("2026-03-13", true, true, "第20个工作日"),
        ("2026-04-06", false, false, "清明节，不计入"),
    ] {
        let line = days.iter().find(|d| d.date == day(date)).expect(date);
        assert_eq!((line.working, line.counted, line.why.as_str()), (working, counted, why), "{date}");
    }
    let lines = clock.explain(calendar);
    assert!(lines.contains(&"期限延长20个工作日，从原期限届满之后接着计算。".to_owned()));
    let written = toml::to_string(&days[0]).expect("serialised");
    assert_eq!(written, "date = \"2026-02-03\"\nworking = true\ncounted = true\nwhy = \"第1个工作日\"\n");
}

#[test]
fn an_extension_of_calendar_days_begins_after_the_roll() {
    // Sixty days from 2026-03-02 end on 1 May, a holiday, and roll to 6 May; thirty more end on 5 June.
    let facts = [fact(day("2026-04-30"), EXTEND)];
    let start = Start::known(day("2026-03-02").start());
    let clock =
        clock(clause("PET-HANDLE"), start, &facts, day("2026-05-20").start(), Calendar::built_in()).expect("in force");
    assert_eq!(clock.due.map(|due| due.on), Some(day("2026-06-05")));
    assert_eq!((clock.used, clock.left, clock.term), (Some(73), Some(17), 90));
    let days = clock.days(Calendar::built_in());
    let why = |date| days.iter().find(|d| d.date == day(date)).map(|d| d.why.as_str());
    assert_eq!(why("2026-05-01"), Some("第60日"));
    assert_eq!(why("2026-05-02"), Some("劳动节，顺延"));
    assert_eq!(why("2026-05-06"), Some("顺延到这个工作日"));
    assert_eq!(why("2026-05-07"), Some("第61日"));
    assert_eq!(days.iter().filter(|d| d.counted).count(), 90);
}

#[test]
fn what_the_law_does_not_allow_is_refused_with_its_reason() {
    let (event, now) = (day("2026-03-02"), day("2026-06-01"));
    let d = |text| day(text);
    for (facts, why) in [
        (vec![fact(d("2026-02-27"), CONSULT)], "发生在起算之前。"),
        (vec![fact(d("2026-06-02"), CONSULT)], "还没有发生。"),
        (vec![fact(d("2026-03-03"), What::Suspend("听证"))], "听证不停止计时。"),
        (vec![fact(d("2026-03-03"), CONSULT), fact(d("2026-03-04"), CONSULT)], "期限已经暂停，不能再次暂停。"),
        (vec![fact(d("2026-03-30"), CONSULT)], "期限已经用完，没有剩余的日子可以暂停。"),
        (vec![fact(d("2026-03-03"), What::Resume)], "期限没有暂停，无从恢复。"),
        (vec![fact(d("2026-03-03"), What::Restart("催办"))], "催办不使期限重新计算。"),
        (vec![fact(d("2026-03-31"), EXTEND)], "延长晚于截止日。"),
        (vec![fact(d("2026-03-03"), EXTEND), fact(d("2026-03-04"), EXTEND)], "只能延长一次，已经延长过。"),
        (
            vec![fact(d("2026-03-03"), What::Extend { approved: false, told: true })],
            "延长没有经公开工作机构负责人同意。",
        ),
        (vec![fact(d("2026-03-03"), What::Extend { approved: true, told: false })], "延长没有告知申请人。"),
        (vec![fact(d("2026-03-03"), CLOSE), fact(d("2026-03-04"), EXTEND)], "已经办结，期限不再变动。"),
    ] {
        let clock = reply(event, &facts, now);
        let refused: Vec<_> = clock.refused.iter().map(|r| r.why.as_str()).collect();
        assert_eq!(refused, [why]);
    }
    let correct = clock(
        clause("OGI-CORRECT"),
        Start::known(event.start()),
        &[fact(d("2026-03-03"), EXTEND)],
        now.start(),
        Calendar::built_in(),
    );
    assert_eq!(correct.map(|c| c.refused[0].why.clone()), Some("这一期限没有延长的规定。".to_owned()));
}

#[test]
fn states_of_minimums_spans_and_borrowed_rules() {
    let state = |id: &str, closed: Option<&str>, now: &str| {
        let facts: Vec<_> = closed.iter().map(|text| fact(day(text), CLOSE)).collect();
        let start = Start::known(day("2026-03-02").start());
        clock(clause(id), start, &facts, day(now).start(), Calendar::built_in()).expect("in force").state
    };
    for (id, closed, now, expected) in [
        ("DEC-COMMENT", None, "2026-03-20", State::Running),
        ("DEC-COMMENT", None, "2026-04-02", State::Elapsed),
        ("DEC-COMMENT", Some("2026-03-31"), "2026-04-02", State::Short),
        ("DEC-COMMENT", Some("2026-04-01"), "2026-04-02", State::Met),
        ("DEC-COMMENT", Some("2026-05-01"), "2026-05-02", State::Met),
        ("WEB-HOME", None, "2026-03-17", State::Elapsed),
        ("WEB-HOME", Some("2026-03-17"), "2026-03-17", State::MetLate),
        ("SAMR-PUB", None, "2026-12-01", State::Elapsed),
        ("SAMR-PUB", Some("2026-12-01"), "2026-12-01", State::Met),
        ("OGI-OWN-DATA", None, "2026-12-01", State::Running),
        ("OGI-OWN-DATA", Some("2026-12-01"), "2026-12-01", State::Met),
        ("PEN-HEAR-NOTICE", None, "2026-02-10", State::Running),
        ("PEN-HEAR-NOTICE", None, "2026-03-01", State::Overdue),
    ] {
        assert_eq!(state(id, closed, now), expected, "{id} {closed:?} {now}");
    }
}

#[test]
fn a_shadow_watches_what_nobody_confirmed() {
    let receipt = |channel, signed: Option<&str>, confirmed: Option<&str>| Receipt {
        channel,
        submitted: at("2026-03-02 09:00"),
        signed: signed.map(at),
        confirmed: confirmed.map(at),
    };
    let reply = clause("OGI-REPLY");
    for (receipt, start, shadow) in [
        (receipt(Channel::InPerson, None, None), "2026-03-02 09:00", false),
        (receipt(Channel::Registered, None, None), "2026-03-02 09:00", true),
        (receipt(Channel::Registered, Some("2026-03-04 10:00"), None), "2026-03-04 10:00", false),
        (receipt(Channel::Post, None, None), "2026-03-02 09:00", true),
        (receipt(Channel::Post, None, Some("2026-03-03 10:00")), "2026-03-03 10:00", false),
        (receipt(Channel::Internet, None, None), "2026-03-02 09:00", true),
        (receipt(Channel::Internet, None, Some("2026-03-03 10:00")), "2026-03-03 10:00", false),
        (receipt(Channel::Fax, None, Some("2026-03-01 10:00")), "2026-03-02 09:00", true),
    ] {
        assert_eq!(receipt.start(reply), Start { at: at(start), shadow }, "{receipt:?}");
    }
    let shadow = receipt(Channel::Internet, None, None);
    assert!(shadow.why(reply).contains("还没有确认"));
    let clock = clock(reply, shadow.start(reply), &[], at("2026-04-01 09:00"), Calendar::built_in()).expect("in force");
    assert_eq!((clock.shadow, clock.state), (true, State::Overdue));
    assert!(clock.explain(Calendar::built_in())[1].starts_with("提交之日（尚未确认收到，先行计时，仅供内部提醒）"));
}

#[test]
fn what_was_found_in_time_stays_so_when_the_calendar_changes() {
    // Closed on the last day; then a notice adds a working Saturday in front of it.
    let calendar = Calendar::built_in();
    let start = Start::known(day("2026-03-02").start());
    let mut years = calendar.years().to_vec();
    let year = years.iter_mut().find(|y| y.year == 2026).expect("2026");
    let extra = Holiday { name: "试".into(), statutory: vec![], rest: vec![], work: vec![day("2026-03-21")] };
    year.holidays.push(extra);
    let changed = Calendar::new(years).expect("sound");
    let close = |found_in_time| [fact(day("2026-03-30"), What::Close { found_in_time })];
    let state = |found, calendar| {
        clock(clause("OGI-REPLY"), start, &close(found), day("2026-04-01").start(), calendar).expect("in force").state
    };
    assert_eq!(state(false, calendar), State::Met);
    assert_eq!(state(false, &changed), State::MetLate);
    assert_eq!(state(true, &changed), State::Met);
}

/// Days from mid-2019 to 2026, all under the present regulation.
fn days() -> impl Strategy<Value = Day> {
    (18_100..20_700).prop_map(Day)
}

fn clauses() -> impl Strategy<Value = &'static Clause> {
    let all = &Law::built_in().clauses;
    (0..all.len()).prop_map(move |i| &all[i])
}

/// Facts at random, most of them allowed.
fn facts(event: Day) -> impl Strategy<Value = Vec<Fact<'static>>> {
    let what = prop_oneof![
        Just(CONSULT),
        Just(What::Suspend("征求其他机关意见")),
        Just(What::Resume),
        Just(What::Resume),
        Just(What::Restart("补正")),
        Just(EXTEND),
    ];
    proptest::collection::vec((0..70i32, what).prop_map(move |(after, what)| fact(event.plus(after), what)), 0..7)
}

proptest! {
    #[test]
    fn without_facts_a_clock_says_what_due_says(clause in clauses(), event in days(), later in 0i32..400) {
        let calendar = Calendar::built_in();
        let clock = clock(clause, Start::known(event.start()), &[], event.plus(later).start(), calendar);
        prop_assert_eq!(clock.and_then(|c| c.due), law::due(clause, event, calendar));
    }

    #[test]
    fn nothing_is_due_before_its_event(clause in clauses(), event in days()) {
        if let Some(due) = law::due(clause, event, Calendar::built_in()) {
            let (first, last) = if clause.direction == Direction::After { (event, due.on) } else { (due.on, event) };
            prop_assert!(first <= last);
            prop_assert!(due.latest.is_none_or(|latest| latest >= due.on && !due.firm));
            prop_assert!(due.unit == Unit::Hours || due.before == due.on.plus(1).start());
        }
    }

    #[test]
    fn a_pause_moves_the_due_day_by_its_working_days(event in days(), from in 0u16..20, long in 0i32..90) {
        let calendar = Calendar::built_in();
        let (paused, _) = calendar.plus_working(event, from);
        let resumed = paused.plus(long);
        let plain = reply(event, &[], event).due.expect("a term").on;
        let with = reply(event, &[fact(paused, CONSULT), fact(resumed, What::Resume)], resumed);
        let lost = u16::try_from(calendar.working_between(paused, resumed)).expect("forwards");
        prop_assert_eq!(with.due.expect("resumed").on, calendar.plus_working(plain, lost).0);
        prop_assert_eq!(with.left, Some(20 - from));
    }

    #[test]
    fn a_restart_forgets_all_before(
        (event, facts) in days().prop_flat_map(|event| (Just(event), facts(event))),
        after in 0i32..90,
        later in 0i32..60,
    ) {
        let restart = event.plus(after);
        let earlier: Vec<_> = facts.iter().filter(|f| f.at.day() < restart).copied().collect();
        let with: Vec<_> = earlier.into_iter().chain([fact(restart, What::Restart("补正"))]).collect();
        let now = restart.plus(later);
        let (with, fresh) = (reply(event, &with, now), reply(restart, &[], now));
        prop_assert_eq!((with.due, with.state, with.used, with.left), (fresh.due, fresh.state, fresh.used, fresh.left));
    }

    #[test]
    fn used_and_left_make_the_term(
        (event, facts) in days().prop_flat_map(|event| (Just(event), facts(event))), later in 0i32..120
    ) {
        let clock = reply(event, &facts, event.plus(later));
        prop_assert_eq!(clock.used.zip(clock.left).map(|(used, left)| used + left), Some(clock.term));
        prop_assert!(clock.due.is_none_or(|due| due.on >= event));
        prop_assert_eq!(clock.state == State::Overdue, clock.due.is_some_and(|due| due.on < event.plus(later)));
    }

    #[test]
    fn closed_in_time_is_met_for_ever(
        (event, facts) in days().prop_flat_map(|event| (Just(event), facts(event))),
        after in 0i32..60,
        later in 0i32..9_000,
    ) {
        let closed = event.plus(after);
        let mut facts: Vec<_> = facts.into_iter().filter(|f| f.at.day() < closed).collect();
        facts.push(fact(closed, CLOSE));
        let (then, now) = (reply(event, &facts, closed), reply(event, &facts, closed.plus(later)));
        prop_assert!(matches!(then.state, State::Met | State::MetLate));
        prop_assert_eq!((then.state, then.used, then.over, then.due), (now.state, now.used, now.over, now.due));
    }

    #[test]
    fn the_strip_counts_what_the_clock_counts(
        (event, facts) in days().prop_flat_map(|event| (Just(event), facts(event))), later in 0i32..120
    ) {
        let clock = reply(event, &facts, event.plus(later));
        let counted = clock.days(Calendar::built_in()).iter().filter(|d| d.counted).count();
        let expected = if clock.due.is_some() { Some(clock.term) } else { clock.used };
        prop_assert_eq!(u16::try_from(counted).ok(), expected);
    }

    #[test]
    fn a_later_notice_keeps_to_the_latest_day_of_a_clock(
        (event, facts) in days().prop_flat_map(|event| (Just(event), facts(event))), later in 0i32..120
    ) {
        let now = event.plus(later).start();
        let then = Calendar::built_in().before_notice(event.year()).expect("years before");
        let start = Start::known(event.start());
        let seen = clock(clause("OGI-REPLY"), start, &facts, now, &then).expect("in force");
        let truth = clock(clause("OGI-REPLY"), start, &facts, now, Calendar::built_in()).expect("in force");
        if let (Some(seen), Some(truth)) = (seen.due, truth.due) {
            let latest = if seen.firm { seen.on } else { seen.latest.expect("within the years computed") };
            prop_assert!(truth.on <= latest, "{} after {latest}", truth.on);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn one_more_holiday_makes_nothing_due_earlier(clause in clauses(), event in days(), off in days()) {
        let calendar = Calendar::built_in();
        let mut years = calendar.years().to_vec();
        // The next working day that no notice names: a make-up day cannot be listed twice.
        let plain = |day: &Day| calendar.is_working(*day) && calendar.name(*day).is_none();
        let off = (off.0..).map(Day).find(plain).expect("there is always one");
        let holiday = Holiday { name: "试".into(), statutory: vec![], rest: vec![off], work: vec![] };
        years.iter_mut().find(|y| y.year == off.year()).expect("a year").holidays.push(holiday);
        let more = Calendar::new(years).expect("sound");
        let due = |calendar| law::due(clause, event, calendar).map(|due| due.on);
        prop_assert!(clause.direction == Direction::Before || due(calendar) <= due(&more));
    }
}
