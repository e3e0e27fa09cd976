//! PPTX in (ECMA-376, part 1, PresentationML): the words of every slide. Slides that are not shown, and what only the
//! speaker sees, are named and scanned, and stay out of the body.

use crate::grid::{self, Placed};
use crate::office::{self, Relations};
use crate::pack::Pack;
use crate::xml::{Step, Tag, Xml};
use crate::{HiddenKind, Imported, Spot, check_length, finish, outline};
use kernel::block::{Cell, MAX_COLS, clean};
use kernel::{Block, Refusal};

/// Reads a presentation.
///
/// # Errors
/// Of [`Pack::open`] and [`Xml::within`], `file-long`, `file-empty`.
pub fn pptx(bytes: &[u8]) -> Result<Imported, Refusal> {
    let mut pack = Pack::open(bytes)?;
    let mut imported = Imported::default();
    let mut pieces = 0;
    for (n, part) in slides(&mut pack)?.into_iter().enumerate() {
        let slide = Slide::read(&mut pack, &part, &mut pieces, &mut imported)?;
        let place = format!("第 {} 页", n + 1);
        let from = imported.blocks.len();
        if slide.is_hidden {
            let words = kernel::block::plain_text(&slide.blocks);
            imported.hide(HiddenKind::Slide, &place, &words, Spot::Hidden);
        } else {
            imported.blocks.extend(slide.blocks);
            imported.note_blocks_from(from, n + 1);
        }
        for (kind, part) in slide.beside {
            let bytes = pack.part(&part)?;
            let words = office::paragraphs(&mut Xml::new(&bytes), 0)?;
            let words: Vec<String> = words.into_iter().filter(|text| *text != (n + 1).to_string()).collect();
            if !words.is_empty() {
                imported.hide(kind, &place, &words.join(" "), Spot::Note);
            }
        }
    }
    for name in pack.named("ppt/comments/", ".xml") {
        let bytes = pack.part(&name)?;
        let text = clean(&all_words(&bytes)?);
        imported.hide(HiddenKind::Comment, "", &text, Spot::Note);
    }
    if pack.names().any(|name| name.starts_with("ppt/charts/") || name.starts_with("ppt/diagrams/")) {
        imported.unread.push("演示文稿里有图表或者智能图形，其中的文字没有识读".into());
    }
    office::properties(&mut pack, &mut imported)?;
    outline::settle(None, &mut imported);
    finish(imported)
}

/// The parts of the slides, in their order.
fn slides(pack: &mut Pack) -> Result<Vec<String>, Refusal> {
    let relations = office::relations(pack, "ppt/presentation.xml")?;
    let bytes = pack.part("ppt/presentation.xml")?;
    let (mut xml, mut all) = (Xml::new(&bytes), vec![]);
    while let Some(tag) = xml.open(0)? {
        if tag.name() == "sldId" {
            all.extend(tag.get("r:id").and_then(|id| relations.get(&id).cloned()));
        }
    }
    Ok(all)
}

fn all_words(bytes: &[u8]) -> Result<String, Refusal> {
    let (mut xml, mut words) = (Xml::new(bytes), String::new());
    while let Some(step) = xml.within(0)? {
        if let Step::Text(text) = step {
            words.push_str(&text);
        }
    }
    Ok(words)
}

#[derive(Default)]
struct Slide {
    is_hidden: bool,
    blocks: Vec<Block>,
    /// The speaker's notes.
    beside: Vec<(HiddenKind, String)>,
}

impl Slide {
    fn read(pack: &mut Pack, part: &str, pieces: &mut usize, imported: &mut Imported) -> Result<Slide, Refusal> {
        let relations = office::relations(pack, part)?;
        let bytes = pack.part(part)?;
        let (mut xml, mut slide) = (Xml::new(&bytes), Slide::default());
        let notes = relations.values().filter(|target| target.contains("/notesSlides/"));
        slide.beside = notes.map(|target| (HiddenKind::Notes, target.clone())).collect();
        while let Some(tag) = xml.open(0)? {
            *pieces += 1;
            check_length(*pieces)?;
            match tag.name() {
                "sld" => slide.is_hidden = matches!(tag.get("show").as_deref(), Some("0" | "false")),
                "sp" => slide.shape(&mut xml)?,
                "tbl" => slide.table(&mut xml, pieces)?,
                "pic" => slide.picture(&mut xml, pack, &relations, imported)?,
                "Fallback" => xml.skip()?,
                _ => {}
            }
        }
        Ok(slide)
    }

    /// A box of words; the one that is made for the title is a heading.
    fn shape(&mut self, xml: &mut Xml) -> Result<(), Refusal> {
        let (depth, mut kind, mut lines) = (xml.depth(), String::new(), vec![]);
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "ph" => kind = tag.get("type").unwrap_or_default(),
                "txBody" => {
                    let inner = xml.depth();
                    lines = office::paragraphs(xml, inner)?;
                }
                _ => {}
            }
        }
        if matches!(kind.as_str(), "sldNum" | "dt" | "ftr" | "hdr") {
            return Ok(());
        }
        if matches!(kind.as_str(), "title" | "ctrTitle") && !lines.is_empty() {
            self.blocks.insert(0, Block::Heading { level: 1, text: lines.concat() });
        } else {
            self.blocks.extend(lines.into_iter().map(|text| Block::Paragraph { text }));
        }
        Ok(())
    }

    fn table(&mut self, xml: &mut Xml, pieces: &mut usize) -> Result<(), Refusal> {
        let (depth, mut rows) = (xml.depth(), vec![]);
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "tr" => rows.push(vec![]),
                "tc" => {
                    *pieces += 1;
                    check_length(*pieces)?;
                    let placed = cell(xml, &tag)?;
                    if let (Some(row), Some(mut placed)) = (rows.last_mut(), placed) {
                        let row: &mut Vec<Placed> = row;
                        placed.col = row.last().map_or(0, |before| before.col + usize::from(before.cell.cols));
                        row.push(placed);
                    }
                }
                _ => {}
            }
        }
        self.blocks.extend(grid::table(String::new(), grid::joined(rows), pieces));
        Ok(())
    }

    fn picture(
        &mut self,
        xml: &mut Xml,
        pack: &mut Pack,
        relations: &Relations,
        imported: &mut Imported,
    ) -> Result<(), Refusal> {
        let (depth, mut alt, mut target) = (xml.depth(), String::new(), None);
        while let Some(tag) = xml.open(depth)? {
            match tag.name() {
                "cNvPr" => alt = clean(&tag.get("descr").unwrap_or_default()),
                "blip" => target = tag.get("embed").and_then(|id| relations.get(&id).cloned()),
                _ => {}
            }
        }
        let Some(part) = target else { return Ok(()) };
        match office::picture(pack.part(&part)?, &alt, imported) {
            Some(file) => self.blocks.push(Block::Image { file, alt, caption: String::new() }),
            None => imported.unread.push("有一幅图片没有带入正文".into()),
        }
        Ok(())
    }
}

/// A cell; `None` where one to its left covers it.
fn cell(xml: &mut Xml, tag: &Tag) -> Result<Option<Placed>, Refusal> {
    let on = |name: &str| matches!(tag.get(name).as_deref(), Some("1" | "true"));
    let (beside, covered) = (on("hMerge"), on("vMerge"));
    let cols = tag.number::<u16>("gridSpan").unwrap_or(1).clamp(1, MAX_COLS as u16);
    let depth = xml.depth();
    let text = office::paragraphs(xml, depth)?.join("\n");
    Ok((!beside).then(|| Placed { col: 0, cell: Cell { cols, ..Cell::new(text) }, covered }))
}
