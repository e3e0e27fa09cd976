//! Clocks: very many that run, a calendar year that changes, and the job that reckons them anew, to its end.

use super::Asked;
use super::data::{self, Data, Owner};
use super::figure::{Bound, Figures, Row};
use crate::clock::Stopwatch;
use crate::fail::Fail;
use crate::house;
use app::App;
use app::rule::jobs::RECOMPUTE;
use app::rule::model::State;
use app::rule::rules::{self, Reckoned};
use app::rule::table::{clock, clock_change, rule_version};
use kernel::{Day, Instant};
use law::{Law, Sources};
use sea_orm::{EntityTrait, PaginatorTrait, Set};
use std::sync::Arc;
use store::{Act, Actor, job_row};

/// The row's name.
pub const NAME: &str = "CLOCKS";
/// How many clocks run where nobody says.
pub const USUAL: u64 = 1_000_000;
/// Clocks that one act inserts: fourteen columns each, and SQLite takes 32,766 values in a statement.
const TOGETHER: u64 = 2_000;
/// What the body owes: in working days, in days that roll, and at least so long, which no calendar moves.
const CLAUSES: [&str; 4] = ["OGI-REPLY", "OGI-ACTIVE", "BUD-DEPT", "DEC-COMMENT"];
/// Events lie in the year's first days, so many that most terms end in the announced calendar.
const EVENTS: u64 = 330;

/// Fills the app's own table, changes the latest announced year, and runs the job. What moved is held against the law
/// directly; a second run must move nothing.
pub async fn recompute(asked: &Asked, data: &Data, rows: &mut Vec<Row>, notes: &mut Vec<String>) -> Result<(), Fail> {
    let app = house::open(&data.config).await?;
    let owner = data::furnish(&app).await?;
    let (before, year) = (app.law(), app.law().calendar.known_to().year());
    let watch = Stopwatch::start();
    fill(&app, &owner.body, asked.clocks, year).await?;
    notes.push(format!("{} clocks written in {:.1} s", asked.clocks, watch.seconds()));
    let version = announce(&app, &owner, year).await?;
    let after = app.law();
    let now = app.clock.now();
    let moves = |n: &u64| reckoned(before, year, *n, now) != reckoned(after, year, *n, now);
    let expected = (0..asked.clocks).filter(moves).count() as u64;
    reset_peak();
    for (what, moved) in [("a calendar year changed", expected), ("the same again", 0)] {
        let so_far = changes(&app).await?;
        let watch = Stopwatch::start();
        run(&app, &version).await?;
        let seconds = watch.seconds();
        let found = changes(&app).await? - so_far;
        if found != moved {
            return Err(Fail::fault(format!("{what}: {found} clocks moved, {moved} should have")));
        }
        let what = format!("clocks reckoned anew, {what}, {moved} moved");
        let ours = vec![asked.clocks as f64 / seconds];
        let figures = Figures { name: NAME, what, records: asked.clocks, unit: "/s", ours };
        rows.push(figures.alone(Bound::Unbound, None));
    }
    let (what, ours) = ("highest memory while reckoning (RSS)".to_owned(), vec![peak()?]);
    let figures = Figures { name: NAME, what, records: asked.clocks, unit: "MB", ours };
    rows.push(figures.alone(Bound::Unbound, None));
    Ok(())
}

/// The clause and the event of the n-th clock.
fn clock_of(year: i16, n: u64) -> (&'static str, Instant) {
    let first = Day::new(year, 1, 1).map_or(Instant(0), Day::start).day();
    let clause = CLAUSES[n as usize % CLAUSES.len()];
    (clause, first.plus((n / CLAUSES.len() as u64 % EVENTS) as i32).start())
}

fn reckoned(law: &Law, year: i16, n: u64, now: Instant) -> Option<Reckoned> {
    let (clause, event) = clock_of(year, n);
    rules::reckoned(law, clause, event, &[], now)
}

async fn fill(app: &App, body: &str, clocks: u64, year: i16) -> Result<(), Fail> {
    let (law, hash) = (app.law(), Arc::new(app.law().hash.to_string()));
    for first in (0..clocks).step_by(TOGETHER as usize) {
        let (body, hash, last) = (body.to_owned(), hash.clone(), clocks.min(first + TOGETHER));
        let work = async move |act: &mut Act| {
            let rows = (first..last).map(|n| row(act, law, &hash, &body, year, n)).collect::<Option<Vec<_>>>();
            let rows = rows.ok_or_else(|| store::Error::fault("a clause of the benchmark has no rule"))?;
            clock::Entity::insert_many(rows).exec_without_returning(act).await?;
            act.journal("bench-fill", "clock");
            Ok(())
        };
        app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    }
    Ok(())
}

fn row(act: &Act, law: &Law, hash: &str, body: &str, year: i16, n: u64) -> Option<clock::ActiveModel> {
    let (clause, event) = clock_of(year, n);
    let reckoned = reckoned(law, year, n, act.now)?;
    Some(clock::ActiveModel {
        id: Set(act.id()),
        body: Set(body.into()),
        about: Set(format!("bench:{n}")),
        clause: Set(clause.into()),
        event: Set(event.0),
        facts: Set("[]".into()),
        due: Set(reckoned.due),
        before: Set(reckoned.before),
        firm: Set(i64::from(reckoned.firm)),
        latest: Set(reckoned.latest),
        law: Set(hash.into()),
        cause: Set(String::new()),
        closed_at: Set(None),
        version: Set(1),
    })
}

/// Puts a version of the year in force in which a plain working day of June is off. Returns its id.
async fn announce(app: &App, owner: &Owner, year: i16) -> Result<String, Fail> {
    let sources = Sources::built_in();
    let text = sources.calendar.iter().find(|(name, _)| *name == year.to_string()).map_or("", |(_, text)| text);
    let june = (1..=30).filter_map(|n| Day::new(year, 6, n));
    let plain = |day: &Day| app.law().calendar.is_working(*day) && app.law().calendar.name(*day).is_none();
    let off = june.clone().find(plain).ok_or_else(|| Fail::fault("a June without a working day"))?;
    let text = format!("{text}\n[[holiday]]\nname = \"基准测试\"\nrest = [\"{off}\"]\n");
    let staff = owner.staff.clone();
    let work = async move |act: &mut Act| {
        let id = act.id();
        let row = rule_version::ActiveModel {
            id: Set(id.clone()),
            file: Set(format!("calendar/{year}.toml")),
            text: Set(text.clone()),
            source: Set("基准测试".into()),
            note: Set("基准测试".into()),
            made_by: Set(staff.clone()),
            made_at: Set(act.now.0),
            state: Set(State::InForce.word().into()),
            decided_by: Set(Some(staff.clone())),
            decided_at: Set(Some(act.now.0)),
            opinion: Set(String::new()),
            version: Set(1),
        };
        rule_version::Entity::insert(row).exec_without_returning(act).await?;
        act.journal("bench-fill", "rule-version");
        Ok(id)
    };
    let id = app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    app.reload_law().await?;
    Ok(id)
}

/// Queues the job as an activation does, and runs what it leads to until nothing is left.
async fn run(app: &App, version: &str) -> Result<(), Fail> {
    let version = version.to_owned();
    let work = async move |act: &mut Act| {
        act.queue(RECOMPUTE, &version, act.now);
        act.journal("bench-fill", "clock");
        Ok(())
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    while app.run_jobs().await? > 0 {}
    let left = job_row::Entity::find().all(app.store.read()).await?;
    match left.iter().find(|job| job.name == RECOMPUTE) {
        Some(job) => Err(Fail::fault(format!("the job did not end: {}", job.error))),
        None => Ok(()),
    }
}

async fn changes(app: &App) -> Result<u64, Fail> {
    Ok(clock_change::Entity::find().count(app.store.read()).await?)
}

/// What was used before does not count; where the kernel does not let us, it does.
pub fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Megabytes of this process at its highest.
pub fn peak() -> Result<f64, Fail> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
    kb.map(|kb| kb / 1024.0).ok_or_else(|| Fail::fault("an unreadable /proc/self/status"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_clock_has_a_rule_on_its_day() {
        let law = Law::built_in();
        let year = law.calendar.known_to().year();
        let all: Vec<_> = (0..CLAUSES.len() as u64 * EVENTS).map(|n| clock_of(year, n)).collect();
        assert!(all.iter().all(|(_, event)| event.day().year() == year));
        assert!(
            (0..all.len() as u64).all(|n| reckoned(law, year, n, Instant(0)).is_some()),
            "each has a rule on its day"
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_few_hundred_are_reckoned_and_the_second_run_moves_none() {
        let parent = tempfile::tempdir().expect("a folder");
        let data = Data::new(parent.path(), 1).expect("a folder of its own");
        let asked = Asked {
            name: None,
            sizes: vec![],
            is_sized: false,
            clocks: 1_300,
            statements: vec![],
            pages: 0,
            seconds: 0.1,
            rounds: 1,
            peers: false,
        };
        let (mut rows, mut notes) = (vec![], vec![]);
        recompute(&asked, &data, &mut rows, &mut notes).await.expect("reckons");
        assert_eq!((rows.len(), notes.len()), (3, 1));
        assert!(rows[0].what.contains("moved") && !rows[0].what.ends_with(" 0 moved"), "{}", rows[0].what);
        assert!(rows[1].what.ends_with(" 0 moved"), "{}", rows[1].what);
        assert!(rows[2].ours.median > 1.0, "some memory");
    }
}
