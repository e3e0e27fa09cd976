//! The proof of a submission, for whoever holds its tracking code. The code is posted, so that it stands in no address.

use super::model::Standing;
use super::prove;
use super::receipt::{GROWING, download};
use crate::App;
use crate::edge::{Failure, html, see, unkept};
use crate::portal::Portal;
use crate::posted::Posted;
use crate::submission::store::by_code;
use crate::ui::{Fact, Frame, Receipt, Tag, Tone, Value, thousands};
use ::store::Error;
use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use kernel::{Code, Hash};

pub fn routes() -> Router<App> {
    // Opened by hand, it leads to where the code is asked for.
    Router::new().route("/verify/submission", get(async || see("/correction/track")).post(show))
}

#[derive(Template)]
#[template(path = "proof/submission.html")]
struct Page {
    frame: Frame,
    code: String,
    slip: Receipt,
    is_logged: bool,
    statement: String,
    /// Empty once the words are erased.
    salt: String,
    content: String,
}

async fn show(portal: Portal, form: Posted) -> Result<Response, Failure> {
    let app = &portal.app;
    let Some(code) = Code::parse(form.get("code")) else { return Ok(see("/correction/track")) };
    let row = by_code(app.store.read(), &app.sealer, &portal.body.id, &code).await?.ok_or(Error::NotFound)?;
    let held = prove::of_submission(app, &row).await?.ok_or(Error::NotFound)?;
    if form.get("as") == "file" {
        let Standing::In(proof) = held.standing else {
            return Err(Failure { says: GROWING.into(), ..Failure::not_found() });
        };
        return Ok(unkept(download("submission.tlog-proof", proof.to_string())));
    }
    let mut facts = vec![Fact::new("收到时间", Value::Moment(row.received()))];
    let is_logged = match &held.standing {
        Standing::In(proof) => {
            facts.push(Fact::new("登记", Value::Tag(Tag::new("已登记", Tone::Done))));
            facts.push(Fact::text("登记序号", format!("第 {} 条", thousands(proof.index + 1))));
            true
        }
        Standing::Waiting => {
            facts.push(Fact::new("登记", Value::Tag(Tag::new("已收到，凭证生成中", Tone::Near))));
            false
        }
    };
    let says = "证明本局在这一天收到了这份来件。";
    let slip = Receipt {
        title: "登记凭证".into(),
        says: says.into(),
        facts,
        hash: Hash::parse(&row.commitment),
        action: None,
    };
    let mut frame = portal.frame("来件的登记凭证").under("", &[("查处理进度", "/correction/track")]).refused(vec![]);
    frame.path = "/correction/track".into();
    let (code, opening) = (code.to_string(), held.opening);
    let (salt, content) = (opening.salt.unwrap_or_default(), opening.content.unwrap_or_default());
    Ok(unkept(html(&Page { frame, code, slip, is_logged, statement: opening.statement, salt, content })?))
}
