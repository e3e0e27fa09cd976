//! Plain text as it stands in a file: every line a paragraph, rows of cells where lines are drawn with bars or tabs.

use crate::{Finding, Piece, Place, Settings, Spot, scan_at};
use std::ops::Range;

/// All findings of a plain text, with the body's settings. Byte ranges are those of the whole text, places count its
/// paragraphs (lines that hold more than spaces) from 0. A number that is cut by a line end or a cell border is one
/// range where nothing else lies between; else its parts are in [`Finding::rest`].
pub fn document(text: &str, settings: &Settings) -> Vec<Finding> {
    let pieces = pieces(text);
    let starts: Vec<usize> = pieces.iter().map(|p| p.text.as_ptr() as usize - text.as_ptr() as usize).collect();
    within(text, &pieces, &starts, settings)
}

/// All findings of pieces that stand in a text, piece `n` at byte `starts[n]`; byte ranges are those of the text, as
/// with [`document`].
pub fn within(text: &str, pieces: &[Piece], starts: &[usize], settings: &Settings) -> Vec<Finding> {
    let moved = |n: usize, span: &Range<usize>| starts[n] + span.start..starts[n] + span.end;
    let of = |(first, mut finding): (usize, Finding)| {
        finding.span = moved(first, &finding.span);
        let mut at = first;
        for Spot { place, span } in std::mem::take(&mut finding.rest) {
            at += pieces[at..].iter().position(|p| p.place == place).unwrap_or(0);
            let span = moved(at, &span);
            let border = |c: char| c.is_whitespace() || c == '|';
            if finding.rest.is_empty()
                && span.start >= finding.span.end
                && text[finding.span.end..span.start].chars().all(border)
            {
                finding.span.end = span.end;
            } else {
                finding.rest.push(Spot { place, span });
            }
        }
        finding
    };
    scan_at(pieces, settings).into_iter().map(of).collect()
}

/// The paragraphs and cells of a text, in ascending order of place.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut table: Option<(usize, usize)> = None;
    let mut block = 0;
    for line in text.split(['\n', '\r', '\u{c}', '\u{2028}']) {
        match (is_row(line), line.trim().is_empty()) {
            (true, _) => {
                let (at, row) = table.map_or((block, 0), |(at, row)| (at, row + 1));
                let cells = line.trim().trim_matches('|').split(['|', '\t']).enumerate();
                pieces.extend(cells.map(|(col, cell)| Piece::new(Place::body_cell(at, row, col), cell.trim())));
                table = Some((at, row));
                block = at + 1;
            }
            (false, true) => table = None,
            (false, false) => {
                pieces.push(Piece::new(Place::body(block), line));
                block += 1;
                table = None;
            }
        }
    }
    pieces
}

/// A line of cells: bars at its beginning, or tabs between words.
fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.contains('\t') || (line.starts_with('|') && line.trim_matches('|').contains('|'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_the_text() {
        let table: [(&str, &[&str]); 5] = [
            ("第一行\n身份证号：4302021905\r\n01010017，男", &["4302021905\r\n01010017"]),
            ("| 姓名 | 身份证号 |\n|---|---|\n| 张三 | 430202190501010017 |", &["430202190501010017"]),
            ("姓名\t号码\n张三\t430202\t19050101\t0017", &["430202\t19050101\t0017"]),
            ("手机：\n\n13973312345", &["13973312345"]),
            ("\n\n机密★20年\n\n关于印发方案的通知", &["机密★20年"]),
        ];
        for (text, want) in table {
            let found = document(text, &Settings::default());
            let spans: Vec<&str> = found.iter().map(|f| &text[f.span.clone()]).collect();
            assert_eq!(spans, want, "{text}");
        }
    }

    #[test]
    fn places_ascend() {
        let text = "甲\n|乙|丙|\n|丁|戊|\n\n己\n|庚|辛|";
        let places: Vec<Place> = pieces(text).into_iter().map(|p| p.place).collect();
        assert!(places.is_sorted() && places.len() == 8, "{places:?}");
    }
}
