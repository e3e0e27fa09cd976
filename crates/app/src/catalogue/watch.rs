//! 巡检预警：the national inspection's indicators, reckoned from our own pages before the inspector comes
//! (国办秘函〔2019〕19号). The desk shows them live; a job of every night notes each breach once.

use super::stock::{self, Held};
use super::table::breach;
use crate::App;
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get};
use crate::body::Body;
use crate::edge::{Failure, html};
use crate::submission;
use crate::ui::{DeskFrame, Tag, Tone};
use ::store::{Act, Actor, Done, Error, Job};
use askama::Template;
use axum::response::Response;
use kernel::{Day, Instant};
use law::{IndicatorKind, Law, Measure, Reading, Site, Standing};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set};

/// With fewer days left an indicator stands on top of the inbox.
pub const ALARM: i32 = 14;
/// How many of them.
const WORST: usize = 3;

pub fn routes() -> Vec<Route> {
    vec![get("/desk/watch", Who::Duty(Duty::LOOK), page)]
}

/// The indicators as they stand, worst first. What cannot be measured yet is left out, and [`unmeasured`] names it.
pub async fn readings(app: &App, law: &'static Law, body: &Body, now: Instant) -> Result<Vec<Reading<'static>>, Error> {
    let stock = app.stocks.of(&app.store.public(), law, &body.id).await?;
    let open = submission::inbox(app.store.read(), law, &body.id, now).await?;
    let unanswered: Vec<Day> = open.iter().map(|w| w.received.day()).collect();
    Ok(read(law, &stock, &unanswered, now.day()))
}

fn read(law: &'static Law, stock: &[Held], unanswered: &[Day], today: Day) -> Vec<Reading<'static>> {
    let columns = stock::columns(law, stock);
    // Services have no slice of their own yet: their records count, what their guides lack is not known.
    let guides = vec![0; columns.get("services").map_or(0, |seen| seen.items as usize)];
    let home = stock.iter().filter_map(|held| held.published).max().map(Instant::day);
    // The form for corrections takes what readers write, and the bureau has pledged to answer.
    let site = Site { columns: &columns, home, unanswered, channel: true, guides: &guides };
    let mut all = law::watch(law, &site, today);
    all.retain(|reading| is_measured(&reading.indicator.measure));
    all
}

fn is_measured(measure: &Measure) -> bool {
    !matches!(measure, Measure::Guides { .. })
}

/// The names of the indicators that are not reckoned here yet.
fn unmeasured(law: &Law) -> Vec<&str> {
    law.indicators.iter().filter(|i| !is_measured(&i.measure)).map(|i| i.name.as_str()).collect()
}

/// Whether an indicator belongs on top of the inbox.
pub fn alarms(reading: &Reading) -> bool {
    matches!(reading.standing, Standing::Breached(_)) || reading.days_left().is_some_and(|left| left < ALARM)
}

/// A line of the desk.
pub struct Line {
    pub name: &'static str,
    pub code: &'static str,
    pub kind: Tag,
    pub left: Tag,
    pub says: String,
    /// The same without the name.
    pub detail: String,
    pub cite: &'static str,
    pub note: &'static str,
}

impl Line {
    fn of(reading: &Reading<'static>) -> Line {
        let indicator = reading.indicator;
        Line {
            name: &indicator.name,
            code: &indicator.code,
            kind: match indicator.kind {
                IndicatorKind::Veto => Tag::new("单项否决", Tone::Late),
                IndicatorKind::Deduction => Tag::new("扣分", Tone::Near),
            },
            left: left(reading),
            says: reading.zh.clone(),
            detail: reading.zh.trim_start_matches(&indicator.name).trim_start_matches('：').to_owned(),
            cite: &indicator.basis.cite,
            note: &indicator.note,
        }
    }
}

fn left(reading: &Reading) -> Tag {
    match (reading.standing, reading.days_left()) {
        (Standing::Breached(_), _) => Tag::new("已触发", Tone::Late),
        (_, Some(0)) => Tag::new("今天是最后一天", Tone::Late),
        (_, Some(left)) if left < ALARM => Tag::new(format!("还有 {left} 日"), Tone::Near),
        (_, Some(left)) => Tag::new(format!("还有 {left} 日"), Tone::Plain),
        (_, None) => Tag::new("没有触发", Tone::Done),
    }
}

/// The worst for the top of the inbox.
pub async fn worst(desk: &Desk) -> Result<Vec<Line>, Error> {
    let all = readings(&desk.app, desk.law(), &desk.body, desk.now).await?;
    Ok(all.iter().filter(|r| alarms(r)).take(WORST).map(Line::of).collect())
}

#[derive(Template)]
#[template(path = "catalogue/watch.html")]
struct Page {
    frame: DeskFrame,
    says: String,
    lines: Vec<Line>,
    unmeasured: String,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let all = readings(&desk.app, desk.law(), &desk.body, desk.now).await?;
    let breached = all.iter().filter(|r| matches!(r.standing, Standing::Breached(_))).count();
    let says = match (breached, all.iter().filter_map(Reading::days_left).min()) {
        (0, None) => "没有触发的指标".into(),
        (0, Some(left)) => format!("没有触发的指标，最近的一项还有 {left} 日"),
        (n, _) => format!("已经触发 {n} 项"),
    };
    html(&Page {
        frame: desk.frame("巡检预警", "/desk/watch"),
        says,
        lines: all.iter().map(Line::of).collect(),
        unmeasured: unmeasured(desk.law()).join("、"),
    })
}

/// What a night finds: the codes that are breached.
fn breached(readings: &[Reading]) -> Vec<String> {
    let breached = readings.iter().filter(|r| matches!(r.standing, Standing::Breached(_)));
    breached.map(|r| r.indicator.code.clone()).collect()
}

/// The work of a night for one body: a breach that begins leaves a row and a line, once; one that is mended is ended.
pub async fn note(app: App, job: Job) -> Result<(), Error> {
    let now = app.clock.now();
    let body = app.bodies().iter().find(|b| b.id == job.arg).cloned().ok_or(Error::NotFound)?;
    let codes = breached(&readings(&app, app.law(), &body, now).await?);
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        note_breaches(act, &body.id, &codes).await
    };
    app.store.act(Actor::Job("watch-body"), now, work).await.map(Done::into_inner)
}

async fn note_breaches(act: &mut Act, body: &str, codes: &[String]) -> Result<(), Error> {
    use breach::Column::{Body, EndedAt, Id};
    let open = breach::Entity::find().filter(Body.eq(body)).filter(EndedAt.is_null()).all(act).await?;
    for code in codes.iter().filter(|code| !open.iter().any(|b| b.indicator == **code)) {
        let row = breach::ActiveModel {
            id: Set(act.id()),
            body: Set(body.into()),
            indicator: Set(code.clone()),
            begun_at: Set(act.now.0),
            ended_at: Set(None),
        };
        breach::Entity::insert(row).exec_without_returning(act).await?;
        act.journal("watch-breached", &format!("indicator:{code}"));
    }
    for mended in open.iter().filter(|b| !codes.contains(&b.indicator)) {
        breach::Entity::update_many()
            .col_expr(EndedAt, Expr::value(act.now.0))
            .filter(Id.eq(&mended.id))
            .exec(act)
            .await?;
        act.journal("watch-mended", &format!("indicator:{}", mended.indicator));
    }
    act.journal("watch-read", &format!("body:{body}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn standing<'a>(all: &'a [Reading<'static>], code: &str) -> &'a Reading<'static> {
        all.iter().find(|r| r.indicator.code == code).expect("an indicator")
    }

    #[test]
    fn our_own_pages_are_read_as_the_inspector_reads_them() {
        let law = Law::built_in();
        let news = Held::public("会议", "news", &["interaction", "interaction/news"], day("2026-11-16"));
        let all = read(law, std::slice::from_ref(&news), &[day("2026-11-23")], day("2026-11-23"));
        // Two weeks without an update of the home page is a veto.
        assert_eq!(standing(&all, "HOME").standing, Standing::Until(day("2026-11-30")));
        assert_eq!(standing(&all, "HOME").days_left(), Some(7));
        assert!(alarms(standing(&all, "HOME")));
        let messages = standing(&all, "MESSAGES");
        assert!(matches!(messages.standing, Standing::Until(_)) && !alarms(messages), "{messages:?}");
        assert_eq!(standing(&all, "CHANNEL").standing, Standing::Sound);
        assert!(matches!(standing(&all, "SERVICES").standing, Standing::Breached(None)));
        assert_eq!(breached(&all), ["SERVICES"]);
        assert_eq!(unmeasured(law), ["办事指南要素缺失"]);
        let late = read(law, &[news], &[], day("2026-12-01"));
        assert_eq!(left(standing(&late, "HOME")).text, "已触发");
        assert_eq!(late[0].indicator.kind, IndicatorKind::Veto);
        assert!(breached(&late).contains(&"HOME".to_owned()));
    }
}
