//! Who works here, and what each may do.

use kernel::Instant;

/// What a person may do. Duties are kept apart by person: whoever administers decides nothing about content.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Duty {
    Draft,
    SectionCheck,
    SecrecyReview,
    LegalityReview,
    Approval,
    Publication,
    Supervision,
    Administration,
}

impl Duty {
    pub const ALL: [Duty; 8] = [
        Duty::Draft,
        Duty::SectionCheck,
        Duty::SecrecyReview,
        Duty::LegalityReview,
        Duty::Approval,
        Duty::Publication,
        Duty::Supervision,
        Duty::Administration,
    ];

    /// Who may look at papers under way: whoever touches content, and supervision.
    pub const LOOK: &[Duty] = &[
        Duty::Draft,
        Duty::SectionCheck,
        Duty::SecrecyReview,
        Duty::LegalityReview,
        Duty::Approval,
        Duty::Publication,
        Duty::Supervision,
    ];

    /// Who takes a step of a review. These may be lent for a term: every use of a lent one says for whom.
    pub const REVIEW: &[Duty] = &[Duty::SectionCheck, Duty::SecrecyReview, Duty::LegalityReview, Duty::Approval];

    /// As it is stored, and written in `staff.toml` and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Duty::Draft => "draft",
            Duty::SectionCheck => "section-check",
            Duty::SecrecyReview => "secrecy-review",
            Duty::LegalityReview => "legality-review",
            Duty::Approval => "approval",
            Duty::Publication => "publication",
            Duty::Supervision => "supervision",
            Duty::Administration => "administration",
        }
    }

    pub fn parse(word: &str) -> Option<Duty> {
        Duty::ALL.into_iter().find(|d| d.word() == word)
    }

    pub fn zh(self) -> &'static str {
        match self {
            Duty::Draft => "起草",
            Duty::SectionCheck => "科室审核",
            Duty::SecrecyReview => "保密审查",
            Duty::LegalityReview => "合法性审核",
            Duty::Approval => "签批",
            Duty::Publication => "发布",
            Duty::Supervision => "监督",
            Duty::Administration => "系统管理",
        }
    }

    /// Duties that touch content; an administrator has none of them.
    pub fn is_content(self) -> bool {
        !matches!(self, Duty::Supervision | Duty::Administration)
    }
}

/// A duty of somebody else, lent for a term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lent {
    pub duty: Duty,
    /// Whose it is, by id and name.
    pub of: String,
    pub name: String,
    /// Not included.
    pub until: Instant,
}

/// The member of staff who asks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Me {
    pub id: String,
    pub name: String,
    pub login: String,
    pub section: String,
    pub section_name: String,
    pub duties: Vec<Duty>,
    /// What others lent, at this moment.
    pub lent: Vec<Lent>,
}

impl Me {
    /// Whether the person may use the duty now: their own, or one that is lent.
    pub fn has(&self, duty: Duty) -> bool {
        self.owns(duty) || self.lent.iter().any(|l| l.duty == duty)
    }

    pub fn owns(&self, duty: Duty) -> bool {
        self.duties.contains(&duty)
    }
}
