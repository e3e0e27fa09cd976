//! What is about persons stays masked at the review desk until somebody says what they want to see it for. Pure.

use super::model::Paper;
use super::rules;
use kernel::Block;
use scan::{Finding, Place, Settings};
use std::collections::HashMap;
use std::ops::Range;

/// The paper with what the scanner found about persons masked, and whether there was anything.
pub fn masked(paper: &Paper, found: Vec<Finding>) -> (Paper, bool) {
    let any = !found.is_empty();
    let mut by_place: HashMap<Place, Vec<(Range<usize>, String)>> = HashMap::new();
    for finding in found {
        by_place.entry(finding.place.clone()).or_default().push((finding.span.clone(), finding.excerpt));
        for spot in finding.rest {
            by_place.entry(spot.place).or_default().push((spot.span, "…".into()));
        }
    }
    let mut paper = paper.clone();
    let mut hide = |place: Place, text: &mut String| {
        if let Some(spots) = by_place.get(&place) {
            *text = with_masks(text, spots);
        }
    };
    hide(Place::Title, &mut paper.title);
    let fields = &mut paper.fields;
    for (name, text) in [
        ("发布机构", &mut fields.issuer),
        ("来源", &mut fields.source),
        ("责任科室", &mut fields.author),
        ("关键词", &mut fields.keywords),
        ("内容概述", &mut fields.summary),
        ("编者注", &mut fields.note),
        ("更正说明", &mut fields.change),
    ] {
        hide(Place::Field(name), text);
    }
    for (name, text) in &mut fields.data {
        if let Some(field) = super::typed::field(name) {
            hide(Place::Field(field.zh), text);
        }
    }
    paper.body.iter_mut().enumerate().for_each(|(n, block)| hide_block(n, block, &mut hide));
    (paper, any)
}

/// What the scanner finds about persons in a paper; who is named on purpose is not.
pub fn persons(paper: &Paper, typed: &super::model::Typed, settings: &Settings) -> Vec<Finding> {
    scan::persons(&rules::pieces(&paper.title, typed, &paper.body), settings)
}

/// Places are counted as `kernel::block::pieces` counts them.
fn hide_block(n: usize, block: &mut Block, hide: &mut impl FnMut(Place, &mut String)) {
    match block {
        Block::Heading { text, .. }
        | Block::Paragraph { text }
        | Block::Signature { text }
        | Block::Date { text }
        | Block::Note { text } => hide(Place::body(n), text),
        Block::Image { alt, caption, .. } => [caption, alt].into_iter().for_each(|text| hide(Place::body(n), text)),
        Block::List { items, .. } => {
            items.iter_mut().enumerate().for_each(|(i, text)| hide(Place::body_cell(n, i, 0), text));
        }
        Block::Table { caption, rows } => {
            hide(Place::body(n), caption);
            for (r, row) in rows.iter_mut().enumerate() {
                row.cells.iter_mut().enumerate().for_each(|(c, cell)| hide(Place::body_cell(n, r, c), &mut cell.text));
            }
        }
    }
}

/// Spans that overlap are masked once; one that is of another text of the same place is left.
fn with_masks(text: &str, spots: &[(Range<usize>, String)]) -> String {
    let mut spots: Vec<_> = spots.iter().filter(|(span, _)| text.get(span.clone()).is_some()).collect();
    spots.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let (mut out, mut done) = (String::new(), 0);
    for (span, mask) in spots {
        if span.start < done {
            continue;
        }
        out.push_str(&text[done..span.start]);
        out.push_str(mask);
        done = span.end;
    }
    out + &text[done..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::model::{Fields, Typed};

    #[test]
    fn numbers_are_masked_wherever_they_stand() {
        let text = "联系人手机 13912345678。\n\n| 姓名 | 身份证号 |\n|---|---|\n| 张某 | 110101199003074530 |\n\n- 13912345679";
        let fields = Fields { summary: "电话 13912345670".into(), ..Fields::default() };
        let (kind, title) = ("notice".to_owned(), "给 13912345671 的通知".to_owned());
        let body = kernel::notation::parse(text);
        let paper = Paper { format: 1, kind, title, fields, body, files: vec![] };
        let typed = Typed::from([("summary".to_owned(), paper.fields.summary.clone())]);
        let (hidden, any) = masked(&paper, persons(&paper, &typed, &Settings::default()));
        let all = format!("{} {} {}", hidden.title, hidden.fields.summary, kernel::block::plain_text(&hidden.body));
        assert!(any);
        for number in ["13912345678", "110101199003074530", "13912345679", "13912345670", "13912345671"] {
            assert!(!all.contains(number), "{number} in {all}");
        }
        assert!(all.contains("联系人手机") && all.contains("张某"), "{all}");
    }

    #[test]
    fn a_paper_without_persons_is_shown_as_it_is() {
        let body = kernel::notation::parse("各养殖场：本周检查用药记录。");
        let fields = Fields::default();
        let paper = Paper { format: 1, kind: "notice".into(), title: "通知".into(), fields, body, files: vec![] };
        assert_eq!(masked(&paper, persons(&paper, &Typed::new(), &Settings::default())), (paper, false));
    }
}
