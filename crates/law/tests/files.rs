//! The folder `law/` is sound, and unsound files are caught.

use kernel::Day;
use law::{Effect, Force, Law, Note, Sources, Unit};
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

#[test]
fn the_built_in_law_is_sound() {
    assert_eq!(Law::load(&Sources::built_in()).err(), None);
    let law = Law::built_in();
    let classes: Vec<_> = law.classes.iter().map(|c| c.slug.as_str()).collect();
    let slugs = "laws-rules organisation plans statistics licensing penalties budget fees procurement projects \
                 poverty-welfare emergency inspection recruitment other";
    assert_eq!(classes, slugs.split(' ').collect::<Vec<_>>());
    assert_eq!(law.classes[14].cite, "《政府信息公开条例》第二十条第十五项");
    let sections: Vec<_> = law.sections().map(|c| c.name.as_str()).collect();
    assert_eq!(sections, ["决策公开", "执行公开", "管理公开", "服务公开", "结果公开", "互动交流"]);
}

#[test]
fn columns_hang_below_the_nearest_path() {
    let law = Law::built_in();
    for (path, above) in [
        ("results/policies", Some("results")),
        ("results/policies/cleanup", Some("results/policies")),
        ("results/budget-list", Some("results")),
        ("management/internal/personnel", Some("management")),
        ("results", None),
    ] {
        let column = law.column(path).expect(path);
        assert_eq!(law.parent(column).map(|c| c.path.as_str()), above, "{path}");
    }
    let safety = law.column("management/safety").expect("a column");
    assert_eq!(law.children(safety).map(|c| c.path.as_str()).collect::<Vec<_>>(), ["management/safety/hot"]);
}

#[test]
fn grounds_hold_in_their_time() {
    let law = Law::built_in();
    for (code, on, holds, cite) in [
        ("O20-1", "2019-05-15", true, "《政府信息公开条例》第二十条第一项"),
        ("O20-1", "2019-05-14", false, "《政府信息公开条例》第二十条第一项"),
        ("N5-2008", "2019-05-14", true, "《政府信息公开条例》（国务院令第492号）第十四条"),
        ("N5-2008", "2019-05-15", false, "《政府信息公开条例》（国务院令第492号）第十四条"),
        ("W1", "2024-05-01", true, "《保守国家秘密法》第六十四条"),
    ] {
        let ground = law.ground(code).expect(code);
        assert_eq!((ground.in_force(day(on)), ground.cite.as_str()), (holds, cite), "{code} {on}");
    }
    for (code, effect, force) in [
        ("O19", Effect::Open, Force::Must),
        ("N1", Effect::Withhold, Force::Must),
        ("N7", Effect::Withhold, Force::May),
    ] {
        let ground = law.ground(code).expect(code);
        assert_eq!((ground.effect, ground.force), (effect, force), "{code}");
    }
    let epidemic = &law.negative[0].entries[1];
    assert_eq!(epidemic.cite, "《政府信息公开条例》第十四条、《动物防疫法》第三十六条");
}

/// The rows of the fact base: its first cell, and those that say how long and from when.
fn rows() -> Vec<[String; 4]> {
    let cells = |line: &str| {
        let mut quoted = false;
        let mut cells = vec![String::new()];
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                _ => cells.last_mut().expect("a cell").push(c),
            }
        }
        cells
    };
    let text = include_str!("data/time-limits.csv");
    text.lines().skip(1).map(cells).map(|c| [0, 5, 6, 10].map(|i| c[i].clone())).collect()
}

#[test]
fn every_row_of_the_fact_base_is_a_wording_under_its_id() {
    let law = Law::built_in();
    let rows = rows();
    assert_eq!(rows.len(), 130);
    for [id, amount, unit, from] in rows {
        let unit = match unit.as_str() {
            "working_day" => Unit::WorkingDays,
            "calendar_day" => Unit::CalendarDays,
            "month" => Unit::Months,
            "year" => Unit::Years,
            _ => Unit::Hours,
        };
        let number: u16 = amount.parse().expect("a number");
        assert!(law.clauses_of(&id).count() > 0, "{id}");
        for clause in law.clauses_of(&id) {
            let mut wordings = clause.wordings.iter().filter(|w| (w.amount, w.unit) == (number, unit));
            let dated = Day::parse(&from);
            assert!(wordings.any(|w| w.from == dated), "{id} {amount} {from}");
            assert!(dated.is_some() || clause.on(day("2026-11-23")).is_none(), "{id} applies without a date");
        }
    }
}

#[test]
fn check_names_gaps_undated_and_unread_wordings() {
    let report = law::check(&Sources::built_in());
    let undated: Vec<_> = report.notes.iter().filter(|n| matches!(n, Note::Undated(_))).collect();
    assert_eq!(undated.len(), 5, "{undated:?}");
    let unread = Note::Unsure("clause OGI-FEE-PAY: 《政府信息公开信息处理费管理办法》第六条, 30日: med".into());
    assert!(report.notes.contains(&unread));
    assert!(!report.notes.iter().any(|n| matches!(n, Note::Gap(_))), "{:?}", report.notes);
    let mut sources = Sources::built_in();
    let gap = sources.clauses.replacen("until = \"2019-05-14\"", "until = \"2019-05-10\"", 1);
    sources.clauses = &gap;
    let gap = Note::Gap("clause OGI-ACTIVE: no wording from 2019-05-11 to 2019-05-14".into());
    assert!(law::check(&sources).notes.contains(&gap));
    assert!(!law::check(&sources).faults.is_empty(), "a case of that week fails");
}

fn files(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

#[test]
fn a_bureaus_own_files_lie_over_the_built_in_ones() {
    let hotline = "[[clause]]\nid = \"HOT-SIMPLE\"\nname = \"热线一般咨询\"\nnature = \"deadline\"\n\
        [[clause.wording]]\nfrom = \"2026-01-01\"\ninstrument = \"hotline-local\"\namount = 3\n\
        unit = \"working-days\"\ncounts-from = \"派单之日\"\ngist = \"三个工作日。\"\nsure = \"page\"\n";
    let year = "year = 2027\nannounced = true\nsource = [\"https://www.gov.cn/\"]\n[[holiday]]\nname = \"元旦\"\n\
        rest = [\"2027-01-01\", \"2027-01-02\", \"2027-01-03\"]\nwork = [\"2026-12-27\"]\n";
    let case = "HOT-SIMPLE | 起算 2026-12-24 | 截止 2026-12-28 | 确定\n";
    let own = files(&[("clauses/hotline.toml", hotline), ("calendar/2027.toml", year), ("cases/own.case", case)]);
    let sources = Sources::built_in().overlay(&own).expect("paths of the law");
    let law = Law::load(&sources).expect("sound");
    assert_eq!(law.calendar.known_to(), day("2027-12-31"));
    assert!(law.calendar.is_working(day("2026-12-27")));
    let hotline = law.clause("HOT-SIMPLE").expect("a clause");
    // The made-up Sunday counts, so the third working day comes a day earlier.
    assert_eq!(
        law::due(hotline, day("2026-12-24"), &law.calendar).map(|d| (d.on, d.firm)),
        Some((day("2026-12-28"), true))
    );
    assert_eq!(law.clauses.len(), Law::built_in().clauses.len());
    assert_ne!(law.hash, Law::built_in().hash);
    let report = law::check(&sources);
    // Cases that say 暂定 of days in 2027 now fail: the overlay names those that a person must settle.
    assert!(report.faults.iter().all(|fault| !fault.starts_with("own.case")), "{:?}", report.faults);
    assert!(report.faults.iter().any(|fault| fault.starts_with("provisional.case")));

    let stray = files(&[("clause.toml", ""), ("calendar/2027.txt", "")]);
    let faults = Sources::built_in().overlay(&stray).expect_err("strays");
    assert_eq!(faults, ["calendar/2027.txt: no file of the law", "clause.toml: no file of the law"]);
    let broken = files(&[("clauses/hotline.toml", "[[clause]]\nid = 1")]);
    let sources = Sources::built_in().overlay(&broken).expect("a path of the law");
    let faults = Law::load(&sources).expect_err("a fault");
    assert!(faults[0].starts_with("clauses/hotline.toml: "), "{faults:?}");
}

/// Replaces the first occurrence and says what loading makes of it.
fn broken(file: for<'a, 'b> fn(&'b mut Sources<'a>) -> &'b mut &'a str, old: &str, new: &str) -> String {
    let mut sources = Sources::built_in();
    let text = file(&mut sources).to_string();
    assert!(text.contains(old), "the file has no {old}");
    let changed = text.replacen(old, new, 1);
    let mut sources: Sources<'_> = Sources { ..sources };
    *file(&mut sources) = &changed;
    Law::load(&sources).expect_err("a fault").join("\n")
}

/// What each broken file of the test below is told, in its order.
const EXPECTED: [&str; 37] = [
    "unknown field `nmae`",
    "clause OGI-REPLY: listed twice",
    "clause OGI-ACTIVE: wordings overlap or are out of order",
    "clause OGI-ACTIVE: no instrument ogi-2007",
    "clause OGI-ACTIVE: a wording outlives ogi-2008",
    "not a date: 2019-02-30",
    "unknown variant `workdays`",
    "clause OGI-REPLY: OGI-ACTIVE is the id of another clause",
    "clause OGI-REPLY: OGI-REPLY-EXT gives another extension",
    "clause OGI-REPLY: no clause OGI-REPLY-MORE",
    "clause OGI-REPLY: no clause OGI-FEE",
    "clause LIT-DIRECT: only a term in days can stop or be extended",
    "clause DEC-COMMENT: a wording beside the law counts in another unit",
    "clause OGI-OWN-DATA: promptly has no amount",
    "clause OGI-ANNUAL-DEPT: no amount",
    "clause PLEDGE-LETTER: must give working days from its first day on without end",
    "instrument ogi-2019: listed twice",
    "instrument ogi-2008: ends before it begins",
    "class organisation: number 3 out of order",
    "class organisation: listed twice",
    "no class fines",
    "no column above it",
    "column decisions: listed twice",
    "ground W1: no ground N22",
    "ground N1: listed twice",
    "negative list entry F02: no ground N20",
    "negative list entry F12: W1 cannot be cited",
    "negative list entry F12: O19 cannot be cited",
    "negative list entry F02: no instrument epidemics",
    "unknown field `anounced`",
    "calendar/2026.toml: speaks of the year 2025",
    "2026-01-01 is listed twice",
    "make-up day 2026-01-05 is no weekend day",
    "2025-11-30 lies outside the year",
    "calendar 2026: announced before the year before it",
    "calendar 2026: lists days before it is announced",
    "calendar 2026: 2026-10-03 is a statutory holiday and cannot be worked",
];

#[test]
fn unsound_files_are_caught() {
    let cases = [
        broken(|s| &mut s.clauses, "name = ", "nmae = "),
        broken(|s| &mut s.clauses, "\"OGI-CORRECT\"", "\"OGI-REPLY\""),
        broken(|s| &mut s.clauses, "until = \"2019-05-14\"", "until = \"2019-05-15\""),
        broken(|s| &mut s.clauses, "\"ogi-2008\"", "\"ogi-2007\""),
        broken(|s| &mut s.clauses, "from = \"2008-05-01\"", "from = \"2008-04-30\""),
        broken(|s| &mut s.clauses, "2019-05-15", "2019-02-30"),
        broken(|s| &mut s.clauses, "working-days", "workdays"),
        broken(|s| &mut s.clauses, "\"OGI-REPLY-2008\"", "\"OGI-ACTIVE\""),
        broken(|s| &mut s.clauses, "{ amount = 20, clause", "{ amount = 10, clause"),
        broken(|s| &mut s.clauses, "\"OGI-REPLY-EXT\", approval", "\"OGI-REPLY-MORE\", approval"),
        broken(|s| &mut s.clauses, "\"OGI-FEE-RESTART\" }", "\"OGI-FEE\" }"),
        broken(|s| &mut s.clauses, "amount = 6\n", "suspended-by = [\"听证\"]\namount = 6\n"),
        broken(
            |s| &mut s.clauses,
            "amount = 20\nunit = \"calendar-days\"\ncounts-from = \"决策",
            "amount = 1\nunit = \"months\"\ncounts-from = \"决策",
        ),
        broken(|s| &mut s.clauses, "unit = \"promptly\"", "unit = \"promptly\"\namount = 1"),
        broken(|s| &mut s.clauses, "amount = 3\nunit = \"months\"", "unit = \"months\""),
        broken(|s| &mut s.clauses, "instrument = \"pledge\"", "until = \"2026-01-01\"\ninstrument = \"pledge\""),
        broken(|s| &mut s.instruments, "id = \"ogi-2008\"", "id = \"ogi-2019\""),
        broken(|s| &mut s.instruments, "until = \"2019-05-14\"", "until = \"2007-05-14\""),
        broken(|s| &mut s.catalogue, "number = 2", "number = 3"),
        broken(|s| &mut s.catalogue, "\"plans\"", "\"organisation\""),
        broken(|s| &mut s.columns, "class = \"penalties\"", "class = \"fines\""),
        broken(|s| &mut s.columns, "path = \"results\"", "path = \"result\""),
        broken(|s| &mut s.columns, "\"decisions/catalogue\"", "\"decisions\""),
        broken(|s| &mut s.grounds, "[\"N2\"", "[\"N22\""),
        broken(|s| &mut s.grounds, "code = \"N2\"", "code = \"N1\""),
        broken(|s| &mut s.negative, "ground = \"N2\"", "ground = \"N20\""),
        broken(|s| &mut s.negative, "ground = \"N6\"", "ground = \"W1\""),
        broken(|s| &mut s.negative, "ground = \"N6\"", "ground = \"O19\""),
        broken(|s| &mut s.negative, "\"epidemic\"", "\"epidemics\""),
        broken(|s| &mut s.calendar[22].1, "announced", "anounced"),
        broken(|s| &mut s.calendar[22].1, "year = 2026", "year = 2025"),
        broken(|s| &mut s.calendar[22].1, "\"2026-01-02\"", "\"2026-01-01\""),
        broken(|s| &mut s.calendar[22].1, "work = [\"2026-01-04\"]", "work = [\"2026-01-05\"]"),
        broken(|s| &mut s.calendar[22].1, "\"2026-01-02\"", "\"2025-11-30\""),
        broken(|s| &mut s.calendar[21].1, "announced = true", "announced = false"),
        broken(|s| &mut s.calendar[22].1, "announced = true", "announced = false"),
        broken(|s| &mut s.calendar[22].1, "work = [\"2026-09-20\"", "work = [\"2026-10-03\""),
    ];
    for (found, expected) in cases.iter().zip(EXPECTED) {
        assert!(found.contains(expected), "expected {expected}\nfound {found}");
    }
    assert_eq!(cases.len(), EXPECTED.len());
}
