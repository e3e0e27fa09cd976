use super::{escape, table};
use crate::Block;

/// How an editor's note begins.
pub const NOTE: &str = "【编者注】";

/// One line, by its beginning. The texts are trimmed.
pub enum Line<'a> {
    Blank,
    Heading(u8, &'a str),
    Item(&'a str),
    /// The number, the item, the whole line. The numbers of its neighbours decide whether it is an item.
    Number(usize, &'a str, &'a str),
    /// The cells as written.
    Row(Vec<&'a str>),
    /// Alternative text and file.
    Image(String, String),
    Signature(&'a str),
    Date(&'a str),
    Note(&'a str),
    Text(&'a str),
}

impl<'a> Line<'a> {
    /// Reads a trimmed line. A backslash goes only where it was needed, so that other text may begin with one.
    pub fn read(line: &'a str) -> Line<'a> {
        let core = line.trim_start_matches('\\');
        let marked = Line::marked(core);
        if core.len() == line.len() {
            return marked.unwrap_or(if line.is_empty() { Line::Blank } else { Line::Text(line) });
        }
        Line::Text(if marked.is_some_and(|marked| !matches!(marked, Line::Number(2.., ..))) {
            &line[1..]
        } else {
            line
        })
    }

    /// A line that means something; `None` for words.
    fn marked(line: &'a str) -> Option<Line<'a>> {
        match line.chars().next()? {
            '#' => heading(line),
            '-' => after(line, "- ").map(Line::Item),
            '1'..='9' => number(line),
            '|' => table::cells(line).map(Line::Row),
            '!' => escape::image(line).map(|(alt, file)| Line::Image(alt, file)),
            '>' => after(line, ">>>").map(Line::Date).or_else(|| after(line, ">>").map(Line::Signature)),
            '》' => after(line, "》》》").map(Line::Date).or_else(|| after(line, "》》").map(Line::Signature)),
            '【' => after(line, NOTE).map(Line::Note),
            _ => None,
        }
    }

    /// The block that this line makes alone; `None` for a blank line, and for lists and tables, which are made of runs.
    pub fn block(&self) -> Option<Block> {
        Some(match self {
            Line::Blank | Line::Item(_) | Line::Row(_) => return None,
            Line::Heading(level, text) => Block::Heading { level: *level, text: (*text).to_owned() },
            Line::Image(alt, file) => Block::Image { file: file.clone(), alt: alt.clone(), caption: String::new() },
            Line::Signature(text) => Block::Signature { text: (*text).to_owned() },
            Line::Date(text) => Block::Date { text: (*text).to_owned() },
            Line::Note(text) => Block::Note { text: (*text).to_owned() },
            Line::Number(_, _, text) | Line::Text(text) => Block::Paragraph { text: (*text).to_owned() },
        })
    }
}

fn after<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    line.strip_prefix(mark).map(str::trim).filter(|text| !text.is_empty())
}

fn heading(line: &str) -> Option<Line<'_>> {
    let text = line.trim_start_matches('#');
    let level = u8::try_from(line.len() - text.len()).ok().filter(|level| *level <= 4)?;
    let words = text.trim_start();
    (words.len() < text.len() && !words.is_empty()).then_some(Line::Heading(level, words))
}

fn number(line: &str) -> Option<Line<'_>> {
    let (digits, item) = line.split_once(". ").filter(|(digits, _)| digits.len() <= 6)?;
    let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    let item = item.trim();
    (!item.is_empty()).then_some(Line::Number(number, item, line))
}
