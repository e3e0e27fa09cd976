//! Obligations held against what was published: what is met, late, silent or missing. Pure; the day is an argument.

use crate::basis::months_after;
use crate::obligation::{About, Cadence, MonthDay, Obligation};
use crate::{Calendar, Law, Unit, due_at};
use kernel::Day;

/// A published item, or one that came into being and is not public yet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Item<'a> {
    pub title: &'a str,
    /// A record kind: `policy`.
    pub kind: &'a str,
    /// The columns it is listed in: `results/policies`.
    pub columns: &'a [&'a str],
    /// The slug of its statutory class, or empty.
    pub class: &'a str,
    /// When the information came into being or changed; without it nothing can be said about its being in time.
    pub formed: Option<Day>,
    /// `None` while it is not public.
    pub published: Option<Day>,
    /// Whether it is public and in force today.
    pub in_force: bool,
    /// The outlets at which it is confirmed to appear.
    pub outlets: &'a [&'a str],
}

/// The days between which publication is judged. What came into being before `since` was owed before the bureau began
/// to reckon here: it counts as published, never as late.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    pub since: Day,
    pub today: Day,
}

/// Where an entry stands, worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fulfilment {
    /// Never published although it is owed; nothing is in force of what must always be there.
    Missing,
    /// Something particular is not public, and its last day has passed.
    Overdue,
    /// Nothing new since the last publication, longer than the cadence allows.
    Silent,
    /// Public here, but not confirmed at every outlet.
    Unconfirmed,
    Met,
    /// Not owed yet: its first day has not come.
    Due,
    /// No event is known, and none is expected.
    Idle,
}

impl Fulfilment {
    pub fn zh(self) -> &'static str {
        match self {
            Fulfilment::Missing => "应公开未公开",
            Fulfilment::Overdue => "逾期未公开",
            Fulfilment::Silent => "久未更新",
            Fulfilment::Unconfirmed => "其他渠道待确认",
            Fulfilment::Met => "已公开",
            Fulfilment::Due => "期限未到",
            Fulfilment::Idle => "尚无事项",
        }
    }
}

/// A thing that was late, or is.
#[derive(Clone, PartialEq, Debug)]
pub struct Late<'a> {
    /// The item's title; for a year that is missing, `2026年`.
    pub what: String,
    pub item: Option<&'a Item<'a>>,
    pub due: Day,
    /// `None` while it is not public.
    pub published: Option<Day>,
    /// Days late, counted as the term is.
    pub days: i32,
    /// Whether `days` are working days.
    pub working: bool,
}

impl Late<'_> {
    /// `逾期3个工作日`.
    pub fn zh(&self) -> String {
        format!("逾期{}", if self.working { Unit::WorkingDays } else { Unit::CalendarDays }.zh(self.days.max(0) as u16))
    }
}

/// How one entry stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Account<'a> {
    pub entry: &'a Obligation,
    pub state: Fulfilment,
    /// The next day by which something is owed, where that is known.
    pub due: Option<Day>,
    /// The last publication.
    pub last: Option<Day>,
    /// Published too late, and open beyond their day; the worst first.
    pub late: Vec<Late<'a>>,
    pub on_time: u32,
    /// Published items without a day of origin: nobody can say whether they were in time.
    pub unjudged: u32,
    /// Items in force that are not confirmed at every outlet.
    pub unconfirmed: u32,
}

/// The figures over many entries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    pub owed: u32,
    pub met: u32,
    pub on_time: u32,
    /// Published, but late.
    pub late: u32,
    /// Not published, and late.
    pub open: u32,
    pub unjudged: u32,
}

impl Tally {
    /// 覆盖率: met ÷ owed; `None` where nothing is owed yet.
    pub fn coverage(&self) -> Option<f64> {
        (self.owed > 0).then(|| f64::from(self.met) / f64::from(self.owed))
    }

    /// 按时率: on time ÷ (on time + late + open beyond their day). What is not public yet counts, so that leaving a
    /// thing undone never looks better than doing it late.
    pub fn timeliness(&self) -> Option<f64> {
        let all = self.on_time + self.late + self.open;
        (all > 0).then(|| f64::from(self.on_time) / f64::from(all))
    }
}

/// Adds up. What is not owed yet, and what has no event, is left out of coverage.
pub fn tally<'a>(accounts: impl IntoIterator<Item = &'a Account<'a>>) -> Tally {
    accounts.into_iter().fold(Tally::default(), |mut sum, account| {
        let owed = !matches!(account.state, Fulfilment::Due | Fulfilment::Idle);
        let open = account.late.iter().filter(|late| late.published.is_none()).count() as u32;
        sum.owed += u32::from(owed);
        sum.met += u32::from(account.state == Fulfilment::Met);
        sum.on_time += account.on_time;
        sum.open += open;
        sum.late += account.late.len() as u32 - open;
        sum.unjudged += account.unjudged;
        sum
    })
}

/// Every entry that is owed today, in the order given.
pub fn accounts<'a>(law: &Law, entries: &'a [Obligation], items: &'a [Item<'a>], span: Span) -> Vec<Account<'a>> {
    entries.iter().filter(|e| e.owed(span.today)).map(|e| account(law, e, items, span)).collect()
}

/// One entry against all items; it picks those that count.
pub fn account<'a>(law: &Law, entry: &'a Obligation, items: &'a [Item<'a>], span: Span) -> Account<'a> {
    let since = entry.from.map_or(span.since, |from| from.max(span.since));
    let work = Work { law, entry, span: Span { since, today: span.today } };
    let mine: Vec<&Item> = items.iter().filter(|item| entry.counts(item)).collect();
    let public = mine.iter().filter(|item| item.published.is_some_and(|day| day <= span.today));
    let missing = |item: &Item| entry.outlets.iter().any(|outlet| !item.outlets.contains(&outlet.as_str()));
    let mut account = Account {
        entry,
        state: Fulfilment::Met,
        due: None,
        last: public.filter_map(|item| item.published).max(),
        late: Vec::new(),
        on_time: 0,
        unjudged: 0,
        unconfirmed: mine.iter().filter(|item| item.in_force && missing(item)).count() as u32,
    };
    work.judge(&mine, &mut account);
    let cadence = work.cadence(&mine, &mut account);
    account.state = work.state(&account, cadence);
    account.late.sort_by_key(|late| (late.published.is_some(), std::cmp::Reverse(late.days)));
    account
}

impl Obligation {
    /// Whether an item counts towards this entry.
    pub fn counts(&self, item: &Item) -> bool {
        let met = &self.met_by;
        let any = |list: &[String], holds: &dyn Fn(&str) -> bool| list.is_empty() || list.iter().any(|one| holds(one));
        any(&met.columns, &|path| item.columns.contains(&path))
            && any(&met.classes, &|slug| item.class == slug)
            && any(&met.kinds, &|kind| item.kind == kind)
            && any(&met.words, &|word| item.title.contains(word))
    }
}

struct Work<'l, 'a> {
    law: &'l Law,
    entry: &'a Obligation,
    span: Span,
}

impl<'a> Work<'_, 'a> {
    /// Judges single items by the entry's deadline (政府信息公开条例 article 26, or what the entry names).
    fn judge(&self, mine: &[&'a Item<'a>], account: &mut Account<'a>) {
        let Some(clause) = self.entry.deadline(self.law) else { return };
        for item in mine.iter().copied() {
            let Some(formed) = item.formed else {
                account.unjudged += u32::from(item.published.is_some());
                continue;
            };
            if formed < self.span.since || formed > self.span.today {
                continue;
            }
            // The hour is not known: a term in hours counts from the end of the day.
            let Some(due) = due_at(clause, formed.plus(1).start().plus_ms(-1), &self.law.calendar) else { continue };
            let working = due.unit == Unit::WorkingDays;
            self.settle(item.title.to_owned(), Some(item), due.on, item.published, working, account);
        }
    }

    /// In time, late, or not due yet. A day of publication still to come has not happened.
    fn settle(
        &self,
        what: String,
        item: Option<&'a Item<'a>>,
        due: Day,
        published: Option<Day>,
        working: bool,
        account: &mut Account<'a>,
    ) {
        let published = published.filter(|day| *day <= self.span.today);
        let until = published.unwrap_or(self.span.today);
        if until > due {
            let days = if working { self.law.calendar.working_between(due, until) } else { until.0 - due.0 };
            account.late.push(Late { what, item, due, published, days, working });
        } else if published.is_some() {
            account.on_time += 1;
        } else {
            account.due = earliest(account.due, due);
        }
    }

    /// What the cadence alone says, with the next day owed.
    fn cadence(&self, mine: &[&'a Item<'a>], account: &mut Account<'a>) -> Fulfilment {
        let Span { since, today } = self.span;
        match self.entry.cadence {
            Cadence::Standing if mine.iter().any(|item| item.in_force) => Fulfilment::Met,
            Cadence::Standing => self.never(first_due(self.entry, self.law, since), account),
            Cadence::Every { months } => match account.last {
                None => self.never(months_after(since, months), account),
                Some(last) => self.stale(months_after(last.max(since), months), account),
            },
            Cadence::Yearly { by, about } => self.yearly(by, about, mine, account),
            Cadence::Event { quiet_months: None } if mine.is_empty() => Fulfilment::Idle,
            Cadence::Event { quiet_months: None } => Fulfilment::Met,
            Cadence::Event { quiet_months: Some(months) } => {
                let quiet_until = months_after(account.last.map_or(since, |last| last.max(since)), months);
                match account.last {
                    _ if today <= quiet_until && mine.is_empty() => Fulfilment::Idle,
                    _ if today <= quiet_until => Fulfilment::Met,
                    None => Fulfilment::Missing,
                    Some(_) => Fulfilment::Silent,
                }
            }
        }
    }

    /// Every year whose named day falls into the span. A year that its items' own deadline judges is not judged twice.
    fn yearly(&self, by: MonthDay, about: About, mine: &[&'a Item<'a>], account: &mut Account<'a>) -> Fulfilment {
        let Span { since, today } = self.span;
        let judged = self.entry.deadline(self.law).is_some();
        let (mut filled, mut open) = (false, false);
        for year in (since.year()..=today.year()).filter(|year| by.of(*year) >= since) {
            let found = mine.iter().filter(|item| year_of(item, about) == Some(year));
            let published = found.filter_map(|item| item.published).filter(|day| *day <= today).min();
            filled |= published.is_some();
            open |= published.is_none() && by.of(year) < today;
            if published.is_none() || !judged {
                self.settle(format!("{year}年"), None, by.of(year), published, false, account);
            }
        }
        account.due = account.due.or(Some(by.of(today.year() + 1)));
        match (open, filled, account.last) {
            (true, _, None) => Fulfilment::Missing,
            (true, ..) => Fulfilment::Overdue,
            (false, false, _) => Fulfilment::Due,
            (false, true, _) => Fulfilment::Met,
        }
    }

    /// Nothing was ever published (or nothing is in force): missing once the first day has passed.
    fn never(&self, due: Day, account: &mut Account<'a>) -> Fulfilment {
        if self.span.today <= due {
            account.due = earliest(account.due, due);
            return Fulfilment::Due;
        }
        self.settle(self.entry.item.clone(), None, due, None, false, account);
        Fulfilment::Missing
    }

    fn stale(&self, due: Day, account: &mut Account<'a>) -> Fulfilment {
        account.due = earliest(account.due, due);
        if self.span.today <= due {
            return Fulfilment::Met;
        }
        self.settle(self.entry.item.clone(), None, due, None, false, account);
        Fulfilment::Silent
    }

    /// The worst of what the cadence, the open items and the outlets say.
    fn state(&self, account: &Account, cadence: Fulfilment) -> Fulfilment {
        let open = account.late.iter().any(|late| late.published.is_none());
        match cadence {
            Fulfilment::Missing | Fulfilment::Overdue | Fulfilment::Silent => cadence,
            _ if open => Fulfilment::Overdue,
            Fulfilment::Met if account.unconfirmed > 0 => Fulfilment::Unconfirmed,
            _ => cadence,
        }
    }
}

/// The year a yearly item is for: by the year its title names, else by its publication.
fn year_of(item: &Item, about: About) -> Option<i16> {
    let published = item.published?;
    match (title_year(item.title), about) {
        (Some(year), About::ThisYear) => Some(year),
        (Some(year), About::LastYear) => Some(year + 1),
        (None, _) => Some(published.year()),
    }
}

/// The first `20NN年` of a title.
fn title_year(title: &str) -> Option<i16> {
    let before = title.match_indices('年').filter_map(|(at, _)| title.get(at.checked_sub(4)?..at));
    before.filter(|digits| digits.starts_with("20")).find_map(|digits| digits.parse().ok())
}

/// By when something that must always be there is first owed.
fn first_due(entry: &Obligation, law: &Law, since: Day) -> Day {
    let due = entry.deadline(law).and_then(|clause| due_at(clause, since.start(), &law.calendar));
    due.map_or(since, |due| due.on)
}

fn earliest(one: Option<Day>, other: Day) -> Option<Day> {
    Some(one.map_or(other, |one| one.min(other)))
}

/// One line for the desk: `逾期未公开：2026年，逾期12日。`
impl Account<'_> {
    pub fn zh(&self, today: Day, calendar: &Calendar) -> String {
        let head = self.state.zh();
        let worst = self.late.iter().find(|late| late.published.is_none());
        match (self.state, worst, self.last, self.due) {
            (Fulfilment::Missing | Fulfilment::Overdue, Some(late), ..) => {
                format!("{head}：{}，{}。", late.what, late.zh())
            }
            (Fulfilment::Silent, _, Some(last), _) => {
                format!("{head}：上一次公开是{}，已有{}日。", last.zh(), today.0 - last.0)
            }
            (Fulfilment::Unconfirmed, ..) => format!("{head}：{}件。", self.unconfirmed),
            (Fulfilment::Met | Fulfilment::Due, _, _, Some(due)) if due >= today => {
                let working = calendar.working_between(today, due);
                format!("{head}：下一次在{}24时前，还有{}日（{working}个工作日）。", due.zh(), due.0 - today.0)
            }
            _ => format!("{head}。"),
        }
    }
}
