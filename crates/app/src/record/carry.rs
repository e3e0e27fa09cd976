//! Carries a finished paper from draft to the public, step by step, as people at the desk do it: the demo's history,
//! and benchmarks. It asks the same rules, in the name of the same persons, and has no way round the gate.

use super::draft as drafts;
use super::kind::{Kind, Step};
use super::model::{Typed, Verdict};
use super::rules;
use super::store::{self, Decision, Submission};
use super::{file, publish};
use crate::App;
use crate::account::{Duty, Me};
use crate::body::Body;
use crate::posted::Upload;
use ::store::{Act, Actor, Error};
use kernel::{Instant, Refusal, notation};
use std::sync::Arc;

/// A paper, and who takes which part in it.
pub struct Carried {
    pub body: Body,
    pub kind: &'static Kind,
    /// The id of the section.
    pub section: String,
    pub typed: Typed,
    pub text: String,
    pub files: Vec<Upload>,
    pub author: Me,
    /// Somebody for every step of the route; none of them the author.
    pub reviewers: Vec<Me>,
    /// Why the reviewer of secrecy keeps what the scanner marks.
    pub kept_because: String,
    /// When all of it was done.
    pub at: Instant,
}

impl Carried {
    fn reviewer(&self, duty: Duty) -> Result<&Me, Error> {
        let missing = || Error::from(Refusal::new("nobody", format!("没有人有{}岗位。", duty.zh())));
        self.reviewers.iter().find(|r| r.has(duty)).ok_or_else(missing)
    }
}

/// Draft, submission, reviews, gate, publication. Returns the public path.
///
/// # Errors
/// Every refusal that a person at the desk would get; nothing is public then.
pub async fn carry(app: &App, paper: Carried) -> Result<String, Error> {
    let why = faults(&paper);
    if !why.is_empty() {
        return Err(why.into());
    }
    let paper = Arc::new(paper);
    let record = draft(app, &paper).await?;
    submit(app, &paper, &record).await?;
    settle(app, &paper, &record).await?;
    let mut path = None;
    for step in paper.kind.route {
        path = take(app, &paper, &record, *step).await?;
    }
    path.ok_or_else(|| Error::fault("the route ended before the gate"))
}

/// What is refused before anything is stored.
fn faults(paper: &Carried) -> Vec<Refusal> {
    let title = paper.typed.get("title").cloned().unwrap_or_default();
    let mut why = rules::secret_refusals(&rules::pieces(&title, &paper.typed, &notation::parse(&paper.text)));
    why.extend(paper.files.iter().flat_map(|f| file::file_faults(f, false)));
    why
}

fn by(me: &Me) -> Actor {
    Actor::Staff(me.id.clone())
}

async fn draft(app: &App, paper: &Arc<Carried>) -> Result<String, Error> {
    let mut blobs = vec![];
    for sent in &paper.files {
        blobs.push(app.blobs.put(&app.store, sent.bytes.clone(), by(&paper.author), paper.at).await?.to_string());
    }
    let p = paper.clone();
    let work = async move |act: &mut Act| {
        let record = drafts::create(act, &p.body.id, p.kind, &p.section, &p.author.id, &p.typed, &p.text).await?;
        let draft = drafts::my_draft(act, &record, &p.author.id).await?.ok_or(Error::NotFound)?;
        for (sent, blob) in p.files.iter().zip(&blobs) {
            let kind = file::media_type(&sent.name).unwrap_or("application/octet-stream");
            drafts::add_file(act, &draft.id, &sent.name, kind, sent.bytes.len() as i64, blob).await?;
        }
        Ok(record)
    };
    app.store.act(by(&paper.author), paper.at, work).await.map(::store::Done::into_inner)
}

async fn submit(app: &App, paper: &Arc<Carried>, record: &str) -> Result<(), Error> {
    let (law, p, record) = (app.law(), paper.clone(), record.to_owned());
    let texts: Vec<_> = p.files.iter().filter_map(|f| file::text(&f.name, &f.bytes)).collect();
    let work = async move |act: &mut Act| {
        let on = store::load(act, &p.body.id, &record).await?;
        let draft = drafts::my_draft(act, &record, &p.author.id).await?.ok_or(Error::NotFound)?;
        let files = drafts::draft_files(act, &draft.id).await?;
        let made = Submission::read(law, p.kind, &p.typed, &p.text, files, &texts, act.now.day())?;
        store::submit(act, &on, &draft, &made).await.map(drop)
    };
    app.store.act(by(&paper.author), paper.at, work).await.map(::store::Done::into_inner)
}

/// The reviewer of secrecy decides on what the scanner marked.
async fn settle(app: &App, paper: &Arc<Carried>, record: &str) -> Result<(), Error> {
    let on = store::load(app.store.read(), &paper.body.id, record).await?;
    if !on.findings.iter().any(|f| f.is_open()) {
        return Ok(());
    }
    let officer = paper.reviewer(Duty::SecrecyReview)?;
    let (staff, reason) = (officer.id.clone(), paper.kept_because.clone());
    let work = async move |act: &mut Act| {
        for finding in on.findings.iter().filter(|f| f.is_open()) {
            store::settle(act, &on, &finding.id, (&staff, None), &reason).await?;
        }
        Ok(())
    };
    app.store.act(by(officer), paper.at, work).await.map(::store::Done::into_inner)
}

/// One step of review; the last one asks the gate and publishes in the same act.
async fn take(app: &App, paper: &Arc<Carried>, record: &str, step: Step) -> Result<Option<String>, Error> {
    let me = paper.reviewer(step.duty())?.clone();
    let (actor, law, p, record) = (by(&me), app.law(), paper.clone(), record.to_owned());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &p.body.id, &record).await?;
        let seen = on.revision.as_ref().ok_or(Error::NotFound)?.hash;
        let answers: Typed = step.questions().iter().map(|(name, _)| ((*name).to_owned(), "no".to_owned())).collect();
        let made = Decision { step, verdict: Verdict::Pass, seen, answers, opinion: String::new() };
        store::add_review(act, &on, &me, &made).await?;
        let on = store::load(act, &p.body.id, &record).await?;
        if on.waits_for().is_some() {
            return Ok(None);
        }
        let order = on.ask_gate(law, Some(&me), act.now.day())?;
        publish::publish(act, law, &on, &p.body.org, order).await.map(Some)
    };
    app.store.act(actor, paper.at, work).await.map(::store::Done::into_inner)
}
