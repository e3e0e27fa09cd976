//! The form of a move at the desk: shown filled, checked before anything is stored, stored in one act.

use super::AnyKind;
use super::field::Type;
use super::step::{Input, Line, Refused, Verdict, Wish};
use super::store::{self, Loaded};
use super::work;
use crate::account::again;
use crate::account::desk::Desk;
use crate::account::store::Secret;
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::submission;
use crate::submission::model::{FOLLOW_UP, Words};
use crate::submission::store::New;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error, Sealer};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use kernel::Refusal;

/// What a person took down for somebody, before it is sealed; in characters.
const SEALED_MAX: usize = 4000;
/// Stands for a submission that the act will make, while the form is only being checked.
const TO_COME: &str = "to-come";

/// A field of the form, as the template draws it.
struct Answer {
    name: &'static str,
    label: &'static str,
    hint: String,
    value: String,
    optional: bool,
    /// `area`, `day`, `choice`, `number`.
    shape: &'static str,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "matter/move.html")]
struct MovePage {
    frame: DeskFrame,
    number: String,
    back: String,
    action: String,
    zh: &'static str,
    says: &'static str,
    cite: &'static str,
    boxes: Vec<Answer>,
    once: String,
    row: String,
    decides: bool,
    /// It cannot be made now; the reasons stand above.
    is_blocked: bool,
}

pub async fn page(desk: Desk, kind: &'static dyn AnyKind, id: String, name: &'static str) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, kind, &desk.body.id, &id).await?;
    let (doer, at, row) = (work::doer(&desk, &on.case), work::moment(&desk), desk.asked("row").parse().ok());
    let wish = Wish { name, row, input: &Input::new(), doer: &doer, token: "" };
    let button = kind.buttons(&on.case, &doer, at).into_iter().find(|b| b.name == name && b.row == row);
    let lines = kind.form(&on.case, &wish, at).map(|form| form.0).unwrap_or_default();
    let (why, status) = match button {
        Some(b) if b.blocked.is_empty() => (vec![], StatusCode::OK),
        Some(b) => (b.blocked, StatusCode::OK),
        None => (not_now(kind, &on), StatusCode::CONFLICT),
    };
    let is_blocked = !why.is_empty();
    show(&desk, kind, &on, name, (lines, row, Secret::random().0), (why, is_blocked), status)
}

/// The same sentence as the step's own.
fn not_now(kind: &dyn AnyKind, on: &Loaded) -> Vec<Refusal> {
    let says = format!("现在是“{}”，不能办理这一项。", kind.state(&on.row.state).zh);
    vec![Refusal::new("not-now", says)]
}

fn show(
    desk: &Desk,
    kind: &'static dyn AnyKind,
    on: &Loaded,
    name: &str,
    (lines, row, once): (Vec<Line>, Option<u32>, String),
    (errors, is_blocked): (Vec<Refusal>, bool),
    status: StatusCode,
) -> Result<Response, Failure> {
    let sketch = kind.sketches().into_iter().find(|s| s.name == name).ok_or(Error::NotFound)?;
    let back = format!("/desk/{}/{}", kind.name(), on.row.id);
    let mut frame = desk.frame(sketch.zh, &format!("/desk/{}", kind.name()));
    frame.errors = errors;
    html_as(
        status,
        &MovePage {
            number: on.row.number.clone(),
            action: format!("{back}/{name}"),
            zh: sketch.zh,
            says: sketch.says,
            cite: sketch.cite,
            boxes: lines.into_iter().map(boxed).collect(),
            row: row.map_or(String::new(), |no| no.to_string()),
            decides: sketch.decides,
            back,
            frame,
            once,
            is_blocked,
        },
    )
}

fn boxed(line: Line) -> Answer {
    let (shape, choices) = match line.field.ty {
        Type::Text(_) | Type::Sealed => ("area", vec![]),
        Type::Day => ("day", vec![]),
        Type::Count => ("number", vec![]),
        Type::Flag => ("choice", vec![Choice::new("yes", "是"), Choice::new("no", "否")]),
        Type::One(all) => ("choice", all.iter().map(|c| Choice::new(c.code, c.zh).hint(c.cite)).collect()),
    };
    let sealed =
        if line.field.ty == Type::Sealed { "加密保存，只有办理这件的同事能打开。" } else { "" };
    Answer {
        name: line.field.name,
        label: line.field.label,
        hint: format!("{}{}{sealed}", line.field.hint, if line.field.hint.is_empty() { "" } else { "。" }),
        value: line.value,
        optional: !line.required,
        shape,
        choices,
    }
}

/// What a wish is made of, owned: the act may run again.
#[derive(Clone)]
struct Asked {
    name: &'static str,
    row: Option<u32>,
    input: Input,
    /// The fields that are sealed, with what was typed.
    sealed: Vec<(&'static str, &'static str, String)>,
    once: String,
}

pub async fn send(
    mut desk: Desk,
    kind: &'static dyn AnyKind,
    id: String,
    name: &'static str,
    posted: Posted,
) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, kind, &desk.body.id, &id).await?;
    let decides = kind.sketches().iter().any(|s| s.name == name && s.decides);
    let mut why = if decides { again::prove(&mut desk, &posted).await? } else { vec![] };
    let asked = asked(&desk, kind, &on, name, &posted);
    let (doer, at) = (work::doer(&desk, &on.case), work::moment(&desk));
    let token = token(&desk, &asked);
    let mut input = asked.input.clone();
    input.extend(asked.sealed.iter().filter(|s| !s.2.is_empty()).map(|s| (s.0.to_owned(), TO_COME.to_owned())));
    let wish = Wish { name, row: asked.row, input: &input, doer: &doer, token: &token };
    let verdict = kind.step(&on.case, &wish, at);
    let secret = spoken(&desk, &asked);
    if secret.iter().any(|r| r.code == submission::rules::SECRET) {
        note_secret(&desk, &on).await?;
    }
    why.extend(secret);
    let refused = match verdict {
        Err(refused) => refused,
        Ok(Verdict::Again(_)) => return Ok(see(&format!("/desk/{}/{id}?said=moved", kind.name()))),
        Ok(Verdict::Step(_)) if why.is_empty() => return store_it(&desk, kind, &on, asked).await,
        Ok(Verdict::Step(_)) => Refused { why: vec![], form: kind.form(&on.case, &wish, at).unwrap_or_default() },
    };
    why.extend(refused.why);
    let moved = why.iter().any(|r| r.code == "not-now");
    let status = if moved { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    let lines = refused.form.0.into_iter().map(|line| typed(line, &asked)).collect();
    show(&desk, kind, &on, name, (lines, asked.row, asked.once), (why, moved), status)
}

/// What was typed of a sealed field comes back as it was typed.
fn typed(mut line: Line, asked: &Asked) -> Line {
    if let Some((.., text)) = asked.sealed.iter().find(|s| s.0 == line.field.name) {
        line.value.clone_from(text);
    }
    line
}

/// The fields that the move asks, out of what was posted; anything else of a form is ours.
fn asked(desk: &Desk, kind: &dyn AnyKind, on: &Loaded, name: &'static str, posted: &Posted) -> Asked {
    let row = posted.get("row").parse().ok();
    let (doer, empty) = (work::doer(desk, &on.case), Input::new());
    let wish = Wish { name, row, input: &empty, doer: &doer, token: "" };
    let lines = kind.form(&on.case, &wish, work::moment(desk)).map(|form| form.0).unwrap_or_default();
    let (mut input, mut sealed) = (Input::new(), vec![]);
    for field in lines.iter().map(|line| line.field).filter(|f| posted.has(f.name)) {
        let text = posted.text(field.name).trim().to_owned();
        match field.ty {
            Type::Sealed => sealed.push((field.name, field.label, text)),
            _ => drop(input.insert(field.name.into(), text)),
        }
    }
    Asked { name, row, input, sealed, once: posted.get("once").into() }
}

/// A repeated form finds its own step: the page's token, and for the same person only.
fn token(desk: &Desk, asked: &Asked) -> String {
    format!("{}/{}", desk.me.id, asked.once)
}

/// What may not be stored at all, and what may not leave this body in a letter.
fn spoken(desk: &Desk, asked: &Asked) -> Vec<Refusal> {
    let typed = asked.input.values().chain(asked.sealed.iter().map(|s| &s.2));
    let texts: Vec<(&str, &str)> = typed.map(|text| ("", text.as_str())).collect();
    let mut why: Vec<Refusal> = submission::rules::secret_mark(&texts).into_iter().collect();
    if let Some(reply) = asked.input.get("reply").filter(|_| why.is_empty()) {
        why.extend(submission::rules::prohibited(desk.law(), reply).into_iter().map(|r| r.at("reply")));
    }
    for (name, label, text) in asked.sealed.iter().map(|s| (s.0, s.1, &s.2)) {
        why.extend(submission::rules::too_long(text, SEALED_MAX, label).map(|r| r.at(name)));
    }
    why
}

/// Only the fact is journalled.
async fn note_secret(desk: &Desk, on: &Loaded) -> Result<(), Failure> {
    let about = on.about();
    let work = async move |act: &mut Act| {
        act.journal("secret-mark-refused", &about);
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(())
}

async fn store_it(desk: &Desk, kind: &'static dyn AnyKind, on: &Loaded, asked: Asked) -> Result<Response, Failure> {
    let (at, sealer, body, id) = (work::moment(desk), desk.app.sealer.clone(), desk.body.id.clone(), on.row.id.clone());
    let (doer, token) = (work::doer(desk, &on.case), token(desk, &asked));
    let stead = work::stead(desk, kind, asked.name);
    let (back, again) = (format!("/desk/{}/{id}", kind.name()), asked.clone());
    let work = async move |act: &mut Act| {
        let on = store::load(act, &sealer, kind, &body, &id).await?;
        let mut input = asked.input.clone();
        seal(act, &sealer, (&body, &on.about()), &asked, &mut input).await?;
        let wish = Wish { name: asked.name, row: asked.row, input: &input, doer: &doer, token: &token };
        match kind.step(&on.case, &wish, at) {
            Ok(Verdict::Step(step)) => store::advance(act, &sealer, kind, &on, (&step, stead.as_deref()), at).await,
            // The other sending of the same form stored everything; this act is undone.
            Ok(Verdict::Again(_)) => Err(Error::Conflict),
            Err(refused) => Err(refused.why.into()),
        }
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => done.into_inner(),
        Err(Error::Refused(why)) => return refused_inside(desk, kind, on, again, why),
        Err(Error::Conflict) => {
            let says = "这件刚被别人办理过。您填的还在下面，请核对后再提交。";
            return refused_inside(desk, kind, on, again, vec![Refusal::new("moved", says)]);
        }
        Err(e) => return Err(e.into()),
    }
    Ok(see(&format!("{back}?said=moved")))
}

/// Somebody was faster: what was typed comes back beside what is so now.
fn refused_inside(
    desk: &Desk,
    kind: &'static dyn AnyKind,
    on: &Loaded,
    asked: Asked,
    why: Vec<Refusal>,
) -> Result<Response, Failure> {
    let doer = work::doer(desk, &on.case);
    let wish = Wish { name: asked.name, row: asked.row, input: &asked.input, doer: &doer, token: "" };
    let form = kind.form(&on.case, &wish, work::moment(desk)).unwrap_or_default();
    let lines = form.0.into_iter().map(|line| typed(line, &asked)).collect();
    let once = Secret::random().0;
    show(desk, kind, on, asked.name, (lines, asked.row, once), (why, false), StatusCode::CONFLICT)
}

/// Seals what was taken down for somebody; the case holds the submissions' ids.
async fn seal(
    act: &mut Act,
    sealer: &Sealer,
    (body, about): (&str, &str),
    asked: &Asked,
    input: &mut Input,
) -> Result<(), Error> {
    for (name, label, text) in asked.sealed.iter().filter(|s| !s.2.is_empty()) {
        let bytes = Words::new(vec![((*label).to_owned(), text.clone())]).bytes();
        let sending = format!("{about}\n{name}\n{}", asked.once);
        let new = New {
            body,
            kind: FOLLOW_UP,
            topic: name,
            about,
            channel: "desk",
            bytes: &bytes,
            sending: &sending,
            objects: false,
        };
        input.insert((*name).to_owned(), submission::store::append(act, sealer, &new).await?);
    }
    Ok(())
}
