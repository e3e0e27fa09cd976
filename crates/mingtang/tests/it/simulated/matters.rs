//! Cases moved on by whoever the desk offers a move: what the page of a case has as a button is opened, filled in,
//! sent.

use super::blank::blanks;
use super::{Bureau, CANARY};
use crate::client::{Client, between};
use crate::html;
use app::account::Duty;
use axum::http::StatusCode;
use std::collections::BTreeSet;

/// Moves that end a case or go back: taken now and then, or nothing ever comes to its end.
const RARE: &[&str] = &[
    "again",
    "back",
    "charge",
    "condition",
    "correct",
    "dispute",
    "extend",
    "ordinary",
    "organ",
    "reject",
    "stop",
    "third",
    "withdraw",
    "withhold",
];

impl Bureau {
    /// Makes up to so many moves of a case.
    pub async fn moves_on(&mut self, client: &Client, case: &str, most: usize) {
        let Some(kind) = case.strip_prefix("/desk/").and_then(|rest| rest.split('/').next()) else { return };
        let Some(kind) = app::kinds().iter().find(|k| k.name() == kind) else { return };
        let known: BTreeSet<&str> = kind.sketches().iter().map(|s| s.name).collect();
        for _ in 0..most {
            let page = client.get(&self.site, case).await;
            if page.status != StatusCode::OK {
                return;
            }
            let name = |link: &String| -> Option<String> {
                let name = link.strip_prefix(case)?.strip_prefix('/')?.split('?').next()?;
                known.contains(name).then(|| name.to_owned())
            };
            let mut offered: Vec<String> = html::links(&page.body).into_iter().filter(|l| name(l).is_some()).collect();
            // A row that waits for an answer first; else whatever there is.
            if offered.iter().any(|l| l.contains("?row=")) && self.chance(700) {
                offered.retain(|l| l.contains("?row="));
            }
            let common = |l: &String| name(l).is_some_and(|n| !RARE.contains(&n.as_str()));
            if offered.iter().any(common) && self.chance(970) {
                offered.retain(common);
            }
            let Some(link) = self.pick(&offered).cloned() else { return };
            self.makes_move(client, &link).await;
        }
    }

    async fn makes_move(&mut self, client: &Client, link: &str) {
        let page = client.get(&self.site, link).await;
        assert!(page.status == StatusCode::OK || page.status.is_client_error(), "{link}: {}", page.status);
        let address = link.split('?').next().unwrap_or(link);
        // Without a form it says why not.
        let Some(blanks) = blanks(&page.body, address) else { return self.note("refused") };
        let form = self.filled(&blanks);
        let fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let made = client.post(&self.site, address, &fields).await;
        if self.took("step", &made) && self.chance(50) {
            let again = client.post(&self.site, address, &fields).await;
            assert_eq!(again.location, made.location, "a form sent twice is one step");
        }
    }

    /// Decisions begin, get their papers, their comments are sorted, and somebody makes a move.
    pub async fn tends_decisions(&mut self, client: &Client, n: usize) {
        let duties = self.crew[n].duties.clone();
        let writes = duties.contains(&Duty::Draft);
        if writes && (!self.tally.contains_key("proposed") || self.often(50) > 0) {
            let page = client.get(&self.site, "/desk/decision/new").await.body;
            let once = between(&page, "name=\"once\" value=\"", "\"").expect("a token");
            let form = [("once", once.as_str()), ("name", "一项决策")];
            let begun = client.post(&self.site, "/desk/decision/new", &form).await;
            self.took("proposed", &begun);
        }
        let list = client.get(&self.site, "/desk/decision").await;
        let links = html::links(&list.body);
        let cases: BTreeSet<String> =
            links.into_iter().filter(|l| l.starts_with("/desk/decision/") && !l.ends_with("/new")).collect();
        let cases: Vec<String> = cases.into_iter().collect();
        let Some(case) = self.pick(&cases).cloned() else { return };
        if writes {
            self.makes_papers(client, n, &case).await;
            self.sorts(client, &case).await;
        }
        self.moves_on(client, &case, 3).await;
    }

    async fn makes_papers(&mut self, client: &Client, n: usize, case: &str) {
        let page = client.get(&self.site, &format!("{case}/papers")).await;
        let roles: Vec<String> = page
            .body
            .match_indices("name=\"role\" value=\"")
            .filter_map(|(at, _)| between(&page.body[at..], "value=\"", "\""))
            .collect();
        if roles.is_empty() || !self.chance(500) {
            return;
        }
        // In the order in which they are needed, mostly.
        let role = if self.chance(600) { &roles[0] } else { self.pick(&roles).expect("some") };
        let made = client.post(&self.site, &format!("{case}/papers"), &[("role", role)]).await;
        if self.took("paper", &made)
            && let Some(record) = between(&format!("{}?", made.location), "/desk/record/", "?")
        {
            self.submits(client, n, &record, &[]).await;
        }
    }

    async fn sorts(&mut self, client: &Client, case: &str) {
        let page = client.get(&self.site, &format!("{case}/comments")).await.body;
        let open: Vec<String> = page.split("class=\"decision-sort\"").skip(1).take(6).map(str::to_owned).collect();
        for form in open.iter().filter(|f| !f.contains(" selected>")) {
            let comment = between(form, "name=\"comment\" value=\"", "\"").expect("a comment");
            let sorted = [("comment", comment.as_str()), ("point", "1")];
            let done = client.post(&self.site, &format!("{case}/sort"), &sorted).await;
            self.took("sorted", &done);
        }
        if self.chance(60)
            && let Some(once) = between(&page, "name=\"once\" value=\"", "\"")
        {
            let form = [("once", once.as_str()), ("way", "letter"), ("said", CANARY)];
            let done = client.post(&self.site, &format!("{case}/comments"), &form).await;
            self.took("commented", &done);
        }
    }

    /// What comes on paper or by word of mouth is taken down by a clerk.
    pub async fn takes_papers_down(&mut self, client: &Client) {
        for _ in 0..self.often(60) {
            let page = client.get(&self.site, "/desk/request/new").await.body;
            let once = between(&page, "name=\"once\" value=\"", "\"").expect("a token");
            let channels = ["counter", "oral", "registered", "post", "fax", "email", "nowhere"];
            let channel = *self.pick(&channels).expect("some");
            let submitted = self.today.plus(-(self.dice.below(3) as i32)).to_string();
            let form = [
                ("once", once.as_str()),
                ("channel", channel),
                ("submitted", &submitted),
                ("who", "person"),
                ("name", CANARY),
                ("wanted", CANARY),
            ];
            let entered = client.post(&self.site, "/desk/request/new", &form).await;
            self.took("applied", &entered);
        }
    }
}
