//! Pull-down (先隐后审): any duty-holder hides a publication in one act; somebody else decides within one working day.
//!
//! A hidden record keeps its version: restored, it is the same version with the same digest at the same address, and
//! the gate has been asked about it again.

use super::jobs::FOLLOW;
use super::model::{HIDDEN, Reason};
use super::rules::PublishOrder;
use super::store::{self, Loaded};
use super::table::{hide, publication, record};
use super::{on_show, publish};
use crate::account::{Duty, Me};
use ::store::{Act, Actor, Error};
use kernel::{Day, Refusal};
use law::Law;
use ledger::{Action, Statement};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

pub const RESTORED: &str = "restored";
pub const WITHDRAWN: &str = "withdrawn";
pub const CORRECTED: &str = "corrected";
/// In `removed.log`: hidden, and its words under seal.
pub const SEALED: &str = "sealed";
/// The class under which the evidence is sealed.
pub const SECRET: &str = "secret";

pub const LEAK: &str = "《保守国家秘密法》第三十四条";

/// The pull-down of a record that nobody has decided upon yet.
pub async fn open(db: &impl ConnectionTrait, record: &str) -> Result<Option<hide::Model>, Error> {
    let find = hide::Entity::find().filter(hide::Column::Record.eq(record)).filter(hide::Column::Outcome.eq(""));
    Ok(find.one(db).await?)
}

/// Those of all bodies whose day of decision is over, the oldest first.
pub async fn overdue(db: &impl ConnectionTrait, today: Day) -> Result<Vec<hide::Model>, Error> {
    let find =
        hide::Entity::find().filter(hide::Column::Outcome.eq("")).filter(hide::Column::Due.lt(today.to_string()));
    Ok(find.order_by_asc(hide::Column::Due).order_by_asc(hide::Column::Id).all(db).await?)
}

/// Who may hide: whoever holds any duty about content, and supervision.
pub const MAY_HIDE: &[Duty] = Duty::LOOK;
/// Who decides; about a suspected secret only these.
pub const DECIDES_SECRET: &[Duty] = &[Duty::SecrecyReview, Duty::Approval];
pub const DECIDES: &[Duty] =
    &[Duty::SectionCheck, Duty::SecrecyReview, Duty::LegalityReview, Duty::Approval, Duty::Publication];

/// What a person has to do with an open pull-down. Pure.
pub fn turn(hide: &hide::Model, me: &Me, today: Day) -> Option<&'static str> {
    let any = |duties: &[Duty]| duties.iter().any(|d| me.has(*d));
    let late = Day::parse(&hide.due).is_some_and(|due| due < today);
    let deciders = if hide.reason == SECRET { DECIDES_SECRET } else { DECIDES };
    match () {
        _ if hide.hidden_by == me.id && hide.reason.is_empty() => Some("写明原因"),
        _ if hide.hidden_by != me.id && any(deciders) => Some("复核"),
        // One working day is over: it goes up to the leader and to supervision.
        _ if late && any(&[Duty::Approval, Duty::Supervision]) => Some("催办复核"),
        _ => None,
    }
}

/// Why this person may not decide. Pure.
pub fn may_decide(hide: &hide::Model, me: &Me) -> Vec<Refusal> {
    let mut why = vec![];
    if hide.hidden_by == me.id {
        why.push(Refusal::new("own-hide", "这一件是您隐藏的，须由另一位同事复核。"));
    }
    if hide.reason.is_empty() {
        why.push(Refusal::new("hide-unsaid", "还没有写明隐藏的原因。请先写明原因。").at("reason"));
    }
    if hide.reason == SECRET && !DECIDES_SECRET.iter().any(|d| me.has(*d)) {
        let says = "怀疑涉及国家秘密的，由保密审查或者签批岗位复核。请转给有岗位的同事。";
        why.push(Refusal::new("wrong-duty", says).cite(LEAK));
    }
    why
}

/// Takes the public version from every path of ours at once. A second person who hides it at the same time is told
/// `Conflict`; what is not public is `NotFound`.
pub async fn hide(act: &mut Act, law: &Law, on: &Loaded, org: &str) -> Result<String, Error> {
    let public = on.stands().ok_or(Error::NotFound)?;
    if on.hidden.is_some() {
        return Err(Error::Conflict);
    }
    act.bump(&on.row, on.row.version).await?;
    let by = if let Actor::Staff(id) = &act.actor { id.clone() } else { String::new() };
    let (id, (due, _)) = (act.id(), law.calendar.plus_working(act.now.day(), 1));
    let row = hide::ActiveModel {
        id: Set(id.clone()),
        record: Set(on.row.id.clone()),
        body: Set(on.row.body.clone()),
        n: Set(public.n),
        hidden_by: Set(by),
        at: Set(act.now.0),
        reason: Set(String::new()),
        says: Set(String::new()),
        due: Set(due.to_string()),
        outcome: Set(String::new()),
        decided_by: Set(String::new()),
        decided_at: Set(None),
        opinion: Set(String::new()),
        version: Set(1),
    };
    hide::Entity::insert(row).exec_without_returning(act).await?;
    set_public(act, &on.row.id, 0, 1).await?;
    publish::derive(act, law, &on.row.id).await?;
    let index_no = on.row.index_no.as_deref().ok_or_else(|| Error::fault("public without an index number"))?;
    let about = format!("record:{}", on.row.id);
    let version = u32::try_from(public.n).map_err(|e| Error::Fault(e.into()))?;
    act.state(&about, &Statement::publication(Action::Withdraw, org, index_no, version, act.now, None));
    act.journal_with("hide", &about, serde_json::json!({ "version": public.n }));
    publish::note_removal(act, &on.row.id, HIDDEN, public.n);
    Ok(id)
}

async fn set_public(act: &mut Act, record: &str, published: i64, open: i64) -> Result<(), Error> {
    record::Entity::update_many()
        .col_expr(record::Column::Published, Expr::value(published))
        .col_expr(record::Column::Open, Expr::value(open))
        .filter(record::Column::Id.eq(record))
        .exec(act)
        .await?;
    act.queue(FOLLOW, record, act.now);
    Ok(())
}

/// What is wrong with a reason. About a suspected secret not a word is taken: it would only spread it.
pub fn reason_faults(word: &str, says: &str) -> Vec<Refusal> {
    let mut why = vec![];
    if !Reason::chosen().any(|r| r.word == word) {
        why.push(Refusal::new("reason-missing", "请选择隐藏的原因。").at("reason"));
    }
    if word == SECRET && !says.is_empty() {
        let says = "怀疑涉及国家秘密的，不要在这里写说明。请清空，当面报告保密工作机构。";
        why.push(Refusal::new("secret-words", says).cite(LEAK).at("says"));
    }
    if says.chars().count() > 500 {
        why.push(Refusal::new("says-long", "说明最多 500 字。").at("says"));
    }
    why
}

/// The reason follows the act.
pub async fn give_reason(act: &mut Act, hide: &hide::Model, word: &str, says: &str) -> Result<(), Error> {
    act.bump(hide, hide.version).await?;
    hide::Entity::update_many()
        .col_expr(hide::Column::Reason, Expr::value(word))
        .col_expr(hide::Column::Says, Expr::value(says))
        .filter(hide::Column::Id.eq(&hide.id))
        .exec(act)
        .await?;
    let facts = serde_json::json!({ "reason": word });
    act.journal_with("hide-reason", &format!("record:{}", hide.record), facts);
    Ok(())
}

/// Ends a pull-down with an outcome.
pub async fn close(act: &Act, hide: &hide::Model, outcome: &str, opinion: &str) -> Result<(), Error> {
    act.bump(hide, hide.version).await?;
    let by = if let Actor::Staff(id) = &act.actor { id.as_str() } else { "" };
    hide::Entity::update_many()
        .col_expr(hide::Column::Outcome, Expr::value(outcome))
        .col_expr(hide::Column::DecidedBy, Expr::value(by))
        .col_expr(hide::Column::DecidedAt, Expr::value(act.now.0))
        .col_expr(hide::Column::Opinion, Expr::value(opinion))
        .filter(hide::Column::Id.eq(&hide.id))
        .exec(act)
        .await?;
    Ok(())
}

/// The record as it was when its public version was the last one submitted: the gate is asked about that text.
pub async fn as_published(db: &impl ConnectionTrait, on: &Loaded) -> Result<Loaded, Error> {
    let public = on.stands().ok_or(Error::NotFound)?;
    store::loaded(db, record::Model { revision: public.revision.clone(), ..on.row.clone() }).await
}

/// Shows the same version again: the gate has let these very bytes through once more.
pub async fn restore(
    act: &mut Act,
    law: &Law,
    on: &Loaded,
    org: &str,
    order: PublishOrder,
    opinion: &str,
) -> Result<(), Error> {
    let (public, hidden) = on.stands().zip(on.hidden.as_ref()).ok_or(Error::NotFound)?;
    let revision = public.revision.as_deref().filter(|id| *id == order.revision());
    let revision = revision.ok_or_else(|| Error::fault("the order is for another text"))?;
    act.bump(&on.row, on.row.version).await?;
    close(act, hidden, RESTORED, opinion).await?;
    let open = i64::from(on.row.revision.as_deref() != Some(revision));
    set_public(act, &on.row.id, public.n, open).await?;
    publish::derive(act, law, &on.row.id).await?;
    on_show::see_to_its_end(act, &on.row.id).await?;
    publish::state_version(act, on, org, Action::Publish, public).await?;
    let facts = serde_json::json!({ "version": public.n, "hash": order.hash().to_string() });
    act.journal_with("restore", &format!("record:{}", on.row.id), facts);
    publish::note_removal(act, &on.row.id, RESTORED, public.n);
    Ok(())
}

/// When the version that is hidden became public.
pub fn public_since(on: &Loaded) -> Option<&publication::Model> {
    on.hidden.as_ref().and_then(|h| on.publications.iter().find(|p| p.n == h.n))
}

impl Loaded {
    /// The version that is public, or would be if it were not hidden.
    pub fn stands(&self) -> Option<&publication::Model> {
        self.publications.last().filter(|p| p.revision.is_some())
    }

    /// Whether anyone can read it now.
    pub fn is_public(&self) -> bool {
        self.stands().is_some() && self.hidden.is_none()
    }

    /// Whether what was submitted last would replace a public version.
    pub fn corrects(&self) -> bool {
        self.stands().is_some_and(|p| p.revision != self.row.revision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, duty: Duty) -> Me {
        let text = |t: &str| t.to_owned();
        let (name, login, section) = (text(id), text(id), text("s"));
        Me { id: text(id), name, login, section, section_name: text("s"), duties: vec![duty], lent: vec![] }
    }

    fn hidden(reason: &str) -> hide::Model {
        let text = |t: &str| t.to_owned();
        hide::Model {
            id: text("h"),
            record: text("r"),
            body: text("b"),
            n: 1,
            hidden_by: text("a"),
            at: 0,
            reason: text(reason),
            says: text(""),
            due: text("2026-11-24"),
            outcome: text(""),
            decided_by: text(""),
            decided_at: None,
            opinion: text(""),
            version: 1,
        }
    }

    #[test]
    fn whose_turn_it_is() {
        let day = |d| Day::new(2026, 11, d).expect("a day");
        for (reason, id, duty, today, wanted) in [
            ("", "a", Duty::Draft, 23, Some("写明原因")),
            ("error", "a", Duty::SecrecyReview, 23, None),
            ("error", "b", Duty::SectionCheck, 23, Some("复核")),
            ("error", "b", Duty::Draft, 23, None),
            ("secret", "b", Duty::SectionCheck, 23, None),
            ("secret", "b", Duty::SecrecyReview, 23, Some("复核")),
            ("error", "b", Duty::Supervision, 24, None),
            ("error", "b", Duty::Supervision, 25, Some("催办复核")),
            ("error", "b", Duty::Administration, 25, None),
        ] {
            let got = turn(&hidden(reason), &person(id, duty), day(today));
            assert_eq!(got, wanted, "{reason} {id} {duty:?} {today}");
        }
    }

    #[test]
    fn nobody_decides_on_what_they_hid() {
        for (reason, id, duty, wanted) in [
            ("error", "a", Duty::Approval, &["own-hide"][..]),
            ("", "b", Duty::Approval, &["hide-unsaid"][..]),
            ("secret", "b", Duty::Publication, &["wrong-duty"][..]),
            ("secret", "b", Duty::Approval, &[][..]),
            ("privacy", "b", Duty::Publication, &[][..]),
        ] {
            let why = may_decide(&hidden(reason), &person(id, duty));
            assert_eq!(why.iter().map(|r| r.code).collect::<Vec<_>>(), wanted, "{reason} {id}");
        }
    }

    #[test]
    fn of_a_suspected_secret_not_a_word_is_taken() {
        let codes = |word, says| reason_faults(word, says).iter().map(|r| r.code).collect::<Vec<_>>();
        assert_eq!(codes("secret", ""), [""; 0]);
        assert_eq!(codes("secret", "第三段"), ["secret-words"]);
        assert_eq!(codes("privacy", "第三段"), [""; 0]);
        assert_eq!(codes("ended", ""), ["reason-missing"]);
        assert_eq!(codes("hidden", ""), ["reason-missing"]);
    }
}
