//! Where each obligation stands for the desk: from the law's account to a line, in the order in which one looks. Pure.

use crate::ui::{Tag, Tone, href};
use kernel::Day;
use law::{Account, Fulfilment, Item, Law, Obligation, Span, Tally};

/// What is due within so many working days is shown to whoever owes it.
pub const NEAR: i32 = 10;
/// The owner of an entry that no single section owes.
pub const WHOLE_BODY: &str = "本局";

/// How an entry stands, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    Missing,
    Overdue,
    /// In order, and due within [`NEAR`] working days.
    Near,
    Silent,
    Unconfirmed,
    Later,
    Met,
    Idle,
}

impl Standing {
    pub const ALL: [Standing; 8] = [
        Standing::Missing,
        Standing::Overdue,
        Standing::Near,
        Standing::Silent,
        Standing::Unconfirmed,
        Standing::Later,
        Standing::Met,
        Standing::Idle,
    ];

    /// In addresses: `?state=missing`.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Missing => "missing",
            Standing::Overdue => "overdue",
            Standing::Near => "near",
            Standing::Silent => "silent",
            Standing::Unconfirmed => "unconfirmed",
            Standing::Later => "later",
            Standing::Met => "met",
            Standing::Idle => "idle",
        }
    }

    pub fn parse(word: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|s| s.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Standing::Missing => Fulfilment::Missing.zh(),
            Standing::Overdue => Fulfilment::Overdue.zh(),
            Standing::Near => "10 个工作日内到期",
            Standing::Silent => Fulfilment::Silent.zh(),
            Standing::Unconfirmed => Fulfilment::Unconfirmed.zh(),
            Standing::Later => Fulfilment::Due.zh(),
            Standing::Met => Fulfilment::Met.zh(),
            Standing::Idle => Fulfilment::Idle.zh(),
        }
    }

    pub fn tag(self) -> Tag {
        let tone = match self {
            Standing::Missing | Standing::Overdue => Tone::Late,
            Standing::Near | Standing::Silent | Standing::Unconfirmed => Tone::Near,
            Standing::Met => Tone::Done,
            Standing::Later | Standing::Idle => Tone::Plain,
        };
        Tag::new(self.zh(), tone)
    }

    /// What the inbox shows: nothing public that must be, late, or due soon.
    pub fn presses(self) -> bool {
        self <= Standing::Near
    }

    fn of(account: &Account, left: Option<i32>) -> Standing {
        let near = left.is_some_and(|left| (0..=NEAR).contains(&left));
        match account.state {
            Fulfilment::Missing => Standing::Missing,
            Fulfilment::Overdue => Standing::Overdue,
            Fulfilment::Silent => Standing::Silent,
            Fulfilment::Met | Fulfilment::Due if near => Standing::Near,
            Fulfilment::Unconfirmed => Standing::Unconfirmed,
            Fulfilment::Due => Standing::Later,
            Fulfilment::Met => Standing::Met,
            Fulfilment::Idle => Standing::Idle,
        }
    }
}

/// An entry with where it stands today.
#[derive(Clone, Debug)]
pub struct Line {
    pub entry: &'static Obligation,
    pub standing: Standing,
    /// One sentence: `逾期未公开：2026年，逾期12日。`
    pub says: String,
    /// The day that passed, else the next one.
    pub due: Option<Day>,
    /// Working days from today to `due`; below zero they are days of delay.
    pub left: Option<i32>,
    pub last: Option<Day>,
    /// 公开时限 on this day.
    pub limit: String,
}

impl Line {
    pub fn cite(&self) -> &str {
        self.entry.basis.first().map_or("", |b| b.cite.as_str())
    }

    /// `剩 2 个工作日`; empty where no day is known.
    pub fn left_zh(&self) -> String {
        self.left.map_or_else(String::new, left_zh)
    }

    /// What the tag and the day leave unsaid; empty where they say all.
    pub fn detail(&self) -> &str {
        match self.standing {
            Standing::Overdue | Standing::Silent | Standing::Unconfirmed => &self.says,
            _ => "",
        }
    }

    /// A new record that would count towards the entry.
    pub fn new_href(&self) -> String {
        new_href(self.entry)
    }
}

/// The form of a new record with the entry's column, class and kind.
pub fn new_href(entry: &Obligation) -> String {
    let first = |list: &[String]| list.first().cloned().unwrap_or_default();
    let met = &entry.met_by;
    let (kind, column, class) = (first(&met.kinds), first(&met.columns), first(&met.classes));
    href("/desk/record/new", &[("kind", &kind), ("column", &column), ("class", &class)])
}

/// Every entry that an owner owes today (every owner where `owner` is empty), worst first, and the figures over them.
pub fn reckon(law: &'static Law, items: &[Item], span: Span, owner: &str) -> (Vec<Line>, Tally) {
    let owed = law.obligations.iter().filter(|e| e.owed(span.today) && (owner.is_empty() || e.owner == owner));
    let accounts: Vec<(&Obligation, Account)> = owed.map(|e| (e, law::account(law, e, items, span))).collect();
    let tally = law::tally(accounts.iter().map(|(_, account)| account));
    let mut lines: Vec<Line> = accounts.iter().map(|(entry, account)| line(law, entry, account, span)).collect();
    lines.sort_by_key(|line| (line.standing, line.due.is_none(), line.due));
    (lines, tally)
}

/// One entry with where it stands.
pub fn line(law: &Law, entry: &'static Obligation, account: &Account, span: Span) -> Line {
    let open = account.late.iter().filter(|late| late.published.is_none()).map(|late| late.due).min();
    let due = open.or(account.due);
    let left = due.map(|due| {
        if due >= span.today {
            law.calendar.working_between(span.today, due)
        } else {
            -law.calendar.working_between(due, span.today).max(1)
        }
    });
    Line {
        entry,
        standing: Standing::of(account, left),
        says: account.zh(span.today, &law.calendar),
        due,
        left,
        last: account.last,
        limit: entry.limit_zh(law, span.today),
    }
}

/// `逾期3个工作日`, `今天到期`, `剩2个工作日`.
pub fn left_zh(left: i32) -> String {
    match left {
        ..0 => format!("逾期 {} 个工作日", -left),
        0 => "今天 24:00 到期".into(),
        left => format!("剩 {left} 个工作日"),
    }
}

/// How often an entry is owed, in words.
pub fn cadence_zh(entry: &Obligation) -> String {
    use law::{About, Cadence};
    match entry.cadence {
        Cadence::Standing => "随时都要有一份现行有效的".into(),
        Cadence::Every { months } => format!("至少每 {months} 个月一次"),
        Cadence::Yearly { by, about: About::ThisYear } => format!("每年{}前公开当年的", by.zh()),
        Cadence::Yearly { by, about: About::LastYear } => format!("每年{}前公开上一年的", by.zh()),
        Cadence::Event { quiet_months: None } => "有事项时公开".into(),
        Cadence::Event { quiet_months: Some(months) } => {
            format!("有事项时公开；超过 {months} 个月没有新的，要查明原因")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn at<'a>(lines: &'a [Line], code: &str) -> &'a Line {
        lines.iter().find(|l| l.entry.code == code).expect("an entry")
    }

    #[test]
    fn what_presses_comes_first() {
        let law = Law::built_in();
        let span = |today| Span { since: day("2026-11-16"), today: day(today) };
        let (lines, tally) = reckon(law, &[], span("2026-11-23"), "");
        assert!(lines.windows(2).all(|pair| pair[0].standing <= pair[1].standing));
        let first: Vec<&str> =
            lines.iter().filter(|l| l.standing == Standing::Missing).map(|l| l.entry.code.as_str()).collect();
        assert!(tally.owed as usize == first.len() && tally.met == 0, "{tally:?} {first:?}");
        assert!(first.len() < 5, "in the first week only what is due at once is owed: {first:?}");
        assert_eq!(at(&lines, "OGI-GUIDE").standing, Standing::Later);
        // Twenty working days from 16 November end on 14 December.
        let (near, _) = reckon(law, &[], span("2026-11-30"), "");
        let guide = at(&near, "OGI-GUIDE");
        assert_eq!((guide.standing, guide.due, guide.left), (Standing::Near, Some(day("2026-12-14")), Some(10)));
        let (late, tally) = reckon(law, &[], span("2026-12-15"), "");
        let guide = at(&late, "OGI-GUIDE");
        assert_eq!((guide.standing, guide.left), (Standing::Missing, Some(-1)));
        assert!(tally.owed > 20 && tally.met == 0 && tally.open > 20, "{tally:?}");
        assert_eq!(late[0].standing, Standing::Missing);
    }

    #[test]
    fn a_publication_meets_its_entry() {
        let law = Law::built_in();
        let columns = ["disclosure/guide"];
        let guide = Item {
            title: "政府信息公开指南",
            kind: "guide",
            columns: &columns,
            published: Some(day("2026-11-20")),
            in_force: true,
            ..Item::default()
        };
        let span = Span { since: day("2026-11-16"), today: day("2026-12-15") };
        let (lines, tally) = reckon(law, &[guide], span, "局办公室");
        let line = at(&lines, "OGI-GUIDE");
        assert_eq!((line.standing, line.last), (Standing::Met, Some(day("2026-11-20"))));
        assert_eq!(tally.met, 1);
    }

    #[test]
    fn words_of_the_lines() {
        for (left, zh) in [(-3, "逾期 3 个工作日"), (0, "今天 24:00 到期"), (2, "剩 2 个工作日")] {
            assert_eq!(left_zh(left), zh);
        }
        assert!(Standing::ALL.into_iter().all(|s| Standing::parse(s.word()) == Some(s) && !s.zh().is_empty()));
        let rules = Law::built_in().obligations.iter().find(|e| e.code == "OGI-RULES").expect("there");
        assert_eq!(new_href(rules), "/desk/record/new?kind=rule&column=disclosure%2Frules");
        assert!(Law::built_in().obligations.iter().all(|e| !cadence_zh(e).is_empty()));
    }
}
