//! The data of a benchmark: an installation of its own in a folder of its own, filled with public records.
//!
//! The facts (record, revision, publication) are written many to an act, without the desk and its reviews; the public
//! floor is then derived from them by the very code that publishes and rebuilds.

use super::words::{self, Dice};
use crate::config::Config;
use crate::fail::Fail;
use crate::house;
use app::App;
use app::account::store::{self as accounts, NewStaff};
use app::account::{Duty, password};
use app::body::Profile;
use app::record::kind::KINDS;
use app::record::model::{Fields, Openness, Paper};
use app::record::publish;
use app::record::table::{late, publication, record, revision};
use kernel::{Day, Instant, notation};
use law::Law;
use ledger::Salt;
use sea_orm::{EntityTrait, Set};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Act, Actor};

/// The organisation code of a body that does not exist.
pub const ORG: &str = "BENCH0001";
const NAME: &str = "基准测试机关";
/// Records that one act makes: an act has five seconds, on a slow machine and in a debug build too.
const TOGETHER: usize = 50;
/// So many years back, this one included.
const YEARS: u64 = 10;
/// 条例 20, item 1. The floor shows the ground; whether it was in force in each of these years is the gate's matter.
const GROUND: &str = "O20-1";

/// What the benchmark knows of a record, to ask for it and to check the answer.
pub struct Known {
    pub path: String,
    pub title: String,
    pub column: &'static str,
    pub class: String,
    pub kind: &'static str,
    pub year: i16,
}

/// An installation in a folder of its own, which goes when this goes.
pub struct Data {
    pub folder: PathBuf,
    pub config: Config,
    pub seed: u64,
    pub records: Vec<Known>,
    owner: Option<Owner>,
}

/// Whose the records are.
#[derive(Clone)]
pub struct Owner {
    pub body: String,
    section: String,
    pub staff: String,
}

impl Data {
    /// Inside `parent`, so that the disk under test is that of `parent`.
    pub fn new(parent: &Path, seed: u64) -> Result<Data, Fail> {
        let folder = parent.join(format!("mingtang-bench-{}", std::process::id()));
        house::make_folder(&folder)?;
        let folder = folder.canonicalize()?;
        let config = serde_json::from_value(serde_json::json!({ "data": folder })).map_err(Fail::fault)?;
        Ok(Data { folder, config, seed, records: vec![], owner: None })
    }

    /// What the records say, and the day of each, made again from the seed.
    pub fn papers(&self) -> impl Iterator<Item = (Paper, Day)> {
        let (seed, now, columns) = (self.seed, crate::clock::system().now(), columns(Law::built_in()));
        (0..self.records.len() as u64).map(move |n| {
            let made = Made::of(seed, n, now, &columns);
            (made.paper, made.issued)
        })
    }

    /// Makes records until there are `wanted`. Nobody else has the database open meanwhile or afterwards.
    pub async fn grow(&mut self, wanted: u64) -> Result<(), Fail> {
        let app = house::open(&self.config).await?;
        let owner = match self.owner.clone() {
            Some(owner) => owner,
            None => furnish(&app).await?,
        };
        self.owner = Some(owner.clone());
        let columns = columns(app.law());
        while (self.records.len() as u64) < wanted {
            let first = self.records.len() as u64;
            let more = (wanted - first).min(TOGETHER as u64);
            let now = app.clock.now();
            let drafts: Vec<Made> = (first..first + more).map(|n| Made::of(self.seed, n, now, &columns)).collect();
            self.records.extend(drafts.iter().map(Made::known));
            write(&app, &owner, drafts).await?;
        }
        Ok(())
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// A body, a section, and one account that nobody can sign in to.
pub async fn furnish(app: &App) -> Result<Owner, Fail> {
    let hash = password::hash(password::random()).await?;
    let work = async move |act: &mut Act| {
        let body = accounts::add_body(act, ORG, "", NAME, &Profile::default()).await?;
        let section = accounts::add_section(act, &body, "office", "办公室").await?;
        let new = NewStaff {
            body: body.clone(),
            section: section.clone(),
            login: "bench".into(),
            name: "经办人".into(),
            password: hash.clone(),
            duties: vec![Duty::Draft],
        };
        let staff = accounts::add_staff(act, &new).await?;
        Ok(Owner { body, section, staff })
    };
    Ok(app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner())
}

/// Columns with a class of the law: their path and the class.
fn columns(law: &'static Law) -> Vec<(&'static str, &'static str)> {
    let with_class = |c: &'static law::Column| Some((c.path.as_str(), c.class.as_deref()?));
    law.columns.iter().filter_map(with_class).collect()
}

/// A record before it is written.
struct Made {
    paper: Paper,
    kind: &'static str,
    column: &'static str,
    number: String,
    issued: Day,
    index_no: String,
    path: String,
    at: Instant,
    salt: Salt,
}

impl Made {
    fn of(seed: u64, n: u64, now: Instant, columns: &[(&'static str, &'static str)]) -> Made {
        let mut dice = Dice::of(seed, n);
        let this_year = now.day().year();
        let year = this_year - (n % YEARS) as i16;
        let at = moment(&mut dice, year, now);
        let (column, class) = columns[dice.below(columns.len())];
        let kind = &KINDS[dice.below(KINDS.len())];
        let title = words::title(&mut dice, year, kind.zh, n + 1);
        let fields = Fields {
            column: column.into(),
            class: class.into(),
            openness: Openness::Open,
            ground: GROUND.into(),
            issuer: NAME.into(),
            source: NAME.into(),
            author: "办公室".into(),
            keywords: "基准、测试".into(),
            summary: words::summary(&mut dice),
            formed: Some(at.day()),
            ..Fields::default()
        };
        let body = notation::parse(&words::text(&mut dice));
        let paper = Paper { format: 1, kind: kind.name.into(), title, fields, body, files: vec![] };
        let serial = n / YEARS + 1;
        let back = format!("{year}-{serial:05}");
        let mut salt = [0; 16];
        salt.iter_mut().for_each(|b| *b = dice.next().to_le_bytes()[0]);
        Made {
            paper,
            kind: kind.name,
            column,
            number: format!("测〔{year}〕{serial}号"),
            issued: at.day(),
            index_no: format!("{ORG}/{back}"),
            path: format!("/records/{ORG}/{back}"),
            at,
            salt: Salt(salt),
        }
    }

    fn known(&self) -> Known {
        Known {
            path: self.path.clone(),
            title: self.paper.title.clone(),
            column: self.column,
            class: self.paper.fields.class.clone(),
            kind: self.kind,
            year: self.at.day().year(),
        }
    }
}

/// Some moment of a year that is over by `now`.
fn moment(dice: &mut Dice, year: i16, now: Instant) -> Instant {
    let start = |year: i16| Day::new(year, 1, 1).map_or(now, Day::start);
    let (from, to) = (start(year).0, start(year + 1).0.min(now.0));
    let span = usize::try_from(to - from).unwrap_or(0).max(1);
    Instant(from + dice.below(span) as i64)
}

async fn write(app: &App, owner: &Owner, made: Vec<Made>) -> Result<(), Fail> {
    let (made, owner, law) = (Arc::new(made), owner.clone(), app.law());
    let work = async move |act: &mut Act| {
        let (mut rows, mut ids) = (Rows::default(), vec![]);
        for one in made.iter() {
            ids.push(rows.add(act, &owner, one)?);
        }
        rows.insert(act).await?;
        for id in &ids {
            publish::derive(act, law, id).await?;
        }
        act.journal("bench-fill", "floor");
        Ok(())
    };
    app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
    Ok(())
}

/// Rows of some records, inserted with a statement a table.
#[derive(Default)]
struct Rows {
    records: Vec<record::ActiveModel>,
    revisions: Vec<revision::ActiveModel>,
    lates: Vec<late::ActiveModel>,
    publications: Vec<publication::ActiveModel>,
}

impl Rows {
    /// Returns the record's id.
    fn add(&mut self, act: &Act, owner: &Owner, made: &Made) -> Result<String, store::Error> {
        let (record, revision) = (act.id(), act.id());
        self.records.push(record::ActiveModel {
            id: Set(record.clone()),
            body: Set(owner.body.clone()),
            kind: Set(made.kind.into()),
            section: Set(owner.section.clone()),
            made_by: Set(owner.staff.clone()),
            made_at: Set(made.at.0),
            index_no: Set(Some(made.index_no.clone())),
            path: Set(Some(made.path.clone())),
            revision: Set(Some(revision.clone())),
            published: Set(1),
            open: Set(0),
            publish_at: Set(None),
            version: Set(1),
        });
        self.publications.push(publication::ActiveModel {
            id: Set(act.id()),
            record: Set(record.clone()),
            n: Set(1),
            revision: Set(Some(revision.clone())),
            reason: Set("first".into()),
            at: Set(made.at.0),
        });
        let (number, issued) = (made.number.clone(), made.issued.to_string());
        self.lates.push(late::ActiveModel {
            id: Set(revision.clone()),
            number: Set(number),
            issued: Set(issued),
            original: Set(None),
        });
        self.revisions.push(revision::ActiveModel {
            id: Set(revision),
            record: Set(record.clone()),
            n: Set(1),
            author: Set(owner.staff.clone()),
            authors: Set(format!("[\"{}\"]", owner.staff)),
            at: Set(made.at.0),
            hash: Set(made.paper.hash().to_string()),
            salt: Set(made.salt.to_string()),
            bytes: Set(String::from_utf8(made.paper.bytes()).map_err(|e| store::Error::Fault(e.into()))?),
        });
        Ok(record)
    }

    async fn insert(self, act: &Act) -> Result<(), store::Error> {
        record::Entity::insert_many(self.records).exec_without_returning(act).await?;
        revision::Entity::insert_many(self.revisions).exec_without_returning(act).await?;
        late::Entity::insert_many(self.lates).exec_without_returning(act).await?;
        publication::Entity::insert_many(self.publications).exec_without_returning(act).await?;
        Ok(())
    }
}
