//! What is taken out of the pages of a PDF, page by page, from what the pages draw; and what they must draw afterwards.

use super::find::{Finder, squeezed};
use super::{Order, marked, unfit};
use crate::pdf::pen::{Glyph, Pen, Place, Rect, Trace};
use crate::refuse;
use kernel::Refusal;
use lopdf::{Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Points in a millimetre.
const MM: f64 = 72.0 / 25.4;
/// The size of the line of reasons at the foot of a page, and the least at which a mark stands in its block, in points.
pub const FOOT: f64 = 8.0;
const LEAST_SIZE: f64 = 5.0;

/// What goes of a page.
pub struct Page {
    pub id: ObjectId,
    /// With the words that stand there.
    pub blocks: Vec<(Rect, String)>,
    /// Which letters of its trace.
    pub glyphs: BTreeSet<usize>,
    pub trace: Trace,
}

/// What goes of a file.
pub struct Cut {
    pub pages: Vec<Page>,
    /// How many passages and areas.
    pub places: usize,
}

/// What a page draws: its letters one after another, and the reasons behind them.
#[derive(PartialEq, Eq, Debug)]
pub struct Expected(String);

pub fn overlap(a: &Rect, b: &Rect) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// What has to go, by words and by places.
///
/// # Errors
/// `copy-unfit` where a page has letters that nobody can read, `copy-missing` for a place that is on no page.
pub fn plan(document: &Document, order: &Order, finder: &Finder) -> Result<Cut, Refusal> {
    let (mut pages, mut places, mut pen) = (vec![], 0, Pen::new(document));
    for (n, id) in document.page_iter().enumerate() {
        let drawn = pen.traced(id)?;
        if drawn.lost > 0 && !order.is_empty() {
            let says = format!(
                "第 {} 页有字的字体不能还原成文字，不能证明原文已经去掉。请把这一页打印后扫描成图片，再按位置遮盖。",
                n + 1
            );
            return Err(unfit(&says));
        }
        let mut page = Page { id, blocks: vec![], glyphs: BTreeSet::new(), trace: drawn.trace.unwrap_or_default() };
        places += page.by_words(finder);
        for area in order.areas.iter().filter(|area| area.page == n + 1) {
            places += 1;
            page.by_place(media_box(document, id), area)?;
        }
        pages.push(page);
    }
    if order.areas.iter().any(|area| area.page == 0 || area.page > pages.len()) {
        return Err(refuse("copy-missing", format!("文件只有 {} 页。请改正页码。", pages.len())));
    }
    Ok(Cut { pages, places })
}

impl Page {
    /// Letters that make a passage, in the order of lines or in the order in which they are drawn.
    fn by_words(&mut self, finder: &Finder) -> usize {
        let (in_lines, as_drawn) = (lines(&self.trace.glyphs), (0..self.trace.glyphs.len()).collect());
        let mut places = 0;
        for (first, sequence) in [(true, in_lines), (false, as_drawn)] {
            let sequence: Vec<usize> = sequence;
            let (mut text, mut owners) = (String::new(), vec![]);
            for at in sequence {
                text.push_str(&self.trace.glyphs[at].text);
                owners.resize(text.len(), at);
            }
            for (range, mark) in finder.find(&text) {
                let found: BTreeSet<usize> = owners[range].iter().copied().collect();
                let new: Vec<usize> = found.into_iter().filter(|at| self.glyphs.insert(*at)).collect();
                places += usize::from(first || !new.is_empty());
                self.cover(&new, mark);
            }
        }
        places
    }

    /// A block over each stretch of letters that stand side by side.
    fn cover(&mut self, letters: &[usize], mark: &str) {
        let mut last: Option<Rect> = None;
        for at in letters {
            let own = self.trace.glyphs[*at].rect;
            last = match last {
                Some(block)
                    if (block[1] - own[1]).abs() < 0.5 * (own[3] - own[1]) && own[0] - block[2] < own[3] - own[1] =>
                {
                    Some([block[0].min(own[0]), block[1].min(own[1]), block[2].max(own[2]), block[3].max(own[3])])
                }
                block => {
                    self.blocks.extend(block.map(|block| (block, mark.to_owned())));
                    Some(own)
                }
            };
        }
        self.blocks.extend(last.map(|block| (block, mark.to_owned())));
    }

    fn by_place(&mut self, of_page: Rect, area: &super::Area) -> Result<(), Refusal> {
        let (left, top) = (of_page[0] + area.left * MM, of_page[3] - area.top * MM);
        let rect = [left, top - area.height * MM, left + area.width * MM, top];
        if !overlap(&rect, &of_page) || area.width <= 0.0 || area.height <= 0.0 {
            let size = |from: f64, to: f64| ((to - from) / MM).round();
            let says = format!(
                "要遮盖的位置不在第 {} 页上。这一页宽 {}，高 {} 毫米。",
                area.page,
                size(of_page[0], of_page[2]),
                size(of_page[1], of_page[3])
            );
            return Err(refuse("copy-missing", says));
        }
        let under = |(_, glyph): &(usize, &Glyph)| overlap(&glyph.rect, &rect);
        self.glyphs.extend(self.trace.glyphs.iter().enumerate().filter(under).map(|(at, _)| at));
        if self.trace.curves.iter().any(|curve| overlap(curve, &rect)) {
            let says = format!(
                "第 {} 页的这个位置是画出来的图形，不能只去掉一部分。请把这一页打印后扫描成图片，再遮盖。",
                area.page
            );
            return Err(unfit(&says));
        }
        self.blocks.push((rect, marked(&area.mark)));
        Ok(())
    }
}

/// Letters from top to bottom and from left to right, as the reader puts them into lines.
fn lines(glyphs: &[Glyph]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..glyphs.len()).filter(|at| glyphs[*at].rect.iter().all(|n| n.is_finite())).collect();
    order.sort_by(|a, b| glyphs[*b].base.total_cmp(&glyphs[*a].base));
    let mut rows: Vec<Vec<usize>> = vec![];
    for at in order {
        let high = |at: usize| glyphs[at].rect[3] - glyphs[at].rect[1];
        match rows.last_mut() {
            Some(row) if (glyphs[row[0]].base - glyphs[at].base).abs() < 0.5 * high(at).max(high(row[0])) => {
                row.push(at)
            }
            _ => rows.push(vec![at]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| glyphs[*a].rect[0].total_cmp(&glyphs[*b].rect[0]));
    }
    rows.concat()
}

/// The page as it is shown, whatever says so above it.
pub fn media_box(document: &Document, page: ObjectId) -> Rect {
    let mut at = document.get_dictionary(page).ok();
    let mut found = None;
    for _ in 0..32 {
        let Some(own) = at else { break };
        let boxes = [b"CropBox".as_slice(), b"MediaBox"].iter().find_map(|key| own.get_deref(key, document).ok());
        if let Some(all) = boxes.and_then(|b| b.as_array().ok()) {
            let n = |i: usize| all.get(i).and_then(|o| o.as_float().ok()).map_or(0.0, f64::from);
            found = Some([n(0).min(n(2)), n(1).min(n(3)), n(0).max(n(2)), n(1).max(n(3))]);
            break;
        }
        at = own.get_deref(b"Parent", document).and_then(Object::as_dict).ok();
    }
    found.unwrap_or([0.0, 0.0, 595.0, 842.0])
}

/// What the pages draw now.
pub fn drawn(document: &Document) -> Result<Vec<Expected>, Refusal> {
    let mut pen = Pen::new(document);
    let text = |trace: Trace| trace.glyphs.iter().map(|g| g.text.as_str()).collect::<String>();
    document.page_iter().map(|id| Ok(Expected(squeezed(&text(pen.traced(id)?.trace.unwrap_or_default()))))).collect()
}

/// What the pages of the copy must draw.
pub fn expected(cut: &Cut) -> Vec<Expected> {
    let gone: BTreeSet<(Option<ObjectId>, Place, usize)> = cut.pages.iter().flat_map(Page::gone_forms).collect();
    let of = |page: &Page| {
        let stays = |(at, glyph): &(usize, &Glyph)| {
            let place = (glyph.stream, glyph.place, glyph.bytes.start);
            !(page.glyphs.contains(at) || glyph.stream.is_some() && gone.contains(&place))
        };
        let kept: String = page.trace.glyphs.iter().enumerate().filter(stays).map(|(_, g)| g.text.as_str()).collect();
        Expected(squeezed(&(kept + &page.marks().iter().map(|(_, text, _)| text.as_str()).collect::<String>())))
    };
    cut.pages.iter().map(of).collect()
}

impl Page {
    /// Letters that go from forms, which other pages may show too.
    fn gone_forms(&self) -> impl Iterator<Item = (Option<ObjectId>, Place, usize)> {
        let glyphs = self.glyphs.iter().map(|at| &self.trace.glyphs[*at]);
        glyphs.filter(|g| g.stream.is_some()).map(|g| (g.stream, g.place, g.bytes.start))
    }

    /// The words of the marks: where, what, how large. In a block where there is room, and once at the foot. A block
    /// without room has a square: who reads or copies the words learns that some are missing here, and what stands to
    /// its left and to its right does not become one word.
    /// Those at the foot have a line in place of a place: `[NaN, 0.0]` is the lowest.
    pub fn marks(&self) -> Vec<([f64; 2], String, f64)> {
        let mut all = vec![];
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (rect, mark) in &self.blocks {
            *counts.entry(mark).or_default() += 1;
            let (wide, high) = (rect[2] - rect[0], rect[3] - rect[1]);
            let size = |words: &str| (wide / words.chars().count() as f64).min(0.7 * high).min(12.0);
            let reason = mark.trim_start_matches('■');
            let words = if size(reason) >= LEAST_SIZE { reason } else { "■" };
            let size = size(words);
            all.push(([rect[0], rect[1] + 0.5 * high - 0.35 * size], words.to_owned(), size));
        }
        for (n, (mark, count)) in counts.into_iter().enumerate() {
            all.push(([f64::NAN, n as f64], format!("{mark}：{count} 处"), FOOT));
        }
        all
    }
}
