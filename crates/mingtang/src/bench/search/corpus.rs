//! The texts that searches are measured over, from a seed: about 600 characters each, in which words are as unevenly
//! frequent as in a language. And the questions about them, with how many texts hold each, counted without any index.

use crate::bench::words::{self, Dice};
use app::floor::public_page;
use app::record::kind::KINDS;
use kernel::{Block, Instant};
use std::collections::{BTreeSet, HashMap};

/// Sentences of a text.
const SENTENCES: usize = 13;
/// Made-up words beside the sentences: the first is the most frequent.
const VOCABULARY: f64 = 20_000.0;
/// Common characters that they are made of.
const CHARS: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方\
后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天\
政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已\
通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放\
决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转\
更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界\
拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府";

/// A text, and what it is called.
pub struct Doc {
    pub title: String,
    pub text: String,
}

/// The n-th text under a seed.
pub fn doc(seed: u64, n: u64) -> Doc {
    let mut dice = Dice::of(seed, n);
    let chars: Vec<char> = CHARS.chars().collect();
    let mut text = String::new();
    for _ in 0..SENTENCES {
        // What our own search passes over and a plain comparison does not is left out: the totals must be the same.
        text.push_str(&words::sentence(&mut dice).replace(['（', '）'], ""));
        for _ in 0..4 {
            text.push_str(&word(&mut dice, &chars));
        }
        text.push('。');
    }
    let year = 2017 + (n % 10) as i16;
    let title = words::title(&mut dice, year, "通知", n + 1).replace(['（', '）'], "");
    Doc { title, text }
}

/// The rank falls as in a language: the logarithm of it is even.
fn word(dice: &mut Dice, chars: &[char]) -> String {
    let even = (dice.next() >> 11) as f64 / (1_u64 << 53) as f64;
    let rank = (even * VOCABULARY.ln()).exp() as u64;
    let mut letters = Dice::of(77, rank);
    (0..2 + rank % 3).map(|_| chars[letters.below(chars.len())]).collect()
}

/// As the public floor has it.
pub fn page(n: u64, doc: &Doc) -> public_page::Model {
    let none = String::new;
    let content = serde_json::to_string(&[Block::Paragraph { text: doc.text.clone() }]).unwrap_or_default();
    let published = Instant(1_480_000_000_000 + (n % 3_000) as i64 * 86_400_000).0;
    public_page::Model {
        id: n.to_string(),
        body: "bench".into(),
        path: none(),
        index_no: none(),
        version: 1,
        kind: KINDS[(n % KINDS.len() as u64) as usize].name.into(),
        title: doc.title.clone(),
        place: none(),
        class: none(),
        section: ["办公室", "科技科", "执法支队"][(n % 3) as usize].into(),
        number: none(),
        issuer: none(),
        issued: none(),
        effective: none(),
        expires: none(),
        published_at: published,
        changed_at: published,
        basis: none(),
        summary: none(),
        keywords: none(),
        source: none(),
        author: none(),
        ending: none(),
        ended: none(),
        hash: none(),
        note: none(),
        shown_from: none(),
        shown_until: none(),
        data: none(),
        related: none(),
        versions: none(),
        files: none(),
        content,
        original: None,
        first_public: None,
    }
}

/// The kinds of question, as the aims have them.
pub const KINDS_ASKED: [&str; 4] = ["one word of 2", "one word of 3 or 4", "two words", "a phrase"];
/// Questions of each kind, and how many are weighed to choose them.
pub const EACH: usize = 40;
const WEIGHED: usize = 300;
/// Texts by which they are weighed.
const SAMPLE: u64 = 2_000;

/// Words that must all be in a text.
pub type Question = Vec<String>;

/// Forty of each kind: a third frequent, a third middling, a third rare.
pub fn questions(seed: u64, size: u64) -> [Vec<Question>; 4] {
    let sample = SAMPLE.min(size);
    let at = |k: u64| k * (size / sample).max(1);
    std::array::from_fn(|kind| {
        let mut dice = Dice::of(seed, u64::MAX - 10 - kind as u64);
        let mut all: BTreeSet<Question> = BTreeSet::new();
        while all.len() < WEIGHED {
            let doc = doc(seed, at(dice.next() % sample));
            all.extend(drawn(&mut dice, &doc, kind));
        }
        let all: Vec<Question> = all.into_iter().collect();
        let mut brute = Brute::new(&all);
        (0..sample).for_each(|k| brute.add(&doc(seed, at(k))));
        let mut weighed: Vec<(u64, Question)> = brute.totals.iter().copied().zip(all).collect();
        weighed.sort_by(|a, b| b.cmp(a));
        let step = weighed.len() / EACH;
        weighed.into_iter().step_by(step).take(EACH).map(|(_, question)| question).collect()
    })
}

/// A question that a text answers; `None` where the dice fell on too short a stretch.
fn drawn(dice: &mut Dice, doc: &Doc, kind: usize) -> Option<Question> {
    let mut stretch = |least: usize, more: usize| {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        let runs: Vec<Vec<char>> = doc.text.split(|c| !is_han(c)).map(|r| r.chars().collect()).collect();
        let run = &runs[dice.below(runs.len())];
        let n = least + dice.below(more + 1);
        let from = dice.below(run.len().checked_sub(n)? + 1);
        Some(run[from..from + n].iter().collect::<String>())
    };
    match kind {
        0 => Some(vec![stretch(2, 0)?]),
        1 => Some(vec![stretch(3, 1)?]),
        2 => Some(vec![stretch(2, 1)?, stretch(2, 1)?]).filter(|q| q[0] != q[1]),
        _ => Some(vec![stretch(6, 4)?]),
    }
}

/// What follows the first two characters of a word: its question, its place in it, its other characters.
type Rest = (usize, usize, Vec<char>);

/// Counts the texts that hold all words of a question, character by character.
pub struct Brute {
    /// By the first two characters of a word.
    starts: HashMap<(char, char), Vec<Rest>>,
    lengths: Vec<usize>,
    pub totals: Vec<u64>,
}

impl Brute {
    /// Words have at least two characters; a question has at most 64.
    pub fn new(questions: &[Question]) -> Brute {
        let mut starts: HashMap<_, Vec<_>> = HashMap::new();
        for (at, question) in questions.iter().enumerate() {
            for (nth, word) in question.iter().enumerate() {
                let chars: Vec<char> = word.chars().collect();
                if let [first, second, rest @ ..] = chars.as_slice() {
                    starts.entry((*first, *second)).or_default().push((at, nth, rest.to_vec()));
                }
            }
        }
        let lengths = questions.iter().map(Vec::len).collect();
        Brute { starts, lengths, totals: vec![0; questions.len()] }
    }

    pub fn add(&mut self, doc: &Doc) {
        self.add_text(&format!("{}\n{}", doc.title, doc.text));
    }

    pub fn add_text(&mut self, text: &str) {
        let chars: Vec<char> = text.chars().collect();
        let mut found: HashMap<usize, u64> = HashMap::new();
        for (i, pair) in chars.windows(2).enumerate() {
            for (at, nth, rest) in self.starts.get(&(pair[0], pair[1])).into_iter().flatten() {
                if chars[i + 2..].starts_with(rest) {
                    *found.entry(*at).or_default() |= 1 << nth;
                }
            }
        }
        for (at, words) in found {
            self.totals[at] += u64::from(words.count_ones() as usize == self.lengths[at]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_texts_and_questions() {
        let of = |doc: Doc| (doc.title, doc.text);
        assert_eq!(of(doc(7, 3)), of(doc(7, 3)));
        assert_ne!(of(doc(7, 3)), of(doc(8, 3)));
        let long = (0..50).map(|n| doc(7, n).text.chars().count()).sum::<usize>() / 50;
        assert!((450..900).contains(&long), "{long} characters");
        let all = questions(7, 500);
        assert!(all.iter().all(|kind| kind.len() == EACH));
        assert_eq!(all, questions(7, 500));
        let mut brute = Brute::new(&all.concat());
        (0..500).for_each(|n| brute.add(&doc(7, n)));
        let (least, most) = (brute.totals.iter().min().copied(), brute.totals.iter().max().copied());
        assert!(least.is_some_and(|n| n > 0) && most > Some(250), "{least:?} {most:?}: rare and frequent");
    }

    #[test]
    fn what_is_counted_is_what_is_there() {
        let words = |all: &[&str]| all.iter().map(|w| (*w).to_owned()).collect::<Question>();
        let mut brute = Brute::new(&[words(&["养殖"]), words(&["养殖", "补贴"]), words(&["殖场补"]), words(&["没有"])]);
        brute.add_text("养殖场，养殖场补贴");
        brute.add_text("养殖补");
        assert_eq!(brute.totals, [2, 1, 1, 0]);
    }
}
