//! Words that may give a person away, all found in one pass; each hit is then read with its sentence.

use crate::fold::Folded;
use crate::hunt::Hunt;
use crate::label;
use crate::name::{Name, begins, leading, names};
use crate::{address, birth, child, health, leak, mail};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// What a word may lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Cue {
    Address,
    Birth,
    Health,
    Age,
    School,
    Kin,
    Party,
    List,
    Mailbox,
}

const CUES: &[(Cue, &[&str])] = &[
    (Cue::Address, address::CUES),
    (Cue::Birth, &["出生", "生日", "生于", "日生"]),
    (Cue::Health, health::CUES),
    (Cue::Age, &["岁"]),
    (Cue::School, &["年级", "班学生", "小班", "中班", "大班", "学前班", "就读"]),
    (Cue::Kin, child::KIN),
    (Cue::Party, leak::PARTIES),
    (Cue::List, leak::LISTS),
    (
        Cue::Mailbox,
        &["(at)", "[at]", "（at）", "(AT)", "[AT]", "【at】", "#qq.com", "＃qq.com", "#163.com", "#126.com"],
    ),
];

static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = CUES.iter().flat_map(|(_, words)| *words);
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(words)
        .expect("a small automaton")
});
/// The cue of each pattern, in the order in which they were given.
static KINDS: LazyLock<Vec<Cue>> =
    LazyLock::new(|| CUES.iter().flat_map(|(cue, words)| std::iter::repeat_n(*cue, words.len())).collect());

/// A sentence, folded, with the names in it.
pub(crate) struct Sentence {
    pub piece: usize,
    /// Bytes of the piece.
    range: Range<usize>,
    folded: Folded,
    pub names: Vec<Name>,
}

impl Sentence {
    fn new(hunt: &Hunt, piece: usize, at: usize) -> Sentence {
        let text = hunt.text(piece);
        let range = label::sentence(text, at);
        let folded = Folded::new(&text[range.clone()]);
        let names = names(&folded.text);
        Sentence { piece, range, folded, names }
    }

    pub fn text(&self) -> &str {
        &self.folded.text
    }

    /// Bytes of the piece for a stretch of the folded text.
    pub fn source(&self, folded: Range<usize>) -> Range<usize> {
        let span = self.folded.source(folded);
        self.range.start + span.start..self.range.start + span.end
    }

    /// The full name that begins at a place of the folded text, behind a colon or 为 at most.
    pub fn name_at(&self, at: usize) -> Option<Range<usize>> {
        let rest = &self.text()[at..];
        let start = at + rest.len() - rest.trim_start_matches([' ', ':', '为', '是', '叫', '名']).len();
        let told =
            self.names.iter().find(|name| name.span.start == start && !name.masked).map(|name| name.span.clone());
        told.or_else(|| leading(&self.text()[start..]).map(|name| start + name.start..start + name.end))
    }

    /// The folded text's stretch for bytes of the piece.
    fn stretch(&self, source: &Range<usize>) -> Range<usize> {
        self.folded.stretch(source.start - self.range.start..source.end - self.range.start)
    }

    /// Whether bytes of the piece belong to this sentence.
    fn holds(&self, piece: usize, span: &Range<usize>) -> bool {
        self.piece == piece && self.range.start <= span.start && span.end <= self.range.end
    }
}

/// Reads all pieces; a sentence with several cues is folded once.
pub(crate) fn find(hunt: &mut Hunt) {
    let mut last: Option<Sentence> = None;
    let mut leak = leak::Leak::default();
    for piece in 0..hunt.pieces().len() {
        for hit in AUTOMATON.find_iter(hunt.text(piece)) {
            let cue = KINDS[hit.pattern().as_usize()];
            let span = hit.range();
            if !worthwhile(cue, hunt.text(piece), &span) {
                continue;
            }
            if cue == Cue::Mailbox {
                spelt_out(hunt, piece, span);
                continue;
            }
            let sentence = match last.take().filter(|s| s.holds(piece, &span)) {
                Some(sentence) => sentence,
                None => Sentence::new(hunt, piece, span.start),
            };
            if sentence.holds(piece, &span) {
                let at = sentence.stretch(&span);
                match cue {
                    Cue::Address => address::find(hunt, &sentence, at),
                    Cue::Birth => birth::find(hunt, &sentence, at),
                    Cue::Health => health::find(hunt, &sentence, at),
                    Cue::Age => child::age(hunt, &sentence, at),
                    Cue::School => child::school(hunt, &sentence, at),
                    Cue::Kin => child::kin(hunt, &sentence, at),
                    Cue::Party => leak.party(hunt, &sentence, at),
                    Cue::List => leak.list(hunt, &sentence, at),
                    Cue::Mailbox => {}
                }
            }
            last = Some(sentence);
        }
    }
    leak.finish(hunt);
}

/// What can be told from the characters beside a word, before its sentence is read.
fn worthwhile(cue: Cue, text: &str, span: &Range<usize>) -> bool {
    let counted = |c: char| c.is_alphanumeric() && (!c.is_alphabetic() || "一二三四五六七八九十周".contains(c));
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    match cue {
        Cue::Address if address::UNLABELLED.contains(&&text[span.clone()]) => before.is_some_and(counted),
        Cue::Age => before.is_some_and(counted),
        Cue::Kin | Cue::Party => after.is_none_or(|c| begins(c) || !c.is_alphabetic() || "为是叫名".contains(c)),
        Cue::List => after.is_none_or(|c| !c.is_alphabetic() || c == '如'),
        _ => true,
    }
}

/// zhangsan(at)qq.com, zhangsan#qq.com: the sign is what stands before the domain.
fn spelt_out(hunt: &mut Hunt, piece: usize, span: Range<usize>) {
    let hit = &hunt.text(piece)[span.clone()];
    let sign = if hit.ends_with(".com") { hit.chars().next().map_or(1, char::len_utf8) } else { hit.len() };
    mail::around(hunt, piece, span.start..span.start + sign);
}
