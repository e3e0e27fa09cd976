//! The words of the field: what is one word, what means the same, what nobody looks for, and how words sound.

use super::fold::{Sign, folded, sign};
use jieba_rs::Jieba;
use pinyin::ToPinyin;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

/// As shipped; a body's own list takes its place.
pub static SYNONYMS: &str = include_str!("data/synonyms.txt");
static LEXICON: &str = include_str!("data/lexicon.txt");
static STOP: &str = include_str!("data/stop.txt");
static HOW: &str = include_str!("data/how.txt");

/// A longer word is no word.
pub const WORD_MAX: usize = 16;
/// Groups of a body's list, and words of a group.
const GROUPS_MAX: usize = 2_000;
const GROUP_MAX: usize = 20;
/// Words that are given for one sound.
const ALIKE_MAX: usize = 5;

/// The dictionary is large and slow to unpack: only when a query first needs it, and once for all.
static JIEBA: LazyLock<Jieba> = LazyLock::new(|| {
    let mut jieba = Jieba::new();
    for word in LEXICON.split_whitespace() {
        jieba.add_word(word, None, None);
    }
    jieba
});

static STOPS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| STOP.split_whitespace().collect());

/// Whether nobody looks for it: 怎么, 的, 请问.
pub fn is_stop(word: &str) -> bool {
    STOPS.contains(word)
}

/// Whether a query asks how something is done: services and guides answer it.
pub fn asks_how(query: &str) -> bool {
    HOW.split_whitespace().any(|word| query.contains(word))
}

/// The words of the field, as shipped.
pub fn lexicon() -> impl Iterator<Item = &'static str> {
    LEXICON.split_whitespace()
}

/// Cuts a stretch of Han characters into words of the language.
pub fn cut(stretch: &str) -> Vec<String> {
    JIEBA.cut(stretch, false).into_iter().map(|token| token.word.to_owned()).collect()
}

/// Whether the language has the word: names of people are none.
pub fn is_known(word: &str) -> bool {
    JIEBA.has_word(word)
}

/// How near another word is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Near {
    /// Means the same.
    Same,
    /// Is close to it.
    Close,
}

impl Near {
    /// What finding it counts for, against the word itself.
    pub fn weight(self) -> f32 {
        match self {
            Near::Same => 0.9,
            Near::Close => 0.45,
        }
    }
}

/// What means the same, by words in plain form.
#[derive(Clone, Debug, Default)]
pub struct Synonyms(BTreeMap<String, Vec<(String, Near)>>);

impl Synonyms {
    /// Reads a list; every line that is wrong, with its number and what is wrong.
    pub fn read(text: &str) -> Result<Synonyms, Vec<(usize, &'static str)>> {
        let (mut all, mut wrong, mut groups) = (Synonyms::default(), vec![], 0);
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            groups += 1;
            match group(line) {
                Ok(words) if groups <= GROUPS_MAX => all.add(&words),
                Ok(_) => wrong.push((n + 1, "组数太多")),
                Err(why) => wrong.push((n + 1, why)),
            }
        }
        if wrong.is_empty() { Ok(all) } else { Err(wrong) }
    }

    /// The list of this release.
    pub fn shipped() -> Synonyms {
        Synonyms::read(SYNONYMS).unwrap_or_default()
    }

    /// The first word leads to all, each leads to the first; what means the same leads to each other.
    fn add(&mut self, words: &[(String, Near)]) {
        for (i, (word, near)) in words.iter().enumerate() {
            for (j, (other, its)) in words.iter().enumerate() {
                let same = *near == Near::Same && *its == Near::Same;
                if i != j && word != other && (same || i == 0 || j == 0) {
                    self.lead(word, other, if same { Near::Same } else { Near::Close });
                }
            }
        }
    }

    fn lead(&mut self, from: &str, to: &str, near: Near) {
        let all = self.0.entry(from.to_owned()).or_default();
        match all.iter_mut().find(|(word, _)| word == to) {
            Some(known) => known.1 = known.1.min(near),
            None => all.push((to.to_owned(), near)),
        }
    }

    /// What else to look for.
    pub fn of(&self, word: &str) -> &[(String, Near)] {
        self.0.get(word).map_or(&[], Vec::as_slice)
    }

    pub fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `甲 = 乙 ~ 丙`: the words in plain form, each with what leads to it.
fn group(line: &str) -> Result<Vec<(String, Near)>, &'static str> {
    let (mut words, mut near, mut rest) = (vec![], Near::Same, line);
    loop {
        let end = rest.find(['=', '~', '＝', '～']).unwrap_or(rest.len());
        let word = folded(rest[..end].trim());
        if word.is_empty() || word.chars().any(|c| matches!(sign(c), Sign::Nothing | Sign::Stop)) {
            return Err("词不能是空的，也不能有空格和标点");
        }
        if word.chars().count() > WORD_MAX {
            return Err("一个词最多 16 个字");
        }
        words.push((word, near));
        let mut left = rest[end..].chars();
        match left.next() {
            Some('=' | '＝') => near = Near::Same,
            Some(_) => near = Near::Close,
            None => break,
        }
        rest = left.as_str();
    }
    match words.len() {
        0 | 1 => Err("一行至少两个词，中间用 = 或者 ~ 隔开"),
        n if n > GROUP_MAX => Err("一行最多 20 个词"),
        _ => Ok(words),
    }
}

/// Words by how they sound, for queries typed in letters or with a wrong character.
#[derive(Clone, Debug, Default)]
pub struct Sounds {
    known: BTreeSet<String>,
    whole: HashMap<String, Vec<String>>,
    initials: HashMap<String, Vec<String>>,
}

/// The words that are kept for their sound.
const SOUNDS_MAX: usize = 20_000;

impl Sounds {
    pub fn add(&mut self, word: &str) {
        let n = word.chars().count();
        if !(2..=8).contains(&n) || self.known.len() >= SOUNDS_MAX || self.known.contains(word) {
            return;
        }
        let Some(whole) = reading(word) else { return };
        let initials: String = word.chars().filter_map(|c| c.to_pinyin().map(|p| p.first_letter())).collect();
        self.known.insert(word.to_owned());
        self.whole.entry(whole).or_default().push(word.to_owned());
        self.initials.entry(initials).or_default().push(word.to_owned());
    }

    /// The words typed as letters: whole syllables, or initials of at least three characters.
    pub fn typed(&self, letters: &str) -> Vec<&str> {
        let whole = self.whole.get(letters);
        let initials = self.initials.get(letters).filter(|_| letters.len() >= 3);
        let all = whole.into_iter().flatten().chain(initials.into_iter().flatten());
        all.take(ALIKE_MAX).map(String::as_str).collect()
    }

    /// What may be meant by a stretch of Han characters: the longest word that sounds like a part of it, else one that
    /// differs from a part in one character of three or more.
    pub fn meant(&self, stretch: &str) -> Option<String> {
        let chars: Vec<char> = stretch.chars().collect();
        let sure = self.sure(&chars);
        for n in (2..=chars.len().min(8)).rev() {
            for at in 0..=chars.len() - n {
                let part: String = chars[at..at + n].iter().collect();
                if !sure[at..at + n].contains(&false) {
                    continue;
                }
                let sounds = reading(&part).and_then(|r| self.whole.get(&r)).and_then(|all| all.first());
                let looks =
                    || (n >= 3).then(|| self.known.iter().find(|w| differs_in_one(w, &chars[at..at + n]))).flatten();
                if let Some(word) = sounds.or_else(looks) {
                    let (before, after): (String, String) =
                        (chars[..at].iter().collect(), chars[at + n..].iter().collect());
                    return Some(format!("{before}{word}{after}"));
                }
            }
        }
        None
    }

    /// Which characters stand in a word that is known: nothing is wrong with these.
    fn sure(&self, chars: &[char]) -> Vec<bool> {
        let mut sure = vec![false; chars.len()];
        for (at, n) in (0..chars.len()).flat_map(|at| (2..=(chars.len() - at).min(8)).map(move |n| (at, n))) {
            if self.known.contains(&chars[at..at + n].iter().collect::<String>()) {
                sure[at..at + n].fill(true);
            }
        }
        sure
    }
}

fn differs_in_one(word: &str, chars: &[char]) -> bool {
    word.chars().count() == chars.len() && word.chars().zip(chars).filter(|(a, b)| a != *b).count() == 1
}

/// Syllables without tones, run together; `None` where a character has none.
fn reading(word: &str) -> Option<String> {
    word.chars().map(|c| c.to_pinyin().map(|p| p.plain())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_list_is_sound() {
        let all = Synonyms::read(SYNONYMS).expect("reads");
        assert!(all.of("asf").contains(&("非洲猪瘟".into(), Near::Same)) && all.of("非瘟").len() == 2);
        assert!(all.of("养鸡场").contains(&("家禽养殖场".into(), Near::Close)));
        assert!(all.of("家禽养殖场").contains(&("养鸡场".into(), Near::Close)));
        assert!(lexicon().all(|w| w.chars().count() <= WORD_MAX));
        assert_eq!(Synonyms::read("甲\n乙 = 丙\n丁 = \n戊 = 己 庚").expect_err("three").len(), 3);
        assert!(Synonyms::read(&["长"; 17].concat()).is_err());
    }

    #[test]
    fn words_by_their_sound() {
        let mut sounds = Sounds::default();
        ["非洲猪瘟", "补贴", "检疫证明"].into_iter().for_each(|w| sounds.add(w));
        assert_eq!(sounds.typed("feizhouzhuwen"), ["非洲猪瘟"]);
        assert_eq!(sounds.typed("fzzw"), ["非洲猪瘟"]);
        assert!(sounds.typed("bt").is_empty(), "two initials say nothing");
        assert_eq!(sounds.meant("非州猪瘟防控").as_deref(), Some("非洲猪瘟防控"));
        assert_eq!(sounds.meant("动物检役证明").as_deref(), Some("动物检疫证明"));
        assert_eq!(sounds.meant("非洲猪瘟"), None, "nothing is wrong");
        assert_eq!(sounds.meant("今天天气"), None);
    }
}
