//! Records in the database: drafts, revisions, reviews, findings. Publishing stands in `publish.rs`.

pub use super::decide::{Decision, add_review};
use super::field::Data;
use super::findings;
use super::internal;
use super::kind::{Kind, Step};
use super::model::{Attachment, Backfilled, Hold, Late, Mark, Paper, Review, Revision, State, Typed, Verdict};
use super::prohibited::{self, Found, Text};
use super::rules::{self, Case, PublishOrder};
use super::several;
use super::table::{
    draft, draft_file, draft_writer, finding, hide, late, publication, record, review, revision, revision_file,
};
use crate::account::Me;
use kernel::{Day, Hash, Instant, Refusal, notation};
use law::Law;
use ledger::Salt;
use rand::RngCore;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};
use store::{Act, Error};

/// A record with what a page or a rule needs of it.
pub struct Loaded {
    pub row: record::Model,
    pub kind: &'static Kind,
    /// The one submitted last.
    pub revision: Option<Revision>,
    pub files: Vec<revision_file::Model>,
    pub reviews: Vec<Review>,
    pub findings: Vec<Mark>,
    pub publications: Vec<publication::Model>,
    /// The pull-down that nobody has decided upon yet.
    pub hidden: Option<hide::Model>,
    /// Its author took the revision back before it was decided on.
    pub taken_back: bool,
    /// The signed 补录 decision by which it came, if it came by one.
    pub backfilled: Option<Backfilled>,
    /// What names it and holds it back.
    pub holds: Vec<Hold>,
}

impl Loaded {
    pub fn state(&self) -> State {
        let published = |p: &publication::Model| p.revision.is_some() && p.revision == self.row.revision;
        let shown = self.publications.last().is_some_and(published);
        if shown && self.hidden.is_some() {
            return State::Hidden;
        }
        let taken_down = !shown && self.publications.iter().any(published);
        match State::of(self.kind, self.revision.as_ref(), &self.reviews, shown, taken_down) {
            State::InReview(_) if self.taken_back => State::TakenBack,
            state => state,
        }
    }

    /// Asks the gate about the revision submitted last. `Refused` with every reason, `NotFound` without a revision.
    pub fn ask_gate(&self, law: &'static Law, asker: Option<&Me>, today: Day) -> Result<PublishOrder, Error> {
        let revision = self.revision.as_ref().ok_or(Error::NotFound)?;
        let (kind, reviews, findings) = (self.kind, &self.reviews[..], &self.findings[..]);
        let (corrects, backfilled) = (self.corrects(), self.backfilled.as_ref());
        let hidden = self.hidden.as_ref().map(|h| h.reason.as_str()).filter(|_| corrects);
        let holds = &self.holds[..];
        let case = Case { law, kind, revision, reviews, findings, asker, today, corrects, hidden, backfilled, holds };
        Ok(rules::gate(&case)?)
    }

    /// What holds back the revision submitted last, whatever its reviews say.
    pub fn held(&self) -> Vec<Refusal> {
        let hash = self.revision.as_ref().map(|r| r.hash);
        hash.map_or(vec![], |hash| self.holds.iter().filter_map(|hold| hold.against(&hash)).collect())
    }

    /// The step that waits.
    pub fn waits_for(&self) -> Option<Step> {
        match self.state() {
            State::InReview(step) => Some(step),
            _ => None,
        }
    }

    pub fn title(&self) -> String {
        self.revision.as_ref().map(|r| r.paper.title.clone()).unwrap_or_default()
    }
}

/// Of this body only: another body's record does not exist.
pub async fn load(db: &impl ConnectionTrait, body: &str, id: &str) -> Result<Loaded, Error> {
    let row = record::Entity::find_by_id(id).one(db).await?.filter(|r| r.body == body).ok_or(Error::NotFound)?;
    loaded(db, row).await
}

/// The row with all that belongs to it.
pub async fn loaded(db: &impl ConnectionTrait, row: record::Model) -> Result<Loaded, Error> {
    several::loaded(db, vec![row]).await?.pop().ok_or(Error::NotFound)
}

pub async fn load_revision(db: &impl ConnectionTrait, id: &str) -> Result<Revision, Error> {
    let row = revision::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?;
    let late = late::Entity::find_by_id(id).one(db).await?;
    to_revision(row, late)
}

pub fn to_revision(row: revision::Model, late: Option<late::Model>) -> Result<Revision, Error> {
    let wrong = |what: &str| Error::fault(format!("revision {} has {what}", row.id));
    let paper: Paper = serde_json::from_str(&row.bytes).map_err(|_| wrong("unreadable bytes"))?;
    let authors: Vec<String> = serde_json::from_str(&row.authors).map_err(|_| wrong("unreadable authors"))?;
    let hash = Hash::parse(&row.hash).ok_or_else(|| wrong("no digest"))?;
    let late = late.map(Late::from).unwrap_or_default();
    Ok(Revision { id: row.id, n: row.n, author: row.author, authors, at: Instant(row.at), hash, paper, late })
}

pub async fn files_of(db: &impl ConnectionTrait, revision: &str) -> Result<Vec<revision_file::Model>, Error> {
    let all = revision_file::Entity::find()
        .filter(revision_file::Column::Revision.eq(revision))
        .order_by_asc(revision_file::Column::N);
    Ok(all.all(db).await?)
}

pub fn to_review(row: review::Model) -> Result<Review, Error> {
    let wrong = || Error::fault("an unreadable review");
    Ok(Review {
        step: Step::parse(&row.step).ok_or_else(wrong)?,
        staff: row.staff,
        verdict: Verdict::parse(&row.verdict).ok_or_else(wrong)?,
        hash: Hash::parse(&row.hash).ok_or_else(wrong)?,
        answers: serde_json::from_str(&row.answers).map_err(|_| wrong())?,
        opinion: row.opinion,
        at: Instant(row.at),
        acting_for: row.acting_for,
        paper: row.paper,
    })
}

pub fn to_mark(row: finding::Model) -> Mark {
    Mark {
        id: row.id,
        n: row.n,
        rule: row.rule,
        severity: row.severity,
        place: row.place,
        excerpt: row.excerpt,
        says: row.says,
        settled: row.settled_by.is_some(),
        reason: row.reason,
    }
}

/// What *submit* writes.
pub struct Submission {
    pub paper: Paper,
    pub late: Late,
    /// Typed fields for staff only.
    pub internal: Data,
    pub files: Vec<draft_file::Model>,
    /// What the body had set for its scanner on the day.
    pub scanner: scan::Settings,
    /// What the scanner finds in the text, and what the caller adds of the files.
    pub marks: Vec<scan::Finding>,
    /// What this body may not publish itself.
    pub prohibited: Vec<Found>,
    /// Besides who submits: others who had the text in hand and so review none of it.
    pub authors: Vec<String>,
}

/// What a draft says on a day.
pub struct Written {
    pub paper: Paper,
    pub late: Late,
    /// Typed fields for staff only.
    pub internal: Data,
}

impl Written {
    /// Every fault of the fields, or of text and files, where there is one.
    pub fn read(
        law: &'static Law,
        kind: &Kind,
        typed: &Typed,
        text: &str,
        files: &[draft_file::Model],
        today: Day,
    ) -> Result<Written, Vec<Refusal>> {
        let rules::Filled { title, fields, late, internal } = rules::read_fields(law, kind, typed, today)?;
        let attach =
            |f: &draft_file::Model| Attachment { name: f.name.clone(), kind: f.kind.clone(), sha256: f.blob.clone() };
        let (attached, body) = (files.iter().map(attach).collect(), notation::parse(text));
        let paper = Paper { format: 1, kind: kind.name.into(), title, fields, body, files: attached };
        let why = rules::paper_faults(&paper);
        if why.is_empty() { Ok(Written { paper, late, internal }) } else { Err(why) }
    }
}

impl Submission {
    /// A draft, looked through whole. `texts` are the files that are plain text. Scanning takes milliseconds: where it
    /// can be, before the act.
    ///
    /// # Errors
    /// Those of [`Written::read`].
    pub fn read(
        law: &'static Law,
        kind: &Kind,
        typed: &Typed,
        text: &str,
        files: Vec<draft_file::Model>,
        texts: &[Text],
        today: Day,
    ) -> Result<Submission, Vec<Refusal>> {
        let Written { paper, late, internal } = Written::read(law, kind, typed, text, &files, today)?;
        let prohibited = prohibited::find(law, &paper.title, typed, &paper.body, texts);
        let kept = super::draft::paper_typed(&paper, &late);
        let scanner = law.scanner.on(today);
        let mut marks = scan::scan_with(&rules::pieces(&paper.title, &kept, &paper.body), &scanner);
        marks.extend(findings::wordless(&paper.body, &scanner));
        Ok(Submission { paper, late, internal, files, scanner, marks, prohibited, authors: vec![] })
    }
}

/// Makes a Revision of a draft, which is then gone. A draft that began from another revision than the latest is the
/// `Conflict`: the page shows both texts.
pub async fn submit(act: &mut Act, on: &Loaded, draft: &draft::Model, new: &Submission) -> Result<String, Error> {
    if on.row.revision.clone().unwrap_or_default() != draft.base {
        return Err(Error::Conflict);
    }
    super::evidence::takes_words(act, &on.row.id).await?;
    act.bump(&on.row, on.row.version).await?;
    let (id, hash) = (act.id(), new.paper.hash());
    let before = writers(act, draft).await?;
    let authors = authors(on, before.iter().chain(&new.authors));
    let row = revision::ActiveModel {
        id: Set(id.clone()),
        record: Set(on.row.id.clone()),
        n: Set(on.revision.as_ref().map_or(0, |r| r.n) + 1),
        author: Set(draft.staff.clone()),
        authors: Set(serde_json::to_string(&authors).map_err(|e| Error::Fault(e.into()))?),
        at: Set(act.now.0),
        hash: Set(hash.to_string()),
        salt: Set(random_salt().to_string()),
        bytes: Set(String::from_utf8(new.paper.bytes()).map_err(|e| Error::Fault(e.into()))?),
    };
    revision::Entity::insert(row).exec_without_returning(act).await?;
    save_parts(act, &id, new).await?;
    record::Entity::update_many()
        .col_expr(record::Column::Revision, Expr::value(id.clone()))
        .col_expr(record::Column::Open, Expr::value(1_i64))
        .filter(record::Column::Id.eq(&on.row.id))
        .exec(act)
        .await?;
    draft_file::Entity::delete_many().filter(draft_file::Column::Draft.eq(&draft.id)).exec(act).await?;
    draft_writer::Entity::delete_many().filter(draft_writer::Column::Draft.eq(&draft.id)).exec(act).await?;
    draft::Entity::delete_by_id(&draft.id).exec(act).await?;
    act.journal_with("submit", &format!("record:{}", on.row.id), serde_json::json!({ "hash": hash.to_string() }));
    Ok(id)
}

/// Whoever's edits are in the text since the last publication.
fn authors<'a>(on: &Loaded, now: impl Iterator<Item = &'a String>) -> Vec<String> {
    let since = on.publications.last().is_none_or(|p| p.revision != on.row.revision);
    let mut all = on.revision.as_ref().filter(|_| since).map(|r| r.authors.clone()).unwrap_or_default();
    for staff in now {
        if !all.contains(staff) {
            all.push(staff.clone());
        }
    }
    all
}

/// The holder of a draft, and whose it was before it was handed over.
async fn writers(db: &impl ConnectionTrait, draft: &draft::Model) -> Result<Vec<String>, Error> {
    let before = draft_writer::Entity::find().filter(draft_writer::Column::Draft.eq(&draft.id)).all(db).await?;
    Ok(std::iter::once(draft.staff.clone()).chain(before.into_iter().map(|w| w.staff)).collect())
}

fn random_salt() -> Salt {
    let mut bytes = [0; 16];
    rand::rng().fill_bytes(&mut bytes);
    Salt(bytes)
}

/// Late fields, files and findings of a new revision.
async fn save_parts(act: &Act, revision: &str, new: &Submission) -> Result<(), Error> {
    if !new.late.is_empty() {
        let issued = new.late.issued.map(|d| d.to_string()).unwrap_or_default();
        let row = late::ActiveModel {
            id: Set(revision.into()),
            number: Set(new.late.number.clone()),
            issued: Set(issued),
            original: Set(None),
        };
        late::Entity::insert(row).exec_without_returning(act).await?;
    }
    internal::write(act, revision, &new.internal).await?;
    let file = |(n, f): (usize, &draft_file::Model)| revision_file::ActiveModel {
        id: Set(act.id()),
        revision: Set(revision.into()),
        n: Set(n as i64 + 1),
        name: Set(f.name.clone()),
        kind: Set(f.kind.clone()),
        size: Set(f.size),
        blob: Set(f.blob.clone()),
    };
    let files: Vec<_> = new.files.iter().enumerate().map(file).collect();
    if !files.is_empty() {
        revision_file::Entity::insert_many(files).exec_without_returning(act).await?;
    }
    let marks = findings::rows(act, revision, &new.marks, &new.prohibited);
    if !marks.is_empty() {
        finding::Entity::insert_many(marks).exec_without_returning(act).await?;
    }
    Ok(())
}

/// A person keeps what the scanner marked, and says why.
///
/// `acting_for` is the holder of the lent duty that is used.
pub async fn settle(
    act: &mut Act,
    on: &Loaded,
    finding: &str,
    (staff, acting_for): (&str, Option<&str>),
    reason: &str,
) -> Result<(), Error> {
    let known = on.findings.iter().find(|f| f.id == finding).ok_or(Error::NotFound)?;
    super::evidence::takes_words(act, &on.row.id).await?;
    finding::Entity::update_many()
        .col_expr(finding::Column::SettledBy, Expr::value(staff))
        .col_expr(finding::Column::Reason, Expr::value(reason))
        .filter(finding::Column::Id.eq(finding))
        .exec(act)
        .await?;
    let mut facts = serde_json::json!({ "rule": known.rule });
    if let Some(holder) = acting_for {
        facts["for"] = holder.into();
    }
    act.journal_with("settle-finding", &format!("record:{}", on.row.id), facts);
    Ok(())
}

/// Which records a list shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// Under way.
    Open,
    Published,
    Withdrawn,
}

/// Records of a body, the newest first, at most `most`, before an id where one is given.
pub async fn some(
    db: &impl ConnectionTrait,
    body: &str,
    which: Which,
    before: Option<&str>,
    most: u64,
) -> Result<Vec<record::Model>, Error> {
    use record::Column::{Body, Id, IndexNo, Open, Published};
    let mut find = record::Entity::find().filter(Body.eq(body)).order_by_desc(Id).limit(most);
    find = match which {
        Which::Open => find.filter(Open.eq(1)),
        Which::Published => find.filter(Published.gt(0)),
        Which::Withdrawn => find.filter(Published.eq(0)).filter(IndexNo.is_not_null()),
    };
    if let Some(before) = before {
        find = find.filter(Id.lt(before));
    }
    Ok(find.all(db).await?)
}
