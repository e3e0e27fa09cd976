//! Lists of the public floor. One query serves page, CSV, JSON, feed and API.

use super::model::Query;
use super::rules::PAGED_MAX;
use crate::floor::{Listed, Validity, public_listing, public_page};
use crate::portal::{Ends, Portal};
use kernel::{Day, Instant};
use public_listing::Column;
use sea_orm::sea_query::{Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{ColumnTrait, Condition, Order};
use std::collections::HashMap;
use store::{Error, Find, Public};

type Listing<'a> = Find<'a, public_listing::Entity>;

/// What is listed at a place of a body under a query, in no order yet.
fn matching<'a>(public: &'a Public, body: &str, place: &str, query: &Query) -> Listing<'a> {
    let mut find =
        public.find::<public_listing::Entity>().filter(Column::Body.eq(body)).filter(Column::Place.eq(place));
    if let Some((first, next)) = query.year.and_then(|y| Some((Day::new(y, 1, 1)?, Day::new(y + 1, 1, 1)?))) {
        find = find.filter(Column::FirstAt.gte(first.start().0)).filter(Column::FirstAt.lt(next.start().0));
    }
    if !query.kind.is_empty() {
        find = find.filter(Column::Kind.eq(&query.kind));
    }
    for (name, word) in &query.choices {
        // Words and names have no wildcards, and JSON of ours has no blanks.
        find = find.filter(Column::Data.like(format!("%\"{name}\":\"{word}\"%")));
    }
    if let Some((validity, today)) = query.validity {
        find = find.filter(holding(validity, today));
    }
    if query.q.is_empty() && !query.looks_closer() {
        find = find.short();
    } else if !query.q.is_empty() {
        let title = Expr::expr(Func::lower(Expr::col(Column::Title)));
        find = find.filter(title.like(LikeExpr::new(pattern(&query.q)).escape('\\')));
    }
    find
}

/// [`Validity::on`] as a condition; `record/library.story` plays every word of it. Days are ISO text, which compares as
/// days follow.
fn holding(validity: Validity, today: Day) -> Condition {
    let today = today.to_string();
    let touched = |word: &str| Condition::all().add(Column::Ending.eq(word)).add(Column::Ended.lte(&*today));
    let ended = Condition::any().add(touched("repealed")).add(touched("lapsed"));
    let begun = Column::Effective.lte(&*today);
    let over = Condition::all().add(Column::Expires.ne("")).add(Column::Expires.lt(&*today));
    let stated = Condition::any().add(Column::Effective.ne("")).add(Column::Expires.ne(""));
    let shows = Condition::all().add(ended.clone().not()).add(Column::ShownUntil.ne(""));
    let ended = ended.add(Column::ShownUntil.ne(""));
    let running = Condition::all().add(ended.clone().not()).add(begun.clone()).add(over.clone().not());
    match validity {
        Validity::Repealed => touched("repealed"),
        Validity::Lapsed => touched("lapsed"),
        Validity::NotYet => Condition::all().add(ended.not()).add(begun.not()),
        Validity::Expired => Condition::all().add(ended.not()).add(begun).add(over),
        Validity::Amended => running.add(touched("amended")),
        Validity::InForce => running.add(touched("amended").not()).add(stated),
        Validity::Unstated => running.add(touched("amended").not()).add(stated.not()),
        Validity::OnShow => shows.add(Column::ShownUntil.gte(&*today)),
        Validity::ShowOver => shows.add(Column::ShownUntil.lt(&*today)),
    }
}

/// The words as they stand, anywhere in a title.
fn pattern(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    format!("%{}%", lower.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Newest first, an old page by the day on which it was first public; the address decides between two of one moment.
fn newest<'a>(find: Listing<'a>) -> Listing<'a> {
    find.order(Column::FirstAt, Order::Desc).order(Column::Path, Order::Desc)
}

/// The name under which a list is remembered while the same is public; none for words typed and for what a day decides.
fn remembered(place: &str, query: &Query) -> Option<String> {
    let known = query.q.is_empty() && !query.looks_closer();
    known.then(|| format!("{place}#{}#{}", query.year_text(), query.kind))
}

/// How many match.
pub async fn total(portal: &Portal, place: &str, query: &Query) -> Result<u64, Error> {
    let list = remembered(place, query);
    if let Some(known) = list.as_deref().and_then(|list| portal.filled.total(list)) {
        return Ok(known);
    }
    let counted = matching(&portal.public, &portal.body.id, place, query).count().await?;
    let counted = u64::try_from(counted).unwrap_or(0);
    list.into_iter().for_each(|list| portal.filled.note_total(list, counted));
    Ok(counted)
}

/// Page `n` of a list. Where the list is remembered the page is sought, not walked to.
pub async fn page(portal: &Portal, place: &str, query: &Query, n: u64) -> Result<Vec<Listed>, Error> {
    let (public, body, before) = (&portal.public, &portal.body.id, n.saturating_sub(1));
    match remembered(place, query) {
        Some(list) if before > 0 => {
            let ends = ends(portal, place, query, list).await?;
            let end = usize::try_from(before - 1).ok().and_then(|at| ends.get(at).cloned());
            // No end: something was withdrawn since the list was counted.
            let Some(end) = end else { return Ok(vec![]) };
            after(public, body, place, query, (Some(end), query.size)).await
        }
        _ => listed(public, body, place, query, (query.size, before * query.size)).await,
    }
}

store::line! {
    struct End of public_listing { first_at: i64, path: String }
}

async fn ends(portal: &Portal, place: &str, query: &Query, list: String) -> Result<Ends, Error> {
    let list = format!("{list}#{}", query.size);
    if let Some(known) = portal.filled.ends(&list) {
        return Ok(known);
    }
    let find = newest(matching(&portal.public, &portal.body.id, place, query));
    let all: Vec<End> = find.limit(PAGED_MAX).lines().await?;
    let lasts = all.chunks_exact(usize::try_from(query.size).unwrap_or(usize::MAX)).filter_map(<[End]>::last);
    let ends: Ends = lasts.map(|end| (end.first_at, end.path.clone())).collect();
    portal.filled.note_ends(list, ends.clone());
    Ok(ends)
}

pub async fn listed(
    public: &Public,
    body: &str,
    place: &str,
    query: &Query,
    (limit, offset): (u64, u64),
) -> Result<Vec<Listed>, Error> {
    newest(matching(public, body, place, query)).limit(limit).offset(offset).lines().await
}

/// What comes after a point of the walk: time and address, both going down.
pub async fn after(
    public: &Public,
    body: &str,
    place: &str,
    query: &Query,
    (at, limit): (Option<(i64, String)>, u64),
) -> Result<Vec<Listed>, Error> {
    let mut find = matching(public, body, place, query);
    if let Some((at, path)) = at {
        let beyond = Condition::any().add(Column::FirstAt.lt(at)).add(Column::Path.lt(path));
        find = find.filter(Column::FirstAt.lte(at)).filter(beyond);
    }
    newest(find).limit(limit).lines().await
}

store::line! {
    struct Changed of public_page { path: String, changed_at: i64 }
}

/// When each of these records last changed.
pub async fn changed(public: &Public, items: &[Listed]) -> Result<HashMap<String, Instant>, Error> {
    use public_page::Column;
    let paths = items.iter().map(|i| i.path.as_str());
    let find = public.find::<public_page::Entity>().filter(Column::Path.is_in(paths)).short().limit(items.len() as u64);
    let rows: Vec<Changed> = find.lines().await?;
    Ok(rows.into_iter().map(|r| (r.path, Instant(r.changed_at))).collect())
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_search_has_no_wildcards_of_its_own() {
        for (words, wanted) in [("方案", "%方案%"), ("100%", "%100\\%%"), ("A_b\\", "%a\\_b\\\\%")] {
            assert_eq!(pattern(words), wanted);
        }
    }
}
