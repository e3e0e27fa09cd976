//! The bodies' lists of synonyms, and the queries that found nothing.

use super::table::{search_synonyms, search_unanswered};
use super::words::SYNONYMS;
use ::store::{Act, Error};
use kernel::Day;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

/// Days for which unanswered queries are kept.
const KEPT_DAYS: i32 = 400;
/// Rows that the report reads.
const READ_MAX: u64 = 5_000;

/// The versions of a body's list, the newest first.
pub async fn lists(db: &impl ConnectionTrait, body: &str, most: u64) -> Result<Vec<search_synonyms::Model>, Error> {
    let mine = search_synonyms::Entity::find().filter(search_synonyms::Column::Body.eq(body));
    Ok(mine.order_by_desc(search_synonyms::Column::Id).limit(most).all(db).await?)
}

/// The list that counts: the body's newest, else that of the release.
pub async fn list(db: &impl ConnectionTrait, body: &str) -> Result<String, Error> {
    Ok(lists(db, body, 1).await?.pop().map_or_else(|| SYNONYMS.to_owned(), |row| row.text))
}

/// Puts another list in the place of the one before.
pub async fn add_list(act: &mut Act, body: &str, staff: &str, text: &str, note: &str) -> Result<(), Error> {
    let id = act.id();
    let row = search_synonyms::ActiveModel {
        id: Set(id.clone()),
        body: Set(body.into()),
        text: Set(text.into()),
        note: Set(note.into()),
        made_by: Set(staff.into()),
        made_at: Set(act.now.0),
    };
    search_synonyms::Entity::insert(row).exec_without_returning(act).await?;
    act.journal("set-synonyms", &format!("search-synonyms:{id}"));
    Ok(())
}

/// Adds to how often nothing answered some words on a day.
pub async fn add_unanswered(act: &Act, body: &str, day: Day, query: &str, n: u64) -> Result<(), Error> {
    use search_unanswered::Column::{Body, Id, N, Query};
    let (day, n) = (day.to_string(), i64::try_from(n).unwrap_or(i64::MAX));
    let find = search_unanswered::Entity::find().filter(Body.eq(body)).filter(Query.eq(query));
    if let Some(row) = find.filter(search_unanswered::Column::Day.eq(&day)).one(act).await? {
        let more = search_unanswered::Entity::update_many().col_expr(N, Expr::value(row.n + n));
        more.filter(Id.eq(&row.id)).exec(act).await?;
        return Ok(());
    }
    let row = search_unanswered::ActiveModel {
        id: Set(act.id()),
        body: Set(body.into()),
        day: Set(day),
        query: Set(query.into()),
        n: Set(n),
    };
    search_unanswered::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// Of the days that are over, what was asked less than `least` times goes; and what is old.
pub async fn let_go_unanswered(act: &Act, body: &str, least: i64) -> Result<(), Error> {
    use search_unanswered::Column::{Body, N};
    let today = act.now.day();
    let mine = || search_unanswered::Entity::delete_many().filter(Body.eq(body));
    let before = |day: Day| search_unanswered::Column::Day.lt(day.to_string());
    mine().filter(before(today)).filter(N.lt(least)).exec(act).await?;
    mine().filter(before(today.plus(-KEPT_DAYS))).exec(act).await?;
    Ok(())
}

/// What nothing answered since a day.
pub async fn unanswered(
    db: &impl ConnectionTrait,
    body: &str,
    since: Day,
) -> Result<Vec<search_unanswered::Model>, Error> {
    use search_unanswered::Column::{Body, Id};
    let mine = search_unanswered::Entity::find().filter(Body.eq(body));
    let mine = mine.filter(search_unanswered::Column::Day.gte(since.to_string()));
    Ok(mine.order_by_desc(Id).limit(READ_MAX).all(db).await?)
}
