//! The table played as a lawyer would tell it: who, when, what, and what comes of it.

use super::kind::KIND;
use super::model::{Outcome, Tariff};
use super::rules::fee;
use crate::matter::case::Matter;
use crate::matter::field::Plain;
use crate::matter::tests::story::{act, moment, play};
use crate::submission::model::Words;
use kernel::Day;
use law::Law;

const OPENED: &str = "
    2026-03-02 holder apply application=s1 class=person -> arrived
    2026-03-02 draft  register confirmed=2026-03-02 wanted=补贴名单 -> open";

fn story(lines: &str) -> Matter {
    play(&KIND, &format!("{OPENED}\n{lines}"))
}

fn on(text: &str) -> Option<Day> {
    Some(Day::parse(text).expect("a day"))
}

/// When the answer is due, as seen on a day.
fn due(m: &Matter, seen: &str) -> Option<Day> {
    let clock = m.clocks.iter().rev().find(|c| c.clock == "reply").expect("runs");
    clock.due(&super::kind::REPLY, moment(seen))
}

/// A computed column.
fn cell(m: &Matter, name: &str, seen: &str) -> Option<Plain> {
    let n = KIND.heads().iter().position(|h| h.name == name).expect("a column");
    KIND.report(m, moment(seen))[n]
}

#[test]
fn the_day_of_receipt_follows_the_channel_and_chooses_the_law() {
    assert_eq!(due(&story(""), "2026-03-02"), on("2026-03-30"));
    let entered = |channel: &str, day: &str| {
        format!("{day} draft enter application=s1 class=business channel={channel} submitted={day} -> arrived")
    };
    for (channel, day, register, expected) in [
        ("counter", "2026-03-02", "2026-03-04 draft register wanted=x -> open", "2026-03-30"),
        ("oral", "2026-03-02", "2026-03-04 draft register wanted=x -> open", "2026-03-30"),
        ("registered", "2026-03-02", "2026-03-04 draft register signed=2026-03-03 wanted=x -> open", "2026-03-31"),
        ("post", "2026-03-02", "2026-03-04 draft register confirmed=2026-03-04 wanted=x -> open", "2026-04-01"),
        ("fax", "2026-03-02", "2026-03-04 draft register confirmed=2026-03-03 wanted=x -> open", "2026-03-31"),
        ("email", "2026-03-02", "2026-03-04 draft register confirmed=2026-03-02 wanted=x -> open", "2026-03-30"),
        // The regulation of 2008: 15 working days, whoever confirmed when.
        ("counter", "2019-05-14", "2019-05-20 draft register wanted=x -> open", "2019-06-04"),
    ] {
        let m = play(&KIND, &format!("{}\n{register}", entered(channel, day)));
        assert_eq!(due(&m, day), on(expected), "{channel} {day}");
    }
    let arrived = entered("registered", "2026-03-02");
    for refused in [
        "2026-03-04 draft register wanted=x !! signed",
        "2026-03-04 draft register signed=2026-03-05 wanted=x !! signed-day",
        "2026-03-04 draft register signed=2026-03-01 wanted=x !! signed-day not-received",
        "2026-03-04 section-check register signed=2026-03-03 wanted=x !! not-now",
    ] {
        play(&KIND, &format!("{arrived}\n{refused}"));
    }
    play(&KIND, "2026-03-02 draft enter application=s1 class=person channel=post submitted=2026-03-03 !! to-come");
}

#[test]
fn an_unconfirmed_request_is_late_after_a_working_day_and_counts() {
    let m = play(&KIND, "2026-03-06 holder apply application=s1 class=person -> arrived");
    let confirm = |seen| m.clocks[0].ran_out(&super::kind::CONFIRM, moment(seen));
    assert_eq!((confirm("2026-03-09"), confirm("2026-03-10")), (false, true));
    assert_eq!(cell(&m, "counted_on", "2026-03-20"), on("2026-03-06").map(Plain::Day));
}

#[test]
fn a_correction_is_asked_once_in_time_and_restarts_the_clock() {
    let m = story(
        "2026-03-11 draft  correct correct_what=文号 correct_by=2026-03-25 -> correcting
         2026-03-20 holder supplement supplement=s2 -> open
         2026-03-21 draft  correct correct_what=x correct_by=2026-04-01 !! once-only",
    );
    assert_eq!(due(&m, "2026-03-21"), on("2026-04-20"));
    story("2026-03-12 draft correct correct_what=文号 correct_by=2026-03-25 !! notice-late");
    story("2026-03-11 draft correct correct_what=文号 correct_by=2026-03-11 !! term-over");
    let m = story(
        "2026-03-05 draft correct correct_what=文号 correct_by=2026-03-25
         2026-03-25 clock lapse !! clock-runs
         2026-03-26 clock lapse -> closed",
    );
    assert_eq!(m.body["outcome"], "3.6.1");
    // The regulation of 2008 knows no restart: its clock runs on.
    let old = play(
        &KIND,
        "2019-05-14 draft enter application=s1 class=person channel=counter submitted=2019-05-14
         2019-05-20 draft register wanted=x
         2019-05-21 draft correct correct_what=x correct_by=2019-05-31
         2019-05-27 draft corrected supplement=s2 corrected=2019-05-27 -> open",
    );
    assert_eq!(due(&old, "2019-05-27"), on("2019-06-04"));
}

#[test]
fn the_clock_waits_while_any_third_party_is_asked() {
    let m = story(
        "2026-03-05 draft third name=甲 delivered=2026-03-05
         2026-03-09 draft third name=乙 delivered=2026-03-09
         2026-03-12 draft third-replies#1 stance=refuses !! reason
         2026-03-12 draft third-replies#1 stance=refuses reason=商业秘密
         2026-03-13 draft decide outcome=3.1 reply=aa !! still-asking
         2026-03-30 clock third-silent#2 !! clock-runs",
    );
    let inbox = KIND.inbox(&m, moment("2026-03-13")).expect("open");
    assert_eq!((due(&m, "2026-03-13"), inbox.verb), (None, "登记第三方意见"));
    assert_eq!(KIND.due_moves(&m, moment("2026-03-30")), []);
    assert_eq!(KIND.due_moves(&m, moment("2026-03-31")), [("third-silent", Some(2))]);
    let m = act(&KIND, m, "2026-03-31 clock third-silent#2");
    // Three working days were used by 03-05, the day of the letter included; 17 more after 03-31.
    assert_eq!(due(&m, "2026-03-31"), on("2026-04-24"));
    let m = act(&KIND, m, "2026-04-01 draft decide outcome=3.1 reply=aa !! override_why");
    act(&KIND, m, "2026-04-01 draft decide outcome=3.1 reply=aa override_why=重大公共利益 -> signing");
}

#[test]
fn an_extension_is_approved_once_and_survives_a_later_wait() {
    let extended = "2026-03-20 section-check extend extend_why=需检索 extend_told=2026-03-20
         2026-03-23 section-check extend extend_why=x extend_told=2026-03-23 !! once-only";
    let m = story(extended);
    assert_eq!(due(&m, "2026-03-23"), on("2026-04-28"));
    let m = act(&KIND, m, "2026-04-07 draft organ name=丙 delivered=2026-04-07");
    let m = act(&KIND, m, "2026-04-09 draft organ-replies#1 stance=agrees");
    assert_eq!(due(&m, "2026-04-09"), on("2026-04-30"));
    story("2026-03-31 section-check extend extend_why=x extend_told=2026-03-31 !! extended-late");
    story("2026-03-20 draft extend extend_why=x extend_told=2026-03-20 !! not-now");
}

/// Which outcome may follow from what.
#[test]
fn the_outcomes_as_a_table() {
    let corrected = "2026-03-03 draft correct correct_what=x correct_by=2026-03-09
        2026-03-04 draft corrected supplement=s2 corrected=2026-03-04";
    let asked = "2026-03-03 draft third name=甲 delivered=2026-03-03
        2026-03-04 draft third-replies#1 stance=agrees";
    for (before, typed, comes) in [
        ("", "outcome=3.1 reply=aa", "-> signing"),
        ("", "outcome=3.1-public reply=aa", "-> signing"),
        ("", "outcome=3.2 reply=aa", "!! ground"),
        ("", "outcome=3.2 ground=15 reply=aa", "-> signing"),
        ("", "outcome=3.3.1 reply=aa", "-> signing"),
        ("", "outcome=3.3.4 reply=aa", "!! never-asked"),
        (asked, "outcome=3.3.4 reply=aa", "-> signing"),
        ("", "outcome=3.4.1-other reply=aa", "-> signing"),
        ("", "outcome=3.4.3 reply=aa", "!! never-corrected"),
        (corrected, "outcome=3.4.3 reply=aa", "-> signing"),
        ("", "outcome=3.5.2 reply=aa", "-> signing"),
        ("", "outcome=3.6.1 reply=aa", "!! not-a-reply"),
        ("", "outcome=3.6.3 reply=aa", "!! not-a-reply"),
        ("", "outcome=9.9 reply=aa", "!! outcome"),
        ("", "outcome=3.3.5 reply=按负面清单第2项", "!! cites-the-list"),
    ] {
        story(&format!("{before}\n 2026-03-05 draft decide {typed} {comes}"));
    }
}

/// 21 rows of the table of 2021, each with its article and, where something is decided, its remedies today.
#[test]
fn every_outcome_has_its_row_its_article_and_its_remedies() {
    let mut rows: Vec<&str> = Outcome::ALL.iter().map(|o| o.row()).collect();
    rows.dedup();
    assert_eq!(rows.len(), 21);
    for outcome in Outcome::ALL {
        assert!(outcome.choice().cite.starts_with('《'), "{outcome:?}");
        let Some(code) = outcome.remedy() else { continue };
        let said = law::remedies(Law::built_in(), code, Day::parse("2026-03-02").expect("a day"));
        assert!(said.is_some_and(|r| r.ways.len() == 2), "{outcome:?}");
    }
}

#[test]
fn approved_by_another_and_not_yet_served() {
    let m = story(
        "2026-03-20 draft decide outcome=3.3.5 reply=aa -> signing
         2026-03-21 section-check back back_why=理由不足 -> open
         2026-03-22 draft decide outcome=3.3.5 reply=ab -> signing
         2026-03-23 approval sign -> serving",
    );
    let cell_on = |seen| cell(&m, "on_time", seen);
    assert_eq!((cell_on("2026-03-30"), cell_on("2026-03-31")), (None, Some(Plain::Flag(false))));
    let serve = "serve served=2026-03-30 service=post proof=EMS";
    let early = format!("2026-03-31 draft {}", serve.replace("03-30", "03-22 "));
    let m = act(&KIND, m.clone(), &format!("{early} !! served-day"));
    let m = act(&KIND, m, &format!("2026-04-01 draft {serve} -> closed"));
    assert_eq!(cell(&m, "on_time", "2026-05-01"), Some(Plain::Flag(true)));
    assert_eq!(cell(&m, "closed_on", "2026-05-01"), on("2026-03-30").map(Plain::Day));
    assert!(KIND.public(&m, moment("2026-05-01")).is_none(), "nobody's business");
    // Deputies too: who wrote it does not sign it.
    let m = story("2026-03-20 draft decide outcome=3.1 reply=aa -> signing");
    let mut own = m.clone();
    own.past.last_mut().expect("decided").who = "section-check".into();
    act(&KIND, own, "2026-03-21 section-check sign !! own-work");
    let m = act(&KIND, m, "2026-03-21 section-check sign -> serving");
    let m = act(&KIND, m, "2026-03-22 holder collect collected=s9 -> closed");
    assert_eq!(m.body["service"], "platform");
}

#[test]
fn a_case_that_waits_for_its_applicant_is_not_late_nor_flattering() {
    let m = story("2026-03-05 draft correct correct_what=x correct_by=2026-04-30");
    assert_eq!(cell(&m, "on_time", "2026-04-20"), None);
    assert_eq!(KIND.clocks_of(&m, moment("2026-04-20"))[0].0.due, on("2026-04-30"));
    let m = act(&KIND, m, "2026-05-01 clock lapse");
    assert_eq!(cell(&m, "on_time", "2026-05-01"), Some(Plain::Flag(true)));
    let m = story("2026-03-05 holder withdraw withdrawal=s3 -> closed");
    assert_eq!(m.body["outcome"], "3.6.3");
    assert!(m.clocks.iter().all(|c| !c.runs()));
}

/// One letter becomes several cases and several become one; the day of receipt stays what it was.
#[test]
fn a_letter_is_split_and_letters_are_joined() {
    let m = story("2026-03-05 draft split wanted=甲 split_to=2号 -> open");
    assert_eq!(due(&m, "2026-03-05"), on("2026-03-30"));
    let part = "2026-03-05 kin split-off application=s1 class=person channel=web submitted=2026-03-02";
    let new = play(&KIND, &format!("{part} confirmed=2026-03-02 wanted=乙 split_from=1号 -> open"));
    assert_eq!(
        (due(&new, "2026-03-05"), cell(&new, "received", "2026-03-05")),
        (due(&m, "2026-03-05"), on("2026-03-02").map(Plain::Day))
    );
    play(&KIND, &format!("{part} wanted=乙 split_from=1号 !! not-received"));
    for before in [
        "2026-03-03 draft correct correct_what=x correct_by=2026-03-09
         2026-03-04 draft corrected supplement=s2 corrected=2026-03-04",
        "2026-03-03 section-check extend extend_why=x extend_told=2026-03-03",
    ] {
        story(&format!("{before}\n 2026-03-05 draft split wanted=甲 split_to=2号 !! divides-not"));
    }
    // What a report has counted stays counted: divided until the day of the report, never after it.
    let late = "2025-12-29 draft enter application=s1 class=person channel=counter submitted=2025-12-29
        2025-12-29 draft register wanted=x";
    play(&KIND, &format!("{late}\n 2026-01-31 draft split wanted=甲 split_to=2号 -> open"));
    play(&KIND, &format!("{late}\n 2026-02-01 draft split wanted=甲 split_to=2号 !! reported"));

    let m = story("2026-03-05 draft join joined_to=1号 -> closed");
    assert_eq!((m.body["outcome"].as_str(), Outcome::Joined.row()), (Some("3.6.3-joined"), "3.6.3"));
    assert_eq!(cell(&m, "on_time", "2026-05-01"), Some(Plain::Flag(true)));
    story("2026-03-05 kin take-in joins=3号 -> open");
    story("2026-03-05 draft take-in joins=3号 !! not-now");
    story("2026-03-03 draft third name=甲 delivered=2026-03-03\n 2026-03-05 draft join joined_to=1号 !! still-asking");
    story("2026-03-05 draft decide outcome=3.6.3-joined reply=aa !! not-a-reply");
}

#[test]
fn who_is_one_applicant_and_which_application_goes_on() {
    use super::rules::{is_before, is_same};
    let words = |lines: &[(&str, &str)]| Words::new(lines.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect());
    for (one, other, same) in [
        (&[("姓名", "甲"), ("证件号码", "1101 x")][..], &[("姓名", "甲 "), ("证件号码", "1101X")][..], true),
        (&[("姓名", "甲"), ("证件号码", "1")], &[("姓名", "甲"), ("证件号码", "2")], false),
        (&[("姓名", "甲"), ("证件号码", "1")], &[("姓名", "甲")], true),
        (&[("姓名", "甲")], &[("姓名", "乙")], false),
        (&[("单位名称", "甲")], &[("姓名", "甲")], false),
        (&[], &[], false),
    ] {
        assert_eq!(is_same(&words(one), &words(other)), same, "{one:?} {other:?}");
    }
    assert!(is_before((on("2026-03-02"), "b"), (on("2026-03-03"), "a")));
    assert!(is_before((on("2026-03-02"), "a"), (on("2026-03-02"), "b")));
    assert!(!is_before((None, "a"), (on("2026-03-02"), "b")));
}

#[test]
fn the_fee_unpaid_in_time_ends_it_and_paid_begins_it_anew() {
    let charged = "2026-03-10 approval charge tariff=pages units=150 fee_noticed=2026-03-10 -> paying";
    let m = story(charged);
    assert_eq!(m.body["fee"], 70 * 10 + 50 * 20);
    let paid = story(&format!("{charged}\n 2026-03-16 draft pay paid=2026-03-16 -> open"));
    assert_eq!(due(&paid, "2026-03-16"), on("2026-04-14"));
    story(&format!("{charged}\n 2026-04-09 clock unpaid !! clock-runs\n 2026-04-10 clock unpaid -> closed"));
    story("2026-03-10 approval charge tariff=items units=10 fee_noticed=2026-03-10 !! free");
}

#[test]
fn the_fee_is_progressive() {
    for (tariff, units, yuan) in [
        (Tariff::Items, 10, 0),
        (Tariff::Items, 11, 100),
        (Tariff::Items, 30, 100),
        (Tariff::Items, 31, 200),
        (Tariff::Items, 40, 200),
        (Tariff::Items, 41, 300),
        (Tariff::Pages, 30, 0),
        (Tariff::Pages, 31, 10),
        (Tariff::Pages, 100, 700),
        (Tariff::Pages, 200, 2_700),
        (Tariff::Pages, 201, 2_740),
    ] {
        assert_eq!(fee(tariff, units), yuan, "{tariff:?} {units}");
    }
}

#[test]
fn a_dispute_is_kept_beside_a_closed_case() {
    let m = story(
        "2026-03-20 draft decide outcome=3.1 reply=aa
         2026-03-21 section-check sign
         2026-03-23 draft serve served=2026-03-23 service=post proof=EMS -> closed
         2026-04-20 draft dispute way=reconsideration filed=2026-04-20 -> closed
         2026-06-10 draft dispute-ends#1 ruling=upheld decided=2026-04-01 !! decided-day
         2026-06-10 draft dispute-ends#1 ruling=upheld decided=2026-06-09 -> closed",
    );
    let rows = KIND.part_reports(&m);
    assert_eq!((rows[2].len(), rows[2][0].1.as_str()), (1, "decided"));
    assert!(KIND.inbox(&m, moment("2026-06-10")).is_none(), "a closed case waits for nobody");
}

/// The picture and its text are the table.
#[test]
fn the_chart_and_the_rail_come_from_the_table() {
    let (states, arrows) = KIND.chart();
    assert_eq!((states[0], states.len()), (("arrived", "待确认"), 7));
    assert!(arrows.iter().any(|a| (a.from, a.to, a.zh) == ("open", "correcting", "告知补正")));
    let rail = |m: &Matter| KIND.rail(m, moment("2026-03-05")).iter().map(|s| s.zh).collect::<Vec<_>>();
    assert_eq!(rail(&story("")), ["待确认", "办理中", "待审签", "待送达", "办结"]);
    let asked = story("2026-03-05 draft third name=甲 delivered=2026-03-05");
    assert_eq!(rail(&asked)[2], "征求第三方和有关机关意见");
}

/// The columns of the report rows are those of the table.
#[test]
fn the_schema_is_the_table() {
    let schema = include_str!("schema.sql");
    let columns = |table: &str| -> Vec<String> {
        let rest = schema.split_once(&format!("CREATE TABLE {table} (")).expect(table).1;
        let lines = rest.split_once(");").expect(table).0.lines().map(str::trim).filter(|l| !l.is_empty());
        lines.filter_map(|l| l.split_whitespace().next().map(str::to_owned)).collect()
    };
    let mut expected = vec!["matter", "body", "state"];
    expected.extend(KIND.heads().iter().map(|h| h.name));
    assert_eq!(columns("request_row"), expected);
    for (part, heads) in KIND.part_heads() {
        let mut expected = vec!["id", "matter", "no", "state"];
        expected.extend(heads.iter().map(|h| h.name));
        assert_eq!(columns(&format!("request_{part}")), expected);
    }
}
