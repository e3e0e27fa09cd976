//! Versions and clocks: the forms make files that load, what was in force stands, and every fault has its field.

use super::model::{Happened, State};
use super::rules::{self, file_text, laid_over, replaces};
use super::wording::{Act, NEW_ACT, WordingForm, block};
use super::year::YearForm;
use kernel::{Day, Instant, Refusal};
use law::{Clause, Fact, Law, Sources, What};
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

const TODAY: &str = "2026-11-23";

fn over(files: &[(&str, String)]) -> Result<Law, Vec<String>> {
    let files: BTreeMap<String, String> = files.iter().map(|(n, t)| ((*n).to_owned(), t.clone())).collect();
    laid_over(&Sources::built_in(), &files)
}

fn codes(why: &[Refusal]) -> Vec<&'static str> {
    why.iter().map(|r| r.code).collect()
}

fn year_2027(days: &str) -> YearForm {
    YearForm {
        year: 2027,
        number: "国办发明电〔2026〕5号".into(),
        source: "https://example.cn/2027".into(),
        days: days.into(),
    }
}

/// Invented for tests: the notice for 2027 is not out.
const DAYS_2027: &str = "\
2027-01-01 至 2027-01-03 休 元旦
2027-02-05 至 2027-02-11 休 春节
2027-02-14 班 春节
2027-04-03至2027-04-05 休 清明节
2027年5月1日 至 2027年5月5日 休 劳动节
2027-06-09 休 端午节
2027-09-15 休 中秋节
2027-10-01 至 2027-10-07 休 国庆节";

#[test]
fn every_announced_year_survives_the_form() {
    let law = Law::built_in();
    let mut files = BTreeMap::new();
    for year in law.calendar.years().iter().filter(|year| year.announced) {
        let form = YearForm { source: "https://example.cn/".into(), ..YearForm::of(year) };
        files.insert(format!("calendar/{}.toml", year.year), form.file().expect("a file"));
    }
    assert!(files.len() > 20);
    let again = laid_over(&Sources::built_in(), &files).expect("loads");
    for (old, new) in law.calendar.years().iter().zip(again.calendar.years()) {
        for (old_day, new_day) in old.holidays.iter().zip(&new.holidays) {
            let sorted = |days: &[Day]| {
                let mut days = days.to_vec();
                days.sort_unstable();
                days
            };
            let [a, b] = [old_day, new_day].map(|h| (&h.name, sorted(&h.rest), sorted(&h.work), h.statutory.clone()));
            assert_eq!(a, b, "{}", old.year);
        }
        assert_eq!(old.holidays.len(), new.holidays.len(), "{}", old.year);
    }
}

#[test]
fn every_line_that_is_not_understood_is_told() {
    for (line, sound) in [
        ("2027-02-05 至 2027-02-11 休 春节", true),
        ("2027-02-05至2027-02-11 休 春节", true),
        ("2027年2月14日　班　春节", true),
        ("  2027-02-14 班 春节  ", true),
        ("2027-02-14 春节", false),
        ("2027-02-14 休", false),
        ("2027-02-14 放 春节", false),
        ("2027-02-30 休 春节", false),
        ("2027-02-11 至 2027-02-05 休 春节", false),
        ("2027-02-01 至 2027-04-05 休 春节", false),
        ("2027-02-14 班 春节 调休", false),
        ("春节放假七天", false),
    ] {
        let read = year_2027(line).file();
        assert_eq!(read.is_ok(), sound, "{line}: {read:?}");
    }
    let why = year_2027("第一行\n\n2027-02-14 班 春节\n第四行").file().expect_err("two lines");
    assert_eq!(codes(&why), ["line", "line"]);
    assert!(why[0].says.contains("第 1 行") && why[1].says.contains("第 4 行") && why[0].field == Some("days"));
    let no_address = YearForm { source: "国务院办公厅".into(), ..year_2027(DAYS_2027) };
    assert_eq!(codes(&no_address.file().expect_err("no address")), ["address"]);
}

#[test]
fn a_year_that_loses_a_statutory_day_is_refused() {
    let law = Law::built_in();
    let whole = over(&[("calendar/2027.toml", year_2027(DAYS_2027).file().expect("a file"))]).expect("loads");
    assert_eq!(replaces(law, &whole, day(TODAY)), []);
    assert!(!whole.calendar.is_working(day("2027-02-10")) && whole.calendar.is_working(day("2027-02-14")));
    let without = DAYS_2027.replace("2027-09-15 休 中秋节\n", "");
    let lost = over(&[("calendar/2027.toml", year_2027(&without).file().expect("a file"))]).expect("loads");
    let why = replaces(law, &lost, day(TODAY));
    assert_eq!(codes(&why), ["statutory"]);
    assert!(why[0].says.contains("2027年9月15日") && why[0].says.contains("中秋"), "{}", why[0].says);
}

/// A form as a lawyer fills it for a clause: another number from a future day.
fn amended(clause: &Clause) -> WordingForm {
    let blank = WordingForm::of(clause);
    let amount = if blank.unit == "promptly" { String::new() } else { blank.amount.clone() };
    WordingForm {
        amount, from: "2031-03-01".into(), gist: "按新条文办理，\"引号\"和\\斜线\\都在。".into(), ..blank
    }
}

#[test]
fn a_new_wording_of_every_clause_loads_and_rewrites_nothing() {
    let (law, sources) = (Law::built_in(), Sources::built_in());
    let mut files = BTreeMap::new();
    for clause in &law.clauses {
        let own = clause.wordings.iter().rfind(|w| !w.beside);
        // An act that has ended carries no new wording; that is told below.
        let ended = |id: &str| law.instruments.iter().any(|act| act.id == id && act.until.is_some());
        let mut form = amended(clause);
        if own.is_some_and(|w| ended(&w.instrument)) {
            form.instrument = NEW_ACT.into();
            form.act = Act { title: "新办法".into(), cite: "《新办法》".into(), ..Act::default() };
        }
        let text = form.file(law, &sources, clause).unwrap_or_else(|why| panic!("{}: {why:?}", clause.id));
        files.insert(format!("clauses/{}.toml", clause.id), text);
    }
    let new = laid_over(&sources, &files).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(codes(&replaces(law, &new, day(TODAY))), [""; 0]);
    for clause in &law.clauses {
        let now = new.clause(&clause.id).expect("still there");
        assert_eq!(now.wordings.len(), clause.wordings.len() + 1, "{}", clause.id);
        let added = now.wordings.iter().find(|w| w.from == Some(day("2031-03-01"))).expect("the new wording");
        assert_eq!(added.gist, "按新条文办理，\"引号\"和\\斜线\\都在。");
        let last = clause.wordings.iter().rfind(|w| !w.beside && w.from.is_some());
        if let Some(last) = last {
            assert_eq!(
                (&added.suspended_by, &added.extension, added.receipt, &added.counts_from),
                (&last.suspended_by, &last.extension, last.receipt, &last.counts_from),
                "{}",
                clause.id
            );
        }
        for before in [day(TODAY), day("2031-02-28")] {
            let [old, new] = [clause, now].map(|c| c.on(before).map(|w| (w.amount, w.cite.clone())));
            assert_eq!(old, new, "{} on {before}", clause.id);
        }
    }
}

#[test]
fn a_second_wording_follows_the_first_and_brings_its_act() {
    let (law, sources) = (Law::built_in(), Sources::built_in());
    let clause = law.clause("OGI-REPLY").expect("a clause");
    let act = Act { title: "条例修正".into(), cite: "《条例》（2027年）".into(), ..Act::default() };
    let form = WordingForm {
        from: "2027-07-01".into(),
        amount: "15".into(),
        instrument: NEW_ACT.into(),
        act,
        ..amended(clause)
    };
    let first = form.file(law, &sources, clause).expect("a file");
    let files = BTreeMap::from([("clauses/OGI-REPLY.toml".to_owned(), first.clone())]);
    let law = laid_over(&sources, &files).expect("loads");
    let clause = law.clause("OGI-REPLY").expect("a clause");
    let second = WordingForm { amount: "10".into(), ..amended(clause) };
    assert_eq!(WordingForm::of(clause).instrument, "own-ogi-reply-2027-07-01");
    let laid = sources.clone().overlay(&files).expect("known files");
    let text = second.file(&law, &laid, clause).expect("a file");
    let law = over(&[("clauses/OGI-REPLY.toml", text)]).expect("loads");
    let clause = law.clause("OGI-REPLY").expect("a clause");
    let amounts = ["2026-11-23", "2027-06-30", "2027-07-01", "2031-02-28", "2031-03-01"];
    let amounts = amounts.map(|on| clause.on(day(on)).expect("a wording").amount);
    assert_eq!(amounts, [20, 20, 15, 15, 10]);
    assert!(first.starts_with("[[instrument]]\nid = \"own-ogi-reply-2027-07-01\"\n"), "{first}");
}

#[test]
fn a_form_that_says_too_little_is_told_where() {
    let (law, sources) = (Law::built_in(), Sources::built_in());
    let clause = law.clause("OGI-REPLY").expect("a clause");
    let good = amended(clause);
    let with = |change: fn(&mut WordingForm)| {
        let mut form = good.clone();
        change(&mut form);
        form.file(law, &sources, clause).err().map(|why| why.iter().map(|r| (r.code, r.field)).collect::<Vec<_>>())
    };
    for (change, told) in [
        ((|_| {}) as fn(&mut WordingForm), None),
        (|f| f.amount = "二十".into(), Some(vec![("amount", Some("amount"))])),
        (|f| f.unit = "weeks".into(), Some(vec![("unit", Some("unit"))])),
        (|f| f.from = "明年".into(), Some(vec![("from", Some("from"))])),
        (|f| f.from = "2019-05-15".into(), Some(vec![("from-early", Some("from"))])),
        (|f| f.instrument = "no-such".into(), Some(vec![("instrument", Some("instrument"))])),
        (|f| f.instrument = NEW_ACT.into(), Some(vec![("title", Some("title")), ("cite", Some("cite"))])),
        (|f| f.gist = " ".into(), Some(vec![("gist", Some("gist"))])),
        (|f| f.sure = "certain".into(), Some(vec![("sure", Some("sure"))])),
    ] {
        assert_eq!(with(change), told);
    }
}

#[test]
fn what_was_in_force_stands() {
    let law = Law::built_in();
    let sources = Sources::built_in();
    let block = |id: &str| block(&sources, id).expect("a clause");
    let reply = "clauses/OGI-REPLY.toml";
    let edited = |old: &str, new: &str| {
        let text = block("OGI-REPLY");
        assert!(text.contains(old), "{text}");
        over(&[(reply, text.replace(old, new))]).expect("loads")
    };
    for (old, new, refused) in [
        ("amount = 20\n", "amount = 25\n", true),
        ("amount = 15\n", "amount = 14\n", true),
        ("\"收到申请之日\"\nreceipt", "\"提交之日\"\nreceipt", true),
        ("nature = \"deadline\"", "nature = \"span\"", true),
        ("until = \"2019-05-14\"", "until = \"2019-05-01\"", true),
        ("sure = \"high\"", "sure = \"text\"", false),
        ("name = \"依申请公开答复\"", "name = \"答复期限\"", false),
        ("from = \"2019-05-15\"", "from = \"2019-05-15\"\nuntil = \"2027-12-31\"", false),
    ] {
        let why = replaces(law, &edited(old, new), day(TODAY));
        assert_eq!(!why.is_empty(), refused, "{old} -> {new}: {why:?}");
        assert!(why.iter().all(|r| r.code == "wording-in-force" && r.says.contains("OGI-REPLY")), "{why:?}");
    }
    let one = block("OGI-REPLY");
    let (head, rest) = one.split_once("[[clause.wording]]").expect("wordings");
    let (_, second) = rest.split_once("[[clause.wording]]").expect("two wordings");
    let without_old = over(&[(reply, format!("{head}[[clause.wording]]{second}"))]).expect("loads");
    let why = replaces(law, &without_old, day(TODAY));
    assert_eq!(why.len(), 1);
    assert!(why[0].says.contains("2008年5月1日") && why[0].says.contains("15个工作日"), "{}", why[0].says);
    assert_eq!(codes(&replaces(law, &over(&[]).expect("loads"), day(TODAY))), ["same"]);
}

#[test]
fn the_loaders_faults_stand_at_their_fields() {
    let year = |text: &str| ("calendar/2027.toml", text.to_owned());
    let clause = |old: &str, new: &str| {
        let text = file_text(&Sources::built_in(), "clauses/OGI-REPLY.toml").expect("a clause");
        assert!(text.contains(old));
        ("clauses/OGI-REPLY.toml", text.replace(old, new))
    };
    let twice = "year = 2027\nannounced = true\nsource = [\"https://x\"]\n[[holiday]]\nname = \"春节\"\n\
                 rest = [\"2027-02-05\", \"2027-02-05\"]\n";
    for (file, field) in [
        (year(twice), "days"),
        (year("year = 2027\nannounced = true\nsource = []\n"), "source"),
        (year("year = 2028\nannounced = true\nsource = [\"https://x\"]\n"), "text"),
        (year("not toml"), "text"),
        (clause("unit = \"working-days\"", "unit = \"promptly\""), "amount"),
        (clause("instrument = \"ogi-2019\"", "instrument = \"nowhere\""), "instrument"),
        (clause("from = \"2019-05-15\"", "from = \"2012-05-15\""), "from"),
        (("nowhere.toml", String::new()), "text"),
    ] {
        let faults = over(std::slice::from_ref(&file)).expect_err("unsound");
        let told = rules::faults(&faults);
        assert_eq!(told.len(), faults.len());
        assert!(told.iter().any(|r| r.field == Some(field)), "{field}: {told:?}");
        assert!(told.iter().zip(&faults).all(|(r, fault)| r.says.contains(fault.trim())), "{told:?}");
    }
}

#[test]
fn two_persons_decide_and_nothing_newer_is_lost() {
    for (state, author, newer, wanted) in [
        (State::Proposed, "a", false, &[][..]),
        (State::Proposed, "b", false, &["own-version"]),
        (State::Proposed, "a", true, &["newer"]),
        (State::InForce, "a", false, &["decided"]),
        (State::Returned, "b", false, &["decided", "own-version"]),
    ] {
        assert_eq!(codes(&rules::decide(state, author, "b", newer)), wanted);
    }
}

#[test]
fn what_happened_to_a_clock_survives_its_column() {
    let at = Instant::parse("2026-11-23 09:00").expect("a time");
    let all = [
        What::Suspend("征求第三方意见"),
        What::Resume,
        What::Restart("补正"),
        What::Extend { approved: true, told: false },
        What::Close { found_in_time: true },
    ];
    let facts: Vec<Fact> = all.into_iter().map(|what| Fact { at, what }).collect();
    let kept: Vec<Happened> = facts.iter().map(Happened::from).collect();
    let text = serde_json::to_string(&kept).expect("JSON");
    let again: Vec<Happened> = serde_json::from_str(&text).expect("the same JSON");
    assert_eq!(again.iter().map(Happened::fact).collect::<Vec<_>>(), facts);
    assert!(text.starts_with(r#"[{"at":1795395600000,"what":"suspend","cause":"征求第三方意见"}"#), "{text}");
}

#[test]
fn a_clock_is_reckoned_by_the_wording_of_its_day() {
    let law = Law::built_in();
    let reckoned = |clause: &str, event: &str| {
        let event = day(event).start();
        rules::reckoned(law, clause, event, &[], event).map(|r| (r.due, r.firm))
    };
    for (clause, event, wanted) in [
        ("OGI-REPLY", "2026-03-02", Some(("2026-03-30", true))),
        ("OGI-REPLY", "2019-05-14", Some(("2019-06-04", true))),
        ("OGI-REPLY", "2008-04-30", None),
        ("OGI-OWN-DATA", "2026-03-02", Some(("", true))),
        ("NO-SUCH", "2026-03-02", None),
    ] {
        assert_eq!(reckoned(clause, event), wanted.map(|(due, firm)| (due.to_owned(), firm)), "{clause} {event}");
    }
}
