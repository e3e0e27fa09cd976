//! Which public record names which, and what that does to the one that is named: a clean-up or a later document ends or
//! amends it on its own page and in every list. Derived in the act that publishes, from the typed fields alone.

use super::field::{Data, Is, OUTCOMES, pairs, targets, zh_of};
use super::kind::Kind;
use super::model::Revision;
use super::public::data;
use super::table::record;
use crate::floor::{Related, public_listing, public_page, public_reference};
use kernel::Day;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, Set};
use std::collections::{BTreeMap, BTreeSet};
use store::{Act, Error};

/// The field of a later document that says which it repeals.
const REPEALS: &str = "repeals";
/// The field by which an interpretation names its document.
pub const INTERPRETS: &str = "interprets";

/// What the page that is named calls the one that names it.
const BACK: &[(&str, &str)] = &[(INTERPRETS, "解读"), (REPEALS, "废止本件的文件"), ("outcomes", "清理结果")];

/// What a paper says of another: the field that names it, its number, and what becomes of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Named {
    relation: &'static str,
    label: &'static str,
    target: String,
    outcome: &'static str,
}

/// In the order of the paper; what is named twice counts once.
fn named(kind: &str, data: &Data) -> Vec<Named> {
    let Some(kind) = Kind::parse(kind) else { return vec![] };
    let (mut all, mut seen) = (vec![], BTreeSet::new());
    for (field, kept) in super::typed::kept(kind, data) {
        let (relation, label) = (field.name, field.zh);
        let one = |target: &str, outcome| Named { relation, label, target: target.into(), outcome };
        let repeals = if relation == REPEALS { "repealed" } else { "" };
        match field.is {
            Is::Reference => all.extend(targets(kept).map(|target| one(target, repeals))),
            Is::Outcomes => all.extend(pairs(kept).map(|(target, word)| one(target, outcome(word)))),
            _ => {}
        }
    }
    all.retain(|n| seen.insert((n.relation, n.target.clone())));
    all
}

fn outcome(word: &str) -> &'static str {
    OUTCOMES.iter().find(|(known, _)| *known == word).map_or("", |(known, _)| known)
}

/// What has to be looked at again when a record's public rows were cleared: the records that it named, and its own
/// names, under which others name it.
pub struct Before {
    targets: BTreeSet<String>,
    names: BTreeSet<String>,
}

/// Forgets what a record named. Called while its page still stands.
pub async fn clear(act: &Act, row: &record::Model) -> Result<Before, Error> {
    use public_reference::Column::Page;
    let known = public_reference::Entity::find().filter(Page.eq(&row.id)).all(act).await?;
    if !known.is_empty() {
        public_reference::Entity::delete_many().filter(Page.eq(&row.id)).exec(act).await?;
    }
    let targets = known.into_iter().map(|r| r.target).collect();
    Ok(Before { targets, names: names(act, row).await? })
}

/// The index number, and the document number of the page that stands now.
async fn names(act: &Act, row: &record::Model) -> Result<BTreeSet<String>, Error> {
    let number = public_page::Entity::find_by_id(&row.id).one(act).await?.map(|page| page.number);
    Ok(row.index_no.iter().cloned().chain(number).filter(|n| !n.is_empty()).collect())
}

/// Writes what a public record names. It holds from its day of effect, else of issue, else of publication.
pub async fn write(
    act: &Act,
    row: &record::Model,
    path: &str,
    revision: &Revision,
    published: Day,
) -> Result<(), Error> {
    let paper = &revision.paper;
    let since = paper.fields.effective.or(revision.late.issued).unwrap_or(published);
    let one = |n: Named| public_reference::ActiveModel {
        id: Set(format!("{}#{}#{}", row.id, n.relation, n.target)),
        body: Set(row.body.clone()),
        target: Set(n.target),
        relation: Set(n.relation.into()),
        outcome: Set(n.outcome.into()),
        since: Set(since.to_string()),
        page: Set(row.id.clone()),
        path: Set(path.into()),
        title: Set(paper.title.clone()),
    };
    let all: Vec<_> = named(&paper.kind, &paper.fields.data).into_iter().map(one).collect();
    if !all.is_empty() {
        public_reference::Entity::insert_many(all).exec_without_returning(act).await?;
    }
    Ok(())
}

/// Brings up to date whatever a record named before or names now, whatever names it, and the record itself.
pub async fn follow(act: &Act, row: &record::Model, before: Before) -> Result<(), Error> {
    use public_reference::Column::{Body, Page, Target};
    let mut all_names = before.names;
    all_names.extend(names(act, row).await?);
    let find = public_reference::Entity::find().filter(Body.eq(&row.body));
    let naming = find.filter(Condition::any().add(Target.is_in(&all_names)).add(Page.eq(&row.id)));
    let mut targets = before.targets;
    let mut ids = BTreeSet::from([row.id.clone()]);
    for reference in naming.all(act).await? {
        ids.insert(reference.page);
        targets.insert(reference.target);
    }
    if ids.len() == 1 && targets.is_empty() {
        return Ok(());
    }
    ids.extend(pages(act, &row.body, &targets).await?.into_iter().map(|p| p.id));
    for id in ids {
        if let Some(page) = public_page::Entity::find_by_id(id).one(act).await? {
            settle(act, &page).await?;
        }
    }
    Ok(())
}

/// The public pages that index numbers or document numbers name.
async fn pages(act: &Act, body: &str, targets: &BTreeSet<String>) -> Result<Vec<public_page::Model>, Error> {
    use public_page::Column::{Body, Id, Number, Path};
    if targets.is_empty() {
        return Ok(vec![]);
    }
    let paths = targets.iter().map(|t| format!("/records/{t}"));
    let is_it = Condition::any().add(Path.is_in(paths)).add(Number.is_in(targets));
    Ok(public_page::Entity::find().filter(Body.eq(body)).filter(is_it).order_by_asc(Id).all(act).await?)
}

/// Writes what became of a page's document, and what it leads to, if that changed.
async fn settle(act: &Act, page: &public_page::Model) -> Result<(), Error> {
    use public_reference::Column::{Body, Id, Since, Target};
    let names = [page.index_no.as_str(), page.number.as_str()].into_iter().filter(|n| !n.is_empty());
    let find = public_reference::Entity::find().filter(Body.eq(&page.body)).filter(Target.is_in(names));
    let incoming = find.order_by_asc(Since).order_by_asc(Id).all(act).await?;
    let (ending, ended) = ending(&incoming);
    let mut related: Vec<Related> = incoming.iter().map(back).collect();
    related.extend(forth(act, page).await?);
    let related = if related.is_empty() { String::new() } else { json(&related)? };
    if related != page.related {
        public_page::Entity::update_many()
            .col_expr(public_page::Column::Related, Expr::value(related))
            .filter(public_page::Column::Id.eq(&page.id))
            .exec(act)
            .await?;
    }
    if (ending, ended) == (page.ending.as_str(), page.ended.as_str()) {
        return Ok(());
    }
    public_page::Entity::update_many()
        .col_expr(public_page::Column::Ending, Expr::value(ending))
        .col_expr(public_page::Column::Ended, Expr::value(ended))
        .filter(public_page::Column::Id.eq(&page.id))
        .exec(act)
        .await?;
    public_listing::Entity::update_many()
        .col_expr(public_listing::Column::Ending, Expr::value(ending))
        .col_expr(public_listing::Column::Ended, Expr::value(ended))
        .filter(public_listing::Column::Page.eq(&page.id))
        .exec(act)
        .await?;
    super::clear::note_change(act, &page.id).await
}

fn json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|e| Error::Fault(e.into()))
}

/// The one that names, as the named page shows it.
fn back(row: &public_reference::Model) -> Related {
    Related {
        label: BACK.iter().find(|(relation, _)| *relation == row.relation).map_or("提到本件的", |(_, zh)| zh).into(),
        title: row.title.clone(),
        path: row.path.clone(),
        note: zh_of(OUTCOMES, &row.outcome).into(),
    }
}

/// What a page names: with title and address where it is public here.
async fn forth(act: &Act, page: &public_page::Model) -> Result<Vec<Related>, Error> {
    let all = named(&page.kind, &data(&page.data)?);
    let known = pages(act, &page.body, &all.iter().map(|n| n.target.clone()).collect()).await?;
    let by_name: BTreeMap<&str, &public_page::Model> =
        known.iter().flat_map(|p| [(p.number.as_str(), p), (p.index_no.as_str(), p)]).collect();
    let one = |n: &Named| {
        let found = by_name.get(n.target.as_str());
        Related {
            label: n.label.into(),
            title: found.map_or_else(|| n.target.clone(), |p| p.title.clone()),
            path: found.map(|p| p.path.clone()).unwrap_or_default(),
            note: zh_of(OUTCOMES, n.outcome).into(),
        }
    };
    Ok(all.iter().map(one).collect())
}

/// What became of a document, of all that was said of it in the order of time: the first end counts, and an end goes
/// before an amendment.
fn ending(said: &[public_reference::Model]) -> (&str, &str) {
    let first = |words: &[&str]| said.iter().find(|r| words.contains(&r.outcome.as_str()));
    let found = first(&["repealed", "lapsed"]).or_else(|| first(&["amended"]));
    found.map_or(("", ""), |r| (&r.outcome, &r.since))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(outcome: &str, since: &str) -> public_reference::Model {
        public_reference::Model {
            id: "i".into(),
            body: "b".into(),
            target: "t".into(),
            relation: "outcomes".into(),
            outcome: outcome.into(),
            since: since.into(),
            page: "p".into(),
            path: "/records/b/1".into(),
            title: "清理结果".into(),
        }
    }

    #[test]
    fn the_first_end_counts() {
        for (all, wanted) in [
            (&[][..], ("", "")),
            (&[("kept", "2020-01-01")], ("", "")),
            (&[("amended", "2020-01-01"), ("kept", "2022-01-01")], ("amended", "2020-01-01")),
            (&[("amended", "2020-01-01"), ("repealed", "2024-01-01")], ("repealed", "2024-01-01")),
            (&[("lapsed", "2021-01-01"), ("repealed", "2024-01-01")], ("lapsed", "2021-01-01")),
        ] {
            let all: Vec<_> = all.iter().map(|(o, s)| said(o, s)).collect();
            assert_eq!(ending(&all), wanted, "{all:?}");
        }
    }

    #[test]
    fn a_paper_names_each_document_once() {
        let data = Data::from([("repeals".into(), "甲〔2012〕3号、甲〔2012〕3号、甲〔2013〕1号".into())]);
        let all: Vec<(String, &str)> = named("policy", &data).into_iter().map(|n| (n.target, n.outcome)).collect();
        assert_eq!(all, [("甲〔2012〕3号".into(), "repealed"), ("甲〔2013〕1号".into(), "repealed")]);
        assert!(named("notice", &data).is_empty(), "a notice has no such field");
    }
}
