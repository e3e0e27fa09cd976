//! The folder `law/` is sound, and unsound files are caught.

use kernel::Day;
use law::{Effect, Force, Law, Sources};

fn day(text: &str) -> Day {
    Day::parse(text).expect("a date")
}

#[test]
fn the_built_in_law_is_sound() {
    assert_eq!(law::check(), Vec::<String>::new());
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
    let epidemic = &law.negative.entries[1];
    assert_eq!(epidemic.cite, "《政府信息公开条例》第十四条、《动物防疫法》第三十六条");
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
const EXPECTED: [&str; 26] = [
    "unknown field `nmae`",
    "clause OGI-REPLY: listed twice",
    "clause OGI-ACTIVE: wordings overlap or are out of order",
    "clause OGI-ACTIVE: no instrument ogi-2007",
    "clause OGI-ACTIVE: a wording outlives ogi-2008",
    "not a date: 2019-02-30",
    "unknown variant `workdays`",
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
    ];
    for (found, expected) in cases.iter().zip(EXPECTED) {
        assert!(found.contains(expected), "expected {expected}\nfound {found}");
    }
    assert_eq!(cases.len(), EXPECTED.len());
}
