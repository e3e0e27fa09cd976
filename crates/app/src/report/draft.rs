//! From numbers to a record: a draft in the six sections, with the tables as a workbook beside it. When a number
//! changes before the report is submitted, the tables of the draft are renewed and its words stay.

use super::blocks::{self, Facts};
use super::desk::{WORK, show, year_of};
use super::model::{Origin, Tables};
use super::store::{self, Annual, Change};
use super::{out, rules};
use crate::account::desk::{Desk, Route, Who, post};
use crate::edge::{Failure, see};
use crate::posted::Posted;
use crate::record::desk::refuse_secrets;
use crate::record::draft as drafts;
use crate::record::file::media_type;
use crate::record::kind::Kind;
use crate::record::model::Typed;
use ::store::{Act, Error};
use axum::extract::Path;
use axum::response::Response;
use kernel::{Refusal, notation};

const ART_49: &str = "《政府信息公开条例》第四十九条";
const COLUMN: &str = "disclosure/reports";

pub fn routes() -> Vec<Route> {
    vec![post("/desk/report/annual/{year}/draft", Who::Duty(WORK), draft)]
}

async fn draft(desk: Desk, Path(year): Path<String>, form: Posted) -> Result<Response, Failure> {
    let year = year_of(&year, desk.now.day())?;
    let annual = store::annual(&desk.app.store, &desk.body.id, year).await?;
    let before = store::before(desk.read(), &desk.body.id, year).await?;
    let why = against(&desk, &annual, before.as_ref(), &form)?;
    if !why.is_empty() {
        return show(&desk, year, &form, why).await;
    }
    let seen = form.number("version")?;
    let made = match annual.row.as_ref().and_then(|r| r.record.clone()) {
        None => start(&desk, &annual, &form, seen).await?,
        Some(record) => renew(&desk, &annual, &record, seen).await?,
    };
    match made {
        Ok(record) => Ok(see(&format!("/desk/record/{record}?said=saved"))),
        Err(why) => show(&desk, year, &form, why).await,
    }
}

/// Why no draft can be made, or none anew.
fn against(desk: &Desk, annual: &Annual, before: Option<&Tables>, form: &Posted) -> Result<Vec<Refusal>, Error> {
    let mut why = vec![];
    if annual.origin == Origin::Locked {
        why.push(super::desk::locked());
    } else if annual.row.as_ref().is_some_and(|r| r.entered_by.is_some()) {
        why.push(Refusal::new("entered", "这一年已录入公布过的数字，不再编制报告。"));
    }
    if annual.year >= desk.now.day().year() {
        why.push(Refusal::new("not-over", "这一年还没有结束。年度报告在下一年 1 月编制。").cite(ART_49));
    }
    let faults = rules::faults(&annual.tables);
    why.extend(faults.into_iter().map(|says| Refusal::new("identity", format!("{says}。请先核对办理情况。"))));
    let untied = before.is_some_and(|b| !rules::untied(b, &annual.tables).is_empty());
    let first = annual.row.as_ref().is_none_or(|r| r.record.is_none());
    if untied && first && form.text("tie_why").trim().is_empty() {
        let says = "结转数与上年报告不一致。请写明原因，写进“其他需要报告的事项”。";
        why.push(Refusal::new("untied", says).at("tie_why"));
    }
    if annual.drafted()?.is_some_and(|d| d == annual.tables) {
        why.push(Refusal::new("same", "数字没有变化，不用更新。请打开公开件接着办。"));
    }
    Ok(why)
}

type Made = Result<String, Vec<Refusal>>;

async fn start(desk: &Desk, annual: &Annual, form: &Posted, seen: i64) -> Result<Made, Failure> {
    let (year, untied) = (annual.year, form.text("tie_why"));
    let kind = Kind::parse("report").ok_or_else(|| Error::fault("a kind vanished"))?;
    let facts = Facts { body: &desk.body.name, year, charged: annual.charged, untied: untied.trim() };
    let text = notation::write(&blocks::body(&facts, &annual.tables));
    let typed = fields(desk, year);
    if let Err(why) = refuse_secrets(desk, &typed, &text, "new").await {
        return Ok(Err(why));
    }
    let file = workbook(desk, annual).await?;
    let (body, section, staff) = (desk.body.id.clone(), desk.me.section.clone(), desk.me.id.clone());
    let tables = annual.tables.clone();
    let work = async move |act: &mut Act| {
        let id = drafts::create(act, &body, kind, &section, &staff, &typed, &text).await?;
        let draft = drafts::my_draft(act, &id, &staff).await?.ok_or(Error::NotFound)?;
        drafts::add_file(act, &draft.id, &file.name, file.kind, file.size, &file.blob).await?;
        store::change(act, &body, year, (&staff, seen), Change::Drafted(&tables, &id)).await?;
        Ok(id)
    };
    Ok(Ok(desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner()))
}

fn fields(desk: &Desk, year: i16) -> Typed {
    let all = [
        ("title", blocks::title(&desk.body.name, year)),
        ("issuer", desk.body.name.clone()),
        ("source", desk.body.name.clone()),
        ("author", desk.me.section_name.clone()),
        ("openness", "open".into()),
        ("column", COLUMN.into()),
        ("ground", "O19".into()),
        ("report-type", "yearly".into()),
        ("report-year", year.to_string()),
    ];
    all.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The tables of one's own draft, and the workbook beside it, put right; every word stays.
async fn renew(desk: &Desk, annual: &Annual, record: &str, seen: i64) -> Result<Made, Failure> {
    let Some(row) = drafts::my_draft(desk.read(), record, &desk.me.id).await? else {
        let says = "您手里没有这件的草稿。请先打开公开件，点“在原稿上修改”，再回来更新表格。";
        return Ok(Err(vec![Refusal::new("no-draft", says)]));
    };
    let Some(blocks) = blocks::renewed(&notation::parse(&row.text), &annual.tables) else {
        let says = "草稿里少了年报的表。表名要和官方格式一致，请恢复后再更新。";
        return Ok(Err(vec![Refusal::new("no-table", says)]));
    };
    let file = workbook(desk, annual).await?;
    let (body, staff, year) = (desk.body.id.clone(), desk.me.id.clone(), annual.year);
    let (tables, typed, text) = (annual.tables.clone(), drafts::typed_of(&row)?, notation::write(&blocks));
    let id = record.to_owned();
    let work = async move |act: &mut Act| {
        drafts::save_draft(act, &row, row.version, &typed, &text).await?;
        for old in drafts::draft_files(act, &row.id).await?.iter().filter(|f| f.name == file.name) {
            drafts::remove_file(act, &row, &old.id).await?;
        }
        drafts::add_file(act, &row.id, &file.name, file.kind, file.size, &file.blob).await?;
        store::change(act, &body, year, (&staff, seen), Change::Drafted(&tables, &id)).await?;
        Ok(id.clone())
    };
    Ok(Ok(desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner()))
}

struct Stored {
    name: String,
    kind: &'static str,
    size: i64,
    blob: String,
}

async fn workbook(desk: &Desk, annual: &Annual) -> Result<Stored, Error> {
    let (name, bytes) = (out::file_name(annual.year, "xlsx"), out::xlsx(annual)?);
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let kind = media_type(&name).ok_or_else(|| Error::fault("a workbook has no media type"))?;
    let blob = desk.app.blobs.put(&desk.app.store, bytes.into(), desk.actor(), desk.now).await?.to_string();
    Ok(Stored { name, kind, size, blob })
}
