//! A record and what belongs to it. No behaviour beyond construction.

use super::field::Data;
use super::kind::{Kind, Step};
use kernel::{Block, Day, Hash, Instant, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A form's fields as they were typed. Kept whole in a draft, so that nothing typed is lost.
pub type Typed = BTreeMap<String, String>;

/// 公开属性.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Openness {
    #[default]
    Open,
    OnRequest,
    Withheld,
}

impl Openness {
    pub fn parse(word: &str) -> Option<Openness> {
        match word {
            "open" => Some(Openness::Open),
            "on-request" => Some(Openness::OnRequest),
            "withheld" => Some(Openness::Withheld),
            _ => None,
        }
    }

    pub fn zh(self) -> &'static str {
        match self {
            Openness::Open => "主动公开",
            Openness::OnRequest => "依申请公开",
            Openness::Withheld => "不予公开",
        }
    }
}

/// The fields that a review covers. Their names are part of the revision's bytes: they never change.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fields {
    /// The path of the main column: `results/policies`.
    pub column: String,
    /// Further columns in which the record is listed.
    pub also: Vec<String>,
    /// The statutory class (条例 20), or empty.
    pub class: String,
    pub openness: Openness,
    /// The code of the ground, of openness or of withholding.
    pub ground: String,
    pub issuer: String,
    pub source: String,
    pub author: String,
    pub keywords: String,
    pub summary: String,
    /// When the information came into being or changed: the clock of 条例 26 runs from it.
    pub formed: Option<Day>,
    pub effective: Option<Day>,
    pub expires: Option<Day>,
    /// 编者注, outside the body, in the notation of the text.
    pub note: String,
    /// Where it replaces a public version: a protective word of [`REASONS`], or empty for an ordinary correction.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub correction: String,
    /// 更正说明: what was wrong, for the reader; public beside the version.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub change: String,
    /// The typed fields of the kind that anyone may see. Left out where there are none: the bytes of older revisions
    /// stay what they are.
    #[serde(skip_serializing_if = "Data::is_empty")]
    pub data: Data,
}

/// The fields that may come after review, outside its digest.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Late {
    /// 文号.
    pub number: String,
    /// 成文日期.
    pub issued: Option<Day>,
    /// The SHA-256 of the served original, or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub original: String,
}

impl Late {
    pub fn is_empty(&self) -> bool {
        self.number.is_empty() && self.issued.is_none() && self.original.is_empty()
    }

    pub fn hash(&self) -> Option<Hash> {
        (!self.is_empty()).then(|| Hash::of(&kernel::canonical::bytes(self)))
    }
}

/// An attachment as a revision names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub sha256: String,
}

/// What a revision's bytes say: the review hash is the SHA-256 of their canonical form (RFC 8785).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// 1.
    pub format: u32,
    pub kind: String,
    pub title: String,
    pub fields: Fields,
    pub body: Vec<Block>,
    pub files: Vec<Attachment>,
}

impl Paper {
    pub fn bytes(&self) -> Vec<u8> {
        kernel::canonical::bytes(self)
    }

    pub fn hash(&self) -> Hash {
        Hash::of(&self.bytes())
    }
}

/// A reviewer's decision.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    Pass,
    Return,
}

impl Verdict {
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Pass => "pass",
            Verdict::Return => "return",
        }
    }

    pub fn parse(word: &str) -> Option<Verdict> {
        match word {
            "pass" => Some(Verdict::Pass),
            "return" => Some(Verdict::Return),
            _ => None,
        }
    }
}

/// A review, as the gate looks at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Review {
    pub step: Step,
    pub staff: String,
    pub verdict: Verdict,
    /// Of the revision that the reviewer saw.
    pub hash: Hash,
    pub answers: Typed,
    pub opinion: String,
    pub at: Instant,
    /// The holder of the lent duty that was used: “A 代 B”.
    pub acting_for: Option<String>,
    /// The signed sheet, where it was made on paper.
    pub paper: Option<String>,
}

/// What a signed 补录 decision says of a text: the gate is shown it beside the signer's review.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Backfilled {
    /// As the decision lists it.
    pub hash: Hash,
    pub signer: String,
    /// The last day on which the signer's review may be written.
    pub until: Day,
}

/// Why a record is held: the words and the article, which the slice that holds it has as data.
#[derive(PartialEq, Eq, Debug)]
pub struct Why {
    /// Stored, and never changed.
    pub code: &'static str,
    pub says: &'static str,
    pub cite: &'static str,
}

/// Something that names the record holds it back; `lets` is the one text that may go nevertheless.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hold {
    pub why: &'static Why,
    pub lets: Option<Hash>,
}

impl Hold {
    pub fn against(&self, text: &Hash) -> Option<Refusal> {
        let held = self.lets.as_ref() != Some(text);
        held.then(|| Refusal::new(self.why.code, self.why.says).cite(self.why.cite))
    }
}

/// A finding of the scanner in a revision, as the gate looks at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    pub id: String,
    pub n: i64,
    pub rule: String,
    pub severity: String,
    pub place: String,
    pub excerpt: String,
    pub says: String,
    pub settled: bool,
    pub reason: String,
}

impl Mark {
    /// Suggestions about wording never stop a paper.
    pub fn is_open(&self) -> bool {
        !self.settled && self.severity != "suggest"
    }
}

/// A revision, loaded.
#[derive(Clone, Debug)]
pub struct Revision {
    pub id: String,
    pub n: i64,
    pub author: String,
    /// All whose edits are in the text since the last publication.
    pub authors: Vec<String>,
    pub at: Instant,
    pub hash: Hash,
    pub paper: Paper,
    pub late: Late,
}

/// Where a record stands. Derived from its rows, never stored.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nothing was submitted yet.
    Draft,
    /// Waits for this step.
    InReview(Step),
    /// A reviewer sent it back.
    Returned(Step),
    /// Its author took it back while it waited.
    TakenBack,
    /// All steps passed; the gate has not let it through, or its hour has not come.
    Passed,
    /// All steps passed what is not for everyone: given on request, or withheld.
    Kept(Openness),
    Published,
    /// Pulled down by somebody; another person has to look (先隐后审).
    Hidden,
    Withdrawn,
}

impl State {
    /// `shown` and `taken_down` say that the revision submitted last is public, or was until it was withdrawn.
    pub fn of(kind: &Kind, revision: Option<&Revision>, reviews: &[Review], shown: bool, taken_down: bool) -> State {
        match revision {
            None => return State::Draft,
            Some(_) if shown => return State::Published,
            Some(_) if taken_down => return State::Withdrawn,
            Some(_) => {}
        }
        if let Some(back) = reviews.iter().find(|r| r.verdict == Verdict::Return) {
            return State::Returned(back.step);
        }
        let open = kind.route.iter().find(|step| !reviews.iter().any(|r| r.step == **step));
        let passed = match revision.map(|r| r.paper.fields.openness) {
            Some(Openness::Open) | None => State::Passed,
            Some(other) => State::Kept(other),
        };
        open.map_or(passed, |step| State::InReview(*step))
    }

    pub fn zh(self) -> String {
        match self {
            State::Draft => "起草中".into(),
            State::InReview(step) => format!("待{}", step.zh()),
            State::Returned(step) => format!("{}退回", step.zh()),
            State::TakenBack => "经办人已收回".into(),
            State::Passed => "审查通过，待公开".into(),
            State::Kept(openness) => format!("审查通过，{}", openness.zh()),
            State::Published => "已公开".into(),
            State::Hidden => "已隐藏，待复核".into(),
            State::Withdrawn => "已撤下".into(),
        }
    }
}

/// Why a published record is changed or taken down. Facts: the word alone is public.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reason {
    pub word: &'static str,
    pub zh: &'static str,
    pub cite: &'static str,
    /// Old text, files and title are gone at once, and the ledger's salt with them.
    pub protective: bool,
}

/// Why a record is taken down, or a version of it replaced.
pub const REASONS: &[Reason] = &[
    Reason {
        word: "privacy", zh: "涉及个人隐私", cite: "《政府信息公开条例》第十五条", protective: true
    },
    Reason {
        word: "trade-secret", zh: "涉及商业秘密", cite: "《政府信息公开条例》第十五条", protective: true
    },
    Reason {
        word: "secret", zh: "依法不得公开", cite: "《政府信息公开条例》第十四条", protective: true
    },
    Reason {
        word: "annulled", zh: "所依据的决定被依法撤销", cite: "《行政处罚法》第四十八条", protective: true
    },
    Reason {
        word: "error", zh: "内容有误，正在核对", cite: "《政府信息公开条例》第六条", protective: false
    },
    Reason {
        word: "not-ours", zh: "依法由其他机关公开", cite: "《政府信息公开条例》第十条", protective: false
    },
    Reason { word: ENDED, zh: "公示期届满", cite: "", protective: false },
    // No article and no class: what is only suspected is told to nobody.
    Reason { word: HIDDEN, zh: "正在核对，暂不展示", cite: "", protective: false },
];

/// The end of a publicity period, which comes by itself.
pub const ENDED: &str = "ended";
/// Pulled down, and not yet decided upon.
pub const HIDDEN: &str = "hidden";

impl Reason {
    pub fn parse(word: &str) -> Option<&'static Reason> {
        REASONS.iter().find(|r| r.word == word)
    }

    /// What a person may choose who takes a record down.
    pub fn chosen() -> impl Iterator<Item = &'static Reason> {
        REASONS.iter().filter(|r| r.word != ENDED && r.word != HIDDEN)
    }

    /// A class of correction after which nothing of the old text stays.
    pub fn protective(word: &str) -> Option<&'static Reason> {
        Reason::parse(word).filter(|r| r.protective)
    }
}
