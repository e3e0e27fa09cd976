//! Whether a document is in force, as its page and the lists say it. Pure.

use super::Shown;
use crate::floor::{Validity, public_page};
use crate::ui::{Tag, Tone};
use kernel::Day;

/// Whether a document is in force, as a tag; nothing where it states no term.
pub fn tag(validity: Validity) -> Option<Tag> {
    let tone = match validity {
        Validity::Unstated => return None,
        Validity::NotYet | Validity::Amended | Validity::OnShow => Tone::Near,
        Validity::InForce => Tone::Done,
        Validity::ShowOver => Tone::Plain,
        Validity::Expired | Validity::Repealed | Validity::Lapsed => Tone::Late,
    };
    Some(Tag::new(validity.zh(), tone))
}

/// First and last day of a 公示; empty for what is none.
pub fn shown_zh(row: &public_page::Model) -> String {
    let days = Day::parse(&row.shown_from).zip(Day::parse(&row.shown_until));
    days.map(|(from, until)| format!("{}至{}", from.zh(), until.zh())).unwrap_or_default()
}

/// What a reader must know before the text.
pub fn caution(shown: &Shown, today: Day) -> String {
    let zh = |iso: &str| Day::parse(iso).map(Day::zh).unwrap_or_default();
    match shown.validity(today) {
        Validity::NotYet => format!("这份文件从{}起施行，现在还没有施行。", zh(&shown.row.effective)),
        Validity::Expired => format!("这份文件的有效期到{}为止，现在已经失效。内容仍可查阅。", zh(&shown.row.expires)),
        Validity::Repealed => format!("这份文件从{}起废止。内容仍可查阅。", zh(&shown.row.ended)),
        Validity::Lapsed => format!("这份文件经清理，从{}起失效。内容仍可查阅。", zh(&shown.row.ended)),
        Validity::Amended => format!("这份文件从{}起有修改。请同时看修改它的文件。", zh(&shown.row.ended)),
        // A 公示 has a panel of its own.
        Validity::Unstated | Validity::InForce | Validity::OnShow | Validity::ShowOver => String::new(),
    }
}
