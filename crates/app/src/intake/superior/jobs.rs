//! The feeds of superior bodies, read every day. A feed that does not answer says so on its page, and is asked again
//! tomorrow: nobody's work waits for another site.

use super::rules::{self, Came};
use super::store::{self, superior_feed};
use crate::{App, JobFn, daily};
use ::store::{Act, Actor, Done, Error, Job};
use kernel::notation;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub const DAILY_JOB: (&str, JobFn) = (DAILY, |app, job| Box::pin(daily::for_each_body(app, job, DAILY, PART)));
pub const PART_JOB: (&str, JobFn) = (PART, |app, job| Box::pin(read(app, job)));
pub const DAILY: &str = "superior-daily";
const PART: &str = "superior-read";

/// All feeds of a body.
async fn read(app: App, job: Job) -> Result<(), Error> {
    for feed in store::feeds(app.store.read(), &job.arg).await? {
        read_one(&app, &feed).await?;
    }
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        act.journal("superior-read", &format!("body:{}", job.arg));
        Ok(())
    };
    app.store.act(Actor::Job(PART), app.clock.now(), work).await.map(Done::into_inner)
}

/// Fetches a feed and takes in what is new. A failure is noted on the feed, in Chinese.
///
/// # Errors
/// Only of our own database.
pub async fn read_one(app: &App, feed: &superior_feed::Model) -> Result<(), Error> {
    let (came, failure): (Vec<Came>, String) = match app.feeds.fetch(&feed.address).await {
        Ok(bytes) => match paper::feed(&bytes) {
            Ok(entries) => (entries.into_iter().map(|e| of_entry(feed, e)).collect(), String::new()),
            Err(why) => (vec![], why.says),
        },
        Err(says) => (vec![], says),
    };
    let feed = feed.clone();
    let work = async move |act: &mut Act| {
        for one in &came {
            let why = rules::faults(one);
            if why.iter().any(|r| r.code == "secret-mark") {
                act.journal("secret-mark-refused", &format!("superior-feed:{}", feed.id));
            } else if why.is_empty() {
                store::receive(act, &feed.body, Some(&feed.id), (one, &rules::stops(one, (&[], &[]))), None).await?;
            }
        }
        superior_feed::Entity::update_many()
            .col_expr(superior_feed::Column::CheckedAt, Expr::value(act.now.0))
            .col_expr(superior_feed::Column::Failure, Expr::value(failure.clone()))
            .filter(superior_feed::Column::Id.eq(&feed.id))
            .exec(act)
            .await?;
        act.journal("read-feed", &format!("superior-feed:{}", feed.id));
        Ok(())
    };
    app.store.act(Actor::Job(PART), app.clock.now(), work).await.map(Done::into_inner)
}

fn of_entry(feed: &superior_feed::Model, entry: paper::Entry) -> Came {
    let read = paper::html(entry.words.as_bytes()).unwrap_or_default();
    let (mut text, mut fields) = (notation::write(&read.blocks), read.fields);
    // What the reader took for a title is words of the document too: a mark of secrecy may be among them.
    if let Some(first) = read.title.filter(|first| *first != entry.title) {
        text = format!("{first}\n\n{text}");
    }
    let number = fields.remove("文号").unwrap_or_default();
    let issuer = fields.remove("发文机关").unwrap_or_else(|| feed.name.clone());
    let address = if rules::is_web(&entry.address) { entry.address } else { String::new() };
    Came { guid: entry.id, title: entry.title, number, issuer, address, text }
}
