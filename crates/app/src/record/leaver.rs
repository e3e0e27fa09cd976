//! 交接：when somebody leaves, one act gives a named successor their drafts, duties, tokens and lent duties, and closes
//! the account. What waits for a duty then waits for the successor; what is returned later comes to them too.

use super::table::{draft, draft_writer, record};
use crate::account::desk::{Desk, Route, Who, get, post};
use crate::account::leave;
use crate::account::store::{self as accounts, staff};
use crate::account::{Duty, Me, again, lent};
use crate::edge::{Failure, html_as, see};
use crate::posted::Posted;
use crate::ui::{Choice, DeskFrame};
use ::store::{Act, Error};
use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use kernel::Refusal;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

const ADMIN: Who = Who::Duty(&[Duty::Administration]);

pub fn routes() -> Vec<Route> {
    vec![get("/desk/staff/{id}/hand-over", ADMIN, page), post("/desk/staff/{id}/hand-over", ADMIN, hand_over)]
}

#[derive(Template)]
#[template(path = "record/leaver.html")]
struct Page {
    frame: DeskFrame,
    leaver: Me,
    drafts: usize,
    tokens: usize,
    lent: usize,
    heirs: Vec<Choice>,
    heir: String,
}

/// Somebody else of this body whose account is open.
async fn leaver(desk: &Desk, id: &str) -> Result<(staff::Model, Me), Error> {
    let found = accounts::me(desk.read(), id).await?;
    found.filter(|(row, _)| row.body == desk.body.id).ok_or(Error::NotFound)
}

async fn page(desk: Desk, Path(id): Path<String>) -> Result<Response, Failure> {
    show(&desk, &id, String::new(), vec![]).await
}

async fn show(desk: &Desk, id: &str, heir: String, errors: Vec<Refusal>) -> Result<Response, Failure> {
    let (_, leaver) = leaver(desk, id).await?;
    let (status, frame) = desk.form(format!("交接：{}", leaver.name), "/desk/staff", errors);
    let crew = lent::crew(desk.read(), &desk.body.id, desk.now).await?;
    let lent = lent::not_over(desk.read(), &desk.body.id, desk.now).await?;
    let page = Page {
        frame,
        drafts: drafts_of(desk.read(), id).await?.len(),
        tokens: leave::tokens(desk.read(), id, desk.now).await?,
        lent: lent.iter().filter(|row| row.holder == id || row.deputy == id).count(),
        heirs: crew.iter().filter(|p| p.id != id).map(|p| Choice::new(&p.id, &p.name)).collect(),
        leaver,
        heir,
    };
    html_as(status, &page)
}

async fn drafts_of(db: &impl ConnectionTrait, staff: &str) -> Result<Vec<draft::Model>, Error> {
    Ok(draft::Entity::find().filter(draft::Column::Staff.eq(staff)).all(db).await?)
}

async fn hand_over(mut desk: Desk, Path(id): Path<String>, form: Posted) -> Result<Response, Failure> {
    let (row, _) = leaver(&desk, &id).await?;
    let chosen = form.get("heir").to_owned();
    let crew = lent::crew(desk.read(), &desk.body.id, desk.now).await?;
    let mut why = vec![];
    if id == desk.me.id {
        why.push(Refusal::new("own-account", "不能交接自己的账号。请另一位系统管理员办理。"));
    }
    let heir = crew.into_iter().find(|p| p.id == chosen && p.id != id);
    if heir.is_none() {
        why.push(Refusal::new("heir", "请选择接手人。").at("heir"));
    }
    why.extend(again::prove(&mut desk, &form).await?);
    let (Some(heir), true) = (heir, why.is_empty()) else { return show(&desk, &id, chosen, why).await };
    let by = desk.me.id.clone();
    let work = async move |act: &mut Act| {
        for draft in drafts_of(act, &row.id).await? {
            give(act, draft, &heir.id).await?;
        }
        leave::hand_over(act, &row, &heir, &by).await
    };
    match desk.app.store.act(desk.actor(), desk.now, work).await {
        Ok(_) => Ok(see("/desk/staff?said=handed-over")),
        Err(Error::Refused(why)) => show(&desk, &id, chosen, why).await,
        Err(e) => Err(e.into()),
    }
}

/// The draft goes on under another name; whose edits are in it stays known, because no author reviews. Where the
/// successor writes on the same record already, it becomes a record of its own, so that neither text is lost.
async fn give(act: &mut Act, mine: draft::Model, heir: &str) -> Result<(), Error> {
    let doubled = super::draft::my_draft(act, &mine.record, heir).await?.is_some();
    let about = if doubled { copy_record(act, &mine.record, heir).await? } else { mine.record.clone() };
    let base = if doubled { String::new() } else { mine.base.clone() };
    draft::Entity::update_many()
        .col_expr(draft::Column::Record, Expr::value(&about))
        .col_expr(draft::Column::Base, Expr::value(base))
        .col_expr(draft::Column::Staff, Expr::value(heir))
        .col_expr(draft::Column::Version, Expr::value(mine.version + 1))
        .filter(draft::Column::Id.eq(&mine.id))
        .exec(act)
        .await?;
    let writer = draft_writer::ActiveModel { id: Set(act.id()), draft: Set(mine.id), staff: Set(mine.staff) };
    draft_writer::Entity::insert(writer).exec_without_returning(act).await?;
    act.journal("hand-over-draft", &format!("record:{about}"));
    Ok(())
}

/// A new record of the same kind and section.
async fn copy_record(act: &Act, id: &str, heir: &str) -> Result<String, Error> {
    let old = record::Entity::find_by_id(id).one(act).await?.ok_or(Error::NotFound)?;
    super::draft::new_record(act, &old.body, &old.kind, &old.section, heir).await
}
