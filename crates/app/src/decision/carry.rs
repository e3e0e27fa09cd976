//! Carries a case to where the public comments: proposed, found major, its three papers public each by its own gate.

use super::desk::WORD;
use super::kind::KIND;
use super::rules;
use crate::App;
use crate::account::Me;
use crate::body::Body;
use crate::matter::carry::{doer, moment, take};
use crate::matter::case::Matter;
use crate::matter::step::{Input, Verdict, Wish};
use crate::matter::store::{self, Birth};
use crate::matter::{papers, shown};
use crate::record::carry as paper;
use crate::record::table::record;
use ::store::{Act, Actor, Error};
use kernel::{Instant, Refusal};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// A case, and who takes which part in it.
pub struct Carried {
    pub body: Body,
    pub name: String,
    /// Why it is a major decision.
    pub why: String,
    pub experts_least: u32,
    /// The papers with their roles: what the case is about, its draft, the explanation.
    pub papers: Vec<(String, paper::Carried)>,
    pub clerk: Me,
    /// Who finds it major.
    pub head: Me,
    pub at: Instant,
}

/// Comments are open from `at` for the shortest period of the law in force. Returns the case's id.
///
/// # Errors
/// Every refusal that a person at the desk would get; what was done before stays.
pub async fn carry(app: &App, case: Carried) -> Result<String, Error> {
    let Carried { body, name, why, experts_least, papers, clerk, head, at } = case;
    let id = propose(app, &body, &clerk, name, at).await?;
    let year = at.day().year().to_string();
    let major = [("year", year), ("why", why), ("experts_least", experts_least.to_string())];
    take(app, &KIND, (&body, &id), (&head, "major"), &major, at).await?;
    for (role, paper) in papers {
        let path = paper::carry(app, paper).await?;
        name_paper(app, (&body, &id), &clerk, (role, path), at).await?;
    }
    let missing = || Error::from(Refusal::new("no-term", "这一天没有征求意见的期限。"));
    let until = rules::least(app.law(), at.day()).ok_or_else(missing)?.on;
    take(app, &KIND, (&body, &id), (&clerk, "post"), &[("until", until.to_string())], at).await?;
    Ok(id)
}

async fn propose(app: &App, body: &Body, clerk: &Me, name: String, now: Instant) -> Result<String, Error> {
    let (sealer, at, doer, body) = (app.sealer.clone(), moment(app, body, now), doer(clerk), body.id.clone());
    let work = async move |act: &mut Act| {
        let input = Input::from([("name".to_owned(), name.clone())]);
        let wish = Wish { name: "propose", row: None, input: &input, doer: &doer, token: "carried" };
        match KIND.step(&Matter::new(), &wish, at) {
            Ok(Verdict::Step(step)) => {
                let birth = Birth { body: &body, word: WORD, holder: "", at };
                store::begin_case(act, &sealer, &KIND, &birth, &step).await
            }
            Ok(Verdict::Again(_)) => Err(Error::Conflict),
            Err(refused) => Err(refused.why.into()),
        }
    };
    app.store.act(Actor::Staff(clerk.id.clone()), now, work).await.map(::store::Done::into_inner)
}

/// The record at a public path stands for a role of the case.
async fn name_paper(
    app: &App,
    (body, id): (&Body, &str),
    clerk: &Me,
    (role, path): (String, String),
    now: Instant,
) -> Result<(), Error> {
    let (sealer, at, body, id) = (app.sealer.clone(), moment(app, body, now), body.id.clone(), id.to_owned());
    let work = async move |act: &mut Act| {
        let found = record::Entity::find().filter(record::Column::Path.eq(&path)).one(act).await?;
        let record = found.ok_or(Error::NotFound)?.id;
        papers::name(act, &id, &role, &record).await?;
        let on = store::load(act, &sealer, &KIND, &body, &id).await?;
        papers::hold(act, &KIND, (&id, &on.case), at).await?;
        shown::again(act, &KIND, &on).await
    };
    app.store.act(Actor::Staff(clerk.id.clone()), now, work).await.map(::store::Done::into_inner)
}
