//! One sheet: its cells, what is merged, what is hidden.

use super::{Shared, rich};
use crate::check_length;
use crate::xml::{Tag, Xml};
use kernel::Refusal;
use kernel::block::clean;
use std::collections::{BTreeMap, BTreeSet};

/// Row and column, from 0.
pub type At = (usize, usize);

/// Rows and columns beyond these are no sheet of any program.
const ROWS: usize = 1_048_576;
const COLS: usize = 16_384;

#[derive(Default)]
pub struct Sheet {
    /// What is shown, where anything is.
    pub cells: BTreeMap<At, String>,
    pub merged: Vec<(At, At)>,
    pub hidden_rows: BTreeSet<usize>,
    /// First and last.
    hidden_cols: Vec<At>,
    /// Header and footer of the printed page.
    pub margins: Vec<String>,
}

impl Sheet {
    pub fn read(bytes: &[u8], shared: &Shared, pieces: &mut usize) -> Result<Sheet, Refusal> {
        let (mut xml, mut sheet) = (Xml::new(bytes), Sheet::default());
        let mut at = (0, 0);
        while let Some(tag) = xml.open(0)? {
            match tag.name() {
                "col" if is_hidden(&tag) => {
                    let (from, to) = (tag.number("min").unwrap_or(1_usize), tag.number("max").unwrap_or(1_usize));
                    sheet.hidden_cols.push((from.saturating_sub(1), to.saturating_sub(1)));
                }
                "row" => {
                    let next = if sheet.cells.is_empty() && at == (0, 0) { 0 } else { at.0 + 1 };
                    at = (tag.number::<usize>("r").map_or(next, |r| r.saturating_sub(1)).min(ROWS), 0);
                    if is_hidden(&tag) {
                        sheet.hidden_rows.insert(at.0);
                    }
                }
                "c" => {
                    at = tag.get("r").as_deref().and_then(place).unwrap_or(at);
                    let shown = cell(&mut xml, &tag, shared)?;
                    if !shown.trim().is_empty() {
                        *pieces += 1;
                        check_length(*pieces)?;
                        sheet.cells.insert(at, shown);
                    }
                    at.1 += 1;
                }
                "mergeCell" => {
                    let reference = tag.get("ref").unwrap_or_default();
                    let ends = reference.split_once(':').and_then(|(from, to)| Some((place(from)?, place(to)?)));
                    sheet.merged.extend(ends.filter(|(from, to)| from.0 <= to.0 && from.1 <= to.1));
                    check_length(sheet.merged.len())?;
                }
                "oddHeader" | "oddFooter" | "firstHeader" | "firstFooter" => {
                    let words = clean(&without_codes(&xml.words()?));
                    sheet.margins.extend(Some(words).filter(|words| !words.is_empty()));
                }
                _ => {}
            }
        }
        Ok(sheet)
    }

    pub fn is_blank(&self) -> bool {
        self.visible_rows().is_empty() || self.visible_cols().is_empty()
    }

    pub fn is_hidden_col(&self, col: usize) -> bool {
        self.hidden_cols.iter().any(|(from, to)| (*from..=*to).contains(&col))
    }

    pub fn is_hidden(&self, at: &At) -> bool {
        self.hidden_rows.contains(&at.0) || self.is_hidden_col(at.1)
    }

    /// The rows that show anything, in order.
    pub fn visible_rows(&self) -> Vec<usize> {
        let used: BTreeSet<usize> = self.cells.keys().filter(|at| !self.is_hidden(at)).map(|at| at.0).collect();
        used.into_iter().collect()
    }

    /// The columns from the first that shows anything to the last, the hidden ones left out.
    pub fn visible_cols(&self) -> Vec<usize> {
        let used: BTreeSet<usize> = self.cells.keys().filter(|at| !self.is_hidden(at)).map(|at| at.1).collect();
        let (Some(first), Some(last)) = (used.first(), used.last()) else { return vec![] };
        // A column without a word is kept where its neighbours are near: a form has empty cells to fill in.
        let near = |col: &usize| used.range(col.saturating_sub(GAP)..=col + GAP).next().is_some();
        (*first..=*last).filter(|col| !self.is_hidden_col(*col) && near(col)).collect()
    }
}

/// How far an empty column may stand from a used one.
const GAP: usize = 5;

fn is_hidden(tag: &Tag) -> bool {
    matches!(tag.get("hidden").as_deref(), Some("1" | "true"))
}

/// What a cell shows.
fn cell(xml: &mut Xml, tag: &Tag, shared: &Shared) -> Result<String, Refusal> {
    let (kind, style) = (tag.get("t").unwrap_or_default(), tag.number::<usize>("s").unwrap_or(0));
    let (depth, mut value) = (xml.depth(), String::new());
    while let Some(tag) = xml.open(depth)? {
        match tag.name() {
            "v" => value = xml.words()?,
            "is" => value = rich(xml)?,
            "f" => xml.skip()?,
            _ => {}
        }
    }
    let string = |value: &str| shared.strings.get(value.trim().parse::<usize>().ok()?).cloned();
    Ok(match kind.as_str() {
        "s" => string(&value).unwrap_or_default(),
        "b" => if value.trim() == "1" { "TRUE" } else { "FALSE" }.into(),
        "str" | "inlineStr" | "e" | "d" => value,
        _ => match value.trim().parse::<f64>() {
            Ok(number) => shared.formats.shown(number, style),
            Err(_) => value,
        },
    })
}

/// `B3` is row 2, column 1.
pub fn place(reference: &str) -> Option<At> {
    let reference = reference.replace('$', "");
    let digits = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = reference.split_at(digits);
    let row = row.parse::<usize>().ok().filter(|row| (1..=ROWS).contains(row))?;
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let col = letters.bytes().fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A' + 1));
    (col <= COLS).then_some((row - 1, col - 1))
}

/// The letters of a column from 0: A, B, … AA.
pub fn letters(col: usize) -> String {
    let mut letters = vec![];
    let mut left = col + 1;
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// A printed header without what only sets it: `&C`, `&"宋体,常规"`, `&12`, `&P`.
fn without_codes(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        rest = match rest.chars().next() {
            Some('&') => {
                out.push('&');
                &rest[1..]
            }
            Some('"') => rest[1..].split_once('"').map_or("", |(_, after)| after),
            Some(c) if c.is_ascii_digit() => rest.trim_start_matches(|c: char| c.is_ascii_digit()),
            Some(c) => {
                out.push(' ');
                &rest[c.len_utf8()..]
            }
            None => rest,
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_as_they_are_written() {
        for (reference, at) in
            [("A1", Some((0, 0))), ("$AB$12", Some((11, 27))), ("1A", None), ("A0", None), ("", None)]
        {
            assert_eq!(place(reference), at, "{reference}");
        }
        assert_eq!(
            (letters(0), letters(25), letters(26), letters(701)),
            ("A".into(), "Z".into(), "AA".into(), "ZZ".into())
        );
        assert_eq!(clean(&without_codes("&C&\"宋体,常规\"&12机密&R第&P页 &&")), "机密 第 页 &");
    }
}
