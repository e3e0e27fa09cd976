//! Takes a case a step further without a form: the demo's history. It asks the same rules, in the name of the same
//! persons, and has no way round them.

use super::AnyKind;
use super::case::Moment;
use super::kind::By;
use super::step::{Doer, Input, Verdict, Wish};
use super::store;
use crate::App;
use crate::account::{Duty, Me};
use crate::body::Body;
use crate::submission::remedy;
use ::store::{Act, Actor, Error};
use kernel::Instant;

pub fn moment(app: &App, body: &Body, now: Instant) -> Moment {
    Moment { law: app.law(), now, offices: remedy::gaps(&body.profile).is_empty() }
}

/// The person with the duties of his own.
pub fn doer(me: &Me) -> Doer {
    let may = Duty::ALL.into_iter().filter(|duty| me.owns(*duty)).map(By::Duty).collect();
    Doer { may, who: me.id.clone() }
}

/// # Errors
/// Every refusal that the person would get at the desk.
pub async fn take(
    app: &App,
    kind: &'static dyn AnyKind,
    (body, id): (&Body, &str),
    (me, name): (&Me, &'static str),
    typed: &[(&str, String)],
    now: Instant,
) -> Result<(), Error> {
    let (sealer, at, doer) = (app.sealer.clone(), moment(app, body, now), doer(me));
    let input: Input = typed.iter().map(|(field, value)| ((*field).to_owned(), value.clone())).collect();
    let (body, id) = (body.id.clone(), id.to_owned());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &sealer, kind, &body, &id).await?;
        let token = format!("{id}/{name}");
        let wish = Wish { name, row: None, input: &input, doer: &doer, token: &token };
        match kind.step(&on.case, &wish, at) {
            Ok(Verdict::Step(step)) => store::advance(act, &sealer, kind, &on, (&step, None), at).await,
            Ok(Verdict::Again(_)) => Err(Error::Conflict),
            Err(refused) => Err(refused.why.into()),
        }
    };
    app.store.act(Actor::Staff(me.id.clone()), now, work).await.map(::store::Done::into_inner)
}
