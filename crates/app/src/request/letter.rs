//! The reply as the applicant reads it: what staff wrote, the article it rests on, and where it can be challenged.
//! Pure.

use super::kind::{CLOSED, Request, SERVING};
use super::model::Outcome;
use crate::body::Profile;
use crate::matter::case::Matter;
use crate::submission::remedy;
use kernel::Day;
use law::Law;

/// A reply with all that an adverse one must say: body, address, court, term and order, by its date and outcome.
pub struct Reply {
    pub outcome: &'static str,
    pub text: String,
    /// `依据：《政府信息公开条例》第三十六条第三项、第十五条。`
    pub basis: String,
    /// Whether it says nothing of remedies because nothing was decided.
    pub remedy: Option<String>,
    /// When it was signed; `None` while it is only a draft.
    pub signed: Option<Day>,
}

/// Whether the reply was signed, so that it is given to the applicant.
pub fn given(case: &Matter) -> bool {
    case.state == SERVING.name || case.state == CLOSED.name
}

/// The reply of a case, signed or not; `None` while none is written.
pub fn reply(law: &Law, profile: &Profile, case: &Matter, today: Day) -> Option<Reply> {
    let body: Request = serde_json::from_value(case.body.clone()).ok()?;
    let outcome = body.outcome?;
    let last = case.past.iter().rev().find(|e| e.name == "sign" || e.to == CLOSED.name).map(|e| e.at.day());
    let signed = last.filter(|_| given(case));
    let day = signed.unwrap_or(today);
    let remedy = outcome.remedy().and_then(|code| remedy::paragraph(law, profile, code, day));
    Some(Reply {
        outcome: outcome.choice().zh,
        basis: format!("依据：{}。", basis(law, &body, outcome, day)),
        text: with_organ(&body),
        remedy,
        signed,
    })
}

/// The article of the law of that day; for a part that is withheld, its ground too.
fn basis(law: &Law, body: &Request, outcome: Outcome, day: Day) -> String {
    let told = outcome.remedy().and_then(|code| law::remedies(law, code, day));
    let today = told.as_ref().is_some_and(|r| r.basis.instrument == "ogi-2019");
    let main = match told {
        Some(remedies) if !today => remedies.basis.cite.clone(),
        _ => outcome.choice().cite.to_owned(),
    };
    match body.ground.filter(|_| outcome == Outcome::Partial) {
        Some(ground) => format!("{main}；不公开的部分：{}", ground.choice().cite),
        None => main,
    }
}

fn with_organ(body: &Request) -> String {
    match body.other_organ.trim() {
        "" => body.reply.to_string(),
        organ => format!("{}\n\n负责公开的机关：{organ}", &*body.reply),
    }
}
