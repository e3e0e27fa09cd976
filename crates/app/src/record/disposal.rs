//! What people do with the scanner's findings, counted by rule alone: neither the words nor who did it.

use ::store::{Act, Error};
use kernel::Instant;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use std::collections::BTreeMap;

::store::table! {
    disposal = "disposal" { id: String, body: String, rule: String, how: String, at: i64 }
}

/// What was done with a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum How {
    /// The suggestion was taken.
    Accepted,
    /// Other words were put in its place.
    Replaced,
    /// It stands, with a reason: the rule was overruled.
    Kept,
}

impl How {
    const ALL: [How; 3] = [How::Accepted, How::Replaced, How::Kept];

    fn word(self) -> &'static str {
        match self {
            How::Accepted => "accepted",
            How::Replaced => "replaced",
            How::Kept => "kept",
        }
    }
}

/// Counts a disposal, in the act that makes it.
pub async fn count(act: &mut Act, body: &str, rule: &str, how: How) -> Result<(), Error> {
    let row = disposal::ActiveModel {
        id: Set(act.id()),
        body: Set(body.into()),
        rule: Set(rule.into()),
        how: Set(how.word().into()),
        at: Set(act.now.0),
    };
    disposal::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// How often findings of a rule were disposed of.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    pub accepted: usize,
    pub replaced: usize,
    pub kept: usize,
}

impl Tally {
    /// Fewer disposals say nothing of a rule.
    const ENOUGH: usize = 10;

    pub fn all(self) -> usize {
        self.accepted + self.replaced + self.kept
    }

    /// The share of findings that were kept, in whole per cent, rounded down; 0 where there were none.
    pub fn overruled(self) -> usize {
        (self.kept * 100).checked_div(self.all()).unwrap_or(0)
    }

    /// Whether the rule is overruled most of the time.
    pub fn is_wrong_mostly(self) -> bool {
        self.all() >= Tally::ENOUGH && self.kept * 2 > self.all()
    }
}

/// The disposals of a body since a moment, by the rule's id.
pub async fn tally(db: &impl ConnectionTrait, body: &str, since: Instant) -> Result<BTreeMap<String, Tally>, Error> {
    let rows = disposal::Entity::find()
        .filter(disposal::Column::Body.eq(body))
        .filter(disposal::Column::At.gte(since.0))
        .all(db)
        .await?;
    let mut all: BTreeMap<String, Tally> = BTreeMap::new();
    for row in rows {
        let one = all.entry(row.rule).or_default();
        match How::ALL.into_iter().find(|how| how.word() == row.how) {
            Some(How::Accepted) => one.accepted += 1,
            Some(How::Replaced) => one.replaced += 1,
            Some(How::Kept) => one.kept += 1,
            None => return Err(Error::fault("a disposal of an unknown kind")),
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_named_when_it_is_overruled_more_often_than_not() {
        let table = [
            ((0, 0, 0), 0, false),
            ((0, 0, 9), 100, false),
            ((0, 0, 10), 100, true),
            ((3, 2, 5), 50, false),
            ((3, 1, 6), 60, true),
            ((2, 0, 1), 33, false),
        ];
        for ((accepted, replaced, kept), share, named) in table {
            let tally = Tally { accepted, replaced, kept };
            assert_eq!((tally.overruled(), tally.is_wrong_mostly()), (share, named), "{tally:?}");
        }
    }
}
