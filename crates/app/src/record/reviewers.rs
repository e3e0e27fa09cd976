//! 审查统计：what each reviewer did in a year and what waits for them now, so that a quick clicker and a full tray are both
//! seen. Counted from the reviews themselves.

use super::table::{record, review, revision};
use super::waiting::{self, Waiting};
use crate::account::desk::{Desk, Route, Who, get};
use crate::account::{Duty, lent, store as accounts};
use crate::edge::{Failure, html};
use crate::ui::DeskFrame;
use ::store::Error;
use askama::Template;
use axum::response::Response;
use kernel::{Day, Instant};
use law::Calendar;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, HashMap};

pub fn routes() -> Vec<Route> {
    vec![get("/desk/reviewers", Who::Duty(&[Duty::Supervision]), page)]
}

/// A reviewer's year.
#[derive(Default)]
struct Line {
    name: String,
    reviewed: usize,
    returned: usize,
    /// In somebody's stead.
    lent: usize,
    /// Working days from arrival to decision, of each review.
    took: Vec<i32>,
    waiting: usize,
    /// The longest that something has waited now, in working days.
    oldest: i32,
}

impl Line {
    /// Half of the reviews took no longer; the upper of the two middle ones.
    fn median(&self) -> Option<i32> {
        let mut took = self.took.clone();
        took.sort_unstable();
        took.get(took.len() / 2).copied()
    }

    fn longest(&self) -> Option<i32> {
        self.took.iter().copied().max()
    }
}

#[derive(Template)]
#[template(path = "record/reviewers.html")]
struct Page {
    frame: DeskFrame,
    year: i16,
    lines: Vec<Line>,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let this = desk.now.day().year();
    let year = desk.asked("year").parse().ok().filter(|y| (2000..=this).contains(y)).unwrap_or(this);
    let mut lines = made(&desk, year).await?;
    let crew = lent::crew(desk.read(), &desk.body.id, desk.now).await?;
    let (waits, calendar) = (waiting::all(desk.read(), &desk.body.id).await?, &desk.law().calendar);
    for me in &crew {
        let mine: Vec<&Waiting> = waits.iter().filter(|w| w.is_for(me)).collect();
        if !mine.is_empty() || lines.contains_key(&me.id) {
            let line = lines.entry(me.id.clone()).or_default();
            line.waiting = mine.len();
            line.oldest = mine.iter().map(|w| days(calendar, w.since, desk.now)).max().unwrap_or(0);
        }
    }
    let ids: Vec<String> = lines.keys().cloned().collect();
    for (id, name) in accounts::names(desk.read(), &ids).await? {
        lines.entry(id).or_default().name = name;
    }
    html(&Page { frame: desk.frame("审查统计", "/desk/reviewers"), year, lines: lines.into_values().collect() })
}

fn days(calendar: &Calendar, from: Instant, to: Instant) -> i32 {
    calendar.working_between(from.day(), to.day()).max(0)
}

/// The reviews of a year in this body, by who made them. A review begins when the text came in, or when the step before
/// was taken.
async fn made(desk: &Desk, year: i16) -> Result<BTreeMap<String, Line>, Error> {
    let start = |year: i16| Day::new(year, 1, 1).map(|day| day.start().0).ok_or_else(|| Error::fault("no such year"));
    let rows = review::Entity::find()
        .filter(review::Column::At.gte(start(year)?))
        .filter(review::Column::At.lt(start(year + 1)?))
        .order_by_asc(review::Column::At)
        .all(desk.read())
        .await?;
    let ids: Vec<&str> = rows.iter().map(|r| r.revision.as_str()).collect();
    let revisions = revision::Entity::find().filter(revision::Column::Id.is_in(ids.clone())).all(desk.read()).await?;
    let records: Vec<&str> = revisions.iter().map(|r| r.record.as_str()).collect();
    let ours = record::Entity::find().filter(record::Column::Id.is_in(records));
    let ours = ours.filter(record::Column::Body.eq(&desk.body.id)).all(desk.read()).await?;
    let submitted: HashMap<&str, i64> =
        revisions.iter().filter(|r| ours.iter().any(|o| o.id == r.record)).map(|r| (r.id.as_str(), r.at)).collect();
    let before = review::Entity::find().filter(review::Column::Revision.is_in(ids)).all(desk.read()).await?;
    let mut lines: BTreeMap<String, Line> = BTreeMap::new();
    for row in &rows {
        let Some(came) = submitted.get(row.revision.as_str()) else { continue };
        let earlier = before.iter().filter(|r| r.revision == row.revision && r.at < row.at).map(|r| r.at).max();
        let since = earlier.unwrap_or(*came).max(*came);
        let line = lines.entry(row.staff.clone()).or_default();
        line.reviewed += 1;
        line.returned += usize::from(row.verdict != "pass");
        line.lent += usize::from(row.acting_for.is_some());
        line.took.push(days(&desk.law().calendar, Instant(since), Instant(row.at)));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::Line;

    #[test]
    fn the_median_is_of_the_reviews_that_were_made() {
        for (took, median, longest) in
            [(vec![], None, None), (vec![3], Some(3), Some(3)), (vec![9, 0, 1, 0], Some(1), Some(9))]
        {
            let line = Line { took, ..Line::default() };
            assert_eq!((line.median(), line.longest()), (median, longest));
        }
    }
}
