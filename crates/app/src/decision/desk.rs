//! The desk pages of this kind's own: a case begins, and its papers, each a record with a gate of its own. What the
//! public said stands in `opinions.rs`; the rest comes from the table.

use super::kind::{HANDLES, KIND, LOOKS};
use super::model::{ADOPTION, EXPERTS, READING, ROLES, Role, TEXT, role_of};
use super::{compose, deliberation, opinions};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::store::Secret;
use crate::edge::{Failure, html_as, see, status_of};
use crate::matter::case::{Matter, Paper};
use crate::matter::desk as cases;
use crate::matter::step::{Input, Verdict, Wish};
use crate::matter::store::{self, Birth, Loaded};
use crate::matter::{papers, shown, work};
use crate::posted::Posted;
use crate::record::draft as drafts;
use crate::record::kind::Kind;
use crate::record::model::Typed;
use crate::submission::rules::{secret_mark, too_long};
use crate::ui::{DeskFrame, Tag, Tone};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::{Day, Refusal};
use sea_orm::{ConnectionTrait, EntityTrait, Set};

::store::table! {
    begun = "decision_begun" { id: String, matter: String, at: i64 }
}

pub const LIST: &str = "/desk/decision";
/// The word of the register: 决策〔2026〕3号.
pub const WORD: &str = "决策";
const NAME_MAX: usize = 120;

pub fn routes() -> Vec<Route> {
    let mut all = vec![
        get("/desk/decision/new", Who::Duty(HANDLES), new_page),
        post("/desk/decision/new", Who::Duty(HANDLES), begin),
        get("/desk/decision/{id}/papers", Who::Duty(LOOKS), papers_page),
        post("/desk/decision/{id}/papers", Who::Duty(HANDLES), new_paper),
    ];
    all.extend(opinions::routes());
    all.extend(deliberation::routes());
    all.extend(cases::routes(&KIND));
    all
}

#[derive(Template)]
#[template(path = "decision/new.html")]
struct NewPage {
    frame: DeskFrame,
    form: Posted,
    once: String,
}

async fn new_page(desk: Desk) -> Result<Response, Failure> {
    show_new(&desk, Posted::default(), Secret::random().0, vec![])
}

fn show_new(desk: &Desk, form: Posted, once: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (status, frame) = desk.form("提出决策事项", LIST, errors);
    html_as(status, &NewPage { frame, form, once })
}

async fn begin(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (once, name) = (form.get("once").to_owned(), form.get("name").to_owned());
    let why = secret_mark(&[("决策事项", &name)]).or(too_long(&name, NAME_MAX, "决策事项")).map(|r| r.at("name"));
    if let Some(why) = why {
        return show_new(&desk, form, once, vec![why]);
    }
    let (sealer, body, at) = (desk.app.sealer.clone(), desk.body.id.clone(), work::moment(&desk));
    let (doer, token) = (work::doer(&desk, &Matter::new()), format!("{}/{once}", desk.me.id));
    let sent = token.clone();
    let work = async move |act: &mut Act| {
        let input = Input::from([("name".to_owned(), name.clone())]);
        let wish = Wish { name: "propose", row: None, input: &input, doer: &doer, token: &token };
        match KIND.step(&Matter::new(), &wish, at) {
            Ok(Verdict::Step(step)) => {
                let birth = Birth { body: &body, word: WORD, holder: "", at };
                let id = store::begin_case(act, &sealer, &KIND, &birth, &step).await?;
                let row = begun::ActiveModel { id: Set(token.clone()), matter: Set(id.clone()), at: Set(act.now.0) };
                begun::Entity::insert(row).exec_without_returning(act).await?;
                Ok(id)
            }
            Ok(Verdict::Again(_)) => Err(Error::Conflict),
            Err(refused) => Err(refused.why.into()),
        }
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(see(&format!("{LIST}/{}?said=begun", done.into_inner()))),
        Err(Error::Refused(why)) => show_new(&desk, form, once, why),
        // The same form was sent twice: the first one's case is the answer.
        Err(Error::Conflict) => match first(desk.read(), &sent).await? {
            Some(id) => Ok(see(&format!("{LIST}/{id}?said=begun"))),
            None => Err(Error::Conflict.into()),
        },
        Err(e) => Err(e.into()),
    }
}

/// The case that this very form began already.
async fn first(db: &impl ConnectionTrait, sent: &str) -> Result<Option<String>, Error> {
    Ok(begun::Entity::find_by_id(sent).one(db).await?.map(|row| row.matter))
}

/// A role with the record that stands for it.
struct Line {
    role: &'static Role,
    record: String,
    tag: Tag,
    since: Option<Day>,
}

#[derive(Template)]
#[template(path = "decision/papers.html")]
struct PapersPage {
    frame: DeskFrame,
    back: String,
    number: String,
    lines: Vec<Line>,
    may_make: bool,
    is_over: bool,
}

async fn papers_page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show_papers(&desk, &id, vec![]).await
}

async fn show_papers(desk: &Desk, id: &str, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, id).await?;
    let status = status_of(&errors);
    let mut frame = desk.frame("文稿", LIST);
    frame.errors = errors;
    let line = |role: &'static Role| {
        let paper = on.case.papers.iter().find(|p| p.role == role.name);
        let record = paper.map(|p| p.record.clone()).unwrap_or_default();
        Line { role, record, tag: tag(paper), since: paper.and_then(|p| p.public) }
    };
    let page = PapersPage {
        back: format!("{LIST}/{id}"),
        number: on.row.number.clone(),
        lines: ROLES.iter().map(line).collect(),
        may_make: HANDLES.iter().any(|duty| desk.me.has(*duty)),
        is_over: KIND.state(&on.row.state).end,
        frame,
    };
    html_as(status, &page)
}

/// Where a paper stands.
pub fn tag(paper: Option<&Paper>) -> Tag {
    match paper {
        None => Tag::new("未建立", Tone::Plain),
        Some(p) if p.public.is_some() && !p.is_newest => Tag::new("已公布，新的一稿在审查", Tone::Near),
        Some(p) if p.public.is_some() => Tag::new("已公布", Tone::Done),
        Some(p) if p.hash.is_empty() => Tag::new("起草中", Tone::Info),
        Some(_) => Tag::new("已提交，未公布", Tone::Info),
    }
}

/// The record begins with what the case knows; then it is a record like any other.
async fn new_paper(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let role = role_of(form.get("role")).ok_or(Error::NotFound)?;
    let on = store::load(desk.read(), &desk.app.sealer, &KIND, &desk.body.id, &id).await?;
    let at = work::moment(&desk);
    let why = compose::lacks(&on.case, role.name, at);
    if !why.is_empty() {
        return show_papers(&desk, &id, why).await;
    }
    let text = match role.name {
        ADOPTION => {
            let ways = opinions::ways(desk.read(), &desk.body.id, &on).await?;
            let counts = opinions::per_point(desk.read(), &id).await?;
            compose::adoption(&on.case, at, &ways, &counts)
        }
        EXPERTS => compose::experts(&on.case, at),
        _ => String::new(),
    };
    let kind = Kind::parse(role.kind).ok_or(Error::NotFound)?;
    let typed = typed(&desk, &on, role);
    let (sealer, body, me) = (desk.app.sealer.clone(), desk.body.id.clone(), desk.me.clone());
    let matter = id.clone();
    let work = async move |act: &mut Act| {
        let record = drafts::create(act, &body, kind, &me.section, &me.id, &typed, &text).await?;
        papers::name(act, &matter, role.name, &record).await?;
        let on = store::load(act, &sealer, &KIND, &body, &matter).await?;
        papers::hold(act, &KIND, (&matter, &on.case), at).await?;
        shown::again(act, &KIND, &on).await?;
        Ok(record)
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(done) => Ok(see(&format!("/desk/record/{}", done.into_inner()))),
        Err(Error::Conflict) => Ok(see(&format!("{LIST}/{id}/papers"))),
        Err(e) => Err(e.into()),
    }
}

fn typed(desk: &Desk, on: &Loaded, role: &Role) -> Typed {
    let name = on.case.body["name"].as_str().unwrap_or_default();
    let title = match role.name {
        super::model::ABOUT | TEXT => name.to_owned(),
        super::model::DRAFT => format!("{name}（征求意见稿）"),
        super::model::EXPLAIN => format!("关于《{name}》的起草说明"),
        READING => format!("《{name}》解读"),
        _ => format!("《{name}》{}", role.zh),
    };
    let today = desk.now.day().to_string();
    let column = if role.name == TEXT { "results/policies" } else { "decisions" };
    let also = if role.name == TEXT { "decisions" } else { "" };
    let all = [
        ("title", title.as_str()),
        ("column", column),
        ("also", also),
        ("class", "other"),
        ("openness", "open"),
        ("issuer", desk.body.name.as_str()),
        ("author", desk.me.section_name.as_str()),
        ("formed", today.as_str()),
    ];
    all.into_iter().map(|(field, value)| (field.to_owned(), value.to_owned())).collect()
}
