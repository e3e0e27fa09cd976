//! From words at places on pages to paragraphs: PDF and OFD know nothing else.

use crate::{Imported, Spot, check_length, header};
use kernel::block::clean;
use kernel::{Block, Refusal};

/// Words that were set in one go. Lengths in points or millimetres, as the format has them; `y` grows downwards.
#[derive(Clone, Debug)]
pub struct Run {
    pub x: f64,
    /// Of the line on which the words stand.
    pub y: f64,
    pub width: f64,
    /// Of the letters.
    pub size: f64,
    pub text: String,
}

/// The words of a page, in any order.
#[derive(Default)]
pub struct Page {
    /// From 1.
    pub number: usize,
    pub runs: Vec<Run>,
}

/// A line of a page.
#[derive(Clone, Debug)]
struct Line {
    page: usize,
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// Lines from the top and the bottom of a page that may be its header or footer.
const EDGE: usize = 2;
/// A line at the edge of a page that may be a mark is no longer than this, in characters.
const MARK: usize = 30;

/// Puts the paragraphs of all pages into the body, and notes all words with their page.
///
/// # Errors
/// `file-long`.
pub fn take_pages(pages: Vec<Page>, imported: &mut Imported) -> Result<(), Refusal> {
    let mut sheets: Vec<Vec<Line>> = pages.into_iter().map(lines).collect();
    check_length(sheets.iter().map(Vec::len).sum())?;
    take_margins(&mut sheets, imported);
    let frame = Frame::of(&sheets);
    let mut paragraphs: Vec<(usize, String, bool)> = vec![];
    let mut before: Option<&Line> = None;
    for line in sheets.iter().flatten() {
        let centred = frame.is_centred(line);
        let goes_on = before.is_some_and(|before| frame.goes_on(before, line));
        match paragraphs.last_mut() {
            Some((_, text, was_centred)) if goes_on && (!centred || *was_centred) => join(text, &line.text),
            Some((_, text, true)) if centred && header::is_split(text, &line.text) && frame.is_close(before, line) => {
                join(text, &line.text);
            }
            _ => paragraphs.push((line.page, line.text.clone(), centred)),
        }
        before = Some(line);
    }
    note_edges(&sheets, &paragraphs, imported);
    let mut block = 0;
    for (n, (page, text, _)) in paragraphs.iter().enumerate() {
        block = if n > 0 && paragraphs[n - 1].0 == *page { block + 1 } else { 0 };
        imported.note(Spot::Text { section: *page, block, cell: None }, text.clone());
    }
    imported.blocks.extend(paragraphs.into_iter().map(|(_, text, _)| Block::Paragraph { text: clean(&text) }));
    Ok(())
}

/// The lines of a page from top to bottom; runs side by side are one line.
fn lines(mut page: Page) -> Vec<Line> {
    page.runs
        .retain(|run| !run.text.trim().is_empty() && [run.x, run.y, run.size, run.width].iter().all(|n| n.is_finite()));
    page.runs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Run>> = vec![];
    for run in page.runs {
        match rows.last_mut() {
            Some(row) if (run.y - row[0].y).abs() < 0.5 * run.size.max(row[0].size) => row.push(run),
            _ => rows.push(vec![run]),
        }
    }
    let lines = rows.into_iter().map(|mut row| {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        line(page.number, &row)
    });
    lines.filter(|line| !line.text.is_empty()).collect()
}

fn line(page: usize, row: &[Run]) -> Line {
    let (mut text, mut end, mut size) = (String::new(), row[0].x, 0_f64);
    for run in row {
        let gap = run.x - end;
        let wide = gap > run.size * if text.ends_with(is_wide) && run.text.starts_with(is_wide) { 0.8 } else { 0.2 };
        if !text.is_empty() && wide && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(&run.text);
        end = end.max(run.x + run.width);
        size = size.max(run.size);
    }
    // An indent may be set as spaces, which have a width like any letter.
    let indent =
        text.chars().take_while(|c| c.is_whitespace()).map(|c| if is_wide(c) { 1.0 } else { 0.5 }).sum::<f64>();
    Line { page, x: row[0].x + indent * size, end, y: row[0].y, size, text: clean(&squeezed(&text)) }
}

/// Runs of spaces as one: they only set words apart.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !(c == ' ' && out.ends_with(' ')) {
            out.push(c);
        }
    }
    out
}

/// Chinese letters and punctuation, which are set without spaces.
fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' || "“”‘’—…·、。〔〕".contains(c)
}

/// Adds a line to a paragraph: a space only between words that have spaces.
fn join(text: &mut String, line: &str) {
    let word = |c: char| c.is_alphanumeric() && !is_wide(c);
    let ended = text.trim_end_matches([',', '.', ';', ':', '!', '?']).ends_with(word);
    let latin = ended && line.starts_with(word);
    // In Chinese a number goes on without a space, and half-width punctuation has none either.
    let tight =
        text.chars().any(is_wide) && !(text.ends_with(char::is_alphabetic) && line.starts_with(char::is_alphabetic));
    if latin && !tight {
        text.push(' ');
    }
    text.push_str(line);
}

/// Takes out page numbers, and lines that stand at the same edge of most pages.
fn take_margins(sheets: &mut [Vec<Line>], imported: &mut Imported) {
    let repeated = |sheets: &[Vec<Line>], at: fn(&[Line]) -> Option<&Line>| {
        let all: Vec<&str> = sheets.iter().filter_map(|s| at(s)).map(|line| line.text.as_str()).collect();
        // The first page often has a head of its own.
        let most = all.get(1).copied().unwrap_or_default().to_owned();
        let same = all.iter().filter(|text| **text == most).count();
        (same >= 3 && same * 2 > sheets.len()).then_some(most)
    };
    for sheet in sheets.iter_mut() {
        for last in [true, false] {
            let edge = if last { sheet.last() } else { sheet.first() };
            if edge.is_some_and(|line| is_page_number(&line.text)) {
                let line = if last { sheet.pop() } else { Some(sheet.remove(0)) };
                imported.note(Spot::Footer, line.map(|line| line.text).unwrap_or_default());
            }
        }
    }
    let (head, foot) = (repeated(sheets, |s| s.first()), repeated(sheets, |s| s.last()));
    for sheet in sheets.iter_mut() {
        if head.is_some() && sheet.first().map(|line| &line.text) == head.as_ref() {
            sheet.remove(0);
        }
        if foot.is_some() && sheet.last().map(|line| &line.text) == foot.as_ref() {
            sheet.pop();
        }
    }
    imported.note(Spot::Header, head.unwrap_or_default());
    imported.note(Spot::Footer, foot.unwrap_or_default());
}

/// `— 3 —`, `- 3 -`, `3`, `第 3 页`, `第 3 页 共 9 页`, `3/9`.
fn is_page_number(text: &str) -> bool {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"—–-－―·.．".contains(*c)).collect();
    let bare = text.trim_start_matches('第').trim_end_matches('页');
    let parts: Vec<&str> = bare.split(['/', '，', ',', '页', '共', '第']).filter(|part| !part.is_empty()).collect();
    let digits = |part: &&str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    (1..=2).contains(&parts.len()) && parts.iter().all(digits) && text.chars().count() <= 14
}

/// Short lines at the edges of pages are noted by themselves too where a paragraph has swallowed them: a mark at the
/// top of a page is a mark, whatever goes on around it.
fn note_edges(sheets: &[Vec<Line>], paragraphs: &[(usize, String, bool)], imported: &mut Imported) {
    let known: std::collections::BTreeSet<&str> = paragraphs.iter().map(|(_, text, _)| text.as_str()).collect();
    for sheet in sheets {
        let edge = sheet.iter().take(EDGE).chain(sheet.iter().skip(EDGE).rev().take(1));
        for line in edge.filter(|line| line.text.chars().count() <= MARK && !known.contains(line.text.as_str())) {
            imported.note(Spot::Header, line.text.clone());
        }
    }
}

/// Where the text of a paper begins and ends on its lines, and how far these are apart.
struct Frame {
    left: f64,
    right: f64,
    step: f64,
    /// Of the letters of running text.
    size: f64,
}

impl Frame {
    fn of(sheets: &[Vec<Line>]) -> Frame {
        let mut ends: Vec<f64> = sheets.iter().flatten().map(|line| line.end).collect();
        ends.sort_by(f64::total_cmp);
        let right = ends.get((ends.len() * 95).div_ceil(100).saturating_sub(1)).copied().unwrap_or(0.0);
        // The left edge is where full lines begin that are not indented: the smallest usual beginning.
        let mut begins: Vec<f64> = sheets.iter().flatten().map(|line| line.x).collect();
        begins.sort_by(f64::total_cmp);
        let left = begins.get(begins.len() / 20).copied().unwrap_or(0.0);
        let mut steps: Vec<f64> = sheets.iter().flat_map(|s| s.windows(2).map(|w| w[1].y - w[0].y)).collect();
        steps.sort_by(f64::total_cmp);
        let step = steps.get(steps.len() / 2).copied().unwrap_or(0.0);
        let mut sizes: Vec<f64> = sheets.iter().flatten().map(|line| line.size).collect();
        sizes.sort_by(f64::total_cmp);
        let size = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        Frame { left, right, step, size }
    }

    /// Whether a line goes on with the paragraph of the line before it: that one is full, this one is not indented,
    /// and nothing sets them apart.
    fn goes_on(&self, before: &Line, line: &Line) -> bool {
        let same_size = (before.size - line.size).abs() <= 0.15 * line.size;
        let full = before.end > self.right - 2.2 * line.size;
        let indented = line.x > self.left + 1.2 * line.size;
        // What begins further in than an indent is a title or a signature, and ends with its line.
        let deep = before.x > self.left + 3.5 * line.size;
        let apart = before.page == line.page && line.y - before.y > 1.7 * self.step;
        same_size && full && !indented && !deep && !apart
    }

    /// Whether a line of the same page follows so closely that both may be one title.
    fn is_close(&self, before: Option<&Line>, line: &Line) -> bool {
        before.is_some_and(|before| {
            before.page == line.page
                && (before.size - line.size).abs() <= 0.1 * line.size
                && line.y - before.y < 2.5 * line.size.max(self.step / 1.5)
        })
    }

    /// A line in the letters of running text must stand further in than an indent.
    fn is_centred(&self, line: &Line) -> bool {
        let (before, after) = (line.x - self.left, self.right - line.end);
        let least = if line.size > 1.15 * self.size { 0.3 } else { 2.4 };
        before > least * line.size && after > 0.0 && (before - after).abs() < 2.0 * line.size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize, rows: &[(f64, f64, &str)]) -> Page {
        let run = |(x, y, text): &(f64, f64, &str)| Run {
            x: *x,
            y: *y,
            width: text.chars().map(|c| if is_wide(c) { 10.0 } else { 5.0 }).sum(),
            size: 10.0,
            text: (*text).into(),
        };
        Page { number, runs: rows.iter().map(run).collect() }
    }

    #[test]
    fn lines_become_paragraphs_across_pages() {
        let first = page(
            1,
            &[
                (80.0, 20.0, "关于公开的通知"),
                (20.0, 40.0, "这一段有一行半那么长它在这一行里是满"),
                (0.0, 52.0, "的到这里为止。"),
                (20.0, 64.0, "第二段也是满的一行它要到下一页才会完"),
                (90.0, 90.0, "— 1 —"),
            ],
        );
        let second = page(2, &[(0.0, 20.0, "结。"), (120.0, 60.0, "某某市某局"), (90.0, 90.0, "— 2 —")]);
        let mut imported = Imported::default();
        take_pages(vec![first, second], &mut imported).expect("reads");
        let text: Vec<String> = kernel::block::plain_text(&imported.blocks).lines().map(str::to_owned).collect();
        assert_eq!(
            text,
            [
                "关于公开的通知",
                "这一段有一行半那么长它在这一行里是满的到这里为止。",
                "第二段也是满的一行它要到下一页才会完结。",
                "某某市某局"
            ]
        );
    }

    #[test]
    fn page_numbers_are_known() {
        for (text, is) in [
            ("— 12 —", true),
            ("-3-", true),
            ("第 3 页 共 9 页", true),
            ("3/9", true),
            ("2017年", false),
            ("一", false),
            ("", false),
        ] {
            assert_eq!(is_page_number(text), is, "{text}");
        }
    }

    #[test]
    fn words_are_joined_as_they_are_written() {
        for (text, line, joined) in [
            ("公开", "条例", "公开条例"),
            ("open", "data", "open data"),
            ("430202", "1905", "430202 1905"),
            ("电话0731", "2868", "电话07312868"),
            ("见", "PDF", "见PDF"),
        ] {
            let mut text = text.to_owned();
            join(&mut text, line);
            assert_eq!(text, joined);
        }
    }
}
