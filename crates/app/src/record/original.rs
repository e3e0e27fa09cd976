//! The served original (原件): compared with the reviewed text, and served only where nothing but late fields differs.
//! We never draw a seal: who wants one on the page uploads the stamped file. Pure.

use super::model::{Late, Revision};
use kernel::{Block, Day, block};
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Letters shown on each side of a difference, and of one at most.
const AROUND: usize = 12;
const SHOWN: usize = 60;
/// More differences than this are another text.
const MOST: usize = 30;
/// Longer stretches without anything in common at their ends are told as one: comparing them letter by letter would
/// take too long.
const LONGEST: usize = 5_000;

/// A place where the original is not what was reviewed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Difference {
    /// What stands before it in the reviewed text.
    pub after: String,
    pub was: String,
    pub is: String,
}

/// Where a final file differs from what was reviewed, apart from what comes after review: the head with the issuer's
/// name, the number, the date of issue, who signed, page numbers, the note on openness, who printed it. Line ends are
/// no difference: a page breaks them elsewhere.
pub fn compare(reviewed: &Revision, title: &str, body: &[Block]) -> Vec<Difference> {
    let paper = &reviewed.paper;
    let signs = |b: &&Block| matches!(b, Block::Signature { .. } | Block::Date { .. });
    let own: Vec<String> = paper.body.iter().filter(signs).map(|b| squeezed(&words(b))).collect();
    let late = LateLines::of(&paper.fields.issuer, &reviewed.late, own);
    let was = late.without(&paper.title, &paper.body);
    let is = late.without(title, body);
    if was == is { vec![] } else { differences(&was, &is) }
}

fn words(block: &Block) -> String {
    block::plain_text(std::slice::from_ref(block))
}

/// Without white space; full-width letters, digits and punctuation as half-width ones.
fn squeezed(text: &str) -> String {
    let fold = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(fold).collect()
}

/// The lines that may stand in one text and not in the other.
struct LateLines(Vec<String>);

impl LateLines {
    fn of(issuer: &str, late: &Late, signed: Vec<String>) -> LateLines {
        let mut all = signed;
        all.extend([issuer.to_owned(), format!("{issuer}文件"), late.number.clone()]);
        all.extend(late.issued.map(Day::zh));
        all.extend(["（此件公开发布）", "（此件主动公开）"].map(str::to_owned));
        LateLines(all.iter().map(|line| squeezed(line)).filter(|line| !line.is_empty()).collect())
    }

    /// A text without them, as one string.
    fn without(&self, title: &str, body: &[Block]) -> Vec<char> {
        let text = format!("{title}\n{}", block::plain_text(body));
        let lines = text.lines().map(squeezed).filter(|line| !self.0.contains(line) && !is_furniture(line));
        lines.flat_map(|line| line.chars().collect::<Vec<_>>()).collect()
    }
}

/// A page number (— 3 —), or the line that says who printed it and when.
fn is_furniture(line: &str) -> bool {
    let inner = line.trim_matches(['-', '—', '–', '－', '一']);
    let number = !inner.is_empty() && inner.len() < line.len() && inner.bytes().all(|b| b.is_ascii_digit());
    number || (line.ends_with("印发") && line.contains('年') && line.chars().count() < 40)
}

fn differences(was: &[char], is: &[char]) -> Vec<Difference> {
    let head = was.iter().zip(is).take_while(|(a, b)| a == b).count();
    let both = was[head..].iter().rev().zip(is[head..].iter().rev());
    let tail = both.take_while(|(a, b)| a == b).count();
    let (old, new) = (&was[head..was.len() - tail], &is[head..is.len() - tail]);
    let at = |from: usize, old: &[char], new: &[char]| {
        let after = was[(head + from).saturating_sub(AROUND)..head + from].iter().collect();
        Difference { after, was: cut(old), is: cut(new) }
    };
    if old.len().max(new.len()) > LONGEST {
        return vec![at(0, old, new)];
    }
    let ops = capture_diff_slices(Algorithm::Myers, old, new);
    let apart = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })).take(MOST);
    apart.map(|op| at(op.old_range().start, &old[op.old_range()], &new[op.new_range()])).collect()
}

fn cut(letters: &[char]) -> String {
    let text: String = letters.iter().take(SHOWN).collect();
    if letters.len() > SHOWN { text + "……" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::model::{Fields, Paper};
    use kernel::{Instant, notation};

    fn reviewed(text: &str) -> Revision {
        let fields = Fields { issuer: "株洲市畜牧兽医水产局".into(), ..Fields::default() };
        let (title, body) = ("关于检查的通知".to_owned(), notation::parse(text));
        let paper = Paper { format: 1, kind: "policy".into(), title, fields, body, files: vec![] };
        let late =
            Late { number: "株牧渔发〔2026〕3号".into(), issued: Day::parse("2026-11-20"), ..Late::default() };
        let (id, author, authors, at) = (String::new(), String::new(), vec![], Instant(0));
        Revision { id, n: 1, author, authors, at, hash: paper.hash(), paper, late }
    }

    fn told(reviewed_text: &str, title: &str, text: &str) -> Vec<(String, String)> {
        let body: Vec<Block> = text.lines().map(|line| Block::Paragraph { text: line.trim().into() }).collect();
        compare(&reviewed(reviewed_text), title, &body).into_iter().map(|d| (d.was, d.is)).collect()
    }

    #[test]
    fn only_what_comes_after_review_may_differ() {
        const TEXT: &str = "各养殖场：\n检查 30 天，请配合。\n>> 株洲市畜牧兽医水产局\n>>> 2026年11月";
        const WHOLE: &str = "株洲市畜牧兽医水产局文件\n株牧渔发〔2026〕3号\n各养殖场：\n检查30天，\n请配合。\n\
            株洲市畜牧兽医水产局\n2026年11月20日\n（此件公开发布）\n— 1 —\n株洲市畜牧兽医水产局办公室 2026年11月21日印发";
        assert_eq!(told(TEXT, "关于检查的通知", WHOLE), []);
        let pair = |was: &str, is: &str| vec![(was.to_owned(), is.to_owned())];
        assert_eq!(told(TEXT, "关于检查的通知", &WHOLE.replace("30天", "31天")), pair("0", "1"));
        assert_eq!(told(TEXT, "关于检查的通知", &WHOLE.replace("请配合。", "")), pair("请配合。", ""));
        assert_eq!(told(TEXT, "关于抽查的通知", WHOLE), pair("检", "抽"));
        let another = WHOLE.replace("〔2026〕3号", "〔2026〕4号");
        assert_eq!(told(TEXT, "关于检查的通知", &another), pair("", "株牧渔发〔2026〕4号"), "the number is another");
        let dated = WHOLE.replace("11月20日", "11月19日");
        assert_eq!(told(TEXT, "关于检查的通知", &dated), pair("", "2026年11月19日"), "so is the day");
    }
}
