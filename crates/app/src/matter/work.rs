//! Who may do what in a case, and what waits: for the desk's pages, its inbox and its board.

use super::AnyKind;
use super::case::{Matter, Moment};
use super::hand::rules::{self as hands, Crew, Hand, Turn};
use super::hand::store as kept;
use super::kind::By;
use super::step::Doer;
use super::store::{self, Loaded};
use super::views::{Inbox, Told};
use crate::account::Duty;
use crate::account::desk::Desk;
use crate::submission::remedy;
use crate::ui::{Days, DaysState, Unit};
use ::store::Error;
use kernel::Day;

/// The law in force, now, and whether this body's settings name every office of remedies.
pub fn moment(desk: &Desk) -> Moment {
    Moment { law: desk.law(), now: desk.now, offices: remedy::gaps(&desk.body.profile).is_empty() }
}

/// The person with all that they may act as here. A duty lent by somebody who has had a hand in the case is no second
/// pair of eyes.
pub fn doer(desk: &Desk, case: &Matter) -> Doer {
    let me = &desk.me;
    let lent = |duty: Duty| me.lent.iter().any(|l| l.duty == duty && case.past.iter().all(|e| e.who != l.of));
    let may = Duty::ALL.into_iter().filter(|duty| me.owns(*duty) || lent(*duty)).map(By::Duty).collect();
    Doer { may, who: me.id.clone() }
}

/// In whose stead a move is made: the holder of the lent duty, where none of the move's duties is one's own.
pub fn stead(desk: &Desk, kind: &dyn AnyKind, name: &str) -> Option<String> {
    let duties = kind.sketches().into_iter().find(|s| s.name == name)?.duties;
    let own = duties.iter().any(|duty| desk.me.owns(*duty));
    let lent = desk.me.lent.iter().find(|l| duties.contains(&l.duty));
    lent.filter(|_| !own).map(|l| l.of.clone())
}

/// An open case, as inbox and board list it: facts only.
pub struct Waiting {
    pub id: String,
    pub kind: &'static dyn AnyKind,
    pub number: String,
    /// On what, by which article, with whom.
    pub stuck: String,
    /// Who makes the next move.
    with: Vec<By>,
    turn: Option<Turn>,
    /// The name of the section that has it; empty where nobody does.
    pub section: String,
    pub verb: &'static str,
    /// The clock that ends first; one that waits where none runs.
    pub clock: Option<Told>,
}

impl Waiting {
    pub fn href(&self) -> String {
        format!("/desk/{}/{}", self.kind.name(), self.id)
    }

    /// What this person can do for it: the verb of the button. Who waits for an applicant looks on.
    pub fn verb_for(&self, desk: &Desk) -> Option<&'static str> {
        let watches = self.with == [By::Holder] && (desk.me.has(Duty::Draft) || desk.me.has(Duty::Publication));
        match self.turn {
            Some(Turn::Mine) => Some(self.verb),
            _ if watches || desk.me.has(Duty::Supervision) => Some("看进度"),
            _ => None,
        }
    }

    /// Whether a colleague of this person's section has it.
    pub fn is_of_section(&self) -> bool {
        self.turn == Some(Turn::Section)
    }
}

/// The open cases of every kind.
pub async fn waiting(desk: &Desk) -> Result<Vec<Waiting>, Error> {
    let (at, crew, mut all) = (moment(desk), kept::crew(desk).await?, vec![]);
    for kind in crate::kinds() {
        let open = store::open(desk.read(), &desk.app.sealer, *kind, &desk.body.id, desk.now).await?;
        let ids: Vec<String> = open.iter().map(|on| on.row.id.clone()).collect();
        let holding = kept::holding(desk.read(), &ids, at.today()).await?;
        let of = |on: &Loaded| holding.get(&on.row.id).map_or(&[][..], Vec::as_slice);
        all.extend(open.iter().filter_map(|on| one(desk, *kind, (on, of(on)), &crew, at)));
    }
    Ok(all)
}

fn one(
    desk: &Desk,
    kind: &'static dyn AnyKind,
    (on, holding): (&Loaded, &[Hand]),
    crew: &Crew,
    at: Moment,
) -> Option<Waiting> {
    let inbox = kind.inbox(&on.case, at)?;
    let section = hands::handler(holding).map_or("", |h| crew.section(&h.section)).to_owned();
    Some(Waiting {
        id: on.row.id.clone(),
        kind,
        number: on.row.number.clone(),
        stuck: stuck(&inbox, holding, crew),
        turn: hands::turn(&hands::duties(&inbox.with), holding, &desk.me, crew),
        with: inbox.with,
        section,
        verb: inbox.verb,
        clock: nearest(kind, &on.case, at),
    })
}

/// On what a case is stuck, by which article, and with whom, in one line.
pub fn stuck(inbox: &Inbox, holding: &[Hand], crew: &Crew) -> String {
    let cite = if inbox.cite.is_empty() { String::new() } else { format!("（{}）", inbox.cite) };
    let says = inbox.stuck.trim_end_matches('。');
    [format!("{says}{cite}"), hands::whom(&inbox.with, holding, crew)]
        .into_iter()
        .filter(|s| !s.is_empty())
        .fold(String::new(), |line, part| line + &part + "。")
}

/// The clock that ends first; else one that waits.
pub fn nearest(kind: &dyn AnyKind, case: &Matter, at: Moment) -> Option<Told> {
    let clocks: Vec<Told> = kind.clocks_of(case, at).into_iter().map(|(told, _)| told).collect();
    let due = clocks.iter().filter(|t| t.due.is_some()).min_by_key(|t| t.due);
    due.or(clocks.iter().find(|t| t.waits)).copied()
}

/// The strip of a clock; `None` where a person set its last day, and on the day it counts from.
pub fn days(told: &Told, today: Day) -> Option<Days> {
    let term = told.term.filter(|term| term.begun || told.waits)?;
    Some(Days {
        unit: if term.working { Unit::WorkingDay } else { Unit::Day },
        total: term.total.max(1),
        used: term.used,
        state: if told.waits { DaysState::Paused } else { DaysState::Running },
        last: told.due.unwrap_or(today),
    })
}
