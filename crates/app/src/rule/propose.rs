//! Proposing a version: a year's notice as lines, a clause's new wording as a form, any other file as text.

use super::calendar::Month;
use super::desk::{HERE, file_zh};
use super::model::Proposal;
use super::rules::{self, FILES, SURE};
use super::version::{self, Impact};
use super::wording::{self, NEW_ACT, UNITS, WordingForm};
use super::year::YearForm;
use super::{calendar, store};
use crate::account::desk::Desk;
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use kernel::Refusal;
use law::{Clause, Sources};
use std::collections::{BTreeMap, HashMap};

/// The years whose statutory holidays crate `law` computes.
const YEARS: std::ops::RangeInclusive<i16> = 2004..=2050;

/// Which form a file is written by.
enum Form {
    Year(YearForm),
    Clause(&'static Clause, WordingForm),
    Text(String),
}

#[derive(Template)]
#[template(path = "rule/new.html")]
struct Page {
    frame: DeskFrame,
    file: String,
    form: Form,
    /// Whether it is written as text although there is a form for it.
    raw: bool,
    has_form: bool,
    source: String,
    note: String,
    /// The year as it stands, until a preview shows it as it would be.
    months: Vec<Month>,
    /// Whether the notice for this year is in force already.
    announced: bool,
    preview: Option<Impact>,
    instruments: Vec<Choice>,
    units: Vec<Choice>,
    sures: Vec<Choice>,
}

pub async fn page(desk: Desk, Query(asked): Query<HashMap<String, String>>) -> Result<Response, Failure> {
    let file = asked.get("file").cloned().unwrap_or_default();
    let raw = asked.contains_key("raw");
    let form = blank(&desk, &file, raw).await?;
    show(&desk, &file, raw, form, &Posted::default(), None, vec![])
}

/// The form of a file, filled with what the law says now; 404 for a file that is none of the law.
async fn blank(desk: &Desk, file: &str, raw: bool) -> Result<Form, Failure> {
    let files = store::files(desk.read()).await?;
    let text = rules::file_text(&sources(desk, &files)?, file);
    Ok(match kind(desk, file).filter(|_| !raw) {
        Some(form) => form,
        None if kind(desk, file).is_some() || FILES.iter().any(|(name, _)| *name == file) => {
            Form::Text(text.unwrap_or_default())
        }
        None => return Err(Failure::not_found()),
    })
}

fn sources<'a>(desk: &Desk, files: &'a BTreeMap<String, String>) -> Result<Sources<'a>, Error> {
    let base: Sources<'a> = desk.app.law_base.clone();
    base.overlay(files).map_err(|faults| Error::fault(faults.join("; ")))
}

/// The form for a file that has one.
fn kind(desk: &Desk, file: &str) -> Option<Form> {
    let law = desk.law();
    if let Some(year) = file.strip_prefix("calendar/") {
        let year = year.strip_suffix(".toml")?.parse().ok().filter(|year| YEARS.contains(year))?;
        let known = law.calendar.years().iter().find(|known| known.year == year);
        return Some(Form::Year(known.map_or_else(|| YearForm { year, ..YearForm::default() }, YearForm::of)));
    }
    let id = file.strip_prefix("clauses/")?.strip_suffix(".toml")?;
    let clause = law.clauses.iter().find(|clause| clause.id == id)?;
    Some(Form::Clause(clause, WordingForm::of(clause)))
}

/// The form as it was sent.
fn filled(form: Form, posted: &Posted) -> Form {
    let text = |name: &str| posted.get(name).to_owned();
    match form {
        Form::Year(blank) => Form::Year(YearForm {
            number: text("number"),
            source: posted.text("source"),
            days: posted.text("days"),
            ..blank
        }),
        Form::Clause(clause, _) => {
            let act = wording::Act {
                title: text("title"),
                cite: text("cite"),
                number: text("number"),
                issuer: text("issuer"),
            };
            let (amount, unit, from, instrument) = (text("amount"), text("unit"), text("from"), text("instrument"));
            let (article, gist, sure) = (text("article"), text("gist"), text("sure"));
            Form::Clause(clause, WordingForm { amount, unit, from, instrument, act, article, gist, sure })
        }
        Form::Text(_) => Form::Text(posted.text("text")),
    }
}

/// Looks at a proposal, or stores it for somebody else to decide on.
pub async fn send(desk: Desk, posted: Posted) -> Result<Response, Failure> {
    let (file, raw) = (posted.get("file").to_owned(), posted.has("raw"));
    let form = filled(blank(&desk, &file, raw).await?, &posted);
    let text = match text_of(&desk, &form).await? {
        Ok(text) => text,
        Err(why) => return show(&desk, &file, raw, form, &posted, None, why),
    };
    let number = if matches!(form, Form::Year(_)) { posted.get("number") } else { "" };
    let source = [number, posted.get("source")].join("\n").trim().to_owned();
    let new = Proposal { file: file.clone(), text, source, note: posted.get("note").into() };
    if posted.get("do") == "preview" {
        return match version::impact(&desk, &file, &new.text).await? {
            Ok(impact) => show(&desk, &file, raw, form, &posted, Some(impact), vec![]),
            Err(why) => show(&desk, &file, raw, form, &posted, None, why),
        };
    }
    match propose(&desk, new).await? {
        Ok(done) => Ok(done),
        Err(why) => show(&desk, &file, raw, form, &posted, None, why),
    }
}

/// Stores a version for somebody else to decide on, whichever form it came from: its page, or every reason against it.
pub async fn propose(desk: &Desk, new: Proposal) -> Result<Result<Response, Vec<Refusal>>, Error> {
    let base = desk.app.law_base.clone();
    let work = async move |act: &mut Act| store::propose(act, &base, &new).await;
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(Ok(see(&format!("/desk/rule/version/{}?said=rule-proposed", done.into_inner())))),
        Err(Error::Refused(why)) => Ok(Err(why)),
        Err(e) => Err(e),
    }
}

/// A file as the law has it now: the version in force, else that of the installation.
pub async fn text_in_force(desk: &Desk, file: &str) -> Result<String, Error> {
    let mine = store::files(desk.read()).await?.remove(file);
    let text = mine.or_else(|| rules::file_text(&desk.app.law_base, file));
    text.ok_or_else(|| Error::fault(format!("the law has no file {file}")))
}

/// The text of the file that a form makes.
async fn text_of(desk: &Desk, form: &Form) -> Result<Result<String, Vec<Refusal>>, Error> {
    Ok(match form {
        Form::Year(form) => form.file(),
        Form::Text(text) => Ok(text.clone()),
        Form::Clause(clause, form) => {
            let files = store::files(desk.read()).await?;
            form.file(desk.law(), &sources(desk, &files)?, clause)
        }
    })
}

fn show(
    desk: &Desk,
    file: &str,
    raw: bool,
    form: Form,
    posted: &Posted,
    preview: Option<Impact>,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let law = desk.law();
    let label = file_zh(law, file);
    let (status, frame) = desk.form(format!("修改{label}"), HERE, at_fields(errors, &form));
    let (months, announced) = match &form {
        Form::Year(form) => {
            let known = law.calendar.years().iter().find(|known| known.year == form.year);
            let months = calendar::months(&law.calendar, form.year, desk.now.day());
            (months, known.is_some_and(|year| year.announced))
        }
        _ => (vec![], false),
    };
    let acts = law.instruments.iter().map(|act| Choice::new(&act.id, &act.cite));
    let page = Page {
        frame,
        file: file.into(),
        raw,
        has_form: kind(desk, file).is_some(),
        source: posted.text("source"),
        note: posted.text("note"),
        months,
        announced,
        preview,
        instruments: std::iter::once(Choice::new(NEW_ACT, "新文件（在下面填写）")).chain(acts).collect(),
        units: UNITS.iter().map(|(word, zh)| Choice::new(*word, *zh)).collect(),
        sures: SURE.iter().map(|(word, sure)| Choice::new(*word, rules::sure_zh(*sure))).collect(),
        form,
    };
    html_as(status, &page)
}

/// A fault is shown at a field of this form: what the loader says of a file has no other place than its text.
fn at_fields(errors: Vec<Refusal>, form: &Form) -> Vec<Refusal> {
    let fields: &[&str] = match form {
        Form::Year(_) => &["number", "source", "days", "note"],
        Form::Clause(..) => &[
            "amount",
            "unit",
            "from",
            "instrument",
            "title",
            "cite",
            "number",
            "issuer",
            "article",
            "gist",
            "sure",
            "source",
            "note",
        ],
        Form::Text(_) => &["text", "source", "note"],
    };
    let main = match form {
        Form::Year(_) => "days",
        Form::Clause(..) => "amount",
        Form::Text(_) => "text",
    };
    let placed = |mut why: Refusal| {
        if why.field.is_some_and(|field| !fields.contains(&field)) {
            why.field = Some(main);
        }
        why
    };
    errors.into_iter().map(placed).collect()
}
