//! A year in an office of three who hold all duties between them: some two hundred records, absences, lent duties,
//! returns and corrections. After each day everything public was reviewed, in these very bytes, by somebody else
//! than its authors, and whatever waits stands in an inbox that says with whom.

use crate::client::{Client, between};
use crate::stories::Site;
use crate::wire::{House, STAFF, house};
use app::account::store::{self as accounts, NewStaff, Secret};
use app::account::{Duty, lent};
use app::record::kind::Kind;
use app::record::model::{State, Verdict};
use app::record::table::{publication, record};
use app::record::{several, waiting};
use axum::http::StatusCode;
use kernel::{Day, Instant};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;
use store::{Act, Actor};

/// Sign-in name and duties. Nobody could run the office alone, and nobody is needed for everything.
const THREE: [(&str, &[Duty]); 3] = [
    ("jia", &[Duty::Draft, Duty::SectionCheck, Duty::SecrecyReview, Duty::Publication]),
    ("yi", &[Duty::Draft, Duty::SectionCheck, Duty::LegalityReview, Duty::SecrecyReview]),
    ("bing", &[Duty::Draft, Duty::LegalityReview, Duty::Approval, Duty::Publication]),
];
const KINDS: [&str; 8] = ["notice", "news", "news", "plan", "policy", "guide", "report", "interpretation"];
const SEED: u64 = 20_261_123;

/// A small generator of our own (Knuth's MMIX constants): the year is the same wherever it runs.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

struct Year {
    site: House,
    body: String,
    /// Ids of the three.
    ids: Vec<String>,
    dice: Dice,
    /// Until which day each is away, not included.
    away: [Day; 3],
    today: Day,
    made: usize,
    returned: usize,
    barred: usize,
}

async fn furnish(site: &House) -> (String, Vec<String>) {
    let work = async |act: &mut Act| {
        let first = accounts::staff_by_login(act, STAFF[0].1).await?.expect("there");
        for (_, login, duty) in STAFF.iter().filter(|(.., duty)| duty.is_content()) {
            let row = accounts::staff_by_login(act, login).await?.unwrap_or_else(|| panic!("{duty:?}"));
            accounts::set_disabled(act, &row, true).await?;
        }
        let mut ids = vec![];
        for (login, duties) in THREE {
            let new = NewStaff {
                body: first.body.clone(),
                section: first.section.clone(),
                login: login.into(),
                name: login.into(),
                password: String::new(),
                duties: duties.into(),
            };
            ids.push(accounts::add_staff(act, &new).await?);
        }
        Ok((first.body, ids))
    };
    site.app.store.act(Actor::Clock, site.app.clock.now(), work).await.expect("furnishes").into_inner()
}

impl Year {
    /// Signed in now; that proves who it is for a quarter of an hour.
    async fn client(&self, n: usize) -> Client {
        let (secret, staff) = (Secret::random(), self.ids[n].clone());
        let cookie = format!("mingtang={}", secret.0);
        let work = async move |act: &mut Act| accounts::start_session(act, &staff, &secret, "test").await;
        self.site.app.store.act(Actor::Clock, self.site.app.clock.now(), work).await.expect("signs in").into_inner();
        let mut client = Client { cookie, token: String::new() };
        let page = client.get(&self.site, "/desk/me").await.body;
        client.token = between(&page, "name=\"csrf\" value=\"", "\"").expect("a form token");
        client
    }

    fn is_away(&self, n: usize) -> bool {
        self.today < self.away[n]
    }

    /// Somebody goes away for some days and lends what a colleague lacks.
    async fn absence(&mut self) {
        if (0..3).any(|n| self.is_away(n)) || self.dice.below(12) > 0 {
            return;
        }
        let n = self.dice.below(3) as usize;
        let days = 2 + self.dice.below(8) as i32;
        let (from, until) = (self.today.to_string(), self.today.plus(days - 1).to_string());
        let client = self.client(n).await;
        for duty in THREE[n].1.iter().filter(|d| Duty::REVIEW.contains(d)) {
            let deputy = (0..3).filter(|d| *d != n && !THREE[*d].1.contains(duty)).max();
            let Some(deputy) = deputy else { continue };
            let form = [("duty", duty.word()), ("deputy", &self.ids[deputy]), ("from", &from), ("until", &until)];
            let lent = client.post(&self.site, "/desk/deputy", &form).await;
            assert_eq!(lent.status, StatusCode::SEE_OTHER, "{}", lent.body);
        }
        self.away[n] = self.today.plus(days);
    }

    /// Submits the person's draft of a record, then tries to review it, which nobody may.
    async fn submit(&mut self, client: &Client, n: usize, id: &str, text: &str) {
        let page = client.get(&self.site, &format!("/desk/record/{id}")).await.body;
        let version = between(&page, "name=\"version\" value=\"", "\"").expect("a draft");
        let (title, formed) = (format!("第 {} 件", self.made), self.today.to_string());
        let form = [
            ("do", "submit"),
            ("version", version.as_str()),
            ("title", title.as_str()),
            ("text", text),
            ("column", "results/policies"),
            ("openness", "open"),
            ("ground", "O20-15"),
            ("formed", &formed),
        ];
        let sent = client.post(&self.site, &format!("/desk/record/{id}/draft"), &form).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let on = app::record::store::load(self.site.app.store.read(), &self.body, id).await.expect("loads");
        let (hash, step) = (on.revision.as_ref().expect("submitted").hash, on.waits_for().expect("waits"));
        let tried = self.decide(client, id, step.word(), &hash.to_string(), "pass").await;
        assert_ne!(tried, StatusCode::SEE_OTHER, "{} reviews their own", self.ids[n]);
        self.barred += 1;
    }

    async fn decide(&self, client: &Client, id: &str, step: &str, hash: &str, verdict: &str) -> StatusCode {
        let questions = app::record::kind::Step::parse(step).expect("a step").questions();
        let names: Vec<String> = questions.iter().map(|(name, _)| format!("q-{name}")).collect();
        let mut form = vec![("step", step), ("hash", hash), ("verdict", verdict), ("opinion", "看过")];
        form.extend(names.iter().map(|name| (name.as_str(), "no")));
        client.post(&self.site, &format!("/desk/record/{id}/review"), &form).await.status
    }

    async fn write(&mut self, client: &Client, n: usize) {
        // The leader writes what needs no leader.
        let kinds = if n == 2 { 3 } else { KINDS.len() as u64 };
        let kind = KINDS[self.dice.below(kinds) as usize];
        self.made += 1;
        let title = format!("第 {} 件", self.made);
        let made =
            client.post(&self.site, "/desk/record", &[("kind", kind), ("title", &title), ("text", "草稿")]).await;
        let id = between(&format!("{}?", made.location), "/desk/record/", "?").expect("an id");
        self.submit(client, n, &id, &format!("第 {} 件的正文。", self.made)).await;
    }

    /// All that a person's inbox shows is done: reviews, and what came back.
    async fn work(&mut self, n: usize) {
        let client = self.client(n).await;
        if self.dice.below(10) < 3 {
            self.write(&client, n).await;
        }
        let inbox = client.get(&self.site, "/desk").await.body;
        let entries: Vec<String> = inbox.split("<li class=\"it\">").skip(1).map(str::to_owned).collect();
        for entry in entries {
            let Some(id) = between(&entry, "href=\"/desk/record/", "\"") else { continue };
            if entry.contains(">审查<") {
                self.review(&client, &id).await;
            } else if entry.contains(">看退回理由<") {
                let taken = client.post(&self.site, &format!("/desk/record/{id}/take-up"), &[]).await;
                assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
                self.submit(&client, n, &id, &format!("按意见改过的正文，{}。", self.today)).await;
            }
        }
    }

    async fn review(&mut self, client: &Client, id: &str) {
        let page = client.get(&self.site, &format!("/desk/record/{id}")).await.body;
        let find = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"");
        let (step, hash) = (find("step").expect("the card"), find("hash").expect("the card"));
        let verdict = if self.dice.below(12) == 0 { "return" } else { "pass" };
        self.returned += usize::from(verdict == "return");
        assert_eq!(self.decide(client, id, &step, &hash, verdict).await, StatusCode::SEE_OTHER, "{id} {step}");
    }

    /// Whatever waits stands in somebody's inbox, and the line names who can take it.
    async fn check_waiting(&self) {
        let read = self.site.app.store.read();
        let mut inboxes = vec![];
        for n in 0..3 {
            inboxes.push(self.client(n).await.get(&self.site, "/desk").await.body);
        }
        let crew = lent::crew(read, &self.body, self.site.app.clock.now()).await.expect("reads");
        let open = record::Entity::find().filter(record::Column::Open.eq(1)).all(read).await.expect("reads");
        for on in several::loaded(read, open).await.expect("loads") {
            let link = format!("href=\"/desk/record/{}\"", on.row.id);
            let mut lines = inboxes.iter().flat_map(|i| i.split("<li class=\"it\">")).filter(|l| l.contains(&link));
            let line = lines.next().unwrap_or_else(|| panic!("{} {:?} is in no inbox", on.row.id, on.state()));
            if let State::InReview(step) = on.state() {
                let says = waiting::for_whom(&on, step, &crew);
                assert!(line.contains(&says), "{says} in {line}");
            }
        }
    }

    /// A list is paged through once and in its own order, in pages of either size.
    async fn check_lists(&self) {
        let reader = self.client(0).await;
        let wanted = addresses(&reader.get(&self.site, "/records.csv").await.body);
        assert!(wanted.len() > 150, "{wanted:?}");
        for size in [20, 50] {
            let (mut seen, mut n) = (vec![], 1);
            loop {
                let page = reader.get(&self.site, &format!("/records?size={size}&page={n}")).await;
                if page.status == StatusCode::NOT_FOUND {
                    break;
                }
                seen.extend(addresses(&page.body));
                n += 1;
            }
            assert_eq!(seen, wanted, "in pages of {size}");
        }
    }
}

/// The records that a text leads to, in its order.
fn addresses(text: &str) -> Vec<String> {
    let tail =
        |rest: &str| rest.split(|c: char| !c.is_ascii_alphanumeric() && !"/-".contains(c)).next().map(str::to_owned);
    let mut all: Vec<String> = text.split("/records/").skip(1).filter_map(tail).collect();
    all.dedup();
    all
}

/// Every publication of a day rests on reviews of the same bytes by others than its authors. Returns how many there
/// were.
pub async fn check_public(site: &House, day: Day) -> usize {
    let read = site.app.store.read();
    let (from, to) = (day.start().0, day.plus(1).start().0);
    let today = publication::Entity::find().filter(publication::Column::At.gte(from));
    let all = today.filter(publication::Column::At.lt(to)).all(read).await.expect("reads");
    // A row without a revision took the record down.
    for shown in all.iter().filter(|shown| shown.revision.is_some()) {
        let row = record::Entity::find_by_id(&shown.record).one(read).await.expect("reads").expect("there");
        // As it was published: a correction may be under way.
        let row = record::Model { revision: shown.revision.clone(), ..row };
        let on = several::loaded(read, vec![row]).await.expect("loads").pop().expect("one");
        let revision = on.revision.as_ref().expect("published");
        for step in on.kind.route {
            let made: Vec<_> = on.reviews.iter().filter(|r| r.step == *step).collect();
            assert_eq!(made.len(), 1, "{} {}", shown.record, step.zh());
            assert_eq!((made[0].verdict, made[0].hash), (Verdict::Pass, revision.paper.hash()));
            let persons = std::iter::once(&made[0].staff).chain(&made[0].acting_for);
            assert!(persons.into_iter().all(|p| !revision.authors.contains(p)), "{}", shown.record);
        }
    }
    all.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn three_people_run_a_year_and_no_author_ever_reviews() {
    let site = house(None).await;
    let (body, ids) = furnish(&site).await;
    let first = Day::new(2026, 11, 24).expect("a day");
    let mut year =
        Year { site, body, ids, dice: Dice(SEED), away: [first; 3], today: first, made: 0, returned: 0, barred: 0 };
    let calendar = &law::Law::built_in().calendar;
    for day in (0..365).map(|n| first.plus(n)).filter(|day| calendar.is_working(*day)) {
        year.today = day;
        year.site.set_clock(Instant::parse(&format!("{day} 09:00")).expect("a time"));
        year.absence().await;
        let order = year.dice.below(3) as usize;
        for n in (0..3).map(|n| (n + order) % 3) {
            if !year.is_away(n) {
                year.work(n).await;
            }
        }
        check_public(&year.site, year.today).await;
        year.check_waiting().await;
    }
    year.check_lists().await;
    let read = year.site.app.store.read();
    let shown = publication::Entity::find().all(read).await.expect("reads").len();
    let reviews = app::record::table::review::Entity::find().all(read).await.expect("reads");
    let lent = reviews.iter().filter(|r| r.acting_for.is_some()).count();
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for row in record::Entity::find().all(read).await.expect("reads") {
        *kinds.entry(Kind::parse(&row.kind).expect("known").zh).or_default() += 1;
    }
    println!(
        "{} records {kinds:?}, {shown} public, {} reviews, {lent} lent, {} returned, {} tries of authors refused",
        year.made,
        reviews.len(),
        year.returned,
        year.barred
    );
    assert!(year.made >= 200 && shown + 10 >= year.made, "{} made, {shown} public", year.made);
    assert!(lent > 5 && year.returned > 5 && year.barred >= year.made, "{lent} {} {}", year.returned, year.barred);
}
