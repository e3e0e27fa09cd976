//! Cases on the public floor: the facts of a case, from which every public page of it is computed when it is read, by
//! the same table and by the clock. What anybody typed, and who did what, is not among them.

use super::AnyKind;
use super::case::{Entry, Matter, Moment, Paper};
use super::papers;
use super::store::{self, Loaded};
use super::table::matter;
use crate::floor::public_matter;
use ::store::{Act, Actor, Error};
use kernel::Day;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// Cases in one act when the floor is derived again.
const STEP: usize = 100;

/// `2026-3` for 决策〔2026〕3号: year and serial. `None` for a number without both.
pub fn slug(number: &str) -> Option<(i64, String)> {
    let (year, rest) = number.split_once('〔')?.1.split_once('〕')?;
    let (year, serial): (i64, i64) = (year.parse().ok()?, rest.strip_suffix('号')?.parse().ok()?);
    Some((year, format!("{year}-{serial}")))
}

impl Matter {
    /// Without what only staff may know: tokens, persons, words. `body` is what the kind gives as facts.
    pub(super) fn bare(&self, body: serde_json::Value) -> Matter {
        let entry = |e: &Entry| Entry { token: String::new(), who: String::new(), ..e.clone() };
        let paper = |p: &Paper| Paper { role: p.role.clone(), record: p.record.clone(), ..Paper::default() };
        Matter {
            state: self.state.clone(),
            body,
            past: self.past.iter().map(entry).collect(),
            clocks: self.clocks.clone(),
            papers: self.papers.iter().map(paper).collect(),
            unsorted: 0,
        }
    }
}

/// Writes a case's row anew, or takes it away where its state has no page for anyone.
pub async fn show(act: &Act, kind: &dyn AnyKind, row: (&str, &str, &str, i64), case: &Matter) -> Result<(), Error> {
    let (id, body, number, opened_at) = row;
    if !kind.is_public() {
        return Ok(());
    }
    public_matter::Entity::delete_many().filter(public_matter::Column::Id.eq(id)).exec(act).await?;
    let Some(facts) = kind.facts(case) else { return Ok(()) };
    let (year, slug) = slug(number).ok_or_else(|| Error::fault("a case without a number"))?;
    let row = public_matter::ActiveModel {
        id: Set(id.into()),
        body: Set(body.into()),
        kind: Set(kind.name().into()),
        slug: Set(slug),
        year: Set(year),
        number: Set(number.into()),
        state: Set(case.state.clone()),
        opened_at: Set(opened_at),
        facts: Set(serde_json::to_string(&facts).map_err(|e| Error::Fault(e.into()))?),
    };
    public_matter::Entity::insert(row).exec_without_returning(act).await?;
    Ok(())
}

/// After something beside the case changed.
pub async fn again(act: &Act, kind: &dyn AnyKind, on: &Loaded) -> Result<(), Error> {
    show(act, kind, (&on.row.id, &on.row.body, &on.row.number, on.row.opened_at), &on.case).await
}

/// Derives the rows again. Returns how many cases were looked at.
pub async fn rebuild(app: &crate::App) -> Result<usize, Error> {
    let mut n = 0;
    let at = Moment { law: app.law(), now: app.clock.now(), offices: true };
    for kind in crate::kinds().iter().filter(|k| k.is_public()) {
        let find = matter::Entity::find().filter(matter::Column::Kind.eq(kind.name()));
        let rows = find.order_by_asc(matter::Column::Id).all(app.store.read()).await?;
        n += rows.len();
        for some in rows.chunks(STEP) {
            let (some, sealer) = (some.to_vec(), app.sealer.clone());
            let work = async move |act: &mut Act| {
                for row in &some {
                    let on = store::load(act, &sealer, *kind, &row.body, &row.id).await?;
                    papers::hold(act, *kind, (&row.id, &on.case), at).await?;
                    again(act, *kind, &on).await?;
                }
                act.journal("rebuild-public", "matter");
                Ok(())
            };
            app.store.act(Actor::Clock, app.clock.now(), work).await?.into_inner();
        }
    }
    Ok(n)
}

impl public_matter::Model {
    /// The case as anyone may know it.
    pub fn case(&self) -> Result<Matter, Error> {
        serde_json::from_str(&self.facts).map_err(|e| Error::Fault(e.into()))
    }

    pub fn opened(&self) -> Day {
        kernel::Instant(self.opened_at).day()
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_number_gives_an_address() {
        for (number, wanted) in
            [("决策〔2026〕3号", Some((2026, "2026-3".to_owned()))), ("决策〔2026〕号", None), ("决策2026-3", None)]
        {
            assert_eq!(slug(number), wanted, "{number}");
        }
    }
}
