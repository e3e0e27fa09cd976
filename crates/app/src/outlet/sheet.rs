//! What a person takes to an outlet: the hand-over sheet, the 图文稿, the poster; and the address they bring back.

use super::desk::{About, HERE, LOOK, WORK, may_work};
use super::model::{State, Way};
use super::{paper, rules, store};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::edge::{Failure, html, html_as, see};
use crate::posted::Posted;
use crate::record::public::Shown;
use crate::record::show;
use crate::ui::{DeskFrame, Html};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Day, Instant, Refusal};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use std::collections::HashMap;

pub fn routes() -> Vec<Route> {
    vec![
        get("/desk/record/{id}/outlet/sheet", LOOK, sheet),
        get("/desk/record/{id}/outlet/wechat", LOOK, wechat),
        get("/desk/record/{id}/outlet/poster", LOOK, poster),
        get("/desk/record/{id}/outlet/qr.svg", LOOK, qr),
        post("/desk/record/{id}/outlet/placed", Who::Duty(WORK), placed),
    ]
}

/// What is public of the record; the pages of this file are about nothing else.
async fn public(desk: &Desk, id: &str) -> Result<(About, Shown), Failure> {
    let mut about = About::load(desk, id).await?;
    let says = "这件还没有公开，或者已经撤下，没有可以发到别处的内容。";
    let shown = about.shown.take().ok_or_else(|| Failure::new(StatusCode::NOT_FOUND, says))?;
    Ok((about, shown))
}

/// The form that asks for the address back.
struct Asks {
    outlet: String,
    site: String,
    address: String,
    may: bool,
}

impl Asks {
    /// For the outlet in the address of the page, while a version has to be placed there.
    async fn of(desk: &Desk, id: &str, outlet: &str, typed: &str) -> Result<Asks, Error> {
        let table = store::table(desk.read(), desk.law(), &desk.body.id).await?;
        let site = table.find(outlet).map(|o| o.site.clone()).unwrap_or_default();
        let copy = match store::copy(desk.read(), &desk.body.id, id, outlet).await {
            Err(Error::NotFound) => None,
            found => Some(found?),
        };
        let open = match &copy {
            Some(copy) => copy.wanted > 0 && copy.state()? != State::Sent && copy.way()?.has_address(),
            None => false,
        };
        Ok(Asks { outlet: outlet.into(), site, address: typed.into(), may: open && may_work(desk) })
    }
}

fn asked(query: &HashMap<String, String>) -> String {
    query.get("outlet").cloned().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "outlet/sheet.html")]
struct Sheet {
    frame: DeskFrame,
    about: About,
    asks: Asks,
    shown: Shown,
    fields: Vec<(&'static str, String)>,
}

async fn sheet(
    desk: Desk,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    show_sheet(&desk, &id, &asked(&query), "", vec![]).await
}

async fn show_sheet(
    desk: &Desk,
    id: &str,
    outlet: &str,
    typed: &str,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (about, shown) = public(desk, id).await?;
    let (status, frame) = desk.form("移交单", HERE, errors);
    let fields = paper::fields(&desk.app, desk.law(), &shown);
    html_as(status, &Sheet { frame, about, asks: Asks::of(desk, id, outlet, typed).await?, fields, shown })
}

#[derive(Template)]
#[template(path = "outlet/wechat.html")]
struct Wechat {
    frame: DeskFrame,
    about: About,
    asks: Asks,
    title: String,
    cut: bool,
    digest: String,
    text: String,
    url: String,
    /// Images and files do not come along by themselves.
    files: Vec<String>,
}

async fn wechat(
    desk: Desk,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Failure> {
    show_wechat(&desk, &id, &asked(&query), "", vec![]).await
}

async fn show_wechat(
    desk: &Desk,
    id: &str,
    outlet: &str,
    typed: &str,
    errors: Vec<Refusal>,
) -> Result<Response, Failure> {
    let (about, shown) = public(desk, id).await?;
    let (status, frame) = desk.form("图文稿", HERE, errors);
    let (title, cut) = rules::wechat_title(&shown.row.title);
    let text = paper::told(&shown);
    let page = Wechat {
        frame,
        about,
        asks: Asks::of(desk, id, outlet, typed).await?,
        title,
        cut,
        digest: rules::digest(&shown.row.summary, &paper::text(&shown)),
        url: paper::url(&desk.app, &shown),
        files: shown.files.iter().map(|f| f.name.clone()).collect(),
        text,
    };
    html_as(status, &page)
}

#[derive(Template)]
#[template(path = "outlet/poster.html")]
struct Poster {
    frame: DeskFrame,
    about: About,
    shown: Shown,
    /// The whole text, or its digest where it would not fit.
    body: Html,
    whole: bool,
    url: String,
    addressed: bool,
    day: Day,
}

async fn poster(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (about, shown) = public(&desk, &id).await?;
    let text = paper::text(&shown);
    let whole = text.chars().count() <= rules::POSTER_MAX;
    let files = format!("{}/v/{}/files", shown.row.path, shown.row.version);
    let body = match whole {
        true => show::blocks(&shown.body, &files),
        false => Html::text(&rules::digest(&shown.row.summary, &text)),
    };
    html(&Poster {
        frame: desk.frame(shown.row.title.clone(), HERE),
        body,
        whole,
        url: paper::url(&desk.app, &shown),
        addressed: !desk.app.base_url.is_empty(),
        day: Instant(shown.row.changed_at).day(),
        about,
        shown,
    })
}

/// The page's address as a QR code that survives a wall: a quarter of it may be dirt.
async fn qr(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    let (_, shown) = public(&desk, &id).await?;
    let url = paper::url(&desk.app, &shown);
    let code = QrCode::with_error_correction_level(&url, EcLevel::Q).map_err(|e| Error::fault(e.to_string()))?;
    let drawn = code.render::<svg::Color>().min_dimensions(240, 240).quiet_zone(true).build();
    Ok(([(header::CONTENT_TYPE, "image/svg+xml")], drawn).into_response())
}

/// The address comes back; the copy stands there from now on.
async fn placed(desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (outlet, typed) = (form.get("outlet").to_owned(), form.get("address").to_owned());
    let copy = store::copy(desk.read(), &desk.body.id, &id, &outlet).await?;
    let asks = Asks::of(&desk, &id, &outlet, &typed).await?;
    if !asks.may {
        return Err(Error::Conflict.into());
    }
    let address = match rules::address(&outlet, &asks.site, &typed) {
        Ok(address) => address,
        Err(why) if copy.way()? == Way::Wechat => return show_wechat(&desk, &id, &outlet, &typed, vec![why]).await,
        Err(why) => return show_sheet(&desk, &id, &outlet, &typed, vec![why]).await,
    };
    let work = async move |act: &mut Act| store::done(act, &copy, &address).await;
    desk.app.store.act(desk.actor(), desk.now, work).await?.into_inner();
    Ok(see(&format!("/desk/record/{id}/outlet?said=outlet-noted")))
}
