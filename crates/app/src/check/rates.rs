//! 各条规则的结果：how often each rule of the scanner found something in a year, and what people did with it. Rule ids and
//! counts, no texts and no names: a rule that is mostly overruled is to be mended, not its readers.

use crate::account::desk::{Desk, Route, Who, get};
use crate::account::{Duty, nav};
use crate::edge::{Failure, html};
use crate::record::disposal::{self, Tally};
use crate::record::findings;
use crate::rule;
use crate::ui::DeskFrame;
use ::store::Error;
use askama::Template;
use axum::response::Response;
use kernel::Instant;
use scan::{RULES, Rule, RuleInfo};

pub const HERE: &str = "/desk/check/rules";
/// Days that are counted.
const DAYS: i32 = 365;

pub fn routes() -> Vec<Route> {
    vec![get("/desk/check/rules", Who::Duty(nav::RATES), page)]
}

struct Line {
    info: &'static RuleInfo,
    found: usize,
    tally: Tally,
}

#[derive(Template)]
#[template(path = "check/rules.html")]
struct Page {
    frame: DeskFrame,
    from: String,
    /// Rules that are overruled most of the time.
    wrong: Vec<Line>,
    lines: Vec<Line>,
    /// Rules that found nothing.
    silent: Vec<&'static RuleInfo>,
    may_propose: bool,
}

fn since(now: Instant) -> Instant {
    now.day().plus(-DAYS).start()
}

async fn page(desk: Desk) -> Result<Response, Failure> {
    let since = since(desk.now);
    let tallies = disposal::tally(desk.read(), &desk.body.id, since).await?;
    let standing = findings::count(desk.read(), &desk.body.id, since).await?;
    let (mut wrong, mut lines, mut silent) = (vec![], vec![], vec![]);
    for info in RULES {
        let tally = tallies.get(info.id).copied().unwrap_or_default();
        // What was mended in a draft is in no revision; what was kept there is.
        let found = standing.get(info.id).copied().unwrap_or_default() + tally.accepted + tally.replaced;
        let found = found.max(tally.all());
        match found {
            0 => silent.push(info),
            _ if tally.is_wrong_mostly() => wrong.push(Line { info, found, tally }),
            _ => lines.push(Line { info, found, tally }),
        }
    }
    html(&Page {
        frame: desk.frame("机检规则的结果", HERE),
        from: since.day().zh(),
        wrong,
        lines,
        silent,
        may_propose: rule::PROPOSE.iter().any(|duty| desk.me.has(*duty)),
    })
}

/// The rules that are overruled most of the time, for whoever oversees.
pub async fn overruled(desk: &Desk) -> Result<Vec<(&'static RuleInfo, Tally)>, Error> {
    if !desk.me.has(Duty::Supervision) {
        return Ok(vec![]);
    }
    let tallies = disposal::tally(desk.read(), &desk.body.id, since(desk.now)).await?;
    let wrong = tallies.into_iter().filter(|(_, tally)| tally.is_wrong_mostly());
    Ok(wrong.filter_map(|(id, tally)| Some((Rule::parse(&id)?.info(), tally))).collect())
}
