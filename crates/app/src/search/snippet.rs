//! What a hit shows of its text: the sentences that hold the words, and the words marked. Taken from the text as it
//! stands on the floor, never from the index. Pure.

use super::fold::{Sign, sign};
use std::collections::BTreeSet;
use std::ops::Range;

/// Characters of a snippet: two lines.
const LONG: usize = 90;
/// What of a long sentence stands before its first word.
const BEFORE: usize = 20;

/// A stretch of text, and whether it is one of the words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bit {
    pub text: String,
    pub marked: bool,
}

/// Signs of a text in plain form, each with its bytes in the source.
fn signs(text: &str) -> Vec<(char, Range<usize>)> {
    let plain = |(at, c): (usize, char)| match sign(c) {
        Sign::Han(p) | Sign::Digit(p) | Sign::Letter(p) => Some((p, at..at + c.len_utf8())),
        Sign::Nothing => None,
        // Words do not run on over the end of a sentence.
        Sign::Stop => Some(('\n', at..at + c.len_utf8())),
    };
    text.char_indices().filter_map(plain).collect()
}

/// Where the words stand in a text, as bytes; the longest first where two would overlap.
fn found(text: &str, needles: &[String]) -> Vec<Range<usize>> {
    let signs = signs(text);
    let mut taken = vec![false; signs.len()];
    let mut out: Vec<Range<usize>> = vec![];
    for needle in needles {
        let wanted: Vec<char> = self::signs(needle).into_iter().map(|(c, _)| c).filter(|c| *c != '\n').collect();
        if wanted.is_empty() || wanted.len() > signs.len() {
            continue;
        }
        for at in 0..=signs.len() - wanted.len() {
            let fits = signs[at..at + wanted.len()].iter().map(|(c, _)| c).eq(wanted.iter());
            if fits && !taken[at..at + wanted.len()].contains(&true) && stands_alone(&signs, at, wanted.len()) {
                taken[at..at + wanted.len()].fill(true);
                out.push(signs[at].1.start..signs[at + wanted.len() - 1].1.end);
            }
        }
    }
    out.sort_by_key(|span| span.start);
    out
}

/// A number or a word in letters is found whole or not at all.
fn stands_alone(signs: &[(char, Range<usize>)], at: usize, n: usize) -> bool {
    let joined = |left: usize, right: usize| {
        let (Some((a, x)), Some((b, y))) = (signs.get(left), signs.get(right)) else { return false };
        let same = |f: fn(&char) -> bool| f(a) && f(b);
        x.end == y.start && (same(char::is_ascii_digit) || same(char::is_ascii_alphabetic))
    };
    !(joined(at + n - 1, at + n) || at > 0 && joined(at - 1, at))
}

/// A whole text with its words marked: a title.
pub fn marked(text: &str, needles: &[String]) -> Vec<Bit> {
    bits(text, 0..text.len(), &found(text, needles))
}

fn bits(text: &str, window: Range<usize>, spans: &[Range<usize>]) -> Vec<Bit> {
    let mut out = vec![];
    let mut at = window.start;
    let mut push = |from: usize, to: usize, marked: bool| {
        if from < to {
            out.push(Bit { text: text[from..to].to_owned(), marked });
        }
    };
    for span in spans.iter().filter(|s| s.start >= window.start && s.end <= window.end) {
        push(at, span.start, false);
        push(span.start, span.end, true);
        at = span.end;
    }
    push(at, window.end, false);
    out
}

/// How many different words are marked.
pub fn words(bits: &[Bit]) -> usize {
    bits.iter().filter(|b| b.marked).map(|b| b.text.as_str()).collect::<BTreeSet<_>>().len()
}

/// The sentences of a text, with what ends them.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = vec![];
    let mut from = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | '！' | '？' | '；' | '\n') {
            out.push(from..at + c.len_utf8());
            from = at + c.len_utf8();
        }
    }
    out.push(from..text.len());
    out.retain(|span| !text[span.clone()].trim().is_empty());
    out
}

/// How many words, in which text, its sentence, and all spans.
type Best<'a> = (usize, &'a str, Range<usize>, Vec<Range<usize>>);

/// From some texts (summary, paragraphs) the sentence with the most different words, and what follows it up to two
/// lines; empty where none holds a word.
pub fn snippet<'a>(texts: impl Iterator<Item = &'a str>, needles: &[String]) -> Vec<Bit> {
    let mut best: Option<Best> = None;
    for text in texts {
        let spans = found(text, needles);
        if spans.is_empty() {
            continue;
        }
        for sentence in sentences(text) {
            let within = spans.iter().filter(|s| s.start >= sentence.start && s.end <= sentence.end);
            let mut words: Vec<&str> = within.map(|s| &text[s.clone()]).collect();
            words.sort_unstable();
            words.dedup();
            if best.as_ref().is_none_or(|(n, ..)| words.len() > *n) && !words.is_empty() {
                best = Some((words.len(), text, sentence, spans.clone()));
            }
        }
        // More words than there are cannot follow: the rest of the text is not looked through.
        if best.as_ref().is_some_and(|(n, ..)| *n >= needles.len()) {
            break;
        }
    }
    let Some((_, text, sentence, spans)) = best else { return vec![] };
    let window = window(text, &sentence, &spans);
    let mut out = bits(text, window.clone(), &spans);
    let dots = |marked| Bit { text: "…".into(), marked };
    if window.start > sentence.start {
        out.insert(0, dots(false));
    }
    if window.end < text.trim_end().len() {
        out.push(dots(false));
    }
    out.iter_mut().for_each(|bit| bit.text = bit.text.replace('\n', " "));
    out
}

/// The sentence and what follows, at most two lines; of a long sentence the part around its first word.
fn window(text: &str, sentence: &Range<usize>, spans: &[Range<usize>]) -> Range<usize> {
    let first = spans.iter().find(|s| s.start >= sentence.start).map_or(sentence.start, |s| s.start);
    let chars = |span: Range<usize>| text[span].chars().count();
    let mut start = sentence.start;
    if chars(sentence.start..first) > LONG / 2 {
        let back = text[sentence.start..first].char_indices().rev().nth(BEFORE - 1);
        start = back.map_or(sentence.start, |(at, _)| sentence.start + at);
    }
    let start = start + (text[start..].len() - text[start..].trim_start().len());
    let mut end = text[start..].char_indices().nth(LONG).map_or(text.len(), |(at, _)| start + at);
    // Rather whole sentences than all of two lines; and no word is cut in two.
    let whole = sentences(text).into_iter().map(|s| s.end).rfind(|e| *e > start && *e <= end && *e > first);
    if let Some(whole) = whole {
        end = whole;
    }
    let cut = spans.iter().find(|s| s.start < end && s.end > end);
    start..cut.map_or(end, |s| s.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bits: &[Bit]) -> String {
        bits.iter().map(|b| if b.marked { format!("[{}]", b.text) } else { b.text.clone() }).collect()
    }

    fn needles(words: &[&str]) -> Vec<String> {
        words.iter().map(|w| (*w).to_owned()).collect()
    }

    #[test]
    fn words_are_marked_as_they_are_written() {
        let text = "關於做好２０１７年《非洲豬瘟》防控，ASF 监测2017年报告20170";
        let all = needles(&["非洲猪瘟", "asf", "2017", "猪瘟"]);
        assert_eq!(told(&marked(text, &all)), "關於做好[２０１７]年《[非洲豬瘟]》防控，[ASF] 监测[2017]年报告20170");
        assert_eq!(told(&marked("甲乙", &[])), "甲乙");
    }

    #[test]
    fn whole_sentences_with_the_most_words() {
        let text = "第一句没有。第二句说补贴。第三句说补贴，也说检疫。第四句。";
        let all = needles(&["补贴", "检疫"]);
        assert_eq!(told(&snippet([text].into_iter(), &all)), "第三句说[补贴]，也说[检疫]。第四句。");
        let long = format!("{}补贴{}。", "甲".repeat(200), "乙".repeat(200));
        let shown = told(&snippet([long.as_str()].into_iter(), &all));
        assert!(shown.starts_with("…甲") && shown.contains("[补贴]") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() <= LONG + 5, "{shown}");
        assert!(snippet(["没有"].into_iter(), &all).is_empty());
    }

    #[test]
    fn no_text_is_too_odd() {
        let odd = ["", "。", "\n\n", "补", "補貼", "😀补贴😀", "a\u{300}补贴", "补贴\u{200b}补贴", "２０１７"];
        for text in odd {
            for words in [needles(&["补贴"]), needles(&["2017"]), needles(&["", "，"])] {
                let all: String = marked(text, &words).into_iter().map(|b| b.text).collect();
                assert_eq!(all, text);
                drop(snippet([text].into_iter(), &words));
            }
        }
    }
}
