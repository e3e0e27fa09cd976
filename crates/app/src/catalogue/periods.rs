//! The periods of an obligation that run now and are reckoned by a clause: what the table `clock` holds. Pure.
//!
//! What runs by months or by a day that the entry itself names needs no clock: no calendar and no clause moves it.

use super::stock::Held;
use kernel::{Day, Instant};
use law::{Account, Cadence, Clause, Direction, Law, Limit, Nature, Obligation, Span};

/// Before the entry's code in the name of a clock's matter.
pub const PREFIX: &str = "obligation:";

/// A period that runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Period {
    /// `obligation:OGI-REPORT/2027`, `obligation:DOC-NORM/018f…`, `obligation:OGI-GUIDE`.
    pub about: String,
    pub clause: String,
    pub event: Instant,
    /// What it is about, for people.
    pub zh: String,
}

/// The periods of an entry that run; `mine` are the items that count towards it.
pub fn running(law: &Law, entry: &Obligation, mine: &[&Held], account: &Account, span: Span) -> Vec<Period> {
    let Limit::Clause(id) = &entry.limit else { return vec![] };
    let Some(clause) = law.clause(id) else { return vec![] };
    match (clause.nature, clause.direction) {
        (Nature::Deadline, Direction::After) => after_events(entry, clause, mine, span),
        (Nature::NamedDate, _) => named_years(entry, clause, account, span),
        _ => vec![],
    }
}

/// Each item that came into being and is not public; the entry itself while nothing is in force that must always be.
fn after_events(entry: &Obligation, clause: &Clause, mine: &[&Held], span: Span) -> Vec<Period> {
    let since = entry.from.map_or(span.since, |from| from.max(span.since));
    let period = |rest: String, event: Day, zh: &str| Period {
        about: format!("{PREFIX}{}{rest}", entry.code),
        clause: clause.id.clone(),
        event: event.start(),
        zh: zh.to_owned(),
    };
    let open = mine.iter().filter(|held| held.published.is_none());
    let formed = open.filter_map(|held| Some((held, held.formed.filter(|day| (since..=span.today).contains(day))?)));
    let mut all: Vec<Period> = formed.map(|(held, day)| period(format!("/{}", held.id), day, &held.title)).collect();
    let never = !mine.iter().any(|held| held.item(span.today).in_force);
    if entry.cadence == Cadence::Standing && never {
        all.push(period(String::new(), since, &entry.item));
    }
    all
}

/// The years whose named day is open: that of this year before it comes, and every one that passed.
fn named_years(entry: &Obligation, clause: &Clause, account: &Account, span: Span) -> Vec<Period> {
    let Cadence::Yearly { by, .. } = entry.cadence else { return vec![] };
    let passed =
        account.late.iter().filter(|late| late.published.is_none() && late.item.is_none()).map(|late| late.due);
    let ahead = account.due.filter(|due| *due == by.of(span.today.year()));
    let year = |due: Day| {
        let event = Day::new(due.year() - 1, 12, 31)?;
        Some(Period {
            about: format!("{PREFIX}{}/{}", entry.code, due.year()),
            clause: clause.id.clone(),
            event: event.start(),
            zh: format!("{}（{}年）", entry.item, due.year()),
        })
    };
    passed.chain(ahead).filter_map(year).collect()
}

/// When a period that runs no longer was met: by its own item, else by the newest publication that counts.
pub fn met_at(about: &str, code: &str, mine: &[&Held]) -> Option<Instant> {
    let own = about.strip_prefix(PREFIX)?.strip_prefix(code)?.strip_prefix('/').unwrap_or_default();
    let item = mine.iter().find(|held| held.id == own).and_then(|held| held.published);
    item.or_else(|| mine.iter().filter_map(|held| held.published).max())
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::{Item, account};

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn entry(code: &str) -> &'static Obligation {
        Law::built_in().obligations.iter().find(|e| e.code == code).expect("an entry")
    }

    fn runs(code: &str, held: &[Held], today: &str) -> Vec<(String, String)> {
        let (law, entry) = (Law::built_in(), entry(code));
        let span = Span { since: day("2026-11-16"), today: day(today) };
        let mine: Vec<&Held> = held.iter().filter(|h| entry.counts(&h.item(span.today))).collect();
        let items: Vec<Item> = mine.iter().map(|h| h.item(span.today)).collect();
        let account = account(law, entry, &items, span);
        let due = |p: &Period| {
            let clause = law.clause(&p.clause).expect("a clause");
            law::due_at(clause, p.event, &law.calendar).expect("a number").on.to_string()
        };
        running(law, entry, &mine, &account, span).iter().map(|p| (p.about.clone(), due(p))).collect()
    }

    fn pair(about: &str, due: &str) -> (String, String) {
        (about.to_owned(), due.to_owned())
    }

    #[test]
    fn what_must_always_be_there_runs_until_it_is() {
        let guide = Held::public("指南", "guide", &["disclosure/guide"], day("2026-11-20"));
        assert_eq!(runs("OGI-GUIDE", &[], "2026-11-23"), [pair("obligation:OGI-GUIDE", "2026-12-14")]);
        assert_eq!(runs("OGI-GUIDE", std::slice::from_ref(&guide), "2026-11-23"), []);
        let about = "obligation:OGI-GUIDE";
        assert_eq!(met_at(about, "OGI-GUIDE", &[&guide]), guide.published);
        assert_eq!(met_at(about, "OGI-GUIDE", &[]), None);
    }

    #[test]
    fn a_named_day_runs_in_its_year_and_after_it() {
        let due = "2027-01-31";
        assert_eq!(runs("OGI-REPORT", &[], "2026-12-30"), [], "the year has not begun");
        assert_eq!(runs("OGI-REPORT", &[], "2027-01-04"), [pair("obligation:OGI-REPORT/2027", due)]);
        assert_eq!(runs("OGI-REPORT", &[], "2027-03-01"), [pair("obligation:OGI-REPORT/2027", due)], "late");
        let report =
            Held::public("2026年政府信息公开工作年度报告", "report", &["disclosure/reports"], day("2027-01-20"));
        assert_eq!(runs("OGI-REPORT", &[report], "2027-03-01"), []);
    }

    #[test]
    fn a_paper_under_way_runs_by_itself() {
        let mut paper = Held::public("办法", "policy", &["results/policies"], day("2026-11-20"));
        (paper.published, paper.formed) = (None, Some(day("2026-11-23")));
        paper.id = "r1".into();
        assert_eq!(
            runs("DOC-NORM", std::slice::from_ref(&paper), "2026-11-24"),
            [pair("obligation:DOC-NORM/r1", "2026-12-21")]
        );
        paper.formed = Some(day("2026-11-02"));
        assert_eq!(runs("DOC-NORM", &[paper], "2026-11-24"), [], "it came into being before we began to reckon");
    }
}
