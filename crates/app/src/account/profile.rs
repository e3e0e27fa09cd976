//! 公开主体：what every page shows of the body. Configuration, not information: the administrator sets it, the journal
//! notes it, and every kept page is rendered again.

use super::desk::{Desk, Route, Who, get, post};
use super::model::Duty;
use super::store::body;
use crate::body::Profile;
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::DeskFrame;
use ::store::{Act, Error};
use askama::Template;
use axum::response::Response;
use kernel::{Day, Refusal};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

const ADMIN: Who = Who::Duty(&[Duty::Administration]);
const LONGEST: usize = 200;

pub fn routes() -> Vec<Route> {
    vec![get("/desk/body", ADMIN, page), post("/desk/body", ADMIN, save)]
}

/// A field of the profile: its name in the form, what people call it, a hint, and where it is kept.
struct Field {
    word: &'static str,
    zh: &'static str,
    hint: &'static str,
    of: fn(&mut Profile) -> &mut String,
}

const FIELDS: &[Field] = &[
    Field { word: "subtitle", zh: "平台名称", hint: "如 政务公开平台", of: |p| &mut p.subtitle },
    Field { word: "note", zh: "说明条", hint: "显示在每一页上，空着就不显示", of: |p| &mut p.note },
    Field { word: "domain", zh: "网站域名", hint: "如 xmj.zhuzhou.gov.cn", of: |p| &mut p.domain },
    Field { word: "site_id_code", zh: "政府网站标识码", hint: "10 位数字", of: |p| &mut p.site_id_code },
    Field { word: "icp", zh: "互联网备案号", hint: "", of: |p| &mut p.icp },
    Field { word: "police", zh: "公安备案号", hint: "", of: |p| &mut p.police },
    Field { word: "office", zh: "政府信息公开工作机构", hint: "如 局办公室", of: |p| &mut p.office },
    Field { word: "address", zh: "办公地址", hint: "", of: |p| &mut p.address },
    Field { word: "post_code", zh: "邮政编码", hint: "", of: |p| &mut p.post_code },
    Field {
        word: "hours", zh: "办公时间", hint: "如 工作日 9:00—12:00、13:30—17:30", of: |p| &mut p.hours
    },
    Field { word: "phone", zh: "联系电话", hint: "", of: |p| &mut p.phone },
    Field { word: "fax", zh: "传真号码", hint: "", of: |p| &mut p.fax },
    Field { word: "email", zh: "电子邮箱", hint: "", of: |p| &mut p.email },
    Field { word: "reading_point", zh: "信息查阅点", hint: "", of: |p| &mut p.reading_point },
    Field {
        word: "reconsideration",
        zh: "行政复议机关",
        hint: "写进不予更正等答复的救济途径，如 株洲市人民政府",
        of: |p| &mut p.reconsideration,
    },
    Field {
        word: "reconsideration_address",
        zh: "行政复议机关的地址",
        hint: "收取复议申请的地址",
        of: |p| &mut p.reconsideration_address,
    },
    Field { word: "court", zh: "管辖法院", hint: "受理行政诉讼的人民法院", of: |p| &mut p.court },
    Field { word: "court_address", zh: "管辖法院的地址", hint: "", of: |p| &mut p.court_address },
    Field {
        word: "obligations_from",
        zh: "公开义务起算日",
        hint: "写成 2026-11-16；从这天起逐项计算应公开的内容，空着就从建立单位那天起",
        of: |p| &mut p.obligations_from,
    },
];

/// A field with its value, for the template.
struct Line {
    word: &'static str,
    zh: &'static str,
    hint: &'static str,
    text: String,
}

#[derive(Template)]
#[template(path = "account/body.html")]
struct Page {
    frame: DeskFrame,
    called: String,
    lines: Vec<Line>,
    version: i64,
}

async fn row(desk: &Desk) -> Result<body::Model, Error> {
    body::Entity::find_by_id(&desk.body.id).one(desk.read()).await?.ok_or(Error::NotFound)
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let row = row(&desk).await?;
    show(&desk, &row, desk.body.profile.clone(), row.name.clone(), vec![])
}

fn show(
    desk: &Desk,
    row: &body::Model,
    mut all: Profile,
    called: String,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let line = |f: &Field| Line { word: f.word, zh: f.zh, hint: f.hint, text: (f.of)(&mut all).clone() };
    let lines = FIELDS.iter().map(line).collect();
    let (status, frame) = desk.form("公开主体", "/desk/body", errors);
    html_as(status, &Page { frame, called, lines, version: row.version })
}

async fn save(desk: Desk, form: Posted) -> Result<Response, Failure> {
    let (row, called) = (row(&desk).await?, form.get("called").to_owned());
    let mut all = desk.body.profile.clone();
    let mut why = vec![];
    if called.is_empty() {
        why.push(Refusal::new("name", "请填写单位名称。").at("called"));
    }
    for field in FIELDS {
        let text = form.get(field.word);
        if text.chars().count() > LONGEST {
            why.push(Refusal::new("long", format!("{}最多 {LONGEST} 字。", field.zh)).at(field.word));
        }
        text.clone_into((field.of)(&mut all));
    }
    match Day::parse(&all.obligations_from) {
        Some(day) => all.obligations_from = day.to_string(),
        None if all.obligations_from.is_empty() => {}
        None => why.push(Refusal::new("date", "公开义务起算日写成 2026-11-16 这样的日期。").at("obligations_from")),
    }
    if !why.is_empty() {
        return show(&desk, &row, all, called, why);
    }
    let (profile, seen) = (serde_json::to_string(&all).map_err(|e| Error::Fault(e.into()))?, form.number("version")?);
    let work = async move |act: &mut Act| {
        act.bump(&row, seen).await?;
        body::Entity::update_many()
            .col_expr(body::Column::Name, Expr::value(called.clone()))
            .col_expr(body::Column::Profile, Expr::value(profile.clone()))
            .filter(body::Column::Id.eq(&row.id))
            .exec(act)
            .await?;
        act.journal("set-profile", &format!("body:{}", row.id));
        Ok(())
    };
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    desk.app.reload_bodies().await?;
    Ok(see("/desk/body?said=body-saved"))
}
