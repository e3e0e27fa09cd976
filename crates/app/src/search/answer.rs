//! Answering a search: understood, asked of the index, joined with the floor. Page, API, feed and desk share it.

use super::attached::Place;
use super::hits::{self, Ask, Found, Hit, Sort};
use super::index::Live;
use super::model::{Asked, PAGES_MAX, PER_PAGE};
use super::plan::Plan;
use super::snippet::{self, Bit};
use super::why::{self, Why};
use super::{Search, attached, follow};
use crate::App;
use crate::floor::{FileLine, Listed, first_at, public_page};
use kernel::{Block, Instant};
use sea_orm::ColumnTrait;
use std::collections::HashMap;
use std::sync::Arc;
use store::{Error, Public};

store::line! {
    /// What a hit shows.
    pub struct Page of public_page {
        pub id: String,
        pub body: String,
        pub path: String,
        pub kind: String,
        pub title: String,
        pub number: String,
        pub index_no: String,
        pub issuer: String,
        pub section: String,
        pub issued: String,
        pub effective: String,
        pub expires: String,
        pub published_at: i64,
        pub version: i64,
        pub summary: String,
        pub data: String,
        pub ending: String,
        pub ended: String,
        pub shown_until: String,
        pub first_public: Option<String>,
        pub files: String,
        pub content: String,
    }
}

impl Page {
    /// The line, the files, the text.
    fn listed(self) -> (Listed, String, String) {
        let item = Listed {
            published_at: self.published_at,
            path: self.path,
            kind: self.kind,
            title: self.title,
            number: self.number,
            index_no: self.index_no,
            issuer: self.issuer,
            section: self.section,
            issued: self.issued,
            effective: self.effective,
            expires: self.expires,
            version: self.version,
            summary: self.summary,
            data: self.data,
            ending: self.ending,
            ended: self.ended,
            shown_until: self.shown_until,
            first_at: first_at(self.first_public.as_deref(), self.published_at),
            first_public: self.first_public,
        };
        (item, self.files, self.content)
    }
}

/// A hit as it stands on the floor.
pub struct Item {
    pub item: Listed,
    pub title: Vec<Bit>,
    pub snippet: Vec<Bit>,
    /// The words stand in a file of the page, or more of them than in its text.
    pub place: Option<Place>,
    pub hit: Hit,
}

/// An answer.
#[derive(Default)]
pub struct Answer {
    pub plan: Plan,
    pub found: Found,
    pub items: Vec<Item>,
    /// Nothing has all the words: these have some.
    pub loose: bool,
    /// It is as new as the floor.
    pub fresh: bool,
    /// What may have been meant, where nothing was found and this finds something.
    pub meant: String,
    /// The address of the one record that bears the number that was typed.
    pub record: String,
}

/// Who asks what, when.
pub struct Question<'a> {
    pub app: &'a App,
    pub public: &'a Public,
    pub body: &'a str,
    pub asked: &'a Asked,
    /// How many hits, from how many on.
    pub window: (u64, u64),
    pub now: Instant,
}

impl Question<'_> {
    /// `None` while the first index is being built.
    pub async fn answer(&self) -> Result<Option<Answer>, Error> {
        let Some((live, fresh)) = follow::current(self.app).await? else { return Ok(None) };
        let plan = self.app.search.plan(self.body, &self.asked.q);
        let mut answer = Answer { fresh, plan, ..Answer::default() };
        if let Some(key) = self.number(&answer.plan) {
            let found = self.ask(&live, &answer.plan, Want::Number(key)).await?;
            let items = self.join(&found, &answer.plan).await?;
            if let [one] = items.as_slice() {
                answer.record.clone_from(&one.item.path);
                return Ok(Some(answer));
            }
        }
        answer.found = self.ask(&live, &answer.plan, Want::All).await?;
        if answer.found.total == 0 && answer.plan.groups.iter().filter(|g| !g.optional).count() > 1 {
            answer.found = self.ask(&live, &answer.plan, Want::Some).await?;
            answer.loose = answer.found.total > 0;
        }
        answer.items = self.join(&answer.found, &answer.plan).await?;
        // What the floor no longer has was found in an index that is a moment behind.
        let gone = self.shown(&answer.found).len() - answer.items.len();
        answer.found.total -= gone as u64;
        if answer.found.total == 0 || answer.loose {
            answer.meant = self.meant(&live, &answer.plan).await?;
        }
        Ok(Some(answer))
    }

    /// A number leads straight to its record, where nothing else was chosen.
    fn number(&self, plan: &Plan) -> Option<String> {
        let whole = |key: &String| !key.starts_with('/') || self.asked.q.contains('-');
        plan.number.clone().filter(whole).filter(|_| self.asked.page == 1 && !self.asked.is_filtered())
    }

    fn shown<'a>(&self, found: &'a Found) -> &'a [Hit] {
        let from = usize::try_from(self.window.1).unwrap_or(usize::MAX).min(found.hits.len());
        &found.hits[from..]
    }

    async fn ask(&self, live: &Arc<Live>, plan: &Plan, want: Want) -> Result<Found, Error> {
        let bodies = self.app.bodies().len();
        let body = (bodies > 1).then(|| self.body.to_owned());
        let most = usize::try_from(self.window.0 + self.window.1).unwrap_or(usize::MAX);
        let most = most.clamp(1, (PAGES_MAX * PER_PAGE) as usize);
        let (live, plan, now) = (live.clone(), plan.clone(), self.now);
        let (filters, sort) = (self.asked.filters.clone(), self.asked.sort);
        // In a thread of its own: a panic of the library is a fault of this answer and of nothing else.
        let work = move || {
            let loose = matches!(want, Want::Some);
            let ask = Ask { plan: &plan, filters: &filters, sort, most, body: body.as_deref(), loose, now };
            match want {
                Want::Number(key) => hits::numbered(&live, &key, &ask),
                Want::All | Want::Some => hits::find(&live, &ask),
            }
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(e.into()))?
    }

    /// The hits of the window as the floor has them now.
    async fn join(&self, found: &Found, plan: &Plan) -> Result<Vec<Item>, Error> {
        let shown = self.shown(found);
        if shown.is_empty() {
            return Ok(vec![]);
        }
        let ids = shown.iter().map(|hit| hit.page.as_str());
        let find = self.public.find::<public_page::Entity>().filter(public_page::Column::Id.is_in(ids));
        let rows: Vec<Page> = find.limit(shown.len() as u64).lines().await?;
        // Asked of SQLite, the body would be looked up first: every page of it would be read for twenty.
        let mine = rows.into_iter().filter(|row| row.body == self.body);
        let mut rows: HashMap<String, Page> = mine.map(|row| (row.id.clone(), row)).collect();
        let needles = plan.needles();
        let item = |hit: &Hit| Some((rows.remove(&hit.page)?, hit.clone()));
        let joined: Vec<(Page, Hit)> = shown.iter().filter_map(item).collect();
        let (mut items, mut with_files) = (vec![], vec![]);
        for (page, hit) in joined {
            let (item, files) = of_page(page, hit, &needles)?;
            // Only where the text does not say it all is it worth to look into the files.
            let told = snippet::words(&item.snippet).max(snippet::words(&item.title));
            if !files.is_empty() && told < plan.groups.iter().filter(|g| !g.optional).count().max(1) {
                with_files.push((item.hit.page.clone(), files));
            }
            items.push(item);
        }
        let mut places = attached::places(self.public, &with_files, &needles).await?;
        for item in &mut items {
            let more = |place: &Place| snippet::words(&place.snippet) > snippet::words(&item.snippet);
            item.place = places.remove(&item.hit.page).filter(more);
        }
        Ok(items)
    }

    /// What is probably meant instead, if there is something under it.
    async fn meant(&self, live: &Arc<Live>, plan: &Plan) -> Result<String, Error> {
        let Some(other) = plan.meant(&self.app.search.sounds()) else { return Ok(String::new()) };
        let found = self.ask(live, &self.app.search.plan(self.body, &other), Want::All).await?;
        Ok(if found.total > 0 { other } else { String::new() })
    }

    /// How the hits of this answer were ranked.
    pub async fn why(&self, plan: &Plan, items: &[Item]) -> Result<Vec<Why>, Error> {
        let Some(live) = self.app.search.live() else { return Ok(vec![]) };
        let (plan, filters, now) = (plan.clone(), self.asked.filters.clone(), self.now);
        let all: Vec<Hit> = items.iter().map(|item| item.hit.clone()).collect();
        let work = move || {
            let ask = Ask { plan: &plan, filters: &filters, sort: Sort::Best, most: 1, body: None, loose: false, now };
            all.iter().map(|hit| why::why(&live, &ask, hit)).collect()
        };
        tokio::task::spawn_blocking(work).await.map_err(|e| Error::Fault(e.into()))?
    }
}

enum Want {
    All,
    Some,
    Number(String),
}

/// The summary first, then the text: the first sentence with the most words is shown. With the files of the page.
fn of_page(page: Page, hit: Hit, needles: &[String]) -> Result<(Item, Vec<FileLine>), Error> {
    let (item, files, content) = page.listed();
    let files: Vec<FileLine> = match files.as_str() {
        "" | "[]" => vec![],
        json => serde_json::from_str(json).map_err(|e| Error::Fault(e.into()))?,
    };
    let blocks: Vec<Block> = match content.as_str() {
        "" => vec![],
        json => serde_json::from_str(json).map_err(|e| Error::Fault(e.into()))?,
    };
    let texts = std::iter::once(item.summary.as_str()).chain(kernel::block::pieces(&blocks).map(|(.., text)| text));
    let mut snippet = snippet::snippet(texts, needles);
    if snippet.is_empty() && !item.summary.is_empty() {
        snippet = vec![Bit { text: item.summary.clone(), marked: false }];
    }
    let title = snippet::marked(&item.title, needles);
    Ok((Item { title, snippet, place: None, hit, item }, files))
}

impl Search {
    /// What else may be looked for: words that stand for the words of a query.
    pub fn other_words(&self, plan: &Plan) -> Vec<String> {
        let all = plan.groups.iter().flat_map(|g| g.others.iter().map(|(word, _)| word.clone()));
        all.take(8).collect()
    }
}
