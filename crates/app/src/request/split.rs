//! 分件: one letter that asks several things becomes several cases. Each keeps the channel and the day of receipt, so
//! each has the term that the letter had; all hang on one submission, so one code opens them all.

use super::desk::{LIST, opened};
use super::jobs::WORD;
use super::kin::{self, Way, brought, decided, desk_refusals};
use super::kind::{KIND, Request};
use super::rules::ART_29;
use crate::account::desk::Desk;
use crate::account::store::Secret;
use crate::edge::{Failure, html_as, see};
use crate::matter::case::Matter;
use crate::matter::step::Input;
use crate::matter::store::{self, Birth, Loaded};
use crate::matter::work;
use crate::posted::Posted;
use crate::submission;
use crate::submission::rules::{secret_mark, too_long};
use crate::ui::DeskFrame;
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Day, Refusal};

/// More things than a letter asks.
const MOST: usize = 8;
/// Characters, as the field of the table has it.
const WANTED_MAX: usize = 2000;

/// A thing that is asked.
struct Item {
    name: String,
    label: String,
    text: String,
    optional: bool,
}

#[derive(Template)]
#[template(path = "request/split.html")]
struct SplitPage {
    frame: DeskFrame,
    back: String,
    number: String,
    /// What the applicant wrote; empty once erased.
    words: Vec<(String, String)>,
    items: Vec<Item>,
    once: String,
    is_blocked: bool,
}

pub async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (on, _) = opened(&desk, &id).await?;
    let why = desk_refusals(&desk, &on, "split");
    let is_blocked = !why.is_empty();
    show(&desk, &on, (&Posted::default(), Secret::random().0), why, is_blocked).await
}

async fn show(
    desk: &Desk,
    on: &Loaded,
    (form, once): (&Posted, String),
    why: Vec<Refusal>,
    is_blocked: bool,
) -> Result<Response, Failure> {
    let row = submission::store::any(desk.read(), &desk.body.id, &on.row.holder).await?;
    let item = |n: usize| {
        let name = format!("item-{n}");
        Item { label: format!("第 {n} 项"), text: form.text(&name), optional: n > 2, name }
    };
    let (status, frame) = desk.form("分件办理", LIST, why);
    html_as(
        status,
        &SplitPage {
            back: format!("{LIST}/{}", on.row.id),
            number: on.row.number.clone(),
            words: row.words(&desk.app.sealer)?.map(|w| w.lines).unwrap_or_default(),
            items: (1..=MOST).map(item).collect(),
            frame,
            once,
            is_blocked,
        },
    )
}

/// What was written down of each thing, or every reason against it.
fn read(form: &Posted) -> Result<Vec<String>, Vec<Refusal>> {
    let (mut items, mut why) = (vec![], vec![]);
    for n in 1..=MOST {
        let text = form.text(&format!("item-{n}")).trim().to_owned();
        why.extend(too_long(&text, WANTED_MAX, "所需信息").into_iter().chain(secret_mark(&[("所需信息", &text)])));
        if !text.is_empty() {
            items.push(text);
        }
    }
    if items.len() < 2 {
        let says = "至少写两项。只有一项的不用分件。";
        why.push(Refusal::new("one-thing", says).cite(ART_29).at("item-1"));
    }
    if why.is_empty() { Ok(items) } else { Err(why) }
}

pub async fn split(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let once = form.get("once").to_owned();
    let (token, said) = (format!("{}/{once}", desk.me.id), format!("{LIST}/{id}?said=split"));
    if on.case.past.iter().any(|e| e.token == token) {
        return Ok(see(&said));
    }
    let items = match read(&form) {
        Ok(items) => items,
        Err(why) => return show(&desk, &on, (&form, once), why, false).await,
    };
    let (app, body) = (desk.app.clone(), desk.body.id.clone());
    let (doer, stead, at) = (work::doer(&desk, &on.case), work::stead(&desk, &KIND, "split"), work::moment(&desk));
    let work = async move |act: &mut Act| {
        let on = store::load(act, &app.sealer, &KIND, &body, &id).await?;
        let mut numbers: Vec<String> = vec![];
        for (n, item) in items.iter().enumerate().skip(1) {
            let token = format!("{token}/{n}");
            let step = decided(&Matter::new(), "split-off", &part_of(&on, item)?, &brought(&doer), &token, at)?;
            let birth = Birth { body: &body, word: WORD, holder: &on.row.holder, at };
            let new = store::begin_case(act, &app.sealer, &KIND, &birth, &step).await?;
            numbers.push(store::load(act, &app.sealer, &KIND, &body, &new).await?.row.number);
            kin::note(act, &new, &on.row.id, Way::Split).await?;
        }
        let all = on.case.body["split_to"].as_str().filter(|before| !before.is_empty()).map(str::to_owned);
        let all: Vec<String> = all.into_iter().chain(numbers).collect();
        let input = Input::from([("wanted".into(), items[0].clone()), ("split_to".into(), all.join("、"))]);
        let step = decided(&on.case, "split", &input, &doer, &token, at)?;
        store::advance(act, &app.sealer, &KIND, &on, (&step, stead.as_deref()), at).await?;
        Ok(())
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => done.into_inner(),
        Err(Error::Refused(why)) => return show(&desk, &on, (&form, once), why, false).await,
        Err(Error::Conflict) => {
            let why = vec![Refusal::new("moved", "这件刚被别人办理过。您填的还在下面，请核对后再提交。")];
            return show(&desk, &on, (&form, once), why, false).await;
        }
        Err(e) => return Err(e.into()),
    }
    Ok(see(&said))
}

/// What the new case begins with: all that the letter said, but for what it asks.
fn part_of(on: &Loaded, wanted: &str) -> Result<Input, Error> {
    let body: Request = serde_json::from_value(on.case.body.clone()).map_err(|e| Error::Fault(e.into()))?;
    let day = |name: &str, day: Option<Day>| day.map(|day| (name.to_owned(), day.to_string()));
    let code = |name: &str, code: Option<&'static str>| code.map(|code| (name.to_owned(), code.to_owned()));
    let all = [
        body.application.0.map(|id| ("application".to_owned(), id)),
        code("class", body.class.map(|c| c.choice().code)),
        code("channel", body.channel.map(|c| c.choice().code)),
        day("submitted", body.submitted),
        day("signed", body.signed),
        day("confirmed", body.confirmed),
        Some(("wanted".to_owned(), wanted.to_owned())),
        Some(("split_from".to_owned(), on.row.number.clone())),
    ];
    Ok(all.into_iter().flatten().collect())
}
