use super::{Block, Cell, MAX_BYTES, MAX_COLS, MAX_ROWS, Row, Slot, is_control, refuse, slots};
use crate::{Refusal, canonical};

/// No more than this many reasons are given at once.
const MOST: usize = 50;

/// Everything that keeps a body from being stored, in reading order; empty where it may be.
pub fn validate(blocks: &[Block]) -> Vec<Refusal> {
    let mut out: Vec<Refusal> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        check(at, block, &mut out);
        if out.len() >= MOST {
            out.truncate(MOST);
            return out;
        }
    }
    if canonical::bytes(&blocks).len() > MAX_BYTES {
        let says = "正文超过 2 MB。请把长表格或者附录改为附件。";
        out.push(Refusal::new("body-size", says).at("body"));
    }
    out
}

fn check(at: usize, block: &Block, out: &mut Vec<Refusal>) {
    match block {
        Block::Heading { level, text } => {
            if !(1..=4).contains(level) {
                out.push(refuse("heading-level", at, "的标题级别不对。标题只有一至四级。"));
            }
            line(at, text, out);
        }
        Block::Paragraph { text } | Block::Signature { text } | Block::Date { text } | Block::Note { text } => {
            line(at, text, out);
        }
        Block::List { ordered, items } => {
            if items.len() < if *ordered { 2 } else { 1 } {
                out.push(refuse("list-short", at, "的列表项太少。有序列表至少两项，其他列表至少一项。"));
            }
            items.iter().for_each(|item| line(at, item, out));
        }
        Block::Table { caption, rows } => table(at, caption, rows, out),
        Block::Image { file, alt, caption } => image(at, file, alt, caption, out),
    }
}

fn line(at: usize, text: &str, out: &mut Vec<Refusal>) {
    if text.is_empty() {
        out.push(refuse("text-empty", at, "没有文字。请填写或者删除。"));
    }
    plain(at, text, out);
}

/// A text that may be empty.
fn plain(at: usize, text: &str, out: &mut Vec<Refusal>) {
    if text.chars().any(is_control) {
        out.push(refuse("text-control", at, "含有控制字符。请用纯文本方式重新粘贴。"));
    } else if text.trim().len() != text.len() {
        out.push(refuse("text-space", at, "首尾有空格。请删除空格，缩进由页面生成。"));
    }
}

fn image(at: usize, file: &str, alt: &str, caption: &str, out: &mut Vec<Refusal>) {
    let named = !file.is_empty() && file.len() <= 255 && file.trim().len() == file.len();
    if !named || file.chars().any(|c| is_control(c) || matches!(c, '/' | '\\')) {
        out.push(refuse("image-file", at, "的图片文件名不对。请填写附件中的文件名。"));
    }
    if alt.is_empty() {
        let says = "的图片没有替代文本。请用一句话说明图中内容，供看不到图的人阅读。";
        out.push(refuse("image-alt", at, says).cite("GB/T 37668—2019"));
    }
    plain(at, alt, out);
    plain(at, caption, out);
}

fn table(at: usize, caption: &str, rows: &[Row], out: &mut Vec<Refusal>) {
    plain(at, caption, out);
    if rows.is_empty() || rows.len() > MAX_ROWS {
        let says = format!("的表格没有行或者超过 {MAX_ROWS} 行。请删除空表，长表改为附件。");
        out.push(refuse("table-rows", at, &says));
        return;
    }
    match slots(rows) {
        None => {
            let says = format!("的表格有合并单元格越界、重叠，或者超过 {MAX_COLS} 列。请检查合并的行数和列数。");
            out.push(refuse("table-span", at, &says));
        }
        Some(grid) => {
            let short = grid.iter().position(|line| line.is_empty() || line.contains(&Slot::Free));
            if let Some(row) = short {
                let says = format!("的表格第 {} 行格数不足。请补齐单元格。", row + 1);
                out.push(refuse("table-short", at, &says));
            }
        }
    }
    rows.iter().flat_map(|row| &row.cells).for_each(|c| cell(at, c, out));
}

fn cell(at: usize, cell: &Cell, out: &mut Vec<Refusal>) {
    if cell.text.trim().len() != cell.text.len() {
        plain(at, &cell.text, out);
    } else {
        cell.text.split('\n').for_each(|part| plain(at, part, out));
    }
}
