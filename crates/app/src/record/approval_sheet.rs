//! 审批单：what a leader signs on paper. It names the text by its digest, so that a signature belongs to one text only.

use super::brief::{self, Made};
use super::desk::{self, LOOK};
use super::{rules, signed_entry, store};
use crate::account::desk::{Desk, Route, get};
use crate::edge::{Failure, html};
use crate::ground;
use crate::ui::{DeskFrame, Fact};
use ::store::Error;
use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::Hash;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

pub fn routes() -> Vec<Route> {
    vec![get("/desk/record/{id}/approval-sheet", LOOK, page), get("/desk/record/{id}/approval-sheet/qr.svg", LOOK, qr)]
}

#[derive(Template)]
#[template(path = "record/approval_sheet.html")]
struct Page {
    frame: DeskFrame,
    id: String,
    body: String,
    code: String,
    hash: Hash,
    facts: Vec<Fact>,
    made: Vec<Made>,
    brief: [String; 2],
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let (names, law, fields) = (desk::names(&desk, &on).await?, desk.law(), &revision.paper.fields);
    let made = brief::made(&on, &names);
    let ground = ground::rules::cite(law, &fields.ground, revision.at.day()).to_owned();
    let facts = vec![
        Fact::text("标题", &revision.paper.title),
        Fact::text("种类", on.kind.zh),
        Fact::text("公开属性", fields.openness.zh()),
        Fact::text("依据", ground),
        Fact::text("栏目", rules::column_name(law, &fields.column).unwrap_or_default()),
        Fact::text("文号", &revision.late.number),
        Fact::text("拟稿", brief::joined(&revision.authors, &names)),
        Fact::text("提交", revision.at.to_string()),
    ];
    html(&Page {
        frame: desk.frame("政府信息公开审批单", "/desk/record"),
        id: on.row.id.clone(),
        body: desk.body.name.clone(),
        code: signed_entry::code(&revision.hash),
        hash: revision.hash,
        brief: brief::brief(&on, &made, &names),
        facts,
        made,
    })
}

/// Where the sheet is entered, with its code: a telephone that looks at the paper finds the page.
async fn qr(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let on = store::load(desk.read(), &desk.body.id, &id).await?;
    let revision = on.revision.as_ref().ok_or(Error::NotFound)?;
    let url = format!("{}/desk/record/{id}/signed?code={}", desk.app.base_url, signed_entry::code(&revision.hash));
    let code = QrCode::with_error_correction_level(url, EcLevel::M).map_err(|e| Error::fault(e.to_string()))?;
    let drawn = code.render::<svg::Color>().min_dimensions(160, 160).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], drawn).into_response())
}
