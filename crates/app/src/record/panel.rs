//! What can be done with a record's public life, beside its text: publish, schedule, hide, withdraw.

use super::hiding::{DECIDES, MAY_HIDE};
use super::model::{REASONS, State, Typed};
use super::store::Loaded;
use crate::account::Duty;
use crate::account::desk::Desk;
use crate::ui::{Choice, DeskFrame, Html};
use ::store::Error;
use askama::Template;
use kernel::{Day, Instant, Refusal};

#[derive(Template)]
#[template(path = "record/panel.html")]
struct Panel<'a> {
    frame: &'a DeskFrame,
    id: &'a str,
    /// Whether the person may publish what waits, and whether all steps of the route are passed.
    may_publish: bool,
    passed: bool,
    publish_at: Option<Instant>,
    /// Its hour has come and it is not out: every reason.
    late: Vec<Refusal>,
    /// What holds it back although its reviews may be passed.
    held: Vec<Refusal>,
    at: &'a str,
    may_hide: bool,
    may_withdraw: bool,
    hidden: Option<Option<Day>>,
    /// Whether number, day of issue and original can be looked at.
    has_late: bool,
}

/// The panels of one record for one person.
pub fn of(desk: &Desk, on: &Loaded, frame: &DeskFrame, typed: &Typed) -> Html {
    let any = |duties: &[Duty]| duties.iter().any(|d| desk.me.has(*d));
    use State::{Draft, Hidden, Kept, Published, Withdrawn};
    let waits = !matches!(on.state(), Published | Hidden | Withdrawn | Draft | Kept(_));
    let panel = Panel {
        frame,
        id: &on.row.id,
        may_publish: desk.me.has(Duty::Publication) && waits,
        passed: on.state() == State::Passed,
        publish_at: on.row.publish_at.map(Instant),
        late: late(desk, on),
        held: if waits { on.held() } else { vec![] },
        at: typed.get("at").map_or("", String::as_str),
        may_hide: any(MAY_HIDE) && on.is_public(),
        may_withdraw: any(DECIDES) && on.is_public(),
        has_late: on.revision.is_some(),
        hidden: on.hidden.as_ref().map(|h| Day::parse(&h.due)),
    };
    Html::rendered(panel.render().expect("writing to memory"))
}

/// Why a record is not out although its hour has come; nothing where it has not, or where the gate would say yes.
pub fn late(desk: &Desk, on: &Loaded) -> Vec<Refusal> {
    if on.row.publish_at.is_none_or(|at| at > desk.now.0) {
        return vec![];
    }
    match on.ask_gate(desk.law(), None, desk.now.day()) {
        Err(Error::Refused(why)) => why,
        _ => vec![],
    }
}

/// The kinds of correction, as a person chooses one.
pub fn corrections() -> Vec<Choice> {
    let ordinary = Choice::new("ordinary", "普通更正").hint("旧版和改动都公开，读者可以对照");
    let hint = "旧版的标题、正文、附件和对照全部撤下，只留版本号、日期和原因";
    let leaks = REASONS.iter().filter(|r| r.protective).map(|r| Choice::new(r.word, r.zh).hint(hint));
    std::iter::once(ordinary).chain(leaks).collect()
}

/// The kind of correction that a form shows as chosen.
pub fn correction(word: &str) -> &str {
    if word.is_empty() { "ordinary" } else { word }
}
