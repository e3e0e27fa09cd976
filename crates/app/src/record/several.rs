//! Records with what a page or a rule needs of them: the same few queries for one record and for hundreds.

use super::backfill;
use super::hold;
use super::kind::Kind;
use super::store::{Loaded, to_mark, to_review, to_revision};
use super::table::{finding, hide, late, publication, record, review, revision, revision_file, take_back};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{HashMap, HashSet};
use store::Error;

/// In the order of the rows.
pub async fn loaded(db: &impl ConnectionTrait, rows: Vec<record::Model>) -> Result<Vec<Loaded>, Error> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let hidden = hide::Entity::find().filter(hide::Column::Record.is_in(ids.clone()));
    let hidden = hidden.filter(hide::Column::Outcome.eq("")).all(db).await?;
    let mut hidden: HashMap<String, hide::Model> = hidden.into_iter().map(|h| (h.record.clone(), h)).collect();
    let published = publication::Entity::find()
        .filter(publication::Column::Record.is_in(ids))
        .order_by_asc(publication::Column::N)
        .all(db)
        .await?;
    let mut published = by(published, |p| &p.record);
    let mut backfilled = backfill::signed(db, rows.iter().map(|row| row.id.as_str()).collect()).await?;
    let mut held = hold::of(db, rows.iter().map(|row| row.id.as_str()).collect()).await?;
    let mut parts = Parts::read(db, rows.iter().filter_map(|row| row.revision.clone()).collect()).await?;
    let join = |row: record::Model| {
        let publications = published.remove(&row.id).unwrap_or_default();
        let hidden = hidden.remove(&row.id);
        let backfilled = backfilled.remove(&row.id);
        let holds = held.remove(&row.id).unwrap_or_default();
        Ok(Loaded { publications, hidden, backfilled, holds, ..parts.join(row)? })
    };
    rows.into_iter().map(join).collect()
}

/// What belongs to revisions, by their ids.
struct Parts {
    revisions: HashMap<String, revision::Model>,
    late: HashMap<String, late::Model>,
    files: HashMap<String, Vec<revision_file::Model>>,
    reviews: HashMap<String, Vec<review::Model>>,
    findings: HashMap<String, Vec<finding::Model>>,
    taken_back: HashSet<String>,
}

impl Parts {
    async fn read(db: &impl ConnectionTrait, ids: Vec<String>) -> Result<Parts, Error> {
        let revisions = revision::Entity::find().filter(revision::Column::Id.is_in(ids.clone())).all(db).await?;
        let late = late::Entity::find().filter(late::Column::Id.is_in(ids.clone())).all(db).await?;
        let files = revision_file::Entity::find()
            .filter(revision_file::Column::Revision.is_in(ids.clone()))
            .order_by_asc(revision_file::Column::N);
        let reviews = review::Entity::find()
            .filter(review::Column::Revision.is_in(ids.clone()))
            .order_by_asc(review::Column::At)
            .order_by_asc(review::Column::Id);
        let findings = finding::Entity::find()
            .filter(finding::Column::Revision.is_in(ids.clone()))
            .order_by_asc(finding::Column::N);
        let taken_back = take_back::Entity::find().filter(take_back::Column::Id.is_in(ids)).all(db).await?;
        Ok(Parts {
            revisions: revisions.into_iter().map(|r| (r.id.clone(), r)).collect(),
            late: late.into_iter().map(|l| (l.id.clone(), l)).collect(),
            files: by(files.all(db).await?, |f| &f.revision),
            reviews: by(reviews.all(db).await?, |r| &r.revision),
            findings: by(findings.all(db).await?, |f| &f.revision),
            taken_back: taken_back.into_iter().map(|t| t.id).collect(),
        })
    }

    fn join(&mut self, row: record::Model) -> Result<Loaded, Error> {
        let kind = Kind::parse(&row.kind).ok_or_else(|| Error::fault("a record of an unknown kind"))?;
        let id = row.revision.clone().unwrap_or_default();
        let revision = match self.revisions.remove(&id) {
            Some(found) => Some(to_revision(found, self.late.remove(&id))?),
            None if row.revision.is_some() => return Err(Error::NotFound),
            None => None,
        };
        let reviews = self.reviews.remove(&id).unwrap_or_default().into_iter().map(to_review);
        Ok(Loaded {
            kind,
            revision,
            files: self.files.remove(&id).unwrap_or_default(),
            reviews: reviews.collect::<Result<_, _>>()?,
            findings: self.findings.remove(&id).unwrap_or_default().into_iter().map(to_mark).collect(),
            publications: vec![],
            hidden: None,
            backfilled: None,
            holds: vec![],
            taken_back: self.taken_back.contains(&id),
            row,
        })
    }
}

fn by<T>(rows: Vec<T>, key: fn(&T) -> &String) -> HashMap<String, Vec<T>> {
    rows.into_iter().fold(HashMap::new(), |mut all, row| {
        all.entry(key(&row).clone()).or_insert_with(Vec::new).push(row);
        all
    })
}
