//! Whose turn it is: in whose stead somebody decides, and until when an author may take a paper back. Pure.

use super::kind::Step;
use super::model::{Revision, State};
use super::rules::REVIEW_FIRST;
use crate::account::{Lent, Me};
use kernel::Refusal;

/// An author takes a paper back as long as nobody has decided on the step that waits.
pub fn may_take_back(state: State, revision: &Revision, me: &Me) -> Result<(), Refusal> {
    let refuse = |code, says: &str| Err(Refusal::new(code, says));
    match state {
        _ if !revision.authors.contains(&me.id) => refuse("not-author", "只有本件经办人能收回。"),
        State::InReview(_) => Ok(()),
        State::TakenBack => refuse("taken-back", "这一稿已经收回了。"),
        _ => refuse("decided", "这一步已有人作出结论，不能收回。要改动，请在这一稿上修改后重新提交。"),
    }
}

/// By which duty a person would take a step: `None` by their own, else one that was lent. A lent duty holds no more
/// than its holder could do: nobody decides in an author's stead on what that author wrote.
pub fn in_whose_stead<'a>(revision: &Revision, step: Step, me: &'a Me) -> Result<Option<&'a Lent>, Refusal> {
    if me.owns(step.duty()) {
        return Ok(None);
    }
    let lent: Vec<&Lent> = me.lent.iter().filter(|l| l.duty == step.duty()).collect();
    if let Some(lent) = lent.iter().find(|l| !revision.authors.contains(&l.of)) {
        return Ok(Some(lent));
    }
    let refusal = match lent.first() {
        Some(lent) => {
            let says = format!("您代{}办理，而{}是本件经办人，不能审查。请转给另一位审查人。", lent.name, lent.name);
            Refusal::new("lent-by-author", says)
        }
        None => {
            let says = format!("{}由{}岗位办理。请转给有这个岗位的同事。", step.zh(), step.duty().zh());
            Refusal::new("wrong-duty", says)
        }
    };
    Err(refusal.cite(REVIEW_FIRST))
}
