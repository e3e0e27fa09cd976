//! 公开指南 at the desk: what the settings say, where the guide says something else, and a draft of it.

use super::desk::{LOOK, WORK};
use super::guide::{self, ART_12};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html_as, see};
use crate::record::desk::refuse_secrets;
use crate::record::draft as drafts;
use crate::record::kind::Kind;
use crate::record::model::Typed;
use crate::record::store as records;
use crate::record::table::record;
use crate::ui::{DeskFrame, Tag, Tone};
use ::store::{Act, Error};
use askama::Template;
use axum::response::Response;
use kernel::{Block, Refusal, notation};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

const HERE: &str = "/desk/report/guide";
const KIND: &str = "guide";
const COLUMN: &str = "disclosure/guide";

pub fn routes() -> Vec<Route> {
    vec![get("/desk/report/guide", LOOK, page), post("/desk/report/guide", Who::Duty(WORK), draft)]
}

/// The guide that there is, as it reads now: one's own draft before what was submitted last.
struct Guide {
    record: String,
    tag: Tag,
    blocks: Vec<Block>,
}

async fn newest(desk: &Desk) -> Result<Option<Guide>, Error> {
    let find = record::Entity::find().filter(record::Column::Body.eq(&desk.body.id));
    let find = find.filter(record::Column::Kind.eq(KIND)).order_by_desc(record::Column::MadeAt);
    let Some(row) = find.order_by_desc(record::Column::Id).one(desk.read()).await? else { return Ok(None) };
    let on = records::load(desk.read(), &desk.body.id, &row.id).await?;
    let blocks = match drafts::my_draft(desk.read(), &row.id, &desk.me.id).await? {
        Some(mine) => notation::parse(&mine.text),
        None => on.revision.as_ref().map(|r| r.paper.body.clone()).unwrap_or_default(),
    };
    Ok(Some(Guide { record: row.id, tag: Tag::new(on.state().zh(), Tone::Info), blocks }))
}

#[derive(Template)]
#[template(path = "report/guide.html")]
struct Page {
    frame: DeskFrame,
    office: Vec<(&'static str, String)>,
    gaps: Vec<&'static str>,
    guide: Option<Guide>,
    /// The settings that the guide does not repeat.
    stale: Vec<&'static str>,
    may_work: bool,
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    show(&desk, vec![]).await
}

async fn show(desk: &Desk, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (profile, guide) = (&desk.body.profile, newest(desk).await?);
    let (status, frame) = desk.form("政府信息公开指南", HERE, errors);
    let page = Page {
        frame,
        office: guide::office(profile).into_iter().map(|(zh, value)| (zh, value.to_owned())).collect(),
        gaps: guide::gaps(profile),
        stale: guide.as_ref().map(|g| guide::stale(&g.blocks, profile)).unwrap_or_default(),
        guide,
        may_work: WORK.iter().any(|duty| desk.me.has(*duty)),
    };
    html_as(status, &page)
}

async fn draft(desk: Desk) -> Result<Response, Failure> {
    let gaps = guide::gaps(&desk.body.profile);
    if !gaps.is_empty() {
        let says = format!("“公开主体”里还没有填：{}。请系统管理员填写后再建稿。", gaps.join("、"));
        return show(&desk, vec![Refusal::new("settings", says).cite(ART_12)]).await;
    }
    let made = match newest(&desk).await? {
        None => start(&desk).await?,
        Some(guide) => renew(&desk, &guide.record).await?,
    };
    match made {
        Ok(record) => Ok(see(&format!("/desk/record/{record}?said=saved"))),
        Err(why) => show(&desk, why).await,
    }
}

type Made = Result<String, Vec<Refusal>>;

async fn start(desk: &Desk) -> Result<Made, Failure> {
    let kind = Kind::parse(KIND).ok_or_else(|| Error::fault("a kind vanished"))?;
    let text = guide::text(desk.law(), &desk.body, desk.now.day());
    let typed: Typed = [
        ("title", format!("{}政府信息公开指南", desk.body.name)),
        ("issuer", desk.body.name.clone()),
        ("source", desk.body.name.clone()),
        ("author", desk.me.section_name.clone()),
        ("openness", "open".into()),
        ("column", COLUMN.into()),
        ("ground", "O19".into()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    if let Err(why) = refuse_secrets(desk, &typed, &text, "new").await {
        return Ok(Err(why));
    }
    let (body, section, staff) = (desk.body.id.clone(), desk.me.section.clone(), desk.me.id.clone());
    let work = async move |act: &mut Act| {
        let id = drafts::create(act, &body, kind, &section, &staff, &typed, &text).await?;
        act.journal("guide-draft", &format!("record:{id}"));
        Ok(id)
    };
    Ok(Ok(desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner()))
}

/// The table of the office in one's own draft; every other word stays.
async fn renew(desk: &Desk, record: &str) -> Result<Made, Failure> {
    let Some(row) = drafts::my_draft(desk.read(), record, &desk.me.id).await? else {
        let says = "您手里没有这件的草稿。请先打开公开指南，点“在原稿上修改”，再回来更新。";
        return Ok(Err(vec![Refusal::new("no-draft", says)]));
    };
    let Some(blocks) = guide::renewed(&notation::parse(&row.text), &desk.body.profile) else {
        let says =
            format!("草稿里没有名为“{}”的表。请在草稿里照“公开主体”改，或者给那张表加上这个表名。", guide::OFFICE);
        return Ok(Err(vec![Refusal::new("no-table", says)]));
    };
    let (typed, text, id) = (drafts::typed_of(&row)?, notation::write(&blocks), record.to_owned());
    let work = async move |act: &mut Act| {
        drafts::save_draft(act, &row, row.version, &typed, &text).await?;
        act.journal("guide-draft", &format!("record:{id}"));
        Ok(id.clone())
    };
    Ok(Ok(desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner()))
}
