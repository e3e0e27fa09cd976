//! Who works on a case is told of its term outside the console, where they wish it: before its last day, then, and
//! after it.

use super::AnyKind;
use super::case::Moment;
use super::hand::rules as hands;
use super::hand::store as kept;
use super::store;
use super::work;
use crate::App;
use crate::notice;
use ::store::{Act, Error};
use kernel::Day;
use law::Calendar;

/// So many working days before the last day: where the inbox begins to call a term near.
const BEFORE: u16 = 3;

/// A term that is brought to somebody's mind today.
pub struct Reminder {
    /// The id of the member of staff.
    staff: String,
    number: String,
    due: Day,
    late: bool,
}

/// Whether a term is brought to mind today, and then whether it is over. Each of the three days comes once.
pub fn is_today(calendar: &Calendar, due: Day, today: Day) -> Option<bool> {
    let near = today == due || today == calendar.minus_working(due, BEFORE).0;
    let late = today == calendar.plus_working(due, 1).0;
    (near || late).then_some(late)
}

/// The reminders of today for the open cases of a body.
pub async fn today(app: &App, body: &str, at: Moment) -> Result<Vec<Reminder>, Error> {
    let read = app.store.read();
    let (crew, mut all) = (kept::crew_of(read, body, at.now).await?, vec![]);
    for kind in crate::kinds() {
        let kind: &'static dyn AnyKind = *kind;
        let open = store::open(read, &app.sealer, kind, body, at.now).await?;
        let ids: Vec<String> = open.iter().map(|on| on.row.id.clone()).collect();
        let holding = kept::holding(read, &ids, at.today()).await?;
        for on in &open {
            let Some(due) = work::nearest(kind, &on.case, at).and_then(|told| told.due) else { continue };
            let Some(late) = is_today(&at.law.calendar, due, at.today()) else { continue };
            let Some(inbox) = kind.inbox(&on.case, at) else { continue };
            let hands_of = holding.get(&on.row.id).map_or(&[][..], Vec::as_slice);
            let people = hands::answerable(&hands::duties(&inbox.with), hands_of, &crew);
            let number = || on.row.number.clone();
            all.extend(people.into_iter().map(|p| Reminder { staff: p.id.clone(), number: number(), due, late }));
        }
    }
    Ok(all)
}

/// Queues them; nobody is woken by them.
pub fn queue(act: &mut Act, all: &[Reminder]) {
    for one in all {
        notice::remind(act, &one.staff, &one.number, one.due, one.late);
    }
}

#[cfg(test)]
mod tests {
    use super::is_today;
    use kernel::Day;
    use law::Calendar;

    #[test]
    fn a_term_comes_to_mind_before_on_and_after_its_last_day() {
        let day = |text| Day::parse(text).expect("a day");
        // 2026-03-06 is a Friday.
        for (today, says) in [
            ("2026-03-02", None),
            ("2026-03-03", Some(false)),
            ("2026-03-04", None),
            ("2026-03-06", Some(false)),
            ("2026-03-07", None),
            ("2026-03-09", Some(true)),
            ("2026-03-10", None),
        ] {
            assert_eq!(is_today(Calendar::built_in(), day("2026-03-06"), day(today)), says, "{today}");
        }
    }
}
