//! A whole bureau through a year of virtual time, from a printed seed: applications by every channel, comments on draft
//! decisions, records written, reviewed, corrected, hidden and withdrawn, people away and leaving, a notice of holidays
//! that comes late and is revised later, the jobs of every night. People take whatever the desk offers them and fill
//! its forms in, often badly; that is refused, never a fault. What holds after each day stands in `after.rs`.
//!
//! A year takes minutes in a debug build, so two months are the rule, and `MINGTANG_DAYS=365` the year.
//! `MINGTANG_YEAR=20` makes everything twenty times as much; `MINGTANG_SEED=7` is another year.

mod after;
mod blank;
mod matters;
mod office;
mod public;

use crate::client::{Client, between};
use crate::stories::Site;
use crate::wire::{House, STAFF, house_as};
use crate::year::Dice;
use app::account::store::{self as accounts, NewStaff, Secret};
use app::account::{Duty, password};
use axum::http::StatusCode;
use kernel::{Day, Instant};
use std::collections::BTreeMap;
use store::{Act, Actor};

const SEED: u64 = 20_271_123;
const DAYS: u64 = 60;
/// In every word that must not become public. Letters only, so that no escaping hides it.
const CANARY: &str = "canaryword";

/// Sign-in names and duties. Whoever writes does not review; for every duty there are two.
const CREW: [(&str, &[Duty]); 9] = [
    ("clerk", &[Duty::Draft]),
    ("writer", &[Duty::Draft]),
    ("publisher", &[Duty::Publication]),
    ("head", &[Duty::SectionCheck]),
    ("deputyhead", &[Duty::SectionCheck, Duty::LegalityReview]),
    ("officer", &[Duty::SecrecyReview]),
    ("second", &[Duty::SecrecyReview]),
    ("lawyer", &[Duty::LegalityReview]),
    ("leader", &[Duty::Approval]),
];
const CLERK: usize = 0;
const HEAD: usize = 3;
const LAWYER: usize = 7;
const LEADER: usize = 8;

struct Person {
    id: String,
    login: &'static str,
    duties: Vec<Duty>,
    /// Until which day away, not included.
    away: Day,
}

struct Bureau {
    site: House,
    body: String,
    seed: u64,
    dice: Dice,
    today: Day,
    /// How much more than a small bureau's year, from 1.
    size: u64,
    crew: Vec<Person>,
    admin: String,
    visitors: u32,
    /// The page of each applicant who has a code.
    holders: Vec<String>,
    /// The word in title and text of each record: it is gone when the record is.
    marks: BTreeMap<String, String>,
    /// Records that are hidden now, and who hid them.
    hidden: Vec<(String, usize)>,
    /// Records that were withdrawn, for good.
    withdrawn: Vec<String>,
    log: Vec<String>,
    tally: BTreeMap<&'static str, usize>,
    /// As it was when the floor was derived last.
    derived: BTreeMap<&'static str, usize>,
}

impl Drop for Bureau {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {} fails on {}: MINGTANG_SEED={0}", self.seed, self.today);
        }
    }
}

fn number(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(or)
}

impl Bureau {
    async fn open(postgres: Option<&str>) -> Bureau {
        let (seed, size) = (number("MINGTANG_SEED", SEED), number("MINGTANG_YEAR", 1));
        let site = house_as(postgres, |settings| settings.trusted_proxies = 1).await;
        let today = Day::new(2026, 11, 24).expect("a day");
        let (body, admin, crew) = furnish(&site, today).await;
        let mut bureau = Bureau {
            body,
            seed,
            dice: Dice(seed),
            today,
            size,
            crew,
            admin,
            visitors: 0,
            holders: vec![],
            marks: BTreeMap::new(),
            hidden: vec![],
            withdrawn: vec![],
            log: vec![],
            tally: BTreeMap::new(),
            derived: BTreeMap::new(),
            site,
        };
        bureau.name_offices().await;
        bureau
    }

    fn note(&mut self, what: &'static str) {
        *self.tally.entry(what).or_default() += 1;
    }

    /// Whether something happens that does so `times` a thousand days in a small bureau.
    fn chance(&mut self, times: u64) -> bool {
        self.dice.below(1000) < times
    }

    /// How often something happens today that does so `times` a thousand days in a small bureau.
    fn often(&mut self, times: u64) -> u64 {
        let times = times * self.size;
        times / 1000 + u64::from(self.chance(times % 1000))
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        (!all.is_empty()).then(|| &all[self.dice.below(all.len() as u64) as usize])
    }

    /// Signed in now; that proves who it is for a quarter of an hour.
    async fn signed_in(&self, staff: &str) -> Client {
        let (secret, staff) = (Secret::random(), staff.to_owned());
        let cookie = format!("mingtang={}", secret.0);
        let work = async move |act: &mut Act| accounts::start_session(act, &staff, &secret, "test").await;
        self.site.app.store.act(Actor::Clock, self.site.app.clock.now(), work).await.expect("signs in").into_inner();
        let mut client = Client { cookie, token: String::new() };
        let page = client.get(&self.site, "/desk/me").await.body;
        client.token = between(&page, "name=\"csrf\" value=\"", "\"").expect("a form token");
        client
    }

    /// Without the offices of remedies no adverse reply goes out.
    async fn name_offices(&mut self) {
        let admin = self.signed_in(&self.admin.clone()).await;
        let page = admin.get(&self.site, "/desk/body").await.body;
        let version = between(&page, "name=\"version\" value=\"", "\"").expect("a version");
        let form = [
            ("version", version.as_str()),
            ("called", "株洲市畜牧兽医水产局"),
            ("reconsideration", "某市人民政府"),
            ("reconsideration_address", "某路1号"),
            ("court", "某人民法院"),
            ("court_address", "某路2号"),
        ];
        let set = admin.post(&self.site, "/desk/body", &form).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    }

    fn at(&self, time: &str) {
        self.site.set_clock(Instant::parse(&format!("{} {time}", self.today)).expect("a time"));
    }

    fn is_working(&self) -> bool {
        self.site.app.law().calendar.is_working(self.today)
    }

    async fn day(&mut self) {
        self.at("00:00");
        self.site.app.run_jobs().await.expect("the night's jobs");
        self.at("09:00");
        self.visits().await;
        self.notices().await;
        if self.is_working() {
            self.absences().await;
            for n in 0..self.crew.len() {
                // Nobody is at the desk all the time.
                if self.crew[n].away <= self.today && self.chance(320) {
                    self.works(n).await;
                }
            }
        }
        self.at("18:00");
        self.site.app.run_jobs().await.expect("the day's jobs");
        self.check().await;
        self.today = self.today.plus(1);
    }
}

/// Another office than the other tests have: a person for each of [`CREW`]. Returns body, administrator, crew.
async fn furnish(site: &House, today: Day) -> (String, String, Vec<Person>) {
    let hash = password::hash_now("湘江边的水产站 2017").expect("hashes");
    let work = async move |act: &mut Act| {
        let first = accounts::staff_by_login(act, STAFF[0].1).await?.expect("there");
        for (_, login, duty) in STAFF.iter().filter(|(.., duty)| duty.is_content()) {
            let row = accounts::staff_by_login(act, login).await?.unwrap_or_else(|| panic!("{duty:?}"));
            accounts::set_disabled(act, &row, true).await?;
        }
        let mut crew = vec![];
        for (login, duties) in CREW {
            let new = NewStaff {
                body: first.body.clone(),
                section: first.section.clone(),
                login: login.into(),
                name: login.into(),
                password: hash.clone(),
                duties: duties.into(),
            };
            let id = accounts::add_staff(act, &new).await?;
            crew.push(Person { id, login, duties: duties.into(), away: today });
        }
        let admin = accounts::staff_by_login(act, "guanli").await?.expect("there").id;
        Ok((first.body, admin, crew))
    };
    site.app.store.act(Actor::Clock, site.app.clock.now(), work).await.expect("furnishes").into_inner()
}

async fn lives(postgres: Option<&str>) {
    let mut bureau = Bureau::open(postgres).await;
    println!("seed {} size {}", bureau.seed, bureau.size);
    let days = number("MINGTANG_DAYS", DAYS);
    for _ in 0..days {
        bureau.day().await;
    }
    bureau.nothing_leaks().await;
    println!("{} statements; {:?}", bureau.log.len(), bureau.tally);
    for (what, least) in [
        ("published", 25),
        ("corrected", 3),
        ("withdrawn", 1),
        ("applied", 15),
        ("refused", 20),
        ("lent", 1),
        ("left", 1),
        ("step", 50),
    ] {
        let n = bureau.tally.get(what).copied().unwrap_or(0);
        assert!(n as u64 >= least * days / 365, "{what}: only {n}, the year says nothing: {:?}", bureau.tally);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_day_breaks_a_rule_on_sqlite() {
    lives(None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_day_breaks_a_rule_on_postgresql() {
    if let Ok(server) = std::env::var("MINGTANG_TEST_PG") {
        lives(Some(&server)).await;
    }
}
