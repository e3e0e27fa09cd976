//! What a query asks for: words that must be found, each with what may stand for it. Pure.

use super::fold::{Sign, folded, sign};
use super::number;
use super::words::{self, Near, Sounds, Synonyms, WORD_MAX};

/// Characters of a query; what is longer is cut, and the reader is told.
pub const QUERY_MAX: usize = 200;
/// Words of a query.
const WORDS_MAX: usize = 12;
/// Wrong characters that are put right at once.
const SLIPS_MAX: usize = 3;

/// A word to be found.
#[derive(Clone, PartialEq, Debug)]
pub struct Group {
    pub word: String,
    /// What may stand for it, with its weight.
    pub others: Vec<(String, f32)>,
    /// Helps where it is found; its absence hinders nothing.
    pub optional: bool,
}

/// A query, understood.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Plan {
    /// As asked, trimmed and cut.
    pub asked: String,
    /// It was cut.
    pub cut: bool,
    /// In plain form.
    pub whole: String,
    pub groups: Vec<Group>,
    /// It asks how something is done.
    pub how: bool,
    /// The number of a document or an index number, in the form of the index.
    pub number: Option<String>,
}

impl Plan {
    pub fn of(asked: &str, synonyms: &Synonyms, sounds: &Sounds) -> Plan {
        let spaced: String = asked.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let asked: String = spaced.trim().chars().take(QUERY_MAX).collect();
        let whole = folded(&asked);
        let mut groups: Vec<Group> = vec![];
        for piece in pieces(&whole) {
            let found = match piece {
                Piece::Quoted(words) => vec![plain(words, false)],
                Piece::Latin(word) => vec![latin(word, synonyms, sounds)],
                Piece::Han(stretch) => han(&stretch, synonyms),
            };
            for group in found {
                if !groups.iter().any(|g| g.word == group.word) && groups.len() < WORDS_MAX {
                    groups.push(group);
                }
            }
        }
        if groups.iter().all(|g| g.optional) {
            // Nothing but words that nobody looks for: then they are what is looked for.
            let all = pieces(&whole).into_iter().filter_map(Piece::text).take(WORDS_MAX);
            groups = all.map(|word| plain(word, false)).collect();
        }
        Plan {
            cut: spaced.trim().chars().count() > QUERY_MAX,
            how: words::asks_how(&whole),
            number: number::key(&asked),
            asked,
            whole,
            groups,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Every word that may have been found, for marking it: the longest first.
    pub fn needles(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .groups
            .iter()
            .flat_map(|g| std::iter::once(&g.word).chain(g.others.iter().map(|(w, _)| w)))
            .cloned()
            .collect();
        all.sort_by_key(|w| std::cmp::Reverse(w.len()));
        all.dedup();
        all
    }

    /// The query with its wrong characters put right, if there are such.
    pub fn meant(&self, sounds: &Sounds) -> Option<String> {
        let once = |whole: &String| {
            let han = pieces(whole).into_iter().filter(|p| matches!(p, Piece::Han(_))).filter_map(Piece::text);
            han.into_iter().find_map(|stretch| Some(whole.replacen(&stretch, &sounds.meant(&stretch)?, 1)))
        };
        std::iter::successors(once(&self.whole), once).take(SLIPS_MAX).last()
    }
}

fn plain(word: String, optional: bool) -> Group {
    Group { word, others: vec![], optional }
}

/// A stretch of a query.
enum Piece {
    /// Between quotation marks: as it stands.
    Quoted(String),
    Latin(String),
    Han(String),
}

impl Piece {
    fn text(self) -> Option<String> {
        let (Piece::Quoted(text) | Piece::Latin(text) | Piece::Han(text)) = self;
        Some(text)
    }
}

fn pieces(whole: &str) -> Vec<Piece> {
    let mut out = vec![];
    for (n, part) in whole.split(['"', '“', '”']).enumerate() {
        let closed = n % 2 == 1 && whole.matches(['"', '“', '”']).count() > n;
        let has_signs = part.chars().any(|c| !matches!(sign(c), Sign::Nothing | Sign::Stop));
        if closed && has_signs {
            out.push(Piece::Quoted(part.trim().to_owned()));
        } else {
            split(part, &mut out);
        }
    }
    out
}

/// Runs of Han characters, and runs of letters and digits.
fn split(part: &str, out: &mut Vec<Piece>) {
    let (mut run, mut is_han) = (String::new(), false);
    let mut end = |run: &mut String, is_han: bool| {
        if !run.is_empty() {
            let text = std::mem::take(run);
            out.push(if is_han { Piece::Han(text) } else { Piece::Latin(text) });
        }
    };
    for c in part.chars() {
        match sign(c) {
            Sign::Han(c) => {
                if !is_han {
                    end(&mut run, false);
                }
                is_han = true;
                run.push(c);
            }
            Sign::Digit(c) | Sign::Letter(c) => {
                if is_han {
                    end(&mut run, true);
                }
                is_han = false;
                run.push(c);
            }
            Sign::Nothing | Sign::Stop => end(&mut run, is_han),
        }
    }
    end(&mut run, is_han);
}

/// A word in letters may be what it says, or the sound of a word.
fn latin(word: String, synonyms: &Synonyms, sounds: &Sounds) -> Group {
    let mut others = same(&word, synonyms);
    others.extend(sounds.typed(&word).into_iter().map(|w| (w.to_owned(), 0.9)));
    Group { word, others, optional: false }
}

fn same(word: &str, synonyms: &Synonyms) -> Vec<(String, f32)> {
    synonyms.of(word).iter().map(|(w, near): &(String, Near)| (w.clone(), near.weight())).collect()
}

/// The words of a stretch of Han characters: those that have synonyms first, then those of the language. What is short
/// stays whole, so that no two characters that stand side by side in a text are missed.
fn han(stretch: &str, synonyms: &Synonyms) -> Vec<Group> {
    if words::is_stop(stretch) {
        return vec![plain(stretch.to_owned(), true)];
    }
    if stretch.chars().count() <= 2 || synonyms.has(stretch) {
        return vec![Group { others: same(stretch, synonyms), ..plain(stretch.to_owned(), false) }];
    }
    let mut out: Vec<Group> = vec![];
    for (word, known) in leading(stretch, synonyms) {
        if known {
            out.push(Group { others: same(&word, synonyms), ..plain(word, false) });
            continue;
        }
        for word in joined(words::cut(&word)) {
            let optional = words::is_stop(&word) || word.chars().count() == 1;
            out.push(Group { others: same(&word, synonyms), ..plain(word, optional) });
        }
    }
    out.retain(|g| !words::is_stop(&g.word));
    out
}

/// Words of the list of synonyms, the longest at each place, and what stands between them. A word of the language that
/// runs across the border of one is not torn: only where the rest is empty or begins a word of its own.
fn leading(stretch: &str, synonyms: &Synonyms) -> Vec<(String, bool)> {
    let chars: Vec<char> = stretch.chars().collect();
    let (mut out, mut rest, mut at) = (vec![], String::new(), 0);
    while at < chars.len() {
        let lengths = (2..=WORD_MAX.min(chars.len() - at)).rev();
        let known = lengths.map(|n| chars[at..at + n].iter().collect::<String>()).find(|w| synonyms.has(w));
        match known {
            Some(word) => {
                if !rest.is_empty() {
                    out.push((std::mem::take(&mut rest), false));
                }
                at += word.chars().count();
                out.push((word, true));
            }
            None => {
                rest.push(chars[at]);
                at += 1;
            }
        }
    }
    if !rest.is_empty() {
        out.push((rest, false));
    }
    out
}

/// Single characters that stand side by side are one word that the language does not know.
fn joined(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<(String, bool)> = vec![];
    for word in words {
        let single = word.chars().count() == 1 && !words::is_stop(&word);
        match out.last_mut() {
            Some((last, true)) if single => last.push_str(&word),
            _ => out.push((word, single)),
        }
    }
    out.into_iter().map(|(word, _)| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(query: &str) -> Plan {
        let mut sounds = Sounds::default();
        words::lexicon().for_each(|w| sounds.add(w));
        Plan::of(query, &Synonyms::shipped(), &sounds)
    }

    fn told(query: &str) -> String {
        let all: Vec<String> =
            plan(query).groups.iter().map(|g| format!("{}{}", g.word, if g.optional { "?" } else { "" })).collect();
        all.join(" ")
    }

    #[test]
    fn what_must_be_found() {
        for (query, wanted) in [
            ("非瘟", "非瘟"),
            ("当已", "当已"),
            ("養豬場補貼", "养猪场 补贴"),
            ("病死猪怎么处理", "病死猪 处理"),
            ("请问怎么办", "请问怎么办"),
            ("ASF", "asf"),
            ("2017年政务公开", "2017 年? 政务公开"),
            ("“政务公开工作”", "政务公开工作"),
            ("政务公开 \"实施方案", "政务公开 实施 方案"),
            ("", ""),
            ("，。", ""),
        ] {
            assert_eq!(told(query), wanted, "{query}");
        }
        assert!(plan("怎么申请政府信息公开").how && !plan("政务公开").how);
        assert_eq!(plan("株牧渔发[2017]12号").number.as_deref(), Some("株牧渔发/2017/12"));
        let long = plan(&"猪".repeat(300));
        assert!(long.cut && long.asked.chars().count() == QUERY_MAX);
        assert!(plan(&"动物 检疫 猪肉 牛肉 ".repeat(40)).groups.len() <= WORDS_MAX);
    }

    #[test]
    fn letters_and_slips() {
        let of = |q: &str| plan(q).groups.remove(0).others.into_iter().map(|(w, _)| w).collect::<Vec<_>>();
        assert!(of("feizhouzhuwen").contains(&"非洲猪瘟".to_owned()));
        assert!(of("zwgk").contains(&"政务公开".to_owned()));
        assert!(of("asf").contains(&"非瘟".to_owned()));
        let mut sounds = Sounds::default();
        words::lexicon().for_each(|w| sounds.add(w));
        assert_eq!(plan("非州猪瘟").meant(&sounds).as_deref(), Some("非洲猪瘟"));
        assert_eq!(plan("正务公开 方案").meant(&sounds).as_deref(), Some("政务公开 方案"));
        assert_eq!(plan("正务公开指男").meant(&sounds).as_deref(), Some("政务公开指南"));
    }
}
