//! The title and the levels of headings, where a format marks them.

use crate::{Imported, header};
use kernel::Block;

/// Gives the paper its title: the one that a style marks; else a first heading above all others; else as in a plain
/// text. Then brings the headings to levels from 1.
pub fn settle(title: Option<String>, imported: &mut Imported) {
    let single = match imported.blocks.first() {
        Some(Block::Heading { level, text }) if !text.starts_with(NUMBERS) => {
            let same =
                imported.blocks.iter().filter(|b| matches!(b, Block::Heading { level: other, .. } if other <= level));
            (same.count() == 1).then(|| text.clone())
        }
        _ => None,
    };
    imported.title = title.or_else(|| {
        single.inspect(|_| {
            imported.blocks.remove(0);
        })
    });
    if imported.title.is_none() {
        header::take_title(imported);
    }
    raise(&mut imported.blocks);
}

/// How a numbered heading begins, which is no title.
const NUMBERS: [char; 14] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '（', '(', '第', '1'];

/// Makes the highest heading level 1, and none lower than 4.
pub fn raise(blocks: &mut [Block]) {
    let levels =
        blocks.iter().filter_map(|block| if let Block::Heading { level, .. } = block { Some(*level) } else { None });
    let Some(highest) = levels.min() else { return };
    for block in blocks {
        if let Block::Heading { level, .. } = block {
            *level = (*level + 1 - highest).min(4);
        }
    }
}

/// A heading of running text is no longer than this, in characters.
const LONGEST: usize = 30;

/// Under headings that are numbered in Chinese, `1.` is one of level 3 and `（1）` one of level 4 (GB/T 9704—2012,
/// 7.3.3), where the line is short and a sentence follows: else it is an item of a list.
pub fn number(mut blocks: Vec<Block>) -> Vec<Block> {
    let first = blocks.iter().position(|block| matches!(block, Block::Heading { .. })).unwrap_or(blocks.len());
    for at in first..blocks.len() {
        let Block::Paragraph { text } = &blocks[at] else { continue };
        let short = text.chars().count() <= LONGEST && !text.contains('。') && !text.ends_with(['；', ';', '：', ':']);
        let leads = blocks.get(at + 1).is_some_and(is_sentence);
        if let (true, true, Some((level, words))) = (short, leads, counted(text))
            && !words.trim().is_empty()
        {
            blocks[at] = Block::Heading { level, text: text.clone() };
        }
    }
    blocks
}

/// Whether a block is running text that does not itself begin with a number.
fn is_sentence(block: &Block) -> bool {
    matches!(block, Block::Paragraph { text } if text.ends_with(['。', '；', '：']) && counted(text).is_none())
}

/// The level of `1.`, `1、`, `（1）`, and what stands behind.
fn counted(text: &str) -> Option<(u8, &str)> {
    let opened = text.strip_prefix(['（', '(']);
    let number = opened.unwrap_or(text);
    let rest = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = rest.chars().next().filter(|_| (1..=2).contains(&(number.len() - rest.len())))?;
    let words = &rest[mark.len_utf8()..];
    match (opened.is_some(), mark) {
        (true, '）' | ')') => Some((4, words)),
        // 1.5 is a number, and 1.1 counts in another way.
        (false, '.' | '．' | '、') if !words.starts_with(|c: char| c.is_ascii_digit()) => Some((3, words)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_digits_are_headings_where_a_sentence_follows() {
        let p = |text: &str| Block::Paragraph { text: text.into() };
        let h = |level, text: &str| Block::Heading { level, text: text.into() };
        let lines =
            ["1. 甲", "内容。", "（1）乙", "内容。", "1. 丙", "2. 丁", "1.5 亩", "内容。", "3、戊。己", "内容。"];
        let plain: Vec<Block> = lines.map(p).into();
        assert_eq!(number(plain.clone()), plain, "without headings above, nothing is one");
        let found = number(std::iter::once(h(1, "一、总")).chain(plain.clone()).collect());
        let mut expected = plain;
        (expected[0], expected[2]) = (h(3, "1. 甲"), h(4, "（1）乙"));
        assert_eq!(found[1..], expected);
    }
}
