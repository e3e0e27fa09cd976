//! 公示 on the floor: from which day to which, what its page says, and its taking down where the office wants that.

use super::model::{ENDED, Reason, Typed};
use super::public::Shown;
use super::publicity::{self, Event, Span};
use super::store::Loaded;
use super::table::{draft_file, hide, publication, record};
use super::{hiding, publish, store, versions};
use crate::App;
use crate::account::desk::Desk;
use crate::floor::{public_page, public_submission};
use ::store::{Act, Actor, Error, Job, Public};
use kernel::{Day, Instant};
use law::Law;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// The job that takes a 公示 down some days after its end; the argument is the record.
pub const REMOVE: &str = "remove-shown";

/// The period of a record that is a 公示. `since` are its publications since it was last withdrawn.
pub async fn term(
    act: &Act,
    law: &Law,
    since: &[publication::Model],
    shown: &[versions::Shown],
) -> Result<Option<Span>, Error> {
    let Some(last) = shown.last().map(|s| &s.revision.paper) else { return Ok(None) };
    if publicity::of(&last.kind, &last.fields.data).is_none() {
        return Ok(None);
    }
    let mut papers = vec![];
    for publication in since {
        let Some(revision) = &publication.revision else { continue };
        papers.push((publication, store::load_revision(act, revision).await?.paper));
    }
    let find = hide::Entity::find().filter(hide::Column::Record.eq(since.first().map_or("", |p| &p.record)));
    let find = find.filter(hide::Column::Outcome.eq(hiding::RESTORED)).order_by_asc(hide::Column::Id);
    let back = find.all(act).await?;
    let mut events: Vec<(Instant, Event)> = vec![];
    for (p, paper) in &papers {
        let at = Instant(p.at);
        events.push((at, Event::Shown { at, ordinary: Reason::protective(&p.reason).is_none(), paper }));
    }
    for hide in &back {
        let at = Instant(hide.decided_at.unwrap_or(hide.at));
        events.push((at, Event::Back { hidden: Instant(hide.at), at }));
    }
    events.sort_by_key(|(at, _)| at.0);
    let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
    Ok(publicity::begun(law, &events).and_then(|from| publicity::span(law, &last.kind, &last.fields.data, from)))
}

/// When the public page of a record goes by itself.
async fn removal(act: &Act, record: &str) -> Result<Option<Instant>, Error> {
    let Some(row) = public_page::Entity::find_by_id(record).one(act).await? else { return Ok(None) };
    let data = super::public::data(&row.data)?;
    Ok(Day::parse(&row.shown_until).and_then(|until| publicity::removal(&data, until)))
}

/// Where the office wants the names gone, the job waits for the day.
pub async fn see_to_its_end(act: &mut Act, record: &str) -> Result<(), Error> {
    if let Some(at) = removal(act, record).await? {
        act.queue(REMOVE, record, at);
    }
    Ok(())
}

/// The day has come, unless a correction or a pull-down has moved it meanwhile.
pub async fn remove(app: App, job: Job) -> Result<(), Error> {
    let (bodies, law) = (app.bodies(), app.law());
    let work = async move |act: &mut Act| {
        act.finish(&job).await?;
        if removal(act, &job.arg).await?.is_none_or(|at| at > act.now) {
            act.journal("remove-shown-moved", &format!("record:{}", job.arg));
            return Ok(());
        }
        let row = record::Entity::find_by_id(&job.arg).one(act).await?.ok_or(Error::NotFound)?;
        let body = bodies.iter().find(|b| b.id == row.body).ok_or(Error::NotFound)?;
        let on = store::loaded(act, row).await?;
        let reason = Reason::parse(ENDED).ok_or(Error::NotFound)?;
        publish::withdraw(act, law, &on, &body.org, reason).await
    };
    app.store.act(Actor::Job(REMOVE), app.clock.now(), work).await.map(::store::Done::into_inner)
}

/// What the page says of a 公示.
pub struct OnShow {
    /// The last day is not over.
    pub is_open: bool,
    pub from: Day,
    pub until: Day,
    pub term: String,
    pub cite: String,
    /// Once it is over: what came of it.
    pub outcome: String,
    /// Until when the page stays; empty where it stays for good.
    pub goes: String,
}

/// `None` where the page is no 公示.
pub async fn of(law: &Law, public: &Public, shown: &Shown, today: Day) -> Result<Option<OnShow>, Error> {
    let row = &shown.row;
    let (Some(from), Some(until)) = (Day::parse(&row.shown_from), Day::parse(&row.shown_until)) else {
        return Ok(None);
    };
    let said = publicity::span(law, &row.kind, &shown.data, from);
    let (term, cite) = said.map(|span| (span.term, span.cite)).unwrap_or_default();
    let is_open = today <= until;
    let outcome = if is_open { String::new() } else { outcome(&objections(public, &row.body, &row.path).await?) };
    let goes = publicity::removal(&shown.data, until).map(|at| at.day().plus(-1).zh()).unwrap_or_default();
    Ok(Some(OnShow { is_open, from, until, term, cite, outcome, goes }))
}

async fn objections(public: &Public, body: &str, path: &str) -> Result<Vec<public_submission::Model>, Error> {
    use public_submission::Column::{Body, Path};
    public.find::<public_submission::Entity>().filter(Body.eq(body)).filter(Path.eq(path)).all().await
}

/// Nobody is told that no objection came while one waits for its answer.
fn outcome(all: &[public_submission::Model]) -> String {
    let open = all.iter().filter(|one| one.answered_at.is_none()).count();
    match (all.len(), open) {
        (0, _) => "公示期内没有从本平台收到意见。".into(),
        (n, 0) => format!("公示期内从本平台收到意见 {n} 件，已全部答复。"),
        (n, open) => format!("公示期内从本平台收到意见 {n} 件，还有 {open} 件正在核实，没有答复。"),
    }
}

/// What a draft that corrects a public 公示 would do to its period, said before it is sent.
pub async fn warning(
    desk: &Desk,
    on: &Loaded,
    typed: &Typed,
    text: &str,
    files: &[draft_file::Model],
) -> Result<String, Error> {
    let Some(public) = on.stands().and_then(|p| p.revision.as_deref()) else { return Ok(String::new()) };
    let before = store::load_revision(desk.read(), public).await?.paper;
    if publicity::of(&before.kind, &before.fields.data).is_none() {
        return Ok(String::new());
    }
    if Reason::protective(typed.get("correction").map_or("", String::as_str)).is_some() {
        return Ok("这一类更正不改变公示期：旧版撤下，公示期照原来的算。".into());
    }
    let today = desk.now.day();
    let draft = store::Written::read(desk.law(), on.kind, typed, text, files, today);
    let Ok(draft) = draft else {
        return Ok("改动公示的标题、正文、附件或者要素的，公示期从更正公开之日重新计算。".into());
    };
    if !publicity::restarts(&before, &draft.paper) {
        return Ok("公示的内容没有改动，公示期照原来的算。".into());
    }
    let (kind, data) = (&draft.paper.kind, &draft.paper.fields.data);
    let anew = publicity::span(desk.law(), kind, data, today);
    let until = anew.map(|span| format!("，例如今天公开的，到{}", span.until.zh())).unwrap_or_default();
    Ok(format!("公示的内容有改动：公示期从更正公开之日重新计算{until}。"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_objection_is_said_only_where_none_waits() {
        let one = |answered_at| {
            let (id, body, path) = ("s".to_owned(), "b".to_owned(), "/records/x/1".to_owned());
            public_submission::Model { id, body, path, at: 1, answered_at }
        };
        for (all, wanted) in [
            (vec![], "公示期内没有从本平台收到意见。"),
            (vec![one(Some(2))], "公示期内从本平台收到意见 1 件，已全部答复。"),
            (vec![one(Some(2)), one(None)], "公示期内从本平台收到意见 2 件，还有 1 件正在核实，没有答复。"),
        ] {
            assert_eq!(outcome(&all), wanted);
        }
    }
}
