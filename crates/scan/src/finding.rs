use crate::{Piece, Place, Rule, Settings, Severity};
use kernel::Hash;
use std::fmt;
use std::ops::Range;

/// A stretch of one piece.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    pub place: Place,
    /// Bytes of the piece's text as it was given, on character boundaries.
    pub span: Range<usize>,
}

/// What a rule found. It never holds the matched text, only a masked excerpt and a hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub rule: Rule,
    /// That of the rule, or milder where the evidence is weak.
    pub severity: Severity,
    /// Where it begins.
    pub place: Place,
    /// Bytes of that piece's text.
    pub span: Range<usize>,
    /// The pieces into which it runs on: a number cut by a cell border or a line end.
    pub rest: Vec<Spot>,
    /// What was found, personal data masked: `4302************34`.
    pub excerpt: String,
    /// What it is and what to do, in Chinese.
    pub says: String,
    /// Words to put in its place.
    pub suggestion: Option<String>,
    pub cite: &'static str,
    key: Hash,
}

impl Finding {
    /// `spots` are indices into `pieces` with byte ranges, in reading order, at least one. `matched` is the text in
    /// its plain form; it goes into the key alone.
    pub(crate) fn new(pieces: &[Piece], rule: Rule, spots: &[(usize, Range<usize>)], matched: &str) -> Finding {
        let spot =
            |(piece, span): &(usize, Range<usize>)| Spot { place: pieces[*piece].place.clone(), span: span.clone() };
        let Spot { place, span } = spot(&spots[0]);
        let rest = spots[1..].iter().map(spot).collect();
        let info = rule.info();
        let key = Hash::of(format!("{}\n{}\n{matched}", info.id, place.id()).as_bytes());
        let excerpt = matched.to_owned();
        Finding {
            rule,
            severity: info.severity,
            place,
            span,
            rest,
            excerpt,
            says: String::new(),
            suggestion: None,
            cite: info.cite,
            key,
        }
    }

    pub(crate) fn severity(self, severity: Severity) -> Finding {
        Finding { severity, ..self }
    }

    pub(crate) fn excerpt(self, excerpt: String) -> Finding {
        Finding { excerpt, ..self }
    }

    pub(crate) fn says(self, says: impl Into<String>) -> Finding {
        Finding { says: says.into(), ..self }
    }

    pub(crate) fn suggest(self, words: String) -> Finding {
        Finding { suggestion: Some(words), ..self }
    }

    /// With the severity that the body has set for the rule.
    pub(crate) fn weighed(self, settings: &Settings) -> Finding {
        let severity = settings.severity(self.rule, self.severity);
        Finding { severity, ..self }
    }

    /// The same for the same rule, place and matched text (spacing and width aside), so that a decision survives a
    /// second scan. Two equal numbers in one place share it. It does not show the text, but whoever can list all
    /// resident numbers can try them: keep it where the finding is kept, publish it nowhere.
    pub fn key(&self) -> Hash {
        self.key
    }

    pub fn blocks(&self) -> bool {
        self.severity == Severity::Block
    }
}

/// One line for a terminal: severity, place, masked excerpt, advice.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {} {}：{}", self.severity.zh(), self.place, self.excerpt, self.says)
    }
}
