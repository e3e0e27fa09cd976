//! Staff hear of terms outside the console, where they have said so: each for himself.

use super::model::Cause;
use super::store;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::submission::wish::{self, TELL};
use crate::ui::{Choice, DeskFrame};
use ::store::Act;
use askama::Template;
use axum::response::Response;
use kernel::{Day, Instant, Refusal};

const HERE: &str = "/desk/notice/mine";
/// Half past eight: nobody is woken by a reminder. Milliseconds from midnight.
const MORNING_MS: i64 = (8 * 60 + 30) * 60_000;

pub fn routes() -> Vec<Route> {
    vec![get(HERE, Who::Staff, page), post(HERE, Who::Staff, save)]
}

/// A member of staff is told, if he wishes it, that the term of a case ends on `due`, or ended then where `late`.
pub fn remind(act: &mut Act, staff: &str, number: &str, due: Day, late: bool) {
    let cause = if late { Cause::Late } else { Cause::Near };
    let morning = Instant(act.now.day().start().0 + MORNING_MS);
    let at = if act.now < morning { morning } else { act.now };
    act.queue(TELL, &format!("{} staff:{staff} {number} {due}", cause.word()), at);
}

#[derive(Template)]
#[template(path = "notice/mine.html")]
struct Page {
    frame: DeskFrame,
    form: Posted,
    ways: Vec<Choice>,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let form = match store::staff(desk.read(), &desk.app.sealer, &desk.me.id).await? {
        Some((way, address)) => Posted::of(&[("notice", way.word()), ("address", &address)]),
        None => Posted::default(),
    };
    show(&desk, form, vec![])
}

fn show(desk: &Desk, form: Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let mut ways = desk.app.notice.offered(&desk.body.id).choices();
    if let Some(first) = ways.first_mut() {
        first.label = "不用，我看待办".into();
    }
    let (status, frame) = desk.form("期限提醒", HERE, errors);
    html_as(status, &Page { frame, form, ways })
}

async fn save(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let way = match wish::read(&form, "address", "address") {
        Ok(way) => way,
        Err(why) => return show(&desk, form, vec![why]),
    };
    let (sealer, id, address) = (desk.app.sealer.clone(), desk.me.id.clone(), form.get("address").to_owned());
    let work =
        async move |act: &mut Act| store::set_staff(act, &sealer, &id, way.map(|way| (way, address.as_str()))).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see("/desk/notice/mine?said=saved"))
}
