use crate::Block;

/// A heading of an imported text is no longer than this, in characters.
const LONGEST: usize = 30;

/// Makes headings of numbered paragraphs, for importers only (an author's marks are never second-guessed):
/// `第一章` and `一、` are level 1, `第一节` and `（一）` level 2, where the line is short and no sentence.
pub fn tidy_numbering(blocks: Vec<Block>) -> Vec<Block> {
    let tidy = |block| match block {
        Block::Paragraph { text } => match level(&text) {
            Some(level) => Block::Heading { level, text },
            None => Block::Paragraph { text },
        },
        other => other,
    };
    blocks.into_iter().map(tidy).collect()
}

fn level(text: &str) -> Option<u8> {
    let sentence = text.contains('。') || text.ends_with(['；', ';', '，', ',']);
    if sentence || text.chars().count() > LONGEST {
        return None;
    }
    let opened = text.strip_prefix(['（', '(', '第']);
    let number = opened.unwrap_or(text);
    let rest = number.trim_start_matches(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百']);
    let mark = rest.chars().next().filter(|_| rest.len() < number.len())?;
    let words = rest[mark.len_utf8()..].trim();
    if words.is_empty() {
        return None;
    }
    match (text.chars().next()?, mark) {
        ('第', '章') => Some(1),
        ('第', '节') => Some(2),
        ('（' | '(', '）' | ')') => Some(2),
        (_, '、') if opened.is_none() => Some(1),
        _ => None,
    }
}
