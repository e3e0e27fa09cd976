//! The settings in force, and the form in which somebody proposes others.

use super::form::{self, FILE, Form, OFF, level_name};
use crate::account::Duty;
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html, html_as};
use crate::floor::public_page;
use crate::posted::Posted;
use crate::rule::model::Proposal;
use crate::rule::{self, Impact, propose, store as versions};
use crate::ui::{Choice, DeskFrame, Row};
use ::store::Error;
use askama::Template;
use axum::response::Response;
use kernel::Refusal;
use scan::{Leader, RULES, RuleInfo, Settings, Severity};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

pub const HERE: &str = "/desk/check/settings";
/// As slice `rule` lets propose.
const PROPOSE: Who = Who::Duty(rule::PROPOSE);

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/check/settings", Who::Duty(Duty::LOOK), index),
        get("/desk/check/settings/new", PROPOSE, new),
        post("/desk/check/settings/new", PROPOSE, send),
    ]
}

/// How a rule's findings are treated here.
struct Level {
    info: &'static RuleInfo,
    /// The word of the interface; `关闭` where it is not looked for.
    says: &'static str,
    changed: bool,
}

#[derive(Template)]
#[template(path = "check/settings.html")]
struct Index {
    frame: DeskFrame,
    form: Form,
    leaders: &'static [Leader],
    levels: Vec<Level>,
    versions: Vec<Row>,
    may_propose: bool,
}

async fn index(desk: Desk) -> Result<Response, Failure> {
    let settings = &desk.law().scanner;
    let versions = rule::rows(&desk, &versions::of_file(desk.read(), FILE).await?).await?;
    html(&Index {
        frame: desk.frame("机检词表和名册", HERE),
        form: Form::of(settings),
        leaders: &settings.leaders,
        levels: RULES.iter().map(|info| level(settings, info)).collect(),
        versions,
        may_propose: rule::PROPOSE.iter().any(|duty| desk.me.has(*duty)),
    })
}

fn level(settings: &Settings, info: &'static RuleInfo) -> Level {
    let (set, off) = (settings.severities.get(info.id), settings.off.contains(info.id));
    let says = if off { "关闭" } else { set.map_or(info.severity.zh(), |set| set.zh()) };
    Level { info, says, changed: off || set.is_some() }
}

/// What may be chosen for a rule: nothing for a mark of secrecy, no switching off for what waits for a reviewer.
struct Pick {
    info: &'static RuleInfo,
    name: String,
    value: String,
    choices: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "check/change.html")]
struct Page {
    frame: DeskFrame,
    form: Form,
    picks: Vec<Pick>,
    /// Leaders whose profile is public and who are not in the form, as lines of it.
    profiles: Vec<String>,
    source: String,
    note: String,
    preview: Option<Impact>,
}

fn picks(form: &Form) -> Vec<Pick> {
    let pick = |(info, value): (&'static RuleInfo, &String)| {
        let least = if info.stops { Severity::Warn } else { Severity::Text };
        let set = [Severity::Block, Severity::Warn, Severity::Text].into_iter().filter(|s| *s <= least);
        let mut choices = vec![Choice::new("", format!("照规则：{}", info.severity.zh()))];
        if info.rule != scan::Rule::SecretMark {
            choices.extend(set.map(|s| Choice::new(s.word(), s.zh())));
            choices.extend((!info.stops).then(|| Choice::new(OFF, "关闭")));
        }
        Pick { info, name: level_name(info.rule), value: value.clone(), choices }
    };
    RULES.iter().zip(&form.levels).map(pick).collect()
}

async fn new(desk: Desk) -> Result<Response, Failure> {
    show(&desk, Form::of(&desk.law().scanner), &Posted::default(), None, vec![]).await
}

async fn show(
    desk: &Desk,
    form: Form,
    posted: &Posted,
    preview: Option<Impact>,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (status, frame) = desk.form("提出机检词表和名册的改动", HERE, errors);
    let page = Page {
        frame,
        picks: picks(&form),
        profiles: profiles(desk, &form).await?,
        source: posted.text("source"),
        note: posted.text("note"),
        preview,
        form,
    };
    html_as(status, &page)
}

/// The public profiles of leaders that the form does not name.
async fn profiles(desk: &Desk, form: &Form) -> Result<Vec<String>, Error> {
    let pages = public_page::Entity::find()
        .filter(public_page::Column::Body.eq(&desk.body.id))
        .filter(public_page::Column::Kind.eq("leader"))
        .all(desk.read())
        .await?;
    let mut lines = vec![];
    for page in pages.iter().filter(|page| page.ending.is_empty()) {
        let data: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&page.data).map_err(|e| Error::Fault(e.into()))?;
        let get = |name: &str| data.get(name).cloned().unwrap_or_default();
        let (name, post) = (get("leader"), get("post"));
        if !name.is_empty() && !form.leaders.contains(&name) {
            lines.push(format!("{name}｜{post}"));
        }
    }
    Ok(lines)
}

async fn send(desk: Desk, posted: Posted) -> Result<Response, Failure> {
    let form = Form::read(&posted);
    let settings = match form.settings() {
        Ok(settings) => settings,
        Err(why) => return show(&desk, form, &posted, None, why).await,
    };
    let text = form::text(&settings).map_err(|e| Error::Fault(e.into()))?;
    if posted.get("do") == "preview" {
        return match rule::impact(&desk, FILE, &text).await? {
            Ok(impact) => show(&desk, form, &posted, Some(impact), vec![]).await,
            Err(why) => show(&desk, form, &posted, None, why.into_iter().map(at_own_field).collect()).await,
        };
    }
    let new = Proposal::of(FILE, text, &posted);
    match propose(&desk, new).await? {
        Ok(done) => Ok(done),
        Err(why) => show(&desk, form, &posted, None, why.into_iter().map(at_own_field).collect()).await,
    }
}

/// The loader speaks of the whole file; this form has no field for that.
fn at_own_field(mut why: Refusal) -> Refusal {
    why.field = why.field.filter(|field| matches!(*field, "source" | "note"));
    why
}
