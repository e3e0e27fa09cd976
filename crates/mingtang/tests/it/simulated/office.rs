//! Staff at their desks: the inbox, records from the draft to the withdrawal, absences, a leaver, notices of holidays.

use super::{Bureau, CLERK, CREW, HEAD, LAWYER, LEADER, Person};
use crate::client::{Answer, Client, between};
use crate::html;
use app::account::Duty;
use app::account::store::{self as accounts, NewStaff};
use app::record::table::record;
use axum::http::StatusCode;
use kernel::Day;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::{Act, Actor};

const KINDS: [&str; 7] = ["notice", "notice", "news", "plan", "guide", "report", "interpretation"];
/// Invented for the test: the notices for 2027 are not out.
const HOLIDAYS: &str = "2027-01-01 至 2027-01-03 休 元旦\n2027-02-05 至 2027-02-11 休 春节\n2027-02-14 班 春节\n\
    2027-04-05 休 清明节\n2027-05-01 至 2027-05-05 休 劳动节\n2027-06-09 休 端午节\n2027-09-15 休 中秋节\n\
    2027-10-01 至 2027-10-07 休 国庆节";
/// When which notice comes: two weeks late, and once more when the days it moves are near.
const NOTICES: [(&str, &str); 2] = [("2027-01-04", ""), ("2027-04-21", "\n2027-04-25 班 劳动节\n2027-05-08 班 劳动节")];
/// The day on which one of the clerks leaves.
const LEAVES: &str = "2027-03-10";

impl Bureau {
    /// Takes an answer of the desk: done, refused, or a fault of ours.
    pub fn took(&mut self, what: &'static str, answer: &Answer) -> bool {
        use StatusCode as S;
        let refused = [S::UNPROCESSABLE_ENTITY, S::CONFLICT, S::FORBIDDEN, S::NOT_FOUND, S::GONE];
        let done = answer.status == S::SEE_OTHER;
        assert!(done || refused.contains(&answer.status), "{what}: {} {}", answer.status, html::text(&answer.body));
        self.note(if done { what } else { "refused" });
        if !done && std::env::var("MINGTANG_YEAR_TELLS").is_ok() {
            let told = html::text(&between(&answer.body, "id=\"err\"", "</ul>").unwrap_or_default());
            println!("{} {what} {}: {told}", self.today, answer.status);
        }
        done
    }

    /// A person's hour at the desk.
    pub async fn works(&mut self, n: usize) {
        let client = self.signed_in(&self.crew[n].id.clone()).await;
        if self.crew[n].duties.contains(&Duty::Draft) {
            for _ in 0..self.often(350) {
                self.writes(&client, n).await;
            }
            for _ in 0..self.often(60) {
                self.corrects(&client, n).await;
            }
            self.takes_papers_down(&client).await;
        }
        self.pulls_down(&client, n).await;
        let inbox = client.get(&self.site, "/desk").await;
        assert_eq!(inbox.status, StatusCode::OK, "{}: {}", self.crew[n].login, inbox.body);
        let is_mine = |l: &&str| ["record", "request", "decision"].iter().any(|k| l.contains(&format!("/desk/{k}/")));
        let lines = inbox.body.split("<li class=\"it\">").skip(1).filter(is_mine).take(8 * self.size as usize);
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        for line in lines {
            let Some(href) = between(&line, "<h3><a href=\"", "\"") else { continue };
            let verb = between(&line, "<a class=\"btn s\"", "<span").unwrap_or_default();
            match href.strip_prefix("/desk/record/") {
                Some(id) if verb.ends_with(">审查") => self.reviews(&client, id).await,
                Some(id) if verb.ends_with(">看退回理由") => self.mends(&client, n, id).await,
                Some(_) => {}
                None => self.moves_on(&client, &href, 2).await,
            }
        }
        self.tends_decisions(&client, n).await;
    }

    async fn writes(&mut self, client: &Client, n: usize) {
        let kind = *self.pick(&KINDS).expect("some");
        let mark = format!("mark{}x", self.marks.len());
        let title = format!("关于某事的通知 {mark}");
        let form = [("kind", kind), ("title", &title), ("text", "草稿")];
        let made = client.post(&self.site, "/desk/record", &form).await;
        if !self.took("drafted", &made) {
            return;
        }
        let id = between(&format!("{}?", made.location), "/desk/record/", "?").expect("an id");
        self.marks.insert(id.clone(), mark.clone());
        let text = format!("第一段，{mark}。\n\n第二段。");
        self.submits(client, n, &id, &[("text", &text), ("column", "results/policies")]).await;
    }

    /// Submits one's draft of a record as the page shows it, with some fields filled in, and tries to review it.
    pub async fn submits(&mut self, client: &Client, n: usize, id: &str, given: &[(&str, &str)]) {
        let page = client.get(&self.site, &format!("/desk/record/{id}")).await.body;
        let action = format!("/desk/record/{id}/draft");
        let formed = self.today.to_string();
        // A text that somebody wrote already stays.
        let is_it = |f: &html::Form| f.action.as_deref().is_some_and(|a| a.split('#').next() == Some(&action));
        let Some(typed) = html::forms(&page).into_iter().find(is_it) else { return };
        let mut form = typed.fields;
        let own = [("do", "submit"), ("openness", "open"), ("ground", "O20-15"), ("formed", formed.as_str())];
        for (name, value) in own.iter().chain(given) {
            form.retain(|(known, _)| known != name);
            form.push(((*name).into(), (*value).into()));
        }
        form.retain(|(name, _)| name != "csrf");
        if form.iter().all(|(name, value)| name != "text" || value.trim().is_empty()) {
            form.retain(|(name, _)| name != "text");
            form.push(("text".into(), "正文一段。".into()));
        }
        let fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let sent = client.post(&self.site, &action, &fields).await;
        if self.took("submitted", &sent) && self.chance(300) {
            let on = app::record::store::load(self.site.app.store.read(), &self.body, id).await.expect("loads");
            let (Some(revision), Some(step)) = (on.revision.as_ref(), on.waits_for()) else { return };
            let tried = self.decide(client, id, step.word(), &revision.hash.to_string(), "pass").await;
            assert!(!self.took("reviewed", &tried), "{} reviews what they wrote", self.crew[n].login);
        }
    }

    async fn decide(&self, client: &Client, id: &str, step: &str, hash: &str, verdict: &str) -> Answer {
        let questions = app::record::kind::Step::parse(step).expect("a step").questions();
        let names: Vec<String> = questions.iter().map(|(name, _)| format!("q-{name}")).collect();
        let mut form = vec![("step", step), ("hash", hash), ("verdict", verdict), ("opinion", super::CANARY)];
        form.extend(names.iter().map(|name| (name.as_str(), "no")));
        client.post(&self.site, &format!("/desk/record/{id}/review"), &form).await
    }

    async fn reviews(&mut self, client: &Client, id: &str) {
        let page = client.get(&self.site, &format!("/desk/record/{id}")).await.body;
        let find = |name: &str| between(&page, &format!("name=\"{name}\" value=\""), "\"");
        let (Some(step), Some(hash)) = (find("step"), find("hash")) else { return };
        let (verdict, hash) = match self.dice.below(20) {
            0 | 1 => ("return", hash),
            2 => ("pass", hash.replace(['a', '1'], "0")),
            _ => ("pass", hash),
        };
        let told = self.decide(client, id, &step, &hash, verdict).await;
        if self.took("reviewed", &told) && told.location.ends_with("said=published") {
            self.note("published");
        }
    }

    async fn mends(&mut self, client: &Client, n: usize, id: &str) {
        let taken = client.post(&self.site, &format!("/desk/record/{id}/take-up"), &[]).await;
        if self.took("taken up", &taken) {
            self.submits(client, n, id, &[]).await;
        }
    }

    async fn some_public(&mut self) -> Option<String> {
        let find = record::Entity::find().filter(record::Column::Published.eq(1)).order_by_asc(record::Column::Id);
        let all = find.all(self.site.app.store.read()).await.expect("reads");
        let all: Vec<String> = all.into_iter().map(|r| r.id).filter(|id| self.marks.contains_key(id)).collect();
        self.pick(&all).cloned()
    }

    async fn corrects(&mut self, client: &Client, n: usize) {
        let Some(id) = self.some_public().await else { return };
        let taken = client.post(&self.site, &format!("/desk/record/{id}/take-up"), &[]).await;
        if self.took("taken up", &taken) {
            let text = format!("改过的正文，{}，{}。", self.marks[&id], self.today);
            self.submits(client, n, &id, &[("text", &text), ("change", "换了说法")]).await;
            self.note("corrected");
        }
    }

    /// Withdraws, hides, or decides on what somebody hid.
    async fn pulls_down(&mut self, client: &Client, n: usize) {
        let reasons = ["error", "privacy", "secret"];
        let reason = reasons[self.dice.below(3) as usize];
        if n == HEAD
            && self.chance(60)
            && let Some(id) = self.some_public().await
        {
            let gone = client.post(&self.site, &format!("/desk/record/{id}/withdraw"), &[("reason", reason)]).await;
            if self.took("withdrawn", &gone) {
                self.withdrawn.push(id);
            }
        } else if n != LEADER
            && self.chance(12)
            && let Some(id) = self.some_public().await
        {
            let away = client.post(&self.site, &format!("/desk/record/{id}/hide"), &[]).await;
            if self.took("hidden", &away) {
                let why = [("reason", reasons[self.dice.below(2) as usize]), ("says", super::CANARY)];
                let said = client.post(&self.site, &format!("/desk/record/{id}/hide/reason"), &why).await;
                self.took("explained", &said);
                self.hidden.push((id, n));
            }
        } else if let Some((id, hider)) = self.hidden.first().cloned() {
            let back = [("outcome", "restored"), ("opinion", super::CANARY)];
            let back = client.post(&self.site, &format!("/desk/record/{id}/hide/decide"), &back).await;
            if self.took("restored", &back) {
                assert_ne!(hider, n, "whoever hid it shows it again");
                self.hidden.remove(0);
            }
        }
    }

    /// Somebody goes away for some days and lends their duties; one leaves for good.
    pub async fn absences(&mut self) {
        if self.today >= Day::parse(LEAVES).expect("a day") && !self.tally.contains_key("left") {
            self.leaves().await;
        }
        if !self.chance(70) {
            return;
        }
        let n = self.dice.below(self.crew.len() as u64) as usize;
        let days = 2 + self.dice.below(8) as i32;
        let (from, until) = (self.today.to_string(), self.today.plus(days - 1).to_string());
        let client = self.signed_in(&self.crew[n].id.clone()).await;
        let duties = self.crew[n].duties.clone();
        for duty in duties.iter().filter(|d| Duty::REVIEW.contains(d)) {
            let deputy = self.dice.below(self.crew.len() as u64) as usize;
            let deputy = self.crew[deputy].id.clone();
            let form = [("duty", duty.word()), ("deputy", &deputy), ("from", &from), ("until", &until)];
            let lent = client.post(&self.site, "/desk/deputy", &form).await;
            self.took("lent", &lent);
        }
        self.crew[n].away = self.today.plus(days);
    }

    /// The clerk hands over to a newcomer: drafts, and whatever comes back.
    async fn leaves(&mut self) {
        let (store, now) = (&self.site.app.store, self.site.app.clock.now());
        let (body, old) = (self.body.clone(), self.crew[CLERK].id.clone());
        let work = async move |act: &mut Act| {
            let section = accounts::sections(act, &body).await?[0].id.clone();
            let (login, name, password) = ("newcomer".to_owned(), "newcomer".to_owned(), String::new());
            let duties = CREW[CLERK].1.to_vec();
            accounts::add_staff(act, &NewStaff { body: body.clone(), section, login, name, password, duties }).await
        };
        let heir = store.act(Actor::Clock, now, work).await.expect("adds").into_inner();
        let admin = self.signed_in(&self.admin.clone()).await;
        let left = admin.post(&self.site, &format!("/desk/staff/{old}/hand-over"), &[("heir", &heir)]).await;
        assert!(self.took("left", &left), "{}", html::text(&left.body));
        self.crew[CLERK] = Person { id: heir, login: "newcomer", duties: CREW[CLERK].1.into(), away: self.today };
    }

    /// The notice of the year's holidays comes, late, and is revised.
    pub async fn notices(&mut self) {
        let today = self.today.to_string();
        let Some((day, more)) = NOTICES.iter().find(|(day, _)| *day == today) else { return };
        let before = self.moved_clocks().await;
        let (lawyer, leader) = (self.crew[LAWYER].id.clone(), self.crew[LEADER].id.clone());
        let (lawyer, leader) = (self.signed_in(&lawyer).await, self.signed_in(&leader).await);
        let days = format!("{HOLIDAYS}{more}");
        let form = [
            ("file", "calendar/2027.toml"),
            ("do", "propose"),
            ("source", "https://example.cn/2027"),
            ("note", "公布放假安排"),
            ("days", &days),
        ];
        let sent = lawyer.post(&self.site, "/desk/rule/new", &form).await;
        assert!(self.took("notice came", &sent), "{day}: {}", html::text(&sent.body));
        let page = sent.location.split('?').next().expect("a path").to_owned();
        let shown = leader.get(&self.site, &page).await.body;
        let version = between(&shown, "name=\"version\" value=\"", "\"").expect("a form");
        let form = [("verdict", "activate"), ("version", version.as_str())];
        let decided = leader.post(&self.site, &format!("{page}/decide"), &form).await;
        assert!(self.took("in force", &decided), "{day}: {}", html::text(&decided.body));
        self.site.app.run_jobs().await.expect("clocks follow the law");
        let moved = self.moved_clocks().await - before;
        *self.tally.entry("clock moved").or_default() += moved;
    }
}
