//! 提出修改：an entry of the catalogue as a form. It becomes a version of `obligations.toml` that somebody else decides on
//! (slice `rule`); until then nothing changes.

use super::entry::{self, FILE, Form};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as};
use crate::posted::Posted;
use crate::record::kind::KINDS;
use crate::rule::{self, model::Proposal};
use crate::ui::{Choice, DeskFrame};
use ::store::Error;
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use law::{Direction, Law, Nature, Obligation};

/// As slice `rule` lets propose.
const PROPOSE: Who = Who::Duty(rule::PROPOSE);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/obligation/new", PROPOSE, new),
        post("/desk/obligation/new", PROPOSE, send_new),
        get("/desk/obligation/{code}/edit", PROPOSE, edit),
        post("/desk/obligation/{code}/edit", PROPOSE, send),
    ]
}

#[derive(Template)]
#[template(path = "catalogue/change.html")]
struct Page {
    frame: DeskFrame,
    /// Empty for a new entry.
    code: String,
    form: Form,
    source: String,
    note: String,
    limits: Vec<Choice>,
    cadences: Vec<Choice>,
    modes: Vec<Choice>,
    /// What the words of the form mean: code and name, in four groups.
    words: Vec<(&'static str, Vec<(String, String)>)>,
}

impl Page {
    fn get(&self, name: &str) -> &str {
        self.form.get(name)
    }

    fn ticked(&self, channel: &str) -> bool {
        self.form.channels.iter().any(|c| c == channel)
    }
}

fn find(law: &'static Law, code: &str) -> Result<&'static Obligation, Error> {
    law.obligations.iter().find(|e| e.code == code).ok_or(Error::NotFound)
}

async fn new(desk: Desk) -> Result<Response, Failure> {
    let usual =
        [("owner", desk.me.section_name.as_str()), ("audience", "全社会"), ("mode", "proactive"), ("level", "市级")];
    let values = usual.into_iter().map(|(name, text)| (name, text.to_owned())).collect();
    show(&desk, "", Form { values, channels: vec!["政府网站".into()] }, &Posted::default(), vec![])
}

async fn edit(desk: Desk, Path(code): Path<String>) -> Result<Response, Failure> {
    let entry = find(desk.law(), &code)?;
    show(&desk, &code, Form::of(entry), &Posted::default(), vec![])
}

fn show(desk: &Desk, code: &str, form: Form, posted: &Posted, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let title = if code.is_empty() { "新增公开事项" } else { "修改公开事项" };
    let (status, frame) = desk.form(title, "/desk/obligation", errors);
    let choices = |all: &[(&str, &str)]| all.iter().map(|(word, zh)| Choice::new(*word, *zh)).collect();
    html_as(
        status,
        &Page {
            frame,
            code: code.into(),
            form,
            source: posted.text("source"),
            note: posted.text("note"),
            limits: limits(desk.law()),
            cadences: choices(&[
                ("standing", "随时要有一份现行有效的"),
                ("every", "每几个月至少一次"),
                ("this-year", "每年一次，公开当年的"),
                ("last-year", "每年一次，公开上一年的"),
                ("event", "有事项时公开"),
            ]),
            modes: choices(&[("proactive", "主动公开"), ("on-request", "依申请公开")]),
            words: words(desk.law()),
        },
    )
}

fn limits(law: &Law) -> Vec<Choice> {
    let plain = [Choice::new("promptly", "及时公开"), Choice::new("long-term", "长期公开")];
    let fit = law.clauses.iter().filter(|c| c.nature != Nature::Span && c.direction == Direction::After);
    plain.into_iter().chain(fit.map(|c| Choice::new(&c.id, format!("{}（{}）", c.name, c.id)))).collect()
}

fn words(law: &Law) -> Vec<(&'static str, Vec<(String, String)>)> {
    let pair = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    let parts = law::PARTS.iter().map(|p| pair(p, crate::record::rules::column_name(law, p).unwrap_or_default()));
    vec![
        ("栏目", parts.chain(law.columns.iter().map(|c| pair(&c.path, &c.name))).collect()),
        ("法定类别", law.classes.iter().map(|c| pair(&c.slug, &c.name)).collect()),
        ("信息种类", KINDS.iter().map(|k| pair(k.name, k.zh)).collect()),
        ("依据的文件", law.instruments.iter().map(|i| pair(&i.id, &i.cite)).collect()),
    ]
}

async fn send_new(desk: Desk, posted: Posted) -> Result<Response, Failure> {
    propose(&desk, None, &posted).await
}

async fn send(desk: Desk, Path(code): Path<String>, posted: Posted) -> Result<Response, Failure> {
    find(desk.law(), &code)?;
    propose(&desk, Some(&code), &posted).await
}

async fn propose(desk: &Desk, code: Option<&str>, posted: &Posted) -> Result<Response, Failure> {
    let (form, taken) = (Form::read(posted), codes(desk.law()));
    let again = |why: Vec<Refusal>| show(desk, code.unwrap_or_default(), form.clone(), posted, why);
    let made = match form.entry(code, &taken) {
        Ok(made) => made,
        Err(why) => return again(why),
    };
    let block = entry::block(&made).map_err(|e| Error::Fault(e.into()))?;
    let file = rule::text_in_force(desk, FILE).await?;
    let missing = || Error::fault(format!("{} is in force and not in the file", made.code));
    let text = entry::splice(&file, &made.code, code.is_none(), &block).ok_or_else(missing)?;
    match rule::propose(desk, Proposal::of(FILE, text, posted)).await? {
        Ok(done) => Ok(done),
        Err(why) => again(why.into_iter().map(at_own_field).collect()),
    }
}

fn codes(law: &'static Law) -> Vec<&'static str> {
    law.obligations.iter().map(|e| e.code.as_str()).collect()
}

/// The loader speaks of the whole file; this form has no field for that.
fn at_own_field(mut why: Refusal) -> Refusal {
    why.field = why.field.filter(|field| matches!(*field, "source" | "note"));
    why
}
