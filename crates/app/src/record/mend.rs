//! Mending a draft by what the scanner says: putting other words in a place, full-width marks, and the text cut at its
//! findings. Pure.

use super::model::Typed;
use kernel::{Block, punct};
use scan::Place;
use std::ops::Range;

/// The fields that every kind has and in which the scanner looks, by the name people see.
pub const NAMES: &[(&str, &str)] = &[
    ("number", "文号"),
    ("issuer", "发布机构"),
    ("source", "来源"),
    ("author", "责任科室"),
    ("keywords", "关键词"),
    ("summary", "内容概述"),
    ("note", "编者注"),
    ("change", "更正说明"),
];

/// The fields in which marks are made full. A document number has brackets of its own.
const WORDS: &[&str] = &["title", "keywords", "summary", "note", "change"];

/// Puts `with` in the place of `was`; `false` where it no longer stands there.
pub fn replace(
    typed: &mut Typed,
    blocks: &mut Vec<Block>,
    place: &Place,
    span: &Range<usize>,
    was: &str,
    with: &str,
) -> bool {
    let put = |text: &mut String| {
        if text.get(span.clone()) != Some(was) {
            return false;
        }
        text.replace_range(span.clone(), with);
        *text = text.split('\n').map(kernel::block::clean).collect::<Vec<_>>().join("\n");
        true
    };
    match place {
        Place::Title => typed.get_mut("title").is_some_and(put),
        Place::Field(zh) => {
            let is = |name: &str| of_kind(name) == Some(*zh) || NAMES.contains(&(name, *zh));
            typed.iter_mut().find(|(name, _)| is(name)).is_some_and(|(_, text)| put(text))
        }
        Place::Body { block, cell } => {
            let at = cell.map(|c| (c.row, c.col));
            let Some(found) = blocks.get_mut(*block) else { return false };
            let mended = found.texts_mut().into_iter().filter(|(place, _)| *place == at).any(|(_, text)| put(text));
            blocks.retain(|b| !is_empty(b));
            mended
        }
        Place::Attachment { .. } | Place::Property { .. } => false,
    }
}

/// The name people see of a field that its kind has.
pub fn of_kind(name: &str) -> Option<&'static str> {
    super::typed::field(name).map(|field| field.zh)
}

/// A block of which nothing is left.
fn is_empty(block: &Block) -> bool {
    match block {
        Block::Heading { text, .. }
        | Block::Paragraph { text }
        | Block::Signature { text }
        | Block::Date { text }
        | Block::Note { text } => text.is_empty(),
        _ => false,
    }
}

/// Makes half-width marks full in a whole draft. Returns how many there were.
pub fn full_width(typed: &mut Typed, blocks: &mut [Block]) -> usize {
    let mut count = 0;
    let mut mend = |text: &mut String| {
        let (mended, n) = punct::repair(text);
        count += n;
        *text = mended;
    };
    for name in WORDS {
        typed.get_mut(*name).into_iter().for_each(&mut mend);
    }
    blocks.iter_mut().flat_map(Block::texts_mut).for_each(|(_, text)| mend(text));
    count
}

/// A stretch of text, with the number and class of the finding that covers it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seg {
    pub text: String,
    /// 0 where nothing was found.
    pub no: usize,
    pub class: &'static str,
    /// The first stretch of its finding carries the number.
    pub first: bool,
}

/// A finding's stretch of one text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spot {
    pub place: Place,
    pub span: Range<usize>,
    pub no: usize,
    pub class: &'static str,
    pub first: bool,
}

/// A text cut at its findings. Where two overlap, the first is shown.
pub fn cut(text: &str, place: &Place, spots: &[Spot]) -> Vec<Seg> {
    let mut here: Vec<&Spot> = spots.iter().filter(|s| s.place == *place).collect();
    here.sort_by_key(|s| (s.span.start, s.no));
    let plain = |text: &str| Seg { text: text.into(), no: 0, class: "", first: false };
    let (mut out, mut at) = (vec![], 0);
    for spot in here {
        let (Some(before), Some(words)) = (text.get(at..spot.span.start), text.get(spot.span.clone())) else {
            continue;
        };
        if !before.is_empty() {
            out.push(plain(before));
        }
        out.push(Seg { text: words.into(), no: spot.no, class: spot.class, first: spot.first });
        at = spot.span.end;
    }
    if at < text.len() {
        out.push(plain(&text[at..]));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::notation;

    fn draft() -> (Typed, Vec<Block>) {
        let typed = Typed::from([("title".to_owned(), "关于检查的通知".to_owned())]);
        (typed, notation::parse("对合理的应巴以采纳。\n\n| 姓名 | 电话 |\n|---|---|\n| 张三 | 139 |\n"))
    }

    #[test]
    fn words_are_replaced_where_they_stand() {
        let (mut typed, mut blocks) = draft();
        let at = "对合理的".len()..("对合理的".len() + "应巴以".len());
        assert!(replace(&mut typed, &mut blocks, &Place::body(0), &at, "应巴以", "应予以"));
        assert!(!replace(&mut typed, &mut blocks, &Place::body(0), &at, "应巴以", "应予以"), "only once");
        assert!(replace(&mut typed, &mut blocks, &Place::body_cell(1, 1, 1), &(0..3), "139", ""));
        assert!(replace(&mut typed, &mut blocks, &Place::Title, &(0..6), "关于", ""));
        assert_eq!(notation::write(&blocks), "对合理的应予以采纳。\n\n| 姓名 | 电话 |\n|---|---|\n| 张三 |  |");
        assert_eq!(typed["title"], "检查的通知");
        let whole = "对合理的应予以采纳。";
        assert!(replace(&mut typed, &mut blocks, &Place::body(0), &(0..whole.len()), whole, ""));
        assert_eq!(blocks.len(), 1, "a paragraph without words is gone");
    }

    #[test]
    fn a_draft_is_made_full_width_as_a_whole() {
        let mut typed = Typed::from([("title", "通知(一)"), ("number", "株牧[2026]1号")].map(own));
        let mut blocks = notation::parse("各单位,\n\n- 第一,检查;\n\n![图,见表](a(1).png)");
        assert_eq!(full_width(&mut typed, &mut blocks), 6);
        assert_eq!(typed["title"], "通知（一）");
        assert_eq!(typed["number"], "株牧[2026]1号");
        assert_eq!(notation::write(&blocks), "各单位，\n\n- 第一，检查；\n\n![图，见表](a(1).png)");
        assert_eq!(full_width(&mut typed, &mut blocks), 0);
    }

    fn own((name, value): (&str, &str)) -> (String, String) {
        (name.into(), value.into())
    }

    #[test]
    fn a_text_is_cut_at_its_findings() {
        let spot = |span: Range<usize>, no| Spot { place: Place::body(0), span, no, class: "r", first: true };
        let spots = [spot(3..6, 2), spot(3..9, 1), spot(30..33, 3)];
        let segs = cut("甲乙丙丁", &Place::body(0), &spots);
        let read: Vec<(&str, usize)> = segs.iter().map(|s| (s.text.as_str(), s.no)).collect();
        assert_eq!(read, [("甲", 0), ("乙丙", 1), ("丁", 0)]);
        assert_eq!(cut("甲", &Place::Title, &spots).len(), 1);
    }
}
