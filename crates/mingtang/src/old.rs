//! `mingtang import --old`: pages that were public on a former site, a line of JSON or a row of CSV each. They wait for
//! a signed decision, or for a person at the desk; nothing is public yet.

use crate::fail::Fail;
use crate::import::{ending, whole};
use crate::item::{self, Item};
use app::App;
use app::account::Me;
use app::body::Body;
use app::intake::backfill::model::{Examined, Took};
use app::intake::backfill::{rules, store as pages};
use app::record::kind::Kind;
use kernel::{Day, Refusal};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use store::{Act, Actor};

/// Pages that one act takes in: what has findings becomes a draft, and an act has five seconds.
const TOGETHER: usize = 100;
/// What an old page says beside its fields: where and when it was public, its capture, the number it had there.
const ASIDE: [&str; 4] = ["address", "first_public", "capture", "index_no"];

/// Whose they become.
pub struct Target<'a> {
    pub app: &'a App,
    pub me: Me,
    pub body: Body,
    /// For lines that name none.
    pub kind: Option<&'a str>,
}

/// What became of the pages of a file.
#[derive(Default, Debug)]
pub struct Done {
    pub clean: usize,
    pub desk: usize,
    pub known: usize,
    /// Line and reason.
    pub refused: Vec<(u64, String)>,
}

/// Takes in a file. JSON is read line by line, so that ten years need no more memory than a day; CSV whole, for it may
/// be in any charset. `read` is told the bytes of each part.
///
/// # Errors
/// Where the file or the database fails, or a CSV has no right first line. A broken line never stops the rest.
pub async fn import(into: &Target<'_>, path: &Path, mut read: impl FnMut(u64)) -> Result<Done, Fail> {
    let mut taking = Taking { into, done: Done::default(), waiting: vec![] };
    if ending(path) == "csv" {
        let told = |why: Vec<Refusal>| Fail::usage(says(why));
        let bytes = whole(path).map_err(told)?;
        for (n, item) in item::csv(&bytes, into.kind, &ASIDE).map_err(told)? {
            taking.add(n, item).await?;
        }
        read(bytes.len() as u64);
    } else {
        let (mut file, mut bytes) = (BufReader::new(File::open(path)?), vec![]);
        for n in 1_u64.. {
            bytes.clear();
            let length = file.read_until(b'\n', &mut bytes)?;
            if length == 0 {
                break;
            }
            read(length as u64);
            let line = String::from_utf8_lossy(&bytes);
            let line = line.trim_start_matches('\u{feff}').trim();
            if !line.is_empty() {
                taking.add(n, item::jsonl(line, into.kind, &ASIDE)).await?;
            }
        }
    }
    taking.flush().await?;
    taking.done.refused.sort_unstable();
    Ok(taking.done)
}

fn says(why: Vec<Refusal>) -> String {
    why.into_iter().map(|r| r.says).collect::<Vec<_>>().join(" ")
}

/// A file under way.
struct Taking<'a> {
    into: &'a Target<'a>,
    done: Done,
    waiting: Vec<(u64, Examined)>,
}

impl Taking<'_> {
    async fn add(&mut self, n: u64, item: Result<Item, Vec<Refusal>>) -> Result<(), Fail> {
        match item.and_then(|item| page(self.into, item)) {
            Ok(page) => self.waiting.push((n, page)),
            Err(why) => {
                if why.iter().any(|r| r.code == "secret-mark") {
                    self.note_secret().await?;
                }
                self.done.refused.push((n, says(why)));
            }
        }
        if self.waiting.len() >= TOGETHER { self.flush().await } else { Ok(()) }
    }

    /// Only the fact is journalled, never the words.
    async fn note_secret(&self) -> Result<(), Fail> {
        let work = async move |act: &mut Act| {
            act.journal("secret-mark-refused", "record:import");
            Ok(())
        };
        let (app, actor) = (self.into.app, Actor::Staff(self.into.me.id.clone()));
        app.store.act(actor, app.clock.now(), work).await?.into_inner();
        Ok(())
    }

    async fn flush(&mut self) -> Result<(), Fail> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let (lines, pages): (Vec<u64>, Vec<Examined>) = std::mem::take(&mut self.waiting).into_iter().unzip();
        let (app, body, me) = (self.into.app, self.into.body.id.clone(), self.into.me.clone());
        let work = async move |act: &mut Act| pages::take(act, &body, &me, &pages).await;
        let actor = Actor::Staff(self.into.me.id.clone());
        let took = app.store.act(actor, app.clock.now(), work).await?.into_inner();
        for (n, took) in lines.into_iter().zip(took) {
            match took {
                Took::Clean => self.done.clean += 1,
                Took::Desk => self.done.desk += 1,
                Took::Known => self.done.known += 1,
                Took::Refused(why) => self.done.refused.push((n, why.to_owned())),
            }
        }
        Ok(())
    }
}

/// A page, looked through whole.
fn page(into: &Target, item: Item) -> Result<Examined, Vec<Refusal>> {
    let Item { kind, mut typed, text, aside, .. } = item;
    let kind = Kind::parse(kind).ok_or_else(|| item::refuse("kind-unknown", "没有这个信息种类。"))?;
    let defaults = [
        ("openness", "open"),
        ("issuer", &into.body.name),
        ("source", &into.body.name),
        ("author", &into.me.section_name),
    ];
    for (name, value) in defaults {
        typed.entry(name.into()).or_insert_with(|| value.to_owned());
    }
    let said = |name: &str| aside.get(name).map_or("", String::as_str);
    let [address, first_public, capture, index_no] = ASIDE.map(said);
    let told = rules::Told { address, first_public, capture, index_no };
    let today: Day = into.app.clock.now().day();
    Ok(rules::examine(into.app.law(), rules::read(&told, kind, typed, text, today)?, today))
}
