//! The public floor is written here and nowhere else: by the act that publishes, and by `rebuild public`, which derives
//! the same rows again from the same facts.

use super::backfill;
use super::kind::{Kind, documents};
use super::model::{HIDDEN, Paper, Reason, Revision};
use super::public::place::places;
use super::rules::PublishOrder;
use super::store::{Loaded, load_revision};
use super::table::{publication, record, revision};
use super::versions::{Shown, removed, shown, since_withdrawal};
use super::{hiding, left, on_show, publicity, reference, texts, typed};
use crate::account;
use crate::floor::{FileLine, VersionLine, first_at, public_file, public_listing, public_page, public_version};
use kernel::{Instant, notation};
use law::Law;
use ledger::{Action, Hashes, Salt, Statement};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use store::{Act, Error};

/// Publishes what the gate let through. The hash is compared once more: gate and insert check the same thing.
pub async fn publish(act: &mut Act, law: &Law, on: &Loaded, org: &str, order: PublishOrder) -> Result<String, Error> {
    let revision = on.revision.as_ref().filter(|r| r.id == order.revision() && r.hash == order.hash());
    let revision = revision.ok_or_else(|| Error::fault("the order is for another text"))?;
    if on.publications.iter().any(|p| p.revision.as_deref() == Some(&revision.id)) {
        return Err(Error::Conflict);
    }
    let (index_no, path) = match (&on.row.index_no, &on.row.path) {
        (Some(index_no), Some(path)) => (index_no.clone(), path.clone()),
        _ => backfill::index_no(act, &on.row.body, org, &on.row.id).await?,
    };
    let n = on.publications.last().map_or(0, |p| p.n) + 1;
    let leak = Reason::protective(&revision.paper.fields.correction).filter(|_| on.stands().is_some());
    let (action, reason) = if n == 1 { (Action::Publish, "first") } else { (Action::Correct, "ordinary") };
    add_publication(act, on, n, Some(&revision.id), leak.map_or(reason, |r| r.word)).await?;
    if let Some(hidden) = &on.hidden {
        hiding::close(act, hidden, hiding::CORRECTED, "").await?;
    }
    if let Some(leak) = leak {
        destroy_salts(act, &on.row.id, &revision.id).await?;
        note_removal(act, &on.row.id, leak.word, n - 1);
    }
    record::Entity::update_many()
        .col_expr(record::Column::IndexNo, Expr::value(index_no.clone()))
        .col_expr(record::Column::Path, Expr::value(path.clone()))
        .col_expr(record::Column::Published, Expr::value(n))
        .col_expr(record::Column::Open, Expr::value(0_i64))
        .col_expr(record::Column::PublishAt, Expr::value(None::<i64>))
        .filter(record::Column::Id.eq(&on.row.id))
        .exec(act)
        .await?;
    derive(act, law, &on.row.id).await?;
    let about = format!("record:{}", on.row.id);
    state_revision(act, &about, org, &index_no, (action, n), revision).await?;
    act.journal_with("publish", &about, serde_json::json!({ "version": n, "hash": revision.hash.to_string() }));
    // Old pages were public elsewhere already, and go to no other outlet by themselves (decision 17).
    if n > 1 || on.backfilled.is_none() {
        act.queue(super::jobs::FOLLOW, &on.row.id, act.now);
    }
    on_show::see_to_its_end(act, &on.row.id).await?;
    Ok(path)
}

/// The ledger's statement about a version and its late fields.
async fn state_revision(
    act: &mut Act,
    about: &str,
    org: &str,
    index_no: &str,
    (action, n): (Action, i64),
    revision: &Revision,
) -> Result<(), Error> {
    let salt = salt_of(act, &revision.id).await?;
    let hashes = Hashes::new(&salt, &revision.hash, revision.late.hash().as_ref());
    let version = u32::try_from(n).map_err(|e| Error::Fault(e.into()))?;
    act.state(about, &Statement::publication(action, org, index_no, version, act.now, Some(hashes)));
    Ok(())
}

/// Says again in the ledger what a version that stands is: it was restored, or its late fields came.
pub async fn state_version(
    act: &mut Act,
    on: &Loaded,
    org: &str,
    action: Action,
    public: &publication::Model,
) -> Result<(), Error> {
    let (id, index_no) = public.revision.as_ref().zip(on.row.index_no.as_ref()).ok_or(Error::NotFound)?;
    let revision = load_revision(act, id).await?;
    let about = format!("record:{}", on.row.id);
    state_revision(act, &about, org, index_no, (action, public.n), &revision).await
}

async fn salt_of(act: &Act, revision: &str) -> Result<Salt, Error> {
    let row = revision::Entity::find_by_id(revision).one(act).await?.ok_or(Error::NotFound)?;
    Salt::parse(&row.salt).ok_or_else(|| Error::fault("a revision without a salt"))
}

async fn add_publication(act: &Act, on: &Loaded, n: i64, revision: Option<&str>, reason: &str) -> Result<(), Error> {
    let row = publication::ActiveModel {
        id: Set(act.id()),
        record: Set(on.row.id.clone()),
        n: Set(n),
        revision: Set(revision.map(str::to_owned)),
        reason: Set(reason.into()),
        at: Set(act.now.0),
    };
    publication::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// Without its salt a statement of the ledger says nothing of the content any more. `but` keeps its own.
async fn destroy_salts(act: &Act, record: &str, but: &str) -> Result<(), Error> {
    revision::Entity::update_many()
        .col_expr(revision::Column::Salt, Expr::value(""))
        .filter(revision::Column::Record.eq(record))
        .filter(revision::Column::Id.ne(but))
        .exec(act)
        .await?;
    Ok(())
}

/// For a restore: what of this record, up to version `n`, may not come back. The line goes into `removed.log`.
pub fn note_removal(act: &mut Act, record: &str, word: &str, n: i64) {
    act.queue("note-removal", &format!("{record}\t{word}\t{n}"), act.now);
}

/// Takes a record down: every path of ours forgets it in this act, a tombstone stays. A protective reason destroys the
/// salts too, which unlinks the ledger's statements from the content.
pub async fn withdraw(act: &mut Act, law: &Law, on: &Loaded, org: &str, reason: &Reason) -> Result<(), Error> {
    withdraw_saying(act, law, on, org, reason, "").await
}

/// As [`withdraw`]; `opinion` ends an open pull-down and stays with it.
pub async fn withdraw_saying(
    act: &mut Act,
    law: &Law,
    on: &Loaded,
    org: &str,
    reason: &Reason,
    opinion: &str,
) -> Result<(), Error> {
    let public = on.stands().ok_or(Error::NotFound)?;
    let index_no = on.row.index_no.clone().ok_or_else(|| Error::fault("public without an index number"))?;
    act.bump(&on.row, on.row.version).await?;
    let n = public.n + 1;
    add_publication(act, on, n, None, reason.word).await?;
    record::Entity::update_many()
        .col_expr(record::Column::Published, Expr::value(0_i64))
        .col_expr(record::Column::Open, Expr::value(0_i64))
        .col_expr(record::Column::PublishAt, Expr::value(None::<i64>))
        .filter(record::Column::Id.eq(&on.row.id))
        .exec(act)
        .await?;
    if let Some(hidden) = &on.hidden {
        hiding::close(act, hidden, hiding::WITHDRAWN, opinion).await?;
    }
    if reason.protective {
        destroy_salts(act, &on.row.id, "").await?;
    }
    derive(act, law, &on.row.id).await?;
    let about = format!("record:{}", on.row.id);
    let version = u32::try_from(n).map_err(|e| Error::Fault(e.into()))?;
    act.state(&about, &Statement::publication(Action::Withdraw, org, &index_no, version, act.now, None));
    act.journal_with("withdraw", &about, serde_json::json!({ "reason": reason.word }));
    act.queue(super::jobs::FOLLOW, &on.row.id, act.now);
    note_removal(act, &on.row.id, reason.word, public.n);
    Ok(())
}

/// Makes the public rows of one record what its facts say, and the law in force of its ground. Anything may have stood
/// there before.
pub async fn derive(act: &mut Act, law: &Law, record: &str) -> Result<(), Error> {
    let row = record::Entity::find_by_id(record).one(act).await?.ok_or(Error::NotFound)?;
    let before = reference::clear(act, &row).await?;
    let files = floor(act, law, &row).await?;
    texts::follow(act, record, &files).await?;
    reference::follow(act, &row, before).await
}

/// The rows of the record itself. Returns the files of the version that stands.
async fn floor(act: &Act, law: &Law, row: &record::Model) -> Result<Vec<FileLine>, Error> {
    let record = row.id.as_str();
    super::clear::clear(act, row).await?;
    if row.index_no.is_some() {
        super::clear::note_change(act, record).await?;
    }
    let publications = publication::Entity::find()
        .filter(publication::Column::Record.eq(record))
        .order_by_asc(publication::Column::N)
        .all(act)
        .await?;
    let (Some(last), Some(index_no), Some(path)) = (publications.last(), &row.index_no, &row.path) else {
        return Ok(vec![]);
    };
    let first_public = backfill::lead(act, record, path).await?;
    let gone = match (&last.revision, hiding::open(act, record).await?) {
        (None, _) => Some((last.at, last.reason.clone())),
        (Some(_), Some(hidden)) => Some((hidden.at, HIDDEN.to_owned())),
        (Some(_), None) => None,
    };
    if let Some((at, reason)) = gone {
        left::write(act, row, (index_no, path), &publications, (at, &reason)).await?;
        return Ok(vec![]);
    }
    let since = since_withdrawal(&publications);
    let (shown, gone) = (shown(act, since, path).await?, removed(since));
    let section = section_name(act, &row.section).await?;
    let term = on_show::term(act, law, since, &shown).await?;
    let files = shown.last().map(|last| last.files.clone()).unwrap_or_default();
    Derived { law, row, index_no, path, section, first_public, shown, gone, term }.write(act).await?;
    Ok(files)
}

async fn section_name(act: &Act, id: &str) -> Result<String, Error> {
    let row = account::store::section::Entity::find_by_id(id).one(act).await?;
    Ok(row.map(|s| s.name).unwrap_or_default())
}

/// All public rows of one record, about to be written.
struct Derived<'a> {
    law: &'a Law,
    row: &'a record::Model,
    index_no: &'a str,
    path: &'a str,
    section: String,
    /// Of a page that was public elsewhere before: the day.
    first_public: Option<String>,
    shown: Vec<Shown>,
    /// Versions of which only this is left.
    gone: Vec<VersionLine>,
    /// Of a 公示.
    term: Option<publicity::Span>,
}

impl Derived<'_> {
    async fn write(&self, act: &Act) -> Result<(), Error> {
        let last = self.shown.last().ok_or_else(|| Error::fault("published without a version"))?;
        public_page::Entity::insert(self.page(last)?).exec_without_returning(act).await?;
        public_listing::Entity::insert_many(self.listings(last)?).exec_without_returning(act).await?;
        let versions = self.shown.iter().map(|s| self.version(s)).collect::<Result<Vec<_>, _>>()?;
        public_version::Entity::insert_many(versions).exec_without_returning(act).await?;
        reference::write(act, self.row, self.path, &last.revision, self.first().day()).await?;
        let files: Vec<_> = self.shown.iter().flat_map(|s| self.files(s)).collect();
        if !files.is_empty() {
            public_file::Entity::insert_many(files).exec_without_returning(act).await?;
        }
        Ok(())
    }

    fn page(&self, last: &Shown) -> Result<public_page::ActiveModel, Error> {
        let (paper, late) = (&last.revision.paper, &last.revision.late);
        let lines = self.shown.iter().rev().map(version_line).chain(self.gone.iter().rev().cloned());
        let lines: Vec<VersionLine> = lines.collect();
        let ground = self.law.ground(&paper.fields.ground);
        let f = &paper.fields;
        let text = |t: &String| Set(t.clone());
        let day = |d: Option<kernel::Day>| Set(d.map(|d| d.to_string()).unwrap_or_default());
        Ok(public_page::ActiveModel {
            id: text(&self.row.id),
            body: text(&self.row.body),
            path: Set(self.path.into()),
            index_no: Set(self.index_no.into()),
            version: Set(last.n),
            kind: text(&paper.kind),
            title: text(&paper.title),
            place: text(&f.column),
            class: text(&f.class),
            section: text(&self.section),
            number: text(&late.number),
            issuer: text(&f.issuer),
            issued: day(late.issued),
            effective: day(f.effective),
            expires: day(self.expires(last)),
            shown_from: day(self.term.as_ref().map(|t| t.from)),
            shown_until: day(self.term.as_ref().map(|t| t.until)),
            published_at: Set(self.first().0),
            changed_at: Set(last.at.0),
            basis: Set(ground.map(|g| g.cite.clone()).unwrap_or_default()),
            summary: text(&f.summary),
            keywords: text(&f.keywords),
            source: text(&f.source),
            author: text(&f.author),
            ending: Set(String::new()),
            ended: Set(String::new()),
            data: Set(data(paper)?),
            related: Set(String::new()),
            hash: Set(last.revision.hash.to_string()),
            note: Set(note_of(paper)?),
            versions: Set(json(&lines)?),
            files: Set(json(&last.files)?),
            content: Set(json(&paper.body)?),
            original: Set(last.original.as_ref().map(|o| json(&[o])).transpose()?),
            first_public: Set(self.first_public.clone()),
        })
    }

    fn first(&self) -> Instant {
        let gone = self.gone.first().map(|line| Instant(line.at));
        gone.or(self.shown.first().map(|s| s.at)).unwrap_or(Instant(0))
    }

    /// One row for each place: everywhere, its columns and the sections above them, its statutory class.
    fn listings(&self, last: &Shown) -> Result<Vec<public_listing::ActiveModel>, Error> {
        let (paper, late) = (&last.revision.paper, &last.revision.late);
        let (data, expires) = (data(paper)?, self.expires(last).map(|d| d.to_string()).unwrap_or_default());
        let f = &paper.fields;
        let row = |place: String| public_listing::ActiveModel {
            id: Set(format!("{place}#{}", self.row.id)),
            body: Set(self.row.body.clone()),
            place: Set(place),
            published_at: Set(self.first().0),
            page: Set(self.row.id.clone()),
            path: Set(self.path.into()),
            kind: Set(paper.kind.clone()),
            title: Set(paper.title.clone()),
            number: Set(late.number.clone()),
            index_no: Set(self.index_no.into()),
            issuer: Set(f.issuer.clone()),
            section: Set(self.section.clone()),
            issued: Set(late.issued.map(|d| d.to_string()).unwrap_or_default()),
            effective: Set(f.effective.map(|d| d.to_string()).unwrap_or_default()),
            expires: Set(expires.clone()),
            shown_from: Set(self.term.as_ref().map(|t| t.from.to_string()).unwrap_or_default()),
            shown_until: Set(self.term.as_ref().map(|t| t.until.to_string()).unwrap_or_default()),
            version: Set(last.n),
            summary: Set(f.summary.clone()),
            formed: Set(f.formed.map(|d| d.to_string())),
            data: Set(data.clone()),
            ending: Set(String::new()),
            ended: Set(String::new()),
            first_public: Set(self.first_public.clone()),
            first_at: Set(first_at(self.first_public.as_deref(), self.first().0)),
        };
        Ok(places(&f.column, &f.also, &f.class).into_iter().map(row).collect())
    }

    /// The last day in force: as the paper says, else as the law reckons it.
    fn expires(&self, last: &Shown) -> Option<kernel::Day> {
        let Revision { paper, late, .. } = &last.revision;
        documents::expires(self.law, &paper.title, &paper.fields, late, self.first().day())
    }

    fn version(&self, shown: &Shown) -> Result<public_version::ActiveModel, Error> {
        let paper = &shown.revision.paper;
        Ok(public_version::ActiveModel {
            id: Set(format!("{}#{}", self.row.id, shown.n)),
            body: Set(self.row.body.clone()),
            path: Set(self.path.into()),
            version: Set(shown.n),
            title: Set(paper.title.clone()),
            at: Set(shown.at.0),
            hash: Set(shown.revision.hash.to_string()),
            note: Set(note_of(paper)?),
            files: Set(json(&shown.files)?),
            content: Set(json(&paper.body)?),
        })
    }

    fn files(&self, shown: &Shown) -> Vec<public_file::ActiveModel> {
        let row = |f: &FileLine| public_file::ActiveModel {
            id: Set(format!("{}#{}", self.row.id, f.path)),
            body: Set(self.row.body.clone()),
            page: Set(self.row.id.clone()),
            path: Set(f.path.clone()),
            name: Set(f.name.clone()),
            kind: Set(f.kind.clone()),
            size: Set(f.size),
            sha256: Set(f.sha256.clone()),
        };
        shown.files.iter().chain(&shown.original).map(row).collect()
    }
}

fn version_line(shown: &Shown) -> VersionLine {
    let (hash, says) = (shown.revision.hash.to_string(), shown.revision.paper.fields.change.clone());
    VersionLine { n: shown.n, at: shown.at.0, reason: shown.reason.clone(), hash, says, removed: None }
}

/// The typed fields that anyone may see; asked of the table of the kind once more.
fn data(paper: &Paper) -> Result<String, Error> {
    let Some(kind) = Kind::parse(&paper.kind).filter(|_| !paper.fields.data.is_empty()) else {
        return Ok(String::new());
    };
    let (public, _) = typed::parted(kind, paper.fields.data.clone());
    if public.is_empty() { Ok(String::new()) } else { json(&public) }
}

/// The editor's note as blocks.
fn note_of(paper: &Paper) -> Result<String, Error> {
    json(&notation::parse(&paper.fields.note))
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Fault(e.into()))
}
