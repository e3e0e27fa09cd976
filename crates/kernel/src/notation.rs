//! The plain-text notation of a body, for one `<textarea>` without scripts.
//!
//! `parse` never fails: what is nothing else is a paragraph, so pasted official text stays as it is. Words and
//! punctuation are never changed; only white space at the ends of lines (full-width indents too), the kind of line
//! break, and characters that `block::is_control` names are lost. Every body that `block::validate` accepts has a
//! text, and `parse(&write(b)) == b`.
//!
//! ```text
//! line       meaning
//! # …        heading, level 1; `##` to `####` are levels 2 to 4 (a space must follow)
//! - …        item; adjacent lines are one list, a blank line ends it
//! 1. …       numbered item, if the lines run 1. 2. 3. from 1 and are two or more; else paragraphs
//! | a | b |  row of a table. A line of `|---|---|` makes the rows above it headings
//!            cell `<`: joined to the cell on its left; cell `^`: joined to the cell above
//!            `# a`: heading cell; `<br>`: line break; a short row ends in one empty cell
//! 表：…      directly above a table: its caption
//! ![a](f)    image: file name f of an attachment, described by a
//! 图：…      directly above an image: its caption
//! >> …       signature line; also 》》
//! >>> …      date line; also 》》》
//! 【编者注】… editor's note
//! \          at the start of a line that would be one of these: it is a paragraph
//! ```
//!
//! Anything else that is not blank is a paragraph, one for each line. In cells and images a backslash before
//! `\ | < ^ # - : [ ] ( )` makes that character plain; before any other character it is itself.

mod escape;
mod line;
mod numbering;
mod table;

use crate::block::{Block, clean};
use line::Line;
pub use numbering::tidy_numbering;

/// The cheat sheet shown beside the text field.
pub const HELP: &str = "\
直接粘贴即可：一行是一段，段首空格自动去掉，文字和标点不改。
# 一级标题　　## 二级标题（最多四级，井号后空一格）
- 列表项（连着写，空一行结束）
1. 有序列表项（从 1 起连续编号，至少两项）
| 项目 | 金额 |　表格一行，竖线开头、竖线结尾
|---|---|　写在表头行下面
< 或者 ^ 独占一格：并入左格、并入上格
<br>　写在格内：格内换行
表：表名　紧挨着写在表格上一行
![图片说明](photo.png)　图片独占一行，括号内是附件文件名，说明必填
图：图名　紧挨着写在图片上一行
>> 落款单位　　>>> 2017年5月26日
【编者注】说明文字
\\　写在行首：本行按普通段落处理
";

/// Reads a text. Never fails and never loses a word; whether the result may be stored, `block::validate` says.
pub fn parse(text: &str) -> Vec<Block> {
    let text = text.replace("\r\n", "\n");
    let lines: Vec<String> = text.split(BREAKS).map(clean).collect();
    let lines: Vec<Line> = lines.iter().map(|line| Line::read(line)).collect();
    let mut blocks = Vec::new();
    let mut rest = lines.as_slice();
    while let Some(first) = rest.first() {
        let used = match first {
            Line::Item(_) => items(rest, &mut blocks),
            Line::Number(..) => numbers(rest, &mut blocks),
            Line::Row(_) => table::read("", rest, &mut blocks),
            Line::Text(text) => words(text, &rest[1..], &mut blocks) + 1,
            single => {
                blocks.extend(single.block());
                1
            }
        };
        rest = &rest[used..];
    }
    blocks
}

/// Where a line ends, whatever the system, the word processor or the browser writes.
const BREAKS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

fn items(lines: &[Line], blocks: &mut Vec<Block>) -> usize {
    let items: Vec<String> = lines
        .iter()
        .map_while(|line| if let Line::Item(text) = line { Some((*text).to_owned()) } else { None })
        .collect();
    let used = items.len();
    blocks.push(Block::List { ordered: false, items });
    used
}

/// A list only where the numbers are what a list would show: from 1, without a gap, two or more.
fn numbers(lines: &[Line], blocks: &mut Vec<Block>) -> usize {
    let run = lines.iter().zip(1..).map_while(|(line, n)| match line {
        Line::Number(number, item, _) if *number == n => Some((*item).to_owned()),
        _ => None,
    });
    let items: Vec<String> = run.collect();
    if items.len() < 2 {
        blocks.extend(lines[0].block());
        return 1;
    }
    let used = items.len();
    blocks.push(Block::List { ordered: true, items });
    used
}

/// A line of words: a caption if what it announces follows at once, else a paragraph. Says how many lines it took
/// after its own.
fn words(text: &str, after: &[Line], blocks: &mut Vec<Block>) -> usize {
    match after.first() {
        Some(Line::Row(_)) => {
            if let Some(caption) = caption(text, TABLE) {
                return table::read(caption, after, blocks);
            }
        }
        Some(Line::Image(alt, file)) => {
            if let Some(caption) = caption(text, FIGURE) {
                blocks.push(Block::Image { file: file.clone(), alt: alt.clone(), caption: caption.to_owned() });
                return 1;
            }
        }
        _ => {}
    }
    blocks.push(Block::Paragraph { text: text.to_owned() });
    0
}

const TABLE: &str = "表：";
const FIGURE: &str = "图：";

fn caption<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.strip_prefix(mark).map(str::trim).filter(|caption| !caption.is_empty())
}

/// Writes a body so that `parse` gives it back.
pub fn write(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (i, block) in blocks.iter().enumerate() {
        if i > 0 {
            let close = is_line(&blocks[i - 1]) && is_line(block);
            out.push_str(if close { "\n" } else { "\n\n" });
        }
        write_block(block, blocks.get(i + 1), &mut out);
    }
    out
}

/// Blocks of one line may follow each other closely; a blank line keeps the others from running together, and a
/// paragraph that reads like a caption away from its table.
fn is_line(block: &Block) -> bool {
    matches!(block, Block::Paragraph { .. } | Block::Signature { .. } | Block::Date { .. } | Block::Note { .. })
}

fn write_block(block: &Block, next: Option<&Block>, out: &mut String) {
    match block {
        Block::Heading { level, text } => {
            out.push_str(&"#".repeat(usize::from((*level).clamp(1, 4))));
            out.extend([" ", text]);
        }
        Block::Paragraph { text } => {
            out.push_str(if stands(text, next) { "" } else { "\\" });
            out.push_str(text);
        }
        Block::List { ordered, items } => {
            for (i, item) in items.iter().enumerate() {
                let mark = if *ordered { format!("{}. ", i + 1) } else { "- ".to_owned() };
                out.extend([if i > 0 { "\n" } else { "" }, &mark, item]);
            }
        }
        Block::Table { caption, rows } => {
            announce(TABLE, caption, out);
            table::write(rows, out);
        }
        Block::Image { file, alt, caption } => {
            announce(FIGURE, caption, out);
            out.extend(["![", &escape::escape(alt, &[']']), "](", &escape::escape(file, &[]), ")"]);
        }
        Block::Signature { text } => out.extend([">> ", text]),
        Block::Date { text } => out.extend([">>> ", text]),
        Block::Note { text } => out.extend([line::NOTE, text]),
    }
}

fn announce(mark: &str, caption: &str, out: &mut String) {
    if !caption.is_empty() {
        out.extend([mark, caption, "\n"]);
    }
}

/// Whether a paragraph reads as itself where it stands.
fn stands(text: &str, next: Option<&Block>) -> bool {
    match Line::read(text) {
        Line::Text(read) => read == text,
        Line::Number(1, ..) => {
            !matches!(next, Some(Block::Paragraph { text }) if matches!(Line::read(text), Line::Number(2, ..)))
        }
        Line::Number(..) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
