//! What a list knows: names that reforms have ended, words that the body does not want, leaders and their posts.

use super::sound::{self, Alike};
use super::{Remark, grams::Symbol};
use crate::settings::Leader;
use crate::{Piece, Rule, Settings, Words};
use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

static DATA: &str = include_str!("../../data/outdated.txt");
static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?:19|20)[0-9]{2}").expect("a valid pattern"));
/// Words before or after a name that say that it is one of the past.
const PAST: [&str; 7] = ["原", "前身", "时任", "曾任", "改组", "撤销", "更名"];
/// A post, longest first.
const POSTS: [&str; 18] = [
    "党组副书记",
    "党委副书记",
    "党组书记",
    "党委书记",
    "副主任",
    "副局长",
    "副市长",
    "副县长",
    "副区长",
    "副书记",
    "副处长",
    "局长",
    "市长",
    "县长",
    "区长",
    "主任",
    "书记",
    "处长",
];

struct Old {
    since: i32,
    now: &'static str,
    why: &'static str,
}

static OUTDATED: LazyLock<(AhoCorasick, Vec<Old>)> = LazyLock::new(|| {
    let rows = DATA.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('|').collect::<Vec<_>>());
    let (mut names, mut olds) = (Vec::new(), Vec::new());
    for row in rows.filter(|row| row.len() == 4) {
        names.push(row[0]);
        olds.push(Old { since: row[1].parse().unwrap_or(i32::MAX), now: row[2], why: row[3] });
    }
    (machine(&names), olds)
});

fn machine<S: AsRef<[u8]>>(words: &[S]) -> AhoCorasick {
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words);
    builder.expect("the lists are short")
}

/// The lists as one examination needs them.
pub(super) struct Lists<'a> {
    settings: &'a Settings,
    words: Words,
    /// The latest year that the paper names: it was written then or later. `None` where it names none.
    pub year: Option<i32>,
}

impl<'a> Lists<'a> {
    pub fn new(pieces: &[Piece], settings: &'a Settings) -> Lists<'a> {
        let words: Vec<&str> = settings.words.iter().map(|w| w.text.as_str()).collect();
        let today = i32::from(settings.today.year());
        let years = pieces.iter().flat_map(|p| YEAR.find_iter(p.text)).filter_map(|y| y.as_str().parse().ok());
        Lists { settings, words: Words::new(&words), year: years.filter(|&y| y <= today).max() }
    }

    pub fn find(&self, text: &str) -> Vec<Remark> {
        let mut found = self.outdated(text);
        for (n, span) in self.words.find(text) {
            let word = &self.settings.words[n];
            let why = if word.why.is_empty() { word.is.says() } else { &word.why };
            let right = (!word.suggestion.is_empty()).then(|| word.suggestion.clone());
            let says = format!("“{}”：{why}", word.text);
            found.push(Remark { rule: word.is.rule(), span, says, suggestion: right });
        }
        if !self.settings.leaders.is_empty() {
            self.leaders(text, &mut found);
        }
        found
    }

    fn outdated(&self, text: &str) -> Vec<Remark> {
        let (machine, olds) = &*OUTDATED;
        let Some(year) = self.year else { return Vec::new() };
        let hits = machine.find_iter(text).filter_map(|hit| {
            let old = &olds[hit.pattern().as_usize()];
            let name = &text[hit.range()];
            let long = text[hit.end()..].starts_with(['门', '分']) || text[..hit.start()].ends_with(['省', '市', '县']);
            (old.since <= year && !long && !past(text, hit.range())).then(|| Remark {
                rule: Rule::Outdated,
                span: hit.range(),
                says: format!("“{name}”已过时（{}），现为“{}”。写过去的事，请在前面加“原”。", old.why, old.now),
                suggestion: Some(old.now.into()),
            })
        });
        hits.collect()
    }

    fn leaders(&self, text: &str, found: &mut Vec<Remark>) {
        let leaders = &self.settings.leaders;
        let mut last: Option<(usize, usize)> = None;
        for (rank, at) in named(leaders, text) {
            let name = &leaders[rank].name;
            let span = at..at + name.len();
            if let Some(post) = POSTS.iter().find(|post| text[..at].ends_with(*post)) {
                let own = &leaders[rank].posts;
                if !own
                    .iter()
                    .any(|p| p.ends_with(*post) && (!p.ends_with(&format!("副{post}")) || post.starts_with('副')))
                {
                    let says = format!("名册上{name}的职务是{}，文中写作“{post}”。请核对。", own.join("、"));
                    found.push(leader(at - post.len()..span.end, says, None));
                }
            }
            if let Some((above, end)) = last.filter(|(above, end)| rank < *above && side_by_side(&text[*end..at])) {
                let says = format!("名册上{name}排在{}之前，文中次序相反。请核对。", leaders[above].name);
                found.push(leader(span.clone(), says, None));
                debug_assert!(end <= at);
            }
            last = Some((rank, span.end));
        }
        for post in POSTS {
            for (at, _) in text.match_indices(post) {
                found.extend(misnamed(leaders, text, at + post.len()));
            }
        }
    }
}

fn leader(span: Range<usize>, says: String, suggestion: Option<String>) -> Remark {
    Remark { rule: Rule::LeaderName, span, says, suggestion }
}

fn past(text: &str, span: Range<usize>) -> bool {
    let before: String = text[..span.start].chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[span.end..].chars().take(4).collect();
    PAST.iter().any(|w| before.contains(w) || after.contains(w)) || after.starts_with('令') || after.starts_with("公告")
}

/// Rank and place of every leader named in a text, in the order of the text.
fn named(leaders: &[Leader], text: &str) -> Vec<(usize, usize)> {
    let each = leaders.iter().enumerate().filter(|(_, l)| l.name.chars().count() > 1);
    let mut all: Vec<_> =
        each.flat_map(|(rank, l)| text.match_indices(&l.name).map(move |(at, _)| (rank, at))).collect();
    all.sort_by_key(|&(_, at)| at);
    all
}

/// Between two names of one list stand marks of a list and posts alone.
fn side_by_side(between: &str) -> bool {
    let mut rest = between.to_owned();
    for post in POSTS {
        rest = rest.replace(post, "");
    }
    !between.is_empty() && rest.chars().all(|c| "、，, 和及与 　".contains(c))
}

/// After a post a name that is a leader's but for one character alike in sound or shape.
fn misnamed(leaders: &[Leader], text: &str, at: usize) -> Option<Remark> {
    leaders.iter().find_map(|l| {
        let count = l.name.chars().count();
        let written: String = text[at..].chars().take(count).collect();
        let differ: Vec<(char, char)> = l.name.chars().zip(written.chars()).filter(|(a, b)| a != b).collect();
        let [(right, wrong)] = differ[..] else { return None };
        let known = leaders.iter().any(|other| other.name == written);
        let says = format!("名册上有“{}”，文中写作“{written}”。请核对姓名。", l.name);
        (count > 1 && written.chars().count() == count && !known && alike(wrong, right))
            .then(|| leader(at..at + written.len(), says, Some(l.name.clone())))
    })
}

fn alike(a: char, b: char) -> bool {
    sound::mistaken(a as Symbol).iter().any(|c| c.alike != Alike::Accent && c.symbol == b as Symbol)
}
