//! 救济：what an adverse answer about one's own data says of reconsideration and suit. Pure.

use super::model::{Outcome, Topic};
use crate::body::Profile;
use kernel::Day;
use law::{Law, Offices};

/// The outcome of `law/remedies.toml` that an answer carries; `None` where nothing was refused. A hint about a page is
/// no application, and its answer decides no right.
pub fn outcome(topic: Topic, outcome: Outcome) -> Option<&'static str> {
    let refused = matches!(outcome, Outcome::NotAnError | Outcome::NotVerified);
    (topic == Topic::OwnData && refused).then_some("own-data-refused")
}

/// The paragraph for an answer of a day. Where the settings name no office the right stands without its address.
pub fn text(law: &Law, profile: &Profile, topic: Topic, given: Outcome, day: Day) -> Option<String> {
    paragraph(law, profile, outcome(topic, given)?, day)
}

/// The paragraph for an outcome of `law/remedies.toml`; `None` where the law of that day knew no such answer.
pub fn paragraph(law: &Law, profile: &Profile, outcome: &str, day: Day) -> Option<String> {
    let remedies = law::remedies(law, outcome, day)?;
    let or = |name: &str, general: &str| if name.is_empty() { general.to_owned() } else { name.to_owned() };
    let offices = Offices {
        government: (or(&profile.reconsideration, "本级人民政府"), profile.reconsideration_address.clone()),
        superior: ("上一级主管部门".into(), String::new()),
        court: (or(&profile.court, "有管辖权的人民法院"), profile.court_address.clone()),
    };
    Some(remedies.text(&offices).replace(NO_ADDRESS, ""))
}

/// How `Offices` shows that an address is missing.
const NO_ADDRESS: &str = "（地址：〔地址〕）";

/// What the settings lack of the offices, in words; empty where they name all.
pub fn gaps(profile: &Profile) -> Vec<&'static str> {
    let all = [
        (&profile.reconsideration, "行政复议机关"),
        (&profile.reconsideration_address, "行政复议机关的地址"),
        (&profile.court, "管辖法院"),
        (&profile.court_address, "管辖法院的地址"),
    ];
    all.into_iter().filter(|(text, _)| text.is_empty()).map(|(_, zh)| zh).collect()
}
