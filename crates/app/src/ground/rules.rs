//! Which ground carries a publication or a withholding on a day, and what of that falls away later. Pure.

use kernel::{Day, Refusal};
use law::{Effect, Ground, Law, Negative};

/// The grounds of one effect that are in force on a day, in the order of the law.
pub fn in_force(law: &Law, day: Day, effect: Effect) -> Vec<&Ground> {
    law.grounds.iter().filter(|g| g.effect == effect && g.in_force(day)).collect()
}

/// The ground on which a record goes out: it exists, it opens, and it is in force on the day of publication. A refusal
/// cites the law and outlives the asking.
pub fn open(law: &'static Law, code: &str, day: Day) -> Result<&'static Ground, Refusal> {
    let refuse = |code, says: &str| Err(Refusal::new(code, says).cite("《政府信息公开条例》第二十条").at("ground"));
    match law.ground(code) {
        None if code.is_empty() => refuse("ground-missing", "没有选公开依据。请选择这条信息依据哪一条主动公开。"),
        None => refuse("ground-missing", "所选的公开依据不存在。请重新选择。"),
        Some(ground) if ground.effect != Effect::Open => {
            refuse("ground-missing", "所选的是不予公开的依据，不能据此公开。请重新选择。")
        }
        Some(ground) if !ground.in_force(day) => {
            let says = format!("所选的公开依据（{}）在{}不在施行期内。请改选当日有效的依据。", ground.cite, day.zh());
            Err(Refusal::new("ground-not-in-force", says).cite(&ground.cite).at("ground"))
        }
        Some(ground) => Ok(ground),
    }
}

/// What a withheld record rests on: an entry of the negative list, or a ground itself.
fn rests<'a>(law: &'a Law, code: &str, day: Day) -> (Option<&'a Negative>, Option<&'a Ground>) {
    let entry = law.negative_on(day).entry(code);
    (entry, law.ground(entry.map_or(code, |entry| &entry.ground)))
}

/// The article on which a record is withheld on a day: of an entry of the negative list, or of a ground. The list
/// itself is no law (条例 articles 13 to 16 are), so it is never what is cited.
pub fn withhold<'a>(law: &'a Law, code: &str, day: Day) -> Result<&'a str, Refusal> {
    let (entry, ground) = rests(law, code, day);
    let holds = ground.filter(|g| g.effect == Effect::Withhold && g.in_force(day));
    let says = "不予公开须选一条现行的法定依据（条例第十四条、第十五条、第十六条）。";
    let refusal = || Refusal::new("ground-withhold", says).cite("《政府信息公开条例》第十三条").at("ground");
    holds.map(|ground| entry.map_or(ground.cite.as_str(), |entry| &entry.cite)).ok_or_else(refusal)
}

/// The articles behind a code on a day, for people who look at the record; empty for a code that names nothing.
pub fn cite<'a>(law: &'a Law, code: &str, day: Day) -> &'a str {
    let (entry, ground) = rests(law, code, day);
    entry.map(|e| e.cite.as_str()).or(ground.map(|g| g.cite.as_str())).unwrap_or_default()
}

/// Why a withheld record has to be decided on again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moved {
    /// Its entry is no longer in the negative list.
    Removed,
    /// Its entry withholds something else now, or rests on another article.
    Changed,
    /// The statute below it is no longer in force.
    Fell,
}

impl Moved {
    pub fn zh(self) -> &'static str {
        match self {
            Moved::Removed => "所依据的清单条目已经删去，重新认定公开属性",
            Moved::Changed => "所依据的清单条目已经改动，重新认定公开属性",
            Moved::Fell => "所依据的法律条文已经失效，重新认定公开属性",
        }
    }
}

/// Whether what was withheld on a day by a code is still carried by it today.
pub fn moved(law: &Law, code: &str, then: Day, today: Day) -> Option<Moved> {
    let (was, _) = rests(law, code, then);
    let (is, ground) = rests(law, code, today);
    match (was, is) {
        (Some(_), None) => return Some(Moved::Removed),
        (Some(was), Some(is)) if !was.rests_as(is) => return Some(Moved::Changed),
        _ => {}
    }
    let stands = ground.is_some_and(|g| g.effect == Effect::Withhold && g.in_force(today));
    (!stands).then_some(Moved::Fell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::Sources;
    use std::collections::BTreeMap;

    /// A second list from 2027 on: F13 is gone, F12 withholds only a part, F14 has another note; the rest stays.
    fn next_year() -> Law {
        let old = Sources::built_in().negative;
        let (_, list) = old.split_once("[[list]]").expect("one list");
        let from = list.replacen("version = 1", "version = 2\nfrom = \"2027-01-01\"", 1);
        let mut entries: Vec<&str> = from.split("[[list.entry]]").collect();
        entries.retain(|entry| !entry.contains("\"F13\""));
        let whole: Vec<String> = entries
            .into_iter()
            .map(|entry| match entry {
                e if e.contains("\"F12\"") => e.replace("how = \"whole\"", "how = \"part\""),
                e if e.contains("\"F14\"") => e.replace("note = \"", "note = \"另外，"),
                e => e.to_owned(),
            })
            .collect();
        let text = format!("{old}\n[[list]]{}", whole.join("[[list.entry]]"));
        let files = BTreeMap::from([("negative.toml".to_owned(), text)]);
        Law::load(&Sources::built_in().overlay(&files).expect("a file of the law")).expect("loads")
    }

    #[test]
    fn a_change_of_the_list_brings_back_what_rested_on_it() {
        let law = next_year();
        let day = |text: &str| Day::parse(text).expect("a day");
        let (before, last, first) = (day("2026-11-23"), day("2026-12-31"), day("2027-01-01"));
        for (code, then, today, wanted) in [
            ("F13", before, last, None),
            ("F13", before, first, Some(Moved::Removed)),
            ("F12", before, first, Some(Moved::Changed)),
            ("F12", first, first, None),
            ("F14", before, first, None),
            ("F01", before, first, None),
            ("N5", before, first, None),
            ("N5-2008", day("2010-01-01"), before, Some(Moved::Fell)),
            ("", before, before, Some(Moved::Fell)),
        ] {
            assert_eq!(moved(&law, code, then, today), wanted, "{code} {then} {today}");
        }
    }

    #[test]
    fn a_refusal_cites_the_law_and_never_the_list() {
        let (law, day) = (Law::built_in(), Day::new(2026, 11, 23).expect("a day"));
        for entry in &law.negative_on(day).entries {
            let cite = withhold(law, &entry.code, day).expect("carries");
            assert!(cite.starts_with("《政府信息公开条例》第") && !cite.contains("清单"), "{}: {cite}", entry.code);
        }
        for (code, carries) in [("N5", true), ("N5-2008", false), ("O20-1", false), ("F99", false), ("", false)] {
            assert_eq!(withhold(law, code, day).is_ok(), carries, "{code}");
        }
    }

    #[test]
    fn a_ground_must_exist_open_and_be_in_force() {
        let today = Day::new(2026, 11, 23).expect("a day");
        let then = Day::new(2017, 5, 26).expect("a day");
        let code = |c: &str, day| open(Law::built_in(), c, day).map(|g| g.code.as_str()).map_err(|r| r.code);
        assert_eq!(code("O20-1", today), Ok("O20-1"));
        assert_eq!(code("O20-1", then), Err("ground-not-in-force"));
        assert_eq!(code("O9-2008", then), Ok("O9-2008"));
        assert_eq!(code("O9-2008", today), Err("ground-not-in-force"));
        assert_eq!(code("N5", today), Err("ground-missing"));
        assert_eq!(code("", today), Err("ground-missing"));
        assert_eq!(code("X", today), Err("ground-missing"));
    }
}
